"""License rules (LIC…): what is and what is not stated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance.policy.model import Policy
from provenance.policy.rules.items import (
    Licensed,
    is_second_hand,
    license_evidence,
    license_hit,
    licensed_items,
    set_items,
    subject_item,
)
from provenance.policy.rules.remedies import remedy_for
from provenance.policy.rules.rule import Hit, On, RuleSection, Wildcard, declare
from provenance.report.evidence import Evidence
from provenance.report.facts import Facts
from provenance.report.finding import Severity
from provenance.report.license import Cause, LicenseState, Meaning, Origin

_OWN_LICENSE = (
    "Ask its publisher to state a license, or add a clarification pinned to what the card says now."
)
"""The remedy where the subject itself states none."""


_UNKNOWN_WORDS = (
    "Ask where the records come from which terms these words stand for, or add a clarification "
    "that says so."
)
"""The remedy where a record holds words that are no license known here."""


@declare(
    "LIC003",
    "missing",
    RuleSection.LICENSES,
    Severity.INCOMPLETE,
    wildcard=Wildcard.OWNER,
    title="No license stated",
    description="Neither the card's metadata nor its text nor a license file states a "
    "license: the tag is absent, empty, `unknown` or a template's placeholder. Nobody "
    "gave permission; what use is left is what the law itself allows, such as exceptions "
    "for text and data mining, and facts that nothing protects.",
    basis="Berne Convention Art. 9 (reproduction right); Directive (EU) 2019/790 Art. "
    "3 and 4; SPDX `NONE`.",
    looks_at="All license statements of a card, its license files and the curated catalogue.",
    remedy="Ask the publisher for a license, replace the data, or add a clarification "
    "pinned to what the card says now.",
)
def _missing(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in licensed_items(facts, policy):
        if item.license.state is LicenseState.NONE:
            if is_second_hand(item):
                says = f"has no license in what was read: {item.license.reason}"
                yield license_hit(item, says, "have no license in what was read")
            else:
                hit = license_hit(item, "states no license", "state no license")
                yield hit if item.role is not None else replace(hit, remedy=_OWN_LICENSE)


@declare(
    "LIC004",
    "ambiguous",
    RuleSection.LICENSES,
    Severity.INCOMPLETE,
    wildcard=Wildcard.OWNER,
    title="License names no specific terms",
    description="Something is said about a license, but it could mean several: a family without "
    "version (`cc`, `gpl`, `openrail`) or words that name no terms.",
    basis="SPDX license list (versions are separate licenses); Hub list of license identifiers.",
    looks_at="License statements that name a family, refer elsewhere or are vague.",
    remedy="Ask the publisher which version is meant, or add a clarification pinned to the "
    "evidence.",
)
def _ambiguous(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in licensed_items(facts, policy):
        if item.license.state is not LicenseState.AMBIGUOUS or _only_other(item):
            continue
        if facts.subject.kind == "corpus" and _only_words(item):
            hit = license_hit(
                item,
                f"names no license known here: {item.license.reason}",
                "hold values that name no license known here",
                "unknown words",
            )
            yield replace(hit, remedy=_UNKNOWN_WORDS)
        else:
            yield license_hit(
                item,
                f"names no specific terms: {item.license.reason}",
                "name a license that could be several",
            )


@declare(
    "LIC012",
    "other",
    RuleSection.LICENSES,
    Severity.INCOMPLETE,
    wildcard=Wildcard.OWNER,
    title='Only "other" stated',
    description="The license tag is `other` and nothing says which terms are meant: no "
    "`license_name`, no `license_link`, no text.",
    basis="Hugging Face Hub documentation, Licenses: `other` comes with `license_name` "
    "and `license_link`.",
    looks_at="The license tag and its companions.",
    remedy="Ask the publisher to name or link the terms, or add a clarification pinned to "
    "the evidence.",
)
def _other(facts: Facts, policy: Policy) -> Iterator[Hit]:
    records = facts.subject.kind == "corpus"
    says = 'say "other" in their records' if records else 'have the license tag "other"'
    what_it_says = 'says "other" in its records' if records else 'has the license tag "other"'
    for item in licensed_items(facts, policy):
        if item.license.state is LicenseState.AMBIGUOUS and _only_other(item):
            rest = "and neither name, link nor text of the terms"
            if is_second_hand(item) and not records:
                rest = "and no fact says which terms it means"
            yield license_hit(
                item,
                f"{what_it_says} {rest}",
                f"{says} {rest}",
            )


@declare(
    "LIC006",
    "conflicting",
    RuleSection.LICENSES,
    Severity.INCOMPLETE,
    title="License statements disagree",
    description="Statements about the same set differ in family, version or restriction, such "
    "as a permissive tag over a text that says non-commercial.",
    basis="SPDX declared and concluded license; Longpre et al. 2023 (Data Provenance "
    "Initiative) on mislabelled data.",
    looks_at="All license statements of a set, with the place of each.",
    remedy="Ask the publisher which one holds; until then use under the narrowest, or add "
    "a clarification pinned to the evidence.",
)
def _conflicting(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in licensed_items(facts, policy):
        if item.license.state is not LicenseState.CONFLICTING:
            continue
        seen: dict[str, Evidence] = {}
        for statement in item.license.statements:
            seen.setdefault(statement.expression or statement.raw, statement.evidence)
        yield Hit(
            subject=item.key,
            name=item.name,
            message=f"statements about the license of {item.name} disagree: {item.license.reason}",
            together="have license statements that disagree",
            evidence=tuple(seen.values())[:4] or license_evidence(item),
            weight=item.weight,
        )


@declare(
    "LIC008",
    "relicensed",
    RuleSection.LICENSES,
    Severity.WARNING,
    title="License changed",
    description="The license concluded now differs from one recorded earlier for the same thing.",
    basis="Revisions of the card; a license granted earlier may still hold for earlier copies.",
    looks_at="Licenses recorded earlier (a lock file or an older snapshot) against those "
    "concluded now.",
    remedy="Pin the revision that was reviewed, and review the new terms.",
)
def _relicensed(facts: Facts, policy: Policy) -> Iterator[Hit]:
    now = {item.key: item for item in licensed_items(facts, policy)}
    for before in facts.earlier:
        item = now.get(before.subject)
        if item is not None and item.license.concluded != before.concluded:
            yield license_hit(
                item,
                f"was under {before.concluded} ({before.source}) and is now under "
                f"{item.license.concluded}",
                "changed their license",
            )


@declare(
    "LIC013",
    "unresolved",
    RuleSection.LICENSES,
    Severity.INCOMPLETE,
    title="License was not examined",
    description="The model's own license was not examined (unless `check_subject` is off), or a "
    "training set is not in the source, not found or private, gated, withdrawn, "
    "linked elsewhere, or named only in words, so nothing can be said about its license. What "
    "was not examined is not counted as lacking; what the publisher's own card names only in "
    "words, with nothing to follow, is. Unknown is never a pass.",
    basis="SPDX `NOASSERTION`.",
    looks_at="What the source of cards answered for each set, and how the card names it.",
    remedy="Name the set by its Hub id in the card, give access to it, or add a clarification.",
    floor=Severity.INCOMPLETE,
)
def _unresolved(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item, licensed in zip(facts.training_sets, set_items(facts), strict=True):
        if item.license.state is LicenseState.UNRESOLVED and not _is_outage(licensed):
            why = item.unresolved_reason or item.license.reason
            seen = "is not locatable" if item.license.lacks else "was not examined"
            several = "are not locatable" if item.license.lacks else "were not examined"
            hit = license_hit(licensed, f"{seen}: {why}", f"{several} ({why})", why)
            yield replace(hit, remedy=remedy_for(item.license))
    subject = subject_item(facts) if policy.check_subject else None
    if subject is not None and subject.license.state is LicenseState.UNRESOLVED:
        yield Hit(
            subject=subject.key,
            name=subject.name,
            message=f"the license of {subject.name} was not examined: {subject.license.reason}",
            evidence=license_evidence(subject),
            key=subject.license.reason,
            weight=subject.weight,
            remedy=remedy_for(subject.license),
        )


@declare(
    "LIC014",
    "unreachable",
    RuleSection.LICENSES,
    Severity.INCOMPLETE,
    on=On.SETS,
    title="Set was not reached",
    description="The source of cards failed (network, server or disk) before the set could be "
    "read. An outage is no fact about the set.",
    basis="SPDX `NOASSERTION`.",
    looks_at="Failures while cards were read.",
    remedy="Run the audit again.",
    floor=Severity.INCOMPLETE,
)
def _unreachable(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in set_items(facts):
        if _is_outage(item):
            yield license_hit(
                item, f"was not read: {item.license.reason}", "were not read: unreachable"
            )


def _only_other(item: Licensed) -> bool:
    """Whether "other" is what is said, and not words in a record that are no license's name."""
    declared, statements = item.license.declared, item.license.statements
    words = any(s.origin is Origin.RECORD and s.raw.strip().lower() != "other" for s in statements)
    return bool(declared) and set(declared) <= {"other"} and not words


def _only_words(item: Licensed) -> bool:
    statements = item.license.statements
    return bool(statements) and all(statement.meaning is Meaning.REFERS for statement in statements)


def _is_outage(item: Licensed) -> bool:
    return item.license.cause is Cause.UNREACHABLE


@declare(
    "LIC018",
    "truncated",
    RuleSection.LICENSES,
    Severity.INCOMPLETE,
    title="License not read to its end",
    description="A card, a license file or a list of license files is longer than what is read of "
    "it. What the rest says may be stricter than what was concluded.",
    basis="Unknown is never a pass.",
    looks_at="`license.truncated`: every bound that stops the reading of a card, a file or a gate.",
    remedy="Read what is left, then add a clarification pinned to the evidence.",
    floor=Severity.INCOMPLETE,
)
def _truncated(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in licensed_items(facts, policy):
        if item.license.truncated:
            yield license_hit(item, "was not read to its end", "were not read to their end")

"""License rules (LIC…): what the terms of the training data allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance.licensing import restrictions_of, symbols_in
from provenance.policy.model import Decision, IntendedUse, Policy
from provenance.policy.rules.items import (
    Licensed,
    ancestors,
    license_evidence,
    license_hit,
    licensed_items,
    listed,
    set_items,
    subject_item,
)
from provenance.policy.rules.rule import Hit, On, RuleSection, Wildcard, declare
from provenance.policy.terms import (
    Ruling,
    binding_terms,
    blocked_by,
    blocking_terms,
    decide_expression,
)
from provenance.report.facts import Facts
from provenance.report.finding import Severity
from provenance.report.license import NOASSERTION, NONE, LicenseState
from provenance.vocabulary.keys import DATASETS, NAMED
from provenance.vocabulary.restrictions import Restriction

_CARRIED = frozenset(
    {
        Restriction.NON_COMMERCIAL,
        Restriction.RESEARCH_ONLY,
        Restriction.NO_DERIVATIVES,
        Restriction.SHARE_ALIKE,
        Restriction.USE_RESTRICTIONS,
        Restriction.MODEL_OUTPUT_TERMS,
    }
)
"""Terms that a copy or an adaptation has to pass on."""


def _rulings(facts: Facts, policy: Policy) -> Iterator[tuple[Licensed, Ruling]]:
    for item in licensed_items(facts, policy):
        terms = policy.terms_for(item.role)
        if terms.listed and item.license.state is LicenseState.EXPLICIT:
            yield item, decide_expression(item.license.concluded, terms)


@declare(
    "LIC001",
    "denied",
    RuleSection.LICENSES,
    Severity.ERROR,
    title="License denied by the policy",
    description="The license concluded for a set, for the model itself or for something a set "
    "derives from is on the policy's deny list, whichever branch of an OR is taken.",
    basis="The organisation's own license policy; SPDX license expressions (SPDX 2.3, Annex D).",
    looks_at="The concluded license expression, by three-valued logic over the lists and "
    "groups of `licenses`.",
    remedy="Leave the data out, obtain another license from the rights holder and record "
    "it as a clarification, or record an exception with owner and expiry.",
)
def _denied(facts: Facts, policy: Policy) -> Iterator[Hit]:
    return _decided(facts, policy, Decision.DENY, "which the policy denies")


@declare(
    "LIC002",
    "needs_review",
    RuleSection.LICENSES,
    Severity.INCOMPLETE,
    title="License needs review",
    description="The license is on the review list, or known but in no list. Nobody has decided "
    "yet whether it may be used.",
    basis="The organisation's own license policy.",
    looks_at="The concluded license expression; undecided stays undecided.",
    remedy="Have the terms reviewed, then list the license under `allow` or `deny`, or "
    "record an exception.",
)
def _review(facts: Facts, policy: Policy) -> Iterator[Hit]:
    return _decided(facts, policy, Decision.REVIEW, "which the policy wants reviewed")


@declare(
    "LIC005",
    "unrecognized",
    RuleSection.LICENSES,
    Severity.INCOMPLETE,
    wildcard=Wildcard.OWNER,
    title="License unknown to the policy",
    description="A license is named, but neither the policy's lists nor the known groups say "
    "anything about its terms.",
    basis="The organisation's own license policy; SPDX `LicenseRef-`.",
    looks_at="The concluded license expression.",
    remedy="Read the terms, then list the id under `allow`, `review` or `deny`.",
)
def _unrecognized(facts: Facts, policy: Policy) -> Iterator[Hit]:
    return _decided(facts, policy, Decision.UNRECOGNIZED, "about which nothing is known here")


@declare(
    "LIC007",
    "laundered",
    RuleSection.LICENSES,
    Severity.INCOMPLETE,
    title="Terms of a source not carried on",
    description="Something is licensed more widely than what it was made from: the source's "
    "license has terms (non-commercial, share-alike, no derivatives, research only, "
    "use restrictions) that its own license leaves out.",
    basis="CC BY-NC 4.0 s. 2(a)(1), CC BY-SA 4.0 s. 3(b); Longpre et al. 2023 on licenses "
    "lost when data is repackaged.",
    looks_at="`derived_from` and `finetuned_from` steps of the lineage and the terms of both "
    "licenses.",
    remedy="Follow the source's terms, or ask the publisher under what permission it was "
    "relicensed.",
)
def _wider_than_its_source(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for child, parent, evidence in ancestors(facts):
        if child.license_state is not LicenseState.EXPLICIT or parent.concluded in {
            NONE,
            NOASSERTION,
        }:
            continue
        lost = (binding_terms(parent.concluded) - binding_terms(child.concluded)) & _CARRIED
        if not lost:
            continue
        terms = ", ".join(sorted(lost))
        yield Hit(
            subject=child.key,
            name=child.id,
            message=f"{child.id} is under {child.concluded}, but is made from {parent.id} under "
            f"{parent.concluded}, whose terms it does not carry on: {terms}",
            together="are under terms wider than those of what they are made from",
            evidence=evidence,
        )


@declare(
    "LIC009",
    "wider_than_data",
    RuleSection.LICENSES,
    Severity.WARNING,
    on=On.MODELS,
    title="Model license wider than its data's",
    description="The model's license does not carry terms that its training data has. Whether "
    "terms of data bind a model trained on it is unsettled; the difference is shown "
    "so that somebody decides.",
    basis='CC FAQ and report "Using CC-licensed works for AI training" (2025); terms as '
    "in the licenses named.",
    looks_at="The model's own license against the terms of its training sets.",
    remedy="Check with counsel whether the data's terms reach the model for your use.",
)
def _wider_than_data(facts: Facts, policy: Policy) -> Iterator[Hit]:
    subject = subject_item(facts)
    if subject is None or facts.license.state is not LicenseState.EXPLICIT:
        return
    own_terms = binding_terms(facts.license.concluded) | frozenset(facts.license.restrictions)
    by_term: dict[Restriction, list[Licensed]] = {}
    for item in set_items(facts):
        for term in sorted(_terms(item) & _CARRIED - own_terms):
            by_term.setdefault(term, []).append(item)
    for term, items in by_term.items():
        items.sort(key=lambda i: -i.weight)
        names = listed([i.name for i in items])
        yield Hit(
            subject=subject.key,
            name=subject.name,
            message=f"{subject.name} is under {facts.license.concluded}, but was trained on data "
            f"with {term} terms: {names}",
            evidence=(
                *license_evidence(subject),
                *(e for i in items for e in license_evidence(i, terms=(term,))),
            ),
            key=term.value,
        )


@declare(
    "LIC010",
    "attribution_owed",
    RuleSection.LICENSES,
    Severity.NOTE,
    on=On.SETS,
    title="Attribution owed",
    description="The license asks that its source be named when the material is shared. The "
    "finding's help carries the notices.",
    basis="CC BY 4.0 s. 3(a); notice conditions of MIT, BSD and Apache-2.0.",
    looks_at="Terms of the concluded license, whichever branch of an OR is taken.",
    remedy="Carry the notices in the model card or a NOTICE file.",
)
def _attribution(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in set_items(facts):
        if item.license.state is LicenseState.EXPLICIT and Restriction.ATTRIBUTION in _terms(item):
            link = item.key.removeprefix(NAMED)
            link = f"{facts.hub}/{link}" if item.key.startswith(DATASETS) else link
            hit = license_hit(
                item,
                "asks for attribution",
                "ask for attribution",
                terms=(Restriction.ATTRIBUTION,),
            )
            notice = ", ".join(dict.fromkeys((item.name, item.license.concluded, link)))
            yield replace(hit, notice=notice)


@declare(
    "LIC011",
    "use_blocked",
    RuleSection.LICENSES,
    Severity.ERROR,
    title="A term blocks the intended use",
    description="The license has a term that the use named under `use` cannot meet.",
    basis="The terms of the licenses named: CC BY-NC 4.0 s. 1(i), CC BY-ND 4.0 s. "
    "2(a)(1)(B), model providers' output terms.",
    looks_at="Terms of the concluded license and those said in words, against `use`.",
    remedy="Change the use, leave the data out, or obtain permission and record it.",
)
def _use_blocked(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for use in policy.use:
        for item in licensed_items(facts, policy):
            if item.license.state in {LicenseState.NONE, LicenseState.UNRESOLVED}:
                continue
            terms = set(blocking_terms(item.license.concluded, use))
            terms |= _terms(item) & set(blocked_by(use))
            if _told_as_denied(item, use, terms, policy):
                continue
            if terms:
                words = ", ".join(sorted(terms))
                yield _barred(
                    item,
                    license_hit(
                        item,
                        f"has terms that block {use} use: {words}",
                        f"have terms that block {use} use ({words})",
                        f"{use}:{words}",
                        terms=sorted(terms),
                    ),
                )


@declare(
    "LIC015",
    "branch_chosen",
    RuleSection.LICENSES,
    Severity.NOTE,
    title="Branch of a choice taken",
    description="The license offers a choice (`OR`) and the policy passes on one branch, "
    "recorded here so that its conditions are met.",
    basis="SPDX license expressions (SPDX 2.3, Annex D).",
    looks_at="The concluded license expression and the lists of `licenses`.",
    remedy="Meet the conditions of the branch taken.",
)
def _branch_chosen(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item, ruling in _rulings(facts, policy):
        if ruling.chosen:
            yield license_hit(
                item,
                f"offers {item.license.concluded}; the policy takes {ruling.chosen[0]}",
                f"offer a choice; the policy takes {ruling.chosen[0]}",
                ruling.chosen[0],
                symbols=ruling.chosen[:1],
            )


_OWN_REMEDY = (
    "Do without it, obtain another license from its publisher and record it as a "
    "clarification, or record an exception with owner and expiry."
)


def _barred(item: Licensed, hit: Hit) -> Hit:
    """The hit, with the remedy for the subject itself where it is about its own license."""
    return replace(hit, remedy=_OWN_REMEDY) if item.role is None else hit


def _decided(facts: Facts, policy: Policy, decision: Decision, verb: str) -> Iterator[Hit]:
    for item, ruling in _rulings(facts, policy):
        if ruling.decision is decision:
            what = " and ".join(ruling.because)
            why = f" ({', '.join(ruling.groups)})" if set(ruling.groups) - {what} else ""
            uses = [u.value for u in policy.use if blocking_terms(item.license.concluded, u)]
            blocks = f"; its terms block {' and '.join(uses)} use" if uses else ""
            says = f"under {what}{why}, {verb}{blocks}"
            hit = license_hit(item, f"is {says}", f"are {says}", what, symbols=ruling.because)
            yield hit if decision is not Decision.DENY else _barred(item, hit)
    if policy.check_inherited and policy.terms.listed:
        yield from _decided_parents(facts, policy, decision, verb)


def _decided_parents(facts: Facts, policy: Policy, decision: Decision, verb: str) -> Iterator[Hit]:
    own_keys = {item.key for item in facts.training_sets}
    for child, parent, evidence in ancestors(facts):
        if parent.key in own_keys or parent.license_state is not LicenseState.EXPLICIT:
            continue
        ruling = decide_expression(parent.concluded, policy.terms)
        if ruling.decision is decision:
            what = " and ".join(ruling.because)
            yield Hit(
                subject=child.key,
                name=child.id,
                message=f"{child.id} is made from {parent.id}, which is under {what}, {verb}",
                together=f"are made from something under {what}, {verb}",
                evidence=evidence,
                key=f"parent:{what}",
            )


def _terms(item: Licensed) -> frozenset[Restriction]:
    """Terms that hold for a set: of its license whichever branch is taken, and said in words."""
    concluded = item.license.concluded
    named = {r for symbol in symbols_in(concluded) for r in restrictions_of(symbol)}
    return binding_terms(concluded) | (frozenset(item.license.restrictions) - named)


def _told_as_denied(
    item: Licensed, use: IntendedUse, terms: set[Restriction], policy: Policy
) -> bool:
    """Whether LIC001 already says of the license that its terms block the use."""
    if policy.levels["LIC001"] is None or item.license.state is not LicenseState.EXPLICIT:
        return False
    ruling = decide_expression(item.license.concluded, policy.terms_for(item.role))
    named = set(blocking_terms(item.license.concluded, use))
    return ruling.decision is Decision.DENY and terms <= named

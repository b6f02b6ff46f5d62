"""A suggested change of front matter for datasets whose body states a license their tag lacks.

The patch is a unified diff without context lines, because a report holds only the lines it quotes:
``git apply --unidiff-zero``. It is a suggestion to the publisher, who alone can say what holds.
Where anything speaks against the one license, or the place of the tag is not certain, a comment
says so.
"""

from __future__ import annotations

import json

from provenance import amounts
from provenance.escape import terminal
from provenance.frozen import frozen
from provenance.refs import is_repo_id
from provenance.render import origin_words
from provenance.report.evidence import Evidence
from provenance.report.license import (
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
    TagPlace,
)
from provenance.report.report import Report
from provenance.vocabulary.identifiers import hub_id_of
from provenance.vocabulary.statuses import Status


@frozen
class Patch:
    """What to change on one card, and why."""

    repo: str
    evidence: Evidence
    """Where the body or a LICENSE file states the license."""
    expression: str
    """SPDX expression stated there."""
    line: int
    """First line replaced, or the line that the new ones go before."""
    removed: tuple[str, ...]
    added: tuple[str, ...]


@frozen
class Refusal:
    """A card whose body states a license that its tag lacks, and why no patch is suggested."""

    repo: str
    evidence: Evidence
    why: str


def suggestions_of(report: Report) -> list[Patch | Refusal]:
    """A patch, or why there is none, for each card whose body states what its tag lacks."""
    by_repo: dict[str, Patch | Refusal] = {}
    for item in report.training_sets:
        suggestion = _suggestion(item.license, item.tag_place)
        if suggestion is not None:
            by_repo.setdefault(suggestion.repo, suggestion)
    return list(by_repo.values())


def _suggestion(conclusion: LicenseConclusion, place: TagPlace | None) -> Patch | Refusal | None:
    of_data = [s for s in conclusion.statements if s.scope is Scope.DATA]
    stated = [s for s in of_data if s.origin in {Origin.BODY, Origin.LICENSE_FILE} and _names(s)]
    tags = [s for s in conclusion.statements if s.origin is Origin.TAG]
    if not stated or any(s.meaning is not Meaning.PLACEHOLDER for s in tags):
        return None
    statement = stated[0]
    added = _added(statement.expression or "")
    why = _doubt(conclusion, statement)
    if why is None and place is None:
        why = "the report does not say where its tag stands"
    elif why is None and place is not None:
        why = place.problem
    if why is None and not is_repo_id(statement.evidence.repo.removeprefix("datasets/")):
        why = "it is not the card of a dataset"
    if why is None and not added:
        why = (
            "the Hub has no id for it: the publisher can say license: other, with license_name and "
            "license_link"
        )
    if why is not None or place is None:
        return Refusal(statement.evidence.repo, statement.evidence, why or "")
    added = added if place.front_matter else ("---", *added, "---")
    return Patch(
        statement.evidence.repo,
        statement.evidence,
        statement.expression or "",
        place.line,
        place.lines,
        added,
    )


def _names(statement: LicenseStatement) -> bool:
    return statement.meaning is Meaning.NAMES and bool(statement.expression)


def _doubt(conclusion: LicenseConclusion, statement: LicenseStatement) -> str | None:
    """What on the card speaks against its one license; ``None`` when nothing does."""
    differing = [
        s
        for s in conclusion.statements
        if s.scope in {Scope.DATA, Scope.PART}
        and _names(s)
        and s.expression != statement.expression
    ]
    for other in differing:
        part = "a part" if other.scope is Scope.PART else "another statement"
        return f"{part} names {other.expression} ({origin_words.place(other.evidence)})"
    for other in conclusion.statements:
        narrows = other.meaning in {Meaning.RESTRICTS, Meaning.RESERVES}
        beyond = not other.restrictions or not set(other.restrictions) <= set(
            statement.restrictions
        )
        if narrows and beyond and other.scope in {Scope.DATA, Scope.PART}:
            return f"words beside it narrow the use ({origin_words.place(other.evidence)})"
    if conclusion.state is not LicenseState.EXPLICIT:
        return f"its license is {conclusion.state.value}: {conclusion.reason}"
    return None


def _added(expression: str) -> tuple[str, ...]:
    """The new front-matter lines; none when the expression is no SPDX expression."""
    lowered = expression.lower()
    hub_id = hub_id_of(expression)
    if hub_id is not None:
        return (f"license: {hub_id}",)
    if "licenseref-" in lowered:
        return ()
    return ("license: other", f"license_name: {json.dumps(expression, ensure_ascii=False)}")


def render(report: Report) -> str:
    """The patches as one text, and a comment for each card that wants one but cannot have it.

    Paths are those of a folder of cards, ``datasets/owner/name/README.md``; that of a subject which
    is a dataset is ``README.md``.
    """
    suggestions = suggestions_of(report)
    if report.subject.status is not Status.FOUND:
        return terminal(f"# {report.subject.id} was not read: there is nothing to go by.") + "\n"
    if report.subject.kind == "corpus":
        return "# A scan reads records and no cards: there is nothing to patch.\n"
    line = origin_words.digest_line(report)
    if line is not None:
        return f"# {line} There is no card to patch.\n"
    unread = sum(not item.resolved for item in report.training_sets)
    limits = []
    if report.undeclared:
        limits.append("# The card of the model names no training data.")
    if unread:
        limits.append(f"# Of {amounts.plural(unread, 'set')} no card or record was read.")
    if not suggestions:
        none = "# No card that was read states a license in its body that its tag lacks."
        return "\n".join([none, *limits]) + "\n"
    read = terminal(
        f"# Cards read from {origin_words.source_words(report)}: compare with the card of today."
    )
    of_dataset = report.subject.kind == "dataset"
    parts = [
        _refused(suggestion)
        if isinstance(suggestion, Refusal)
        else _patch_lines(suggestion, of_dataset)
        for suggestion in suggestions
    ]
    return "\n".join([read, *limits, *("\n".join([*part, ""]) for part in parts)])


def _refused(refusal: Refusal) -> list[str]:
    seen = refusal.evidence
    return [
        terminal(f"# {origin_words.place(seen)} says: {seen.excerpt}"),
        terminal(f"# No patch: {refusal.why}."),
    ]


def _patch_lines(patch: Patch, of_dataset: bool) -> list[str]:
    old, new = len(patch.removed), len(patch.added)
    # of lines that are only added, a unified diff names the line before them
    start = patch.line if old else patch.line - 1
    path = "README.md" if of_dataset else f"{patch.repo}/README.md"
    strip = "" if of_dataset else f" -p{path.count('/') + 1}"
    lines = [
        f"# {origin_words.place(patch.evidence)} says: {patch.evidence.excerpt}",
        "# Suggested to the publisher, who alone can say what holds.",
        f"# In the repository: git apply --unidiff-zero{strip}"
        + ("" if of_dataset else " with this part alone; in a folder of cards without -p."),
    ]
    if patch.expression.endswith("-only"):
        lines.append("# The Hub's id does not say -only: keep the words of the body.")
    lines += [
        f"diff --git a/{path} b/{path}",
        f"--- a/{path}",
        f"+++ b/{path}",
        f"@@ -{start},{old} +{patch.line},{new} @@",
        *(f"-{line}" for line in patch.removed),
        *(f"+{line}" for line in patch.added),
    ]
    return [terminal(line) for line in lines]

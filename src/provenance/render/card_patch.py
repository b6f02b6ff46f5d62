"""A suggested change of front matter for datasets whose body states a license their tag lacks.

The patch is a unified diff without context lines, because a report holds only the lines it quotes:
``git apply --unidiff-zero``. It is a suggestion to the publisher, who alone can say what holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from provenance.evidence import Evidence
from provenance.license import LicenseConclusion, LicenseStatement, Meaning, Origin, Scope
from provenance.render import words
from provenance.render.escape import terminal
from provenance.render.page import Page
from provenance.report import Report

_HUB_IDS = frozenset(
    [
        "afl-3.0",
        "agpl-3.0",
        "apache-2.0",
        "artistic-2.0",
        "bsd-2-clause",
        "bsd-3-clause",
        "bsd-3-clause-clear",
        "bsl-1.0",
        "cc-by-2.0",
        "cc-by-2.5",
        "cc-by-3.0",
        "cc-by-4.0",
        "cc-by-nc-2.0",
        "cc-by-nc-3.0",
        "cc-by-nc-4.0",
        "cc-by-nc-nd-3.0",
        "cc-by-nc-nd-4.0",
        "cc-by-nc-sa-2.0",
        "cc-by-nc-sa-3.0",
        "cc-by-nc-sa-4.0",
        "cc-by-nd-4.0",
        "cc-by-sa-3.0",
        "cc-by-sa-4.0",
        "cc0-1.0",
        "cdla-permissive-1.0",
        "cdla-permissive-2.0",
        "cdla-sharing-1.0",
        "ecl-2.0",
        "epl-1.0",
        "epl-2.0",
        "etalab-2.0",
        "eupl-1.1",
        "eupl-1.2",
        "gpl-2.0",
        "gpl-3.0",
        "isc",
        "lgpl-2.1",
        "lgpl-3.0",
        "lppl-1.3c",
        "mit",
        "mpl-2.0",
        "ms-pl",
        "ncsa",
        "ofl-1.1",
        "osl-3.0",
        "postgresql",
        "unlicense",
        "wtfpl",
        "zlib",
    ]
)
"""Hub license ids that are an SPDX id in lower case.

Source: https://huggingface.co/docs/hub/repositories-licenses.
"""
_OTHER_HUB_IDS = {"odbl-1.0": "odbl", "odc-by-1.0": "odc-by", "pddl-1.0": "pddl"}


@dataclass(frozen=True, slots=True)
class Patch:
    """What to change on one card, and why."""

    repo: str
    evidence: Evidence
    """Where the body or a LICENSE file states the license."""
    line: int | None
    """Line to replace; ``None``: the tag is not there and goes below the opening ``---``."""
    removed: str | None
    added: tuple[str, ...]


def patches(report: Report) -> list[Patch]:
    """A patch for every thing whose license is stated once, and not in its tag."""
    licenses = [s.license for s in report.training_sets]
    if report.subject.kind == "dataset":
        licenses.insert(0, report.license)
    found: dict[str, Patch] = {}
    for conclusion in licenses:
        patch = _patch(conclusion)
        if patch is not None:
            found.setdefault(patch.repo, patch)
    return list(found.values())


def _patch(conclusion: LicenseConclusion) -> Patch | None:
    own = [s for s in conclusion.statements if s.scope is Scope.DATA]
    tags = [s for s in own if s.origin is Origin.TAG]
    stated = [
        s
        for s in own
        if s.origin in {Origin.BODY, Origin.LICENSE_FILE}
        and s.meaning is Meaning.NAMES
        and s.expression
    ]
    named = {s.expression for s in stated}
    if len(named) != 1 or any(s.meaning is not Meaning.PLACEHOLDER for s in tags):
        return None
    said = stated[0]
    tag = tags[0] if len(tags) == 1 else None
    if tags and tag is None:
        return None
    line = tag.evidence.line if tag is not None else None
    removed = tag.evidence.excerpt if tag is not None else None
    return Patch(said.evidence.repo, said.evidence, line, removed, _added(said, removed))


def _added(said: LicenseStatement, removed: str | None) -> tuple[str, ...]:
    """The new front-matter lines, in the form the old one had."""
    expression = said.expression or ""
    lowered = expression.lower().removesuffix("-only").removesuffix("-or-later")
    hub_id = lowered if lowered in _HUB_IDS else _OTHER_HUB_IDS.get(lowered)
    listed = removed is not None and removed.startswith("- ")
    if hub_id is not None:
        return (f"- {hub_id}",) if listed else (f"license: {hub_id}",)
    if listed:
        return ("- other",)
    quoted = json.dumps(expression, ensure_ascii=False)
    return ("license: other", f"license_name: {quoted}")


def render(report: Report, page: Page) -> str:
    """The patches as one text; says so when there is none."""
    found = patches(report)
    if not found:
        return "# No card states a license in its body that its tag lacks.\n"
    read = terminal(
        f"# Cards read from {words.source_words(report)}: compare with the card of today."
    )
    return "\n".join([read, *("\n".join([*_one(patch), ""]) for patch in found)])


def _one(patch: Patch) -> list[str]:
    at = patch.line if patch.line is not None else 1
    size = len(patch.added)
    start = at if patch.removed is not None else at + 1
    old = f"-{at}" if patch.removed is not None else f"-{at},0"
    new = f"+{start}" if size == 1 else f"+{start},{size}"
    lines = [
        f"# {patch.repo}: {words.place(patch.evidence)} says: {patch.evidence.excerpt}",
        "# Suggested to the publisher; apply with git apply --unidiff-zero, check the indentation.",
        "--- a/README.md",
        "+++ b/README.md",
        f"@@ {old} {new} @@",
    ]
    if patch.removed is not None:
        lines.append(f"-{patch.removed}")
    return [terminal(line) for line in [*lines, *(f"+{line}" for line in patch.added)]]

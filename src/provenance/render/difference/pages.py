"""A difference of two reports as text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

import msgspec

from provenance import amounts
from provenance.escape import markdown
from provenance.render.difference.compare import ChangedValue, Difference, FindingLine, Value
from provenance.render.layout import WIDEST
from provenance.render.page import Page
from provenance.report.evidence import excerpt
from provenance.report.serialize import dump_json

_LONGEST = 160
_STYLE = {"Worse": "red", "Better": "green"}
_FRACTIONS = frozenset({"fraction", "low", "high", "policy.max_lacking"})


def difference_json(difference: Difference) -> str:
    """The difference as JSON: the fields of :class:`Difference`, values as in the JSON report."""
    return dump_json(msgspec.to_builtins(difference))


def difference_text(difference: Difference, page: Page) -> str:
    """The difference for a person at a terminal: what got worse and what got better first."""
    from rich.console import RenderableType
    from rich.text import Text

    from provenance.render.drawing import drawn, hanging, paragraph, title

    heads = (f"old: {difference.old}", f"new: {difference.new}")
    shown = replace(page, width=min(page.width, WIDEST))
    parts: list[RenderableType] = [hanging(line, shown) for line in heads]
    for name, number, entries in _sections(difference):
        style = f"bold {_STYLE[name]}" if name in _STYLE else "bold"
        parts += [Text(), title(f"{name} ({number:,})", shown, style)]
        parts += [hanging(entry, shown, by=2 * depth + 2) for depth, entry in entries]
    summary = _summary(difference)
    return drawn([*parts, *([Text(), paragraph(summary, shown)] if summary else [])], shown)


def difference_markdown(difference: Difference) -> str:
    """The difference for a pull request."""
    lines = [f"**{markdown(difference.old)}** → **{markdown(difference.new)}**"]
    for title, number, entries in _sections(difference):
        lines += ["", f"### {title} ({number:,})", ""]
        lines += [f"{'  ' * depth}- {markdown(entry)}" for depth, entry in entries]
    lines += ["", totals] if (totals := _summary(difference)) else []
    return "\n".join(lines) + "\n"


def _summary(difference: Difference) -> str:
    if difference.empty:
        return "Nothing changed."
    return "" if difference.conclusions else "No conclusion changed; only what is quoted did."


_Entries = list[tuple[int, str]]
"""Lines, each with how far it is indented."""


def _sections(difference: Difference) -> list[tuple[str, int, _Entries]]:
    """Titles, numbers of things and lines of what is not empty."""
    d = difference
    everything = [
        ("Worse", len(d.worse), _plain(excerpt(line, _LONGEST) for line in d.worse)),
        ("Better", len(d.better), _plain(excerpt(line, _LONGEST) for line in d.better)),
        ("Report", len(d.report), [(0, _arrow(c)) for c in d.report]),
        ("Lacking an explicit license", *_grouped(d.coverage)),
        ("Training sets added", len(d.sets_added), _plain(d.sets_added)),
        ("Training sets removed", len(d.sets_removed), _plain(d.sets_removed)),
        ("Training sets changed", *_grouped(d.sets_changed)),
        ("Evaluation sets changed", *_grouped(d.evaluation_sets)),
        ("Lineage added", len(d.lineage_added), _plain(d.lineage_added)),
        ("Lineage removed", len(d.lineage_removed), _plain(d.lineage_removed)),
        ("Lineage changed", *_grouped(d.lineage_changed)),
        ("Findings that are new", len(d.findings_new), _plain(map(_finding_line, d.findings_new))),
        (
            "Findings that are gone",
            len(d.findings_gone),
            _plain(map(_finding_line, d.findings_gone)),
        ),
        ("Findings that changed", *_grouped(d.findings_changed)),
        ("Quoted from elsewhere, or in other words", len(d.evidence), _plain(d.evidence)),
    ]
    return [section for section in everything if section[1]]


def _plain(lines: Iterable[str]) -> _Entries:
    return [(0, line) for line in lines]


def _grouped(changes: Iterable[ChangedValue]) -> tuple[int, _Entries]:
    """Changes under the thing they belong to, and the number of things."""
    entries: _Entries = []
    things = 0
    for what, alike in groupby(changes, key=lambda c: c.what):
        things += 1
        entries.append((0, what))
        entries += [(1, _arrow(change)) for change in alike]
    return things, entries


def _arrow(change: ChangedValue) -> str:
    field = change.field.replace("_", " ")
    old, new = change.old, change.new
    if isinstance(old, list) and isinstance(new, list):
        gone = [_spoken(v) for v in old if v not in new]
        come = [_spoken(v) for v in new if v not in old]
        if gone or come:
            parts = [f"− {excerpt(v, _LONGEST)}" for v in gone]
            parts += [f"+ {excerpt(v, _LONGEST)}" for v in come]
            return f"{field}: {'; '.join(parts)}"
    if change.field in _FRACTIONS:
        a, b = (_fraction(v) for v in (old, new))
        if a != b:
            return f"{field}: {a} → {b}"
    a, b = _spoken(old), _spoken(new)
    if len(a) > _LONGEST or len(b) > _LONGEST:
        a, b = _clipped(a, b)
    return f"{field}: {a} → {b}"


def _fraction(value: Value) -> str:
    return amounts.percent(value) if isinstance(value, int | float) else _spoken(value)


def _spoken(value: Value) -> str:
    """A JSON value in words; what is empty is a dash."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,}".removesuffix(".0")
    if isinstance(value, dict):
        return ", ".join(_spoken(v) for v in value.values() if v not in (None, [], ""))
    if isinstance(value, list):
        return ", ".join(_spoken(v) for v in value) or "–"
    return value or "–"


def _clipped(first: str, other: str) -> tuple[str, str]:
    """Two long texts cut to where they begin to differ."""
    same = next(
        (i for i, (a, b) in enumerate(zip(first, other, strict=False)) if a != b),
        min(len(first), len(other)),
    )
    start = max(0, same - 40)
    before = "…" if start else ""
    return before + excerpt(first[start:], _LONGEST), before + excerpt(other[start:], _LONGEST)


def _finding_line(finding: FindingLine) -> str:
    return f"{finding.severity} {finding.code}: {finding.message}"

"""What changed between two reports: nothing that is concluded may change unseen."""

from __future__ import annotations

import datetime
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, TypeAlias

import msgspec
import pytest
from tests.render import factory
from tests.render.golden import assert_golden

from provenance.render.difference.compare import Value, compare
from provenance.render.difference.pages import (
    difference_json,
    difference_markdown,
    difference_text,
)
from provenance.render.layout import width
from provenance.render.page import Page
from provenance.report.finding import Finding, Severity, Verdict
from provenance.report.lineage import Lineage
from provenance.report.report import Report

_Path: TypeAlias = tuple[str | int, ...]


def _later() -> Report:
    """A set gone, a set new, one relicensed, a finding fixed, one waived."""
    base = factory.report()
    talk, wiki, nli, *rest = base.training_sets
    talk = replace(talk, license=wiki.license)
    added = replace(nli, name="Fables", id="open-text/fables")
    *kept, conflict = (f for f in base.findings[2:] if f.waiver is None)
    (waived,) = (f for f in base.findings if f.waiver is not None)
    return replace(
        base,
        as_of=datetime.date(2026, 12, 24),
        verdict=Verdict.INCOMPLETE,
        training_sets=(talk, added, nli, *rest),
        findings=(*kept, replace(conflict, waiver=waived.waiver), waived),
        coverage=(replace(base.coverage[0], fraction=0.05, low=0.05), *base.coverage[1:]),
        lineage=replace(base.lineage, edges=base.lineage.edges[:-1]),
    )


def test_a_report_does_not_differ_from_itself() -> None:
    same = compare(factory.report(), factory.report())
    assert same.empty
    assert "Nothing changed." in difference_text(same, Page(120))
    assert "Nothing changed." in difference_markdown(same)
    assert compare(
        factory.report(), replace(factory.report(), as_of=datetime.date(2027, 1, 1))
    ).empty


def test_every_kind_of_change_is_found() -> None:
    change = compare(factory.report(), _later())
    assert not change.empty
    assert [(c.field, c.old, c.new) for c in change.report] == [
        ("as_of", "2026-11-23", "2026-12-24"),
        ("verdict", "fail", "incomplete"),
    ]
    assert [(c.field, c.new) for c in change.coverage] == [("fraction", 0.05), ("low", 0.05)]
    assert change.sets_added == ("open-text/fables: conflicting, CC-BY-4.0 / CC-BY-SA-4.0",)
    assert change.sets_removed == ("open-text/wiki-pairs: explicit, CC-BY-SA-3.0",)
    assert {c.what for c in change.sets_changed} == {"example-lab/forum-talk"}
    assert {"license.state", "license.restrictions", "license.statements"} <= {
        c.field for c in change.sets_changed
    }
    assert change.lineage_removed == (
        "models/example-lab/sentence-owl trained on named:Household questions",
    )
    assert change.findings_new == ()
    assert [f.code for f in change.findings_gone] == ["COV001", "LIC001"]
    assert [c.field for c in change.findings_changed] == [
        "waiver.reason", "waiver.comment", "waiver.owner", "waiver.expires"
    ]  # fmt: skip
    back = compare(_later(), factory.report())
    assert [f.code for f in back.findings_new] == ["COV001", "LIC001"]
    assert back.lineage_added == change.lineage_removed


_RECORDS: Value = {"sources": [], "values": [], "more_values": 1, "more_rows": 1}
_CHEAP = frozenset({"as_of", "stats"})
_WHERE = frozenset({"evidence", "sources", "tag_place"})


def _leaves(value: Value, path: _Path = ()) -> Iterator[_Path]:
    """Paths to every scalar of a JSON value that is a conclusion or names a thing."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _WHERE and not (path == () and key in _CHEAP):
                yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _leaves(inner, (*path, at))
    else:
        yield path


@cache
def _document() -> str:
    return msgspec.json.encode(factory.report()).decode()


def _changed(path: _Path) -> Report:
    """The report with the scalar at ``path`` replaced by another that is allowed there."""
    document: Any = json.loads(_document())
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    last = path[-1]
    old: Value = holder[last]
    for new in (*_others(old), _RECORDS):
        holder[last] = new
        try:
            return msgspec.convert(document, Report)
        except msgspec.ValidationError:
            continue
    raise AssertionError(f"nothing else is allowed at {path}")


def _others(old: Value) -> Iterator[Value]:
    if isinstance(old, bool):
        yield not old
    elif isinstance(old, int | float):
        yield old + max(abs(old), 1) * 1e-9
        yield old + 1
    elif old is None:
        yield from ("x", 1.5, 3, True, "gated", "2026-01-01")
        yield {"reason": "", "comment": "", "owner": "", "expires": None}
    else:
        enums = (
            "none", "explicit", "fail", "pass", "error", "note", "evaluation", "training",
            "prose", "link", "share-alike", "attribution", "names", "vague", "code", "data",
            "tag", "body", "rows", "bytes", "direct", "inherited", "model", "named", "trained_on",
            "derived_from", "gated", "2026-01-01",
        )  # fmt: skip
        yield f"{old}x"
        yield from (value for value in enums if value != old)


@pytest.mark.parametrize(
    "kind", sorted({"/".join(s if isinstance(s, str) else "*" for s in p)
                    for p in _leaves(json.loads(_document()))})
)  # fmt: skip
def test_no_conclusion_changes_unseen(kind: str) -> None:
    """Any scalar of a report but its date, cost and quotations: a change of it is a difference."""
    paths = [
        path
        for path in _leaves(json.loads(_document()))
        if "/".join(s if isinstance(s, str) else "*" for s in path) == kind
    ]
    for path in {paths[0], paths[len(paths) // 2], paths[-1]}:
        for change in (
            compare(factory.report(), _changed(path)),
            compare(_changed(path), factory.report()),
        ):
            assert change.conclusions, path
            assert not change.empty
            said = difference_text(change, Page(120))
            assert "Nothing changed" not in said
            assert said.count("\n") > 3


@pytest.mark.parametrize(
    "name", ["coverage", "training_sets", "evaluation_sets", "findings", "notes", "citations"]
)
def test_nothing_comes_or_goes_unseen(name: str) -> None:
    base = factory.report()
    items: tuple[object, ...] = getattr(base, name)
    for changed in (items[1:], (items[0], *items)):
        fields: Any = {name: changed}
        other = replace(base, **fields)
        assert compare(base, other).conclusions
        assert compare(other, base).conclusions


def test_no_step_of_the_lineage_comes_or_goes_unseen() -> None:
    base = factory.report()
    base = replace(base, lineage=replace(base.lineage, truncated=("datasets/far/away",)))
    nodes, edges = base.lineage.nodes, base.lineage.edges
    for lineage in (
        Lineage(base.lineage.root, nodes[1:], edges, base.lineage.truncated),
        Lineage(base.lineage.root, nodes, edges[1:], base.lineage.truncated),
        Lineage(base.lineage.root, nodes, edges, ()),
    ):
        assert compare(base, replace(base, lineage=lineage)).conclusions


def test_sets_of_one_name_are_compared_one_with_one() -> None:
    base = factory.report()
    talk, wiki, *rest = base.training_sets
    twin = replace(talk, id="Example-Lab/Forum-Talk", name="another")
    old = replace(base, training_sets=(talk, twin, wiki, *rest))
    new = replace(base, training_sets=(replace(talk, license=wiki.license), twin, wiki, *rest))
    assert {c.what for c in compare(old, new).sets_changed} == {"example-lab/forum-talk"}
    assert compare(old, replace(old, training_sets=(talk, wiki, *rest))).sets_removed
    assert compare(old, replace(old, training_sets=(twin, talk, wiki, *rest))).empty


def test_quotations_that_moved_are_told_apart_from_conclusions() -> None:
    base = factory.report()
    talk, *rest = base.training_sets
    moved = tuple(replace(e, line=(e.line or 0) + 1) for e in talk.evidence)
    change = compare(base, replace(base, training_sets=(replace(talk, evidence=moved), *rest)))
    assert change.evidence == ("example-lab/forum-talk",)
    assert not change.conclusions
    assert not change.empty
    assert "No conclusion changed" in difference_text(change, Page(120))
    assert "Nothing changed" not in difference_markdown(change)


def test_another_line_in_a_reason_is_another_place() -> None:
    base = factory.report()
    talk, *rest = base.training_sets

    def said(reason: str) -> Report:
        license_ = replace(talk.license, reason=reason)
        return replace(base, training_sets=(replace(talk, license=license_), *rest))

    moved = compare(said("the tag (line 3) says MIT"), said("the tag (line 4) says MIT"))
    assert not moved.conclusions
    assert moved.evidence == ("example-lab/forum-talk",)
    other = compare(said("the tag (line 3) says MIT"), said("the tag (line 3) says GPL"))
    assert [c.field for c in other.sets_changed] == ["license.reason"]


def test_a_set_that_has_another_id_now_is_found_by_its_name() -> None:
    base = factory.report()
    talk, *rest = base.training_sets
    change = compare(base, replace(base, training_sets=(replace(talk, id="new/talk"), *rest)))
    assert (change.sets_added, change.sets_removed) == ((), ())
    assert [(c.field, c.old, c.new) for c in change.sets_changed] == [
        ("id", "example-lab/forum-talk", "new/talk")
    ]


def test_parts_of_a_measure_are_told_by_state() -> None:
    base = factory.report()
    first, *rest = base.coverage
    shares = tuple(replace(s, sets=s.sets + (s.state.value == "none")) for s in first.by_state)
    coverage = (replace(first, by_state=shares), *rest)
    change = compare(base, replace(base, coverage=coverage))
    assert [(c.field, c.old, c.new) for c in change.coverage] == [("by_state.none.sets", 1, 2)]


def _group(*members: str, about: str = "seven") -> Finding:
    return Finding(
        "LIC013", Severity.WARNING, factory.CARD, f"{about} sets", (), "", about, None, members
    )


def test_a_finding_that_gains_or_loses_a_member_changed() -> None:
    base = replace(factory.report(), findings=(_group("a", "b", "c", about="three"), _group("x")))
    fewer = replace(base, findings=(_group("x"), _group("b", "c", about="two")))
    change = compare(base, fewer)
    assert (change.findings_new, change.findings_gone) == ((), ())
    assert [(c.field, c.old, c.new) for c in change.findings_changed] == [
        ("message", "three sets", "two sets"),
        ("fingerprint", "three", "two"),
        ("subjects", ["a", "b", "c"], ["b", "c"]),
    ]
    assert "subjects: − a\n" in difference_text(change, Page(120))
    other = compare(base, replace(base, findings=(_group("x"), _group("p", about="one"))))
    assert len(other.findings_new) == len(other.findings_gone) == 1


def test_long_values_are_cut_to_where_they_differ() -> None:
    base = factory.report()
    old = replace(base, notes=(), tool=replace(base.tool, name="a" * 300 + "old end"))
    new = replace(base, notes=(), tool=replace(base.tool, name="a" * 300 + "new end"))
    said = difference_text(compare(old, new), Page(120))
    assert "old end → …" in said
    assert max(map(len, said.splitlines())) < 160


def test_numbers_that_look_alike_are_shown_in_full() -> None:
    base = factory.report()
    nudged = replace(base.coverage[0], fraction=(base.coverage[0].fraction or 0) + 1e-7)
    said = difference_text(
        compare(base, replace(base, coverage=(nudged, *base.coverage[1:]))), Page(120)
    )
    assert f"fraction: {base.coverage[0].fraction} → {nudged.fraction}" in said


def test_differences_are_as_accepted() -> None:
    change = compare(factory.report(), _later())
    assert_golden("difference.txt", difference_text(change, Page(120)))
    assert_golden("difference.md", difference_markdown(change))
    assert_golden("difference.json", difference_json(change))
    assert json.loads(difference_json(change))["sets_added"]


def test_hostile_reports_differ_harmlessly() -> None:
    change = compare(factory.hostile(), factory.report())
    for text in (
        difference_text(change, Page(120)),
        difference_markdown(change),
        difference_json(change),
    ):
        unseen = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
        assert unseen == {"\n"}


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_text_keeps_to_its_columns_and_colours_what_got_worse(columns: int) -> None:
    change = compare(factory.report(), _later())
    plain = difference_text(change, Page(columns))
    assert all(width(line) <= columns for line in plain.splitlines())
    colored = difference_text(change, Page(columns, color=True))
    assert "\x1b[1;31mWorse" in colored
    assert "\x1b[1;32mBetter" in colored

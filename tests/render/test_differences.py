"""What changed between two reports."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

from tests.render import factory
from tests.render.golden import assert_golden

from provenance.finding import Verdict
from provenance.render.differences import (
    compare,
    difference_json,
    difference_markdown,
    difference_text,
)
from provenance.report import Report


def _later() -> Report:
    """A set gone, a set new, one relicensed, a finding fixed."""
    base = factory.report()
    talk, wiki, nli, *rest = base.training_sets
    talk = replace(talk, license=wiki.license)
    added = replace(nli, name="Fables", id="open-text/fables")
    return replace(
        base,
        as_of="2026-12-24",
        verdict=Verdict.INCOMPLETE,
        training_sets=(talk, added, nli, *rest),
        findings=base.findings[2:],
        coverage=(replace(base.coverage[0], fraction=0.05, low=0.05), *base.coverage[1:]),
    )


def test_a_report_does_not_differ_from_itself() -> None:
    same = compare(factory.report(), factory.report())
    assert same.empty
    assert "Nothing changed." in difference_text(same)
    assert "Nothing changed." in difference_markdown(same)
    assert compare(factory.report(), replace(factory.report(), as_of="2027-01-01")).empty


def test_every_kind_of_change_is_found() -> None:
    change = compare(factory.report(), _later())
    assert not change.empty
    assert [(c.what, c.old, c.new) for c in change.report] == [
        ("verdict", "fail", "incomplete"),
        ("as of", "2026-11-23", "2026-12-24"),
    ]
    assert change.coverage[0].new == "5 % (5 %–100 %)"
    assert change.sets_added == ("open-text/fables: conflicting, CC-BY-4.0 / CC-BY-SA-4.0",)
    assert change.sets_removed == ("open-text/wiki-pairs: explicit, CC-BY-SA-3.0",)
    assert [c.what for c in change.sets_changed] == [
        "example-lab/forum-talk: state",
        "example-lab/forum-talk: license",
    ]
    assert change.findings_new == ()
    assert [f.code for f in change.findings_gone] == ["coverage-lacking", "license-none"]
    back = compare(_later(), factory.report())
    assert [f.code for f in back.findings_new] == ["coverage-lacking", "license-none"]


def test_differences_are_as_accepted() -> None:
    change = compare(factory.report(), _later())
    assert_golden("difference.txt", difference_text(change))
    assert_golden("difference.md", difference_markdown(change))
    assert_golden("difference.json", difference_json(change))
    assert json.loads(difference_json(change))["sets_added"]


def test_hostile_reports_differ_harmlessly() -> None:
    change = compare(factory.hostile(), factory.report())
    for text in (difference_text(change), difference_markdown(change), difference_json(change)):
        unseen = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
        assert unseen == {"\n"}

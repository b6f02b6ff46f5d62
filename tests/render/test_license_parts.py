"""Every part with a license of its own is in every format, with its statement and its line."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from tests import builders
from tests.render import factory

from provenance.render import FORMATS
from provenance.render.frames import training_sets_frame
from provenance.render.page import Page
from provenance.report.license import LicenseConclusion, LicensePart, LicenseState, Scope
from provenance.report.report import Report

REPO = "datasets/example-lab/birds"


def with_parts(*names: str) -> LicenseConclusion:
    """A conclusion on a set whose parts are MIT, said at the lines 10, 11, and so on."""
    said = [
        builders.statement("MIT", "MIT", REPO, line=10 + n, scope=Scope.PART, part=name)
        for n, name in enumerate(names)
    ]
    parts = tuple(LicensePart(s.part or "", "MIT", (s,)) for s in said)
    whole = builders.conclusion(LicenseState.EXPLICIT, "MIT", "the card says MIT", tuple(said))
    return replace(whole, parts=parts)


def report(conclusion: LicenseConclusion) -> Report:
    base = factory.report()
    first = replace(base.training_sets[0], license=conclusion)
    return replace(base, training_sets=(first, *base.training_sets[1:]))


@pytest.mark.parametrize("kind", ["text", "markdown", "html", "json", "csv"])
def test_each_part_has_its_license_and_its_line(kind: str) -> None:
    text = FORMATS[kind](report(with_parts("Owls", "Larks")), Page(width=200, show_all=True))
    for name, line in (("Owls", "10"), ("Larks", "11")):
        assert name in text
        assert f"README.md:{line}" in text or f'"line": {line}' in text
    assert ("Licenses by part" in text) is (kind in {"text", "markdown", "html"})


def test_the_own_license_of_a_subject_has_its_parts_too() -> None:
    model = replace(factory.report(), license=with_parts("Weights", "Adapter"))
    for kind in ("text", "markdown", "html"):
        text = FORMATS[kind](model, Page(width=200, show_all=True))
        assert model.subject.id in text.partition("Licenses by part")[2]
        assert "Adapter" in text


def test_a_column_of_tables_holds_them() -> None:
    made = report(with_parts("Owls", "Larks"))
    cell = "Owls: MIT (README.md:10); Larks: MIT (README.md:11)"
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](made, Page()))))
    assert [row["license_parts"] for row in rows][:2] == [cell, ""]
    assert training_sets_frame(made)["license_parts"].dropna().tolist() == [cell]


@pytest.mark.parametrize("kind", ["text", "markdown", "html", "csv"])
def test_the_name_of_a_part_is_outside_text(kind: str) -> None:
    text = FORMATS[kind](report(with_parts(factory.HOSTILE)), Page(show_all=True))
    assert ("<script>alert" in text) is (kind in {"text", "csv"})
    assert "\x1b[31m" not in text
    assert "\u202e" not in text


def test_of_very_many_parts_a_page_shows_some_and_says_so() -> None:
    made = report(with_parts(*(f"part {n}" for n in range(500))))
    assert "… and 100 more parts; the JSON report has all" in FORMATS["html"](made, Page())
    assert "part 499" in FORMATS["text"](made, Page(show_all=True))
    assert "<details><summary>500 parts</summary>" in FORMATS["markdown"](made, Page())

"""The first screen: short enough to be read, and the same wherever it is drawn."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import RenderableType
from tests.render import factory
from tests.render.golden import assert_golden

from provenance import Report, audit, scan
from provenance.render import FORMATS, Page, render_reports, terminal_screen
from provenance.render.deciding import (
    broken_rules,
    deciding_sets,
    steps_to_pass,
    why_decides,
)
from provenance.render.drawing import drawn
from provenance.render.layout import width
from provenance.render.sentences import headline
from provenance.render.slices import DENIED, slices
from provenance.render.terminal_screen import MOST_LINES, first_screen
from provenance.report.finding import Severity, Verdict

WIDTHS = [60, 80, 100, 140, 200]
SHIPPED = [
    "sentence-transformers/all-MiniLM-L6-v2",
    "allenai/OLMo-7B",
    "tiiuae/falcon-7b-instruct",
    "mistralai/Mistral-7B-v0.1",
    "google/flan-t5-base",
]
MADE = [factory.report, factory.undeclared, factory.passing, factory.hostile]
AS_OF = datetime.date(2026, 11, 29)


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("make", MADE)
def test_it_fits(make: object, columns: int) -> None:
    assert callable(make)
    lines = FORMATS["text"](make(), Page(columns)).splitlines()
    assert len(lines) <= MOST_LINES
    assert max(width(line) for line in lines) <= columns


def test_nothing_of_it_is_markup() -> None:
    report = factory.report()
    named = replace(report, subject=replace(report.subject, id="a/[red]b[/red]"))
    assert "a/[red]b[/red]" in FORMATS["text"](named, Page(80))


def test_color_adds_nothing_but_color() -> None:
    plain = FORMATS["text"](factory.report(), Page(100))
    colored = FORMATS["text"](factory.report(), Page(100, color=True))
    assert "\x1b[" in colored
    bare = re.sub(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", colored)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = FORMATS["text"](factory.report(), Page(100))
    for name, value in {"COLUMNS": "40", "FORCE_COLOR": "1", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    assert FORMATS["text"](factory.report(), Page(100)) == before


def test_what_decides_a_failure_is_what_fails() -> None:
    report = factory.report()
    assert report.verdict is Verdict.FAIL
    assert deciding_sets(factory.passing()) == []
    assert all(not s.via for s in deciding_sets(report))


def test_steps_lead_to_a_pass_when_all_are_shown() -> None:
    steps = steps_to_pass(factory.report())
    assert len(steps) <= 3
    assert [step.left for step in steps] == sorted((s.left for s in steps), reverse=True)
    for step in steps:
        assert (step.left == 0) is (step.then is Verdict.PASS)


def test_several_subjects_stand_in_a_table_first() -> None:
    text = render_reports("text", [factory.report(), factory.passing()], Page(80))
    assert text.startswith("verdict ")
    assert [line.split()[0] for line in text.splitlines()[1:3]] == ["FAIL", "PASS"]


@pytest.mark.parametrize("model", SHIPPED)
def test_shipped_models_are_as_accepted(model: str) -> None:
    report = audit(model, snapshot="bundled", policy="default", as_of=AS_OF)
    _accepted(report, model)


@pytest.mark.parametrize(
    ("subject", "corpus"),
    [
        ("bert-base-uncased", "hub-2020"),
        ("bert-base-chinese", "hub-2020"),
        ("OpenLLM-France/Lucie-7B", "hub-modern"),
        ("BELLE-2/BELLE-VL", "hub-modern"),
        ("datasets/esc-benchmark/esc-datasets", "hub-2023"),
    ],
)
def test_real_cards_are_as_accepted(subject: str, corpus: str, shared: Path) -> None:
    place = shared / "corpus" / corpus
    _accepted(audit(subject, snapshot=place, policy="default", as_of=AS_OF), subject)


def _accepted(report: Report, model: str) -> None:
    text = FORMATS["text"](report, Page(80))
    assert len(text.splitlines()) <= MOST_LINES
    assert_golden(f"screens/{model.rpartition('/')[2]}.txt", text)


def test_of_what_was_not_read_no_measure_is_to_be_mended() -> None:
    base = factory.unread()
    share = replace(base.findings[0], code="COV002", help="Publish the sizes.")
    steps = steps_to_pass(replace(base, findings=(share, *base.findings)))
    assert "Publish the sizes." not in [s.text for s in steps]
    only = steps_to_pass(replace(base, findings=(share,)))
    assert [s.text for s in only] == ["Publish the sizes."]


def test_a_set_with_a_license_decides_by_the_rule_that_it_breaks() -> None:
    base = factory.report()
    explicit = next(s for s in base.training_sets if s.license.state.value == "explicit")
    finding = replace(
        base.findings[0], code="LIC001", severity=Severity.ERROR, subject=f"datasets/{explicit.id}",
        subjects=(), waiver=None,
    )  # fmt: skip
    report = replace(base, verdict=Verdict.FAIL, findings=(finding,))
    assert why_decides(explicit, broken_rules(report)) == f"denied: {explicit.license.concluded}"
    assert f"denied: {explicit.license.concluded}" in first_screen(report, Page(120))


def test_what_the_policy_refuses_does_not_look_good() -> None:
    base = factory.report()
    explicit = next(s for s in base.training_sets if s.license.state.value == "explicit")
    finding = replace(
        base.findings[0], code="LIC001", severity=Severity.ERROR, subject=explicit.key,
        subjects=(), waiver=None,
    )  # fmt: skip
    report = replace(base, verdict=Verdict.FAIL, findings=(finding,))
    found = headline(report)
    assert found is not None
    before = {p.label: p for p in slices(replace(base, findings=()), found)}
    after = {p.label: p for p in slices(report, found)}
    assert DENIED not in before
    assert after[DENIED].sets == 1
    both = after[DENIED].weight + (after["explicit"].weight if "explicit" in after else 0.0)
    assert both == pytest.approx(before["explicit"].weight)
    words = " ".join(first_screen(report, Page(200)).split())
    assert "has an explicit license that the policy refuses" in words
    assert "b-denied" in FORMATS["html"](report, Page(80)).partition("</style>")[2]


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_step_is_cut_in_the_middle_of_a_clause(columns: int) -> None:
    base = factory.report()
    sentence = "Ask the publisher of the set for its terms, leave it out, or write to the author."
    long = replace(base.findings[0], severity=Severity.ERROR, waiver=None, help=sentence * 9)
    report = replace(base, findings=(long,))
    shown = " ".join(first_screen(report, Page(columns)).partition("Do, in")[2].split())
    cut, mark, _ = shown.partition(" …")
    assert cut.endswith(("terms", "out", "author")) if mark else shown.count("write to") == 9


def test_a_conflict_says_what_disagrees() -> None:
    item = next(s for s in factory.report().training_sets if s.license.state.value == "conflicting")
    said = replace(item, license=replace(item.license, reason="the tag says A, but the card B"))
    assert why_decides(said, {}) == "statements disagree: the tag says A, but the card B"
    blocked = why_decides(said, {said.key: ["LIC006", "LIC011"]})
    assert blocked.startswith("its terms block the use, statements disagree: the tag")


def test_a_remedy_that_is_part_of_another_is_no_step_of_its_own() -> None:
    base = factory.report()
    whole = replace(base.findings[0], severity=Severity.ERROR, waiver=None, help="Ask. Look it up.")
    part = replace(whole, severity=Severity.INCOMPLETE, code="LIC013", help="Look it up.")
    (step,) = steps_to_pass(replace(base, findings=(whole, part)))
    assert step.text == "Ask. Look it up."
    assert step.then is Verdict.PASS


def test_without_a_set_the_findings_say_what_decides() -> None:
    report = factory.undeclared()
    screen = first_screen(report, Page(100))
    decides = screen.partition("What decides it")[2].partition("Do")[0]
    assert report.findings[0].message[:30] in decides


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_scan_has_a_first_screen(columns: int, tmp_path: Path) -> None:
    licenses = ["cc-by-4.0", "mit", None, "unknown", "cc-by-nc-4.0", "gpl", "other", "cc0-1.0"]
    for source in ("owls", "larks", "terns"):
        lines = [json.dumps({"text": "x" * 40, "license": said}) for said in licenses]
        (tmp_path / source).mkdir()
        (tmp_path / source / "part.jsonl").write_text("\n".join(lines))
    report = scan(tmp_path)
    text = FORMATS["text"](report, Page(columns))
    assert "\nFAIL: " in text
    assert len(text.splitlines()) <= MOST_LINES
    assert max(width(line) for line in text.splitlines()) <= columns
    assert "its own license" not in text
    whole = FORMATS["text"](report, Page(columns, show_all=True))
    assert "Lacking an explicit license, by source" in whole
    assert max(width(line) for line in whole.splitlines()) <= columns


def test_a_scan_of_which_nothing_was_read_says_no_number(tmp_path: Path) -> None:
    (tmp_path / "part.parquet").write_bytes(b"no such thing")
    text = FORMATS["text"](scan(tmp_path), Page(100))
    assert "\nINCOMPLETE: " in text
    assert "None" not in text


@pytest.mark.parametrize("show_all", [False, True])
def test_colour_and_links_are_the_same_bytes_every_time(show_all: bool) -> None:
    page = Page(120, color=True, show_all=show_all)
    text = FORMATS["text"](factory.report(), page)
    assert "\x1b]8;;https://huggingface.co/" in text
    assert text == FORMATS["text"](factory.report(), page)


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 140])
@pytest.mark.parametrize("make", MADE)
def test_lines_are_counted_as_they_are_drawn(
    make: Callable[[], Report], columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fits is found by counting; a wrong count would cut too much or run over the screen."""
    counted: list[int] = []
    height = terminal_screen.height

    def counts(parts: Sequence[RenderableType], page: Page) -> int:
        number = height(parts, page)
        counted.append(number)
        assert number == drawn(parts, page).count("\n")
        return number

    monkeypatch.setattr(terminal_screen, "height", counts)
    text = FORMATS["text"](make(), Page(columns))
    assert counted[-1] == text.count("\n")

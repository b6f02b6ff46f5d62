"""What every format holds to: pure, the same bytes, and harmless whatever a card says."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from tests.render import factory
from tests.render.golden import assert_golden

from provenance.cli.census import CENSUS_FORMATS
from provenance.errors import UsageError
from provenance.escape import terminal
from provenance.render import FORMATS, REPORT_FORMATS, Page, render_reports
from provenance.render.check.formats import CHECK_FORMATS
from provenance.render.difference.formats import DIFFERENCE_FORMATS
from provenance.render.layout import width
from provenance.report.report import Report
from provenance.report.serialize import from_json, to_json

REPORTS: dict[str, Callable[[], Report]] = {
    "rich": factory.report,
    "undeclared": factory.undeclared,
    "passing": factory.passing,
    "hostile": factory.hostile,
    "hostile, unread": factory.hostile_unread,
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("make", REPORTS.values(), ids=list(REPORTS))
def test_the_same_report_gives_the_same_text(name: str, make: Callable[[], Report]) -> None:
    page = Page(80)
    text = FORMATS[name](make(), page)
    assert text.endswith("\n")
    assert FORMATS[name](from_json(to_json(make())), page) == text


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("show_all", [False, True])
@pytest.mark.parametrize("make", [factory.hostile, factory.hostile_unread])
def test_no_format_passes_on_what_a_reader_cannot_see(
    name: str, show_all: bool, make: Callable[[], Report]
) -> None:
    text = FORMATS[name](make(), Page(80, show_all=show_all))
    unseen = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert unseen <= {"\n"}


@pytest.mark.parametrize("kind", ["rich", "undeclared", "passing"])
@pytest.mark.parametrize("columns", [80, 140])
def test_text_is_as_accepted(kind: str, columns: int) -> None:
    page = Page(columns, show_all=True)
    assert_golden(f"{kind}-{columns}.txt", FORMATS["text"](REPORTS[kind](), page))


@pytest.mark.parametrize("kind", ["rich", "undeclared", "passing"])
def test_markdown_is_as_accepted(kind: str) -> None:
    assert_golden(f"{kind}.md", FORMATS["markdown"](REPORTS[kind](), Page()))


def test_json_is_as_accepted() -> None:
    assert_golden("rich.json", FORMATS["json"](factory.report(), Page()))


@pytest.mark.parametrize("columns", [40, 60, 80, 140])
@pytest.mark.parametrize("make", REPORTS.values(), ids=list(REPORTS))
def test_no_line_is_wider_than_the_terminal(columns: int, make: Callable[[], Report]) -> None:
    text = FORMATS["text"](make(), Page(columns, show_all=True))
    too_wide = [line for line in text.splitlines() if width(line) > columns]
    assert not too_wide


def test_colour_only_adds_escapes() -> None:
    plain = FORMATS["text"](factory.report(), Page(80))
    colored = FORMATS["text"](factory.report(), Page(80, color=True))
    assert "\x1b[" in colored
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()
    assert "\x1b" not in plain


def test_text_folds_long_lists_and_all_opens_them() -> None:
    report = factory.large(120)
    folded = FORMATS["text"](report, Page(80))
    assert "(--all)" in folded
    assert folded.count("collection-") < 60
    opened = FORMATS["text"](report, Page(80, show_all=True))
    assert "… and more:" not in opened
    assert all(s.name[-4:] in opened for s in report.training_sets)


def test_text_points_at_the_value_of_front_matter() -> None:
    lines = FORMATS["text"](factory.report(), Page(80, show_all=True)).splitlines()
    quoted = [i for i, line in enumerate(lines) if line.endswith("│ license: unknown")]
    assert quoted
    for at in quoted:
        assert lines[at + 1].endswith("│          ^^^^^^^")
        assert lines[at - 1].endswith("@9ab4410fe1c2:README.md:2 /license")


def test_waivers_are_counted_and_listed_when_asked_for() -> None:
    assert "1 waived" in FORMATS["text"](factory.report(), Page(80))
    for name in ("text", "markdown"):
        listed = FORMATS[name](factory.report(), Page(80, show_all=True))
        assert "data-team" in listed
        assert "2027-03-31" in listed


def test_markdown_leaves_no_markup_to_a_card() -> None:
    text = FORMATS["markdown"](factory.hostile(), Page(show_all=True))
    outside = re.sub(r"(?ms)^(`{3,})text$.*?^\1$", "", text)
    tags = set(re.findall(r"<(/?[a-z!-][^>]*)>", outside))
    assert tags <= {"!-- --", "code", "/code", "sub", "/sub", "br"}
    assert not re.search(r"(?<!\\)\]\(", outside)
    assert "https://" not in outside
    assert "@everyone" not in outside


def test_an_undeclared_model_never_reads_as_nothing_lacking() -> None:
    for name in ("text", "markdown"):
        text = " ".join(FORMATS[name](factory.undeclared(), Page()).split())
        assert "names no training data" in text
        assert "not known" in text
        assert "PASS" not in text


def test_an_unknown_format_is_refused_with_the_list() -> None:
    with pytest.raises(UsageError, match="'docx' is not one of text, json"):
        FORMATS.named("docx")


def test_several_reports_in_one_text() -> None:
    reports = [factory.report(), factory.passing()]
    assert render_reports("json", reports, Page()).count("\n") == 2
    both = render_reports("text", reports, Page())
    assert FORMATS["text"](reports[0], Page()) in both
    assert both.endswith(FORMATS["text"](reports[1], Page()))
    assert render_reports("json", reports[:1], Page()) == to_json(reports[0])


def test_wide_characters_keep_columns() -> None:
    assert width(terminal("漢字")) == 4


def test_no_renderer_can_reach_files_the_clock_or_the_network() -> None:
    """The page's own template and style are the one thing that is read, from the package."""
    folder = Path(str(files("provenance.render")))
    forbidden = {"os", "io", "pathlib", "time", "datetime", "random", "socket", "subprocess"}
    for path in folder.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        names |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        allowed = {"io"} if path.name in {"tables.py", "frames.py", "drawing.py"} else set()
        assert not {name.partition(".")[0] for name in names} & (forbidden - allowed), path


def test_every_format_is_documented_with_what_it_can_hold() -> None:
    """The table of docs/formats.md is the registry's: names, endings, one subject or several."""
    page = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
    told = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| `") and len(cells) == 5:
            names, files, number = cells[0], cells[1], cells[2]
            for name in names.split(", "):
                told[name.strip("`")] = (set(files.replace("`", "").split(", ")) - {"–"}, number)
    held = {
        name: ({*form.suffixes, *(n.replace("notice", "NOTICE") for n in form.names)},
               "one" if form.several is None else "several")
        for name, form in REPORT_FORMATS.items()
    }  # fmt: skip
    assert told == held


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.json", "json"),
        ("a.CDX.json", "cyclonedx"),
        ("a.spdx.json", "spdx"),
        ("NOTICE", "notice-text"),
        ("NOTICE.md", "notice"),
        ("notes.md", "markdown"),
        ("a.docx", None),
        ("a", None),
    ],
)
def test_a_file_says_its_format_by_the_longest_ending(file: str, name: str | None) -> None:
    form = REPORT_FORMATS.of_file(file)
    assert (form.name if form else None) == name


def test_no_ending_says_two_formats() -> None:
    for formats in (REPORT_FORMATS, CHECK_FORMATS, DIFFERENCE_FORMATS, CENSUS_FORMATS):
        assert len(set(formats.suffixes)) == len(formats.suffixes)


def test_only_what_asks_for_the_page_hangs_on_it() -> None:
    """Width and colour change no bytes of a format that is not given the page."""
    for name, form in FORMATS.items():
        wide = form(factory.report(), Page(140, color=True))
        assert (wide == form(factory.report(), Page(60))) is not form.paged or name == "markdown"

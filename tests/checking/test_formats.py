"""Every format against its schema, and hostile names in all of them."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from junitparser import JUnitXml
from sarif_pydantic import Sarif  # type: ignore[import-untyped]  # it ships no types
from tests.checking.conftest import Checkout

from provenance.render.check.formats import CHECK_FORMATS
from provenance.render.check.text import MOST_LINES
from provenance.render.page import Page
from provenance.report.checked import (
    CheckFinding,
    CheckResult,
    Confidence,
    FileProblem,
    Reference,
    ReferenceKind,
    RuleInfo,
    ScanCounts,
    ScanNote,
    SetCounts,
    Suppression,
    Target,
    UsedFor,
)
from provenance.report.evidence import Evidence
from provenance.report.finding import Finding, Severity, Verdict
from provenance.report.report import PolicyInfo, Source, Tool
from provenance.vocabulary.statuses import Status

GITLAB_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string"},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What GitLab's documentation of the code quality report asks for."""
HOSTILE = "a\x1b[31m\u202e::error ::x|y</script><b>`\r\n@all [x](http://e.example) %0A{}"


def result(text: str, *, counts: int = 1) -> CheckResult:
    reference = Reference(
        text,
        3,
        5,
        ReferenceKind.DATASET,
        text,
        text,
        UsedFor.TRAINING,
        Confidence.CERTAIN,
        text,
    )
    evidence = Evidence(text, text, text, 1, text, text)

    def finding(code: str, severity: Severity, held: Suppression, number: int) -> CheckFinding:
        inner = Finding(code, severity, text, text, (evidence,), text, "0" * 32)
        places = (reference,) * 7 if number == 0 else ()
        return CheckFinding(
            inner,
            f"{text}{number}",
            places,
            text,
            3,
            5,
            f"{number:032x}",
            held,
            text if held else "",
        )

    findings = [
        finding("LIC001", Severity.ERROR, Suppression.NO, 0),
        finding("LIC003", Severity.WARNING, Suppression.NO, 1),
        finding("LIC010", Severity.NOTE, Suppression.NO, 2),
        finding("LIC001", Severity.ERROR, Suppression.BASELINE, 3),
        finding("LIC001", Severity.ERROR, Suppression.IGNORED, 4),
    ]
    findings += [
        finding("LIC003", Severity.INCOMPLETE, Suppression.NO, 5 + n) for n in range(counts)
    ]
    return CheckResult(
        schema_version="1",
        tool=Tool("provenance", "0"),
        as_of=datetime.date(2026, 1, 1),
        source=Source(text, None),
        policy=PolicyInfo(text, "0"),
        verdict=Verdict.FAIL,
        counts=ScanCounts(1, 1, 0, 0, 0, 0, 2),
        share=SetCounts(4, 1, 1),
        targets=tuple(
            Target(
                f"{text}{n}", ReferenceKind.DATASET, text, text, Status.GATED, Verdict.FAIL,
                "none", text,
                1, n == 0,
            )
            for n in range(10)
        ),
        references=(reference,),
        findings=tuple(findings),
        notes=(ScanNote(text, 1, 1, text, text),),
        problems=(FileProblem(text, None, text),),
        rules=tuple(
            RuleInfo(c, "A title", "What [it] says", "Do `it`", Severity.ERROR)
            for c in ("LIC001", "LIC003", "LIC010")
        ),
    )  # fmt: skip


def render_check(name: str, outcome: CheckResult, page: Page) -> str:
    return CHECK_FORMATS.named(name).of_several([outcome], page)


PAGES = [Page(80), Page(140, color=False, show_all=True)]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_hostile_text_is_escaped_everywhere(name: str, page: Page) -> None:
    shown = render_check(name, result(HOSTILE), page)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\r" not in shown
    if name in {"junit", "markdown"}:
        assert "<b>" not in shown
        assert "</script>" not in shown
    if name == "github":
        assert all(line.startswith("::") for line in shown.splitlines())
        assert shown.count("\n") == 5
    if name == "markdown":
        assert "[x](http" not in shown
        assert all(line.count(" | ") <= 4 for line in shown.splitlines() if line.startswith("| e"))
    if name == "concise":
        assert shown.count("\n") == 5


def test_sarif_is_valid() -> None:
    text = render_check("sarif", result(HOSTILE), Page())
    Sarif.model_validate_json(text)
    (run,) = json.loads(text)["runs"]
    first = run["results"][0]
    uri = first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert not set(uri) & set(' <>"|`[]:\\')
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"]
    assert [s.get("suppressions", [{}])[0].get("kind") for s in run["results"]] == [
        None, None, None, "external", "inSource", None,
    ]  # fmt: skip
    marks = [r["partialFingerprints"]["provenance/v1"] for r in run["results"]]
    assert len(set(marks)) == len(marks)


JENKINS = {
    "testsuites": ({"name", "time", "tests", "failures", "disabled", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors", "time", "skipped", "timestamp", "hostname", "id",
         "package", "file", "log", "url", "version", "group"},
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "properties": (set(), {"property"}),
    "testcase": (
        {"name", "classname", "assertions", "time", "status", "class", "file", "line", "log",
         "group", "url"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": ({"type", "message"}, set()),
    "skipped": ({"type", "message"}, set()),
    "system-out": (set(), set()),
    "system-err": (set(), set()),
}  # fmt: skip
"""Attributes and children that the schema of the Jenkins xUnit plugin knows, by element."""
ANT = {"testsuite": ["name", "timestamp", "hostname", "tests", "failures", "errors", "time", "id",
                     "package"],
       "testcase": ["name", "classname", "time"], "failure": ["type"]}  # fmt: skip
"""Attributes that the schema of Ant's reports demands, by element."""


def test_junit_fits_the_schemas_of_jenkins_and_ant() -> None:
    root = ElementTree.fromstring(render_check("junit", result(HOSTILE), Page()))  # noqa: S314
    assert root.tag == "testsuites"
    assert not root.attrib, "Ant's has none there"
    for element in root.iter():
        attributes, children = JENKINS[element.tag]
        assert set(element.attrib) <= attributes, element.tag
        assert {child.tag for child in element} <= children, element.tag
        assert set(ANT.get(element.tag, ())) <= set(element.attrib), element.tag
        for name in {"tests", "failures", "errors", "skipped", "id"} & set(element.attrib):
            assert element.attrib[name].isdecimal(), name
        if "time" in element.attrib:
            assert float(element.attrib["time"]) >= 0
    for suite in root:
        tags = [child.tag for child in suite]
        inner = ["testcase"] * (len(tags) - 3)
        assert tags == ["properties", *inner, "system-out", "system-err"], "Ant's is a sequence"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.attrib["timestamp"])
        assert suite.attrib["package"]
        assert all(len(case) <= 1 for case in suite.iter("testcase")), "Ant's is a choice of one"
        assert int(suite.attrib["tests"]) == len(inner)
        assert int(suite.attrib["failures"]) == len(list(suite.iter("failure")))
        assert int(suite.attrib["skipped"]) == len(list(suite.iter("skipped")))


def test_junit_is_valid() -> None:
    text = render_check("junit", result(HOSTILE), Page())
    ElementTree.fromstring(text)  # noqa: S314  our own output
    parsed = JUnitXml.fromstring(text.encode())
    assert (parsed.tests, parsed.failures, parsed.skipped) == (10, 2, 6)
    warned = render_check("junit", result("x", counts=0), Page())
    assert "<failure" in warned
    (suite,) = ElementTree.fromstring(text)  # noqa: S314  our own output
    assert [e.tag for e in suite][:1] == ["properties"]
    assert [e.tag for e in suite][-2:] == ["system-out", "system-err"]
    assert all(len(case) <= 1 for case in suite.iter("testcase"))


_ANT = {
    "testsuites": (set(), set()),
    "testsuite": (
        {"name", "timestamp", "hostname", "tests", "failures", "errors", "time", "package", "id"},
        {"skipped"},
    ),
    "properties": (set(), set()),
    "testcase": ({"name", "classname", "time"}, set()),
    "failure": ({"type"}, {"message"}),
    "skipped": (set(), {"message", "type"}),
    "system-out": (set(), set()),
    "system-err": (set(), set()),
}
"""Elements and attributes, required and further, that the JUnit schema of Ant
(windyroad/JUnit-Schema) and the one of the Jenkins xUnit plugin (junit-10.xsd) both take."""


def test_junit_has_only_what_the_schemas_of_ant_and_jenkins_both_take() -> None:
    text = render_check("junit", result(HOSTILE), Page())
    root = ElementTree.fromstring(text)  # noqa: S314  our own output
    for element in root.iter():
        required, further = _ANT[element.tag]
        assert required <= set(element.attrib) <= required | further
    (suite,) = root
    order = [e.tag for e in suite]
    cases = len(order) - 3
    assert order == ["properties", *["testcase"] * cases, "system-out", "system-err"]
    assert all(len(case) <= 1 for case in suite.iter("testcase"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.attrib["timestamp"])
    assert int(suite.attrib["tests"]) == cases
    for name in (c.attrib["name"] for c in suite.iter("testcase")):
        assert name == " ".join(name.split())  # xs:token


def test_gitlab_is_valid() -> None:
    entries = json.loads(render_check("gitlab", result(HOSTILE), Page()))
    Draft202012Validator(GITLAB_SCHEMA).validate(entries)
    assert [e["severity"] for e in entries] == ["critical", "minor", "info", "major"]


def test_long_lists_are_cut_in_markdown() -> None:
    shown = render_check("markdown", result("x" * 400, counts=60), Page())
    assert "more are in the full report." in shown
    assert len(shown) < 65_536
    assert shown.startswith("<!-- provenance-check -->\n")


def test_colours_only_where_wanted() -> None:
    assert "\x1b[31m" in render_check("text", result("x"), Page(color=True))
    assert "\x1b" not in render_check("text", result("x"), Page())


@pytest.mark.parametrize("width", [40, 80, 140])
def test_prose_keeps_to_the_width(width: int) -> None:
    shown = render_check("text", result("some words"), Page(width))
    assert max(map(len, shown.splitlines())) <= width


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("text", ["some words", "word " * 400, HOSTILE])
def test_the_first_screen_is_one(text: str, width: int) -> None:
    shown = render_check("text", result(text, counts=50), Page(width))
    assert shown.count("\n") <= MOST_LINES
    assert "do: " in shown


def test_colour_adds_nothing_but_colour() -> None:
    bare = re.sub(r"\x1b\[[\d;]*m", "", render_check("text", result("x"), Page(color=True)))
    plain = render_check("text", result("x"), Page())
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


def test_hostile_file_names(checkout: Checkout, tmp_path: Path) -> None:
    name = "a\u202e b::c|d%\n'.py"
    checkout.write(name, "from datasets import load_dataset\nload_dataset('org/research')\n")
    checkout.commit()
    names = ["sarif", "junit", "gitlab", "github", "markdown", "concise", "json"]
    arguments = [part for n in names for part in (f"--{n}-output", str(tmp_path / n))]
    _, out = checkout.check(*arguments)
    Sarif.model_validate_json((tmp_path / "sarif").read_text())
    JUnitXml.fromstring((tmp_path / "junit").read_bytes())
    Draft202012Validator(GITLAB_SCHEMA).validate(json.loads((tmp_path / "gitlab").read_text()))
    texts = [out, *((tmp_path / n).read_text() for n in names)]
    assert not any("\u202e" in text for text in texts)
    assert "a%E2%80%AE%20b%3A%3Ac%7Cd%25%0A%27.py" in (tmp_path / "sarif").read_text()


def test_lines_whose_loaders_are_not_resolved_are_counted_and_named() -> None:
    notes = tuple(ScanNote(f"f{n // 30}.py", n // 2, n % 2, "load", "why") for n in range(90))
    shown = replace(result("x"), notes=notes)
    comment = render_check("markdown", shown, Page())
    screen = " ".join(render_check("text", shown, Page(200)).split())
    for text in (comment, screen):
        assert "45 lines with a loader whose argument is known at run time only" in text
        assert "f0.py:0, 1, 2, 3" in text.replace("\\", "")
    assert "and 39 more (--all)" in screen
    assert "and 25 more" in comment
    assert "known at run time" not in render_check("markdown", replace(shown, notes=()), Page())

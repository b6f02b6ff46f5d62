"""The page as text: nothing outside it, nothing escapes it. What it does is tested in a browser."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests import builders
from tests.render import factory

from provenance.render import FORMATS, Page, render_reports
from provenance.report.license import LicenseState
from provenance.report.lineage import NodeKind
from provenance.report.report import Report
from provenance.vocabulary.state_colors import css_colors

_VOID = {"meta", "input", "br", "rect", "path"}


class _Reader(HTMLParser):
    """Elements, attributes and whether every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "input", "br", "col"}:
            self.open.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _page(report: Report) -> str:
    return FORMATS["html"](report, Page())


def _read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader


@pytest.mark.parametrize(
    "report", [factory.report(), factory.hostile(), factory.undeclared(), factory.passing()]
)
def test_the_page_is_well_formed_and_loads_nothing(report: Report) -> None:
    reader = _read(_page(report))
    assert reader.open == []
    names = {name for _, name, _ in reader.attributes}
    assert not names & {"src", "srcset", "style", "action", "onclick", "onload", "onerror"}
    links = [value for tag, name, value in reader.attributes if name == "href"]
    assert all(link.startswith(("https://huggingface.co/", "#")) for link in links)
    ids = [value for _, name, value in reader.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_the_page_allows_its_own_style_and_script_only() -> None:
    text = _page(factory.hostile())
    policy = text[text.index("Content-Security-Policy") : text.index("base-uri")]
    inner = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", text, re.DOTALL)
    assert len(inner) == 3
    assert text.count('<script type="application/json"') == 1
    for source in inner:
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in html.unescape(policy)
    assert text.count("<script") == 3


def test_the_page_says_what_the_other_formats_say() -> None:
    text = _page(factory.report())
    for words in (
        "66.2 %",
        "2,448,839 of 1,170,060,424 pairs are attributed to no set",
        "Ask the publisher for a license",
        "named only in words",
        "policy.yaml",
        "no legal advice",
    ):
        assert words in text


def test_an_undeclared_model_shows_no_number() -> None:
    text = _page(factory.undeclared())
    assert "names no training data" in text
    assert "No training set is declared" in text
    assert "<b>0 %" not in text


def test_links_go_to_the_quoted_line_at_its_revision() -> None:
    text = _page(factory.report())
    assert (
        f"https://huggingface.co/datasets/example-lab/forum-talk/blob/{factory.DATA_SHA}/README.md?code=true#L2"
        in text
    )


def test_links_follow_the_endpoint() -> None:
    base = factory.passing()
    text = _page(replace(base, source=replace(base.source, name="https://hub.example.org/")))
    assert "https://hub.example.org/datasets/open-text/wiki-pairs" in text
    assert 'href="https://huggingface.co' not in text


def test_500_sets_stay_under_the_size_that_was_promised() -> None:
    text = _page(factory.large(500))
    assert len(text.encode()) < 1_500_000
    assert "… and 4 more places; the JSON report has all" in text
    assert "… and 2 more places; the JSON report has all" in _page(factory.large(20))


def _heavy(count: int, name: str) -> Report:
    """Sets of the heaviest shape that real cards have: eight statements, long quotations."""
    base = factory.large(count)
    statements = tuple(
        builders.statement("word " * 48, f"LicenseRef-{n}", factory.CARD, line=n) for n in range(8)
    )
    sets = tuple(
        replace(
            item,
            name=f"{name} {number}",
            id=f"{name}/{name}-{number:04d}" if name.isascii() else None,
            evidence=tuple(replace(e, excerpt="word " * 48) for e in item.evidence),
            license=replace(item.license, statements=statements, reason="word " * 18),
        )
        for number, item in enumerate(base.training_sets)
    )
    nodes = tuple(
        replace(n, id=f"{name}/{n.id}", key=n.key) if n.kind is NodeKind.DATASET else n
        for n in base.lineage.nodes
    )
    return replace(base, training_sets=sets, lineage=replace(base.lineage, nodes=nodes))


@pytest.mark.parametrize("name", ["n" * 44, "n" * 96, "é" * 200])
def test_500_heavy_sets_with_long_names_do_too(name: str) -> None:
    text = _page(_heavy(500, name))
    assert len(text.encode()) < 1_500_000
    assert text.count('id="set-') == 500
    assert "So that this page stays small" in text
    assert "Not quoted here: 8 statements on its license, 6 places where it is declared" in text
    quoted = [at for at in range(500) if f'id="set-{at}"' in text.partition("Not quoted")[0]]
    assert len(quoted) == 1 or f"only the first {len(quoted) - 1} sets by share" in text


def test_the_budget_holds_where_the_heaviest_sets_are_quoted_most() -> None:
    heavy = _heavy(500, "n" * 44)
    top = {
        s.id for s in sorted(heavy.training_sets, key=lambda s: -(s.weight.published or 0))[:250]
    }
    sets = tuple(
        s if s.id in top else replace(s, license=replace(s.license, statements=()), evidence=())
        for s in heavy.training_sets
    )
    text = _page(replace(heavy, training_sets=sets))
    assert len(text.encode()) < 1_500_000
    assert "only the first" in text


def test_few_sets_are_quoted_in_full() -> None:
    text = _page(_heavy(12, "n" * 44))
    assert "stays small" not in text
    assert text.count("tag: <code>LicenseRef-7</code>") == 12


def test_an_unread_subject_is_linked_to_no_page() -> None:
    text = _page(factory.unread())
    assert "huggingface.co" not in text
    assert "Unknown: the model was not read" in text


def test_what_stands_in_backticks_is_code_and_one_without_its_partner_is_not() -> None:
    base = factory.unread()
    named = replace(base.findings[0], help="Run `provenance snapshot`.")
    assert "<code>provenance snapshot</code>" in _page(replace(base, findings=(named,)))
    odd = replace(base.findings[0], help="what `is <this>")
    assert "what `is &lt;this&gt;" in _page(replace(base, findings=(odd,)))


def test_every_sign_of_the_lineage_has_a_key() -> None:
    text = _page(factory.report())
    key = text[text.index('aria-label="Signs in the lineage"') :].partition("</ul>")[0]
    for sign, state in zip("∅?~≠✓", ("none", "unresolved", "ambiguous", "conflicting", "explicit"),
                           strict=True):  # fmt: skip
        assert f">{sign}</b>{state}" in key


def test_every_state_has_a_colour() -> None:
    assert css_colors() in _page(factory.report())
    for state in LicenseState:
        assert f"--{state.value}:" in css_colors()


def test_several_reports_are_one_page_under_a_table() -> None:
    reports = [factory.report(), factory.hostile(), factory.undeclared()]
    text = render_reports("html", reports, Page())
    reader = _read(text)
    assert reader.open == []
    ids = [value for _, name, value in reader.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    targets = {v[1:] for _, name, v in reader.attributes if name == "href" and v.startswith("#")}
    assert targets <= set(ids)
    assert text.count('class="subject"') == 3


def test_every_link_of_the_page_leads_somewhere() -> None:
    for report in (factory.report(), factory.undeclared(), factory.passing(), factory.unread()):
        reader = _read(_page(report))
        ids = {value for _, name, value in reader.attributes if name == "id"}
        inner = {v[1:] for _, name, v in reader.attributes if name == "href" and v[0] == "#"}
        assert inner <= ids


def test_the_hero_names_limit_causes_and_steps() -> None:
    text = _page(factory.report())
    hero = text[text.index('class="answer') : text.index('class="sets"')]
    assert "FAIL" in hero
    assert "66 % to 66.2 %" in hero
    assert "example-lab/forum-talk" in hero
    assert "no license given" in hero
    assert "What would change it" in hero
    limited = replace(factory.report(), policy=replace(factory.report().policy, max_lacking=0.05))
    assert "the policy allows 5 %" in _page(limited)

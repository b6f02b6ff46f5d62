"""What is written to be cited: the entries that cards give, and those made for want of one."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from hypothesis import given as given_that
from hypothesis import strategies as st
from tests import builders
from tests.render import factory

from provenance.cards.citation import entries
from provenance.render import FORMATS, Page
from provenance.render.documents.citations import given
from provenance.report.evidence import Evidence
from provenance.report.report import Report
from provenance.report.serialize import from_json, to_json
from provenance.report.training import Citation, CitationField
from provenance.vocabulary.statuses import Status

CARD = "datasets/open-text/wiki-pairs"


def bibtex(report: Report) -> str:
    return FORMATS["bibtex"](report, Page())


def read_back(text: str) -> Library:
    """Parsed by another library; whatever it cannot read fails the test."""
    library = parse_string(text)
    assert library.failed_blocks == []
    return library


def with_citations(*citations: Citation) -> Report:
    """One set and what its card gives."""
    base = factory.passing()
    (item,) = base.training_sets
    return replace(base, citations=(), training_sets=(replace(item, citations=citations),))


def fields_of(report: Report) -> dict[str, str]:
    (entry,) = read_back(bibtex(report)).entries
    return {field.key: str(field.value) for field in entry.fields}


def test_entries_of_cards_come_first_and_the_others_are_made() -> None:
    text = bibtex(factory.report())
    library = read_back(text)
    keys = [entry.key for entry in library.entries]
    assert keys[:4] == ["sentence-owl", "Owls2020", "owls2020-2", "example-lab-forum-talk"]
    assert "open-text-wiki-pairs" not in keys
    assert text.count("% given by ") == 4
    assert text.count("% made from the report: ") == len(keys) - 3


def test_a_comment_says_where_an_entry_was_read() -> None:
    above = bibtex(factory.report()).partition("@inproceedings{Owls2020,")[0].split("\n")[-3:-1]
    assert [line.split()[3] for line in above] == [
        "datasets/open-text/wiki-pairs:README.md:18",
        "datasets/code-commons/docstrings:README.md:14",
    ]
    assert above[0].endswith(
        f"/datasets/open-text/wiki-pairs/blob/{factory.DATA_SHA}/README.md?code=true#L18"
    )


def test_a_made_entry_says_why_it_was_made() -> None:
    text = bibtex(factory.guessed())
    assert "gives no whole BibTeX entry\n@misc{cookery-recipes," in text
    assert "no card was read; id is a guess\n@misc{example-lab-private-crawl," in text


def test_one_key_and_title_are_one_entry_whatever_case_and_braces() -> None:
    report = with_citations(
        builders.citation("Owl", CARD, title="{O}wls at night"),
        builders.citation("owl", CARD, line=150, title="Owls at {Night}."),
        builders.citation("owl", CARD, line=160, title="Owls by day"),
        builders.citation("OWL", CARD, line=170, title="Owls in the rain"),
        builders.citation("owl", CARD, line=180, author="A. Uhu"),
    )
    assert [one.key for one in given(report)] == ["Owl", "owl-2", "OWL-3", "owl-4"]
    assert [place.evidence.line for place in given(report)[0].places] == [140, 150]


def test_a_made_key_gives_way_to_a_given_one() -> None:
    base = factory.report()
    taken = builders.citation("cookery-recipes", CARD, title="Recipes")
    keys = [e.key for e in read_back(bibtex(replace(base, citations=(taken,)))).entries]
    assert keys[0] == "cookery-recipes"
    assert "cookery-recipes-2" in keys


def test_an_entry_without_key_is_named_after_its_repository() -> None:
    assert given(with_citations(builders.citation("", CARD, title="x")))[0].key == (
        "open-text-wiki-pairs"
    )
    assert given(with_citations(builders.citation("{}", "..", title="x")))[0].key == "set"


def test_a_saved_report_gives_the_same_bytes() -> None:
    for make in (factory.report, factory.hostile):
        saved = from_json(to_json(make()))
        for name in ("bibtex", "notice", "notice-text"):
            assert FORMATS[name](saved, Page()) == FORMATS[name](make(), Page())


def test_a_report_saved_before_citations_is_read() -> None:
    text = re.sub(r',\s*"citations": \[\]', "", to_json(with_citations()))
    assert '"citations"' not in text
    assert from_json(text) == with_citations()


def test_notices_name_what_to_cite() -> None:
    for name in ("notice", "notice-text"):
        text = FORMATS[name](factory.report(), Page())
        assert "@inproceedings{Owls2020," in text
        assert "@misc{sentence-owl," in text
    assert "; cite `Owls2020`, `owls2020-2`" in FORMATS["notice"](factory.report(), Page())
    assert "\n  cite owls2020-2\n" in FORMATS["notice-text"](factory.report(), Page())


def test_no_heading_stands_over_nothing() -> None:
    for name in ("notice", "notice-text"):
        assert "Citations that" not in FORMATS[name](with_citations(), Page())


def test_a_guess_is_said_to_be_one() -> None:
    report = factory.guessed()
    (crawl,) = (s for s in report.training_sets if s.guess)
    assert crawl.id is not None
    text = bibtex(replace(report, training_sets=(crawl,), citations=()))
    assert "; id is a guess" in text
    assert "howpublished" not in text
    repo = f"datasets/{crawl.id}"
    crawl = replace(crawl, citations=(builders.citation("k", repo, title="x"),))
    cited = bibtex(replace(report, training_sets=(crawl,), citations=()))
    assert "a card that the subject does not name (id is a guess)" in cited


def test_of_a_subject_that_was_not_read_nothing_is_cited() -> None:
    report = factory.report()
    unread = replace(report, subject=replace(report.subject, status=Status.NOT_FOUND))
    assert bibtex(unread).startswith("% example-lab/sentence-owl was not read")
    assert "{" not in bibtex(unread)


def test_a_fence_in_an_entry_ends_no_block() -> None:
    text = FORMATS["notice"](with_citations(builders.citation("k", CARD, title="```` x")), Page())
    assert text.count("\n`````") == 2


@pytest.mark.parametrize(
    "value",
    [
        r"Uhu, Ma{\'i}ra and {\v{S}}m{\'\i}d",
        r"{\O}wls \& {\"o}thers \textit{et~al.}",
        r"$O(n^{2})$ owls\ldots",
        r"\url{https://owls.example/a%20b_c#d}",
        r"\url{https://owls.example/a\_b}",
        "漢字 and Ḵẖ",
    ],
)
def test_harmless_tex_stays_as_given(value: str) -> None:
    assert fields_of(with_citations(builders.citation("k", CARD, note=value)))["note"] == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (r"\input{/etc/passwd}", r"\textbackslash{}input{/etc/passwd}"),
        (r"\write18{rm x}", r"\textbackslash{}write18{rm x}"),
        (r"\\input{x}", r"\\input{x}"),
        (r"\^^69nput x", r"\textbackslash{}\textasciicircum{}\textasciicircum{}69nput x"),
        (r"^^5cinput x", r"\textasciicircum{}\textasciicircum{}5cinput x"),
        (r"\i^^6eput", r"\i\textasciicircum{}\textasciicircum{}6eput"),
        (r"\@input{x}", r"\textbackslash{}@input{x}"),
        (r"\href{run:calc}{x}", r"\textbackslash{}href{run:calc}{x}"),
        (r"\url{run:calc}", r"\textbackslash{}url{run:calc}"),
        ("100% owls & #1", r"100\% owls \& \#1"),
        ("open { brace", r"open \textbraceleft{} brace"),
        ("} @misc{k2, title={x}", r"\textbraceright{} @misc\textbraceleft{}k2, title="
         r"\textbraceleft{}x\textbraceright{}"),
        ("end \\", r"end \textbackslash{}"),
        (r"{end \\}", r"{end \\ }"),
        (r"\{a\}", r"\textbraceleft{}a\textbraceright{}"),
        (r"{a\}", r"\textbraceleft{}a\textbackslash{}\textbraceright{}"),
        ("a\u202eb\x1bc", r"a\textbackslash{}u202eb\textbackslash{}x1bc"),
        ("two\n@misc{x,\nlines}", "two @misc{x, lines}"),
    ],
)  # fmt: skip
def test_whatever_does_something_is_shown(value: str, written: str) -> None:
    assert fields_of(with_citations(builders.citation("k", CARD, note=value)))["note"] == written


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://owls.example/%20a", "url"),
        (r"\url{https://owls.example}", "url"),
        ("owls.example/a", "url"),
        ("javascript:alert(1)", "unsafe-url"),
        ("run:calc.exe", "unsafe-url"),
        (r"\url{file:///etc/passwd}", "unsafe-url"),
    ],
)
def test_only_addresses_of_the_web_are_a_url(url: str, name: str) -> None:
    assert list(fields_of(with_citations(builders.citation("k", CARD, url=url)))) == [name]


@pytest.mark.parametrize("kind", ["preamble", "string", "comment", "a{b", ""])
def test_no_directive_is_written(kind: str) -> None:
    text = bibtex(with_citations(builders.citation("k", CARD, kind=kind, title="x")))
    assert "\n@misc{k,\n" in text


def test_a_comment_opens_no_entry() -> None:
    where = Evidence("datasets/@misc{x, title={y}}", None, "a@b\n@misc{z,}", 3, None, "")
    report = with_citations(Citation("misc", "k", (CitationField("title", "x"),), where))
    assert [entry.key for entry in read_back(bibtex(report)).entries] == ["k"]


def test_hostile_reports_are_read_back_as_so_many_entries() -> None:
    library = read_back(bibtex(factory.hostile()))
    assert len(library.entries) == 1
    assert library.strings == []
    assert library.preambles == []


anything = st.text(st.characters(codec=None), max_size=60) | st.text(
    st.sampled_from('\\^{}@%#"$ \nainput'), max_size=40
)


@given_that(st.lists(st.tuples(anything, anything), min_size=1, max_size=4), anything, anything)
def test_any_report_is_one_entry_to_another_reader_and_to_ours(
    pairs: list[tuple[str, str]], key: str, kind: str
) -> None:
    made = tuple(CitationField(f"f{n}{name}", value) for n, (name, value) in enumerate(pairs))
    where = Evidence(CARD, None, "README.md", 1, None, "")
    fields = (CitationField("title", "Owls"), *made)
    text = bibtex(with_citations(Citation(kind, key, fields, where)))
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    (entry,) = read_back(text).entries
    (own,) = entries(text)
    assert len(entry.fields) == text.count("\n  ")
    assert not re.search(r"\^\^", text)
    assert own.key == entry.key

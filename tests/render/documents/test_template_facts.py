"""Bands of size and domains of crawls: what is stated leads to them, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.render import factory

from provenance.render import FORMATS, Page
from provenance.render.documents.template_facts import BANDS, domains
from provenance.report.evidence import Evidence
from provenance.report.report import Report
from provenance.report.training import PersonalData, Signal, TrainingSet

TEXT, IMAGES = BANDS


def draft(report: Report) -> str:
    return FORMATS["art53"](report, Page())


def whole(report: Report) -> str:
    """What the draft says of the data as a whole."""
    return draft(report).partition("# 1.3")[2].partition("# 2 ")[0]


def counted(report: Report, unit: str, total: float) -> Report:
    """The report with every published weight in another unit, of a total."""
    coverage = tuple(
        replace(c, unit=unit, total=total) if c.unit == "pairs" else c for c in report.coverage
    )
    sets = tuple(
        replace(
            s,
            weight=replace(
                s.weight,
                unit=unit if s.weight.unit == "pairs" else s.weight.unit,
                measures=tuple(
                    replace(m, unit=unit) if m.unit == "pairs" else m for m in s.weight.measures
                ),
            ),
        )
        for s in report.training_sets
    )
    return replace(report, coverage=coverage, training_sets=sets)


@pytest.mark.parametrize(
    ("amount", "band"),
    [
        (9.9e8, "less than 1 billion tokens"),
        (1e9, "1 billion to 10 trillion tokens"),
        (1e13, "1 billion to 10 trillion tokens"),
        (1.1e13, "more than 10 trillion tokens"),
    ],
)
def test_bands_of_text(amount: float, band: str) -> None:
    assert TEXT.names[TEXT.of(amount)] == band


def test_the_last_band_is_settled_whatever_is_missing() -> None:
    text = whole(counted(factory.report(), "tokens", 2e13))
    assert "“more than 10 trillion tokens” (20,000,000,000,000 tokens are stated for 6 of" in text
    assert "README.md table" in text


def test_where_a_set_is_missing_the_band_may_be_higher() -> None:
    text = whole(counted(factory.report(), "tokens", 5e8))
    assert "“less than 1 billion tokens”, or a higher one: what the other sets have is not" in text


def test_images_have_bands_and_hours_have_none_that_could_be_read() -> None:
    assert "image, as far as stated: “1 million to" in whole(
        counted(factory.report(), "images", 3e7)
    )
    hours = whole(counted(factory.report(), "hours", 500))
    assert hours.count("500 hours are stated") == 1
    assert "whether of audio or of video, and the band of it: **[blank]**" in hours


def test_no_band_follows_from_rows_or_pairs() -> None:
    text = whole(factory.report())
    assert "Not found, so that no band follows: text (tokens), image (images)" in text
    assert "“" not in text


def test_nothing_is_said_of_bands_where_no_set_is_named() -> None:
    assert "band follows" not in whole(factory.undeclared())


def told(line: str, topic: str = "crawl", status: str = "indicated") -> TrainingSet:
    base = factory.report().training_sets[0]
    where = Evidence("datasets/a/b", None, "README.md", 7, None, line)
    data = PersonalData("stated", None, signals=(Signal(topic, status, "", where),))
    return replace(base, personal_data=data)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Scraped from example-news.co.uk and www.forum.de.", ["example-news.co.uk", "forum.de"]),
        ("Crawled from https://shop.example.fr/list?page=1", ["shop.example.fr"]),
        ("Crawled with [a tool](https://github.com/x/y), see arxiv.org/abs/1", []),
        ("Scraped by run.py into data.md, e.g. rows", []),
        ("Ask someone@mail.example.org about the crawl", []),
        ("Scraped from ACM.ORG twice: acm.org", ["acm.org"]),
    ],
)
def test_domains_of_a_line(line: str, names: list[str]) -> None:
    assert [one.name for one in domains([told(line)])] == names


@pytest.mark.parametrize(
    ("topic", "status"), [("contact", "documented"), ("crawl", "denied"), ("crawl", "undecided")]
)
def test_only_what_tells_of_crawling_names_domains(topic: str, status: str) -> None:
    assert domains([told("It is on site.org.", topic, status)]) == ()


def test_the_draft_lists_domains_with_their_lines() -> None:
    base = factory.report()
    item = replace(told("Pages of site.org were crawled."), via=())
    text = draft(replace(base, training_sets=(item, *base.training_sets[1:])))
    crawl = text.partition("# 2.3")[2].partition("# 2.4")[0]
    assert "- `site.org`:" in crawl
    assert "`datasets/a/b:README.md:7`" in crawl
    assert "how much came from each is not found" in crawl

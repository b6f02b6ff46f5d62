"""What a phrase names, and the words that do not name."""

from __future__ import annotations

import pytest

from provenance.cards import read_card
from provenance.discovery.document import Form
from provenance.discovery.markdown import read_body
from provenance.discovery.prose_items import NamedSet
from provenance.discovery.prose_lexicon import any_of, holds_any
from provenance.discovery.prose_names import names_in
from provenance.discovery.prose_words import has_proper, is_informative, is_no_set


def named(markdown: str) -> list[NamedSet]:
    (passage,) = read_body(read_card(markdown.encode(), "models/a/b")).passages
    return names_in(passage, passage.text)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("the full English version of OpenBirds", ["OpenBirds"]),
        ("Open Subtitles and the latest Wikipedia dump", ["Open Subtitles", "Wikipedia dump"]),
        ("the [birds](https://b.example/x) and [bees](https://c.example/y)", ["birds", "bees"]),
        ("the dataset [here](https://b.example/x)", ["https://b.example/x"]),
        ("Birds,Bees and Open Owls", ["Birds", "Bees", "Open Owls"]),
        ("OpenBirds and Beeswax, namely -", ["OpenBirds", "Beeswax"]),
        ("9 Nordic languages namely -", []),
        ("the BirdQA dataset ([link](https://b.example/x))", ["BirdQA"]),
        ("sets (i.e., [A1](https://a.example/x), [B2](https://b.example/y))", ["A1", "B2"]),
        ("BirdQA, a dataset of questions", ["BirdQA"]),
        ("`python` corpus", []),
        ("`--flag`", []),
        ("[finch](https://huggingface.co/acme/finch)", []),
        ("[BERT paper](https://arxiv.org/abs/1)", []),
        ("our data", []),
        ("3000M tokens", []),
        ("bird-songs dataset", ["bird-songs dataset"]),
        ("AcmeNews including AcmeSport and AcmeFood", ["AcmeNews"]),
        ("BirdQA (BQ) corpus", ["BirdQA"]),
        ("Aa1 or Bb2", ["Aa1", "Bb2"]),
    ],
)
def test_names_in_a_phrase(phrase: str, expected: list[str]) -> None:
    assert [n.name for n in named(phrase)] == expected


def test_an_abbreviation_is_kept_as_alias() -> None:
    (one,) = named("Bird Bench (BB) dataset")
    assert (one.name, one.alias, one.says_set) == ("Bird Bench", "BB", True)


def test_a_bare_address_names_itself() -> None:
    (one,) = named("https://b.example/x")
    assert (one.name, one.url) == ("https://b.example/x",) * 2


@pytest.mark.parametrize(
    "name", ["OpenBirds", "CORD-19", "C4", "wikipedia", "殆知阁", "common crawl"]
)
def test_proper_names(name: str) -> None:
    assert has_proper(name)


@pytest.mark.parametrize("name", ["the data", "English", "16GB", "News", "The", "1,200", "birds"])
def test_no_proper_names(name: str) -> None:
    assert not has_proper(name)


def test_what_says_nothing() -> None:
    assert not is_informative("large English text corpus")
    assert is_informative("news crawled from the web")


@pytest.mark.parametrize(
    "name",
    [
        "Tesla P100",
        "AdamW",
        "summarization",
        "BERT",
        "here",
        "x",
        "12",
        "Doe et al",
        "a(b",
        "x" * 200,
    ],
)
def test_names_of_no_set(name: str) -> None:
    assert is_no_set(name, says_set=False)


def test_a_set_word_rescues_a_name_that_sounds_like_a_method() -> None:
    assert not is_no_set("Masked Birds", says_set=True)
    assert is_no_set("roberta-base", says_set=True)


def test_blocks_of_words() -> None:
    assert any_of(r"a|b (?:c | d)\se") == r"a|b|(?:c|d)\se"
    assert holds_any("abc", ("x", "b"))
    assert not holds_any("abc", ())


def test_markdown_becomes_passages() -> None:
    body = (
        "# Top #\n> quoted `code` and **bold**\n* item <br/>\n\n"
        "![image](x.png) and a non\u2011breaking 🐦 word\n"
    )
    passages = read_body(read_card(body.encode(), "models/a/b")).passages
    assert [p.form for p in passages] == [Form.HEADING, Form.TEXT, Form.ITEM, Form.TEXT]
    assert passages[0].words(passages[0].text) == "Top"
    assert passages[1].words(passages[1].text) == "quoted code and bold"
    assert passages[1].headings == ("Top",)
    assert "non-breaking" in passages[3].text
    assert [m.code for m in passages[1].marks] == [True]


def test_sentences_end_at_stops_and_not_at_abbreviations() -> None:
    body = "Doe et al. Trained it, e.g. In one go. Then it slept! 它睡了。好。"
    (passage,) = read_body(read_card(body.encode(), "models/a/b")).passages
    assert [s.strip() for _, s in passage.sentences] == [
        "Doe et al. Trained it, e.g. In one go.",
        "Then it slept!",
        "它睡了。",
        "好。",
    ]


def test_only_so_much_is_read() -> None:
    long = read_card(("word\n\n" * 30_000).encode(), "models/a/b")
    assert len(read_body(long).passages) == 4_000

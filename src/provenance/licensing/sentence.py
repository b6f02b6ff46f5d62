"""Sentences of running text, and the licenses that one names in words, links and pictures."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.licensing.links import read_license_link, urls
from provenance.licensing.names import NameMention, mentions, more_specific
from provenance.licensing.values import read_value
from provenance.licensing.wording import BARE_MIT, LABELLED_MIT
from provenance.report.license import Meaning

_END = re.compile(
    r"(?:(?<=[^\W\d_][.!?;])|(?<=\d\.\d\.)|(?<=[)\]]\.))[\"'”’)\]*_]{0,3}\s+(?=[\[(*_`\"'“<>]{0,3}[A-Z0-9])"
    r"|\n\s*\n|(?<=[。！？])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:v|ver|e\.g|i\.e|etc|vs|cf|al|inc|no|dr|mr|u\.s)\.)$", re.IGNORECASE
)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Sentences of ``text`` with the offsets they begin at."""
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text, max(start, match.start() - 6), match.start()):
            continue
        if text[start : match.start()].strip():
            yield start, text[start : match.start()]
        start = match.end()
    if text[start:].strip():
        yield start, text[start:]


@frozen
class Name:
    """A license named in a sentence, with the offset within the sentence."""

    at: int
    symbol: str


_TAG = re.compile(r"<[^<>]{1,600}>")
_BUTTON = re.compile(r"licensebuttons\.net|i\.creativecommons\.org|\.(?:png|svg)$", re.IGNORECASE)
"""Pictures; they only speak where no words and no address do, for people paste the wrong one."""
_BESIDE = re.compile(
    r"[\s\[\](){}<>*_`\"'“”,:.–—-]{0,12}(?:licen[sc]e)?[\s\[\](){}<>*_`\"'“”,:.–—-]{0,12}"
)


def names_in(text: str, licensing: bool) -> list[Name]:
    """Licenses named in a sentence, in order, each once.

    A link's words and its address are one: "[Creative Commons license](…/by-nc-sa/3.0/)" is
    CC-BY-NC-SA-3.0, for the address is the more exact of the two. Where they disagree the words
    count: an address is pasted more carelessly. In a licensing section (``licensing``) a bare
    "MIT" is a license, elsewhere it may be a university.
    """
    linked: list[Name] = []
    buttons: list[Name] = []
    words = text
    for at, url in urls(text):
        symbol = read_license_link(url)
        start, end = _with_brackets(words, at, at + len(url))
        words = words[:start] + " " * (end - start) + words[end:]
        if symbol is not None:
            (buttons if _BUTTON.search(url) else linked).append(Name(at, symbol))
    words = _TAG.sub(lambda m: " " * len(m[0]), words)
    in_words = mentions(words)
    links = [link for link in linked if not _contradicted(words, link, in_words)]
    names = [Name(m.start, m.symbol) for m in in_words] + links
    mit = (BARE_MIT if licensing else LABELLED_MIT).search(words)
    if mit is not None and not any(name.symbol == "MIT" for name in names):
        names.append(Name(mit.start(), "MIT"))
    return _each_once(names or buttons)


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of ``](address)`` around an address that is a Markdown link's target."""
    if text[max(start - 2, 0) : start] == "](":
        return start - 2, end + (text[end : end + 1] == ")")
    return start, end


def _contradicted(words: str, link: Name, in_words: tuple[NameMention, ...]) -> bool:
    """Whether the words right before a link name another license than its address."""
    before = [m for m in in_words if m.start < link.at]
    if not before:
        return False
    end = min(before[-1].end, link.at)
    if _BESIDE.fullmatch(words, end, link.at) is None:
        return False
    return more_specific(before[-1].symbol, link.symbol) is None


def _each_once(names: list[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: n.at):
        for index, other in enumerate(kept):
            joined = more_specific(other.symbol, name.symbol)
            if joined is not None:
                kept[index] = Name(other.at, joined)
                break
        else:
            kept.append(name)
    return kept


def without_names(text: str) -> str:
    """``text`` with the names of licenses blanked: "NonCommercial" in one says nothing more."""
    for mention in mentions(text):
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


LINK_TARGET = re.compile(r"(?<=\])\([^()\s]{0,300}\)")
"""The target of a Markdown link, with its parentheses."""


def cell_symbols(cell: str, exact: bool) -> list[str]:
    """Licenses that a table's cell names; ``exact`` when its column holds nothing else."""
    symbols = [name.symbol for name in names_in(cell, licensing=True)]
    if symbols or not exact:
        return symbols
    meant = read_value(LINK_TARGET.sub("", cell).strip(" []*_`"))
    named_so = meant.meaning in {Meaning.NAMES, Meaning.FAMILY} and meant.expression is not None
    return [meant.expression] if named_so and meant.expression else []

"""A card's body as passages of plain words whose links and code spans are single characters.

Links, code spans and bare addresses become one private-use character each (a *mark*), so that
a sentence can be cut at its prepositions and commas without cutting a name in two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from provenance import lazy_re as re
from provenance.frozen import frozen

MARKS = "\ue000-\uf8ff"
"""Character range of marks, for use inside a regular expression's brackets."""
_FIRST = 0xE000
_MOST_MARKS = 6_000
_INLINE = re.compile(
    r"!\[[^\]\[]{0,300}\]\([^()\s]{0,1000}\)"
    r"|\[\[?(?P<words>[^\]\[]{1,300})\]{1,2}(?:\s(?=\(http))?\(\s{0,3}<?(?P<target>[^\s()<>]{1,600}+"
    r"(?:\([^\s()]{0,80}\)[^\s()<>]{0,80}+)?)>?[^()]{0,100}+\)"
    r"|``?`?(?P<code>[^`\n]{1,200})`{1,3}"
    r"|h(?P<url>ttps?://[^\s<>()\[\]\"'`|,]{3,600})"
    r"|<(?P<tag>[A-Za-z/!][^<>]{0,300}>)"
    r"|\[\d{1,3}\\?\]"
    r"|\\\[\d{1,3}\\?\]"
    r"|\\(?P<escape>(?=[^\w\s]))"
    r"|\*(?P<stars>\*{0,2})"
    r"|_(?P<line>(?<!\w_)_?(?=\w)|(?<=\w_)_?(?!\w))"
    r"|\n(?P<break>)"
)
"""Links, code, addresses and marks of style. Each way begins with a letter of its own, not with a
group, so that a search passes over plain words at once."""
_STYLE = frozenset({"escape", "stars", "line"})
_MARKUP = re.compile(r"[\[`*_<\\\n]|http")
_PRIVATE = re.compile(f"[{MARKS}]")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")
_PLAIN = {0x2010: "-", 0x2011: "-", 0xA0: " ", 0x200B: " ", 0x200C: " ", 0xFEFF: " "}
"""Hyphens and spaces that look like the plain ones; one character each, so offsets hold."""
_MARKS_OF_STYLE = re.compile(r"[*_`]{1,3}(?=\W|$)|(?<!\w)[*_`]{1,3}")
_LABEL = re.compile(rf"\W{{0,4}}(?P<label>[^:：.!?{MARKS}]{{2,60}}?)\s?[:：]\s*")
_BOLD = re.compile(r"\s{0,3}(?:\*\*|__)(?P<label>[^*_]{2,80}?)\s?[:：]?\s?(?:\*\*|__)\s?[:：]?\s")


class Form(StrEnum):
    """What kind of passage it is."""

    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"
    CELL = "cell"


@frozen
class Mark:
    """A link, a code span or a bare address."""

    text: str
    url: str | None
    code: bool


@dataclass(frozen=True)
class Passage:
    """A heading, a list item or a paragraph. Read as plain words only when asked for."""

    form: Form
    raw: str
    """Its Markdown, lines joined by line feeds."""
    line: int
    """1-based line of the file it starts on."""
    headings: tuple[str, ...]
    """The headings it stands under, outermost first."""
    first: bool
    """Whether it is the first passage below its heading."""
    leads: tuple[str, ...] = ()
    """Markdown of what introduces a list item: the text before its list, then the items it is
    nested under, outermost first. Of a table: the text before it."""

    @cached_property
    def _content(self) -> tuple[str, tuple[Mark, ...], tuple[int, ...]]:
        return _inline(self.raw)

    @cached_property
    def lower(self) -> str:
        """``raw`` in lower case, for filters."""
        return self.raw.lower()

    @property
    def text(self) -> str:
        """Plain words on one line; each mark is one private-use character."""
        return self._content[0]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of ``text``, in order."""
        return self._content[1]

    @property
    def breaks(self) -> tuple[int, ...]:
        """Offsets in ``text`` at which a further line of the file starts."""
        return self._content[2]

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """``(offset, sentence)`` of ``text``."""
        return tuple(_sentences(self.text))

    @cached_property
    def label(self) -> tuple[str, int] | None:
        """The label it starts with ("**Base model:** x") and where in ``text`` the value starts."""
        if self.form is Form.HEADING:
            return None
        match = _LABEL.match(self.text[:120])
        if match is not None:
            return match["label"].strip(), match.end()
        bold = _BOLD.match(self.raw[:120])
        if bold is None:
            return None
        label = bold["label"].strip()
        at = self.text.find(label)
        return (label, at + len(label)) if at >= 0 else None

    def sentence_at(self, offset: int) -> int:
        """Where in ``text`` the sentence around ``offset`` starts."""
        starts = [start for start, _ in self.sentences]
        return starts[max(0, bisect_right(starts, offset) - 1)] if starts else 0

    def line_at(self, offset: int) -> int:
        """Line of the file that the character at ``offset`` stands on."""
        return self.line + bisect_right(self.breaks, offset)

    @property
    def last_line(self) -> int:
        """Line of the file it ends on."""
        return self.line + len(self.breaks)

    def mark(self, char: str) -> Mark:
        """The mark a private-use character stands for."""
        return self.marks[ord(char) - _FIRST]

    def words(self, text: str) -> str:
        """``text``, a part of this passage, with its marks written out."""
        return " ".join(_PRIVATE.sub(lambda m: f" {self.mark(m[0]).text} ", text).split())


@frozen
class CodeBlock:
    """A fenced block: its first line's number and its lines."""

    line: int
    lines: tuple[str, ...]
    headings: tuple[str, ...]


@frozen
class Table:
    """A pipe table. Each cell is a passage of its own, standing on its row's line."""

    headings: tuple[str, ...]
    intro: str
    """Markdown of the text before it, if any stands between it and its heading."""
    line: int
    """1-based line of the header."""
    header: tuple[Passage, ...]
    rows: tuple[tuple[Passage, ...], ...]


@frozen
class Document:
    """A card's body in its parts, each in the order written."""

    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]
    blocks: tuple[CodeBlock, ...]


def _inline(raw: str) -> tuple[str, tuple[Mark, ...], tuple[int, ...]]:
    """Plain text, marks and line-break offsets of raw Markdown."""
    if not raw.isascii():
        raw = _EMOJI.sub(" ", _PRIVATE.sub(" ", raw)).translate(_PLAIN)
    if not _MARKUP.search(raw):
        return raw, (), ()
    parts: list[str] = []
    marks: list[Mark] = []
    breaks: list[int] = []
    size = at = 0
    for match in _INLINE.finditer(raw):
        before = raw[at : match.start()]
        parts.append(before)
        size += len(before)
        at = match.end()
        put = " "
        if match["break"] is not None:
            breaks.append(size + 1)
        elif match["tag"] is not None and match["tag"][:2].lower() == "br":
            put = "; "
        elif match.lastgroup in _STYLE:
            put = ""
        elif len(marks) < _MOST_MARKS:
            mark = _mark(match)
            if mark is not None:
                put = chr(_FIRST + len(marks))
                marks.append(mark)
        parts.append(put)
        size += len(put)
    parts.append(raw[at:])
    return "".join(parts), tuple(marks), tuple(breaks)


def _mark(match: re.Match[str]) -> Mark | None:
    if match["target"] is not None:
        words = _MARKS_OF_STYLE.sub("", match["words"])
        return Mark(" ".join(words.split()), match["target"], False)
    if match["code"] is not None:
        return Mark(" ".join(match["code"].split()), None, True)
    if match["url"] is not None:
        url = match[0].rstrip(".;:!?")
        return Mark(url, url, False)
    return None


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """``(offset, sentence)`` of a passage's text."""
    start = 0
    for match in _STOP.finditer(text):
        if text[match.start()] == "." and _ABBREVIATION.search(
            text[max(0, match.start() - 12) : match.start()]
        ):
            continue
        yield start, text[start : match.end()]
        start = match.end()
    if text[start:].strip():
        yield start, text[start:]


_STOP = re.compile(r"[.!?][\"')”]{0,2}\s+(?=[^a-z\s])|[。！？]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|et\.? al|cf|vs|etc|resp|approx|ca|Dr|Prof|[A-Z])$"
)

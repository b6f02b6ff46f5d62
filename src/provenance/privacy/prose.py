"""A card's body as privacy rules read it: comments, code and placeholders told from words."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from provenance.cards.card import Card

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCED = re.compile(r"^```.*?(?:^```|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})[ \t]*(.*?)[ \t#]*$", re.MULTILINE)
_PLACEHOLDER = re.compile(
    r"[\W_]*(?:(?:more|needs? more|insert) information(?: is)? ?(?:needed|required|here)?"
    r"|information needed|to ?do|tbd|coming soon|\.\.\.|none provided|not provided)?[\W_]*"
)
_INSTRUCTION = re.compile(
    r"^\W*(?:state whether|describe (?:the|how|whether|people|other|any)|if (?:the data|efforts"
    r"|any|applicable|available)|provide (?:a|the|any|links)|please discuss|list the)\b"
)
"""How the Hub's card template tells an author what to write."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text below it, to the next heading."""

    title: str
    """Lower case, markup kept."""
    line: int
    """Line of the heading."""
    first: int
    """Line the text starts on."""
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """A card's body, lower-cased, with comments and code blanked out; offsets are kept."""

    text: str
    first_line: int
    starts: tuple[int, ...]
    """Offset of each line."""

    def line_at(self, offset: int) -> int:
        """Line of the file that an offset of ``text`` stands on."""
        return self.first_line + bisect_right(self.starts, offset) - 1

    def line_text(self, line: int) -> str:
        """Text of one line of the file, as it stands in ``text``."""
        index = line - self.first_line
        end = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[index] : end]

    def section(self, *words: str) -> Section | None:
        """The first section whose heading holds one of ``words``."""
        if not any(word in self.text for word in words):
            return None
        for match in _HEADING.finditer(self.text):
            title = match[2]
            if any(word in title for word in words):
                after = _HEADING.search(self.text, match.end())
                text = self.text[match.end() : after.start() if after else len(self.text)]
                line = self.line_at(match.start())
                return Section(title, line, line + 1, text.removeprefix("\n"))
        return None


def read_body(card: Card) -> Body:
    """The body of a card, ready to be searched."""
    text = card.body.lower()
    if len(text) != len(card.body):  # a few letters change length when lower-cased
        text = card.body.translate(_ASCII_LOWER)
    if "<!--" in text:
        text = _COMMENT.sub(_blank, text)
    if "```" in text:
        text = _FENCED.sub(_blank, text)
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return Body(text, card.body_start, tuple(starts))


_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def is_placeholder(text: str) -> bool:
    """Whether lower-cased text says nothing: empty, a template's placeholder or instruction."""
    lines = [line for line in text.split("\n") if line.strip()]
    return all(
        _PLACEHOLDER.fullmatch(line.strip()) or _INSTRUCTION.match(line.strip()) for line in lines
    )

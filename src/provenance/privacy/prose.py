"""A card's body as privacy rules read it: comments, code and placeholders told from words."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.frozen import frozen

_HEADING = re.compile(r"^(#{1,6})(.*)$", re.MULTILINE)
_PLACEHOLDER = re.compile(
    r"[\W_]*+(?:(?:more|needs? more|insert) information(?: is)? ?(?:needed|required|here)?"
    r"|information needed|to ?do|tbd|coming soon|none provided|not provided)?[\W_]*+"
)
_MARKUP = re.compile(r"(?<=\])\([^()\s]{0,600}\)|</?[a-z][^<>\n]{0,100}>")
"""A link's address and an HTML tag: what is left is what a reader sees."""
_INSTRUCTION = re.compile(
    r"^\W*(?:state whether|describe (?:the|how|whether|people|other|any)|if (?:the data|efforts"
    r"|any|applicable|available)|provide (?:a|the|any|links)|this section (?:describes|should)"
    r"|please discuss|list the)\b"
)
"""How the Hub's card template tells an author what to write."""
_LONG_LINE = 2_000
"""Characters of a line that are held against a cue at a time."""


@frozen
class ProseSection:
    """A heading and the text below it, to the next heading that is not below it."""

    title: str
    """Lower case, markup kept."""
    line: int
    """Line of the heading."""
    first: int
    """Line the text starts on."""
    text: str


@frozen
class ProseBody:
    """A card's body, lower-cased, with comments and code blanked out; offsets are kept."""

    text: str
    first_line: int
    heads: frozenset[bytes]
    """The first :data:`HEAD` bytes of every word: a cheap way to know what cannot be there."""

    def may_hold(self, word: str) -> bool:
        """Whether a word that starts like ``word`` is there at all."""
        return word.encode()[:HEAD] in self.heads

    def line_at(self, offset: int) -> int:
        """Line of the file that an offset of ``text`` stands on."""
        return self.first_line + self.text.count("\n", 0, offset)

    def line_around(self, offset: int) -> str:
        """Text of the line that an offset stands on."""
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        return self.text[start : end if end >= 0 else len(self.text)]

    def passage_around(self, offset: int) -> tuple[int, int]:
        """Where the line that an offset stands on starts and ends.

        Of a line of more than :data:`_LONG_LINE` characters: the part around it, in steps, so that
        offsets close by have the same part.
        """
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        end = end if end >= 0 else len(self.text)
        if end - start <= _LONG_LINE:
            return start, end
        step = _LONG_LINE // 4
        start = max(start, offset - offset % step - step)
        return start, min(end, start + _LONG_LINE)

    def section(self, *words: str) -> ProseSection | None:
        """The first section whose heading holds one of ``words``."""
        starts_of_words = [
            self._heading_with(word) for word in words if not word.isascii() or self.may_hold(word)
        ]
        starts = [start for start in starts_of_words if start is not None]
        if not starts:
            return None
        start = min(starts)
        match = _HEADING.match(self.text, start)
        if match is None:
            return None
        level = len(match[1])
        after = _HEADING.search(self.text, match.end())
        while after is not None and len(after[1]) > level:
            after = _HEADING.search(self.text, after.end())
        text = self.text[match.end() : after.start() if after else len(self.text)]
        line = self.line_at(start)
        return ProseSection(
            match[2].lstrip(" \t").rstrip(" \t#"), line, line + 1, text.removeprefix("\n")
        )

    def _heading_with(self, word: str) -> int | None:
        """Offset of the first heading line that holds ``word``."""
        at = self.text.find(word)
        while at >= 0:
            start = self.text.rfind("\n", 0, at) + 1
            if self.text.startswith("#", start):
                return start
            at = self.text.find(word, at + len(word))
        return None


HEAD = 4


def read_body(card: Card) -> ProseBody:
    """The body of a card, ready to be searched."""
    text = card.body.lower()
    if len(text) != len(card.body):  # a few letters change length when lower-cased
        text = card.body.translate(_ASCII_LOWER)
    if "<!--" in text:
        text = _blank(text, "<!--", "-->")
    if "```" in text:
        text = _blank(text, "```", "```")
    text = _with_headings(text)
    words = set(text.encode("utf-8", "replace").translate(_SPACED).split())
    return ProseBody(text, card.body_start, frozenset({word[:HEAD] for word in words}))


_UNDERLINED = re.compile(r"^[ ]{0,3}(\S[^\n]*)\n[ ]{0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)
_INDENTED = re.compile(r"^[ ]{1,3}(?=#{1,6}[ \t])", re.MULTILINE)
_BOLD = re.compile(r"^[ ]{0,3}(?:\*\*|__)([^*_\n]{3,80}?):?(?:\*\*|__):?[ \t]*$", re.MULTILINE)


def _with_headings(text: str) -> str:
    """Underlined, indented and bold headings written with ``#``; no line moves."""
    if "\n===" in text or "\n---" in text:
        text = _UNDERLINED.sub(_as_heading, text)
    if " #" in text:
        text = _INDENTED.sub("", text)
    if "**" in text or "__" in text:
        text = _BOLD.sub(r"#### \1", text)
    return text


def _as_heading(underlined: re.Match[str]) -> str:
    """``Words`` over a rule as ``## words``; a table's or list's own rule stays."""
    words = underlined[1]
    return underlined[0] if words.startswith(("|", "#", "-")) else f"## {words}\n"


_KEPT = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789@") | frozenset(range(128, 256))
_SPACED = bytes(code if code in _KEPT else 32 for code in range(256))
_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _blank(text: str, opening: str, closing: str) -> str:
    """``text`` with everything from ``opening`` to ``closing`` made spaces, lines kept."""
    parts = []
    done = 0
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start + len(opening))
        end = len(text) if end < 0 else end + len(closing)
        parts.append(text[done:start])
        parts.append("\n".join(" " * len(line) for line in text[start:end].split("\n")))
        done = end
        start = text.find(opening, end)
    return "".join((*parts, text[done:]))


def is_instruction(line: str) -> bool:
    """Whether a lower-cased line is the template telling an author what to write."""
    return _INSTRUCTION.match(line) is not None


def is_example(line: str) -> bool:
    """Whether a line is a row of data shown as an example: JSON or a Python literal."""
    return _EXAMPLE.match(line) is not None


_EXAMPLE = re.compile(r"\s{0,20}[\[{]{1,3}\s{0,4}['\"][^'\"\n]{0,60}['\"]\s?[:,]")


def is_placeholder(text: str) -> bool:
    """Whether lower-cased text says nothing: empty, a template's placeholder or instruction."""
    lines = [x for x in text.split("\n") if x.strip() and not x.startswith("#")]
    seen = [_MARKUP.sub(" ", line).strip() for line in lines]
    return all(_PLACEHOLDER.fullmatch(line) or _INSTRUCTION.match(line) for line in seen)

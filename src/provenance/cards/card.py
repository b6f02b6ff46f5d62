"""README bytes to a card: front matter, body, and what is wrong with either. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from provenance import lazy_re as re
from provenance.cards.yaml_tree import YamlMapping, YamlNode, YamlRefusedError, parse
from provenance.frozen import frozen
from provenance.report.evidence import EXCERPT_LIMIT, Evidence, excerpt

MAX_CARD_BYTES = 3_000_000
"""A longer card is read up to here and the rest reported as unread."""

MAX_BODY_CHARS = 200_000
"""Characters of the text below the front matter that are read, in whole lines. Of 4,700 real cards
one has more."""

_QUOTE_MARKS = "> \t"
"""What stands before a line that goes on a quoted paragraph."""
_FENCE = re.compile(r"---[ \t]*")
_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)


@frozen
class CardProblem:
    """Something that kept part of a card from being read."""

    message: str
    line: int | None
    front_matter: bool = False
    """Whether it kept the front matter from being read, and with it what the tags declare."""


@dataclass(frozen=True)
class Card:
    """One README at one revision.

    ``lines`` is the whole file, so ``lines[n - 1]`` is line ``n`` of evidence.
    """

    repo: str
    """``models/owner/name`` or ``datasets/owner/name``."""
    revision: str | None
    path: str
    lines: tuple[str, ...]
    front: YamlMapping
    """Front matter; an empty mapping when there is none or it is unreadable."""
    body_start: int
    """1-based line the body starts on; ``len(lines) + 1`` when there is none."""
    problems: tuple[CardProblem, ...]
    opening: int | None = None
    """1-based line of the ``---`` that opens the front matter; ``None`` when there is none."""
    truncated: bool = False
    """Whether the file is longer than :data:`MAX_CARD_BYTES` or its text than
    :data:`MAX_BODY_CHARS`, and the rest was not read."""

    @property
    def unread(self) -> bool:
        """Whether front matter is there that could not be read, so that any key may be in it."""
        return any("not readable YAML" in problem.message for problem in self.problems)

    @cached_property
    def body(self) -> str:
        """The Markdown after the front matter; its first line is ``body_start``."""
        return "\n".join(self.lines[self.body_start - 1 :])

    @property
    def unread_front_matter(self) -> str | None:
        """Why the front matter could not be read; ``None`` when it was, or there is none."""
        return next((p.message for p in self.problems if p.front_matter), None)

    def get(self, *keys: str) -> YamlNode | None:
        """Front-matter value of the first of ``keys`` that is there."""
        for key in keys:
            node = self.front.get(key)
            if node is not None:
                return node
        return None

    def quote(
        self, line: int, words: str = "", pointer: str | None = None, more: int = 0
    ) -> Evidence:
        """Evidence for ``line``; a long line is cut around ``words``.

        The words may go on for ``more`` lines.
        """
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        if more > 0:
            below = self.lines[line : line + more]
            text = " ".join((text, *(other.lstrip(_QUOTE_MARKS) for other in below)))
        return Evidence(
            self.repo, self.revision, self.path, line, pointer, excerpt_around(text, words)
        )

    def quote_node(self, node: YamlNode) -> Evidence:
        """Evidence for a front-matter value."""
        return self.quote(node.line, pointer=node.pointer)


def excerpt_around(text: str, words: str, limit: int = EXCERPT_LIMIT) -> str:
    """At most ``limit`` characters of ``text`` holding ``words``, with ``…`` where it was cut.

    In a text of more than :data:`_LONG` characters the words are looked for where they stand
    whole, and within :data:`_FAR` characters from there.
    """
    line = _line(text)
    folded = line.folded
    phrase = " ".join(words.split())
    at = line.find(phrase) if phrase else 0
    if len(folded) <= limit or (at < limit // 2 and at + len(phrase) < limit):
        return excerpt(folded, limit)
    start = folded.rfind(" ", 0, max(at - limit // 4, 1)) + 1
    if start == 0:
        return excerpt(folded, limit)
    return "…" + excerpt(folded[start : start + _LONG], limit - 1)


_LONG, _FAR = 10_000, 50_000
_RUN = re.compile(r"\w+")


class _Line:
    """A text with its white space folded. A long line is quoted once for each thing it names."""

    def __init__(self, text: str) -> None:
        self.folded = " ".join(text.split())

    @cached_property
    def _first(self) -> dict[str, int]:
        """Where each word of the line stands first."""
        first: dict[str, int] = {}
        for word in _RUN.finditer(self.folded):
            first.setdefault(word[0], word.start())
        return first

    def find(self, words: str) -> int:
        """Index of ``words`` in the folded text; -1 when they were not found."""
        if len(self.folded) <= _LONG:
            return self.folded.find(words)
        near = max(
            (self._first.get(run[0], 0) - run.start() for run in _RUN.finditer(words)), default=0
        )
        place = self.folded.find(words, max(near, 0), max(near, 0) + _FAR)
        return place if place >= 0 or near <= 0 else self.folded.find(words, 0, _FAR)


@lru_cache(maxsize=16)
def _line(text: str) -> _Line:
    return _Line(text)


def read_card(
    data: bytes | None, repo: str, revision: str | None = None, path: str = "README.md"
) -> Card:
    """Read a README. Never raises on content: what cannot be read becomes a problem.

    Understands a byte-order mark, CRLF, HTML comments or blank lines before the front matter,
    and a front matter repeated below the first (the first counts, as on the Hub).
    """
    if data is None:
        return Card(repo, revision, path, (), _EMPTY, 1, (CardProblem("there is no card", None),))
    problems: list[CardProblem] = []
    truncated = len(data) > MAX_CARD_BYTES
    if truncated:
        problems.append(CardProblem(f"only the first {MAX_CARD_BYTES:,} bytes were read", None))
        data = data[:MAX_CARD_BYTES]
    if b"\x00" in data[:8192]:
        problems.append(CardProblem("the card is a binary file, not text", None))
        return Card(repo, revision, path, (), _EMPTY, 1, tuple(problems))
    text = data.decode("utf-8-sig", errors="replace")
    if "�" in text and b"\xef\xbf\xbd" not in data:
        problems.append(CardProblem("the card is not UTF-8; some characters were replaced", None))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = tuple(text.split("\n"))
    front, body_start, problem = _front_matter(text, lines)
    if problem is not None:
        problems.append(problem)
    if not text.strip():
        problems.append(CardProblem("the card is empty", None))
    opening = _opening_fence(text, lines)
    kept = _within(lines, body_start)
    if len(kept) < len(lines):
        truncated = True
        message = f"only the first {MAX_BODY_CHARS:,} characters of its text were read"
        problems.append(CardProblem(message, len(kept) + 1))
        lines = kept
    return Card(
        repo,
        revision,
        path,
        lines,
        front,
        body_start,
        tuple(problems),
        None if opening is None else opening + 1,
        truncated,
    )


_EMPTY = YamlMapping((), 1, "")


def _within(lines: tuple[str, ...], body_start: int) -> tuple[str, ...]:
    """The lines up to the one that :data:`MAX_BODY_CHARS` is passed on."""
    read = 0
    for index in range(body_start - 1, len(lines)):
        read += len(lines[index]) + 1
        if read > MAX_BODY_CHARS + 1:
            return lines[:index]
    return lines


def _front_matter(text: str, lines: tuple[str, ...]) -> tuple[YamlMapping, int, CardProblem | None]:
    opening = _opening_fence(text, lines)
    if opening is None:
        return _EMPTY, 1, None
    closing = next((i for i in range(opening + 1, len(lines)) if _FENCE.fullmatch(lines[i])), None)
    if closing is None:
        return (
            _EMPTY,
            1,
            CardProblem("the front matter is not closed by ---", opening + 1, front_matter=True),
        )
    try:
        node = parse("\n".join(lines[opening + 1 : closing]), opening + 2)
    except YamlRefusedError as error:
        problem = CardProblem(
            f"the front matter is not readable YAML: {error}", error.line, front_matter=True
        )
        return _EMPTY, closing + 2, problem
    if isinstance(node, YamlMapping):
        return node, closing + 2, None
    if node is None:
        return _EMPTY, closing + 2, None
    return (
        _EMPTY,
        closing + 2,
        CardProblem("the front matter is not a mapping", opening + 2, front_matter=True),
    )


def _opening_fence(text: str, lines: tuple[str, ...]) -> int | None:
    """Index of the line that opens the front matter."""
    start = 0
    stripped = text.lstrip()
    if stripped.startswith("<!--"):
        comment = _COMMENT.match(text)
        if comment is None:
            return None
        start = text.count("\n", 0, comment.end())
    for index in range(start, len(lines)):
        if not lines[index].strip():
            continue
        return index if _FENCE.fullmatch(lines[index]) else None
    return None

"""Front matter as a tree that remembers its lines, read with bounds.

Built straight from parser events, so nothing is constructed: ``license: no`` stays the word
``no``, dates stay words, no tag is ever acted on, and no merge key is expanded. Bounds are
checked on events, before any tree exists, because the C parser's own constructor can be made to
recurse or multiply without limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.frozen import frozen
from provenance.pointers import escaped

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 2_000_000
"""Front matter larger than this is refused; the largest seen in 4,400 real cards is 0.3 MB."""
MAX_DEPTH = 64
MAX_EVENTS = 400_000
MAX_ALIASED = 10_000
"""Most nodes that aliases may stand for together; each is read again wherever it stands."""


class YamlRefusedError(ValueError):
    """The text is not YAML, or exceeds a bound.

    ``line`` is 1-based and ``column`` 0-based within the text, if known.
    """

    def __init__(self, message: str, line: int | None, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@frozen
class Scalar:
    """A scalar as written. ``plain`` is false for quoted and block scalars."""

    text: str
    line: int
    pointer: str
    plain: bool
    column: int = 0
    """0-based column of its first character."""

    @property
    def is_null(self) -> bool:
        """Whether YAML 1.1 reads it as null."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


@frozen
class YamlSequence:
    """A sequence and where it starts."""

    items: tuple[YamlNode, ...]
    line: int
    pointer: str


@frozen
class YamlMapping:
    """A mapping and where it starts. Keys that are not scalars are dropped."""

    entries: tuple[tuple[Scalar, YamlNode], ...]
    line: int
    pointer: str

    def get(self, key: str) -> YamlNode | None:
        """Value of ``key``; of the last one when it is repeated, as YAML loaders do."""
        last = None
        for name, value in self.entries:
            if name.text == key:
                last = value
        return last

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its line."""
        last = None
        for name, _ in self.entries:
            if name.text == key:
                last = name
        return last


YamlNode = Scalar | YamlSequence | YamlMapping


def scalars(node: YamlNode | None) -> Iterator[Scalar]:
    """Every scalar value below ``node`` (not keys), in document order."""
    match node:
        case Scalar():
            yield node
        case YamlSequence(items=items):
            for item in items:
                yield from scalars(item)
        case YamlMapping(entries=entries):
            for _, value in entries:
                yield from scalars(value)
        case None:
            return


def parse(text: str, first_line: int = 1) -> YamlNode | None:
    """Read one YAML document; ``first_line`` is the line of the file it starts on.

    Returns ``None`` for an empty document. Only the first document is read.

    Raises:
        YamlRefusedError: malformed text, a bound exceeded, a recursive or undefined alias.

    """
    if len(text) > MAX_BYTES:
        raise YamlRefusedError(f"larger than {MAX_BYTES:,} characters", None)
    import yaml  # facts of a digest need none

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _read(text, first_line, loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + first_line
        problem = error.problem or error.context or "malformed"
        column = 0 if mark is None else mark.column
        raise YamlRefusedError(" ".join(str(problem).split()), line, column) from None
    except yaml.YAMLError as error:
        raise YamlRefusedError(" ".join(str(error).split())[:200], None) from None


def _read(text: str, first_line: int, loader: type[yaml.SafeLoader]) -> YamlNode | None:
    """The tree of ``text``.

    Some releases of libyaml look ahead and refuse 1,000 levels of nesting before the level that is
    refused here is seen: the text up to there says where that is, in every release.
    """
    import yaml

    try:
        return _Builder(first_line).build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if mark is None or "nesting depth" not in str(error.problem):
            raise
        return _Builder(first_line).build(yaml.parse(text[: mark.index], Loader=loader))


class _Open:
    """A collection whose end has not been seen. ``key`` is the pending key of a mapping."""

    __slots__ = ("anchor", "children", "entries", "key", "line", "mapping", "pointer", "size")

    def __init__(self, mapping: bool, line: int, pointer: str, anchor: str | None) -> None:
        self.mapping = mapping
        self.line = line
        self.pointer = pointer
        self.anchor = anchor
        self.children: list[YamlNode] = []
        self.entries: list[tuple[Scalar, YamlNode]] = []
        self.key: YamlNode | None = None
        self.size = 1

    def next_pointer(self) -> str:
        if not self.mapping:
            return f"{self.pointer}/{len(self.children)}"
        if isinstance(self.key, Scalar):
            return f"{self.pointer}/{escaped(self.key.text)}"
        return self.pointer

    def add(self, node: YamlNode, size: int) -> None:
        self.size += size
        if not self.mapping:
            self.children.append(node)
        elif self.key is None:
            self.key = node
        else:
            if isinstance(self.key, Scalar):
                self.entries.append((self.key, node))
            self.key = None

    def close(self) -> YamlNode:
        if self.mapping:
            return YamlMapping(tuple(self.entries), self.line, self.pointer)
        return YamlSequence(tuple(self.children), self.line, self.pointer)


class _Builder:
    """Turns parser events into a tree, bounding depth, events and expanded size."""

    def __init__(self, first_line: int) -> None:
        self._first_line = first_line
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[YamlNode, int]] = {}
        self._pending: set[str] = set()
        self._aliased = 0
        self._root: YamlNode | None = None

    def build(self, events: Iterator[yaml.Event]) -> YamlNode | None:
        import yaml

        stack = self._stack
        for count, event in enumerate(events, 1):
            if count > MAX_EVENTS:
                raise YamlRefusedError(f"more than {MAX_EVENTS:,} elements", None)
            if isinstance(event, yaml.ScalarEvent):
                pointer = stack[-1].next_pointer() if stack else ""
                column = 0 if event.start_mark is None else event.start_mark.column
                line = self._line(event)
                scalar = Scalar(event.value, line, pointer, not event.style, column)
                self._place(scalar, 1, event.anchor)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event, isinstance(event, yaml.MappingStartEvent))
            elif isinstance(event, yaml.CollectionEndEvent):
                done = stack.pop()
                if done.anchor is not None:
                    self._pending.discard(done.anchor)
                self._place(done.close(), done.size, done.anchor)
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentEndEvent):
                break
        return self._root

    def _line(self, event: yaml.Event) -> int:
        mark = event.start_mark
        return self._first_line if mark is None else mark.line + self._first_line

    def _open(self, event: yaml.CollectionStartEvent, mapping: bool) -> None:
        line = self._line(event)
        if len(self._stack) >= MAX_DEPTH:
            raise YamlRefusedError(f"nested deeper than {MAX_DEPTH}", line)
        pointer = self._stack[-1].next_pointer() if self._stack else ""
        if event.anchor is not None:
            self._pending.add(event.anchor)
        self._stack.append(_Open(mapping, line, pointer, event.anchor))

    def _alias(self, event: yaml.AliasEvent) -> None:
        anchor = event.anchor or ""
        if anchor in self._pending:
            raise YamlRefusedError(f"alias {anchor!r} contains itself", self._line(event))
        if anchor not in self._anchors:
            raise YamlRefusedError(f"alias {anchor!r} is not defined", self._line(event))
        node, size = self._anchors[anchor]
        self._aliased += size
        if self._aliased > MAX_ALIASED:
            raise YamlRefusedError(
                f"aliases stand for more than {MAX_ALIASED:,} elements", self._line(event)
            )
        self._place(node, size, None)

    def _place(self, node: YamlNode, size: int, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = (node, size)
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        top.add(node, size)

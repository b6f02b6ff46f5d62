"""A policy file as plain data that remembers where everything stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING, TypeAlias

from provenance.amounts import place
from provenance.cards.yaml_tree import (
    Scalar,
    YamlMapping,
    YamlNode,
    YamlRefusedError,
    YamlSequence,
    parse,
)
from provenance.frozen import frozen
from provenance.pointers import escaped, unescaped

if TYPE_CHECKING:
    import yaml

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})(?:[eE][-+]?[0-9]{1,3})?")
_YES_NO = frozenset({"yes", "no", "on", "off"})
"""Words that YAML 1.1 readers take for true or false and YAML 1.2 readers for text."""
_OWN_USE = "x-"
"""Top-level keys that start so are the author's own: a place for anchors, read by nobody."""
_MERGE = "<<"
_NO_MERGE = (
    "merge keys (<<) are not read: name a list once with an anchor (x-ok: &ok [MIT], then "
    "allow: *ok), or put what is shared in a file of its own and extend it"
)


@frozen
class Position:
    """A place in a file: 1-based line and column."""

    line: int
    column: int


@frozen
class Problem:
    """One thing wrong with a policy file."""

    file: str
    mark: Position | None
    where: str
    """The setting, dotted: ``licenses.allow[2]``; empty for the file as a whole."""
    message: str

    def render(self, lines: tuple[str, ...]) -> str:
        """``file:line:column: where: message`` and, where there is a line, it and a caret."""
        position = (self.mark.line, self.mark.column) if self.mark else ()
        where = f"{self.where}: " if self.where else ""
        head = f"{place(self.file, *position)}: {where}{self.message}"
        if self.mark is None or not 0 < self.mark.line <= len(lines):
            return head
        text = lines[self.mark.line - 1].replace("\t", " ")
        number = f"{self.mark.line:>5}"
        return f"{head}\n{number} | {text}\n{' ' * 5} | {' ' * (self.mark.column - 1)}^"


@frozen
class PolicyDocument:
    """One policy file, read. ``marks`` and ``key_marks`` are by JSON Pointer."""

    file: str
    data: dict[str, Json]
    lines: tuple[str, ...]
    marks: dict[str, Position] = field(default_factory=dict)
    key_marks: dict[str, Position] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_document(text: str, file: str) -> PolicyDocument:
    """Read one policy file. Never raises on content: what is wrong becomes a problem."""
    lines = tuple(text.split("\n"))
    try:
        node = parse(text)
        unread = _unread(text)
    except YamlRefusedError as error:
        mark = None if error.line is None else Position(error.line, error.column + 1)
        problem = Problem(file, mark, "", f"not readable as YAML: {error}")
        return PolicyDocument(file, {}, lines, problems=(problem,))
    problems = tuple(Problem(file, mark, "", says) for mark, says in unread)
    if node is None or (isinstance(node, Scalar) and node.is_null):
        return PolicyDocument(file, {}, lines, problems=problems)
    if not isinstance(node, YamlMapping):
        problem = Problem(file, Position(node.line, 1), "", "a policy is a mapping of settings")
        return PolicyDocument(file, {}, lines, problems=(*problems, problem))
    reader = _Reader(file)
    data = reader.mapping(node, "")
    every = (*problems, *reader.problems)
    return PolicyDocument(file, data, lines, reader.marks, reader.key_marks, every)


def _unread(text: str) -> list[tuple[Position, str]]:
    """Parts of a file that the tree does not hold, so that none is dropped in silence."""
    import yaml  # a built-in policy needs none

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    troubles: list[tuple[Position, str]] = []
    documents = 0
    awaits_key: list[bool | None] = []  # of each open collection; None: a sequence
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    says = "a second YAML document: one file holds one policy"
                    return [*troubles, (_event_mark(event), says)]
            elif isinstance(event, yaml.CollectionEndEvent):
                awaits_key.pop()
            elif isinstance(event, yaml.NodeEvent):
                if awaits_key and awaits_key[-1] is not None:
                    if awaits_key[-1] and isinstance(event, yaml.CollectionStartEvent):
                        troubles.append(
                            (_event_mark(event), "a key is a word, not a list or mapping")
                        )
                    awaits_key[-1] = not awaits_key[-1]
                if isinstance(event, yaml.CollectionStartEvent):
                    awaits_key.append(isinstance(event, yaml.MappingStartEvent) or None)
    except yaml.YAMLError:
        troubles.append((Position(1, 1), "text after the first YAML document is not readable"))
    return troubles


def _event_mark(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(1, 1) if mark is None else Position(mark.line + 1, mark.column + 1)


def dotted(pointer: str) -> str:
    """A JSON Pointer as people write it: ``/licenses/allow/2`` is ``licenses.allow[2]``."""
    text = ""
    for part in pointer.split("/")[1:]:
        name = unescaped(part)
        text += f"[{name}]" if name.isdigit() else f".{name}" if text else name
    return text


def evidence_files(document: PolicyDocument) -> Iterator[tuple[str, str, str]]:
    """Files that exceptions of a checked document rest on: pointer, path and SHA-256 of each."""
    exceptions = document.data.get("exceptions")
    for index, item in enumerate(exceptions if isinstance(exceptions, list) else ()):
        evidence = item.get("evidence") if isinstance(item, dict) else None
        if isinstance(evidence, dict):
            pointer = f"/exceptions/{index}/evidence/file"
            yield pointer, str(evidence.get("file")), str(evidence.get("sha256"))


class _Reader:
    """Turns the tree into plain data, noting marks and what is wrong on the way."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.marks: dict[str, Position] = {}
        self.key_marks: dict[str, Position] = {}
        self.problems: list[Problem] = []

    def mapping(self, node: YamlMapping, pointer: str) -> dict[str, Json]:
        values: dict[str, Json] = {}
        for key, value in node.entries:
            mark = Position(key.line, key.column + 1)
            at = f"{pointer}/{escaped(key.text)}"
            if key.text in values:
                self._say(mark, at, f"set twice; first on line {self.key_marks[at].line}")
            elif key.text == _MERGE:
                self._say(mark, pointer, _NO_MERGE)
            elif pointer or not key.text.startswith(_OWN_USE):
                self.key_marks[at] = mark
                values[key.text] = self.value(value, mark, at)
        return values

    def value(self, node: YamlNode, mark: Position, pointer: str) -> Json:
        match node:
            case YamlMapping():
                self.marks[pointer] = mark
                return self.mapping(node, pointer)
            case YamlSequence():
                self.marks[pointer] = mark
                return [
                    self.value(item, _start(item), f"{pointer}/{index}")
                    for index, item in enumerate(node.items)
                ]
            case Scalar():
                self.marks[pointer] = _start(node)
                return self._scalar(node, pointer)

    def _scalar(self, node: Scalar, pointer: str) -> Json:
        if not node.plain:
            return node.text
        if node.is_null:
            return None
        if node.text in {"true", "True", "TRUE", "false", "False", "FALSE"}:
            return node.text.lower() == "true"
        if node.text.lower() in _YES_NO:
            self._say(
                _start(node),
                pointer,
                f"YAML readers disagree on what a bare {node.text} is: write true or false, "
                f'or quote it ("{node.text}")',
            )
        if _INT.fullmatch(node.text):
            return int(node.text)
        return float(node.text) if _FLOAT.fullmatch(node.text) else node.text

    def _say(self, mark: Position, pointer: str, message: str) -> None:
        self.problems.append(Problem(self._file, mark, dotted(pointer), message))


def _start(node: YamlNode) -> Position:
    """Where a node starts: of a mapping, its first key; of a sequence, its first item."""
    match node:
        case Scalar():
            return Position(node.line, node.column + 1)
        case YamlMapping(entries=((key, _), *_)):
            return Position(key.line, key.column + 1)
        case YamlSequence(items=(first, *_)):
            return _start(first)
        case _:
            return Position(node.line, 1)


def own_categories(document: PolicyDocument) -> frozenset[str]:
    """Names of the license categories that a document defines."""
    licenses = document.data.get("licenses")
    categories = licenses.get("categories") if isinstance(licenses, dict) else None
    return frozenset(categories) if isinstance(categories, dict) else frozenset()


def own_codes(document: PolicyDocument) -> frozenset[str]:
    """Codes of the rules that a document defines."""
    rules = document.data.get("rules")
    codes = [r.get("code") for r in rules if isinstance(r, dict)] if isinstance(rules, list) else []
    return frozenset(code for code in codes if isinstance(code, str))

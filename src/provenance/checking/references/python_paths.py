"""Addresses of the Hub that Python puts together, and paths given to its file system."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from urllib.parse import urljoin

from provenance.checking.references.addresses import SPOKEN, hub_address
from provenance.checking.references.outside import NOT_OF_THE_HUB
from provenance.checking.references.python_bindings import FileNames, NameScope
from provenance.checking.references.python_calls import tail
from provenance.checking.references.python_joined import pieces
from provenance.checking.references.python_possible import Runtime, Text, Value, only_texts
from provenance.checking.references.python_text import characters
from provenance.checking.references.python_values import Resolver
from provenance.checking.references.rules import Rules
from provenance.checking.references.sites import Gathered, Site, weigh
from provenance.report.checked import Confidence, ReferenceKind, ScanNote

_READS = frozenset(
    {"open", "glob", "ls", "find", "info", "cat", "cat_file", "get", "get_file", "download",
     "read_text", "read_bytes", "walk", "du", "exists", "isfile", "isdir", "expand_path", "listdir",
     "stat", "url", "head", "tail", "read_block"}
)  # fmt: skip
"""Methods of a file system that take the path of what is read first."""
_SYSTEMS = frozenset({"HfFileSystem", "hffs"})
_PATHS = ("path", "rpath", "repo_id")
PUT_TOGETHER = "an address of the Hub that is put together at run time"
_TELLS = ("/resolve/", "/raw/", "/datasets/", "/api/", "hf://")
"""What addresses have that are read from: others are pages to look at."""


def paths_and_addresses(
    names: FileNames, resolver: Resolver, lines: list[str], path: str, rules: Rules
) -> Gathered:
    """References and notes of a file's addresses and paths."""
    gathered = Gathered()
    for literal in names.outside:
        column = characters(lines, literal.lineno, literal.col_offset)
        note = ScanNote(path, literal.lineno, column, "address", NOT_OF_THE_HUB)
        gathered.notes.append(note)
    place = _HubPlaces(lines, path, rules, gathered)
    if any("://" in text and SPOKEN.search(text) for text in names.texts):
        for node, scope in _put_together(names):
            place.values(node, list(_addresses(node, scope, resolver)), "address of a Hub file")
    if not _SYSTEMS.isdisjoint(names.tails) or "filesystem" in names.tails:
        for node, scope in _of_the_file_system(names):
            values = [_as_address(v) for v in resolver.values(node, scope)]
            place.values(node, values, "HfFileSystem")
    noted_lines = {note.line for note in gathered.notes}
    for node, scope in _files_of_calls(names):
        texts = [v for v in resolver.values(node, scope) if isinstance(v, Text)]
        for text in texts:
            if (
                text.line not in noted_lines
                and "://" in text.value
                and not text.value.lower().startswith("file:")
                and hub_address(text.value) is None
            ):
                column = characters(lines, text.line, text.column)
                note = ScanNote(path, text.line, column, "data_files", NOT_OF_THE_HUB)
                gathered.notes.append(note)
    return gathered


class _HubPlaces:
    """Weighs what an address or path can be."""

    def __init__(self, lines: list[str], path: str, rules: Rules, gathered: Gathered) -> None:
        self._lines, self._path, self._rules, self._gathered = lines, path, rules, gathered

    def values(self, node: ast.expr, values: list[Value], how: str) -> None:
        """References for what is known, else a note."""
        column = characters(self._lines, node.lineno, node.col_offset)
        is_known = False
        for value in values:
            address = hub_address(value.value) if isinstance(value, Text) else None
            if address is None or not isinstance(value, Text):
                continue
            is_known = True
            kind = ReferenceKind(address.kind.value) if address.kind else ReferenceKind.MODEL
            at = (self._path, value.line, characters(self._lines, value.line, value.column))
            site = Site(self._path, node.lineno, column, kind, how)
            self._gathered.add(
                weigh(site, value.value, self._rules, confidence=Confidence.RESOLVED, at=at)
            )
        if not is_known and any(isinstance(v, Runtime) for v in values):
            note = ScanNote(self._path, node.lineno, column, how, PUT_TOGETHER)
            self._gathered.notes.append(note)


def _put_together(names: FileNames) -> Iterator[tuple[ast.expr, NameScope]]:
    """Every expression that may put an address together, where it is given or named."""
    for call, scope in names.calls:
        if tail(call.func) == "urljoin":
            yield call, scope
        for given in (*call.args, *(k.value for k in call.keywords)):
            if isinstance(given, ast.BinOp | ast.JoinedStr) or _is_format(given):
                yield given, scope
    for _, value, scope in names.assigned:
        if isinstance(value, ast.BinOp | ast.JoinedStr) or _is_format(value):
            yield value, scope


def _is_format(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and tail(node.func) in {"format", "join"}


def _addresses(node: ast.expr, scope: NameScope, resolver: Resolver) -> Iterator[Value]:
    """What an address of the Hub can be; nothing where it is another text."""
    if isinstance(node, ast.Call) and tail(node.func) == "urljoin" and len(node.args) == 2:
        base, rest = (only_texts(resolver.values(a, scope)) for a in node.args)
        for text in rest if len(base) == 1 and SPOKEN.search(base[0].value) else ():
            yield Text(urljoin(base[0].value, text.value), node.lineno, node.col_offset, False)
        if len(base) == 1 and SPOKEN.search(base[0].value) and not rest:
            yield Runtime(PUT_TOGETHER)
        return
    values = resolver.values(node, scope)
    texts = [v for v in values if isinstance(v, Text)]
    if texts:
        yield from (v for v in texts if hub_address(v.value) is not None)
        return
    known = _known(node, scope, resolver)
    is_address = known.startswith("hf://") or SPOKEN.match(known.partition("://")[2])
    if is_address and " " not in known and any(part in known for part in _TELLS):
        yield from values


def _known(node: ast.expr, scope: NameScope, resolver: Resolver, depth: int = 0) -> str:
    """The text of an expression with what is not known left empty."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    parts = pieces(node) if depth < 8 else None
    if parts is not None:
        return "".join(_known(p, scope, resolver, depth + 1) for p in parts)
    texts = only_texts(resolver.values(node, scope))
    return texts[0].value if len(texts) == 1 else ""


def _of_the_file_system(names: FileNames) -> Iterator[tuple[ast.expr, NameScope]]:
    """Paths that methods of the Hub's file system are given."""
    held = {name for name, value, _ in names.assigned if _is_system(value)}
    for call, scope in names.calls:
        function = call.func
        if not isinstance(function, ast.Attribute) or function.attr not in _READS:
            continue
        if not _is_system(function.value) and tail(function.value) not in held | {"hffs"}:
            continue
        named = [k.value for k in call.keywords if k.arg in _PATHS]
        for given in (*call.args[:1], *named):
            yield given, scope


def _is_system(node: ast.expr) -> bool:
    """``HfFileSystem()`` and ``fsspec.filesystem("hf")``."""
    if not isinstance(node, ast.Call):
        return False
    if tail(node.func) == "filesystem":
        first = node.args[0] if node.args else None
        return isinstance(first, ast.Constant) and first.value == "hf"
    return tail(node.func) == "HfFileSystem"


def _as_address(value: Value) -> Value:
    """A path of the file system as the address that it is."""
    if not isinstance(value, Text) or "://" in value.value:
        return value
    return Text(f"hf://{value.value}", value.line, value.column, value.direct, value.file)


_FILES = frozenset({"data_files", "data_dir"})


def _files_of_calls(names: FileNames) -> Iterator[tuple[ast.expr, NameScope]]:
    """Files that a loader is given, one, a list or a table of them."""
    loads = any("load" in called or "ataset" in called for called in names.tails)
    for call, scope in names.calls if loads else ():
        for keyword in call.keywords:
            if keyword.arg in _FILES:
                value = keyword.value
                table = value if isinstance(value, ast.Dict) else None
                yield from ((v, scope) for v in (table.values if table else [value]))

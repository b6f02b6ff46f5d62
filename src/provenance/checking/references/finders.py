"""What reads a file: one finder a kind, and what is written out inside files."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from provenance.checking.ignores import find_ignores
from provenance.checking.references.cards import find_in_card
from provenance.checking.references.configs import find_in_config
from provenance.checking.references.files import MAX_BYTES
from provenance.checking.references.foreign import find_in_foreign
from provenance.checking.references.installs import find_addresses, installs
from provenance.checking.references.kinds import kind_of
from provenance.checking.references.notebooks import find_in_notebook
from provenance.checking.references.python import find_in_python
from provenance.checking.references.rules import Rules
from provenance.checking.references.shell import find_in_shell
from provenance.checking.references.sites import PYTHON, Gathered
from provenance.checking.references.templates import filled, made_by
from provenance.checking.references.unsaid import listed_in
from provenance.report.checked import FileProblem


def _template(data: bytes, path: str, rules: Rules) -> Gathered:
    """A template, read as the file that it makes; line by line where that cannot be parsed."""
    made = made_by(path) or path
    kind = kind_of(made) or "foreign"
    text = data.decode("utf-8", "replace")
    gathered = _FINDERS[kind](filled(text).encode(), made, rules)
    if gathered.problems:
        gathered = find_in_foreign(data, path, rules)
    return gathered.at(path)


def _list(data: bytes, path: str, rules: Rules) -> Gathered:
    """A text or table: names in it are noted, and what pip installs from the Hub is found."""
    if installs(path):
        why = _unread(data)
        if why is not None:
            return Gathered(problems=[FileProblem(path, None, why)])
        return find_addresses(_as_utf_8(data), path, rules)
    return Gathered(notes=listed_in(data, path, rules))


def _mixed(data: bytes, path: str, rules: Rules) -> Gathered:
    """Python with words of its own (Cython, Snakemake): as Python where it is, else by strings."""
    gathered = find_in_python(data, path, rules)
    return find_in_foreign(data, path, rules) if gathered.problems else gathered


def _dotconf(data: bytes, path: str, rules: Rules) -> Gathered:
    """Settings of any kind: a line each, or strings below keys."""
    return _with(_settings(data, path, rules), find_in_foreign(data, path, rules))


def _settings(data: bytes, path: str, rules: Rules) -> Gathered:
    """INI files and their like: keys of sections, and commands."""
    return _with(find_in_config(data, path, rules), _shell(data, path, rules))


def _with(gathered: Gathered, other: Gathered) -> Gathered:
    """What two readings of a file give, each thing once a line."""
    known = {(r.line, r.key) for r in gathered.references}
    gathered.extend(
        replace(other, references=[r for r in other.references if (r.line, r.key) not in known])
    )
    return gathered


def _shell(data: bytes, path: str, rules: Rules) -> Gathered:
    return find_in_shell(data.decode("utf-8", "replace"), path, rules)


def _script(data: bytes, path: str, rules: Rules) -> Gathered:
    """A file without a suffix: what its first line says runs it."""
    first = data.split(b"\n", 1)[0]
    if not first.startswith(b"#!"):
        return Gathered()
    if b"python" in first:
        return find_in_python(data, path, rules)
    return _shell(data, path, rules) if _SHELL.search(first) else Gathered()


_SHELL = re.compile(rb"\b(?:ba|da|k|z)?sh\b|\bmake\b")
_FINDERS: Mapping[str, Callable[[bytes, str, Rules], Gathered]] = {
    "python": find_in_python,
    "notebook": find_in_notebook,
    "shell": _shell,
    "config": find_in_config,
    "card": find_in_card,
    "script": _script,
    "template": _template,
    "foreign": find_in_foreign,
    "list": _list,
    "settings": _settings,
    "dotconf": _dotconf,
    "mixed": _mixed,
    "addresses": find_addresses,
}
_POINTER = b"version https://git-lfs.github.com/spec/"
"""What stands in place of a file whose content is kept elsewhere. It is YAML, and a command."""
_NESTED = 2
"""How deep files inside files are read."""


def search_file(path: str, kind: str, data: bytes, rules: Rules) -> Gathered:
    """Search one file."""
    if kind == "list":
        return _list(data, path, rules)
    why = _unread(data)
    if why is not None:
        return Gathered(problems=[FileProblem(path, None, why)])
    if kind != "python":  # Python itself refuses it
        data = _as_utf_8(data)
    gathered = _FINDERS[kind](data, path, rules)
    inside(gathered, path, rules)
    if b"provenance:" in data:
        gathered.ignores += find_ignores(data.decode("utf-8", "replace"), path)
    return gathered


def _unread(data: bytes) -> str | None:
    """Why a file is not searched; ``None``: it is."""
    if len(data) > MAX_BYTES:
        return f"larger than {MAX_BYTES:,} bytes: not searched"
    if data.startswith(_POINTER):
        return "a pointer of Git LFS in place of the file: not searched"
    return "a binary file: not searched" if b"\0" in _as_utf_8(data) else None


def _as_utf_8(data: bytes) -> bytes:
    """A text that says by its first two bytes that it is UTF-16, as pip reads it; others as is."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    return data.decode("utf-16", "replace").encode()


def inside(gathered: Gathered, path: str, rules: Rules) -> None:
    """Search the files and programs that a file holds, at its own lines."""
    for _ in range(_NESTED):
        inner, gathered.inner = gathered.inner, []
        for entry in inner:
            kind = kind_of(entry.name)
            if kind is None or kind == "notebook":
                continue
            name, down = path if entry.name == PYTHON else entry.name, entry.line - 1
            part = _FINDERS[kind](entry.text.encode(), name, rules).until(entry.last - down)
            gathered.references += (
                replace(r, file=path, line=r.line + down) for r in part.references
            )
            gathered.notes += (replace(n, file=path, line=n.line + down) for n in part.notes)
            gathered.inner += (replace(i, line=i.line + down) for i in part.inner)
            gathered.unsaid += (replace(u, file=path, line=u.line + down) for u in part.unsaid)
            gathered.runs += (replace(r, file=path) for r in part.runs)
            for pending in part.pending:
                site = replace(pending.site, file=path, line=pending.site.line + down)
                gathered.pending.append(replace(pending, site=site))
    gathered.inner = []

"""Files beside those that run the gate: what they read, and what installs it. Pure."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping
from fnmatch import fnmatchcase

from provenance.checking.gate_runners import INCLUDES, includes_in, is_script, tells
from provenance.checking.loosened import Allowance
from provenance.checking.references.installs import installs
from provenance.checking.references.script_words import places, without_variables
from provenance.report.checked import Loosened, Loosening

PACKAGE = ("provenance-audit", "provenance_audit")
"""How lists of requirements name this package."""
_PACKAGE = re.compile(rb"(?i)provenance[-_.]audit")
_OPTION = re.compile(rb"[ \t]*-")
"""A line of a requirements file that says where from, or under which constraints."""
_INSTALLERS = frozenset(
    {"pyproject.toml", "poetry.lock", "uv.lock", "pdm.lock", "pixi.lock", "Pipfile", "Pipfile.lock",
     "setup.cfg", "setup.py", "tox.ini", "environment.yml", "environment.yaml", "conda-lock.yml"}
)  # fmt: skip
_YAML_LOCKS = frozenset({"pixi.lock", "conda-lock.yml"})
_ITEM = re.compile(rb"\n(?=- |\w)")
"""Where an item of a list begins, or a key, at the start of a line."""
_OF_PACKAGE = re.compile(
    rb"(?im)^(?:- |[ \t]{1,40})name:[ \t]{0,40}[\"']?provenance[-_.]audit|"
    rb"\A- [^\n]*provenance[-_.]audit"
)
"""An item whose name is the package's, or whose first line (an address) names it."""
_COMMAND_END = re.compile(rb"&&|\|\||;")


def may_install(path: str) -> bool:
    """Whether a file is one that installers read."""
    return installs(path) or path.rpartition("/")[2] in _INSTALLERS


def install_items(
    old: Mapping[str, bytes], new: Mapping[str, bytes | None], allow: Allowance
) -> list[Loosening]:
    """Lists of requirements that name this package, and that the change makes say otherwise.

    Args:
        old: what the base has of them, by path from the top.
        new: what stands there now; a path that the base has not is new.
        allow: what the base lets a change loosen.

    """
    items = []
    for path, data in sorted(new.items()):
        before, now = _chosen(path, old.get(path, b"")), _chosen(path, data or b"")
        named = before or any(_PACKAGE.search(line) for line in now)
        if named and before != now:
            what = f"{path}, which says which provenance is installed, is edited"
            items.append(allow.of(Loosened.WORKFLOWS, what, path, content=sorted(now.items())))
    return items


def _chosen(path: str, data: bytes) -> Counter[bytes]:
    """The lines that say which release is installed; of a lock, the whole entry."""
    if _PACKAGE.search(data) is None:
        return Counter()
    name = path.rpartition("/")[2]
    if name in _YAML_LOCKS:
        return Counter(_items_of_yaml(data))
    if name.endswith(".lock"):
        return Counter(_entries(name, data))
    options = installs(path)
    return Counter(
        line.strip()
        for line in data.split(b"\n")
        if _PACKAGE.search(line) or (options and _OPTION.match(line))
    )


def _entries(name: str, data: bytes) -> list[bytes]:
    """What a lock says of the package, and from which indexes; the whole of one not understood.

    It is parsed, for in TOML a table belongs to the last entry wherever in the file it stands.
    """
    try:
        text = data.decode("utf-8")
        tree: object = json.loads(text) if name == "Pipfile.lock" else tomllib.loads(text)
        held: list[bytes] = []
        waiting: list[tuple[str, object]] = [("", tree)]
        while waiting:
            key, value = waiting.pop()
            if _is_held(key, value):
                entry = json.dumps([key, value], sort_keys=True, default=str)
                held.append(entry.encode("utf-8", "replace"))
            elif isinstance(value, dict):
                waiting += ((str(inner), of) for inner, of in value.items())
            elif isinstance(value, list):
                waiting += (("", of) for of in value)
    except (ValueError, RecursionError):
        return [data]
    return held


def _is_held(key: str, value: object) -> bool:
    """Whether an entry is of the package, or names it, or lists the indexes of a Pipfile."""
    name = value.get("name") if isinstance(value, dict) else value
    named = isinstance(name, str) and _PACKAGE.search(name.encode("utf-8", "replace"))
    return (
        bool(named)
        or key == "sources"
        or _PACKAGE.search(key.encode("utf-8", "replace")) is not None
    )


def _items_of_yaml(data: bytes) -> list[bytes]:
    """Items of a lock's list that are of the package; of what else there is, lines that name it."""
    held = []
    for part in _ITEM.split(data):
        if _OF_PACKAGE.search(part):
            held.append(part.strip())
        else:
            held += [line.strip() for line in part.split(b"\n") if _PACKAGE.search(line)]
    return held


def included_by(path: str, data: bytes, known: Collection[str]) -> list[str]:
    """Files that a script or Makefile reads, of those that are known; ``*`` stands for any name."""
    paths: set[str] = set()
    for line in includes_in(data):
        for word in _read_words(line):
            for pattern in places(word, path):
                if "*" in pattern or "?" in pattern:
                    paths.update(name for name in known if fnmatchcase(name, pattern))
                elif pattern in known:
                    paths.add(pattern)
    return sorted(paths - {path})


def _read_words(line: bytes) -> list[str]:
    """What the includes of a line name; where a variable is all they name, the line's words."""
    words: list[str] = []
    for after in INCLUDES.split(line)[1:]:
        named = _plain(_COMMAND_END.split(after, maxsplit=1)[0])
        words += named or [word for word in _plain(line) if "/" in word]
    return words


def _plain(text: bytes) -> list[str]:
    """Words without variables."""
    words = without_variables(text.decode("utf-8", "replace")).split()
    return [word for word in words if word.strip("\"';")]


def included_items(
    old: Mapping[str, bytes],
    new: Mapping[str, bytes | None],
    readers: Mapping[str, tuple[str, bytes]],
    allow: Allowance,
) -> list[Loosening]:
    """Files that what runs the gate reads: the whole for a script or workflow, else its flags.

    Args:
        old: what the base has of them.
        new: what stands there now.
        readers: by path of a file, what reads it at the base, with its content.
        allow: what the base lets a change loosen.

    """
    items = []
    for path, (reader, content) in sorted(readers.items()):
        before, now = old.get(path, b""), new.get(path) or b""
        whole = is_script(reader, content) or reader.endswith((".yml", ".yaml"))
        if before != now if whole else tells(before) != tells(now):
            how = "edited" if path in old else "added"
            what = f"{path}, which {reader} reads to run the gate, is {how}"
            items.append(allow.of(Loosened.WORKFLOWS, what, path, content=now))
    return items

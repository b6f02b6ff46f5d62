"""The part of a Makefile, tox.ini, noxfile and the like that decides how the gate runs. Pure.

Beside the line that runs it: its target or section, the variables that these use, and the settings
of the tool by which a failure would not count.
"""

from __future__ import annotations

import ast
import configparser
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from provenance.checking.gate_parts import yaml_part
from provenance.checking.gate_words import runs

_CONTINUED = re.compile(r"\\\r?\n[ \t]*")
_ASSIGNED = re.compile(
    r"[ \t]{0,40}(?:(?:export|override|unexport|private|define|ENV|ARG|set)[ \t]{1,40}){0,3}"
    r"(?P<name>[\w.-]{1,100})[ \t]{0,40}(?:[:?+!]{0,3}=|:(?=\s)|$)"
)
_USED = re.compile(
    r"\${1,2}[({]?([\w.-]{1,100})|\{{1,3}\[?[\w:]{0,60}\]?\s{0,20}([\w.-]{1,100})|%(\w{1,100})%"
)
_IN_CALL = re.compile(r"\$\(([^()]{1,400})\)")
_WORD = re.compile(r"[\w.-]{1,100}")
_HEADER = re.compile(r"(?P<targets>[^\s#:=][^:=#]{0,400}?)\s{0,20}::?(?!=)(?P<after>.*)", re.DOTALL)
_CONDITION = re.compile(r"\s*(?:ifeq|ifneq|ifdef|ifndef|else|endif|set|\$[({]eval)\b")
_ALWAYS = frozenset(
    {"SHELL", ".SHELLFLAGS", "MAKEFLAGS", "GNUMAKEFLAGS", "PATH", "PYTHONPATH", "HF_ENDPOINT"}
)
"""Variables of what runs the lines, whichever they are."""
_SPECIAL = frozenset({".IGNORE", ".ONESHELL", ".RECIPEPREFIX", ".DEFAULT", "set"})
_FOR_EVERY = frozenset(
    {"allowlist_externals", "change_dir", "changedir", "commands_pre", "ignore_errors",
     "ignore_outcome", "install_command", "pass_env", "passenv", "platform", "set_env", "setenv",
     "skip_install"}
)  # fmt: skip
"""Keys of ``[testenv]`` that other environments inherit, and that can change what a line does."""
_COMMANDS = frozenset({"cmd", "command", "commands", "script", "shell", "run", "sequence", "args"})


def recipe_part(path: str, text: str) -> list[str]:
    """What of a file with the gate's command decides how it runs, as texts to compare."""
    name = path.rpartition("/")[2]
    if name.lower().endswith(("makefile", ".mk", "justfile", ".just")):
        return _Make(_CONTINUED.sub(" ", text)).part()
    reader = _BY_END.get(name.rpartition(".")[2])
    part = None if reader is None else reader(path, text)
    return part or _lines(text)  # nothing of it where a comment names the gate


def targets(path: str, text: str) -> list[str]:
    """Names of the targets of a Makefile that run the gate, by others too."""
    if not path.lower().endswith(("makefile", ".mk", "justfile", ".just")):
        return []
    return sorted(_Make(_CONTINUED.sub(" ", text)).gate_targets())


@dataclass(slots=True)
class _Block:
    """A header of a Makefile with the lines below it, or one other line."""

    targets: frozenset[str]
    lines: list[str] = field(default_factory=list)
    after: str = ""


class _Make:
    """Rules and variables of a Makefile or justfile; conditions are compared as they stand."""

    def __init__(self, text: str) -> None:
        self.blocks = list(_blocks(text))

    def part(self) -> list[str]:
        """Rules of the gate's targets, conditions, and variables that these use."""
        names = self._own_targets()
        chosen = [bool(b.targets & (names | _SPECIAL)) for b in self.blocks]
        held = {_assigned(b) for b in self.blocks if not b.targets and runs("\n".join(b.lines))}
        wanted = _ALWAYS | (held - {""})
        while True:
            used = {
                word
                for block, take in zip(self.blocks, chosen, strict=True)
                if take or _assigned(block) in wanted
                for word in _used("\n".join(block.lines))
            }
            if used <= wanted:
                break
            wanted |= used
        return [
            line.rstrip()
            for block, take in zip(self.blocks, chosen, strict=True)
            if take or _assigned(block) in wanted or _CONDITION.match(block.lines[0])
            for line in block.lines
            if line.strip()
        ]

    def _own_targets(self) -> frozenset[str]:
        variables = {_assigned(b) for b in self.blocks if runs("\n".join(b.lines))} - {""}
        return frozenset(
            target
            for block in self.blocks
            if block.targets
            and (runs("\n".join(block.lines)) or _used("\n".join(block.lines)) & variables)
            for target in block.targets
        )

    def gate_targets(self) -> set[str]:
        """Targets that run the gate, or need one that does."""
        names = set(self._own_targets())
        while True:
            more = {t for b in self.blocks if names & set(b.after.split()) for t in b.targets}
            if more <= names:
                return names - {".PHONY"}
            names |= more


def _blocks(text: str) -> Iterator[_Block]:
    open_block: _Block | None = None
    defining = False
    for line in text.split("\n"):
        bound = bool(open_block and (defining or open_block.targets))
        inner = not line.strip() or line.startswith((" ", "\t", "#")) or _CONDITION.match(line)
        if open_block is not None and bound and (defining or inner):
            open_block.lines.append(line)
            defining = defining and line.strip() != "endef"
            continue
        if open_block is not None:
            yield open_block
        defining = line.lstrip().startswith("define ")
        header = None if defining else _HEADER.match(line)
        names = frozenset(header["targets"].split()) if header else frozenset[str]()
        open_block = _Block(names, [line], header["after"] if header else "")
    if open_block is not None:
        yield open_block


def _assigned(block: _Block) -> str:
    match = None if block.targets else _ASSIGNED.match(block.lines[0])
    return match["name"] if match else ""


def _used(text: str) -> set[str]:
    names = {name for groups in _USED.findall(text) for name in groups if name}
    return names.union(*(_WORD.findall(inner) for inner in _IN_CALL.findall(text)))


def _lines(text: str) -> list[str]:
    """Lines that run the gate, each with those that it goes on in, and variables that they use."""
    lines = [line.strip() for line in _CONTINUED.sub(" ", text).split("\n")]
    held = [line for line in lines if runs(line)]
    wanted: set[str] = set()
    while True:
        kept = [
            li for li in lines if li in held or ((m := _ASSIGNED.match(li)) and m["name"] in wanted)
        ]
        used = {name for line in kept for name in _used(line)}
        if used <= wanted:
            return kept
        wanted |= used


def _ini(path: str, text: str) -> list[str] | None:
    """Sections that run the gate, those they refer to, and what environments inherit."""
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    try:
        parser.read_string(text)
    except configparser.Error:
        return None
    known = {name: dict(parser.items(name)) for name in parser.sections()}
    waiting = [n for n, entries in known.items() if any(runs(v or "") for v in entries.values())]
    chosen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in chosen and name in known:
            chosen.add(name)
            waiting += re.findall(r"\{\[([^\]]{1,100})\]", str(known[name]))
    part = [f"{n}.{k}={v}" for n in sorted(chosen) for k, v in sorted(known[n].items())]
    base = known.get("testenv", {}) if any(n.startswith("testenv") for n in chosen) else {}
    return part + [f"testenv.{k}={v}" for k, v in sorted(base.items()) if k in _FOR_EVERY]


def _table(path: str, text: str) -> list[str] | None:
    """Entries of a table that run the gate: the whole of a task that is a table itself."""
    try:
        tree: object = json.loads(text) if path.endswith(".json") else tomllib.loads(text)
        texts: list[str] = []
        waiting: list[tuple[str, object]] = [("", tree)]
        while waiting:
            at, value = waiting.pop()
            if isinstance(value, dict):
                commands = [k for k, v in value.items() if _is_command(v)]
                if any(key in _COMMANDS for key in commands):
                    texts.append(f"{at}={json.dumps(value, sort_keys=True, default=str)}")
                    continue
                before = [f"pre{key}" for key in commands if f"pre{key}" in value]  # npm runs it
                texts += (f"{at}.{key}={json.dumps(value[key])}" for key in commands + before)
                waiting += ((f"{at}.{k}", v) for k, v in value.items() if k not in commands)
            elif isinstance(value, list):
                waiting += ((at, item) for item in value)
    except (ValueError, RecursionError):
        return None
    return sorted(texts)


def _is_command(value: object) -> bool:
    if isinstance(value, list):
        return runs(" ".join(word for word in value if isinstance(word, str)))
    return isinstance(value, str) and runs(value)


def _python(path: str, text: str) -> list[str] | None:
    """Functions that run the gate, module names that they use, and settings of nox."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    segments = [(node, ast.get_source_segment(text, node) or "") for node in tree.body]
    held = [node for node, segment in segments if runs(segment)]
    names = {n.id for node in held for n in ast.walk(node) if isinstance(n, ast.Name)}
    sessions = {node.name for node in held if isinstance(node, ast.FunctionDef)}
    part = []
    for node, segment in segments:
        stored = {
            n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        assigns = isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
        again = isinstance(node, ast.FunctionDef) and node.name in sessions
        patched = assigns and segment.startswith("nox.")
        if node in held or again or patched or (assigns and stored & names):
            part.append(ast.dump(node))
    return part


def _yaml(path: str, text: str) -> list[str] | None:
    part = yaml_part(path, text)
    return None if part is None else [json.dumps(part, sort_keys=True)]


_BY_END: dict[str, Callable[[str, str], list[str] | None]] = {
    "ini": _ini,
    "cfg": _ini,
    "toml": _table,
    "json": _table,
    "py": _python,
    "yml": _yaml,
    "yaml": _yaml,
}

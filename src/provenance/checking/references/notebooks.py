"""References in Jupyter notebooks: code cells as one program, lines of the file kept."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace

from provenance.checking.references.configs import find_in_config
from provenance.checking.references.first_look import may_refer
from provenance.checking.references.python import find_in_python, find_in_tree
from provenance.checking.references.python_parsing import NotPythonError, parse_python
from provenance.checking.references.rules import Rules
from provenance.checking.references.shell import find_in_shell
from provenance.checking.references.sites import Gathered
from provenance.frozen import frozen
from provenance.report.checked import FileProblem

_ASSIGNED = re.compile(r"(\s*[A-Za-z_][\w., ]*?)\s*=\s*[!%](.*)")
"""``files = !ls``: what a command prints, kept."""
_HELP = re.compile(r"\?{1,2}[\w.]+$|[\w.]+\?{1,2}$")
"""``x?``: help on a name."""
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def find_in_notebook(data: bytes, path: str, rules: Rules) -> Gathered:
    """References of every code cell; names set in one cell are known in the others.

    Lines are those of the notebook's own text, which is what a diff or an editor shows.
    """
    try:
        text = data.decode("utf-8")
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Gathered(problems=[FileProblem(path, None, f"not a notebook: {error}")])
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        return Gathered(problems=[FileProblem(path, None, "not a notebook: it has no cells")])
    wanted = may_refer(data, path, rules)
    gathered = Gathered()
    program = _Program()
    for cell in _code_cells(cells, _Places(text)):
        magic = _cell_magic(cell.lines)
        if magic is not None:
            gathered.extend(_other_cell(magic, cell, path, rules))
            continue
        commands, code = _split(cell.lines)
        for index, command in commands:
            gathered.extend(find_in_shell(command, path, rules, cell.at[index]))
        try:
            program.add(parse_python("\n".join(code).encode()), code, cell.at)
        except NotPythonError as error:
            if wanted:
                problem = FileProblem(path, cell.at[0], f"cell {cell.number} is {error}")
                gathered.problems.append(problem)
    gathered.extend(program.references(path, rules))
    return gathered


@frozen
class _Cell:
    """A cell with code."""

    number: int
    """Among all cells, from 1."""
    lines: list[str]
    at: list[int]
    """The line of the notebook's text that each stands on."""


def _code_cells(cells: list[object], places: _Places) -> Iterator[_Cell]:
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        lines = _source(cell.get("source"))
        if lines is not None:
            yield _Cell(number, lines, places.lines_of(lines))


class _Program:
    """The code of all cells as one program, whose lines are those of the notebook's text."""

    def __init__(self) -> None:
        self._body: list[ast.stmt] = []
        self._lines: dict[int, str] = {}

    def add(self, tree: ast.Module, code: list[str], at: list[int]) -> None:
        """Add a cell."""
        for node in ast.walk(tree):
            if isinstance(node, ast.expr | ast.stmt):
                node.lineno = at[min(node.lineno, len(at)) - 1]
        self._lines.update(zip(at, code, strict=True))
        self._body += tree.body

    def references(self, path: str, rules: Rules) -> Gathered:
        """What all of it refers to."""
        whole = [self._lines.get(n, "") for n in range(1, max(self._lines, default=0) + 1)]
        return find_in_tree(ast.Module(self._body, []), whole, path, rules)


def _source(source: object) -> list[str] | None:
    if isinstance(source, str):
        return source.split("\n")
    if isinstance(source, list) and all(isinstance(part, str) for part in source):
        return "".join(source).split("\n")
    return None


def _cell_magic(lines: list[str]) -> str | None:
    """The magic that makes a cell something else than Python; ``None``: it is Python."""
    first = next((line for line in lines if line.strip()), "")
    if not first.startswith("%%") or first.startswith(("%%time", "%%capture", "%%timeit")):
        return None
    return first.strip()


def _other_cell(magic: str, cell: _Cell, path: str, rules: Rules) -> Gathered:
    """Shell of ``%%bash`` and files of ``%%writefile``, at the notebook's lines."""
    words = magic.split()
    start = next(i for i, line in enumerate(cell.lines) if line.strip()) + 1
    text = "\n".join(cell.lines[start:])
    part = Gathered()
    if words[0] in {"%%bash", "%%sh", "%%script", "%%shell"}:
        part = find_in_shell(text, path, rules)
    elif words[0] in {"%%writefile", "%%file"} and len(words) > 1:
        if words[-1].endswith(".py"):
            part = find_in_python(text.encode(), path, rules)
        elif words[-1].endswith((".sh", ".bash")):
            part = find_in_shell(text, path, rules)
        elif words[-1].endswith((".yaml", ".yml", ".json", ".toml")):
            part = find_in_config(text.encode(), path, rules)
    at = cell.at[start:] or [1]
    part.references = [replace(r, line=at[min(r.line, len(at)) - 1]) for r in part.references]
    part.notes = [replace(n, line=at[min(n.line, len(at)) - 1]) for n in part.notes]
    part.inner = [replace(i, line=at[min(i.line, len(at)) - 1]) for i in part.inner]
    part.problems = []
    return part


def _split(lines: list[str]) -> tuple[list[tuple[int, str]], list[str]]:
    """Shell commands with their index, and the code with magics blanked."""
    commands: list[tuple[int, str]] = []
    code: list[str] = []
    continued = False
    for index, line in enumerate(lines):
        stripped = line.lstrip()
        assigned = _ASSIGNED.match(line)
        if assigned is not None and not continued:
            commands.append((index, assigned[2]))
            code.append(f"{assigned[1]} = None")
            continued = line.rstrip().endswith("\\")
        elif _HELP.match(stripped) and not continued:
            code.append("pass")
        elif continued or stripped.startswith(("!", "%")):
            indent = line[: len(line) - len(stripped)]
            shell = stripped.lstrip("!%")
            if continued and commands:
                commands[-1] = (commands[-1][0], f"{commands[-1][1]}\n{shell}")
            else:
                commands.append((index, shell))
            continued = line.rstrip().endswith("\\")
            code.append(f"{indent}pass")
        else:
            code.append(line)
    return commands, code


class _Places:
    """Finds the lines of a notebook's JSON text that cells were written on, in order."""

    def __init__(self, text: str) -> None:
        self._strings: list[tuple[str, int]] = []
        line = 1
        position = 0
        for match in _STRING.finditer(text):
            line += text.count("\n", position, match.start())
            position = match.start()
            self._strings.append((match[0], line))
        self._next = 0

    def lines_of(self, source: list[str]) -> list[int]:
        """The file's line of each line of a cell; cells must be asked for in order."""
        start = self._find(source)
        if start is None:
            return [1] * len(source)
        text, line = self._strings[start]
        if json.loads(text).rstrip("\n").split("\n") == source or len(source) == 1:
            self._next = start + 1
            return [line] * len(source)
        lines = []
        for offset in range(len(source)):
            index = min(start + offset, len(self._strings) - 1)
            lines.append(self._strings[index][1])
        self._next = start + len(source)
        return lines

    def _find(self, source: list[str]) -> int | None:
        whole = json.dumps("\n".join(source), ensure_ascii=False)
        first = json.dumps(source[0] + "\n", ensure_ascii=False)
        last = json.dumps(source[0], ensure_ascii=False)
        wanted = {whole, first, last} if len(source) == 1 else {whole, first}
        wanted |= {json.dumps(json.loads(w)) for w in wanted}
        for index in range(self._next, len(self._strings)):
            if self._strings[index][0] in wanted:
                return index
        return None

"""Files that a command runs, whatever their names end in: each is read as what runs it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from provenance.checking.ignores import find_ignores
from provenance.checking.references.files import MAX_BYTES
from provenance.checking.references.finders import inside
from provenance.checking.references.kinds import kind_of
from provenance.checking.references.python import find_in_python
from provenance.checking.references.rules import Rules
from provenance.checking.references.script_words import places
from provenance.checking.references.shell import find_in_shell
from provenance.checking.references.sites import Gathered, Run
from provenance.report.checked import FileProblem

_HOPS = 3
"""How many files that run each other are followed."""
_READ = {
    "python": frozenset({"python", "notebook"}),
    "shell": frozenset({"shell", "settings", "dotconf"}),
}
"""Kinds of files that are read as what runs them already."""
_UNREAD = frozenset({None, "list", "script", "addresses"})


def search_run(
    gathered: Gathered,
    paths: Sequence[str],
    excluded: re.Pattern[str],
    reader: Callable[[str], bytes],
    rules: Rules,
) -> list[str]:
    """Search what commands run and no finder has read as that; the files that are Python."""
    known = set(paths)
    done: set[tuple[str, str, bool]] = set()
    python: list[str] = []
    waiting = gathered.runs
    for _ in range(_HOPS):
        part = Gathered()
        for run in sorted(set(waiting)):
            path = _file_of(run, known)
            asked = (path or "", run.program, run.sourced)
            if path is None or asked in done or excluded.fullmatch(path):
                continue
            done.add(asked)
            if run.sourced or kind_of(path) not in _READ[run.program]:
                part.extend(_read(path, run, reader, rules))
                python += [path] if run.program == "python" else []
        gathered.extend(part)
        waiting = part.runs
        if not waiting:
            break
    return sorted(set(python))


def _read(path: str, run: Run, reader: Callable[[str], bytes], rules: Rules) -> Gathered:
    kind = kind_of(path)
    try:
        data = reader(path)
    except OSError as error:
        return Gathered(problems=[FileProblem(path, None, f"cannot be read: {error.strerror}")])
    if len(data) > MAX_BYTES:
        message = f"larger than {MAX_BYTES:,} bytes: not searched"
        return Gathered(problems=[FileProblem(path, None, message)])
    if b"\0" in data:
        return Gathered()
    if run.program == "python":
        gathered = find_in_python(data, path, rules)
    else:
        text = data.decode("utf-8", "replace")
        gathered = find_in_shell(text, path, rules, sourced=run.sourced)
    if kind not in _UNREAD:
        gathered.problems = []  # it is searched as what it is by its name, too
    inside(gathered, path, rules)
    if kind is None and b"provenance:" in data:
        gathered.ignores += find_ignores(data.decode("utf-8", "replace"), path)
    return gathered


def _file_of(run: Run, known: Collection[str]) -> str | None:
    """The first of the words of a command that is a file here."""
    paths = (path for name in run.names for path in places(name, run.file))
    return next((path for path in paths if path in known), None)

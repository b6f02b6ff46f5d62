"""Imports go one way, heavy libraries stay out of start-up, and one place knows each library."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "provenance"
HEAVY = (
    "httpx2",
    "huggingface_hub",
    "pandas",
    "pyarrow",
    "datasets",
    "duckdb",
    "pydantic",
    "pyspark",
)

GROUND = {
    *("amounts", "errors", "names", "refs", "escape", "confine", "console", "frozen", "journal"),
    *("lazy_re", "knowledge", "meant", "pointers", "pyproject", "templating", "whole_file"),
    "vocabulary",
}
"""Words and values that everything above may use."""
STATIONS = {"cards", "discovery", "licensing", "privacy", "catalog", "hub"}
"""A card's way to statements; stations work on cards and otherwise do not mix."""
MAY_IMPORT = {
    **dict.fromkeys(GROUND, GROUND),
    "report": GROUND,
    "cards": {"report", *GROUND},
    "catalog": {"report", *GROUND},
    **{key: {"cards", "report", *GROUND} for key in ("discovery", "licensing", "privacy", "hub")},
    "render": {"report", *GROUND},
    "policy": {"cards", "licensing", "privacy", "report", *GROUND},
    "auditing": {"policy", "report", *STATIONS, *GROUND},
    "scanning": {"auditing", "policy", "report", *STATIONS, *GROUND},
    "surveying": {"scanning", "auditing", "policy", "report", *STATIONS, *GROUND},
    "checking": {"scanning", "auditing", "policy", "report", *STATIONS, *GROUND},
}
MAY_IMPORT["api"] = {*MAY_IMPORT}
MAY_IMPORT["cli"] = {*MAY_IMPORT}
"""Which room may import which, from the ground up; see docs/architecture.md."""


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield ".".join(path.relative_to(SOURCE).with_suffix("").parts), path


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Modules imported, and whether at the top level (not inside a function)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, id(node) not in inside
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) not in inside


def room(module: str) -> str:
    return module.partition(".")[0]


def test_every_room_has_its_place() -> None:
    assert {room(m) for m, _ in modules()} - {"__init__", "__main__", *MAY_IMPORT} == set()


@pytest.mark.parametrize(("module", "path"), list(modules()))
def test_imports_go_one_way(module: str, path: Path) -> None:
    own = room(module)
    if own in {"__init__", "__main__"}:
        return
    for name, _ in imports(path):
        if not name.startswith("provenance."):
            continue
        other = room(name.removeprefix("provenance."))
        assert other == own or other in MAY_IMPORT[own], (
            f"{module} imports {name}; {own}/ may import {', '.join(sorted(MAY_IMPORT[own]))}"
        )


def test_only_the_live_hub_knows_the_network() -> None:
    for module, path in modules():
        for name, _ in imports(path):
            if room(name) in {"huggingface_hub", "httpx2"}:
                assert module.startswith("hub."), module


def test_one_module_builds_a_live_hub() -> None:
    builders = {
        module
        for module, path in modules()
        for name, _ in imports(path)
        if name.endswith("hub.live")
    }
    assert builders <= {"hub.open"}


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from provenance.cli import run; run(['--help']); "
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


RIDDLES = {
    *("Door", "Judging", "Mapping", "Meant", "Place", "Progress", "Remembering", "Sequence"),
    *("Taker", "Use", "Wanted", "account", "clash", "core", "frugal", "snapshot_taker", "unfit"),
    *("STRICTLY_AS_WRITTEN", "says"),
}
"""Names that told nobody what stood behind them, or stood for two things; each has another now."""


def test_names_that_were_riddles_do_not_return() -> None:
    """See docs/glossary.md for the words that the project has."""
    back = {
        f"{path.relative_to(SOURCE).as_posix()}: {node.name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
        and node.name.removeprefix("_") in RIDDLES
    }
    files = {m for m, _ in modules() if m.rpartition(".")[2] in RIDDLES_OF_FILES}
    assert back | files == set()


RIDDLES_OF_FILES = {"building", "clarifying", "showing", "starting"}
"""What a file does, without what it does it to."""


def test_two_types_that_other_modules_see_never_share_a_name() -> None:
    """Two ideas have two names, aliases too; see docs/glossary.md."""
    homes: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            for name in _types_of(node):
                homes.setdefault(name, set()).add(path.relative_to(SOURCE).as_posix())
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}


def _types_of(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.ClassDef(name=name) if not name.startswith("_"):
            yield name
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp()):
            if name[0].isupper() and not name.isupper():
                yield name


SAY_NOTHING = {"found", "one", "own", "said", "there"}
"""Names of locals that say that there is a value, and not which."""


def test_locals_say_what_they_hold() -> None:
    """Every name that is bound: assigned, looped over, matched, a parameter or a field."""
    bound = {
        f"{path.relative_to(SOURCE).as_posix()}: {name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _bound(node)
        if name in SAY_NOTHING
    }
    assert bound == set()


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
            yield name
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name


MOST_LINES, LONGEST_FUNCTION = 400, 60
"""Some 400 lines, and what a screen shows."""


@pytest.mark.parametrize(("module", "path"), list(modules()))
def test_files_and_functions_are_read_at_one_sitting(module: str, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES, module
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, f"{module}.{node.name}"

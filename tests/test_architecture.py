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

NOUNS = {
    "errors", "evidence", "license", "refs", "training", "lineage", "finding", "coverage",
    "report", "facts", "names", "checked", "records",
}  # fmt: skip
STATIONS = {"hub", "cards", "discovery", "licensing", "privacy", "catalog"}
LAYER = {
    **dict.fromkeys(NOUNS, 0),
    **dict.fromkeys(STATIONS, 1),
    **dict.fromkeys(("mixture", "examine", "resolve", "assemble", "coverage_of", "policy"), 2),
    "auditing": 3,
    "render": 1,
    "serialize": 1,
    "sources": 4,
    "corpus": 4,
    "census": 4,
    "repository": 4,
    "api": 5,
    "cli": 6,
}
"""A module imports from its own layer or a lower one. See docs/adr and the design's data flow."""


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


def station(module: str) -> str:
    return module.partition(".")[0]


def test_every_module_has_a_layer() -> None:
    assert {station(m) for m, _ in modules()} - {"__init__", "__main__", *LAYER} == set()


@pytest.mark.parametrize(("module", "path"), list(modules()))
def test_imports_go_one_way(module: str, path: Path) -> None:
    own = station(module)
    if own in {"__init__", "__main__"}:
        return
    for name, _ in imports(path):
        if not name.startswith("provenance."):
            continue
        other = station(name.removeprefix("provenance."))
        assert LAYER[other] <= LAYER[own], f"{module} imports {name}"
        if own in STATIONS and other in STATIONS and other != own:
            assert (own, other) in ALLOWED, f"{module} imports {name}: stations do not mix"


ALLOWED = {
    ("discovery", "cards"),
    ("licensing", "cards"),
    ("privacy", "cards"),
}
"""Stations work on cards; nothing else crosses between them."""


@pytest.mark.parametrize(("module", "path"), list(modules()))
def test_renderers_see_only_reports(module: str, path: Path) -> None:
    if station(module) != "render":
        return
    for name, _ in imports(path):
        if name.startswith("provenance."):
            assert station(name.removeprefix("provenance.")) in {*NOUNS, "render", "serialize"}


def test_only_the_live_hub_knows_the_network() -> None:
    for module, path in modules():
        for name, _ in imports(path):
            if station(name) in {"huggingface_hub", "httpx2"}:
                assert module.startswith("hub."), module


def test_only_sources_builds_a_live_hub() -> None:
    builders = {
        module
        for module, path in modules()
        for name, _ in imports(path)
        if name.endswith("hub.live")
    }
    assert builders <= {"sources"}


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from provenance.cli import run; run(['--help']); "
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"

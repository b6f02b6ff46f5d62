"""Names that tests patch by a string exist, also where the test that patches them does not run."""

from __future__ import annotations

import ast
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


def _patched(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of each name of ours that ``setattr`` or ``delattr`` is given as one string."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="setattr" | "delattr"),
                args=[ast.Constant(value=str() as name), *_],
            ) if name.startswith(("provenance.", "tests.")):
                yield node.lineno, name


def _exists(name: str) -> bool:
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def test_every_name_that_is_patched_exists() -> None:
    names = [
        (f"{path.relative_to(TESTS)}:{line}", name)
        for path in sorted(TESTS.rglob("*.py"))
        for line, name in _patched(path.read_text("utf-8"))
    ]
    assert len(names) > 20
    assert [(place, name) for place, name in names if not _exists(name)] == []


@pytest.mark.parametrize("name", ["provenance.refs.no_owl", "provenance.no_owls.parse"])
def test_a_name_that_is_gone_is_seen(name: str) -> None:
    source = f"def test(monkeypatch):\n    monkeypatch.setattr({name!r}, 1)\n"
    assert list(_patched(source)) == [(2, name)]
    assert not _exists(name)

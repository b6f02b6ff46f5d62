"""What is shipped is what the scripts make from the facts."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tasks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_the_catalogue_is_current(shared: Path) -> None:
    build = load("build_catalog")
    assert build.TARGET.read_text(encoding="utf-8") == build.build(shared / "facts")


def test_the_bundled_snapshot_is_current(shared: Path) -> None:
    load("build_catalog")
    build = load("build_bundled")
    shipped = {
        path.relative_to(build.TARGET).as_posix(): path.read_text(encoding="utf-8")
        for path in build.TARGET.rglob("*")
        if path.is_file()
    }
    assert shipped == build.build(shared / "facts")


@pytest.mark.parametrize("word", ["licence", "recalled", "general knowledge"])
def test_no_card_shows_what_was_left_out(word: str) -> None:
    bundled = ROOT / "src" / "provenance" / "snapshots" / "bundled"
    for path in bundled.rglob("README.md"):
        card, _, sources = path.read_text(encoding="utf-8").partition("## About this card")
        assert word not in card, path
        assert "general knowledge" not in sources, path

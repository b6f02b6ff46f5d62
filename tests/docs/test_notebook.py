"""The notebook of the documentation: its cells run in order, and what they show is shown."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

pytest.importorskip("datasets")
NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "notebook.ipynb"


def _cells() -> list[str]:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]


def _run(cell: str, names: dict[str, object]) -> object:
    """Run a cell as a notebook does: the value of its last line is what it shows."""
    tree = ast.parse(cell)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "notebook", "exec"), names)  # noqa: S102  our own documentation
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "notebook", "eval"), names)  # noqa: S307


def test_every_cell_runs_and_shows_something(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    shown = []
    for cell in _cells():
        value = _run(cell, names)
        shown.append(value)
        assert value is not None or capsys.readouterr().out, cell
    rich = [v for v in shown if hasattr(v, "_repr_html_")]
    assert len(rich) >= 5
    for value in rich:
        assert "<" in value._repr_html_()
    assert names["counted"].fraction == 0.25  # type: ignore[attr-defined]


def test_nothing_that_a_run_leaves_is_kept() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert not any(c.get("outputs") or c.get("execution_count") for c in cells)

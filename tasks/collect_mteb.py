"""Read the license and dataset path of every task of an unpacked ``mteb`` package.

    python tasks/collect_mteb.py FOLDER_OF_MTEB VERSION DATE

``mteb`` (Apache-2.0, https://github.com/embeddings-benchmark/mteb) need not be importable: the
metadata are literals, read from its syntax trees. Writes ``tasks/mteb_tasks.json``.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent / "mteb_tasks.json"
_UNSAID = frozenset({None, ""})


def collect(package: Path) -> list[dict[str, str]]:
    """Name, dataset path and license of each task that gives all three, sorted."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((package / "tasks").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in _metadata_calls(tree):
            given = {k.arg: _literal(k.value) for k in call.keywords if k.arg}
            dataset = given.get("dataset")
            name, license_ = given.get("name"), given.get("license")
            where = dataset.get("path") if isinstance(dataset, dict) else None
            if isinstance(name, str) and isinstance(where, str) and license_ not in _UNSAID:
                found[name] = {"task": name, "path": where, "license": str(license_)}
    return [found[name] for name in sorted(found)]


def _metadata_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "TaskMetadata":
            yield node


def _literal(node: ast.expr) -> object:
    """The value of a literal; ``None`` where it is computed."""
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {_literal(k): _literal(v) for k, v in pairs if isinstance(k, ast.Constant)}
    return node.value if isinstance(node, ast.Constant) else None


def main() -> None:
    """Write what was read."""
    package, version, date = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    tasks = collect(package)
    lines = ",\n".join("  " + json.dumps(task, ensure_ascii=False) for task in tasks)
    head = f'{{"package": "mteb", "version": "{version}", "read": "{date}", "tasks": [\n'
    TARGET.write_text(f"{head}{lines}\n]}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

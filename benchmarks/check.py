"""Measure `provenance check`: what it finds in unpacked projects, and how fast it reads.

python benchmarks/check.py find FOLDER…    references of each project, 100 drawn for reading
python benchmarks/check.py missed FOLDER…  literal ids at known loaders that were not found
python benchmarks/check.py time FOLDER…    against ast.parse alone on as many processes
python benchmarks/check.py cpu FOLDER…     the same in user seconds, on a machine with other work
python benchmarks/check.py json            generated configurations, against json.loads alone
python benchmarks/check.py json FOLDER…    the JSON files of folders, in the same way
"""

from __future__ import annotations

import ast
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from provenance.checking.references.configs import find_in_config
from provenance.checking.references.files import DEFAULT_EXCLUDES, CheckedFolder, tracked_files
from provenance.checking.references.rules_files import load_rules
from provenance.checking.references.search import DiskReader, Scan, scan_files
from provenance.report.checked import Reference

SEED = 5
SAMPLE = 100
FILES = 5_000
RUNS = 3
_LOADERS = frozenset(
    {
        "load_dataset", "load_dataset_builder", "from_pretrained", "SentenceTransformer",
        "CrossEncoder", "hf_hub_download", "snapshot_download", "pipeline", "LLM",
    }
)  # fmt: skip
_KEYWORDS = frozenset(
    {
        "path", "repo_id", "pretrained_model_name_or_path", "model_name_or_path", "model",
        "model_name", "model_id",
    }
)  # fmt: skip
_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")


def scan(folder: Path, *, tests: bool = False) -> Scan:
    """Everything in a folder; with tests when they are asked for."""
    paths = tracked_files(CheckedFolder(folder, git=False), everything=True)
    return scan_files(paths, DiskReader(folder), load_rules(), () if tests else DEFAULT_EXCLUDES)


def find(folders: list[Path]) -> None:
    """Counts for each project, and a random draw of references with their lines.

    The draw takes at most a fifth from any one project, so that no large one speaks for all.
    """
    drawn: list[tuple[Path, Reference]] = []
    generator = random.Random(SEED)  # noqa: S311  a draw for reading
    for folder in folders:
        found = scan(folder)
        c = found.counts
        print(
            f"| {folder.name} | {c.files} | {len(found.references)} | "
            f"{len({r.key for r in found.references})} | {len(found.notes)} | "
            f"{len(found.problems)} |"
        )
        pool = list(found.references)
        generator.shuffle(pool)
        drawn += [(folder, r) for r in pool[: SAMPLE // 5]]
    generator.shuffle(drawn)
    for number, (folder, r) in enumerate(drawn[:SAMPLE], 1):
        line = (folder / r.file).read_text("utf-8", "replace").split("\n")[r.line - 1].strip()
        print(f"{number} {folder.name} {r.file}:{r.line} {r.key} {r.role} {r.how} :: {line[:150]}")


def missed(folders: list[Path]) -> None:
    """Literals ``owner/name`` that any call of a loader's name has, and the gate does not.

    Looks at names of functions alone, so it also lists what only looks like a loader.
    """
    total = 0
    for folder in folders:
        found = {(r.file, r.id) for r in scan(folder, tests=True).references}
        for path in sorted(folder.rglob("*.py")):
            name = path.relative_to(folder).as_posix()
            for line, text in literals(path.read_bytes()):
                total += 1
                if (name, text) not in found:
                    print(f"{folder.name} {name}:{line} {text!r}")
    print(f"{total} literals at known loaders")


def literals(data: bytes) -> list[tuple[int, str]]:
    """Line and text of every such literal of a file."""
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(data)
        except (SyntaxError, ValueError):
            return []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else None
        name = function.id if isinstance(function, ast.Name) else name
        if name not in _LOADERS:
            continue
        given = [*node.args[:2], *(k.value for k in node.keywords if k.arg in _KEYWORDS)]
        for value in given:
            text = value.value if isinstance(value, ast.Constant) else None
            if isinstance(text, str) and _ID.fullmatch(text):
                found.append((value.lineno, text))
    return found


def parse_files(paths: list[str]) -> int:
    """What is compared with: ``ast.parse`` and nothing else."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in paths:
            try:
                ast.parse(Path(path).read_bytes())
            except (SyntaxError, ValueError):
                continue
    return len(paths)


def measure(folders: list[Path]) -> None:
    """5,000 Python files by ``ast.parse``, by the search, and a rerun from the lock."""
    files = sorted(p for folder in folders for p in folder.rglob("*.py"))[:FILES]
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for number, path in enumerate(files):
            (root / f"m{number}.py").write_bytes(path.read_bytes())
        paths = [str(p) for p in sorted(root.iterdir())]
        workers = os.cpu_count() or 1
        parts = [paths[i : i + 200] for i in range(0, len(paths), 200)]
        parsed, searched = [], []
        for _ in range(RUNS):
            started = time.monotonic()
            with ProcessPoolExecutor(workers) as pool:
                list(pool.map(parse_files, parts))
            parsed.append(time.monotonic() - started)
            started = time.monotonic()
            found = scan(root, tests=True)
            searched.append(time.monotonic() - started)
        print(f"{len(paths)} files on {workers} processes; {len(found.references)} references")
        print(f"ast.parse alone {spread(parsed)} s, search {spread(searched)} s")
        ratios = [ours / peer for ours, peer in zip(searched, parsed, strict=True)]
        print(f"search: {spread(ratios)} times ast.parse")
        _rerun(root, statistics.median(searched))


def processor_time(folders: list[Path]) -> None:
    """User seconds of all processes, in turn: other work on the machine changes them little."""
    files = sorted(p for folder in folders for p in folder.rglob("*.py"))
    random.Random(SEED).shuffle(files)  # noqa: S311  a draw
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for number, path in enumerate(files[:FILES]):
            (root / f"m{number}.py").write_bytes(path.read_bytes())
        paths = [str(p) for p in sorted(root.iterdir())]
        parts = [paths[i : i + 200] for i in range(0, len(paths), 200)]
        parsed, searched = [], []
        for _ in range(RUNS):
            before = _user_seconds()
            with ProcessPoolExecutor(os.cpu_count() or 1) as pool:
                list(pool.map(parse_files, parts))
            between = _user_seconds()
            found = scan(root, tests=True)
            parsed.append(between - before)
            searched.append(_user_seconds() - between)
        ratios = [ours / peer for ours, peer in zip(searched, parsed, strict=True)]
        print(f"{len(paths)} files; {len(found.references)} references")
        print(f"ast.parse alone {spread(parsed)} s, search {spread(searched)} s, user time")
        print(f"search: {spread(ratios)} times ast.parse")


def _user_seconds() -> float:
    times = os.times()
    return times.user + times.children_user


def configurations(folders: list[Path]) -> None:
    """JSON files, of which some name models and data: those of folders, or generated ones."""
    rules = load_rules()
    files = list(_read(folders)) if folders else _generated()
    ours, ratios = [], []
    for _ in range(RUNS + 1):  # the first fills caches
        started = time.process_time()
        found = [find_in_config(data, f"{n}.json", rules) for n, data in enumerate(files)]
        ours.append(time.process_time() - started)
        started = time.process_time()
        for data in files:
            json.loads(data)
        ratios.append(ours[-1] / (time.process_time() - started))
    references = sum(len(one.references) for one in found)
    print(
        f"{len(files)} JSON files, {sum(map(len, files)) / 1e6:.1f} MB, {references} references: "
        f"{spread(ours[1:])} s, {spread(ratios[1:])} times json.loads"
    )


def _generated() -> list[bytes]:
    """Settings of models, vocabularies, and some that name models and data."""
    layers = [
        {"name": f"layer-{n}", "dims": [1, 2, 3], "meta": {"kind": "dense"}} for n in range(150)
    ]
    words = {f"tok{n}": n for n in range(20_000)}
    named = {"model_name_or_path": "acme/base", "datasets": ["acme/a", "acme/b"], "layers": layers}
    made: list[object] = [{"model_type": "bert", "layers": layers}] * 60
    made += [{"model": {"vocab": words, "merges": [f"{w} x" for w in words]}}] * 5 + [named] * 20
    return [json.dumps(value, indent=1).encode() for value in made]


def _read(folders: list[Path]) -> Iterator[bytes]:
    """JSON files of at most 5 MB that are JSON."""
    for path in sorted(p for folder in folders for p in folder.rglob("*.json")):
        data = path.read_bytes()
        if len(data) <= 5_000_000:
            try:
                json.loads(data)
            except (ValueError, RecursionError):
                continue
            yield data


def spread(numbers: list[float]) -> str:
    """``median (least to greatest)``."""
    return f"{statistics.median(numbers):.2f} ({min(numbers):.2f} to {max(numbers):.2f})"


def _rerun(root: Path, searched: float) -> None:
    command = [sys.executable, "-m", "provenance.cli"]
    subprocess.run(["git", "init", "-q", "."], cwd=root, check=True)
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    source = "import sys; from provenance.cli import run; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", source]
    started = time.monotonic()
    subprocess.run([*command, "--help"], cwd=root, check=False, capture_output=True)
    start_up = time.monotonic() - started
    options = ["--no-default-excludes"]
    subprocess.run(
        [*command, "lock", "--snapshot", "bundled", *options], cwd=root, check=False,
        capture_output=True,
    )  # fmt: skip
    started = time.monotonic()
    subprocess.run(
        [*command, "check", "--locked", "--format", "json", *options], cwd=root, check=False,
        capture_output=True,
    )  # fmt: skip
    rerun = time.monotonic() - started
    print(
        f"start-up {start_up:.2f} s, rerun from the lock {rerun:.2f} s: "
        f"{rerun / (start_up + searched):.2f}× start-up plus search"
    )


if __name__ == "__main__":
    actions = {
        "find": find,
        "missed": missed,
        "time": measure,
        "cpu": processor_time,
        "json": configurations,
    }
    action = actions[sys.argv[1]]
    action([Path(name) for name in sys.argv[2:]])

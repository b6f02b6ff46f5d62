"""How the command is started, and an environment where another package has its name."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

import provenance
from provenance_audit import clashing_package

SOURCE = Path(__file__).resolve().parents[1] / "src"


def start(*args: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({} if path is None else {"PYTHONPATH": str(path)})
    return subprocess.run(
        [sys.executable, *args], env=environment, check=False, capture_output=True, text=True
    )


def test_the_module_is_the_command() -> None:
    found = start("-m", "provenance", "--version")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout == f"provenance, version {provenance.__version__}\n"


def test_both_scripts_start_the_same() -> None:
    scripts = entry_points(group="console_scripts")
    names = {s.name: s.value for s in scripts if s.dist and s.dist.name == "provenance-audit"}
    assert names == dict.fromkeys(("provenance", "provenance-audit"), "provenance_audit:main")


def test_the_version_is_that_of_the_distribution() -> None:
    assert provenance.__version__ == version("provenance-audit")
    assert "__version__" in dir(provenance)


@pytest.mark.parametrize("beside", ["provenance-0.14.1.dist-info", "provenance-1.egg-info"])
def test_another_distribution_of_the_name_is_seen(beside: str, tmp_path: Path) -> None:
    (tmp_path / "provenance").mkdir()
    (tmp_path / "provenance" / "__init__.py").touch()
    (tmp_path / "provenance_audit-1.dist-info").mkdir()
    start_here = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1]); import provenance_audit as p;"
        "print(p.clashing_package(pathlib.Path(sys.argv[1])))"
    )
    assert start("-c", start_here, str(tmp_path)).stdout == "None\n"
    (tmp_path / beside).mkdir()
    assert start("-c", start_here, str(tmp_path)).stdout == f"{tmp_path / beside}\n"


def test_another_package_that_is_found_first_is_refused_in_one_line(tmp_path: Path) -> None:
    other = tmp_path / "provenance"
    other.mkdir()
    (other / "__init__.py").write_text("raise SystemExit('the other one ran')\n")
    found = start("-c", "from provenance_audit import main; main()", path=tmp_path)
    assert found.returncode == 2
    assert found.stdout == ""
    assert found.stderr == (
        f"provenance: error: {other} is of another distribution with the import name "
        "`provenance`: install provenance-audit in an environment of its own "
        "(pipx install provenance-audit)\n"
    )


def test_nothing_is_in_the_way_here() -> None:
    assert clashing_package(SOURCE) is None


def test_an_audit_of_the_digest_starts_with_no_more_than_it_needs() -> None:
    """Each of these takes longer to import than the audit to judge."""
    late = ("yaml", "importlib.metadata", "rich.progress", "pydantic", "httpx2", "socket", "ssl")
    done = start(
        "-c",
        "import sys; from provenance.cli import run;"
        "run(['audit', 'datasets/rajpurkar/squad', '--snapshot', 'bundled', '-q']);"
        f"print([name for name in {late!r} if name in sys.modules], file=sys.stderr)",
    )
    assert done.stdout.startswith("dataset rajpurkar/squad")
    assert done.stderr == "[]\n"

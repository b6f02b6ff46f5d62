"""Several projects in one repository."""

from __future__ import annotations

import json

import pytest
from tests.checking.conftest import Checkout

from provenance.cli.exits import Exit

LOAD = "from datasets import load_dataset\n"
ALLOW = (
    "version: 1\nextends: builtin:default@1\nuse: [research]\nlicenses:\n  allow: [CC-BY-NC-4.0]\n"
)
PROJECTS = '[tool.provenance.check]\nprojects = ["lab", "prod"]\n'


@pytest.fixture
def monorepo(checkout: Checkout) -> Checkout:
    checkout.write("pyproject.toml", PROJECTS)
    checkout.write("lab/a.py", LOAD + "load_dataset('org/research')\n")
    checkout.write("lab/provenance.yaml", ALLOW)
    checkout.write("prod/a.py", LOAD + "load_dataset('org/mit')\n")
    checkout.write("tool.py", LOAD + "load_dataset('org/mit')\n")
    checkout.commit()
    return checkout


def files(out: str) -> list[str]:
    return [r["file"] for r in json.loads(out)["references"]]


def test_each_folder_has_its_own_settings_in_one_report(monorepo: Checkout) -> None:
    code, out = monorepo.check("--format", "json")
    assert files(out) == ["lab/a.py", "prod/a.py", "tool.py"]
    assert not [f for f in json.loads(out)["findings"] if f["finding"]["code"] == "LIC001"]
    monorepo.write("prod/a.py", LOAD + "load_dataset('org/research')\n")
    code, out = monorepo.check("--format", "json")
    assert code == Exit.VIOLATED
    denied = [f["file"] for f in json.loads(out)["findings"] if f["finding"]["code"] == "LIC001"]
    assert denied == ["prod/a.py"]


def test_a_change_in_a_project_is_judged_by_its_base(monorepo: Checkout) -> None:
    monorepo.git("checkout", "-q", "-b", "feature")
    monorepo.write("prod/a.py", LOAD + "load_dataset('org/none')\n")
    monorepo.write("pyproject.toml", PROJECTS.replace(', "prod"', ""))
    monorepo.commit()
    code, out = monorepo.check("--format", "json", "--diff-base", "main")
    result = json.loads(out)
    assert code == Exit.VIOLATED
    assert [one["what"] for one in result["loosened"]] == ["projects loses prod"]
    assert result["comparison"]["added_lacking"] == ["datasets/org/none"]


@pytest.mark.parametrize("name", ["gone", "../x", "/x"])
def test_a_project_that_is_no_folder_here(monorepo: Checkout, name: str) -> None:
    monorepo.write("pyproject.toml", f"[tool.provenance.check]\nprojects = ['{name}']\n")
    assert monorepo.check()[0] == Exit.USAGE


def test_the_baseline_of_the_top_holds_nothing_of_a_project(monorepo: Checkout) -> None:
    monorepo.write("prod/a.py", LOAD + "load_dataset('org/none')\n")
    monorepo.run("baseline", "write")
    assert "provenance baseline write lab" in monorepo.err
    kept = json.loads((monorepo.root / "provenance.baseline.json").read_text())
    assert "org/none" not in json.dumps(kept)
    assert monorepo.check()[0] == Exit.VIOLATED

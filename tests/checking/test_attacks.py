"""Ways to let an unlicensed set in that hide it, rather than excuse it. Each with real git."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.checking.conftest import Checkout
from tests.checking.test_self_excuse import BAD, GOOD, LOAD, POLICY, by_ignore, check, kinds

from provenance.cli.exits import Exit

PROJECT = '[tool.provenance.check]\nprojects = ["lab"]\n'
STRICT = POLICY + "licenses:\n  deny: [MIT]\n"


@pytest.fixture
def branch(checkout: Checkout) -> Checkout:
    """A clean main branch, and a branch that is about to add an unlicensed set."""
    checkout.write("train.py", GOOD)
    checkout.write("src/pkg/data.py", "x = 1\n")
    checkout.write("provenance.yaml", POLICY)
    checkout.write("pyproject.toml", "[project]\nname = 'x'\n")
    checkout.write(".github/workflows/gate.yml", "on: pull_request\nrun: bash ci/gate.sh\n")
    checkout.write("ci/gate.sh", "set -e\nprovenance check --diff-base origin/main\n")
    checkout.write("Makefile", "gate:\n\tprovenance check --locked\nother:\n\ttrue\n")
    checkout.commit("clean")
    checkout.git("checkout", "-q", "-b", "feature")
    return checkout


def by_a_renamed_folder(branch: Checkout) -> None:
    branch.write("src/pkg/train.py", BAD)
    branch.git("add", "-A")
    branch.git("mv", "src/pkg", "vendor")


def by_a_renamed_folder_of_excludes(branch: Checkout) -> None:
    branch.git("mv", "src", "tests")
    branch.write("tests/pkg/data.py", BAD)


def by_a_project_of_its_own(branch: Checkout) -> None:
    branch.write("pyproject.toml", PROJECT)
    branch.write("lab/train.py", BAD)
    branch.write("lab/pyproject.toml", '[tool.provenance.check]\nexclude = ["train.py"]\n')


def by_the_policy_of_a_new_project(branch: Checkout) -> None:
    branch.write("pyproject.toml", PROJECT)
    branch.write("lab/train.py", BAD)
    branch.write(
        "lab/provenance.yaml",
        "version: 1\nlicenses: {missing: ignore, ambiguous: ignore}\ncoverage: {thresholds: []}\n",
    )


def by_a_link_to_a_hidden_file(branch: Checkout) -> None:
    branch.write("tests/hidden.py", BAD)
    (branch.root / "run.py").symlink_to("tests/hidden.py")


def by_a_script_without_a_suffix(branch: Checkout) -> None:
    branch.write("bin/train", "#!/usr/bin/env python3\n" + BAD)


def by_a_shell_script_without_a_suffix(branch: Checkout) -> None:
    branch.write("bin/run", "#!/bin/bash\npython x.py --dataset_name org/none\n")


def by_another_encoding(branch: Checkout) -> None:
    text = "# coding: utf-7\nfrom datasets import +AGw-oad_dataset\n+AGw-oad_dataset('org/none')\n"
    branch.write("enc.py", text)


def by_letters_that_look_alike(branch: Checkout) -> None:
    branch.write("wide.py", LOAD.replace("load", "ｌoad") + "ｌoad_dataset('org/none')\n")


def by_getattr(branch: Checkout) -> None:
    branch.write("ga.py", "import datasets\ngetattr(datasets, 'load_dataset')('org/none')\n")


def by_import_module(branch: Checkout) -> None:
    text = "import importlib\nd = importlib.import_module('datasets')\nd.load_dataset('org/none')\n"
    branch.write("im.py", text)


def by_escapes(branch: Checkout) -> None:
    branch.write("es.py", LOAD + "load_dataset('org\\x2fnone')\nload_dataset('org' '/none')\n")


def by_a_configuration_of_another_suffix(branch: Checkout) -> None:
    branch.write("train.cfg", "[data]\ndataset_name = org/none\n")


def by_a_broken_settings_file(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("pyproject.toml", "[tool.provenance.check]\nexclude = []\n")
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("pyproject.toml", "[tool.provenance.check\n")
    branch.write("tests/train.py", BAD)


def by_an_approval_behind_a_link(branch: Checkout) -> None:
    """The base names an approvals folder that is not there yet: the change links it outside."""
    outside = branch.root.parent / "outside"
    outside.mkdir()
    branch.git("checkout", "-q", "main")
    branch.write("gov/approved.txt", "")
    branch.write("pyproject.toml", '[tool.provenance.check]\napprovals = "gov/approved.txt"\n')
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    by_ignore(branch)
    branch.commit()
    marks = [one["fingerprint"] for one in check(branch)[1]["loosened"]]
    assert len(marks) == 1
    (outside / "approved.txt").write_text("\n".join(marks))
    branch.git("rm", "-rq", "gov")
    (branch.root / "gov").symlink_to(outside)


def by_a_module_in_a_test_folder(branch: Checkout) -> None:
    branch.write("tests/names.py", "NAME = 'org/none'\n")
    branch.write("train.py", LOAD + "from tests.names import NAME\nload_dataset(NAME)\n")


WAYS = [
    by_a_renamed_folder,
    by_a_renamed_folder_of_excludes,
    by_a_project_of_its_own,
    by_the_policy_of_a_new_project,
    by_a_link_to_a_hidden_file,
    by_a_script_without_a_suffix,
    by_a_shell_script_without_a_suffix,
    by_another_encoding,
    by_letters_that_look_alike,
    by_getattr,
    by_import_module,
    by_escapes,
    by_a_configuration_of_another_suffix,
    by_an_approval_behind_a_link,
    by_a_module_in_a_test_folder,
]


@pytest.mark.parametrize("way", WAYS, ids=[w.__name__ for w in WAYS])
def test_nothing_hides_a_set(branch: Checkout, way: Callable[[Checkout], None]) -> None:
    way(branch)
    branch.commit()
    code, result = check(branch)
    assert code in {Exit.VIOLATED, Exit.INCOMPLETE}
    assert all(not one["allowed"] for one in result["loosened"])
    told = json.dumps([result["findings"], result["loosened"]])
    assert "org/none" in told or "excludes" in kinds(result)


def test_a_broken_settings_file_is_an_error(branch: Checkout) -> None:
    by_a_broken_settings_file(branch)
    branch.commit()
    assert check(branch) == (Exit.USAGE, None)
    assert "pyproject.toml is no TOML" in branch.err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ci/gate.sh", "set -e\nprovenance check --diff-base origin/main --exit-zero\n"),
        ("ci/gate.sh", "set -e\ntrue\n"),
        ("Makefile", "gate:\n\t-provenance check --locked\nother:\n\ttrue\n"),
        ("Makefile", "gate:\n\ttrue\nother:\n\ttrue\n"),
    ],
)
def test_a_script_that_runs_the_gate(branch: Checkout, name: str, text: str) -> None:
    branch.write(name, text)
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["workflows"])


def test_the_rest_of_such_a_script_is_not_the_gates(branch: Checkout) -> None:
    branch.write("Makefile", "gate:\n\tprovenance check --locked\nother:\n\tfalse\n")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])


def test_a_new_project_is_judged_by_the_policy_over_it(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("provenance.yaml", STRICT)
    branch.write("train.py", "x = 1\n")
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("pyproject.toml", PROJECT)
    branch.write("lab/train.py", GOOD)
    branch.write("lab/provenance.yaml", POLICY)
    branch.commit()
    code, result = check(branch)
    assert code == Exit.VIOLATED
    assert "policy" in kinds(result)

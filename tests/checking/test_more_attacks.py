"""More ways to let an unlicensed set in by files of the change itself. Each with real git."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable

import pytest
from tests.checking.conftest import CARDS, IDENTITY, Checkout
from tests.checking.test_self_excuse import BAD, GOOD, LOAD, POLICY, check, kinds

from provenance.cli.exits import Exit

IGNORE = "  # provenance: ignore[LIC001, LIC003, LIC008, COV001] asked\n"
POINTER = (
    "version https://git-lfs.github.com/spec/v1\n"
    "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 120\n"
)
MAKEFILE = "FLAGS = {flags}\ngate:\n\tprovenance check \\\n\t{more} $(FLAGS)\nlint:\n\truff\n"
UPLOADED = "DATASET=org/none\nhf upload $DATASET .\n"


@pytest.fixture
def branch(checkout: Checkout) -> Checkout:
    """A clean main branch, and a branch that is about to add an unlicensed set."""
    checkout.write("train.py", GOOD)
    checkout.write("provenance.yaml", POLICY)
    checkout.write("ci/gate.sh", "set -e\nprovenance check --diff-base origin/main\n")
    checkout.write("ci/gate", "#!/bin/sh\nprovenance check --diff-base origin/main\n")
    checkout.write("noxfile.py", "def gate(s):\n    s.run('provenance', 'check')\n")
    checkout.write(
        "Makefile",
        MAKEFILE.format(flags="--diff-base main", more="--locked"),
    )
    checkout.write("old.py", "print 'x'\n")
    checkout.write("asked.py", LOAD + "load_dataset('org/mit')" + IGNORE)
    checkout.commit("clean")
    checkout.git("checkout", "-q", "-b", "feature")
    return checkout


def by_a_folder_of_its_name(branch: Checkout) -> None:
    branch.write("train.py", BAD)
    branch.write("org/none/empty.txt", "\n")


def by_a_script_in_capitals(branch: Checkout) -> None:
    branch.write("bin/TRAIN", "#!/usr/bin/env python3\n" + BAD)


def by_another_set_under_an_old_ignore(branch: Checkout) -> None:
    branch.write("asked.py", LOAD + "load_dataset('org/none')" + IGNORE)


def by_a_shell_of_another_name(branch: Checkout) -> None:
    branch.write("run.ksh", "python t.py --dataset_name org/none\n")


def by_the_set_of_an_upload_exported(branch: Checkout) -> None:
    branch.write("run.sh", UPLOADED + "export DATASET\npython train.py\n")


def by_the_set_of_an_upload_sourced(branch: Checkout) -> None:
    branch.write("run.sh", UPLOADED + "source more.sh\n")


def by_the_set_of_an_upload_in_a_heredoc(branch: Checkout) -> None:
    branch.write("run.sh", UPLOADED + "python - <<X\nload('$DATASET')\nX\n")


def by_the_set_of_an_upload_piped(branch: Checkout) -> None:
    branch.write("run.sh", UPLOADED + "echo $DATASET | xargs python train.py\n")


def by_a_program_that_says_upload(branch: Checkout) -> None:
    branch.write("run.sh", "DATASET=org/none\npython train.py upload $DATASET\n")


def by_a_rule_on_one_line(branch: Checkout) -> None:
    branch.write("get.mk", "get: ; hf download --repo-type dataset org/none\n")


NAMED = [
    by_a_folder_of_its_name,
    by_a_script_in_capitals,
    by_another_set_under_an_old_ignore,
    by_a_shell_of_another_name,
    by_the_set_of_an_upload_exported,
    by_the_set_of_an_upload_sourced,
    by_the_set_of_an_upload_in_a_heredoc,
    by_the_set_of_an_upload_piped,
    by_a_program_that_says_upload,
    by_a_rule_on_one_line,
]


@pytest.mark.parametrize("way", NAMED, ids=[w.__name__ for w in NAMED])
def test_the_set_is_named(branch: Checkout, way: Callable[[Checkout], None]) -> None:
    way(branch)
    branch.commit()
    code, result = check(branch)
    counting = [f for f in result["findings"] if not f["suppressed"]]
    assert code == Exit.VIOLATED
    assert "org/none" in json.dumps([counting, result["loosened"]])


def test_an_ignore_that_stays_or_moves_stays(branch: Checkout) -> None:
    again = LOAD + "x = 1\nload_dataset('org/mit', revision='" + "a" * 40 + "')" + IGNORE
    branch.write("asked.py", again)
    branch.commit()
    assert kinds(check(branch)[1]) == []


def test_a_folder_that_the_hub_does_not_know_is_a_folder(branch: Checkout) -> None:
    branch.write("train.py", GOOD + "load_dataset('org/mine')\n")
    branch.write("org/mine/rows.txt", "a\n")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])


@pytest.mark.parametrize(
    "name", ["conf.yaml", "run.sh", "c.ini", "rules.mk", "CARD.md", "go", "x.js"]
)
def test_a_pointer_of_git_lfs_is_not_searched(branch: Checkout, name: str) -> None:
    branch.write(name, POINTER)
    branch.commit()
    code, result = check(branch)
    assert code == Exit.INCOMPLETE
    assert [p["file"] for p in result["problems"] if p["file"] == name]


def test_a_tag_does_not_stand_for_the_branch_of_a_remote(branch: Checkout) -> None:
    branch.git("update-ref", "refs/remotes/origin/main", "main")
    branch.write("more.py", BAD)
    branch.commit()
    branch.git("tag", "origin/main", "HEAD")
    assert check(branch, "--diff-base", "origin/main")[0] == Exit.VIOLATED


def test_an_edit_of_what_cannot_be_searched_is_new(branch: Checkout) -> None:
    branch.write("other.py", "x = 1\n")
    branch.commit()
    assert check(branch)[0] == Exit.OK
    branch.write("old.py", "print 'x', 'y'\n" + GOOD)
    branch.commit()
    code, result = check(branch)
    assert code == Exit.INCOMPLETE
    assert [f["file"] for f in result["findings"] if not f["suppressed"]] == ["old.py"]
    branch.write("old.py", "print 'x'\n" + BAD)  # read but for its first line
    branch.commit()
    code, result = check(branch)
    assert code == Exit.VIOLATED
    counting = {f["finding"]["code"] for f in result["findings"] if not f["suppressed"]}
    assert counting == {"CHK001", "LIC003", "COV001"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ci/gate.sh", "provenance check --exclude train.py\n"),
        ("ci/gate", "#!/bin/sh\nalias provenance=true\nprovenance check --diff-base origin/main\n"),
        ("noxfile.py", "def gate(s):\n    s.run('provenance', 'check', '--exit-zero')\n"),
        (
            "Makefile",
            MAKEFILE.format(flags="--exclude '*.py'", more="--locked"),
        ),
        (
            "Makefile",
            MAKEFILE.format(flags="--diff-base main", more="--exit-zero"),
        ),
    ],
)
def test_what_runs_the_gate(branch: Checkout, name: str, text: str) -> None:
    """Also where the change says that the file is binary, so that git greps it not."""
    branch.write(".gitattributes", "* binary\n")
    branch.write(name, text)
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["workflows"])


def test_flags_of_another_program_are_not_the_gates(branch: Checkout) -> None:
    makefile = (branch.root / "Makefile").read_text()
    branch.write("Makefile", makefile.replace("ruff", "ruff check --exclude x"))
    branch.commit()
    assert kinds(check(branch)[1]) == []


def test_a_new_submodule_is_not_searched(branch: Checkout) -> None:
    other = branch.root.parent / "other"
    other.mkdir()
    (other / "t.py").write_text(BAD)
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", *words], cwd=other, check=True, env={**IDENTITY, "PATH": "/usr/bin"})
    branch.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), "lib")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["paths"])
    branch.git("branch", "-f", "main")
    branch.write("more.py", "x = 1\n")
    branch.commit()
    assert kinds(check(branch)[1]) == []


def test_cards_that_the_change_brings_along(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    for name, text in CARDS.items():
        branch.write(f"snap/{name}/README.md", text)
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.snapshot = branch.root / "snap"
    branch.write("more.py", GOOD)
    branch.commit()
    assert check(branch)[0] == Exit.OK
    branch.write("train.py", BAD)
    branch.write("snap/datasets/org/none/README.md", "---\nlicense: mit\n---\n")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["lock"])

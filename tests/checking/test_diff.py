"""``--diff-base`` in git as it is used: branches, renames, worktrees, shallow clones."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.checking.conftest import Checkout

from provenance.cli.exits import Exit

LOAD = "from datasets import load_dataset\n"
OLD = LOAD + "load_dataset('org/research')\n"
NEW = OLD + "load_dataset('org/none')\n"


@pytest.fixture
def branch(checkout: Checkout) -> Checkout:
    """A main branch with old debt, and a branch that adds to it."""
    checkout.write("a.py", OLD)
    checkout.commit("old debt")
    checkout.git("checkout", "-q", "-b", "feature")
    return checkout


def compared(checkout: Checkout, base: str = "main") -> tuple[int, Any]:
    code, out = checkout.check("--format", "json", "--diff-base", base)
    return code, json.loads(out)


def new(result: Any) -> set[tuple[str, int]]:
    return {
        (f["target"], f["line"])
        for f in result["findings"]
        if not f["suppressed"] and f["finding"]["severity"] != "note"
    }


def test_old_debt_passes_and_new_debt_fails(branch: Checkout) -> None:
    branch.write("b.py", "x = 1\n")
    branch.commit()
    assert compared(branch)[0] == Exit.OK
    branch.write("a.py", NEW)
    branch.commit()
    code, result = compared(branch)
    assert (code, new(result)) == (Exit.VIOLATED, {("datasets/org/none", 3)})
    comparison = result["comparison"]
    assert comparison["before"] == {
        "sets": 1, "lacking": 0, "undeclared": 0, "not_examined": 0, "unread": 0,
    }  # fmt: skip
    assert comparison["after"] == {
        "sets": 2, "lacking": 1, "undeclared": 0, "not_examined": 0, "unread": 0,
    }  # fmt: skip
    assert not comparison["policy_changed"]
    text = branch.check("--diff-base", "main")[1]
    said = " ".join(text.split())
    assert "adds 1 data set: 1 lacks an explicit license (datasets/org/none)" in said
    assert "known to lack an explicit license: 1 of 2 data sets (50 %), before 0 of 1" in said
    assert "because of datasets/org/none (no license stated)" in said


def test_what_the_work_tree_holds_counts_before_it_is_committed(branch: Checkout) -> None:
    branch.write("a.py", NEW)
    assert compared(branch)[0] == Exit.VIOLATED


def test_the_merge_base_counts_not_the_tip(branch: Checkout) -> None:
    branch.commit()
    branch.git("checkout", "-q", "main")
    branch.write("a.py", NEW)
    branch.commit("main gets worse")
    branch.git("checkout", "-q", "feature")
    branch.write("a.py", NEW)
    branch.commit()
    assert compared(branch)[0] == Exit.VIOLATED


def test_a_rename_is_no_new_debt(branch: Checkout) -> None:
    branch.git("mv", "a.py", "renamed.py")
    branch.commit()
    code, result = compared(branch)
    assert (code, result["comparison"]["new"], result["comparison"]["gone"]) == (Exit.OK, 0, 0)


def test_what_is_gone_is_counted(branch: Checkout) -> None:
    branch.write("a.py", "x = 1\n")
    branch.commit()
    code, result = compared(branch)
    assert code == Exit.OK
    assert result["comparison"]["gone"] >= 1


def test_an_ignore_that_is_taken_away_is_new_debt(branch: Checkout) -> None:
    ignored = OLD.rstrip("\n") + "  # provenance: ignore[LIC001,LIC011,LIC014] why\n"
    branch.git("checkout", "-q", "main")
    branch.write("a.py", ignored)
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("a.py", OLD)
    assert ("datasets/org/research", 2) in new(compared(branch)[1])


def test_a_policy_edit_compares_everything(branch: Checkout) -> None:
    policy = "version: 1\nextends: builtin:default@1\n"
    allow = "use: [research]\nlicenses:\n  allow: [CC-BY-NC-4.0]\n"
    branch.git("checkout", "-q", "main")
    branch.write("provenance.yaml", "version: 1\nextends: base.yaml\n")
    branch.write("base.yaml", policy + allow)
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    assert compared(branch)[0] == Exit.OK
    branch.write("base.yaml", policy)
    branch.commit()
    code, result = compared(branch)
    assert code == Exit.VIOLATED
    assert result["comparison"]["policy_changed"]
    assert ("datasets/org/research", 2) in new(result)


def test_an_invalid_policy_at_the_base(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("provenance.yaml", "extends: [\n")
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.git("rm", "-q", "provenance.yaml")
    code, result = compared(branch)
    assert (code, result["comparison"]["policy_changed"]) == (Exit.VIOLATED, True)
    assert [one["kind"] for one in result["loosened"]] == ["policy"]


def test_a_policy_named_in_pyproject(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("pyproject.toml", '[tool.provenance]\npolicy = "ours.yaml"\n')
    branch.write("ours.yaml", "version: 1\nextends: builtin:default@1\n")
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.commit()
    code, result = compared(branch)
    assert (code, result["comparison"]["policy_changed"]) == (Exit.OK, False)


def test_a_lock_at_both_sides(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    branch.run("lock")
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("a.py", NEW)
    branch.run("lock")
    code, out = branch.check("--locked", "--diff-base", "main", "--format", "json", snapshot=False)
    assert (code, new(json.loads(out))) == (Exit.VIOLATED, {("datasets/org/none", 3)})


def test_a_base_without_a_lock(branch: Checkout) -> None:
    branch.run("lock")
    code, _ = branch.check("--locked", "--diff-base", "main", snapshot=False)
    assert code == Exit.VIOLATED


def test_a_detached_head(branch: Checkout) -> None:
    branch.write("a.py", NEW)
    commit = branch.commit()
    branch.git("checkout", "-q", commit)
    assert compared(branch)[0] == Exit.VIOLATED


def test_a_worktree(branch: Checkout, tmp_path: Path) -> None:
    branch.write("a.py", NEW)
    branch.commit()
    branch.git("checkout", "-q", "main")
    branch.git("worktree", "add", "-q", str(tmp_path / "tree"), "feature")
    branch.root = tmp_path / "tree"
    code, result = compared(branch)
    assert (code, new(result)) == (Exit.VIOLATED, {("datasets/org/none", 3)})


def test_a_shallow_clone(branch: Checkout, tmp_path: Path) -> None:
    branch.write("a.py", NEW)
    branch.commit()
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{branch.root}",
         str(clone)], check=True, capture_output=True,
    )  # fmt: skip
    branch.root = clone
    code, _ = branch.check("--diff-base", "origin/main")
    assert code == Exit.USAGE
    assert "shallow" in branch.err
    branch.git("fetch", "-q", "--unshallow")
    assert compared(branch, "origin/main")[0] == Exit.VIOLATED


def test_a_folder_below_the_root(branch: Checkout) -> None:
    branch.write("sub/a.py", OLD)
    branch.commit()
    branch.write("sub/a.py", NEW)
    top = branch.root
    branch.root = top / "sub"
    code, result = compared(branch, "HEAD")
    assert (code, new(result)) == (Exit.VIOLATED, {("datasets/org/none", 3)})


def state(checkout: Checkout) -> dict[str, str]:
    """Hashes of everything in the checkout, git's own files included."""
    return {
        str(p.relative_to(checkout.root)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(checkout.root.rglob("*"))
        if p.is_file()
    }


def test_nothing_of_the_users_changes(branch: Checkout) -> None:
    branch.write("stashed.py", "x = 1\n")
    branch.git("add", "stashed.py")
    branch.git("stash")
    branch.write("staged.py", "x = 2\n")
    branch.git("add", "staged.py")
    branch.write("a.py", NEW)
    branch.write("untracked.py", "x = 3\n")
    before = state(branch)
    compared(branch)
    assert state(branch) == before
    assert branch.git("stash", "list").count("\n") == 0

"""A change cannot excuse itself: each way to let an unlicensed set in with the set itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.checking.conftest import Checkout

from provenance.cli.exits import Exit

LOAD = "from datasets import load_dataset\n"
GOOD = LOAD + "load_dataset('org/mit')\n"
BAD = GOOD + "load_dataset('org/none')\n"
POLICY = "version: 1\nextends: builtin:default@1\n"
EXCEPTION = """exceptions:
  - rule: {rule}
    subject: datasets/org/none
    reason: risk-accepted
    comment: fine
    owner: me@example.org
    expires: 2027-01-01
"""


@pytest.fixture
def branch(checkout: Checkout) -> Checkout:
    """A clean main branch, and a branch that is about to add an unlicensed set."""
    checkout.write("train.py", GOOD)
    checkout.write("provenance.yaml", POLICY)
    checkout.write("pyproject.toml", "[project]\nname = 'x'\n")
    checkout.write(".github/workflows/gate.yml", "on: pull_request\n# provenance check\n")
    checkout.commit("clean")
    checkout.git("checkout", "-q", "-b", "feature")
    return checkout


def check(checkout: Checkout, *arguments: str) -> tuple[int, Any]:
    code, out = checkout.check("--format", "json", "--diff-base", "main", *arguments)
    return code, json.loads(out) if out else None


def kinds(result: Any) -> list[str]:
    return [one["kind"] for one in result["loosened"]]


def by_exclude(branch: Checkout) -> None:
    branch.write("train.py", BAD)
    branch.write("pyproject.toml", '[tool.provenance.check]\nexclude = ["train.py"]\n')


def by_baseline(branch: Checkout) -> None:
    branch.write("train.py", BAD)
    branch.commit()
    assert branch.run("baseline", "write")[0] == Exit.OK


def by_allowing_the_license(branch: Checkout) -> None:
    branch.write("train.py", BAD)
    levels = "".join(f"  {name}: note\n" for name in ("other",))
    off = POLICY + f"licenses:\n{levels}coverage:\n  thresholds: []\n"
    branch.write("provenance.yaml", off + "".join(EXCEPTION.format(rule="LIC003")))


def by_exception(branch: Checkout) -> None:
    branch.write("train.py", BAD)
    branch.write("provenance.yaml", POLICY + EXCEPTION.format(rule="LIC003"))


def by_ignore(branch: Checkout) -> None:
    codes = "LIC003, LIC008, COV001"
    branch.write("train.py", f"{BAD.rstrip()}  # provenance: ignore[{codes}] it is fine\n")


def by_test_path(branch: Checkout) -> None:
    branch.git("rm", "-q", "train.py")
    branch.write("tests/train.py", BAD)


def by_test_name(branch: Checkout) -> None:
    branch.write("tests/test_train.py", BAD)


def by_gitignore(branch: Checkout) -> None:
    branch.git("rm", "-q", "--cached", "train.py")
    branch.write("train.py", BAD)
    branch.write(".gitignore", "train.py\n")


def by_rules(branch: Checkout) -> None:
    branch.write("train.py", BAD)
    branch.write("rules.json", json.dumps({"version": 1, "local_heads": ["org"]}))
    branch.write("pyproject.toml", '[tool.provenance.check]\nrules = "rules.json"\n')


def by_settings(branch: Checkout) -> None:
    branch.write("train.py", BAD)
    branch.write(
        "pyproject.toml",
        '[tool.provenance.check]\nexclude = ["train.py"]\n'
        'allow_changes = ["excludes", "settings"]\n',
    )


def by_own_approval(branch: Checkout) -> None:
    by_exclude(branch)
    branch.commit()
    marks = [one["fingerprint"] for one in check(branch)[1]["loosened"]]
    branch.write("approved.txt", "\n".join(marks))
    settings = '[tool.provenance.check]\nexclude = ["train.py"]\napprovals = "approved.txt"\n'
    branch.write("pyproject.toml", settings)


WAYS: list[tuple[Callable[[Checkout], None], str]] = [
    (by_exclude, "excludes"),
    (by_baseline, "baseline"),
    (by_allowing_the_license, "policy"),
    (by_exception, "exceptions"),
    (by_ignore, "ignores"),
    (by_test_path, "paths"),
    (by_test_name, "paths"),
    (by_gitignore, "paths"),
    (by_rules, "rules"),
    (by_settings, "settings"),
    (by_own_approval, "settings"),
]


@pytest.mark.parametrize(("way", "kind"), WAYS, ids=[w.__name__ for w, _ in WAYS])
def test_no_way_out(branch: Checkout, way: Callable[[Checkout], None], kind: str) -> None:
    way(branch)
    branch.commit()
    code, result = check(branch)
    assert code == Exit.VIOLATED
    assert kind in kinds(result)
    assert all(not one["allowed"] for one in result["loosened"])
    found = {f["target"] for f in result["findings"] if not f["suppressed"]}
    if kind != "paths":
        assert "datasets/org/none" in found
    assert any(f["finding"]["code"] == "CHK005" for f in result["findings"])


def test_a_change_of_the_workflow_is_shown(branch: Checkout) -> None:
    branch.write(".github/workflows/gate.yml", "on: []\n# provenance check --exit-zero\n")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["workflows"])


def test_another_workflow_is_not_the_gates(branch: Checkout) -> None:
    branch.write(".github/workflows/docs.yml", "on: push\n")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])


def test_what_the_base_allows_is_shown_and_passes(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("pyproject.toml", '[tool.provenance.check]\nallow_changes = ["ignores"]\n')
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    by_ignore(branch)
    branch.commit()
    _, result = check(branch)
    (one,) = result["loosened"]
    assert one["kind"] == "ignores"
    assert "base" in one["allowed"]
    assert {f["suppressed"] for f in result["findings"] if f["finding"]["code"] == "LIC003"} == {
        "ignored"
    }


def test_approvals_are_read_from_the_base(branch: Checkout) -> None:
    branch.write(".github/workflows/gate.yml", "# provenance\n")
    branch.commit()
    (one,) = check(branch)[1]["loosened"]
    branch.git("stash", "-q") if branch.git("status", "--porcelain") else None
    branch.git("checkout", "-q", "main")
    branch.write("pyproject.toml", '[tool.provenance.check]\napprovals = "approved.txt"\n')
    branch.write("approved.txt", f"{one['fingerprint']}  # by the owner of the gate\n")
    branch.commit()
    branch.git("checkout", "-q", "feature")
    branch.git("rebase", "-q", "main")
    code, result = check(branch)
    assert code == Exit.OK
    assert result["loosened"][0]["allowed"] == "approved in approved.txt"


def test_a_copied_ignore_excuses_one_place_only(branch: Checkout) -> None:
    line = "load_dataset('org/none')  # provenance: ignore[LIC003,COV001,LIC008] agreed\n"
    branch.git("checkout", "-q", "main")
    branch.write("train.py", LOAD + line)
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("train.py", LOAD + "x = 1\n" + line)
    branch.commit()
    assert check(branch)[1]["loosened"] == []
    branch.write("train.py", LOAD + line + line)
    branch.commit()
    assert kinds(check(branch)[1]) == ["ignores"]


def test_a_stricter_policy_loosens_nothing(branch: Checkout) -> None:
    branch.write("provenance.yaml", POLICY + "licenses:\n  deny: [MIT]\n")
    branch.commit()
    code, result = check(branch)
    assert kinds(result) == []
    assert code == Exit.VIOLATED


def edited(text: str) -> str:
    """A lock in which the unlicensed set was made to look licensed."""
    text = re.sub(
        r'(?s)(key = "datasets/org/none".*?)state = "none"', r'\1state = "explicit"', text
    )
    text = text.replace('concluded = "NONE"', 'concluded = "MIT"')
    return re.sub(r"(?s)findings = \[\n.*?\n\]", "findings = []", text).replace(
        'verdict = "incomplete"', 'verdict = "pass"'
    )


def test_a_lock_edited_by_hand(branch: Checkout) -> None:
    branch.run("lock")
    branch.git("checkout", "-q", "main")
    branch.run("lock")
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("train.py", BAD)
    branch.run("lock")
    path = branch.root / "provenance.lock"
    path.write_text(edited(path.read_text()))
    branch.commit()
    code, out = branch.check("--locked", "--format", "json", "--diff-base", "main", snapshot=False)
    codes = {f["finding"]["code"] for f in json.loads(out)["findings"] if not f["suppressed"]}
    assert code == Exit.VIOLATED
    assert {"LCK005", "LCK006"} <= codes
    assert branch.check("--locked", snapshot=False)[0] == Exit.VIOLATED


def test_a_new_digest_does_not_excuse_a_verdict(branch: Checkout) -> None:
    from provenance.checking.lock import Lock, digest_of, edits_of, read_lock
    from provenance.policy import load_policy
    from provenance.report.finding import Verdict

    branch.write("train.py", BAD)
    branch.run("lock")
    lock = read_lock((branch.root / "provenance.lock").read_bytes(), "lock")
    policy = load_policy(None, branch.root)
    assert edits_of(lock, policy) == []
    import dataclasses

    tampered = dataclasses.replace(
        lock,
        repository=tuple(
            dataclasses.replace(j, findings=(), verdict=Verdict.PASS) for j in lock.repository
        ),
    )
    tampered = dataclasses.replace(tampered, digest=digest_of(tampered))
    assert isinstance(tampered, Lock)
    assert "datasets/org/none: LIC003 follows from its license" in edits_of(tampered, policy)


def test_a_baseline_says_what_it_accepts(branch: Checkout) -> None:
    by_baseline(branch)
    entries = json.loads((branch.root / "provenance.baseline.json").read_text())["findings"]
    assert {e["about"] for e in entries} == {"datasets/org/none"}
    assert all(e["message"] and e["code"] for e in entries)


def test_the_policy_above_a_folder_holds_at_the_base_too(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("sub/train.py", GOOD)
    branch.write("provenance.yaml", POLICY + "licenses:\n  deny: [MIT]\n")
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("provenance.yaml", POLICY)
    branch.commit()
    branch.root = branch.root / "sub"
    code, result = check(branch)
    assert (code, kinds(result)[0]) == (Exit.VIOLATED, "policy")
    assert result["references"][0]["file"] == "sub/train.py"


def test_every_field_of_a_policy_is_compared() -> None:
    """A new field must be compared in ``loosened_policy`` (or decide nothing), then named here."""
    from dataclasses import fields

    from provenance.policy import Policy

    compared = {
        "use", "terms", "role_terms", "check_subject", "check_inherited", "levels", "thresholds",
        "shares", "grace", "count_unexamined", "exceptions", "clarifications", "settings",
        "profiles", "own_rules",
    }  # fmt: skip
    decides_nothing = {
        "name", "sha256", "tests", "document", "origins", "directory",
        "categories",  # already expanded in every list
    }  # fmt: skip
    assert {f.name for f in fields(Policy)} == compared | decides_nothing


def test_a_policy_that_rests_on_other_files_is_read_at_the_base(branch: Checkout) -> None:
    """Its exception names evidence by digest: without that file the base would have no policy."""
    import hashlib

    paper = b"an agreement"
    resting = EXCEPTION.format(rule="LIC003").replace("org/none", "org/other") + (
        f"    evidence: {{file: legal/paper.txt, sha256: {hashlib.sha256(paper).hexdigest()}}}\n"
    )
    branch.git("checkout", "-q", "main")
    branch.write("legal/paper.txt", paper)
    branch.write("provenance.yaml", POLICY + resting)
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("train.py", BAD)
    branch.write("provenance.yaml", POLICY + resting + EXCEPTION.format(rule="LIC003")[12:])
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["exceptions"])

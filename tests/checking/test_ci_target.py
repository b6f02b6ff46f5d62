"""A change is compared with the branch that the CI names, by that branch's policy of today."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.checking.conftest import Checkout
from tests.checking.test_self_excuse import BAD, EXCEPTION, GOOD, LOAD, POLICY, check, kinds

from provenance.checking.ci_target import BRANCHES, CiTarget, target_in
from provenance.checking.codes import own_finding
from provenance.checking.judging import against_base, with_baseline
from provenance.cli.exits import Exit
from provenance.report.finding import fingerprint

STRICT = POLICY + "licenses:\n  deny: [MIT]\n"
IGNORED = "  # provenance: ignore[LIC003,COV001,LIC008] agreed\n"


@pytest.fixture
def branch(checkout: Checkout) -> Checkout:
    checkout.write("train.py", GOOD)
    checkout.write("provenance.yaml", POLICY)
    checkout.commit("clean")
    checkout.git("update-ref", "refs/remotes/origin/main", "main")
    checkout.git("checkout", "-q", "-b", "feature")
    return checkout


def on_main(branch: Checkout, name: str, text: str) -> None:
    branch.git("checkout", "-q", "main")
    branch.write(name, text)
    branch.commit()
    branch.git("update-ref", "refs/remotes/origin/main", "main")
    branch.git("checkout", "-q", "feature")


@pytest.mark.parametrize("variable", BRANCHES)
def test_a_base_of_the_change_itself(
    branch: Checkout, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    branch.write("train.py", BAD)
    branch.commit()
    branch.commit("another")
    azure = "refs/heads/" if variable.startswith("SYSTEM") else ""
    monkeypatch.setenv(variable, f"{azure}main")
    for given in ("HEAD", "HEAD~1"):
        assert branch.check("--diff-base", given, "--format", "json")[0] == Exit.USAGE
        assert f"no commit of 'main', which this change is to be merged into ({variable})" in (
            " ".join(branch.err.split())
        )
    for given in ("HEAD~2", "main", "origin/main"):
        assert branch.check("--diff-base", given, "--format", "json")[0] == Exit.VIOLATED


def test_a_local_branch_of_the_targets_name_is_not_the_target(
    branch: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch.write("train.py", BAD)
    branch.commit()
    branch.git("branch", "-f", "main", "HEAD")
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    assert branch.check("--diff-base", "main")[0] != Exit.OK
    assert branch.check("--diff-base", "HEAD")[0] == Exit.USAGE


def test_the_merge_of_a_pull_request(branch: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    branch.write("more.py", GOOD)
    branch.commit()
    on_main(branch, "other.py", GOOD)
    branch.git("merge", "-q", "--no-edit", "main")
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    assert branch.check("--diff-base", "origin/main")[0] == Exit.OK
    assert branch.check("--diff-base", "HEAD^2")[0] == Exit.OK


@pytest.mark.parametrize("target", ["gone", "-x"])
def test_a_branch_that_was_not_fetched_shows_nothing(
    branch: Checkout, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    monkeypatch.setenv("GITHUB_BASE_REF", target)
    assert branch.check("--diff-base", "HEAD")[0] == Exit.OK


def test_what_gitlab_says(branch: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """A branch fetched long ago is behind the commit that GitLab names: both are of the target."""
    on_main(branch, "other.py", GOOD)
    branch.git("merge", "-q", "--no-edit", "main")
    branch.git("update-ref", "refs/remotes/origin/main", "main~1")
    monkeypatch.setenv("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")
    monkeypatch.setenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", branch.git("rev-parse", "main"))
    assert branch.check("--diff-base", branch.git("rev-parse", "main"))[0] == Exit.OK
    branch.write("train.py", BAD)
    branch.commit()
    assert branch.check("--diff-base", "HEAD")[0] == Exit.USAGE


def test_no_pull_request() -> None:
    assert target_in({"GITHUB_BASE_REF": "", "CI": "true"}) is None
    assert target_in({"CHANGE_TARGET": "x"}) == CiTarget("CHANGE_TARGET", "x")


def test_a_policy_that_became_stricter_on_the_target(branch: Checkout) -> None:
    on_main(branch, "provenance.yaml", STRICT)
    branch.write("notes.md", "x\n")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])  # what main has, it has
    branch.write("more.py", LOAD + "load_dataset('org/mit')\nload_dataset('org/research')\n")
    branch.write("train.py", "x = 1\n")
    branch.commit()
    code, result = check(branch)
    assert code == Exit.VIOLATED
    branch.write("more.py", "x = 1\n")
    branch.commit()
    assert check(branch)[0] == Exit.OK


def test_a_set_that_only_the_policy_of_today_denies(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("train.py", "x = 1\n")
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("more.py", GOOD)
    branch.commit()
    assert check(branch)[0] == Exit.OK
    on_main(branch, "provenance.yaml", STRICT)
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, [])


def test_a_policy_that_was_eased_on_the_target(branch: Checkout) -> None:
    on_main(branch, "provenance.yaml", POLICY + EXCEPTION.format(rule="LIC003"))
    branch.write("train.py", BAD)
    branch.commit()
    assert check(branch)[0] == Exit.VIOLATED


def with_ignore(branch: Checkout, line: str) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("train.py", LOAD + line + IGNORED)
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")


def test_an_ignore_of_data_for_evaluation_is_none_of_training(branch: Checkout) -> None:
    with_ignore(branch, "load_dataset('org/none', split='test')")
    branch.write("train.py", LOAD + "load_dataset('org/none', split='train')" + IGNORED)
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["ignores"])


def test_an_ignore_that_moves_with_its_line(branch: Checkout) -> None:
    line = "load_dataset('org/none')"
    with_ignore(branch, line)
    branch.write("train.py", "x = 1\n" * 20)
    branch.write("lib/data.py", "y = 1\n" * 20 + LOAD + line + IGNORED)
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])
    branch.write("train.py", LOAD + line + IGNORED)
    branch.commit()
    assert kinds(check(branch)[1]) == ["ignores"]


def test_an_approved_ignore_is_for_one_set(branch: Checkout) -> None:
    marks = []
    for name in ("org/none", "org/research"):
        branch.write("train.py", f"{LOAD}load_dataset('{name}'){IGNORED}")
        branch.commit()
        marks += [one["fingerprint"] for one in check(branch)[1]["loosened"]]
    assert len(set(marks)) == 2


def test_what_finds_more_makes_no_old_debt_new(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("pyproject.toml", '[tool.provenance.check]\nexclude = ["lab/", "tests/"]\n')
    branch.write("lab/a.py", BAD)
    branch.write("more.py", "import ours\nours.get('org/none')\n")
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("pyproject.toml", '[tool.provenance.check]\nexclude = ["tests/"]\n')
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])
    call = '{"name": "ours.get", "kind": "dataset", "position": 0, "keyword": "n"}'
    rules = f'{{"version": 1, "calls": [{call}]}}'
    branch.write("rules.json", rules)
    settings = '[tool.provenance.check]\nexclude = ["tests/"]\nrules = "rules.json"\n'
    branch.write("pyproject.toml", settings)
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, []), branch.err
    branch.write("lab/a.py", BAD + "load_dataset('org/research')\n")
    branch.commit()
    assert check(branch)[0] == Exit.VIOLATED


def test_a_pin_of_an_accepted_set() -> None:
    plain = own_finding("CHK002", "said", target="datasets/org/none", file="a.py")
    mark = fingerprint("CHK002", "datasets/org/none", plain.finding.fingerprint)
    pinned = replace(plain, target="datasets/org/none@abc", fingerprint="1")
    before = replace(plain, fingerprint=mark)
    other = replace(pinned, target="datasets/org/other@abc")
    assert [f.counts for f in with_baseline([pinned, other], frozenset({mark}))] == [False, True]
    assert [f.counts for f in against_base([pinned, other], [before])] == [False, True]
    assert [f.counts for f in against_base([before], [pinned])] == [True]

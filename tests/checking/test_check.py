"""``check``, ``lock`` and ``baseline`` from argument to exit code."""

from __future__ import annotations

import datetime
import json
import os
import tomllib
from pathlib import Path

import pytest
from tests.checking.conftest import Checkout

from provenance.cli.exits import Exit

LOAD = "from datasets import load_dataset\n"


def findings(out: str) -> list[tuple[str, str, int]]:
    found = json.loads(out)["findings"]
    return [
        (f["finding"]["code"], f["file"], f["line"])
        for f in found
        if not f["suppressed"] and f["finding"]["severity"] != "note"
    ]


def codes(out: str) -> set[str]:
    return {code for code, _, _ in findings(out)}


def test_nothing_to_find(checkout: Checkout) -> None:
    checkout.write("a.py", "print(1)\n")
    checkout.write("b.py", "x = 2\n")
    checkout.commit()
    code, out = checkout.check("--format", "concise", snapshot=False)
    assert code == Exit.OK
    assert "0 references to 0 repositories in 2 files, 0 findings" in out


def test_an_allowed_reference_passes(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + "load_dataset('org/mit')\n")
    checkout.commit()
    code, out = checkout.check("--format", "json")
    assert code == Exit.OK
    (reference,) = json.loads(out)["references"]
    assert reference == {
        "file": "a.py", "line": 2, "column": 14, "kind": "dataset", "id": "org/mit",
        "revision": None, "role": "training", "confidence": "certain",
        "how": "datasets.load_dataset", "place": "hub", "role_by": "default",
    }  # fmt: skip


def test_a_denied_reference_fails_at_its_line(checkout: Checkout) -> None:
    checkout.write("src/a.py", LOAD + "\nload_dataset('org/research')\n")
    checkout.commit()
    code, out = checkout.check("--format", "json")
    assert code == Exit.VIOLATED
    assert ("LIC001", "src/a.py", 3) in findings(out)
    code, out = checkout.check("--format", "json", "--exit-zero")
    assert code == Exit.OK


def test_evaluation_data_is_listed_and_not_counted(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + "load_dataset('org/research', split='test')\n")
    checkout.commit()
    code, out = checkout.check("--format", "json")
    assert code == Exit.OK
    (target,) = json.loads(out)["targets"]
    assert (target["key"], target["audited"]) == ("datasets/org/research", False)


def test_names_come_through_the_projects_own_imports(checkout: Checkout) -> None:
    checkout.write("src/pkg/__init__.py", "from .names import N\n")
    checkout.write("src/pkg/names.py", "\nN = 'org/research'\n\nclass C:\n    X = 1\n")
    checkout.write("run.py", LOAD + "from pkg import N, missing\nload_dataset(N)\n")
    checkout.write("other.py", LOAD + "import gone\nload_dataset(gone.N)\n")
    checkout.commit()
    _, out = checkout.check("--format", "json")
    (reference,) = json.loads(out)["references"]
    assert (reference["file"], reference["line"]) == ("src/pkg/names.py", 2)
    assert [n["file"] for n in json.loads(out)["notes"]] == ["other.py"]


def test_attributes_of_imported_modules_and_classes(checkout: Checkout) -> None:
    checkout.write("consts.py", "N = 'org/mit'\nclass C:\n    M = 'org/clean'\nf = 1\n")
    checkout.write(
        "a.py",
        LOAD + "import consts\nfrom consts import C, f\nload_dataset(consts.N)\n"
        "A.from_pretrained(C.M)\nA.from_pretrained(f.M)\nA.from_pretrained(C.Q)\n",
    )
    checkout.commit()
    _, out = checkout.check("--format", "json")
    found = json.loads(out)
    assert [(r["file"], r["line"], r["id"]) for r in found["references"]] == [
        ("consts.py", 1, "org/mit"), ("consts.py", 3, "org/clean"),
    ]  # fmt: skip
    assert len(found["notes"]) == 2


def test_a_folder_of_the_repository_is_no_id(checkout: Checkout) -> None:
    checkout.write("org/mit/x.txt", "x")
    checkout.write("a.py", LOAD + "load_dataset('org/mit')\n")
    checkout.commit()
    assert json.loads(checkout.check("--format", "json")[1])["references"] == []


def test_one_use_for_training_counts(checkout: Checkout) -> None:
    code = "N = 'org/mit'\nload_dataset(N, split='test')\nload_dataset(N, split='train')\n"
    checkout.write("a.py", LOAD + code)
    checkout.commit()
    (reference,) = json.loads(checkout.check("--format", "json")[1])["references"]
    assert reference["role"] == "training"


EXCEPTION = """
version: 1
extends: builtin:default@1
exceptions:
  - rule: {rule}
    subject: {subject}
    reason: licensed-separately
    comment: a contract
    owner: legal@example.org
    expires: 2027-01-01
"""


def test_exceptions_of_the_policy_hold(checkout: Checkout) -> None:
    text = EXCEPTION.format(rule="LIC001", subject="datasets/org/research")
    checkout.write("provenance.yaml", text)
    checkout.write("a.py", LOAD + "load_dataset('org/research')\nload_dataset('org/mit')\n")
    checkout.commit()
    found = json.loads(checkout.check("--format", "json")[1])["findings"]
    waived = [f for f in found if f["suppressed"] == "waived"]
    assert [(f["finding"]["code"], f["reason"]) for f in waived] == [("LIC001", "a contract")]
    assert not [f for f in found if f["finding"]["code"].startswith("POL")]
    assert "waived: a contract" in checkout.check("--all")[1]


def test_an_exception_that_matches_nothing_is_said_once(checkout: Checkout) -> None:
    checkout.write("provenance.yaml", EXCEPTION.format(rule="LIC001", subject="datasets/no/such"))
    checkout.write("a.py", LOAD + "load_dataset('org/research')\nload_dataset('org/mit')\n")
    checkout.commit()
    found = json.loads(checkout.check("--format", "json")[1])["findings"]
    about = [f for f in found if f["finding"]["code"].startswith("POL")]
    assert [f["target"] for f in about] == ["provenance.yaml"]


def test_a_source_that_fails_is_no_pass(checkout: Checkout) -> None:
    checkout.write("a.py", "A.from_pretrained('org/silent', revision='not/../one')\n")
    checkout.commit()
    assert checkout.check()[0] in {Exit.VIOLATED, Exit.INCOMPLETE}


def test_data_from_elsewhere_is_no_pass(checkout: Checkout) -> None:
    checkout.write("a.py", "import tensorflow_datasets as tfds\ntfds.load('no_such_set_here')\n")
    checkout.commit()
    code, out = checkout.check("--format", "json")
    assert (code, codes(out)) == (Exit.INCOMPLETE, {"CHK002"})


def test_data_from_elsewhere_that_the_catalogue_knows(checkout: Checkout) -> None:
    checkout.write("a.py", "from torchvision import datasets\ndatasets.CIFAR10('x')\n")
    checkout.commit()
    _, out = checkout.check("--format", "json")
    (target,) = json.loads(out)["targets"]
    assert (target["key"], target["audited"]) == ("torchvision:CIFAR10", True)


def test_unreadable_files_are_counted(checkout: Checkout) -> None:
    checkout.write("syntax.py", "def f(:\n")
    checkout.write("binary.py", b"\x00\x01")
    checkout.write("huge.py", b"#" * 5_000_001)
    checkout.commit()
    code, out = checkout.check("--format", "json")
    assert code == Exit.INCOMPLETE
    assert findings(out) == [
        ("CHK001", "binary.py", 1), ("CHK001", "huge.py", 1), ("CHK001", "syntax.py", 1),
    ]  # fmt: skip
    assert "3 files not searched" in checkout.check("--format", "concise")[1]
    code, _ = checkout.check("--allow-unreadable")
    assert code == Exit.OK
    assert checkout.err.count("not") >= 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_files_without_permission(checkout: Checkout) -> None:
    checkout.write("a.py", "x = 1\n")
    checkout.commit()
    (checkout.root / "a.py").chmod(0)
    code, out = checkout.check("--format", "json")
    assert (code, codes(out)) == (Exit.INCOMPLETE, {"CHK001"})


def test_what_is_searched(checkout: Checkout) -> None:
    bad = LOAD + "load_dataset('org/research')\n"
    checkout.write("tests/test_a.py", bad)
    checkout.write("mine/gen.py", bad)
    checkout.commit()
    checkout.write("untracked.py", bad)

    def files(*arguments: str) -> set[str]:
        out = checkout.check("--format", "json", *arguments)[1]
        return {r["file"] for r in json.loads(out)["references"]}

    assert files() == {"mine/gen.py"}
    assert files("--exclude", "mine/**") == set()
    assert files("--no-default-excludes") == {"mine/gen.py", "tests/test_a.py"}
    assert files("--untracked") == {"mine/gen.py", "untracked.py"}
    assert "1 file excluded" in checkout.check("--format", "concise")[1]
    checkout.write("pyproject.toml", '[tool.provenance.check]\nexclude = ["mine/"]\n')
    assert files() == {"tests/test_a.py"}


def test_a_users_own_rules(checkout: Checkout) -> None:
    rule = {"name": "ours.fetch", "kind": "dataset", "position": 0, "keyword": "name"}
    checkout.write("rules.json", json.dumps({"version": 1, "calls": [rule]}))
    checkout.write("pyproject.toml", '[tool.provenance.check]\nrules = "rules.json"\n')
    checkout.write("a.py", "import ours\nours.fetch('org/research')\n")
    checkout.commit()
    assert checkout.check()[0] == Exit.VIOLATED


@pytest.mark.parametrize(
    ("name", "text", "arguments"),
    [
        ("pyproject.toml", "[tool.provenance.check]\nexcludes = []\n", ()),
        ("pyproject.toml", "[tool.provenance.check]\nexclude = 'x'\n", ()),
        ("rules.json", "{", ("--rules",)),
        ("rules.json", '{"version": 2}', ("--rules",)),
        ("x", "", ("--rules", "no-such-file")),
        ("provenance.lock", "=", ("--locked",)),
        ("provenance.lock", "version = 1", ("--locked",)),
        ("provenance.lock", "version = 3\npolicy = ''\npolicy_name = ''", ("--locked",)),
        ("provenance.baseline.json", "{", ()),
        ("provenance.baseline.json", '{"version": 3}', ()),
        ("x", "", ("--locked",)),
        ("x", "", ("--format", "nonsense")),
        ("x", "", ("--diff-base", "no-such-branch")),
        ("x", "", ("--diff-base", "--output=x")),
    ],
)
def test_unusable_settings(
    checkout: Checkout, name: str, text: str, arguments: tuple[str, ...]
) -> None:
    checkout.write(name, text)
    checkout.commit()
    if arguments == ("--rules",):
        arguments = ("--rules", str(checkout.root / name))
    code, _ = checkout.check(*arguments)
    assert code == Exit.USAGE
    assert "Traceback" not in checkout.err


def test_a_folder_that_is_no_repository(tmp_path: Path, checkout: Checkout) -> None:
    checkout.root = tmp_path / "plain"
    checkout.write("a.py", LOAD + "load_dataset('org/research')\n")
    assert checkout.check()[0] == Exit.VIOLATED
    assert checkout.check("--diff-base", "main")[0] == Exit.USAGE
    checkout.root = tmp_path / "none"
    assert checkout.check()[0] == Exit.USAGE


IGNORED = "load_dataset('org/research')  # provenance: ignore[LIC001, LIC011, LIC014] {}\n"


def test_ignores_need_a_reason(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + IGNORED.format("research prototype only"))
    checkout.commit()
    _, out = checkout.check("--format", "json")
    held = [f for f in json.loads(out)["findings"] if f["suppressed"] == "ignored"]
    assert {f["finding"]["code"] for f in held} >= {"LIC001"}
    assert {f["reason"] for f in held} == {"research prototype only"}
    assert "LIC001" not in codes(out)
    checkout.write("a.py", LOAD + IGNORED.format(""))
    _, out = checkout.check("--format", "json")
    assert {"LIC001", "CHK003"} <= codes(out)


def test_an_ignore_holds_for_its_place_only(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + IGNORED.format("why") + "load_dataset('org/research')\n")
    checkout.commit()
    _, out = checkout.check("--format", "json")
    assert ("LIC001", "a.py", 3) in findings(out)


def test_an_ignore_of_nothing_is_reported(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + "load_dataset('org/mit')  # provenance: ignore[LIC001] why\n")
    checkout.commit()
    code, out = checkout.check("--format", "json")
    assert (code, findings(out)) == (Exit.OK, [("CHK004", "a.py", 2)])


def test_the_lock_answers_without_a_network(checkout: Checkout) -> None:
    checkout.write(
        "a.py", LOAD + "load_dataset('org/research')\nA.from_pretrained('org/lacking')\n"
    )
    checkout.commit()
    assert checkout.run("lock")[0] == Exit.OK
    online, first = checkout.check("--format", "json")
    offline, second = checkout.check("--format", "json", "--locked", snapshot=False)
    assert (online, findings(first)) == (offline, findings(second))
    assert json.loads(first)["share"] == json.loads(second)["share"]
    locked = tomllib.loads((checkout.root / "provenance.lock").read_text())
    assert [r["key"] for r in locked["repository"]] == [
        "datasets/org/research", "models/org/lacking",
    ]  # fmt: skip
    before = (checkout.root / "provenance.lock").read_bytes()
    checkout.run("lock")
    assert (checkout.root / "provenance.lock").read_bytes() == before


def test_what_changed_since_the_lock(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + "load_dataset('org/mit')\nload_dataset('org/none')\n")
    checkout.commit()
    checkout.run("lock")
    (checkout.snapshot / "datasets/org/mit/README.md").write_text("---\nlicense: gpl-3.0\n---\n")
    (checkout.snapshot / "datasets/org/none/README.md").unlink()
    (checkout.snapshot / "datasets/org/none").rmdir()
    _, out = checkout.check("--format", "json")
    assert {("LCK001", "a.py", 2), ("LCK002", "a.py", 3)} <= set(findings(out))


def test_what_the_lock_does_not_hold(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + "load_dataset('org/mit')\n")
    checkout.commit()
    checkout.run("lock")
    checkout.write("a.py", LOAD + "load_dataset('org/mit')\nload_dataset('org/none')\n")
    code, out = checkout.check("--format", "json", "--locked", snapshot=False)
    assert (code, codes(out)) == (Exit.INCOMPLETE, {"LCK003"})
    checkout.write("provenance.yaml", "version: 1\nextends: builtin:default@1\nuse: [research]\n")
    _, out = checkout.check("--format", "json", "--locked", snapshot=False)
    assert codes(out) == {"LCK003", "LCK004"}


def test_the_baseline_accepts_what_is_there(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + "load_dataset('org/research')\n")
    checkout.commit()
    assert checkout.run("baseline", "prune")[0] == Exit.USAGE
    assert checkout.run("baseline", "write")[0] == Exit.OK
    path = checkout.root / "provenance.baseline.json"
    first = path.read_bytes()
    assert checkout.check()[0] == Exit.OK
    checkout.git("mv", "a.py", "b.py")
    checkout.write("b.py", LOAD + "\n\nload_dataset('org/research')\n")
    assert checkout.check()[0] == Exit.OK, "moves are no new debt"
    checkout.write("b.py", LOAD + "load_dataset('org/research')\nload_dataset('org/none')\n")
    code, out = checkout.check("--format", "json")
    assert code == Exit.VIOLATED
    assert {line for _, _, line in findings(out)} == {3}
    assert path.read_bytes() == first, "it never grows by itself"
    checkout.write("b.py", LOAD + "load_dataset('org/none')\n")
    checkout.run("baseline", "prune")
    assert json.loads(path.read_text())["findings"] == []
    checkout.run("baseline", "write")
    assert checkout.check()[0] == Exit.OK
    again = path.read_bytes()
    checkout.run("baseline", "write")
    assert path.read_bytes() == again


def test_several_formats_in_one_run(checkout: Checkout, tmp_path: Path) -> None:
    checkout.write("a.py", LOAD + "load_dataset('org/research')\n")
    checkout.commit()
    names = ["concise", "json", "sarif", "github", "gitlab", "junit", "markdown"]
    arguments = [part for n in names for part in (f"--{n}-output", str(tmp_path / n))]
    checkout.check(*arguments)
    for name in names:
        assert (tmp_path / name).read_text() == checkout.check("--format", name)[1]


def test_the_same_bytes_with_and_without_processes(checkout: Checkout) -> None:
    for number in range(310):
        checkout.write(f"m{number}.py", LOAD + "load_dataset('org/research')\n")
    checkout.commit()
    from provenance.checking.references.files import (
        DEFAULT_EXCLUDES,
        open_repository,
        tracked_files,
    )
    from provenance.checking.references.rules_files import load_rules
    from provenance.checking.references.search import DiskReader, scan_files

    paths = tracked_files(open_repository(checkout.root), everything=False)
    one, two = (
        scan_files(paths, DiskReader(checkout.root), load_rules(), DEFAULT_EXCLUDES, jobs)
        for jobs in (1, 2)
    )
    assert one == two
    assert len(one.references) == 310


def test_a_model_behind_an_api_is_judged_by_the_policy(checkout: Checkout) -> None:
    checkout.write("a.py", "JUDGE_MODEL = 'gpt-4o'\n")
    checkout.commit()
    assert codes(checkout.check("--format", "json")[1]) == {"LIN007"}
    checkout.write("provenance.yaml", "version: 1\nlineage: {api_model: error}\n")
    assert checkout.check()[0] == Exit.VIOLATED
    checkout.write(
        "provenance.yaml",
        "version: 1\nlineage: {api_model: error}\nexceptions:\n"
        "  - {rule: LIN007, subject: apis/gpt-4o, reason: legal-review, comment: read,\n"
        f"     owner: a@example.org, expires: {datetime.date.today() + datetime.timedelta(90)}}}\n",
    )
    code, out = checkout.check("--format", "json")
    assert code == Exit.OK
    assert [f["suppressed"] for f in json.loads(out)["findings"]] == ["waived"]

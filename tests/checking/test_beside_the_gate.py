"""What a change puts beside the gate: includes, installers, submodules, and paths left out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.checking.conftest import IDENTITY, Checkout
from tests.checking.test_self_excuse import BAD, GOOD, LOAD, POLICY, check, kinds

from provenance.cli import run
from provenance.cli.exits import Exit

WRAPPER = LOAD + "def fetch(name):\n    return load_dataset(name)\nfetch('org/mit')\n"
KNOWN = "tests/known.py"


@pytest.fixture
def branch(checkout: Checkout) -> Checkout:
    """A clean main branch whose gate is run with files beside it."""
    checkout.write("train.py", GOOD)
    checkout.write("loaders.py", WRAPPER)
    checkout.write("provenance.yaml", POLICY)
    checkout.write(KNOWN, LOAD + "load_dataset('org/none')\n")
    checkout.write("Makefile", "include ci/flags.mk\ngate:\n\tprovenance check $(FLAGS)\n")
    checkout.write("ci/flags.mk", "FLAGS = --diff-base main\nOTHER = 1\n")
    checkout.write("ci/gate.sh", '. "$(dirname "$0")/env.inc"\nprovenance check\n')
    checkout.write("ci/env.inc", "X=1\n")
    checkout.write("ci/requirements.txt", "provenance-audit==1.0\nruff\n")
    checkout.write("ci/constraints.txt", "ruff==1\n")
    checkout.write("uv.lock", '[[package]]\nname = "provenance-audit"\nversion = "1.0"\n')
    checkout.write("docs.txt", "read of provenance-audit\n")
    checkout.commit("clean")
    checkout.git("checkout", "-q", "-b", "feature")
    return checkout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ci/flags.mk", "FLAGS = --exclude train.py\nOTHER = 1\n"),
        ("ci/env.inc", "provenance() { true; }\n"),
        ("Makefile", "include x.mk ci/flags.mk\ngate:\n\tprovenance check $(FLAGS)\n"),
        ("ci/requirements.txt", "provenance-audit==0.1\nruff\n"),
        ("ci/requirements.txt", "--index-url https://example.org\nprovenance-audit==1.0\nruff\n"),
        ("ci/constraints.txt", "ruff==1\nprovenance-audit==0.1\n"),
        ("more/requirements.txt", "provenance-audit @ file:///mine\n"),
        ("uv.lock", '[[package]]\nname = "provenance-audit"\nversion = "0.1"\n'),
    ],
)
def test_what_stands_beside_the_gate(branch: Checkout, name: str, text: str) -> None:
    branch.write(name, text)
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["workflows"])
    assert result["loosened"][0]["file"] == name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ci/flags.mk", "FLAGS = --diff-base main\nOTHER = 2\n"),
        ("ci/requirements.txt", "provenance-audit==1.0\nruff==2\n"),
        ("ci/constraints.txt", "ruff==2\n"),
        ("docs.txt", "provenance-audit==0.1\n"),
        ("uv.lock", '[[package]]\nname = "provenance-audit"\nversion = "1.0"\n\n[[package]]\n'),
    ],
)
def test_what_does_not_change_the_gate(branch: Checkout, name: str, text: str) -> None:
    branch.write(name, text)
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])


SOURCES = [
    "[ -f ci/env.sh ] && . ci/env.sh",
    "test -f ci/env.sh || exit 1; source ./env.sh",
    "if [ -f ci/env.sh ]; then . ci/env.sh; fi",
    "set -a; source ci/env.sh; set +a",
    'for f in ci/*.sh; do . "$f"; done',
    "{ . ci/env.sh; } || true",
    ". ci/env.sh || true",
]


def with_source(branch: Checkout, line: str) -> None:
    """A base whose script has the line."""
    branch.git("checkout", "-q", "main")
    branch.write("ci/run.sh", f"{line}\nprovenance check\n")
    branch.write("ci/env.sh", "X=1\n")
    branch.write("ci/other.txt", "1\n")
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")


@pytest.mark.parametrize("line", SOURCES)
def test_what_a_script_reads_within_a_line(branch: Checkout, line: str) -> None:
    with_source(branch, line)
    branch.write("ci/env.sh", "provenance() { true; }\n")
    branch.write("ci/other.txt", "2\n")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["workflows"])
    assert result["loosened"][0]["file"] == "ci/env.sh"


@pytest.mark.parametrize("line", ["rm -f ci/*.txt; . ci/env.sh", "cat ci/other.txt; echo source"])
def test_what_a_line_names_beside_what_it_reads(branch: Checkout, line: str) -> None:
    with_source(branch, line)
    branch.write("ci/other.txt", "2\n")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])


def test_a_file_that_a_script_would_read_is_added(branch: Checkout) -> None:
    with_source(branch, ". ci/local.sh || true")
    branch.write("ci/local.sh", "provenance() { true; }\n")
    branch.write("ci/more.sh", "X=1\n")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["workflows"])
    said = "ci/local.sh, which ci/run.sh reads to run the gate, is added"
    assert result["loosened"][0]["what"] == said


def test_a_file_that_a_makefile_would_read_is_added(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("Makefile", "-include ci/*.mk\ngate:\n\tprovenance check $(FLAGS)\n")
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("ci/more.mk", "OTHER = 2\n")
    branch.commit()
    assert check(branch)[0] == Exit.OK
    branch.write("ci/more.mk", "FLAGS = --exclude train.py\n")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["workflows"])


ENTRY = '[[package]]\nname = "provenance-audit"\nversion = "1.0"\n'
RICH = '[[package]]\nname = "rich"\nversion = "13.0"\n'
SOURCE = '\n[package.source]\ntype = "legacy"\nurl = "https://pypi.org/simple"\n'
DEVELOPED = '[[package]]\nname = "x"\ndependencies = [{ name = "rich" }]\n\n[package.dev]\n'
PIPFILE = """{
    "_meta": {"hash": {"sha256": "a"}, "sources": [{"url": "https://pypi.org/simple"}]},
    "default": {
        "provenance-audit": {
            "index": "pypi",
            "version": "==1.0"
        },
        "rich": {
            "version": "==13.0"
        }
    }
}
"""
CONDA = """metadata:
  content_hash: a
package:
- name: provenance-audit
  version: '1.0'
  dependencies: {}
  url: https://pypi.org/p.whl
- name: rich
  version: '13.0'
  dependencies: {}
"""
PIXI = """version: 6
environments:
  default:
    packages:
      - pypi: https://pypi.org/provenance_audit-1.0.whl
      - pypi: https://pypi.org/rich-13.0.whl
packages:
- pypi: https://pypi.org/provenance_audit-1.0.whl
  name: provenance-audit
  sha256: aa
- pypi: https://pypi.org/rich-13.0.whl
  name: rich
"""
LOCKS = {
    "poetry.lock": f'{RICH}\n{ENTRY}{SOURCE}\n[metadata]\ncontent-hash = "a"\n',
    "apart/uv.lock": f'{DEVELOPED}d = [{{ name = "provenance-audit" }}]\n\n{ENTRY}{RICH}',
    "Pipfile.lock": PIPFILE,
    "conda-lock.yml": CONDA,
    "pixi.lock": PIXI,
}


def with_lock(branch: Checkout, name: str, *changes: tuple[str, str]) -> tuple[int, list[str]]:
    """What a change of a lock comes to."""
    branch.git("checkout", "-q", "main")
    text = LOCKS[name]
    branch.write(name, text)
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    branch.write(name, text)
    branch.commit()
    code, result = check(branch)
    return code, [f"{one['kind']} {one['file']}" for one in result["loosened"]]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("poetry.lock", "https://pypi.org", "https://example.org"),
        ("poetry.lock", '"a"\n', '"a"\n\n[package.extra]\nurl = "https://example.org"\n'),
        ("poetry.lock", SOURCE, f"\n[[package.extra]]\n{SOURCE}"),
        ("apart/uv.lock", '"provenance-audit" }', '"provenance-audit", specifier = "<1" }'),
        ("apart/uv.lock", '"1.0"\n', '"1.0"\nsource = { url = "https://example.org" }\n'),
        ("Pipfile.lock", '"index": "pypi"', '"file": "https://example.org/p.whl"'),
        ("Pipfile.lock", "https://pypi.org", "https://example.org"),
        ("Pipfile.lock", '"==1.0"\n', '"==1.0"\n,"index": "mine"\n'),
        ("conda-lock.yml", "https://pypi.org", "https://example.org"),
        ("pixi.lock", "sha256: aa", "sha256: bb"),
    ],
)
def test_all_that_a_lock_says_of_the_package(
    branch: Checkout, name: str, old: str, new: str
) -> None:
    assert with_lock(branch, name, (old, new)) == (Exit.VIOLATED, [f"workflows {name}"])


@pytest.mark.parametrize("name", LOCKS)
def test_what_a_lock_says_of_others(branch: Checkout, name: str) -> None:
    changes = [("13.0", "14.0")]
    if '"a"' in LOCKS[name]:
        changes.append(('"a"', '"b"'))
    if name == "apart/uv.lock":
        changes.append(('[{ name = "rich" }]', '[{ name = "rich" }, { name = "ruff" }]'))
    assert with_lock(branch, name, *changes) == (Exit.OK, [])


def by_a_set_that_the_tests_name(branch: Checkout) -> None:
    branch.write("tests/more.py", LOAD + "load_dataset('org/none')\n")


def by_a_wrapper(branch: Checkout) -> None:
    branch.write("tests/more.py", "from loaders import fetch\nfetch('org/research')\n")


def by_size(branch: Checkout) -> None:
    branch.write("tests/more.py", BAD + "#" * 5_000_001)


def by_what_is_no_python(branch: Checkout) -> None:
    branch.write("tests/more.py", "print 'x'\n" + BAD)


WAYS = [by_a_set_that_the_tests_name, by_a_wrapper, by_size, by_what_is_no_python]


@pytest.mark.parametrize("way", WAYS, ids=[w.__name__ for w in WAYS])
def test_a_path_that_is_left_out(branch: Checkout, way: Callable[[Checkout], None]) -> None:
    way(branch)
    branch.commit()
    code, result = check(branch)
    # a file with lines that are no Python is read but for them: what it names is said, and that
    times = 2 if way is by_what_is_no_python else 1
    assert (code, kinds(result)) == (Exit.VIOLATED, ["paths"] * times)
    assert {one["file"] for one in result["loosened"]} == {"tests/more.py"}


def test_tests_that_only_move_or_name_what_is_licensed(branch: Checkout) -> None:
    branch.git("mv", KNOWN, "tests/moved.py")
    branch.write("tests/more.py", "from loaders import fetch\nfetch('org/mit')\n")
    branch.write("tests/data.json", json.dumps(["x" * 5_000_001]))
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])


def test_a_folder_of_the_sets_name_when_only_the_lock_is_read(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    assert branch.run("lock")[0] == Exit.OK
    branch.commit("lock")
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("train.py", BAD)
    branch.write("org/none/rows.txt", "a\n")
    branch.commit()
    code, out = branch.check("--format", "json", "--diff-base", "main", "--locked", snapshot=False)
    assert (code, kinds(json.loads(out))) == (Exit.VIOLATED, ["paths"])


@pytest.mark.parametrize("size", [2, 5_000_001])
def test_a_folder_of_the_sets_name_that_goes(branch: Checkout, size: int) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("org/none/w.py", "#" * size)
    branch.write("train.py", BAD)
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.git("rm", "-q", "org/none/w.py")
    branch.commit()
    code, result = check(branch)
    counting = {f["target"] for f in result["findings"] if not f["suppressed"]}
    assert (code, counting) == (Exit.VIOLATED, {"datasets/org/none"})


def test_a_file_too_large_to_search_that_stood_there(branch: Checkout) -> None:
    branch.git("checkout", "-q", "main")
    branch.write("large.py", "#" * 5_000_001)
    branch.commit()
    branch.git("checkout", "-q", "-B", "feature")
    branch.write("more.py", GOOD)
    branch.commit()
    code, result = check(branch)
    assert code == Exit.OK
    assert [f["suppressed"] for f in result["findings"] if f["file"] == "large.py"] == ["before"]
    branch.write("large.py", BAD + "#" * 5_000_001)
    branch.commit()
    assert check(branch)[0] != Exit.OK


def test_a_submodule_that_moves(branch: Checkout) -> None:
    other = branch.root.parent / "other"
    other.mkdir()
    git = ["git", "-c", "init.defaultBranch=main"]
    environment = {**IDENTITY, "PATH": "/usr/bin"}
    (other / "t.py").write_text(GOOD)
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *words], cwd=other, check=True, env=environment)
    branch.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), "lib")
    branch.commit()
    branch.git("branch", "-f", "main")
    for words in (["add", "-A"], ["commit", "-q", "--allow-empty", "-m", "y"]):
        subprocess.run([*git, *words], cwd=branch.root / "lib", check=True, env=environment)
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["paths"])
    assert "lib moves to" in result["loosened"][0]["what"]


def test_an_empty_folder_is_not_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(tmp_path)]) == Exit.NOTHING
    assert "holds no file and is no git repository" in capsys.readouterr().err
    (tmp_path / "a.py").write_text("x = 1\n")
    assert run(["check", "--format", "json", str(tmp_path)]) == Exit.OK
    result = json.loads(capsys.readouterr().out)
    assert (result["verdict"], result["nothing_to_check"]) == ("pass", True)


def test_what_is_checked_is_told_from_nothing(branch: Checkout) -> None:
    assert check(branch)[1]["nothing_to_check"] is False


@pytest.mark.parametrize("command", ["lock", "check"])
def test_a_snapshot_that_is_not_there(tmp_path: Path, command: str) -> None:
    (tmp_path / "work").mkdir()
    gone = str(tmp_path / "gone")
    assert run([command, str(tmp_path / "work"), "--snapshot", gone]) == Exit.USAGE


def test_a_model_that_could_not_be_read_is_not_said_to_declare_nothing(checkout: Checkout) -> None:
    checkout.write("t.py", "from transformers import AutoModel\nAutoModel.from_pretrained('a/b')\n")
    checkout.commit()
    _, out = checkout.check()
    assert "no training data is known: 1 model could not be read" in out
    _, out = checkout.check("--format", "json")
    assert (json.loads(out)["share"]["undeclared"], json.loads(out)["share"]["unread"]) == (1, 1)
    checkout.write(
        "t.py", "from transformers import AutoModel\nAutoModel.from_pretrained('org/silent')\n"
    )
    _, out = checkout.check()
    assert "no training data is declared: 1 model names no training data" in out


def test_who_reads_the_lock_is_told_to_write_it(checkout: Checkout) -> None:
    checkout.write("t.py", "from transformers import AutoModel\nAutoModel.from_pretrained('a/b')\n")
    checkout.commit()
    assert checkout.run("lock")[0] == Exit.OK
    _, out = checkout.check("--locked", snapshot=False)
    words = " ".join(out.split())
    assert "run `provenance lock` where it can" in words
    assert "The snapshot does not hold it" not in words

"""What of an edit of a file that runs the gate changes how it runs, and what does not."""

from __future__ import annotations

import pytest
from tests.checking.conftest import Checkout
from tests.checking.test_self_excuse import GOOD, POLICY, check, kinds

from provenance.checking.gate_runners import callers_of, script_items, workflow_items
from provenance.checking.loosened import Allowance
from provenance.cli.exits import Exit

GITHUB = """name: checks
on: pull_request
permissions: {contents: read}
env: {A: "1"}
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: ruff check
  gate:
    needs: lint
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: {fetch-depth: 0}
      - run: pip install provenance-audit
      - name: check
        run: provenance check --diff-base origin/main
      - run: echo done
"""
GITLAB = """stages: [test]
variables: {A: "1"}
.setup:
  before_script: [pip install provenance-audit]
.other:
  before_script: [pip install ruff]
lint:
  stage: test
  script: [ruff check]
gate:
  extends: .setup
  stage: test
  needs: [lint]
  script:
    - provenance check --diff-base "$CI_MERGE_REQUEST_DIFF_BASE_SHA"
"""
PRE_COMMIT = """repos:
  - repo: https://example.org/ruff
    rev: v1
    hooks: [{id: ruff}]
  - repo: https://example.org/provenance
    rev: v1
    hooks:
      - id: provenance-check
      - id: other
"""
AZURE = """trigger: [main]
pool: {vmImage: ubuntu-latest}
jobs:
  - job: lint
    steps: [{script: ruff check}]
  - job: gate
    steps:
      - checkout: self
      - script: provenance check --diff-base origin/main
        displayName: Check
      - task: PublishTestResults@2
"""
BITBUCKET = """image: python:3.12
pipelines:
  pull-requests:
    "**":
      - step: {name: lint, script: [ruff check]}
      - step:
          name: gate
          script: [provenance check]
  branches:
    main:
      - step: {script: [ruff check]}
"""
CALLER = """on: pull_request
jobs:
  lint: {steps: [{run: make lint}]}
  gate: {steps: [{run: make gate}]}
"""
FILES = {
    ".github/workflows/a.yml": GITHUB,
    ".gitlab-ci.yml": GITLAB,
    ".pre-commit-config.yaml": PRE_COMMIT,
    "azure-pipelines.yml": AZURE,
    "bitbucket-pipelines.yml": BITBUCKET,
    ".github/workflows/calls.yml": CALLER,
}
MAKE = """SHELL = /bin/bash
ARGS = --locked $(MORE)
MORE = .
D = main
OTHER = 1
gate: build
\tprovenance check --diff-base $(D) $(ARGS)
lint:
\truff check $(OTHER)
ci: lint gate
"""
SCRIPTS = {
    "Makefile": MAKE,
    "justfile": "d := 'main'\no := '1'\ngate:\n    provenance check --diff-base {{d}}\n"
    "l:\n    ruff\n",
    "tox.ini": "[tox]\nenvlist = gate\n[base]\nd = main\n[testenv]\ndeps = pytest\n"
    "[testenv:gate]\ncommands = provenance check --diff-base {[base]d}\n"
    "[testenv:x]\ncommands = x\n",
    "noxfile.py": "import nox\nD = 'main'\nE = '1'\n@nox.session\ndef gate(session):\n"
    "    session.run('provenance', 'check', '--diff-base', D)\n"
    "@nox.session\ndef lint(session):\n    session.run('ruff', E)\n",
    "pyproject.toml": "[tool.poe.tasks]\nlint = 'ruff'\n[tool.poe.tasks.gate]\n"
    "cmd = 'provenance check'\n",
    "package.json": '{"scripts": {"lint": "ruff", "gate": "provenance check"}}',
    "Dockerfile": "ENV D=main\nENV E=1\nRUN provenance check --diff-base $D\n",
    "compose.yaml": "services:\n  gate: {command: provenance check}\n  web: {image: x}\n",
}


def says(path: str, old: str, new: str) -> bool:
    """Whether an edit is said to change how the gate runs."""
    scripts = {name: text.encode() for name, text in SCRIPTS.items()}
    items = script_items if path in SCRIPTS else workflow_items
    more = () if path in SCRIPTS else (callers_of(scripts),)
    return bool(items({path: old.encode()}, {path: new.encode()}, Allowance(), *more))


CI_EDITS = [
    (".github/workflows/a.yml", "on: pull_request", "on: push"),
    (".github/workflows/a.yml", 'A: "1"', 'A: "1", PATH: x'),
    (".github/workflows/a.yml", "    needs: lint", "    continue-on-error: true"),
    (".github/workflows/a.yml", "    needs: lint", "    needs: lint\n    if: false"),
    (".github/workflows/a.yml", "  lint:\n", "  lint:\n    if: false\n"),
    (".github/workflows/a.yml", "origin/main", "HEAD"),
    (".github/workflows/a.yml", "origin/main", "origin/main || true"),
    (".github/workflows/a.yml", "origin/main", "origin/main; true"),
    (".github/workflows/a.yml", "run: pip", "run: echo x >> $GITHUB_ENV\n      - run: pip"),
    (".github/workflows/a.yml", "run: provenance", "working-directory: x\n        run: provenance"),
    (".github/workflows/a.yml", "checkout@v4\n        with", "checkout@0123abcd\n        with"),
    (".github/workflows/a.yml", "checkout@v4\n        with", "checkin@v4\n        with"),
    (".gitlab-ci.yml", "  needs: [lint]", "  allow_failure: true"),
    (".gitlab-ci.yml", "provenance-audit", "other"),
    (".gitlab-ci.yml", 'A: "1"', 'A: "1", D: HEAD'),
    (".gitlab-ci.yml", "stages:", "include: x.yml\nstages:"),
    (".pre-commit-config.yaml", "provenance-check", "provenance-check\n        verbose: true"),
    (".pre-commit-config.yaml", "provenance-check", "provenance-check\n        stages: [manual]"),
    (".pre-commit-config.yaml", "repos:", "exclude: .\nrepos:"),
    (".pre-commit-config.yaml", "provenance\n    rev: v1", "provenance\n    rev: v0"),
    ("azure-pipelines.yml", "        displayName: Check", "        continueOnError: true"),
    ("azure-pipelines.yml", "  - job: gate", "  - job: gate\n    condition: false"),
    ("bitbucket-pipelines.yml", "[provenance check]", "[provenance check || true]"),
    ("bitbucket-pipelines.yml", "          name: gate", "          condition: {changesets: x}"),
    (".github/workflows/calls.yml", "make gate", "make gate || true"),
    (".github/workflows/calls.yml", "make gate", "make ARGS=docs gate"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new"), CI_EDITS)
def test_edits_of_the_gates_job(path: str, old: str, new: str) -> None:
    assert old in FILES[path]
    assert says(path, FILES[path], FILES[path].replace(old, new))


HARMLESS = [
    (".github/workflows/a.yml", "lint", "style"),
    (".github/workflows/a.yml", "ruff check", "ruff check --fix"),
    (".github/workflows/a.yml", "checkout@v4", "checkout@v5.0.1"),
    (".github/workflows/a.yml", "contents: read", "contents: write"),
    (".github/workflows/a.yml", "echo done", "echo all"),
    (".github/workflows/a.yml", "name: check", "name: the check"),
    (".github/workflows/a.yml", "jobs:", "# said\njobs:"),
    (".github/workflows/a.yml", "{contents: read}", "\n  contents: read"),
    (".github/workflows/a.yml", "jobs:\n", "jobs:\n  more:\n    steps: [{run: x}]\n"),
    (".gitlab-ci.yml", "ruff check", "ruff format"),
    (".gitlab-ci.yml", "install ruff", "install ruff==1"),
    (".gitlab-ci.yml", "stages: [test]", "stages: [test, deploy]"),
    (".gitlab-ci.yml", "lint:\n", "more:\n  script: x\nlint:\n"),
    (".pre-commit-config.yaml", "ruff\n    rev: v1", "ruff\n    rev: v2"),
    (".pre-commit-config.yaml", "id: other", "id: another"),
    ("azure-pipelines.yml", "Check", "Check all"),
    ("azure-pipelines.yml", "ResultsFiles", "Files"),
    ("azure-pipelines.yml", "ruff check", "ruff format"),
    ("azure-pipelines.yml", "Results@2", "Results@3"),
    ("bitbucket-pipelines.yml", "ruff check", "ruff format"),
    (".github/workflows/calls.yml", "make lint", "make lint || true"),
]


@pytest.mark.parametrize(("path", "old", "new"), HARMLESS)
def test_edits_beside_the_gates_job(path: str, old: str, new: str) -> None:
    assert not says(path, FILES[path], FILES[path].replace(old, new))


@pytest.mark.parametrize(
    "text",
    [
        "jobs: {a: {steps: [{uses: actions/attest-build-provenance@v1}]}}",
        "jobs: {a: {steps: [{uses: docker/build-push-action@v6, with: {provenance: false}}]}}",
        "jobs: {a: {uses: slsa-framework/slsa-github-generator/x/generator_provenance.yml@v2}}",
        "a: npm publish --provenance\n",
        "a: cosign verify-attestation --type slsaprovenance check\n",
    ],
)
def test_the_word_alone_is_not_the_gate(text: str) -> None:
    assert not says(".github/workflows/release.yml", text, text + "\n# more\n")


@pytest.mark.parametrize(
    "text",
    [
        "a: [provenance, check]",
        "a: '\"$HOME/bin/provenance\" --quiet check'",
        "a: python -m provenance_audit check",
        "a: uvx provenance-audit@1.0 check",
        "a: docker run example.org/provenance:1.0 check",
        "jobs: {a: {steps: [{uses: owner/provenance@v1}]}}",
        "include: templates/provenance.gitlab-ci.yml",
        "a: |\n  provenance \\\n    check\n",
    ],
)
def test_ways_to_run_the_gate(text: str) -> None:
    assert says(".github/workflows/a.yml", text, text.replace("provenance", "true"))


SCRIPT_EDITS = [
    ("Makefile", "MORE = .", "MORE = docs"),
    ("Makefile", "D = main", "D=HEAD"),
    ("Makefile", "D = main", "D = main\nexport PATH := x:$(PATH)"),
    ("Makefile", "/bin/bash", "/bin/true"),
    ("Makefile", "lint:", "$(eval SHELL = true)\nlint:"),
    ("Makefile", "$(ARGS)\n", "$(ARGS) || true\n"),
    ("Makefile", "\tprovenance", "\t-provenance"),
    ("Makefile", "lint:", ".IGNORE:\nlint:"),
    ("Makefile", "lint:", "gate: D = HEAD\nlint:"),
    ("Makefile", "lint:", "gate:\n\ttrue\nlint:"),
    ("Makefile", "\tprovenance", "ifdef NEVER\n\tprovenance"),
    ("justfile", "'main'", "'HEAD'"),
    ("justfile", "d :=", "set shell := ['true']\nd :="),
    ("tox.ini", "d = main", "d = HEAD"),
    ("tox.ini", "[testenv:gate]", "[testenv:gate]\nchangedir = docs"),
    ("tox.ini", "[testenv:gate]", "[testenv:gate]\nignore_outcome = true"),
    ("tox.ini", "[testenv]", "[testenv]\nsetenv = A=1"),
    ("noxfile.py", "D = 'main'", "D = 'HEAD'"),
    ("noxfile.py", "D)", "D, success_codes=[0, 1])"),
    ("noxfile.py", "D)", "D)\n@nox.session\ndef gate(session):\n    pass\n"),
    ("noxfile.py", "import nox", "import nox\nnox.Session.run = print"),
    ("package.json", '"lint"', '"pregate": "sh x.sh", "lint"'),
    ("noxfile.py", "    session.run('prov", "    session.chdir('docs')\n    session.run('prov"),
    ("pyproject.toml", "check'", "check'\nignore_fail = true"),
    ("package.json", "provenance check", "provenance check || true"),
    ("Dockerfile", "D=main", "D=HEAD"),
    ("compose.yaml", "provenance check", "provenance check, working_dir: docs"),
]


@pytest.mark.parametrize(("path", "old", "new"), SCRIPT_EDITS)
def test_edits_of_what_the_gates_line_uses(path: str, old: str, new: str) -> None:
    assert old in SCRIPTS[path]
    assert says(path, SCRIPTS[path], SCRIPTS[path].replace(old, new, 1))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("Makefile", "OTHER = 1", "OTHER = 2"),
        ("Makefile", "ruff check", "ruff format"),
        ("Makefile", "ci: lint gate", "ci: lint gate test\ntest:\n\tpytest"),
        ("justfile", "'1'", "'2'"),
        ("justfile", "ruff", "ruff format"),
        ("tox.ini", "commands = x", "commands = y"),
        ("tox.ini", "deps = pytest", "deps = pytest<9"),
        ("tox.ini", "envlist = gate", "envlist = gate,x"),
        ("noxfile.py", "E = '1'", "E = '2'"),
        ("pyproject.toml", "'ruff'", "'ruff check'"),
        ("package.json", '"ruff"', '"ruff check"'),
        ("Dockerfile", "E=1", "E=2"),
        ("compose.yaml", "image: x", "image: y"),
    ],
)
def test_edits_of_the_rest_of_a_script(path: str, old: str, new: str) -> None:
    assert old in SCRIPTS[path]
    assert not says(path, SCRIPTS[path], SCRIPTS[path].replace(old, new))


@pytest.fixture
def branch(checkout: Checkout) -> Checkout:
    """A main branch with every file, and a branch of it."""
    for name, text in {**FILES, **SCRIPTS}.items():
        checkout.write(name, text)
    checkout.write("train.py", GOOD)
    checkout.write("provenance.yaml", POLICY)
    checkout.write("ci/env.sh", "X=1\n")
    checkout.write(".gitlab-ci.yml", GITLAB.replace("    - prov", "    - . ci/env.sh\n    - prov"))
    checkout.commit("clean")
    checkout.git("checkout", "-q", "-b", "feature")
    return checkout


def test_an_approval_is_for_one_edit(branch: Checkout) -> None:
    branch.write("Makefile", MAKE.replace("D = main", "D = other"))
    branch.commit()
    (first,) = check(branch)[1]["loosened"]
    branch.write("Makefile", MAKE.replace("D = main", "D = HEAD"))
    branch.commit()
    (second,) = check(branch)[1]["loosened"]
    assert first["what"] == second["what"]
    assert first["fingerprint"] != second["fingerprint"]


def test_a_file_that_a_step_reads(branch: Checkout) -> None:
    branch.write("ci/env.sh", "provenance() { true; }\n")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.VIOLATED, ["workflows"])
    assert result["loosened"][0]["file"] == "ci/env.sh"


def test_harmless_edits_of_all_at_once(branch: Checkout) -> None:
    branch.write("Makefile", MAKE.replace("OTHER = 1", "OTHER = 2"))
    branch.write(".github/workflows/a.yml", GITHUB.replace("  lint:\n", "  lint:\n    name: x\n"))
    branch.write(".github/workflows/release.yml", "uses: actions/attest-build-provenance@v1\n")
    branch.commit()
    code, result = check(branch)
    assert (code, kinds(result)) == (Exit.OK, [])


LOCAL = "pages:\n  script: [make html]\ndeploy:\n  script: [make deploy]\n"


@pytest.fixture
def included(checkout: Checkout) -> Checkout:
    """A branch of a project whose file of GitLab runs the gate and includes a local file."""
    checkout.write("train.py", GOOD)
    checkout.write("provenance.yaml", POLICY)
    checkout.write(".gitlab-ci.yml", f"include: [{{local: /ci/*.yml}}]\n{GITLAB}")
    checkout.write("ci/more.yml", LOCAL)
    checkout.commit("clean")
    checkout.git("checkout", "-q", "-b", "feature")
    return checkout


@pytest.mark.parametrize(
    ("name", "text", "listed"),
    [
        ("ci/more.yml", LOCAL + "gate: {script: ['true']}\n", True),
        ("ci/more.yml", LOCAL + ".setup: {before_script: ['alias provenance=true']}\n", True),
        ("ci/more.yml", "default: {before_script: ['true']}\n" + LOCAL, True),
        ("ci/new.yml", "gate: {allow_failure: true}\n", True),
        ("ci/more.yml", "a: [\n", True),
        ("ci/more.yml", LOCAL.replace("make html", "make site"), False),
        ("ci/new.yml", "lint: {script: ['true']}\n", False),
        ("other/new.yml", "gate: {allow_failure: true}\n", False),
    ],
)
def test_a_file_that_gitlab_includes(
    included: Checkout, name: str, text: str, listed: bool
) -> None:
    included.write(name, text)
    included.commit()
    code, result = check(included)
    assert (code, kinds(result)) == ((Exit.VIOLATED, ["workflows"]) if listed else (Exit.OK, []))

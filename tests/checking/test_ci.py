"""The hooks under the real pre-commit; the action's shell with GitHub's files faked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.checking.conftest import IDENTITY, Checkout

ROOT = Path(__file__).resolve().parents[2]
LOAD = "from datasets import load_dataset\n"
BIN = Path(sys.executable).parent


@pytest.fixture
def hooked(checkout: Checkout) -> Checkout:
    """A repository with this one's hooks, run by the installed command instead of an install."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    local = [{**hook, "language": "system"} for hook in hooks]
    local[0]["entry"] += f" --snapshot {checkout.snapshot}"
    config = {"repos": [{"repo": "local", "hooks": local}]}
    checkout.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    checkout.write("a.py", LOAD + "load_dataset('org/mit')\n")
    checkout.commit()
    return checkout


def pre_commit(checkout: Checkout, hook: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files", hook],
        cwd=checkout.root,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ, **IDENTITY, "PATH": f"{BIN}:{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(checkout.root.parent / "pre-commit"),
        },
    )  # fmt: skip
    return done.returncode, done.stdout


def test_the_hooks_run_under_pre_commit(hooked: Checkout) -> None:
    assert pre_commit(hooked, "provenance-check")[0] == 0
    assert "there is no provenance.lock" in pre_commit(hooked, "provenance-check-locked")[1]
    hooked.run("lock")
    assert pre_commit(hooked, "provenance-check-locked")[0] == 0
    hooked.write("provenance.lock", "")
    hooked.git("add", "-A")
    assert pre_commit(hooked, "provenance-check-locked")[0] != 0
    hooked.run("lock")
    hooked.write("a.py", LOAD + "load_dataset('org/research')\n")
    hooked.commit()
    code, out = pre_commit(hooked, "provenance-check")
    assert code == 1
    assert "a.py:2:14: error LIC001" in out


def test_the_hooks_are_valid_for_pre_commit() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"],
        check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0


def action() -> Any:
    return yaml.safe_load((ROOT / "action.yml").read_text())


def run_action(checkout: Checkout, **inputs: str) -> tuple[int, str, str, str]:
    """Exit code, stdout, step summary and outputs of the action's last step."""
    definition = action()
    step = definition["runs"]["steps"][-1]
    given = {name: spec["default"] for name, spec in definition["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    variables = {
        name: given[expression.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, expression in step["env"].items()
    }
    files = {n: checkout.root.parent / n for n in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    for file in files.values():
        file.write_text("")
    script = checkout.root.parent / "step.sh"
    script.write_text(step["run"])
    done = subprocess.run(
        ["bash", "-euo", "pipefail", str(script)],
        cwd=checkout.root,
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(checkout.root.parent),
            "RUNNER_TEMP": str(checkout.root.parent), **variables,
            **{name: str(file) for name, file in files.items()},
        },
    )  # fmt: skip
    return done.returncode, done.stdout, *(f.read_text() for f in files.values())  # type: ignore[return-value]


def test_the_action(checkout: Checkout) -> None:
    checkout.write("a.py", LOAD + "load_dataset('org/research')\n")
    checkout.commit()
    sarif = checkout.root.parent / "out.sarif"
    code, out, summary, outputs = run_action(
        checkout, snapshot=str(checkout.snapshot), diff_base="", sarif=str(sarif)
    )
    assert code == 1
    assert "::error file=a.py,line=2" in out
    assert summary.startswith("<!-- provenance-check -->")
    assert "exit-code=1\n" in outputs
    assert sarif.is_file()
    code, _, _, outputs = run_action(checkout, snapshot=str(checkout.snapshot), diff_base="HEAD")
    assert (code, outputs.splitlines()[0]) == (0, "exit-code=0")
    code, _, _, outputs = run_action(checkout, snapshot=str(checkout.snapshot), exit_zero="true")
    assert (code, outputs.splitlines()[0]) == (0, "exit-code=1")


@pytest.mark.parametrize("name", ["path", "policy", "diff_base", "snapshot", "sarif", "markdown"])
def test_inputs_of_the_action_run_nothing(checkout: Checkout, name: str) -> None:
    checkout.write("a.py", "x = 1\n")
    checkout.commit()
    inputs = {"snapshot": str(checkout.snapshot)} | {name: "$(touch pwned); `touch pwned` \"' x"}
    run_action(checkout, **inputs)
    assert not list(checkout.root.parent.rglob("pwned"))


def test_the_action_fails_plainly_on_usage_errors(checkout: Checkout) -> None:
    checkout.write("a.py", "x = 1\n")
    checkout.commit()
    code, _, summary, outputs = run_action(checkout, policy="no-such-policy")
    assert (code, summary, outputs.splitlines()[0]) == (2, "", "exit-code=2")


def test_no_expression_reaches_a_shell() -> None:
    for step in action()["runs"]["steps"]:
        assert "${{" not in step["run"]


def test_the_gitlab_template() -> None:
    template = yaml.safe_load((ROOT / "templates" / "provenance.gitlab-ci.yml").read_text())
    job = template["provenance-check"]
    assert "--gitlab-output gl-code-quality-report.json" in job["script"][0]
    assert job["artifacts"]["reports"]["codequality"] == "gl-code-quality-report.json"


@pytest.mark.parametrize("tool", ["uv", "pipx", "python3"])
def test_the_action_installs_beside_the_systems_python(tmp_path: Path, tool: str) -> None:
    """Under stand-ins that write down how they were called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("bash", "cat", "mkdir", "chmod"):
        (folder / name).symlink_to(Path("/bin") / name)
    record = f'echo "{tool} $*" >> {tmp_path}/calls\n'
    venv = 'mkdir -p "$3/bin"; ln -sf "$0" "$3/bin/pip"\n' if tool == "python3" else ""
    script = folder / tool
    script.write_text(f'#!/bin/bash\n{record}if [[ "$2" == venv ]]; then :; {venv or ":"}\nfi\n')
    script.chmod(0o755)
    (folder / "ln").symlink_to("/bin/ln")
    step = tmp_path / "step.sh"
    step.write_text(action()["runs"]["steps"][0]["run"])
    done = subprocess.run(
        ["/bin/bash", "-euo", "pipefail", str(step)], capture_output=True, text=True, check=False,
        env={
            "PATH": str(folder), "PROVENANCE_ACTION_INSTALL": "", "RUNNER_TEMP": str(tmp_path),
            "GITHUB_ACTION_PATH": "/the/action", "GITHUB_PATH": str(tmp_path / "path"),
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "/the/action" in (tmp_path / "calls").read_text()
    assert "pip install" not in (tmp_path / "calls").read_text() or tool == "pipx"


def scripts_of(name: str) -> list[str]:
    """Every script of a template, in order; each is one shell where the service makes it one."""
    text = (ROOT / "templates" / name).read_text()
    if name == "Jenkinsfile":
        return [line.strip()[4:-1] for line in text.splitlines() if line.strip().startswith("sh '")]
    tree = yaml.safe_load(text)
    if name.startswith("azure"):
        return [s["script"] for s in tree["jobs"][0]["steps"] if "script" in s]
    if "gitlab" in name:
        job = tree["provenance-check"]
        return ["\n".join([*job["before_script"], *job["script"]])]
    (step,) = tree["pipelines"]["pull-requests"]["**"]
    return ["\n".join(step["step"]["script"])]


def stand_ins(folder: Path) -> Path:
    """Programs that install, without a network: a virtual environment gets the command as it is."""
    folder.mkdir()
    for name in ("pip", "apt-get"):
        (folder / name).write_text("#!/bin/bash\nexit 0\n")
    (folder / "python3").write_text(
        '#!/bin/bash\n[[ "$1 $2" == "-m venv" ]] || exit 9\nmkdir -p "$3/bin"\n'
        f'ln -sf {folder}/pip "$3/bin/pip"\nln -sf {BIN}/provenance "$3/bin/provenance"\n'
    )
    for script in folder.iterdir():
        script.chmod(0o755)
    return folder


@pytest.fixture
def pull_request(checkout: Checkout) -> Checkout:
    """A branch that adds a set which the policy denies."""
    checkout.write("a.py", LOAD + "load_dataset('org/mit')\n")
    base = checkout.commit()
    checkout.git("update-ref", "refs/remotes/origin/main", base)
    checkout.git("checkout", "-q", "-b", "feature")
    checkout.write("a.py", LOAD + "load_dataset('org/mit')\nload_dataset('org/research')\n")
    checkout.commit()
    return checkout


def in_bash(checkout: Checkout, script: str, first: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=checkout.root, capture_output=True, text=True, check=False,
        env={
            "PATH": f"{first}:{BIN}:{os.environ['PATH']}", "HOME": str(checkout.root.parent),
            "AGENT_TEMPDIRECTORY": str(checkout.root.parent),
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": checkout.git("rev-parse", "origin/main"),
            "PROVENANCE_CHECK_SNAPSHOT": str(checkout.snapshot),
        },
    )  # fmt: skip


TEMPLATES = {
    "azure-pipelines.yml": ["provenance.junit.xml", "provenance.sarif"],
    "bitbucket-pipelines.yml": ["test-results/provenance.xml"],
    "Jenkinsfile": ["provenance.junit.xml"],
    "provenance.gitlab-ci.yml": ["gl-code-quality-report.json", "provenance.junit.xml"],
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_run_from_nothing(pull_request: Checkout, tmp_path: Path, name: str) -> None:
    """Every script of a job, in order, where nothing is installed and no folder is made."""
    *install, last = scripts_of(name)
    first = stand_ins(tmp_path / "stand-ins")
    for script in install:
        done = in_bash(pull_request, script, first)
        assert done.returncode == 0, done.stderr
    done = in_bash(pull_request, last, first)
    assert done.returncode == 1, done.stderr
    assert "a.py:3" in done.stdout
    for report in TEMPLATES[name]:
        assert (pull_request.root / report).stat().st_size > 100


def test_the_lines_of_the_page_run(pull_request: Checkout, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "ci.md").read_text()
    lines = [line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ ")]
    done = in_bash(pull_request, "\n".join(lines), stand_ins(tmp_path / "stand-ins"))
    assert done.returncode == 1, done.stderr
    assert (pull_request.root / "report.sarif").is_file()


def test_the_workflow_of_the_page_gives_only_inputs_there_are() -> None:
    text = (ROOT / "docs" / "ci.md").read_text()
    workflow = yaml.safe_load(text.split("```yaml\n")[1].split("```")[0])
    step = workflow["jobs"]["check"]["steps"][-1]
    assert set(step["with"]) <= set(action()["inputs"])
    assert workflow["jobs"]["check"]["steps"][0]["with"] == {"fetch-depth": 0}


def test_nothing_is_there_and_the_message_is_one_command(checkout: Checkout) -> None:
    """A repository that has never heard of a lock: what the hook says to run makes it pass."""
    checkout.write("a.py", LOAD + "load_dataset('org/mit')\n")
    checkout.commit()
    assert checkout.check("--locked", snapshot=False)[0] == 2
    assert "run `provenance lock` and commit the file" in checkout.err
    assert checkout.run("lock")[0] == 0
    assert checkout.check("--locked", snapshot=False)[0] == 0

"""Workflows, Makefiles and scripts that run the gate: what of an edit changes how it runs. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from provenance.checking.gate_parts import yaml_part
from provenance.checking.gate_recipes import recipe_part, targets
from provenance.checking.gate_words import called, runs
from provenance.checking.loosened import Allowance
from provenance.checking.references.script_words import INCLUDING, SOURCING
from provenance.report.checked import Loosened, Loosening

_CI = re.compile(
    r"\.github/(?:workflows|actions)/.+|\.gitlab-ci\.ya?ml|.+\.gitlab-ci\.ya?ml|"
    r"\.pre-commit-config\.yaml|(?:.+/)?azure-pipelines[^/]*\.ya?ml|\.azure/.+|"
    r"(?:.+/)?Jenkinsfile[^/]*|bitbucket-pipelines\.yml|\.circleci/.+|\.buildkite/.+|"
    r"\.drone\.yml|\.woodpecker.*|\.travis\.yml|\.forgejo/workflows/.+|\.gitea/workflows/.+"
)
"""Files that CI reads, from the top of the repository."""
RUNS_THE_GATE = (
    "provenance check", "provenance-check", 'provenance", "check', "provenance', 'check",
    "provenance-audit check", "provenance_audit check", 'provenance" check',
)  # fmt: skip
"""How a script names the gate: words to search a commit for."""
_FLAGS = re.compile(
    rb"^\s*(?:export\s+)?[\w.-]+\s*[:?+]{0,2}=.*--(?:allow-unreadable|as-of|diff-base|exclude|exit-zero|fail-on|no-default-excludes|policy|"
    rb"rules|snapshot)\b"
)
"""A variable of what the gate can be told, beside the line that runs it."""


def runs_the_gate(data: bytes) -> bool:
    """Whether a file runs or installs this program; the word alone does not make it the gate's."""
    return runs(_text(data))


def callers_of(scripts: Mapping[str, bytes]) -> re.Pattern[str] | None:
    """How a workflow runs what runs the gate: a script, an action, a target of make or tox."""
    ways = [way for path, data in sorted(scripts.items()) if runs_the_gate(data)
            for way in _ways(path, _text(data))]  # fmt: skip
    return re.compile("|".join(ways)) if ways else None


def _ways(path: str, text: str) -> list[str]:
    """Expressions for the words by which one file that runs the gate is run."""
    folder, _, name = path.rpartition("/")
    if re.fullmatch(r"action\.ya?ml", name) and folder:
        return [rf"\./{re.escape(folder)}(?![\w.-])"]
    if runs_in_ci(path):
        return [rf"(?<![\w-]){re.escape(path)}(?![\w.-])"] if folder else []
    if is_script(path, text.encode()):
        return [rf"(?<![\w.-]){re.escape(name)}(?![\w.-])"]
    known = {
        r"(?:make|gmake|just)": targets(path, text),
        r"tox": re.findall(r"(?m)^\[testenv:([\w.-]{1,80})\]", text),
        r"nox": re.findall(r"(?m)^def (\w{1,80})", text) if name == "noxfile.py" else [],
    }
    return [
        rf"\b{tool}\b[^\n;&|]{{0,200}}(?<![\w.-])(?:{'|'.join(map(re.escape, names))})(?![\w.-])"
        for tool, names in known.items()
        if names
    ]


def workflow_items(
    old: Mapping[str, bytes],
    new: Mapping[str, bytes | None],
    allow: Allowance,
    callers: re.Pattern[str] | None = None,
) -> list[Loosening]:
    """Files of CI that run the gate, where the change edits its job or what that inherits.

    Args:
        old: what the base has of them.
        new: what stands there now.
        allow: what the base lets a change loosen.
        callers: what else runs the gate.

    """
    items = []
    for path, data in sorted(old.items()):
        now = new.get(path)
        if now == data or not called(_text(data), callers):
            continue
        parts = [_yaml_of(path, text, callers) for text in (data, now)]
        if parts[0] is None or parts[0] != parts[1]:
            items.append(_edited(path, now, allow))
    return items


def _yaml_of(path: str, data: bytes | None, callers: re.Pattern[str] | None) -> object:
    if data is None or not path.endswith((".yml", ".yaml")):
        return None
    try:
        return yaml_part(path, data.decode("utf-8"), callers)
    except UnicodeDecodeError:
        return None


def script_items(
    old: Mapping[str, bytes], new: Mapping[str, bytes | None], allow: Allowance
) -> list[Loosening]:
    """Scripts that run the gate, and that the change edits: whole shell scripts, else its part."""
    items = []
    for path, data in sorted(old.items()):
        now = new.get(path) or b""
        same = now == data or (not is_script(path, data) and _same_part(path, data, now))
        if not same:
            items.append(_edited(path, new.get(path), allow))
    return items


def _same_part(path: str, old: bytes, new: bytes) -> bool:
    """Whether lines that run the gate stand as they did, with what they use and read."""
    return tells(old) == tells(new) and recipe_part(path, _text(old)) == recipe_part(
        path, _text(new)
    )


def _edited(path: str, now: bytes | None, allow: Allowance) -> Loosening:
    what = f"{path}, which runs the gate, {'is gone' if now is None else 'is edited'}"
    return allow.of(Loosened.WORKFLOWS, what, path, content=now or b"")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def is_script(path: str, data: bytes) -> bool:
    """Whether a file is a script of a shell: every line of it may decide what runs."""
    return path.endswith((".sh", ".bash", ".bat", ".ps1", ".cmd")) or (
        data.startswith(b"#!") and "." not in path.rpartition("/")[2]
    )


def tells(data: bytes) -> Counter[bytes]:
    """Variables that hold flags which the gate has, and what other files are read."""
    lines = (line.strip() for line in data.split(b"\n") if _FLAGS.search(line))
    return Counter([*lines, *includes_in(data)])


def includes_in(data: bytes) -> list[bytes]:
    """Lines by which a script or Makefile reads another file."""
    return [line.strip() for line in data.split(b"\n") if INCLUDES.search(line)]


def _any_of(words: Iterable[str]) -> bytes:
    return "|".join(map(re.escape, words)).encode()


INCLUDES = re.compile(
    rb"(?:^[ \t]{0,40}(?:%(including)s|"
    rb"(?:-[ \t]{1,20}){0,3}(?:[\w-]{1,80}:[ \t]{1,20})?[\"\']?(?:%(sourcing)s))|"
    rb"(?:&&|\|\||[;{(!]|\b(?:then|do|else|if))[ \t]{0,40}(?:%(sourcing)s))[ \t]+(?=[^\s=])"
    % {b"including": _any_of(INCLUDING), b"sourcing": _any_of(SOURCING)}
)
"""What reads another file: at the start of a line, or where a shell begins a command within it."""


def may_run_the_gate(path: str) -> bool:
    """Whether a file with the gate's command in it may be what runs it: no prose, no tests."""
    name = path.rpartition("/")[2]
    if name.endswith((".md", ".rst", ".txt", ".ipynb", ".html", ".adoc", ".lock")):
        return False
    return not name.endswith(".py") or name in {"noxfile.py", "tasks.py", "dodo.py", "fabfile.py"}


def runs_in_ci(path: str) -> bool:
    """Whether CI reads a file."""
    return _CI.fullmatch(path) is not None

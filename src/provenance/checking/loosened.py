"""What a change loosens about the gate itself, apart from its policy. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields

from provenance.checking.baseline import Baseline
from provenance.checking.codes import own_finding
from provenance.checking.gate import Judgement
from provenance.checking.loosened_policy import PolicyChange
from provenance.checking.references.rules import CallRule, Rules
from provenance.checking.references.script_words import INCLUDING, SOURCING
from provenance.checking.settings import SETTINGS_NAME, Settings
from provenance.frozen import frozen
from provenance.report.checked import (
    CheckFinding,
    InlineIgnore,
    Loosened,
    Loosening,
    UsedFor,
)
from provenance.report.finding import fingerprint

_CI = re.compile(
    r"\.github/(?:workflows|actions)/.+|\.gitlab-ci\.ya?ml|.+\.gitlab-ci\.ya?ml|"
    r"\.pre-commit-config\.yaml|(?:.+/)?azure-pipelines[^/]*\.ya?ml|\.azure/.+|"
    r"(?:.+/)?Jenkinsfile[^/]*|bitbucket-pipelines\.yml|\.circleci/.+|\.buildkite/.+|"
    r"\.drone\.yml|\.woodpecker.*|\.travis\.yml|\.forgejo/workflows/.+|\.gitea/workflows/.+"
)
"""Files that CI reads, from the top of the repository."""
_HIDING = (
    "builders", "local_heads", "placeholder_heads", "placeholder_names", "bare_words",
    "file_suffixes", "not_on_hub", "evaluation_words",
)  # fmt: skip
"""Lists of the rules that keep a string from being a reference, or from being counted."""
RUNS_THE_GATE = (
    "provenance check", "provenance-check", 'provenance", "check', "provenance', 'check",
)  # fmt: skip
"""How a script names the gate."""
_FLAGS = re.compile(
    rb"^\s*(?:export\s+)?[\w.-]+\s*[:?+]{0,2}=.*--(?:allow-unreadable|as-of|diff-base|exclude|exit-zero|fail-on|no-default-excludes|policy|"
    rb"rules|snapshot)\b"
)
"""A variable of what the gate can be told, beside the line that runs it."""
_NAMED = 3
"""Accepted findings named in one line."""


@frozen
class Allowance:
    """What the base lets a change loosen."""

    kinds: frozenset[Loosened] = frozenset()
    approved: frozenset[str] = frozenset()
    """Fingerprints in the approvals file."""
    approvals: str = ""
    """The approvals file as the base names it."""

    def of(self, kind: Loosened, what: str, file: str, line: int = 1) -> Loosening:
        """A loosening, with why it is allowed if it is."""
        mark = fingerprint("CHK005", kind.value, what)
        why = ""
        if kind in self.kinds:
            why = f"the base's settings allow changes of {kind.value}"
        elif mark in self.approved:
            why = f"approved in {self.approvals}"
        return Loosening(kind, file, line, what, mark, why)


def read_approvals(text: str) -> frozenset[str]:
    """Fingerprints of an approvals file: the first word of each line; ``#`` starts a comment."""
    words = (line.partition("#")[0].split() for line in text.split("\n"))
    return frozenset(hashes[0] for hashes in words if hashes)


def refused(loosenings: Iterable[Loosening]) -> bool:
    """Whether any of them may not be."""
    return any(not loosening.allowed for loosening in loosenings)


def loosening_findings(loosenings: Iterable[Loosening]) -> list[CheckFinding]:
    """One finding for each loosening that the base does not allow."""
    findings = []
    for loosening in sorted(set(loosenings)):
        if not loosening.allowed:
            message = f"this change loosens the gate's {loosening.kind.value}: {loosening.what}"
            target = f"{loosening.kind.value} ({loosening.fingerprint})"
            findings.append(
                own_finding(
                    "CHK005", message, target=target, file=loosening.file, line=loosening.line
                )
            )
    return findings


def policy_items(changes: Iterable[PolicyChange], allow: Allowance, prefix: str) -> list[Loosening]:
    """Loosenings of the policy; shipped policies have no file, they stand at the settings."""
    return [
        allow.of(c.kind, c.what, SETTINGS_NAME if ":" in c.file else prefix + c.file, c.line)
        for c in changes
    ]


def settings_items(old: Settings, new: Settings, allow: Allowance, prefix: str) -> list[Loosening]:
    """Allowances that the change gives to changes after it."""
    what = [
        f"allow_changes adds {k.value}" for k in new.allow_changes if k not in old.allow_changes
    ]
    what += [f"projects loses {name}" for name in old.projects if name not in new.projects]
    if new.approvals is not None and new.approvals != old.approvals:
        what.append(f"approvals are read from {new.approvals}")
    return [allow.of(Loosened.SETTINGS, text, prefix + SETTINGS_NAME) for text in what]


def exclude_items(old: Settings, new: Settings, allow: Allowance, prefix: str) -> list[Loosening]:
    """Paths that the change leaves out of the search."""
    added = [pattern for pattern in new.exclude if pattern not in old.exclude]
    return [
        allow.of(Loosened.EXCLUDES, f"exclude adds {pattern}", prefix + SETTINGS_NAME)
        for pattern in added
    ]


def rules_items(old: Rules, new: Rules, allow: Allowance, file: str) -> list[Loosening]:
    """What the search no longer finds, or finds to be something that does not count."""
    texts = []
    for item in fields(Rules):
        before, after = _flat(getattr(old, item.name)), _flat(getattr(new, item.name))
        added = [entry for entry in after if entry not in before]
        gone = [entry for entry in before if entry not in after]
        hidden = (
            added if item.name in _HIDING else [entry for entry in added if _does_not_count(entry)]
        )
        if hidden:
            texts.append(f"{item.name} adds {_shown(hidden)}")
        if gone and item.name not in _HIDING:
            texts.append(f"{item.name} loses {_shown(gone)}")
    return [allow.of(Loosened.RULES, text, file) for text in texts]


def _flat(value: object) -> tuple[object, ...]:
    if isinstance(value, tuple):
        return value
    names = getattr(type(value), "__dataclass_fields__", None)
    if names is None:
        return (value,)
    return tuple((name, entry) for name in names for entry in _flat(getattr(value, name)))


def _does_not_count(rule: object) -> bool:
    return isinstance(rule, CallRule) and rule.role is UsedFor.EVALUATION


def _shown(items: Iterable[object]) -> str:
    words = [r.name if isinstance(r, CallRule) else str(r) for r in items]
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return ", ".join(words[:_NAMED]) + more


def baseline_items(old: Baseline, new: Baseline, allow: Allowance, file: str) -> list[Loosening]:
    """Findings that the change accepts as old debt; one item each, in the words of the file."""
    known = old.fingerprints
    return [
        allow.of(
            Loosened.BASELINE,
            f"accepts {f.code} of {f.about}: {f.message} ({f.fingerprint})"
            if f.code
            else f"accepts {f.fingerprint}",
            file,
        )
        for f in sorted(new.findings)
        if f.fingerprint not in known
    ]


def known_ignores(
    old: Iterable[tuple[InlineIgnore, frozenset[str]]],
    new: Iterable[tuple[InlineIgnore, frozenset[str]]],
    renamed: Mapping[str, str],
) -> tuple[list[InlineIgnore], list[InlineIgnore]]:
    """Ignores that the base has too, in the same file with the same words; and the others.

    Each stands with the things that its line names: a comment that was given for one set excuses
    no other that takes its place.
    """
    left: dict[tuple[str, tuple[str, ...], str], list[frozenset[str]]] = {}
    for ignore, named in old:
        left.setdefault((ignore.file, ignore.codes, ignore.reason), []).append(named)
    kept, added = [], []
    for ignore, named in sorted(new, key=lambda pair: pair[0]):
        before = left.get((renamed.get(ignore.file, ignore.file), ignore.codes, ignore.reason), [])
        match = min((was for was in before if named <= was), key=len, default=None)
        if match is None:
            added.append(ignore)
        else:
            before.remove(match)
            kept.append(ignore)
    return kept, added


def ignore_items(added: Iterable[InlineIgnore], allow: Allowance) -> list[Loosening]:
    """Ignore comments that the change adds."""
    return [
        allow.of(
            Loosened.IGNORES,
            f"{i.file} ignores {', '.join(i.codes) or 'nothing'}: {i.reason or 'no reason'}",
            i.file,
            i.at,
        )
        for i in added
    ]


def lock_items(
    old: Mapping[str, Judgement], new: Mapping[str, Judgement], allow: Allowance, file: str
) -> list[Loosening]:
    """Entries that say something else of the same card: facts do not change, edits do."""
    items = []
    for key, now in sorted(new.items()):
        before = old.get(key)
        if before is None or (before.revision, before.card) != (now.revision, now.card):
            continue
        if _facts(before) != _facts(now):
            what = (
                f"{key} was {before.concluded} ({before.state}) and is {now.concluded} "
                f"({now.state}), of the same card"
            )
            items.append(allow.of(Loosened.LOCK, what, file))
    return items


def _facts(judgement: Judgement) -> tuple[object, ...]:
    return (
        judgement.kind,
        judgement.id,
        judgement.status,
        judgement.state,
        judgement.concluded,
        judgement.undeclared,
        judgement.sets,
    )


def workflow_items(
    old: Mapping[str, bytes], new: Mapping[str, bytes | None], allow: Allowance
) -> list[Loosening]:
    """Files of CI that run the gate, and that the change edits or takes away."""
    items = []
    for path, data in sorted(old.items()):
        if b"provenance" in data and new.get(path) != data:
            what = "is gone" if new.get(path) is None else "is edited"
            items.append(allow.of(Loosened.WORKFLOWS, f"{path}, which runs the gate, {what}", path))
    return items


def script_items(
    old: Mapping[str, bytes], new: Mapping[str, bytes | None], allow: Allowance
) -> list[Loosening]:
    """Scripts that run the gate, and that the change edits: whole shell scripts, else its lines."""
    items = []
    for path, data in sorted(old.items()):
        now = new.get(path) or b""
        if is_script(path, data):
            same = now == data
        else:
            same = not Counter(_runs(data)) - Counter(_runs(now)) and tells(data) == tells(now)
        if not same:
            what = "is gone" if new.get(path) is None else "is edited"
            items.append(allow.of(Loosened.WORKFLOWS, f"{path}, which runs the gate, {what}", path))
    return items


def is_script(path: str, data: bytes) -> bool:
    """Whether a file is a script of a shell: every line of it may decide what runs."""
    return path.endswith((".sh", ".bash", ".bat", ".ps1", ".cmd")) or (
        data.startswith(b"#!") and "." not in path.rpartition("/")[2]
    )


def _runs(data: bytes) -> list[bytes]:
    """Lines that run the gate, each with those that it goes on in."""
    lines = (line.strip() for line in _CONTINUED.sub(b" ", data).split(b"\n"))
    return [line for line in lines if any(word.encode() in line for word in RUNS_THE_GATE)]


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
    rb"(?:^[ \t]{0,40}(?:%(including)s|%(sourcing)s)|"
    rb"(?:&&|\|\||[;{(!]|\b(?:then|do|else|if))[ \t]{0,40}(?:%(sourcing)s))[ \t]+(?=[^\s=])"
    % {b"including": _any_of(INCLUDING), b"sourcing": _any_of(SOURCING)}
)
"""What reads another file: at the start of a line, or where a shell begins a command within it."""
_CONTINUED = re.compile(rb"\\\r?\n")


def may_run_the_gate(path: str) -> bool:
    """Whether a file with the gate's command in it may be what runs it: no prose, no tests."""
    name = path.rpartition("/")[2]
    if name.endswith((".md", ".rst", ".txt", ".ipynb", ".html", ".adoc", ".lock")):
        return False
    return not name.endswith(".py") or name in {"noxfile.py", "tasks.py", "dodo.py", "fabfile.py"}


def runs_in_ci(path: str) -> bool:
    """Whether CI reads a file."""
    return _CI.fullmatch(path) is not None

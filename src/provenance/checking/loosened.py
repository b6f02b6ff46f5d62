"""What a change loosens about the gate itself, apart from its policy. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from types import MappingProxyType

from provenance.checking.baseline import Baseline
from provenance.checking.codes import own_finding
from provenance.checking.gate import Judgement
from provenance.checking.loosened_policy import PolicyChange
from provenance.checking.references.rules import CallRule, Rules
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

_HIDING = (
    "builders", "local_heads", "placeholder_heads", "placeholder_names", "bare_words",
    "file_suffixes", "not_on_hub", "evaluation_words",
)  # fmt: skip
"""Lists of the rules that keep a string from being a reference, or from being counted."""
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

    def of(
        self, kind: Loosened, what: str, file: str, line: int = 1, content: object = None
    ) -> Loosening:
        """A loosening, with why it is allowed if it is.

        Args:
            kind: what of the gate.
            what: in words.
            file: where.
            line: 1-based.
            content: what the words do not say whole: bytes, or texts. An approval is for this
                content, not for the next edit of the same file.

        """
        mark = fingerprint("CHK005", kind.value, what, *_digest(content))
        why = ""
        if kind in self.kinds:
            why = f"the base's settings allow changes of {kind.value}"
        elif mark in self.approved:
            why = f"approved in {self.approvals}"
        return Loosening(kind, file, line, what, mark, why)


def _digest(content: object) -> tuple[str, ...]:
    if content is None:
        return ()
    data = content if isinstance(content, bytes) else repr(content).encode("utf-8", "replace")
    return (hashlib.sha256(data).hexdigest(),)


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
            texts.append((f"{item.name} adds {_shown(hidden)}", tuple(hidden)))
        if gone and item.name not in _HIDING:
            texts.append((f"{item.name} loses {_shown(gone)}", tuple(gone)))
    return [allow.of(Loosened.RULES, text, file, content=content) for text, content in texts]


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
    no other that takes its place. One that moved to another file with its line is the same.
    """
    left: dict[tuple[str, tuple[str, ...], str], list[frozenset[str]]] = {}
    for ignore, named in old:
        left.setdefault((ignore.file, ignore.codes, ignore.reason), []).append(named)
    kept: list[InlineIgnore] = []
    added: list[InlineIgnore] = []
    waiting: list[tuple[InlineIgnore, frozenset[str]]] = []
    for ignore, named in sorted(new, key=lambda pair: pair[0]):
        before = left.get((renamed.get(ignore.file, ignore.file), ignore.codes, ignore.reason), [])
        if _taken(before, named):
            kept.append(ignore)
        else:
            waiting.append((ignore, named))
    for ignore, named in waiting:
        others = [
            was for key, was in left.items() if key[1:] == (ignore.codes, ignore.reason) and named
        ]
        moved = any(_taken(was, named) for was in others)
        (kept if moved else added).append(ignore)
    return kept, added


def _taken(before: list[frozenset[str]], named: frozenset[str]) -> bool:
    """Whether an ignore of before covers these things; it is used up then."""
    match = min((was for was in before if named <= was), key=len, default=None)
    if match is not None:
        before.remove(match)
    return match is not None


def ignore_items(
    added: Iterable[InlineIgnore],
    allow: Allowance,
    named: Mapping[tuple[str, int], Iterable[str]] = MappingProxyType({}),
) -> list[Loosening]:
    """Ignore comments that the change adds; ``named``: what each line names, by file and line."""
    return [
        allow.of(
            Loosened.IGNORES,
            f"{i.file} ignores {', '.join(i.codes) or 'nothing'}: {i.reason or 'no reason'}",
            i.file,
            i.at,
            content=(i.file, i.codes, i.reason, *sorted(named.get((i.file, i.line), ()))),
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

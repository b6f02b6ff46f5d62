"""``provenance.lock``: what was concluded on every referenced repository, for review and offline.

TOML, one block a repository, sorted; equal facts give equal bytes.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace

import msgspec

from provenance.checking.gate import Judgement
from provenance.checking.lock_facts import edits_of_entry
from provenance.errors import UsageError
from provenance.frozen import frozen
from provenance.policy import Policy
from provenance.policy.rules import all_rules
from provenance.report.finding import Finding

LOCK_NAME = "provenance.lock"
LOCK_VERSION = 2
_EVIDENCE = 2
"""Places kept of each finding; the report has them all."""
_HEAD = (
    "# Written by `provenance lock`: review and commit it. `provenance check --locked` reads it."
)


@frozen
class Lock:
    """A lock file."""

    version: int = LOCK_VERSION
    policy: str = ""
    """SHA-256 of the policy that the findings were made under."""
    policy_name: str = ""
    repository: tuple[Judgement, ...] = ()
    digest: str = ""
    """SHA-256 of everything else, as it was written."""

    @property
    def by_key(self) -> dict[str, Judgement]:
        """Judgements by the key of their reference."""
        return {j.key: j for j in self.repository}


def make_lock(judgements: Mapping[str, Judgement], policy: Policy) -> Lock:
    """A lock of what was just judged."""
    kept = tuple(
        replace(
            j,
            findings=tuple(
                replace(f, evidence=f.evidence[:_EVIDENCE], help="") for f in j.findings
            ),
        )
        for _, j in sorted(judgements.items())
    )
    return Lock(LOCK_VERSION, policy.sha256, policy.name, kept)


def write_lock(lock: Lock) -> str:
    """The lock as TOML text."""
    lines = [
        _HEAD,
        f"version = {lock.version}",
        f"policy = {_toml(lock.policy)}",
        f"policy_name = {_toml(lock.policy_name)}",
        f"digest = {_toml(digest_of(lock))}",
    ]
    for judgement in lock.repository:
        lines += ["", "[[repository]]"]
        for key, value in msgspec.to_builtins(judgement).items():
            if value is None:
                continue
            if isinstance(value, list | tuple) and value:
                lines += [f"{key} = [", *(f"  {_toml(item)}," for item in value), "]"]
            else:
                lines.append(f"{key} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def digest_of(lock: Lock) -> str:
    """SHA-256 of what a lock says, however its text is laid out."""
    content = msgspec.to_builtins(replace(lock, digest=""))
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode("ascii")).hexdigest()


def edits_of(lock: Lock, policy: Policy) -> list[str]:
    """What shows that a lock is not what was written: in words, empty when nothing does.

    The digest tells an edit made by hand. Whoever makes a new digest still has to make verdicts,
    findings and waivers that follow from the facts beside them, under the policy that the lock was
    written under (:mod:`provenance.checking.lock_facts`).
    """
    edits = []
    if lock.digest != digest_of(lock):
        edits.append("its content does not have the digest that was written")
    same = policy if lock.policy == policy.sha256 else None
    for judgement in lock.repository:
        edits += (f"{judgement.key}: {what}" for what in edits_of_entry(judgement, same))
    return edits


def read_lock(data: bytes, shown: str) -> Lock:
    """Read a lock file.

    Raises:
        UsageError: it is not one.

    """
    try:
        raw = tomllib.loads(data.decode("utf-8"))
        lock = msgspec.convert(_with_absent(raw), Lock)
    except msgspec.ValidationError as error:
        raise UsageError(f"{shown} is not a lock file: {error}; run `provenance lock`") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{shown} is not a lock file: {error}") from None
    if lock.version != LOCK_VERSION:
        raise UsageError(f"{shown} has version {lock.version}, not {LOCK_VERSION}")
    return lock


def as_of_now(finding: Finding, as_of: datetime.date) -> Finding:
    """A locked finding today, with its rule's help; an expired waiver no longer holds."""
    rule = all_rules().get(finding.code)
    if not finding.help and rule is not None:
        finding = replace(finding, help=rule.remedy)
    waiver = finding.waiver
    if waiver is None or waiver.expires is None or as_of <= waiver.expires:
        return finding
    return replace(finding, waiver=None)


_MAY_BE_ABSENT = {
    "repository": ("revision", "card", "branch"),
    "evidence": ("revision", "path", "line", "pointer", "source"),
    "source": ("url", "date"),
    "waiver": ("expires",),
}
"""Fields that TOML, which has no null, leaves out; by the field that holds their table."""


def _with_absent(value: object, field: str = "") -> object:
    """The same tree with the fields that were left out as ``None``."""
    if isinstance(value, dict):
        filled = {key: _with_absent(item, key) for key, item in value.items()}
        return dict.fromkeys(_MAY_BE_ABSENT.get(field, ())) | filled
    if isinstance(value, list):
        return [_with_absent(item, field) for item in value]
    return value


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        clean = value.encode("utf-8", "replace").decode("utf-8")
        return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        pairs = (f"{key} = {_toml(item)}" for key, item in value.items() if item is not None)
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return str(value)

"""The baseline: findings accepted as old debt, in words. It never grows by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from provenance.errors import UsageError
from provenance.frozen import frozen
from provenance.report.checked import CheckFinding
from provenance.report.finding import Severity

BASELINE_NAME = "provenance.baseline.json"
BASELINE_VERSION = 2
_HASHES_ONLY = 1
"""A version that listed fingerprints without words; still read."""


@dataclass(frozen=True, slots=True, order=True)
class Accepted:
    """One accepted finding, as a reviewer reads it; no line number and no date is in it."""

    code: str
    about: str
    """What it is about: the key of a reference, or a file."""
    message: str
    fingerprint: str
    """What counts; the words beside it are for whoever reviews the file."""


@frozen
class Baseline:
    """Everything accepted as old debt."""

    version: int = BASELINE_VERSION
    findings: tuple[Accepted, ...] = ()

    @property
    def fingerprints(self) -> frozenset[str]:
        """What is accepted."""
        return frozenset(f.fingerprint for f in self.findings)


@frozen
class _Raw:
    version: int
    findings: tuple[Accepted | str, ...] = ()


def read_baseline(data: bytes) -> Baseline:
    """Read a baseline.

    Raises:
        UsageError: it is not one.

    """
    try:
        raw = msgspec.json.decode(data, type=_Raw)
    except msgspec.MsgspecError as error:
        raise UsageError(f"{BASELINE_NAME} is not a baseline: {error}") from None
    if raw.version not in {_HASHES_ONLY, BASELINE_VERSION}:
        raise UsageError(f"{BASELINE_NAME} has version {raw.version}, not {BASELINE_VERSION}")
    return Baseline(
        findings=tuple(Accepted("", "", "", f) if isinstance(f, str) else f for f in raw.findings)
    )


def write_baseline(baseline: Baseline) -> str:
    """The baseline as JSON, one finding a line."""
    accepted = sorted(set(baseline.findings))
    entries = [json.dumps(msgspec.to_builtins(f), ensure_ascii=True) for f in accepted]
    body = ",\n".join(f"  {entry}" for entry in entries)
    findings = f"[\n{body}\n ]" if entries else "[]"
    return f'{{\n "version": {baseline.version},\n "findings": {findings}\n}}\n'


def baseline_of(findings: Iterable[CheckFinding]) -> Baseline:
    """All debt there is: what counts and is graver than a note, but not the state of the lock."""
    return Baseline(
        findings=tuple(
            Accepted(f.finding.code, f.target, f.finding.message, f.fingerprint)
            for f in findings
            if f.counts
            and f.finding.severity is not Severity.NOTE
            and not f.finding.code.startswith("LCK")
        )
    )


def pruned(baseline: Baseline, findings: Iterable[CheckFinding]) -> Baseline:
    """The baseline without what is no longer found; nothing is added."""
    present = {f.fingerprint for f in findings}
    return Baseline(findings=tuple(f for f in baseline.findings if f.fingerprint in present))

"""The baseline: findings accepted as old debt, as hashes. It never grows by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from provenance.errors import UsageError
from provenance.report.checked import CheckFinding
from provenance.report.finding import Severity

BASELINE_NAME = "provenance.baseline.json"
BASELINE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """Fingerprints of accepted findings; no line number and no date is in them."""

    version: int = BASELINE_VERSION
    findings: tuple[str, ...] = ()


def read_baseline(data: bytes, shown: str) -> Baseline:
    """Read a baseline.

    Raises:
        UsageError: it is not one.

    """
    try:
        baseline = msgspec.json.decode(data, type=Baseline)
    except msgspec.MsgspecError as error:
        raise UsageError(f"{shown} is not a baseline: {error}") from None
    if baseline.version != BASELINE_VERSION:
        raise UsageError(f"{shown} has version {baseline.version}, not {BASELINE_VERSION}")
    return baseline


def write_baseline(baseline: Baseline) -> str:
    """The baseline as JSON, one fingerprint a line."""
    content = {"version": baseline.version, "findings": sorted(set(baseline.findings))}
    return json.dumps(content, indent=1) + "\n"


def baseline_of(findings: Iterable[CheckFinding]) -> Baseline:
    """All debt there is: what counts and is graver than a note, but not the state of the lock."""
    return Baseline(
        findings=tuple(
            f.fingerprint
            for f in findings
            if f.counts
            and f.finding.severity is not Severity.NOTE
            and not f.finding.code.startswith("LCK")
        )
    )


def pruned(baseline: Baseline, findings: Iterable[CheckFinding]) -> Baseline:
    """The baseline without what is no longer found; nothing is added."""
    present = {f.fingerprint for f in findings}
    return Baseline(findings=tuple(f for f in baseline.findings if f in present))

"""What decides a verdict, and what would change it. Plain texts; nothing is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from provenance.render import sentences
from provenance.report import shares
from provenance.report.finding import Finding, Severity, Verdict
from provenance.report.license import Standing
from provenance.report.report import Report
from provenance.report.training import TrainingSet

_MOST_STEPS = 3
_DECIDES = {Verdict.FAIL: Severity.ERROR, Verdict.INCOMPLETE: Severity.INCOMPLETE}


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do, and what the verdict would be when it and those before it are done."""

    text: str
    codes: tuple[str, ...]
    then: Verdict
    left: int
    """Findings that would still bar a pass."""
    examines: bool
    """It lets something be seen: what is seen then may be new, and the verdict another."""


def deciding_sets(report: Report) -> list[TrainingSet]:
    """The sets behind the verdict, the heaviest first; for a pass there are none.

    Those that a deciding finding names. One that names the subject alone (a limit on coverage)
    stands for the sets that are known to lack or, where nothing fails, that were not examined.
    """
    deciding = deciding_findings(report)
    keys = {k for f in deciding for k in (f.subject, *f.subjects)}
    counted = None
    if report.lineage.root in keys:
        fails = report.verdict is Verdict.FAIL
        counted = Standing.LACKING if fails else Standing.NOT_EXAMINED
    own = sentences.own_sets(report)
    found = [s for s in own if _key(s) in keys or s.license.standing is counted]
    measure = sentences.headline(report)
    return sorted(found, key=lambda s: -(shares.share_of(s, measure) or 0.0))


def deciding_own(report: Report) -> str | None:
    """What decides it in the model's own license, in words; ``None`` where nothing does."""
    root, name = report.lineage.root, f"the model {report.subject.id} "
    for finding in deciding_findings(report):
        about = finding.subjects or (finding.subject,)
        if finding.code.startswith("LIC") and root in about:
            return finding.message.removeprefix(f"the license of {name}").removeprefix(name)
    return None


def _key(item: TrainingSet) -> str:
    return f"datasets/{item.id}" if item.id else f"named:{item.name}"


def active_findings(report: Report) -> list[Finding]:
    """Findings that nobody accepted."""
    return [f for f in report.findings if f.waiver is None]


def deciding_findings(report: Report) -> list[Finding]:
    """Active findings of the severity that makes the verdict; none for a pass."""
    severity = _DECIDES.get(report.verdict)
    return [f for f in active_findings(report) if f.severity is severity]


def steps_to_pass(report: Report) -> list[Step]:
    """What would change the verdict, the gravest first, each with the verdict that it leads to.

    Findings of one remedy are one step. A step's verdict supposes that those before
    it are done and that nothing new is found.
    """
    left = [
        f for f in active_findings(report) if f.severity in {Severity.ERROR, Severity.INCOMPLETE}
    ]
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(left, key=lambda f: f.severity.rank):
        groups.setdefault(finding.help or finding.message, []).append(finding)
    steps: list[Step] = []
    for text, findings in groups.items():
        left = [f for f in left if f not in findings]
        codes = tuple(dict.fromkeys(f.code for f in findings))
        examines = any(f.severity is Severity.INCOMPLETE for f in findings)
        steps.append(Step(text, codes, _verdict(left), len(left), examines))
    return steps[:_MOST_STEPS]


def _verdict(left: Sequence[Finding]) -> Verdict:
    severities = {f.severity for f in left}
    if Severity.ERROR in severities:
        return Verdict.FAIL
    return Verdict.INCOMPLETE if Severity.INCOMPLETE in severities else Verdict.PASS

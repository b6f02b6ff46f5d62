"""What decides a verdict, and what would change it. Plain texts; nothing is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from provenance.render import finding_words, sentences
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

    Findings of one rule and one remedy are one step. A step's verdict supposes that those before
    it are done and that nothing new is found.
    """
    left = [
        f for f in active_findings(report) if f.severity in {Severity.ERROR, Severity.INCOMPLETE}
    ]
    steps: list[Step] = []
    for group in finding_words.by_code(sorted(left, key=lambda f: f.severity.rank)):
        left = [f for f in left if f.code != group[0].code]
        first = group[0]
        examines = first.severity is Severity.INCOMPLETE
        text = first.help or first.message
        step = Step(text, (first.code,), _verdict(left), len(left), examines)
        same = next((i for i, s in enumerate(steps) if s.text == step.text), None)
        if same is None:
            steps.append(step)
        else:
            codes = (*steps[same].codes, *step.codes)
            steps[same] = replace(step, codes=codes)
    return steps[:_MOST_STEPS]


def _verdict(left: Sequence[Finding]) -> Verdict:
    severities = {f.severity for f in left}
    if Severity.ERROR in severities:
        return Verdict.FAIL
    return Verdict.INCOMPLETE if Severity.INCOMPLETE in severities else Verdict.PASS

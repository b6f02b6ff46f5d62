"""Rules of the gate itself; what a policy finds has its own codes."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.policy.rules import all_rules
from provenance.report.checked import CheckFinding, Reference, RuleInfo
from provenance.report.evidence import Evidence, excerpt
from provenance.report.finding import Finding, Severity, fingerprint

_OWN = (
    ("CHK001", Severity.INCOMPLETE, "File not searched",
     "A file that could hold references is unreadable, too large, binary or malformed.",
     "Fix or exclude the file, or pass --allow-unreadable."),
    ("CHK002", Severity.INCOMPLETE, "Data from outside the Hub",
     "A data set is loaded from a place that has no card, and the catalogue does not know it.",
     "Look its terms up and accept it with an ignore comment or the baseline."),
    ("CHK003", Severity.ERROR, "Ignore without a reason",
     "An inline ignore names no code or gives no reason; it has no effect.",
     "Write `# provenance: ignore[CODE] reason`."),
    ("CHK004", Severity.WARNING, "Ignore of nothing",
     "An inline ignore matches no finding on its line.",
     "Remove the comment."),
    ("CHK005", Severity.ERROR, "The change loosens the gate",
     "The change would let more through than its base does: a policy, exception, ignore, exclude, "
     "baseline, lock, path or workflow of the gate. It was not applied.",
     "Take it back, or have the owner of the gate allow it on the base: `allow_changes`, or a line "
     "in its `approvals` file."),
    ("LCK001", Severity.ERROR, "License changed since the lock",
     "What is concluded on a repository differs from the lock file.",
     "Review the change, then run `provenance lock`."),
    ("LCK002", Severity.ERROR, "Vanished since the lock",
     "A repository that the lock file holds can no longer be read.",
     "Replace it, or keep a copy whose terms allow that."),
    ("LCK003", Severity.INCOMPLETE, "Not in the lock",
     "A reference is new since the lock file was written; nothing is known of it offline.",
     "Run `provenance lock` and commit the file."),
    ("LCK004", Severity.INCOMPLETE, "Lock of another policy",
     "The lock file was written under a policy other than the one in force.",
     "Run `provenance lock` and commit the file."),
    ("LCK005", Severity.ERROR, "Lock edited by hand",
     "The lock file is not what `provenance lock` wrote: its digest does not match, or a verdict "
     "does not follow from its facts.",
     "Run `provenance lock` and commit the file."),
    ("LCK006", Severity.INCOMPLETE, "Lock entry not verified",
     "A change adds an entry to the lock file, and this run used no network to verify it.",
     "Run once without --locked, or let the base allow `lock` changes."),
)  # fmt: skip

OWN_RULES = {
    code: RuleInfo(code, title, description, remedy, severity)
    for code, severity, title, description, remedy in _OWN
}
"""Rules of the gate by code."""


def rules_of(findings: Iterable[CheckFinding]) -> tuple[RuleInfo, ...]:
    """What formats say of the rules of ``findings``, sorted by code."""
    known = all_rules()
    rules = {}
    for code in sorted({f.finding.code for f in findings}):
        if code in OWN_RULES:
            rules[code] = OWN_RULES[code]
        elif code in known:
            rule = known[code]
            rules[code] = RuleInfo(
                code,
                rule.title,
                rule.description,
                rule.remedy,
                rule.severity or Severity.NOTE,
            )
    return tuple(rules.values())


def own_finding(
    code: str,
    message: str,
    *,
    target: str,
    references: tuple[Reference, ...] = (),
    file: str = "",
    line: int = 1,
) -> CheckFinding:
    """A finding of the gate itself, at its references or at a line of a file."""
    rule = OWN_RULES[code]
    where = (references[0].file, references[0].line, references[0].column) if references else None
    file, line, column = where or (file, line, 1)
    evidence = Evidence(".", None, file, line, None, excerpt(message))
    mark = fingerprint(code, target, message)
    finding = Finding(code, rule.severity, target, message, (evidence,), rule.help, mark)
    return CheckFinding(finding, target, references, file, line, column, mark)

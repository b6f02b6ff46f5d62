"""What would fail of references that stand where nothing is searched."""

from __future__ import annotations

from provenance.checking.lock import LOCK_NAME
from provenance.checking.references.files import CheckedFolder
from provenance.checking.references.search import Scan
from provenance.checking.run import LazyJudge, judge, lock_of, read_here
from provenance.frozen import frozen
from provenance.policy import Policy
from provenance.report.checked import CheckFinding, Reference
from provenance.report.finding import Severity
from provenance.vocabulary.statuses import Status

ABSENT = frozenset({Status.NOT_FOUND, Status.NOT_FOUND_OR_PRIVATE})
"""The Hub shows nothing of the name to who asks: one made up for a test, or a folder's."""


@frozen
class Failing:
    """One thing that would fail if it were searched for."""

    key: str
    codes: str
    place: Reference
    status: Status
    """What became of its repository."""


def failing_in(
    hidden: Scan, policy: Policy, repository: CheckedFolder, lazy_judge: LazyJudge
) -> list[Failing]:
    """What of a scan would fail, by key, with the codes that count."""
    lock = lock_of(read_here(repository, LOCK_NAME), required=lazy_judge.request.locked)
    judgements, fired_findings = judge(hidden, lock, policy, lazy_judge)
    grave: dict[str, list[CheckFinding]] = {}
    for fired in fired_findings:
        if fired.counts and fired.references and fired.finding.severity in _GRAVE:
            grave.setdefault(fired.target, []).append(fired)
    return [
        Failing(
            key,
            ", ".join(sorted({f.finding.code for f in findings})),
            findings[0].references[0],
            judgements[key].status if key in judgements else Status.NOT_AUDITED,
        )
        for key, findings in sorted(grave.items())
    ]


_GRAVE = frozenset({Severity.ERROR, Severity.INCOMPLETE})

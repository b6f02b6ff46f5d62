"""Facts of a corpus against a policy: the same report as for any other subject."""

from __future__ import annotations

from dataclasses import replace

from provenance.policy import Policy, judge
from provenance.policy.evaluation import report_of
from provenance.report.facts import Facts
from provenance.report.finding import Verdict
from provenance.report.report import Report, Source, Stats

_NO_STATS = Stats(0, 0, None)


def corpus_report(facts: Facts, policy: Policy, source: str) -> Report:
    """Judge ``facts``; what could not be read never passes, whatever the policy says.

    Args:
        facts: what a scan established.
        policy: what to judge by.
        source: how the report names the place the records were read from.

    """
    (evaluation,) = judge([facts], policy)
    verdict = evaluation.verdict
    if verdict is Verdict.PASS and any(not s.resolved for s in facts.training_sets):
        verdict = Verdict.INCOMPLETE
    judged = replace(evaluation, verdict=verdict)
    return report_of(facts, judged, policy, Source(source, None), _NO_STATS)

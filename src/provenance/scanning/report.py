"""Facts of a corpus against a policy: the same report as for any other subject."""

from __future__ import annotations

from provenance import __version__
from provenance.policy import Policy, judge
from provenance.policy.evaluation import policy_info
from provenance.report.facts import Facts
from provenance.report.finding import Verdict
from provenance.report.report import SCHEMA_VERSION, Report, Source, Stats, Tool

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
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool("provenance", __version__),
        as_of=facts.as_of,
        source=Source(source, None),
        subject=facts.subject,
        policy=policy_info(policy, facts),
        verdict=verdict,
        undeclared=False,
        license=facts.license,
        coverage=facts.coverage,
        training_sets=facts.training_sets,
        evaluation_sets=(),
        lineage=facts.lineage,
        findings=evaluation.findings,
        notes=facts.notes,
        stats=_NO_STATS,
        records=facts.records,
    )

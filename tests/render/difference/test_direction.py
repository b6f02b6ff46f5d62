"""What got better, what got worse, and what is neither."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from tests.render import factory

from provenance.render.difference.compare import compare
from provenance.render.difference.pages import difference_text
from provenance.render.page import Page
from provenance.report.finding import Severity, Verdict
from provenance.report.license import Cause, LicenseState
from provenance.report.report import Report

_STATES = [
    (LicenseState.EXPLICIT, None),
    (LicenseState.CONFLICTING, None),
    (LicenseState.AMBIGUOUS, None),
    (LicenseState.NONE, None),
    (LicenseState.UNRESOLVED, Cause.NOT_LOCATABLE),
    (LicenseState.UNRESOLVED, Cause.GATED),
]


def _with(state: LicenseState, cause: Cause | None) -> Report:
    base = factory.report()
    first, *rest = base.training_sets
    seen = replace(first.license, state=state, cause=cause)
    return replace(base, training_sets=(replace(first, license=seen), *rest))


def test_the_way_back_is_the_other_way() -> None:
    for one, other in product(_STATES, repeat=2):
        there, back = compare(_with(*one), _with(*other)), compare(_with(*other), _with(*one))
        assert (len(there.better), len(there.worse)) == (len(back.worse), len(back.better))
        assert len(there.better) + len(there.worse) <= 1


def test_not_to_have_looked_is_neither_better_nor_worse_than_a_lack() -> None:
    change = compare(_with(*_STATES[3]), _with(*_STATES[5]))
    assert (change.better, change.worse) == ((), ())


def test_to_have_a_license_no_more_is_worse_whatever_the_reason() -> None:
    for state in _STATES[1:]:
        assert compare(_with(*_STATES[0]), _with(*state)).worse


@pytest.mark.parametrize("severity", list(Severity))
def test_a_finding_that_is_gone_is_better_unless_it_was_a_note(severity: Severity) -> None:
    base = factory.report()
    one = replace(base.findings[0], severity=severity, waiver=None)
    change = compare(replace(base, findings=(one,)), replace(base, findings=()))
    assert bool(change.better) is (severity is not Severity.NOTE)
    assert not change.worse


def test_the_verdict_and_the_share_come_first() -> None:
    base = factory.report()
    found = [replace(c, low=0.05, high=0.06) if c.headline else c for c in base.coverage]
    change = compare(base, replace(base, verdict=Verdict.PASS, coverage=tuple(found)))
    assert change.better == (
        "verdict: fail → pass",
        "lacking of the published pairs: 66 % to 66.2 % → 5 % to 6 %",
    )
    text = difference_text(change, Page(120))
    assert text.index("Better (2)") < text.index("Report (1)")


def test_an_interval_that_only_narrows_is_neither() -> None:
    base = factory.report()
    found = [replace(c, low=0.66, high=0.661) if c.headline else c for c in base.coverage]
    change = compare(base, replace(base, coverage=tuple(found)))
    assert (change.better, change.worse) == ((), ())

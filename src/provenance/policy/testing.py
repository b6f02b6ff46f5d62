"""Running the ``tests`` of a policy file: examples that it must judge as it says."""

from __future__ import annotations

import datetime
from pathlib import Path

from provenance.cards.card import MAX_CARD_BYTES, Card, read_card
from provenance.confine import read_inside, repository_root
from provenance.errors import PolicyError
from provenance.frozen import frozen
from provenance.licensing import conclude_card
from provenance.policy.clarifications import restrictions_in
from provenance.policy.evaluation import Evaluation, evaluate
from provenance.policy.model import Expectation, Policy, PolicyTest
from provenance.policy.terms import decide_expression
from provenance.privacy import read_personal_data
from provenance.report.coverage import Coverage, MeasureKind, Reading
from provenance.report.evidence import Evidence
from provenance.report.facts import Facts
from provenance.report.license import (
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
    Standing,
)
from provenance.report.lineage import Lineage, Node, NodeKind
from provenance.report.report import SubjectInfo
from provenance.report.training import DeclaredIn, PersonalData, TrainingSet, Weight
from provenance.vocabulary.keys import dataset_key
from provenance.vocabulary.statuses import Status

_ID = "policy-test/example"
_KEY = dataset_key(_ID)


@frozen
class TestResult:
    """One test and what was not as expected; empty ``wrong``: it passed."""

    __test__ = False

    name: str
    wrong: tuple[str, ...]


def run_tests(policy: Policy, as_of: datetime.date) -> tuple[TestResult, ...]:
    """Run the tests that a policy file states, in its order.

    Args:
        policy: the policy; its ``tests`` are those of the file itself, not of what it extends.
        as_of: the day that exceptions are judged by.

    A test whose card cannot be read fails; the others run.

    """
    return tuple(_run(test, policy, as_of) for test in policy.tests)


def _run(test: PolicyTest, policy: Policy, as_of: datetime.date) -> TestResult:
    try:
        conclusion, data = _subject(test, policy)
    except PolicyError as error:
        return TestResult(test.name, (str(error),))
    evaluation = evaluate(_facts(test, conclusion, data, as_of), policy)
    wrong = _compare(test.expect, evaluation)
    expected = test.expect.decision
    if expected is not None:
        ruling = decide_expression(conclusion.concluded, policy.terms_for(test.role))
        if ruling.decision is not expected:
            wrong.insert(0, f"decision is {ruling.decision}, not {expected}")
    return TestResult(test.name, tuple(wrong))


def _compare(expected: Expectation, evaluation: Evaluation) -> list[str]:
    wrong = []
    if expected.verdict is not None and evaluation.verdict is not expected.verdict:
        because = ", ".join(
            dict.fromkeys(f.code for f in evaluation.findings if f.severity.rank <= 1)
        )
        because = f" ({because})" if because else ""
        wrong.append(f"verdict is {evaluation.verdict}{because}, not {expected.verdict}")
    codes = {finding.code for finding in evaluation.findings if finding.waiver is None}
    wrong += [
        f"{code} is not among the findings" for code in expected.findings if code not in codes
    ]
    wrong += [f"{code} is among the findings" for code in expected.absent if code in codes]
    return wrong


def _subject(test: PolicyTest, policy: Policy) -> tuple[LicenseConclusion, PersonalData]:
    if test.license is not None:
        return _stated(test.license), PersonalData("unknown", None)
    card = _card(test, policy)
    return conclude_card(card), read_personal_data(card)


def _card(test: PolicyTest, policy: Policy) -> Card:
    text = test.card or ""
    if "\n" in text:
        return read_card(text.encode("utf-8", "replace"), _KEY)
    path = Path(policy.directory) / text
    try:
        return read_card(read_inside(path, MAX_CARD_BYTES, repository_root(path)), _KEY)
    except OSError as error:
        raise PolicyError(f"card {text} cannot be read: {error.strerror}") from None


def _stated(expression: str) -> LicenseConclusion:
    evidence = Evidence(_KEY, None, "README.md", 1, "/license", expression)
    restrictions = restrictions_in(expression)
    statement = LicenseStatement(
        expression, Meaning.NAMES, expression, restrictions, Scope.DATA, Origin.TAG, evidence
    )
    return LicenseConclusion(
        LicenseState.EXPLICIT, (expression,), expression, "given", restrictions, (statement,)
    )


def _facts(
    test: PolicyTest, conclusion: LicenseConclusion, data: PersonalData, as_of: datetime.date
) -> Facts:
    """Facts of a dataset that is nothing but the test's example."""
    lacks = conclusion.lacks
    fraction = 1.0 if lacks else 0.0
    unseen = 1.0 if conclusion.standing is Standing.NOT_EXAMINED else 0.0
    item = TrainingSet(
        name=_ID,
        id=_ID,
        revision=None,
        role=test.role,
        declared_in=(DeclaredIn.FRONT_MATTER,),
        via=(),
        weight=Weight(),
        evidence=(Evidence(_KEY, None, "README.md", 1, None, test.name),),
        resolved=True,
        unresolved_reason=None,
        guess=False,
        license=conclusion,
        inherited_lacking=lacks,
        personal_data=data,
        inherited_not_examined=unseen > 0,
    )
    coverage = tuple(
        Coverage(
            measure=MeasureKind.DATASETS,
            unit="sets",
            reading=reading,
            total=1.0,
            lacking=fraction,
            conflicting=0.0,
            unattributed=0.0,
            unknown=0,
            fraction=fraction,
            low=fraction,
            high=fraction + unseen,
            headline=reading is Reading.DIRECT,
            basis="the example",
            by_state=(),
            not_examined=unseen,
        )
        for reading in Reading
    )
    node = Node(_KEY, NodeKind.DATASET, _ID, None, Status.FOUND, None, conclusion)
    return Facts(
        as_of=as_of,
        subject=SubjectInfo("dataset", _ID, None, Status.FOUND),
        undeclared=False,
        license=conclusion,
        coverage=coverage,
        training_sets=(item,),
        evaluation_sets=(),
        lineage=Lineage(_KEY, (node,), ()),
        notes=(),
    )

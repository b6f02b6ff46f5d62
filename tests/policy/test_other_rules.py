"""Coverage, lineage, privacy and transparency rules."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.builders import evidence, training_set
from tests.policy.facts_builder import (
    ROOT,
    codes,
    coverage,
    documented,
    edge,
    facts,
    findings,
    licensed,
    node,
    policy,
    preset,
    signal,
)

from provenance.policy import evaluate
from provenance.policy.rules import all_rules
from provenance.report.coverage import MeasureKind, Reading
from provenance.report.facts import Facts
from provenance.report.finding import Severity, Verdict
from provenance.report.license import Cause, LicenseState
from provenance.report.lineage import EdgeKind, Lineage, NodeKind
from provenance.report.report import SubjectInfo
from provenance.report.training import DisputedData, PossibleSet, TrainingSet, Weight
from provenance.vocabulary.statuses import Status
from provenance.vocabulary.topics import Topic

_UPPER = "coverage: {thresholds: [{max_fraction_lacking: 0.1, bound: upper}]}\n"
_POINT = "coverage: {thresholds: [{max_fraction_lacking: 0.1}]}\n"


@pytest.mark.parametrize(
    ("text", "fraction", "low", "high", "code"),
    [
        (_POINT, 0.1, 0.1, 0.1, None),
        (_POINT, 0.11, 0.11, 0.11, "COV001"),
        (_POINT, 0.11, 0.11, 0.9, "COV001"),
        (_POINT, 0.3, 0.05, 0.4, "COV002"),
        (_POINT, 0.05, 0.02, 0.4, "COV002"),
        (_POINT, None, 0.0, 1.0, "COV002"),
        (_POINT, None, 0.5, 1.0, "COV001"),
        (_UPPER, 0.05, 0.02, 0.4, "COV001"),
        (_UPPER, 0.05, 0.02, 0.1, None),
    ],
)
def test_thresholds_hold_what_is_known_to_lack_or_the_upper_end(
    tmp_path: Path, text: str, fraction: float | None, low: float, high: float, code: str | None
) -> None:
    found = facts(
        licensed("a/a", "MIT"),
        training_set("b/b", LicenseState.NONE),
        coverage=(coverage(fraction, low=low, high=high, unknown=1, measure=MeasureKind.ROWS),),
    )
    cov = [c for c in codes(found, policy(tmp_path, text)) if c.startswith("COV")]
    assert cov == ([code] if code else [])


def test_a_finding_on_coverage_names_the_largest_and_has_evidence_of_each(tmp_path: Path) -> None:
    small, large = (training_set(n, LicenseState.NONE) for n in ("a/small", "b/large"))
    large = replace(large, weight=Weight(published=9.0, unit="pairs"))
    found = facts(small, large, coverage=(coverage(0.996),))
    (hit,) = findings(found, policy(tmp_path, _POINT), "COV001")
    assert hit.message == (
        "99.6 % of the training sets lack an explicit license; the policy's limit is 10 %. "
        "Known to lack: a/small (10 %), b/large (10 %)"
    )
    assert len(hit.evidence) == 2
    assert hit.help == "Ask the publisher of a set without license for one, or leave it out."


_HIDDEN = coverage(0.02, low=0.02, high=0.62, not_examined=6.0, measure=MeasureKind.ROWS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("coverage: {thresholds: [{max_fraction_lacking: 0.1}]}\n", "COV002"),
        (
            "coverage: {count_unexamined: apart, thresholds: [{max_fraction_lacking: 0.1}]}\n",
            "COV002",
        ),
        (
            "coverage: {count_unexamined: lacking, thresholds: [{max_fraction_lacking: 0.1}]}\n",
            "COV001",
        ),
        ("coverage: {thresholds: [{max_fraction_lacking: 0.7}]}\n", None),
        ("coverage: {thresholds: [{max_fraction_not_examined: 0.5}]}\n", "COV005"),
        ("coverage: {thresholds: [{max_fraction_not_examined: 0.6}]}\n", None),
    ],
)
def test_what_was_not_examined_fails_only_where_the_policy_says_so(
    tmp_path: Path, text: str, code: str | None
) -> None:
    found = facts(
        training_set("a/seen", LicenseState.NONE),
        training_set("b/unseen", LicenseState.UNRESOLVED, cause=Cause.GATED),
        coverage=(_HIDDEN,),
    )
    by = policy(tmp_path, text)
    assert [c for c in codes(found, by) if c.startswith("COV")] == ([code] if code else [])
    for hit in (f for f in findings(found, by, code or "COV001") if code):
        assert "b/unseen" in hit.message
        assert "HF_TOKEN" in hit.help


@pytest.mark.parametrize(
    ("text", "fraction", "code"),
    [
        (_POINT, 0.05, "COV002"),
        (_POINT, 0.0, None),
        (_POINT, 0.5, "COV001"),
        ("coverage: {thresholds: [{max_fraction_lacking: 1}]}\n", 0.5, None),
        ("coverage: {thresholds: [{measure: datasets, max_fraction_lacking: 0.1}]}\n", 0.05, None),
    ],
)
def test_a_few_sets_of_no_known_size_that_lack_decide_nothing(
    tmp_path: Path, text: str, fraction: float, code: str | None
) -> None:
    found = facts(
        licensed("a/a", "MIT"),
        training_set("b/b", LicenseState.NONE),
        coverage=(coverage(fraction),),
    )
    cov = [c for c in codes(found, policy(tmp_path, text)) if c.startswith("COV")]
    assert cov == ([code] if code else [])


def test_a_limit_of_one_kind_leaves_that_of_the_other(tmp_path: Path) -> None:
    text = (
        "extends: [builtin:default@1]\ncoverage: {thresholds: [{max_fraction_not_examined: 0.5}]}\n"
    )
    (threshold,) = policy(tmp_path, text).thresholds
    assert (threshold.max_fraction_lacking, threshold.max_fraction_not_examined) == (0.05, 0.5)


def test_thresholds_by_measure_and_reading(tmp_path: Path) -> None:
    by = policy(
        tmp_path,
        "coverage: {thresholds: [{measure: datasets, reading: inherited, max_fraction_lacking: 0},"
        " {measure: tokens, max_fraction_lacking: 0}]}\n",
    )
    found = facts(
        licensed("a/a", "MIT"),
        coverage=(coverage(), coverage(0.5, reading=Reading.INHERITED, headline=False)),
    )
    assert findings(found, by, "COV001")[0].severity is Severity.ERROR
    (missing,) = findings(found, by, "COV002")
    assert missing.message == (
        "the part lacking an explicit license by tokens is not known for org/model, "
        "so that the policy's limit of 0 % cannot be decided"
    )
    head = policy(
        tmp_path,
        "coverage: {thresholds: [{reading: inherited, max_fraction_lacking: 0}]}\n",
    )
    assert "COV001" in codes(found, head)
    rows = coverage(0.5, measure=MeasureKind.ROWS, unit="rows", basis="cards")
    assert "COV002" in codes(facts(coverage=(rows,)), head)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("default", Verdict.FAIL),
        ("research", Verdict.FAIL),
        ("commercial", Verdict.FAIL),
        ("gdpr", Verdict.INCOMPLETE),
    ],
)
def test_silence_is_never_better_than_disclosure(name: str, verdict: Verdict) -> None:
    found = facts(undeclared=True, coverage=(coverage(None, low=0.0, high=1.0),))
    assert evaluate(found, preset(name)).verdict is verdict
    assert [c for c in codes(found, preset(name)) if c.startswith("COV")] == ["COV003"]


def test_what_a_digest_does_not_say_is_no_silence_of_the_publisher() -> None:
    found = facts(undeclared=True, card_unread="a digest stands for it", coverage=())
    assert evaluate(found, preset("default")).verdict is Verdict.INCOMPLETE
    assert codes(found, preset("default")) == ["COV006"]


def test_sets_named_only_in_words_document_nothing() -> None:
    words = training_set("books", LicenseState.UNRESOLVED, cause=Cause.NOT_LOCATABLE)
    found = facts(words, coverage=(coverage(1.0),))
    assert {"COV001", "COV003"} <= set(codes(found, preset("default")))
    both = facts(words, licensed("a/a", "MIT"), coverage=(coverage(0.5),))
    assert "COV003" not in codes(both, preset("default"))


def test_unattributed_weight() -> None:
    found = facts(coverage=(coverage(0.0, unattributed=1234.0, unit="pairs", basis="a table"),))
    assert findings(found, preset("default"), "COV004")[0].message == (
        "1,234 of 10 pairs are attributed to no set (a table)"
    )


def _based(**base: Any) -> Facts:
    lineage = Lineage(
        ROOT,
        (node(ROOT), node("models/a/base", **base)),
        (edge(ROOT, "models/a/base", EdgeKind.FINETUNED_FROM),),
    )
    return facts(licensed("a/a", "MIT"), lineage=lineage)


def test_base_models() -> None:
    by = preset("default")
    assert "LIN001" in codes(_based(status=Status.GATED), by)
    assert "LIN002" in codes(_based(undeclared=True), by)
    assert not {"LIN001", "LIN002"} & set(codes(_based(), by))
    assert findings(_based(status=Status.GATED), by, "LIN001")[0].evidence


def test_a_base_model_has_the_remedy_of_its_cause() -> None:
    by = preset("default")
    down = _based(status=Status.UNREACHABLE, cause=Cause.UNREACHABLE)
    assert findings(down, by, "LIN001")[0].help == "Run the audit again when the source answers."
    words = Lineage(
        ROOT,
        (node(ROOT), node("named:our own", kind=NodeKind.NAMED, status=Status.NAMED)),
        (edge(ROOT, "named:our own", EdgeKind.FINETUNED_FROM),),
    )
    (named,) = findings(facts(licensed("a/a", "MIT"), lineage=words), by, "LIN001")
    assert named.message.endswith("cannot be examined: it is named only in words")
    assert named.help.startswith("Name the base model by its Hub id")


def test_an_id_that_the_subject_does_not_write_is_marked_in_findings() -> None:
    by = preset("default")
    base = training_set("org/books", LicenseState.NONE)
    for more, said in (({"matched": "known"}, "matched"), ({"guess": True}, "a guess")):
        item = replace(base, name="old tales", **more)
        found = facts(item, coverage=(coverage(1.0),))
        assert f"org/books ({said}) states no license" in findings(found, by, "LIC003")[0].message
        assert f"org/books ({said}" in findings(found, by, "COV001")[0].message


def test_a_card_that_may_name_data_is_said_to_name_none_for_certain() -> None:
    place = evidence("org/model", 9)
    may = PossibleSet("C4", None, 0.4, (), (place,))
    found = facts(undeclared=True, coverage=(), possible_sets=(may,))
    (hit,) = findings(found, preset("default"), "COV003")
    assert hit.message == "org/model names no training data for certain; perhaps “C4”"
    assert hit.evidence == (place,)


def test_what_was_not_followed_or_not_found() -> None:
    by = preset("default")
    cut = Lineage(ROOT, (node(ROOT),), (), truncated=("datasets/a/a",))
    assert "LIN003" in codes(facts(lineage=cut), by)
    gone = facts(subject=SubjectInfo("model", "org/model", None, Status.NOT_FOUND))
    assert codes(gone, by) == ["LIN004"]
    assert evaluate(gone, by).verdict is Verdict.INCOMPLETE
    source = Lineage(
        ROOT,
        (node(ROOT), node("datasets/a/a"),
         node("datasets/b/b", status=Status.GATED, cause=Cause.GATED)),
        (edge("datasets/a/a", "datasets/b/b"),),
    )  # fmt: skip
    assert findings(facts(lineage=source), by, "LIN005")[0].subject == "datasets/a/a"


def test_two_base_models_in_one_card_are_said(tmp_path: Path) -> None:
    by = policy(tmp_path)
    said = (("org/a", replace(evidence(), line=2)), ("org/b", replace(evidence(), line=30)))
    (found,) = findings(facts(bases_in_dispute=said), by, "LIN006")
    assert "org/a" in found.message
    assert "org/b" in found.message
    assert [e.line for e in found.evidence] == [2, 30]
    assert not findings(facts(), by, "LIN006")


def test_data_that_front_matter_and_text_disagree_on_is_said_with_both_lines(
    tmp_path: Path,
) -> None:
    listed, against = replace(evidence(), line=3), replace(evidence(), line=40)
    said = (
        DisputedData("org/owls", listed, against, denied=True),
        DisputedData("org/hawks", listed, against),
    )
    by = policy(tmp_path)
    denied, other = findings(facts(disputed_data=said), by, "LIN008")
    assert "org/owls" in denied.message
    assert "not trained on" in denied.message
    assert "other training data" in other.message
    assert [e.line for e in denied.evidence] == [3, 40]
    assert not findings(facts(), by, "LIN008")


def test_a_policy_that_wants_no_possible_sets_is_told_of_each(tmp_path: Path) -> None:
    maybe = tuple(
        PossibleSet(name, None, sure, (), (evidence(),)) for name, sure in (("A", 0.6), ("B", 0.4))
    )
    found = facts(possible_sets=maybe)
    asks = policy(tmp_path, "coverage: {possible_sets: incomplete}\n")
    hits = findings(found, asks, "COV007")
    assert hits
    assert all(h.severity is Severity.INCOMPLETE for h in hits)
    assert "A" in "".join(h.message for h in hits)
    assert not findings(found, policy(tmp_path), "COV007")
    assert findings(found, preset("strict"), "COV007")
    assert not findings(found, preset("default"), "COV007")
    assert not findings(facts(), asks, "COV007")


def test_rules_on_what_is_unknown_may_not_be_set_to_less() -> None:
    floored = {rule.code for rule in all_rules().values() if rule.floor is Severity.INCOMPLETE}
    assert floored == {
        "COV002", "COV003", "COV005", "COV006", "LIC013", "LIC014", "LIC017", "LIC018", "LIN001",
        "LIN002", "LIN003", "LIN004",
    }  # fmt: skip


_PRIVACY = [
    ("GDPR001", documented("a/a", documented="absent"), documented("a/a")),
    ("GDPR002", documented("a/a", documented="placeholder"), documented("a/a")),
    ("GDPR003", documented("a/a", statement="contains"),
     documented("a/a", signal(Topic.CONSENT), statement="contains")),
    ("GDPR003", documented("a/a", signal(Topic.NO_CONSENT)), documented("a/a")),
    ("GDPR004", documented("a/a", signal(Topic.SPECIAL_CATEGORY, "health")), documented("a/a")),
    ("GDPR005", documented("a/a", signal(Topic.CRIMINAL)), documented("a/a")),
    ("GDPR006", documented("a/a", signal(Topic.IDENTIFYING_COLUMN, "e-mail")), documented("a/a")),
    ("GDPR007", documented("a/a", signal(Topic.FOUND), documented="absent"),
     documented("a/a", signal(Topic.FOUND))),
    ("GDPR008", documented("a/a", signal(Topic.CRAWL)),
     documented("a/a", signal(Topic.CRAWL), signal(Topic.CONTACT))),
    ("GDPR009", documented("a/a", signal(Topic.CHILDREN)),
     documented("a/a", signal(Topic.CHILDREN), signal(Topic.ANONYMISED))),
    ("GDPR009", documented("a/a", statement="contains", evidence=(evidence(),)),
     documented("a/a", signal(Topic.CHILDREN), statement="none")),
    ("GDPR010", documented("a/a", signal(Topic.PEOPLE_MEDIA, "audio")),
     documented("a/a", signal(Topic.PEOPLE_MEDIA, "audio"), signal(Topic.CONSENT))),
    ("GDPR011", documented("a/a", signal(Topic.CHILDREN)), documented("a/a")),
    ("GDPR012", documented("a/a", signal(Topic.TRANSFER)), documented("a/a")),
    ("GDPR013", documented("a/a", signal(Topic.USER_CONVERSATIONS)), documented("a/a")),
    ("GDPR014", documented("a/a", signal(Topic.GATE_TERMS)), documented("a/a")),
    ("GDPR015", documented("a/a", signal(Topic.WITHDRAWN)), documented("a/a")),
    ("GDPR015", documented("defunct-datasets/a"), documented("a/a")),
    ("GDPR016", documented("a/a", signal(Topic.CHILDREN)),
     documented("a/a", signal(Topic.CHILDREN), signal(Topic.RETENTION))),
    ("GDPR017", documented("a/a", signal(Topic.CHILDREN)),
     documented("a/a", signal(Topic.CHILDREN), signal(Topic.CONTROLLER))),
    ("AIA003", documented("a/a"), documented("a/a", signal(Topic.SOURCE_TYPE, "public"))),
    ("AIA004", documented("a/a", signal(Topic.CRAWL), signal(Topic.CRAWLER)),
     documented("a/a", signal(Topic.CRAWL), signal(Topic.CRAWLER), signal(Topic.CRAWL_PERIOD),
                signal(Topic.CRAWL_DOMAINS))),
    ("AIA005", documented("a/a", signal(Topic.CRAWL)),
     documented("a/a", signal(Topic.CRAWL), signal(Topic.TDM_RESERVATION))),
    ("AIA006", documented("a/a", signal(Topic.SYNTHETIC)),
     documented("a/a", signal(Topic.SYNTHETIC), signal(Topic.GENERATOR))),
    ("AIA007", documented("a/a"), documented("a/a", signal(Topic.SIZE))),
    ("AIA007", documented("a/a"), replace(documented("a/a"), weight=Weight(rows=3.0))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "bad", "good"), _PRIVACY)
def test_documentation(code: str, bad: TrainingSet, good: TrainingSet) -> None:
    by = preset("strict")
    assert [f.code for f in findings(facts(bad), by, code)] == [code]
    assert findings(facts(good), by, code) == []
    unread = replace(training_set("a/a"), personal_data=replace(bad.personal_data))
    silent = replace(unread, personal_data=replace(unread.personal_data, documented="unknown"))
    if bad.id == "a/a" and not bad.personal_data.signals:
        assert findings(facts(silent), by, code) == []


def test_a_withdrawn_set_and_a_withdrawn_source() -> None:
    by = preset("gdpr")
    own = Lineage(ROOT, (node(ROOT), node("datasets/a/a", status=Status.WITHDRAWN)), ())
    found = facts(training_set("a/a", LicenseState.UNRESOLVED), lineage=own)
    assert findings(found, by, "GDPR015")[0].subject == "datasets/a/a"
    nodes = (node(ROOT), node("datasets/a/a"), node("datasets/b/b", status=Status.WITHDRAWN))
    lineage = Lineage(ROOT, nodes, (edge("datasets/a/a", "datasets/b/b"),))
    assert "b/b" in findings(facts(lineage=lineage), by, "GDPR015")[0].message


def test_what_a_summary_of_training_content_needs_of_the_model() -> None:
    by = preset("eu-ai-act")
    bare = facts(undeclared=True)
    assert {"AIA001", "AIA008", "AIA009"} <= set(codes(bare, by))
    told = facts(
        licensed("a/a", "MIT"),
        transparency=(signal(Topic.SUMMARY), signal(Topic.COPYRIGHT_POLICY)),
    )
    assert not {"AIA001", "AIA002", "AIA008", "AIA009"} & set(codes(told, by))
    hidden = replace(
        _based(status=Status.GATED), training_sets=(training_set("z/z", LicenseState.UNRESOLVED),)
    )
    assert len(findings(hidden, by, "AIA002")) == 2


_TASK, _COMPUTE = Topic.MODALITY, Topic.COMPUTE


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ((), "not observable: its card states no task and no training compute"),
        (((_TASK, "generates"),), "not observable: its card states no training compute"),
        (((_COMPUTE, "2e+24"),), "not observable: its card states no task"),
        (((_TASK, "generates"), (_COMPUTE, "2e+24")), "about 2e+24 FLOP of training): due since"),
        (((_TASK, "other"),), None),
        (((_TASK, "generates"), (_COMPUTE, "9.9e+22")), None),
    ],
)
@pytest.mark.parametrize("code", ["AIA008", "AIA009"])
def test_only_general_purpose_models_owe_a_summary(
    code: str, told: tuple[tuple[Topic, str], ...], says: str | None
) -> None:
    by = preset("eu-ai-act")
    found = facts(licensed("a/a", "MIT"), transparency=tuple(signal(t, d) for t, d in told))
    messages = [
        f.message for f in findings(replace(found, as_of=datetime.date(2026, 1, 1)), by, code)
    ]
    assert len(messages) == (says is not None)
    assert all(says in message for message in messages if says)
    assert not findings(replace(found, as_of=datetime.date(2025, 8, 1)), by, code)


def test_the_headline_in_the_inherited_reading_is_of_the_same_measure(tmp_path: Path) -> None:
    by = policy(
        tmp_path, "coverage: {thresholds: [{reading: inherited, max_fraction_lacking: 0}]}\n"
    )
    table = {"measure": MeasureKind.PUBLISHED, "unit": "pairs", "basis": "a table"}
    found = facts(
        licensed("a/a", "MIT"),
        coverage=(
            coverage(0.0, **table),
            coverage(0.9, reading=Reading.INHERITED, headline=False),
            coverage(0.5, **table, reading=Reading.INHERITED, headline=False),
        ),
    )
    (hit,) = findings(found, by, "COV001")
    assert hit.message.startswith("50 % of ")
    assert "pairs" in hit.message


@pytest.mark.parametrize(
    ("fraction", "share"), [(0.0005, "0.1 %"), (0.9996, ">99.9 %"), (1.0, "100 %")]
)
def test_a_share_is_never_rounded_to_nothing_or_to_all(
    tmp_path: Path, fraction: float, share: str
) -> None:
    by = policy(tmp_path, "coverage: {thresholds: [{max_fraction_lacking: 0}]}\n")
    (hit,) = findings(facts(coverage=(coverage(fraction),)), by, "COV001")
    assert hit.message.startswith(f"{share} of ")

"""Facts for policy tests: everything defaulted but what a test speaks of."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from tests.builders import conclusion, evidence, training_set

from provenance.policy import Policy, judge, load_policy
from provenance.policy.clarifications import restrictions_in
from provenance.policy.loading import load_policy as load
from provenance.report.coverage import Coverage, MeasureKind, Reading
from provenance.report.evidence import Evidence
from provenance.report.facts import Facts
from provenance.report.finding import Finding
from provenance.report.license import (
    Cause,
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.report.lineage import Edge, EdgeKind, Lineage, Node, NodeKind
from provenance.report.report import SubjectInfo
from provenance.report.training import PersonalData, Signal, TrainingSet
from provenance.vocabulary.statuses import Status
from provenance.vocabulary.topics import DOCUMENTED, Topic

ROOT = "models/org/model"
AS_OF = datetime.date(2026, 11, 22)


def stated(expression: str, raw: str | None = None) -> LicenseConclusion:
    """A license that a tag states."""
    terms = restrictions_in(expression)
    where = Evidence("datasets/a/b", "abc", "README.md", 2, "/license", expression)
    statement = LicenseStatement(
        raw or expression, Meaning.NAMES, expression, terms, Scope.DATA, Origin.TAG, where
    )
    return LicenseConclusion(
        LicenseState.EXPLICIT, (expression,), expression, "tag", terms, (statement,)
    )


def licensed(name: str, expression: str) -> TrainingSet:
    """A resolved set under a license."""
    return replace(training_set(name), license=stated(expression))


def documented(name: str, *signals: Signal, **data: object) -> TrainingSet:
    """A set under MIT whose card was read."""
    fields = {"documented": "stated", "statement": None, "signals": signals, **data}
    return replace(licensed(name, "MIT"), personal_data=PersonalData(**fields))  # type: ignore[arg-type]


def signal(topic: Topic, detail: str = "", line: int = 7) -> Signal:
    return Signal(topic.value, DOCUMENTED, detail, evidence(topic.value, line))


def coverage(fraction: float | None = 0.0, **changes: object) -> Coverage:
    """Coverage by datasets, direct, headline."""
    known = fraction or 0.0
    base = Coverage(
        MeasureKind.DATASETS, "sets", Reading.DIRECT, 10.0, known * 10, 0.0, 0.0, 0,
        fraction, known, known, True, "each set counted once", (),
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def node(key: str, concluded: str = "MIT", cause: Cause | None = None, **changes: object) -> Node:
    """A found repository under ``concluded``; with ``cause`` one that nothing is known of."""
    kind = NodeKind.MODEL if key.startswith("models/") else NodeKind.DATASET
    base = Node(
        key, kind, key.partition("/")[2], "abc", Status.FOUND, None,
        stated(concluded) if cause is None else conclusion(LicenseState.UNRESOLVED, cause=cause),
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def edge(source: str, target: str, kind: EdgeKind = EdgeKind.DERIVED_FROM) -> Edge:
    return Edge(source, target, kind, None, (evidence(f"{source} {target}", 3),))


def facts(*sets: TrainingSet, **changes: object) -> Facts:
    """A model under MIT with ``sets``, none of them lacking."""
    base = Facts(
        as_of=AS_OF,
        subject=SubjectInfo("model", "org/model", "abc", Status.FOUND),
        undeclared=False,
        license=stated("MIT"),
        coverage=(coverage(),),
        training_sets=sets,
        evaluation_sets=(),
        lineage=Lineage(ROOT, (node(ROOT),), ()),
        notes=(),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def policy(tmp_path: Path, text: str = "extends: [builtin:default@1]\n") -> Policy:
    """A policy file with ``text``, loaded."""
    path = tmp_path / "provenance.yaml"
    path.write_text(text, "utf-8")
    return load(path.name, tmp_path)


def codes(found: Facts, by: Policy) -> list[str]:
    """Codes of unwaived findings, sorted."""
    return sorted(f.code for f in judge([found], by)[0].findings if f.waiver is None)


def findings(found: Facts, by: Policy, code: str) -> list[Finding]:
    """Findings of one rule."""
    return [f for f in judge([found], by)[0].findings if f.code == code]


def preset(name: str) -> Policy:
    return load_policy(f"builtin:{name}", Path())


__all__ = ["conclusion"]

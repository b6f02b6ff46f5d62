"""Reports of invented repositories: what ``audit`` makes of the cards in ``tests/snapshots/owls``.

One rich, one undeclared, one passing, one unread, one large. The hostile one alone is put together
by hand: no card can say all of it.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from provenance import audit, load_policy
from provenance.report.evidence import Evidence
from provenance.report.finding import Finding, Severity, Waiver
from provenance.report.license import (
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.report.lineage import Edge, EdgeKind, Lineage, Node, NodeKind
from provenance.report.report import Note, PolicyInfo, Report, Source, SubjectInfo, Tool
from provenance.report.training import (
    Citation,
    CitationField,
    DeclaredIn,
    EvaluationSet,
    PersonalData,
    PublishedWeight,
    Role,
    TrainingSet,
    Weight,
)
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.statuses import Status

OWLS = Path(__file__).resolve().parents[1] / "snapshots" / "owls"
CARD = "models/example-lab/sentence-owl"
"""The subject of the rich report."""
DATA_SHA = "9ab4410fe1c2d3b4a5968778695a4b3c2d1e0f12"
"""The revision of every dataset of the snapshot."""
MODEL_SHA = "3c1f0a9be7d24b1f8a60c55d1f3a7e9d02b4c6e8"
"""And of every model."""

HOSTILE = (
    "<script>alert(1)</script></style>\"'&lt; \u202eevil\u202c\u200b \x1b[31mred\x1b[0m\x9b2J "
    "| `x` [a](javascript:alert(1)) ![i](https://evil.example/i.png) =cmd()|'/C calc'!A0 @everyone "
    "#1\n--- \r\n::error::x\u2028{{ 7*7 }} {% raw %} www.evil.example ]]> --> \U000e0041\ud800"
)


@lru_cache
def audited(subject: str, policy: str) -> Report:
    """One audit of the owls, in the name of no release of this program."""
    found = audit(
        subject,
        snapshot=OWLS,
        policy=load_policy(policy, OWLS),
        as_of=datetime.date(2026, 11, 23),
    )
    return replace(found, tool=replace(found.tool, version="0.1.0"))


def report() -> Report:
    """Sets in every state, two published measures, a base model, and a finding that is waived."""
    return audited(CARD, "policy.yaml")


def guessed() -> Report:
    """The rich report, where what the private crawl is called on the Hub is a guess."""
    base = report()
    sets = tuple(
        replace(s, name="a private crawl", guess=True, declared_in=(DeclaredIn.PROSE,))
        if s.id == "example-lab/private-crawl"
        else s
        for s in base.training_sets
    )
    return replace(base, training_sets=sets)


def undeclared() -> Report:
    """A card that says nothing."""
    return audited("models/example-lab/quiet", "builtin:default")


def passing() -> Report:
    """One set, explicit, nothing to mend."""
    return audited("models/example-lab/tidy-owl", "builtin:research")


def unread(kind: str = "model") -> Report:
    """A subject that was asked for and not there."""
    return audited(f"{kind}s/example-lab/gone", "builtin:default")


def large(count: int = 500) -> Report:
    """The rich report with ``count`` sets."""
    base = report()
    examples = base.training_sets[:4]
    sets = []
    nodes = {n.key: n for n in base.lineage.nodes}
    found = [nodes[CARD]]
    edges = []
    for number in range(count):
        example = examples[number % len(examples)]
        name = f"collection-{number:04d}"
        named = f"org-{number % 37}/{name}"
        weight = float((number * 7919) % 10_007 + 1) * 1000
        published = replace(example.weight.measures[0], value=weight)
        sets.append(
            replace(
                example,
                name=name,
                id=named,
                evidence=(example.evidence[0],) * 6,
                aliases=tuple(f"{name}_part_{part}_of_6.jsonl" for part in range(6)),
                license=replace(
                    example.license,
                    statements=(example.license.statements * 3)[:4],
                ),
                weight=Weight(weight, published.unit, measures=(published,)),
                derived_from=(),
            )
        )
        key = f"datasets/{named}"
        found.append(replace(nodes[example.key], key=key, id=named))
        edges.append(Edge(CARD, key, EdgeKind.TRAINED_ON, None, example.evidence))
    ordered = tuple(sorted(found, key=lambda n: n.key))
    return replace(base, training_sets=tuple(sets), lineage=Lineage(CARD, ordered, tuple(edges)))


def hostile() -> Report:
    """The rich report with every outside string replaced by a hostile one."""
    bad = HOSTILE
    attribution = (Restriction.ATTRIBUTION,)
    rich = report()
    where = Evidence(bad, bad, bad, 7, bad, bad)
    said = LicenseStatement(
        bad, Meaning.NAMES, bad, attribution, Scope.PART, Origin.BODY, where, bad
    )
    license_ = LicenseConclusion(LicenseState.CONFLICTING, (bad,), bad, bad, attribution, (said,))
    weight = Weight(5.0, bad, measures=(PublishedWeight(bad, bad, 5.0, (bad,)),), sources=(where,))
    the_set = TrainingSet(
        name=bad,
        id=bad,
        revision=bad,
        role=Role.TRAINING,
        declared_in=(DeclaredIn.PROSE,),
        via=(bad,),
        weight=weight,
        evidence=(where,),
        resolved=True,
        unresolved_reason=bad,
        guess=True,
        license=license_,
        inherited_lacking=True,
        personal_data=PersonalData(bad, bad, (bad,), (where,)),
        derived_from=(bad,),
        aliases=(bad,),
        citations=(
            Citation(bad, bad, (CitationField(bad, bad), CitationField("title", bad)), where),
        ),
    )
    nodes = (
        Node(bad, NodeKind.MODEL, bad, bad, Status.GATED, bad, license_, False, bad),
        Node(bad + "2", NodeKind.DATASET, bad, bad, Status.GATED, bad, license_, False, bad),
    )
    edges = (Edge(bad, bad + "2", EdgeKind.TRAINED_ON, bad, (where,)),)
    waiver = Waiver(bad, bad, bad, rich.as_of)
    return replace(
        rich,
        tool=Tool(bad, bad),
        source=Source(bad, rich.as_of),
        subject=SubjectInfo(bad, bad, bad, Status.FOUND),
        policy=PolicyInfo(bad, bad),
        license=license_,
        coverage=tuple(replace(c, unit=bad, basis=bad) for c in rich.coverage),
        training_sets=(the_set, replace(the_set, via=())),
        evaluation_sets=(EvaluationSet(bad, bad, (where,)),),
        lineage=Lineage(bad, nodes, edges, (bad,)),
        findings=(
            Finding(bad, Severity.ERROR, bad, bad, (where,), bad, bad, None),
            Finding(bad, Severity.WARNING, bad, bad, (where,), bad, bad, waiver),
        ),
        notes=(Note(bad, bad),),
        citations=the_set.citations,
    )


def hostile_unread() -> Report:
    """The hostile report of a subject that could not be read."""
    base = hostile()
    return replace(base, subject=replace(base.subject, status=Status.GATED))

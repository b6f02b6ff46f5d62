"""Small nouns for tests: everything defaulted but what a test speaks of."""

from __future__ import annotations

from provenance.report.coverage import Coverage, MeasureKind, Reading
from provenance.report.evidence import Evidence
from provenance.report.license import (
    Cause,
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.report.lineage import Node, NodeKind
from provenance.report.training import (
    Amount,
    Citation,
    CitationField,
    DeclaredIn,
    Measure,
    Mention,
    PersonalData,
    Role,
    TrainingSet,
    Weight,
)
from provenance.vocabulary.statuses import Status

REVISION = "9ab4410fe1c2d3b4a5968778695a4b3c2d1e0f12"
"""Of every repository that a builder names."""


def evidence(text: str = "text", line: int = 1, path: str = "README.md") -> Evidence:
    return Evidence("models/org/name", "abc", path, line, None, text)


def mention(
    name: str,
    dataset_id: str | None = None,
    url: str | None = None,
    declared_in: DeclaredIn = DeclaredIn.FRONT_MATTER,
    role: Role = Role.TRAINING,
    amounts: tuple[Amount, ...] = (),
    *,
    guess: bool = False,
) -> Mention:
    return Mention(name, dataset_id, url, declared_in, role, evidence(name), amounts, guess)


def amount(
    value: float, unit: str = "pairs", basis: str = "README.md table at line 3", row: str = ""
) -> Amount:
    return Amount(Measure(unit, basis), value, row)


def statement(
    raw: str,
    expression: str | None,
    repo: str,
    *,
    line: int = 3,
    origin: Origin = Origin.TAG,
    scope: Scope = Scope.DATA,
    part: str | None = None,
) -> LicenseStatement:
    """One that names a license and asks for nothing."""
    pointer = "/license" if origin is Origin.TAG else None
    path = "LICENSE" if origin is Origin.LICENSE_FILE else "README.md"
    quoted = f"license: {raw}" if origin is Origin.TAG else f"This data is released under {raw}."
    where = Evidence(repo, REVISION, path, line, pointer, quoted)
    return LicenseStatement(raw, Meaning.NAMES, expression, (), scope, origin, where, part)


def conclusion(
    state: LicenseState = LicenseState.EXPLICIT,
    expression: str | None = None,
    reason: str = "because",
    statements: tuple[LicenseStatement, ...] = (),
    *,
    declared: tuple[str, ...] = (),
    cause: Cause | None = None,
) -> LicenseConclusion:
    """``explicit`` is MIT by default; ``unresolved`` without a cause: the snapshot lacks it."""
    if expression is None:
        expression = "MIT" if state is LicenseState.EXPLICIT else "NOASSERTION"
    if state is LicenseState.UNRESOLVED and cause is None:
        cause = Cause.NOT_IN_SNAPSHOT
    restrictions = tuple(sorted({r for s in statements for r in s.restrictions}))
    return LicenseConclusion(
        state, declared, expression, reason, restrictions, statements, cause=cause
    )


def training_set(
    name: str,
    state: LicenseState = LicenseState.EXPLICIT,
    *,
    via: tuple[str, ...] = (),
    rows: float | None = None,
    size: float | None = None,
    inherited_lacking: bool | None = None,
    inherited_not_examined: bool = False,
    cause: Cause | None = None,
) -> TrainingSet:
    license_ = conclusion(state, cause=cause)
    return TrainingSet(
        name=name,
        id=name,
        revision=None,
        role=Role.TRAINING,
        declared_in=(DeclaredIn.FRONT_MATTER,),
        via=via,
        weight=Weight(rows=rows, bytes=size),
        evidence=(evidence(name),),
        resolved=state is not LicenseState.UNRESOLVED,
        unresolved_reason=None,
        guess=False,
        license=license_,
        inherited_lacking=license_.lacks if inherited_lacking is None else inherited_lacking,
        personal_data=PersonalData("unknown", None),
        inherited_not_examined=inherited_not_examined,
    )


def citation(
    key: str, repo: str, *, kind: str = "inproceedings", line: int = 140, **fields: str
) -> Citation:
    where = Evidence(repo, REVISION, "README.md", line, None, f"@{kind}{{{key},")
    return Citation(kind, key, tuple(CitationField(n, v) for n, v in fields.items()), where)


def coverage(
    measure: MeasureKind,
    unit: str,
    reading: Reading,
    total: float,
    lacking: float,
    *,
    unknown: int = 0,
    headline: bool = False,
    basis: str = "",
) -> Coverage:
    """What is known to lack is all that can."""
    fraction = lacking / total if total else None
    return Coverage(
        measure=measure,
        unit=unit,
        reading=reading,
        total=total,
        lacking=lacking,
        conflicting=0.0,
        unattributed=0.0,
        unknown=unknown,
        fraction=fraction,
        low=fraction or 0.0,
        high=lacking / total if total else 1.0,
        headline=headline,
        basis=basis,
        by_state=(),
    )


def node(
    key: str,
    kind: NodeKind = NodeKind.DATASET,
    license_: LicenseConclusion | None = None,
    status: Status = Status.FOUND,
) -> Node:
    """One that was read, under MIT by default."""
    node_id = key.partition("/")[2] if "/" in key else key.partition(":")[2]
    revision = REVISION if status is Status.FOUND else None
    return Node(key, kind, node_id, revision, status, None, license_ or conclusion())

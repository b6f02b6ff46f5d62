"""Small nouns for tests: everything defaulted but what a test speaks of."""

from __future__ import annotations

from provenance.report.evidence import Evidence
from provenance.report.license import Cause, LicenseConclusion, LicenseState
from provenance.report.training import (
    Amount,
    DeclaredIn,
    Measure,
    Mention,
    PersonalData,
    Role,
    TrainingSet,
    Weight,
)


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


def conclusion(
    state: LicenseState = LicenseState.EXPLICIT, cause: Cause | None = None
) -> LicenseConclusion:
    """``unresolved`` without a cause given: the snapshot does not hold it."""
    concluded = "MIT" if state is LicenseState.EXPLICIT else "NOASSERTION"
    if state is LicenseState.UNRESOLVED and cause is None:
        cause = Cause.NOT_IN_SNAPSHOT
    return LicenseConclusion(state, (), concluded, "because", (), (), cause=cause)


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
    license_ = conclusion(state, cause)
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

"""The shape of a policy file. Imports pydantic, so it is itself imported only to load one."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model, model_validator

from provenance.errors import PolicyError
from provenance.policy.pinned import pinned_from
from provenance.policy.rules import RuleSection, all_rules
from provenance.policy.words import (
    CategoryName,
    Code,
    Codes,
    Condition,
    Date,
    ExpressionField,
    Floored,
    GraceCode,
    Level,
    Levels,
    ModelPattern,
    OneSubject,
    OwnCode,
    Sha256,
    SubjectField,
    TermsField,
    TextField,
    one_or_list,
    why_not_waived,
)
from provenance.report.finding import Severity

UseName = Literal[
    "commercial", "internal", "research", "redistribute-weights", "generate-training-data"
]
CountedRole = Literal["pretraining", "finetuning", "training"]
"""Roles of sets that count; what a set is only evaluated on is never held against a list."""
MeasureName = Literal["headline", "published", "tokens", "rows", "bytes", "datasets"]
ReadingName = Literal["direct", "inherited"]
BoundName = Literal["point", "upper"]
Fraction = Annotated[float, Field(ge=0, le=1)]
UnexaminedName = Literal["apart", "lacking"]
DecisionName = Literal["allow", "review", "deny", "unrecognized"]
VerdictName = Literal["pass", "fail", "incomplete"]
ReasonName = Literal[
    "licensed-separately",
    "legal-review",
    "risk-accepted",
    "false-positive",
    "not-used",
    "temporary",
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=False)


class ListsModel(_Strict):
    """License lists of one role."""

    allow: TermsField | None = Field(None, description="Licenses and groups that pass.")
    review: TermsField | None = Field(
        None, description="Licenses and groups somebody must look at."
    )
    deny: TermsField | None = Field(None, description="Licenses and groups that fail.")

    @model_validator(mode="after")
    def _once(self) -> ListsModel:
        seen: dict[str, str] = {}
        for name in ("allow", "review", "deny"):
            for term in getattr(self, name) or ():
                if seen.setdefault(term, name) != name:
                    raise ValueError(f"{term!r} stands in both {seen[term]} and {name}")
        return self


class RoleListsModel(ListsModel):
    """License lists of one role, laid over those of the policy."""

    extend: bool = Field(True, description="false: these lists alone hold for the role.")


class ThresholdModel(_Strict):
    """The most of one measure that may lack an explicit license, or go unexamined."""

    measure: MeasureName = "headline"
    reading: ReadingName = "direct"
    max_fraction_lacking: Fraction | None = Field(
        None, description="The most that may be known to lack an explicit license."
    )
    bound: BoundName = Field(
        "point", description="point: what is known to lack; upper: the most that can lack."
    )
    max_fraction_not_examined: Fraction | None = Field(
        None, description="The most that may go unexamined."
    )

    @model_validator(mode="after")
    def _limits(self) -> ThresholdModel:
        if self.max_fraction_lacking is None and self.max_fraction_not_examined is None:
            raise ValueError("needs the key 'max_fraction_lacking' or 'max_fraction_not_examined'")
        return self


class PinnedModel(_Strict):
    """A policy of another repository or server, pinned; ``provenance policy fetch`` fetches it."""

    git: TextField | None = None
    rev: TextField | None = None
    path: TextField | None = None
    https: TextField | None = None
    sha256: TextField | None = None

    @model_validator(mode="after")
    def _whole(self) -> PinnedModel:
        try:
            pinned_from(self.model_dump(exclude_none=True))
        except PolicyError as error:
            raise ValueError(str(error)) from None  # what pydantic reads as a problem
        return self


class ShareModel(_Strict):
    """The most of one measure that may be under some licenses."""

    licenses: Annotated[TermsField, Field(min_length=1)]
    measure: MeasureName = "headline"
    max_fraction: Annotated[float, Field(ge=0, lt=1)]


class AcceptsModel(_Strict):
    """What was accepted: the exception is void once one of them is another."""

    license: ExpressionField | None = None
    revision: TextField | None = None
    evidence_sha256: Sha256 | None = None


class EvidenceModel(_Strict):
    """The document that an acceptance rests on, a file beside the policy."""

    file: TextField
    sha256: Sha256


class ExceptionModel(_Strict):
    """An accepted finding."""

    rule: Code | None = None
    rules: Annotated[Codes, Field(min_length=1)] | None = None
    subject: SubjectField
    accepts: AcceptsModel | None = None
    reason: ReasonName
    comment: TextField | None = None
    evidence: EvidenceModel | None = None
    owner: TextField
    expires: Date

    @model_validator(mode="after")
    def _can_waive(self) -> ExceptionModel:
        if (self.rule is None) == (self.rules is None):
            raise ValueError("an exception names one of rule and rules")
        if self.comment is None and self.evidence is None:
            raise ValueError("an exception says why: comment, or evidence {file, sha256}")
        for code in self.rules or [self.rule or ""]:
            wrong = why_not_waived(code, self.subject)
            if wrong is not None:
                raise ValueError(wrong)
        if self.accepts is not None and "*" in self.subject:
            raise ValueError("accepts pins one thing: name it, without *")
        return self


class OwnRuleModel(_Strict):
    """A rule of the organisation's own: a condition in CEL over what an audit establishes."""

    code: OwnCode
    when: Condition
    severity: Literal["error", "incomplete", "warning", "note"] = "error"
    help: TextField


class ClarificationModel(_Strict):
    """A corrected fact, pinned to the evidence it replaces."""

    subject: OneSubject
    revision: TextField | None = None
    license: ExpressionField | None = None
    personal_data: Literal["none", "contains", "anonymised"] | None = None
    evidence_sha256: Sha256
    comment: TextField
    owner: TextField
    expires: Date | None = None

    @model_validator(mode="after")
    def _one_fact(self) -> ClarificationModel:
        if (self.license is None) == (self.personal_data is None):
            raise ValueError("a clarification sets one of license and personal_data")
        return self


class ExpectModel(_Strict):
    """What a test expects."""

    decision: DecisionName | None = None
    verdict: VerdictName | None = None
    findings: Codes = []
    absent: Codes = []

    @model_validator(mode="after")
    def _something(self) -> ExpectModel:
        if self.decision is None and self.verdict is None and not (self.findings or self.absent):
            raise ValueError("expects nothing: give decision, verdict, findings or absent")
        both = sorted(set(self.findings) & set(self.absent))
        if both:
            raise ValueError(f"{', '.join(both)} cannot be both among findings and absent")
        return self


class TestModel(_Strict):
    """An example: a license expression or a dataset card, and what the policy must say."""

    name: TextField
    license: ExpressionField | None = None
    role: CountedRole = "training"
    card: TextField | None = None
    expect: ExpectModel

    @model_validator(mode="after")
    def _one_subject(self) -> TestModel:
        if (self.license is None) == (self.card is None):
            raise ValueError("a test gives one of license and card")
        return self


class _LicensesBase(ListsModel):
    roles: dict[CountedRole, RoleListsModel] | None = None
    categories: dict[CategoryName, Annotated[TermsField, Field(min_length=1)]] | None = None
    check_subject: bool | None = None
    check_inherited: bool | None = None


class _CoverageBase(_Strict):
    thresholds: list[ThresholdModel] | None = None
    shares: list[ShareModel] | None = None
    count_unexamined: UnexaminedName | None = Field(
        None,
        description="apart: what was not examined can withhold a pass and never fails; lacking: "
        "it counts as if it were known to lack.",
    )


class _SettingsBase(_Strict):
    warn_before_expiry_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    max_exception_days: Annotated[int, Field(ge=1, le=36500)] | None = None


_BASES: dict[RuleSection, type[_Strict]] = {
    RuleSection.LICENSES: _LicensesBase,
    RuleSection.COVERAGE: _CoverageBase,
    RuleSection.SETTINGS: _SettingsBase,
}


@cache
def policy_model() -> type[BaseModel]:
    """The model of a whole file: a key for every rule, made from the rules themselves."""
    sections: dict[str, Any] = {}
    for section in RuleSection:
        fields: dict[str, Any] = {
            rule.name: (
                (Floored if rule.floor is Severity.INCOMPLETE else Level) | None,
                Field(None, description=f"{rule.code}: {rule.title}."),
            )
            for rule in all_rules().values()
            if rule.section is section
        }
        base = _BASES.get(section, _Strict)
        model = create_model(f"{section.value.title()}Section", __base__=base, **fields)
        sections[section.value] = (model | None, None)
    overlaid: dict[str, Any] = {
        "use": (Annotated[list[UseName], BeforeValidator(one_or_list)] | None, None),
        "severity": (Levels | None, None),
        **{name: field for name, field in sections.items() if name != RuleSection.SETTINGS.value},
    }
    profile: Any = create_model(  # as a type below
        "Profile",
        __base__=_Strict,
        models=(
            Annotated[list[ModelPattern], BeforeValidator(one_or_list), Field(min_length=1)],
            ...,
        ),
        **overlaid,
    )
    return create_model(
        "Policy",
        __base__=_Strict,
        version=(Literal[1], Field(1, description="Version of the file's format.")),
        description=(str | None, None),
        extends=(Annotated[list[TextField | PinnedModel], BeforeValidator(one_or_list)], []),
        grace=(dict[GraceCode, Date] | None, None),
        profiles=(list[profile], []),
        rules=(list[OwnRuleModel], []),
        exceptions=(list[ExceptionModel], []),
        clarifications=(list[ClarificationModel], []),
        tests=(list[TestModel], []),
        settings=sections[RuleSection.SETTINGS.value],
        **overlaid,
    )

"""The shape of a policy file. The only importer of pydantic; itself imported only to load one."""

from __future__ import annotations

import datetime
import difflib
import json
import re
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic_core import ErrorDetails

from provenance.licensing import group_names, groups_of, parse_expression, symbols_in
from provenance.policy.document import Document, Json, Mark, Problem, dotted
from provenance.policy.rules import Section, all_rules
from provenance.report.finding import Severity
from provenance.report.license import NOASSERTION, NONE
from provenance.vocabulary.identifiers import is_family, spdx_ids

SCHEMA_ID = "urn:provenance-audit:schema:policy-1"
_SUBJECT = re.compile(r"(?:datasets/|models/|named:)\S.*|\*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _suggest(word: str, known: list[str]) -> str:
    same = [name for name in known if name.lower() == word.lower()]
    close = same or difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def _license_term(text: str) -> str:
    if text in group_names() or is_family(text) or _known_symbol(text):
        return text
    known = [*sorted(group_names()), *spdx_ids().values()]
    raise ValueError(
        f"{text!r} is neither an SPDX id, a LicenseRef-… nor a group"
        f"{_suggest(text, known)} (groups: {', '.join(sorted(group_names()))})"
    )


def _known_symbol(symbol: str) -> bool:
    base, _, exception = symbol.partition(" WITH ")
    if exception and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", exception):
        return False
    if re.fullmatch(r"LicenseRef-[A-Za-z0-9.-]+", base):
        return True
    return spdx_ids().get(base.removesuffix("+").lower()) == base.removesuffix("+")


def _expression(text: str) -> str:
    if parse_expression(text) is None:
        raise ValueError(f"{text!r} is not an SPDX license expression")
    for symbol in symbols_in(text):
        if not (_known_symbol(symbol) or groups_of(symbol) or symbol in {NONE, NOASSERTION}):
            near = _suggest(symbol, list(spdx_ids().values()))
            raise ValueError(f"{symbol!r} is neither an SPDX id nor a LicenseRef-…{near}")
    return text


def _code(text: str) -> str:
    if text not in all_rules():
        raise ValueError(f"no rule has the code {text!r}{_suggest(text, list(all_rules()))}")
    return text


def _date(value: str) -> str:
    wrong = f"{value!r} is not a date of the form YYYY-MM-DD"
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError(wrong)
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError(wrong) from None


def _subject(text: str) -> str:
    if not _SUBJECT.fullmatch(text):
        raise ValueError(
            f"{text!r} names no subject: write datasets/owner/name, models/owner/name or "
            "named:words (* stands for any characters)"
        )
    return text


def _sha256(text: str) -> str:
    if not _SHA256.fullmatch(text):
        raise ValueError("a sha256 is 64 hexadecimal digits in lower case")
    return text


def _one_or_list(value: Any) -> Any:  # the parsing edge: pydantic checks what it is
    return [value] if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1, max_length=4_000)]
Term = Annotated[str, AfterValidator(_license_term)]
Terms = Annotated[list[Term], BeforeValidator(_one_or_list)]
Code = Annotated[str, AfterValidator(_code)]
Codes = Annotated[list[Code], BeforeValidator(_one_or_list)]
Date = Annotated[str, AfterValidator(_date)]
Subject = Annotated[str, AfterValidator(_subject)]
Sha256 = Annotated[str, AfterValidator(_sha256)]
Expression = Annotated[str, AfterValidator(_expression)]
Level = Literal["error", "incomplete", "warning", "note", "ignore"]
Floored = Literal["error", "incomplete"]


UseName = Literal[
    "commercial", "internal", "research", "redistribute-weights", "generate-training-data"
]
RoleName = Literal["pretraining", "finetuning", "training", "evaluation"]
MeasureName = Literal["headline", "published", "tokens", "rows", "bytes", "datasets"]
ReadingName = Literal["direct", "inherited"]
BoundName = Literal["point", "upper"]
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

    allow: Terms | None = Field(None, description="Licenses and groups that pass.")
    review: Terms | None = Field(None, description="Licenses and groups somebody must look at.")
    deny: Terms | None = Field(None, description="Licenses and groups that fail.")

    @model_validator(mode="after")
    def _once(self) -> ListsModel:
        seen: dict[str, str] = {}
        for name in ("allow", "review", "deny"):
            for term in getattr(self, name) or ():
                if seen.setdefault(term, name) != name:
                    raise ValueError(f"{term!r} stands in both {seen[term]} and {name}")
        return self


class ThresholdModel(_Strict):
    """The most of one measure that may lack an explicit license."""

    measure: MeasureName = "headline"
    reading: ReadingName = "direct"
    max_fraction_lacking: Annotated[float, Field(ge=0, le=1)]
    bound: BoundName = "point"


class ExceptionModel(_Strict):
    """An accepted finding."""

    rule: Code
    subject: Subject
    reason: ReasonName
    comment: Text
    owner: Text
    expires: Date


class ClarificationModel(_Strict):
    """A corrected fact, pinned to the evidence it replaces."""

    subject: Subject
    revision: Text | None = None
    license: Expression | None = None
    personal_data: Literal["none", "contains", "anonymised"] | None = None
    evidence_sha256: Sha256
    comment: Text
    owner: Text
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


class TestModel(_Strict):
    """An example: a license expression or a dataset card, and what the policy must say."""

    name: Text
    license: Expression | None = None
    role: RoleName = "training"
    card: Text | None = None
    expect: ExpectModel

    @model_validator(mode="after")
    def _one_subject(self) -> TestModel:
        if (self.license is None) == (self.card is None):
            raise ValueError("a test gives one of license and card")
        return self


class _LicensesBase(ListsModel):
    roles: dict[RoleName, ListsModel] | None = None
    check_subject: bool | None = None
    check_inherited: bool | None = None


class _CoverageBase(_Strict):
    thresholds: list[ThresholdModel] | None = None


class _SettingsBase(_Strict):
    warn_before_expiry_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    max_exception_days: Annotated[int, Field(ge=1, le=36500)] | None = None


_BASES: dict[Section, type[_Strict]] = {
    Section.LICENSES: _LicensesBase,
    Section.COVERAGE: _CoverageBase,
    Section.SETTINGS: _SettingsBase,
}


@cache
def policy_model() -> type[BaseModel]:
    """The model of a whole file: a key for every rule, made from the rules themselves."""
    sections: dict[str, Any] = {}
    for section in Section:
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
    return create_model(
        "Policy",
        __base__=_Strict,
        version=(Literal[1], Field(1, description="Version of the file's format.")),
        description=(str | None, None),
        extends=(Annotated[list[Text], BeforeValidator(_one_or_list)], []),
        use=(Annotated[list[UseName], BeforeValidator(_one_or_list)] | None, None),
        exceptions=(list[ExceptionModel], []),
        clarifications=(list[ClarificationModel], []),
        tests=(list[TestModel], []),
        **sections,
    )


def json_schema() -> dict[str, Json]:
    """The JSON Schema of a policy file (draft 2020-12), for editors."""
    schema = policy_model().model_json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return {**head, **schema}


def schema_text() -> str:
    """The JSON Schema as it stands in ``policies/schema.json``."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def check(document: Document) -> tuple[Problem, ...]:
    """Everything wrong with a document's shape, in the order of the file."""
    problems = list(document.problems)
    try:
        policy_model().model_validate(document.data)
    except ValidationError as error:
        told = {(p.mark, p.where) for p in problems}
        for detail in error.errors(include_url=False):
            problem = _problem(document, detail)
            if (problem.mark, problem.where) not in told:
                problems.append(problem)
    return tuple(sorted(set(problems), key=_order))


def _order(problem: Problem) -> tuple[int, int, str, str]:
    mark = problem.mark or Mark(0, 0)
    return mark.line, mark.column, problem.where, problem.message


def _problem(document: Document, detail: ErrorDetails) -> Problem:
    pointer = _pointer(document, detail["loc"])
    mark = document.marks.get(pointer)
    kind = detail["type"]
    where = dotted(pointer)
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        mark = document.key_marks.get(pointer, mark)
        name = str(detail["loc"][-1])
        parent, _, _ = pointer.rpartition("/")
        allowed = _allowed_keys(parent)
        near = _suggest(name, allowed)
        message = f"unknown key {name!r}{near} (allowed: {', '.join(allowed)})"
        where = dotted(parent)
    elif kind == "missing":
        parent, _, name = pointer.rpartition("/")
        mark = document.marks.get(parent, mark)
        message, where = f"needs the key {name!r}", dotted(parent)
    elif kind == "literal_error":
        expected = str(context["expected"]).replace("'", "")
        value = detail["input"]
        options = re.split(r", | or ", expected)
        near = _suggest(value, options) if isinstance(value, str) else ""
        message = f"{value!r} is not one of {expected}{near}"
    elif kind == "value_error":
        message = str(context["error"])
    else:
        message = f"{_words(detail['msg'])}; this is {_kind(detail['input'])}"
    return Problem(document.file, mark, where, message)


_CLEAN = {
    "Input should be a valid string": "must be text",
    "Input should be a valid list": "must be a list",
    "Input should be a valid integer": "must be a whole number",
    "Input should be a valid number": "must be a number",
    "Input should be a valid boolean": "must be true or false",
}


def _words(message: str) -> str:
    if message.startswith("Input should be a valid dictionary"):
        return "must be a mapping of settings"
    for start, words in _CLEAN.items():
        if message.startswith(start):
            return words
    return message.replace("Input should", "must").replace("String should", "must")


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _pointer(document: Document, loc: tuple[int | str, ...]) -> str:
    """The longest part of ``loc`` that stands in the data; pydantic adds names of its own."""
    pointer, node = "", document.data
    at: Json = node
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        if isinstance(at, dict) and isinstance(part, str):
            if part in at or last:
                pointer += "/" + part.replace("~", "~0").replace("/", "~1")
                at = at.get(part)
        elif isinstance(at, list) and isinstance(part, int) and part < len(at):
            pointer += f"/{part}"
            at = at[part]
    return pointer


def _allowed_keys(parent: str) -> list[str]:
    model: type[BaseModel] | None = policy_model()
    for part in parent.split("/")[1:]:
        if part.isdigit() or model is None:
            continue
        info = model.model_fields.get(part)
        model = _model_in(info.annotation) if info is not None else model
    return sorted(model.model_fields) if model is not None else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside ``Model | None``, ``list[Model]`` or ``dict[str, Model]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None

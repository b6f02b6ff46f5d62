"""Words of a policy file, each held to mean something: ids, codes, dates, subjects."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from provenance.licensing import group_names, groups_of, parse_expression, symbols_in
from provenance.meant import did_you_mean, nearest
from provenance.policy.rules import RuleSection, all_rules
from provenance.policy.rules.rule import On, Wildcard
from provenance.report.license import NOASSERTION, NONE
from provenance.vocabulary.identifiers import is_family, spdx_ids
from provenance.vocabulary.spdx import canonical, exception_ids

_HUB_ID = r"[A-Za-z0-9*_][\w.*-]*(?:/[\w.*-]+)?"
_SUBJECT = re.compile(rf"(?:datasets|models)/{_HUB_ID}|apis/\S+|named:\S.*|\*", re.ASCII)
_OWNED = re.compile(r"(?:datasets|models)/[^*/]+/|named:[^*]{3}")
"""A pattern that names the owner, or the start of a name, in full."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


def suggest(word: str, known: list[str]) -> str:
    """A hint at the known word that is closest, or nothing."""
    same = [name for name in known if name.lower() == word.lower()]
    return did_you_mean(repr(name) for name in (same or nearest(word, known))[:1])


def _license_term(text: str, info: ValidationInfo) -> str:
    categories: frozenset[str] = (info.context or {}).get("categories", frozenset())
    if text in group_names() or text in categories or is_family(text):
        return text
    if _known_symbol(text):
        return canonical(text)  # a deprecated id means what replaced it, as in conclusions
    known = [*sorted(group_names()), *sorted(categories), *spdx_ids().values()]
    raise ValueError(
        f"{text!r} is neither an SPDX id, a LicenseRef-… nor a group"
        f"{suggest(text, known)} (groups: {', '.join(sorted(group_names()))})"
    )


def _known_symbol(symbol: str) -> bool:
    base, _, exception = symbol.partition(" WITH ")
    if exception and exception_ids().get(exception.lower()) != exception:
        return False
    if re.fullmatch(r"LicenseRef-[A-Za-z0-9.-]+", base):
        return True
    plain = base.removesuffix("+")
    return base in spdx_ids().values() or spdx_ids().get(plain.lower()) == plain


def _expression(text: str) -> str:
    if parse_expression(text) is None:
        raise ValueError(f"{text!r} is not an SPDX license expression")
    for symbol in symbols_in(text):
        if not (_known_symbol(symbol) or groups_of(symbol) or symbol in {NONE, NOASSERTION}):
            near = suggest(symbol, list(spdx_ids().values()))
            raise ValueError(f"{symbol!r} is neither an SPDX id nor a LicenseRef-…{near}")
    return text


def _levels(levels: dict[str, str]) -> dict[str, str]:
    for code, level in levels.items():
        rule = all_rules().get(code)
        if rule is not None and rule.floor is not None and level not in get_args(Floored):
            raise ValueError(f"{code}: {level!r} is not one of error or incomplete")
    return levels


def _own_code(text: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,11}[0-9]{3}", text):
        raise ValueError(f"{text!r} is no code: capitals, then three digits, such as ACME001")
    if text.rstrip("0123456789") in _TAKEN:
        raise ValueError(f"{text!r}: codes of that kind are the tool's own")
    return text


_TAKEN = {code[:-3] for code in all_rules()} | {"CHK", "LCK"}


def _condition(text: str) -> str:
    from provenance.policy.own_rules import compile_rule

    compile_rule(text)
    return text


def _category(text: str) -> str:
    if text in group_names():
        raise ValueError(f"{text!r} is a group already: give the category another name")
    if not re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", text):
        raise ValueError(f"{text!r} is no name for a category: lower case, digits and hyphens")
    return text


def _model_pattern(text: str) -> str:
    if not re.fullmatch(_HUB_ID, text, re.ASCII):
        raise ValueError(f"{text!r} names no model: write owner/name (* stands for any characters)")
    return text


def _code(text: str, info: ValidationInfo) -> str:
    own_codes: frozenset[str] = (info.context or {}).get("codes", frozenset())
    if text not in all_rules() and text not in own_codes:
        raise ValueError(f"no rule has the code {text!r}{suggest(text, list(all_rules()))}")
    return text


def _grace_code(text: str, info: ValidationInfo) -> str:
    _code(text, info)
    rule = all_rules().get(text)
    if rule is not None and rule.wildcard is Wildcard.NONE:
        raise ValueError(f"{text} is about what is unknown, which is never a pass: it has no grace")
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
    if "@" in text and not text.startswith("named:"):
        raise ValueError(f"{text!r}: a subject has no revision; write it under accepts.revision")
    if not _SUBJECT.fullmatch(text):
        raise ValueError(
            f"{text!r} names no subject: write datasets/owner/name, models/owner/name, "
            "apis/name or named:words (* stands for any characters)"
        )
    return text


def _one_subject(text: str) -> str:
    if "*" in text:
        raise ValueError(
            f"{text!r} matches nothing: a clarification corrects a fact of one thing, so * stands "
            "for nothing here; write one for each"
        )
    return _subject(text)


def why_not_waived(code: str, subject: str) -> str | None:
    """Why an exception of a rule for a subject can have no effect, or may have none."""
    rule = all_rules().get(code)
    if rule is None:  # one of the organisation's own
        return None
    if rule.section is RuleSection.SETTINGS:
        return f"{code} is about the policy file itself: set {rule.setting} instead"
    kind = subject.partition("/")[0].partition(":")[0]
    if rule.on is On.SETS and kind == "models":
        return f"{code} is about datasets and never fires on {subject!r}"
    if rule.on is On.MODELS and kind in {"datasets", "named"}:
        return f"{code} is about models and never fires on {subject!r}"
    if "*" not in subject:
        return None
    if rule.wildcard is Wildcard.NONE:
        return f"{code} is about what is unknown, which is never a pass: name one subject, no *"
    if rule.wildcard is Wildcard.OWNER and not _OWNED.match(subject):
        return f"{code} is about what is not stated: name the owner (datasets/owner/*), no less"
    return None


def _sha256(text: str) -> str:
    if not _SHA256.fullmatch(text):
        raise ValueError("a sha256 is 64 hexadecimal digits in lower case")
    return text


def one_or_list(value: Any) -> Any:  # the parsing edge: pydantic checks what it is
    """A list; one word alone counts as a list of one."""
    return [value] if isinstance(value, str | dict) else value


TextField = Annotated[str, Field(min_length=1, max_length=4_000)]
Term = Annotated[str, AfterValidator(_license_term)]
TermsField = Annotated[list[Term], BeforeValidator(one_or_list)]
Code = Annotated[str, AfterValidator(_code)]
GraceCode = Annotated[str, AfterValidator(_grace_code)]
Codes = Annotated[list[Code], BeforeValidator(one_or_list)]
Date = Annotated[str, AfterValidator(_date)]
SubjectField = Annotated[str, AfterValidator(_subject)]
OneSubject = Annotated[str, AfterValidator(_one_subject)]
Sha256 = Annotated[str, AfterValidator(_sha256)]
ExpressionField = Annotated[str, AfterValidator(_expression)]
Level = Literal["error", "incomplete", "warning", "note", "ignore"]
Floored = Literal["error", "incomplete"]
CategoryName = Annotated[str, AfterValidator(_category)]
ModelPattern = Annotated[str, AfterValidator(_model_pattern)]
Levels = Annotated[dict[Code, Level], AfterValidator(_levels)]
"""Severities by rule code."""
OwnCode = Annotated[str, AfterValidator(_own_code)]
Condition = Annotated[str, AfterValidator(_condition)]

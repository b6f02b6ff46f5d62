"""What is wrong with a policy file, each with its place: pydantic's errors in our words."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from provenance.pointers import escaped
from provenance.policy.document import (
    Json,
    PolicyDocument,
    Position,
    Problem,
    dotted,
    own_categories,
    own_codes,
)
from provenance.policy.rules import all_rules
from provenance.policy.schema import policy_model
from provenance.policy.words import suggest

_NOT_DECIDING = frozenset({"version", "description", "tests"})
"""Keys that decide nothing by themselves."""


def check(
    document: PolicyDocument,
    categories: frozenset[str] = frozenset(),
    codes: frozenset[str] = frozenset(),
) -> tuple[Problem, ...]:
    """Everything wrong with a document's shape, in the order of the file.

    Args:
        document: one file.
        categories: license categories that the files it extends define.
        codes: codes of rules that the files it extends define.

    """
    problems = list(document.problems)
    decided = (value for key, value in document.data.items() if key not in _NOT_DECIDING)
    if not problems and all(value in (None, [], {}) for value in decided):
        says = "the file decides nothing: set something, or extend a policy that does"
        problems.append(Problem(document.file, Position(1, 1), "", says))
    problems += _set_twice(document)
    problems += _defined_twice(document, codes)
    try:
        policy_model().model_validate(
            document.data,
            context={
                "categories": categories | own_categories(document),
                "codes": codes | own_codes(document),
            },
        )
    except ValidationError as error:
        told = {(p.mark, p.where) for p in problems}
        for detail in error.errors(include_url=False):
            problem = _problem(document, detail)
            if (problem.mark, problem.where) not in told:
                problems.append(problem)
    return tuple(sorted(set(problems), key=_order))


def _set_twice(document: PolicyDocument) -> list[Problem]:
    """Rules whose severity one file sets both by code and by name."""
    profiles = document.data.get("profiles")
    layers = [("", document.data)]
    for index, item in enumerate(profiles if isinstance(profiles, list) else ()):
        if isinstance(item, dict):
            layers.append((f"/profiles/{index}", item))
    problems = []
    for at, data in layers:
        levels = data.get("severity")
        for code in levels if isinstance(levels, dict) else ():
            rule = all_rules().get(code)
            section = data.get(rule.section.value) if rule is not None else None
            if rule is not None and isinstance(section, dict) and rule.name in section:
                pointer = f"{at}/severity/{code}"
                mark = document.key_marks.get(pointer)
                says = f"set twice: {rule.setting} is the same setting"
                problems.append(Problem(document.file, mark, dotted(pointer), says))
    return problems


def _defined_twice(document: PolicyDocument, before: frozenset[str]) -> list[Problem]:
    """Rules whose code another rule has."""
    rules = document.data.get("rules")
    seen = set(before)
    problems = []
    for index, rule in enumerate(rules if isinstance(rules, list) else ()):
        code = rule.get("code") if isinstance(rule, dict) else None
        if isinstance(code, str) and code in seen:
            pointer = f"/rules/{index}/code"
            says = f"another rule has the code {code}"
            problems.append(
                Problem(document.file, document.marks.get(pointer), dotted(pointer), says)
            )
        elif isinstance(code, str):
            seen.add(code)
    return problems


def _order(problem: Problem) -> tuple[int, int, str, str]:
    mark = problem.mark or Position(0, 0)
    return mark.line, mark.column, problem.where, problem.message


def _problem(document: PolicyDocument, detail: ErrorDetails) -> Problem:
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
        near = suggest(name, allowed)
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
        near = suggest(value, options) if isinstance(value, str) else ""
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


def _pointer(document: PolicyDocument, loc: tuple[int | str, ...]) -> str:
    """The longest part of ``loc`` that stands in the data; pydantic adds names of its own."""
    pointer, node = "", document.data
    at: Json = node
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        if isinstance(at, dict) and isinstance(part, str):
            if part in at or last:
                pointer += "/" + escaped(part)
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
        model = _model_in(inner)
        if model is not None:
            return model
    return None

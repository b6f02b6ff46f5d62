"""Write the JSON Schema of the report from its nouns: ``python tasks/build_schema.py``."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import re
from enum import Enum
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import get_args, get_type_hints

import msgspec

from provenance.report.report import Report

TARGET = Path(__file__).resolve().parents[1] / "src" / "provenance" / "report" / "report-2.json"
_ID = "urn:provenance-audit:schema:report-2"


def json_schema() -> str:
    """JSON Schema (2020-12) of the report, with a description of every field.

    Made from the source of the nouns; what is shipped as ``report-2.json`` is this text.
    """
    (reference,), components = msgspec.json.schema_components(
        [Report], ref_template="#/$defs/{name}"
    )
    for component in components.values():
        if "description" in component:  # a docstring, which interpreters indent differently
            component["description"] = inspect.cleandoc(component["description"])
    for cls in _reachable(Report):
        properties = components[cls.__name__].get("properties", {})
        for field, text in _field_docs(cls).items():
            properties[field] = {**properties[field], "description": text}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _ID,
        "title": "provenance report",
        **reference,
        "$defs": components,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _reachable(root: type) -> list[type]:
    """``root`` and every class its fields are made of, enumerations included."""
    types: list[type] = []
    waiting: list[object] = [root]
    while waiting:
        hint = waiting.pop()
        waiting += get_args(hint)
        if isinstance(hint, type) and hint not in types:
            if dataclasses.is_dataclass(hint):
                waiting += get_type_hints(hint).values()
            elif not issubclass(hint, Enum):
                continue
            types.append(hint)
    return types


def _field_docs(cls: type) -> dict[str, str]:
    """The string under each field of a dataclass, by field name."""
    (definition,) = ast.parse(dedent(inspect.getsource(cls))).body
    body = getattr(definition, "body", [])
    docs = {}
    for field, below in pairwise(body):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            text = " ".join(str(below.value.value).split())
            docs[field.target.id] = re.sub(r":\w+:`~?([^`]*)`", r"\1", text)
    return docs


if __name__ == "__main__":
    TARGET.write_text(json_schema(), encoding="utf-8")

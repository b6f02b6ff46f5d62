"""Licenses: identifiers, statements read from tags, bodies and files, and what they support."""

from provenance.licensing.identifiers import (
    Compound,
    Expression,
    Leaf,
    group_names,
    groups_of,
    parse_expression,
    restrictions_of,
    symbols_in,
)

__all__ = [
    "Compound",
    "Expression",
    "Leaf",
    "group_names",
    "groups_of",
    "parse_expression",
    "restrictions_of",
    "symbols_in",
]

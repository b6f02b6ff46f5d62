"""Licenses: identifiers, statements read from tags, bodies and files, and what they support."""

from provenance.licensing.identifiers import (
    group_names,
    groups_of,
    parse_expression,
    restrictions_of,
    symbols_in,
)

__all__ = ["group_names", "groups_of", "parse_expression", "restrictions_of", "symbols_in"]

"""Licenses: identifiers, statements read from tags, bodies and files, and what they support."""

from provenance.licensing.card import conclude_card, license_files
from provenance.licensing.conclude import conclude, unresolved
from provenance.licensing.croissant import CROISSANT_NAMES, Croissant, read_croissant
from provenance.licensing.files import read_license_file
from provenance.licensing.tag_place import tag_place
from provenance.licensing.tags import tag_statements
from provenance.licensing.values import read_value
from provenance.vocabulary.expressions import (
    Compound,
    Expression,
    Leaf,
    parse_expression,
    symbols_in,
)
from provenance.vocabulary.identifiers import group_names, groups_of, restrictions_of

__all__ = [
    "CROISSANT_NAMES",
    "Compound",
    "Croissant",
    "Expression",
    "Leaf",
    "conclude",
    "conclude_card",
    "group_names",
    "groups_of",
    "license_files",
    "parse_expression",
    "read_croissant",
    "read_license_file",
    "read_value",
    "restrictions_of",
    "symbols_in",
    "tag_place",
    "tag_statements",
    "unresolved",
]

"""Small questions about one statement: what it names, whether it agrees, how to quote it."""

from __future__ import annotations

from collections.abc import Sequence

from provenance import lazy_re as re
from provenance.licensing.tags import DETAIL_KEYS, KEYS
from provenance.report.license import RECORDS, LicenseStatement, Meaning, Origin
from provenance.vocabulary.expressions import symbols_in
from provenance.vocabulary.identifiers import (
    LICENSE_REF,
    PUBLIC_DOMAIN,
    groups_of,
    is_member,
    name_of,
    same_terms,
)

NAMING = frozenset({Meaning.NAMES, Meaning.FAMILY})


def symbols_of(statement: LicenseStatement) -> tuple[str, ...]:
    """Leaves of a statement's expression, in the order written."""
    return symbols_in(statement.expression) if statement.expression else ()


_SOFTWARE = re.compile(
    r"(?:MIT|Apache|BSD|[AL]?GPL|MPL|ISC|EPL|EUPL|Unlicense|Zlib|BSL|NCSA|Artistic)(?:-|$)"
)


def is_software(symbols: Sequence[str]) -> bool:
    """Whether all of them are licenses for programs; not of none."""
    return bool(symbols) and all(_SOFTWARE.match(x) for x in symbols)


def is_detail(statement: LicenseStatement) -> bool:
    """Whether it says what ``other`` is: ``license_name``, ``license_link`` and their like."""
    key = (statement.evidence.pointer or "").strip("/").partition("/")[0]
    return statement.origin is Origin.TAG and key in {*DETAIL_KEYS, "license_link"}


def is_of_records(statement: LicenseStatement) -> bool:
    """Whether it says that each record has a license of its own."""
    return statement.meaning is Meaning.VAGUE and (statement.part or "").startswith(RECORDS)


def is_beside(statement: LicenseStatement) -> bool:
    """Whether it is a term that a key of the front matter other than the tag's says in words."""
    words = statement.meaning in {Meaning.RESTRICTS, Meaning.RESERVES}
    key = (statement.evidence.pointer or "").strip("/").partition("/")[0]
    return statement.origin is Origin.TAG and words and key not in {*KEYS, *DETAIL_KEYS}


def agrees(declared_symbol: str, other: str) -> bool:
    """Whether a license named elsewhere can be the declared one.

    The family Creative Commons ("a Creative Commons license") covers all of its licenses, and a
    public-domain dedication is one whatever instrument makes it.
    """
    if same_terms(declared_symbol, other):
        return True
    for family, member in ((declared_symbol, other), (other, declared_symbol)):
        if family == "CC" and member.startswith("CC"):
            return True
    pair = {declared_symbol, other}
    return PUBLIC_DOMAIN in pair and all("public-domain" in groups_of(x) or x == "CC" for x in pair)


_PLACES = {
    Origin.TAG: "the tag",
    Origin.BODY: "the card",
    Origin.LICENSE_FILE: "the license file",
    Origin.GATE: "the agreement asked for before access",
    Origin.CROISSANT: "the Croissant description",
    Origin.RECORD: "the record",
    Origin.CATALOG: "the catalogue",
    Origin.CLARIFICATION: "the clarification",
}


def place(statement: LicenseStatement) -> str:
    """Where a statement stands, in words."""
    line = statement.evidence.line
    where = _PLACES[statement.origin]
    return f"{where} (line {line})" if line is not None else where


def tagged(tags: Sequence[LicenseStatement]) -> str:
    """The licenses of tags, in words."""
    return listed([x for tag in tags for x in symbols_of(tag)])


def listed(symbols: Sequence[str]) -> str:
    """At most four symbols, in the order found; a reference by its name in words."""
    unique = list(dict.fromkeys(name_of(x) if x.startswith(LICENSE_REF) else x for x in symbols))
    more = f" and {len(unique) - 4} more" if len(unique) > 4 else ""
    return ", ".join(unique[:4]) + more


def without_families(statements: tuple[LicenseStatement, ...]) -> tuple[LicenseStatement, ...]:
    """Leave out a family where the same body names a license of it about the same thing.

    "GNU AGPL v3 or later … see the Affero General Public License for details" names one license.
    """
    named = [(s.scope, s.expression) for s in statements if s.meaning is Meaning.NAMES]
    named += [(s.scope, s.expression) for s in statements if s.expression != "CC"]
    return tuple(
        s
        for s in statements
        if s.meaning is not Meaning.FAMILY
        or not any(
            scope is s.scope
            and other != s.expression
            and is_member(other or "", s.expression or "")
            for scope, other in named
        )
    )

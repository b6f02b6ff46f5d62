"""License statements of the front matter: every form the Hub has accepted over the years."""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.cards.card import Card
from provenance.cards.yaml_tree import Mapping, Scalar, Sequence, YamlNode, scalars
from provenance.licensing.links import read_license_link, urls
from provenance.licensing.names import mentions
from provenance.report.license import LicenseStatement, Meaning, Origin, Scope
from provenance.vocabulary.identifiers import (
    LICENSE_REF,
    Kind,
    hub_licenses,
    is_family,
    parse_expression,
    reference,
    restrictions_of,
    spdx_ids,
    symbols_in,
)
from provenance.vocabulary.restrictions import Restriction

KEYS = ("license", "licenses", "licence", "licences")
"""Front-matter keys that hold the license tag; the first that is there counts."""
_DETAIL_KEYS = ("license_name", "license_details", "bigbio_license_shortname")
"""Keys that say what ``other`` is; the last is what the BigBIO collection (150 sets) writes, with
``p`` for the point of a version: ``CC_BY_3p0``."""
_PLACEHOLDERS = frozenset(
    (
        *("unknown", "none", "no", "false", "null", "n/a", "na", "nan", "tbd", "todo", "array"),
        *("unspecified", "undefined", "not-specified", "none-specified", "unclear", "-", "?"),
        *("nil", "<null>", "#n/a", "missing", "not-available", "not-applicable"),
        *("more-information-needed", "[more-information-needed]", "needs-more-information"),
    )
)
"""Values that say nothing. YAML 1.1 reads ``no`` as false; ``array`` is what the Hub's checker
accepted for a template's type name (https://huggingface.co/jsgao/bert-eli5c-retriever)."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a tag value stands for."""

    meaning: Meaning
    expression: str | None


_PLACEHOLDER = Meant(Meaning.PLACEHOLDER, None)
_OTHER = Meant(Meaning.VAGUE, None)


def tag_statements(card: Card) -> tuple[LicenseStatement, ...]:
    """Statements of the front matter, in the order written; empty when there is no license key.

    A list gives one statement a value; a mapping one a value with the key as the part it is for.
    ``license_name``, ``license_link`` and ``license_details`` say what ``other`` is.
    """
    node = card.get(*KEYS)
    found: list[LicenseStatement] = []
    if node is not None:
        _collect(card, node, None, found)
        if not found:
            raw = node.text if isinstance(node, Scalar) else "[]"
            found.append(_statement(card, node, raw, _PLACEHOLDER, None))
    return _with_details(card, found)


def _collect(card: Card, node: YamlNode, part: str | None, out: list[LicenseStatement]) -> None:
    match node:
        case Scalar():
            if not node.is_null:
                out.append(_statement(card, node, node.text, read_tag(node.text), part))
        case Sequence(items=items):
            for item in items:
                _collect(card, item, part, out)
        case Mapping(entries=entries):
            for key, value in entries:
                _collect(card, value, key.text if part is None else f"{part}/{key.text}", out)


def _statement(
    card: Card, node: YamlNode, raw: str, meant: Meant, part: str | None
) -> LicenseStatement:
    return LicenseStatement(
        raw=raw,
        meaning=meant.meaning,
        expression=meant.expression,
        restrictions=terms(meant.expression),
        scope=Scope.DATA if part is None else Scope.PART,
        origin=Origin.TAG,
        evidence=card.quote_node(node),
        part=part,
    )


def terms(expression: str | None) -> tuple[Restriction, ...]:
    """Restrictions of every license in an expression, sorted by value."""
    if expression is None:
        return ()
    if expression == expression.strip() and " " not in expression:
        return restrictions_of(expression)
    found = {r for symbol in symbols_in(expression) for r in restrictions_of(symbol)}
    return tuple(sorted(found, key=lambda r: r.value))


def read_tag(value: str) -> Meant:
    """What one tag value means.

    Hub ids come first, then SPDX ids and expressions, then names as people spell them
    ("Apache 2", "CC BY-NC-SA 4.0"), then a link. ``other-<free text>`` is how tags were written
    before ``license_name``. What is not recognised keeps its words as a ``LicenseRef-…``.
    """
    text = " ".join(value.split())
    slug = text.lower().replace(" ", "-").replace("_", "-").strip("\"'")
    hub = hub_licenses().get(slug) or hub_licenses().get(slug.removesuffix("-license"))
    if hub is not None:
        return _hub(hub.kind, hub.symbol)
    if slug in _PLACEHOLDERS or not slug:
        return _PLACEHOLDER
    spdx = spdx_ids().get(slug)
    if spdx is not None:
        return Meant(Meaning.NAMES, spdx)
    if slug.startswith("other-"):
        return _free_text(text[len("other-") :])
    return _free_text(text)


def _hub(kind: Kind, symbol: str) -> Meant:
    if kind is Kind.FAMILY:
        return Meant(Meaning.FAMILY, symbol)
    if kind is Kind.PLACEHOLDER:
        return _PLACEHOLDER
    return _OTHER if kind is Kind.OTHER else Meant(Meaning.NAMES, symbol)


_MIT = re.compile(r"(?<![A-Za-z])MIT(?![A-Za-z])")
_OPERATOR = re.compile(r"\b(?:AND|OR|WITH)\b")
_UNSAID = re.compile(
    r"(?:un(?:known|specified|clear)|not?[\s-]?specified|more information needed)\b", re.I
)


_REFERENCE = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")
_DENIED = re.compile(
    r"(?:\b(?:not|no\s+longer|never|neither|nor|non)|n't)[\s-]+"
    r"(?:(?:an?|the|under|licen[sc]ed|released|available)\s+)*$",
    re.I,
)
"""What stands before a name that does not hold: "not MIT", "no longer under the MIT license"."""


def _free_text(text: str) -> Meant:
    if _UNSAID.search(text):
        return _PLACEHOLDER
    if _REFERENCE.fullmatch(text):
        bare = text.removeprefix(LICENSE_REF)
        return named(bare) if is_family(bare) else Meant(Meaning.REFERS, text)
    if _OPERATOR.search(text) and parse_expression(text) is not None:
        parts = symbols_in(text)
        if all(_is_known(symbol) for symbol in parts):
            return Meant(Meaning.NAMES, text)
    linked = [read_license_link(url) for _, url in urls(text)]
    symbols = list(dict.fromkeys(symbol for symbol in linked if symbol is not None))
    if not symbols:
        found = mentions(text) or mentions(f"{text} license") or mentions(text.replace("-", " "))
        symbols = list(dict.fromkeys(m.symbol for m in found))
        mit = _MIT.search(text)
        starts = [m.start for m in found] + ([mit.start()] if mit else [])
        if any(_DENIED.search(text[:start]) for start in starts):
            return _OTHER
        if mit and "MIT" not in symbols:
            symbols.append("MIT")
    if len(symbols) == 1:
        return named(symbols[0])
    if symbols:
        return Meant(Meaning.NAMES, " AND ".join(symbols))
    return Meant(Meaning.REFERS, reference(text))


def _is_known(symbol: str) -> bool:
    bare = symbol.partition(" WITH ")[0].lower().removesuffix("+")
    return bare in spdx_ids() or bare.startswith("licenseref-")


def named(symbol: str) -> Meant:
    """``NAMES`` or ``FAMILY``, as the symbol is."""
    return Meant(Meaning.FAMILY if is_family(symbol) else Meaning.NAMES, symbol)


_POINT = re.compile(r"(?<=\d)p(?=\d)")


def _with_details(card: Card, found: list[LicenseStatement]) -> tuple[LicenseStatement, ...]:
    """Add what ``license_name``, ``license_details`` and ``license_link`` say.

    They only speak when the tag itself does not name a license, as the Hub's documentation says
    (https://huggingface.co/docs/hub/repositories-licenses).
    """
    if any(s.meaning in {Meaning.NAMES, Meaning.FAMILY} for s in found):
        return tuple(found)
    for key in _DETAIL_KEYS:
        for node in scalars(card.get(key)):
            text = " ".join(node.text.split())
            if not text or node.is_null:
                continue
            meant = read_tag(_POINT.sub(".", text[:300]))
            if meant.meaning is not Meaning.PLACEHOLDER:
                found.append(_statement(card, node, text[:300], meant, None))
    for node in scalars(card.get("license_link")):
        if not node.text.strip() or node.is_null:
            continue
        symbol = read_license_link(node.text)
        meant = named(symbol) if symbol else Meant(Meaning.REFERS, None)
        found.append(_statement(card, node, node.text[:300], meant, None))
    return tuple(found)

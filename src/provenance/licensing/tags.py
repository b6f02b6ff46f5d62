"""License statements of the front matter: every form the Hub has accepted over the years."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.cards.yaml_tree import Scalar, YamlMapping, YamlNode, YamlSequence, scalars
from provenance.licensing.links import MAX_URL, read_license_link
from provenance.licensing.meanings import PLACEHOLDER, ReadValue, named, terms, union
from provenance.licensing.values import is_cut, read_value
from provenance.report.license import LicenseStatement, Meaning, Origin, Scope
from provenance.vocabulary.expressions import symbols_in
from provenance.vocabulary.identifiers import same_terms

KEYS = ("license", "licenses", "licence", "licences")
"""Front-matter keys that hold the license tag; each that is there speaks, however often."""
DETAIL_KEYS = (
    "license_name", "license_details", "license_type", "data_license", "dataset_license",
    "bigbio_license_shortname",
)  # fmt: skip
"""Keys that say what ``other`` is; the last is what the BigBIO collection (150 sets) writes, with
``p`` for the point of a version: ``CC_BY_3p0``."""
LONGEST_DETAIL = 300
"""Longest name taken from a detail key, in characters; a longer one is a text, not a name."""


def tag_statements(card: Card) -> tuple[LicenseStatement, ...]:
    """Statements of the front matter, in the order written; empty when there is no license key.

    A list gives one statement a value; a mapping one a value with the key as the part it is for.
    ``license_name``, ``license_link`` and ``license_details`` say what ``other`` is, and speak as
    a second tag where the first names a license.
    """
    statements: list[LicenseStatement] = []
    for key, node in card.front.entries:
        if key.text.lower() not in KEYS:
            continue
        before = len(statements)
        _collect(card, node, None, statements)
        if len(statements) == before:
            raw = node.text if isinstance(node, Scalar) else "[]"
            statements.append(_statement(card, node, raw, PLACEHOLDER, None))
    return (*statements, *_details(card, statements), *_link(card, statements))


def tags_cut(card: Card) -> bool:
    """Whether a value of the front matter that may name a license was not read to its end."""
    for key, value in card.front.entries:
        texts = [" ".join(node.text.split()) for node in scalars(value)]
        if (
            (key.text.lower() in KEYS and any(map(is_cut, texts)))
            or (key.text in DETAIL_KEYS and any(len(t) > LONGEST_DETAIL for t in texts))
            or (key.text == "license_link" and any(len(t) > MAX_URL for t in texts))
        ):
            return True
    return False


def _collect(card: Card, node: YamlNode, part: str | None, out: list[LicenseStatement]) -> None:
    match node:
        case Scalar():
            if not node.is_null:
                out.append(_statement(card, node, node.text, read_value(node.text), part))
        case YamlSequence(items=items):
            for item in items:
                _collect(card, item, part, out)
        case YamlMapping(entries=entries):
            for key, value in entries:
                _collect(card, value, key.text if part is None else f"{part}/{key.text}", out)


def _statement(
    card: Card, node: YamlNode, raw: str, meant: ReadValue, part: str | None
) -> LicenseStatement:
    return LicenseStatement(
        raw=raw,
        meaning=meant.meaning,
        expression=meant.expression,
        restrictions=union([meant.restrictions, terms(meant.expression)]),
        scope=Scope.DATA if part is None else Scope.PART,
        origin=Origin.TAG,
        evidence=card.quote_node(node),
        part=part,
    )


_POINT = re.compile(r"(?<=\d)p(?=\d)")
_NAMING = frozenset({Meaning.NAMES, Meaning.FAMILY})


def _details(card: Card, tags: list[LicenseStatement]) -> list[LicenseStatement]:
    """What ``license_name`` and its older forms say.

    The Hub's documentation asks for them beside ``other``
    (https://huggingface.co/docs/hub/repositories-licenses). Beside a tag that names a license they
    mostly repeat it; one that does not is a statement of its own.
    """
    tagged = [x for s in tags if s.meaning in _NAMING for x in symbols_in(s.expression or "")]
    details = []
    for node, value in _details_written(card):
        text = " ".join(value.split())
        if not text or node.is_null:
            continue
        meant = read_value(_POINT.sub(".", text[:LONGEST_DETAIL]))
        if meant.meaning is Meaning.PLACEHOLDER or (tagged and _repeats(meant, tagged)):
            continue
        details.append(_statement(card, node, text[:LONGEST_DETAIL], meant, None))
    return details


def _details_written(card: Card) -> Iterator[tuple[Scalar, str]]:
    """Values that name a license elsewhere than under ``license``, in the order of the keys.

    ``dataset_info`` holds the ``license`` of the library's own ``DatasetInfo``; the Hub shows a
    license as a tag ``license:…``, and people write it among their own.
    """
    for key in DETAIL_KEYS:
        yield from ((node, node.text) for node in scalars(card.get(key)))
    info = card.get("dataset_info")
    for mapping in info.items if isinstance(info, YamlSequence) else (info,):
        for key_node, value in mapping.entries if isinstance(mapping, YamlMapping) else ():
            if key_node.text == "license":
                yield from ((node, node.text) for node in scalars(value))
    for node in scalars(card.get("tags")):
        value_of = _TAG.fullmatch(node.text.strip())
        if value_of is not None:
            yield node, value_of[1] or value_of[2]


_TAG = re.compile(
    r"licen[sc]e:(.{1,80})|((?:non-?commercial|research-only)(?:-use)?(?:-only)?)", re.IGNORECASE
)


def _repeats(meant: ReadValue, tagged: list[str]) -> bool:
    if meant.meaning is Meaning.VAGUE and not meant.restrictions:
        return True
    symbols = symbols_in(meant.expression or "") if meant.meaning in _NAMING else ()
    return bool(symbols) and all(any(same_terms(s, t) for t in tagged) for s in symbols)


def _link(card: Card, tags: list[LicenseStatement]) -> list[LicenseStatement]:
    """What ``license_link`` leads to, where the tag itself names no license."""
    if tags and all(s.meaning in _NAMING for s in tags):
        return []
    links = []
    for node in scalars(card.get("license_link")):
        if not node.text.strip() or node.is_null:
            continue
        symbol = read_license_link(node.text)
        meant = named(symbol) if symbol else ReadValue(Meaning.REFERS, None)
        links.append(_statement(card, node, node.text[:LONGEST_DETAIL], meant, None))
    return links

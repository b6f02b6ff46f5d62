"""What a Croissant description beside a card says: license, sources, personal data, citation.

Fields: ``license``, ``citeAs``, ``isBasedOn`` (schema.org), ``wasDerivedFrom`` (PROV) and
``rai:personalSensitiveInformation`` of the Croissant format and its RAI extension
(https://docs.mlcommons.org/croissant/docs/croissant-spec.html,
https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from provenance.cards.citation import entries
from provenance.frozen import frozen
from provenance.licensing.links import read_license_link
from provenance.licensing.meanings import named, terms, union
from provenance.licensing.values import is_cut, read_value
from provenance.report.evidence import Evidence, excerpt
from provenance.report.license import LicenseStatement, Meaning, Origin, Scope
from provenance.report.training import Citation

CROISSANT_NAMES = ("croissant.json", "metadata.json")
"""Files of a repository that may hold a Croissant description, the usual one first."""
MAX_CROISSANT_BYTES = 5_000_000


@frozen
class Croissant:
    """What one description says; everything empty where it is no Croissant description."""

    statements: tuple[LicenseStatement, ...] = ()
    sources: tuple[tuple[str, Evidence], ...] = ()
    """Names or addresses of what the set was made from."""
    personal_data: tuple[Evidence, ...] = ()
    citations: tuple[Citation, ...] = ()
    """Whole BibTeX entries; a citation in words is none."""
    truncated: bool = False
    """Whether a bound stopped the reading."""


def read_croissant(data: bytes, repo: str, revision: str | None, path: str) -> Croissant:
    """Read a description. Any other JSON, or none at all, says nothing."""
    if len(data) > MAX_CROISSANT_BYTES:
        return Croissant(truncated=True)
    text = data.decode("utf-8-sig", errors="replace")
    try:
        document: object = json.loads(text)
    except ValueError:
        return Croissant()
    except RecursionError:
        return Croissant(truncated=True)
    if not isinstance(document, dict) or "mlcommons.org/croissant" not in text.lower():
        return Croissant()
    lines = text.replace("\r\n", "\n").split("\n")

    def quote(key: str, value: str) -> Evidence:
        needle = json.dumps(value, ensure_ascii=False)
        at = next((i for i, line in enumerate(lines) if needle in line or value in line), None)
        shown = excerpt(lines[at]) if at is not None else excerpt(value)
        return Evidence(repo, revision, path, None if at is None else at + 1, f"/{key}", shown)

    return Croissant(
        statements=tuple(
            _statement(value, quote("license", value)) for value in _texts(document, "license")
        ),
        sources=tuple(
            (value, quote(key, value))
            for key in ("isBasedOn", "wasDerivedFrom", "prov:wasDerivedFrom")
            for value in _texts(document, key)
        ),
        personal_data=tuple(
            quote(key, value)
            for key in ("rai:personalSensitiveInformation", "personalSensitiveInformation")
            for value in _texts(document, key)
        ),
        citations=tuple(
            Citation(entry.kind, entry.key, entry.fields, quote(key, text))
            for key in ("citeAs", "citation")
            for text in _raw_texts(document, key)
            for entry in entries(text)
        ),
        truncated=any(is_cut(value) for value in _texts(document, "license")),
    )


def _texts(document: dict[str, object], key: str) -> Iterator[str]:
    """Strings of a field, white space folded."""
    return (" ".join(text.split()) for text in _raw_texts(document, key))


def _raw_texts(document: dict[str, object], key: str) -> Iterator[str]:
    """Strings of a field that may be one, a list, or objects with an address or a name."""
    value = document.get(key)
    for item in value if isinstance(value, list) else [value]:
        text = item
        if isinstance(item, dict):
            text = next((item[k] for k in ("@id", "url", "name") if item.get(k)), None)
        if isinstance(text, str) and text.strip():
            yield text


def _statement(value: str, evidence: Evidence) -> LicenseStatement:
    linked = read_license_link(value) if "://" in value else None
    meant = named(linked) if linked is not None else read_value(value)
    if "://" in value and linked is None:
        meaning, expression = Meaning.REFERS, None
    else:
        meaning, expression = meant.meaning, meant.expression
    return LicenseStatement(
        raw=value,
        meaning=meaning,
        expression=expression,
        restrictions=union([meant.restrictions, terms(expression)]),
        scope=Scope.DATA,
        origin=Origin.CROISSANT,
        evidence=evidence,
    )

"""Invented cards and statements for the licensing tests."""

from __future__ import annotations

from provenance.cards import Card, read_card
from provenance.licensing.meanings import terms
from provenance.report.evidence import Evidence
from provenance.report.license import LicenseStatement, Meaning, Origin, Scope
from provenance.vocabulary.identifiers import is_family
from provenance.vocabulary.restrictions import Restriction


def card(text: str, repo: str = "datasets/acme/birds") -> Card:
    """A card holding ``text``."""
    return read_card(text.encode("utf-8"), repo, "c0ffee")


def section(text: str) -> Card:
    """A data card whose Licensing section holds ``text``."""
    return card(
        f"# Birds\n\nSounds of birds.\n\n## Licensing Information\n\n{text}\n\n## Citation\n"
    )


def say(
    expression: str | None = None,
    origin: Origin = Origin.BODY,
    meaning: Meaning | None = None,
    scope: Scope = Scope.DATA,
    restrictions: tuple[Restriction, ...] | None = None,
) -> LicenseStatement:
    """One statement; its meaning and restrictions follow from the expression unless given."""
    if meaning is None:
        meaning = Meaning.FAMILY if is_family(expression or "") else Meaning.NAMES
    return LicenseStatement(
        raw=expression or "words",
        meaning=meaning,
        expression=expression,
        restrictions=terms(expression) if restrictions is None else restrictions,
        scope=scope,
        origin=origin,
        evidence=Evidence("datasets/acme/birds", None, "README.md", 3, None, expression or "words"),
    )


def tag(expression: str | None, meaning: Meaning | None = None) -> LicenseStatement:
    """A tag statement."""
    return say(expression, Origin.TAG, meaning)

"""What to do about a set that lacks a license or was not examined: one remedy for each cause."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.report.license import RECORDS, Cause, LicenseConclusion, LicenseState
from provenance.report.training import TrainingSet

_REMEDIES: dict[LicenseState | Cause, str] = {
    LicenseState.NONE: "Ask the publisher of a set without license for one, or leave it out.",
    LicenseState.AMBIGUOUS: "Ask which terms are meant, or add a clarification.",
    Cause.NOT_LOCATABLE: "Ask the model's publisher for an id or link of what is only named.",
    Cause.NOT_IN_SNAPSHOT: "Run the audit against the Hub, or add the cards to the snapshot.",
    Cause.NOT_IN_DIGEST: "Run the audit against the Hub, which has the cards themselves.",
    Cause.OUTSIDE_SOURCES: "Read the license where the link or the citation leads, and add "
    "a clarification.",
    Cause.NOT_FOUND_OR_PRIVATE: "Check the id, or give access with HF_TOKEN.",
    Cause.GATED: "Accept the terms on the Hub and give access with HF_TOKEN.",
    Cause.WITHDRAWN: "Ask the publisher what became of it, or leave it out.",
    Cause.UNREACHABLE: "Run the audit again when the source answers.",
    Cause.UNREADABLE: "Mend what cannot be parsed, or add a clarification.",
    Cause.OVER_BOUND: "Raise --max-depth or --max-repositories and run the audit again; where a "
    "card is too long, read its rest and add a clarification.",
}
"""What to do about each cause, in the order in which several are said."""

_OTHERWISE = "Add a clarification."


def remedy_for(license_: LicenseConclusion) -> str:
    """What to do about one thing whose license lacks or was not examined."""
    column = next((c for s in license_.statements if (c := _column_of(s.part)) is not None), None)
    if column is not None and license_.state is LicenseState.AMBIGUOUS:
        return f"Count what its records state: provenance scan --license-column {column}."
    return _REMEDIES.get(license_.cause or license_.state, _OTHERWISE)


def remedies_for(items: Iterable[TrainingSet]) -> str:
    """What to do about several sets, each remedy once."""
    texts = {remedy_for(item.license) for item in items}
    known = [text for text in _REMEDIES.values() if text in texts]
    return " ".join((*known, *sorted(texts - {*known, _OTHERWISE})))


def _column_of(part: str | None) -> str | None:
    """The column named with a part that is each record by itself."""
    if part is None or not part.startswith(f"{RECORDS} ("):
        return None
    return part.removeprefix(f"{RECORDS} (").removesuffix(")")

"""How well license statements are read: against labels made by careful reading of real cards.

Called by ``reading.py``. For each labelled card: is the license explicit, what does the body state,
do tag and body conflict, is the license non-commercial. Beside each number stands what the tag
alone gives.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from provenance.cards import Card, read_card
from provenance.licensing import conclude, conclude_card, symbols_in, tag_statements
from provenance.licensing.names import mentions
from provenance.report.license import (
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.vocabulary.identifiers import LICENSE_REF, PUBLIC_DOMAIN, family_of, spdx_ids
from provenance.vocabulary.restrictions import Restriction

CUSTOM = "custom"
NARROW = frozenset({Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY})


@dataclass(frozen=True, slots=True)
class Label:
    """What a careful reader found in one card."""

    name: str
    path: Path
    declared: frozenset[str]
    stated: frozenset[str]
    conflict: bool
    explicit: bool
    non_commercial: bool | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one card, in the labels' terms."""

    stated: frozenset[str]
    conflict: bool
    explicit: bool
    non_commercial: bool


def labels(corpus: Path) -> tuple[Label, ...]:
    """The labelled dataset cards of a corpus."""
    lines = (corpus / "labels/dataset_licenses.jsonl").read_text("utf-8").splitlines()
    found = []
    for row in map(json.loads, filter(None, lines)):
        folder = corpus / row["snapshot"] / "datasets" / row["dataset"]
        label = Label(
            name=f"{row['snapshot']}/{row['dataset']}",
            path=folder / "README.md",
            declared=frozenset(row["declared"]),
            stated=frozenset(map(canonical, row["stated"])),
            conflict=row["conflict"],
            explicit=row["explicit"],
            non_commercial=row["non_commercial"],
        )
        found.append(label)
    return tuple(found)


def canonical(name: str) -> str:
    """A label's name for a license as this project's symbol; ``custom`` stays.

    The labels write ``CC0`` or ``ODC-By`` where the text gives no version. Where only one version
    exists, that is the same license.
    """
    if name == "public-domain":
        return PUBLIC_DOMAIN
    if name in {CUSTOM, "other"} or name.startswith("ambiguous"):
        return name
    if name.lower() in spdx_ids():
        return spdx_ids()[name.lower()]
    found = mentions(name)
    return found[0].symbol if len(found) == 1 and found[0].end == len(name) else name


def read(card: Card) -> Reading:
    """Tag and body."""
    conclusion = conclude_card(card)
    return _reading(conclusion, _stated(card, conclusion))


def read_tag_only(card: Card) -> Reading:
    """The baseline: what the front matter says, and a body that agrees with it."""
    conclusion = conclude(tag_statements(card))
    return _reading(conclusion, frozenset(_names(conclusion.statements)))


def _reading(conclusion: LicenseConclusion, stated: frozenset[str]) -> Reading:
    return Reading(
        stated=stated,
        conflict=conclusion.state is LicenseState.CONFLICTING,
        explicit=conclusion.state in {LicenseState.EXPLICIT, LicenseState.CONFLICTING},
        non_commercial=bool(NARROW & set(conclusion.restrictions)),
    )


def _stated(card: Card, conclusion: LicenseConclusion) -> frozenset[str]:
    """What the body states, in the labels' terms.

    The labels read front matter that does not open on the file's first line as part of the body.
    Terms in words are ``custom`` unless a license named in the body or the tag has them anyway.
    """
    late = not card.lines or card.lines[0].strip() != "---"
    places = {Origin.BODY, Origin.TAG} if late else {Origin.BODY}
    bearing = [
        s
        for s in conclusion.statements
        if s.origin in places and s.scope in {Scope.DATA, Scope.PART}
    ]
    found = set(_names(bearing))
    covered = {r for s in conclusion.statements if s.expression for r in s.restrictions}
    covered |= {Restriction.RESEARCH_ONLY} if Restriction.NON_COMMERCIAL in covered else set()
    for s in bearing:
        told = set(s.restrictions)
        if s.meaning is Meaning.RESTRICTS and not (told and told <= covered):
            found.add(CUSTOM)
    return frozenset(found)


def _names(statements: Iterable[LicenseStatement]) -> Iterable[str]:
    for s in statements:
        if s.meaning in {Meaning.NAMES, Meaning.FAMILY, Meaning.REFERS} and s.expression:
            for symbol in symbols_in(s.expression):
                yield _label_name(symbol, s.meaning)


def _label_name(symbol: str, meaning: Meaning) -> str:
    bare = symbol.removeprefix(LICENSE_REF)
    if symbol == PUBLIC_DOMAIN:
        return symbol
    if symbol.startswith(LICENSE_REF) and ("rail" not in bare.lower() or meaning is Meaning.REFERS):
        return CUSTOM
    return symbol


def _family(stated: frozenset[str]) -> frozenset[str]:
    return frozenset(x if x == CUSTOM else family_of(x) for x in stated)


@dataclass(frozen=True, slots=True)
class Score:
    """The numbers of one reader."""

    explicit: float
    exact: float
    family: float
    precision: float
    recall: float
    f1: float
    non_commercial: float


def score(pairs: list[tuple[Label, Reading]]) -> Score:
    """Compare readings with labels; a card whose label leaves non-commercial open is left out."""
    hits = sum(lab.conflict and got.conflict for lab, got in pairs)
    claimed = sum(got.conflict for _, got in pairs)
    real = sum(lab.conflict for lab, _ in pairs)
    precision = hits / claimed if claimed else 0.0
    recall = hits / real if real else 0.0
    decided = [(lab, got) for lab, got in pairs if lab.non_commercial is not None]
    return Score(
        explicit=_share(pairs, lambda lab, got: lab.explicit == got.explicit),
        exact=_share(pairs, lambda lab, got: lab.stated == got.stated),
        family=_share(pairs, lambda lab, got: _family(lab.stated) == _family(got.stated)),
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall) if hits else 0.0,
        non_commercial=_share(decided, lambda lab, got: lab.non_commercial == got.non_commercial),
    )


def _share(pairs: list[tuple[Label, Reading]], right: Callable[[Label, Reading], bool]) -> float:
    return sum(right(lab, got) for lab, got in pairs) / len(pairs) if pairs else 0.0


def pairs_of(
    labelled: Iterable[Label], reader: Callable[[Card], Reading]
) -> list[tuple[Label, Reading]]:
    """Each label with what ``reader`` reads in its card."""
    return [
        (label, reader(read_card(label.path.read_bytes(), f"datasets/{label.name}")))
        for label in labelled
    ]


def report(corpus: Path) -> list[str]:
    """The table that ``reading.py`` prints for licenses."""
    labelled = labels(corpus)
    ours, tag = (score(pairs_of(labelled, reader)) for reader in (read, read_tag_only))
    rows = (
        ("explicit / not explicit: accuracy", ours.explicit, tag.explicit, "0.97"),
        ("stated: exact match", ours.exact, tag.exact, "0.90"),
        ("stated: family match", ours.family, tag.family, "0.95"),
        ("conflict: precision", ours.precision, tag.precision, ""),
        ("conflict: recall", ours.recall, tag.recall, ""),
        ("conflict: F1", ours.f1, tag.f1, "0.85"),
        ("non-commercial: accuracy", ours.non_commercial, tag.non_commercial, "0.93"),
    )
    head = f"Licenses: {len(labelled)} labelled dataset cards"
    table = [f"  {'':36}{'read':>8}{'tag only':>10}{'goal':>8}"]
    table += [f"  {name:36}{got:8.3f}{base:10.3f}{goal:>8}" for name, got, base, goal in rows]
    return [head, *table]

"""What renderers say of one set: its name and how sure that is, its license, its sizes.

Texts hold outside strings as they are, see :mod:`provenance.render.sentences`.
"""

from __future__ import annotations

import re

from provenance import amounts
from provenance.amounts import percent
from provenance.report.evidence import excerpt
from provenance.report.license import (
    NOASSERTION,
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.report.training import PossibleSet, TrainingSet

NO_SIZE = re.compile(r"weight|percent|%|ratio|share|probab|epoch|proportion|fraction", re.I)
"""Published units that say how often a set was drawn, not how large it is."""


def weight_words(item: TrainingSet) -> list[str]:
    """Every known weight of the set, with its unit."""
    weights = []
    for m in item.weight.measures:
        shared = f" (an equal part of a row shared with {', '.join(m.shared_with)})"
        weights.append(f"{amounts.count(m.value)} {m.unit}{shared if m.shared_with else ''}")
    sizes = (
        ("tokens", item.weight.tokens),
        ("rows", item.weight.rows),
        ("bytes", item.weight.bytes),
    )
    return weights + [
        f"{amounts.count(value)} {unit}" for unit, value in sizes if value is not None
    ]


def label(item: TrainingSet) -> str:
    """The set's id, or its name where it has none."""
    return item.id or item.name


GUESS = "id is a guess"
"""Said beside every id that the subject does not give itself."""


def named(item: TrainingSet) -> str:
    """The set's label, and that its id is a guess where it is."""
    mark = identity_mark(item)
    return f"{label(item)} ({mark})" if mark else label(item)


def identity_mark(item: TrainingSet) -> str | None:
    """What to say beside an id that the subject does not write itself; ``None`` where it does."""
    if item.id is None:
        return None
    if item.guess:
        return GUESS
    return f"matched: {item.matched}" if item.matched else None


def what_decided(item: TrainingSet | PossibleSet) -> str | None:
    """How sure the reading is and what weighed most; ``None`` where nothing was weighed."""
    if not item.decided:
        return None
    return f"{percent(item.confidence)} sure; {'; '.join(item.decided)}"


def short_mark(item: TrainingSet) -> str | None:
    """As :func:`identity_mark`, where there is no room to say why."""
    if identity_mark(item) is None:
        return None
    return "a guess" if item.guess else "matched"


def license_words(conclusion: LicenseConclusion) -> str:
    """The license in a few words: concluded where that is certain, else what is declared."""
    if conclusion.concluded not in {NOASSERTION, "NONE"}:
        return conclusion.concluded
    if conclusion.state is LicenseState.NONE:
        return " / ".join(conclusion.declared)
    return " / ".join(_spoken(conclusion))


def _spoken(conclusion: LicenseConclusion) -> list[str]:
    """What the statements name or say, each once; for a conflict that is what disagrees.

    What a text only points to disagrees with nothing.
    """
    statements = [
        s
        for s in conclusion.statements
        if s.scope is Scope.DATA and s.meaning is not Meaning.PLACEHOLDER
    ]
    if conclusion.state is LicenseState.CONFLICTING:
        statements = [
            s for s in statements if s.meaning is not Meaning.REFERS or not _in_running_text(s)
        ]
    named = [
        _quoted(s.raw) if _in_running_text(s) else s.expression or excerpt(s.raw, 60)
        for s in statements
    ]
    return list(dict.fromkeys(named or conclusion.declared))


def _in_running_text(s: LicenseStatement) -> bool:
    """Whether it is words of a card's text, and neither a license nor the value of a field."""
    return s.expression is None and s.origin in {Origin.BODY, Origin.GATE, Origin.LICENSE_FILE}


def _quoted(raw: str) -> str:
    """Words of a card in quotation marks, so that nobody takes them for the name of a license."""
    return f"“{excerpt(raw.strip('*_` '), 60)}”"


def declared_in(item: TrainingSet) -> list[str]:
    """Where the subject names the set, in words."""
    return [place.value.replace("_", " ") for place in item.declared_in]

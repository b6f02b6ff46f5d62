"""What candidates say of each other: names repeated, descriptions beside names."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from provenance.discovery.candidates import Candidate
from provenance.names import core, normalize
from provenance.report.training import Role


def add_repeats(found: list[Candidate]) -> list[Candidate]:
    """Mark names that several passages name, and descriptions that stand beside names."""
    places: dict[str, set[int]] = {}
    for one in found:
        places.setdefault(normalize(one.mention.name), set()).add(one.phrase[0])
    beside = Counter(one.phrase for one in found)
    proper = {one.phrase for one in found if one.proper}
    named = {one.sentence for one in found if one.proper and _said(one)}
    tested = {
        core(one.mention.name)
        for one in found
        if one.mention.role is Role.EVALUATION and one.proper
    }
    names_data = any(one.proper and _said(one) for one in found)
    known = {one.group for one in found if one.group and not _KNOWN.isdisjoint(one.features)}
    marked = []
    for one in found:
        seen = {
            "neighbours: one is known": one.group in known,
            "name: repeated": len(places[normalize(one.mention.name)]) > 1,
            "phrase: names several": beside[one.phrase] > 2,
            "name: evaluated elsewhere": one.proper
            and one.mention.role is not Role.EVALUATION
            and not _said(one)
            and core(one.mention.name) in tested,
        }
        features = one.features
        if not one.proper:
            seen["phrase: names others"] = one.phrase in proper
            seen["sentence: names others"] = one.sentence in named
            features = _beside(features, names_data or "card: has datasets key" in features)
        extra = {feature for feature, holds in seen.items() if holds}
        marked.append(replace(one, features=features | extra))
    return marked


def _beside(features: frozenset[str], named: bool) -> frozenset[str]:
    """Observations on a description: beside named sets, or where the card names none."""
    if not named:
        return features - _BESIDE_NAMES
    own = "description: own origin" in features and "description: sums up" not in features
    return features | {
        "card: names others",
        "description: of its own" if own else "description: restates",
    }


def restates(one: Candidate) -> bool:
    """Whether a description beside named sets says no more than what they are together.

    It says more where it tells of an origin of its own, which none of the names has.
    """
    return (
        not one.proper
        and "card: names others" in one.features
        and (_OF_ITS_OWN.isdisjoint(one.features) or not _RESTATES.isdisjoint(one.features))
    )


_OF_ITS_OWN = frozenset(["description: of its own", "description: item of a list"])
_RESTATES = frozenset(
    [
        "description: names follow",
        "description: only an amount",
        "description: points back",
        "description: sums up",
        "description: of several sets",
    ]
)
_BESIDE_NAMES = frozenset(
    ["description: sums up", "description: names follow", "description: only an amount"]
)
"""Observations that count against a description only where names stand beside it."""


def _said(one: Candidate) -> bool:
    """Whether something says, without doubt, that a name is of training data."""
    if not one.features.isdisjoint(_UNSAID) or any(f.startswith("doubt:") for f in one.features):
        return False
    return any(
        f in _SAYS or f.startswith(("label: training", "list ", "column: ")) for f in one.features
    )


_UNSAID = frozenset(
    [
        "section: use",
        "section: evaluation",
        "outer section: use",
        "outer section: evaluation",
        "name: clause words",
        "name: sentence words",
        "name: common words",
        "name: method word",
        "name: method ending",
        "name: machine word",
        "name: company",
        "name: base model",
        "name: own",
        "item: starts with a verb",
    ]
)
"""Observations of a name that most likely is none of a training set."""
_KNOWN = frozenset(["name: known set", "name: dataset link", "name: in datasets key"])
_SAYS = frozenset(
    ["verb: trained on", "verb: tuned on", "verb: pretrained on", "verb: training data is",
     "verb: training data comes from", "verb: training data holds",
     "verb: used to train", "name: in datasets key", "name: dataset link", "verb: tuned using",
     "verb: trained using"]
)  # fmt: skip

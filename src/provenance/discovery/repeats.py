"""What candidates say of each other: names repeated, descriptions beside names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import replace

from provenance.discovery.candidates import Candidate
from provenance.frozen import frozen
from provenance.names import name_key, normalize
from provenance.report.training import Role


def add_repeats(candidates: list[Candidate]) -> list[Candidate]:
    """Mark names that several passages name, and what stands beside them."""
    places: dict[str, set[int]] = {}
    for candidate in candidates:
        places.setdefault(normalize(candidate.mention.name), set()).add(candidate.phrase[0])
    beside = Counter(candidate.phrase for candidate in candidates)
    tested = {
        name_key(candidate.mention.name)
        for candidate in candidates
        if candidate.mention.role is Role.EVALUATION and candidate.proper
    }
    known = {
        candidate.group
        for candidate in candidates
        if candidate.group and not _KNOWN.isdisjoint(candidate.features)
    }
    marked = []
    for candidate in candidates:
        seen = {
            "neighbours: one is known": candidate.group in known,
            "name: repeated": len(places[normalize(candidate.mention.name)]) > 1,
            "phrase: names several": beside[candidate.phrase] > 2,
            "name: evaluated elsewhere": candidate.proper
            and candidate.mention.role is not Role.EVALUATION
            and not _of_training_surely(candidate)
            and name_key(candidate.mention.name) in tested,
        }
        for place, says in _PLAIN:
            if candidate.proper and _plainly(candidate.features, says):
                seen |= {place: True}
                seen |= {f"{place}, {look}": look in candidate.features for look in _LOOKS}
        extra = {feature for feature, holds in seen.items() if holds}
        marked.append(replace(candidate, features=candidate.features | extra))
    return marked


def add_beside(candidates: list[Candidate], counted: Container[int]) -> list[Candidate]:
    """Mark descriptions with what names of data stand beside them.

    ``counted`` are the indices of names that are training sets: only a name that is one can be
    what a description restates, not a place, a language or a model that it speaks of.
    """
    names = [
        candidate for i, candidate in enumerate(candidates) if i in counted and candidate.proper
    ]
    tails = {name_key(candidate.mention.name.rpartition("/")[2]): None for candidate in names}
    beside = Beside(
        frozenset(candidate.phrase for candidate in names),
        frozenset(candidate.sentence for candidate in names),
        frozenset(candidate.headings for candidate in names),
        tuple(tails)[:_MOST_NAMES],
    )
    return [
        candidate if candidate.proper else _beside(candidate, beside) for candidate in candidates
    ]


_MOST_NAMES = 300
"""Names that are looked for in descriptions."""


@frozen
class Beside:
    """Where a card names training sets, and their normalized names."""

    phrases: frozenset[tuple[int, int]]
    sentences: frozenset[tuple[int, int]]
    sections: frozenset[tuple[str, ...]]
    names: tuple[str, ...]


def _beside(candidate: Candidate, beside: Beside) -> Candidate:
    """A description with what stands beside it."""
    features = candidate.features
    plain = "description: governed" in features and not any(
        f.startswith("doubt:") or f in _UNSURE for f in features
    )
    if not beside.names and "card: has datasets key" not in features:
        told = {"description: plainly told"} if plain else set()
        return replace(candidate, features=(features - _BESIDE_NAMES) | told)
    plain_name = normalize(candidate.mention.name)
    of_its_own = "description: own origin" in features and "description: sums up" not in features
    if any(name in plain_name for name in beside.names if len(name) > _SHORTEST):
        place = "description: holds a set"
    elif candidate.phrase in beside.phrases:
        place = "phrase: names others"
    elif candidate.sentence in beside.sentences:
        place = "sentence: names others"
    elif candidate.headings in beside.sections:
        place = "section: names others"
    else:
        place = "card: names others"
    seen = {
        "description: beside names": True,
        place: True,
        "description: of its own": of_its_own,
        "description: plainly told apart": plain and place in _APART,
        "description: an item of its own": place in _APART and _is_item(features),
    }
    return replace(candidate, features=features | {f for f, holds in seen.items() if holds})


def _is_item(features: frozenset[str]) -> bool:
    """Whether an item of a list of data opens with it."""
    return "description: opens the sentence" in features and any(
        f.startswith(("list under heading: ", "list under label: ", "list after: "))
        for f in features
    )


_SHORTEST = 3
_APART = frozenset(["section: names others", "card: names others"])
_UNSURE = frozenset(
    ["section: use", "section: evaluation", "sentence: negation", "sentence: may or you",
     "section: of a base", "sentence: instruction", "verb: data is", "verb: data holds",
     "verb: data comes from", "verb: by", "verb: training data is", "sentence: other model"]
)  # fmt: skip
"""Observations that leave open whether a phrase tells what this model was trained on."""


def restates(candidate: Candidate) -> bool:
    """Whether a description beside named sets says no more than what they are together."""
    if candidate.proper or "description: beside names" not in candidate.features:
        return False
    if "description: holds a set" in candidate.features or not _RESTATES.isdisjoint(
        candidate.features
    ):
        return True
    return "phrase: names others" in candidate.features and _OF_ITS_OWN.isdisjoint(
        candidate.features
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


def _plainly(features: frozenset[str], says: frozenset[str]) -> bool:
    """Whether something of ``says`` says that a name is of training data, and nothing is against it.

    A sum of weights cannot say "and nothing against it": one doubt undoes what several words say.
    """
    return (
        not says.isdisjoint(features)
        and _UNSAID.isdisjoint(features)
        and _AGAINST.isdisjoint(features)
        and not any(f.startswith("doubt:") and f not in _SLIGHT for f in features)
    )


def _of_training_surely(candidate: Candidate) -> bool:
    """Whether something says, without doubt, that a name is of training data."""
    if not candidate.features.isdisjoint(_UNSAID) or any(
        f.startswith("doubt:") for f in candidate.features
    ):
        return False
    return any(
        f in _SAYS or f.startswith(("label: training", "list ", "column: "))
        for f in candidate.features
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
_TOLD = frozenset(
    [
        f"verb: {done} {how}"
        for done in ("trained", "tuned", "pretrained")
        for how in ("on",)
    ]
    + ["verb: training data is", "verb: training data comes from", "verb: training data holds", "verb: used to train",
       "verb: takes in", "verb: stage uses", "verb: wide governed", "template: training data"]
)  # fmt: skip
_PLACED = frozenset(
    ["label: training data", "row: training data", "list under label: training data", "list after: training",
     "list under heading: training data", "column: training data", "table: row of a training split", "heading under: training data",
     "column: data & section: training data", "label: data & section: training data", "column of training data", "verb: none & section: training data"]
)  # fmt: skip
_TOLD_WITH = frozenset(
    f"verb: {done} {how}"
    for done in ("trained", "tuned", "pretrained")
    for how in ("with", "using", "from")
)
"""Words that name a tool as often as data."""
_PLAIN = (
    ("plainly told", _TOLD), ("plainly told with", _TOLD_WITH), ("plainly placed", _PLACED),
)  # fmt: skip
_LOOKS = (
    "name: dataset link", "name: known set", "name: says dataset", "name: odd letters", "object: the name alone",
)  # fmt: skip
_SLIGHT = frozenset(["doubt: gerund", "doubt: infinitive", "doubt: trained to do"])
_AGAINST = frozenset(
    ["sentence: may or you", "sentence: negation", "sentence: other model", "sentence: instruction",
     "sentence: evaluation word", "section: of a base", "called: compared", "name: place", "name: organization", "name: supercomputer",
     "name: model family", "name: says model", "name: of a tool", "name: date", "name: has results", "name: in model index",
     "name: evaluated elsewhere", "name: verbal word", "name: capital of a sentence", "name: one small word", "name: own family",
     "name: only a stage", "name: only a split", "name: only a field", "name: notation", "name: code address", "name: long",
     "item: further name", "item: long head", "item: method word", "item: machine word", "label: over a sentence",
     "table: has scores", "table: introduced with evaluation", "table: links to code", "table: of models",
     "sentence label: evaluation", "sentence label: base", "sentence label: about data", "list under outer heading",
     "list after other text"]
)  # fmt: skip
"""Observations that leave open whether a name is one of a training set."""
_KNOWN = frozenset(["name: known set", "name: dataset link", "name: in datasets key"])
_SAYS = frozenset(
    ["verb: trained on", "verb: tuned on", "verb: pretrained on", "verb: training data is",
     "verb: training data comes from", "verb: training data holds",
     "verb: used to train", "name: in datasets key", "name: dataset link", "verb: tuned using",
     "verb: trained using"]
)  # fmt: skip

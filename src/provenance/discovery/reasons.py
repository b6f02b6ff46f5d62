"""What decided how sure a mention is, in a reader's words: the observations that weighed most.

A set that the front matter lists, or a file beside the card, needs no weighing and gives no reason.
"""

from __future__ import annotations

from collections import defaultdict

from provenance import lazy_re as re
from provenance.discovery.candidates import Candidate
from provenance.discovery.score import Weights

_MOST = 3
"""Most observations that are told."""
_JOINED = re.compile(r" & |(?<=\w), (?=name: |object: )")
"""Between what two observations say together."""
_LEAST = 0.3
"""Log odds below which an observation decided nothing (0.3: from even odds to 57 %)."""
_KINDS = {
    "column": "its column is of {}",
    "config": "a configuration says {}",
    "description": "a description: {}",
    "doubt": "in doubt: {}",
    "form": "it stands in a {}",
    "heading": "its heading: {}",
    "heading under": "a heading under {}",
    "heading under outer heading": "a heading under another",
    "item": "the list item: {}",
    "label": "its label: {}",
    "link": "its link: {}",
    "list after": "a list after {}",
    "list after other text": "a list after text on something else",
    "list under heading": "a list under a heading on {}",
    "list under label": "a list under a label on {}",
    "list under outer heading": "a list under an outer heading",
    "name": "its name: {}",
    "neighbours": "its neighbours: {}",
    "outer section": "an outer section on {}",
    "object": "what the verb leads to: {}",
    "phrase": "the phrase {}",
    "row": "its row is of {}",
    "section": "the section: {}",
    "sentence": "the sentence has: {}",
    "sentence label": "the sentence's label: {}",
    "table": "the table {}",
    "template": "a tool's template says {}",
    "verb": "the words that lead to it: {}",
}
"""How a kind of feature (``weights.json``) is said; ``{}`` is the rest of its name."""
_SAID = {
    "called: compared": "it is named in a comparison",
    "called: dataset": "a word for data stands beside it",
    "called: id": "it is written as an id",
    "called: known name": "the catalogue knows a set of this name",
    "called: where results are told": "it is named where results are told",
    "card: has datasets key": "the front matter lists data",
    "card: names others": "the card names other data",
    "name: odd letters": "its name has capitals or digits inside",
    "name: own": "it is this model's own name",
    "name: own family": "it is of this model's own family",
    "name: of a tool": "a word for a tool stands beside it",
    "object: the name alone": "the words that lead to it lead to nothing else",
    "plainly placed": "it stands where training data is listed, and nothing speaks against it",
    "plainly told": "it is said to be trained on, and nothing speaks against it",
    "plainly told with": "training is said to be done with it, and nothing speaks against it",
    "section: labelled": "it stands under a label",
    "section: none": "no heading above it says what is told there",
    "section: other": "the heading above it says something else",
    "verb: none": "no verb leads to it",
}
"""Features that need other words than their kind's."""


def words_of(feature: str) -> str:
    """A feature as a reader is told it; as it is called itself where its kind has no words."""
    plain = _JOINED.split(feature, maxsplit=1)[0]
    if feature in _SAID or plain in _SAID:
        return _SAID.get(feature) or _SAID[plain]
    kind, _, rest = feature.partition(": ")
    template = _KINDS.get(kind)
    return feature if template is None else template.format(rest)


def decided(candidate: Candidate, weights: Weights) -> tuple[str, ...]:
    """The observations that weighed most, the heaviest first; those that spoke against say so.

    Of what two say together (``verb: trained on & name: one word``) the sum goes to the first.
    """
    sums: dict[str, float] = defaultdict(float)
    by_feature = weights.of(candidate)[1]
    for feature in sorted(candidate.features):
        sums[_JOINED.split(feature, maxsplit=1)[0]] += by_feature.get(feature, 0.0)
    told = sorted(sums, key=lambda f: (-round(abs(sums[f]), 6), f))
    return tuple(
        f"{'for' if sums[f] > 0 else 'against'}: {words_of(f)}"
        for f in told[:_MOST]
        if abs(sums[f]) >= _LEAST
    )

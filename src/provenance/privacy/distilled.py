"""Which model a model's card says it was taught by: distilled from, or trained on its answers."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.privacy.polarity import Polarity, polarity_of
from provenance.privacy.prose import is_example, is_instruction, read_body
from provenance.report.evidence import Evidence

_KEYWORDS = ("distil", "train", "tuned", "teacher", "taught")
_MOST_LINES = 60
_TAUGHT = re.compile(
    r"\bdistill?(?:ed|ation|ing|s)?\b[^.;\n]{0,40}\b(?:from|of|on|using|with|by)\b"
    r"|\b(?:train|tun|taught)\w{0,4}\b[^.;\n]{0,80}\b(?:outputs?|responses|answers|completions"
    r"|generations|generated|distilled|synthesi[sz]ed|produced|written|labell?ed)\b"
    r"|\bteacher(?: model)?s?\b[^.;\n]{0,20}(?:\bis\b|\bwas\b|:|\()"
)


def lessons(card: Card) -> Iterator[tuple[str, Evidence]]:
    """What follows each word of a card by which its model was taught, lower case, with its line.

    A sentence that denies it, plans it or asks for it teaches nothing.
    """
    body = read_body(card)
    seen: set[int] = set()
    for keyword in _KEYWORDS:
        at = body.text.find(keyword)
        for _ in range(_MOST_LINES):
            if at < 0:
                break
            start, end = body.passage_around(at)
            line = body.text[start:end]
            at = body.text.find(keyword, end)
            if start in seen or is_instruction(line) or is_example(line):
                continue
            seen.add(start)
            for match in _TAUGHT.finditer(line):
                if polarity_of(line, match.start(), match.end()) is Polarity.AFFIRMED:
                    rest = line[match.start() : match.end() + _FAR].partition("\n")[0]
                    yield _SENTENCE.split(rest)[0], card.quote(body.line_at(start), match[0])


_FAR = 80
"""Characters behind the words that may still name the teacher."""
_SENTENCE = re.compile(r"[.;](?:\s|$)")

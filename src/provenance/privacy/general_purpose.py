"""What a model's own card says of whether it may be a general-purpose one.

The Commission's guidelines on general-purpose models (C(2025) 7719) take it as an indication that
more than 10^23 FLOP went into its training and that it generates language, or images or video from
text. Compute is taken as the card states it, else as 6 FLOP a parameter and token, the usual
estimate for dense models.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.cards.yaml_tree import Scalar, scalars
from provenance.privacy.prose import ProseBody
from provenance.report.training import Signal
from provenance.vocabulary.topics import DOCUMENTED, INDICATED, Topic

GENERATES, OTHER = "generates", "other"
"""Details of :attr:`Topic.MODALITY` for a model: what its task is."""
_GENERATING = frozenset(
    {
        "any-to-any", "audio-text-to-text", "conversational", "image-text-to-text",
        "image-text-to-image", "image-text-to-video", "text-generation", "text-to-audio",
        "text-to-image", "text-to-speech", "text-to-video", "text2text-generation",
        "video-text-to-text",
    }
)  # fmt: skip
_SCALE = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "t": 1e12, "tn": 1e12, "trillion": 1e12,
}  # fmt: skip
_NUMBER = r"(?<![\w.,])(\d{1,3}(?:,\d{3}){1,4}|\d{1,12}(?:\.\d{1,4})?)"
_UNIT = r"[\s-]{0,2}(k|m|bn?|tn?|thousand|million|billion|trillion)?[\s-]{0,2}"
_PARAMETERS = re.compile(rf"{_NUMBER}{_UNIT}(?:trainable |total |active )?(?:parameters?|params)\b")
_TOKENS = re.compile(rf"{_NUMBER}{_UNIT}(?:training |text |unique )?tokens\b")
_FLOP = re.compile(
    r"(?<![\w.])(\d{1,3}(?:\.\d{1,4})?)(?:\s?[x×*·]\s?10\s?\^?\s?\{?|e\+?)(\d{2})\}?\s?flops?\b"
)
_FROM_NAME = re.compile(r"(?<![a-z0-9.])(\d{1,4}(?:\.\d{1,2})?)(m|b)(?![a-z0-9])")
_TRAINS = re.compile(r"\b(?:pre-?)?train(?:ed|ing)\b")


def model_signals(card: Card, body: ProseBody) -> Iterator[Signal]:
    """The model's task and its training compute, where the card says them.

    The detail of :attr:`Topic.COMPUTE` is in FLOP, two digits (``2.1e+23``).
    """
    yield from _task(card)
    stated = next(_lines(body, "flop", _FLOP), None)
    if stated is not None:
        line, match = stated
        flop = float(match[1]) * 10.0 ** int(match[2])
        yield Signal(Topic.COMPUTE.value, DOCUMENTED, f"{flop:.2g}", card.quote(line, match[0]))
        return
    tokens = max(_trained_on(body), key=lambda placed: _value(placed[1]), default=None)
    size = _parameters(card, body)
    if size is not None and tokens is not None:
        line, match = tokens
        flop = 6.0 * size * _value(match)
        yield Signal(Topic.COMPUTE.value, INDICATED, f"{flop:.2g}", card.quote(line, match[0]))


def _task(card: Card) -> Iterator[Signal]:
    given = next((v for v in scalars(card.get("pipeline_tag")) if not v.is_null), None)
    if given is None:
        tags = scalars(card.get("tags"))
        given = next((v for v in tags if v.text.lower() in _GENERATING), None)
    if given is not None:
        yield _modality(card, given)


def _modality(card: Card, task: Scalar) -> Signal:
    detail = GENERATES if task.text.lower() in _GENERATING else OTHER
    return Signal(Topic.MODALITY.value, DOCUMENTED, detail, card.quote_node(task))


def _parameters(card: Card, body: ProseBody) -> float | None:
    """Parameters, as the repository's name says, else as its card does: that is of the family."""
    named = _FROM_NAME.search(card.repo.rpartition("/")[2].lower())
    if named is not None:
        return _value(named)
    placed = next(_lines(body, "param", _PARAMETERS), None)
    if placed is not None and (placed[1][2] is not None or "," in placed[1][1]):
        return _value(placed[1])
    return None


def _value(match: re.Match[str]) -> float:
    return float(match[1].replace(",", "")) * _SCALE.get(match[2] or "", 1.0)


def _trained_on(body: ProseBody) -> Iterator[tuple[int, re.Match[str]]]:
    """Billions of tokens in lines on training; fewer are those of a batch or of a later tuning."""
    for line, match in _lines(body, "token", _TOKENS):
        if _value(match) >= _SCALE["b"] and _TRAINS.search(match.string):
            yield line, match


def _lines(
    body: ProseBody, keyword: str, pattern: re.Pattern[str]
) -> Iterator[tuple[int, re.Match[str]]]:
    """Lines with ``keyword`` that the pattern matches: their numbers, and the first match."""
    at = body.text.find(keyword)
    for _ in range(_MOST_LINES):
        if at < 0:
            return
        start, end = body.passage_around(at)
        match = pattern.search(body.text[start:end])
        if match is not None:
            yield body.line_at(at), match
        at = body.text.find(keyword, end)


_MOST_LINES = 60

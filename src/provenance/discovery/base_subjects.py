"""Bases named before the words that say so: the X of "X fine-tuned on", "X as its backbone"."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.base_mentions import (
    BILLIONS,
    DISTILS,
    MOST_VERBS,
    OF_ANOTHER_SUBJECT,
    OTHERS,
    mention,
    mentions,
)
from provenance.discovery.bounds import most
from provenance.discovery.document import Form, Passage
from provenance.discovery.model_names import (
    ARCHITECTURE,
    CANONICAL,
    CITATION,
    LEAD,
    NamedModel,
    last_named,
    usable,
)
from provenance.discovery.prose_lexicon import MODEL_WORD
from provenance.names import normalize_tail
from provenance.report.training import BaseModelMention

_TUNED = re.compile(
    r"(?i)\s(?:(?:language |pre-?trained |base )?(?:model|checkpoint),? (?:(?:which|that|and) (?:is|was|has been|then) )?)?"
    r"(?:whole word masking )?(?:further )?fine-?\s?-?tuned\s(?:checkpoint\s)?(?:for\s[^.;:]{1,50}?\s|it\s)?"
    r"(?:on|for|over|using|to|with)\b|\swith (?:additional|further|continued) (?:pre-?)?train"
)
_AS_BASE = re.compile(
    r"(?i)\s(?:is|was|were|are)(?: \w{1,12}){0,2} (?:used|taken|chosen|for used) (?:as|for|to) (?:a |an |the |our |its )?"
    r"(?:base\b|initiali[sz]\w+|starting|backbone|foundation)|\s(?:served|serves) as (?:a |an |the )?(?:base|backbone|foundation)"
)
_ROLE = re.compile(
    r"(?i)\s(?:(?:language |base )?(?:model|checkpoint)s?\s)?as (?:its |the |a |an |our |their )?(?:(?:language|text|vision|visual|image"
    r"|speech|audio|pre-?trained|underlying|main|frozen|large|llm) ){0,2}"
    r"(?:backbone|base(?: model)?|foundation|starting (?:point|checkpoint)|initiali[sz]ation|llm|language model|encoder|decoder|tower)\b"
)
_MAIN_ROLE = re.compile(r"(?i)backbone|base|foundation|starting|initiali|\bllm$|language model")
_DONE_TO = re.compile(
    r"(?i)\s(?:(?:model|checkpoint|llm)\s)?(?:(?:is|was|were|has been|have been)\s(?:\w{1,14}\s){0,2}?(?:fine-?\s?tuned|quanti[sz]ed"
    r"|converted|exported|pruned|adapted|(?:then|subsequently|afterwards) trained|further (?:pre-?)?trained|post-?trained)\b|(?:is|was) (?:combined|coupled|augmented|extended)\b|with (?:onnx|int8|fp16|quanti[sz]ed) weights)"
)
_FROM_THIS = re.compile(r"(?i)\s?(?:from|on|of|by) (?:it\b|this|ours?\b)")
_INTRODUCTION = 3
"""Passages with words of training in which a card speaks of itself."""
_LONG_NAME = 6
_MADE_OF = re.compile(
    r"(?i)(?P<model>[\w.-]{4,80}?)(?:-(?:finetuned?|ft|lora|qlora|peft|adapter|gguf|ggml|gptq|awq|exl2|mlx|onnx|openvino"
    r"|(?:bnb-)?[48]-?bit|int[48]|fp8|w4a16|w8a8|abliterated|uncensored|quantized)(?:$|[-_.]))"
)
_SUMMARY = re.compile(r"(?i)(?:model )?(?:summary|description|overview|about|type)\b")
_BEFORE = re.compile(r"[.;:!?]\s")
_NOT_YET = re.compile(
    r"(?i)\b(?:when|if|be|can|could|after|being|also|may|and then|directly|like|not|been|have|has|is|was|are|were|it|model|models"
    r"|we|i|then|which|that)\s*$"
)
_HALF = re.compile(
    r"(?i)\b(?:encoder|decoder|both) (?:is|are) (?:initiali[sz]ed (?:from|with) )?(?:an? |the )?"
)
_TITLE = re.compile(r"(?i)^(?P<model>.{3,60}?)\s{1,4}(?:for|\+)\s")
_HEADED = re.compile(r"(?i)\bpre-?trained\s+(?P<model>\S{3,40})\s[\w\s-]{0,30}model\b")


def tuned(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """The X of "X fine-tuned on …", in the title or a sentence."""
    if passage.form is Form.ITEM and not (passage.label and _SUMMARY.match(passage.label[0])):
        return
    for start, sentence in passage.sentences:
        for match in most(_TUNED.finditer(f"{sentence} "), MOST_VERBS, "a sentence on a base"):
            before = CITATION.sub("", sentence[: match.start()][-240:]).rstrip()
            before = _BEFORE.split(before)[-1][-140:]
            if _NOT_YET.search(before) or DISTILS.search(before):
                continue
            if OTHERS.search(before) or ARCHITECTURE.search(before[-40:]):
                continue
            if OF_ANOTHER_SUBJECT.search(before):
                continue
            named = last_named(passage, before)
            if named is not None and usable(card, named):
                at = max(0, start + match.start() - len(before))
                yield mention(card, passage, at, named)


def used_as_base(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """The X of "X was used for initialization"."""
    for start, sentence in passage.sentences:
        for match in most(_AS_BASE.finditer(sentence), MOST_VERBS, "a sentence on a base"):
            placed = _named_before(card, passage, sentence, match.start())
            if placed is not None:
                yield mention(card, passage, start + placed[0], placed[1])


def in_a_role(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """The X of "uses X as its language backbone", and the Y of "and Y as vision encoder" after it."""
    for start, sentence in passage.sentences:
        roles = (
            list(most(_ROLE.finditer(sentence), MOST_VERBS, "a sentence on a base"))
            if " as " in sentence
            else []
        )
        if not any(_MAIN_ROLE.search(r[0]) for r in roles):
            continue
        for role in roles:
            placed = _named_before(card, passage, sentence, role.start())
            if placed is not None:
                yield mention(card, passage, start + placed[0], placed[1])


def started_from(card: Card, texts: list[Passage]) -> Iterator[BaseModelMention]:
    """The X of "X was fine-tuned on …" and "X with ONNX weights", X being another model.

    Where X is named in words or far down the card, this model's own name has to hold it.
    """
    this_model = normalize_tail(card.repo)
    for number, passage in enumerate(texts):
        for start, sentence in passage.sentences:
            for match in most(_DONE_TO.finditer(sentence), MOST_VERBS, "a sentence on a base"):
                placed = _named_before(card, passage, sentence, match.start())
                if placed is None or _FROM_THIS.match(sentence[match.end() :]):
                    continue
                at, named = placed
                name = normalize_tail(named.id or named.name)
                held = len(name) >= _LONG_NAME and name in this_model and name != this_model
                if held or (named.id and number < _INTRODUCTION):
                    yield mention(card, passage, start + at, named)


def _named_before(
    card: Card, passage: Passage, sentence: str, end: int
) -> tuple[int, NamedModel] | None:
    """The model that the clause up to ``end`` names last, and where that clause starts.

    ``None``: it names none that can be a base, or speaks of others.
    """
    before = _BEFORE.split(sentence[:end][-140:])[-1]
    named = last_named(passage, before)
    if named is None or not usable(card, named) or OTHERS.search(before):
        return None
    return end - len(before), named


def called(card: Card, titles: list[Passage]) -> Iterator[BaseModelMention]:
    """The X of this model's name where that is ``X-finetuned-…``, ``X-GGUF``; the title shows it."""
    this_model = card.repo.rpartition("/")[2]
    match = _MADE_OF.match(this_model)
    if match is None or not (MODEL_WORD.search(match["model"]) or BILLIONS.search(match["model"])):
        return
    for passage in titles:
        if this_model.lower() in passage.text.lower():
            name = match["model"]
            literal = name if CANONICAL.fullmatch(name) else None
            yield mention(card, passage, 0, NamedModel(name, literal, ""))


def halves(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """An encoder-decoder's two halves: "the encoder is X and the decoder is Y"."""
    for start, sentence in passage.sentences:
        for match in _HALF.finditer(sentence) if "coder is" in sentence else ():
            rest = sentence[match.end() : match.end() + 80]
            yield from mentions(card, passage, start + match.end(), rest, several=False)


def titled(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """A title such as "BERT base model (uncased) for birds"; a sentence in the name's own words."""
    if passage.form is Form.HEADING:
        match = _TITLE.match(passage.text)
        if (
            match
            and ":" not in match[0]
            and re.search(r"(?i)base|large|small|tiny|mini", match["model"])
        ):
            words = re.sub(r"(?i)\s+model\b", "", match["model"])
            from_nothing = re.search(
                r"(?i)\b(?:has been|was|is) pre-?trained on", card.body
            ) and not re.search(
                r"(?i)fine-?\s?tuned (?:on|for|from|version)|adapted|based on", card.body
            )
            if MODEL_WORD.search(words) and not LEAD.match(words) and not from_nothing:
                yield mention(card, passage, 0, NamedModel(words.strip(), None, ""))
        return
    this_model = card.repo.rpartition("/")[2].lower()
    headed = _HEADED.search(passage.text[:400])
    if headed and "-" in headed["model"] and this_model.startswith(f"{headed['model'].lower()}-"):
        yield mention(card, passage, headed.start("model"), NamedModel(headed["model"], None, ""))

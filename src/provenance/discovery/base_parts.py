"""Bases that a card tells as parts of itself, as steps of its line, or by its own name."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.base_mentions import BILLIONS, mention, mentions, says_model_and_size
from provenance.discovery.bounds import most
from provenance.discovery.document import Document, Form, Passage
from provenance.discovery.labels import LabelTopic, section_topic
from provenance.discovery.model_names import CANONICAL, NamedModel, usable
from provenance.discovery.prose_lexicon import MODEL_WORD
from provenance.names import normalize, normalize_tail
from provenance.report.training import BaseModelMention

_PART = re.compile(
    r"(?i)(?:(?:pre-?trained|base|frozen|trainable|main|the)\s)?(?:(?:vision|visual|image|text|language|audio|speech|video|acoustic"
    r"|multi-?modal|protein|code)[\s-])?(?:encoder|decoder|tower|backbone|llm|language model)(?:\s(?:model|backbone|init\w{0,12}|weights))?"
    r"|(?:视觉|图像|文本|语言)(?:编码器|解码器|模型)|(?:画像|テキスト|言語)(?:エンコーダー?|デコーダー?|モデル)"
)
_EVALUATES = (LabelTopic.EVALUATION, LabelTopic.USE)


def parts(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """Models in the rows or under the labels of two or more parts: encoder, language model."""
    by_label: dict[str, list[BaseModelMention]] = {}
    for label, passage, offset in _labelled(document):
        if _PART.fullmatch(label.strip(" *_:#")) is None:
            continue
        value = passage.text[offset : offset + 160]
        models = [m for m in mentions(card, passage, offset, value, several=False) if _certain(m)]
        by_label.setdefault(normalize(label), []).extend(models)
    named = [models for models in by_label.values() if models]
    if len(named) > 1:
        for models in named:
            yield from models


def _labelled(document: Document) -> Iterator[tuple[str, Passage, int]]:
    """Labels with the passage that holds their value, and where in it the value starts."""
    for table in document.tables:
        if section_topic(table.headings)[0] in _EVALUATES:
            continue
        for row in table.rows:
            if 1 < len(row) <= _WIDEST:
                yield row[0].words(row[0].text), row[1], 0
    for passage in document.passages:
        if passage.label is not None and section_topic(passage.headings)[0] not in _EVALUATES:
            yield passage.label[0], passage, passage.label[1]


_WIDEST = 4
"""Columns of a table whose second one may hold a part's model; a wider one compares models."""


def _certain(base: BaseModelMention) -> bool:
    return base.id is not None or says_model_and_size(base.name)


_ARROW = re.compile(r"\s?(?:→|⟶|➜|➡|⇒|-{1,2}>|=>)\s?")


def lineage(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """The model before this one in a line of models: ``A → B → this model``."""
    this_model = normalize_tail(card.repo)
    for passage in document.passages:
        steps = _ARROW.split(passage.text) if _ARROW.search(passage.text) else []
        at = 0
        for number, step in enumerate(most(steps, _MOST_STEPS, "a line of models")):
            after = steps[number + 1] if number + 1 < len(steps) else ""
            words = passage.words(after[:120])
            names = {normalize_tail(w) for w in re.findall(r"[\w./-]+", words)}
            if this_model in names or re.match(r"(?i)\W*this (?:model|repo|one)", words):
                tail = step[-120:]
                for base in mentions(card, passage, at, tail, several=False):
                    if _certain(base):
                        yield base
            at = passage.text.find(after, at + len(step))


_MOST_STEPS = 12
_TUNES = re.compile(
    r"(?i)fine-?\s?-?tun|\bq?lora\b|\bsft\b|\b[dgk]r?[pt]o\b|abliterat|\bmerge[ds]?\b"
)
_OF_ITSELF = re.compile(
    r"(?i)\W{0,6}(?:this|it\b|the model|an?\b|we\b|i\b|our|my|full|fine-?\s?tun|lora|qlora|trained|tuned)"
)
_NOT_ITSELF = re.compile(
    r"(?i)\b(?:not|n['’]t|can|could|may|might|you|your|if|should|how|want|for)\b[^.]{0,80}\b(?:fine|tun|lora)|\bthan\b|\bunlike\b|\bbecause\b"
)
_FAMILY = re.compile(
    r"(?P<model>[A-Za-z][\w.]{1,30}(?:-[A-Za-z\d.]{1,14}){0,3}?-\d{1,3}(?:\.\d{1,2})?[bB](?:-(?i:instruct|base|chat|it|hf|pt|v\d[\d.]{0,4}))*)[-_](?P<rest>\w.{2,80})"
)


def named_after(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """The family and size with which this model's name starts, where the text says it was tuned."""
    owner, _, name = card.repo.partition("/")[2].partition("/")
    match = _FAMILY.fullmatch(name)
    if match is None or not MODEL_WORD.match(match["model"]) or not BILLIONS.search(match["model"]):
        return
    family = re.split(r"[-\d]", normalize(match["model"]))[0]
    if family[:5] in normalize(owner) or not usable(card, NamedModel(match["model"], None, "")):
        return
    spoken = (s for p in document.passages for _, s in p.sentences)
    of_itself = (s for s in spoken if _OF_ITSELF.match(s) and not _NOT_ITSELF.search(s))
    if not any(_TUNES.search(s) for s in of_itself):
        return
    for passage in document.passages:
        if match["model"].lower() in passage.raw.lower() and passage.form in (
            Form.HEADING,
            Form.TEXT,
        ):
            literal = match["model"] if CANONICAL.fullmatch(match["model"]) else None
            yield mention(card, passage, 0, NamedModel(match["model"], literal, ""))
            return

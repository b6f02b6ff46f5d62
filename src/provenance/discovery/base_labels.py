"""Bases that structure names: a label, a heading, a list, a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.base_mentions import OTHERS, mentions
from provenance.discovery.bounds import most, upto
from provenance.discovery.document import MARKS, Document, Form, Passage, Table
from provenance.discovery.labels import LabelTopic, topic_of
from provenance.discovery.model_names import MARK, id_of
from provenance.discovery.prose_lexicon import MODEL_WORD
from provenance.names import normalize, normalize_tail
from provenance.report.training import BaseModelMention

_LONGEST_LIST = 2_000
_MODEL_HEADER = re.compile(
    r"(?i)^(?:pre-?trained )?models?(?: names?| ids?| variants?)?$|^variants?$|^模型$|^$"
)


def keyed(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """``Base model: X``, and the items of a list under such a label.

    The Hub's first template names the parent's family; its related models tell which one.
    """
    related: list[BaseModelMention] = []
    for passage in document.passages:
        label = passage.label
        if label is not None and label[0].lower().startswith("related model"):
            value = upto(passage.text[label[1] :], _LONGEST_LIST, "a label's list of bases")
            related += mentions(card, passage, label[1], value, several=True)
        elif label is not None and _is_base_label(card, label[0]):
            value = upto(passage.text[label[1] :], _LONGEST_LIST, "a label's list of bases")
            for base in mentions(card, passage, label[1], value, several=True):
                fuller = [r for r in related if _starts(r.name, base.name) and base.id is None]
                yield (fuller or [base])[0]
        elif inner := _label_within(card, passage):
            yield from mentions(card, passage, inner[0], inner[1], several=True)
        elif passage.form is Form.ITEM and passage.leads:
            lead = passage.leads[-1].strip("*_ \n")
            short = lead.endswith((":", ":**")) or len(lead.split()) <= _SHORT_LABEL
            if short and topic_of(lead.rstrip(":*")) is LabelTopic.BASE:
                yield from mentions(card, passage, 0, passage.text[:160], several=False)


def _label_within(card: Card, passage: Passage) -> tuple[int, str] | None:
    """The value of a base's label that starts a further line or sentence of a passage."""
    if passage.form is Form.HEADING or not (":" in passage.text or "：" in passage.text):
        return None
    starts = sorted({*passage.breaks, *(start for start, _ in passage.sentences)} - {0})
    for start in most(starts, _MOST_STARTS, "a passage with labels"):
        match = _LABEL.match(passage.text[start : start + 80])
        if match is not None and _is_base_label(card, match["label"].strip()):
            at = start + match.end()
            end = next((s for s in starts if s > at), len(passage.text))
            return at, upto(passage.text[at:end], _LONGEST_LIST, "a label's list of bases")
    return None


_FROM_THIS = re.compile(
    r"(?i)\b(?:from|of|on|upon) (?:this|it\b|ours?\b)|\bavailable\b|\bversions\b"
)
"""A label over models that were made from this one."""
_MOST_STARTS = 60
_LABEL = re.compile(rf"\W{{0,4}}(?P<label>[^:：.!?{MARKS}]{{2,40}}?)\s?[:：]\s*")
_SHORT_LABEL = 3
"""Words of a list item that may label the items under it without a colon."""


def _starts(longer: str, shorter: str) -> bool:
    return normalize(longer).startswith(normalize(shorter))


def _is_base_label(card: Card, label: str) -> bool:
    """``Language model`` names a base only where a downstream task is told."""
    if _FROM_THIS.search(label):
        return False
    if label.lower() == "language model":
        return bool(re.search(r"(?im)^\W*downstream|fine-?\s?tuned", card.body))
    return topic_of(label) is LabelTopic.BASE or label.lower() == "model used"


def rows(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """``| Base model | X |``, and the column of that name in this model's row."""
    this_model = {normalize_tail(card.repo), normalize(card.repo.partition("/")[2])}
    for table in document.tables:
        header = [c.words(c.text) for c in table.header]
        columns = [i for i, h in enumerate(header) if i and _is_base_column(table, i, h)]
        if columns and (len(header) > 2 or header[0]) and _MODEL_HEADER.match(header[0]):
            for row in table.rows:
                if len(row) > columns[0] and normalize(row[0].words(row[0].text)) in this_model:
                    cell = row[columns[0]]
                    yield from mentions(card, cell, 0, _listed_in(cell), several=True)
        elif header and topic_of(header[0]) is LabelTopic.BASE and len(header) > 2:
            for row in table.rows:
                ids = [id_of(c.mark(m)) for c in row[1:] for m in MARK.findall(c.text)]
                if card.repo.partition("/")[2] in ids:
                    yield from mentions(card, row[0], 0, _listed_in(row[0]), several=True)
        else:
            yield from _labelled(card, table)


def _listed_in(cell: Passage) -> str:
    return upto(cell.text, _LONGEST_LIST, "a cell")


def _labelled(card: Card, table: Table) -> Iterator[BaseModelMention]:
    """Rows of a label and a value."""
    for row in (table.header, *table.rows):
        if len(row) == 2:
            label = row[0].words(row[0].text)
            if label.lower() == "sources":
                yield from _source_models(card, row[1])
            elif _is_base_label(card, label):
                yield from mentions(card, row[1], 0, _listed_in(row[1]), several=True)


def _source_models(card: Card, cell: Passage) -> Iterator[BaseModelMention]:
    """The pretrained models among what spaCy names as sources of a pipeline."""
    for part in cell.text.split("; "):
        if MODEL_WORD.match(cell.words(part)):
            yield from mentions(card, cell, 0, part, several=False)


def _is_base_column(table: Table, column: int, header: str) -> bool:
    """Whether a column names bases; one headed "Source" does where it links models."""
    if topic_of(header) is LabelTopic.BASE:
        return True
    cells = [row[column] for row in table.rows if column < len(row)]
    return header.lower() in {"source", "sources", "source models"} and any(
        id_of(c.mark(m)) for c in cells for m in MARK.findall(c.text)
    )


def headed(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """``## Base model`` over the model's name, or over a list of names."""
    for passage in document.passages:
        heading = passage.headings[-1] if passage.headings else ""
        if passage.form is Form.HEADING or not _is_base_heading(heading):
            continue
        if passage.form is Form.ITEM and passage.label is None and not _long(passage):
            yield from _of_an_item(card, passage)
        elif passage.first and _OPENS.match(passage.text) and not _long(passage):
            yield from mentions(card, passage, 0, passage.text[:160], several=True)
        elif passage.first and passage.form is Form.TEXT:
            yield from _first_linked(card, passage)


def _of_an_item(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """The model that an item opens with, else the id in its words: "SLERP it with acme/nest"."""
    bases = list(mentions(card, passage, 0, passage.text[:160], several=False))
    inside = None if any(m.id for m in bases) else _ID.search(passage.text)
    if inside is None:
        yield from bases
    else:
        yield from mentions(card, passage, inside.start(), inside[0], several=False)


_ID = re.compile(r"(?<![\w./-])[A-Za-z\d][\w.-]{1,40}/[A-Za-z\d][\w.-]{2,90}\w", re.ASCII)


def _first_linked(card: Card, passage: Passage) -> Iterator[BaseModelMention]:
    """The model that the first sentence under such a heading links, if it compares nothing."""
    for start, sentence in passage.sentences[:1]:
        link = next((m for m in MARK.finditer(sentence) if id_of(passage.mark(m[0]))), None)
        if link is not None and not OTHERS.search(sentence[: link.start()]):
            yield from mentions(card, passage, start + link.start(), link[0], several=False)


def _is_base_heading(heading: str) -> bool:
    return _HEADS.fullmatch(heading.strip(" :：*_#")) is not None


def _long(passage: Passage) -> bool:
    return len(passage.text) > _LONGEST_NAME


_OPENS = re.compile(rf"(?i)\W{{0,3}}(?:the |a )?(?:[{MARKS}]|[A-Z][\w.-]*[\d/-])")
"""A text that starts with a name rather than with a sentence's first word."""
_HEADS = re.compile(
    r"(?i)(?:\S{1,3}\s)?(?:the |our )?(?:(?:base|parent|foundation|backbone|source|original|underlying|starting|upstream|merged|component)"
    r"(?: language| speech| llm)? (?:models?|checkpoints?|llms?|weights)(?: used)?|models? (?:merged|used)|merged models|parents?"
    r"|ingredients|backbone|(?:fine-?\s?tuned|derived|initiali[sz]ed|quanti[sz]ed|converted|merged) from"
    r"|基座模型|基础模型|底座模型|ベースモデル|元モデル|기반 모델|베이스 모델|базовая модель|basismodell|modèle de base|modelo base|modello base)"
)
_LONGEST_NAME = 90


def listed(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """Ids in a list that is introduced as merged models or source models."""
    for passage in document.passages:
        if passage.form is Form.ITEM and passage.leads and _INTRODUCES.search(passage.leads[-1]):
            for base in mentions(card, passage, 0, passage.text[:160], several=False):
                if base.id:
                    yield replace(base, relation="merge")


def merged_onto(card: Card, document: Document) -> Iterator[BaseModelMention]:
    """The X of "merged with TIES, using X as a base", beside the models of a list."""
    for passage in document.passages if "merge" in card.body.lower() else ():
        match = _MERGED_ONTO.search(passage.text)
        if match is not None:
            yield from mentions(card, passage, match.start(1), match[1], several=False)


_INTRODUCES = re.compile(
    r"(?i)\b(?:merged?|merging|blend(?:ed|s)?|frankenmerge|derived from|built (?:on|from|upon)|base models?|source models?"
    r"|parent models?|fine-?\s?tuned from|initiali[sz]ed (?:from|with)|quanti[sz]ed from|融合|合并|マージ|병합)\b[^.:]{0,60}[:：]\W*$"
)
_MERGED_ONTO = re.compile(
    rf"(?i)\b(?:using|onto|with) ([{MARKS}]|[\w.-]{{2,50}}/[\w.-]{{2,80}}) as (?:a|the) base\b"
)

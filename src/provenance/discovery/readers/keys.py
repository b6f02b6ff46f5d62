"""Words before a colon, and bold words at the start of a line: ``**Training data:** Finch``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.discovery.candidates import Candidate, CardReading
from provenance.discovery.described import descriptions
from provenance.discovery.document import Passage
from provenance.discovery.labels import LabelTopic, role_of, section_topic, topic_of
from provenance.discovery.prose_names import names_in
from provenance.report.training import DeclaredIn, Role

_STOP = re.compile(r"(?<=[^\s.])[.。]\s|\s[-–—]\s")
_SENTENCE = re.compile(r"(?i)\b(?:is|are|was|were|we|this|that|which|has|have|been)\b")
_SETTINGS = re.compile(
    r"(?i)\bepochs?\b|batch|warm-?up|cosine|learning rate|\blr\b|gradient|checkpointing|precision|\bbf16|\bfp16|\d steps"
)
"""Words of a value under "Training" that gives settings."""
_DATA = (LabelTopic.TRAINING_DATA, LabelTopic.DATA)


def value_of(passage: Passage, start: int) -> str:
    """The value that starts at ``start``: up to the end of its first sentence."""
    return _STOP.split(passage.text[start:], 1)[0].strip()


def read(reading: CardReading) -> Iterator[Candidate]:
    """Sets that a label names: training data, data used, an evaluation set."""
    sheets = _fact_sheets(reading)
    for passage in reading.document.passages:
        labelled = passage.label
        if labelled is None:
            continue
        label, start = labelled
        topic, value = topic_of(label), value_of(passage, start)
        if not value:
            continue
        says = _told_by_label(label, topic, passage, passage.headings in sheets)
        if says is None:
            continue
        topic, role = says
        if topic is LabelTopic.TRAINING:
            if _SETTINGS.search(value):
                continue
            value = value.rpartition(" on ")[2]
        seen = {f"label: {topic.value}"}
        if _SENTENCE.search(value):
            seen.add("label: over a sentence")
        told = any(True for _ in descriptions(value))
        for named in names_in(passage, value):
            if (told and not named.proper) or _is_code(label, named.url):
                continue  # the reader of descriptions gives the former
            yield reading.candidate(passage, start, named, role, DeclaredIn.PROSE, seen)


def _is_code(label: str, url: str | None) -> bool:
    """Whether a label and its address say where the code is: "Source: github.com/…"."""
    return label.lower() in _WHERE and url is not None and _CODE_HOST.search(url) is not None


_WHERE = frozenset({"source", "sources", "source code"})
_CODE_HOST = re.compile(
    r"(?i)\b(?:github|gitlab|bitbucket)\.(?:com|org)/(?!\S{0,100}?(?:data|corp))"
)


def _fact_sheets(reading: CardReading) -> frozenset[tuple[str, ...]]:
    """Sections (their headings) with labels for facts of the model: its ``Dataset:`` is what it learned."""
    facts: Counter[tuple[str, ...]] = Counter()
    for passage in reading.document.passages:
        label = passage.label[0].lower() if passage.label is not None else ""
        facts[passage.headings] += _FEW_FACTS if label in _TWIN else label in _FACTS
    return frozenset(headings for headings, count in facts.items() if count >= _FEW_FACTS)


_FEW_FACTS = 2
_TWIN = frozenset({"pretrain dataset", "pretraining dataset", "pre-training dataset"})
_PLAIN = frozenset({"dataset", "datasets", "corpus"})
_FACTS = frozenset(
    ["model type", "model stats", "base model", "architecture", "params", "parameters", "papers", "original",
     "developed by", "framework", "finetuned from", "finetuned from model", "library", "optimizer",
     "epochs", "learning rate", "batch size", "backbone", "loss", "model name", "fine-tuned from"]
)  # fmt: skip
"""Labels of facts about a model and its training."""


def _told_by_label(
    label: str, topic: LabelTopic, passage: Passage, sheet: bool
) -> tuple[LabelTopic, Role] | None:
    """What a label says of its value, and the value's role; ``None`` if it names no data."""
    section, _ = section_topic(passage.headings)
    if topic is LabelTopic.EVALUATION:
        return topic, Role.EVALUATION
    if (
        topic is LabelTopic.DATA
        and label.lower() in _PLAIN
        and section is not LabelTopic.EVALUATION
        and sheet
    ):
        return LabelTopic.TRAINING_DATA, role_of(label)
    if topic in _DATA or (topic is LabelTopic.TRAINING and label.lower() in _TRAINED):
        return topic, role_of(label)
    if topic is LabelTopic.OTHER and section in _DATA and label.lower() in _POINTERS:
        return section, role_of(passage.headings[-1])
    return None


_TRAINED = frozenset(
    ["training", "pretraining", "pre-training", "trained on", "fine-tuning", "finetuning",
     "fine-tuned on"]
)  # fmt: skip
_POINTERS = frozenset({"link", "links", "name", "source", "url", "id", "dataset id"})

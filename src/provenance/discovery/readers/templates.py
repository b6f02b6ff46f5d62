"""Sentences that training tools write into a card: they say what a model was trained on.

Trainer, TRL and SetFit ("a fine-tuned version of X on the Y dataset"), AdapterHub ("for the X model
that was trained on the task/Y dataset"), diffusers ("the weights were fine-tuned on the Y dataset").
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.discovery.candidates import Candidate, CardReading, hub_dataset
from provenance.discovery.document import MARKS, Form, Passage
from provenance.discovery.nameless import names_no_set
from provenance.discovery.prose_items import NamedSet
from provenance.report.training import DeclaredIn, Role

_WRITES = re.compile(
    r"(?i)\b(?:fine-?\s?tuned version of|fine-?tuned from|(?:weights were|pipeline was|model was|model(?: that was)?) (?:fine-?\s?tuned|trained)"
    r"(?: for \S{1,20})?)\s(?P<what>[^.:;]{0,200}?)\bon the (?!eval\w*|test|validation|dev)(?P<sets>[^:;]{1,300}?)\s(?:data-?sets?\b(?! card))"
)
_SPLIT = re.compile(r"\s?(?:,\s)?\band the\s|,\sthe\s|\s?,\s")
_CONFIGURATION = re.compile(r"\s[-–]\s[\w.-]{1,40}$|\s[A-Z][A-Z_-]{1,20}$")
_NAME = re.compile(rf"[{MARKS}]|[\w][\w.-]{{1,95}}(?:/[\w.-]{{1,95}})?")
_WRITTEN = re.compile(r"[_/\d]|[a-z][A-Z]|^[a-z\d-]+$")
"""How a name looks that is an id: no word of a sentence."""
_WORDS = re.compile(
    r"(?i)(?:same|following|new|own|full|training|train|test|original|english|combined|resulting|target|public|above|entire|whole"
    r"|private|given|first|second|final|custom|mixed|merged|filtered|synthetic|multilingual|respective)"
)


def read(reading: CardReading) -> Iterator[Candidate]:
    """The sets that a tool's sentence names."""
    for passage in reading.document.passages:
        if passage.form is Form.HEADING or "dataset" not in passage.lower:
            continue
        for match in _WRITES.finditer(passage.text[:4_000]):
            for part in _SPLIT.split(match["sets"]):
                named = _named(passage, part.strip())
                if named is not None:
                    yield reading.candidate(
                        passage, match.start(), named, Role.FINETUNING, DeclaredIn.PROSE, {TEMPLATE}
                    )


TEMPLATE = "template: training data"
"""What is observed of a name that a tool wrote."""


def _named(passage: Passage, part: str) -> NamedSet | None:
    """The set that a part of the sentence names, without the name of its configuration."""
    bare = _CONFIGURATION.sub("", part)
    if _NAME.fullmatch(bare) is None:
        return None
    if len(bare) == 1:
        mark = passage.mark(bare)
        of_adapters = mark.url is not None and "adapterhub.ml/explore/" in mark.url
        name = hub_dataset(mark.url) or (mark.text.rpartition("/")[2] if of_adapters else mark.text)
        url, dataset_id = mark.url, hub_dataset(mark.url)
    else:
        name, url, dataset_id = bare, None, None
        if not _WRITTEN.search(name) or _WORDS.fullmatch(name):
            return None
    if names_no_set(name):
        return None
    return NamedSet(name, url, dataset_id, True, True, passage.words(part))

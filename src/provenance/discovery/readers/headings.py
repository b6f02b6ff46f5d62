"""Headings that are names: what stands below "Training data" as a heading of its own."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.discovery.bounds import most
from provenance.discovery.candidates import Candidate, CardReading
from provenance.discovery.document import MARKS, Form, Passage
from provenance.discovery.labels import LabelTopic, role_of, section_topic, topic_of
from provenance.discovery.prose_names import names_in
from provenance.report.training import DeclaredIn

_DATA = (LabelTopic.TRAINING_DATA, LabelTopic.DATA)
_LONGEST = 80
_MOST = 2
"""Names of one heading that are read."""
_LANGUAGE = re.compile(r"[A-Za-z]{2}\s[—–-]\s.{1,60}")
"""``SW — Swahili``: the part of one language."""


def read(reading: CardReading) -> Iterator[Candidate]:
    """Names that are headings in a part on data."""
    for passage in reading.document.passages:
        if passage.first and passage.form is Form.TEXT and _IS_NAME.fullmatch(passage.text.strip()):
            yield from _alone(reading, passage)
        if passage.form is not Form.HEADING or not passage.headings:
            continue
        section, nearest = section_topic(passage.headings)
        topic = topic_of(passage.words(passage.text))
        if section not in _DATA or topic not in (LabelTopic.OTHER, LabelTopic.DATA):
            continue
        if len(passage.text) > _LONGEST:
            continue  # a sentence, which its reader reads
        seen = {f"heading under: {section.value}", f"heading: {topic.value}"}
        if not nearest:
            seen.add("heading under outer heading")
        for named in most(names_in(passage, passage.text), _MOST, "a heading"):
            if named.proper and not _LANGUAGE.fullmatch(named.name):
                yield reading.candidate(
                    passage, 0, named, role_of(passage.headings[-1]), DeclaredIn.PROSE, seen
                )


_IS_NAME = re.compile(
    rf"[{MARKS}]|[\w.-]{{2,96}}/[\w.-]{{2,96}}|\w[\w.-]{{0,60}}[_\d][\w.-]{{0,60}}"
)
"""A text that is an id or one link, and nothing else."""


def _alone(reading: CardReading, passage: Passage) -> Iterator[Candidate]:
    """``### Training data`` over a name alone."""
    topic = topic_of(passage.headings[-1]) if passage.headings else LabelTopic.OTHER
    if topic not in _DATA:
        return
    for named in names_in(passage, passage.text)[:1]:
        seen = {f"list under heading: {topic.value}"}
        role = role_of(passage.headings[-1])
        yield reading.candidate(passage, 0, named, role, DeclaredIn.PROSE, seen)

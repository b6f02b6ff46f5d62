"""What an audit established, before any policy: the one input of policy evaluation."""

from __future__ import annotations

import datetime

from provenance.frozen import frozen
from provenance.report.coverage import Coverage
from provenance.report.evidence import Evidence
from provenance.report.license import LicenseConclusion
from provenance.report.lineage import Lineage
from provenance.report.records import RecordCounts
from provenance.report.report import Note, SubjectInfo
from provenance.report.training import (
    Citation,
    DisputedData,
    EvaluationSet,
    PossibleSet,
    Signal,
    TrainingSet,
)
from provenance.vocabulary.keys import PUBLIC_HUB


@frozen
class EarlierLicense:
    """What was concluded about one thing before: in a lock file or an older snapshot."""

    subject: str
    """Node key."""
    concluded: str
    source: str
    """Where it was recorded, in words."""


@frozen
class Facts:
    """Everything established about one subject. No judgement in it."""

    as_of: datetime.date
    """Expiry and age rules compare with it, never with the clock."""
    subject: SubjectInfo
    undeclared: bool
    license: LicenseConclusion
    """The subject's own license."""
    coverage: tuple[Coverage, ...]
    training_sets: tuple[TrainingSet, ...]
    """Own sets first (``via`` empty), each group in the order it was declared."""
    evaluation_sets: tuple[EvaluationSet, ...]
    lineage: Lineage
    notes: tuple[Note, ...]
    transparency: tuple[Signal, ...] = ()
    """What the subject's own card says for EU AI Act rules:
    :func:`provenance.privacy.read_transparency`."""
    earlier: tuple[EarlierLicense, ...] = ()
    """Licenses concluded before, to see what was relicensed."""
    citations: tuple[Citation, ...] = ()
    """What the subject's own card gives to be cited."""
    records: RecordCounts | None = None
    """What a scan counted by source and by value."""
    bases_in_dispute: tuple[tuple[str, Evidence], ...] = ()
    """Base models that the front matter and then the body name, each with where, if they differ."""
    disputed_data: tuple[DisputedData, ...] = ()
    """What the front matter lists as training data and the text speaks against."""
    possible_sets: tuple[PossibleSet, ...] = ()
    """Sets that the subject may have been trained on, surest first; in no measure."""
    card_unread: str | None = None
    """Why the subject's own card cannot be asked what it says, in words: a digest of facts stands
    for it, or its front matter cannot be parsed. ``None``: it was read, or there is none."""
    hub: str = PUBLIC_HUB
    """Address of the Hub that the repositories are on, without a slash at its end."""
    tags: tuple[str, ...] = ()
    """Tags and languages of the subject's own card, as written."""

"""The lineage graph: what was trained on, fine-tuned from or derived from what."""

from __future__ import annotations

from enum import StrEnum

from provenance.frozen import frozen
from provenance.report.evidence import Evidence
from provenance.report.license import LicenseConclusion, LicenseState
from provenance.vocabulary.statuses import Status


class EdgeKind(StrEnum):
    """The three ways data reaches a model."""

    TRAINED_ON = "trained_on"
    FINETUNED_FROM = "finetuned_from"
    DERIVED_FROM = "derived_from"


class NodeKind(StrEnum):
    """What a node stands for. ``named`` is something known by its words only."""

    MODEL = "model"
    DATASET = "dataset"
    NAMED = "named"


@frozen
class Node:
    """One thing in the graph."""

    key: str
    """``models/owner/name``, ``datasets/owner/name`` or ``named:words``; unique in the graph."""
    kind: NodeKind
    id: str
    """Canonical Hub id, or the words."""
    revision: str | None
    status: Status
    detail: str | None
    """One line on why it could not be examined; ``None`` when it was."""
    license: LicenseConclusion
    """Its own license with statements, reason and restrictions, as a training set has it."""
    undeclared: bool = False
    """A model that names no training data."""
    renamed_from: str | None = None
    gated: bool | None = None
    """Whether the Hub asks for an agreement first; ``None`` when it was not said."""

    @property
    def why(self) -> str:
        """One line on why it could not be examined; the status where nothing more is known."""
        return self.detail or self.status.words

    @property
    def license_state(self) -> LicenseState:
        """State of its own license."""
        return self.license.state

    @property
    def concluded(self) -> str:
        """What all statements about its license support."""
        return self.license.concluded

    @property
    def declared(self) -> tuple[str, ...]:
        """What its license tag means; empty if absent or not read."""
        return self.license.declared


@frozen
class Edge:
    """One step of lineage and where it is stated."""

    source: str
    """Key of the thing made."""
    target: str
    """Key of what it was made from."""
    kind: EdgeKind
    relation: str | None
    """For models: ``finetune``, ``adapter``, ``merge``, ``quantized``; else ``None``."""
    evidence: tuple[Evidence, ...]


@frozen
class Lineage:
    """Nodes and edges, each sorted by key; the subject is the node ``root``."""

    root: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    truncated: tuple[str, ...] = ()
    """Keys not followed because a bound (depth or number) was reached."""

"""Everything a report speaks of as one list: what bills of materials are written from."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass

from provenance.license import NOASSERTION, NONE, LicenseState
from provenance.lineage import NodeKind
from provenance.render import links
from provenance.report import Report
from provenance.serialize import to_json
from provenance.training import TrainingSet


@dataclass(frozen=True, slots=True)
class Item:
    """One model or dataset of the report."""

    key: str
    """Node key; unique in the list."""
    model: bool
    name: str
    revision: str | None
    url: str | None
    """Its page on the Hub; ``None`` for what is known by words only."""
    state: LicenseState
    declared: tuple[str, ...]
    concluded: str
    training_set: TrainingSet | None
    """What is known beyond the lineage; ``None`` for models and for sources of sets."""

    @property
    def license(self) -> str | None:
        """The concluded expression; ``None`` when nothing can be concluded."""
        return None if self.concluded in {NONE, NOASSERTION} else self.concluded


def inventory(report: Report) -> dict[str, Item]:
    """All things by key, the subject first, then in the order of their keys."""
    sets = {set_key(s): s for s in report.training_sets}
    items = {}
    for node in sorted(report.lineage.nodes, key=lambda n: (n.key != report.lineage.root, n.key)):
        found = sets.pop(node.key, None)
        own = report.license if node.key == report.lineage.root else None
        known = own or (found.license if found else None)
        items[node.key] = Item(
            node.key,
            node.kind is NodeKind.MODEL,
            node.id,
            node.revision,
            links.repository_url(report, node.key),
            known.state if known else node.license_state,
            known.declared if known else (),
            known.concluded if known else node.concluded,
            found,
        )
    for key, item in sets.items():
        items[key] = Item(
            key,
            False,
            item.id or item.name,
            item.revision,
            links.dataset_url(report, item.id),
            item.license.state,
            item.license.declared,
            item.license.concluded,
            item,
        )
    return items


def set_key(item: TrainingSet) -> str:
    """Key of a training set's node in the lineage."""
    return f"datasets/{item.id}" if item.id else f"named:{item.name}"


def document_uuid(report: Report) -> str:
    """A UUID that equal reports share: version 5 (RFC 9562) of the report's SHA-256."""
    digest = hashlib.sha256(to_json(report).encode("utf-8")).hexdigest()
    return str(uuid.uuid5(uuid.NAMESPACE_OID, digest))


def timestamp(report: Report) -> str:
    """The report's date as an instant (RFC 3339, UTC), or 1970-01-01 when it is no date."""
    date = report.as_of
    digits = date[:4] + date[5:7] + date[8:]
    well_formed = len(date) == 10 and digits.isascii() and digits.isdigit()
    return f"{date if well_formed else '1970-01-01'}T00:00:00Z"

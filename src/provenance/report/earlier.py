"""Reports of ``schema_version`` "1", brought into the shape of today. Their numbers stay theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

FIRST_VERSION = "1"
COUNTED_AS_LACKING = (
    "this report is of schema_version 1: what could not be examined is counted as lacking in it"
)
"""The note that every report read from the first version carries."""


def from_version_1(report: Mapping[str, object]) -> dict[str, object]:
    """The report with what the second version added, where the first says enough for it.

    A node's license becomes a conclusion without statements; of the state ``unresolved`` all
    weight is shown as not examined, though ``lacking`` still holds it; a note says so. What has
    an unexpected shape is left as it is, for the caller to refuse.
    """
    notes = report.get("notes")
    lineage = report.get("lineage")
    newer = dict(report)
    if isinstance(notes, list) and not any(_is_said(note) for note in notes):
        newer["notes"] = [{"message": COUNTED_AS_LACKING, "subject": None}, *notes]
    if isinstance(lineage, dict) and "nodes" in lineage:
        newer["lineage"] = {**lineage, "nodes": _each(lineage.get("nodes"), _node)}
    if isinstance(report.get("coverage"), list):
        newer["coverage"] = _each(report["coverage"], _coverage)
    return newer


def _is_said(note: object) -> bool:
    return isinstance(note, dict) and note.get("message") == COUNTED_AS_LACKING


def _each(value: object, change: Callable[[Mapping[str, object]], object]) -> object:
    if not isinstance(value, list):
        return value
    return [change(item) if isinstance(item, dict) else item for item in value]


def _node(node: Mapping[str, object]) -> dict[str, object]:
    if "license" in node:  # written again by this version
        return dict(node)
    license_ = {
        "state": node.get("license_state"),
        "declared": node.get("declared", []),
        "concluded": node.get("concluded"),
        "reason": node.get("detail") or "",
        "restrictions": [],
        "statements": [],
    }
    return {**node, "license": license_}


def _coverage(coverage: Mapping[str, object]) -> dict[str, object]:
    return {**coverage, "by_state": _each(coverage.get("by_state"), _share)}


def _share(share: Mapping[str, object]) -> dict[str, object]:
    unseen = share.get("weight") if share.get("state") == "unresolved" else 0
    return {**share, "not_examined": unseen}

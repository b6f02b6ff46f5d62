"""Files that run the gate, install it, or are read for it, as a change leaves them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from provenance.checking.base import Base
from provenance.checking.gate_files import (
    PACKAGE,
    included_by,
    included_items,
    install_items,
    may_install,
)
from provenance.checking.gate_includes import ROOTS, included_files, redefining_items
from provenance.checking.gate_runners import (
    RUNS_THE_GATE,
    callers_of,
    may_run_the_gate,
    runs_in_ci,
    runs_the_gate,
    script_items,
    workflow_items,
)
from provenance.checking.loosened import Allowance
from provenance.checking.references.files import (
    CheckedFolder,
    changed_files,
    files_with,
    read_blobs,
)
from provenance.checking.run import MAX_GATE_BYTES
from provenance.checking.sides import top_of
from provenance.confine import read_inside
from provenance.report.checked import Loosening


def gate_edits(repository: CheckedFolder, base: Base, allow: Allowance) -> list[Loosening]:
    """What the change edits of the files that decide how the gate runs."""
    top = top_of(repository)
    ci = read_blobs(base.repository, (b for b in base.blobs if runs_in_ci(b.path)))
    named = set(files_with(repository, base.commit, RUNS_THE_GATE)) - set(ci)
    scripts = read_blobs(
        base.repository, (b for b in base.blobs if b.path in named and may_run_the_gate(b.path))
    )
    callers = callers_of(scripts | ci)
    changed = changed_files(CheckedFolder(top, git=True), base.commit)
    return [
        *workflow_items(ci, _now(ci, top), allow, callers),
        *script_items(scripts, _now(scripts, top), allow),
        *_included(base, top, {**ci, **scripts}, changed, allow),
        *_redefined(base, top, changed, callers, allow),
        *_installers(repository, base, changed, allow),
    ]


def _included(
    base: Base, top: Path, gate: Mapping[str, bytes], changed: Sequence[str], allow: Allowance
) -> list[Loosening]:
    """Files that those which run the gate read."""
    by_path = {blob.path: blob for blob in base.blobs}
    known = {*by_path, *changed}
    readers = {
        path: (reader, data)
        for reader, data in sorted(gate.items())
        if runs_the_gate(data)
        for path in included_by(reader, data, known)
        if path not in gate
    }
    old = read_blobs(base.repository, (by_path[p] for p in readers if p in by_path))
    return included_items(old, _now(readers, top), readers, allow)


def _redefined(
    base: Base,
    top: Path,
    changed: Sequence[str],
    callers: re.Pattern[str] | None,
    allow: Allowance,
) -> list[Loosening]:
    """Files that those of GitLab include, and that change the gate's job."""
    by_path = {blob.path: blob for blob in base.blobs}
    items = []
    for root in (path for path in ROOTS if path in by_path):
        data = read_blobs(base.repository, (by_path[root],))[root]
        paths = [root, *included_files(data, {*by_path, *changed})]
        old = read_blobs(base.repository, (by_path[p] for p in paths if p in by_path))
        items += redefining_items(root, old, _now(dict.fromkeys(paths), top), callers, allow)
    return items


def _installers(
    repository: CheckedFolder, base: Base, changed: Sequence[str], allow: Allowance
) -> list[Loosening]:
    """What says which release of the gate is installed, at the base or in a file of the change."""
    top = top_of(repository)
    named = set(files_with(repository, base.commit, PACKAGE))
    old = read_blobs(
        base.repository, (b for b in base.blobs if b.path in named and may_install(b.path))
    )
    touched = {*old, *(path for path in changed if may_install(path))} if old else set(old)
    return install_items(old, {path: bytes_of(top / path, top) for path in touched}, allow)


def _now(paths: Mapping[str, object], top: Path) -> dict[str, bytes | None]:
    return {path: bytes_of(top / path, top) for path in paths}


def bytes_of(path: Path, top: Path) -> bytes | None:
    """What CI, or a person, reads there; ``None``: nothing, which loosens where the base has it."""
    try:
        return read_inside(path, MAX_GATE_BYTES, top)
    except OSError:
        return None

"""``snapshot.json``: what a snapshot says of itself, and the answers that are no files."""

from __future__ import annotations

import datetime

import msgspec

from provenance.errors import UsageError
from provenance.hub.info import decode
from provenance.hub.interface import Absence
from provenance.refs import RepoKind, is_repo_id

MANIFEST = "snapshot.json"
SCHEMA = "1"


class RecordedAbsence(msgspec.Struct, frozen=True):
    """An absence as the recorded source reported it."""

    why: str
    """A value of :class:`provenance.hub.interface.Absence`."""
    detail: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """The manifest's fields; all may be missing in a manifest written by hand."""

    schema: str = SCHEMA
    name: str | None = None
    endpoint: str | None = None
    """Where the snapshot was taken from."""
    date: datetime.date | None = None
    """Date of the contents."""
    absent: dict[str, RecordedAbsence] = {}
    """``models/<id>`` or ``models/<id>@<revision>`` → why it could not be read."""
    renamed: dict[str, str] = {}
    """Old path (``datasets/squad``) → path now (``datasets/rajpurkar/squad``)."""
    files: tuple[str, ...] = ()
    """Every other file that was written with it: what may go when it is replaced."""


def parse_manifest(data: bytes, where: str) -> Manifest:
    """Read a manifest; ``where`` names it in errors.

    Raises:
        UsageError: not JSON, of another schema, or a field cannot be used.

    """
    try:
        manifest = decode(data, Manifest)
    except msgspec.DecodeError as error:
        raise UsageError(f"{where}: {error}") from error
    if manifest.schema != SCHEMA:
        raise UsageError(f"{where}: schema {manifest.schema!r} is not known, only {SCHEMA!r}")
    known = {why.value for why in Absence}
    for path, absence in manifest.absent.items():
        if absence.why not in known:
            raise UsageError(f"{where}: {path!r}: {absence.why!r} is not one of {sorted(known)}")
    for path in manifest.renamed.values():
        kind, _, repo_id = path.partition("/")
        if kind not in {k.folder for k in RepoKind} or not is_repo_id(repo_id):
            raise UsageError(f"{where}: renamed: {path!r} is not models/<id> or datasets/<id>")
    return manifest

"""Whether a repository was read, and if not, why: one list for every room."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What became of one node or subject. Values are stable: they appear in JSON.

    Those that a source can answer are also in :class:`provenance.hub.interface.Absence`.
    """

    FOUND = "found"
    NAMED = "named"
    """Named only in words: there is nothing to look up."""
    NOT_FOLLOWED = "not_followed"
    """A bound of the walk was reached first."""
    NOT_AUDITED = "not_audited"
    """Not asked for: a model behind an API, or a subject that a check could not audit."""
    UNREACHABLE = "unreachable"
    """Network, server or disk failed."""
    NOT_FOUND = "not_found"
    NOT_FOUND_OR_PRIVATE = "not_found_or_private"
    GATED = "gated"
    WITHDRAWN = "withdrawn"
    REVISION_NOT_FOUND = "revision_not_found"
    NOT_IN_SNAPSHOT = "not_in_snapshot"
    NOT_IN_DIGEST = "not_in_digest"

    @property
    def words(self) -> str:
        """For people: ``not found``."""
        return self.value.replace("_", " ")

"""Errors a user can act on. Each message is one line: what happened, where, what to do."""

from __future__ import annotations


class ProvenanceError(Exception):
    """Base of every error this package raises on purpose."""


class UsageError(ProvenanceError):
    """A subject, option or file the user gave cannot be used as given (exit 2)."""


class OutputError(UsageError):
    """What was to be written cannot be: a full disk, a closed stream, no possible path (exit 2)."""


class PolicyError(ProvenanceError):
    """A policy file is invalid (exit 2). The message holds one line per problem found."""


class SourceError(ProvenanceError):
    """A source of cards could not answer: network, server or disk failure (exit 3).

    Never raised for an absence: what a source knows to be missing, gated or withdrawn is a
    :class:`provenance.hub.interface.Absent`, not an error.
    """


class InternalError(ProvenanceError):
    """An invariant of this package does not hold (exit 70)."""


def missing_extra(what: str, extra: str) -> str:
    """The message that a package is missing: what needs it, and the extra that brings it."""
    return f"{what}: pip install 'provenance-audit[{extra}]'"

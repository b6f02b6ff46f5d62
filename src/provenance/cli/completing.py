"""What a shell completes: rule codes, formats, policies, and ids that a snapshot holds.

A shell waits for every answer, so nothing that reads cards or policies is imported. The two lists
kept here are held against the rules and the presets themselves by a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from provenance.errors import ProvenanceError

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

_RULES = {"AIA": 9, "COV": 7, "GDPR": 17, "LIC": 19, "LIN": 8, "POL": 5, "CHK": 5, "LCK": 6}
CODES = tuple(f"{family}{n:03}" for family, most in _RULES.items() for n in range(1, most + 1))
"""Codes of all rules."""
PRESETS = (
    "ca-ab2013", "commercial", "default", "edpb-28-2024", "eu-ai-act", "eu-gpai-summary", "gdpr",
    "open-data", "research", "strict",
)  # fmt: skip
"""Names of the policies that are shipped."""
_MOST_IDS = 200


def complete_code(
    _context: click.Context, _parameter: click.Parameter, given: str
) -> list[CompletionItem]:
    """Codes of rules, whichever way they are typed."""
    return [CompletionItem(c) for c in CODES if c.startswith(given.upper())]


def complete_policy(
    _context: click.Context, _parameter: click.Parameter, given: str
) -> list[CompletionItem]:
    """Presets by name, and files."""
    return [*_starting(PRESETS, given), CompletionItem(given, type="file")]


def complete_snapshot(
    _context: click.Context, _parameter: click.Parameter, given: str
) -> list[CompletionItem]:
    """``bundled``, folders and zips."""
    return [*_starting(["bundled"], given), CompletionItem(given, type="file")]


def complete_format(names: Iterable[str]) -> Complete:
    """The names of formats."""
    return lambda _context, _parameter, given: _starting(names, given)


def complete_subject(
    context: click.Context, _parameter: click.Parameter, given: str
) -> list[CompletionItem]:
    """Ids that the snapshot named so far holds, else the shipped one; and local folders.

    A model is completed by its bare id or after ``models/``, a dataset after ``datasets/``.
    """
    from provenance.hub.snapshot import open_snapshot
    from provenance.refs import RepoKind

    try:
        held = open_snapshot(context.params.get("snapshot") or "bundled")
        ids = {kind: list(held.ids(kind)) for kind in RepoKind}
    except ProvenanceError:
        ids = {}
    paths = [f"{kind.folder}/{i}" for kind, known in ids.items() for i in known]
    known = _starting([*ids.get(RepoKind.MODEL, ()), *paths], given)
    return [*known[:_MOST_IDS], CompletionItem(given, type="dir")]


def _starting(names: Iterable[str], given: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(given)]

"""What the rows of a census add up to."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.census.table import Table
from provenance.license import LicenseState

LACKS = "('none', 'ambiguous', 'unresolved')"
"""SQL list of the states that lack explicit licensing; see :class:`LicenseState`."""
_TOP = 20


@dataclass(frozen=True, slots=True)
class Share:
    """One value of a grouping and how much of it lacks explicit licensing."""

    name: str
    subjects: int
    lacking: int
    downloads: int | None
    """Sum of the known ones; ``None`` when none is known."""
    downloads_lacking: int | None


@dataclass(frozen=True, slots=True)
class Aggregates:
    """A census in numbers. Every list holds the largest groups first, at most 20."""

    kind: str
    total: Share
    states: tuple[Share, ...]
    """Every state that occurs, in the order of :class:`LicenseState`."""
    licenses: tuple[Share, ...]
    restrictions: tuple[Share, ...]
    """What the concluded licenses restrict; a subject with several counts in each."""
    authors: tuple[Share, ...]
    categories: tuple[Share, ...]
    """A subject with several categories counts in each."""
    years: tuple[Share, ...]
    """Every year known, in order."""
    personal_data: tuple[Share, ...]
    unread: tuple[Share, ...]
    """Subjects that could not be read, by why."""
    undeclared: int | None
    """Models that name no training data; ``None`` where that was not looked at."""
    mean_lacking: float | None
    """Mean over models of the fraction of training data that lacks, where it is known."""


def aggregate(table: Table, kind: str) -> Aggregates:
    """Add the view ``census`` up. An empty census has a total of 0."""
    states = {s.name: s for s in _shares(table, "state", limit=None)}
    [(undeclared, looked, mean)] = table.ask(
        "SELECT count(*) FILTER (undeclared), count(undeclared), avg(lacking) FROM census"
    )
    return Aggregates(
        kind=kind,
        total=(_shares(table, "'all'") or (Share("all", 0, 0, None, None),))[0],
        states=tuple(states[s.value] for s in LicenseState if s.value in states),
        licenses=_shares(table, "concluded", where="state = 'explicit'"),
        restrictions=_shares(table, "restriction", source=_each("restrictions", "restriction")),
        authors=_shares(table, "author", where="author != ''"),
        categories=_shares(table, "category", source=_each("categories", "category")),
        years=_shares(table, "year", where="year IS NOT NULL", order="name", limit=None),
        personal_data=_shares(table, "personal_data"),
        unread=_shares(table, "status", where="status NOT IN ('found', 'listed')"),
        undeclared=int(undeclared or 0) if looked else None,
        mean_lacking=None if mean is None else float(mean),
    )


def _each(column: str, name: str) -> str:
    """A row of the census for each part of a column that joins several."""
    return (
        f"(SELECT *, unnest(string_split({column}, '; ')) AS {name} "  # noqa: S608  constants
        f"FROM census WHERE {column} != '')"
    )


def _shares(
    table: Table,
    group: str,
    *,
    source: str = "census",
    where: str = "true",
    order: str = "subjects DESC, name",
    limit: int | None = _TOP,
) -> tuple[Share, ...]:
    found = table.ask(
        f"SELECT {group}::VARCHAR AS name, count(*) AS subjects, "  # noqa: S608  only constants of this module
        f"count(*) FILTER (state IN {LACKS}), sum(downloads)::HUGEINT, "
        f"(sum(downloads) FILTER (state IN {LACKS}))::HUGEINT "
        f"FROM {source} WHERE {where} GROUP BY ALL ORDER BY {order}"
        + ("" if limit is None else f" LIMIT {limit}")
    )
    return tuple(
        Share(
            str(name or "not said"),
            int(subjects or 0),
            int(lacking or 0),
            None if downloads is None else int(downloads),
            None if downloads is None else int(lost or 0),
        )
        for name, subjects, lacking, downloads, lost in found
    )

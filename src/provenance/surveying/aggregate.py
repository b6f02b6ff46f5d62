"""What the rows of a census add up to."""

from __future__ import annotations

from provenance.frozen import frozen
from provenance.report.license import LicenseState
from provenance.scanning.sql import sql_text
from provenance.surveying.row import READ
from provenance.surveying.table import CensusTable, CensusValue

_UNREAD = f"status NOT IN ({', '.join(map(sql_text, READ))})"
LACKS = f"state IN ('none', 'ambiguous', 'unresolved') AND NOT {_UNREAD}"
"""SQL of what lacks explicit licensing among what was read; see :class:`LicenseState`."""
_TOP = 20
_EXAMPLES = 5
MOST_SUBJECTS = 1_000
"""Subjects that a page lists: it is to open at once."""


@frozen
class GroupShare:
    """One value of a grouping and how much of it lacks explicit licensing."""

    name: str
    subjects: int
    lacking: int
    """Of those read."""
    downloads: int | None
    """Sum of the known ones; ``None`` when none is known."""
    downloads_lacking: int | None
    """Of those read."""
    unread: int = 0
    """Subjects whose license is not known because they could not be read."""
    downloads_unread: int = 0

    @property
    def read(self) -> int:
        """Subjects that were read: what a fraction is of."""
        return self.subjects - self.unread

    @property
    def downloads_read(self) -> int:
        """Downloads of subjects that were read."""
        return (self.downloads or 0) - self.downloads_unread


@frozen
class Unread:
    """One subject that could not be read."""

    id: str
    reason: str


@frozen
class SurveyedSubject:
    """One subject in a table of many."""

    id: str
    state: str
    examined: bool
    license: str
    reason: str
    downloads: int | None
    year: int | None


@frozen
class Aggregates:
    """A census in numbers. Every list holds the largest groups first, at most 20."""

    kind: str
    total: GroupShare
    states: tuple[GroupShare, ...]
    """Every state that occurs, in the order of :class:`LicenseState`."""
    licenses: tuple[GroupShare, ...]
    restrictions: tuple[GroupShare, ...]
    """What the concluded licenses restrict; a subject with several counts in each."""
    authors: tuple[GroupShare, ...]
    categories: tuple[GroupShare, ...]
    """A subject with several categories counts in each."""
    years: tuple[GroupShare, ...]
    """Every year known, in order."""
    personal_data: tuple[GroupShare, ...]
    unread: tuple[GroupShare, ...]
    """Subjects that could not be read, by why."""
    undeclared: int | None
    """Models that name no training data; ``None`` where that was not looked at."""
    mean_lacking: float | None
    """Mean over models of the fraction of training data that lacks, where it is known."""
    looked: int = 0
    """Models that were read for the data they name: what ``undeclared`` is part of."""
    unread_first: tuple[Unread, ...] = ()
    """The first few that could not be read, by id."""
    metadata_only: bool = False
    """Whether the rows come from a listing, which holds no cards."""
    subjects: tuple[SurveyedSubject, ...] = ()
    """The first of all: those that lack, were not examined or disagree before the others, in each
    the most downloaded; at most :data:`MOST_SUBJECTS`."""


def aggregate(table: CensusTable, kind: str) -> Aggregates:
    """Add the view ``census`` up. An empty census has a total of 0."""
    table.ask(_SUMMED)
    states = {s.name: s for s in _shares(table, "state", limit=None)}
    [(undeclared, looked, mean, listed)] = table.ask(
        "SELECT count(*) FILTER (undeclared), count(undeclared), avg(lacking), "
        "count(*) FILTER (status = 'listed') FROM census"
    )
    unread = _shares(table, "status", where=_UNREAD)
    return Aggregates(
        kind=kind,
        total=(_shares(table, "'all'") or (GroupShare("all", 0, 0, None, None),))[0],
        states=tuple(states[s.value] for s in LicenseState if s.value in states),
        licenses=_shares(table, "concluded", where="state = 'explicit'"),
        restrictions=_shares(table, "restriction", source=_each("restrictions", "restriction")),
        authors=_shares(table, "author", source=_BY_AUTHOR),
        categories=_shares(table, "category", source=_each("categories", "category")),
        years=_shares(table, "year", where="year IS NOT NULL", order="name", limit=None),
        personal_data=_shares(table, "personal_data"),
        unread=unread,
        undeclared=int(undeclared or 0) if looked else None,
        mean_lacking=None if mean is None else float(mean),
        looked=int(looked or 0),
        unread_first=_first(table) if unread else (),
        metadata_only=bool(listed),
        subjects=_subjects(table),
    )


def _subjects(table: CensusTable) -> tuple[SurveyedSubject, ...]:
    rows = table.ask(
        f"SELECT id, state, NOT ({_UNREAD}), concluded, reason, downloads, year "  # noqa: S608  constants
        f"FROM census ORDER BY CASE WHEN {_UNREAD} THEN 1 WHEN {LACKS} THEN 0 "
        "WHEN state = 'conflicting' THEN 2 ELSE 3 END, downloads DESC NULLS LAST, id "
        f"LIMIT {MOST_SUBJECTS}"
    )
    return tuple(
        SurveyedSubject(
            str(identity),
            str(state),
            bool(examined),
            _text(license_),
            _text(reason),
            None if downloads is None else int(downloads),
            None if year is None else int(year),
        )
        for identity, state, examined, license_, reason, downloads, year in rows
    )


def _first(table: CensusTable) -> tuple[Unread, ...]:
    rows = table.ask(
        f"SELECT id, reason FROM census WHERE {_UNREAD} "  # noqa: S608  constants
        f"ORDER BY status != 'unreadable', id LIMIT {_EXAMPLES}"
    )
    return tuple(Unread(str(identity), _text(reason)) for identity, reason in rows)


def _text(value: CensusValue) -> str:
    return "" if value is None else str(value)


def _each(column: str, name: str) -> str:
    """A row of the census for each part of a column that joins several."""
    return (
        f"(SELECT *, unnest(string_split({column}, '; ')) AS {name} "  # noqa: S608  constants
        f"FROM summed WHERE {column} != '')"
    )


_AMOUNTS = "count(*) AS subjects, sum(downloads)::HUGEINT AS downloads"
_SUMMED = f"""
CREATE OR REPLACE TEMP TABLE summed AS
SELECT status, state, concluded, restrictions, categories, year, personal_data, {_AMOUNTS}
FROM census GROUP BY ALL
"""  # noqa: S608  constants
"""Subjects that are alike in all that is added up: of millions a few thousand kinds."""
_BY_AUTHOR = (
    f"(SELECT author, status, state, {_AMOUNTS} FROM census WHERE author != '' GROUP BY ALL)"  # noqa: S608  constants
)


_LARGEST = "subjects DESC, regexp_replace(name, '[0-9]+', '', 'g'), length(name), name"
"""The largest first; of equals ``author2`` before ``author10``."""


def _shares(
    table: CensusTable,
    group: str,
    *,
    source: str = "summed",
    where: str = "true",
    order: str = _LARGEST,
    limit: int | None = _TOP,
) -> tuple[GroupShare, ...]:
    rows = table.ask(
        f"FROM (SELECT {group}::VARCHAR AS name, sum(part.subjects)::HUGEINT AS subjects, "  # noqa: S608  only constants of this module
        f"sum(part.subjects) FILTER ({LACKS}), sum(downloads)::HUGEINT, "
        f"(sum(downloads) FILTER ({LACKS}))::HUGEINT, "
        f"sum(part.subjects) FILTER ({_UNREAD}), (sum(downloads) FILTER ({_UNREAD}))::HUGEINT "
        f"FROM {source} part WHERE {where} GROUP BY ALL) ORDER BY {order}"
        + ("" if limit is None else f" LIMIT {limit}")
    )
    return tuple(
        GroupShare(
            str(name or "not said"),
            int(subjects or 0),
            int(lacking or 0),
            None if downloads is None else int(downloads),
            None if downloads is None else int(lost or 0),
            int(unread or 0),
            int(unseen or 0),
        )
        for name, subjects, lacking, downloads, lost, unread, unseen in rows
    )

"""Curated facts about well-known training sets, each with its source and date."""

from __future__ import annotations

import datetime

from provenance.frozen import frozen


@frozen
class LicenseFact:
    """What a set's creators say of its license, as read at ``source``."""

    value: str
    """As recorded there: an SPDX id, ``LicenseRef-…``, ``NONE``, or words."""
    meaning: str
    """A :class:`~provenance.report.license.Meaning`."""
    expression: str | None
    """SPDX expression or ``LicenseRef-…`` where the value is one."""
    source: str
    date: str
    """ISO date, as text: of some sources only the month is known."""
    restrictions: tuple[str, ...] = ()
    """Values of :class:`~provenance.report.license.Restriction` of the licenses named, sorted."""


@frozen
class DatasetRecord:
    """One training set."""

    key: str
    name: str
    hub_id: str | None
    aliases: tuple[str, ...] = ()
    """Other names and Hub ids."""
    urls: tuple[str, ...] = ()
    licenses: tuple[LicenseFact, ...] = ()


@frozen
class Component:
    """One set of a published mixture and its weight in each unit."""

    name: str
    amounts: tuple[tuple[str, float], ...]
    hub_id: str | None = None
    """Hub dataset id that the source itself gives it."""


@frozen
class MixtureRecord:
    """A mixture that a publisher gives elsewhere than in the model's repository."""

    key: str
    used_by: tuple[str, ...]
    """Hub model ids, with ``*`` for any run of characters."""
    components: tuple[Component, ...]
    totals: tuple[tuple[str, float], ...]
    source: str
    date: str
    """When ``source`` was read or published, as written in the file: evidence takes it as text."""


@frozen
class CatalogData:
    """The catalogue as shipped."""

    as_of: datetime.date
    datasets: tuple[DatasetRecord, ...]
    mixtures: tuple[MixtureRecord, ...]

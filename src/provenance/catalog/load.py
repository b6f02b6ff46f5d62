"""Looking things up in the catalogue: exact after normalisation, never fuzzy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

import msgspec

from provenance.catalog.records import CatalogData, DatasetRecord, MixtureRecord
from provenance.names import normalize, normalize_url
from provenance.report.evidence import Evidence, excerpt
from provenance.report.license import LicenseStatement, Meaning, Origin, Scope
from provenance.report.training import (
    Amount,
    DeclaredIn,
    Discovery,
    Measure,
    Mention,
    MixtureTotal,
    Role,
)
from provenance.vocabulary.restrictions import Restriction

_PLACE = "catalog"


class Catalog:
    """The shipped facts, indexed. Immutable; one instance serves every audit."""

    def __init__(self, data: CatalogData) -> None:
        self.as_of = data.as_of
        """Date of the facts."""
        self._records = {r.key: r for r in data.datasets}
        self._mixtures = data.mixtures
        self._by_id: dict[str, str] = {}
        self._by_url: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        for record in data.datasets:
            ids = [i for i in (record.hub_id, *record.aliases) if i]
            for hub_id in ids:
                self._by_id.setdefault(hub_id.lower(), record.key)
            for url in record.urls:
                where = normalize_url(url)
                if where is not None:
                    self._by_url.setdefault(where, record.key)
            for name in _names(record):
                self._by_name.setdefault(normalize(name), record.key)

    def completed(self, records: Iterable[DatasetRecord]) -> Catalog:
        """The catalogue with more records; one of a known key adds its licenses to that one's."""
        known = dict(self._records)
        for record in records:
            before = known.get(record.key)
            if before is not None:
                record = replace(before, licenses=(*before.licenses, *record.licenses))  # noqa: PLW2901 - the same record, completed
            known[record.key] = record
        # what is new goes first: a name of its own is not another's alias
        new = [r for key, r in known.items() if key not in self._records]
        old = [r for key, r in known.items() if key in self._records]
        return Catalog(CatalogData(self.as_of, (*new, *old), self._mixtures))

    def record(self, key: str) -> DatasetRecord:
        """The record of ``key``.

        Raises:
            KeyError: there is none.

        """
        return self._records[key]

    def find(self, dataset_id: str | None, url: str | None, name: str) -> str | None:
        """Key of the record that an id, else a name, else a link belongs to.

        A name goes before a link because one page may stand for several sets (SQuAD 1.1 and 2.0).
        """
        if dataset_id is not None:
            return self._by_id.get(dataset_id.lower())
        by_name = self._by_name.get(normalize(name))
        where = normalize_url(url) if by_name is None and url else None
        return by_name if where is None else self._by_url.get(where)

    def hub_id(self, key: str) -> str | None:
        """Hub id of a record's set, if it is on the Hub."""
        return self._records[key].hub_id

    def hub_ids(self) -> Iterator[str]:
        """Hub ids of all sets that are on the Hub."""
        return (r.hub_id for r in self._records.values() if r.hub_id is not None)

    def known(self, name: str) -> str | None:
        """Hub id of the set that goes by ``name``.

        A name goes before an id: "Reddit" in a sentence is not the repository once called reddit.
        """
        key = self._by_name.get(normalize(name)) or self._by_id.get(name.lower())
        return self._records[key].hub_id if key is not None else None

    def statements(self, key: str) -> tuple[LicenseStatement, ...]:
        """What a record's creators say of its license, as statements."""
        record = self._records[key]
        return tuple(
            LicenseStatement(
                raw=fact.value,
                meaning=Meaning(fact.meaning),
                expression=fact.expression,
                restrictions=tuple(Restriction(r) for r in fact.restrictions),
                scope=Scope.DATA,
                origin=Origin.CATALOG,
                evidence=Evidence(
                    repo=_PLACE,
                    revision=fact.date,
                    path=fact.source,
                    line=None,
                    pointer=f"/{record.key}/licenses/{index}",
                    excerpt=excerpt(fact.value),
                ),
            )
            for index, fact in enumerate(record.licenses)
        )

    def mixture(self, model_id: str) -> Discovery:
        """Sets and weights of mixtures published for the model elsewhere than in its repository."""
        mentions: list[Mention] = []
        totals: list[MixtureTotal] = []
        for mixture in self._mixtures:
            if any(fnmatchcase(model_id.lower(), p.lower()) for p in mixture.used_by):
                mentions += self._mentions(mixture)
                totals += [
                    MixtureTotal(
                        _measure(mixture, unit), value, _evidence(mixture, unit, "/totals")
                    )
                    for unit, value in mixture.totals
                ]
        return Discovery(tuple(mentions), tuple(totals))

    def _mentions(self, mixture: MixtureRecord) -> list[Mention]:
        return [
            Mention(
                name=component.name,
                id=component.hub_id,
                url=None,
                declared_in=DeclaredIn.CATALOG,
                role=Role.TRAINING,
                evidence=_evidence(mixture, component.name, f"/components/{index}"),
                amounts=tuple(
                    Amount(_measure(mixture, unit), value, f"{mixture.key}:{index}")
                    for unit, value in component.amounts
                ),
            )
            for index, component in enumerate(mixture.components)
        ]


def _names(record: DatasetRecord) -> tuple[str, ...]:
    """Names a set goes by. A part of a mixture ("Books3 (The Pile)") owns no name of its own."""
    if ":" in record.key:
        return record.aliases
    return (record.name, record.key, *record.aliases)


def _measure(mixture: MixtureRecord, unit: str) -> Measure:
    return Measure(unit, f"catalog: {mixture.source}")


def _evidence(mixture: MixtureRecord, words: str, pointer: str) -> Evidence:
    where = f"/{mixture.key}{pointer}"
    return Evidence(_PLACE, mixture.date, mixture.source, None, where, excerpt(words))


@cache
def load_catalog() -> Catalog:
    """The shipped catalogue, read once."""
    raw = files("provenance.catalog").joinpath("data", "catalog.json").read_bytes()
    return Catalog(msgspec.json.decode(raw, type=CatalogData))

"""From the facts of a digest to the nouns that reading a card gives. Pure.

No fact becomes a line of a card: evidence points at where the fact was read, and what no fact is
on stays unknown.
"""

from __future__ import annotations

from dataclasses import replace

from provenance.auditing.stated import MAX_PLACES, Sizes, SourceDataset
from provenance.catalog import Catalog, load_catalog
from provenance.catalog.records import DatasetRecord
from provenance.catalog.records import LicenseFact as CatalogFact
from provenance.discovery import Declaration, declare
from provenance.discovery.discover import merge
from provenance.hub.digest_facts import (
    Declared,
    DigestedLicense,
    NamedFact,
    RepositoryFacts,
    SetFact,
)
from provenance.hub.interface import CardSource
from provenance.licensing import conclude, unresolved
from provenance.licensing.meanings import terms, union
from provenance.report.evidence import Evidence, FactSource, excerpt
from provenance.report.license import (
    Cause,
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.report.training import (
    Amount,
    BaseModelMention,
    DeclaredIn,
    Discovery,
    Measure,
    Mention,
    MixtureTotal,
    Role,
)
from provenance.vocabulary.restrictions import Restriction

UNSAID = "the digest holds no fact on its license"
BESIDE_OTHER = 'its tag says "other", and the digest holds no fact on the terms beside the tag'


def catalog_of(source: CardSource) -> Catalog:
    """The shipped catalogue, with what the source's digest holds on sets that go by a name."""
    digest = source.digest
    if digest is None or not digest.named:
        return load_catalog()
    return load_catalog().completed(
        DatasetRecord(
            key=digested.key,
            name=digested.name or digested.key,
            hub_id=digested.hub_id,
            licenses=tuple(
                CatalogFact(
                    value=fact.value or "no license",
                    meaning=fact.meaning,
                    expression=fact.expression,
                    source=fact.source.url or fact.source.title,
                    date=fact.source.date or "",
                    restrictions=fact.restrictions,
                )
                for fact in digested.licenses
            ),
        )
        for digested in digest.named
    )


def fact_evidence(repo: str, source: FactSource, wording: str) -> Evidence:
    """Evidence for one fact: where it was read, and the value recorded there, if one was."""
    return Evidence(repo, None, None, None, None, excerpt(wording), source)


def license_of(facts: RepositoryFacts, repo: str) -> LicenseConclusion:
    """What the facts on the license support; without any, it was not examined."""
    if not facts.licenses:
        return unresolved(UNSAID, Cause.NOT_IN_DIGEST)
    conclusion = conclude([_statement(fact, repo) for fact in facts.licenses])
    if all(fact.origin == Origin.TAG and _says_other(fact) for fact in facts.licenses):
        return replace(
            conclusion,
            state=LicenseState.UNRESOLVED,
            reason=BESIDE_OTHER,
            cause=Cause.NOT_IN_DIGEST,
        )
    return conclusion


def _says_other(fact: DigestedLicense) -> bool:
    """Whether a fact is the tag that sends a reader to the name, the link or the text beside it."""
    return fact.value.strip().lower() == "other"


def _statement(fact: DigestedLicense, repo: str) -> LicenseStatement:
    return LicenseStatement(
        raw=fact.value,
        meaning=Meaning(fact.meaning),
        expression=fact.expression,
        restrictions=union((terms(fact.expression), (Restriction(r) for r in fact.restrictions))),
        scope=Scope.DATA if fact.part is None else Scope.PART,
        origin=Origin(fact.origin),
        evidence=fact_evidence(repo, fact.source, fact.value),
        part=fact.part,
    )


def declaration_of(declared: Declared, repo: str, catalog: Catalog) -> Declaration:
    """What a model names, merged into sets.

    Where a name leads to no record of the catalogue, whoever recorded the fact says which is meant.
    """
    meant = {(s.id, s.url, s.name): s.record for s in declared.training_sets if s.record}

    def find(dataset_id: str | None, url: str | None, name: str) -> str | None:
        return catalog.find(dataset_id, url, name) or meant.get((dataset_id, url, name))

    discovery = Discovery(
        mentions=tuple(_mention(training_set, repo) for training_set in declared.training_sets),
        totals=tuple(
            MixtureTotal(
                Measure(total.unit, total.basis),
                total.value,
                fact_evidence(repo, total.source, f"{total.value:,.0f} {total.unit}"),
            )
            for total in declared.totals
        ),
        base_models=tuple(_base(base, repo) for base in declared.base_models),
    )
    if not any(mention.amounts for mention in discovery.mentions):
        discovery = merge((discovery, catalog.mixture(repo.partition("/")[2])))
    return declare(discovery, find)


def _mention(fact: SetFact, repo: str) -> Mention:
    return Mention(
        name=fact.name,
        id=fact.id,
        url=fact.url,
        declared_in=DeclaredIn(fact.declared_in),
        role=Role.TRAINING,
        evidence=fact_evidence(repo, fact.source, fact.name),
        amounts=tuple(
            Amount(Measure(a.unit, a.basis), a.value, a.row or None, a.among) for a in fact.amounts
        ),
    )


def _base(fact: NamedFact, repo: str) -> BaseModelMention:
    return BaseModelMention(
        name=fact.name,
        id=fact.id,
        relation=fact.relation,
        declared_in=DeclaredIn.FRONT_MATTER if fact.id else DeclaredIn.PROSE,
        evidence=fact_evidence(repo, fact.source, fact.name),
    )


def sources_of(facts: RepositoryFacts, repo: str) -> tuple[SourceDataset, ...]:
    """What a dataset was made from."""
    return tuple(
        SourceDataset(fact.name, fact.id, fact_evidence(repo, fact.source, fact.name))
        for fact in facts.derived_from
    )


def sizes_of(facts: RepositoryFacts, repo: str) -> Sizes:
    """Rows and bytes over all configurations, and where they were read."""
    rows = [float(size.rows) for size in facts.sizes if size.rows is not None]
    sizes = [float(size.bytes) for size in facts.sizes if size.bytes is not None]
    sources = [
        fact_evidence(repo, size.source, f"{size.rows or size.bytes:,}") for size in facts.sizes
    ]
    return Sizes(
        sum(rows) if rows else None, sum(sizes) if sizes else None, tuple(sources[:MAX_PLACES])
    )

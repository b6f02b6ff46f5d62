"""The license rule on licenses that cover a database and not its contents."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.licensing import restrictions_of, symbols_in
from provenance.policy.model import Policy
from provenance.policy.rules.items import license_hit, set_items
from provenance.policy.rules.rule import Hit, On, RuleSection, declare
from provenance.report.facts import Facts
from provenance.report.finding import Severity
from provenance.report.license import LicenseState
from provenance.report.training import TrainingSet
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.topics import Topic

_TAKEN = frozenset({Topic.CRAWL.value, Topic.FOUND.value, Topic.USER_CONVERSATIONS.value})
"""Text of people who did not write it for the set."""
_TAKEN_FROM = frozenset({"scraped", "user"})
"""Details of :attr:`~provenance.vocabulary.topics.Topic.SOURCE_TYPE` that say the same."""
_OWN = frozenset({Topic.SOURCE_TYPE.value, Topic.SYNTHETIC.value})


def _is_database_only(item: TrainingSet) -> bool:
    """Whether every license that the set names covers the database alone."""
    symbols = symbols_in(item.license.concluded)
    return bool(symbols) and all(
        Restriction.DATABASE_ONLY in restrictions_of(symbol) for symbol in symbols
    )


def _sources(item: TrainingSet) -> str | None:
    """Why the contents may be others': taken from people, or not said; ``None``: they are not."""
    signals = item.personal_data.signals
    topics = {signal.topic for signal in signals}
    kinds = {s.detail for s in signals if s.topic == Topic.SOURCE_TYPE.value}
    if topics & _TAKEN or kinds & _TAKEN_FROM:
        return "taken from where others published them"
    return None if topics & _OWN else "of a source that is not said"


@declare(
    "LIC019",
    "database_only",
    RuleSection.LICENSES,
    Severity.NOTE,
    on=On.SETS,
    title="License of the database, not of its contents",
    description="The license says that it gives no rights in the individual contents (ODC-By 1.0 "
    "and ODbL 1.0, section 2.4), and the contents are crawled, found, of users, or of a source "
    "that the card does not say. It is explicit; what it licenses is the collection.",
    basis="https://opendatacommons.org/licenses/by/1-0/ and "
    "https://opendatacommons.org/licenses/odbl/1-0/, section 2.4.",
    looks_at="The concluded license (term `database-only`), and what the card says of its sources.",
    remedy="Find out under which terms the contents were published, and record it as a "
    "clarification (`ODC-By-1.0 AND …`), or have the use of contents without license reviewed.",
)
def _database_only(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item, licensed in zip(facts.training_sets, set_items(facts), strict=True):
        if item.license.state is not LicenseState.EXPLICIT or not _is_database_only(item):
            continue
        why = _sources(item)
        if why is not None:
            name = item.license.concluded
            yield license_hit(
                licensed,
                f"is under {name}, which licenses the database and not its contents, {why}",
                f"are under a license of the database and not of its contents, {why}",
                why,
            )

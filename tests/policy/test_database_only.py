"""Licenses of a database that give no rights in its contents (LIC019)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.policy.facts_builder import (
    codes,
    documented,
    facts,
    findings,
    licensed,
    preset,
    signal,
    stated,
)

from provenance.auditing.measure import coverage_of
from provenance.policy.terms import decide_license
from provenance.report.finding import Severity
from provenance.report.training import TrainingSet
from provenance.vocabulary.identifiers import groups_of
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.topics import Topic


def _crawled(expression: str = "ODC-By-1.0") -> TrainingSet:
    return replace(documented("a/a", signal(Topic.CRAWL)), license=stated(expression))


@pytest.mark.parametrize("symbol", ["ODC-By-1.0", "ODbL-1.0"])
def test_the_term_stands_with_the_license(symbol: str) -> None:
    assert Restriction.DATABASE_ONLY in stated(symbol).restrictions
    assert "database-only" in groups_of(symbol)


@pytest.mark.parametrize(
    ("item", "fires"),
    [
        (licensed("a/a", "ODC-By-1.0"), True),
        (_crawled(), True),
        (_crawled("ODbL-1.0"), True),
        (_crawled("CC-BY-4.0"), False),
        (_crawled("ODC-By-1.0 AND CC-BY-4.0"), False),
        (_crawled("MIT OR ODC-By-1.0"), False),
        (
            replace(
                documented("a/a", signal(Topic.SOURCE_TYPE, "private")),
                license=stated("ODC-By-1.0"),
            ),
            False,
        ),
        (
            replace(
                documented("a/a", signal(Topic.SOURCE_TYPE, "scraped")),
                license=stated("ODC-By-1.0"),
            ),
            True,
        ),
    ],
)
def test_crawled_or_unsaid_sources_are_told(item: TrainingSet, fires: bool) -> None:
    assert ("LIC019" in codes(facts(item), preset("default"))) is fires


def test_open_data_and_strict_do_not_let_it_pass() -> None:
    for name in ("open-data", "strict"):
        (found,) = findings(facts(_crawled()), preset(name), "LIC019")
        assert found.severity is Severity.INCOMPLETE
    (found,) = findings(facts(_crawled()), preset("default"), "LIC019")
    assert found.severity is Severity.WARNING


def test_the_group_decides_only_where_a_policy_lists_it() -> None:
    terms = preset("default").terms
    assert decide_license("ODC-By-1.0", terms)[0].value == "allow"
    denied = replace(terms, deny=terms.deny | {"database-only"})
    assert decide_license("ODC-By-1.0", denied)[0].value == "deny"


def test_coverage_shows_its_share_beside_the_states() -> None:
    (direct, _) = coverage_of([_crawled(), licensed("b/b", "MIT")], [], 0)
    assert (direct.database_only, direct.lacking, direct.total) == (1, 0, 2)

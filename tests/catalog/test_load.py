from __future__ import annotations

import datetime

import pytest

from provenance.catalog import Catalog, load_catalog
from provenance.catalog.records import (
    CatalogData,
    Component,
    DatasetRecord,
    LicenseFact,
    MixtureRecord,
)
from provenance.report.license import Meaning, Origin

CATALOG = Catalog(
    CatalogData(
        as_of=datetime.date(2026, 1, 1),
        datasets=(
            DatasetRecord(
                "forum",
                "The Forum",
                "org/forum",
                aliases=("old_forum",),
                urls=("https://example.org/forum",),
                licenses=(LicenseFact("CC-BY-4.0", "names", "CC-BY-4.0", "a page", "2025-01-01"),),
            ),
            DatasetRecord("stories", "Stories", None, licenses=()),
        ),
        mixtures=(
            MixtureRecord(
                "mix",
                ("org/model-*",),
                (
                    Component("The Forum", (("tokens", 5.0),)),
                    Component("part of it", (("tokens", 2.0),), "org/forum"),
                ),
                (("tokens", 8.0),),
                "a paper",
                "2025",
            ),
        ),
    )
)


@pytest.mark.parametrize(
    ("dataset_id", "url", "name", "key"),
    [
        ("Org/Forum", None, "x", "forum"),
        ("old_forum", None, "x", "forum"),
        ("other/forum", None, "The Forum", None),
        (None, "https://www.example.org/forum/", "x", "forum"),
        (None, "https://example.org/elsewhere", "the-forum", "forum"),
        (None, None, "STORIES", "stories"),
        (None, None, "story", None),
    ],
)
def test_find_is_exact(dataset_id: str | None, url: str | None, name: str, key: str | None) -> None:
    assert CATALOG.find(dataset_id, url, name) == key


def test_known_gives_hub_ids_only() -> None:
    assert CATALOG.known("the forum") == "org/forum"
    assert CATALOG.known("stories") is None
    assert CATALOG.known("nothing") is None
    assert CATALOG.hub_id("stories") is None


def test_statements_carry_their_source() -> None:
    (statement,) = CATALOG.statements("forum")
    assert (statement.meaning, statement.expression) == (Meaning.NAMES, "CC-BY-4.0")
    assert statement.origin is Origin.CATALOG
    assert (statement.evidence.path, statement.evidence.revision) == ("a page", "2025-01-01")
    assert CATALOG.statements("stories") == ()
    with pytest.raises(KeyError):
        CATALOG.statements("nothing")


def test_a_published_mixture_is_mentions_and_a_total() -> None:
    found = CATALOG.mixture("org/Model-7B")
    assert [(m.name, m.id, m.amounts[0].value) for m in found.mentions] == [
        ("The Forum", None, 5.0),
        ("part of it", "org/forum", 2.0),
    ]
    assert [t.value for t in found.totals] == [8.0]
    assert CATALOG.mixture("org/other").mentions == ()


def test_the_shipped_catalogue_loads() -> None:
    catalog = load_catalog()
    assert catalog.as_of
    assert catalog.known("SQuAD2.0") == "rajpurkar/squad_v2"
    for key in ("snli", "stackexchange"):
        for statement in catalog.statements(key):
            assert statement.evidence.path
            assert (statement.expression is None) == (statement.meaning is not Meaning.NAMES)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import amount, mention

from provenance.discovery.align import DeclaredSet, align
from provenance.names import name_key, normalize, normalize_url
from provenance.report.training import Amount, DeclaredIn, Measure, Mention, Role


def aligned(*mentions: Mention, records: dict[str, str] | None = None) -> tuple[DeclaredSet, ...]:
    known = records or {}

    def find(dataset_id: str | None, url: str | None, name: str) -> str | None:
        return known.get(dataset_id or "") or known.get(url or "") or known.get(name)

    return align(mentions, find)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (mention("org/set", "org/set"), mention("The set", "Org/Set", declared_in=DeclaredIn.LINK)),
        (
            mention("org/word-pairs", "org/word-pairs"),
            mention("Word", declared_in=DeclaredIn.TABLE),
        ),
        (mention("natural_words", "natural_words"), mention("Natural Words (NW)")),
        (
            mention("A", url="https://github.com/o/r"),
            mention("B", url="https://github.com/o/r/tree/main"),
        ),
        (mention("GOO: a long title"), mention("goo_pairs", declared_in=DeclaredIn.CONFIG)),
    ],
)
def test_one_set_seen_twice_is_one_set(one: Mention, two: Mention) -> None:
    assert len(aligned(one, two)) == 1
    assert len(aligned(two, one)) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (mention("a/wiki", "a/wiki"), mention("b/wiki", "b/wiki")),
        (mention("SQuAD"), mention("SQuAD2.0")),
        (mention("A", url="https://arxiv.org/abs/1"), mention("B", url="https://arxiv.org/abs/1")),
        (mention("web text"), mention("web pages")),
    ],
)
def test_different_sets_stay_apart(one: Mention, two: Mention) -> None:
    assert len(aligned(one, two)) == 2


def test_the_catalogue_joins_a_name_with_an_id() -> None:
    records = {"org/qqp": "quora", "Quora triplets": "quora"}
    (found,) = aligned(
        mention("org/qqp", "org/qqp"),
        mention("Quora triplets", declared_in=DeclaredIn.TABLE),
        records=records,
    )
    assert (found.name, found.id, found.record) == ("Quora triplets", "org/qqp", "quora")
    assert found.declared_in == (DeclaredIn.FRONT_MATTER, DeclaredIn.TABLE)


def test_an_exact_large_count_joins_a_row_with_a_file() -> None:
    row = mention(
        "Forum comments (2015)",
        declared_in=DeclaredIn.TABLE,
        amounts=(amount(726_484_430, row="t1"),),
    )
    entry = mention(
        "dump", declared_in=DeclaredIn.CONFIG, amounts=(amount(726_484_430, "lines", "f.json"),)
    )
    small = mention(
        "other", declared_in=DeclaredIn.CONFIG, amounts=(amount(10, "lines", "f.json"),)
    )
    found = aligned(row, entry, small)
    assert [s.name for s in found] == ["Forum comments (2015)", "other"]
    assert len(found[0].amounts) == 2


def test_a_files_entry_for_a_shared_row_is_shared_too() -> None:
    measure = Measure("pairs", "README.md table at line 3")
    shared = Amount(measure, 277_230, "row", 2)
    found = aligned(
        mention("One", declared_in=DeclaredIn.TABLE, amounts=(shared,)),
        mention("Two", declared_in=DeclaredIn.TABLE, amounts=(shared,)),
        mention("Both", declared_in=DeclaredIn.CONFIG, amounts=(amount(277_230, "lines", "f"),)),
    )
    assert [s.name for s in found] == ["One", "Two"]
    assert all(len(s.amounts) == 2 and s.amounts[1].among == 2 for s in found)


def test_evaluation_never_counts_unless_trained_on_too() -> None:
    only = aligned(mention("x", "x", role=Role.EVALUATION))
    both = aligned(mention("x", "x", role=Role.EVALUATION), mention("x", "x"))
    assert only[0].role is Role.EVALUATION
    assert both[0].role is Role.TRAINING
    assert len(both[0].evidence) == 1


def test_roles_and_guesses_merge() -> None:
    tuned = mention("x", "x", role=Role.FINETUNING)
    built = mention("x", "x", role=Role.PRETRAINING)
    plain = mention("x", "x", guess=True)
    assert aligned(plain, tuned)[0].role is Role.FINETUNING
    assert aligned(tuned, built)[0].role is Role.TRAINING
    assert aligned(plain)[0].guess
    assert not aligned(plain, tuned)[0].guess


_NAMES = st.sampled_from(["squad", "wiki", "a/wiki", "b/wiki", "Wiki (en)", "web text", "news"])


@given(st.lists(_NAMES, max_size=8))
def test_no_mention_is_lost_and_no_set_has_two_ids(names: list[str]) -> None:
    mentions = [mention(n, n if "/" in n else None) for n in names]
    found = aligned(*mentions)
    said = {n for s in found for n in (s.name, *s.aliases, s.id)} - {None}
    assert said == set(names)
    assert align(mentions, lambda *_: None) == found


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.github.com/O/R/", "github.com/o/r"),
        ("https://example.org", "example.org"),
        ("https://arxiv.org/abs/1", None),
        ("http://[", None),
        ("not a url", None),
    ],
)
def test_urls(url: str, expected: str | None) -> None:
    assert normalize_url(url) == expected


def test_names() -> None:
    assert normalize("(all in parentheses)") == "allinparentheses"
    assert name_key("flickr30k-captions") == name_key("Flickr 30k")

from __future__ import annotations

import pytest
from tests.builders import amount, evidence, mention

from provenance.auditing.mixture import Mixture, published_mixtures, weights
from provenance.discovery.align import align
from provenance.report.training import Amount, DeclaredIn, Measure, Mention, MixtureTotal

TABLE = "README.md table at line 3"


def mixtures(mentions: list[Mention], *totals: MixtureTotal) -> tuple[Mixture, ...]:
    return published_mixtures(align(mentions, lambda *_: None), totals)


def in_table(name: str, value: float, unit: str = "pairs") -> Mention:
    return mention(
        name, declared_in=DeclaredIn.TABLE, amounts=(amount(value, unit, TABLE, row=name),)
    )


def in_file(name: str, value: float, weight: float) -> Mention:
    return mention(
        name,
        declared_in=DeclaredIn.CONFIG,
        amounts=(
            amount(value, "lines", "data_config.json", row=name),
            amount(weight, "sampling weight", "data_config.json", row=name),
        ),
    )


def test_a_stated_total_leaves_a_remainder() -> None:
    total = MixtureTotal(Measure("pairs", TABLE), 100, evidence())
    (mixture,) = mixtures([in_table("a", 60), in_table("b", 30)], total)
    assert (mixture.attributed, mixture.unattributed) == (90, 10)


def test_rows_above_the_total_leave_none() -> None:
    total = MixtureTotal(Measure("pairs", TABLE), 50, evidence())
    (mixture,) = mixtures([in_table("a", 60), in_table("b", 30)], total)
    assert mixture.unattributed == 0


def test_shares_in_percent_are_of_a_hundred() -> None:
    (mixture,) = mixtures([in_table("a", 60, "percent"), in_table("b", 30, "percent")])
    assert mixture.unattributed == pytest.approx(10)
    (full,) = mixtures([in_table("a", 60, "percent"), in_table("b", 39.7, "percent")])
    assert full.stated_total is None


def test_a_file_that_agrees_with_the_table_completes_it() -> None:
    total = MixtureTotal(Measure("pairs", TABLE), 100, evidence())
    found = mixtures(
        [
            in_table("alpha", 60), in_table("beta", 30),
            in_file("alpha", 60, 1), in_file("beta", 30, 1), in_file("gamma", 10, 2),
        ],
        total,
    )  # fmt: skip
    assert [m.unit for m in found] == ["pairs", "sampling weight"]
    assert found[0].unattributed == 0
    assert "completed by data_config.json (gamma)" in found[0].basis


def test_a_file_that_disagrees_is_a_measure_of_its_own() -> None:
    found = mixtures(
        [in_table("alpha", 60), in_table("beta", 30), in_file("alpha", 6, 1), in_file("beta", 3, 1)]
    )
    assert [m.unit for m in found] == ["pairs", "lines", "sampling weight"]


def test_a_shared_row_counts_once_and_divides_equally() -> None:
    shared = Amount(Measure("pairs", TABLE), 50, "row", 2)
    mentions = [
        mention("alpha", declared_in=DeclaredIn.TABLE, amounts=(shared,)),
        mention("beta", declared_in=DeclaredIn.TABLE, amounts=(shared,)),
    ]
    (mixture,) = mixtures(mentions)
    assert mixture.attributed == 50
    (weight,) = weights([mixture], 0, ["alpha", "beta"])
    assert (weight.value, weight.shared_with) == (25, ("beta",))
    assert weights([mixture], 7, ["alpha", "beta"]) == []


def test_a_narrow_measure_comes_last() -> None:
    aside = Amount(Measure("bytes", "README.md table at line 1"), 5, "r")
    mentions = [
        mention("alpha", declared_in=DeclaredIn.TABLE, amounts=(aside,)),
        *(in_file(name, 10, 1) for name in ("beta", "gamma", "delta", "epsilon")),
    ]
    assert [m.unit for m in mixtures(mentions)] == ["lines", "sampling weight", "bytes"]


def test_of_several_stated_totals_the_largest_counts() -> None:
    totals = [MixtureTotal(Measure("pairs", TABLE), value, evidence()) for value in (500, 50)]
    (mixture,) = mixtures([in_table("alpha", 100), in_table("beta", 300)], *totals)
    assert mixture.unattributed == 100


def _sized(name: str, value: float, basis: str) -> Mention:
    return mention(name, amounts=(amount(value, "samples", basis, row=name),))


def test_sizes_given_set_by_set_are_one_measure() -> None:
    said = [_sized(f"s{n}", 10.0 * (n + 1), f"README.md text from line {n}") for n in range(18)]
    (mixture,) = mixtures(said)
    assert (len(mixture.rows), mixture.attributed) == (18, 10.0 * 171)


def test_a_total_said_again_of_one_set_is_no_measure_of_its_own() -> None:
    table = [in_table("a", 60), in_table("b", 40)]
    again = mention("a", amounts=(amount(100, "pairs", "README.md text from line 2", row="x"),))
    (mixture,) = mixtures([*table, again])
    assert mixture.basis == TABLE
    other = mention("a", amounts=(amount(70, "pairs", "README.md text from line 2", row="x"),))
    assert len(mixtures([*table, other])) == 2

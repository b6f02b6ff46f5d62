from __future__ import annotations

import pytest

from provenance.discovery.quantities import parse_quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("726,484,430", 726_484_430, None),
        ("**1,170,060,424**", 1_170_060_424, None),
        ("87.7 K", 87_700, None),
        ("6710M", 6.71e9, None),
        ("1.2 million pairs", 1.2e6, None),
        ("3bn", 3e9, None),
        ("23.43 GB of text", 23.43e9, "bytes"),
        ("1 GiB", 2**30, "bytes"),
        ("512 bytes", 512, "bytes"),
        ("18.11%", 18.11, "percent"),
        ("7 percent", 7, "percent"),
        ("~ 40 000", 40_000, None),
        ("3 books", 3, None),
        ("1.170.060", 1_170_060, None),
        ("0.333", 0.333, None),
        ("1.234 GB", 1.234e9, "bytes"),
        ("2 translations", 2, None),
    ],
)
def test_reads(text: str, value: float, unit: str | None) -> None:
    quantity = parse_quantity(text)
    assert quantity is not None
    assert quantity.value == pytest.approx(value)
    assert quantity.unit == unit


@pytest.mark.parametrize(
    "text", ["", "-", "many", "v2a", "SQuAD2.0", "300.000", "3e6", "2^20", "10-20K", "10,00,000"]
)
def test_no_number(text: str) -> None:
    assert parse_quantity(text) is None


@pytest.mark.parametrize("text", ["9" * 400, "9" * 400 + " tokens", "9" * 300 + " TB"])
def test_a_number_beyond_all_sizes_is_none(text: str) -> None:
    assert parse_quantity(text) is None

"""Every row of the table of output terms holds for its example, and not for its near miss."""

from __future__ import annotations

import pytest

from provenance.knowledge import EXAMPLES, read_rows
from provenance.vocabulary.generators import output_terms

COLUMNS = ("family", "terms", "since", "source", "read", "pattern", *EXAMPLES)
ROWS = [
    pytest.param(dict(zip(COLUMNS, row, strict=True)), id=row[0])
    for row in read_rows("vocabulary", "output_terms", *COLUMNS)
]


@pytest.mark.parametrize("row", ROWS)
def test_a_family_whose_terms_reach_what_it_makes(row: dict[str, str]) -> None:
    found = output_terms(row["example"])
    assert found is not None
    assert found.family == row["family"]
    assert output_terms(row["near miss"]) is None
    assert row["read"] in {"words", "page"}
    assert row["source"].startswith("https://")

"""Columns of a table: a line a row where all fits, as rich lays them out where it does not."""

from __future__ import annotations

import pytest

from provenance.render import Page
from provenance.render.drawing import StyledCell, TableColumn, columns_of, drawn

COLUMNS = (TableColumn("state"), TableColumn("share", right=True), TableColumn("set", wraps=True))
ROWS: list[list[StyledCell]] = [
    [(("missing", "red"),), (("3 %", ""),), (("acme/words", ""), (" (x)", "dim"))],
    [(("explicit", "green"),), (("40 %", ""),), (("acme/日本", ""),)],
]


def page(width: int, *, color: bool = False) -> Page:
    return Page(width, color, True, True)


@pytest.mark.parametrize("width", [31, 32, 60])
def test_what_fits_is_drawn_as_it_would_be_laid_out(width: int) -> None:
    plain = drawn([columns_of(COLUMNS, ROWS, page(width))], page(width))
    assert plain.splitlines() == [
        "state     share  set",
        "missing     3 %  acme/words (x)",
        "explicit   40 %  acme/日本",
    ]


def test_one_column_less_and_the_last_gives_way() -> None:
    narrow = drawn([columns_of(COLUMNS, ROWS, page(30))], page(30))
    assert narrow.splitlines() == [
        "state     share  set",
        "missing     3 %  acme/words",
        "                 (x)",
        "explicit   40 %  acme/日本",
    ]


def test_a_column_wider_than_its_most_is_wrapped_though_the_page_has_room() -> None:
    columns = (TableColumn("set", wraps=True, most=5), TableColumn("state"))
    rows: list[list[StyledCell]] = [[(("ab cd ef", ""),), (("x", ""),)]]
    assert drawn([columns_of(columns, rows, page(40))], page(40)).splitlines() == [
        "set    state",
        "ab cd  x",
        "ef",
    ]


def test_styles_are_of_the_words() -> None:
    colored = drawn([columns_of(COLUMNS, ROWS, page(60))], page(60, color=True))
    assert "\x1b[31mmissing\x1b[0m" in colored
    assert "\x1b[2m (x)\x1b[0m" in colored

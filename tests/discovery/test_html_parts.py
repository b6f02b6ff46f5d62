"""HTML of a body as the Markdown that says the same. Every card here is invented."""

from __future__ import annotations

import pytest

from provenance.cards import read_card
from provenance.discovery.html_parts import as_markdown, table_rows
from provenance.discovery.markdown import read_body


def rows(html: str) -> list[tuple[int, tuple[str, ...]]]:
    return list(table_rows(list(enumerate(html.split("\n"), 1))))


def test_a_row_keeps_its_line_and_its_cells_links() -> None:
    html = '<table>\n<tr><th>Set</th></tr>\n<tr>\n<td><a href="https://b.example/x">Owls</a></td>\n</tr>\n</table>'
    assert rows(html) == [(2, ("Set",)), (3, ("[Owls](https://b.example/x)",))]


def test_a_cell_over_several_rows_and_columns_stands_in_each() -> None:
    html = (
        "<table><tr><td rowspan=2>1</td><td>Owls</td></tr><tr><td>Hawks</td></tr>"
        '<tr><td colspan="2">Gulls</td></tr></table>'
    )
    assert [cells for _, cells in rows(html)] == [("1", "Owls"), ("1", "Hawks"), ("Gulls", "Gulls")]


def test_cells_without_end_tags_end_at_the_next() -> None:
    assert [c for _, c in rows("<table><tr><td>Owls<td>2B<tr><td>Hawks<td>1B</table>")] == [
        ("Owls", "2B"),
        ("Hawks", "1B"),
    ]


def test_a_table_within_a_cell_adds_no_rows() -> None:
    html = "<table><tr><td>Owls<table><tr><td>inner</td></tr></table></td></tr></table>"
    assert len(rows(html)) == 1


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("plain < text", ("plain < text",)),
        ("<h2 id='d'>Training data</h2>", ("## Training data",)),
        ("<ul><li>Owls</li><li><b>Hawks</b></li></ul>", ("- Owls", "- **Hawks**")),
        ("  <li><code>owls</code></li>", ("  - `owls`",)),
        ("<ul>", ("",)),
    ],
)
def test_a_line_is_turned_to_markdown(line: str, expected: tuple[str, ...]) -> None:
    assert as_markdown(line) == expected


def test_what_follows_a_table_that_never_ends_is_read() -> None:
    body = "<table><tr><td>Owls\n\n## Training data\n\nHawks\n"
    document = read_body(read_card(body.encode(), "models/acme/finch"))
    assert not document.tables
    assert document.passages[-1].headings == ("Training data",)

"""Records by source and by license value: the tables of a scan, for every format."""

from __future__ import annotations

from provenance import amounts
from provenance.escape import markdown, markdown_code
from provenance.frozen import frozen
from provenance.render import sentences
from provenance.render.page import Page
from provenance.render.tables import Cell, csv_text
from provenance.report.records import RecordAmount, RecordCounts, SourceRecords, ValueRecords
from provenance.report.report import Report

COLUMNS = (
    "subject", "by", "name", "kind", "license_state", "license_concluded", "rows", "bytes",
    "tokens", "lacking_rows", "lacking_bytes", "lacking_tokens", "unread_files",
)  # fmt: skip
_SOURCE_HEAD = ("source", "rows", "lacking by rows", "by bytes", "by tokens")
NUMBERS = frozenset({"rows", "bytes", "tokens", "lacking by rows", "by bytes", "by tokens"})
"""Heads of the columns that hold numbers."""
_MOST_SOURCES = 20
_MOST_VALUES = 10


@frozen
class RecordTable:
    """A table of outside text, not escaped."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rest: str
    """What is not in it, in words; empty when all is."""


def record_tables(report: Report, show_all: bool = False) -> list[RecordTable]:
    """The fraction lacking of every source, and the most frequent values; none of an audit."""
    counts = report.records
    if counts is None:
        return []
    return [t for t in (_sources(counts, show_all), _values(counts, show_all)) if t.rows]


def markdown_tables(report: Report, page: Page) -> str:
    """The same as Markdown."""
    parts = []
    for table in record_tables(report, page.show_all):
        rows = [
            "| " + " | ".join([markdown_code(row[0]), *map(markdown, row[1:])]) + " |"
            for row in table.rows
        ]
        rule = ["---"] * len(table.head)
        head = [f"| {' | '.join(cells)} |" for cells in (table.head, rule)]
        rest = f"\n\n{markdown(table.rest)}" if table.rest else ""
        parts.append(f"## {table.title}\n\n" + "\n".join([*head, *rows]) + rest)
    return "\n\n".join(parts)


def render_csv(report: Report) -> str:
    """One row a source and one a value, columns :data:`COLUMNS`; a heading alone for an audit."""
    rows: list[tuple[Cell, ...]] = []
    subject = report.subject.id
    if report.records is not None:
        for s in report.records.sources:
            rows.append(
                (subject, "source", s.source, None, None, None, *_numbers(s.total),
                 *_numbers(s.lacking), s.unread_files)
            )  # fmt: skip
        for v in report.records.values:
            lacking = v.amount if v.state in sentences.LACKING_STATES else RecordAmount(0, 0, 0)
            rows.append(
                (subject, "value", v.value, v.kind, v.state.value, v.concluded,
                 *_numbers(v.amount), *_numbers(lacking), None)
            )  # fmt: skip
    return csv_text(COLUMNS, rows)


def _numbers(amount: RecordAmount) -> tuple[Cell, Cell, Cell]:
    return amount.rows, amount.bytes, amount.tokens


def _sources(counts: RecordCounts, show_all: bool) -> RecordTable:
    sources = counts.sources
    shown = sources if show_all else sources[:_MOST_SOURCES]
    rest = len(sources) - len(shown)
    return RecordTable(
        "Lacking an explicit license, by source",
        _SOURCE_HEAD,
        tuple(_source_row(s) for s in shown),
        f"… and {amounts.plural(rest, 'more source')}" if rest else "",
    )


def _source_row(item: SourceRecords) -> tuple[str, ...]:
    unread = f" ({amounts.plural(item.unread_files, 'file')} not read)" if item.unread_files else ""
    return (
        f"{item.source}{unread}",
        _count(item.total.rows),
        _share(item.lacking.rows, item.total.rows),
        _share(item.lacking.bytes, item.total.bytes),
        _share(item.lacking.tokens, item.total.tokens),
    )


def _values(counts: RecordCounts, show_all: bool) -> RecordTable:
    values = counts.values
    shown = values if show_all else values[:_MOST_VALUES]
    rest = len(values) - len(shown) + counts.more_values
    rows = sum(v.amount.rows for v in values[len(shown) :]) + counts.more_rows
    return RecordTable(
        "License values, most records first",
        ("value", "read as", "rows", "bytes", "tokens"),
        tuple(
            (
                v.value if v.value is not None else "(no such column)",
                _read_as(v),
                _count(v.amount.rows),
                _count(v.amount.bytes),
                _count(v.amount.tokens),
            )
            for v in shown
        ),
        f"… and {amounts.plural(rest, 'more value')} in {_count(rows)} rows" if rest else "",
    )


def _read_as(item: ValueRecords) -> str:
    """Its license, or why there is none."""
    if item.state not in sentences.LACKING_STATES:
        return item.concluded
    return item.state.value if item.kind == "named" else item.kind


def _share(part: float | None, whole: float | None) -> str:
    return amounts.percent(part / whole) if part is not None and whole else "?"


def _count(value: float | None) -> str:
    return "?" if value is None else f"{round(value):,}"

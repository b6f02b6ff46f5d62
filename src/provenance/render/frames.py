"""Training sets and findings as pandas frames and Parquet (needs the extra ``pandas``)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from provenance.errors import UsageError, missing_extra
from provenance.render.tables import FINDING_COLUMNS, SET_COLUMNS, finding_rows, training_set_rows
from provenance.report.report import Report

if TYPE_CHECKING:
    import pandas

_NUMBERS = ("share", "published", "tokens", "rows", "bytes", "line")


def training_sets_frame(*reports: Report) -> pandas.DataFrame:
    """One row a training set of each report.

    Columns and order are those of :data:`~provenance.render.tables.SET_COLUMNS`.
    Texts are as they were read: neutralise them (``escape.csv_cell``) before a spreadsheet.

    Raises:
        UsageError: pandas is not installed.

    """
    return _frame([row for r in reports for row in training_set_rows(r)], SET_COLUMNS)


def findings_frame(*reports: Report) -> pandas.DataFrame:
    """One row a finding of each report.

    Columns and order are those of :data:`~provenance.render.tables.FINDING_COLUMNS`.

    Raises:
        UsageError: pandas is not installed.

    """
    return _frame([row for r in reports for row in finding_rows(r)], FINDING_COLUMNS)


def training_sets_parquet(reports: Sequence[Report]) -> bytes:
    """The rows of :func:`training_sets_frame` as a Parquet file; raises as :func:`parquet`."""
    return parquet(training_sets_frame(*reports))


def findings_parquet(reports: Sequence[Report]) -> bytes:
    """The rows of :func:`findings_frame` as a Parquet file; raises as :func:`parquet`."""
    return parquet(findings_frame(*reports))


def parquet(frame: pandas.DataFrame) -> bytes:
    """The frame as a Parquet file.

    Raises:
        UsageError: pyarrow is not installed.

    """
    out = io.BytesIO()
    try:
        frame.to_parquet(out, index=False)
    except ImportError:
        raise UsageError(missing_extra("Parquet needs pyarrow", "pandas")) from None
    return out.getvalue()


def _frame(
    rows: list[tuple[str | float | bool | None, ...]], columns: tuple[str, ...]
) -> pandas.DataFrame:
    try:
        import pandas
    except ImportError:
        raise UsageError(missing_extra("data frames need pandas", "pandas")) from None
    frame = pandas.DataFrame.from_records(rows, columns=list(columns))
    for column in _NUMBERS:
        if column in frame:
            frame[column] = frame[column].astype("Float64")
    return frame

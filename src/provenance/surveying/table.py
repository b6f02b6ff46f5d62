"""The table of a census in DuckDB: rows from a file of rows or from a listing, written whole."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from provenance.errors import OutputError, ProvenanceError, SourceError, UsageError, missing_extra
from provenance.escape import unseen_sql
from provenance.scanning.sql import sql_text
from provenance.surveying.row import sql_columns

if TYPE_CHECKING:
    import duckdb

_OF_THE_DISK = re.compile(r"Could not write file [^:]{1,2000}: ([A-Z][A-Za-z ]{3,60})")
"""What the system said, in the words that DuckDB puts around it."""
CensusValue = str | int | float | bool | None

_FORMULA = r"^\s*[=+\-@\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}|%]"
"""Start of a cell that a spreadsheet would run, which gets an apostrophe (OWASP, CSV Injection), as
:func:`provenance.escape.csv_cell` does; in SQL, for a census may have millions of rows."""
_COPY = {
    "csv": "FORMAT csv, HEADER true",
    "jsonl": "FORMAT json",
    "parquet": "FORMAT parquet, COMPRESSION zstd",
}


class CensusTable:
    """One census: the view ``census`` with the columns of a row. Use as a context manager."""

    def __init__(self, memory_limit: str = "1GB") -> None:
        """Open an empty database on disk space of the system's own.

        Raises:
            UsageError: DuckDB is not installed.

        """
        try:
            import duckdb
        except ImportError:
            raise UsageError(missing_extra("a census needs DuckDB", "scan")) from None
        self._folder = tempfile.mkdtemp(prefix="provenance-census-")
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": memory_limit,
            "temp_directory": self._folder,
            "preserve_insertion_order": "false",
        }
        self.database: duckdb.DuckDBPyConnection = duckdb.connect(":memory:", config=config)

    def __enter__(self) -> CensusTable:
        """The table itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the database and remove what it spilled."""
        self.database.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def read_rows(self, path: Path) -> None:
        """Make the view of a file of rows as :mod:`provenance.surveying.state` writes it.

        Ids that differ only in case are one: the Hub keeps no two such names.
        """
        with failures(str(path)):
            columns = ", ".join(f"{n}: '{kind}'" for n, kind in sql_columns().items())
            self.database.execute(
                "CREATE TABLE census AS SELECT DISTINCT ON (kind, lower(id)) * FROM "  # noqa: S608
                f"read_json({sql_text(str(path))}, format = 'newline_delimited', "
                f"columns = {{{columns}}}) WHERE id IS NOT NULL "
                "ORDER BY kind, lower(id), status != 'found', id"
            )

    def ask(self, sql: str) -> list[tuple[CensusValue, ...]]:
        """Rows of one question to the view ``census``."""
        with failures("the census"):
            return self.database.execute(sql).fetchall()

    def write(self, format_name: str, output: Path | None, stdout: BinaryIO) -> None:
        """Write the table, sorted by kind and id; a file is replaced whole or not at all.

        Raises:
            OutputError: the disk is full, or the file cannot be written.

        """
        target = None if output is None else output.resolve()
        device = target is not None and target.exists() and not target.is_file()
        place = Path(self._folder) if target is None or device else target.parent
        partial = place / f".{target.name if target else 'rows'}.partial"
        chosen = ", ".join(
            _cell(name) if format_name == "csv" and kind == "VARCHAR" else name
            for name, kind in sql_columns().items()
        )
        try:
            with failures(str(output or "the output"), OutputError):
                self.database.execute(
                    f"COPY (SELECT {chosen} FROM census ORDER BY kind, id) "  # noqa: S608  names
                    f"TO {sql_text(str(partial))} ({_COPY[format_name]})"
                )
                if target is None:
                    with partial.open("rb") as stream:
                        shutil.copyfileobj(stream, stdout)
                    stdout.flush()
                elif target is not None and device:
                    target.write_bytes(partial.read_bytes())
                elif target is not None:
                    partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


@contextlib.contextmanager
def failures(where: str, kind: type[ProvenanceError] = SourceError) -> Iterator[None]:
    """Turn what DuckDB and the disk refuse into one line.

    Raises:
        ProvenanceError: of ``kind``, with ``where`` and the first words of the cause.

    """
    import duckdb

    try:
        yield
    except BrokenPipeError:
        raise
    except (duckdb.Error, OSError) as error:
        message = " ".join(str(error).split())
        told = _OF_THE_DISK.search(message)
        message = f"cannot be written: {told[1]}" if told else message[:200]
        raise kind(f"{where}: {message}") from None


def _cell(name: str) -> str:
    """A column as CSV has it."""
    start, hidden = sql_text(_FORMULA), sql_text(unseen_sql())
    return (
        f"CASE WHEN regexp_matches({name}, {start}) THEN chr(39) ELSE '' END "
        f"|| regexp_replace({name}, {hidden}, ' ', 'g') AS {name}"
    )

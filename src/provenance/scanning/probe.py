"""Reading the schema of one file: its footer, its header or its first records."""

from __future__ import annotations

import codecs
import csv
import io
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from provenance.frozen import frozen
from provenance.scanning.columns import Field, find_columns
from provenance.scanning.hub import split_batches
from provenance.scanning.layout import DataFile, FileFormat, Shape
from provenance.scanning.parquet_file import empty_columns, first_texts, read_footer
from provenance.scanning.remote import is_remote, one_line, open_binary, store_errors

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_BROKEN = (EOFError, ValueError, csv.Error, zlib.error)
"""What the readers of a damaged file raise that is no OSError."""
_RECORDS = 200
"""Records looked at where a format has no schema of its own."""
_BYTES = 4_000_000
"""Bytes looked at for that, beyond the first whole record."""
_LONGEST = 2**25
"""Bytes of the longest line that is looked at; DuckDB reads no longer one."""
_SEARCHED = 2**24
"""Bytes searched for a license where those records name none."""
_KEYS = (b"licen", b"spdx", b"rights")
"""In lower case, what a record that names a license holds."""
_SEPARATORS = ";\t|"
_JSON_NAMES = frozenset({"metadata", "meta", "attributes", "info", "json", "extra"})
"""Text columns that are looked into for JSON objects."""
_JSON_DEPTH = 4


class UnreadableFileError(Exception):
    """A file is not what its name says, is cut short or cannot be opened. One line."""


@frozen
class Schema:
    """What a look at one file tells."""

    fields: tuple[Field, ...]
    rows: int | None
    """Records as the file itself states them; ``None`` when it does not."""


@frozen
class CsvHeader:
    """The first record of a CSV file."""

    names: tuple[str, ...]
    blank_lines: int
    """Empty lines before it."""


def probe(file: DataFile, license_column: str | None = None) -> Schema:
    """Read the schema of ``file`` and no more data than that needs.

    Of JSON Lines more is read where the first records name no license; ``license_column`` is the
    column that is looked for then.

    Raises:
        UnreadableFileError: the file cannot be read as its format.
        UsageError: a remote file system lacks its package.

    """
    try:
        if file.format is FileFormat.STREAM:
            with split_batches(file.path) as reader:
                return _batches(reader)
        with open_binary(file.path) as stream:
            match file.format:
                case FileFormat.PARQUET:
                    return _parquet(stream) if is_remote(file.path) else _local_parquet(file.path)
                case FileFormat.ARROW:
                    return _arrow(stream)
                case FileFormat.CSV:
                    return _csv(decompressed(stream, file.path))
                case FileFormat.JSONL:
                    return _jsonl(decompressed(stream, file.path), license_column)
    except store_errors(*_BROKEN, *_duckdb_errors()) as error:
        raise UnreadableFileError(one_line(error)) from error


def _duckdb_errors() -> tuple[type[Exception], ...]:
    loaded = sys.modules.get("duckdb")
    return () if loaded is None else (loaded.Error,)


def decompressed(stream: BinaryIO, path: str) -> IO[bytes]:
    """The bytes inside ``.gz`` and ``.zst``; ``stream`` itself for other names."""
    if path.lower().endswith(".gz"):
        import gzip

        return cast("IO[bytes]", gzip.open(stream))
    if path.lower().endswith(".zst"):
        import pyarrow as pa

        # Arrow's own stream reads no lines
        raw = cast("io.RawIOBase", pa.CompressedInputStream(pa.PythonFile(stream), "zstd"))
        return cast("IO[bytes]", io.BufferedReader(raw))
    return stream


def arrow_reader(stream: BinaryIO) -> pa.RecordBatchReader:
    """A reader of an Arrow file or stream (``datasets`` writes streams)."""
    import pyarrow as pa

    magic = stream.read(6)
    stream.seek(0)
    if magic == b"ARROW1":
        opened = pa.ipc.open_file(stream)
        batches = (opened.get_batch(i) for i in range(opened.num_record_batches))
        return pa.RecordBatchReader.from_batches(opened.schema, batches)
    return pa.ipc.open_stream(stream)


def _parquet(stream: BinaryIO) -> Schema:
    import pyarrow.parquet as pq

    with pq.ParquetFile(stream) as opened:
        holders = [n for n in opened.schema_arrow.names if n.lower() in _JSON_NAMES]
        texts = [n for n in holders if _is_text(opened.schema_arrow.field(n).type)]
        samples: dict[str, list[object]] = {}
        if texts and opened.metadata.num_rows:
            batch = next(opened.iter_batches(batch_size=_RECORDS, columns=texts))
            samples = batch.to_pydict()
        nulls = _null_leaves(opened.metadata)
        fields = tuple(
            _arrow_field(f, samples.get(f.name, ()), (), nulls) for f in opened.schema_arrow
        )
        return Schema(fields, opened.metadata.num_rows)


def _local_parquet(path: str) -> Schema:
    """As :func:`_parquet`, without loading PyArrow: a third of a small scan's time."""
    footer = read_footer(path)
    named = [n for n, leaf in enumerate(footer.leaves) if _like_a_license(leaf)]
    nulls = frozenset(footer.leaves[n] for n in (empty_columns(path, named) if named else ()))
    fields = tuple(_marked(field, (), nulls) for field in footer.fields)
    return Schema(
        tuple(_with_keys(f, path) for f in fields) if footer.rows else fields, footer.rows
    )


def _with_keys(field: Field, path: str) -> Field:
    """The field with the keys of the JSON that it may hold."""
    if field.name.lower() not in _JSON_NAMES or field.shape is not Shape.TEXT or field.null:
        return field
    return _text_field(field.name, first_texts(path, field.name, _RECORDS))


def _marked(field: Field, above: tuple[str, ...], nulls: frozenset[tuple[str, ...]]) -> Field:
    """The field with what holds no value marked so."""
    path = (*above, field.name)
    inside = tuple(_marked(child, path, nulls) for child in field.children)
    return replace(field, children=inside, null=field.null or path in nulls)


def _like_a_license(path: Sequence[str]) -> bool:
    whole = ".".join(path).lower()
    return any(key.decode() in whole for key in _KEYS)


def _null_leaves(metadata: pq.FileMetaData) -> frozenset[tuple[str, ...]]:
    """Paths of leaves named like a license that hold no value in any row group."""
    empty = set()
    for index in range(metadata.num_columns if metadata.num_row_groups else 0):
        path = metadata.schema.column(index).path
        if not _like_a_license([path]):
            continue
        chunks = (metadata.row_group(g).column(index) for g in range(metadata.num_row_groups))
        if all(c.is_stats_set and c.statistics.null_count == c.num_values for c in chunks):
            empty.add(tuple(path.split(".")))
    return frozenset(empty)


def _arrow(stream: BinaryIO) -> Schema:
    return _batches(arrow_reader(stream))


def _batches(reader: pa.RecordBatchReader) -> Schema:
    batch = next(iter(reader), None)
    texts = [f.name for f in reader.schema if f.name.lower() in _JSON_NAMES and _is_text(f.type)]
    head = batch.slice(0, _RECORDS).select(texts).to_pydict() if batch is not None else {}
    return Schema(tuple(_arrow_field(f, head.get(f.name, ())) for f in reader.schema), None)


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _arrow_field(
    field: pa.Field,
    values: Iterable[object],
    above: tuple[str, ...] = (),
    nulls: frozenset[tuple[str, ...]] = frozenset(),
) -> Field:
    from pyarrow import types

    path = (*above, field.name)
    kind = field.type
    if types.is_dictionary(kind):
        kind = kind.value_type
    shape = _shape(kind)
    null = types.is_null(kind) or path in nulls
    if _is_text(kind):
        return replace(_text_field(field.name, values), null=null)
    children: tuple[Field, ...] = ()
    if types.is_struct(kind):
        inside = (kind.field(i) for i in range(kind.num_fields))
        children = tuple(_arrow_field(f, (), path, nulls) for f in inside)
    return Field(field.name, shape, children, null=null)


def _shape(kind: pa.DataType) -> Shape:
    from pyarrow import types

    if _is_text(kind) or types.is_string_view(kind) or types.is_null(kind):
        return Shape.TEXT
    if types.is_nested(kind):
        return Shape.NESTED
    if types.is_integer(kind) or types.is_floating(kind):
        return Shape.NUMBER
    binary = (types.is_binary, types.is_large_binary, types.is_binary_view,
              types.is_fixed_size_binary)  # fmt: skip
    return Shape.BINARY if any(test(kind) for test in binary) else Shape.OTHER


def _text_field(name: str, values: Iterable[object]) -> Field:
    by_key: dict[str, list[object]] = {}
    for value in values:
        if isinstance(value, str) and value.lstrip().startswith("{"):
            try:
                parsed = json.loads(value)
            except (ValueError, RecursionError):
                continue
            if isinstance(parsed, dict):
                _collect(by_key, parsed)
    children = tuple(_json_field(key, below, 1) for key, below in by_key.items())
    return Field(name, Shape.TEXT, children, json=bool(children))


def _collect(by_key: dict[str, list[object]], record: Mapping[str, object]) -> None:
    for key, value in record.items():
        by_key.setdefault(key, []).append(value)


def _json_field(name: str, values: list[object], depth: int) -> Field:
    """A field of JSON records. One of mixed types is a number when most are, else text."""
    mappings = [v for v in values if isinstance(v, dict)]
    if mappings and depth < _JSON_DEPTH:
        by_key: dict[str, list[object]] = {}
        for mapping in mappings:
            _collect(by_key, mapping)
        children = tuple(_json_field(key, below, depth + 1) for key, below in by_key.items())
        return Field(name, Shape.NESTED, children)
    stated = [v for v in values if v is not None]
    numbers = sum(isinstance(v, int | float) and not isinstance(v, bool) for v in stated)
    if 2 * numbers > len(stated):
        return Field(name, Shape.NUMBER)
    if name.lower() in _JSON_NAMES:
        return _text_field(name, stated)
    return Field(name, Shape.TEXT, null=not stated)


def _jsonl(stream: IO[bytes], license_column: str | None) -> Schema:
    by_key: dict[str, list[object]] = {}
    seen = 0
    lines = _lines(stream)
    for number, line in enumerate(lines):
        if not number and line.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"["):
            raise UnreadableFileError("a JSON array, not one JSON object a line")
        _collect(by_key, _object(line))
        seen += len(line)
        if seen > _BYTES or number + 1 == _RECORDS:
            break
    fields = _fields(by_key)
    if not _names_license(fields, license_column):
        keys = _KEYS if license_column is None else (_last(license_column),)
        for line in lines:
            seen += len(line)
            if any(key in line.lower() for key in keys):
                _collect(by_key, _object(line))
                fields = _fields(by_key)
                if _names_license(fields, license_column):
                    break
            if seen > _SEARCHED:
                break
    return Schema(fields, None)


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines that are not blank; of one that is too long to be read, what there is of it."""
    while line := stream.readline(_LONGEST):
        if line.strip():
            yield line
        if not line.endswith(b"\n"):
            return


def _object(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(line.removeprefix(codecs.BOM_UTF8))
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _fields(by_key: Mapping[str, list[object]]) -> tuple[Field, ...]:
    return tuple(_json_field(key, below, 1) for key, below in by_key.items())


def _names_license(fields: tuple[Field, ...], license_column: str | None) -> bool:
    if license_column is not None:
        return find_columns(fields, license_column).license is not None
    filled = _filled(fields)
    return find_columns(filled).license is not None


def _filled(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields that hold a value somewhere."""
    return tuple(replace(f, children=_filled(f.children)) for f in fields if not f.null)


def _last(path: str) -> bytes:
    return path.rpartition(".")[2].lower().encode()


def csv_header(file: DataFile) -> CsvHeader:
    """The header of a CSV file. Raises as :func:`probe`."""
    try:
        with open_binary(file.path) as stream:
            return _header(decompressed(stream, file.path))
    except store_errors(*_BROKEN) as error:
        raise UnreadableFileError(one_line(error)) from error


def _header(stream: IO[bytes]) -> CsvHeader:
    blank = 0
    while (head := stream.readline(_BYTES)) and not head.strip():
        blank += 1

    def lines() -> Iterator[str]:
        yield head.decode("utf-8-sig")
        while line := stream.readline(_BYTES):
            yield line.decode()

    return CsvHeader(tuple(next(csv.reader(lines()), [])), blank)


def _csv(stream: IO[bytes]) -> Schema:
    names = _header(stream).names
    if len(names) == 1 and (separator := next((s for s in _SEPARATORS if s in names[0]), None)):
        raise UnreadableFileError(f"no comma in its header, but {separator!r}: cells end at commas")
    return Schema(tuple(Field(name, Shape.TEXT) for name in names), None)

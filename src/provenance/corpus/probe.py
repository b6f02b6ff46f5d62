"""Reading the schema of one file: its footer, its header or its first records."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from provenance.corpus.columns import Field
from provenance.corpus.hub import split_batches
from provenance.corpus.layout import DataFile, FileFormat, Shape
from provenance.corpus.remote import open_binary, store_errors

if TYPE_CHECKING:
    import pyarrow as pa

_RECORDS = 200
"""Records looked at where a format has no schema of its own."""
_BYTES = 4_000_000
_JSON_NAMES = frozenset({"metadata", "meta", "attributes", "info", "json", "extra"})
"""Text columns that are looked into for JSON objects."""
_JSON_DEPTH = 4


class UnreadableFileError(Exception):
    """A file is not what its name says, is cut short or cannot be opened. One line."""


@dataclass(frozen=True, slots=True)
class Schema:
    """What a look at one file tells."""

    fields: tuple[Field, ...]
    rows: int | None
    """Records as the file itself states them; ``None`` when it does not."""


def probe(file: DataFile) -> Schema:
    """Read the schema of ``file`` and no more data than that needs.

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
                    return _parquet(stream)
                case FileFormat.ARROW:
                    return _arrow(stream)
                case FileFormat.CSV:
                    return _csv(decompressed(stream, file.path))
                case FileFormat.JSONL:
                    return _jsonl(decompressed(stream, file.path))
    except store_errors(EOFError, ValueError) as error:
        raise UnreadableFileError(_line(error)) from error


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


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _parquet(stream: BinaryIO) -> Schema:
    import pyarrow.parquet as pq

    with pq.ParquetFile(stream) as opened:
        holders = [n for n in opened.schema_arrow.names if n.lower() in _JSON_NAMES]
        texts = [n for n in holders if _is_text(opened.schema_arrow.field(n).type)]
        samples: dict[str, list[object]] = {}
        if texts and opened.metadata.num_rows:
            batch = next(opened.iter_batches(batch_size=_RECORDS, columns=texts))
            samples = batch.to_pydict()
        fields = tuple(_arrow_field(f, samples.get(f.name, ())) for f in opened.schema_arrow)
        return Schema(fields, opened.metadata.num_rows)


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


def _arrow_field(field: pa.Field, values: Iterable[object]) -> Field:
    import pyarrow as pa

    kind = field.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if _is_text(kind) or pa.types.is_string_view(kind):
        return _text_field(field.name, values)
    if pa.types.is_struct(kind):
        children = tuple(_arrow_field(kind.field(i), ()) for i in range(kind.num_fields))
        return Field(field.name, Shape.NESTED, children)
    if pa.types.is_nested(kind):
        return Field(field.name, Shape.NESTED)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return Field(field.name, Shape.NUMBER)
    return Field(field.name, Shape.OTHER)


def _text_field(name: str, values: Iterable[object]) -> Field:
    found: dict[str, list[object]] = {}
    for value in values:
        if isinstance(value, str) and value.lstrip().startswith("{"):
            try:
                parsed = json.loads(value)
            except (ValueError, RecursionError):
                continue
            if isinstance(parsed, dict):
                _collect(found, parsed)
    children = tuple(_json_field(key, below, 1) for key, below in found.items())
    return Field(name, Shape.TEXT, children, json=bool(children))


def _collect(found: dict[str, list[object]], record: Mapping[str, object]) -> None:
    for key, value in record.items():
        found.setdefault(key, []).append(value)


def _json_field(name: str, values: list[object], depth: int) -> Field:
    """A field of JSON records. One of mixed types is a number when most are, else text."""
    mappings = [v for v in values if isinstance(v, dict)]
    if mappings and depth < _JSON_DEPTH:
        found: dict[str, list[object]] = {}
        for mapping in mappings:
            _collect(found, mapping)
        children = tuple(_json_field(key, below, depth + 1) for key, below in found.items())
        return Field(name, Shape.NESTED, children)
    said = [v for v in values if v is not None]
    numbers = sum(isinstance(v, int | float) and not isinstance(v, bool) for v in said)
    if 2 * numbers > len(said):
        return Field(name, Shape.NUMBER)
    if name.lower() in _JSON_NAMES:
        return _text_field(name, said)
    return Field(name, Shape.TEXT)


def _jsonl(stream: IO[bytes]) -> Schema:
    found: dict[str, list[object]] = {}
    seen = 0
    for _ in range(_RECORDS):
        line = stream.readline(_BYTES)
        seen += len(line)
        if not line or seen > _BYTES:
            break
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            _collect(found, record)
    return Schema(tuple(_json_field(key, below, 1) for key, below in found.items()), None)


def _csv(stream: IO[bytes]) -> Schema:
    head = stream.readline(_BYTES)
    reader = csv.reader(io.StringIO(head.decode("utf-8-sig")))
    header = next(reader, [])
    return Schema(tuple(Field(name, Shape.TEXT) for name in header), None)

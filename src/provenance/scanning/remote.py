"""Data files on the network, through fsspec: opening them, and as little of them as is needed."""

from __future__ import annotations

import datetime
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from provenance.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    from fsspec import AbstractFileSystem

    from provenance.scanning.layout import Columns

_PACKAGES = {
    "hf": "huggingface_hub",
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "az": "adlfs",
    "http": "aiohttp",
    "https": "aiohttp",
}
_ERRORS = {
    "datasets.exceptions": "DatasetsError",
    "httpx2": "HTTPError",
    "aiohttp": "ClientError",
    "botocore.exceptions": "BotoCoreError",
    "google.auth.exceptions": "GoogleAuthError",
    "azure.core.exceptions": "AzureError",
}
"""What the stores' packages raise that is no OSError, by module."""


def is_remote(path: str) -> bool:
    """Whether a path is opened through fsspec."""
    return "://" in path


@contextmanager
def held_as_hub(sources: Sequence[str]) -> Iterator[None]:
    """Hold what is read of a Hub meanwhile to where its redirects may lead, and to time limits.

    Local files and other stores have no part in it; see :mod:`provenance.hub.guarded`.
    """
    if not any(_may_be_of_the_hub(source) for source in sources):
        yield
        return
    from provenance.hub.guarded import guarded

    with guarded():
        yield


def _may_be_of_the_hub(source: str) -> bool:
    if is_remote(source):
        return source.startswith("hf://")
    return not Path(source).expanduser().exists()


def filesystem(path: str) -> AbstractFileSystem:
    """The file system of a URL.

    Raises:
        UsageError: the scheme is unknown, or its package is not installed.

    """
    from fsspec import core as fsspec

    scheme = path.partition("://")[0]
    try:
        # some stores are named by the URL's host
        return fsspec.url_to_fs(path)[0]
    except ImportError:
        package = _PACKAGES.get(scheme, f"the package for {scheme}://")
        raise UsageError(
            f"{path}: reading {scheme}:// needs {package}: pip install {package}"
        ) from None
    except ValueError:
        raise UsageError(f"{path}: no file system is known for {scheme}://") from None


def store_errors(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """What reading from a store can raise: OSError, the loaded packages' own, and ``more``."""
    loaded = ((sys.modules.get(module), name) for module, name in _ERRORS.items())
    named = [getattr(module, name) for module, name in loaded if module is not None]
    return (OSError, *named, *more)


def one_line(error: BaseException) -> str:
    """What went wrong, for a message: white space folded, at most 200 characters."""
    return " ".join(str(error).split())[:200] or type(error).__name__


def open_binary(path: str) -> BinaryIO:
    """Open a local path or URL for reading bytes."""
    if not is_remote(path):
        return Path(path).open("rb")
    system = filesystem(path)
    opened = system.open(system._strip_protocol(path), "rb")
    # fsspec's own files read lines without a limit on their length
    return io.BufferedReader(cast("io.RawIOBase", opened))


@contextmanager
def parquet_batches(path: str, columns: Columns) -> Iterator[pa.RecordBatchReader]:
    """The wanted columns of a remote Parquet file; other columns are not fetched.

    Row groups are fetched one at a time, each with one read for what lies together; fsspec's own
    read-ahead would fetch most of the file (measured in ``benchmarks/scan.md``).
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    system = filesystem(path)
    with (
        system.open(system._strip_protocol(path), "rb", cache_type="none") as stream,
        pq.ParquetFile(stream, pre_buffer=True) as opened,
    ):
        wanted = _leaves(columns)
        batches = (
            batch
            for group in range(opened.num_row_groups)
            for batch in opened.iter_batches(row_groups=[group], columns=wanted)
        )
        schema = opened.schema_arrow
        if wanted:
            empty = opened.read_row_groups([], columns=wanted)
            schema = empty.schema
        yield pa.RecordBatchReader.from_batches(schema, batches)


def _leaves(columns: Columns) -> Sequence[str]:
    """Paths as Parquet names them; of text that holds JSON, the text."""
    paths = [c.path for c in (columns.license, columns.text, columns.tokens) if c is not None]
    return sorted({".".join(p.steps[: p.json_from]) for p in paths})


def undated(system: AbstractFileSystem) -> AbstractFileSystem:
    """The same store for DuckDB, which asks when a file changed and stops where none can say."""
    kind: Any = type(system)

    class Undated(kind):  # type: ignore[misc]  # the class is known at run time only
        def modified(self, path: str) -> datetime.datetime:
            return datetime.datetime.fromtimestamp(0, datetime.UTC)

    return cast("AbstractFileSystem", Undated(*system.storage_args, **system.storage_options))

"""Whether compressed text is whole, where DuckDB would count what is there and say nothing."""

from __future__ import annotations

from collections.abc import Callable

from provenance.scanning.probe import UnreadableFileError
from provenance.scanning.remote import is_remote, one_line, open_binary, store_errors

_PIECE = 1 << 20


def check_whole(path: str, stopped: Callable[[], bool]) -> None:
    """Decompress ``path`` once, to its end, when its name says ``.zst`` or ``.gz``.

    DuckDB takes a ``.zst`` file that is cut short for a whole one, and does not compare the
    checksum of a ``.gz`` file. The latter is left to the network for remote files, which would have
    to be fetched twice.

    Args:
        path: local path or URL.
        stopped: asked now and then whether to give up.

    Raises:
        UnreadableFileError: the file is cut short or damaged, or ``stopped`` said so.

    """
    name = path.lower()
    if not (name.endswith(".zst") or (name.endswith(".gz") and not is_remote(path))):
        return
    import pyarrow as pa

    codec = "zstd" if name.endswith(".zst") else "gzip"
    piece = bytearray(_PIECE)
    try:
        with (
            open_binary(path) as stream,
            pa.CompressedInputStream(pa.PythonFile(stream), codec) as inside,
        ):
            while inside.readinto(piece):
                if stopped():
                    raise UnreadableFileError("interrupted")
    except store_errors() as error:
        raise UnreadableFileError(one_line(error)) from None

"""From what a user names to the files that are scanned, sorted by path."""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from provenance.corpus.layout import DataFile, FileFormat
from provenance.corpus.remote import filesystem, is_remote, store_errors
from provenance.errors import SourceError, UsageError
from provenance.hub.interface import CardSource
from provenance.refs import is_repo_id

_ENDINGS = {
    ".parquet": FileFormat.PARQUET,
    ".jsonl": FileFormat.JSONL,
    ".ndjson": FileFormat.JSONL,
    ".jsonl.gz": FileFormat.JSONL,
    ".jsonl.zst": FileFormat.JSONL,
    ".json.gz": FileFormat.JSONL,
    ".json.zst": FileFormat.JSONL,
    ".csv": FileFormat.CSV,
    ".csv.gz": FileFormat.CSV,
    ".csv.zst": FileFormat.CSV,
    ".arrow": FileFormat.ARROW,
    ".feather": FileFormat.ARROW,
}
"""``.json.gz`` and ``.json.zst`` hold JSON lines by the convention of Dolma and C4."""


def format_of(name: str) -> FileFormat | None:
    """The format that a file's name ends in, or ``None``."""
    lowered = name.lower()
    return next((f for ending, f in _ENDINGS.items() if lowered.endswith(ending)), None)


def list_files(
    sources: Iterable[str], hub: Callable[[], CardSource] | None = None
) -> tuple[DataFile, ...]:
    """Every file that ``sources`` name, each once, sorted by path.

    ``hub`` opens the live Hub, and only when a Hub dataset is named; without it none may be.

    A source is a file, a folder (searched whole), a pattern (``data/*.parquet``), a URL of any
    file system that fsspec knows, or a Hub dataset (``owner/name``, ``owner/name@revision``).

    Raises:
        UsageError: a source names nothing, or a file of a format that is not scanned.
        SourceError: the file system cannot be listed.

    """
    found: dict[str, DataFile] = {}
    for source in sources:
        for file in _expand(source, hub):
            found.setdefault(file.path, file)
    return tuple(found[path] for path in sorted(found))


def _expand(source: str, hub: Callable[[], CardSource] | None) -> list[DataFile]:
    if is_remote(source):
        return _remote(source)
    path = Path(source).expanduser()
    if path.is_file():
        return [_local(path, _known(source), path.parent.as_posix())]
    if path.is_dir():
        return _nonempty(source, _folder(path, source))
    if any(sign in source for sign in "*?["):
        return _nonempty(source, _pattern(source))
    repo_id, _, revision = source.removeprefix("datasets/").partition("@")
    if hub is not None and is_repo_id(repo_id) and "/" in repo_id and not path.exists():
        return _hub_dataset(hub(), repo_id, revision or None)
    raise UsageError(f"{source!r} is no file, folder, pattern, URL or Hub dataset here")


def _known(name: str) -> FileFormat:
    found = format_of(name)
    if found is None:
        raise UsageError(f"{name!r} is of no format that is scanned: {', '.join(sorted(_ENDINGS))}")
    return found


def _nonempty(source: str, files: list[DataFile]) -> list[DataFile]:
    if not files:
        raise UsageError(f"{source!r} holds no file to scan ({', '.join(sorted(_ENDINGS))})")
    return files


def _local(path: Path, file_format: FileFormat, source: str) -> DataFile:
    status = path.stat()
    return DataFile(str(path), file_format, source, status.st_size, str(status.st_mtime_ns))


def _folder(root: Path, source: str) -> list[DataFile]:
    found = []
    for path in root.rglob("*"):
        file_format = format_of(path.name)
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if file_format is not None and not hidden and path.is_file():
            folder = path.parent.relative_to(root)
            found.append(_local(path, file_format, _label(source, folder.as_posix())))
    return found


def _label(source: str, folder: str) -> str:
    base = source.rstrip("/") or source
    return base if folder in {"", "."} else f"{base}/{folder}"


def _pattern(source: str) -> list[DataFile]:
    import glob

    found = []
    for name in glob.glob(str(Path(source).expanduser()), recursive=True):  # noqa: PTH207  absolute patterns
        file_format = format_of(name)
        path = Path(name)
        if file_format is not None and path.is_file():
            found.append(_local(path, file_format, path.parent.as_posix()))
    return found


def _hub_dataset(hub: CardSource, asked: str, revision: str | None) -> list[DataFile]:
    """The files of a Hub dataset at one commit; if none can be read, its splits."""
    from provenance.corpus.hub import commit_of, list_splits

    repo_id, commit = commit_of(hub, asked, revision)
    source = f"hf://datasets/{repo_id}@{commit}"
    return _found(source) or _nonempty(source, list_splits(repo_id, commit))


def _remote(source: str) -> list[DataFile]:
    return _nonempty(source, _found(source))


def _found(source: str) -> list[DataFile]:
    """What a URL names, a folder searched whole; nothing when no file there can be scanned."""
    system = filesystem(source)
    scheme = source.partition("://")[0]
    path = str(system._strip_protocol(source))
    try:
        if any(sign in path for sign in "*?["):
            details = system.glob(path, detail=True)
        elif system.isfile(path):
            _known(path)
            details = {path: system.info(path)}
        else:
            details = system.find(path, detail=True)
    except FileNotFoundError:
        raise UsageError(f"{source!r} does not exist") from None
    except store_errors() as error:
        raise SourceError(f"{source}: cannot be listed: {_line(error)}") from None
    base = path.split("*", maxsplit=1)[0].rstrip("/")
    return _described(scheme, base, details)


def _described(
    scheme: str, base: str, details: Mapping[str, Mapping[str, object]]
) -> list[DataFile]:
    found = []
    for name, info in details.items():
        file_format = format_of(name)
        if file_format is None or info.get("type") == "directory":
            continue
        size = info.get("size")
        version = info.get("ETag") or info.get("etag") or info.get("blob_id") or ""
        folder = posixpath.dirname(name)
        label = folder if fnmatch.fnmatchcase(folder, f"{base}*") else base
        found.append(
            DataFile(
                f"{scheme}://{name.lstrip('/')}",
                file_format,
                f"{scheme}://{label.lstrip('/')}",
                size if isinstance(size, int) else 0,
                str(version),
            )
        )
    return found


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]

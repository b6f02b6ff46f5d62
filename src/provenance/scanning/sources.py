"""From what a user names to the files that are scanned, sorted by path."""

from __future__ import annotations

import fnmatch
import os
import posixpath
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from provenance.errors import SourceError, UsageError
from provenance.hub.interface import CardSource
from provenance.meant import nearest
from provenance.refs import is_repo_id
from provenance.scanning.layout import DataFile, FileFormat, SourceListing
from provenance.scanning.remote import filesystem, is_remote, one_line, store_errors

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


_NO_DATA = frozenset({"license", "licence", "notice", "readme", "citation", "_success"})
"""Files of these names hold no records, whatever they end in."""


def format_of(name: str) -> FileFormat | None:
    """The format that a file's name ends in, or ``None``."""
    lowered = name.lower()
    return next((f for ending, f in _ENDINGS.items() if lowered.endswith(ending)), None)


def list_files(
    sources: Iterable[str], hub: Callable[[], CardSource] | None = None
) -> tuple[DataFile, ...]:
    """The files of :func:`list_sources`, which see."""
    return list_sources(sources, hub).files


def list_sources(
    sources: Iterable[str], hub: Callable[[], CardSource] | None = None
) -> SourceListing:
    """Every file that ``sources`` name, each once, sorted by path, and what is not read.

    ``hub`` opens the live Hub, and only when a Hub dataset is named; without it none may be.

    A source is a file, a folder (searched whole), a pattern (``data/*.parquet``), a URL of any
    file system that fsspec knows, or a Hub dataset (``owner/name``, ``owner/name@revision``).
    Local files are told apart by device and inode, so that a link is no second file.

    Raises:
        UsageError: a source names nothing, or a file of a format that is not scanned.
        SourceError: the file system cannot be listed.

    """
    files: dict[tuple[int, int] | str, DataFile] = {}
    repeated: set[str] = set()
    skipped: dict[str, int] = {}
    for source in sources:
        listing = _expand(source, hub)
        for file in sorted(listing.files, key=lambda f: (_is_link(f.path), f.path)):
            first = files.setdefault(_identity(file.path), file)
            if first.path != file.path:
                repeated.add(file.path)
        skipped.update(listing.skipped)
    return SourceListing(
        files=tuple(sorted(files.values(), key=lambda f: f.path)),
        skipped=tuple(sorted(skipped.items(), key=lambda entry: (-entry[1], entry[0]))),
        repeated=tuple(sorted(repeated)),
    )


def _is_link(path: str) -> bool:
    return not is_remote(path) and Path(path).is_symlink()


def _identity(path: str) -> tuple[int, int] | str:
    if is_remote(path):
        return path
    status = Path(path).stat()
    return status.st_dev, status.st_ino


def _expand(source: str, hub: Callable[[], CardSource] | None) -> SourceListing:
    if source.startswith(("file://", "local://")):
        source = str(filesystem(source)._strip_protocol(source))
    if is_remote(source):
        _hold_no_password(source)
        return _nonempty(source, _listed(source))
    path = Path(source).expanduser()
    if path.is_file():
        return SourceListing((_local(path, _known(source), path.parent.as_posix()),))
    if path.is_dir():
        return _nonempty(source, _folder(path, source))
    if any(sign in source for sign in "*?["):
        return _nonempty(source, _pattern(source))
    if not source.startswith("datasets/") and _means_file(path):
        raise UsageError(
            f"{source!r}: there is no such file; for a Hub dataset of that name give "
            f"hf://datasets/{source}"
        )
    repo_id, _, revision = source.removeprefix("datasets/").partition("@")
    if hub is not None and is_repo_id(repo_id) and "/" in repo_id and not path.exists():
        return _hub_dataset(hub(), repo_id, revision or None)
    raise UsageError(f"{source!r} is no file, folder, pattern, URL or Hub dataset here")


def _hold_no_password(source: str) -> None:
    """Refuse an address with a user name, which would stand in the report and in logs."""
    if any("@" in rest.partition("/")[0] for rest in source.split("://")[1:]):
        raise UsageError(
            f"an address of {source.partition('://')[0]}:// holds a user name or a password; give "
            "them to the store's own settings, as its report would show them"
        )


def _means_file(path: Path) -> bool:
    """Whether a path that does not exist was meant as a file: by its ending, also one misspelt.

    Ids of Hub datasets may hold dots too (``owner/set-v1.2``), so that other endings count only in
    a folder that is here.
    """
    ending = path.suffix.lower()
    if format_of(path.name) is not None or ending == ".json":
        return True
    if not ending[1:2].isalpha():
        return False
    return bool(nearest(ending, _ENDINGS, alike=0.75)) or path.parent.is_dir()


def _known(name: str) -> FileFormat:
    """The format of a file that is named itself; ``.json`` is then taken for JSON lines."""
    file_format = FileFormat.JSONL if name.lower().endswith(".json") else format_of(name)
    if file_format is None:
        raise UsageError(f"{name!r} is of no format that is scanned: {', '.join(sorted(_ENDINGS))}")
    return file_format


def _nonempty(source: str, listing: SourceListing) -> SourceListing:
    if not listing.files:
        raise UsageError(f"{source!r} holds no file to scan ({', '.join(sorted(_ENDINGS))})")
    return listing


def _local(path: Path, file_format: FileFormat, source: str) -> DataFile:
    status = path.stat()
    return DataFile(str(path), file_format, source, status.st_size, _version(status))


def _version(status: os.stat_result) -> str:
    """The second time is the system's own: a file whose first was set back is another."""
    return f"{status.st_mtime_ns} {status.st_ctime_ns}"


def is_as_listed(file: DataFile) -> bool:
    """Whether a local file is still what was listed; of another nothing is asked.

    One that was listed without a version is held to its size.
    """
    if is_remote(file.path):
        return True
    try:
        status = Path(file.path).stat()
    except OSError:
        return False
    version = _version(status) if file.version else ""
    return (status.st_size, version) == (file.size, file.version)


def _folder(root: Path, source: str) -> SourceListing:
    files, skipped = [], []
    for path in root.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if hidden or not path.is_file():
            continue
        file_format = format_of(path.name)
        if file_format is not None:
            folder = path.parent.relative_to(root)
            files.append(_local(path, file_format, _label(source, folder.as_posix())))
        elif _is_data(path.name):
            skipped.append((str(path), path.stat().st_size))
    return SourceListing(tuple(files), tuple(skipped))


def _is_data(name: str) -> bool:
    """Whether a file of another format could hold records."""
    stem, _, ending = posixpath.basename(name).lower().partition(".")
    return ending != "md" and stem not in _NO_DATA and not stem.startswith(".")


def _label(source: str, folder: str) -> str:
    base = source.rstrip("/") or source
    return base if folder in {"", "."} else f"{base}/{folder}"


def _pattern(source: str) -> SourceListing:
    import glob

    files, skipped = [], []
    lines = source.lower().endswith(".json")
    for name in glob.glob(str(Path(source).expanduser()), recursive=True):  # noqa: PTH207  absolute patterns
        path = Path(name)
        if not path.is_file():
            continue
        file_format = FileFormat.JSONL if lines else format_of(name)
        if file_format is not None:
            files.append(_local(path, file_format, path.parent.as_posix()))
        elif _is_data(name):
            skipped.append((name, path.stat().st_size))
    return SourceListing(tuple(files), tuple(skipped))


def _hub_dataset(hub: CardSource, asked: str, revision: str | None) -> SourceListing:
    """The files of a Hub dataset at one commit; if none can be read, its splits."""
    from provenance.scanning.hub import at_one_commit, hold_inside, list_splits

    repository, commit = at_one_commit(hub, asked, revision)
    repo_id = repository.id
    source = f"hf://datasets/{repo_id}@{commit}"
    listing = _listed(source)
    if listing.files:
        return listing
    hold_inside(hub, repository)
    return _nonempty(source, SourceListing(tuple(list_splits(repo_id, commit))))


def _listed(source: str) -> SourceListing:
    """What a URL names, a folder searched whole; no files when none there can be scanned."""
    system = filesystem(source)
    path = str(system._strip_protocol(source))
    lines = source.lower().endswith(".json")
    try:
        if any(sign in path for sign in "*?["):
            details = system.glob(path, detail=True)
        elif system.isfile(path):
            lines = _known(path) is FileFormat.JSONL
            details = {path: system.info(path)}
        else:
            details = system.find(path, detail=True)
    except FileNotFoundError:
        raise UsageError(f"{source!r} does not exist") from None
    except store_errors(LookupError, TypeError, ValueError) as error:  # an answer that is none
        raise SourceError(f"{source}: cannot be listed: {one_line(error)}") from None
    if source.startswith("hf://"):
        _expect(source, details)
    before, matched, _ = source.partition(path)
    start = before if matched else f"{source.partition('://')[0]}://"
    return _described(start, path, details, lines)


def _expect(source: str, details: Mapping[str, Mapping[str, object]]) -> None:
    """Hold what is read of a Hub's files to the sizes of its listing.

    Raises:
        SourceError: the listing gives none, or says that a file is empty whose hash is another's.

    """
    from provenance.hub.body import hashes
    from provenance.hub.guarded import expect

    for name, info in details.items():
        stated = info.get("type") != "directory" and info.get("size") == 0 and info.get("blob_id")
        if stated and stated not in hashes(b""):
            raise SourceError(f"{source}: the Hub lists {name} as empty, which its hash is not")

    sizes = {n: i.get("size") for n, i in details.items() if i.get("type") != "directory"}
    known = {name: size for name, size in sizes.items() if isinstance(size, int) and size >= 0}
    odd = next((name for name in sizes if name not in known), None)
    if odd is not None:
        raise SourceError(f"{source}: the Hub lists {odd} without a size: check HF_ENDPOINT")
    expect(known)


def _described(
    start: str, path: str, details: Mapping[str, Mapping[str, object]], lines: bool
) -> SourceListing:
    """``start`` is what of the URL the file system leaves out of its names: scheme, host."""
    base = path.split("*", maxsplit=1)[0].rstrip("/")
    files, skipped = [], []
    for name, info in details.items():
        if info.get("type") == "directory":
            continue
        size = info.get("size")
        size = size if isinstance(size, int) else 0
        if size < 0:
            raise SourceError(f"{start}{name}: the store says that it has {size} bytes")
        file_format = format_of(name)
        if file_format is None and lines and name.lower().endswith(".json"):
            file_format = FileFormat.JSONL
        if file_format is None:
            if _is_data(name):
                skipped.append((f"{start}{name}", size))
            continue
        version = info.get("ETag") or info.get("etag") or info.get("blob_id") or ""
        folder = posixpath.dirname(name)
        label = folder if fnmatch.fnmatchcase(folder, f"{base}*") else base
        files.append(DataFile(f"{start}{name}", file_format, f"{start}{label}", size, str(version)))
    return SourceListing(tuple(files), tuple(skipped))

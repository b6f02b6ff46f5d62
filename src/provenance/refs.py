"""What a user can name: a repository on the Hub at a revision, or a local folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from provenance.errors import UsageError
from provenance.frozen import frozen
from provenance.knowledge import read_words
from provenance.meant import did_you_mean


class RepoKind(StrEnum):
    """The two kinds of Hub repository that are audited."""

    MODEL = "model"
    DATASET = "dataset"

    @property
    def folder(self) -> str:
        """Name of this kind in a snapshot and in Hub API paths: ``models`` or ``datasets``."""
        return f"{self.value}s"


@dataclass(frozen=True, slots=True, order=True)
class RepoRef:
    """A Hub repository, perhaps at a revision. ``id`` has passed :func:`is_repo_id`."""

    kind: RepoKind
    id: str
    revision: str | None = None

    @property
    def path(self) -> str:
        """``models/owner/name`` or ``datasets/owner/name``: how evidence names it."""
        return f"{self.kind.folder}/{self.id}"

    def __str__(self) -> str:
        """``path`` with ``@revision`` when there is one."""
        return self.path if self.revision is None else f"{self.path}@{self.revision}"


@frozen
class LocalFolder:
    """A local folder holding a card (``README.md``)."""

    path: Path
    kind: RepoKind


Subject = RepoRef | LocalFolder

_SEGMENT = r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?"
_REPO_ID = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})?")
_REVISION = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}")
HUB_HOSTS = ("huggingface.co", "www.huggingface.co", "hf.co")
"""Names of the Hub's own host."""
_NOT_OWNERS = frozenset(read_words("vocabulary", "hub_pages"))
"""First path segments of huggingface.co that are pages, not owners."""
_MAX_SEGMENT = 96
_MAX_SUBJECT = 4096


def is_repo_id(text: str) -> bool:
    """Whether ``text`` can be a Hub id: ``owner/name`` or ``name``.

    Rule: ``huggingface_hub.utils.validate_repo_id`` (each segment at most 96 characters; letters,
    digits, ``-``, ``_`` and ``.``; no ``--`` and no ``..``; a segment neither starts nor ends with
    ``-`` or ``.``; does not end in ``.git``).
    """
    return (
        all(len(segment) <= _MAX_SEGMENT for segment in text.split("/", 2))
        and ".." not in text
        and "--" not in text
        and not text.endswith(".git")
        and _REPO_ID.fullmatch(text) is not None
    )


def parse_subject(text: str) -> Subject:
    """Read a subject as typed by a user.

    Accepts ``owner/name``, ``name``, ``models/…``, ``datasets/…``, ``hf://…``, a Hub URL, each
    with ``@revision``, and a local folder (an existing folder whose name starts with ``.`` or
    ``/`` or ``~``, or that holds a ``README.md`` and is no possible Hub id).

    Raises:
        UsageError: the text is none of these.

    """
    if not text.strip():
        raise UsageError("a subject is empty: name a model, a dataset or a folder")
    if len(text) > _MAX_SUBJECT:
        raise UsageError(f"{text[:60]!r}… is no subject: it has {len(text):,} characters")
    if text.startswith((".", "/", "~")) or (not is_repo_id(text) and _is_folder(Path(text))):
        return _local(text)
    return parse_repo(text)


def parse_repo(text: str, default: RepoKind = RepoKind.MODEL) -> RepoRef:
    """Read the name of a Hub repository; ``default`` is the kind of a name that says none.

    Raises:
        UsageError: the text names no Hub repository.

    """
    stripped = text.strip()
    if "://" in stripped and not stripped.startswith("hf://"):
        ref = parse_hub_url(stripped)
        if ref is None:
            raise UsageError(f"{text!r} is not the address of a Hub model or dataset")
        return ref
    path, at, revision = stripped.removeprefix("hf://").partition("@")
    kind = default
    head, slash, rest = path.partition("/")
    if slash and head in {"models", "datasets"}:
        kind, path = RepoKind(head[:-1]), rest
    if at and not _is_revision(revision):
        raise UsageError(f"{text!r}: {revision!r} is not a revision (a branch, tag or commit)")
    if not is_repo_id(path):
        raise UsageError(
            f"{text!r} is not a Hub id (owner/name, datasets/owner/name, hf://…, a Hub URL) "
            f"and not a folder here{_folder_meant(head, rest)}"
        )
    return RepoRef(kind, path, revision or None)


def _folder_meant(head: str, rest: str) -> str:
    """The hint for ``dataset/owner/name``: the folder of the Hub is the plural."""
    meant = head in {kind.value for kind in RepoKind} and is_repo_id(rest)
    return did_you_mean([f"{head}s/{rest}"] if meant else [])


def parse_hub_url(url: str) -> RepoRef | None:
    """The repository a Hub URL points into, or ``None`` when it points into none.

    ``/tree/REV``, ``/blob/REV/…`` and ``/resolve/REV/…`` give the revision; ``main`` counts as
    none. A bare ``/name`` is a model of the time before owners.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or (parts.hostname or "") not in HUB_HOSTS:
        return None
    segments = _segments(parts)
    if not segments:
        return None
    kind = RepoKind.MODEL
    if segments[0] in {"datasets", "models"}:
        kind = RepoKind(segments.pop(0)[:-1])
    elif segments[0] in _NOT_OWNERS:
        return None
    marks = [i for i, s in enumerate(segments) if s in {"tree", "blob", "resolve", "raw"}]
    marker = marks[0] if marks else None
    revision = None
    if marker is not None and marker + 1 < len(segments) and segments[marker + 1] != "main":
        revision = segments[marker + 1]
    id_parts = segments[:marker] if marker is not None else segments[:2]
    # "/datasets/squad/viewer/…": a page of a one-segment repository
    if len(id_parts) == 2 and id_parts[1] in {"viewer", "discussions", "commit", "commits"}:
        id_parts = id_parts[:1]
    id_parts = id_parts[:2]
    repo_id = "/".join(id_parts)
    if not id_parts or not is_repo_id(repo_id):
        return None
    if revision is not None and not _is_revision(revision):
        revision = None
    return RepoRef(kind, repo_id, revision)


def _segments(parts: SplitResult) -> list[str]:
    """The parts of a path; those that the Hub's viewer of datasets stands for until 2022."""
    segments = [unquote(s) for s in parts.path.split("/") if s]
    if segments == ["datasets", "viewer"]:
        return ["datasets", *parse_qs(parts.query).get("dataset", [""])[0].split("/")]
    return segments


def _is_revision(text: str) -> bool:
    return _REVISION.fullmatch(text) is not None and ".." not in text and "//" not in text


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name longer than the file system has
        return False


def _local(text: str) -> LocalFolder:
    path = Path(text).expanduser()
    if not _is_folder(path):
        raise UsageError(f"{text!r} is not a folder here")
    if not (path / "README.md").is_file():
        raise UsageError(f"{text!r} holds no README.md: a local subject is a folder with a card")
    kind = RepoKind.DATASET if "datasets" in path.resolve().parts else RepoKind.MODEL
    return LocalFolder(path, kind)

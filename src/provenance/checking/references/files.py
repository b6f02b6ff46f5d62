"""The files of a repository: from its work tree or from one of its commits, never changing it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from fnmatch import translate
from pathlib import Path

from provenance.checking.git import git
from provenance.errors import UsageError
from provenance.frozen import frozen

MAX_BYTES = 5_000_000
"""A larger file is not searched but counted, in bytes."""
DEFAULT_EXCLUDES = (
    "**/node_modules/**",
    "**/third_party/**",
    "**/third-party/**",
    "**/vendor/**",
    "**/vendored/**",
    "**/_vendor/**",
    "**/.venv/**",
    "**/venv/**",
    "**/site-packages/**",
    "**/build/**",
    "**/dist/**",
    "**/__pycache__/**",
    "**/*_pb2.py",
    "**/*.min.js",
    "**/tests/**",
    "**/test/**",
    "**/test_*.py",
    "**/*_test.py",
    "**/conftest.py",
    "**/package-lock.json",
    "**/*.lock.json",
    "**/tsconfig*.json",
    "provenance.lock",
    "provenance.baseline.json",
)
"""Generated, vendored and test paths."""


@frozen
class CheckedFolder:
    """A folder, and the git repository it is in, if any."""

    root: Path
    """Where paths start: the folder that was given."""
    git: bool
    prefix: str = ""
    """``root`` within its git repository, with a ``/`` at its end; empty at the top."""


def open_repository(folder: Path) -> CheckedFolder:
    """The repository at ``folder``.

    Raises:
        UsageError: there is no such folder.

    """
    if not folder.is_dir():
        raise UsageError(f"{str(folder)!r} is not a folder")
    try:
        inside = git(folder, "rev-parse", "--is-inside-work-tree").strip() == b"true"
        prefix = os.fsdecode(git(folder, "rev-parse", "--show-prefix").rstrip(b"\n"))
    except UsageError:
        inside, prefix = False, ""
    return CheckedFolder(folder, inside, prefix)


def is_empty(folder: Path) -> bool:
    """Whether a folder is no git repository and holds no file: mostly another was meant."""
    repository = open_repository(folder)
    return not repository.git and not tracked_files(repository, everything=True)


def tracked_files(repository: CheckedFolder, *, everything: bool) -> list[str]:
    """Paths of regular files, sorted: those git tracks, or all of a folder without git."""
    if repository.git and not everything:
        listed = git(repository.root, "ls-files", "-z", "--cached")
        tracked = {os.fsdecode(name) for name in listed.split(b"\0") if name}
        return sorted(n for n in tracked if _is_file(repository.root / n))
    paths: list[str] = []
    for folder, folders, names in os.walk(repository.root):
        folders[:] = sorted(f for f in folders if f != ".git")
        base = Path(folder)
        paths += (
            (base / n).relative_to(repository.root).as_posix() for n in names if _is_file(base / n)
        )
    return sorted(paths)


def tracked_links(repository: CheckedFolder, *, everything: bool) -> dict[str, str]:
    """Where each symbolic link leads, by its path: of those git tracks, or all without git."""
    if repository.git and not everything:
        listed = git(repository.root, "ls-files", "-z", "--stage")
        names = [
            os.fsdecode(entry.partition(b"\t")[2])
            for entry in listed.split(b"\0")
            if entry.startswith(b"120000 ")
        ]
    else:
        names = [
            (Path(folder) / n).relative_to(repository.root).as_posix()
            for folder, folders, files in os.walk(repository.root)
            for n in (*folders, *files)
            if "/.git/" not in f"{folder}/" and (Path(folder) / n).is_symlink()
        ]
    paths = ((name, repository.root / name) for name in names)
    return {name: str(path.readlink()) for name, path in paths if path.is_symlink()}


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def excluded_by(patterns: Sequence[str]) -> re.Pattern[str]:
    """Matches paths that any of the shell patterns excludes; ``**/`` matches no folder too.

    A pattern of a name alone (``test_*.py``) is held against the names of files and folders, as git
    does it: it excludes no ``test_set_maker/make.py``. In any other, ``*`` crosses folders.
    """
    parts = []
    for pattern in patterns:
        text = f"{pattern}**" if pattern.endswith("/") else pattern
        plain = text.removeprefix("**/")
        if "/" not in plain and "[" not in plain:
            parts.append(f"(?:.*/)?{_name(plain)}(?:/.*)?\\Z")
            continue
        parts.append(translate(plain))
        if plain != text or "/" not in text.rstrip("*"):
            parts.append(translate(f"*/{plain}"))
    return re.compile("|".join(parts) if parts else r"(?!)", re.DOTALL)


def _name(pattern: str) -> str:
    """The expression of a pattern for one name: its stars cross no folder.

    The library's own, which does not try every way to part a name among many stars.
    """
    return re.sub(r"(?<!\\)\.", "[^/]", translate(pattern).removesuffix(r"\Z"))


@frozen
class Blob:
    """A file of a commit."""

    path: str
    oid: str
    size: int
    link: bool = False
    """A symbolic link: what it holds is where it leads."""


def merge_base(repository: CheckedFolder, reference: str) -> str:
    """Commit id of the merge base of ``reference`` and HEAD.

    Raises:
        UsageError: not a git repository, no such reference, or no common ancestor here (as in a
            shallow clone).

    """
    if not repository.git:
        raise UsageError("--diff-base needs a git repository")
    if reference.startswith("-"):
        raise UsageError(f"--diff-base {reference!r} is not a revision")
    name = commit_named(repository, reference)
    try:
        return git(repository.root, "merge-base", name, "HEAD").decode().split("\n")[0]
    except UsageError:
        shallow = git(repository.root, "rev-parse", "--is-shallow-repository").strip() == b"true"
        hint = ": this clone is shallow, fetch more history (fetch-depth: 0)" if shallow else ""
        raise UsageError(f"{reference!r} and HEAD have no common ancestor here{hint}") from None


def commit_named(repository: CheckedFolder, reference: str) -> str:
    """The commit that ``reference`` names: a branch of a remote goes before a tag called so.

    Git takes the tag, which whoever may push tags can set ("origin/main" on their own commit).
    """
    for name in (f"refs/remotes/{reference}", reference):
        with suppress(UsageError):
            commit = git(repository.root, "rev-parse", "--verify", "-q", f"{name}^{{commit}}")
            return commit.decode().strip()
    raise UsageError(
        f"--diff-base {reference!r} is no commit here: fetch it first "
        "(a CI checkout is often shallow: fetch-depth: 0)"
    )


def commit_files(repository: CheckedFolder, commit: str) -> list[Blob]:
    """Files and symbolic links of a commit, by path from the top of the git repository."""
    listed = git(repository.root, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
    blobs = []
    for entry in listed.split(b"\0"):
        head, _, name = entry.partition(b"\t")
        fields = head.split()
        if len(fields) == 4 and fields[0].startswith((b"100", b"120")):
            size = int(fields[3]) if fields[3].isdigit() else 0  # BAD: the blob is missing here
            link = fields[0].startswith(b"120")
            blobs.append(Blob(os.fsdecode(name), fields[2].decode(), size, link))
    return sorted(blobs, key=lambda blob: blob.path)


def submodules(repository: CheckedFolder, commit: str | None = None) -> dict[str, str]:
    """Submodules of a commit, or of the index: by path from the top, the commit that each is at."""
    if commit is None:
        listed = git(repository.root, "ls-files", "-z", "--stage", "--full-name")
    else:
        listed = git(repository.root, "ls-tree", "-r", "-z", "--full-name", commit)
    modules = {}
    for entry in listed.split(b"\0"):
        if entry.startswith(b"160000 "):
            fields, _, path = entry.partition(b"\t")
            words = fields.decode().split()
            modules[os.fsdecode(path)] = words[1] if commit is None else words[2]
    return modules


def read_blobs(repository: CheckedFolder, blobs: Iterable[Blob]) -> dict[str, bytes]:
    """Contents by path, through one ``git cat-file --batch``."""
    wanted = list(blobs)
    if not wanted:
        return {}
    request = "".join(f"{blob.oid}\n" for blob in wanted).encode()
    answer = git(repository.root, "cat-file", "--batch", stdin=request)
    contents: dict[str, bytes] = {}
    at = 0
    for blob in wanted:
        end = answer.index(b"\n", at)
        fields = answer[at:end].split()
        if len(fields) != 3:
            raise missing_here(blob)
        size = int(fields[2])
        contents[blob.path] = answer[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return contents


def missing_here(blob: Blob) -> UsageError:
    """What is told of a file of the base whose content was never fetched."""
    return UsageError(
        f"git cat-file: {blob.path} of the base is missing here: this is a partial clone, "
        "fetch it whole (git fetch --refetch --no-filter)"
    )


def files_with(repository: CheckedFolder, commit: str, words: Sequence[str]) -> list[str]:
    """Paths of a commit, from the top of the git repository, that hold any of some words.

    Binary files too: what is one can be said by the ``.gitattributes`` of a change.
    """
    patterns = [part for word in words for part in ("-e", word)]
    try:
        listed = git(
            repository.root,
            "grep",
            "-l",
            "-z",
            "-F",
            "--full-name",
            "-a",
            *patterns,
            commit,
            "--",
            ":/",
        )
    except UsageError:  # git says so where nothing matches
        return []
    names = (os.fsdecode(name).partition(":")[2] for name in listed.split(b"\0") if name)
    return sorted(names)


def changed_files(repository: CheckedFolder, commit: str) -> list[str]:
    """Paths below the root that differ from a commit, and exist; in the index or the work tree."""
    return [n for n in differing_files(repository, commit) if _is_file(repository.root / n)]


def differing_files(repository: CheckedFolder, commit: str) -> list[str]:
    """Paths below the root that differ from a commit, those that are gone too."""
    listed = git(
        repository.root, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff",
        "--no-textconv", "--ignore-submodules=all", "--relative", commit,
    )  # fmt: skip
    return sorted({os.fsdecode(name) for name in listed.split(b"\0") if name})


def renamed_files(repository: CheckedFolder, commit: str) -> dict[str, str]:
    """New path to old path of what was renamed since a commit, as git sees it."""
    listed = git(
        repository.root, "diff", "--name-status", "-z", "-M", "--diff-filter=R", "--no-ext-diff",
        "--no-textconv", "--ignore-submodules=all", "--relative", commit,
    )  # fmt: skip
    fields = [os.fsdecode(name) for name in listed.split(b"\0")]
    return {fields[i + 2]: fields[i + 1] for i in range(0, len(fields) - 2, 3)}


def ignored_files(repository: CheckedFolder) -> list[tuple[str, str, str]]:
    """Files that git ignores here: path, the file that says so, and its pattern."""
    listed = git(
        repository.root, "ls-files", "-z", "--others", "--ignored", "--exclude-standard"
    )  # fmt: skip
    if not listed:
        return []
    answer = git(repository.root, "check-ignore", "-z", "-v", "--stdin", stdin=listed)
    fields = [os.fsdecode(part) for part in answer.split(b"\0")]
    return [
        (fields[i + 3], fields[i], fields[i + 2])
        for i in range(0, len(fields) - 3, 4)
        if _is_file(repository.root / fields[i + 3])
    ]

"""What an HTTP answer means: a repository, an absence, or no answer of a Hub at all.

Source of the headers and codes: ``huggingface_hub.utils.hf_raise_for_status``. Anything that does
not carry the Hub's own marks is a failure, so that a login page or a proxy never counts as an
absence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from provenance.errors import SourceError
from provenance.frozen import frozen
from provenance.hub.interface import Absence
from provenance.refs import RepoKind, is_repo_id
from provenance.report.evidence import excerpt

COMMIT = re.compile(r"[0-9a-f]{40}")
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MESSAGE_LIMIT = 120
_OTHER_KINDS = frozenset({"buckets", "kernels", "spaces"})


@frozen
class Answer:
    """One HTTP answer, read to its end."""

    url: str
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    """Decoded; of an answer other than 200, as it was sent."""
    framed: bool = True
    """Whether the answer said where it ends: without, a break cannot be told from the end."""

    @property
    def code(self) -> str | None:
        """The Hub's own error code; ``None`` when it gave none."""
        return self.headers.get("x-error-code") or None

    @property
    def message(self) -> str:
        """Status and the Hub's own words, one line."""
        words = excerpt(self.headers.get("x-error-message", ""), _MESSAGE_LIMIT)
        return f"{self.status} {words or self.code or _phrase(self.status)}"


@frozen
class FileAddress:
    """What a path of the Hub names."""

    kind: RepoKind
    id: str
    commit: str | None


def address_of(path: str) -> FileAddress | None:
    """The repository a file's address is in, ``None`` when ``path`` is no such address.

    Addresses: ``/[datasets/]ID/resolve/REVISION/FILE``, and ``/api/resolve-cache/KIND/ID/SHA/FILE``
    to which the Hub redirects the former.
    """
    parts = [unquote(part) for part in path.split("/")[1:]]
    commit: str | None = None
    if parts[:2] == ["api", "resolve-cache"]:
        shas = [i for i, part in enumerate(parts) if COMMIT.fullmatch(part)]
        if not shas or parts[2:3] not in (["models"], ["datasets"]):
            return None
        kind, id_parts, commit = RepoKind(parts[2][:-1]), parts[3 : shas[0]], parts[shas[0]]
    elif "resolve" in parts and parts[0] not in _OTHER_KINDS:
        kind = RepoKind.DATASET if parts[0] == "datasets" else RepoKind.MODEL
        id_parts = parts[kind is RepoKind.DATASET : parts.index("resolve")]
    else:
        return None
    repo_id = "/".join(id_parts)
    return FileAddress(kind, repo_id, commit) if is_repo_id(repo_id) else None


def is_missing_file(answer: Answer) -> bool:
    """Whether the repository is there and the file is not."""
    return answer.status == HTTPStatus.NOT_FOUND and answer.code == "EntryNotFound"


def absence_of(answer: Answer, *, authorized: bool) -> tuple[Absence, str]:
    """Why the Hub does not give a repository, and a line for people.

    Raises:
        SourceError: the answer says nothing about the repository.

    """
    words = answer.headers.get("x-error-message", "")
    if answer.code == "GatedRepo":
        hint = "this token has no access" if authorized else "set HF_TOKEN of someone with access"
        return Absence.GATED, f"{answer.message} ({hint})"
    if words.startswith("Access to this resource is disabled"):
        return Absence.WITHDRAWN, answer.message
    if words.startswith("Invalid credentials"):
        raise SourceError(f"{origin_of(answer.url)} refused the token: check HF_TOKEN")
    if answer.code == "RevisionNotFound":
        return Absence.REVISION_NOT_FOUND, answer.message
    if answer.status == HTTPStatus.UNAUTHORIZED and (answer.code or words):
        hint = "" if authorized else " (set HF_TOKEN if it is private)"
        return Absence.NOT_FOUND_OR_PRIVATE, answer.message + hint
    if answer.status == HTTPStatus.FORBIDDEN and words:
        return Absence.GATED, answer.message
    if answer.status == HTTPStatus.NOT_FOUND and answer.code == "RepoNotFound":
        return Absence.NOT_FOUND, answer.message
    raise SourceError(
        f"{answer.url} answered {answer.message}, not as a Hub does: "
        "check HF_ENDPOINT and any proxy in between"
    )


def origin_of(url: str) -> str:
    """``scheme://host:port`` with the port always given, to compare origins (RFC 6454).

    Raises:
        ValueError: ``url`` is not an http or https URL.

    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{url!r} is not an http or https address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{parts.hostname}:{port}"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "(unknown status)"

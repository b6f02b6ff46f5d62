"""The Hub's own listing of repositories: ids with downloads and dates, a page at a time.

Parameters and fields are those of ``GET /api/models`` and ``/api/datasets``
(https://huggingface.co/docs/hub/api): ``author``, ``search`` and ``filter`` narrow it, ``expand``
names the fields, and the ``Link`` header leads to the next page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import urlencode, urlsplit

import msgspec

from provenance.errors import SourceError
from provenance.frozen import frozen
from provenance.hub.answers import Answer
from provenance.hub.info import decode
from provenance.hub.interface import CardSource
from provenance.refs import RepoKind, is_repo_id

_PAGE = 1000
_NEXT = re.compile(r'<([^<>\s]+)>\s*;\s*rel="?next"?')


@frozen
class ListingFilter:
    """What a listing is narrowed to; at least one should be given."""

    author: str | None = None
    """User or organisation."""
    search: str | None = None
    """Words that the id holds."""
    tags: tuple[str, ...] = ()
    """Tags that a repository has, every one of them (``task_categories:translation``)."""

    def __bool__(self) -> bool:
        """Whether anything narrows the listing."""
        return bool(self.author or self.search or self.tags)


class Listed(msgspec.Struct, frozen=True, rename="camel"):
    """What the Hub lists of a repository besides its card."""

    id: str = ""
    downloads: int | None = None
    last_modified: str | None = None


class SearchableHub(CardSource, Protocol):
    """A source that answers the Hub's API too; :class:`provenance.hub.live.LiveHub` is one."""

    def ask(self, url: str) -> Answer:
        """GET an address of the API. Raises SourceError when there is no answer."""


def list_repositories(hub: SearchableHub, kind: RepoKind, only: ListingFilter) -> Iterator[Listed]:
    """Every repository that ``only`` describes, as the Hub orders them, each id once.

    One request for each page. Entries without a usable id are left out.

    Raises:
        SourceError: a page could not be had, or is none.

    """
    query: list[tuple[str, str]] = [
        ("author", only.author or ""),
        ("search", only.search or ""),
    ]
    query = [(name, value) for name, value in query if value]
    query += [("filter", tag) for tag in only.tags]
    query += [("expand", "downloads"), ("expand", "lastModified"), ("limit", str(_PAGE))]
    start = f"{hub.name}/api/{kind.folder}"
    url: str | None = f"{start}?{urlencode(query)}"
    pages: set[str] = set()
    seen: set[str] = set()
    while url is not None and url not in pages:
        pages.add(url)
        answer = hub.ask(url)
        for entry in _entries(answer):
            if is_repo_id(entry.id) and entry.id not in seen:
                seen.add(entry.id)
                yield entry
        following = _following(answer)
        url = None if following is None else f"{start}?{following}"


def _entries(answer: Answer) -> list[Listed]:
    if answer.status != 200:
        raise SourceError(f"{answer.url}: answered {answer.message}: check the filter's words")
    try:
        return decode(answer.body, list[Listed])
    except msgspec.DecodeError as error:
        raise SourceError(
            f"{answer.url} answered 200 but with no listing ({error}): check HF_ENDPOINT"
        ) from error


def _following(answer: Answer) -> str | None:
    """Query of the next page. Only the query is taken, so that no answer leads off the endpoint."""
    match = _NEXT.search(answer.headers.get("link", ""))
    return None if match is None else urlsplit(match[1]).query

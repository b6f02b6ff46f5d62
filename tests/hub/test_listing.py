from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from provenance.errors import SourceError
from provenance.hub.listing import ListingFilter, list_repositories
from provenance.hub.live import LiveHub
from provenance.refs import RepoKind

from .conftest import CARD
from .server import Behaviour, Handler, LocalHub, Repo, status


def fill(hub: LocalHub, *ids: str) -> None:
    hub.repos = {f"datasets/{repo_id}": Repo({"README.md": CARD}) for repo_id in ids}


def listed(live: LiveHub, author: str) -> list[str]:
    return [e.id for e in list_repositories(live, RepoKind.DATASET, ListingFilter(author))]


def test_pages_are_followed_on_the_endpoint_only(hub: LocalHub, live: LiveHub) -> None:
    fill(hub, *(f"ann/d{n}" for n in range(7)), "bob/other")
    hub.page_size = 3
    assert listed(live, author="ann") == [f"ann/d{n}" for n in range(7)]
    assert live.requests == len(hub.seen) == 3
    first = parse_qs(urlsplit(hub.seen[0].path).query)
    assert first == {"author": ["ann"], "expand": ["downloads", "lastModified"], "limit": ["1000"]}


def test_search_tags_and_what_is_said_of_each(hub: LocalHub, live: LiveHub) -> None:
    fill(hub, "ann/cats", "ann/dogs")
    wanted = ListingFilter(search="cats", tags=("language:fr", "task_categories:other"))
    (entry,) = list_repositories(live, RepoKind.DATASET, wanted)
    assert (entry.id, entry.downloads, entry.last_modified) == (
        "ann/cats", 10, "2024-05-06T07:08:09Z",
    )  # fmt: skip
    assert "filter=language%3Afr&filter=task_categories%3Aother" in hub.seen[0].path


def answering(body: bytes, **headers: str) -> Behaviour:
    def answer(handler: Handler) -> bool:
        handler.send(200, body, headers)
        return True

    return answer


@pytest.mark.parametrize("body", [b"<html>", b'{"id": "a/b"}', b'[{"id": 7}]'])
def test_what_is_no_listing_is_refused(hub: LocalHub, live: LiveHub, body: bytes) -> None:
    hub.script = [answering(body)]
    with pytest.raises(SourceError, match="no listing"):
        listed(live, author="ann")


def test_a_refused_filter_is_said(hub: LocalHub, live: LiveHub) -> None:
    hub.script = [status(400)]
    with pytest.raises(SourceError, match=r"400 .*check the filter"):
        listed(live, author="ann")


def test_odd_ids_are_left_out_and_a_page_that_repeats_ends_it(hub: LocalHub, live: LiveHub) -> None:
    body = b'[{"id": "a/b"}, {"id": "../x"}, {"id": ""}, {}, {"id": "a/b"}]'
    link = '<https://elsewhere.example/api/datasets?cursor=x>; rel="next"'
    hub.script = [answering(body, Link=link)] * 3
    assert listed(live, author="a") == ["a/b"]
    assert len(hub.seen) == 2


def test_offline_asks_nothing(hub: LocalHub) -> None:
    with pytest.raises(SourceError, match="offline"):
        listed(LiveHub(hub.url, offline=True), author="a")
    assert hub.seen == []

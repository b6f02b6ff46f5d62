"""No answer that is not the whole file is ever read or kept as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hub.clock import Ticking
from tests.hub.server import MAIN_SHA, LocalHub, Repo

from provenance.errors import SourceError
from provenance.hub import client, wire
from provenance.hub.interface import Repository
from provenance.hub.live import LiveHub
from provenance.refs import RepoKind, RepoRef

from .conftest import IMPATIENT
from .hostile import CARD, OTHER_SHA, SLOW, UNWHOLE, WHOLE, raw, slow, wrong_info
from .program import within

MODEL = RepoRef(RepoKind.MODEL, "acme/tiny")
PIN = RepoRef(RepoKind.MODEL, "acme/tiny", MAIN_SHA)


def offline(live: LiveHub, hub: LocalHub, cache: Path) -> LiveHub:
    """A run after ``live`` that sees only what that kept."""
    live.settle()
    return LiveHub(hub.url, "", limits=IMPATIENT, cache=cache, offline=True)


def fetched(source: LiveHub, ref: RepoRef = MODEL) -> Repository:
    answer = source.fetch(ref)
    assert isinstance(answer, Repository), answer
    return answer


@pytest.mark.parametrize("fault", UNWHOLE)
class TestUnwhole:
    def test_no_card(self, hub: LocalHub, live: LiveHub, cache: Path, fault: str) -> None:
        hub.script = [UNWHOLE[fault]] * 8
        for ref in (MODEL, PIN):
            with pytest.raises(SourceError, match=r"broke off|not with the file|not asked for"):
                live.fetch(ref)
        for ref in (MODEL, PIN):
            with pytest.raises(SourceError, match="offline"):
                offline(live, hub, cache).fetch(ref)

    def test_no_other_file(self, hub: LocalHub, live: LiveHub, cache: Path, fault: str) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        repository = fetched(live)
        hub.script = [UNWHOLE[fault]] * 4
        with pytest.raises(SourceError):
            live.read_file(repository, "LICENSE")
        with pytest.raises(SourceError, match="offline"):
            offline(live, hub, cache).read_file(repository, "LICENSE")

    def test_passes_when_it_was_an_accident(self, hub: LocalHub, live: LiveHub, fault: str) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        hub.script = [UNWHOLE[fault]]
        try:
            first = fetched(live)
        except SourceError:
            first = fetched(live)
        assert first.readme == CARD


@pytest.mark.parametrize("way", WHOLE)
def test_whole_answers_are_read(hub: LocalHub, live: LiveHub, cache: Path, way: str) -> None:
    behave, certain = WHOLE[way]
    hub.script = [behave]
    assert fetched(live).readme == CARD
    if certain:
        assert fetched(offline(live, hub, cache)).readme == CARD
    else:
        with pytest.raises(SourceError, match="offline"):
            offline(live, hub, cache).fetch(MODEL)


def test_a_size_stated_on_the_way_holds(hub: LocalHub, live: LiveHub) -> None:
    moved = {"Location": "/acme/tiny/resolve/main/x", "X-Linked-Size": "9", "X-Linked-Etag": "x"}
    hub.script = [raw(b"", moved, status=302), raw(CARD)]
    with pytest.raises(SourceError, match="instead of 9"):
        live.fetch(MODEL)


@pytest.mark.parametrize("seen_before", [False, True])
def test_that_it_is_unchanged_for_ever(hub: LocalHub, live: LiveHub, seen_before: bool) -> None:
    """A 304 for what was not asked about is no answer, however often it comes."""
    hub.repos[MODEL.path] = Repo({"README.md": CARD})
    if seen_before:
        fetched(live)
    asked = len(hub.seen)
    hub.script = [raw(b"", {"X-Repo-Commit": ""}, status=304)] * 50
    with pytest.raises(SourceError, match="304"):
        live.fetch(MODEL)
    assert len(hub.seen) - asked <= 2


class TestAnotherRepository:
    @pytest.mark.parametrize("fields", [{"id": "evil/twin"}, {"sha": OTHER_SHA}])
    def test_its_description(
        self, hub: LocalHub, live: LiveHub, cache: Path, fields: dict[str, object]
    ) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        repository = fetched(live)
        hub.script = [wrong_info(**fields)]
        with pytest.raises(SourceError, match="answered for another"):
            live.describe(repository)
        assert offline(live, hub, cache).describe(repository) == repository

    def test_its_card(self, hub: LocalHub, live: LiveHub) -> None:
        hub.script = [raw(CARD, {"X-Repo-Commit": OTHER_SHA})]
        with pytest.raises(SourceError, match="answered with commit"):
            live.fetch(PIN)

    def test_its_license(self, hub: LocalHub, live: LiveHub) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        repository = fetched(live)
        hub.script = [raw(b"MIT", {"X-Repo-Commit": OTHER_SHA})]
        with pytest.raises(SourceError, match="answered with commit"):
            live.read_file(repository, "LICENSE")


@pytest.mark.parametrize(
    "body",
    [b"[" * 200_000 + b"]" * 200_000, b'{"a":' * 100_000, b'{"siblings":' + b"[" * 90_000],
    ids=["lists", "mappings", "a known field"],
)
def test_nested_json_is_a_failure_of_one_source(hub: LocalHub, live: LiveHub, body: bytes) -> None:
    hub.repos[MODEL.path] = Repo({"README.md": CARD})
    repository = fetched(live)
    hub.script = [raw(body)]
    with pytest.raises(SourceError, match="not as the Hub's API does"):
        live.describe(repository)


@pytest.mark.parametrize("size", [int("9" * 400), -1, 10**19, "1", 1.5])
def test_a_size_that_cannot_be(hub: LocalHub, live: LiveHub, size: object) -> None:
    hub.repos[MODEL.path] = Repo({"README.md": CARD})
    repository = fetched(live)
    hub.script = [wrong_info(mainSize=size)]
    with pytest.raises(SourceError, match="not as the Hub's API does"):
        live.describe(repository)


@pytest.mark.parametrize("fault", SLOW)
def test_an_endless_answer_ends_at_the_limit(
    hub: LocalHub, live: LiveHub, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """Time is counted in looks at the clock, of which the limit is a hundred."""
    clock = Ticking(IMPATIENT.answer / 100)
    for module in (client, wire):
        monkeypatch.setattr(module, "time", clock)
    hub.script = [slow(0.002)[fault]] * 2
    with within(60), pytest.raises(SourceError, match="no whole answer in time, once"):
        live.fetch(MODEL)
    assert 90 < clock.asked < 130
    assert len(hub.seen) == 1

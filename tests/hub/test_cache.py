from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.errors import SourceError
from provenance.hub.cache import CachedFile, FileCache, PinnedCommit, cache_folder
from provenance.hub.interface import Repository
from provenance.hub.live import LiveHub
from provenance.refs import RepoKind, RepoRef

from .conftest import CARD, PATIENT
from .server import MAIN_SHA, Handler, LocalHub, Repo

MODEL = RepoRef(RepoKind.MODEL, "acme/tiny")
PIN = RepoRef(RepoKind.MODEL, "acme/tiny", MAIN_SHA)
OLD = RepoRef(RepoKind.DATASET, "words")
PINNED = PinnedCommit("acme/tiny", MAIN_SHA)


def opened(hub: LocalHub, cache: Path, *, offline: bool = False) -> LiveHub:
    return LiveHub(hub.url, "", limits=PATIENT, cache=cache, offline=offline)


def fetched(source: LiveHub, ref: RepoRef) -> Repository:
    answer = source.fetch(ref)
    assert isinstance(answer, Repository), answer
    return answer


@pytest.fixture
def filled(hub: LocalHub, tmp_path: Path) -> Path:
    """A cache that has seen a model, its files and a renamed data set."""
    hub.repos = {
        MODEL.path: Repo({"README.md": CARD, "LICENSE": b"MIT"}),
        "datasets/acme/words": Repo({"x": b""}),
    }
    hub.renamed = {OLD.path: "datasets/acme/words"}
    source = opened(hub, tmp_path)
    repository = source.describe(fetched(source, MODEL))
    assert source.read_file(repository, "LICENSE") == b"MIT"
    fetched(source, OLD)
    return tmp_path


class TestPinned:
    def test_costs_no_request(self, hub: LocalHub, filled: Path) -> None:
        source = opened(hub, filled)
        repository = fetched(source, PIN)
        described = source.describe(repository)
        assert repository == Repository(PIN, "acme/tiny", MAIN_SHA, CARD)
        assert described.files == ("LICENSE", "README.md")
        assert source.read_file(described, "LICENSE") == b"MIT"
        assert (source.requests, source.cached) == (0, 3)

    def test_unpinned_is_asked_again(self, hub: LocalHub, filled: Path) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": b"new"}, sha="c" * 40)
        source = opened(hub, filled)
        assert fetched(source, MODEL).readme == b"new"
        assert (source.requests, source.cached) == (1, 0)

    @pytest.mark.parametrize("cached_redirects", [False, True])
    def test_what_is_still_the_same_is_asked_once(
        self, hub: LocalHub, filled: Path, cached_redirects: bool
    ) -> None:
        hub.cached_redirects = cached_redirects
        source = opened(hub, filled)
        repository = source.describe(fetched(source, MODEL))
        assert repository.readme == CARD
        assert source.read_file(repository, "LICENSE") == b"MIT"
        assert (source.requests, source.cached) == (1, 3)

    def test_the_same_card_at_another_commit_is_of_that(self, hub: LocalHub, filled: Path) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD, "NOTICE": b"x"}, sha="c" * 40)
        source = opened(hub, filled)
        repository = source.describe(fetched(source, MODEL))
        assert (repository.revision, repository.readme) == ("c" * 40, CARD)
        assert repository.files == ("NOTICE", "README.md")
        assert source.requests == 2

    def test_an_answer_without_a_commit_is_asked_for_in_full(
        self, hub: LocalHub, filled: Path
    ) -> None:
        def unchanged(handler: Handler) -> bool:
            handler.send(304, b"")
            return True

        hub.script = [unchanged]
        source = opened(hub, filled)
        assert fetched(source, MODEL).readme == CARD
        assert (source.requests, source.cached) == (2, 0)

    def test_is_of_one_endpoint(self, filled: Path) -> None:
        other = LiveHub("http://127.0.0.1:9", "", limits=PATIENT, cache=filled, offline=True)
        with pytest.raises(SourceError, match="offline"):
            other.fetch(PIN)


class TestOffline:
    def test_answers_what_was_seen_last(self, hub: LocalHub, filled: Path) -> None:
        source = opened(hub, filled, offline=True)
        repository = source.describe(fetched(source, MODEL))
        assert repository == Repository(
            MODEL, "acme/tiny", MAIN_SHA, CARD, False, ("LICENSE", "README.md")
        )
        assert source.read_file(repository, "LICENSE") == b"MIT"
        old = fetched(source, OLD)
        assert (old.id, old.readme) == ("acme/words", None)
        assert source.describe(old) == old
        assert source.requests == 0

    def test_says_what_is_not_there(self, hub: LocalHub, filled: Path) -> None:
        asked = len(hub.seen)
        source = opened(hub, filled, offline=True)
        for ref in (RepoRef(RepoKind.MODEL, "acme/new"), RepoRef(RepoKind.MODEL, MODEL.id, "v1")):
            with pytest.raises(SourceError, match=r"offline: .* not in the local cache"):
                source.fetch(ref)
        with pytest.raises(SourceError, match="offline: datasets/acme/words/NOTICE"):
            source.read_file(fetched(source, OLD), "NOTICE")
        assert len(hub.seen) == asked

    def test_the_library_refuses_too(
        self, hub: LocalHub, filled: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = opened(hub, filled)
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
        asked = len(hub.seen)
        with pytest.raises(SourceError, match=r"offline: .* was not asked"):
            source.fetch(MODEL)
        assert len(hub.seen) == asked


class TestLibraryCache:
    @pytest.fixture
    def source(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveHub:
        """A hub cache as ``huggingface_hub`` lays it out."""
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
        repo = tmp_path / "hub/models--acme--tiny"
        files = repo / "snapshots" / MAIN_SHA
        files.mkdir(parents=True)
        (repo / "refs").mkdir()
        (repo / "refs/main").write_text(MAIN_SHA)
        (files / "README.md").write_bytes(CARD)
        (files / "LICENSE").write_bytes(b"MIT")
        return LiveHub(token="", limits=PATIENT, cache=tmp_path / "own", offline=True)

    def test_is_read(self, source: LiveHub) -> None:
        for ref in (MODEL, PIN):
            repository = fetched(source, ref)
            assert repository == Repository(ref, "acme/tiny", MAIN_SHA, CARD)
            assert source.read_file(repository, "LICENSE") == b"MIT"
        assert source.cached == 4

    def test_is_bounded(self, source: LiveHub, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("provenance.hub.answered.MAX_FILE_BYTES", 3)
        with pytest.raises(SourceError, match="not in the local cache"):
            source.fetch(MODEL)


class TestFiles:
    @pytest.fixture
    def cache(self, tmp_path: Path) -> FileCache:
        return FileCache(cache_folder(tmp_path, "https://hub.example"), 100)

    def test_keeps_files_and_their_absence(self, cache: FileCache) -> None:
        cache.keep(RepoKind.MODEL, PINNED, "a/b.json", b"{}")
        cache.keep(RepoKind.MODEL, PINNED, "gone", None)
        assert cache.file(RepoKind.MODEL, PINNED, "a/b.json") == CachedFile(b"{}")
        assert cache.file(RepoKind.MODEL, PINNED, "gone") == CachedFile(None)
        assert cache.file(RepoKind.DATASET, PINNED, "a/b.json") is None

    def test_names_stay_in_their_folder(self, cache: FileCache, tmp_path: Path) -> None:
        cache.keep(RepoKind.MODEL, PINNED, "../../../up", b"x")
        cache.remember(RepoKind.MODEL, "acme/tiny", "../../up", PINNED)
        assert cache.pinned(RepoKind.MODEL, "acme/tiny", "../../up") == PINNED
        cache.flush()
        assert [p.name for p in tmp_path.iterdir()] == ["provenance"]
        assert not list(tmp_path.rglob("up*"))

    def test_big_files_and_long_names_are_not_kept(self, cache: FileCache) -> None:
        for path, data in (("big", b"x" * 101), ("n" * 201, b"x")):
            cache.keep(RepoKind.MODEL, PINNED, path, data)
            assert cache.file(RepoKind.MODEL, PINNED, path) is None

    @pytest.mark.parametrize(
        "raw", ["", "[]", '{"id": "../x", "sha": "' + MAIN_SHA + '"}', '{"id":"a","sha":"../x"}']
    )
    def test_damage_is_an_empty_cache(self, cache: FileCache, tmp_path: Path, raw: str) -> None:
        cache.remember(RepoKind.MODEL, "acme/tiny", "main", PINNED)
        cache.keep_info(RepoKind.MODEL, PINNED, b"<html>")
        assert cache.info(RepoKind.MODEL, PINNED) is None
        cache.flush()
        next(tmp_path.rglob("*.cache")).write_text(raw)
        assert cache.pinned(RepoKind.MODEL, "acme/tiny", "main") is None
        assert cache.info(RepoKind.MODEL, PINNED) is None

    def test_a_place_that_cannot_be_written_is_an_empty_cache(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"")
        cache = FileCache(tmp_path / "file", 100)
        cache.keep(RepoKind.MODEL, PINNED, "a", b"x")
        cache.flush()
        assert cache.file(RepoKind.MODEL, PINNED, "a") is None

    def test_a_write_that_fails_leaves_nothing(self, cache: FileCache, tmp_path: Path) -> None:
        cache.keep(RepoKind.MODEL, PINNED, "a", b"x")
        cache.flush()
        target = next(tmp_path.rglob("*.cache"))
        target.unlink()
        (target / "in the way").mkdir(parents=True)
        cache.keep(RepoKind.MODEL, PINNED, "a", b"x")
        cache.flush()
        assert [p.name for p in target.parent.iterdir()] == [target.name]

    def test_a_repository_is_one_file_written_at_the_end(self, tmp_path: Path) -> None:
        cache = FileCache(tmp_path, 100)
        cache.remember(RepoKind.MODEL, "acme/tiny", "main", PINNED)
        cache.keep(RepoKind.MODEL, PINNED, "a", b"x")
        cache.keep(RepoKind.MODEL, PINNED, "b", None)
        assert not list(tmp_path.rglob("*.cache"))
        del cache
        gc.collect()
        assert [p.name for p in tmp_path.rglob("*.cache")] == ["acme--tiny.cache"]

    def test_what_was_kept_first_goes_first(self, tmp_path: Path) -> None:
        cache = FileCache(tmp_path, 100)
        for name in "abc":
            cache.keep(RepoKind.MODEL, PINNED, name, b"x" * 45)
        cache.flush()
        found = [cache.file(RepoKind.MODEL, PINNED, name) is not None for name in "abc"]
        assert found == [False, True, True]

    def test_two_caches_of_one_place_keep_both(self, tmp_path: Path) -> None:
        one, two = FileCache(tmp_path, 100), FileCache(tmp_path, 100)
        for cache, name in ((one, "a"), (two, "b")):
            cache.keep(RepoKind.MODEL, PINNED, name, b"x")
        one.flush()
        two.flush()
        for name in "ab":
            assert two.file(RepoKind.MODEL, PINNED, name) == CachedFile(b"x")

    def test_an_answer_grows_old(self, cache: FileCache) -> None:
        cache.keep_info(RepoKind.MODEL, PINNED, b"{}")
        assert cache.info(RepoKind.MODEL, PINNED, 60) is not None
        assert cache.info(RepoKind.MODEL, PINNED, -1) is None


def test_the_environment_is_honoured(hub: LocalHub, tmp_path: Path) -> None:
    hub.repos[MODEL.path] = Repo({"README.md": CARD})
    program = (
        "from provenance.hub.live import LiveHub\n"
        "from provenance.refs import RepoKind, RepoRef\n"
        "source = LiveHub()\n"
        "print(source.name, source.fetch(RepoRef(RepoKind.MODEL, 'acme/tiny')).revision,"
        " source.requests, source.cached)\n"
    )
    env = {
        **os.environ,
        "HF_ENDPOINT": hub.url,
        "HF_HOME": str(tmp_path),
        "HF_TOKEN": "hf_right",
        "NO_PROXY": "127.0.0.1",
    }
    for offline, counts in (("0", "1 0"), ("1", "0 1")):
        env["HF_HUB_OFFLINE"] = offline
        done = subprocess.run(
            [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == f"{hub.url} {MAIN_SHA} {counts}"
    assert [s.headers.get("authorization") for s in hub.seen] == ["Bearer hf_right"]

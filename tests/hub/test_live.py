from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import ClassVar

import pytest

from provenance.auditing.examine import Examiner
from provenance.catalog import load_catalog
from provenance.cli import run
from provenance.errors import SourceError, UsageError
from provenance.hub.interface import Absence, Absent, Repository
from provenance.hub.live import LiveHub
from provenance.hub.pace import Pace, RequestLimits
from provenance.refs import RepoKind, RepoRef
from provenance.report.evidence import HUB_CROISSANT

from .clock import Clock
from .conftest import CARD, FAST
from .server import (
    MAIN_SHA,
    Behaviour,
    LocalHub,
    Repo,
    dripping,
    reset,
    running_hub,
    stalled,
    status,
    truncated,
)

MODEL = RepoRef(RepoKind.MODEL, "acme/tiny")
DATASET = RepoRef(RepoKind.DATASET, "acme/words")


def fetched(source: LiveHub, ref: RepoRef) -> Repository:
    answer = source.fetch(ref)
    assert isinstance(answer, Repository), answer
    return answer


def absent(source: LiveHub, ref: RepoRef) -> Absent:
    answer = source.fetch(ref)
    assert isinstance(answer, Absent), answer
    assert "\n" not in answer.detail
    return answer


class TestFetch:
    @pytest.mark.parametrize("ref", [MODEL, DATASET])
    def test_one_request_gives_card_and_commit(
        self, hub: LocalHub, live: LiveHub, ref: RepoRef
    ) -> None:
        hub.repos[ref.path] = Repo({"README.md": CARD})
        assert fetched(live, ref) == Repository(ref, ref.id, MAIN_SHA, CARD)
        assert live.requests == len(hub.seen) == 1
        assert live.name == hub.url
        assert live.date is None

    def test_follows_the_redirect_to_the_file_cache(self, hub: LocalHub, live: LiveHub) -> None:
        hub.repos[DATASET.path] = Repo({"README.md": CARD})
        hub.cached_redirects = True
        assert fetched(live, DATASET).revision == MAIN_SHA
        assert live.requests == 2

    def test_a_rename_gives_the_canonical_id(self, hub: LocalHub, live: LiveHub) -> None:
        hub.repos["datasets/rajpurkar/squad"] = Repo({"README.md": CARD})
        hub.renamed["datasets/squad"] = "datasets/rajpurkar/squad"
        old = RepoRef(RepoKind.DATASET, "squad")
        found = fetched(live, old)
        assert (found.id, found.ref) == ("rajpurkar/squad", old)

    def test_a_repository_without_card(self, hub: LocalHub, live: LiveHub) -> None:
        hub.repos[MODEL.path] = Repo({"model.bin": b"x"})
        assert fetched(live, MODEL) == Repository(MODEL, MODEL.id, MAIN_SHA, None)

    def test_a_mirror_that_names_the_commit_to_head_only(
        self, hub: LocalHub, live: LiveHub
    ) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        hub.commit_on_head_only = True
        assert fetched(live, MODEL) == Repository(MODEL, MODEL.id, MAIN_SHA, CARD)
        assert hub.seen[-1].path == f"/acme/tiny/resolve/{MAIN_SHA}/README.md"

    def test_an_endpoint_below_a_path(self, hub: LocalHub, tmp_path: Path) -> None:
        prefixed = LiveHub(f"{hub.url}/hub/", "hf_right", limits=FAST, cache=tmp_path)
        absent(prefixed, MODEL)
        assert hub.seen[0].path == "/hub/acme/tiny/resolve/main/README.md"

    def test_revisions_are_escaped(self, hub: LocalHub, live: LiveHub) -> None:
        ref = RepoRef(RepoKind.MODEL, "acme/tiny", "refs/pr/1")
        absent(live, ref)
        assert hub.seen[0].path == "/acme/tiny/resolve/refs%2Fpr%2F1/README.md"

    @pytest.mark.parametrize(
        "ref",
        [
            RepoRef(RepoKind.MODEL, "../../etc"),
            RepoRef(RepoKind.MODEL, "a/b\nHost: evil"),
            RepoRef(RepoKind.DATASET, "a/b?x#y"),
            RepoRef(RepoKind.MODEL, "acme/tiny", "../../../etc/passwd"),
            RepoRef(RepoKind.MODEL, "acme/tiny", "main\r\nX: y"),
        ],
    )
    def test_hostile_names_are_never_asked(
        self, hub: LocalHub, live: LiveHub, ref: RepoRef
    ) -> None:
        assert absent(live, ref).why in {Absence.NOT_FOUND, Absence.REVISION_NOT_FOUND}
        assert hub.seen == []

    def test_from_eight_threads(self, hub: LocalHub, live: LiveHub) -> None:
        refs = [RepoRef(RepoKind.MODEL, f"acme/m{i}") for i in range(40)]
        hub.repos |= {ref.path: Repo({"README.md": ref.id.encode()}) for ref in refs}
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(live.fetch, refs))
        assert [r.readme for r in found if isinstance(r, Repository)] == [
            ref.id.encode() for ref in refs
        ]
        assert live.requests == len(hub.seen) == 40


class TestAbsences:
    @pytest.mark.parametrize(
        ("state", "with_token", "why"),
        [
            ("private", False, Absence.NOT_FOUND_OR_PRIVATE),
            ("missing", False, Absence.NOT_FOUND_OR_PRIVATE),
            ("missing", True, Absence.NOT_FOUND),
            ("gated", False, Absence.GATED),
            ("gated", True, Absence.GATED),
            ("disabled", False, Absence.WITHDRAWN),
        ],
    )
    def test_are_told_apart(
        self, hub: LocalHub, tmp_path: Path, state: str, with_token: bool, why: Absence
    ) -> None:
        if state != "missing":
            hub.repos[MODEL.path] = Repo({"README.md": CARD}, state=state)
        source = LiveHub(hub.url, "hf_right" if with_token else "", limits=FAST, cache=tmp_path)
        answer = absent(source, MODEL)
        assert answer.why is why
        needs_token = why in {Absence.NOT_FOUND_OR_PRIVATE, Absence.GATED} and not with_token
        assert ("HF_TOKEN" in answer.detail) is needs_token
        assert source.requests == 1

    def test_no_such_revision(self, hub: LocalHub, live: LiveHub) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        answer = absent(live, RepoRef(RepoKind.MODEL, MODEL.id, "v9"))
        assert answer.why is Absence.REVISION_NOT_FOUND

    def test_moved_to_defunct_datasets(self, hub: LocalHub, live: LiveHub) -> None:
        hub.repos["datasets/defunct-datasets/words"] = Repo({"README.md": CARD})
        hub.renamed[DATASET.path] = "datasets/defunct-datasets/words"
        assert absent(live, DATASET).why is Absence.WITHDRAWN

    def test_a_forbidden_repository_is_gated(self, hub: LocalHub, live: LiveHub) -> None:
        hub.script = [status(403, {"X-Error-Message": "Ask for access"})]
        assert absent(live, MODEL).why is Absence.GATED


class TestFailuresAreNoAbsences:
    @pytest.mark.parametrize(
        ("odd", "words"),
        [
            (status(404, body=b"<html>nginx</html>"), "not as a Hub does"),
            (status(401), "not as a Hub does"),
            (status(403), "not as a Hub does"),
            (status(418), "not as a Hub does"),
            (status(799), "unknown status"),
            (status(302, {"Location": "/login"}), "no file of a Hub"),
            (status(302, {"Location": "/spaces/a/resolve/main/x"}), "no file of a Hub"),
            (
                status(302, {"Location": "/datasets/a/b/resolve/main/README.md"}),
                "no file of a Hub",
            ),
            (status(302, {"Location": "/api/resolve-cache/models/a/b"}), "no file of a Hub"),
            (status(302, {"Location": "//[bad"}), "no usable address"),
            (status(302, {"Location": "ftp://x/y"}), "no usable address"),
            (status(302, {"Location": "http://127.0.0.2:1/x"}), "another host"),
            (status(401, {"X-Error-Message": "Invalid credentials"}), "check HF_TOKEN"),
        ],
    )
    def test_at_once(self, hub: LocalHub, live: LiveHub, odd: Behaviour, words: str) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        hub.script = [odd]
        with pytest.raises(SourceError, match=words) as raised:
            live.fetch(MODEL)
        assert "\n" not in str(raised.value)
        assert live.requests == 1

    @pytest.mark.parametrize(
        ("odd", "words"),
        [
            (status(500), "500 Internal Server Error"),
            (status(503, {"Retry-After": "0"}), "503"),
            (status(429, {"Retry-After": "0"}), "429"),
            (reset, "broke off|cannot connect"),
            (truncated, "broke off"),
            (stalled(0.6), "no whole answer in time, 3 times"),
        ],
    )
    def test_after_a_few_attempts(
        self, hub: LocalHub, live: LiveHub, odd: Behaviour, words: str
    ) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        hub.script = [odd] * FAST.attempts
        with pytest.raises(SourceError, match=words) as raised:
            live.fetch(MODEL)
        assert "\n" not in str(raised.value)
        assert live.requests == FAST.attempts

    def test_a_login_page(self, hub: LocalHub, live: LiveHub) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        repository = fetched(live, MODEL)
        portal = status(200, body=b"<html>Log in</html>")
        for ask in (lambda: live.fetch(MODEL), lambda: live.read_file(repository, "LICENSE")):
            hub.script = [portal] * 2
            with pytest.raises(SourceError, match="without X-Repo-Commit"):
                ask()

    def test_a_body_that_drips(self, hub: LocalHub, live: LiveHub) -> None:
        hub.script = [dripping(20, 0.15)] * FAST.attempts
        with pytest.raises(SourceError, match="no whole answer in time, once"):
            live.fetch(MODEL)
        assert live.requests == 1

    @pytest.mark.parametrize(
        "odd", [status(502), status(429, {"Retry-After": "0"}), reset, truncated, stalled(0.5)]
    )
    def test_what_passes_is_tried_again(self, hub: LocalHub, live: LiveHub, odd: Behaviour) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        hub.script = [odd]
        assert fetched(live, MODEL).readme == CARD
        assert live.requests == 2

    def test_nothing_listens(self, tmp_path: Path) -> None:
        with running_hub() as gone:
            url = gone.url
        source = LiveHub(url, "", limits=FAST, cache=tmp_path)
        with pytest.raises(SourceError, match="cannot connect"):
            source.fetch(MODEL)

    def test_too_many_redirects(self, hub: LocalHub, live: LiveHub) -> None:
        here = {"Location": "/acme/tiny/resolve/main/README.md"}
        hub.script = [status(307, here)] * 9
        with pytest.raises(SourceError, match="more than 5 times"):
            live.fetch(MODEL)

    def test_a_huge_card(
        self, hub: LocalHub, live: LiveHub, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("provenance.hub.resolving.MAX_FILE_BYTES", 1000)
        hub.repos[MODEL.path] = Repo({"README.md": b"x" * 1001})
        with pytest.raises(SourceError, match="larger than 1,000 bytes"):
            live.fetch(MODEL)
        assert live.requests == 1


class TestPace:
    @pytest.fixture
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> Clock:
        """The clock of the client that is made after it."""
        clock = Clock()
        paced = partial(Pace, clock=clock, sleep=clock.sleep)
        monkeypatch.setattr("provenance.hub.client.Pace", paced)
        return clock

    def test_waits_as_long_as_asked(self, clock: Clock, hub: LocalHub, live: LiveHub) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        hub.script = [status(429, {"Retry-After": "1"})]
        fetched(live, MODEL)
        assert clock.slept == [1]

    def test_an_empty_quota_holds_the_next_request(
        self, clock: Clock, hub: LocalHub, live: LiveHub
    ) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        quota = {"RateLimit": '"resolvers";r=0;t=1', "X-Repo-Commit": MAIN_SHA}
        hub.script = [status(200, quota, CARD)]
        fetched(live, MODEL)
        assert clock.slept == []
        fetched(live, MODEL)
        assert clock.slept == [1]

    @pytest.mark.parametrize(
        "headers", [{"Retry-After": "300"}, {"RateLimit": '"resolvers";r=0;t=300'}]
    )
    def test_does_not_wait_longer_than_bound(
        self, hub: LocalHub, live: LiveHub, headers: dict[str, str]
    ) -> None:
        hub.script = [status(429, headers)]
        with pytest.raises(SourceError, match=r"asks to wait 300 s.*HF_TOKEN"):
            live.fetch(MODEL)
        assert live.requests == 1

    def test_the_budget_of_requests(self, hub: LocalHub, tmp_path: Path) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        source = LiveHub(hub.url, "", limits=RequestLimits(requests=2), cache=tmp_path)
        fetched(source, MODEL)
        fetched(source, MODEL)
        with pytest.raises(SourceError, match="budget of 2 requests"):
            source.fetch(MODEL)
        assert len(hub.seen) == 2


class TestDescribe:
    def test_one_request_gives_files_and_bytes(self, hub: LocalHub, live: LiveHub) -> None:
        hub.repos[DATASET.path] = Repo({"b.csv": b"1", "README.md": CARD}, main_size=12)
        described = live.describe(fetched(live, DATASET))
        assert (described.files, described.bytes) == (("README.md", "b.csv"), 12)
        assert described.gated is False
        assert live.requests == 2
        assert hub.seen[1].path.startswith(f"/api/datasets/acme/words/revision/{MAIN_SHA}?")

    @pytest.mark.parametrize(
        ("odd", "words"),
        [
            (status(200, body=b"<html>"), "not as the Hub's API does"),
            (status(200, body=b'{"siblings": 3}'), "not as the Hub's API does"),
            (status(302, {"Location": "/login"}), "redirects"),
            (status(404, {"X-Error-Code": "RepoNotFound"}), "cannot be read any more"),
        ],
    )
    def test_failures(self, hub: LocalHub, live: LiveHub, odd: Behaviour, words: str) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        repository = fetched(live, MODEL)
        hub.script = [odd]
        with pytest.raises(SourceError, match=words):
            live.describe(repository)


class TestReadFile:
    def test_reads_at_the_commit(self, hub: LocalHub, live: LiveHub) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD, "a b.json": b"{}"})
        repository = fetched(live, MODEL)
        assert live.read_file(repository, "a b.json") == b"{}"
        assert hub.seen[-1].path == f"/acme/tiny/resolve/{MAIN_SHA}/a%20b.json"

    def test_answers_are_kept(self, hub: LocalHub, live: LiveHub) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD, "LICENSE": b"MIT"})
        repository = fetched(live, MODEL)
        for _ in range(2):
            assert live.read_file(repository, "LICENSE") == b"MIT"
            assert live.read_file(repository, "NOTICE") is None
        assert (live.requests, live.cached) == (3, 2)

    @pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a//b", "a\\b", "", "a\nb"])
    def test_unsafe_paths_are_never_asked(self, hub: LocalHub, live: LiveHub, path: str) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        repository = fetched(live, MODEL)
        assert live.read_file(repository, path) is None
        assert live.requests == 1

    def test_what_the_repository_does_not_list_is_not_asked(
        self, hub: LocalHub, live: LiveHub
    ) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        described = live.describe(fetched(live, MODEL))
        assert live.read_file(described, "LICENSE") is None
        assert live.requests == 2

    def test_what_has_no_commit_is_not_kept(self, hub: LocalHub, live: LiveHub) -> None:
        hub.script = [status(404, {"X-Error-Code": "EntryNotFound"})]
        bare = fetched(live, MODEL)
        assert bare == Repository(MODEL, MODEL.id, None, None)
        hub.repos[MODEL.path] = Repo({"LICENSE": b"MIT"})
        assert live.read_file(bare, "LICENSE") == b"MIT"
        assert live.describe(bare).files == ("LICENSE",)
        assert live.cached == 0

    def test_a_repository_that_went_away(self, hub: LocalHub, live: LiveHub) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        repository = fetched(live, MODEL)
        del hub.repos[MODEL.path]
        with pytest.raises(SourceError, match="cannot be read any more"):
            live.read_file(repository, "LICENSE")


class TestToken:
    def test_goes_to_the_endpoint_only(self, hub: LocalHub, tmp_path: Path) -> None:
        source = LiveHub(hub.url, "hf_right", limits=FAST, cache=tmp_path)
        with running_hub() as other:
            other.repos[MODEL.path] = Repo({"LICENSE": b"long text"})
            hub.repos[MODEL.path] = Repo(
                {"README.md": CARD},
                elsewhere={"LICENSE": f"{other.url}/acme/tiny/resolve/main/LICENSE"},
            )
            repository = fetched(source, MODEL)
            with pytest.raises(SourceError, match="another host"):
                source.read_file(repository, "LICENSE")
            assert other.seen == []
            assert source.read_file(source.describe(repository), "LICENSE") == b"long text"
            assert all(s.headers["authorization"] == "Bearer hf_right" for s in hub.seen)
            assert [s.headers.get("authorization") for s in other.seen] == [None]

    def test_an_address_that_cannot_be(self, hub: LocalHub, live: LiveHub) -> None:
        nowhere = f"http://{'x' * 64}.\xff.example/LICENSE"
        hub.repos[MODEL.path] = Repo({"README.md": CARD}, elsewhere={"LICENSE": nowhere})
        described = live.describe(fetched(live, MODEL))
        with pytest.raises(SourceError, match="cannot ask"):
            live.read_file(described, "LICENSE")

    def test_comes_from_the_environment(
        self, hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_IMPLICIT_TOKEN", False)
        monkeypatch.setenv("HF_TOKEN", "hf_right")
        absent(LiveHub(hub.url, limits=FAST, cache=tmp_path, offline=False), MODEL)
        assert hub.seen[0].headers["authorization"] == "Bearer hf_right"

    def test_a_wrong_one_is_no_absence(self, hub: LocalHub, tmp_path: Path) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        source = LiveHub(hub.url, "hf_wrong", limits=FAST, cache=tmp_path)
        with pytest.raises(SourceError, match="refused the token: check HF_TOKEN") as raised:
            source.fetch(MODEL)
        assert "hf_wrong" not in str(raised.value)

    @pytest.mark.parametrize("token", ["hf_\nx", "hf_é"])
    def test_one_that_no_header_can_hold(self, token: str) -> None:
        with pytest.raises(UsageError, match="HF_TOKEN"):
            LiveHub("http://127.0.0.1:1", token)

    @pytest.mark.parametrize("url", ["ftp://x", "x", "http://u:p@x", "http://x/?q=1", "http://[x"])
    def test_an_endpoint_that_is_none(self, url: str) -> None:
        with pytest.raises(UsageError, match="HF_ENDPOINT"):
            LiveHub(url, "")


class TestCroissant:
    SAID: ClassVar[dict[str, object]] = {
        "@context": {"cr": "http://mlcommons.org/croissant/"}, "license": "https://spdx.org/licenses/MIT",
    }  # fmt: skip

    def test_it_is_asked_for_only_when_wanted(
        self, hub: LocalHub, live: LiveHub, tmp_path: Path
    ) -> None:
        hub.repos[DATASET.path] = Repo({"README.md": CARD}, croissant=self.SAID)
        assert live.read_file(fetched(live, DATASET), HUB_CROISSANT) is None
        assert live.requests == 1
        eager = LiveHub(
            hub.url, limits=FAST, cache=tmp_path / "other", offline=False, croissant=True
        )
        repository = fetched(eager, DATASET)
        data = eager.read_file(repository, HUB_CROISSANT)
        assert data is not None
        assert json.loads(data) == self.SAID
        asked = eager.requests
        assert eager.read_file(repository, HUB_CROISSANT) == data
        assert eager.requests == asked

    def test_a_dataset_without_one_and_a_model(self, hub: LocalHub, tmp_path: Path) -> None:
        hub.repos[DATASET.path] = hub.repos[MODEL.path] = Repo({"README.md": CARD})
        eager = LiveHub(hub.url, limits=FAST, cache=tmp_path, offline=False, croissant=True)
        for ref in (DATASET, MODEL):
            assert eager.read_file(fetched(eager, ref), HUB_CROISSANT) is None
        assert sum("croissant" in seen.path for seen in hub.seen) == 1

    def test_failing_to_have_it_leaves_what_the_card_says(
        self, hub: LocalHub, tmp_path: Path
    ) -> None:
        hub.repos[DATASET.path] = Repo({"README.md": CARD}, croissant=self.SAID)
        for number in range(2):
            eager = LiveHub(hub.url, limits=FAST, cache=tmp_path, offline=False, croissant=True)
            hub.script = [lambda _: False, status(403)] if number == 0 else []
            examined = Examiner(eager, load_catalog()).examine(DATASET)
            assert (examined.status, examined.license.concluded) == ("found", "MIT")
            said = [p for p in examined.problems if "Croissant description was not read" in p]
            assert len(said) == (number == 0)

    def test_an_audit_reads_it_and_a_snapshot_keeps_it(
        self, hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", hub.url)
        monkeypatch.setattr("huggingface_hub.constants.HF_HOME", str(tmp_path / "hf"))
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_IMPLICIT_TOKEN", True)
        hub.repos[DATASET.path] = Repo({"README.md": b"# Words\n"}, croissant=self.SAID)
        kept = tmp_path / "kept"
        assert run(["snapshot", "datasets/acme/words", "-o", str(kept), "--croissant"]) == 0
        for name, source in (("live", ["--croissant"]), ("kept", ["--snapshot", str(kept)])):
            output = tmp_path / f"{name}.json"
            run(["audit", "datasets/acme/words", *source, "-o", str(output)])
            report = json.loads(output.read_text())
            (said,) = report["license"]["statements"]
            assert report["license"]["concluded"] == "MIT"
            assert said["evidence"]["path"] == HUB_CROISSANT
        page = tmp_path / "page.html"
        assert run(["report", str(tmp_path / "live.json"), "-o", str(page)]) == 0
        assert f"{hub.url}/api/datasets/acme/words/croissant" in page.read_text()


class TestWithoutANetwork:
    def test_a_host_that_never_answered_is_waited_for_once(self, tmp_path: Path) -> None:
        limits = RequestLimits(attempts=3, backoff=0.01)
        source = LiveHub("http://127.0.0.1:9", limits=limits, cache=tmp_path)
        for name in ("a", "b", "c"):
            with pytest.raises(SourceError, match="cannot connect"):
                source.fetch(RepoRef(RepoKind.MODEL, f"o/{name}"))
        assert source.requests == 3 + 1 + 1

    def test_a_host_that_answered_is_asked_as_often_as_before(
        self, hub: LocalHub, live: LiveHub
    ) -> None:
        hub.repos[MODEL.path] = Repo({"README.md": CARD})
        fetched(live, MODEL)
        for name in ("a", "b"):
            hub.script = [reset] * FAST.attempts
            with pytest.raises(SourceError):
                live.fetch(RepoRef(RepoKind.MODEL, f"o/{name}"))
        assert live.requests == 1 + 2 * FAST.attempts

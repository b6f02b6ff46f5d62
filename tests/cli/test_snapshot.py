"""``provenance snapshot`` over a local Hub, and the same audit again without it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import constants
from tests.hub.server import LocalHub, Repo, running_hub

from provenance.cli import run
from provenance.cli.exits import Exit

MODEL = b"""---
license: mit
datasets: [org/set, old, org/private, org/gated, words of ours]
base_model: org/base
---
The mixture is in `data_config.json`.
"""


def card(text: str) -> Repo:
    return Repo({"README.md": f"---\n{text}\n---\n".encode()})


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LocalHub]:
    with running_hub() as server:
        config = b'[{"name": "set.jsonl", "lines": 12000, "weight": 3}]'
        server.repos |= {
            "models/org/model": Repo({"README.md": MODEL, "data_config.json": config}),
            "models/org/base": card("datasets: org/set"),
            "datasets/org/set": Repo(
                {"README.md": b"---\nsource_datasets: org/other\n---\n", "LICENSE": b"Mine."},
                main_size=77,
            ),
            "datasets/org/new": card("license: mit"),
            "datasets/org/private": Repo({}, state="private"),
            "datasets/org/gated": Repo({}, state="gated"),
        }
        server.renamed["datasets/old"] = "datasets/org/new"
        monkeypatch.setattr(constants, "ENDPOINT", server.url)
        monkeypatch.setattr(constants, "HF_HOME", str(tmp_path / "hf"))
        monkeypatch.delenv("HF_TOKEN", raising=False)
        yield server


def audit(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, object]]:
    code = run(["audit", "org/model", "--format", "json", "--as-of", "2026-01-01", *options])
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return code, found


def test_the_same_audit_runs_again_offline(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    snap = tmp_path / "snap"
    live_code, live = audit(capsys)
    assert run(["snapshot", "org/model", "-o", str(snap)]) == Exit.OK
    asked = len(hub.seen)
    code, replayed = audit(capsys, "--snapshot", str(snap))
    assert len(hub.seen) == asked
    assert code == live_code
    differing = {key for key in live if live[key] != replayed[key]}
    assert differing <= {"source", "stats"}
    again = audit(capsys, "--snapshot", str(snap), "-j", "1")[1]
    assert again == replayed


def test_absences_are_told_apart(hub: LocalHub, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = audit(capsys)
    lineage = found["lineage"]
    assert isinstance(lineage, dict)
    status = {node["key"]: node["status"] for node in lineage["nodes"]}
    assert status["datasets/org/private"] == "not_found_or_private"
    assert status["datasets/org/gated"] == "gated"
    assert status["datasets/org/new"] == "found"
    assert status["named:words of ours"] == "named"


def test_a_failing_network_never_becomes_the_shipped_facts(
    hub: LocalHub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    code = run(["audit", "sentence-transformers/all-MiniLM-L6-v2"])
    shown = capsys.readouterr()
    assert code == Exit.INCOMPLETE
    assert shown.out == ""
    assert "cannot connect" in shown.err


def test_a_folder_with_other_things_is_not_written_over(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    assert run(["snapshot", "org/model", "-o", str(tmp_path)]) == Exit.USAGE
    assert (tmp_path / "mine.txt").read_text() == "keep me"
    assert "Traceback" not in capsys.readouterr().err


def test_what_could_not_be_saved_is_said(
    hub: LocalHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(handler: object) -> bool:
        handler.send(200, b"<html>login</html>", {"Content-Type": "text/html"})  # type: ignore[attr-defined]
        return True

    hub.script += [lambda _: False, lambda _: False, lambda _: False, broken]
    assert run(["snapshot", "org/model", "-o", str(tmp_path / "snap"), "-j", "1"]) in {
        Exit.INCOMPLETE
    }
    assert "could not be saved" in capsys.readouterr().err

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.hub.server import Repo, running_hub

from provenance.cli import run
from provenance.cli.exits import Exit


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    for name, text in (("=a", ""), ("ann/open", "---\nlicense: mit\n---\n"), ("ann/none", "# x\n")):
        if "/" in name:
            folder = tmp_path / "hub" / "datasets" / name
            folder.mkdir(parents=True)
            (folder / "README.md").write_text(text)
    return tmp_path / "hub"


def test_color_adds_nothing_but_color(snapshot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["census", str(snapshot), "--color", "never"])
    plain = capsys.readouterr().out
    run(["census", str(snapshot), "--color", "always"])
    colored = capsys.readouterr().out
    assert "\x1b[31m█" in colored
    assert "\x1b" not in plain
    lines = re.sub(r"\x1b\[[0-9;]*m", "", colored).splitlines()
    assert [line.rstrip() for line in lines] == plain.splitlines()


def test_text(snapshot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["census", str(snapshot), "-j", "1"]) == Exit.OK
    assert "50.0 % lack an explicit license (1 of 2 datasets)" in capsys.readouterr().out


def test_rows_in_every_format_and_again_from_the_state(snapshot: Path, tmp_path: Path) -> None:
    base = ["census", str(snapshot), "--state", str(tmp_path / "s"), "--as-of", "2026-01-01"]
    for name in ("csv", "jsonl", "parquet", "html"):
        assert run([*base, "-j", "1", "--format", name, "-o", str(tmp_path / f"o.{name}")]) == 0
    lines = list(csv.DictReader((tmp_path / "o.csv").read_text().splitlines()))
    assert [line["id"] for line in lines] == ["ann/none", "ann/open"]
    objects = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text().splitlines()]
    assert [o["concluded"] for o in objects] == ["NONE", "MIT"]
    assert pq.read_table(tmp_path / "o.parquet").column_names == list(objects[0])
    assert (tmp_path / "o.html").read_text().startswith("<!doctype html>")


def test_file_of_ids(
    snapshot: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    ids = tmp_path / "ids.txt"
    ids.write_text("ann/open  # good\n\ndatasets/ann/open\nno/where\n")
    args = ["census", str(ids), "--snapshot", str(snapshot), "-j", "1", "--format", "jsonl"]
    assert run(args) == Exit.INCOMPLETE
    rows = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [(r["id"], r["status"]) for r in rows] == [
        ("ann/open", "found"), ("no/where", "not_in_snapshot"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"a b c\n", "ids.txt:1"), (b"\xff\xfe\x00", "no text")],
)
def test_bad_file_of_ids(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, message: str
) -> None:
    (tmp_path / "ids.txt").write_bytes(content)
    assert run(["census", str(tmp_path / "ids.txt"), "--snapshot", "x"]) == Exit.USAGE
    assert message in capsys.readouterr().err


def test_nothing_there(snapshot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["census", str(snapshot), "--kind", "model", "-j", "1"]) == Exit.NOTHING
    assert run(["census", str(tmp_path / "absent")]) == Exit.USAGE
    assert "no file of ids" in capsys.readouterr().err
    assert run(["census", str(snapshot), "--format", "parquet"]) == Exit.USAGE


def test_an_author_on_the_hub(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_IMPLICIT_TOKEN", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HOME", str(tmp_path / "hf"))
    with running_hub() as hub:
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", hub.url)
        hub.repos["models/ann/m"] = Repo({"README.md": b"---\ndatasets: [ann/d]\n---\n"})
        hub.repos["models/bob/m"] = Repo({"README.md": b"# x\n"})
        hub.repos["datasets/ann/d"] = Repo({"README.md": b"---\nlicense: mit\n---\n"})
        state = ["--state", str(tmp_path / "s"), "--format", "jsonl", "-o", str(tmp_path / "o")]
        args = ["census", "--author", "ann", "--kind", "model"]
        assert run([*args, *state]) == Exit.OK
        (row,) = (json.loads(line) for line in (tmp_path / "o").read_text().splitlines())
        assert (row["id"], row["downloads"], row["year"]) == ("ann/m", 10, 2024)
        assert (row["training_sets"], row["lacking"]) == (1, 0.0)
        asked = len(hub.seen)
        assert run([*args, *state]) == Exit.OK
        assert len(hub.seen) == asked + 1, "the listing again, and no card"
        assert run(["census", "--author", "nobody"]) == Exit.NOTHING
    assert "author nobody: holds no dataset" in capsys.readouterr().err


@pytest.mark.parametrize(
    "args", [[], ["ids.txt", "--author", "a"], ["l.jsonl", "--search", "a"], ["no-such-thing"]]
)
def test_unclear_questions_are_refused(
    args: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["census", *args]) == Exit.USAGE
    assert "--author" in capsys.readouterr().err


def test_listing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    listing = tmp_path / "l.jsonl"
    listing.write_text('{"id": "a/=x", "tags": ["license:mit"]}\n{"id": "=b", "tags": []}\n')
    assert run(["census", str(listing), "--format", "csv"]) == Exit.OK
    out = capfd.readouterr().out
    assert "\n'=b," in out
    assert "\na/=x," in out


def test_what_could_not_be_read_is_no_lack(
    snapshot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = tmp_path / "ids.txt"
    ids.write_text("no/where\nNo/Where\nno/thing\n")
    args = ["census", str(ids), "--snapshot", str(snapshot), "-j", "1"]
    assert run(args) == Exit.INCOMPLETE
    said = capsys.readouterr()
    assert "none of the datasets was examined" in said.out
    assert (
        "2 of the 2 datasets were not examined: of all of them 0.0 % to 100.0 % lack one"
        in said.out
    )
    assert "100.0 % lack an" not in said.out
    assert "2 not examined; first: " in said.err
    assert run([*args, "--format", "html"]) == Exit.INCOMPLETE
    assert "None of the datasets was examined" in capsys.readouterr().out


def test_a_listing_needs_no_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listing = tmp_path / "l.jsonl"
    listing.write_text('{"id": "a/x", "tags": ["license:mit"]}\n')
    assert run(["census", str(listing), "--state", str(tmp_path / "s")]) == Exit.USAGE
    assert "is not needed" in capsys.readouterr().err
    assert run(["census", str(listing), "--snapshot", "bundled"]) == Exit.USAGE


def test_an_interrupt_says_how_to_go_on(
    snapshot: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("provenance.cli.census._rows", interrupted)
    state = tmp_path / "s"
    assert run(["census", str(snapshot), "--state", str(state)]) == Exit.INTERRUPTED
    assert f"interrupted; 0 rows are kept in {state}: run it again" in capsys.readouterr().err
    assert run(["census", str(snapshot)]) == Exit.INTERRUPTED
    assert "--state FILE would have kept" in capsys.readouterr().err


def test_what_else_a_snapshot_holds_is_said(
    snapshot: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (snapshot / "models/ann/finch").mkdir(parents=True)
    (snapshot / "models/ann/finch/README.md").write_text("# Finch\n")
    run(["census", str(snapshot), "-j", "1"])
    assert "not in this table: 1 of kind model (--kind model)" in capsys.readouterr().err

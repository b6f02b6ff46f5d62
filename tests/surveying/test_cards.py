from __future__ import annotations

import datetime
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.errors import InternalError
from provenance.hub.snapshot import open_snapshot
from provenance.refs import RepoKind, RepoRef
from provenance.report.license import LicenseState
from provenance.surveying.cards import snapshot_reader, snapshot_rows, source_rows
from provenance.surveying.row import CensusRow

TODAY = datetime.date(2026, 1, 1)


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    def put(path: str, text: str, info: dict[str, object] | None = None) -> None:
        folder = tmp_path / "hub" / path
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(text, encoding="utf-8")
        if info is not None:
            (folder / "info.json").write_text(json.dumps(info))

    put("datasets/ann/open", "---\nlicense: mit\ntask_categories: [translation, other]\n---\n",
        {"id": "ann/open", "downloads": 12, "lastModified": "2024-02-03T00:00:00Z"})  # fmt: skip
    put("datasets/ann/silent", "# Nothing said\n")
    put("datasets/bob/broken", "---\nlicense: [mit\n---\n")
    put("models/ann/m", "---\ndatasets: [ann/open, ann/silent]\npipeline_tag: fill-mask\n---\n")
    put("models/ann/quiet", "---\nlicense: mit\n---\n# A model\n")
    return tmp_path / "hub"


def taken(snapshot: Path, kind: RepoKind, *ids: str) -> dict[str, CensusRow]:
    source = open_snapshot(snapshot)
    refs = [RepoRef(kind, i) for i in ids or source.ids(kind)]
    taker = snapshot_reader(str(snapshot), TODAY)
    found = {ref.id: taker.row(ref) for ref in refs}
    threads = [r for some in source_rows(source, refs, TODAY, 2, {}) for r in some]
    assert threads == [replace(r, downloads=None, year=None) for r in found.values()]
    return found


def test_rows_of_datasets(snapshot: Path) -> None:
    rows = taken(snapshot, RepoKind.DATASET)
    assert list(rows) == ["ann/open", "ann/silent", "bob/broken"]
    row = rows["ann/open"]
    assert (row.state, row.declared, row.concluded) == ("explicit", "MIT", "MIT")
    assert (row.author, row.status, row.evidence) == ("ann", "found", "README.md:2")
    assert (row.categories, row.downloads, row.year) == ("translation; other", 12, 2024)
    assert rows["ann/silent"].state == "none"
    assert rows["ann/silent"].downloads is None
    broken = rows["bob/broken"]
    assert (broken.status, broken.state, broken.conflict) == ("unreadable", "unresolved", None)
    assert row.conflict is False


def test_rows_of_models(snapshot: Path) -> None:
    rows = taken(snapshot, RepoKind.MODEL)
    row = rows["ann/m"]
    assert (row.training_sets, row.undeclared, row.measure, row.lacking) == (
        2,
        False,
        "datasets",
        0.5,
    )
    assert (row.lacking_low, row.lacking_high) == (0.5, 0.5)
    assert row.categories == "fill-mask"
    assert rows["ann/quiet"].undeclared is True
    quiet = rows["ann/quiet"]
    assert (quiet.lacking, quiet.lacking_low, quiet.lacking_high) == (None, 0.0, 1.0)


def test_a_subject_that_is_not_there_has_a_row(snapshot: Path) -> None:
    rows = taken(snapshot, RepoKind.DATASET, "no/where")
    assert rows["no/where"].state == "unresolved"
    assert rows["no/where"].status == "not_in_snapshot"
    assert taken(snapshot, RepoKind.MODEL, "no/model")["no/model"].undeclared is None


def test_processes_give_what_threads_give(snapshot: Path) -> None:
    refs = [RepoRef(RepoKind.DATASET, i) for i in open_snapshot(snapshot).ids(RepoKind.DATASET)]
    found = [r for some in snapshot_rows(str(snapshot), refs, TODAY, 1) for r in some]
    assert found == list(taken(snapshot, RepoKind.DATASET).values())


def test_every_real_card_is_concluded_and_tags_agree_with_a_count_by_hand(shared: Path) -> None:
    """A tag that is one plain word of a known license, counted with a pattern instead of a parser,
    can only end as that license, as a more exact one, or as a conflict.
    """
    import re

    place = shared / "corpus" / "hub-2023"
    files = sorted((place / "datasets").glob("*/*/README.md"))
    word = re.compile(
        r"^licen[sc]es?:[ \t]*\n?[ \t]*(?:-[ \t]*)?(mit|apache-2\.0|cc-by-4\.0)[ \t]*$", re.M
    )
    by_hand: Counter[str] = Counter()
    ids = []
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
        front = text.split("\n---", 1)[0] if text.startswith("---") else ""
        match = word.findall(front)
        if len(match) == 1:
            by_hand[match[0]] += 1
        ids.append("/".join(file.parts[-3:-1]))
    refs = [RepoRef(RepoKind.DATASET, i) for i in ids]
    rows = [r for some in snapshot_rows(str(place), refs, TODAY, 2) for r in some]
    assert len(rows) == len(files)
    unreadable = [r for r in rows if r.status == "unreadable"]
    assert {r.status for r in rows} == {"found", "unreadable", "over_bound"}
    assert all("longer than what is read" in r.reason for r in rows if r.status == "over_bound")
    assert len(unreadable) < 10
    assert all("front matter" in r.reason for r in unreadable)
    assert {r.state for r in rows} <= {s.value for s in LicenseState}
    symbols = {"mit": "MIT", "apache-2.0": "Apache-2.0", "cc-by-4.0": "CC-BY-4.0"}
    for tag, symbol in symbols.items():
        declaring = sum(symbol in r.declared.split("; ") for r in rows)
        assert by_hand[tag] > 100
        assert declaring >= by_hand[tag] >= 0.9 * declaring, (tag, declaring, by_hand[tag])


def test_a_worker_process_opens_its_own_snapshot(
    snapshot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from provenance.surveying import cards

    monkeypatch.setattr(cards, "_reader", None)
    with pytest.raises(InternalError, match="not opened"):
        cards._snapshot_chunk([])
    cards._open(str(snapshot), TODAY)
    rows = cards._snapshot_chunk([RepoRef(RepoKind.DATASET, "ann/open")])
    assert [r.concluded for r in rows] == ["MIT"]


def test_a_worker_that_dies_is_said(snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures.process import BrokenProcessPool

    from provenance.errors import SourceError
    from provenance.surveying import cards

    def die(*_: object, **__: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(cards, "_in_order", die)
    with pytest.raises(SourceError, match="--jobs 1"):
        list(snapshot_rows(str(snapshot), [], TODAY, 2))


def test_one_job_starts_no_process(snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from provenance.surveying import cards

    monkeypatch.setattr(cards, "ProcessPoolExecutor", None)
    refs = [RepoRef(RepoKind.DATASET, name) for name in ("ann/open", "ann/silent")]
    monkeypatch.setattr(cards, "CHUNK", 1)
    rows = list(snapshot_rows(str(snapshot), refs, TODAY, 1))
    assert [[row.id for row in some] for some in rows] == [["ann/open"], ["ann/silent"]]


def test_info_that_is_no_json_gives_no_numbers(snapshot: Path) -> None:
    (snapshot / "datasets/ann/silent/info.json").write_text('{"downloads": "many"}')
    row = taken(snapshot, RepoKind.DATASET, "ann/silent")["ann/silent"]
    assert (row.downloads, row.year) == (None, None)


def test_a_year_is_four_digits(snapshot: Path) -> None:
    info = snapshot / "datasets" / "ann" / "silent" / "info.json"
    info.write_text(json.dumps({"id": "ann/silent", "lastModified": "\u00b2\u00b2\u00b2\u00b2-01"}))
    assert taken(snapshot, RepoKind.DATASET, "ann/silent")["ann/silent"].year is None


def test_a_model_that_no_fact_is_on_is_not_counted_as_one_that_names_its_data() -> None:
    refs = [RepoRef(RepoKind.MODEL, i) for i in ("facebook/dinov2-base", "google-t5/t5-base")]
    rows = [r for some in source_rows(open_snapshot("bundled"), refs, TODAY, 1, {}) for r in some]
    assert [row.undeclared for row in rows] == [None, False]

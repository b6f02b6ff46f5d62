from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from provenance.errors import SourceError, UsageError
from provenance.refs import RepoKind
from provenance.scanning.sources import list_files
from provenance.surveying.aggregate import Aggregates, aggregate
from provenance.surveying.listing import read_listing
from provenance.surveying.page import page
from provenance.surveying.summary import summary
from provenance.surveying.table import CensusTable

RECORDS: list[dict[str, object]] = [
    {"id": "ann/a", "tags": ["license:mit", "task_categories:translation", "task_categories:x"],
     "downloads": 90, "lastModified": "2024-01-01T00:00:00Z"},
    {"id": "ann/b", "tags": ["license:unknown"], "downloads": 10, "lastModified": "2023-05-01"},
    {"id": "bare", "tags": [], "cardData": {"license": ["cc-by-4.0", "mit"]}},
    {"id": "bob/terms", "tags": ["license:other"],
     "cardData": {"license": "other", "license_name": "bobs-terms", "license_link": "x"}},
    {"id": "<i>/=1+1", "tags": None, "cardData": {"license": None}},
    {"id": "ann/a", "tags": ["license:gpl"], "downloads": 3},
]  # fmt: skip


def rows(path: Path, kind: RepoKind = RepoKind.DATASET) -> dict[str, dict[str, object]]:
    with CensusTable() as table:
        read_listing(table, list_files([str(path)]), kind)
        names = [str(n) for n, *_ in table.ask("DESCRIBE census")]
        found: list[dict[str, object]] = [
            dict(zip(names, row, strict=True)) for row in table.ask("FROM census")
        ]
    assert len({row["id"] for row in found}) == len(found)
    return {str(row["id"]): row for row in found}


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    path = tmp_path / "datasets.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in RECORDS))
    return path


def check(found: dict[str, dict[str, object]]) -> None:
    assert {i: (r["state"], r["concluded"]) for i, r in found.items()} == {
        "ann/a": ("explicit", "MIT"),
        "ann/b": ("none", "NONE"),
        "bare": ("explicit", "CC-BY-4.0 AND MIT"),
        "bob/terms": ("explicit", "LicenseRef-bobs-terms"),
        "<i>/=1+1": ("none", "NONE"),
    }
    assert (found["ann/a"]["downloads"], found["ann/a"]["year"]) == (90, 2024)
    assert found["ann/a"]["categories"] == "translation; x"
    assert found["ann/a"]["evidence"] == "listing /license/0"
    assert (found["bare"]["author"], found["bob/terms"]["author"]) == ("", "bob")


def test_json_lines(listing: Path) -> None:
    check(rows(listing))


def test_parquet_with_nested_and_with_textual_card_data(tmp_path: Path) -> None:
    textual = [{**r, "cardData": json.dumps(r.get("cardData"))} for r in RECORDS]
    pq.write_table(pa.Table.from_pylist(textual), tmp_path / "t.parquet")
    check(rows(tmp_path / "t.parquet"))
    lists = [
        {**r, "cardData": {**c, "license": [c["license"]]} if isinstance(c["license"], str) else c}
        for r in RECORDS
        if isinstance(c := r.get("cardData", {"license": None}), dict)
    ]
    pq.write_table(pa.Table.from_pylist(lists), tmp_path / "n.parquet")
    check(rows(tmp_path / "n.parquet"))


def test_models_take_their_pipeline_as_category(tmp_path: Path) -> None:
    path = tmp_path / "models.jsonl"
    path.write_text('{"modelId": "a/m", "pipeline_tag": "fill-mask", "tags": ["license:mit"]}\n')
    assert rows(path, RepoKind.MODEL)["a/m"]["categories"] == "fill-mask"


def test_what_is_no_listing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"text": "hello"}\n')
    with pytest.raises(UsageError, match="no listing of the Hub"):
        rows(tmp_path / "x.jsonl")
    (tmp_path / "x.csv").write_text("id,tags\na,b\n")
    with pytest.raises(UsageError, match="Parquet or JSON lines"):
        rows(tmp_path / "x.csv")
    (tmp_path / "x.parquet").write_bytes(b"PAR1")
    with pytest.raises(SourceError, match="cannot be read"):
        rows(tmp_path / "x.parquet")


def aggregated(path: Path) -> Aggregates:
    with CensusTable() as table:
        read_listing(table, list_files([str(path)]), RepoKind.DATASET)
        return aggregate(table, "dataset")


def test_aggregates(listing: Path) -> None:
    found = aggregated(listing)
    assert (found.total.subjects, found.total.lacking) == (5, 2)
    assert (found.total.downloads, found.total.downloads_lacking) == (100, 10)
    assert [(s.name, s.subjects) for s in found.states] == [("explicit", 3), ("none", 2)]
    first = found.authors[0]
    assert (first.name, first.subjects, first.lacking) == ("ann", 2, 1)
    assert [s.name for s in found.categories] == ["translation", "x"]
    assert ("attribution", 2) in [(s.name, s.subjects) for s in found.restrictions]
    assert [s.name for s in found.years] == ["2023", "2024"]
    assert found.undeclared is None
    assert found.unread == ()


@pytest.mark.parametrize("width", [80, 140])
def test_summary_fits_and_says_the_shares(listing: Path, width: int) -> None:
    text = summary(aggregated(listing), "datasets.jsonl", width)
    assert "40.0 % lack an explicit license (2 of 5 datasets)" in text
    assert "10.0 % of 100 downloads are of datasets that lack one" in text
    assert all(len(line) <= width for line in text.splitlines())


def test_page_escapes_and_draws(listing: Path) -> None:
    text = page(aggregated(listing), "<script>", datetime.date(2026, 1, 1))
    assert text.count("<script>") == 1, "the page's own"
    assert "License census of &lt;script&gt;" in text
    assert "<i>" not in text
    assert "40.0 %" in text
    assert text.count("<svg") > 5
    assert set(re.findall(r"https?://[^/]*", text)) == {"https://huggingface.co"}


def test_an_empty_listing(tmp_path: Path) -> None:
    schema = pa.schema([("id", pa.string()), ("tags", pa.list_(pa.string()))])
    pq.write_table(schema.empty_table(), tmp_path / "e.parquet")
    found = aggregated(tmp_path / "e.parquet")
    assert found.total.subjects == 0
    assert summary(found, "e", 80) == "Census of e: 0 datasets\n"
    assert "0 datasets" in page(found, "e", datetime.date(2026, 1, 1))


def test_an_odd_line_is_one_unreadable_row_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(
        '{"id": "a/good", "tags": ["license:mit"], "downloads": -5, '
        '"lastModified": 1700000000000}\n'
        "no json\n"
        '{"id": "", "tags": ["license:mit"]}\n'
        '{"id": 7, "tags": []}\n'
        '{"id": "a/tags", "tags": "license:mit"}\n'
        '{"id": "a/card", "tags": [], "cardData": "{bad"}\n'
        '{"id": "a/text", "tags": [], "cardData": "{\\"license\\": \\"gpl-3.0\\"}"}\n'
    )
    found = rows(path)
    assert {i: r["state"] for i, r in found.items() if r["status"] == "listed"} == {
        "a/good": "explicit",
        "a/text": "explicit",
    }
    assert found["a/text"]["concluded"] == "GPL-3.0-only"
    assert (found["a/good"]["downloads"], found["a/good"]["year"]) == (None, 2023)
    bad = {i for i, r in found.items() if r["status"] == "unreadable"}
    assert bad == {"a/tags", "a/card", *(f"(row without id {n})" for n in (1, 2, 3))}
    assert {found[i]["conflict"] for i in found} == {None}
    text = summary(aggregated(path), "odd", 100)
    assert "0.0 % lack an explicit license (0 of the 2 datasets examined)" in text
    assert "5 of the 7 datasets were not examined: of all of them 0.0 % to 71.4 % lack one" in text
    assert "a/card: its cardData is no JSON object" in text
    assert "only metadata was read" in text


def test_text_columns_of_parquet_that_hold_no_json(tmp_path: Path) -> None:
    table = pa.table({"id": ["a/b", "a/c", "a/d"], "tags": ["license:mit", '["license:mit"]', None],
                      "cardData": [None, "null", "{bad"]})  # fmt: skip
    pq.write_table(table, tmp_path / "t.parquet")
    found = rows(tmp_path / "t.parquet")
    assert {i: r["status"] for i, r in found.items()} == {
        "a/b": "unreadable", "a/c": "listed", "a/d": "unreadable",
    }  # fmt: skip
    pq.write_table(pa.table({"id": [1], "tags": [["x"]]}), tmp_path / "i.parquet")
    with pytest.raises(UsageError, match="no id in words"):
        rows(tmp_path / "i.parquet")


def test_groups_are_weighted_by_downloads_and_equals_stand_in_order(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    records = [
        {"id": f"author{n}/x", "tags": ["license:mit"] if n % 2 else [], "downloads": n,
         "lastModified": "2024-01-01"}
        for n in (10, 2, 1)
    ]  # fmt: skip
    records.append({"id": "author2/y", "tags": ["license:mit"], "downloads": 8})
    path.write_text("".join(json.dumps(r) + "\n" for r in records))
    found = aggregated(path)
    assert [s.name for s in found.authors] == ["author2", "author1", "author10"]
    text = summary(found, "l", 140)
    assert "author2                                                2   50.0 %        20.0 %" in text
    assert "Year of last change" in text
    assert "by downloads" in page(found, "l", datetime.date(2026, 1, 1))


def test_a_year_plot_has_its_years_and_numbers(listing: Path) -> None:
    text = page(aggregated(listing), "l", datetime.date(2026, 1, 1))
    for year in ("2023", "2024"):
        assert f"<span>{year}</span>" in text
        assert f'<th scope="row">{year}</th>' in text

"""Rows, CSV, frames and Parquet of one report."""

from __future__ import annotations

import builtins
import csv
import io
from dataclasses import replace

import pandas
import pytest
from tests.render import factory
from tests.render.golden import assert_golden

from provenance.errors import UsageError
from provenance.render import FORMATS, Page
from provenance.render.frames import findings_frame, parquet, training_sets_frame
from provenance.render.tables import FINDING_COLUMNS, SET_COLUMNS


def _read(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(FORMATS[name](factory.report(), Page()))))


def test_csv_is_as_accepted() -> None:
    assert_golden("rich.csv", FORMATS["csv"](factory.report(), Page()))
    assert_golden("rich-findings.csv", FORMATS["csv-findings"](factory.report(), Page()))


def test_csv_has_a_row_for_every_set_and_finding() -> None:
    report = factory.report()
    sets, findings = _read("csv"), _read("csv-findings")
    assert [row["name"] for row in sets] == [s.name for s in report.training_sets]
    assert sets[0]["rows"] == "726484430"
    assert sets[0]["lacks"] == "true"
    assert float(sets[0]["share"]) == pytest.approx(726_484_430 / 1_170_060_424)
    assert [row["code"] for row in findings] == [f.code for f in report.findings]
    assert [row["code"] for row in findings if row["waived_by"] == "data-team"] == ["LIC004"]


def test_csv_loses_no_measure_and_no_place() -> None:
    first = _read("csv")[0]
    assert first["measures"] == (
        "726484430 pairs (README.md table at line 33); 50 sampling weight (data_config.json)"
    )
    conflict = next(row for row in _read("csv-findings") if row["code"] == "LIC006")
    assert [place.partition("@")[2][40:] for place in conflict["seen_at"].split("; ")] == [
        ":README.md:2 /license",
        ":README.md:11",
    ]
    assert conflict["subjects"] == "datasets/stanford-ish/inference-pairs"
    report = factory.report()
    several = replace(report.findings[0], subjects=("datasets/a/b", "named:c d"))
    text = FORMATS["csv-findings"](replace(report, findings=(several,)), Page())
    assert next(csv.DictReader(io.StringIO(text)))["subjects"] == "datasets/a/b; named:c d"


@pytest.mark.parametrize("name", ["csv", "csv-findings"])
def test_no_cell_is_a_formula(name: str) -> None:
    rows = csv.reader(io.StringIO(FORMATS[name](factory.hostile(), Page())))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_frames_have_types_a_person_can_compute_with() -> None:
    frame = training_sets_frame(factory.report())
    assert list(frame.columns) == list(SET_COLUMNS)
    assert frame.loc[frame["lacks"], "published"].sum() == 726_484_430 + 41_000_512 + 4_576_643
    assert frame["tokens"].isna().all()
    assert list(findings_frame(factory.report()).columns) == list(FINDING_COLUMNS)
    assert len(training_sets_frame(factory.undeclared())) == 0


def test_parquet_comes_back() -> None:
    frame = training_sets_frame(factory.report())
    again = pandas.read_parquet(io.BytesIO(parquet(frame)))
    assert list(again["id"].dropna()) == list(frame["id"].dropna())
    assert again["published"].sum() == frame["published"].sum()


def test_frames_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *args: object, **kwargs: object) -> object:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *args, **kwargs)  # type: ignore[arg-type]  # passed on untouched

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(UsageError, match="pip install"):
        training_sets_frame(factory.report())


def test_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object, **__: object) -> None:
        raise ImportError("pyarrow")

    frame = training_sets_frame(factory.report())
    monkeypatch.setattr(pandas.DataFrame, "to_parquet", absent)
    with pytest.raises(UsageError, match="pyarrow"):
        parquet(frame)

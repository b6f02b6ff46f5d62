from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import provenance
from provenance.policy import load_policy
from provenance.report.coverage import Coverage, MeasureKind, Reading
from provenance.report.facts import Facts
from provenance.report.finding import Verdict
from provenance.report.license import LicenseState
from provenance.report.training import TrainingSet
from provenance.scanning.layout import (
    Column,
    ColumnPath,
    Columns,
    DataFile,
    FileCount,
    FileFormat,
    Group,
    Shape,
)  # fmt: skip
from provenance.scanning.report import corpus_report
from provenance.scanning.subject import corpus_facts

LICENSE = Column(ColumnPath(("metadata", "license")), Shape.TEXT)
TEXT = Column(ColumnPath(("text",)), Shape.TEXT)
TOKENS = Column(ColumnPath(("n_tokens",)), Shape.NUMBER)
BOTH = Columns(LICENSE, TEXT, None)


def file(name: str, source: str = "data") -> DataFile:
    return DataFile(f"{source}/{name}", FileFormat.PARQUET, source, 10, "")


def counted(
    *groups: Group, name: str = "a.parquet", columns: Columns = BOTH, source: str = "data",
    unreadable: int = 0, population: int | None = None,
) -> FileCount:  # fmt: skip
    rows = unreadable + sum(g.rows for g in groups)
    where = file(name, source)
    return FileCount(where, columns, groups, unreadable, population or rows)


def failed(name: str) -> FileCount:
    return FileCount(file(name), Columns(None, None, None), (), 0, 0, "cut short")


def facts(*counts: FileCount) -> Facts:
    return corpus_facts("mine", counts, datetime.date(2026, 1, 1))


def by_name(found: Facts) -> dict[str, TrainingSet]:
    return {s.name: s for s in found.training_sets}


def direct(found: Facts) -> dict[MeasureKind, Coverage]:
    return {c.measure: c for c in found.coverage if c.reading is Reading.DIRECT}


def test_values_of_one_meaning_are_one_group_and_silence_is_several() -> None:
    found = facts(
        counted(
            Group('"mit"', 5, 50, None), Group('"MIT License"', 1, 10, None),
            Group("null", 2, 20, None), Group('""', 1, 4, None), Group("[]", 1, 8, None),
            Group('"unknown"', 3, 8, None), Group('"my terms"', 1, 1, None),
            Group('"their terms"', 2, 1, None),
        )
    )  # fmt: skip
    sets = by_name(found)
    assert {n: s.weight.rows for n, s in sets.items()} == {
        "MIT": 6, "null": 2, "empty string": 1, "empty list": 1, "placeholder": 3,
        "unrecognised values": 3,
    }  # fmt: skip
    assert sets["MIT"].weight.bytes == 60
    assert sets["MIT"].license.concluded == "MIT"
    assert [s.raw for s in sets["MIT"].license.statements] == ["mit", "MIT License"]
    assert sets["MIT"].evidence[0].path == "data/a.parquet"
    assert sets["MIT"].evidence[0].pointer == "/metadata/license"
    rows = direct(found)[MeasureKind.ROWS]
    assert (rows.total, rows.lacking, rows.headline) == (16, 10, True)
    tokens = direct(found)[MeasureKind.TOKENS]
    assert tokens.total == 102 / 4
    assert "bytes / 4" in tokens.basis
    assert MeasureKind.DATASETS not in direct(found)


def test_sources_are_kept_apart_and_named_when_there_are_several() -> None:
    one = counted(Group('"mit"', 1, 1, None))
    two = counted(Group('"mit"', 2, 2, None), source="data/deep")
    assert [s.name for s in facts(one, two).training_sets] == ["data: MIT", "deep: MIT"]


def test_counted_tokens_are_the_headline() -> None:
    columns = Columns(LICENSE, TEXT, TOKENS)
    found = facts(counted(Group('"mit"', 1, 1, 7), Group("null", 1, 1, 3), columns=columns))
    tokens = direct(found)[MeasureKind.TOKENS]
    assert (tokens.headline, tokens.total, tokens.fraction) == (True, 10, 0.3)


def test_what_could_not_be_read_is_a_set_of_unknown_weight_and_never_passes() -> None:
    found = facts(counted(Group('"cc0-1.0"', 9, 9, None), unreadable=1), failed("bad.parquet"))
    sets = by_name(found)
    assert sets["unreadable lines of data/a.parquet"].weight.rows == 1
    assert sets["data/bad.parquet"].license.state is LicenseState.UNRESOLVED
    rows = direct(found)[MeasureKind.ROWS]
    assert (rows.fraction, rows.not_examined, rows.high, rows.unknown) == (0, 1, 1.0, 1)
    policy = load_policy("builtin:research", Path.cwd())
    report = corpus_report(found, policy, "data")
    assert report.verdict is not Verdict.PASS
    assert any("1 file could not be read" in note.message for note in report.notes)


def test_many_unreadable_files_are_counted_together_in_the_end() -> None:
    found = facts(counted(Group('"mit"', 1, 1, None)), *(failed(f"{i}.x") for i in range(60)))
    assert "10 more files" in by_name(found)


def test_a_sample_is_scaled_and_has_an_interval() -> None:
    found = facts(
        counted(Group('"mit"', 60, 600, None, 6000.0), Group("null", 40, 400, None, 4000.0),
                population=1000),
        counted(Group('"mit"', 50, 500, None, 5000.0), name="b.parquet", population=500),
    )  # fmt: skip
    assert by_name(found)["null"].weight.rows == 400
    for measure in (MeasureKind.ROWS, MeasureKind.BYTES, MeasureKind.TOKENS):
        coverage = direct(found)[measure]
        assert coverage.fraction is not None
        assert abs(coverage.fraction - 400 / 1500) < 1e-9
        assert 0.2 < coverage.low < coverage.fraction < coverage.high < 0.35
        assert "95 % interval" in coverage.basis
    assert any("an estimate: 150 of 1,500 records" in n.message for n in found.notes)


def test_the_corpus_is_explicit_only_when_every_record_is() -> None:
    assert facts(counted(Group('"mit"', 1, 1, None))).license.concluded == "MIT"
    both = facts(counted(Group('"mit"', 1, 1, None), Group('"MIT OR Apache-2.0"', 1, 1, None)))
    assert both.license.concluded == "MIT AND (MIT OR Apache-2.0)"
    mixed = facts(counted(Group('"mit"', 1, 1, None), Group("null", 1, 1, None)))
    assert mixed.license.state is LicenseState.AMBIGUOUS
    assert facts(counted(Group("null", 1, 1, None))).license.state is LicenseState.NONE
    many = [Group(f'"GPL-2.0-only AND {x}"', 1, 1, None) for x in (
        "MIT", "ISC", "Zlib", "X11", "NCSA", "BSL-1.0", "W3C", "PSF-2.0", "Unlicense", "WTFPL",
        "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "MPL-2.0", "EPL-2.0", "CC0-1.0",
        "CC-BY-4.0", "CC-BY-3.0", "OFL-1.1", "Artistic-2.0", "PostgreSQL",
    )]  # fmt: skip
    assert facts(counted(*many)).license.concluded == "LicenseRef-record-level"


def test_a_policy_denies_one_group() -> None:
    found = facts(counted(Group('"cc-by-nc-4.0"', 1, 1, None), Group('"mit"', 99, 99, None)))
    report = corpus_report(found, load_policy(None, Path("/")), "data")
    assert report.subject.kind == "corpus"
    assert any("CC-BY-NC-4.0" in f.message for f in report.findings)


def test_files_of_nothing() -> None:
    found = facts(FileCount(file("a"), BOTH, (), 0, 0))
    assert found.training_sets == ()
    assert found.license.state is LicenseState.NONE


def test_the_interval_of_tokens_is_of_tokens() -> None:
    columns = Columns(LICENSE, TEXT, TOKENS)
    one = counted(
        Group('"mit"', 50, 50_000, 500, 5e7, 5e3), Group("null", 50, 50, 50_000, 50.0, 5e7),
        columns=columns, population=10_000,
    )  # fmt: skip
    found = direct(facts(one))
    for measure in (MeasureKind.TOKENS, MeasureKind.BYTES, MeasureKind.ROWS):
        coverage = found[measure]
        assert coverage.fraction is not None
        assert coverage.low < coverage.fraction < coverage.high
    assert found[MeasureKind.TOKENS].low > 0.97


def test_records_without_a_count_of_tokens_leave_an_estimate() -> None:
    columns = Columns(LICENSE, TEXT, TOKENS)
    found = facts(
        counted(Group('"mit"', 2, 8, 7), Group("null", 2, 8, 0, uncounted=2), columns=columns)
    )
    tokens = direct(found)[MeasureKind.TOKENS]
    assert (tokens.headline, tokens.fraction, tokens.total) == (False, 0.5, 4)
    assert any("2 of 4 records read have no count" in note.message for note in found.notes)
    empty = FileCount(file("none.csv"), Columns(None, None, None), (), 0, 0)
    counts = counted(Group('"mit"', 2, 8, 7), Group("null", 2, 8, 3), columns=columns)
    assert direct(facts(counts, empty))[MeasureKind.TOKENS].headline


def test_a_file_that_cannot_be_read_may_hold_anything() -> None:
    sample = counted(Group('"mit"', 50, 500, None, 5e3), Group("null", 50, 500, None, 5e3),
                     population=9999)  # fmt: skip
    whole = direct(facts(sample))[MeasureKind.ROWS]
    short = direct(facts(sample, failed("b.parquet")))[MeasureKind.ROWS]
    assert 0 < whole.low < whole.high < 1
    assert (short.low, short.high) == (0.0, 1.0)
    assert whole.low < 0.45


def test_evidence_is_of_the_source_it_speaks_for() -> None:
    one = counted(Group('"mit"', 1, 1, None))
    two = counted(Group('"mit"', 2, 2, None), name="b.csv", source="data/deep")
    deep = by_name(facts(one, two))["deep: MIT"]
    assert [e.path for e in deep.evidence] == ["data/deep/b.csv"]
    assert [s.evidence.path for s in deep.license.statements] == ["data/deep/b.csv"]


def test_families_and_other_are_groups_of_their_own() -> None:
    found = facts(
        counted(
            Group('"other"', 4, 1, None), Group('"gpl"', 3, 1, None), Group('"cc"', 2, 1, None),
            Group('"my terms"', 1, 1, None), Group('"mit"', 90, 1, None),
        )
    )  # fmt: skip
    rows = {name: s.weight.rows for name, s in by_name(found).items()}
    assert sorted(weight or 0 for weight in rows.values()) == [1, 2, 3, 4, 90]
    report = corpus_report(found, load_policy(None, Path("/")), "data")
    said = [f.message for f in report.findings]
    assert any("names no license known here" in message for message in said), said
    assert any("2 name a license that could be several" in message for message in said), said


@pytest.mark.parametrize(
    ("value", "code"), [("other", "LIC012"), ("not MIT", "LIC004"), ("MIT or so", "LIC004")]
)
def test_only_records_that_say_other_are_told_so(tmp_path: Path, value: str, code: str) -> None:
    (tmp_path / "a.csv").write_text(f"license,text\n{value},x\n")
    report = provenance.scan(tmp_path / "a.csv", policy="strict")
    said = {f.code: f.message for f in report.findings if f.code in {"LIC004", "LIC012"}}
    assert list(said) == [code], said
    assert "tag" not in said[code]

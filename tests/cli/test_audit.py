"""The command from argument to exit code, over snapshots made for each test."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from provenance.cli import run
from provenance.cli.exits import Exit, combine

CLEAN = {
    "models/org/clean/README.md": "---\nlicense: apache-2.0\ndatasets: [org/mit]\n---\n",
    "models/org/lacking/README.md": "---\nlicense: mit\ndatasets: [org/mit, org/none]\n---\n",
    "models/org/silent/README.md": "---\nlicense: mit\n---\n# A model\n",
    "models/org/broken/README.md": "---\ndatasets: [\n---\n",
    "datasets/org/mit/README.md": "---\nlicense: mit\n---\n",
    "datasets/org/none/README.md": "# A set\n",
}


@pytest.fixture
def snap(tmp_path: Path) -> Path:
    root = tmp_path / "snap"
    for name, text in CLEAN.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def report(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, dict[str, object]]:
    code = run(["audit", *args, "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return code, found


def test_a_clean_model_passes(snap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = report(capsys, "org/clean", "--snapshot", str(snap))
    assert (code, found["verdict"]) == (Exit.OK, "pass")


def test_a_model_lacking_licenses_fails(snap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = report(capsys, "org/lacking", "--snapshot", str(snap))
    assert (code, found["verdict"]) == (Exit.VIOLATED, "fail")
    assert run(["audit", "org/lacking", "--snapshot", str(snap), "--exit-zero"]) == Exit.OK


@pytest.mark.parametrize("model", ["org/silent", "org/broken"])
def test_an_undeclared_model_never_passes(
    snap: Path, capsys: pytest.CaptureFixture[str], model: str
) -> None:
    code, found = report(capsys, model, "--snapshot", str(snap))
    assert code in {Exit.VIOLATED, Exit.INCOMPLETE}
    assert found["verdict"] != "pass"
    assert found["undeclared"] is True
    coverage = found["coverage"]
    assert isinstance(coverage, list)
    assert all(c["fraction"] is None for c in coverage)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["../../etc"], Exit.USAGE),
        (["a b"], Exit.USAGE),
        (["org/clean", "--as-of", "yesterday"], Exit.USAGE),
        (["org/clean", "--format", "nonsense"], Exit.USAGE),
        (["org/clean", "--policy", "no-such-policy"], Exit.USAGE),
        (["org/clean", "--jobs", "0"], Exit.USAGE),
        (["org/missing"], Exit.NOTHING),
        (["org/clean", "org/missing"], Exit.NOTHING),
        (["org/lacking", "org/missing"], Exit.VIOLATED),
    ],
)
def test_exit_codes(
    snap: Path, capsys: pytest.CaptureFixture[str], args: list[str], code: Exit
) -> None:
    assert run(["audit", *args, "--snapshot", str(snap)]) == code
    errors = capsys.readouterr().err
    assert "Traceback" not in errors


def test_the_ending_of_the_file_says_the_format(snap: Path, tmp_path: Path) -> None:
    args = ["audit", "org/clean", "--snapshot", str(snap), "--exit-zero", "-o"]
    for name, starts in (("page.html", b"<!DOCTYPE html>"), ("sets.parquet", b"PAR1")):
        target = tmp_path / name
        assert run([*args, str(target)]) == Exit.OK
        assert target.read_bytes().startswith(starts)
    assert run([*args, str(tmp_path / "sheet.xlsx")]) == Exit.USAGE
    assert run([*args[:-1], "--format", "parquet"]) == Exit.USAGE


def test_a_format_for_one_subject_is_refused_before_the_audit(
    snap: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ["audit", "org/clean", "org/silent", "--snapshot", str(snap)]
    assert run([*args, "--format", "cyclonedx"]) == Exit.USAGE
    assert "use text, json, markdown, html, csv, csv-findings" in capsys.readouterr().err
    assert run([*args, "--format", "csv", "--exit-zero"]) == Exit.OK
    assert capsys.readouterr().out.count("\n") == 2


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html", "csv", "csv-findings"])
def test_a_subject_that_was_not_read_is_seen_among_several(
    snap: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    args = ["audit", "org/clean", "org/missing", "datasets/org/gone", "--snapshot", str(snap)]
    assert run([*args, "--format", form]) == Exit.NOTHING
    out = capsys.readouterr().out
    for missing in ("org/missing", "org/gone"):
        said = [line for line in out.splitlines() if missing in line]
        assert said
        if form in {"json", "csv"}:
            assert "snapshot" in said[0]
    if form in {"text", "markdown"}:
        assert out.count("was not read") == 2


def test_several_subjects_as_parquet_hold_one_that_was_not_read(snap: Path, tmp_path: Path) -> None:
    frames = pytest.importorskip("pandas")
    target = tmp_path / "sets.parquet"
    args = ["audit", "org/clean", "org/missing", "--snapshot", str(snap), "-o", str(target)]
    assert run(args) == Exit.NOTHING
    rows = frames.read_parquet(target)
    assert list(rows["subject"]) == ["org/clean", "org/missing"]
    assert "not read" in rows["unresolved_reason"][1]


def test_a_missing_snapshot_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "org/clean", "--snapshot", "/no/such/place"]) == Exit.USAGE
    assert capsys.readouterr().err.count("\n") == 1


def test_same_bytes_everywhere(
    snap: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = []
    for jobs, where in (("1", tmp_path), ("16", snap)):
        monkeypatch.chdir(where)
        args = ["org/lacking", "--snapshot", str(snap), "--as-of", "2026-01-01", "-j", jobs]
        for form in ("json", "text", "markdown"):
            run(["audit", *args, "--format", form])
            outputs.append(capsys.readouterr().out)
    assert outputs[:3] == outputs[3:]


def test_a_zip_gives_the_same_report(
    snap: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = tmp_path / "snap.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(snap.rglob("*.md")):
            archive.write(path, path.relative_to(snap))
    _, folder = report(capsys, "org/lacking", "--snapshot", str(snap))
    _, zipped = report(capsys, "org/lacking", "--snapshot", str(packed))
    assert {**folder, "source": 0} == {**zipped, "source": 0}


def test_output_goes_to_a_file_whole(
    snap: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "report.json"
    args = ["audit", "org/clean", "--snapshot", str(snap), "--format", "json"]
    assert run([*args, "-o", str(target)]) == Exit.OK
    assert json.loads(target.read_text())["verdict"] == "pass"
    assert capsys.readouterr().out == ""
    assert run([*args, "-o", str(tmp_path / "none" / "x")]) == Exit.USAGE


def test_several_subjects_are_json_lines(snap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["audit", "org/clean", "org/lacking", "--snapshot", str(snap), "--format", "json"])
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["subject"]["id"] for line in lines] == ["org/clean", "org/lacking"]


def test_a_local_folder_is_a_subject(
    snap: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "README.md").write_text("---\nlicense: mit\ndatasets: org/mit\n---\n")
    code, found = report(capsys, str(folder), "--snapshot", str(snap))
    assert code == Exit.OK
    assert found["training_sets"][0]["license"]["concluded"] == "MIT"  # type: ignore[index]


HOSTILE = {
    "binary": b"\x00\x01\x02" * 100,
    "bomb": b"---\na0: &a0 [x,x,x,x,x,x,x,x]\n"
    + b"".join(
        b"a%d: &a%d [%s]\n" % (i, i, b",".join([b"*a%d" % (i - 1)] * 8)) for i in range(1, 12)
    )
    + b"---\n",
    "deep": b"---\na: " + b"[" * 60_000 + b"\n---\n",
    "types": b"---\ndatasets: {1: [2, {3: 4}]}\nlicense: {a: [mit]}\nbase_model: 7\ntags: x\n---\n",
    "ids": b"---\ndatasets: ['../../etc/passwd', 'org/none\x07', \"\\e[31m\", '<script>',"
    b" 'a|b']\n---\n",
    "large": b"---\nlicense: mit\n---\n" + b"trained on words and words. " * 200_000,
    "tag": b"---\ndatasets: !!python/object/apply:os.system ['touch pwned']\n---\n",
    "bidi": "---\ndatasets: ['abc\u202edef']\n---\n".encode(),
}


@pytest.mark.parametrize("kind", list(HOSTILE))
def test_bad_cards_are_reported_and_never_obeyed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    card = tmp_path / "snap" / "models" / "org" / "bad" / "README.md"
    card.parent.mkdir(parents=True)
    card.write_bytes(HOSTILE[kind])
    for form in ("text", "markdown", "json"):
        code = run(["audit", "org/bad", "--snapshot", "snap", "--format", form])
        shown = capsys.readouterr()
        assert code in {Exit.VIOLATED, Exit.INCOMPLETE}
        assert "Traceback" not in shown.err
        assert not {"\x1b", "\x07", "\u202e"} & set(shown.out + shown.err)
    assert not (tmp_path / "pwned").exists()


def test_precedence_of_exit_codes() -> None:
    assert combine([Exit.OK, Exit.INCOMPLETE, Exit.VIOLATED]) == Exit.VIOLATED
    assert combine([Exit.NOTHING, Exit.INCOMPLETE]) == Exit.INCOMPLETE
    assert combine([]) == Exit.OK


def test_the_installed_command_runs(snap: Path) -> None:
    command = Path(sys.executable).with_name("provenance")
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(
        [str(command), "audit", "org/clean", "--snapshot", str(snap)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0
    assert done.stderr == ""
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_a_folder_named_like_its_base_model_is_not_its_own_base(
    snap: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "clean"
    folder.mkdir()
    (folder / "README.md").write_text("---\ndatasets: org/mit\nbase_model: clean\n---\n")
    _, found = report(capsys, str(folder), "--snapshot", str(snap))
    lineage = found["lineage"]
    assert isinstance(lineage, dict)
    assert {n["key"]: n["status"] for n in lineage["nodes"]}["models/clean"] == "not_in_snapshot"


TODAY = datetime.date.today()


def days_ago(days: int) -> str:
    return (TODAY - datetime.timedelta(days)).isoformat()


def accepting(folder: Path, until: str) -> list[str]:
    """Options for a policy that accepts what ``org/lacking`` lacks, until a day."""
    policy = folder / "provenance.yaml"
    policy.write_text(
        "version: 1\nextends: [builtin:default@1]\nexceptions:\n"
        + "".join(
            f"- {{rule: {rule}, subject: {subject}, reason: risk-accepted, comment: small, "
            f"owner: me, expires: {until}}}\n"
            for rule, subject in (("COV001", "models/org/lacking"), ("LIC003", "datasets/org/*"))
        )
    )
    return ["--policy", str(policy)]


def test_exceptions_waive_and_can_be_asked_not_to(
    snap: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--snapshot", str(snap), *accepting(tmp_path, days_ago(-90))]
    args = ["org/lacking", *where, "--as-of", days_ago(90)]
    assert run(["audit", *args]) == Exit.OK
    assert "risk-accepted" not in capsys.readouterr().out
    assert run(["audit", *args, "--show-suppressed"]) == Exit.OK
    assert "risk-accepted" in capsys.readouterr().out
    assert run(["audit", *args, "--no-exceptions"]) == Exit.VIOLATED
    capsys.readouterr()
    late = [*args[:-1], days_ago(-91)]
    assert run(["audit", *late]) == Exit.VIOLATED


def test_a_date_in_the_past_revives_no_exception(
    snap: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--snapshot", str(snap), *accepting(tmp_path, days_ago(1))]
    code, found = report(capsys, "org/lacking", *where, "--as-of", days_ago(90))
    assert found["verdict"] == "pass"
    assert code == Exit.VIOLATED
    assert run(["audit", "org/lacking", *where, "--as-of", days_ago(90)]) == Exit.VIOLATED
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"and 1 more held on {days_ago(90)} and no longer does" in said


def test_warnings_can_fail(snap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (snap / "datasets/org/mit/README.md").write_text("---\nlicense: cc-by-4.0\n---\n")
    _, found = report(capsys, "org/clean", "--snapshot", str(snap), "--policy", "gdpr")
    findings = found["findings"]
    assert isinstance(findings, list)
    warned = any(f["severity"] == "warning" for f in findings)
    code, _ = report(
        capsys, "org/clean", "--snapshot", str(snap), "--policy", "gdpr", "--fail-on", "warning"
    )
    assert warned
    assert code == Exit.VIOLATED


def test_a_reader_that_stops_early_changes_no_exit_code(snap: Path) -> None:
    command = Path(sys.executable).with_name("provenance")
    line = f"'{command}' audit org/lacking --snapshot '{snap}' --all; echo $? >&2"
    done = subprocess.run(
        ["bash", "-c", f"({line}) | true"], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == "1"


def test_what_was_relicensed_since_a_saved_report_is_found(
    snap: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "old.json"
    args = ["org/clean", "--snapshot", str(snap)]
    run(["audit", *args, "--format", "json", "-o", str(saved)])
    _, same = report(capsys, *args, "--earlier", str(saved))
    (snap / "datasets/org/mit/README.md").write_text("---\nlicense: cc-by-4.0\n---\n")
    _, changed = report(capsys, *args, "--earlier", str(saved))
    codes = [{f["code"] for f in r["findings"]} for r in (same, changed)]  # type: ignore[attr-defined]
    assert "LIC008" not in codes[0]
    assert "LIC008" in codes[1]
    assert run(["audit", *args, "--earlier", str(tmp_path / "none.json")]) == Exit.USAGE


def test_nothing_else_is_meant_by_a_name_that_is_there_at_another_revision(
    snap: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = snap / "models/org/cleaner/README.md"
    other.parent.mkdir()
    other.write_text("# A model")
    assert run(["audit", "org/clean@v9", "--snapshot", str(snap)]) == 4
    said = capsys.readouterr().err
    assert "not at v9" in said
    assert "did you mean" not in said

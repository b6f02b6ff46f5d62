from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import UsageError
from provenance.refs import (
    LocalFolder,
    RepoKind,
    RepoRef,
    is_repo_id,
    parse_hub_url,
    parse_repo,
    parse_subject,
)

MODEL, DATASET = RepoKind.MODEL, RepoKind.DATASET


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("org/name", RepoRef(MODEL, "org/name")),
        ("bert-base-uncased", RepoRef(MODEL, "bert-base-uncased")),
        ("models/org/name", RepoRef(MODEL, "org/name")),
        ("datasets/org/name", RepoRef(DATASET, "org/name")),
        ("datasets/squad", RepoRef(DATASET, "squad")),
        ("org/name@v1.0", RepoRef(MODEL, "org/name", "v1.0")),
        ("org/name@refs/pr/1", RepoRef(MODEL, "org/name", "refs/pr/1")),
        ("hf://datasets/org/name@abc", RepoRef(DATASET, "org/name", "abc")),
        ("hf://org/name", RepoRef(MODEL, "org/name")),
        ("https://huggingface.co/org/name", RepoRef(MODEL, "org/name")),
        ("https://huggingface.co/datasets/org/name/tree/main", RepoRef(DATASET, "org/name")),
        ("https://hf.co/org/name/blob/v2/README.md", RepoRef(MODEL, "org/name", "v2")),
        ("https://huggingface.co/datasets/squad/viewer/plain", RepoRef(DATASET, "squad")),
        ("https://huggingface.co/datasets/viewer/?dataset=squad", RepoRef(DATASET, "squad")),
        ("https://huggingface.co/datasets/viewer?dataset=a/b&config=x", RepoRef(DATASET, "a/b")),
        ("  org/name ", RepoRef(MODEL, "org/name")),
    ],
)
def test_every_form_of_a_subject(text: str, expected: RepoRef) -> None:
    assert parse_subject(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a/b/c",
        "../../etc/passwd",
        "org/../name",
        "org/na--me",
        "org/name.git",
        "-org/name",
        "org/name@",
        "org/name@../x",
        "org/name@a b",
        "https://example.org/org/name",
        "https://huggingface.co/docs/hub",
        "https://[broken",
        "ftp://huggingface.co/org/name",
        "org/na\x00me",
        "x" * 97,
        "datasets/",
    ],
)
def test_what_is_no_subject_is_one_clear_line(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_subject(text)
    assert "\n" not in str(caught.value)
    assert "\x00" not in str(caught.value)


def test_local_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "README.md").write_text("x")
    (tmp_path / "datasets" / "d").mkdir(parents=True)
    (tmp_path / "datasets" / "d" / "README.md").write_text("x")
    assert parse_subject(str(tmp_path / "m")) == LocalFolder(tmp_path / "m", MODEL)
    found = parse_subject(str(tmp_path / "datasets" / "d"))
    assert isinstance(found, LocalFolder)
    assert found.kind is DATASET
    monkeypatch.chdir(tmp_path)
    assert parse_subject("./m") == LocalFolder(Path("m"), MODEL)
    assert parse_subject("m") == RepoRef(MODEL, "m")


def test_a_folder_without_a_card_or_none_at_all(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no README\.md"):
        parse_subject(str(tmp_path))
    with pytest.raises(UsageError, match="is not a folder"):
        parse_subject(str(tmp_path / "missing"))


def test_urls_elsewhere_point_at_nothing() -> None:
    assert parse_hub_url("https://huggingface.co") is None
    assert parse_hub_url("https://huggingface.co/datasets") is None
    assert parse_hub_url("https://huggingface.co/org/na%2e%2e%2fme") is None
    assert parse_hub_url("https://huggingface.co/org/name/tree/a..b") == RepoRef(MODEL, "org/name")


def test_names_of_things() -> None:
    ref = parse_repo("squad@main", DATASET)
    assert (ref.path, str(ref)) == ("datasets/squad", "datasets/squad@main")
    assert str(RepoRef(MODEL, "a/b")) == "models/a/b"


@given(st.text(max_size=120))
def test_an_id_is_always_a_safe_path(text: str) -> None:
    if is_repo_id(text):
        parts = text.split("/")
        assert len(parts) <= 2
        assert all(p and p not in {".", ".."} and not p.startswith((".", "-")) for p in parts)
        assert text.isascii()
        assert text.isprintable()

"""Decision records are numbered once each, and their titles say the number of their file."""

from __future__ import annotations

from pathlib import Path

RECORDS = sorted((Path(__file__).resolve().parents[2] / "docs" / "adr").glob("*.md"))


def test_numbers_follow_each_other() -> None:
    numbers = [int(path.name[:4]) for path in RECORDS]
    assert numbers == list(range(1, len(RECORDS) + 1))


def test_titles_bear_the_number_of_the_file() -> None:
    for path in RECORDS:
        title = path.read_text(encoding="utf-8").partition("\n")[0]
        assert title.startswith(f"# {int(path.name[:4])}. "), path.name

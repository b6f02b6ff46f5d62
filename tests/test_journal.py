"""The file that a long run goes on from: nothing damaged, edited or of another run is believed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from provenance.errors import UsageError
from provenance.journal import Journal


def kept(path: Path, question: str = "q", kind: str = "census") -> list[bytes]:
    """The lines that a journal finds in its file."""
    lines: list[bytes] = []
    Journal(path, kind, question, lines.append).close()
    return lines


def written(path: Path, *objects: bytes) -> bytes:
    with Journal(path, "census", "q", lambda _: None) as journal:
        journal.append(objects)
    return path.read_bytes()


def test_lines_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "s"
    written(path, b'{"id":"a"}', b'{"id":"b"}')
    written(path, b'{"id":"c"}')
    assert kept(path) == [b'{"id":"a"}', b'{"id":"b"}', b'{"id":"c"}']


@pytest.mark.parametrize("change", [(b'"a"', b'"z"'), (b'"b"', b'"B"'), (b"sum", b"sun")])
def test_a_changed_line_and_what_follows_is_done_again(
    tmp_path: Path, change: tuple[bytes, bytes]
) -> None:
    path = tmp_path / "s"
    whole = written(path, b'{"id":"a"}', b'{"id":"b"}')
    path.write_bytes(whole.replace(*change, 1))
    left = kept(path)
    assert left == ([b'{"id":"a"}'] if change[0] == b'"b"' else [])
    assert path.stat().st_size < len(whole)


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_torn_line_is_dropped(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "s"
    whole = written(path, b'{"id":"a"}', b'{"id":"b"}')
    path.write_bytes(whole[:-cut])
    assert kept(path) == [b'{"id":"a"}']


def test_a_torn_header_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "s"
    header = written(path).splitlines()[0]
    for start in (b"", header[:10], header):
        path.write_bytes(start)
        assert kept(path) == []
        assert path.read_bytes() == header + b"\n"


def test_lines_of_another_run_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "s"
    written(path, b'{"id":"a"}')
    with pytest.raises(UsageError, match=r"keeps another census \(q\)"):
        kept(path, "other")
    with pytest.raises(UsageError, match="is the state file of a census"):
        kept(path, kind="scan")
    for other in (b"hello\n", b"hello", b"{}\n"):
        path.write_bytes(other)
        with pytest.raises(UsageError, match="no state file of a census"):
            kept(path)
        assert path.read_bytes() == other
    with pytest.raises(UsageError, match="cannot be used"):
        kept(tmp_path)


def test_a_line_that_is_of_no_use_is_done_again(tmp_path: Path) -> None:
    path = tmp_path / "s"
    written(path, b'{"id":"a"}', b'{"id":1}')
    ids: list[str] = []

    def keep(line: bytes) -> None:
        ids.append(msgspec.json.decode(line, type=dict[str, str])["id"])

    Journal(path, "census", "q", keep).close()
    assert ids == ["a"]
    assert kept(path) == [b'{"id":"a"}']

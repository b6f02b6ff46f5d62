from __future__ import annotations

import sys
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.licensing.files import read_license_file
from provenance.report.license import LicenseStatement, Meaning, Origin
from provenance.vocabulary.restrictions import Restriction

ISC = """\
ISC License

Copyright (c) 2021 Acme Birds

Permission to use, copy, modify, and/or distribute this software for any purpose with or without
fee is hereby granted, provided that the above copyright notice and this permission notice appear
in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS
SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE
AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES
WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT,
NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE
OF THIS SOFTWARE.
"""
EXTRA = "\nThe songs may not be used for commercial purposes, and each use is to be told to us.\n"


def read(text: str) -> list[tuple[Meaning, str | None, int | None]]:
    found = read_license_file(text.encode(), "datasets/acme/birds", "c0ffee", "LICENSE").statements
    assert all(s.origin is Origin.LICENSE_FILE for s in found)
    return [(s.meaning, s.expression, s.evidence.line) for s in found]


@pytest.fixture(params=["with readers", "without readers"])
def readers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the optional readers of license texts are installed."""
    if request.param == "with readers":
        pytest.importorskip("licenseclassifier")
        return True
    monkeypatch.setitem(sys.modules, "licenseclassifier", None)
    monkeypatch.setitem(sys.modules, "askalono", None)
    return False


def test_a_license_text_is_recognised(readers: bool) -> None:
    [(meaning, expression, line)] = read(ISC)
    assert (meaning, expression) == (Meaning.NAMES, "ISC")
    assert line in {1, 3, 5}


def test_a_text_with_further_terms_is_another_license(readers: bool) -> None:
    first, *more = read(ISC + EXTRA)
    assert first[1] == "LicenseRef-modified-ISC"
    assert [(m, e) for m, e, _ in more] == [(Meaning.RESTRICTS, None)]
    assert more[0][2] == ISC.count("\n") + 2


def test_restrictions_of_the_text_are_kept() -> None:
    pytest.importorskip("licenseclassifier")
    found = read_license_file(
        (ISC + EXTRA).encode(), "datasets/acme/birds", None, "LICENSE"
    ).statements
    assert found[0].restrictions == (Restriction.ATTRIBUTION,)
    assert found[1].restrictions == (Restriction.NON_COMMERCIAL,)


def test_a_file_that_is_only_a_name(readers: bool) -> None:
    assert read("CC BY 4.0\n") == [(Meaning.NAMES, "CC-BY-4.0", 1)]
    assert read("\n\nCreative Commons Attribution\n")[0][:2] == (Meaning.FAMILY, "CC-BY")


def test_a_text_that_nobody_knows(readers: bool) -> None:
    text = textwrap.dedent(
        """\
        # Birdsong Data Agreement

        1. You may listen.
        2. You may use the songs for research purposes only.
        """
    )
    assert read(text) == [
        (Meaning.REFERS, "LicenseRef-Birdsong-Data-Agreement", 1),
        (Meaning.RESTRICTS, None, 4),
    ]
    unread = (Meaning.UNREAD, None, 1)
    assert read("Some words about birds.\n") == [(Meaning.REFERS, None, 1), unread]


def test_a_similar_text_is_found_by_the_second_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("askalono")
    monkeypatch.setitem(sys.modules, "licenseclassifier", None)
    assert read(ISC)[0][1] == "ISC"


def test_what_is_no_text(readers: bool) -> None:
    assert read("") == [(Meaning.REFERS, None, 1)]
    assert read("\x00\x01MIT License") == [(Meaning.REFERS, None, 1)]


def test_evidence_names_the_file() -> None:
    [statement] = read_license_file(
        b"CC0 1.0\r\n", "datasets/acme/birds", "c0ffee", "LICENSE.txt"
    ).statements
    assert isinstance(statement, LicenseStatement)
    assert statement.evidence.path == "LICENSE.txt"
    assert statement.evidence.revision == "c0ffee"
    assert statement.evidence.excerpt == "CC0 1.0"


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    assert read_license_file(data, "datasets/acme/birds", None, "LICENSE").statements


@pytest.mark.parametrize(
    ("words", "noticed"),
    [
        ("The feathers are distributed under their original licensing terms.", True),
        ("The set remains subject to the licenses of the original archives.", True),
        ("The plates are not redistributed.", False),
    ],
)
def test_a_notice_of_sources_is_asked_for_conditions(words: str, noticed: bool) -> None:
    found = read(f"# Sources\n\n## Songs\n\nUsed under the MIT License.\n\n## Rest\n\n{words}\n")
    assert (Meaning.NAMES, "MIT", 5) in found
    assert (Meaning.UNREAD in {meaning for meaning, *_ in found}) == noticed


@pytest.mark.parametrize(
    ("lines", "limited"),
    [
        ("This is NOT a ShareAlike or\nNon-Commercial license; only credit is required.", False),
        ("The songs may not be used\nfor commercial purposes.", True),
        ("You may sing.\nNon-commercial use only.", True),
    ],
)
def test_a_sentence_of_a_file_runs_over_its_lines(lines: str, limited: bool) -> None:
    text = f"Creative Commons Attribution 4.0 International (CC BY 4.0)\n\n{lines}\n"
    found = read_license_file(text.encode(), "datasets/o/d", None, "LICENSE").statements
    assert any(Restriction.NON_COMMERCIAL in s.restrictions for s in found) == limited

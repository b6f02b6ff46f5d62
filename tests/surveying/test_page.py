"""The page of a census as text; what it does is tested in a browser."""

from __future__ import annotations

import base64
import datetime
import hashlib
import html
import re
from dataclasses import replace

from tests.render.factory import HOSTILE
from wcwidth import wcswidth

from provenance.report.license import LicenseState
from provenance.surveying.aggregate import Aggregates, GroupShare, SurveyedSubject, Unread
from provenance.surveying.page import page
from provenance.surveying.summary import summary
from provenance.vocabulary.state_colors import css_colors

AS_OF = datetime.date(2026, 1, 1)


def found(name: str = "example/owl") -> Aggregates:
    """Ten subjects: four lack, three were not examined."""
    shares = tuple(GroupShare(f"{name}{n}", n, n // 2, 10 * n, 5 * n) for n in (6, 3, 1))
    states = tuple(
        GroupShare(state.value, n, 0, None, None)
        for state, n in zip(LicenseState, (2, 2, 1, 2, 3), strict=True)
    )
    subjects = tuple(
        SurveyedSubject(
            f"{name}-{n}", state.value, n % 2 == 0, "MIT" if n == 0 else "NONE", name, n, 2020
        )
        for n, state in enumerate(LicenseState)
    )
    return Aggregates(
        kind="dataset",
        total=GroupShare("all", 10, 4, 100, 40, unread=3, downloads_unread=10),
        states=states,
        licenses=shares,
        restrictions=shares,
        authors=tuple(replace(s, name=s.name.rpartition("/")[2]) for s in shares),
        categories=shares,
        years=(GroupShare("2023", 4, 2, 1, 1, 1), GroupShare("2024", 6, 2, 1, 1, 2)),
        personal_data=shares,
        unread=(GroupShare("not_in_digest", 3, 0, None, None, 3),),
        undeclared=1,
        mean_lacking=0.5,
        looked=4,
        unread_first=(Unread(name, name),),
        subjects=subjects,
    )


def test_the_page_allows_its_own_style_and_script_only() -> None:
    text = page(found(HOSTILE), HOSTILE, AS_OF)
    policy = html.unescape(text[text.index("Content-Security-Policy") : text.index("base-uri")])
    inner = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", text, re.DOTALL)
    assert len(inner) == 2
    for source in inner:
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "<script>alert" not in text
    assert "unsafe-inline" not in text
    assert not re.search(r"\\s(?:src|style|onclick)=", text)


def test_every_state_has_the_colour_that_it_has_in_a_report() -> None:
    assert css_colors() in page(found(), "x", AS_OF)


def test_subjects_and_authors_are_linked_to_where_they_came_from() -> None:
    text = page(found(), "x", AS_OF, "https://hub.example.org")
    assert 'href="https://hub.example.org/datasets/example/owl-1"' in text
    assert 'href="https://hub.example.org/owl6"' in text
    assert "huggingface.co" not in text
    hostile = page(found(HOSTILE), "x", AS_OF)
    for address in re.findall(r'href="([^"]*)"', hostile):
        assert address.startswith(("#", "https://huggingface.co/"))


def test_licenses_stand_on_their_own_scale_and_what_was_not_examined_on_that_of_all() -> None:
    text = page(found(), "x", AS_OF)
    licenses = text[text.index('id="licenses"') : text.index('id="restrictions"')]
    assert licenses.count('width="100.00"') == 1
    unexamined = text[text.index('id="unexamined"') :]
    assert 'class="unresolved" width="30.00"' in unexamined


def test_every_number_says_what_it_is_of() -> None:
    text = page(found(), "x", AS_OF)
    assert "4 of the 7 datasets examined" in text
    assert "3 of the 10 datasets were not examined" in text
    assert "25.0 % of the 4 datasets whose data was looked for name none" in text
    assert "Share: of all 10 datasets; lacking: of those examined in the row" in text


def test_what_is_not_listed_is_counted() -> None:
    assert "5 more are not listed here" in page(found(), "x", AS_OF)
    empty = replace(found(), total=GroupShare("all", 0, 0, None, None), subjects=())
    assert "Subjects" not in page(empty, "x", AS_OF)


def test_wide_letters_stand_in_columns() -> None:
    wide = replace(found(), licenses=tuple(replace(s, name="日本" * 20) for s in found().licenses))
    lines = summary(wide, "x", 80).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("License  "))
    ends = {wcswidth(line[: line.index("%")]) for line in lines[start + 1 : start + 4]}
    assert len(ends) == 1
    assert all(wcswidth(line) <= 80 for line in lines)

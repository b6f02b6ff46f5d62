from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.report.evidence import Evidence
from provenance.report.license import LicenseState
from provenance.scanning.values import ValueKind, conclude_value, outline, outlines

WHERE = Evidence("corpus/x", None, "a.parquet", None, "/license", "")


def concluded(value: object) -> tuple[ValueKind, LicenseState, str]:
    kind, conclusion = conclude_value(json.dumps(value), WHERE)
    return kind, conclusion.state, conclusion.concluded


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, ValueKind.NULL),
        ("null", ValueKind.PLACEHOLDER),
        ("", ValueKind.EMPTY),
        ("  ", ValueKind.EMPTY),
        ([], ValueKind.EMPTY_LIST),
        ("[]", ValueKind.EMPTY_LIST),
        ([None], ValueKind.EMPTY_LIST),
        ({}, ValueKind.EMPTY_LIST),
        ("unknown", ValueKind.PLACEHOLDER),
        ("no_license", ValueKind.PLACEHOLDER),
        ("None specified", ValueKind.PLACEHOLDER),
        ("nil", ValueKind.PLACEHOLDER),
        ("<null>", ValueKind.PLACEHOLDER),
        ("missing", ValueKind.PLACEHOLDER),
        ("#N/A", ValueKind.PLACEHOLDER),
        ("n/a", ValueKind.PLACEHOLDER),
        (["NOASSERTION"], ValueKind.PLACEHOLDER),
    ],
)
def test_what_says_nothing_is_counted_apart(value: object, kind: ValueKind) -> None:
    assert concluded(value) == (kind, LicenseState.NONE, "NONE")


def test_a_file_without_the_column() -> None:
    assert conclude_value(None, WHERE)[0] is ValueKind.NO_COLUMN


@pytest.mark.parametrize(
    ("value", "expression"),
    [
        ("mit", "MIT"),
        ("MIT License", "MIT"),
        (["mit"], "MIT"),
        (["mit", None, ""], "MIT"),
        ("['mit', 'apache-2.0']", "MIT AND Apache-2.0"),
        ('["mit"]', "MIT"),
        ({"spdx_id": "MIT", "url": "x"}, "MIT"),
        ({"spdx_id": None, "name": "Apache License 2.0"}, "Apache-2.0"),
        ([{"key": "mit"}], "MIT"),
        ("https://creativecommons.org/licenses/by-sa/3.0/", "CC-BY-SA-3.0"),
        (
            "Creative Commons - Attribution - https://creativecommons.org/licenses/by/4.0/",
            "CC-BY-4.0",
        ),
    ],
)
def test_values_that_name_a_license(value: object, expression: str) -> None:
    assert concluded(value) == (ValueKind.NAMED, LicenseState.EXPLICIT, expression)


@pytest.mark.parametrize(
    ("value", "expression"),
    [
        ("mit,apache-2.0", "MIT AND Apache-2.0"),
        ("mit|gpl-3.0", "MIT AND GPL-3.0-only"),
        ("mit/gpl-3.0", "MIT AND GPL-3.0-only"),
        ("mit;cc-by-nc-4.0", "MIT AND CC-BY-NC-4.0"),
        ("MIT + Apache 2.0", "MIT AND Apache-2.0"),
        ("MIT & CC0-1.0 and BSD-3-Clause", "MIT AND CC0-1.0 AND BSD-3-Clause"),
        ("GPL-3.0 or CC-BY-NC", "GPL-3.0-only OR LicenseRef-CC-BY-NC"),
        ("mit and cc0-1.0 or apache-2.0", "(MIT AND CC0-1.0) OR Apache-2.0"),
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("(MIT or Apache-2.0) and CC0-1.0", "(MIT OR Apache-2.0) AND CC0-1.0"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("GPL-3.0+", "GPL-3.0-or-later"),
        ("GNU General Public License, version 3 or later", "GPL-3.0-or-later"),
        ("LicenseRef-foo", "LicenseRef-foo"),
    ],
)
def test_names_that_are_joined(value: object, expression: str) -> None:
    assert concluded(value) == (ValueKind.NAMED, LicenseState.EXPLICIT, expression)


@pytest.mark.parametrize(
    "value", ["not MIT", "no longer mit", "MIT, but not the images", "mit or house rules",
              "mit;house rules", "mit or unknown"],
)  # fmt: skip
def test_what_is_denied_or_half_known_is_not_recognised(value: object) -> None:
    assert concluded(value) == (ValueKind.UNRECOGNISED, LicenseState.AMBIGUOUS, "NOASSERTION")


@pytest.mark.parametrize("value", ["mit or gpl", "mit, gpl"])
def test_a_branch_that_could_be_several_leaves_all_ambiguous(value: object) -> None:
    assert concluded(value) == (ValueKind.NAMED, LicenseState.AMBIGUOUS, "NOASSERTION")


@pytest.mark.parametrize("value", ["gpl", ["gpl", "apache-2.0"], ["apache-2.0", "cc"]])
def test_a_family_is_ambiguous_and_named_even_beside_a_license(value: object) -> None:
    assert concluded(value) == (ValueKind.NAMED, LicenseState.AMBIGUOUS, "NOASSERTION")


@pytest.mark.parametrize("value", ["permissive", ["mit", "house rules"], 3, True, "[[[["])
def test_what_is_not_recognised_lacks_even_beside_a_license(value: object) -> None:
    assert concluded(value) == (ValueKind.UNRECOGNISED, LicenseState.AMBIGUOUS, "NOASSERTION")


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.just("name"), inner),
    max_leaves=8,
))  # fmt: skip
def test_any_value_is_concluded_and_silence_is_never_explicit(value: object) -> None:
    kind, state, _ = concluded(value)
    assert (state is LicenseState.NONE) == (kind not in {ValueKind.NAMED, ValueKind.UNRECOGNISED})


def test_statements_keep_the_words_and_where_they_stand() -> None:
    _, conclusion = conclude_value('["mit", "CC0-1.0"]', WHERE)
    assert [s.raw for s in conclusion.statements] == ["mit", "CC0-1.0"]
    assert all(s.evidence == WHERE for s in conclusion.statements)


def test_many_values_are_read_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["mit", "", "cc-by-4.0", "terms of archive", "see paper", "unknown", "gpl"]
    values = [None, *(json.dumps(text) for text in texts * 4)]
    alone = [outline(value) for value in values]
    monkeypatch.setattr("provenance.scanning.values._MANY", 1)
    monkeypatch.setattr("provenance.scanning.values._PART", 5)
    assert list(outlines(values)) == alone


@pytest.mark.parametrize("text", ["mit", "gpl", "cc", "", "terms of archive", "['mit', 'x']"])
def test_an_outline_is_what_is_concluded_anywhere(text: str) -> None:
    kind, conclusion = conclude_value(json.dumps(text), WHERE)
    found = outline(json.dumps(text))
    assert (found.kind, found.state, found.concluded, found.lacks) == (
        kind, conclusion.state, conclusion.concluded, conclusion.lacks
    )  # fmt: skip

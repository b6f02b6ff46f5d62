"""One value, one meaning: the reader that tags, names, cells and records share."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.licensing.cases import card

from provenance.licensing import conclude_card
from provenance.licensing.values import read_value
from provenance.report.evidence import Evidence
from provenance.report.license import LicenseState, Meaning
from provenance.scanning.values import conclude_value
from provenance.vocabulary.restrictions import Restriction

QUALIFIED = (
    "modified MIT",
    "modified-mit",
    "MIT-style",
    "BSD-like license",
    "Apache 2.0 with Commons Clause",
    "MIT NON-AI License",
    "CC BY 4.0 plus house rules",
    "apache-2.0-modified",
    "custom MIT",
    "MIT with restrictions",
    "cc-by-4.0-amended",
)
NOTHING = (
    "no license",
    "<invalid>",
    "license",
    "[More Information Needed](https://example.org/x)",
    "**TBD**",
    "none",
    "Not specified",
    "to be determined",
    "unlicensed",
    "`unknown`",
    "n/a",
    "no license specified",
    "???",
    "[Needs More Information]",
    "未知",
    "unbekannt",
)
VAGUE = (
    "custom",
    "see paper",
    "various",
    "multiple",
    "open",
    "proprietary",
    "see the website",
    "mixed",
    "other",
    "open source",
    "depends on source",
    "MIT OR",
    "(MIT",
    "MIT AND",
    "Apache-2.0 WITH foo",
    "MIT, other",
    "mit or unknown",
    "https://arxiv.org/abs/1234.5678",
)


@pytest.mark.parametrize("value", QUALIFIED)
def test_words_beside_a_name_make_it_another_license(value: str) -> None:
    meant = read_value(value)
    assert meant.meaning in {Meaning.MODIFIED, Meaning.VAGUE, Meaning.REFERS}
    assert not (meant.expression or "LicenseRef-").startswith(("MIT", "Apache", "CC"))


@pytest.mark.parametrize("value", NOTHING)
def test_placeholders_say_nothing(value: str) -> None:
    assert read_value(value).meaning is Meaning.PLACEHOLDER


@pytest.mark.parametrize("value", VAGUE)
def test_what_names_no_terms_is_vague(value: str) -> None:
    assert read_value(value).meaning is Meaning.VAGUE


@pytest.mark.parametrize(
    ("value", "expression"),
    [
        ("mit or apache-2.0", "MIT OR Apache-2.0"),
        ("MIT And (ISC or Zlib)", "MIT AND (ISC OR Zlib)"),
        ("apache-2.0 with llvm-exception", "Apache-2.0 WITH LLVM-exception"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("gpl-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("mit; cc-by-nc-4.0", "MIT AND CC-BY-NC-4.0"),
        ("MIT (code), CC BY 4.0 (dataset)", "CC-BY-4.0"),
        ('BSD 3-Clause "New" or "Revised" License', "BSD-3-Clause"),
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
        ("[MIT](LICENSE)", "MIT"),
        ("**CC BY 4.0**", "CC-BY-4.0"),
        ("AFL", "AFL"),
        ("LicenseRef-AFL", "AFL"),
        ("mit or gpl", "MIT OR LicenseRef-GPL"),
    ],
)
def test_names_and_expressions(value: str, expression: str) -> None:
    assert read_value(value).expression == expression


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("non-commercial", Restriction.NON_COMMERCIAL),
        ("research only", Restriction.RESEARCH_ONLY),
        ("Academic Research Purposes Only", Restriction.RESEARCH_ONLY),
        ("MIT for non-commercial use", Restriction.NON_COMMERCIAL),
        ("Owl License (research use only)", Restriction.RESEARCH_ONLY),
    ],
)
def test_terms_in_the_words_are_kept(value: str, term: Restriction) -> None:
    assert term in read_value(value).restrictions


def test_names_in_other_scripts_never_share_a_symbol() -> None:
    one = read_value("梟データ利用規約第2.0版").expression
    other = read_value("雀データ利用規約第2.0版").expression
    assert one != other
    long = "Owl " * 30 + "License"
    assert read_value(long + " A").expression != read_value(long + " B").expression


@pytest.mark.parametrize(
    "value",
    [
        *QUALIFIED,
        *NOTHING,
        *VAGUE,
        "mit",
        "cc-by-4.0",
        "gpl",
        "foo",
        "Foo Data License",
        "MIT OR ISC",
        "https://example.org/LICENSE",
        "LicenseRef-foo",
        "research only",
        "openrail",
    ],
)
def test_a_tag_and_a_record_mean_the_same(value: str) -> None:
    tagged = conclude_card(card(f"---\nlicense: {json.dumps(value)}\n---\n"))
    _, record = conclude_value(json.dumps(value), Evidence("d", None, "x.parquet", 1, None, "x"))
    assert (tagged.state, tagged.concluded, tagged.restrictions) == (
        record.state,
        record.concluded,
        record.restrictions,
    )


def test_every_value_of_the_corpora_is_one_to_audit_and_scan(corpus_values: list[str]) -> None:
    assert len(corpus_values) > 400
    for value in corpus_values:
        test_a_tag_and_a_record_mean_the_same(value)


@pytest.mark.parametrize(
    "front",
    [
        "license: [mit, other]",
        "license: [mit, unknown]",
        "license: {train: mit, test: other}",
        "license: modified MIT",
        "license: foo",
        "license: other\nlicense_name: modified-mit",
        "license: [cc-by-4.0, custom]",
        "license: MIT OR",
        "license: [mit, gpl]",
        "license: [mit, Foo Data License]",
        "license: [mit, modified mit]",
    ],
)
def test_one_undecided_member_leaves_the_whole_undecided(front: str) -> None:
    assert conclude_card(card(f"---\n{front}\n---\n")).state is LicenseState.AMBIGUOUS


@pytest.mark.parametrize(
    "front",
    [
        "license: mit\nlicenses: cc-by-nc-4.0",
        "license: mit\nlicense: cc-by-nc-4.0",
        "license: mit\nlicense_name: owl-research-license",
        "license: mit\nlicense_name: modified-mit",
    ],
)
def test_keys_that_contradict_each_other(front: str) -> None:
    assert conclude_card(card(f"---\n{front}\n---\n")).state is LicenseState.CONFLICTING


@pytest.mark.parametrize(
    ("front", "concluded"),
    [
        ("license: mit\nlicense: mit", "MIT"),
        ("license: cc-by-sa-4.0\nlicense_name: CC Attribution Share Alike 4.0", "CC-BY-SA-4.0"),
        (
            "license: other\nlicense_name: modified-mit\nlicense_link: LICENSE",
            "LicenseRef-modified-mit",
        ),
        ("license: other\nlicense_name: owl-license", "LicenseRef-owl-license"),
        (
            "license: [mit, other]\nlicense_name: Owl Data License",
            "MIT AND LicenseRef-Owl-Data-License",
        ),
    ],
)
def test_details_say_what_other_is(front: str, concluded: str) -> None:
    assert conclude_card(card(f"---\n{front}\n---\n")).concluded == concluded


@given(st.text(max_size=60))
def test_no_value_raises(value: str) -> None:
    meant = read_value(value)
    assert meant.expression is None or meant.meaning not in {Meaning.PLACEHOLDER, Meaning.VAGUE}

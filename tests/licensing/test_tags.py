from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.licensing.cases import card

from provenance.licensing.meanings import terms
from provenance.licensing.tags import tag_statements
from provenance.licensing.values import read_value
from provenance.report.license import Meaning, Origin, Scope
from provenance.vocabulary.restrictions import Restriction


def front(text: str) -> list[tuple[str, str | None, str | None]]:
    found = tag_statements(card(f"---\n{text}\n---\n"))
    return [(s.meaning.value, s.expression, s.part) for s in found]


@pytest.mark.parametrize(
    ("value", "meaning", "expression"),
    [
        ("mit", Meaning.NAMES, "MIT"),
        ("MIT", Meaning.NAMES, "MIT"),
        ("MIT License", Meaning.NAMES, "MIT"),
        ("Apache License 2.0", Meaning.NAMES, "Apache-2.0"),
        ("Apache 2", Meaning.NAMES, "Apache-2.0"),
        ("cc-by-4", Meaning.NAMES, "CC-BY-4.0"),
        ("CC BY-NC-SA 4.0", Meaning.NAMES, "CC-BY-NC-SA-4.0"),
        ("cc-by-sa-3.0-de", Meaning.NAMES, "CC-BY-SA-3.0-DE"),
        ("GPLv3", Meaning.NAMES, "GPL-3.0-only"),
        ("odc-by", Meaning.NAMES, "ODC-By-1.0"),
        ("MIT OR Apache-2.0", Meaning.NAMES, "MIT OR Apache-2.0"),
        ("MIT and CC BY 4.0", Meaning.NAMES, "MIT AND CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/", Meaning.NAMES, "CC-BY-4.0"),
        ("cc", Meaning.FAMILY, "CC"),
        ("gpl", Meaning.FAMILY, "GPL"),
        ("openrail", Meaning.FAMILY, "OpenRAIL"),
        ("other", Meaning.VAGUE, None),
        ("other-bird-terms", Meaning.REFERS, "LicenseRef-bird-terms"),
        ("other-cc-by-4.0", Meaning.NAMES, "CC-BY-4.0"),
        ("Bird Data Terms", Meaning.REFERS, "LicenseRef-Bird-Data-Terms"),
        ("not MIT", Meaning.VAGUE, None),
        ("no longer under the Apache License 2.0", Meaning.VAGUE, None),
        ("LicenseRef-foo", Meaning.REFERS, "LicenseRef-foo"),
        ("LicenseRef-CC-BY", Meaning.FAMILY, "CC-BY"),
        ("unknown", Meaning.PLACEHOLDER, None),
        ("no", Meaning.PLACEHOLDER, None),
        ("array", Meaning.PLACEHOLDER, None),
        ("License not specified", Meaning.PLACEHOLDER, None),
        ("[More Information Needed]", Meaning.PLACEHOLDER, None),
    ],
)
def test_values(value: str, meaning: Meaning, expression: str | None) -> None:
    meant = read_value(value)
    assert (meant.meaning, meant.expression) == (meaning, expression)


@given(st.text(max_size=80))
def test_no_value_raises(value: str) -> None:
    meant = read_value(value)
    if meant.meaning in {Meaning.NAMES, Meaning.FAMILY, Meaning.MODIFIED}:
        assert meant.expression is not None
    if meant.meaning in {Meaning.PLACEHOLDER, Meaning.RESTRICTS}:
        assert meant.expression is None


def test_shapes_of_the_key() -> None:
    assert front("license: mit") == [("names", "MIT", None)]
    assert front("licence: mit") == [("names", "MIT", None)]
    assert front("licenses:\n- mit\n- unknown") == [
        ("names", "MIT", None),
        ("placeholder", None, None),
    ]
    assert front("license: []") == [("placeholder", None, None)]
    assert front("license:") == [("placeholder", None, None)]
    assert front("license: no") == [("placeholder", None, None)]
    assert front("pretty_name: Birds") == []
    assert front("license:\n  owls:\n  - mit\n  larks:\n    song: [cc0-1.0]") == [
        ("names", "MIT", "owls"),
        ("names", "CC0-1.0", "larks/song"),
    ]


def test_a_part_has_its_scope_and_evidence() -> None:
    text = "---\npretty_name: Birds\nlicense:\n  owls:\n  - cc-by-nc-4.0\n---\n"
    [statement] = tag_statements(card(text))
    assert statement.scope is Scope.PART
    assert statement.origin is Origin.TAG
    assert Restriction.NON_COMMERCIAL in statement.restrictions
    assert statement.evidence.line == 5
    assert statement.evidence.pointer == "/license/owls/0"
    assert statement.evidence.excerpt == "- cc-by-nc-4.0"


def test_other_is_explained_by_its_details() -> None:
    assert front("license: other\nlicense_name: Bird License\nlicense_link: LICENSE") == [
        ("vague", None, None),
        ("refers", "LicenseRef-Bird-License", None),
        ("refers", None, None),
    ]
    assert front("license: other\nlicense_details: Microsoft Research Data License")[1] == (
        "names", "LicenseRef-MSR-Data-License", None,
    )  # fmt: skip
    link = "https://creativecommons.org/licenses/by/4.0/"
    assert front(f"license: other\nlicense_link: {link}")[1] == ("names", "CC-BY-4.0", None)
    assert front("license: other\nbigbio_license_shortname: CC_BY_3p0")[1] == (
        "names", "CC-BY-3.0", None,
    )  # fmt: skip
    assert front("license: other\nlicense_name: unknown\nlicense_link: ''") == [
        ("vague", None, None)
    ]


def test_details_of_a_named_license_say_nothing_more() -> None:
    assert front("license: mit\nlicense_link: https://example.org/terms") == [
        ("names", "MIT", None)
    ]


def test_terms_of_an_expression_are_those_of_its_parts() -> None:
    assert terms("MIT OR CC-BY-NC-4.0") == (Restriction.ATTRIBUTION, Restriction.NON_COMMERCIAL)
    assert terms(None) == ()

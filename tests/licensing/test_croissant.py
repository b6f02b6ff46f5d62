from __future__ import annotations

import json

import pytest

from provenance.licensing.croissant import MAX_CROISSANT_BYTES, Croissant, read_croissant
from provenance.report.license import Meaning, Origin

CONTEXT = "http://mlcommons.org/croissant/1.0"


def read(**fields: object) -> Croissant:
    data = json.dumps({"conformsTo": CONTEXT, **fields}, indent=1).encode()
    return read_croissant(data, "datasets/org/set", "abc", "croissant.json")


@pytest.mark.parametrize(
    ("value", "meaning", "expression"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", Meaning.NAMES, "CC-BY-4.0"),
        ("cc-by-sa-4.0", Meaning.NAMES, "CC-BY-SA-4.0"),
        ({"url": "https://opensource.org/licenses/MIT"}, Meaning.NAMES, "MIT"),
        ("https://example.org/our-terms", Meaning.REFERS, None),
        ("unknown", Meaning.PLACEHOLDER, None),
    ],
)
def test_a_license_is_a_statement(value: object, meaning: Meaning, expression: str | None) -> None:
    (statement,) = read(license=value).statements
    assert (statement.meaning, statement.expression) == (meaning, expression)
    assert statement.origin is Origin.CROISSANT
    assert statement.evidence.line is not None


def test_sources_and_personal_data_have_their_lines() -> None:
    found = read(
        isBasedOn=["https://huggingface.co/datasets/org/one", {"name": "Two"}],
        wasDerivedFrom="three",
        **{"rai:personalSensitiveInformation": "Names of authors."},
    )
    assert [name for name, _ in found.sources] == [
        "https://huggingface.co/datasets/org/one", "Two", "three",
    ]  # fmt: skip
    assert found.personal_data[0].excerpt.endswith('"Names of authors."')
    assert all(where.line for _, where in found.sources)


def test_a_citation_is_a_whole_bibtex_entry() -> None:
    entry = "@article{owl, title={Owls},\n author={A. Uhu}}\n@misc{cut, title={Never"
    found = read(citeAs=[entry, "A. Uhu, Owls, 2020"]).citations
    assert [(one.kind, one.key, one.fields[0].value) for one in found] == [
        ("article", "owl", "Owls")
    ]
    assert (found[0].evidence.path, found[0].evidence.pointer) == ("croissant.json", "/citeAs")
    assert found[0].evidence.line is not None


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[1]", b'{"license": "mit"}'],
)
def test_other_files_say_nothing(data: bytes) -> None:
    assert read_croissant(data, "datasets/x", None, "metadata.json") == Croissant()


@pytest.mark.parametrize("data", [b"[" * 100_000, b" " * (MAX_CROISSANT_BYTES + 1)])
def test_what_is_too_large_or_too_deep_was_not_read(data: bytes) -> None:
    found = read_croissant(data, "datasets/x", None, "metadata.json")
    assert found == Croissant(truncated=True)

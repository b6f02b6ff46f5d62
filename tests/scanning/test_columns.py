from __future__ import annotations

import pytest

from provenance.scanning.columns import (
    Field,
    find_columns,
    indistinct_columns,
    names,
    unusable_columns,
)
from provenance.scanning.layout import Shape


def text(name: str) -> Field:
    return Field(name, Shape.TEXT)


META = Field("metadata", Shape.NESTED, (text("source"), text("license")))
STACK = (text("content"), Field("max_stars_repo_licenses", Shape.NESTED), text("hexsha"))
STACK_2 = (text("license_type"), Field("detected_licenses", Shape.NESTED), text("content"))


@pytest.mark.parametrize(
    ("fields", "license", "body"),
    [
        ((text("id"), text("text"), META), "metadata.license", "text"),
        (STACK, "max_stars_repo_licenses", "content"),
        (STACK_2, "detected_licenses", "content"),
        ((text("License"), META), "License", None),
        ((text("gha_license_id"), text("code")), "gha_license_id", "code"),
        ((text("repo-licenses"),), "repo-licenses", None),
        ((Field("license", Shape.NUMBER), text("rights")), "rights", None),
        ((text("id"), text("body")), None, "body"),
        ((text("metadata.license"), text("data.text")), "metadata.license", "data.text"),
        ((Field("license", Shape.NUMBER),), "license", None),
        ((text("has_license"), text("zz_license")), "zz_license", None),
        ((Field("license", Shape.TEXT, null=True), text("license_type")), "license_type", None),
        ((Field("content", Shape.BINARY),), None, "content"),
    ],
)
def test_conventions(fields: tuple[Field, ...], license: str | None, body: str | None) -> None:
    found = find_columns(fields)
    assert (found.license and str(found.license.path)) == license
    assert (found.text and str(found.text.path)) == body


def test_a_name_that_is_given_is_taken_and_no_other() -> None:
    fields = (META, text("license"), text("other"), Field("n", Shape.NUMBER))
    found = find_columns(fields, "metadata.license", "other", "n")
    assert [str(c.path) for c in (found.license, found.text, found.tokens) if c] == [
        "metadata.license", "other", "n",
    ]  # fmt: skip
    assert find_columns(fields, "absent").license is None


def test_tokens_are_numbers() -> None:
    assert find_columns((text("token_count"),)).tokens is None
    found = find_columns((Field("meta", Shape.NESTED, (Field("n_tokens", Shape.NUMBER),)),))
    assert found.tokens is not None


def test_json_inside_text_is_marked_where_it_starts() -> None:
    inside = Field("meta", Shape.TEXT, (Field("a", Shape.NESTED, (text("license"),)),), json=True)
    found = find_columns((Field("x", Shape.NESTED, (inside,)),)).license
    assert found is not None
    assert (found.path.steps, found.path.json_from) == (("x", "meta", "a", "license"), 2)


def test_names_of_a_schema() -> None:
    assert names((META,)) == ("metadata", "metadata.source", "metadata.license")


def test_other_candidates_are_kept_unless_they_lie_within_the_one_chosen() -> None:
    whole = Field("license", Shape.NESTED, (text("license_id"),))
    assert find_columns((text("license_type"), whole)).others == ("license_type",)
    assert find_columns((text("license_type"), whole), "license").others == ()


def test_columns_that_differ_by_case_only() -> None:
    fields = (text("License"), text("license"), text("text"))
    assert indistinct_columns(fields, find_columns(fields)) == (
        "the columns `License` and `license` cannot be told apart; rename one"
    )
    assert indistinct_columns(fields, find_columns(fields, "text")) is None
    inside = (Field("meta", Shape.NESTED, fields),)
    assert indistinct_columns(inside, find_columns(inside)) is not None


def test_columns_that_hold_no_license() -> None:
    fields = (Field("license_id", Shape.NUMBER), text("has_license"), text("rights"))
    assert unusable_columns(fields) == (
        "`license_id` holds numbers",
        "`has_license` holds a flag or a count",
    )

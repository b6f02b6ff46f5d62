"""Which BibTeX entries of a card are carried, and what is in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.timing import growth

from provenance.cards.card import read_card
from provenance.cards.citation import (
    MAX_ENTRIES,
    MAX_ENTRY_CHARS,
    MAX_FIELDS,
    entries,
    read_citations,
)
from provenance.report.training import Citation

OWL = "@misc{owl,\n  title = {Owls at night},\n  year = 2021,\n}"


def read(body: str, front: str = "license: mit") -> tuple[Citation, ...]:
    text = f"---\n{front}\n---\n{body}"
    return read_citations(read_card(text.encode(), "datasets/org/owls", "abc"))


def fields(text: str) -> dict[str, str]:
    (entry,) = entries(text)
    return {field.name: field.value for field in entry.fields}


@pytest.mark.parametrize(
    "body",
    [
        f"# Citation\n```bibtex\n{OWL}\n```\n",
        f"## Citation Information\n\n```\n{OWL}\n```",
        f"## How to cite\n~~~latex\n{OWL}\n~~~\n",
        f"**BibTeX:**\n\n{OWL}\n\nThank you.",
        "Please cite\n\n" + "\n".join(f"    {line}" for line in OWL.split("\n")),
        f"<pre><code>{OWL}</code></pre>",
        f"- {OWL}",
        f"{OWL}  and no heading at all",
    ],
)
def test_an_entry_that_opens_a_line_is_the_card_s(body: str) -> None:
    (found,) = read(body)
    assert (found.kind, found.key) == ("misc", "owl")
    assert [(f.name, f.value) for f in found.fields] == [
        ("title", "Owls at night"),
        ("year", "2021"),
    ]


def test_evidence_is_the_line_an_entry_opens_on() -> None:
    first, second = read(f"# Owls\n\n{OWL}\n\nor\n\n```\n@book{{bird, title={{Birds}}}}\n```\n")
    assert (first.evidence.line, first.evidence.excerpt) == (6, "@misc{owl,")
    assert (second.evidence.line, second.evidence.repo) == (14, "datasets/org/owls")
    assert second.evidence.revision == "abc"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{Owls}", "Owls"),
        ('"Owls"', "Owls"),
        ("{{O}wls and {\\'e}lite}", "{O}wls and {\\'e}lite"),
        ('"Owls {"}at{"} night"', 'Owls {"}at{"} night'),
        ("{Owls,\n   at = night}", "Owls, at = night"),
        ('"Owls " # {at} # " night"', "Owls at night"),
        ("owls", "owls"),
        ("{a \\{ b} c}", "a \\{ b} c"),
    ],
)
def test_values_are_braced_quoted_bare_or_joined(value: str, expected: str) -> None:
    assert fields(f"@misc{{k, title = {value}, year = 2020}}") == {
        "title": expected,
        "year": "2020",
    }


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("@misc{owl,", "owl"),
        ("@misc {\n  owl,", "owl"),
        ("@misc{owl at night,", "owl at night"),
        ("@misc{owl\n", "owl"),
        ("@misc{\n", ""),
        ("@misc{,", ""),
        ("@misc{", ""),
        ("@misc{10.5555/12.34,", "10.5555/12.34"),
    ],
)
def test_keys_as_people_write_them(head: str, key: str) -> None:
    (entry,) = entries(f"{head} title = {{Owls}} }}")
    assert (entry.key, [f.name for f in entry.fields]) == (key, ["title"])


def test_round_brackets_capitals_and_forgotten_commas() -> None:
    text = "@InProceedings(owl, TITLE = {Owls :)}\n  Author = {A. Uhu}\n year = 2020\n)"
    (entry,) = entries(text)
    assert entry.kind == "inproceedings"
    assert [f.name for f in entry.fields] == ["title", "author", "year"]


def test_the_first_of_two_equal_names_counts_and_managers_fields_are_left_out() -> None:
    managed = "abstract={Long}, biburl={x}, file={/home/uhu/a.pdf}"
    text = f"@misc{{k, title={{One}}, title={{Two}}, {managed}, note={{}}}}"
    assert fields(text) == {"title": "One"}


@pytest.mark.parametrize(
    "body",
    [
        "```\n@misc{owl,\n  title = {Owls},\n  year = {2021}\n```\n\nThanks {all}.\n}",
        "@misc{owl,\n  title = {Owls,\n\n# Contributions\nThanks to {all} of you}\n}",
        "@misc{owl, title = {Owls",
        '@misc{owl, title = "Owls}, year = {2020}}',
        '@misc{owl, title = "Owls} and", year = {2020}}',
        "@misc{owl, title = }",
        "@misc{owl, title = {Owls} #}",
        "@misc{owl, Owls at night}",
        "@misc{owl, title = Owls at night}",
        "@misc{TBD}",
        "@misc{owl,}",
    ],
)
def test_what_is_not_whole_is_not_carried(body: str) -> None:
    assert read(body) == ()


def test_what_is_cut_off_leaves_the_next_entry_whole() -> None:
    (found,) = read(f"@misc{{cut, title = {{Never closed,\n{OWL}")
    assert found.key == "owl"


@pytest.mark.parametrize(
    "body",
    [
        "[More Information Needed]",
        "@misc{key, title = {[More Information Needed]}, author = {A. Uhu}}",
        "@article{article_id, author = {Author List}, title = {Dataset Paper Title}}",
        "@InProceedings{huggingface:dataset, title = {A great new dataset}, author={x}}",
        "@misc{key, title = {}, author = {}, year = {2020}}",
        "@misc{key, year = {2020}}",
        "@misc{key, author = {...}, url = {TODO}}",
        "@string{owl = {Owls}}\n@comment{title = {Owls}}\n@preamble{title = {\\input{x}}}",
        "Thanks to @uhu(and @owl{s}) for adding this. Write @misc{a, title={b}}",
        "owl@example.org",
    ],
)
def test_what_is_no_citation(body: str) -> None:
    assert read(body) == ()


def test_front_matter_is_no_body() -> None:
    assert read("# Owls", f"citation: |\n  {OWL}".replace("\n", "\n  ")) == ()


def test_bounds() -> None:
    assert len(read("\n".join([OWL] * (MAX_ENTRIES + 9)))) == MAX_ENTRIES
    assert read(f"@misc{{k, title={{{'x' * MAX_ENTRY_CHARS}}}}}") == ()
    many = ", ".join(f"f{n} = {{v}}" for n in range(MAX_FIELDS))
    assert read(f"@misc{{k, title={{Owls}}, {many}}}") == ()


@pytest.mark.parametrize(
    "unit",
    ["@a{", "@a{\n", "\n@a{k,t={", "\n@a{k,t=\"{", "{", "\n@a", f"\n{' ' * 50}@a{{", "@a{k,a=b#",
     "\n- - @a(", "\n@misc{k,title={a},", "\n```", "\n@a{,,,,,,", "\n@a{      ", "\n@a{k,a   ",
     f"\n@a{{{' ' * 30_000}", f"\n@a{{k,{'a b' * 9_000}", f"\n@a{{k,a={'b#' * 9_000}", " "],
)  # fmt: skip
def test_hostile_bodies_take_linear_time(unit: str) -> None:
    half, whole = (unit * (size // len(unit)) for size in (400_000, 800_000))
    growth(lambda: list(entries(half)), lambda: list(entries(whole)), most=3, floor=0.02)


words = st.text(st.characters(codec="utf-8", exclude_characters='{}@"'), max_size=12)
balanced = st.recursive(
    words, lambda inner: st.lists(inner.map(lambda t: f"{{{t}}}") | words).map("".join)
)


@given(st.lists(balanced, min_size=1, max_size=5))
def test_any_balanced_value_is_read_back(values: list[str]) -> None:
    lines = "".join(f"  f{n} = {{{value}}},\n" for n, value in enumerate(values))
    found = [*entries(f"Text\n@misc{{key,\n  title = {{Owls}},\n{lines}}}\nText")]
    expected = {"title": "Owls"} | {
        f"f{n}": text for n, value in enumerate(values) if (text := " ".join(value.split()))
    }
    if any(stop in lines for stop in ("\n#", "\n```", "\n~~~")):
        return
    assert [{f.name: f.value for f in entry.fields} for entry in found] == [expected]


@given(st.text(st.sampled_from('@a{}()",=# \n\\`~-'), max_size=300))
def test_any_text_is_read_or_left(text: str) -> None:
    for entry in entries(text):
        assert text[entry.at] == "@"
        for field in entry.fields:
            assert field.value.count("{") == field.value.count("}")

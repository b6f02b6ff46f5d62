from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.licensing.cases import card, section
from tests.timing import growth

from provenance.licensing.body import MAX_STATEMENTS, read_body
from provenance.licensing.sentence import sentences
from provenance.report.license import LicenseStatement, Meaning, Scope
from provenance.vocabulary.restrictions import Restriction

NAMING = {Meaning.NAMES, Meaning.FAMILY}
PD = "LicenseRef-scancode-public-domain"


def read(text: str, repo: str = "datasets/acme/birds") -> tuple[LicenseStatement, ...]:
    return read_body(card(text, repo)).statements


def named(found: tuple[LicenseStatement, ...], *scopes: Scope) -> list[str | None]:
    wanted = scopes or (Scope.DATA, Scope.PART)
    return [s.expression for s in found if s.meaning in NAMING and s.scope in wanted]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("MIT", ["MIT"]),
        ("`mit`", ["MIT"]),
        ("- cc-by-4.0", ["CC-BY-4.0"]),
        ("The corpus is licensed under CC BY-NC 4.0.", ["CC-BY-NC-4.0"]),
        (
            "[A Creative Commons license](http://creativecommons.org/licenses/by-nc-sa/3.0/)",
            ["CC-BY-NC-SA-3.0"],
        ),
        ("https://creativecommons.org/licenses/by/4.0/", ["CC-BY-4.0"]),
        ("![badge](https://img.shields.io/badge/License-MIT-green.svg)", ["MIT"]),
        ('<a rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">'
         '<img src="https://i.creativecommons.org/l/by/4.0/88x31.png"/></a>', ["CC-BY-SA-4.0"]),
        ("![](https://i.creativecommons.org/l/by/4.0/88x31.png)", ["CC-BY-4.0"]),
        ("Creative Commons Attribution 4.0\nInternational License", ["CC-BY-4.0"]),
        (
            "GNU AGPLv3+\n\nsee the GNU Affero General Public License for details",
            ["AGPL-3.0-or-later"],
        ),
        ("```\nThe MIT License\n```", ["MIT"]),
        ("<!-- info: which license? -->\nmit: MIT License", ["MIT"]),
        ("Annotations: CC BY 4.0. The recordings are in the public domain.", ["CC-BY-4.0", PD]),
        ("Notre corpus est sous licence Creative Commons Paternité 4.0.", ["CC-BY-4.0"]),
        ("Dieser Korpus steht unter der Lizenz CC BY-SA 3.0.", ["CC-BY-SA-3.0"]),
        ("It is not released under a Creative Commons license.", []),
        ("[More Information Needed]", []),
    ],
)  # fmt: skip
def test_a_licensing_section_names(text: str, symbols: list[str]) -> None:
    found = read_body(section(text)).statements
    assert named(found) == symbols


@pytest.mark.parametrize(
    "text",
    [
        "[More Information Needed]",
        "[More Information Needed](https://example.org/how-to)",
        "Unknown",
        "Unknown license.",
        "N/A",
        "none given",
        "unknown",
        "The licensing status of the recordings is unclear.",
        "No license is specified for this data.",
    ],
)
def test_placeholders_say_nothing(text: str) -> None:
    found = read_body(section(text)).statements
    assert [s.meaning for s in found] == [Meaning.PLACEHOLDER]


@pytest.mark.parametrize(
    ("text", "restrictions"),
    [
        ("For non-commercial use only.", {Restriction.NON_COMMERCIAL}),
        ("You may not use the songs for any commercial purpose.", {Restriction.NON_COMMERCIAL}),
        ("The corpus is for research purposes only.", {Restriction.RESEARCH_ONLY}),
        ("> The corpus is for\n>   research purposes only.", {Restriction.RESEARCH_ONLY}),
        ("Academic use only.", {Restriction.RESEARCH_ONLY}),
        ("The songs are available for academic research.", {Restriction.RESEARCH_ONLY}),
        ("An agreement must be signed to get the songs.", {Restriction.REGISTRATION}),
        ("The songs must not be redistributed.", {Restriction.USE_RESTRICTIONS}),
        ("仅供学术研究使用", {Restriction.RESEARCH_ONLY}),
        ("Nur für nicht-kommerzielle Zwecke.", {Restriction.NON_COMMERCIAL}),
    ],
)
def test_terms_in_words(text: str, restrictions: set[Restriction]) -> None:
    found = read_body(section(text)).statements
    said = {r for s in found if s.meaning is Meaning.RESTRICTS for r in s.restrictions}
    assert said == restrictions


@pytest.mark.parametrize(
    "text",
    [
        "Free for commercial and non-commercial purposes.",
        "Used for academic research and commercial applications.",
        "We recommend it for research purposes only.",
        "The songs were recorded in a forest.",
        "Dataset provided for research purposes only. Please check dataset license.",
    ],
)
def test_words_that_restrict_nothing(text: str) -> None:
    assert not any(s.meaning is Meaning.RESTRICTS for s in read_body(section(text)).statements)


def test_a_grant_on_terms_of_its_own() -> None:
    text = "The songs may be freely used for any purpose, with thanks."
    [statement] = read_body(section(text)).statements
    assert (statement.meaning, statement.restrictions) == (Meaning.RESTRICTS, ())
    text += "\n\nCC BY 4.0"
    assert [s.meaning for s in read_body(section(text)).statements] == [Meaning.NAMES]


def test_rights_reserved() -> None:
    [statement] = read_body(section("© Acme. All rights reserved.")).statements
    assert statement.meaning is Meaning.RESERVES
    assert statement.restrictions == (Restriction.ALL_RIGHTS_RESERVED,)
    [statement] = read_body(section("We do not own the copyright of the songs.")).statements
    assert (statement.meaning, statement.restrictions) == (Meaning.RESERVES, ())
    [statement] = read_body(section("CC0 (no rights reserved)")).statements
    assert statement.expression == "CC0-1.0"


def test_the_text_of_a_license_states_nothing_more() -> None:
    text = (
        "MIT License\n\nCopyright (c) Acme. All rights reserved.\n"
        "Permission is hereby granted, free of charge, to anyone\n\n"
        "as in the public domain, for non-commercial use only, CC BY 4.0"
    )
    found = read_body(section(text)).statements
    assert [(s.meaning, s.expression) for s in found] == [
        (Meaning.NAMES, "MIT"),
        (Meaning.RESERVES, None),
    ]


def test_words_count_more_than_the_address_beside_them() -> None:
    text = "A [CC BY-NC 4.0](https://creativecommons.org/licenses/by-sa/4.0/) license."
    assert named(read_body(section(text)).statements) == ["CC-BY-NC-4.0"]
    text = "[Apache](https://example.org/a) license and [MIT](https://opensource.org/licenses/MIT)"
    assert named(read_body(section(text)).statements) == ["Apache", "MIT"]


def test_terms_with_a_name_of_their_own() -> None:
    [statement] = read_body(section("[Birdsong User Agreement](https://example.org/a)")).statements
    assert statement.meaning is Meaning.REFERS
    assert statement.expression == "LicenseRef-Birdsong-User-Agreement"
    [statement] = read_body(section("Commerical License: https://example.org/buy")).statements
    assert statement.expression == "LicenseRef-Commercial"
    [statement] = read_body(
        section("Forest College academic license: https://example.org")
    ).statements
    assert statement.restrictions == (Restriction.RESEARCH_ONLY,)
    [statement] = read_body(
        section("Please see this license: https://example.org/LICENSE")
    ).statements
    assert (statement.meaning, statement.expression) == (Meaning.REFERS, None)
    assert read_body(section("Thanks to [Ann](https://example.org/ann).")).statements == ()


def test_a_citation_and_a_sample_are_no_statements() -> None:
    text = (
        "## Dataset Structure\n\n### Data Instances\n\n"
        "{'text': 'licensed under the MIT license'}\n\n"
        "## Citation Information\n\n```\n@misc{birds, copyright = {CC BY 4.0 License}}\n```\n\n"
        "@misc{owls,\n  note = {released under the MIT license}}\n"
    )
    assert read(text) == ()


def test_code_and_models_do_not_license_data() -> None:
    found = read_body(
        section("The scripts are released under MIT. Our model is released under Apache 2.0.")
    ).statements
    assert named(found) == []
    assert named(found, Scope.CODE) == ["MIT", "Apache-2.0"]
    found = read_body(
        section("The code is under the MIT license, the corpus is under CC BY 4.0.")
    ).statements
    assert "MIT" in named(found, Scope.CODE)


def test_on_a_model_card_the_model_is_the_subject() -> None:
    text = "## License\n\nThe weights are released under Apache 2.0.\n"
    assert named(read(text, "models/acme/birds")) == ["Apache-2.0"]
    assert named(read(text)) == []


def test_the_license_of_the_source_is_kept_apart() -> None:
    text = (
        "## Source Data\n\nArticles are used under CC BY-SA 3.0 license.\n\n"
        "## License\n\nThis work is licensed under CC BY 4.0. "
        "The original data is licensed under CC BY-SA 3.0.\n"
    )
    found = read(text)
    assert named(found) == ["CC-BY-4.0"]
    assert named(found, Scope.UPSTREAM) == ["CC-BY-SA-3.0"]


def test_a_licensing_section_about_its_source_alone_speaks_of_the_set() -> None:
    found = read_body(section("The source data is licensed under CC0.")).statements
    assert named(found) == ["CC0-1.0"]


def test_a_grant_outside_of_a_licensing_section() -> None:
    assert named(read("# Birds\n\nWe release this corpus under CC BY 4.0.")) == ["CC-BY-4.0"]
    assert named(read("# Birds\n\nThe photos on the web site are under CC BY 4.0.")) == []
    assert named(read("# Birds\n\nCC BY 4.0 is a license.")) == []
    assert named(read("# Birds\n\nSongs in the public domain since 1900.")) == []


def test_parts_in_a_list_and_in_a_table() -> None:
    found = read_body(section("- Owls: [MIT License](https://x.example)\n- Larks: CC0")).statements
    assert [(s.part, s.expression) for s in found] == [("Owls", "MIT"), ("Larks", "CC0-1.0")]
    found = read_body(section("* Owls are taken from the wild under CC0\n* Larks: MIT")).statements
    assert [(s.part, s.expression) for s in found] == [("Owls", "CC0-1.0"), ("Larks", "MIT")]
    rows = ("| Part | License | Size |", "|---|---|---|", "| owls | CC BY 4.0 | 3 |")
    table = "\n".join((*rows, "| larks | MIT | 4 |"))
    found = read_body(section(table)).statements
    assert [(s.part, s.expression, s.evidence.line) for s in found] == [
        ("owls", "CC-BY-4.0", 9),
        ("larks", "MIT", 10),
    ]
    outside = read(f"# Birds\n\n{table}\n")
    assert [s.part for s in outside] == ["owls", "larks"]
    assert read("# Birds\n\n| a | b |\n|---|---|\n| under MIT license | x |\n") == ()


def test_labels_open_a_short_section() -> None:
    assert named(read("# Birds\n\nSongs.\nLicense\nCC BY 4.0\nMore\n\nMIT is a university.")) == [
        "CC-BY-4.0"
    ]
    assert named(read("# Birds\n\n**License:**\n\nCC BY 4.0")) == ["CC-BY-4.0"]
    assert named(read("# Birds\n\n**License**: MIT")) == ["MIT"]
    assert named(read("# Birds\n\n## Citation\n\nLicense\nCC0\n")) == ["CC0-1.0"]


def test_a_header_that_nobody_fenced() -> None:
    assert named(read("Some link\n\nlicenses:\n- cc0-1.0\nlanguages:\n- en\n")) == ["CC0-1.0"]
    assert named(read("pretty_name: Birds\nlicense: mit\n")) == ["MIT"]
    [statement] = read("license: unknown\nlanguage: en\n")
    assert statement.meaning is Meaning.PLACEHOLDER


def test_sections_end_and_nest() -> None:
    text = (
        "## License\n\n### Data\n\nCC BY 4.0\n\n## Contributions\n\nApache 2.0 is not meant here\n"
    )
    assert named(read(text)) == ["CC-BY-4.0"]
    assert named(read("# License\n\nMIT")) == ["MIT"]
    assert read("# License plates of birds and all other kinds of flying things\n\nMIT") == ()
    assert read("## Dataset Card for Legal Birds\n\n[Home](https://x.example)") == ()


def test_code_is_only_read_in_a_licensing_section() -> None:
    assert read("# Birds\n\n```\nWe release this corpus under CC BY 4.0.\n```\n") == ()
    text = "# Birds\n\n```python\n# License\nx = 'MIT'\n\n## License\n\nCC BY 4.0\n"
    assert named(read(text)) == ["CC-BY-4.0"]
    assert named(read("# Birds\n\n```{'a': 1}```\n\n## License\n\nMIT\n")) == ["MIT"]
    text = "# Birds\n\n```\na\n```json\n{}\n```\n\n## License\n\nMIT\n"
    assert named(read(text)) == ["MIT"]
    assert read("# Birds\n\n~~~\nWe release this corpus under CC BY 4.0.") == ()


def test_an_entry_that_nobody_closed_ends_behind_its_brace() -> None:
    entry = "```bibtex\n@misc{owl,\n  title={MIT owls}\n}\n"
    text = f"# Birds\n\n{entry}\nLicense\n\nFor research use only.\n"
    (terms,) = read(text)
    assert terms.restrictions == (Restriction.RESEARCH_ONLY,)
    assert terms.evidence.line == 10
    assert read(text.replace("bibtex", "text")) == ()


def test_where_a_license_can_be_read_is_of_what_it_was_given_to() -> None:
    found = read_body(
        section(
            "All software is under the Apache 2.0 license. You may obtain a copy of the Apache 2.0 "
            "license at\nhttps://www.apache.org/licenses/LICENSE-2.0.\n\n"
            "All other materials are licensed under CC BY 4.0.\n\n"
            "This is not an official Owl product.\n"
        )
    ).statements
    assert named(found, Scope.CODE) == ["Apache-2.0"]
    assert named(found, Scope.DATA) == ["CC-BY-4.0"]
    assert not [s for s in found if s.meaning is Meaning.UNREAD]


def test_a_value_that_none_is_declared_names_none() -> None:
    row = "| License | Not declared for these weights; the base is MIT |"
    assert named(read(f"| Field | Value |\n|---|---|\n{row}\n", "models/acme/finch")) == []


@pytest.mark.parametrize(
    ("audience", "limited"),
    [
        ("academic and other groups for research purposes such as teaching", True),
        ("all for any purpose such as teaching", False),
    ],
)
def test_what_is_made_available_for_a_purpose(audience: str, limited: bool) -> None:
    found = read(f"# Owls\n\nThe owl dataset is made freely available to {audience}.\n")
    assert bool(found) == limited


def test_html_comments_are_not_read() -> None:
    assert read("## License\n\n<!-- released under\nthe MIT license -->\n") == ()
    assert read("## License\n\n<!-- MIT license") == ()
    assert named(read("## License\n\nISC License <!-- a\nMIT license --> \n\nZlib License")) == [
        "ISC", "Zlib",
    ]  # fmt: skip


def test_a_repeated_statement_is_kept_where_it_stands_first() -> None:
    found = read_body(section("MIT License\n\nMIT License\n\nISC License")).statements
    assert [(s.expression, s.evidence.line) for s in found] == [("MIT", 7), ("ISC", 11)]


def test_evidence_is_the_line_where_the_name_stands() -> None:
    found = read_body(
        section("All of it\nis released under the\nMIT License, see above.")
    ).statements
    [statement] = found
    assert statement.evidence.line == 9
    assert statement.evidence.excerpt == "MIT License, see above."
    assert statement.raw.startswith("MIT License")


def test_sentences_end_where_one_would_stop_reading() -> None:
    text = "Under Apache v. 2.0. See below! Thanks.\n\n学术。研究"
    found = [(at, sentence.strip()) for at, sentence in sentences(text)]
    assert [s for _, s in found] == [
        "Under Apache v. 2.0.",
        "See below!",
        "Thanks.",
        "学术。",
        "研究",
    ]
    assert all(text.startswith(sentence, at) for at, sentence in found)


def test_too_many_statements_are_cut() -> None:
    rows = "\n".join(f"| part {n} | MIT |" for n in range(2 * MAX_STATEMENTS + 300))
    found = read_body(section(f"| Part | License |\n|---|---|\n{rows}")).statements
    assert MAX_STATEMENTS <= len(found) < MAX_STATEMENTS + 2


_WORDS = st.sampled_from(
    ["license", "MIT", "CC BY", "4.0", "##", "```", "<!--", "-->", "|", "-", "(", "[", "](", "\n",
     "\n\n", "commercial", "not", "code", "https://x.example/", "research", "only", ".", ":", "@a{"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(_WORDS, max_size=40))
def test_every_body_is_read_and_quoted_right(words: list[str]) -> None:
    read_card = card(" ".join(words))
    found = read_body(read_card).statements
    assert found == read_body(read_card).statements
    for statement in found:
        number = (statement.evidence.line or 0) - 1
        line = " ".join(read_card.lines[number].split())
        below = (text.lstrip("> \t") for text in read_card.lines[number + 1 :])
        whole = " ".join(" ".join((read_card.lines[number], *below)).split())
        assert statement.evidence.excerpt.strip("…") in whole
        assert statement.raw.split()[0] in line


@pytest.mark.parametrize(
    "piece",
    [
        "license ", "## license\n", "licensed under the ", "only for a, ", "not commercial ",
        "```\n", "<!--", "| ", "[a](", "- license: ", "# #", "cc by ", "https://", "a. A ", "**",
        "License Agreement ", "\n", "(", "<a ", "not be ", "is unknown license ", " \t",
    ],
)  # fmt: skip
def test_hostile_cards_are_read_in_linear_time(piece: str) -> None:
    half, whole = (
        card("## License\n\n" + piece * (size // len(piece))) for size in (500_000, 1_000_000)
    )
    growth(
        lambda: read_body(half).statements, lambda: read_body(whole).statements, most=3, floor=0.05
    )

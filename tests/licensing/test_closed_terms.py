"""Terms that close a card though something on it is open, by the kinds that were once passed."""

from __future__ import annotations

import pytest
from tests.closed_cards import BY, CLOSED, MIT, OPEN, Told
from tests.licensing.cases import card

from provenance.licensing import conclude_card, license_files, read_license_file
from provenance.licensing.alone import alone
from provenance.licensing.leaving_out import REST, left_out
from provenance.licensing.limits import limits_in
from provenance.licensing.use_rows import use_terms
from provenance.licensing.who import is_research, who_may
from provenance.report.license import LicenseConclusion, LicenseState
from provenance.vocabulary.restrictions import Restriction

NC, RO = Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY
USE = Restriction.USE_RESTRICTIONS


def concluded(told: Told) -> LicenseConclusion:
    """On a card with the files beside it, as an audit does."""
    subject = card(told.card)
    files = ["README.md", *told.files]
    names, cut = license_files(subject, conclude_card(subject), files)
    extra = [
        statement
        for name in names
        if name in told.files
        for statement in read_license_file(
            told.files[name].encode(), subject.repo, None, name
        ).statements
    ]
    return conclude_card(subject, extra, files, cut)


def is_open(found: LicenseConclusion) -> bool:
    return found.state is LicenseState.EXPLICIT and found.concluded in {"MIT", "CC-BY-4.0"}


@pytest.mark.parametrize("told", CLOSED, ids=str)
def test_what_closes_is_read(told: Told) -> None:
    found = concluded(told)
    assert not is_open(found), found.reason


@pytest.mark.parametrize("told", OPEN, ids=str)
def test_what_only_looks_so_stays_open(told: Told) -> None:
    found = concluded(told)
    assert is_open(found), found.reason
    assert not found.truncated


@pytest.mark.parametrize("told", [t for t in CLOSED if t.kind != "code"], ids=str)
def test_the_deciding_words_are_quoted(told: Told) -> None:
    """Some statement besides the tag's names a file and a line, and quotes what stands there."""
    beside = [s for s in concluded(told).statements if s.raw not in {"mit", "cc-by-4.0"}]
    assert beside
    for s in beside:
        assert s.evidence.line is not None
        assert s.evidence.excerpt


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The license does not apply to the audio.", "audio"),
        ("This license does not cover any third-party photographs.", "third-party photographs"),
        ("The maps are not covered by this license.", "maps"),
        ("The license applies to the annotations only.", REST),
        ("Licensed are all files except the scanned letters.", "scanned letters"),
        ("All files are licensed except where noted.", None),
        ("The license does not apply to the code.", None),
        ("The license applies only to the dataset.", None),
        ("Except for commercial purposes the license is free.", None),
        ("Outside recordings keep their own licenses.", "Outside recordings"),
        ("Outside recordings keep their own licenses and are linked rather than copied.", None),
        ("The calls of all owls except the barn owl were recorded.", None),
    ],
)
def test_parts_that_are_left_out(text: str, part: str | None) -> None:
    found = left_out(text, named=False)
    assert (None if found is None else found.part) == part


def test_a_part_that_has_a_license_of_its_own_is_not_left_out() -> None:
    text = "## License\n\nCC BY 4.0, except for the maps.\n\n- Maps: CC0 1.0"
    found = concluded(Told("left out", text, ""))
    assert found.concluded == "CC-BY-4.0 AND CC0-1.0"


@pytest.mark.parametrize(
    "text",
    [
        "Reproduction without the written consent of the owner is prohibited.",
        "You must obtain our approval.",
        "Redistribution needs prior permission.",
        "Please contact the museum before using the songs.",
        "Not for public release.",
        "Any other use is forbidden.",
        "It can be used as long as it is not sold.",
    ],
)
def test_what_has_to_be_asked_for(text: str) -> None:
    found = limits_in(text)
    assert found is not None
    assert USE in found.restrictions


@pytest.mark.parametrize(
    "text",
    [
        "No permission is needed to use the songs.",
        "You may use it without asking for permission.",
        "We asked the park for permission.",
        "The songs were recorded with the consent of the singers.",
        "This permission notice shall be included in all copies.",
        "Please contact us if you find an error.",
    ],
)
def test_what_has_not(text: str) -> None:
    assert limits_in(text, licensing=True) is None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Academic use.", RO),
        ("Research and education only", RO),
        ("Personal use only.", NC),
        ("Restricted", USE),
        ("Confidential.", USE),
        ("Research", None),
        ("Academic use of owls in Roman texts.", None),
    ],
)
def test_a_few_words_alone(text: str, term: Restriction | None) -> None:
    assert alone(text) == (() if term is None else (term,))


@pytest.mark.parametrize(
    ("header", "row", "found"),
    [
        (("Use", "Allowed"), ("Commercial use", "no"), ((1, NC),)),
        (("Use", "Allowed"), ("Commercial use", "yes"), ()),
        (("Field", "Value"), ("Redistribution", "with permission"), ((1, USE),)),
        (("Field", "Value"), ("AI training", "✗"), ((1, Restriction.NO_TRAINING),)),
        (("Hours", "Commercial use"), ("12", "not allowed"), ((1, NC),)),
        (("Dataset", "Commercial use"), ("Larks", "no"), ()),
        (("Field", "Value"), ("Terms", "research only"), ((1, RO),)),
    ],
)
def test_rows_of_use(
    header: tuple[str, ...], row: tuple[str, ...], found: tuple[tuple[int, Restriction], ...]
) -> None:
    assert use_terms(header, row) == found


def test_who_and_where() -> None:
    assert who_may("I am a PhD student") == (0, RO)
    assert who_may("I do not represent a company") == (0, NC)
    assert who_may("I live in Norway") == (0, USE)
    assert who_may("I am asking for access") is None
    assert who_may("Please tell us your country") is None
    assert is_research("Academic research")
    assert not is_research("Research or product")
    assert not is_research("Other")


def test_an_item_is_read_with_the_words_over_its_list_at_its_own_line() -> None:
    found = concluded(Told("list", "## Terms\n\nYou may not:\n\n- read\n- use it commercially"))
    told = [s for s in found.statements if NC in s.restrictions]
    assert [(s.evidence.line, s.evidence.excerpt) for s in told] == [(13, "- use it commercially")]


def test_a_merged_mapping_gives_the_license_where_no_key_does() -> None:
    front = "base: &b\n  licensed: no\n  license: cc-by-nc-4.0\n<<: *b"
    found = concluded(Told("key", "", front))
    assert NC in found.restrictions
    assert "CC-BY-NC-4.0" in found.concluded


@pytest.mark.parametrize(
    "text",
    [
        "Permite uso comercial: compartir igual no es «no comercial».",
        "A non-commercial clause would block newspapers.",
        "Una cláusula no comercial impediría muchos usos.",
        "The calls are not copied verbatim from the radio.",
        "You must not copy copyrighted songs into the set.",
        "Uso comercial permitido.",
    ],
)
def test_what_is_denied_or_supposed_closes_nothing(text: str) -> None:
    found = concluded(Told("denied", f"## License\n\nCC BY 4.0. {text}", BY))
    assert is_open(found), found.reason


@pytest.mark.parametrize(
    "text",
    [
        "The scripts are under the MIT license, but the data license is to be confirmed.",
        "**Data license and DUA:** TBD",
        "The draft license is CC BY 4.0.",
        "Draft DUA principles",
    ],
)
def test_what_is_not_decided_is_no_license(text: str) -> None:
    found = concluded(Told("undecided", f"## License\n\n{text}", "license: other"))
    assert found.state is not LicenseState.EXPLICIT


@pytest.mark.parametrize(
    "text",
    [
        "You may not use the calls that we recorded\nin many nights for commercial purposes.",
        "> You may not use the calls that we recorded\n> in many nights for commercial purposes.",
    ],
)
def test_an_excerpt_goes_on_to_the_words_that_decide(text: str) -> None:
    found = concluded(Told("excerpt", f"## License\n\n{text}"))
    told = next(s for s in found.statements if NC in s.restrictions)
    assert told.evidence.line == 10
    assert "may not use" in told.evidence.excerpt
    assert "nights for commercial purposes" in told.evidence.excerpt


def test_an_excerpt_of_a_file_goes_on_as_well() -> None:
    text = "Owl terms\n\nThe calls may not be used\nfor commercial purposes.\n"
    found = concluded(Told("excerpt", "", MIT, {"LICENSE": text}))
    told = next(s for s in found.statements if NC in s.restrictions)
    assert (told.evidence.line, told.evidence.path) == (3, "LICENSE")
    assert "used for commercial purposes" in told.evidence.excerpt


def test_an_agreement_is_read_for_its_terms() -> None:
    text = "# Data Use Agreement\n\nThe trust permits use for non-commercial activities.\n"
    found = concluded(Told("file", "", MIT, {"DATA_USE_AGREEMENT.md": text}))
    assert found.state is LicenseState.CONFLICTING
    assert NC in found.restrictions


def test_who_agrees_to_use_it_for_research_agrees_to_nothing_else() -> None:
    prompt = "license: other\nextra_gated_prompt: By asking you agree to (1) use the data for {}."
    closed = concluded(Told("gate", "", prompt.format("research and analysis, and to cite us")))
    wide = concluded(Told("gate", "", prompt.format("research or commercial work")))
    assert Restriction.RESEARCH_ONLY in closed.restrictions
    assert Restriction.RESEARCH_ONLY not in wide.restrictions

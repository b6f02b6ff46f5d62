from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.licensing.cases import say, tag

from provenance.licensing import conclude, unresolved
from provenance.report.license import (
    NOASSERTION,
    NONE,
    Cause,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
    Standing,
)
from provenance.vocabulary.restrictions import Restriction

EXPLICIT = LicenseState.EXPLICIT
CONFLICTING = LicenseState.CONFLICTING
AMBIGUOUS = LicenseState.AMBIGUOUS
RESEARCH = say(meaning=Meaning.RESTRICTS, restrictions=(Restriction.RESEARCH_ONLY,))
NON_COMMERCIAL = say(meaning=Meaning.RESTRICTS, restrictions=(Restriction.NON_COMMERCIAL,))
RESERVED = say(meaning=Meaning.RESERVES, restrictions=(Restriction.ALL_RIGHTS_RESERVED,))
NOT_OWNED = say(meaning=Meaning.RESERVES, restrictions=())
PLACEHOLDER = say(meaning=Meaning.PLACEHOLDER)
POINTER = say(meaning=Meaning.REFERS)


@pytest.mark.parametrize(
    ("statements", "state", "concluded"),
    [
        # named
        ([tag("MIT")], EXPLICIT, "MIT"),
        ([tag("MIT"), tag("CC-BY-4.0")], EXPLICIT, "MIT AND CC-BY-4.0"),
        ([tag("MIT OR ISC"), tag("Zlib")], EXPLICIT, "(MIT OR ISC) AND Zlib"),
        ([tag("MIT"), tag(None, Meaning.VAGUE), say("MIT"), say("ISC")], EXPLICIT, "MIT"),
        ([tag("CC"), say("CC-BY-4.0")], EXPLICIT, "CC-BY-4.0"),
        ([tag("GPL-3.0-only"), say("GPL-3.0-or-later")], EXPLICIT, "GPL-3.0-or-later"),
        ([tag(None, Meaning.VAGUE), say("MIT")], EXPLICIT, "MIT"),
        ([say("CC-BY-NC")], EXPLICIT, "LicenseRef-CC-BY-NC"),
        ([say("CC-BY-SA"), say("CC-BY-SA-4.0")], EXPLICIT, "CC-BY-SA-4.0"),
        ([say("MIT", scope=Scope.PART), say("ISC", scope=Scope.PART)], EXPLICIT, "MIT AND ISC"),
        ([say("MIT"), say("ISC", scope=Scope.PART)], EXPLICIT, "MIT AND ISC"),
        ([say("MIT", Origin.LICENSE_FILE)], EXPLICIT, "MIT"),
        ([tag(None, Meaning.PLACEHOLDER), say("MIT", Origin.CATALOG)], EXPLICIT, "MIT"),
        ([tag("GPL"), say("MIT", Origin.CLARIFICATION)], EXPLICIT, "MIT"),
        # referred to, restricted in words
        ([tag("LicenseRef-Foo", Meaning.REFERS)], EXPLICIT, "LicenseRef-Foo"),
        ([tag(None, Meaning.REFERS)], EXPLICIT, "LicenseRef-linked-terms"),
        ([NON_COMMERCIAL], EXPLICIT, "LicenseRef-stated-non-commercial"),
        ([say(meaning=Meaning.RESTRICTS)], EXPLICIT, "LicenseRef-stated-terms"),
        # ambiguous
        ([tag("GPL")], AMBIGUOUS, NOASSERTION),
        ([tag("CC")], AMBIGUOUS, NOASSERTION),
        ([tag(None, Meaning.VAGUE)], AMBIGUOUS, NOASSERTION),
        ([tag("MIT"), tag(None, Meaning.PLACEHOLDER)], AMBIGUOUS, NOASSERTION),
        ([tag("MIT"), tag(None, Meaning.VAGUE)], AMBIGUOUS, NOASSERTION),
        ([tag("MIT"), tag("GPL")], AMBIGUOUS, NOASSERTION),
        ([tag("LicenseRef-modified-MIT", Meaning.MODIFIED)], AMBIGUOUS, NOASSERTION),
        ([POINTER], AMBIGUOUS, NOASSERTION),
        # none
        ([NOT_OWNED], LicenseState.NONE, NONE),
        ([tag(None, Meaning.PLACEHOLDER), POINTER], LicenseState.NONE, NONE),
        ([], LicenseState.NONE, NONE),
        ([tag(None, Meaning.PLACEHOLDER)], LicenseState.NONE, NONE),
        ([PLACEHOLDER], LicenseState.NONE, NONE),
        ([say("MIT", scope=Scope.CODE)], LicenseState.NONE, NONE),
        ([say("MIT", scope=Scope.UPSTREAM)], LicenseState.NONE, NONE),
    ],
)
def test_what_statements_support(
    statements: list[LicenseStatement], state: LicenseState, concluded: str
) -> None:
    conclusion = conclude(statements)
    assert (conclusion.state, conclusion.concluded) == (state, concluded)
    assert conclusion.statements == tuple(statements)
    assert conclusion.reason


@pytest.mark.parametrize(
    ("statements", "reason"),
    [
        (
            [tag("MIT"), say("CC-BY-NC-4.0")],
            "the tag says MIT, but the card (line 3) says CC-BY-NC-4.0",
        ),
        ([tag("CC-BY-3.0"), say("CC-BY-4.0")], "says CC-BY-4.0"),
        ([tag("CC-BY-4.0"), say("CC-BY-SA-4.0")], "says CC-BY-SA-4.0"),
        ([tag("MIT"), say("GPL-3.0-only", Origin.LICENSE_FILE)], "the license file"),
        ([tag("MIT"), say("ISC", Origin.CATALOG)], "the catalogue"),
        ([tag("MIT"), say("LicenseRef-modified-MIT", Origin.LICENSE_FILE)], "modified"),
        ([tag("MIT"), tag("ISC"), say("MIT")], "the tag says ISC"),
        ([tag("MIT"), say("ISC"), say("MIT", scope=Scope.CODE)], "says ISC"),
        ([tag("MIT"), RESEARCH], "says research-only"),
        ([tag("MIT"), say("MIT"), NON_COMMERCIAL], "says non-commercial"),
        ([tag("Apache-2.0"), RESERVED], "reserves all rights"),
    ],
)  # fmt: skip
def test_conflicts(statements: list[LicenseStatement], reason: str) -> None:
    conclusion = conclude(statements)
    assert conclusion.state is CONFLICTING
    assert conclusion.concluded == NOASSERTION
    assert reason in conclusion.reason


@pytest.mark.parametrize(
    "statements",
    [
        [tag("CC-BY-SA-4.0"), say("CC-BY-SA")],
        [tag("CC-BY-4.0"), say("CC")],
        [tag("MIT"), say("MIT"), say("LicenseRef-scancode-public-domain")],
        [tag("MIT"), tag("CC-BY-4.0"), say("CC-BY-4.0"), say("MIT")],
        [tag("MIT"), tag("CC-BY-4.0"), say("CC-BY-4.0"), say("MIT", scope=Scope.CODE)],
        [tag("CC-BY-4.0"), say("MIT", scope=Scope.CODE)],
        [tag("CC-BY-4.0"), say("GFDL", scope=Scope.UPSTREAM)],
        [tag("CC-BY-NC-4.0"), RESEARCH],
        [tag("CC"), say("CC-BY-NC-4.0"), NON_COMMERCIAL],
        [tag("BSD-2-Clause"), say("BSD-2-Clause"), RESERVED],
        [tag("Unlicense"), say("LicenseRef-scancode-public-domain")],
        [tag("MIT"), NOT_OWNED],
        [tag("MIT"), PLACEHOLDER],
    ],
)
def test_no_conflict(statements: list[LicenseStatement]) -> None:
    assert conclude(statements).state is EXPLICIT


def test_statements_without_a_tag_do_not_conflict() -> None:
    assert conclude([say("MIT"), say("CC-BY-4.0")]).concluded == "MIT AND CC-BY-4.0"


def test_declared_is_the_tag_in_its_order() -> None:
    statements = [tag("MIT"), tag(None, Meaning.VAGUE), tag("CC"), say("ISC")]
    assert conclude(statements).declared == ("MIT", "other", "CC")
    assert conclude([tag(None, Meaning.PLACEHOLDER)]).declared == ()


def test_restrictions_are_those_that_bear_on_the_data() -> None:
    statements = [tag("CC-BY-4.0"), say("GPL-3.0-only", scope=Scope.CODE), RESEARCH]
    assert conclude(statements).restrictions == (
        Restriction.ATTRIBUTION,
        Restriction.RESEARCH_ONLY,
    )


def test_long_lists_are_cut_in_the_reason() -> None:
    many = [say(f"CC-BY-{v}") for v in ("1.0", "2.0", "2.5", "3.0", "4.0")]
    assert "and 1 more" in conclude([tag("MIT"), *many]).reason


def test_unresolved_says_why_and_lacks_only_where_the_card_leads_nowhere() -> None:
    conclusion = unresolved("not found or private", Cause.NOT_FOUND_OR_PRIVATE)
    assert conclusion.state is LicenseState.UNRESOLVED
    standings = {cause: unresolved("why", cause).standing for cause in Cause}
    assert standings.pop(Cause.NOT_LOCATABLE) is Standing.LACKING
    assert set(standings.values()) == {Standing.NOT_EXAMINED}
    assert (conclusion.concluded, conclusion.reason) == (NOASSERTION, "not found or private")


_SYMBOLS = st.sampled_from(["MIT", "CC-BY-4.0", "CC-BY-SA", "CC", "GPL-3.0-only", "CC-BY-NC-4.0"])
_BODIES = st.builds(say, _SYMBOLS, st.just(Origin.BODY), st.none(), st.sampled_from(Scope))
_OTHERS = st.sampled_from([RESEARCH, RESERVED, NOT_OWNED, PLACEHOLDER, POINTER])


@given(
    st.lists(st.builds(tag, _SYMBOLS), max_size=3),
    st.lists(_BODIES | _OTHERS, max_size=5),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_body_does_not_matter(
    tags: list[LicenseStatement], bodies: list[LicenseStatement], random: object
) -> None:
    shuffled = list(bodies)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis types it as object
    one, other = conclude([*tags, *bodies]), conclude([*tags, *shuffled])
    assert one == conclude([*tags, *bodies])
    assert (one.state, one.restrictions, one.declared) == (
        other.state,
        other.restrictions,
        other.declared,
    )
    assert set(one.concluded.split(" AND ")) == set(other.concluded.split(" AND "))


@given(st.lists(_BODIES | _OTHERS | st.builds(tag, _SYMBOLS), max_size=6))
def test_only_named_terms_are_explicit(statements: list[LicenseStatement]) -> None:
    conclusion = conclude(statements)
    if conclusion.state is EXPLICIT:
        assert conclusion.concluded not in {NONE, NOASSERTION}
    else:
        assert conclusion.concluded in {NONE, NOASSERTION}

"""License lists and uses against single licenses and expressions."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from provenance.policy.model import Decision, IntendedUse, Terms
from provenance.policy.terms import (
    binding_terms,
    blocked_by,
    blocking_terms,
    decide_expression,
    decide_license,
)
from provenance.policy.words import Term
from provenance.vocabulary.restrictions import Restriction

_TERMS = Terms(
    allow=frozenset({"permissive", "attribution", "CC-BY-NC-2.0"}),
    review=frozenset({"share-alike", "GPL-3.0-only"}),
    deny=frozenset({"non-commercial", "Apache-1.0"}),
)


@pytest.mark.parametrize(
    ("symbol", "decision"),
    [
        ("MIT", Decision.ALLOW),
        ("CC-BY-4.0", Decision.ALLOW),
        ("CC-BY-SA-4.0", Decision.REVIEW),
        ("CC-BY-NC-SA-4.0", Decision.DENY),
        ("CC-BY-NC-2.0", Decision.ALLOW),
        ("Apache-1.0", Decision.DENY),
        ("GPL-3.0-only", Decision.REVIEW),
        ("GPL-3.0-only WITH GCC-exception-3.1", Decision.REVIEW),
        ("CC0-1.0", Decision.REVIEW),
        ("LicenseRef-house", Decision.UNRECOGNIZED),
        ("NOASSERTION", Decision.UNRECOGNIZED),
        ("NONE", Decision.UNRECOGNIZED),
    ],
)
def test_an_id_weighs_more_than_a_group_and_deny_more_than_allow(
    symbol: str, decision: Decision
) -> None:
    assert decide_license(symbol, _TERMS)[0] is decision


@pytest.mark.parametrize(
    ("expression", "decision"),
    [
        ("MIT OR CC-BY-NC-4.0", Decision.ALLOW),
        ("MIT AND CC-BY-NC-4.0", Decision.DENY),
        ("LicenseRef-house OR CC-BY-NC-4.0", Decision.UNRECOGNIZED),
        ("LicenseRef-house AND GPL-3.0-only", Decision.REVIEW),
        ("LicenseRef-house AND CC-BY-NC-4.0", Decision.DENY),
    ],
)
def test_expressions(expression: str, decision: Decision) -> None:
    assert decide_expression(expression, _TERMS).decision is decision


def test_a_use_is_blocked_only_when_every_branch_is() -> None:
    assert blocking_terms("MIT OR CC-BY-NC-4.0", IntendedUse.COMMERCIAL) == ()
    assert blocking_terms("CC-BY-NC-4.0", IntendedUse.COMMERCIAL) == (Restriction.NON_COMMERCIAL,)
    assert blocking_terms("CC-BY-NC-4.0", IntendedUse.RESEARCH) == ()
    assert blocking_terms("CC-BY-ND-4.0", IntendedUse.REDISTRIBUTE_WEIGHTS) == (
        Restriction.NO_DERIVATIVES,
    )


def test_terms_bind_on_every_side_of_and_and_on_all_sides_of_or() -> None:
    assert Restriction.NON_COMMERCIAL in binding_terms("MIT AND CC-BY-NC-4.0")
    assert Restriction.NON_COMMERCIAL not in binding_terms("CC0-1.0 OR CC-BY-NC-4.0")
    assert binding_terms("not ( an expression") == frozenset()


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("GPL-2.0", "gpl-2.0"),
        ("GPL-2.0", "GPL-2.0-only"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("GPL-3.0", "GPL-3.0"),
        ("AGPL-3.0", "AGPL-3.0-only"),
        ("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
    ],
)
def test_a_deprecated_id_matches_what_replaced_it(listed: str, found: str) -> None:
    entry = TypeAdapter(Term).validate_python(listed)
    terms = Terms(allow=frozenset(), review=frozenset(), deny=frozenset({entry}))
    assert decide_expression(found, terms).decision is Decision.DENY


def test_an_invented_exception_is_never_allowed() -> None:
    terms = Terms(frozenset({"Apache-2.0", "permissive"}), frozenset(), frozenset())
    assert decide_expression("Apache-2.0", terms).decision is Decision.ALLOW
    known = decide_expression("Apache-2.0 WITH LLVM-exception", terms)
    assert known.decision is Decision.ALLOW
    invented = decide_expression("Apache-2.0 WITH owl-exception", terms)
    assert invented.decision is Decision.UNRECOGNIZED


@pytest.mark.parametrize("use", list(IntendedUse))
def test_a_training_ban_blocks_every_use(use: IntendedUse) -> None:
    assert Restriction.NO_TRAINING in blocked_by(use)

"""License rules: each fires on what it is about and on nothing beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import conclusion, training_set
from tests.policy.facts_builder import (
    ROOT,
    codes,
    edge,
    facts,
    findings,
    licensed,
    node,
    policy,
    preset,
    stated,
)

from provenance.policy import Policy
from provenance.report.facts import EarlierLicense
from provenance.report.license import Cause, LicenseState
from provenance.report.lineage import EdgeKind, Lineage
from provenance.report.training import Role
from provenance.vocabulary.restrictions import Restriction


@pytest.fixture(scope="module")
def default() -> Policy:
    return preset("default")


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("CC-BY-NC-4.0", "LIC001"),
        ("MIT AND CC-BY-NC-4.0", "LIC001"),
        ("GPL-3.0-only", "LIC002"),
        ("LicenseRef-house", "LIC005"),
        ("MIT OR CC-BY-NC-4.0", "LIC015"),
    ],
)
def test_what_the_lists_say(default: Policy, expression: str, code: str) -> None:
    found = findings(facts(licensed("a/a", expression)), default, code)
    assert [f.subject for f in found] == ["datasets/a/a"]
    assert found[0].evidence[0].pointer == "/license"


def test_a_denied_license_says_which_use_its_terms_block(default: Policy) -> None:
    found = facts(licensed("a/a", "CC-BY-NC-4.0"))
    assert "its terms block commercial use" in findings(found, default, "LIC001")[0].message
    assert "LIC011" not in codes(found, default)


def test_terms_said_in_words_block_a_use(default: Policy) -> None:
    data = replace(stated("MIT"), restrictions=(Restriction.NON_COMMERCIAL,))
    found = facts(replace(licensed("a/a", "MIT"), license=data))
    assert findings(found, default, "LIC011")[0].message == (
        "a/a has terms that block commercial use: non-commercial"
    )


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (LicenseState.NONE, "LIC003"),
        (LicenseState.AMBIGUOUS, "LIC004"),
        (LicenseState.CONFLICTING, "LIC006"),
        (LicenseState.UNRESOLVED, "LIC013"),
    ],
)
def test_states(default: Policy, state: LicenseState, code: str) -> None:
    assert code in codes(facts(training_set("a/a", state)), default)
    assert code not in codes(facts(licensed("a/a", "MIT")), default)


def test_other_alone_and_an_outage_have_rules_of_their_own(default: Policy) -> None:
    other = replace(conclusion(LicenseState.AMBIGUOUS), declared=("other",))
    found = codes(facts(replace(training_set("a/a"), license=other)), default)
    assert "LIC012" in found
    assert "LIC004" not in found
    out = conclusion(LicenseState.UNRESOLVED, cause=Cause.UNREACHABLE)
    found = codes(facts(replace(training_set("a/a"), license=out)), default)
    assert "LIC014" in found
    assert "LIC013" not in found


def test_the_models_own_license_is_held_to_the_lists(tmp_path: Path, default: Policy) -> None:
    found = facts(licensed("a/a", "MIT"), license=stated("CC-BY-NC-4.0"))
    assert findings(found, default, "LIC001")[0].subject == ROOT
    off = policy(tmp_path, "extends: builtin:default@1\nlicenses: {check_subject: false}\n")
    assert "LIC001" not in codes(found, off)


def test_lists_of_a_role(tmp_path: Path) -> None:
    by = policy(
        tmp_path,
        "extends: builtin:default@1\nlicenses: {roles: {pretraining: {deny: [MIT]}}}\n",
    )
    sets = [replace(licensed(f"a/{r}", "MIT"), role=r) for r in (Role.PRETRAINING, Role.TRAINING)]
    (found,) = findings(facts(*sets), by, "LIC001")
    assert found.subject == "datasets/a/pretraining"


def _derived(child: str, parent: str) -> Lineage:
    nodes = (
        node(ROOT),
        node("datasets/a/child", concluded=child),
        node("datasets/a/parent", concluded=parent),
    )
    return Lineage(ROOT, nodes, (edge("datasets/a/child", "datasets/a/parent"),))


@pytest.mark.parametrize(
    ("child", "parent", "laundered"),
    [
        ("MIT", "CC-BY-NC-4.0", True),
        ("CC-BY-4.0", "CC-BY-SA-4.0", True),
        ("CC-BY-NC-SA-4.0", "CC-BY-NC-4.0", False),
        ("MIT", "MIT OR CC-BY-NC-4.0", False),
        ("MIT", "NOASSERTION", False),
    ],
)
def test_terms_of_a_source_are_carried_on(
    default: Policy, child: str, parent: str, laundered: bool
) -> None:
    found = facts(licensed("a/child", child), lineage=_derived(child, parent))
    hits = findings(found, default, "LIC007")
    assert bool(hits) is laundered
    assert all(f.subject == "datasets/a/child" and f.evidence[0].line == 3 for f in hits)


def test_a_model_made_from_a_narrower_model_is_seen(default: Policy) -> None:
    lineage = Lineage(
        ROOT,
        (node(ROOT), node("models/a/base", concluded="CC-BY-NC-4.0")),
        (edge(ROOT, "models/a/base", EdgeKind.FINETUNED_FROM),),
    )
    assert findings(facts(lineage=lineage), default, "LIC007")[0].subject == ROOT


def test_sources_are_held_to_the_lists_where_the_policy_says_so(default: Policy) -> None:
    found = facts(licensed("a/child", "MIT"), lineage=_derived("MIT", "CC-BY-NC-4.0"))
    assert "LIC001" not in codes(found, default)
    (hit,) = findings(found, preset("commercial"), "LIC001")
    assert hit.message == (
        "a/child is made from a/parent, which is under CC-BY-NC-4.0, which the policy denies"
    )


def test_a_model_wider_than_its_data(default: Policy) -> None:
    found = facts(licensed("a/a", "CC-BY-SA-4.0"), licensed("b/b", "MIT"))
    (hit,) = findings(found, default, "LIC009")
    assert hit.message == (
        "the model org/model is under MIT, but was trained on data with share-alike terms: a/a"
    )
    assert len(hit.evidence) == 2
    same = replace(found, license=stated("CC-BY-SA-4.0"))
    assert not findings(same, default, "LIC009")


def test_attribution_carries_the_notices(default: Policy) -> None:
    (hit,) = findings(facts(licensed("a/a", "CC-BY-4.0")), default, "LIC010")
    assert "a/a, CC-BY-4.0, https://huggingface.co/datasets/a/a" in hit.help


def test_a_changed_license_is_seen(default: Policy) -> None:
    found = facts(
        licensed("a/a", "CC-BY-4.0"),
        earlier=(
            EarlierLicense("datasets/a/a", "MIT", "lock of May"),
            EarlierLicense("datasets/b/b", "MIT", "lock of May"),
        ),
    )
    (hit,) = findings(found, default, "LIC008")
    assert hit.message == "a/a was under MIT (lock of May) and is now under CC-BY-4.0"


def test_a_policy_without_lists_decides_no_license(tmp_path: Path) -> None:
    by = policy(tmp_path, "use: [research]\nlicenses: {check_inherited: true}\n")
    found = facts(licensed("a/child", "GPL-3.0-only"), lineage=_derived("MIT", "GPL-3.0-only"))
    assert not {"LIC001", "LIC002", "LIC005"} & set(codes(found, by))
    assert "LIC003" in codes(facts(training_set("a/a", LicenseState.NONE)), by)


def test_an_own_license_that_was_not_examined_is_never_a_pass(default: Policy) -> None:
    unseen = conclusion(LicenseState.UNRESOLVED, cause=Cause.NOT_IN_DIGEST)
    found = replace(facts(licensed("o/a", "MIT")), license=unseen)
    (finding,) = findings(found, default, "LIC013")
    assert finding.message.startswith("the license of the model ")
    assert finding.help == "Run the audit against the Hub, which has the cards themselves."


def test_what_to_do_about_a_denied_license_of_the_model_itself(default: Policy) -> None:
    found = replace(facts(licensed("o/a", "MIT")), license=stated("CC-BY-NC-4.0"))
    (finding,) = findings(found, default, "LIC001")
    assert finding.help.startswith("Do without it")


def test_what_to_do_about_a_model_that_states_no_license(default: Policy) -> None:
    found = replace(facts(licensed("o/a", "MIT")), license=conclusion(LicenseState.NONE))
    (finding,) = findings(found, default, "LIC003")
    assert "replace the data" not in finding.help
    assert finding.help.startswith("Ask its publisher to state a license")

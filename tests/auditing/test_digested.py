"""Facts stand for themselves: no invented line, no silence taken for a statement."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from provenance import Report, audit
from provenance.auditing.digested import declaration_of, license_of
from provenance.catalog import load_catalog
from provenance.cli import run
from provenance.cli.exits import Exit
from provenance.hub.digest_facts import Declared, DigestedLicense, RepositoryFacts, SetFact
from provenance.render import FORMATS, Page
from provenance.report.evidence import Evidence, FactSource
from provenance.report.finding import Verdict
from provenance.report.license import Cause, LicenseState
from provenance.report.serialize import to_json

HERE = FactSource("a page", "https://x.org/p", "2026-01-02")
THERE = FactSource("a catalogue", "https://y.org", "2026-01-02")
AS_OF = datetime.date(2026, 11, 29)
LINE = "Facts digested on 2026-11-29, not the publishers' cards."


def named(expression: str, source: FactSource = HERE, origin: str = "catalog") -> DigestedLicense:
    return DigestedLicense(expression, "names", origin, source, expression)


def state(*facts: DigestedLicense) -> LicenseState:
    return license_of(RepositoryFacts(licenses=facts), "datasets/x").state


def test_no_fact_is_no_statement() -> None:
    assert state() is LicenseState.UNRESOLVED


def test_a_place_that_gives_none_is_one() -> None:
    found = license_of(
        RepositoryFacts(licenses=(DigestedLicense("", "placeholder", "tag", HERE),)), "datasets/x"
    )
    assert found.state is LicenseState.NONE
    assert found.reason == "a page gives no license"


def test_a_bare_tag_other_leaves_the_terms_beside_it_unexamined() -> None:
    other = DigestedLicense("other", "vague", "tag", HERE)
    found = license_of(RepositoryFacts(licenses=(other,)), "datasets/x")
    assert (found.state, found.cause) == (LicenseState.UNRESOLVED, Cause.NOT_IN_DIGEST)
    assert found.declared == ("other",)
    assert state(other, named("MIT", THERE)) is not LicenseState.UNRESOLVED


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((named("MIT"), named("MIT", THERE)), LicenseState.EXPLICIT),
        ((named("MIT"), named("Apache-2.0", THERE)), LicenseState.CONFLICTING),
        ((named("MIT", origin="body"), named("Apache-2.0", THERE)), LicenseState.CONFLICTING),
        ((named("MIT"), named("Apache-2.0")), LicenseState.EXPLICIT),
        ((named("MIT", origin="tag"), named("CC-BY-NC-4.0", THERE)), LicenseState.CONFLICTING),
    ],
)
def test_sources_that_disagree_conflict(
    facts: tuple[DigestedLicense, ...], expected: LicenseState
) -> None:
    assert state(*facts) is expected


def test_evidence_is_where_the_fact_was_read() -> None:
    (statement,) = license_of(RepositoryFacts(licenses=(named("MIT"),)), "datasets/x").statements
    assert statement.evidence == Evidence("datasets/x", None, None, None, None, "MIT", HERE)


def test_a_recorded_meaning_helps_where_a_name_leads_nowhere() -> None:
    sets = (
        SetFact("Amazon", "prose", HERE, record="amazon-polarity"),
        SetFact("SQuAD2.0", "table", HERE, record="squad"),
    )
    found = declaration_of(Declared(sets), "models/org/m", load_catalog())
    by_name = {s.name: s.record for s in found.sets}
    assert by_name["Amazon"] == "amazon-polarity"
    assert by_name["SQuAD2.0"] != "squad", "what the name says goes first"


@pytest.fixture(scope="module")
def report() -> Report:
    return audit(
        "sentence-transformers/all-MiniLM-L6-v2", snapshot="bundled", policy="gdpr", as_of=AS_OF
    )


def places(value: object) -> list[dict[str, object]]:
    if isinstance(value, list):
        return [e for item in value for e in places(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"repo", "path", "excerpt"} <= set(value) else []
    return own + [e for item in value.values() for e in places(item)]


def test_no_evidence_of_a_digest_is_a_line_of_a_card(report: Report) -> None:
    found = [e for e in places(json.loads(to_json(report))) if e["repo"] != "catalog"]
    assert len(found) > 100
    for evidence in found:
        assert (evidence["path"], evidence["line"], evidence["revision"]) == (None, None, None)
        assert isinstance(evidence["source"], dict)
    assert "README.md:" not in to_json(report)


def test_no_rule_asks_a_digest_what_a_card_says(report: Report) -> None:
    codes = {finding.code for finding in report.findings}
    asking = {code for code in codes if code.startswith(("GDPR", "AIA"))}
    assert asking <= {"GDPR015", "AIA002"}, "eli5 is known to be withdrawn; nothing else is asked"


def test_a_license_that_no_fact_is_on_is_not_stated_to_be_none() -> None:
    found = audit("openai/whisper-large-v2", snapshot="bundled", policy="gdpr", as_of=AS_OF)
    assert found.license.state is LicenseState.UNRESOLVED
    assert found.undeclared
    assert found.verdict is Verdict.INCOMPLETE
    assert "states no license" not in to_json(found)
    assert {f.code for f in found.findings} == {"COV006", "LIC013"}


def test_data_that_no_fact_is_on_is_not_taken_for_undeclared() -> None:
    found = audit("allenai/tulu-2-7b", snapshot="bundled", policy="default", as_of=AS_OF)
    assert not found.undeclared
    assert found.verdict is Verdict.INCOMPLETE
    assert {f.code for f in found.findings if f.code.startswith("COV")} == {"COV006"}


def test_a_license_that_was_not_recorded_is_no_word_of_the_publisher() -> None:
    found = audit("datasets/social_i_qa", snapshot="bundled", policy="default", as_of=AS_OF)
    assert found.license.state is LicenseState.NONE
    said = to_json(found)
    assert "states no license" not in said
    assert "no license tag" not in said
    assert "social_i_qa has no license in what was read" in said


def test_a_tag_other_without_more_facts_is_no_word_on_names_and_links() -> None:
    found = audit("deepseek-ai/deepseek-llm-7b-base", snapshot="bundled", as_of=AS_OF)
    assert "LIC012" not in {f.code for f in found.findings}
    (unseen,) = [f for f in found.findings if f.code == "LIC013"]
    assert unseen.message.endswith(
        'was not examined: its tag says "other", and the digest holds no fact on the terms beside '
        "the tag"
    )


@pytest.mark.parametrize("model", ["tiiuae/falcon-7b", "facebook/dinov2-base"])
@pytest.mark.parametrize("name", ["ab2013", "art53"])
def test_a_document_made_of_facts_says_nothing_of_cards(model: str, name: str) -> None:
    found = audit(model, snapshot="bundled", policy="default", as_of=AS_OF)
    text = FORMATS[name](found, Page())
    assert "a digest of facts, not from the publishers' cards" in text
    for claim in ("cards declare", "the card names", "whose own card", "on the card", "not found",
                  "Not found**", "names no training data"):  # fmt: skip
        assert claim not in text


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"csv-records", "csv-findings"}))
def test_every_format_says_that_facts_stand_for_cards(report: Report, name: str) -> None:
    text = FORMATS[name](report, Page(width=100))
    told = " ".join(text.replace("\\'", "'").replace("&#39;", "'").replace("&#x27;", "'").split())
    assert ('"digest": true' if name == "json" else LINE) in told


def test_what_an_audit_read_of_a_digest_is_saved_as_one(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    model = "sentence-transformers/all-MiniLM-L6-v2"
    assert run(["snapshot", model, "--snapshot", "bundled", "-o", str(kept), "-q"]) == Exit.OK
    assert sorted(p.name for p in kept.iterdir()) == ["facts.json", "snapshot.json"]
    first, again = (
        audit(model, snapshot=place, policy="default", as_of=AS_OF) for place in ("bundled", kept)
    )
    assert again.coverage == first.coverage
    assert again.training_sets == first.training_sets
    assert again.source == first.source

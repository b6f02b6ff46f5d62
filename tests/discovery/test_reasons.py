"""What decided, in a reader's words."""

from __future__ import annotations

from provenance.cards import read_card
from provenance.discovery import declare, discover
from provenance.discovery.align import DeclaredSet
from provenance.discovery.reasons import words_of
from provenance.discovery.score import load_weights


def sets(body: str) -> tuple[DeclaredSet, ...]:
    card = read_card(body.encode(), "models/acme/finch")
    declared = declare(discover(card, {}, lambda name: None)[0], lambda *names: None)
    return (*declared.sets, *declared.possible)


def test_every_feature_has_words() -> None:
    weights = load_weights()
    told = [*weights.by_feature, *weights.of_descriptions]
    features = {f for pair in told for f in pair.split(" & ")}
    assert [f for f in features if words_of(f) == f] == []


def test_a_set_says_what_weighed_most() -> None:
    (found,) = sets("It was pretrained on OwlWiki.")
    assert 1 <= len(found.decided) <= 3
    assert any("pretrained on" in reason for reason in found.decided)
    assert all(reason.startswith(("for: ", "against: ")) for reason in found.decided)


def test_a_row_that_its_column_lifted_says_so() -> None:
    body = "| Dataset | Rows |\n|---|---|\n| OwlWiki | 3k |\n| FinchWeb | 4k |\n| NestQA | 4k |\n"
    lifted = [s.name for s in sets(body) if s.decided[0].startswith("for: the other rows")]
    assert lifted == ["FinchWeb"]


def test_what_the_front_matter_lists_was_not_weighed() -> None:
    (found,) = sets("---\ndatasets:\n- acme/owls\n---\n")
    assert found.decided == ()

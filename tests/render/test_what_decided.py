"""How sure a reading is and what decided it: in the page, and in the terminal with ``--all``."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders import evidence
from tests.render import factory

from provenance.render import FORMATS, Page
from provenance.render.set_words import what_decided
from provenance.report.report import Report
from provenance.report.training import PossibleSet

REASONS = ("for: it is written as an id", "against: in doubt: negated")
MAYBE = PossibleSet("Owls", None, 0.4, (), (evidence(),), REASONS)
SAID = "40 % sure; for: it is written as an id; against: in doubt: negated"


def report() -> Report:
    made = factory.report()
    first, *others = made.training_sets
    sure = replace(first, confidence=0.93, decided=REASONS[:1])
    return replace(made, training_sets=(sure, *others), possible_sets=(MAYBE,))


def test_it_is_said_in_one_line() -> None:
    assert what_decided(MAYBE) == SAID
    assert what_decided(replace(MAYBE, decided=())) is None


def test_the_page_says_it_of_both() -> None:
    page = FORMATS["html"](report(), Page(80))
    assert SAID in page
    assert "93 % sure; for: it is written as an id" in page


@pytest.mark.parametrize("show_all", [True, False])
def test_the_terminal_says_it_when_asked_for_all(show_all: bool) -> None:
    text = " ".join(FORMATS["text"](report(), Page(100, show_all=show_all)).split())
    assert (SAID in text) is show_all
    assert ("93 % sure" in text) is show_all

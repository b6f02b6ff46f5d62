"""Cards made to take long take time in proportion to their size, or are refused with a word."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.timing import growth

from provenance.auditing.audit import audit_refs
from provenance.policy import load_policy
from provenance.refs import RepoKind, RepoRef
from provenance.render import Page, render_reports

from .long_cards import DATASETS, LONG
from .one_card import OneCard

MOST = 20.0
"""Times what a tenth of the card takes: twice beyond linear; the square is 100."""
FLOOR = 0.04
"""CPU seconds that are added to both, for what does not grow with the card."""
POLICY = load_policy("default", Path("/"))
PAGE = Page(80, False, True, True)
AS_OF = datetime.date(2026, 1, 1)


def audited(kind: RepoKind, card: bytes) -> Callable[[], object]:
    """An audit of a card and two renderings of all that it says."""

    def run() -> None:
        reports = audit_refs([RepoRef(kind, "acme/fuzzed")], OneCard(card, {}), POLICY, as_of=AS_OF)
        for format_name in ("text", "markdown"):
            render_reports(format_name, reports, PAGE)

    return run


@pytest.mark.parametrize("name", [*LONG, *DATASETS])
def test_a_long_card_and_a_tenth_of_it(name: str) -> None:
    kind = RepoKind.DATASET if name in DATASETS else RepoKind.MODEL
    card = {**LONG, **DATASETS}[name]
    growth(audited(kind, card.short()), audited(kind, card.long()), most=MOST, floor=FLOOR)

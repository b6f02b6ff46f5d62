"""Cards made to take long take time in proportion to their size, or are refused with a word."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import pytest

from provenance.auditing.audit import audit_refs
from provenance.policy import load_policy
from provenance.refs import RepoKind, RepoRef
from provenance.render import Page, render_reports

from .fuzzing import OneCard
from .long_cards import DATASETS, LONG

SECONDS = 8.0
"""For a card of about 100 KB and two renderings of it, in CPU time: 0.2 to 2 were measured, 3 for a
table of 4,000 sets, and up to three times as much under coverage. The square took 32 and more."""
AS_OF = datetime.date(2026, 1, 1)


@pytest.mark.parametrize("name", [*LONG, *DATASETS])
def test_a_card_of_100_kb(name: str) -> None:
    kind = RepoKind.DATASET if name in DATASETS else RepoKind.MODEL
    source = OneCard({**LONG, **DATASETS}[name](), {})
    start = time.process_time()
    reports = audit_refs(
        [RepoRef(kind, "acme/fuzzed")], source, load_policy("default", Path("/")),
        as_of=AS_OF,
    )  # fmt: skip
    for format_name in ("text", "markdown"):
        render_reports(format_name, reports, Page(80, False, True, True))
    took = time.process_time() - start
    assert took < SECONDS, f"{took:.1f} s"

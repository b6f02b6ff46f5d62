"""A bound that was reached is said, and nothing else in these rooms stops a reading."""

from __future__ import annotations

import re
from pathlib import Path

from provenance import discovery
from provenance.discovery import bounds

STOPS = re.compile(r"\bislice\(|\[:\s?_?(?:MOST|MAX|LONGEST)\w*\]")
KNOWN = {
    "align.py": "sets of one key that another is held against: more of them stay apart",
    "base_clauses.py": "the passages in which a card introduces itself",
    "base_compounds.py": "the passages in which a card introduces itself",
    "identity.py": "names compared with each other: more of them stay as written",
    "labels.py": "what a label is: what is longer is a sentence",
    "model_names.py": "the two links of a phrase that may be its name",
    "reasons.py": "what is told of a decision",
    "repeats.py": "names that a description is held against",
}
"""Files with a place that leaves nothing unread, and why."""


def test_every_place_that_stops_says_so() -> None:
    folder = Path(str(discovery.__file__)).parent
    found = {
        path.name
        for path in folder.rglob("*.py")
        if path.name != "bounds.py" and STOPS.search(path.read_text("utf-8"))
    }
    assert found == set(KNOWN)


def test_what_is_left_out_reaches_who_asked() -> None:
    with bounds.watched() as watch:
        assert list(bounds.most("abc", 2, "letters")) == ["a", "b"]
        assert bounds.upto("abc", 2, "a word") == "ab"
    assert watch.stops == {"letters", "a word"}


def test_just_the_bound_is_not_more() -> None:
    with bounds.watched() as watch:
        assert list(bounds.most("ab", 2, "letters")) == ["a", "b"]
        assert bounds.upto("ab", 2, "a word") == "ab"
    assert not watch


def test_readings_within_a_reading_are_their_own() -> None:
    with bounds.watched() as outer:
        with bounds.watched() as inner:
            bounds.stop("a cell")
        assert (inner.stops, outer.stops) == ({"a cell"}, set())
    bounds.stop("nobody asked")

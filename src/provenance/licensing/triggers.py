"""Words that a line outside a licensing section has to hold to be read for terms at all."""

from __future__ import annotations

from provenance.knowledge import read_words

TRIGGERS = read_words("licensing", "triggers")
"""Substrings, ASCII in lower case; a line outside a licensing section is only read with one."""

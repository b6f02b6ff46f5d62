"""Formats of a difference of two reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.formats import Format, Formats

if TYPE_CHECKING:
    from provenance.render.difference.compare import Difference

DIFFERENCE_FORMATS: Formats[Difference] = Formats(
    Format(
        "text", ".difference.pages:difference_text", "for a person at a terminal",
        suffixes=(".txt",), paged=True,
    ),
    Format(
        "markdown", ".difference.pages:difference_markdown", "for a pull request",
        suffixes=(".md",),
    ),
    Format(
        "json", ".difference.pages:difference_json", "every change, for programs",
        suffixes=(".json",),
    ),
)  # fmt: skip

"""How a report is to be laid out: what renderers know about where they write."""

from __future__ import annotations

from provenance.frozen import frozen


@frozen
class Page:
    """Where a report goes. Formats for machines ignore it."""

    width: int = 80
    """Columns to write for; at least 40."""
    color: bool = False
    """Whether ANSI colour is wanted."""
    show_all: bool = False
    """List every set and waived finding instead of folding long lists."""
    show_suppressed: bool = False
    """List waived findings, with who accepted them and why."""

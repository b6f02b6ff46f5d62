"""The colour of each license state on every page: red lacks, amber is vague, blue disagrees.

What was not examined has a colour of its own and is drawn hatched: it is neither good nor bad.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STATE_COLORS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "none": ("#c62828", "#ff8a80"),
        "ambiguous": ("#a35c00", "#f5b95f"),
        "unresolved": ("#7a3fa3", "#d1a3f2"),
        "conflicting": ("#1660b5", "#82b7ff"),
        "explicit": ("#23762b", "#7fd18a"),
        "denied": ("#7d1128", "#f0386b"),
        "unattributed": ("#5f646b", "#a9afb7"),
    }
)
"""On a light and on a dark page; each stands out from the page and under its own badge's text."""

TERMINAL_COLORS: Mapping[str, str] = MappingProxyType(
    {
        "none": "red",
        "ambiguous": "yellow",
        "unresolved": "magenta",
        "conflicting": "blue",
        "explicit": "green",
        "denied": "red",
        "unattributed": "bright_black",
    }
)
"""The same by the names that terminals have."""


def css_colors() -> str:
    """The colours as variables of a style sheet (``--none`` …); paper is a light page."""
    light, dark = (
        "".join(f"--{state}:{both[scheme]};" for state, both in STATE_COLORS.items())
        for scheme in (0, 1)
    )
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"

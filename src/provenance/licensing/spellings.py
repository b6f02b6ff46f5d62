"""How licenses other than Creative Commons ones are written, and the symbol each means.

A row is ``(hint, pattern, symbol)``. ``hint`` is a lower-case string that stands in every text the
pattern matches, so that a text without it is never searched for it. At the same place the earlier
row wins. Patterns have no unbounded repetition over the same characters.
"""

from __future__ import annotations

from provenance.knowledge import read_table

FIXED = tuple(
    (hint, pattern, symbol)
    for symbol, hint, pattern in read_table("licensing", "names", "symbol", "hint", "pattern")
)
"""Names that have one version, or whose version is part of the pattern."""
VERSIONED = tuple(
    (hint, pattern, family)
    for family, hint, pattern in read_table("licensing", "families", "family", "hint", "pattern")
)
"""Names whose pattern reaches up to where a version may stand; the symbol is the family."""

MIT = (
    r"mit(?=[\s_-]{1,2}(?:open[\s-]?source\s)?licen[cs]e)|mit-0(?=\W|$)"
    r"|(?<=under )mit(?=\W|$)|(?<=under the )mit(?=\W|$)|(?<=under an )mit(?=\W|$)"
    r"|(?<=under a )mit(?=\W|$)|(?<=/licenses/)mit(?=\W|$)|(?<=license-)mit(?=\W|$)"
)
CREATIVE_COMMONS = (
    r"creative[\s-]{0,2}commons|cc0|cc(?=[-–‐\s_]{0,2}(?:by|nc|sa|nd|zero|0|[1-4](?!\d)|licen[sc]e"
    r"|public[\s-]domain|attribution|non)(?![a-z]{3}))"
    r"|クリエイティブ・コモンズ|知识共享|크리에이티브\s커먼즈"
    r"|(?:by[-_](?:nc|sa|nd)|attribution(?=[\s–-]{1,3}(?:non|share|no\s?deriv|[1-4]\.0)))"
)
CREATIVE_COMMONS_HINTS = (
    "cc",
    "commons",
    "by-",
    "by_",
    "attribution",
    "コモンズ",
    "知识",
    "커먼즈",
)

"""Inline ignores: ``# provenance: ignore[CODE] reason``."""

from __future__ import annotations

import re

from provenance.report.checked import InlineIgnore

_COMMENT = re.compile(
    r"(?:#|<!--|//)\s{0,20}provenance:\s{0,20}ignore\[(?P<codes>[A-Z0-9, ]*)\](?P<reason>.*)"
)


def find_ignores(text: str, path: str) -> list[InlineIgnore]:
    """Every ignore of a file. One that stands alone on its line speaks of the next.

    In a notebook the comment stands inside a JSON string; what follows it there is cut off.
    """
    ignores = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _COMMENT.search(line)
        if match is None:
            continue
        lead, reason = line[: match.start()], match["reason"].replace("-->", "").strip()
        if path.endswith(".ipynb"):
            lead = lead.strip().lstrip('"')
            reason = re.sub(r'(?:\\n)?",?$', "", reason).strip()
        codes = tuple(sorted({c.strip() for c in match["codes"].split(",") if c.strip()}))
        about = number if lead.strip() else number + 1
        ignores.append(InlineIgnore(path, about, number, codes, reason))
    return ignores

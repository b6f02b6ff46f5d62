"""Where a fact was read, from the words that the facts record it in."""

from __future__ import annotations

import re

from provenance.refs import is_repo_id
from provenance.report.evidence import FactSource

DPI = "https://github.com/Data-Provenance-Initiative/Data-Provenance-Collection"
_PROJECTS = {
    "stanford-crfm/ecosystem-graphs": "https://github.com/stanford-crfm/ecosystem-graphs",
    "Data Provenance Collection": DPI,
    "AIAccountabilityLab/gpai-training-transparency": (
        "https://github.com/AIAccountabilityLab/gpai-training-transparency"
    ),
}
_CRAWL = re.compile(r"hub-(20\d\d)/datasets/(.+?)(?:/README)?\.md")
_CARD = re.compile(r"([\w.-]+/[\w.-]+) (README\.md|data_config\.json)")
_URL = re.compile(r"https?://\S+")
_DATE = re.compile(r"\d{4}(?:-\d\d)?(?:-\d\d)?")
_PLAIN = re.compile(r"https?://(?:www\.)?(.+?)/?")


def source_of(text: str, as_of: object = None, set_id: str | None = None) -> FactSource:
    """Title, address and date of a recorded source.

    A crawl of the Hub writes ``/`` in an id as ``_``: ``set_id`` tells which it was.
    """
    date = _date(as_of)
    crawl = _CRAWL.fullmatch(text)
    if crawl is not None:
        name = crawl[2]
        known = set_id if set_id and set_id.replace("/", "_").lower() == name.lower() else name
        title = f"card of {known}"
        return FactSource(title, f"https://huggingface.co/datasets/{known}", date or crawl[1])
    card = _CARD.match(text)
    if card is not None and is_repo_id(card[1]):
        kind = "datasets/" if card[1] == set_id else ""
        return FactSource(
            f"{card[2]} of {card[1]}", f"https://huggingface.co/{kind}{card[1]}", date
        )
    for start, url in _PROJECTS.items():
        if text.startswith(start):
            return FactSource(text, url, date)
    linked = _URL.search(text)
    if linked is not None:
        plain = _PLAIN.fullmatch(linked[0])
        rest = text[linked.end() :].strip()
        title = (plain[1] if plain else linked[0]) + (f", {rest}" if rest else "")
        return FactSource(title, linked[0], date)
    return FactSource(text, None, date)


def _date(as_of: object) -> str | None:
    found = _DATE.match(str(as_of)) if as_of is not None else None
    return found[0] if found is not None else None

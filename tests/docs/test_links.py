"""No link of the documentation is dead: pages, files and headings that it names are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .test_commands import PAGES, ROOT

_LINK = re.compile(r"\[[^\]\n]{0,300}\]\(([^)\s]{1,300})\)")


def _links() -> Iterator[tuple[str, str]]:
    for page in [*PAGES, ROOT / "CHANGELOG.md", ROOT / "reports" / "README.md"]:
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in _LINK.findall(re.sub(r"`[^`\n]*`", "", text)):
            if "://" not in target and not target.startswith("mailto:"):
                yield str(page.relative_to(ROOT)), target


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", head.lower()) for head in heads]
    return {head.strip().replace(" ", "-") for head in plain}


@pytest.mark.parametrize(("page", "target"), sorted(set(_links())))
def test_a_link_leads_somewhere(page: str, target: str) -> None:
    path, _, anchor = target.partition("#")
    place = (ROOT / page).parent / path if path else ROOT / page
    assert place.exists()
    if anchor and place.suffix == ".md":
        assert anchor in _anchors(place)

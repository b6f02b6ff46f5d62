"""A card's license: what its front matter and body say, and which files to look at besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from provenance.cards.card import Card
from provenance.cards.yaml_tree import scalars
from provenance.licensing.body import body_statements
from provenance.licensing.conclude import conclude
from provenance.licensing.tags import tag_statements
from provenance.report.license import (
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
)

MAX_FILES = 3
"""Most license files read for one repository."""
_LICENSE_FILE = re.compile(
    r"(?:un)?licen[sc]e(?:s)?(?:[-_.].{0,40})?|copying(?:\..{1,8})?|terms(?:_of_use)?(?:\.\w{1,4})?",
    re.IGNORECASE,
)
_TEXT = frozenset({"", ".txt", ".md", ".rst", ".html", ".mit", ".apache", ".cc", ".lesser"})


def conclude_card(card: Card, extra: Sequence[LicenseStatement] = ()) -> LicenseConclusion:
    """Conclude on what a card's tag and body and the ``extra`` statements say."""
    return conclude((*tag_statements(card), *body_statements(card), *extra))


def license_files(
    card: Card, conclusion: LicenseConclusion, files: Sequence[str]
) -> tuple[str, ...]:
    """Files of the repository worth reading for its license, best first; mostly none.

    They are worth it when the front matter links to one (``license_link: LICENSE.md``), and
    otherwise only when the card names no terms, since each costs a request.
    """
    linked = [_inside(node.text, card.repo) for node in scalars(card.get("license_link"))]
    known = set(files)
    wanted = [name for name in linked if name is not None and (name in known or not known)]
    if _needs_text(conclusion):
        named = [f for f in files if _is_license_file(f)]
        wanted += sorted(named, key=lambda f: (f.count("/"), len(f), f))
    return tuple(dict.fromkeys(wanted))[:MAX_FILES]


def _needs_text(conclusion: LicenseConclusion) -> bool:
    if conclusion.state is LicenseState.EXPLICIT:
        tags = [s for s in conclusion.statements if s.origin is Origin.TAG]
        return bool(tags) and all(s.meaning is not Meaning.NAMES for s in tags)
    return conclusion.state in {LicenseState.NONE, LicenseState.AMBIGUOUS}


def _is_license_file(path: str) -> bool:
    name = PurePosixPath(path)
    return (
        path.count("/") == 0
        and _LICENSE_FILE.fullmatch(name.name) is not None
        and name.suffix.lower() in _TEXT | {f".{i}" for i in range(10)}
    )


_HUB_FILE = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/(?:datasets/)?([^/\s]+/[^/\s]+)"
    r"/(?:blob|resolve|raw)/[^/\s]+/([^\s?#]+)"
)


def _inside(link: str, repo: str) -> str | None:
    """The file of this repository that a link names, or ``None``."""
    text = link.strip()
    hub = _HUB_FILE.fullmatch(text)
    if hub is not None:
        own = repo.partition("/")[2].lower() == hub[1].lower()
        return hub[2] if own else None
    if "://" in text or text.startswith(("/", "#", "..")) or not text:
        return None
    path = PurePosixPath(text.removeprefix("./"))
    return None if ".." in path.parts else str(path)

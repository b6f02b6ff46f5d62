"""Lists of addresses: what pip installs and which repositories git puts inside this one."""

from __future__ import annotations

import re

from provenance.checking.references.addresses import SPOKEN, hub_address
from provenance.checking.references.rules import Rules
from provenance.checking.references.sites import Gathered, Site, weigh
from provenance.report.checked import Confidence, ReferenceKind

_LISTS = frozenset({"requirement", "requirements", "constraint", "constraints"})
"""Words of the names of lists that pip reads."""
_PARTS = re.compile(r"[-_.]")
_WORD = re.compile(r"[^\s,;'\"<>]{8,1000}")
_COMMENT = re.compile(r"(?:^|\s)#.*")


def installs(path: str) -> bool:
    """Whether a file is, by its name, a list of what pip installs."""
    *above, name = path.lower().rsplit("/", 1)
    folder = above[0].rpartition("/")[2] if above else ""
    if not name.endswith((".txt", ".in")):
        return False
    return folder == "requirements" or not _LISTS.isdisjoint(_PARTS.split(name))


def find_addresses(data: bytes, path: str, rules: Rules) -> Gathered:
    """Every address of the Hub in a file that lists what is fetched."""
    gathered = Gathered()
    text = data.decode("utf-8", "replace")
    if SPOKEN.search(text) is None:
        return gathered
    for number, line in enumerate(text.split("\n"), 1):
        for match in _WORD.finditer(_COMMENT.sub("", line)):
            address = hub_address(match[0])
            if address is None:
                continue
            kind = ReferenceKind(address.kind.value) if address.kind else ReferenceKind.MODEL
            site = Site(path, number, match.start() + 1, kind, "Hub address")
            gathered.add(weigh(site, match[0], rules, confidence=Confidence.CERTAIN))
    return gathered

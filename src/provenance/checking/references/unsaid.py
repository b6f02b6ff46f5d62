"""What looks like the id of a repository where nothing says that it is one: said in a note.

The finders read what a loader, key, flag or name says. What is left is not guessed and not kept
silent either.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from provenance.checking.references.names import is_plain_id
from provenance.checking.references.rules import Rules
from provenance.checking.references.sites import Unsaid
from provenance.report.checked import Reference, ScanNote

_QUOTED = re.compile(r"""(["'`])([A-Za-z0-9][\w.-]{1,95}/[A-Za-z0-9][\w.-]{1,95})\1""")
_LISTED = re.compile(r"(?<![\w./:@\"'-])([A-Za-z][\w.-]{1,60}/[A-Za-z][\w.-]{1,95})(?![\w/:@-])")
"""An id in a table or list without quotes."""
_COMMENT = re.compile(r"\s{0,80}(?:#|//|\*|--|%)")
_TELLS = re.compile(r"[A-Z0-9-]")
"""What ids have and names of metrics and folders mostly have not."""
_OTHER = re.compile(
    r"(?i)(?:application|audio|font|image|multipart|text|video|actions|docker|library|github|"
    r"america|europe|asia|africa|australia|atlantic|pacific|etc|us|refs|origin|feature|release|"
    r"loss|losses|metric|metrics|reward|rewards|rollout|grad|optim|timing|perf|eval|acc|accuracy|"
    r"epoch|step|debug|misc|charts?|media|node_modules|mcr|gcr|ghcr|quay|nvcr|nvidia-smi|pytorch|"
    r"apache|and|or|n|y|q|t|he|samples|tokens|bytes|llama\.cpp|[\w.-]+\.(?:io|com|org|dev|net|egg-info|cpp)|she|his|true|on|yes|in|input|client|read|tcp|b|i|km|cuda|cpu|gpu)/.*"
)
"""Heads of media types, time zones, branches, images, measures and alternatives."""
_MOST = 40
"""Most notes of one file; a last one counts the rest."""
_LIST_BYTES = 200_000
"""A larger file of text or rows is data, not a list of names."""
LISTS = frozenset({"txt", "csv", "tsv", "jsonl", "rst", "html", "adoc", "org", "tex"})
"""Endings of files that are not read, only looked at for ids."""


def looks_like_an_id(text: str, rules: Rules) -> bool:
    """Whether a string is written as ids mostly are, and as little else is."""
    return (
        is_plain_id(text, rules)
        and (
            _TELLS.search(text) is not None or text.partition("/")[0].lower() in rules.known_owners
        )
        and _OTHER.fullmatch(text) is None
        and any(c.isalpha() for c in text.partition("/")[0])
    )


def unsaid_in(text: str, path: str, rules: Rules, first_line: int = 1) -> Iterator[Unsaid]:
    """Strings in quotes that look like ids; comments left out."""
    if "/" not in text:
        return
    for number, line in enumerate(text.split("\n"), first_line):
        if "/" not in line or _COMMENT.match(line) is not None:
            continue
        for match in _QUOTED.finditer(line[:2_000]):
            if looks_like_an_id(match[2], rules):
                yield Unsaid(path, number, match.start(2) + 1, match[2])


def listed_in(data: bytes, path: str, rules: Rules) -> list[ScanNote]:
    """One note for a text, table or list in which names of repositories stand."""
    if len(data) > _LIST_BYTES or b"/" not in data:
        return []
    names: dict[str, int] = {}
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        for match in _LISTED.finditer(line[:2_000].replace('"', " ")):
            if looks_like_an_id(match[1], rules):
                names.setdefault(match[1], number)
    if not names:
        return []
    first = next(iter(names))
    rest = f" and {len(names) - 1} more" if len(names) > 1 else ""
    message = f"{first}{rest} look like ids of repositories; files of this kind are not read"
    return [ScanNote(path, names[first], 1, "text", message)]


def notes_of(
    unsaid: Iterable[Unsaid], references: Sequence[Reference], taken: Collection[ScanNote]
) -> list[ScanNote]:
    """Notes on what was neither found nor said; at most 40 a file and one on the rest."""
    lines = {(r.file, r.line + by, r.id) for r in references for by in (-1, 0, 1)}
    noted = {(n.file, n.line) for n in taken}
    notes: list[ScanNote] = []
    counts: dict[str, int] = {}
    for place in sorted(set(unsaid)):
        if (place.file, place.line, place.text) in lines or (place.file, place.line) in noted:
            continue
        counts[place.file] = counts.get(place.file, 0) + 1
        if counts[place.file] > _MOST:
            continue
        message = f"{place.text} looks like the id of a repository; nothing says what it is for"
        notes.append(ScanNote(place.file, place.line, place.column, "text", message))
    for file, count in counts.items():
        if count > _MOST:
            message = f"{count - _MOST} more strings look like ids of repositories"
            notes.append(ScanNote(file, 1, 1, "text", message))
    return notes

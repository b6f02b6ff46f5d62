"""The BibTeX entries that a card gives: found, checked to be whole, taken apart. Pure.

Grammar: http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf and the scanner of BibTeX itself: a
brace counts whether or not a backslash precedes it, and a quote ends a value outside braces only.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.frozen import frozen
from provenance.report.training import Citation, CitationField

MAX_ENTRY_CHARS = 20_000
"""A longer entry is not carried."""
MAX_ENTRIES = 50
"""So many entries of one text are carried, the first ones."""
MAX_OPENINGS = 200
"""So many lines of one text that open an entry are looked at, whole or not."""
MAX_FIELDS = 60
"""An entry with more fields is not carried."""
MAX_PIECES = 20
"""An entry with a value of more pieces joined by ``#`` is not carried."""

_OPENING = re.compile(r"@([A-Za-z]{1,30})[ \t]{0,8}([{(])")
_BEFORE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(?:</?[a-z]{1,10}>[ \t]*){0,4}")
"""What may stand on the line before an entry: white space, a list mark, HTML tags."""
_MAX_BEFORE = 60
_STOP = re.compile(r"\n[ \t]{0,8}(?:```|~~~|#{1,6}[ \t])")
"""A fence or a heading: no entry reaches over it."""
_KEY = re.compile(r"([^,={}\"\n]{0,200}+)[,\n]")
_NAME = re.compile(r"([A-Za-z][A-Za-z0-9_:.+/-]{0,60})\s*=\s*")
_BARE = re.compile(r"[^\s,{}()\"#=]{1,300}")
_BETWEEN = re.compile(r"[\s,]*")
_SPACE = re.compile(r"\s*")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r"[{}\"]")

_DIRECTIVES = frozenset({"string", "preamble", "comment"})
_NOT_PRINTED = frozenset(
    {"abstract", "annotation", "annote", "bibsource", "biburl", "file", "keywords", "timestamp"}
)
"""Fields of reference managers and databases, which no bibliography prints."""
_NAMING = (
    "title",
    "author",
    "authors",
    "editor",
    "booktitle",
    "url",
    "doi",
    "eprint",
    "howpublished",
)
"""An entry says what is cited by one of these."""
_PLACEHOLDER = re.compile(
    r"|title|(?:(?:your|the|dataset|paper|insert|add) )*(?:title|name)(?: here)?|to ?do|tb[ad]|n/?a"
    r"|none|unknown|[.…x?_-]+|\[?more information needed\]?|coming soon|a great new dataset",
    re.IGNORECASE,
)
"""What stands in a form before it is filled in; the last is the Hub's template of loading
scripts (https://github.com/huggingface/datasets, ``templates/new_dataset_script.py``)."""


@frozen
class Entry:
    """A BibTeX entry and where in the text it opens."""

    at: int
    """Offset of ``@``."""
    kind: str
    key: str
    fields: tuple[CitationField, ...]


def read_citations(card: Card) -> tuple[Citation, ...]:
    """Every whole entry that opens a line of the body, in code blocks or bare, under any heading.

    A card that writes an entry out gives it to be cited: of 1,589 lines of 3,734 cards of 2023
    that open an entry, 130 stand under no heading that speaks of citing, and these too are due to
    the set or to its parts. A comma left out between fields is forgiven. What is cut off, left as
    a placeholder or beyond the bounds of this module yields nothing. Time is linear in the length
    of the body.
    """
    body = card.body
    citations: list[Citation] = []
    line, counted = card.body_start, 0
    for entry in entries(body):
        line += body.count("\n", counted, entry.at)
        counted = entry.at
        citations.append(Citation(entry.kind, entry.key, entry.fields, card.quote(line)))
    return tuple(citations)


def entries(text: str) -> Iterator[Entry]:
    """Whole entries that open a line of ``text``, in order, at most :data:`MAX_ENTRIES`.

    Directives and placeholders are left out. An entry reaches no further than the line that opens
    the next one, or a fence or heading.
    """
    if "@" not in text:
        return
    opening = (match for match in _OPENING.finditer(text) if _opens_line(text, match.start()))
    openings = list(islice(opening, MAX_OPENINGS))
    ends = [match.start() for match in openings[1:]] + [len(text)]
    count = 0
    for match, end in zip(openings, ends, strict=False):
        stop = _STOP.search(text, match.end(), end)
        window = text[match.end() : min(end, stop.start() if stop else end)]
        entry = _entry(match, window[: MAX_ENTRY_CHARS + 1])
        if entry is not None:
            yield entry
            count += 1
        if count == MAX_ENTRIES:
            return


def _opens_line(text: str, at: int) -> bool:
    earliest = max(0, at - _MAX_BEFORE)
    start = text.rfind("\n", earliest, at) + 1
    if start == 0 and earliest > 0:
        return False
    return _BEFORE.fullmatch(text, start, at) is not None


def _entry(opening: re.Match[str], text: str) -> Entry | None:
    """The entry whose text after the opening bracket begins ``text``."""
    kind = opening[1].lower()
    if kind in _DIRECTIVES:
        return None
    close = "}" if opening[2] == "{" else ")"
    at = _after(_SPACE, text, 0)
    key = _KEY.match(text, at)
    at = key.end() if key is not None else at
    fields: dict[str, str] = {}
    while True:
        at = _after(_BETWEEN, text, at)
        if text.startswith(close, at):
            break
        name = _NAME.match(text, at)
        value = _value(text, name.end()) if name is not None else None
        if name is None or value is None:
            return None
        fields.setdefault(name[1].lower(), " ".join(value[0].split()))
        at = value[1]
    if len(fields) > MAX_FIELDS or _is_placeholder(fields.get("title", "-untitled")):
        return None
    if all(_is_placeholder(fields.get(name, "")) for name in _NAMING):
        return None
    kept = tuple(CitationField(n, v) for n, v in fields.items() if v and n not in _NOT_PRINTED)
    return Entry(opening.start(), kind, " ".join(key[1].split()) if key is not None else "", kept)


def _is_placeholder(value: str) -> bool:
    return _PLACEHOLDER.fullmatch(_BRACE.sub("", value).strip(" .\"'")) is not None


def _value(text: str, at: int) -> tuple[str, int] | None:
    """A field's value and the offset after it: pieces in braces, quotes or bare, joined by #."""
    pieces: list[str] = []
    while len(pieces) < MAX_PIECES:
        if text.startswith("{", at):
            end = _closing_brace(text, at)
            inner = slice(at + 1, end - 1)
        elif text.startswith('"', at):
            end = _closing_quote(text, at)
            inner = slice(at + 1, end - 1)
        else:
            end = _after(_BARE, text, at)
            inner = slice(at, end)
        if end <= at:
            return None
        pieces.append(text[inner])
        at = _after(_SPACE, text, end)
        if not text.startswith("#", at):
            return "".join(pieces), at
        at = _after(_SPACE, text, at + 1)
    return None


def _closing_brace(text: str, at: int) -> int:
    """Offset after the brace that closes the one at ``at``; ``-1`` when none does."""
    depth = 0
    for match in _BRACE.finditer(text, at):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return -1


def _closing_quote(text: str, at: int) -> int:
    """Offset after the quote that closes the one at ``at``; ``-1`` when none does."""
    depth = 0
    for match in _BRACE_OR_QUOTE.finditer(text, at + 1):
        if match[0] == '"':
            if depth == 0:
                return match.end()
        elif match[0] == "{":
            depth += 1
        elif depth == 0:
            return -1
        else:
            depth -= 1
    return -1


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match is not None else at

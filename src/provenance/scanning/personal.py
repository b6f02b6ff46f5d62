"""Personal data in a sample of the texts: how many records hold each kind, never a value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from provenance.amounts import percent, plural
from provenance.errors import UsageError, missing_extra
from provenance.report.report import Note
from provenance.scanning.layout import FileCount, Plan
from provenance.scanning.probe import UnreadableFileError
from provenance.scanning.sampling import proportion_interval

if TYPE_CHECKING:
    from provenance.scanning.scan import Engine

DEFAULT_SAMPLE = 10_000
KINDS = {
    "EMAIL": "e-mail addresses",
    "PHONE": "phone numbers",
    "IP_ADDRESS": "IP addresses",
    "SSN": "US social security numbers",
    "CREDIT_CARD": "card numbers",
}
"""Kinds looked for, by datafog-core's name. Names of persons need a model: not among them."""
_NOT_AN_ADDRESS = re.compile(r"(?:version|release|v\.?|ver\.?|==|>=|<=|~=|-)\s*$", re.IGNORECASE)
"""What stands before four numbers that are a version and no IP address."""
_MAX_TEXT = 100_000
"""Characters of one text that are looked at."""


def find_personal_data(
    counts: Sequence[FileCount], engine: Engine, sample: int | None
) -> tuple[Note, ...]:
    """Look at about ``sample`` records (default 10,000), spread over all files; one note each.

    Raises:
        UsageError: the extra ``scan`` is not installed, or no file has a text column.

    """
    detect = detector()
    usable = [c for c in counts if c.error is None and c.columns.text is not None and c.population]
    if not usable:
        raise UsageError("--privacy needs a text column: name it with --text-column")
    wanted = sample or DEFAULT_SAMPLE
    whole = sum(map(_readable, usable))
    one_in = max(1, whole // wanted)
    seen = cut = 0
    hits: Counter[str] = Counter()
    notes: list[Note] = []
    for count in usable:
        try:
            texts = engine.texts(Plan(count.file, count.columns, one_in), 2 * wanted)
        except UnreadableFileError as error:
            notes.append(Note(f"{count.file.path}: texts not examined: {error}", None))
            continue
        seen += len(texts)
        stated = [text for text in texts if text is not None]
        cut += sum(len(text) > _MAX_TEXT for text in stated)
        hits.update(count_kinds(stated, detect))
    if cut:
        long = plural(cut, "text is", "texts are")
        only = f"personal data: {long} longer than {_MAX_TEXT:,} characters"
        notes.insert(0, Note(f"{only}; only so many of each were looked at", None))
    return (*_described(hits, seen, whole), *notes)


def _readable(count: FileCount) -> int:
    """Records of a file but for unreadable lines, in proportion where only a sample is known."""
    seen = count.unreadable_rows + sum(group.rows for group in count.groups)
    return round(count.population * (1 - count.unreadable_rows / seen)) if seen else 0


def detector() -> Callable[[str], Iterable[str]]:
    """A function from a text to the kinds of personal data in it.

    Raises:
        UsageError: datafog-core is not installed.

    """
    try:
        import datafog_core
    except ImportError:
        raise UsageError(missing_extra("--privacy needs datafog-core", "scan")) from None

    def kinds(text: str) -> Iterable[str]:
        for entity in datafog_core.scan(text[:_MAX_TEXT]):
            start = entity.codepoint_range.start
            if entity.entity_type == "IP_ADDRESS" and _NOT_AN_ADDRESS.search(
                text[max(0, start - 12) : start]
            ):
                continue
            yield entity.entity_type

    return kinds


def count_kinds(texts: Iterable[str], detect: Callable[[str], Iterable[str]]) -> Counter[str]:
    """Number of texts that hold each kind; a text counts once for a kind."""
    hits: Counter[str] = Counter()
    for text in texts:
        hits.update({kind for kind in detect(text) if kind in KINDS})
    return hits


def _described(hits: Counter[str], seen: int, whole: int) -> list[Note]:
    how = (
        f"in a sample of {seen:,} of {_records(whole)}"
        if seen < whole
        else f"in all {_records(seen)}"
    )
    notes = []
    for kind, words in KINDS.items():
        if not hits[kind]:
            continue
        low, high = proportion_interval(hits[kind], seen)
        share = percent(hits[kind] / seen, 2)
        bounds = f", 95 % interval {percent(low, 2)} to {percent(high, 2)}" if seen < whole else ""
        notes.append(
            Note(f"personal data: {words} {how}: {_records(hits[kind])} ({share}{bounds})", None)
        )
    absent = [words for kind, words in KINDS.items() if not hits[kind]]
    if absent:
        _, high = proportion_interval(0, seen)
        bound = f" (each at most {percent(high, 2)}, 95 % interval)" if seen < whole else ""
        notes.append(Note(f"personal data: no {', no '.join(absent)} {how}{bound}", None))
    return notes


def _records(count: int) -> str:
    return plural(count, "record")

"""Terms in the words of a license file, each at the line it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.licensing.limits import Limits, limits_in
from provenance.licensing.names import MAX_TEXT
from provenance.licensing.outright import outright_in
from provenance.licensing.sentence import names_in, sentences, without_names
from provenance.licensing.unread import Surroundings as Spoken
from provenance.licensing.unread import condition_in, unknown_in
from provenance.licensing.wording import speaks_of_code
from provenance.report.evidence import Evidence, excerpt
from provenance.report.license import LicenseStatement, Meaning, Origin, Scope
from provenance.vocabulary.restrictions import Restriction


@frozen
class FilePlace:
    """One license file and its lines."""

    repo: str
    revision: str | None
    path: str
    lines: tuple[str, ...]

    def state(
        self,
        line: int,
        meaning: Meaning,
        expression: str | None,
        restrictions: tuple[Restriction, ...],
        last: int | None = None,
    ) -> LicenseStatement:
        """A statement at a line; its words may go on to the line ``last``."""
        words = excerpt(" ".join(self.lines[line - 1 : max(last or line, line)]))
        evidence = Evidence(self.repo, self.revision, self.path, line, None, words)
        return LicenseStatement(
            raw=words,
            meaning=meaning,
            expression=expression,
            restrictions=restrictions,
            scope=Scope.DATA,
            origin=Origin.LICENSE_FILE,
            evidence=evidence,
        )

    def unreadable(self) -> LicenseStatement:
        """A statement on a file whose text is not read."""
        evidence = Evidence(self.repo, self.revision, self.path, None, None, "")
        return LicenseStatement(
            raw=self.path,
            meaning=Meaning.UNREAD,
            expression=None,
            restrictions=(),
            scope=Scope.DATA,
            origin=Origin.LICENSE_FILE,
            evidence=evidence,
        )


def line_of(text: str, offset: int) -> int:
    """1-based line of the first character at or after ``offset`` that is not white space."""
    while offset < len(text) - 1 and text[offset].isspace():
        offset += 1
    return text.count("\n", 0, offset) + 1


def stated_limits(place: FilePlace, text: str, notice: bool = False) -> Iterator[LicenseStatement]:
    """Restrictions in words, by sentence; those of the code's license are the code's.

    An item of a list is read with the words over it: "You may not:". A NOTICE (``notice``) tells
    whose work something holds, so that only clear clauses count there.
    """
    head = ""
    for at, sentence in sentences(text):
        for start, piece in _pieces(sentence):
            item = _BULLET.match(piece)
            words = piece[item.end() :] if item is not None else piece
            if item is None and piece.rstrip().endswith(":"):
                head = piece.strip().rstrip(":")[-MAX_TEXT:]
            names = names_in(words, licensing=True)
            plain = without_names(words)
            limits = limits_in(plain, licensing=not notice)
            if limits is None and item is not None and head:
                limits = _of_item(head, plain)
            if limits is None:
                told = [name.at for name in names]
                unread = None if notice else _condition(plain)
                unread = unread if notice or unread else unknown_in(words, told)
                if unread is not None:
                    last = text.count("\n", 0, at + start + unread[1]) + 1
                    line = line_of(text, at + start + unread[0])
                    yield place.state(line, Meaning.UNREAD, None, (), last)
                continue
            first = at + start + (item.end() if item is not None else 0)
            line = line_of(text, first + limits.at)
            last = text.count("\n", 0, first + limits.end) + 1
            stated = place.state(line, Meaning.RESTRICTS, None, limits.restrictions, last)
            code = bool(names) and speaks_of_code(words[: names[0].at], model_card=False)
            yield replace(stated, scope=Scope.CODE if code else Scope.DATA)


def _condition(text: str) -> tuple[int, int] | None:
    """Where a sentence of a license file sets a condition without a name: by parts, or outright."""
    return condition_in(text, Spoken.TERMS) or outright_in(text)


def _pieces(sentence: str) -> Iterator[tuple[int, str]]:
    """A sentence without the items of lists in it, and those, with their offsets."""
    start = 0
    for match in _ITEM_START.finditer(sentence):
        if sentence[start : match.start()].strip():
            yield start, sentence[start : match.start()]
        start = match.start()
    if sentence[start:].strip():
        yield start, sentence[start:]


_ITEM_START = re.compile(r"^[ \t]*(?:[-*+•]|\d{1,2}[.)]|\(?[a-z\d]\))[ \t]", re.MULTILINE)
_BULLET = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)]|\(?[a-z\d]\))[ \t]+")


def _of_item(head: str, item: str) -> Limits | None:
    """Terms of an item that it has only under its head; where they stand in the item."""
    both = limits_in(f"{head} {item}", licensing=True)
    lead = len(head) + 1
    if both is None or both.end <= lead:
        return None
    return Limits(both.restrictions, max(both.at - lead, 0), both.end - lead, ())


def limits_at(lines: Sequence[str], number: int) -> Limits | None:
    """Restrictions that end on a line (1-based), read with the line before where that runs on.

    "This is NOT a ShareAlike or" before "Non-Commercial license" restricts nothing, and "may not
    be used" before "for commercial purposes" does.
    """
    line, before = lines[number - 1], lines[number - 2] if number > 1 else ""
    if not before.strip() or before.rstrip().endswith(_STOPS):
        return limits_in(line)
    lead = f"{before.rstrip()} "
    limits = limits_in(lead + line.lstrip())
    return None if limits is None or limits.end <= len(lead) else limits


_STOPS = (".", ";", ":", "!", "?", "。", "；", "：")

"""License statements of a card's body: what its sentences, badges, links and tables say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.frozen import frozen
from provenance.licensing.answers import unread_answers
from provenance.licensing.bibtex import notes_of
from provenance.licensing.in_words import QUOTED, Sentence, ToldTerms, said_in_words
from provenance.licensing.labels import TAGS
from provenance.licensing.limits import REFUSED
from provenance.licensing.meanings import named, terms, union
from provenance.licensing.narrowing import STRONG
from provenance.licensing.passages import TermsPassage, passages
from provenance.licensing.per_record import part_of_records, stated_by_records
from provenance.licensing.qualified import alternatives, qualified
from provenance.licensing.rows import (
    has_license_column,
    license_row,
    said_by_value,
    said_in_row,
)
from provenance.licensing.saying import is_software, without_families
from provenance.licensing.scopes import (
    BADGE,
    CODE_BADGE,
    ITEM,
    SUBSET,
    is_absent,
    may_be_part,
    names_code,
    subjects_of,
)
from provenance.licensing.sentence import (
    LINK_TARGET,
    names_in,
    sentences,
)
from provenance.licensing.tags import tag_statements
from provenance.licensing.wording import (
    GRANTS,
    LEGAL_CODE,
    PERHAPS,
    PLACEHOLDER,
    PROPOSED,
    TEMPLATE_NOTE,
    WHOLE_SET,
    is_negated,
    speaks_of_code,
    speaks_of_source,
    speaks_of_this,
)
from provenance.report.license import LicenseStatement, Meaning, Origin, Scope
from provenance.vocabulary.expressions import symbols_in
from provenance.vocabulary.restrictions import Restriction

_NAME = 60
"""Length of a license's name, in characters, that an excerpt is made to hold."""
MAX_STATEMENTS = 200
"""Most different statements kept of one body."""


@frozen
class Body:
    """What a body says of licenses."""

    statements: tuple[LicenseStatement, ...]
    truncated: bool
    """Whether a bound stopped the reading."""


def read_body(card: Card) -> Body:
    """Statements of the body, by line; a repeated one is kept where it stands first.

    A card whose licensing section names only the license of its source speaks of itself: nobody
    fills in that section for something else. Its statements then count as about the set.
    """
    reader = _Reader(card)
    kept: dict[tuple[object, ...], LicenseStatement] = {}
    cut: set[str] = set()
    for passage in passages(card, cut):
        for statement in reader.read(passage):
            key = (
                statement.meaning,
                statement.expression,
                statement.restrictions,
                statement.scope,
                statement.part,
            )
            kept.setdefault(key, statement)
        if len(kept) >= MAX_STATEMENTS:
            cut.add("statements")
            break
    for statement in reader.notes(cut):
        kept.setdefault((statement.expression, statement.scope), statement)
    statements = without_families(tuple(kept.values()))
    if card.repo.startswith("datasets/"):  # a model card speaks of its data and bases as well
        statements = _about_the_set(statements, reader.licensing_lines, reader.repository_lines)
    return Body(statements, bool(cut))


def _about_the_set(
    statements: tuple[LicenseStatement, ...], licensing_lines: set[int], repository_lines: set[int]
) -> tuple[LicenseStatement, ...]:
    """What is said of the source, or of the repository as a whole, where nothing else is said."""
    naming = {Meaning.NAMES, Meaning.FAMILY}
    if any(s.meaning in naming and s.scope in {Scope.DATA, Scope.PART} for s in statements):
        return tuple(s for s in statements if s.meaning is not Meaning.RESTRICTS or s.restrictions)
    return tuple(
        replace(s, scope=Scope.DATA)
        if (s.scope is Scope.UPSTREAM and s.evidence.line in licensing_lines)
        or (s.scope is Scope.CODE and s.evidence.line in repository_lines)
        else s
        for s in statements
    )


class _Reader:
    """Reads passages of one card; remembers which lines stand in licensing sections."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._model = card.repo.startswith("models/")
        self.licensing_lines: set[int] = set()
        self.repository_lines: set[int] = set()
        self._legal: str | None = None
        tagged = [x for s in tag_statements(card) for x in symbols_in(s.expression or "")]
        self._whole = False
        self._subjects: dict[str, tuple[Scope, str | None]] = {}
        self._otherwise = bool(tagged) and not is_software(tagged)

    def read(self, passage: TermsPassage) -> Iterator[LicenseStatement]:
        """Statements of one passage; passages come in the card's order."""
        if passage.licensing:
            if passage.heading == self._legal:
                return
            passage = self._before_legal_code(passage)
            last = passage.line + passage.text.count("\n")
            self.licensing_lines.update(range(passage.line, last + 1))
            if PLACEHOLDER.fullmatch(LINK_TARGET.sub("", TAGS.sub(" ", passage.text))):
                yield self._state(passage, 0, passage.text, Meaning.PLACEHOLDER)
                return
        value = _VALUE.fullmatch(passage.text) if passage.licensing else None
        if value is not None:
            yield from self._told(passage, said_by_value(value.start(1), value[1]))
        elif passage.header:
            yield from self._row(passage)
        elif _HEADER_LINE.search(passage.text):
            for value in _HEADER_VALUE.finditer(passage.text):
                yield from self._told(passage, said_by_value(value.start(1), value[1]))
        elif passage.aside:
            yield from self._aside(passage)
        elif not TEMPLATE_NOTE.search(passage.text):
            yield from self._prose(passage)

    def notes(self, cut: set[str]) -> Iterator[LicenseStatement]:
        """Licenses that the set's own BibTeX entry names in a note."""
        for line, text in () if self._model else notes_of(self._card, cut):
            passage = TermsPassage(text, line, "", licensing=True, source=False)
            for name in names_in(text, licensing=True):
                meant = qualified(text, name) or named(name.symbol)
                yield self._state(
                    passage, name.at, text[name.at :], meant.meaning, meant.expression,
                    terms(name.symbol),
                )  # fmt: skip

    def _prose(self, passage: TermsPassage) -> Iterator[LicenseStatement]:
        answer = REFUSED.search(passage.text)
        if answer is not None:
            closed = (Restriction.NON_COMMERCIAL,)
            yield self._state(passage, answer.start(), answer[0], Meaning.RESTRICTS, None, closed)
        else:
            asked = () if self._model else unread_answers(passage.text, passage.heading)
            for at, end in asked:
                raw = passage.text[at:end]
                yield self._state(passage, at, raw, Meaning.UNREAD, None, long=end - at)
        for at, sentence in sentences(passage.text):
            if passage.head or not is_absent(sentence):
                yield from self._sentence(passage, at, sentence)

    def _aside(self, passage: TermsPassage) -> Iterator[LicenseStatement]:
        """Terms in words among citations and thanks; licenses named there are of other things."""
        for at, sentence in sentences(passage.text):
            told = Sentence(passage, at, sentence, Scope.DATA, None, (), self._model)
            for statement in self._words(told):
                if statement.meaning is Meaning.RESTRICTS and STRONG & set(statement.restrictions):
                    yield statement

    def _before_legal_code(self, passage: TermsPassage) -> TermsPassage:
        legal = LEGAL_CODE.search(passage.text)
        if legal is None:
            return passage
        self._legal = passage.heading
        return replace(passage, text=passage.text[: legal.start()])

    def _state(
        self,
        passage: TermsPassage,
        at: int,
        raw: str,
        meaning: Meaning,
        expression: str | None = None,
        restrictions: tuple[Restriction, ...] = (),
        scope: Scope = Scope.DATA,
        part: str | None = None,
        long: int | None = None,
    ) -> LicenseStatement:
        """A statement; the excerpt holds the first ``long`` characters of ``raw``: what decides."""
        line = passage.line_at(at)
        words = raw[: min(long or _NAME, QUOTED)].rstrip()
        more = words.count("\n") if long is not None else 0
        first = words.strip() if more else words.split("\n", maxsplit=1)[0].strip()
        return LicenseStatement(
            raw=" ".join(raw.split())[:300],
            meaning=meaning,
            expression=expression,
            restrictions=restrictions,
            scope=scope,
            origin=Origin.BODY,
            evidence=self._card.quote(line, first, more=more),
            part=part,
        )

    def _row(self, passage: TermsPassage) -> Iterator[LicenseStatement]:
        """A table's row; one of metadata ("| License | MIT |") is read as a sentence."""
        label = license_row(passage.text)
        if label is not None:
            at, value = label
            yield from self._sentence(replace(passage, licensing=True), at, value)
            return
        yield from self._told(passage, said_in_row(passage, self._card.repo))
        if passage.licensing and not has_license_column(passage.header):
            row = Sentence(passage, 0, passage.text, Scope.DATA, None, (), self._model, row=True)
            yield from self._words(row)

    def _told(
        self, passage: TermsPassage, terms: Iterable[ToldTerms]
    ) -> Iterator[LicenseStatement]:
        for told in terms:
            yield self._state(
                passage, told.at, told.raw, told.meaning, told.expression,
                told.restrictions, told.scope, told.part, told.long,
            )  # fmt: skip

    def _sentence(self, passage: TermsPassage, at: int, text: str) -> Iterator[LicenseStatement]:
        names = alternatives(text, names_in(text, passage.licensing))
        before = text[: names[0].at] if names else text
        scope, part = self._scope(passage, before, text)
        badge = not passage.licensing and BADGE.search(text) is not None
        spoken = passage.licensing or badge or "LICENSE" in text
        spoken = spoken or GRANTS.search(text) is not None
        if names and spoken and PROPOSED.search(text):
            limits = union(terms(name.symbol) for name in names)
            yield self._state(passage, at, text, Meaning.VAGUE, None, limits, scope, part)
        elif names and spoken and not is_negated(text):
            self._whole |= passage.licensing and WHOLE_SET.match(text) is not None
            subjects = subjects_of(text, names, self._model)
            if passage.licensing and _REPOSITORY.match(text) and not self._otherwise:
                self.repository_lines.update(passage.line_at(at + name.at) for name in names)
            for name, subject in zip(names, subjects, strict=True):
                meant = qualified(text, name) or named(name.symbol)
                of_what, piece = scope, part
                first_of_code = name is names[0] and scope is Scope.CODE
                if badge:
                    of_what = Scope.CODE if CODE_BADGE.search(text[: name.at]) else Scope.DATA
                elif first_of_code and subject.scope is Scope.PART:
                    of_what = Scope.CODE
                elif subject.scope is not None and (
                    of_what is not Scope.UPSTREAM or len(names) > 1 or subject.scope is Scope.CODE
                ):
                    of_what, piece = subject.scope, subject.part
                if _WHERE_TO_READ.search(text):
                    of_what, piece = self._subjects.get(name.symbol, (of_what, piece))
                self._subjects.setdefault(name.symbol, (of_what, piece))
                yield self._state(
                    passage, at + name.at, text[name.at :], meant.meaning, meant.expression,
                    terms(name.symbol), of_what, piece,
                )  # fmt: skip
        if not (names or self._model) and stated_by_records(text):
            each = part_of_records(self._card, text)
            yield self._state(passage, at, text, Meaning.VAGUE, None, (), Scope.PART, each)
        symbols = tuple(name.symbol for name in names)
        yield from self._words(Sentence(passage, at, text, scope, part, symbols, self._model))

    def _words(self, sentence: Sentence) -> Iterator[LicenseStatement]:
        """What a sentence says without a license's name."""
        for told in said_in_words(sentence):
            if told.meaning is Meaning.UNREAD and self._whole and PERHAPS.search(sentence.text):
                continue
            yield from self._told(sentence.passage, (told,))

    def _scope(self, passage: TermsPassage, before: str, text: str) -> tuple[Scope, str | None]:
        if speaks_of_code(before, self._model):
            return Scope.CODE, None
        if not passage.licensing:
            if (
                passage.source
                or not speaks_of_this(text)
                or speaks_of_source(before, licensing=False)
            ):
                return Scope.UPSTREAM, None
            return Scope.DATA, None
        item = ITEM.match(text)
        if item is not None and names_code(item[1]) and not self._model:
            return Scope.CODE, None
        if item is not None and may_be_part(item[1]):
            return Scope.PART, " ".join(item[1].split())[:120]
        if not speaks_of_source(before, licensing=True):
            return Scope.DATA, None
        subset = SUBSET.match(text)
        if subset is not None:
            return Scope.PART, " ".join(subset[1].split())[:120]
        return Scope.UPSTREAM, None


_REPOSITORY = re.compile(
    r"\W*(?:(?:all|the)\s)?(?:(?:contents?|files|everything)\s(?:of|in)\s)?(?:this|the)\srepo(?:sitory)?\b",
    re.IGNORECASE,
)
"""A repository spoken of as a whole; "the code in this repository" is code all the same."""
_WHERE_TO_READ = re.compile(r"\b(?:obtain|get|find|read|view)\sa\scopy\sof\b", re.IGNORECASE)
"""A sentence that says where a license can be read: it is of what the one before it spoke of."""
_VALUE = re.compile(r"\s*(?:[-*+]\s+)?[`*_\"']{0,3}([A-Za-z][\w.+-]{1,60})[`*_\"'.]{0,3}\s*")
_HEADER_LINE = re.compile(r"^licen[sc]es?:[ \t]*(?:[a-z0-9][\w.+-]*[ \t]*)?$", re.MULTILINE)
_HEADER_VALUE = re.compile(r"^(?:licen[sc]es?:[ \t]*|[ \t]*-[ \t]+)([\w.+-]+)[ \t]*$", re.MULTILINE)

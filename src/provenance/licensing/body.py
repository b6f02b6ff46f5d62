"""License statements of a card's body: what its sentences, badges, links and tables say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.licensing.bibtex import notes_of
from provenance.licensing.custom import TERMS, custom_terms, is_proper_name
from provenance.licensing.in_words import QUOTED, Sentence, said_in_words
from provenance.licensing.labels import TAGS
from provenance.licensing.limits import REFUSED, limits_in
from provenance.licensing.narrowing import STRONG
from provenance.licensing.passages import LICENSE_COLUMN, TermsPassage, cells, passages
from provenance.licensing.per_record import part_of_records, stated_by_records
from provenance.licensing.qualified import alternatives, qualified
from provenance.licensing.saying import is_software, without_families
from provenance.licensing.scopes import (
    BADGE,
    CODE_BADGE,
    ITEM,
    LABEL,
    NO_PART,
    SUBSET,
    names_code,
    subjects_of,
)
from provenance.licensing.sentence import (
    LINK_TARGET,
    cell_symbols,
    names_in,
    sentences,
    without_names,
)
from provenance.licensing.tags import tag_statements
from provenance.licensing.unread import Surroundings, condition_in, unread_answers
from provenance.licensing.use_rows import unread_in_row, use_terms
from provenance.licensing.value_words import CLOSED
from provenance.licensing.values import named, read_value, terms, union
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
from provenance.vocabulary.identifiers import symbols_in
from provenance.vocabulary.restrictions import Restriction

_NAME = 60
"""Length of a license's name, in characters, that an excerpt is made to hold."""
MAX_STATEMENTS = 200
"""Most different statements kept of one body."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a body says of licenses."""

    statements: tuple[LicenseStatement, ...]
    truncated: bool
    """Whether a bound stopped the reading."""


def body_statements(card: Card) -> tuple[LicenseStatement, ...]:
    """The statements of :func:`read_body`."""
    return read_body(card).statements


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
    found = without_families(tuple(kept.values()))
    if card.repo.startswith("datasets/"):  # a model card speaks of its data and bases as well
        found = _about_the_set(found, reader.licensing_lines, reader.repository_lines)
    return Body(found, bool(cut))


def _about_the_set(
    found: tuple[LicenseStatement, ...], licensing_lines: set[int], repository_lines: set[int]
) -> tuple[LicenseStatement, ...]:
    """What is said of the source, or of the repository as a whole, where nothing else is said."""
    naming = {Meaning.NAMES, Meaning.FAMILY}
    if any(s.meaning in naming and s.scope in {Scope.DATA, Scope.PART} for s in found):
        return tuple(s for s in found if s.meaning is not Meaning.RESTRICTS or s.restrictions)
    return tuple(
        replace(s, scope=Scope.DATA)
        if (s.scope is Scope.UPSTREAM and s.evidence.line in licensing_lines)
        or (s.scope is Scope.CODE and s.evidence.line in repository_lines)
        else s
        for s in found
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
            yield from self._value(passage, value.start(1), value[1])
        elif passage.header:
            yield from self._row(passage)
        elif _HEADER_LINE.search(passage.text):
            for value in _HEADER_VALUE.finditer(passage.text):
                yield from self._value(passage, value.start(1), value[1])
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
            yield from self._sentence(passage, at, sentence)

    def _aside(self, passage: TermsPassage) -> Iterator[LicenseStatement]:
        """Terms in words among citations and thanks; licenses named there are of other things."""
        for at, sentence in sentences(passage.text):
            told = Sentence(passage, at, sentence, Scope.DATA, None, (), self._model)
            for said in self._words(told):
                if said.meaning is Meaning.RESTRICTS and STRONG & set(said.restrictions):
                    yield said

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

    def _value(self, passage: TermsPassage, at: int, value: str) -> Iterator[LicenseStatement]:
        """A line that is only a tag's value, such as ``mit`` below a heading "License"."""
        meant = read_value(value)
        if meant.meaning in {Meaning.NAMES, Meaning.FAMILY}:
            yield self._state(
                passage, at, value, meant.meaning, meant.expression, terms(meant.expression)
            )
        elif meant.meaning is Meaning.PLACEHOLDER:
            yield self._state(passage, at, value, Meaning.PLACEHOLDER)
        elif meant.restrictions:
            yield self._state(passage, at, value, Meaning.RESTRICTS, None, meant.restrictions)
        elif (closed := CLOSED.get(value.lower())) is not None:
            yield self._state(passage, at, value, Meaning.RESTRICTS, None, (closed,))

    def _row(self, passage: TermsPassage) -> Iterator[LicenseStatement]:
        """A table row: the license column names the license of the part in the first other one."""
        columns = [i for i, c in enumerate(passage.header) if LICENSE_COLUMN.search(c)]
        row = cells(passage.text)
        if len(row) > 1 and LABEL.fullmatch(row[0]):
            value = " | ".join(row[1:])
            at = passage.text.find(row[1]) if row[1] else 0
            yield from self._sentence(replace(passage, licensing=True), max(at, 0), value)
            return
        yield from self._use_row(passage, row)
        if not columns and not passage.licensing:
            return
        names = next((i for i in range(len(row)) if i not in columns), len(row))
        at = 0
        for index, cell in enumerate(row):
            start = passage.text.find(cell, at)
            at = start + len(cell)
            if columns and index not in columns:
                continue
            of = row[names] if names not in {index, len(row)} else ""
            scope, part = self._of_row(cell, of, aside=self._model and bool(columns))
            for symbol in cell_symbols(cell, exact=bool(columns)):
                meant = named(symbol)
                limits = terms(symbol)
                yield self._state(passage, start, cell, meant.meaning, symbol, limits, scope, part)
            term = TERMS.search(cell) if columns and not names_in(cell, licensing=True) else None
            if term is not None and is_proper_name(term[1]):
                symbol, limits = custom_terms(" ".join(term[1].split()))
                yield self._state(passage, start, cell, Meaning.REFERS, symbol, limits, scope, part)
            said = limits_in(without_names(cell), licensing=True)
            unread = columns and said is None and not names_in(cell, licensing=True)
            if unread and condition_in(without_names(cell), Surroundings.TERMS):
                yield self._state(passage, start, cell, Meaning.UNREAD, None, (), scope, part)
            if said is not None and columns:
                yield self._state(
                    passage, start, cell, Meaning.RESTRICTS, None, said.restrictions, scope, part
                )
        if not columns:
            row_text = Sentence(
                passage, 0, passage.text, Scope.DATA, None, (), self._model, row=True
            )
            yield from self._words(row_text)

    def _use_row(self, passage: TermsPassage, row: tuple[str, ...]) -> Iterator[LicenseStatement]:
        """A row that says what may be done with the set."""
        for index, term in use_terms(passage.header, row):
            at = max(passage.text.find(row[index]), 0) if row[index] else 0
            raw = passage.text if index == 1 else row[index]
            yield self._state(passage, at, raw, Meaning.RESTRICTS, None, (term,))
            return
        unread = None if self._model else unread_in_row(passage.header, row)
        if unread is not None:
            at = max(passage.text.find(row[unread]), 0)
            yield self._state(passage, at, row[unread], Meaning.UNREAD)

    def _of_row(self, cell: str, of: str, aside: bool) -> tuple[Scope, str | None]:
        """What a cell that names licenses, beside the name ``of``, is about.

        ``aside``: of a table of models only this one's row is its own.
        """
        if aside:
            mine = _folded(LINK_TARGET.sub("", of)) == _folded(self._card.repo)
            return (Scope.DATA if mine else Scope.UPSTREAM), None
        part = " ".join(of.split()).strip("*_` ")[:120]
        if not part:
            return Scope.DATA, None
        if speaks_of_code(part, self._model):
            return Scope.CODE, None
        absent = _ABSENT.match(cell) is not None
        return (Scope.UPSTREAM, None) if absent else (Scope.PART, part)

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
                own, piece = scope, part
                first_of_code = name is names[0] and scope is Scope.CODE
                if badge:
                    own = Scope.CODE if CODE_BADGE.search(text[: name.at]) else Scope.DATA
                elif first_of_code and subject.scope is Scope.PART:
                    own = Scope.CODE
                elif subject.scope is not None and (
                    own is not Scope.UPSTREAM or len(names) > 1 or subject.scope is Scope.CODE
                ):
                    own, piece = subject.scope, subject.part
                yield self._state(
                    passage, at + name.at, text[name.at :], meant.meaning, meant.expression,
                    terms(name.symbol), own, piece,
                )  # fmt: skip
        if not (names or self._model) and stated_by_records(text):
            each = part_of_records(self._card, text)
            yield self._state(passage, at, text, Meaning.VAGUE, None, (), Scope.PART, each)
        symbols = tuple(name.symbol for name in names)
        yield from self._words(Sentence(passage, at, text, scope, part, symbols, self._model))

    def _words(self, sentence: Sentence) -> Iterator[LicenseStatement]:
        """What a sentence says without a license's name."""
        for said in said_in_words(sentence):
            if said.meaning is Meaning.UNREAD and self._whole and PERHAPS.search(sentence.text):
                continue
            yield self._state(
                sentence.passage, said.at, said.raw, said.meaning, said.expression,
                said.restrictions, said.scope, said.part, said.long,
            )  # fmt: skip

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
        if item is not None and not NO_PART.search(item[1]):
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
_ABSENT = re.compile(
    r"[\s*_]{0,6}(?:not\s(?:re-?)?(?:distributed|included|shipped|hosted)\b|fetch(?:ed)?\sfrom\b)",
    re.IGNORECASE,
)
"""A cell that begins with saying that the set does not hold this part."""


def _folded(name: str) -> str:
    """A model's name without owner, case and marks."""
    return re.sub(r"[\W_]+", "", name.rpartition("/")[2].lower())


_VALUE = re.compile(r"\s*(?:[-*+]\s+)?[`*_\"']{0,3}([A-Za-z][\w.+-]{1,60})[`*_\"'.]{0,3}\s*")
_HEADER_LINE = re.compile(r"^licen[sc]es?:[ \t]*(?:[a-z0-9][\w.+-]*[ \t]*)?$", re.MULTILINE)
_HEADER_VALUE = re.compile(r"^(?:licen[sc]es?:[ \t]*|[ \t]*-[ \t]+)([\w.+-]+)[ \t]*$", re.MULTILINE)

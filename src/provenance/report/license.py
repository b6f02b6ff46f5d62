"""License nouns: one statement, and what all statements about one thing support."""

from __future__ import annotations

from enum import StrEnum

from provenance.frozen import frozen
from provenance.report.evidence import Evidence
from provenance.vocabulary.expressions import symbols_in
from provenance.vocabulary.restrictions import Restriction

NONE = "NONE"
"""SPDX: the examiner looked and there is no license."""
NOASSERTION = "NOASSERTION"
"""SPDX: the examiner cannot say."""


class LicenseState(StrEnum):
    """What can be said about the license of one set. ``unresolved`` is never a pass.

    Whether a state lacks is asked of a conclusion, see :attr:`LicenseConclusion.standing`: what
    is ``unresolved`` lacks or was not examined, and its :class:`Cause` says which.
    """

    EXPLICIT = "explicit"
    AMBIGUOUS = "ambiguous"
    CONFLICTING = "conflicting"
    NONE = "none"
    UNRESOLVED = "unresolved"


class Cause(StrEnum):
    """Why nothing could be concluded about a license. Values are stable: they appear in JSON."""

    NOT_LOCATABLE = "not_locatable"
    """The publisher's own card was read and names the set only in words: no id, link, DOI or
    citation, and no catalogue knows the name. The documentation itself lacks the license."""
    OUTSIDE_SOURCES = "outside_sources"
    """It stands where no source of this run looks: GitHub, Zenodo, a web page, a folder."""
    NOT_FOUND_OR_PRIVATE = "not_found_or_private"
    GATED = "gated"
    WITHDRAWN = "withdrawn"
    UNREACHABLE = "unreachable"
    """Network, server or disk failed. An outage is no fact about the set."""
    UNREADABLE = "unreadable"
    """It is there, and what would say the license cannot be parsed."""
    NOT_IN_SNAPSHOT = "not_in_snapshot"
    NOT_IN_DIGEST = "not_in_digest"
    """The source holds a digest of facts, and none of them is about this."""
    OVER_BOUND = "over_bound"
    """A bound of the walk, or of what is read of one card, was reached first."""


class Standing(StrEnum):
    """How something counts when coverage is added up."""

    NOT_LACKING = "not_lacking"
    LACKING = "lacking"
    """It was examined and gives no explicit license."""
    NOT_EXAMINED = "not_examined"
    """This run could not see it. Unknown is never a pass, and never a fact."""


class Origin(StrEnum):
    """Which kind of place a license statement was read in."""

    TAG = "tag"
    BODY = "body"
    LICENSE_FILE = "license_file"
    GATE = "gate"
    """What a repository asks a reader to agree to before it gives access."""
    CROISSANT = "croissant"
    RECORD = "record"
    """The license field of the data's own records."""
    CATALOG = "catalog"
    CLARIFICATION = "clarification"


class Scope(StrEnum):
    """What a license statement speaks of."""

    DATA = "data"
    """The set itself (for a model: the model). The default."""
    CODE = "code"
    PART = "part"
    """One configuration, subset or component of the set."""
    UPSTREAM = "upstream"
    """Something the set was made from; does not license the set itself."""


class Meaning(StrEnum):
    """What one statement does."""

    NAMES = "names"
    """Names specific terms: an SPDX id with its version, or ``LicenseRef-…`` with name and text."""
    FAMILY = "family"
    """Names a family without version (``cc``, ``gpl``, ``CC-BY-SA``)."""
    MODIFIED = "modified"
    """Names a license beside words that change it ("modified MIT"): terms of its own, which only
    their text can tell."""
    RESTRICTS = "restricts"
    """Grants or narrows use in words without naming a license ("research purposes only")."""
    RESERVES = "reserves"
    """Reserves rights, or says nobody licensed it ("all rights reserved")."""
    REFERS = "refers"
    """Points elsewhere for the terms ("see the LDC agreement", ``other`` with a link)."""
    VAGUE = "vague"
    """Says that terms exist without saying which (``other`` alone)."""
    UNREAD = "unread"
    """Sets a condition that no rule understands: its words forbid, limit or ask for leave."""
    PLACEHOLDER = "placeholder"
    """Says nothing: ``unknown``, an empty list, a template's placeholder."""


RECORDS = "each record"
"""How the name of a part begins that is every record by itself, each with its own license; the
column that holds it follows in brackets where it is known."""


@frozen
class LicenseStatement:
    """One place saying one thing about a license."""

    raw: str
    """The words or value as written there."""
    meaning: Meaning
    expression: str | None
    """SPDX expression or ``LicenseRef-…``; for ``family`` the family's name (``CC-BY-SA``);
    ``None`` where nothing is named."""
    restrictions: tuple[Restriction, ...]
    """Sorted by value; those of the named license and those said in words."""
    scope: Scope
    origin: Origin
    evidence: Evidence
    part: str | None = None
    """Name of the part when ``scope`` is ``part``."""


@frozen
class LicensePart:
    """What is said of one part of a thing: a subset, a language, a component."""

    name: str
    """As the publisher calls it."""
    concluded: str
    """As of a whole conclusion."""
    statements: tuple[LicenseStatement, ...]


@frozen
class LicenseConclusion:
    """What all statements about one thing support (SPDX: declared and concluded)."""

    state: LicenseState
    declared: tuple[str, ...]
    """What the tag means, in its own order: SPDX ids, families, ``other``; empty if absent."""
    concluded: str
    """SPDX expression, ``LicenseRef-…``, ``NONE`` or ``NOASSERTION``."""
    reason: str
    """One sentence, in words a reader can check against ``statements``."""
    restrictions: tuple[Restriction, ...]
    """Union over the statements that bear on the data, sorted by value."""
    statements: tuple[LicenseStatement, ...]
    """In the order read: tag, gate, body by line, files by path, catalogue."""
    parts: tuple[LicensePart, ...] = ()
    """Parts that have statements of their own, in the order read."""
    truncated: bool = False
    """Whether a bound stopped the reading of something that may speak of the license. The state is
    what the rest supports; it is never a pass."""
    cause: Cause | None = None
    """Why nothing could be concluded; given exactly when the state is ``unresolved``."""

    @property
    def standing(self) -> Standing:
        """How it counts: ``none``, ``ambiguous`` and not locatable lack."""
        if self.state is LicenseState.UNRESOLVED:
            located = self.cause is not Cause.NOT_LOCATABLE
            return Standing.NOT_EXAMINED if located else Standing.LACKING
        if self.state in {LicenseState.NONE, LicenseState.AMBIGUOUS}:
            return Standing.LACKING
        return Standing.NOT_LACKING

    @property
    def lacks(self) -> bool:
        """Whether it is known to lack explicit licensing."""
        return self.standing is Standing.LACKING


def statement_behind(conclusion: LicenseConclusion) -> LicenseStatement | None:
    """The statement that a state rests on; ``None`` where nothing is stated.

    What is explicit rests on the first that names a license concluded, what is ambiguous on the
    first that says anything, what is none on the first there is.
    """
    ranked = sorted(conclusion.statements, key=rank_of)
    concluded = symbols_in(conclusion.concluded)
    naming = (s for s in ranked if any(names_symbol(s, symbol) for symbol in concluded))
    return next(naming, ranked[0] if ranked else None)


def rank_of(statement: LicenseStatement) -> tuple[bool, bool]:
    """What speaks of the data and says something goes before the rest, else the order read."""
    return statement.scope is not Scope.DATA, statement.meaning is Meaning.PLACEHOLDER


def names_symbol(statement: LicenseStatement, symbol: str) -> bool:
    """Whether a statement names a license."""
    written = statement.expression
    return written is not None and (written == symbol or symbol in symbols_in(written))


@frozen
class TagPlace:
    """Where a card has its license tag, or room for one: what a change of the card has to know."""

    line: int
    """1-based line of ``README.md`` that the tag starts on, or that a new tag goes before."""
    lines: tuple[str, ...]
    """The lines of the tag as written, without their ends; empty when there is no tag."""
    front_matter: bool
    """Whether the card has front matter; without it a tag needs ``---`` above and below it."""
    problem: str | None = None
    """Why the place is not certain, in a few words; ``None`` when it is."""

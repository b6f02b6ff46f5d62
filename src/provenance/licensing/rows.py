"""What a table's row, or a line that is only a value, says of a license."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.licensing.custom import TERMS, custom_terms, is_proper_name
from provenance.licensing.in_words import ToldTerms
from provenance.licensing.limits import limits_in
from provenance.licensing.meanings import named, terms
from provenance.licensing.passages import LICENSE_COLUMN, TermsPassage, cells
from provenance.licensing.scopes import ABSENT, LABEL
from provenance.licensing.sentence import LINK_TARGET, cell_symbols, names_in, without_names
from provenance.licensing.unread import Surroundings, condition_in
from provenance.licensing.use_rows import unread_in_row, use_terms
from provenance.licensing.value_words import CLOSED
from provenance.licensing.values import read_value
from provenance.licensing.wording import speaks_of_code
from provenance.report.license import Meaning, Scope


def said_by_value(at: int, value: str) -> Iterator[ToldTerms]:
    """What a tag's value says that stands alone, such as ``mit`` below a heading "License"."""
    meant = read_value(value)
    data = Scope.DATA
    if meant.meaning in {Meaning.NAMES, Meaning.FAMILY}:
        symbol = meant.expression
        yield ToldTerms(at, value, meant.meaning, symbol, terms(symbol), data, None)
    elif meant.meaning is Meaning.PLACEHOLDER:
        yield ToldTerms(at, value, Meaning.PLACEHOLDER, None, (), data, None)
    elif meant.restrictions:
        yield ToldTerms(at, value, Meaning.RESTRICTS, None, meant.restrictions, data, None)
    elif (closed := CLOSED.get(value.lower())) is not None:
        yield ToldTerms(at, value, Meaning.RESTRICTS, None, (closed,), data, None)


def license_row(text: str) -> tuple[int, str] | None:
    """The value of a row "| License | … |" and where it stands; ``None`` of any other row."""
    row = cells(text)
    if len(row) < 2 or LABEL.fullmatch(row[0]) is None:
        return None
    at = text.find(row[1]) if row[1] else 0
    return max(at, 0), " | ".join(row[1:])


def has_license_column(header: tuple[str, ...]) -> bool:
    """Whether a column of a table holds licenses."""
    return any(LICENSE_COLUMN.search(cell) for cell in header)


def said_in_row(passage: TermsPassage, repo: str) -> Iterator[ToldTerms]:
    """What a row's cells say: its license column is for the part that the first other one names.

    ``repo``: the repository of the card, by which a model's own row is told from its siblings'.
    """
    model = repo.startswith("models/")
    columns = [i for i, c in enumerate(passage.header) if LICENSE_COLUMN.search(c)]
    row = cells(passage.text)
    yield from _of_use(passage, row, model)
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
        mine = repo if model and columns else None
        yield from _in_cell(start, cell, bool(columns), *_whose(cell, of, mine, model))


def _in_cell(
    at: int, cell: str, column: bool, scope: Scope, part: str | None
) -> Iterator[ToldTerms]:
    """What one cell says; ``column``: whether it stands in a column of licenses."""
    for symbol in cell_symbols(cell, exact=column):
        meant = named(symbol)
        yield ToldTerms(at, cell, meant.meaning, symbol, terms(symbol), scope, part)
    if not column:
        return
    plain = without_names(cell)
    stated = limits_in(plain, licensing=True)
    if not names_in(cell, licensing=True):
        term = TERMS.search(cell)
        if term is not None and is_proper_name(term[1]):
            symbol, limits = custom_terms(" ".join(term[1].split()))
            yield ToldTerms(at, cell, Meaning.REFERS, symbol, limits, scope, part)
        if stated is None and condition_in(plain, Surroundings.TERMS):
            yield ToldTerms(at, cell, Meaning.UNREAD, None, (), scope, part)
    if stated is not None:
        yield ToldTerms(at, cell, Meaning.RESTRICTS, None, stated.restrictions, scope, part)


def _of_use(passage: TermsPassage, row: tuple[str, ...], model: bool) -> Iterator[ToldTerms]:
    """A row that says what may be done with the set."""
    for index, term in use_terms(passage.header, row):
        at = max(passage.text.find(row[index]), 0) if row[index] else 0
        raw = passage.text if index == 1 else row[index]
        yield ToldTerms(at, raw, Meaning.RESTRICTS, None, (term,), Scope.DATA, None)
        return
    unread = None if model else unread_in_row(passage.header, row)
    if unread is not None:
        at = max(passage.text.find(row[unread]), 0)
        yield ToldTerms(at, row[unread], Meaning.UNREAD, None, (), Scope.DATA, None)


def _whose(cell: str, of: str, mine: str | None, model: bool) -> tuple[Scope, str | None]:
    """What a cell that names licenses, beside the name ``of``, is about.

    ``mine``: the model whose card it is; of a table of models only its row is its own.
    """
    if mine is not None:
        of_this_set = _folded(LINK_TARGET.sub("", of)) == _folded(mine)
        return (Scope.DATA if of_this_set else Scope.UPSTREAM), None
    part = " ".join(of.split()).strip("*_` ")[:120]
    if not part:
        return Scope.DATA, None
    if speaks_of_code(part, model):
        return Scope.CODE, None
    return (Scope.UPSTREAM, None) if _ABSENT.match(cell) else (Scope.PART, part)


_ABSENT = re.compile(rf"[\s*_]{{0,6}}(?:{ABSENT}|fetch(?:ed)?\sfrom\b)", re.IGNORECASE)
"""A cell that begins with saying that the set does not hold this part."""


def _folded(name: str) -> str:
    """A model's name without owner, case and marks."""
    return re.sub(r"[\W_]+", "", name.rpartition("/")[2].lower())

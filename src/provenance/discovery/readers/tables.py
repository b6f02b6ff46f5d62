"""Tables: a column of sets; the rows are read in :mod:`.table_rows`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.bounds import stop
from provenance.discovery.candidates import Candidate, CardReading
from provenance.discovery.document import Passage, Table
from provenance.discovery.labels import LabelTopic, role_of, section_topic, topic_of
from provenance.discovery.prose_items import NamedSet
from provenance.discovery.prose_lexicon import PAPER_HOST
from provenance.discovery.prose_names import names_in
from provenance.discovery.prose_words import has_proper
from provenance.discovery.quantities import Quantity, parse_quantity
from provenance.discovery.readers.table_cells import (
    DATA,
    MARK,
    MODELS,
    SCORE,
    linked_set,
    listed_names,
    plain,
)
from provenance.discovery.readers.table_rows import labelled_rows, of_this_model
from provenance.frozen import frozen
from provenance.report.training import Amount, DeclaredIn, Measure, MixtureTotal, Role

_NAME = re.compile(
    r"(?i)^(?:name of )?(?:the )?(?:training |pre-?training |source |sub)?"
    r"(?:data\s?-?sets?|corpus|corpora|sources?|data|subsets?|components?|collections?)"
    r"(?: names?| sources?| ids?)?$|^names?$|^数据集?(?:名称)?$|^データセット名?$|^데이터(?:셋)?$"
    r"|^datens[aä]tz\w*$|^корпус$|^датасет$|^jeux? de données$|^conjuntos? de datos$"
)
_AMOUNT = re.compile(
    r"(?i)number|\bnum\b|#|size|count|tokens?|examples?|samples?|rows?|pairs?|tuples?|triplets?|"
    r"sentences?|documents?|docs?\b|words?|texts?|hours?|images?|weights?|propor|percent|share|"
    r"ratio|mix|%|\b[GTM]i?B\b|bytes|lines|instances|quer"
    r"|数量|規模|规模|大小|样本|條|条数|件数|文数|时长|時長|時間|小时|건수|개수|문장|크기|규모|수량|시간|anzahl|stunden|größe|umfang"
    r"|nombre|heures|taille|cantidad|número|horas|tamaño|tamanho|количеств|часов|объ[её]м|размер|ore\b|dimensione|amount|volume|quantity|duration"
)
_DESCRIBES = re.compile(
    r"(?i)languages?|tokens?|words?|samples?|licen|weight|domain|sizes?|link|url|hours|stage|source"
    r"|documents?|percent|proportion|ratio|type|description|数量|规模|语言|件数|言語"
)
_CODE = re.compile(r"(?i)notebook|sample\b|\bcli\b|use case|\bscripts?\b|endpoint")
_TRAINING = re.compile(r"(?i)train|fine-?\s?tun|mixture|训练|学習|학습|обуч|entren|entra[iî]n")
_TRAINING_CONTEXT = re.compile(
    r"(?i)train|fine-?\s?tun|corpus|corpora|mixture|data ?sources|\bdatasets?\b|dataset details|"
    r"details of the (?:data|downstream)"
)
_TESTING = re.compile(
    r"(?i)^(?!.*\btrain).*(?:eval|result|benchmark|performance|\btest\b|comparison|metrics)"
)
_TOTAL = re.compile(
    r"(?i)^(?:grand )?(?:total|sum|overall|all(?: data(?:\s?sets)?)?)(?:\s*[:(].{0,20})?$"
)
_SUBTOTAL = re.compile(r"(?i)^sub-?\s?total\b")
_SPLIT = re.compile(
    r"(?i)^(train(?:ing)?|dev(?:elopment)?|valid(?:ation)?|test(?:ing)?|eval(?:uation)?)"
    r"(?: ?(?:set|split|data))?$"
)
_TRAIN = re.compile(r"(?i)\W{0,2}train")
_NOT_TRAIN_SPLIT = re.compile(r"(?i)^(?:dev|valid|test|eval)")
_TRAILING_SPLIT = re.compile(
    r"(?i)\s(train(?:ing)?|dev|valid(?:ation)?|test|eval)(?: set| split)?$"
)
_TRAIN_ROW = re.compile(r"(?i)\S\s+train(?:ing)?(?: set| split)?\s*$")
_EPOCHS = re.compile(
    r"(?i)(?:#\s?|(?:no\.?|num\.?|number) of )?(?:epochs?|repetitions|repeats|passes|up-?sampling(?: factor)?)(?: seen)?"
)
_EPOCH = re.compile(r"[~≈x×]?\s?(\d{1,4}(?:\.\d{1,12})?)\s?[x×]?")
_PER_EPOCH = re.compile(r"(?i)\s?\(?per[\s-]epoch\)?")
_SAMPLING = re.compile(
    r"(?i)\bsampl\w*\s(?:prop|weight|ratio|prob|rate|share)|\bmix\w*\s(?:weight|prop|ratio|share)"
)
_PAPER = re.compile(r"(?i)^paper\b")
_LONGEST_CELL = 300


def read(reading: CardReading) -> Iterator[Candidate]:
    """What the tables of a card name as sets."""
    for table in reading.document.tables:
        header = [plain(c) for c in table.header]
        column = _column(table, header)
        if column is not None:
            yield from _named_in_column(reading, table, header, column)
        else:
            yield from labelled_rows(reading, table, header)
        yield from of_this_model(reading, table, header)


def totals(reading: CardReading) -> Iterator[MixtureTotal]:
    """Totals that tables of counted training sets end in."""
    for table in reading.document.tables:
        header = [plain(c) for c in table.header]
        column = _column(table, header)
        if column is None or not column.counted:
            continue
        for row in table.rows:
            label = plain(row[column.name]) if column.name < len(row) else ""
            if _TOTAL.match(label) and not MARK.search(row[column.name].text):
                evidence = reading.card.quote(row[0].line)
                for amount in _values(reading.card, table, column, row):
                    yield MixtureTotal(amount.measure, amount.value, evidence)


@frozen
class _Column:
    """The column that names sets, and what counts them."""

    name: int
    amounts: tuple[int, ...]
    split: int | None
    epochs: int | None
    """The column that says how often each set was seen."""
    counted: bool
    """Training sets with counts beyond doubt: the table of a mixture."""


def _column(table: Table, header: list[str]) -> _Column | None:
    """Which column names sets; ``None`` if none does."""
    section, _ = section_topic(table.headings)
    names = [i for i, cell in enumerate(header) if _NAME.match(cell)]
    if not names:
        names = [i for i, cell in enumerate(header) if topic_of(cell) is LabelTopic.TRAINING_DATA]
        names = names or [0] * (bool(header) and topic_of(header[0]) is LabelTopic.DATA)
        names = names if not any(MODELS.match(h) for h in header) and header[0] else []
    if not names and section in DATA and header and not header[0]:
        names = [0] if len(header) > 2 else []
    if (
        not names
        and header
        and section is LabelTopic.TRAINING_DATA
        and _counts_kinds(table, header)
    ):
        names = [0]
    if names and names[0] and any(MODELS.match(h) for h in header[: names[0]]):
        return None
    if not names or _only_numbers(table, names[0]):
        return None
    amounts = tuple(
        i
        for i, cell in enumerate(header)
        if i != names[0]
        and _AMOUNT.search(cell)
        and not SCORE.search(cell)
        and _mostly_numbers(table, i)
    )
    split = next((i for i, cell in enumerate(header) if re.fullmatch(r"(?i)splits?", cell)), None)
    epochs = next((i for i, cell in enumerate(header) if _EPOCHS.fullmatch(cell)), None)
    epochs = epochs if amounts and epochs != names[0] else None
    counted = (
        bool(amounts)
        and _NAME.match(header[names[0]]) is not None
        and not any(SCORE.search(cell) for i, cell in enumerate(header) if i != epochs)
        and _speaks_of_training(table, header, names[0])
    )
    return _Column(names[0], amounts, split, epochs, counted)


def _counts_kinds(table: Table, header: list[str]) -> bool:
    """Whether a table under a heading on training data counts what its first column names."""
    if any(SCORE.search(h) or MODELS.match(h) for h in header):
        return False
    counts = [i for i, h in enumerate(header) if i and _AMOUNT.search(h)]
    counts = [i for i in counts if _mostly_numbers(table, i)]
    if _KIND.fullmatch(header[0]) is not None:
        return bool(counts)
    return len(counts) > 1 and not _NO_SETS.search(header[0]) and _mostly_names(table)


def _mostly_names(table: Table) -> bool:
    """Whether most cells of the first column hold a name."""
    cells = [plain(row[0]) for row in table.rows if row and row[0].text.strip()]
    return bool(cells) and 2 * sum(has_proper(cell) for cell in cells) > len(cells)


_NO_SETS = re.compile(
    r"(?i)language|split|class|label|speaker|metric|stat|year|task|parameter|stage|phase|level|gender|region|countr|tag|entity|column|field|\bsets?\b|epoch|column"
)
"""Headers of columns whose rows are no sets, whatever is counted beside them."""


_KIND = re.compile(
    r"(?i)(?:data |text |speech |audio )?(?:types?|kinds?|domains?|genres?|categor(?:y|ies)|materials?|modalit(?:y|ies)|sources?|description|content)"
    r"|art|quelle|тип|źródło|tür|类型|類型|種類|종류|출처|来源|來源"
)


def _speaks_of_training(table: Table, header: list[str], name: int) -> bool:
    """Whether heading, introduction, header or split words say that the rows are training sets."""
    heading = table.headings[-1] if table.headings else ""
    if _TESTING.match(heading):
        return False
    if _TRAINING_CONTEXT.search(heading):
        return True
    if re.search(r"(?i)\btrain|\bfine-?\s?tun", " ".join((*header, table.intro))):
        return True
    return any(name < len(row) and _TRAIN_ROW.search(plain(row[name])) for row in table.rows)


def _mostly_numbers(table: Table, column: int) -> bool:
    cells = [row[column].text for row in table.rows if column < len(row) and row[column].text]
    return bool(cells) and 2 * sum(bool(re.match(r"[*~≈<>\s]*\d", c)) for c in cells) > len(cells)


def _only_numbers(table: Table, column: int) -> bool:
    cells = [plain(row[column]) for row in table.rows if column < len(row)]
    return not any(re.search(r"[^\W\d]{3}", cell) for cell in cells)


def _seen(table: Table, header: list[str]) -> set[str]:
    """What header and introduction say of the rows."""
    rest = " | ".join(header)
    seen = set()
    if any(SCORE.search(h) for h in header):
        seen.add("table: has scores")
    if _DESCRIBES.search(rest):
        seen.add("table: describes data")
    if _CODE.search(rest):
        seen.add("table: links to code")
    if any(MODELS.match(h) for h in header):
        seen.add("table: of models")
    intro = table.intro[-300:]
    if _TRAINING.search(intro):
        seen.add("table: introduced with training")
    if _TESTING.match(intro):
        seen.add("table: introduced with evaluation")
    return seen


def _named_in_column(
    reading: CardReading, table: Table, header: list[str], column: _Column
) -> Iterator[Candidate]:
    measured = [h for i, h in enumerate(header) if i != column.epochs]
    seen = _seen(table, measured) | {f"column: {topic_of(header[column.name]).value}"}
    if column.counted:
        seen.add("table: counts training sets")
    elif column.amounts:
        seen.add("table: has counts")
    lists = _columns_of_lists(table, header, column)
    for row in table.rows:
        cell = row[column.name] if column.name < len(row) else None
        label = plain(cell) if cell is not None else ""
        if cell is None or not re.search(r"\w", label):
            continue
        if len(label) > _LONGEST_CELL:
            stop("a cell that may name a set")
            continue
        if _SUBTOTAL.match(label) or _SPLIT.match(label) or _TOTAL.match(label):
            continue
        role, label = _role(table, column, row, label)
        values = _values(reading.card, table, column, row)
        split = column.split is not None and column.split < len(row) and plain(row[column.split])
        of_row = {"table: row of a training split"} if split and _TRAIN.match(split) else set()
        named = _sets_of_cell(cell, label)
        for mention in named:
            candidate = reading.candidate(cell, 0, mention, role, DeclaredIn.TABLE, seen | of_row)
            amounts = tuple(replace(a, among=len(named)) if len(named) > 1 else a for a in values)
            kept = amounts if role is not Role.EVALUATION else ()
            group = f"table {table.line}, column {column.name}"
            yield replace(
                candidate,
                mention=replace(candidate.mention, amounts=kept),
                group=group,
                series=group,
            )
        for place in lists:
            for listed in listed_names(row[place]) if place < len(row) else ():
                candidate = reading.candidate(row[place], 0, listed, role, DeclaredIn.TABLE, seen)
                yield replace(candidate, series=f"table {table.line}, column {place}")


def _columns_of_lists(table: Table, header: list[str], column: _Column) -> list[int]:
    """Further columns on data in whose cells names are listed: ``Sources`` beside ``Kind``."""
    columns = []
    for place, words in enumerate(header):
        if place == column.name or not (_NAME.match(words) or topic_of(words) in DATA):
            continue
        cells = [row[place] for row in table.rows if place < len(row) and row[place].text.strip()]
        if 2 * sum(bool(listed_names(cell)) for cell in cells) >= max(len(cells), 2):
            columns.append(place)
    return columns


def _role(table: Table, column: _Column, row: tuple[Passage, ...], label: str) -> tuple[Role, str]:
    """Role of a row, and its name without a trailing split word."""
    split = ""
    if column.split is not None and column.split < len(row):
        split = plain(row[column.split])
    trailing = _TRAILING_SPLIT.search(label)
    if trailing:
        split, label = trailing[1], label[: trailing.start()].strip()
    if split and _NOT_TRAIN_SPLIT.match(split):
        return Role.EVALUATION, label
    heading = table.headings[-1] if table.headings else ""
    return role_of(f"{heading} {table.intro}"), label


def _values(
    card: Card, table: Table, column: _Column, row: tuple[Passage, ...]
) -> tuple[Amount, ...]:
    """What a row counts, what decides the mixture first: size times epochs, sampling weights."""
    seen = _seen_in_training(card, table, column, row)
    by_weight = sorted(column.amounts, key=lambda i: not _SAMPLING.search(plain(table.header[i])))
    amounts = list(seen)
    for index in by_weight:
        quantity = parse_quantity(plain(row[index])) if index < len(row) else None
        if quantity is None:
            continue
        header = plain(table.header[index])
        basis = f"{card.path} table at line {table.line}"
        if len(column.amounts) > 1 and quantity.unit is not None:
            basis += f", {header}"  # two columns of shares or sizes are two measures
        measure = Measure(_unit(header, quantity), basis)
        amounts.append(Amount(measure, quantity.value, row=f"{card.path}:{row[0].line}:{index}"))
    return tuple(amounts)


def _seen_in_training(
    card: Card, table: Table, column: _Column, row: tuple[Passage, ...]
) -> tuple[Amount, ...]:
    """A row's first size times its epochs: how much of the set the model has seen."""
    if column.epochs is None or column.epochs >= len(row) or not column.amounts:
        return ()
    size_at = column.amounts[0]
    size = parse_quantity(plain(row[size_at])) if size_at < len(row) else None
    epochs = _EPOCH.fullmatch(plain(row[column.epochs]).strip())
    if size is None or size.unit == "percent" or epochs is None:
        return ()
    unit = _PER_EPOCH.sub("", _unit(plain(table.header[size_at]), size)).strip()
    basis = f"{card.path} table at line {table.line}"
    row_name = f"{card.path}:{row[0].line}:{size_at}x{column.epochs}"
    value = round(size.value * float(epochs[1]), 3)
    return (Amount(Measure(f"{unit} × epochs", basis), value, row=row_name),)


def _unit(header: str, quantity: Quantity) -> str:
    """The unit a column counts in: its header without the words for "number of"."""
    if quantity.unit is not None:
        return quantity.unit
    unit = re.sub(
        r"(?i)^(?:the )?(?:total )?(?:number of|num\.?|no\.? of|#|count of)\s*", "", header
    )
    return " ".join(unit.lower().split()) or "items"


def _sets_of_cell(cell: Passage, label: str) -> list[NamedSet]:
    """The sets one cell names, each with its link.

    A cell with two links to two places ("AllNLI ([SNLI](…) and [MultiNLI](…))") names two sets;
    with one link, the link's words and what stands around them name one.
    """
    marks = [cell.mark(m) for m in MARK.findall(cell.text)]
    linked = [m for m in marks if m.url and m.text and not _PAPER.search(m.text)]
    linked = [m for m in linked if not PAPER_HOST.search(m.url or "")]
    if len({m.url for m in linked}) > 1:
        return [linked_set(m.text, m.url, label) for m in linked]
    if not linked:
        url = next((m.url for m in marks if m.url), None)
        if listed := listed_names(cell):
            return listed
        if url is None and re.search(r",|;| \+ ", label):
            several = names_in(cell, cell.text)
            if len(several) > 1:
                return several
        return [linked_set(label, url, label)]
    name = linked[0].text if "://" not in linked[0].text else label
    return [linked_set(name, linked[0].url, label)]

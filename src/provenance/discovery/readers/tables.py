"""Tables: a column of sets, a row that is a label, a model family's row for this model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.bounds import stop
from provenance.discovery.candidates import Candidate, CardReading
from provenance.discovery.described import descriptions
from provenance.discovery.document import MARKS, Passage, Table
from provenance.discovery.labels import LabelTopic, role_of, section_topic, topic_of
from provenance.discovery.prose_lexicon import MODEL_WORD, PAPER_HOST
from provenance.discovery.prose_names import NamedSet, names_in
from provenance.discovery.prose_words import has_proper
from provenance.discovery.quantities import Quantity, parse_quantity
from provenance.names import normalize
from provenance.refs import RepoKind, parse_hub_url
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
)
_SCORE = re.compile(
    r"(?i)\bf1\b|accur|\bacc\b|\bem\b|\bwer\b|\bcer\b|bleu|rouge|score|precision|recall|loss|"
    r"perplex|\bmap\b|ndcg|mrr|spearman|pearson|params?\b|paramet|speed|steps|batch|metric"
    r"|shot|average|\bavg\b|baseline|task$"
)
_DESCRIBES = re.compile(
    r"(?i)languages?|tokens?|words?|samples?|licen|weight|domain|sizes?|link|url|hours|stage|source"
    r"|documents?|percent|proportion|ratio|type|description|数量|规模|语言|件数|言語"
)
_CODE = re.compile(r"(?i)notebook|sample\b|\bcli\b|use case|\bscripts?\b|endpoint")
_MODELS = re.compile(
    r"(?i)^(?:pre-?trained )?models?(?: names?| ids?| variants?)?$|^variants?$|^模型$|^checkpoints?$"
)
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
_MARK = re.compile(f"[{MARKS}]")
_DATA = (LabelTopic.TRAINING_DATA, LabelTopic.DATA)
_LONGEST_CELL = 300


def read(reading: CardReading) -> Iterator[Candidate]:
    """What the tables of a card name as sets."""
    for table in reading.document.tables:
        header = [_plain(c) for c in table.header]
        column = _column(table, header)
        if column is not None:
            yield from _named_in_column(reading, table, header, column)
        else:
            yield from _labelled_rows(reading, table, header)
        yield from _of_this_model(reading, table, header)


def totals(reading: CardReading) -> Iterator[MixtureTotal]:
    """Totals that tables of counted training sets end in."""
    for table in reading.document.tables:
        header = [_plain(c) for c in table.header]
        column = _column(table, header)
        if column is None or not column.counted:
            continue
        for row in table.rows:
            label = _plain(row[column.name]) if column.name < len(row) else ""
            if _TOTAL.match(label) and not _MARK.search(row[column.name].text):
                evidence = reading.card.quote(row[0].line)
                for amount in _values(reading.card, table, column, row):
                    yield MixtureTotal(amount.measure, amount.value, evidence)


@dataclass(frozen=True, slots=True)
class _Column:
    """The column that names sets, and what counts them."""

    name: int
    amounts: tuple[int, ...]
    split: int | None
    epochs: int | None
    """The column that says how often each set was seen."""
    counted: bool
    """Training sets with counts beyond doubt: the table of a mixture."""


def _plain(cell: Passage) -> str:
    return cell.words(cell.text)


def _column(table: Table, header: list[str]) -> _Column | None:
    """Which column names sets; ``None`` if none does."""
    section, _ = section_topic(table.headings)
    names = [i for i, cell in enumerate(header) if _NAME.match(cell)]
    if not names:
        names = [i for i, cell in enumerate(header) if topic_of(cell) is LabelTopic.TRAINING_DATA]
        names = names if not any(_MODELS.match(h) for h in header) and header[0] else []
    if not names and section in _DATA and header and not header[0]:
        names = [0] if len(header) > 2 else []
    if names and names[0] and any(_MODELS.match(h) for h in header[: names[0]]):
        return None
    if not names or _only_numbers(table, names[0]):
        return None
    amounts = tuple(
        i
        for i, cell in enumerate(header)
        if i != names[0]
        and _AMOUNT.search(cell)
        and not _SCORE.search(cell)
        and _mostly_numbers(table, i)
    )
    split = next((i for i, cell in enumerate(header) if re.fullmatch(r"(?i)splits?", cell)), None)
    epochs = next((i for i, cell in enumerate(header) if _EPOCHS.fullmatch(cell)), None)
    epochs = epochs if amounts and epochs != names[0] else None
    counted = (
        bool(amounts)
        and _NAME.match(header[names[0]]) is not None
        and not any(_SCORE.search(cell) for i, cell in enumerate(header) if i != epochs)
        and _speaks_of_training(table, header, names[0])
    )
    return _Column(names[0], amounts, split, epochs, counted)


def _speaks_of_training(table: Table, header: list[str], name: int) -> bool:
    """Whether heading, introduction, header or split words say that the rows are training sets."""
    heading = table.headings[-1] if table.headings else ""
    if _TESTING.match(heading):
        return False
    if _TRAINING_CONTEXT.search(heading):
        return True
    if re.search(r"(?i)\btrain|\bfine-?\s?tun", " ".join((*header, table.intro))):
        return True
    return any(name < len(row) and _TRAIN_ROW.search(_plain(row[name])) for row in table.rows)


def _mostly_numbers(table: Table, column: int) -> bool:
    cells = [row[column].text for row in table.rows if column < len(row) and row[column].text]
    return bool(cells) and 2 * sum(bool(re.match(r"[*~≈<>\s]*\d", c)) for c in cells) > len(cells)


def _only_numbers(table: Table, column: int) -> bool:
    cells = [_plain(row[column]) for row in table.rows if column < len(row)]
    return not any(re.search(r"[^\W\d]{3}", cell) for cell in cells)


def _seen(table: Table, header: list[str]) -> set[str]:
    """What header and introduction say of the rows."""
    rest = " | ".join(header)
    seen = set()
    if any(_SCORE.search(h) for h in header):
        seen.add("table: has scores")
    if _DESCRIBES.search(rest):
        seen.add("table: describes data")
    if _CODE.search(rest):
        seen.add("table: links to code")
    if any(_MODELS.match(h) for h in header):
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
    for row in table.rows:
        cell = row[column.name] if column.name < len(row) else None
        label = _plain(cell) if cell is not None else ""
        if cell is None or not re.search(r"\w", label):
            continue
        if len(label) > _LONGEST_CELL:
            stop("a cell that may name a set")
            continue
        if _SUBTOTAL.match(label) or _SPLIT.match(label) or _TOTAL.match(label):
            continue
        role, label = _role(table, column, row, label)
        values = _values(reading.card, table, column, row)
        named = _sets_of_cell(cell, label)
        for one in named:
            candidate = reading.candidate(cell, 0, one, role, DeclaredIn.TABLE, seen)
            amounts = tuple(replace(a, among=len(named)) if len(named) > 1 else a for a in values)
            kept = amounts if role is not Role.EVALUATION else ()
            group = f"table {table.line}, column {column.name}"
            yield replace(candidate, mention=replace(candidate.mention, amounts=kept), group=group)


def _role(table: Table, column: _Column, row: tuple[Passage, ...], label: str) -> tuple[Role, str]:
    """Role of a row, and its name without a trailing split word."""
    split = ""
    if column.split is not None and column.split < len(row):
        split = _plain(row[column.split])
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
    by_weight = sorted(column.amounts, key=lambda i: not _SAMPLING.search(_plain(table.header[i])))
    amounts = list(seen)
    for index in by_weight:
        quantity = parse_quantity(_plain(row[index])) if index < len(row) else None
        if quantity is None:
            continue
        header = _plain(table.header[index])
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
    size = parse_quantity(_plain(row[size_at])) if size_at < len(row) else None
    epochs = _EPOCH.fullmatch(_plain(row[column.epochs]).strip())
    if size is None or size.unit == "percent" or epochs is None:
        return ()
    unit = _PER_EPOCH.sub("", _unit(_plain(table.header[size_at]), size)).strip()
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
    marks = [cell.mark(m) for m in _MARK.findall(cell.text)]
    linked = [m for m in marks if m.url and m.text and not _PAPER.search(m.text)]
    linked = [m for m in linked if not PAPER_HOST.search(m.url or "")]
    if len({m.url for m in linked}) > 1:
        return [_linked(m.text, m.url, label) for m in linked]
    if not linked:
        url = next((m.url for m in marks if m.url), None)
        if url is None and re.search(r",|;| \+ ", label):
            several = names_in(cell, cell.text)
            if len(several) > 1:
                return several
        return [_linked(label, url, label)]
    name = linked[0].text if "://" not in linked[0].text else label
    return [_linked(name, linked[0].url, label)]


def _linked(name: str, url: str | None, around: str) -> NamedSet:
    ref = parse_hub_url(url) if url else None
    dataset_id = ref.id if ref is not None and ref.kind is RepoKind.DATASET else None
    told = len(name.split()) > 2 and url is None and any(True for _ in descriptions(f"{name} "))
    return NamedSet(name, url, dataset_id, has_proper(name) or not told, told, around)


def _labelled_rows(reading: CardReading, table: Table, header: list[str]) -> Iterator[Candidate]:
    """Rows that are labels and values: ``| Dataset | Finch v3 |``, ``| Training data | … |``."""
    models = [i for i, h in enumerate(header) if _MODELS.match(h)]
    if models or any(_SCORE.search(h) for h in header[1:]):
        return
    rows = (*table.rows, table.header) if len(header) == 2 else table.rows
    mine = [i for i, h in enumerate(header) if i and _is_own(reading, h)]
    for row in rows:
        topic = topic_of(_plain(row[0])) if row else LabelTopic.OTHER
        if topic not in (*_DATA, LabelTopic.EVALUATION):
            continue
        role = Role.EVALUATION if topic is LabelTopic.EVALUATION else role_of(_plain(row[0]))
        if (
            topic is LabelTopic.EVALUATION
            and section_topic(table.headings)[0] is LabelTopic.EVALUATION
        ):
            continue
        seen = {f"row: {topic.value}"} | ({"row: in a wide table"} if len(row) > 2 else set())
        sources = _plain(row[0]).lower() == "sources"
        for index, cell in enumerate(row):
            if not index or (mine and index not in mine):
                continue
            names = _sources(cell) if sources else names_in(cell, _DASH.split(cell.text)[0])
            for named in names:
                yield reading.candidate(cell, 0, named, role, DeclaredIn.TABLE, seen)


_DASH = re.compile(r"\s[–—]\s")
"""Behind it a value is explained."""


def _is_own(reading: CardReading, header: str) -> bool:
    """Whether a column is headed by this model's name: "finch-small (this one)"."""
    return normalize(header) in reading.own or "this one" in header or "this model" in header


def _sources(cell: Passage) -> list[NamedSet]:
    """The sources of a spaCy pipeline: one a line, the authors of each in parentheses."""
    named = []
    for part in cell.text.split("; "):
        mark = _MARK.match(part.strip())
        bare = part.partition(" (")[0]
        if mark is not None:
            named.append(_linked(cell.mark(mark[0]).text, cell.mark(mark[0]).url, cell.words(part)))
        else:
            named += names_in(cell, bare)
    return [n for n in named if not MODEL_WORD.match(n.name)]


def _of_this_model(reading: CardReading, table: Table, header: list[str]) -> Iterator[Candidate]:
    """A model family's table (``Model | Params | Training data``): this model's own row.

    Without a row of its own name, a cell that all rows share is this model's too.
    """
    data = next((i for i, h in enumerate(header) if topic_of(h) is LabelTopic.TRAINING_DATA), None)
    if data is None or data == 0:
        return
    wanted = {
        reading.card.repo.partition("/")[2].lower(),
        reading.card.repo.rpartition("/")[2].lower(),
    }
    own = [r for r in table.rows if len(r) > data and _plain(r[0]).lower() in wanted]
    values = {_plain(r[data]) for r in table.rows if len(r) > data and _plain(r[data])}
    rows = own or (table.rows[:1] if len(values) == 1 else ())
    for row in rows:
        cell = row[data] if data < len(row) else None
        words = _plain(cell) if cell is not None else ""
        if cell is None or not re.search(r"[^\W\d]{3}", words):
            continue
        if re.match(r"(?i)^[\d.,]+\s*[KMGT]i?B\b", words):
            continue
        seen = {"row: of this model" if own else "row: shared by all models"}
        bare = re.sub(r"\s*\([^()]*\)\s*$", "", words).strip()
        names = names_in(cell, cell.text) or [_linked(bare, None, words)]
        for named in names:
            quantity = parse_quantity(words.replace(named.name, " "))
            candidate = reading.candidate(
                cell, 0, named, role_of(header[data]), DeclaredIn.TABLE, seen
            )
            if quantity is not None and quantity.unit == "bytes":
                basis = f"{reading.card.path} table at line {table.line}"
                amount = Amount(
                    Measure("bytes", basis), quantity.value, f"{reading.card.path}:{cell.line}"
                )
                candidate = replace(
                    candidate, mention=replace(candidate.mention, amounts=(amount,))
                )
            yield candidate

"""Training sets from tables that give them with counts, sizes or shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.cards import Card
from provenance.discovery.markdown import Link, Table, links, plain, tables
from provenance.discovery.quantities import Quantity, parse_quantity
from provenance.refs import RepoKind, parse_hub_url
from provenance.report.training import (
    Amount,
    DeclaredIn,
    Discovery,
    Measure,
    Mention,
    MixtureTotal,
    Role,
)

_NAME_HEADER = re.compile(
    r"(?i)^(?:name of )?(?:the )?(?:training |pre-?training |source |sub)?"
    r"(?:data\s?-?sets?|corpus|corpora|sources?|data|subsets?|components?|collections?)"
    r"(?: names?| sources?)?$|^names?$"
)
_DATA_HEADER = re.compile(r"(?i)\b(?:pre-?)?train\w*(?:[ /]\w+)? (?:data|corp)")
_MODEL_HEADER = re.compile(r"(?i)^(?:pre-?trained )?models?(?: names?| ids?)?$")
_AMOUNT_HEADER = re.compile(
    r"(?i)number|\bnum\b|#|size|count|tokens?|examples?|samples?|rows?|pairs?|tuples?|triplets?|"
    r"sentences?|documents?|docs?\b|words?|texts?|hours?|images?|weights?|propor|percent|share|"
    r"ratio|mix|%|\b[GTM]i?B\b|bytes|lines|instances|quer"
)
_SCORE_HEADER = re.compile(
    r"(?i)\bf1\b|accur|\bacc\b|\bem\b|\bwer\b|\bcer\b|bleu|rouge|score|precision|recall|loss|"
    r"perplex|\bmap\b|ndcg|mrr|spearman|pearson|params?\b|paramet|speed|epochs?|steps|batch|metric"
)
_TRAINING_CONTEXT = re.compile(
    r"(?i)train|fine-?\s?tun|corpus|corpora|mixture|data ?sources|\bdatasets?\b|dataset details|"
    r"details of the (?:data|downstream)"
)
_EVALUATION_CONTEXT = re.compile(
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
    r"(?i)\s+(train(?:ing)?|dev|valid(?:ation)?|test|eval)(?: set| split)?$"
)
_TRAIN_ROW = re.compile(r"(?i)\S\s+train(?:ing)?(?: set| split)?\s*$")
_PAPER = re.compile(r"(?i)^paper\b|arxiv\.org|doi\.org|aclanthology|aclweb")


@dataclass(frozen=True, slots=True)
class _Columns:
    name: int
    amounts: tuple[int, ...]
    split: int | None


def table_discovery(card: Card) -> Discovery:
    """Mentions and totals of every table of the body that lists training sets."""
    mentions: list[Mention] = []
    totals: list[MixtureTotal] = []
    if "|" in card.body:
        for table in tables(card.lines, card.body_start):
            columns = _columns(table)
            if columns is not None:
                for line, cells in table.rows:
                    _read_row(card, table, columns, line, cells, mentions, totals)
            else:
                mentions.extend(_model_family(card, table))
    return Discovery(tuple(mentions), tuple(totals))


def _columns(table: Table) -> _Columns | None:
    """Which columns name sets and count them; ``None`` if the table lists no training sets."""
    header = [plain(cell) for cell in table.header]
    names = [i for i, cell in enumerate(header) if _NAME_HEADER.match(cell)]
    if not names or any(_SCORE_HEADER.search(cell) for cell in header):
        return None
    if not _speaks_of_training(table, header, names[0]):
        return None
    amounts = tuple(
        i
        for i, cell in enumerate(header)
        if i != names[0] and _AMOUNT_HEADER.search(cell) and _mostly_numbers(table, i)
    )
    if not amounts:
        return None
    split = next((i for i, cell in enumerate(header) if re.fullmatch(r"(?i)splits?", cell)), None)
    return _Columns(names[0], amounts, split)


def _speaks_of_training(table: Table, header: list[str], name: int) -> bool:
    """Whether heading, introduction, header or split words say that the rows are training sets."""
    if _EVALUATION_CONTEXT.match(table.heading):
        return False
    if _TRAINING_CONTEXT.search(table.heading):
        return True
    if re.search(r"(?i)\btrain|\bfine-?\s?tun", " ".join((*header, table.intro))):
        return True
    return any(name < len(cells) and _TRAIN_ROW.search(cells[name]) for _, cells in table.rows)


def _mostly_numbers(table: Table, column: int) -> bool:
    cells = [cells[column] for _, cells in table.rows if column < len(cells) and cells[column]]
    numeric = sum(bool(re.match(r"[*~≈<>\s]*\d", cell)) for cell in cells)
    return bool(cells) and numeric * 2 > len(cells)


def _read_row(
    card: Card,
    table: Table,
    columns: _Columns,
    line: int,
    cells: tuple[str, ...],
    mentions: list[Mention],
    totals: list[MixtureTotal],
) -> None:
    label = plain(cells[columns.name]) if columns.name < len(cells) else ""
    if not label or label in {"-", "...", "…"}:
        return
    values = _values(card, table, columns, cells, line)
    if _SUBTOTAL.match(label):
        return
    if _TOTAL.match(label) and not links(cells[columns.name]):
        evidence = card.quote(line)
        totals.extend(MixtureTotal(a.measure, a.value, evidence) for a in values)
        return
    if _SPLIT.match(label):
        return
    role, label = _role(table, columns, cells, label)
    named = _sets_of_cell(cells[columns.name], label)
    shared = tuple(
        Amount(a.measure, a.value, a.row, len(named)) if len(named) > 1 else a for a in values
    )
    for name, url in named:
        mentions.append(
            Mention(
                name=name,
                id=_hub_id(url),
                url=url,
                declared_in=DeclaredIn.TABLE,
                role=role,
                evidence=card.quote(line, name),
                amounts=shared if role is not Role.EVALUATION else (),
            )
        )


def _role(table: Table, columns: _Columns, cells: tuple[str, ...], label: str) -> tuple[Role, str]:
    """Role of a row, and its name without a trailing split word."""
    split = ""
    if columns.split is not None and columns.split < len(cells):
        split = plain(cells[columns.split])
    trailing = _TRAILING_SPLIT.search(label)
    if trailing:
        split, label = trailing[1], label[: trailing.start()]
    if split and _NOT_TRAIN_SPLIT.match(split):
        return Role.EVALUATION, label
    context = f"{table.heading} {table.intro}"
    if re.search(r"(?i)pre-?train", context):
        return Role.PRETRAINING, label
    if re.search(r"(?i)fine-?\s?tun|downstream", context):
        return Role.FINETUNING, label
    return Role.TRAINING, label


def _values(
    card: Card, table: Table, columns: _Columns, cells: tuple[str, ...], line: int
) -> tuple[Amount, ...]:
    amounts = []
    for column in columns.amounts:
        if column >= len(cells):
            continue
        quantity = parse_quantity(plain(cells[column]))
        if quantity is None:
            continue
        header = plain(table.header[column])
        basis = f"{card.path} table at line {table.header_line}"
        if len(columns.amounts) > 1 and quantity.unit is not None:
            basis += f", {header}"  # two columns of shares or sizes are two measures
        measure = Measure(_unit(header, quantity), basis)
        amounts.append(Amount(measure, quantity.value, row=f"{card.path}:{line}:{column}"))
    return tuple(amounts)


def _unit(header: str, quantity: Quantity) -> str:
    """The unit a column counts in: its header without the words for "number of"."""
    if quantity.unit is not None:
        return quantity.unit
    unit = re.sub(
        r"(?i)^(?:the )?(?:total )?(?:number of|num\.?|no\.? of|#|count of)\s*", "", header
    )
    return " ".join(unit.lower().split()) or "items"


def _sets_of_cell(cell: str, label: str) -> list[tuple[str, str | None]]:
    """The sets one cell names, each with its link.

    A cell with two links to two places ("AllNLI ([SNLI](…) and [MultiNLI](…))") names two sets;
    with one link, the link's words and what stands around them name one.
    """
    targets = [link for link in links(cell) if link.text and not _PAPER.search(link.text)]
    targets = [link for link in targets if not _PAPER.search(link.url)]
    if len({link.url for link in targets}) > 1:
        return [(link.text, link.url) for link in targets]
    url = targets[0].url if targets else next((k.url for k in links(cell)), None)
    return [(_name_of(label, targets), url)]


def _name_of(label: str, targets: list[Link]) -> str:
    """The link's own words where a cell links one; else the whole label."""
    return targets[0].text if targets and targets[0].text else label


def _hub_id(url: str | None) -> str | None:
    if url is None:
        return None
    ref = parse_hub_url(url)
    return ref.id if ref is not None and ref.kind is RepoKind.DATASET else None


def _model_family(card: Card, table: Table) -> Iterator[Mention]:
    """Tables of a model family ("Model | #params | Training data"): this model's own row."""
    header = [plain(cell) for cell in table.header]
    model = next((i for i, cell in enumerate(header) if _MODEL_HEADER.match(cell)), None)
    data = next((i for i, cell in enumerate(header) if _DATA_HEADER.search(cell)), None)
    if model is None or data is None:
        return
    wanted = {card.repo.partition("/")[2].lower(), card.repo.rpartition("/")[2].lower()}
    for line, cells in table.rows:
        if max(model, data) >= len(cells) or plain(cells[model]).lower() not in wanted:
            continue
        words = plain(cells[data])
        name = re.sub(r"\s*\([^()]*\)\s*$", "", words).strip()
        if not re.search(r"[^\W\d]{3}", name) or re.match(r"(?i)^[\d.,]+\s*[KMGT]i?B\b", name):
            continue
        quantity = parse_quantity(words.removeprefix(name))
        basis = f"{card.path} table at line {table.header_line}"
        amounts: tuple[Amount, ...] = ()
        if quantity is not None and quantity.unit == "bytes":
            amounts = (Amount(Measure("bytes", basis), quantity.value, f"{card.path}:{line}"),)
        url = next((link.url for link in links(cells[data])), None)
        yield Mention(
            name=name,
            id=_hub_id(url),
            url=url,
            declared_in=DeclaredIn.TABLE,
            role=Role.PRETRAINING if re.search(r"(?i)pre-?train", header[data]) else Role.TRAINING,
            evidence=card.quote(line, name),
            amounts=amounts,
        )

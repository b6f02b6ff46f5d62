"""The first screen: the answer, what decides it and what to do, in at most thirty lines.

Laid out by rich, from texts that passed the terminal's boundary; nothing here is read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rich.console import Group, OverflowMethod, RenderableType
from rich.table import Table
from rich.text import Text

from provenance import amounts
from provenance import lazy_re as re
from provenance.escape import terminal
from provenance.frozen import frozen
from provenance.render import origin_words, sentences, set_words
from provenance.render.bars import STATE_COLOR, bar_cells
from provenance.render.deciding import (
    Step,
    active_findings,
    after,
    because,
    broken_rules,
    deciding_findings,
    deciding_own,
    deciding_sets,
    made_from,
    own_license,
    read_at,
    reasons,
    refused_keys,
    steps_to_pass,
    why_decides,
)
from provenance.render.drawing import cut, drawn, paragraph, prose_width
from provenance.render.layout import clip, clip_middle, width
from provenance.render.links import evidence_url
from provenance.render.page import Page
from provenance.render.slices import denied_sentence, is_denied
from provenance.report import shares
from provenance.report.coverage import Coverage
from provenance.report.earlier import COUNTED_AS_LACKING
from provenance.report.finding import Verdict
from provenance.report.report import Report
from provenance.report.training import TrainingSet

MOST_LINES = 30
_REASON_LINES = 2
_MOST_REASONS = 3
_MOST_NOTES = 4
_BASE_LINES = 2
_DO = "Do, in this order (with the verdict it leads to)"
_CODES_WIDTH = 24
_ANSWER_LINES = 5
_GUESSED_WIDTH = 25
_PLACED = 100
"""Columns from which on it is said where each thing was read, and why a verdict is what it is."""
_RAGGED = 4
"""About how many columns a line leaves empty at its end."""
_CLAUSE_END = re.compile(r"[.;,](?= )")
_VERDICT_STYLE = {
    Verdict.PASS: "bold green",
    Verdict.FAIL: "bold red",
    Verdict.INCOMPLETE: "bold magenta",
}


@frozen
class _Room:
    """How much of each thing is on the screen."""

    sets: int
    set_lines: int
    """Lines of a set's cause."""
    step_lines: int
    bases: bool = True
    rest: str = " (--all)"
    """Said beside the number of what is left out."""
    whole: bool = False
    """Whether nothing is cut."""


_ROOMS = (
    _Room(6, 3, 6),
    *(_Room(sets, 2, 6) for sets in range(6, 2, -1)),
    *(_Room(sets, 1, 3) for sets in range(6, 0, -1)),
    *(_Room(sets, 1, 2, bases=False) for sets in range(3, 0, -1)),
)
"""Tried one after another: whole steps are worth more than a set more."""
_WHOLE = _Room(6, 100, 100, rest=": see the table", whole=True)
"""For everything: the sets that are left out stand in a table of their own."""


@frozen
class _Answer:
    """What the screen tells, however much of it there is room for."""

    report: Report
    sets: tuple[TrainingSet, ...]
    own_license: str | None
    """What decides of the subject's own license."""
    broken: Mapping[str, Sequence[str]]
    refused: frozenset[str]
    steps: tuple[Step, ...]
    bar: tuple[RenderableType, ...]
    end: tuple[RenderableType, ...]


def _answer(report: Report, page: Page) -> _Answer:
    return _Answer(
        report,
        tuple(deciding_sets(report)),
        deciding_own(report),
        broken_rules(report),
        refused_keys(report),
        tuple(steps_to_pass(report)),
        tuple(_bar(report, page)),
        tuple(_more(report, page)),
    )


def first_screen(report: Report, page: Page) -> str:
    """The report in at most :data:`MOST_LINES` lines; a narrow window shows fewer sets.

    Where one set is too many still, it shows less of the steps and no base models. Lines are
    counted, not drawn, to find what fits: laying out is what a screen takes its time for.
    """
    answer = _answer(report, page)
    for room in _ROOMS:
        parts = [*_screen(answer, page, room), *_also(report, page, room), *answer.end]
        if height(parts, page) <= MOST_LINES:
            break
    return drawn(parts, page)


def height(parts: Iterable[RenderableType], page: Page) -> int:
    """Lines that parts of a first screen take, whose lines were broken before."""
    return sum(_height(part, page) for part in parts)


def _height(part: RenderableType, page: Page) -> int:
    if isinstance(part, Group):
        return height(part.renderables, page)
    if isinstance(part, Table):
        columns = [list(column.cells) for column in part.columns]
        return sum(max(map(_lines, row)) for row in zip(*columns, strict=True))
    if isinstance(part, Text) and all(width(x) <= page.width for x in part.plain.split("\n")):
        return _lines(part)
    return drawn([part], page).count("\n")


def _lines(cell: RenderableType) -> int:
    return str(cell).count("\n") + 1


def whole_answer(report: Report, page: Page) -> RenderableType:
    """The first screen with nothing cut, to be followed by everything else."""
    return Group(*_screen(_answer(report, page), page, _WHOLE), *_also(report, page, _WHOLE))


def overview(reports: Sequence[Report], page: Page) -> str:
    """Several reports as one table: verdict, subject, and the answer in a cell."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("verdict", no_wrap=True)
    table.add_column("subject", overflow="ellipsis", no_wrap=True, ratio=1)
    table.add_column("known to lack", no_wrap=True, justify="right")
    table.add_column("not examined", no_wrap=True, justify="right")
    if page.width >= _PLACED:
        table.add_column("why", overflow="ellipsis", no_wrap=True, ratio=1)
    for report in reports:
        coverage = sentences.headline(report)
        lacks, hidden = ("not known", "") if coverage is None else _cells(coverage)
        verdict = Text(report.verdict.value.upper(), _VERDICT_STYLE[report.verdict])
        subject = Text(terminal(f"{report.subject.kind} {report.subject.id}"))
        why = [Text(terminal(because(report)))] if page.width >= _PLACED else []
        table.add_row(verdict, subject, Text(lacks), Text(hidden), *why)
    table.expand = True
    return drawn([table], page)


def _cells(coverage: Coverage) -> tuple[str, str]:
    if coverage.total <= 0:
        return "not known", ""
    return amounts.percent(coverage.low), amounts.percent(coverage.fraction_not_examined)


def _screen(answer: _Answer, page: Page, room: _Room) -> list[RenderableType]:
    report = answer.report
    parts: list[RenderableType] = [*_head(report, page, room), Text(), *answer.bar]
    if answer.sets or answer.own_license is not None:
        parts += [_title("What decides it"), _rows(answer, room, page), Text()]
    elif sentences.unread(report) is None and (decisive := reasons(report)):
        told = [
            paragraph(f"{r.key}: {r.what}", page, _REASON_LINES) for r in decisive[:_MOST_REASONS]
        ]
        parts += [_title("What decides it"), *told, Text()]
    if answer.steps:
        parts += [_title(_DO), *_numbered(report, answer.steps, room, page), Text()]
    return parts


def _title(text: str) -> Text:
    return Text(text, "bold")


def _head(report: Report, page: Page, room: _Room) -> list[RenderableType]:
    subject = report.subject
    revision = f" @ {subject.revision[:12]}" if subject.revision else ""
    name = Text(clip(terminal(f"{subject.kind} {subject.id}{revision}"), page.width), "bold")
    verdict = Text.assemble((report.verdict.value.upper(), _VERDICT_STYLE[report.verdict]))
    reason = terminal(because(report))
    if len(reason) > page.width // 2:
        reason = clip(reason.partition(", ")[0], page.width - len(verdict) - 2)
    verdict.append(f": {reason}" if reason else "", _VERDICT_STYLE[report.verdict])
    policy = clip(terminal(f"policy {report.policy.name}"), page.width)
    fits = width(verdict.plain) + 2 + width(policy) <= page.width
    verdict.append(f"{'  ' if fits else chr(10)}{policy}", "dim")
    sentence = sentences.headline_sentence(report)
    answer = f"{sentence[:1].upper()}{sentence[1:]}."
    limit = report.policy.max_lacking
    if limit is not None and not report.undeclared:
        answer += f" The policy allows {amounts.percent(limit)}."
    refused = denied_sentence(report)
    answer += f" {refused}" if refused else ""
    own_line = [
        paragraph(f"its own license: {own_license(report)}", page, None if room.whole else 1)
    ]
    if not sentences.is_audit(report):
        own_line = []
        answer += _counted(report)
    bases = made_from(report) if room.bases else None
    made = [paragraph(bases, page, _BASE_LINES)] if bases else []
    told = paragraph(answer, page, None if room.whole else _ANSWER_LINES)
    return [name, *own_line, *made, verdict, told]


def _counted(report: Report) -> str:
    basis, coverage = sentences.basis_sentence(report), sentences.headline(report)
    if basis is None:
        return ""
    return f" {'Estimated' if coverage and coverage.sampled else 'Counted'}: {basis}."


def _bar(report: Report, page: Page) -> list[RenderableType]:
    coverage = sentences.headline(report)
    if coverage is None or coverage.total <= 0 or report.undeclared:
        return []
    cells = bar_cells(report, coverage, page.width)
    bar = Text.assemble(*((c.glyph * c.cells, c.color) for c in cells))
    legend = [Text()]
    for c in cells:
        sets = f" ({amounts.plural(c.sets, 'set')})" if c.sets else ""
        entry = f" {c.label} {amounts.percent(c.fraction)}{sets}"
        if legend[-1].plain and len(legend[-1].plain) + len(entry) + 4 > page.width:
            legend.append(Text())
        legend[-1].append("   " if legend[-1].plain else "").append(c.glyph, c.color).append(entry)
    return [bar, *legend, Text()]


def _rows(answer: _Answer, room: _Room, page: Page) -> RenderableType:
    """A line or more a set: its share, its label, why it decides, and where that was read."""
    report, sets, own_cause = answer.report, answer.sets, answer.own_license
    measure = sentences.headline(report)
    rows: list[tuple[str, str, Text, Text]] = []
    if own_cause is not None:
        rows.append(
            (report.subject.kind, "its own license", Text(terminal(own_cause), "red"), Text())
        )
    for item in sets[: room.sets]:
        share = shares.share_of(item, measure)
        color = "red" if is_denied(item, answer.refused) else STATE_COLOR[item.license.state.value]
        cause = Text(terminal(why_decides(item, answer.broken)), color)
        share_text = "?" if share is None else amounts.percent(share)
        rows.append((share_text, _name(item), cause, _place(report, item)))
    placed = page.width >= _PLACED
    first = max(len(row[0]) for row in rows)
    left = page.width - first - 2 * (3 if placed else 2)
    place = _place_width(rows, left) if placed else 0
    name = _name_width(rows, left - place)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True, width=first)
    table.add_column(no_wrap=True, width=name)
    table.add_column(width=left - place - name)
    if placed:
        overflow: OverflowMethod = "fold" if room.whole else "ellipsis"
        table.add_column(overflow=overflow, no_wrap=not room.whole, width=place, style="dim")
    for number, (share_text, label, cause, where) in enumerate(rows):
        most = room.set_lines + (own_cause is not None and number == 0)
        why = cut(cause.plain, left - place - name, most)
        cells = [
            Text(share_text),
            Text(clip_middle(label, name)),
            Text("\n".join(why), cause.style),
        ]
        table.add_row(*cells, *([where] if placed else []))
    hidden = len(sets) - room.sets
    rest = f"… and {amounts.plural(hidden, 'more set')}{room.rest}"
    return Group(table, Text(rest, "dim")) if hidden > 0 else table


def _name_width(rows: Sequence[tuple[str, str, Text, Text]], columns: int) -> int:
    """Columns of the labels: what they need, and what the causes beside them leave."""
    needed = max(width(label) for _, label, _, _ in rows)
    causes = max(width(cause.plain) for _, _, cause, _ in rows)
    return min(needed, max(columns * 9 // 20, columns - causes))


def _place_width(rows: Sequence[tuple[str, str, Text, Text]], columns: int) -> int:
    """Columns of the places: a quarter, and what labels and causes leave."""
    labels, causes, places = (max(width(str(row[number])) for row in rows) for number in (1, 2, 3))
    return min(places, max(columns // 4, columns - labels - causes))


def _name(item: TrainingSet) -> str:
    """The set's label; that its id is not the subject's own word is never cut off."""
    label = terminal(set_words.label(item))
    mark = set_words.short_mark(item)
    return f"{clip_middle(label, _GUESSED_WIDTH)} ({mark})" if mark else label


def _place(report: Report, item: TrainingSet) -> Text:
    """Where its license, else its name, was read; on a terminal that can, a link to it."""
    evidence = read_at(item)
    if evidence is None:
        return Text()
    read_in = evidence.source.title if evidence.source is not None else evidence.place
    place = Text(terminal(read_in))
    url = evidence_url(report, evidence)
    if url is not None:
        place.stylize(f"link {url}")
    return place


def _numbered(
    report: Report, steps: Sequence[Step], room: _Room, page: Page
) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for number, step in enumerate(steps, 1):
        then = after(step, report)
        grid = Table.grid(padding=(0, 1, 0, 0))
        beside = replace(page, width=page.width - 3)
        codes = clip(terminal(", ".join(step.codes)), _CODES_WIDTH)
        end = f" ({codes})" if sentences.unread(report) else f" ({codes}: {then})"
        text = paragraph(f"{step.text}{end}", beside)
        if text.plain.count("\n") >= room.step_lines:
            most = room.step_lines * prose_width(beside) - len(end) - room.step_lines * _RAGGED
            text = paragraph(f"{_whole_clauses(step.text, most)}{end}", beside)
        grid.add_row(Text(f"{number}."), text)
        lines.append(grid)
    return lines


def _whole_clauses(text: str, most: int) -> str:
    """The clauses of a step that fit in ``most`` characters, so that none is cut in its middle."""
    if len(text) <= most:
        return text
    ends = [match.end() for match in _CLAUSE_END.finditer(text) if match.end() <= most]
    return f"{text[: ends[-1]].rstrip(' ,;')} …" if ends else clip(text, most)


def _also(report: Report, page: Page, room: _Room) -> list[RenderableType]:
    parts = [sentences.verdict_sentence(report)]
    inherited = sentences.inherited_sentence(report)
    if inherited is not None:
        parts.append(inherited[:1].lower() + inherited[1:].rstrip("."))
    if report.evaluation_sets:
        parts.append(f"{amounts.plural(len(report.evaluation_sets), 'set')} for evaluation only")
    # what a scan notes is what it was asked to count, and the files that it could not
    told = () if sentences.is_audit(report) or room.whole else report.notes[:_MOST_NOTES]
    if len(report.notes) > len(told) and not room.whole:
        parts.append(f"{len(report.notes) - len(told):,} more to know (--all)")
    lines: list[RenderableType] = [
        paragraph(f"Findings: {'; '.join(parts)}.", page, None if room.whole else 2)
    ]
    if any(note.message == COUNTED_AS_LACKING for note in report.notes):
        lines.append(paragraph(f"{COUNTED_AS_LACKING[:1].upper()}{COUNTED_AS_LACKING[1:]}.", page))
    return lines + [paragraph(terminal(f"{note.message}."), page, 2) for note in told]


def _more(report: Report, page: Page) -> list[RenderableType]:
    codes = [f.code for f in deciding_findings(report)] or [f.code for f in active_findings(report)]
    explain = f", provenance explain {terminal(codes[0])}" if codes else ""
    read = origin_words.digest_line(report) or f"{origin_words.read_from(report)}."
    source = f"{read} As of {report.as_of}. No legal advice."
    more = f"More: --all{explain}, -o report.html"
    return [paragraph(more, page, 1), paragraph(source, page, 2, "dim")]

"""The first screen: the answer, what decides it and what to do, in at most thirty lines.

Laid out by rich, from texts that passed the terminal's boundary; nothing here is read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from provenance.escape import terminal
from provenance.render import sentences
from provenance.render.bars import STATE_COLOR, bar_cells
from provenance.render.deciding import (
    Step,
    active_findings,
    after,
    base_models,
    because,
    broken_rules,
    cause_words,
    deciding_findings,
    deciding_own,
    deciding_sets,
    read_at,
    reasons,
    steps_to_pass,
    why_decides,
)
from provenance.render.layout import clip, clip_middle, wrap
from provenance.render.links import evidence_url
from provenance.render.page import Page
from provenance.report import shares
from provenance.report.coverage import Coverage
from provenance.report.earlier import COUNTED_AS_LACKING
from provenance.report.finding import Verdict
from provenance.report.license import LicenseState
from provenance.report.report import Report
from provenance.report.training import TrainingSet

MOST_LINES = 30
_MOST_SETS = 6
_STEP_LINES = 3
_REASON_LINES = 2
_MOST_REASONS = 3
_MOST_BASES = 3
_DO = "Do, in this order (with the verdict it leads to)"
_CODES_WIDTH = 24
_ANSWER_LINES = 5
_GUESSED_WIDTH = 25
_KEPT = "\ue000"
"""Stands for a space that no line is broken at; private use, so no text of ours holds it."""
_VERDICT_STYLE = {
    Verdict.PASS: "bold green",
    Verdict.FAIL: "bold red",
    Verdict.INCOMPLETE: "bold magenta",
}


def first_screen(report: Report, page: Page) -> str:
    """The report in at most :data:`MOST_LINES` lines; a narrow window shows fewer sets.

    Where one set is too many still, it shows no base models.
    """
    for rows, bases in [*((n, True) for n in range(_MOST_SETS, 0, -1)), (1, False)]:
        text = drawn([_screen(report, page, rows, bases=bases)], page)
        if text.count("\n") <= MOST_LINES:
            return text
    return text


def overview(reports: Sequence[Report], page: Page) -> str:
    """Several reports as one table: verdict, subject, and the answer in a cell."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("verdict", no_wrap=True)
    table.add_column("subject", overflow="ellipsis", no_wrap=True, ratio=1)
    table.add_column("known to lack", no_wrap=True, justify="right")
    table.add_column("not examined", no_wrap=True, justify="right")
    for report in reports:
        found = sentences.headline(report)
        lacks, hidden = ("not known", "") if found is None else _cells(found)
        verdict = Text(report.verdict.value.upper(), _VERDICT_STYLE[report.verdict])
        subject = Text(terminal(f"{report.subject.kind} {report.subject.id}"))
        table.add_row(verdict, subject, Text(lacks), Text(hidden))
    table.expand = True
    return drawn([table], page)


def _cells(found: Coverage) -> tuple[str, str]:
    if found.total <= 0:
        return "not known", ""
    return shares.percent(found.low), shares.percent(found.fraction_not_examined)


def drawn(parts: Sequence[RenderableType], page: Page) -> str:
    """The parts one below the other: the same bytes for the same width and colour, anywhere."""
    stream = StringIO()
    console = Console(
        file=stream,
        width=page.width,
        force_terminal=page.color,
        color_system="standard" if page.color else None,
        no_color=not page.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    lines = stream.getvalue().split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _screen(report: Report, page: Page, most: int, *, bases: bool) -> RenderableType:
    head = _head(report, page, _bases(report) if bases else [])
    parts: list[RenderableType] = [*head, Text(), *_bar(report, page)]
    sets = deciding_sets(report)
    if sets or deciding_own(report) is not None:
        parts += [_title("What decides it"), _rows(report, sets, most, page), Text()]
    elif sentences.unread(report) is None and (said := reasons(report)):
        told = [_paragraph(f"{r.key}: {r.what}", page, _REASON_LINES) for r in said[:_MOST_REASONS]]
        parts += [_title("What decides it"), *told, Text()]
    steps = steps_to_pass(report)
    if steps:
        parts += [_title(_DO), *_numbered(report, steps, page), Text()]
    return Group(*parts, *_also(report, page), *_more(report, page))


def _paragraph(text: str, page: Page, most: int | None = None, style: str = "") -> Text:
    """Wrapped so that no number is parted from its per cent sign; cut after ``most`` lines."""
    whole = terminal(text).replace(" %", f"{_KEPT}%")
    lines = wrap(whole, page.width)
    if most is not None and len(lines) > most:
        last = clip(f"{lines[most - 1]} {lines[most]}", page.width)
        lines = [*lines[: most - 1], f"{last.removesuffix('…').rstrip(' .,;')}…"]
    return Text("\n".join(lines).replace(_KEPT, " "), style)


def _title(text: str) -> Text:
    return Text(text, "bold")


def _head(report: Report, page: Page, bases: Sequence[str]) -> list[RenderableType]:
    subject = report.subject
    revision = f" @ {subject.revision[:12]}" if subject.revision else ""
    name = Text(clip(terminal(f"{subject.kind} {subject.id}{revision}"), page.width), "bold")
    own = report.license
    license_ = sentences.says(own)
    if own.state is not LicenseState.EXPLICIT:
        what, _, inner = (cause_words(own) or own.state.value).partition(": ")
        why = f"{what} ({inner})" if inner else what
        license_ = f"{license_} ({why})" if license_ else why
    verdict = Text(report.verdict.value.upper(), _VERDICT_STYLE[report.verdict])
    reason = terminal(because(report))
    if len(reason) > page.width // 2:
        reason = clip(reason.partition(", ")[0], page.width - len(verdict) - 2)
    verdict.append(f": {reason}" if reason else "")
    policy = clip(terminal(f"policy {report.policy.name}"), page.width - len(verdict) - 2)
    verdict.append(f"  {policy}", "dim")
    said = sentences.headline_sentence(report)
    answer = f"{said[:1].upper()}{said[1:]}."
    limit = report.policy.max_lacking
    if limit is not None and not report.undeclared:
        answer += f" The policy allows {shares.percent(limit)}."
    own_license = Text(clip(terminal(f"its own license: {license_}"), page.width))
    made = [Text(clip(terminal(said), page.width)) for said in bases]
    return [name, own_license, *made, verdict, _paragraph(answer, page, _ANSWER_LINES)]


def _bases(report: Report) -> list[str]:
    """What it was made from, on one line; none where nothing is named."""
    named = [f"{name} ({why})" if why else name for name, why in base_models(report)]
    more = f" and {len(named) - _MOST_BASES} more" if len(named) > _MOST_BASES else ""
    return [f"made from: {', '.join(named[:_MOST_BASES])}{more}"] if named else []


def _bar(report: Report, page: Page) -> list[RenderableType]:
    found = sentences.headline(report)
    if found is None or found.total <= 0 or report.undeclared:
        return []
    cells = bar_cells(found, page.width)
    bar = Text.assemble(*((c.glyph * c.cells, c.color) for c in cells))
    legend = [Text()]
    for c in cells:
        sets = f" ({sentences.plural(c.sets, 'set')})" if c.sets else ""
        said = f" {c.label} {shares.percent(c.fraction)}{sets}"
        if legend[-1].plain and len(legend[-1].plain) + len(said) + 4 > page.width:
            legend.append(Text())
        legend[-1].append("   " if legend[-1].plain else "").append(c.glyph, c.color).append(said)
    return [bar, *legend, Text()]


def _rows(report: Report, sets: Sequence[TrainingSet], most: int, page: Page) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="ellipsis", no_wrap=True, ratio=3)
    table.add_column(overflow="ellipsis", no_wrap=True, ratio=3)
    if page.width >= 100:
        table.add_column(overflow="ellipsis", no_wrap=True, ratio=2, style="dim")
    own = deciding_own(report)
    if own is not None:
        row = [Text(report.subject.kind), Text("its own license"), Text(terminal(own), "red")]
        table.add_row(*row)
    measure, broken = sentences.headline(report), broken_rules(report)
    for item in sets[:most]:
        share = shares.share_of(item, measure)
        color = STATE_COLOR[item.license.state.value]
        cause = why_decides(item, broken)
        cells = [
            Text("?" if share is None else shares.percent(share)),
            Text(_name(item)),
            Text(terminal(cause), color),
        ]
        if page.width >= 100:
            cells.append(_place(report, item))
        table.add_row(*cells)
    hidden = len(sets) - most
    rest = (
        Text(f"… and {sentences.plural(hidden, 'more set')} (--all)", "dim") if hidden > 0 else None
    )
    return Group(table, rest) if rest is not None else table


def _name(item: TrainingSet) -> str:
    """The set's label; that its id is not the subject's own word is never cut off."""
    label = terminal(sentences.label(item))
    mark = sentences.short_mark(item)
    return f"{clip_middle(label, _GUESSED_WIDTH)} ({mark})" if mark else label


def _place(report: Report, item: TrainingSet) -> Text:
    """Where its license, else its name, was read; on a terminal that can, a link to it."""
    evidence = read_at(item)
    if evidence is None:
        return Text()
    line = f":{evidence.line}" if evidence.line is not None else ""
    read_in = evidence.source.title if evidence.source is not None else f"{evidence.path}{line}"
    place = Text(terminal(read_in))
    url = evidence_url(report, evidence)
    if url is not None:
        place.stylize(f"link {url}")
    return place


def _numbered(report: Report, steps: Sequence[Step], page: Page) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for number, step in enumerate(steps, 1):
        then = after(step, report)
        grid = Table.grid(padding=(0, 1, 0, 0))
        room = replace(page, width=page.width - 3)
        codes = clip(terminal(", ".join(step.codes)), _CODES_WIDTH)
        end = f" ({codes})" if sentences.unread(report) else f" ({codes}: {then})"
        text = _paragraph(f"{step.text}{end}", room)
        if text.plain.count("\n") >= _STEP_LINES:
            short = replace(page, width=page.width - 4 - (len(end) + 1) // _STEP_LINES)
            text = _paragraph(step.text, short, _STEP_LINES).append(end)
        grid.add_row(Text(f"{number}."), text)
        lines.append(grid)
    return lines


def _also(report: Report, page: Page) -> list[RenderableType]:
    parts = [sentences.verdict_sentence(report)]
    inherited = sentences.inherited_sentence(report)
    if inherited is not None:
        parts.append(inherited[:1].lower() + inherited[1:].rstrip("."))
    if report.evaluation_sets:
        parts.append(f"{sentences.plural(len(report.evaluation_sets), 'set')} for evaluation only")
    if report.notes:
        parts.append(sentences.plural(len(report.notes), "note"))
    lines: list[RenderableType] = [_paragraph(f"Findings: {'; '.join(parts)}.", page, most=2)]
    if any(note.message == COUNTED_AS_LACKING for note in report.notes):
        lines.append(_paragraph(f"{COUNTED_AS_LACKING[:1].upper()}{COUNTED_AS_LACKING[1:]}.", page))
    return lines


def _more(report: Report, page: Page) -> list[RenderableType]:
    codes = [f.code for f in deciding_findings(report)] or [f.code for f in active_findings(report)]
    explain = f", provenance explain {terminal(codes[0])}" if codes else ""
    read = sentences.digest_line(report) or f"{sentences.read_from(report)}."
    source = f"{read} As of {report.as_of}. No legal advice."
    more = f"More: --all{explain}, -o report.html"
    return [_paragraph(more, page, 1), _paragraph(source, page, 2, "dim")]

"""The terminal report: the first screen, and everything below it. Laid out by rich."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.console import RenderableType
from rich.text import Text

from provenance import amounts
from provenance.escape import terminal
from provenance.render import (
    license_parts,
    lineage_words,
    origin_words,
    record_tables,
    sentences,
    set_words,
)
from provenance.render.bars import STATE_COLOR, bar_cells
from provenance.render.drawing import (
    StyledCell,
    TableColumn,
    columns_of,
    drawn,
    drawn_table,
    hanging,
    paragraph,
    title,
)
from provenance.render.formats import joined
from provenance.render.growing import grown_tree
from provenance.render.layout import WIDEST, clip
from provenance.render.lineage_tree import lineage_tree
from provenance.render.links import dataset_url
from provenance.render.page import Page
from provenance.render.slices import lacking_sentence, slices
from provenance.render.terminal_findings import findings_section, waived_section
from provenance.render.terminal_screen import first_screen, overview, whole_answer
from provenance.report import shares
from provenance.report.coverage import Coverage, Reading
from provenance.report.license import LicenseState
from provenance.report.report import Report
from provenance.report.training import PossibleSet, TrainingSet

_ROOMY = 110
_NARROW = 72
_MOST_ROWS = 40
_MOST_EXPLICIT = 10
_MOST_INHERITED = 12
_MOST_UNEXAMINED = 15
_MOST_PARTS = 20
_MOST_LINEAGE = 12
_Section = list[RenderableType]


def render_several(reports: Sequence[Report], page: Page) -> str:
    """Reports one after another, under a table of all."""
    return joined([overview(reports, page), *(render(report, page) for report in reports)])


def render(report: Report, page: Page) -> str:
    """The report for a terminal: the first screen, or everything where all is asked for."""
    page = replace(page, width=min(page.width, WIDEST))
    if not (page.show_all or page.show_suppressed):
        return first_screen(report, page)
    sections: list[_Section] = [
        _measured(report, page),
        _measures(report, page),
        *_records(report, page),
        _sets(report, page),
        _parts(report, page),
        *findings_section(report, page),
        waived_section(report, page),
        _lineage(report, page),
        _not_examined(report, page),
        _to_know(report, page),
        _foot(report, page),
    ]
    parts: _Section = [whole_answer(report, page)]
    for section in sections:
        parts += [Text(), *section] if section else []
    return drawn(parts, page)


def _measured(report: Report, page: Page) -> _Section:
    """What the headline is made of, and the next direct measure that looks different."""
    basis = sentences.basis_sentence(report)
    audited = sentences.is_audit(report)
    told = (f"{basis}." if basis and audited else None, lacking_sentence(report))
    lines: _Section = [paragraph(sentence, page) for sentence in told if sentence]
    direct = [c for c in report.coverage if c.reading is Reading.DIRECT and c.total > 0]
    chosen = next((c for c in direct if c.headline), None)
    if chosen is None or report.undeclared:
        return lines
    other = next((c for c in direct if not _alike(report, c, chosen)), None)
    return [*lines, *([Text()] if lines else []), *_bar(report, other, page)] if other else lines


def _alike(report: Report, coverage: Coverage, other: Coverage) -> bool:
    """Whether two bars would look the same."""
    shown = [
        [(part.label, round(part.fraction, 2)) for part in slices(report, c)]
        for c in (coverage, other)
    ]
    return shown[0] == shown[1]


def _bar(report: Report, coverage: Coverage, page: Page) -> _Section:
    cells = bar_cells(report, coverage, page.width)
    name = shares.measure_name(coverage, sentences.sets_word(report))
    legend = [Text()]
    for part in cells:
        entry = f" {part.label} {amounts.percent(part.fraction)}"
        if legend[-1].plain and len(legend[-1].plain) + len(entry) + 4 > page.width:
            legend.append(Text())
        legend[-1].append("   " if legend[-1].plain else "")
        legend[-1].append(part.glyph, part.color).append(entry)
    bar = Text.assemble(*((part.glyph * part.cells, part.color) for part in cells))
    return [Text(clip(terminal(name), page.width)), bar, *(legend if cells else [])]


def _measures(report: Report, page: Page) -> _Section:
    rows = sentences.measure_rows(report)
    if not rows:
        return []
    audited = sentences.is_audit(report)
    heads = ("its own sets", sentences.inherited_name(report)) if audited else ("of all",)
    columns = [TableColumn(""), TableColumn("", wraps=True), *(TableColumn(head) for head in heads)]
    cells: list[list[StyledCell]] = []
    for row in rows:
        counted = [row.direct, row.inherited] if audited else [row.direct]
        told = [((sentences.interval(c) if c else "–", ""),) for c in counted]
        cells.append([(("▸" if row.headline else "", ""),), ((terminal(row.name), ""),), *told])
        cells.append([(), ((terminal(row.basis), "dim"),), *[() for _ in told]])
    name = "Lacking an explicit license, by what is counted"
    return [title(name, page), columns_of(columns, cells, page)]


def _records(report: Report, page: Page) -> list[_Section]:
    return [
        [title(table.title, page), drawn_table(table, page)]
        for table in record_tables.record_tables(report, page.show_all)
    ]


def _sets(report: Report, page: Page) -> _Section:
    own_sets, inherited = sentences.own_sets(report), sentences.inherited_sets(report)
    lines: _Section = []
    if own_sets:
        name = f"{sentences.sets_title(report)} ({len(own_sets)})"
        lines += [title(name, page), *_table(report, own_sets, page, _MOST_ROWS)]
    if inherited:
        name = f"Training sets that come through base models ({len(inherited)})"
        lines += [Text()] if lines else []
        lines += [title(name, page), *_table(report, inherited, page, _MOST_INHERITED)]
    told = []
    if report.evaluation_sets:
        names = _some([s.id or s.name for s in report.evaluation_sets], 8, page)
        told.append(f"For evaluation only, never counted: {names}")
    if report.possible_sets:
        possible = [
            f"“{s.id or s.name}” ({origin_words.line_of(s.evidence)})" for s in report.possible_sets
        ]
        told.append(f"Perhaps training data, in no fraction: {_some(possible, 6, page)}")
    for sentence in told:
        lines += [*([Text()] if lines else []), paragraph(sentence, page)]
    decided = _decided(report, page)
    return [*lines, *([Text()] if lines and decided else []), *decided]


def _some(names: list[str], most: int, page: Page) -> str:
    shown = names if page.show_all else names[:most]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" … and {more} more" if more else "")


def _decided(report: Report, page: Page) -> _Section:
    """How sure the reading is of each set, and what weighed most."""
    if not page.show_all:
        return []
    items: list[TrainingSet | PossibleSet] = [*report.training_sets, *report.possible_sets]
    told = [
        hanging(f"{item.id or item.name}: {why}", page)
        for item in items
        if (why := set_words.what_decided(item)) is not None
    ]
    name = "How sure it is that each was used, and what decided that"
    return [title(name, page), *told] if told else []


def _parts(report: Report, page: Page) -> _Section:
    rows = license_parts.part_rows(report)
    if not rows:
        return []
    shown = rows if page.show_all else rows[:_MOST_PARTS]
    lines: _Section = [title(f"Licenses by part ({len(rows)})", page)]
    of = ""
    for row in shown:
        if row.of != of:
            of = row.of
            lines.append(paragraph(of, page))
        more = f" (and {amounts.plural(row.more, 'statement')} more)" if row.more else ""
        lines.append(paragraph(f"{row.name}: {row.concluded}", page, by=2))
        place = f"{origin_words.place(row.evidence)}{more}: {row.wording}"
        lines.append(paragraph(place, page, style="dim", by=4))
    return lines + _folded(len(rows) - len(shown))


def _folded(number: int) -> _Section:
    return [Text(f"… and {number} more (--all lists them)", "dim")] if number > 0 else []


def _table(report: Report, sets: list[TrainingSet], page: Page, most: int) -> _Section:
    shown, folded = _fold(sets, page, most)
    measure = sentences.headline(report)
    parts = [shares.share_of(item, measure) for item in shown]
    audited = sentences.is_audit(report)
    columns = {
        "state": TableColumn("state"),
        "license": TableColumn("license", wraps=True, most=page.width // 4),
        "share": TableColumn("share", right=True),
        "set": TableColumn("set", wraps=True),
        "declared in": TableColumn("declared in"),
    }
    wanted = {"license": page.width >= _NARROW, "share": any(part is not None for part in parts)}
    wanted |= {"declared in": audited and page.width >= _ROOMY}
    names = [name for name in columns if wanted.get(name, True)]
    rows = []
    for item, share in zip(shown, parts, strict=True):
        cells = _cells(report, item, share)
        rows.append([cells[name] for name in names])
    table = columns_of([columns[name] for name in names], rows, page)
    return [table, *(Text(line, "dim") for line in folded)]


def _cells(report: Report, item: TrainingSet, share: float | None) -> dict[str, StyledCell]:
    state = item.license.state.value
    mark = set_words.short_mark(item)
    url = dataset_url(report, item.id)
    name = (terminal(set_words.label(item)), f"link {url}" if url else "")
    return {
        "state": ((state, STATE_COLOR[state]),),
        "license": ((terminal(set_words.license_words(item.license)), ""),),
        "share": (("?" if share is None else amounts.percent(share), ""),),
        "set": (name, (f" ({mark})", "dim")) if mark else (name,),
        "declared in": ((", ".join(set_words.declared_in(item)), ""),),
    }


def _fold(sets: list[TrainingSet], page: Page, most: int) -> tuple[list[TrainingSet], list[str]]:
    """The rows to show, and a line for each state of which some are not shown."""
    if page.show_all or len(sets) <= most:
        return sets, []
    kept: list[TrainingSet] = []
    hidden: dict[str, int] = {}
    for item in sets:
        explicit = item.license.state is LicenseState.EXPLICIT
        full = sum(k.license.state is LicenseState.EXPLICIT for k in kept) >= _MOST_EXPLICIT
        if len(kept) >= most or (explicit and full):
            hidden[item.license.state.value] = hidden.get(item.license.state.value, 0) + 1
        else:
            kept.append(item)
    rest = amounts.listing(f"{number:,} {state}" for state, number in hidden.items())
    return kept, [f"… and more: {rest} (--all lists them)"] if hidden else []


def _lineage(report: Report, page: Page) -> _Section:
    described = lineage_words.lineage_lines(report)
    if not described:
        return []
    tree = lineage_tree(report)
    shown = described if page.show_all else described[:_MOST_LINEAGE]
    grown: _Section = [grown_tree(report, tree)] if tree else []
    told = [hanging(sentence, page) for sentence in shown]
    return [title("Lineage", page), *grown, *told, *_folded(len(described) - len(shown))]


def _not_examined(report: Report, page: Page) -> _Section:
    rows = lineage_words.unexamined(report)
    if not rows:
        return []
    lines: _Section = [title(f"Not examined ({len(rows)})", page)]
    for why, names in origin_words.by_reason(rows):
        lines.append(paragraph(f"{why}:", page))
        lines.append(paragraph(_some(names, _MOST_UNEXAMINED, page), page, style="dim", by=2))
    return lines


def _to_know(report: Report, page: Page) -> _Section:
    told = [f"{n.subject}: {n.message}" if n.subject else n.message for n in report.notes]
    return [title("To know", page), *(hanging(sentence, page) for sentence in told)] if told else []


def _foot(report: Report, page: Page) -> _Section:
    facts = (
        f"{origin_words.read_from(report)}; as of {report.as_of}; policy "
        f"{report.policy.name} (sha256 {report.policy.sha256[:12]}); "
        f"{report.tool.name} {report.tool.version}."
    )
    stats = report.stats
    if stats.requests:
        took = f", {stats.elapsed_s:g} s" if stats.elapsed_s is not None else ""
        sent = amounts.plural(stats.requests, "request")
        facts += f" {sent}, {stats.cached} answers from cache{took}."
    return [
        paragraph(sentence, page, style="dim") for sentence in (facts, origin_words.footer(report))
    ]

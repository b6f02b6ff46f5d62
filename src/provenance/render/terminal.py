"""The terminal report: verdict first, then what it rests on and what to do."""

from __future__ import annotations

from dataclasses import replace

from provenance.escape import terminal
from provenance.render import license_parts, lineage_words, record_tables, sentences
from provenance.render.bars import STATE_COLOR, bar_cells
from provenance.render.drawing import drawn, drawn_table
from provenance.render.growing import grown_tree
from provenance.render.layout import Paint, clip, clip_middle, hang, pad, wrap
from provenance.render.lineage_tree import lineage_tree
from provenance.render.page import Page
from provenance.render.slices import denied_sentence, lacking_sentence, slices
from provenance.render.terminal_findings import findings_section, waived_section
from provenance.render.terminal_screen import first_screen
from provenance.report import shares
from provenance.report.coverage import Coverage, Reading
from provenance.report.finding import Verdict
from provenance.report.license import LicenseState
from provenance.report.report import Report
from provenance.report.training import PossibleSet, TrainingSet

_VERDICT_COLOR = {Verdict.PASS: "green", Verdict.FAIL: "red", Verdict.INCOMPLETE: "magenta"}
_WIDEST = 120
_ROOMY = 110
_NARROW = 72
_MOST_ROWS = 40
_MOST_EXPLICIT = 10
_MOST_INHERITED = 12
_MOST_UNEXAMINED = 15
_MOST_PARTS = 20


def render(report: Report, page: Page) -> str:
    """The report for a terminal: the first screen, or everything where all is asked for.

    Long lines are hard to read, so 120 columns at most are used.
    """
    page = replace(page, width=min(page.width, _WIDEST))
    if not (page.show_all or page.show_suppressed):
        return first_screen(report, page)
    return _everything(report, page)


def _everything(report: Report, page: Page) -> str:
    paint = Paint(page.color)
    parts = [
        _head(report, page, paint),
        _bars(report, page, paint),
        _measures(report, page, paint),
        _records(report, page, paint),
        _sets(report, page, paint),
        _parts(report, page, paint),
        findings_section(report, page, paint),
        waived_section(report, page, paint),
        _lineage(report, page, paint),
        _not_examined(report, page, paint),
        _foot(report, page, paint),
    ]
    lines = [line for part in parts if part for line in [*part, ""]]
    return "\n".join(line.rstrip() for line in lines)


def _head(report: Report, page: Page, paint: Paint) -> list[str]:
    subject = report.subject
    revision = f" @ {subject.revision[:12]}" if subject.revision else ""
    verdict = report.verdict
    lines = [
        paint(clip(terminal(f"{subject.kind} {subject.id}{revision}"), page.width), "bold"),
        "",
    ]
    said = terminal(f"{sentences.verdict_sentence(report)} (policy {report.policy.name})")
    first, *rest = wrap(said, page.width - len(verdict.value) - 2) or [""]
    lines.append(
        f"{paint(verdict.value.upper(), 'bold', _VERDICT_COLOR[verdict])}: {first}",
    )
    lines += [" " * (len(verdict.value) + 2) + line for line in rest]
    lines.append("")
    lines += [
        paint(line, "bold")
        for line in wrap(terminal(sentences.headline_sentence(report)), page.width)
    ]
    basis = sentences.basis_sentence(report)
    details = (
        f"{basis}." if basis else "",
        denied_sentence(report) or "",
        lacking_sentence(report) or "",
        sentences.digest_line(report) or "",
    )
    for detail in details:
        lines += wrap(terminal(detail), page.width)
    return lines


def _bars(report: Report, page: Page, paint: Paint) -> list[str]:
    """A bar for the headline and one for the next direct measure that looks different."""
    direct = [c for c in report.coverage if c.reading is Reading.DIRECT and c.total > 0]
    chosen: list[Coverage] = []
    for coverage in sorted(direct, key=lambda c: not c.headline):
        if len(chosen) < 2 and not any(_alike(report, coverage, other) for other in chosen):
            chosen.append(coverage)
    lines: list[str] = []
    for coverage in chosen:
        lines += _bar(report, coverage, page, paint)
    return lines


def _alike(report: Report, one: Coverage, other: Coverage) -> bool:
    """Whether two bars would look the same."""
    shown = [
        [(part.label, round(part.fraction, 2)) for part in slices(report, c)] for c in (one, other)
    ]
    return shown[0] == shown[1]


def _bar(report: Report, coverage: Coverage, page: Page, paint: Paint) -> list[str]:
    cells = bar_cells(report, coverage, page.width)
    bar = "".join(paint(c.glyph * c.cells, c.color) for c in cells)
    name = shares.measure_name(coverage, sentences.sets_word(report))
    lines = [clip(terminal(name), page.width), bar]
    legend, used = "", 0
    for part in cells:
        said = f" {part.label} {shares.percent(part.fraction)}"
        if used and used + len(said) + 4 > page.width:
            lines.append(legend)
            legend, used = "", 0
        space = "   " if used else ""
        legend += space + paint(part.glyph, part.color) + said
        used += len(space) + 1 + len(said)
    return [*lines, legend] if legend else lines


def _title(text: str, page: Page, paint: Paint) -> str:
    text = clip(text, page.width)
    rule = "─" * max(0, page.width - len(text) - 1)
    return f"{paint(text, 'bold')} {paint(rule, 'dim')}"


def _measures(report: Report, page: Page, paint: Paint) -> list[str]:
    rows = sentences.measure_rows(report)
    if not rows:
        return []
    wide = 24 if page.width >= 76 else (page.width - 15) // 2
    name = page.width - 2 * wide - 3
    audited = sentences.is_audit(report)
    lines = [_title("Lacking an explicit license, by what is counted", page, paint)]
    if audited:
        inherited = clip(sentences.inherited_name(report), wide)
        heads = f"{pad(clip('its own sets', wide), wide)} {inherited}"
        lines.append(paint(f"  {pad('', name - 2)} {heads}", "dim"))
    for row in rows:
        mark = "▸ " if row.headline else "  "
        cells = [
            pad(clip(sentences.interval(c), wide), wide) if c else pad("–", wide)
            for c in ((row.direct, row.inherited) if audited else (row.direct,))
        ]
        lines.append(f"{mark}{pad(clip(terminal(row.name), name - 2), name - 2)} {' '.join(cells)}")
        lines += [paint(f"  {line}", "dim") for line in wrap(terminal(row.basis), page.width - 2)]
    return lines


def _records(report: Report, page: Page, paint: Paint) -> list[str]:
    lines: list[str] = []
    for table in record_tables.record_tables(report, page.show_all):
        lines += [""] if lines else []
        shown = drawn([drawn_table(table, page)], page).rstrip("\n").split("\n")
        lines += [_title(table.title, page, paint), *shown]
    return lines


def _sets(report: Report, page: Page, paint: Paint) -> list[str]:
    own, inherited = sentences.own_sets(report), sentences.inherited_sets(report)
    lines: list[str] = []
    if own:
        title = f"{sentences.sets_title(report)} ({len(own)})"
        lines += [_title(title, page, paint), *_table(report, own, page, paint, _MOST_ROWS)]
    if inherited:
        lines += [""] if lines else []
        title = f"Training sets that come through base models ({len(inherited)})"
        lines += [
            _title(title, page, paint),
            *_table(report, inherited, page, paint, _MOST_INHERITED),
        ]
    if report.evaluation_sets:
        names = ", ".join(s.id or s.name for s in report.evaluation_sets[:8])
        more = len(report.evaluation_sets) - 8
        names += f" … and {more} more" if more > 0 else ""
        lines += ["", *wrap(f"For evaluation only, never counted: {terminal(names)}", page.width)]
    if report.possible_sets:
        named = [
            f"{s.id or s.name} ({sentences.line_of(s.evidence)})" for s in report.possible_sets[:6]
        ]
        more = len(report.possible_sets) - 6
        text = ", ".join(named) + (f" … and {more} more" if more > 0 else "")
        lines += [
            "",
            *wrap(f"Possibly training data, in no fraction: {terminal(text)}", page.width),
        ]
    return [*lines, *_decided(report, page, paint)]


def _decided(report: Report, page: Page, paint: Paint) -> list[str]:
    """How sure the reading is of each set, and what weighed most."""
    if not page.show_all:
        return []
    items: list[TrainingSet | PossibleSet] = [*report.training_sets, *report.possible_sets]
    told = [
        f"{item.id or item.name}: {why}"
        for item in items
        if (why := sentences.what_decided(item)) is not None
    ]
    lines = [line for text in told for line in wrap(terminal(text), page.width)]
    return ["", _title("What decided", page, paint), *lines] if lines else []


def _parts(report: Report, page: Page, paint: Paint) -> list[str]:
    rows = license_parts.part_rows(report)
    if not rows:
        return []
    shown = rows if page.show_all else rows[:_MOST_PARTS]
    lines = [_title(f"Licenses by part ({len(rows)})", page, paint)]
    of = ""
    for row in shown:
        if row.of != of:
            of = row.of
            lines.append(clip_middle(terminal(of), page.width))
        more = f" (and {sentences.plural(row.more, 'statement')} more)" if row.more else ""
        lines += _indented(f"{row.name}: {row.concluded}", 2, page)
        place = f"{sentences.place(row.evidence)}{more}: {row.said}"
        lines += [paint(line, "dim") for line in _indented(place, 4, page)]
    if len(rows) > len(shown):
        lines.append(paint(f"… and {len(rows) - len(shown)} more (--all lists them)", "dim"))
    return lines


def _indented(text: str, by: int, page: Page) -> list[str]:
    return [" " * by + line for line in wrap(terminal(text), page.width - by)]


def _table(
    report: Report, sets: list[TrainingSet], page: Page, paint: Paint, most: int
) -> list[str]:
    shown, folded = _fold(sets, page, most)
    measure = sentences.headline(report)
    parts = [shares.share_of(item, measure) for item in shown]
    weighed = any(part is not None for part in parts)
    columns = _columns(page, weighed=weighed, declared=sentences.is_audit(report))
    room = dict(columns)["set"]
    lines = [paint(" ".join(pad(*head) for head in columns), "dim")]
    for item, share in zip(shown, parts, strict=True):
        places = sentences.declared_in(item)
        cells = {
            "state": item.license.state.value,
            "license": terminal(sentences.says(item.license)),
            "share": "?" if share is None else shares.percent(share),
            "set": _set_cell(item, room),
            "declared in": ", ".join(places) if page.width >= _ROOMY else _short(places),
        }
        lines.append(_row(cells, columns, STATE_COLOR[item.license.state.value], paint))
    lines += [paint(line, "dim") for line in folded]
    return lines


def _columns(page: Page, *, weighed: bool, declared: bool) -> list[tuple[str, int]]:
    """Headings and widths; a narrow terminal gets fewer, the set's name what is left."""
    fixed = {"state": 11, "license": 16, "share": 7, "declared in": 17}
    if page.width >= _ROOMY:
        fixed |= {"license": 26, "declared in": 27}
    if page.width < _NARROW:
        fixed = {"state": 11, "share": 7}
    if not weighed:
        del fixed["share"]
    if not declared:
        fixed.pop("declared in", None)
    order: list[str] = [
        name for name in ("state", "license", "share", "declared in") if name in fixed
    ]
    order.insert(order.index("declared in") if "declared in" in order else len(order), "set")
    left = page.width - sum(fixed.values()) - len(fixed)
    return [(name, fixed.get(name, left)) for name in order]


def _row(cells: dict[str, str], columns: list[tuple[str, int]], color: str, paint: Paint) -> str:
    shown = []
    for name, wide in columns:
        clipped = (clip_middle if name == "set" else clip)(cells[name], wide)
        padded = pad(clipped, wide, right=name == "share")
        shown.append(paint(padded, color) if name == "state" else padded)
    return " ".join(shown)


def _set_cell(item: TrainingSet, room: int) -> str:
    """The set's label; that its id is a guess is never cut off."""
    label = terminal(sentences.label(item))
    mark = sentences.short_mark(item)
    if mark is None:
        return label
    return f"{clip_middle(label, max(room - len(mark) - 3, 8))} ({mark})"


def _short(places: list[str]) -> str:
    return places[0] + (f" +{len(places) - 1}" if len(places) > 1 else "") if places else ""


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
    rest = sentences.listing(f"{number:,} {state}" for state, number in hidden.items())
    return kept, [f"… and more: {rest} (--all lists them)"] if hidden else []


def _lineage(report: Report, page: Page, paint: Paint) -> list[str]:
    said = lineage_words.lineage_lines(report)
    if not said:
        return []
    tree = lineage_tree(report)
    grown = drawn([grown_tree(report, tree)], page).rstrip("\n").split("\n") if tree else []
    lines = [_title("Lineage", page, paint), *grown]
    shown = said if page.show_all else said[:12]
    for sentence in shown:
        lines += hang(terminal(sentence), page.width)
    if len(said) > len(shown):
        lines.append(paint(f"… and {len(said) - len(shown)} more (--all lists them)", "dim"))
    return lines


def _not_examined(report: Report, page: Page, paint: Paint) -> list[str]:
    rows = lineage_words.unexamined(report)
    notes = [(n.subject or "", n.message) for n in report.notes]
    if not rows and not notes:
        return []
    lines: list[str] = []
    if rows:
        lines.append(_title(f"Not examined ({len(rows)})", page, paint))
        lines += _by_reason(rows, page, paint)
    if notes:
        lines += [""] if lines else []
        lines.append(_title("To know", page, paint))
        for subject, message in notes:
            text = f"{subject}: {message}" if subject else message
            lines += hang(terminal(text), page.width)
    return lines


def _by_reason(rows: list[tuple[str, str]], page: Page, paint: Paint) -> list[str]:
    lines = []
    for why, names in sentences.by_reason(rows):
        shown = names if page.show_all else names[:_MOST_UNEXAMINED]
        more = f" … and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
        lines += wrap(terminal(f"{why}:"), page.width)
        text = terminal(", ".join(shown) + more)
        lines += [paint(f"  {line}", "dim") for line in wrap(text, page.width - 2)]
    return lines


def _foot(report: Report, page: Page, paint: Paint) -> list[str]:
    facts = (
        f"{sentences.read_from(report)}; as of {report.as_of}; policy "
        f"{report.policy.name} (sha256 {report.policy.sha256[:12]}); "
        f"{report.tool.name} {report.tool.version}."
    )
    stats = report.stats
    if stats.requests:
        took = f", {stats.elapsed_s:g} s" if stats.elapsed_s is not None else ""
        sent = sentences.plural(stats.requests, "request")
        facts += f" {sent}, {stats.cached} answers from cache{took}."
    lines = wrap(terminal(facts), page.width) + wrap(sentences.footer(report), page.width)
    return [paint(line, "dim") for line in lines]

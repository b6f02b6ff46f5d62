"""A census as one HTML page: tables with bars as inline SVG, no script but its own. Pure.

What the page says stands in ``templates/census.html.j2``; here it is prepared.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cache

from jinja2 import Environment

from provenance import templating
from provenance.escape import safe_url
from provenance.frozen import frozen
from provenance.refs import is_repo_id
from provenance.surveying import words
from provenance.surveying.aggregate import Aggregates, GroupShare
from provenance.surveying.words import further, headline, interval, of_all, percent, unread
from provenance.vocabulary.keys import PUBLIC_HUB
from provenance.vocabulary.state_colors import css_colors

_WORST_FIRST = ("none", "ambiguous", "unresolved", "conflicting", "explicit")
_MOST_LABELS = 12
"""Years with a label: more would run into each other on a narrow screen."""
_PACKAGE = "provenance.surveying"


@frozen
class _State:
    """One state in the bar of all; places and widths in thousandths of the bar."""

    name: str
    share: str
    subjects: int
    left: str
    width: str


@frozen
class _Bar:
    """The bar of one row; its width in hundredths of what it is measured by."""

    state: str
    width: str


@frozen
class _Row:
    """One group."""

    name: str
    numbers: tuple[str, ...]
    bar: _Bar
    url: str | None = None


@frozen
class _Table:
    """Groups under a heading; ``bars_of`` says what the bars at its right are of."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[_Row, ...]
    bars_of: str


@frozen
class _SubjectRow:
    """One subject of the table of many."""

    id: str
    url: str | None
    state: str
    license: str
    reason: str
    numbers: tuple[str, ...]


@frozen
class _Subjects:
    """The first subjects, and how many are not listed."""

    rows: tuple[_SubjectRow, ...]
    counted: bool
    """Whether downloads of any are known."""
    dated: bool
    """Whether the year of any is known."""
    unlisted: int


@frozen
class _ColumnPart:
    """One part of a year's column, in hundredths of the largest year."""

    state: str
    top: str
    height: str


@frozen
class _Column:
    """One year."""

    year: str
    count: str
    labelled: bool
    title: str
    parts: tuple[_ColumnPart, ...]


@frozen
class _UnreadSubject:
    """One subject that was not examined."""

    id: str
    url: str | None
    reason: str


@frozen
class _Section:
    """What stands below the answer under one name of the navigation."""

    id: str
    name: str
    table: _Table | None = None
    subjects: _Subjects | None = None
    columns: tuple[_Column, ...] = ()
    unread: tuple[_UnreadSubject, ...] = ()
    more_unread: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is to be shown."""
        return self.table is None and self.subjects is None and not self.unread


def page(sums: Aggregates, source: str, as_of: datetime.date, hub: str = PUBLIC_HUB) -> str:
    """The whole page; every outside string is escaped. Subjects are linked to ``hub``."""
    total = sums.total
    style = css_colors() + templating.asset(_PACKAGE, "page.css")
    script = templating.asset(_PACKAGE, "page.js")
    bounds = interval(sums)
    sentences = [headline(sums), *([bounds] if bounds else []), *further(sums)]
    text = (
        _environment()
        .get_template("census.html.j2")
        .render(
            sums=sums,
            kind=sums.kind.capitalize(),
            many=f"{sums.kind}s",
            title=f"License census of {source}",
            as_of=as_of,
            figure=percent(total.lacking, total.read) if total.read else "Not known",
            sentences=[f"{s[:1].upper()}{s[1:]}" for s in sentences],
            states=sums.states if total.subjects else (),
            worst_first=_states(sums) if total.subjects else (),
            sections=_sections(sums, hub) if total.subjects else (),
            most_in_a_year=f"{max((year.subjects for year in sums.years), default=0):,}",
            of_all=of_all(sums).capitalize(),
            style=templating.drawn(style),
            script=templating.drawn(script),
            style_hash=templating.content_hash(style),
            script_hash=templating.content_hash(script),
        )
    )
    return text + "\n"


def _states(sums: Aggregates) -> tuple[_State, ...]:
    """The states in the bar of all, the worst at its left."""
    total = sums.total.subjects
    states, left = [], 0.0
    for state in sorted(sums.states, key=lambda s: _WORST_FIRST.index(s.name)):
        width = 1000 * state.subjects / total
        share = percent(state.subjects, total)
        states.append(_State(state.name, share, state.subjects, f"{left:.2f}", f"{width:.2f}"))
        left += width
    return tuple(states)


def _sections(sums: Aggregates, hub: str) -> list[_Section]:
    """What stands below the answer; what is empty is left out."""
    sections = [
        _Section("licenses", "Licenses", _parts("Licenses", sums, sums.licenses, "explicit")),
        _Section(
            "restrictions", "Restrictions", _parts("Restrictions", sums, sums.restrictions, "other")
        ),
        _Section("subjects", "Subjects", subjects=_subjects(sums, hub)),
        _Section("authors", "Authors", _groups("Authors", sums, sums.authors, _pages(sums, hub))),
        _Section(
            "years",
            "Years",
            _groups("Years of the last change", sums, sums.years),
            columns=_columns(sums.years),
        ),
        _Section("categories", "Categories", _groups("Categories", sums, sums.categories)),
        _unexamined(sums, hub),
    ]
    if [s.name for s in sums.personal_data] != ["unknown"]:
        title = "Documentation of personal data"
        table = _parts(title, sums, sums.personal_data, "other", own_scale=False)
        sections.append(_Section("personal", "Personal data", table))
    return [section for section in sections if not section.empty]


def _pages(sums: Aggregates, hub: str) -> dict[str, str]:
    """Where the authors who may have one have their page."""
    return {s.name: f"{hub}/{s.name}" for s in sums.authors if is_repo_id(f"{s.name}/x")}


def _subjects(sums: Aggregates, hub: str) -> _Subjects | None:
    if not sums.subjects:
        return None
    counted = any(subject.downloads is not None for subject in sums.subjects)
    dated = any(subject.year is not None for subject in sums.subjects)
    rows = []
    for subject in sums.subjects:
        downloads = () if not counted else (_shown(subject.downloads, ","),)
        year = () if not dated else (_shown(subject.year, "d"),)
        rows.append(
            _SubjectRow(
                subject.id,
                _url(subject.id, sums.kind, hub),
                subject.state,
                subject.license if subject.license not in {"NONE", "NOASSERTION"} else "–",
                subject.reason,
                downloads + year,
            )
        )
    return _Subjects(tuple(rows), counted, dated, sums.total.subjects - len(sums.subjects))


def _shown(number: int | None, form: str) -> str:
    """A number in its form; nothing stands for one that is not known."""
    return "" if number is None else f"{number:{form}}"


def _url(identity: str, kind: str, hub: str) -> str | None:
    folder = "datasets/" if kind == "dataset" else ""
    return safe_url(f"{hub}/{folder}{identity}") if is_repo_id(identity) else None


def _unexamined(sums: Aggregates, hub: str) -> _Section:
    """Those that were not examined by why, and the first few of them."""
    table = _parts("Not examined", sums, unread(sums), "unresolved", own_scale=False)
    listed = tuple(
        _UnreadSubject(s.id, _url(s.id, sums.kind, hub), s.reason) for s in sums.unread_first
    )
    more = max(0, sums.total.unread - len(listed))
    return _Section("unexamined", "Not examined", table, unread=listed, more_unread=more)


def _parts(
    title: str, sums: Aggregates, parts: Sequence[GroupShare], state: str, *, own_scale: bool = True
) -> _Table | None:
    """Parts of the whole, with their part of the downloads where these are known.

    On their own scale the largest fills its bar: of many licenses each is a small part of all.
    """
    total = sums.total
    largest = max((p.subjects for p in parts), default=1) if own_scale else total.subjects
    rows = []
    for part in parts:
        numbers: tuple[str, ...] = (f"{part.subjects:,}", percent(part.subjects, total.subjects))
        if total.downloads:
            numbers += (percent(part.downloads or 0, total.downloads),)
        rows.append(_Row(part.name, numbers, _bar(part.subjects, largest, state)))
    heads = (f"{sums.kind}s", "share", *(("of downloads",) if total.downloads else ()))
    return _table(title, heads, rows, "next to the largest" if own_scale else "of all")


def _groups(
    title: str,
    sums: Aggregates,
    groups: Sequence[GroupShare],
    addresses: Mapping[str, str] | None = None,
) -> _Table | None:
    """Groups: how many subjects, and how many of these lack, also weighted by downloads."""
    downloads = sums.total.downloads
    rows = []
    for group in groups:
        numbers: tuple[str, ...] = (f"{group.subjects:,}", percent(group.lacking, group.read))
        if downloads:
            lost = percent(group.downloads_lacking or 0, group.downloads_read)
            numbers += (lost, percent(group.downloads or 0, downloads))
        url = safe_url((addresses or {}).get(group.name))
        rows.append(_Row(group.name, numbers, _bar(group.lacking, group.read, "lacks"), url))
    heads = (
        f"{sums.kind}s",
        "lacking",
        *(("by downloads", "of downloads") if downloads else ()),
    )
    return _table(title, heads, rows, "lacking, of those examined")


def _table(title: str, heads: tuple[str, ...], rows: Sequence[_Row], bars_of: str) -> _Table | None:
    return _Table(title, heads, tuple(rows), bars_of) if rows else None


def _bar(part: int, whole: int, state: str) -> _Bar:
    return _Bar(state, f"{100 * part / whole if whole else 0.0:.2f}")


def _columns(years: Sequence[GroupShare]) -> tuple[_Column, ...]:
    """Columns by year of the last change, the lacking part at the bottom."""
    most = max((year.subjects for year in years), default=0)
    # of many years only some have their label: it would not fit
    every = -(-len(years) // _MOST_LABELS)
    return tuple(
        _Column(
            year.name,
            _short(year.subjects),
            (len(years) - 1 - i) % every == 0,
            f"{year.name}: {year.subjects:,}, {percent(year.lacking, year.read)} lacking",
            _column_parts(year, most),
        )
        for i, year in enumerate(years)
    )


def _column_parts(year: GroupShare, most: int) -> tuple[_ColumnPart, ...]:
    """One column of 100 units for the largest year: lacking, not lacking, not examined, up."""
    top, shapes = 100.0, []
    counts = {
        "lacks": year.lacking,
        "explicit": year.read - year.lacking,
        "unresolved": year.unread,
    }
    for state, count in counts.items():
        height = 100 * count / most
        top -= height
        shapes.append(_ColumnPart(state, f"{top:.2f}", f"{height:.2f}"))
    return tuple(shapes)


def _short(count: int) -> str:
    """A count in at most four characters: 950, 1.2k, 36k, 4.1M."""
    value, unit = float(count), ""
    for larger in ("k", "M", "G"):
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    return f"{value:.1f}{unit}" if unit and value < 9.95 else f"{value:.0f}{unit}"


@cache
def _environment() -> Environment:
    made = templating.environment(_PACKAGE, templating.placed_in_html)
    made.filters["thousands"] = "{:,}".format
    made.globals["words"] = words
    return made

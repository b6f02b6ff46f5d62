"""A census as one HTML page: tables with bars as inline SVG, no script but its own. Pure."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from provenance.escape import html, safe_url
from provenance.refs import is_repo_id
from provenance.surveying.aggregate import Aggregates, GroupShare, SurveyedSubject
from provenance.surveying.words import (
    METADATA_ONLY,
    further,
    headline,
    interval,
    of_all,
    percent,
    unread,
)
from provenance.vocabulary.keys import PUBLIC_HUB
from provenance.vocabulary.state_colors import css_colors

_WORST_FIRST = ("none", "ambiguous", "unresolved", "conflicting", "explicit")
_MOST_LABELS = 12
"""Years with a label: more would run into each other on a narrow screen."""
_PATTERN = (
    '<svg class="patterns" aria-hidden="true" width="0" height="0"><defs><pattern id="unknown" '
    'width="4" height="40" patternUnits="userSpaceOnUse"><rect class="p-ground" width="4" '
    'height="40"/><rect class="p-line" width="2" height="40"/></pattern></defs></svg>'
)


def page(found: Aggregates, source: str, as_of: str, hub: str = PUBLIC_HUB) -> str:
    """The whole page; every outside string is escaped. Subjects are linked to ``hub``."""
    total = found.total
    many = f"{found.kind}s"
    title = f"License census of {source}"
    body = [
        f"<header><h1>{html(title)}</h1>",
        f'<p class="quiet">{total.subjects:,} {many}; as of {html(as_of)}</p></header>',
    ]
    sections: dict[str, tuple[str, list[str]]] = {}
    if total.subjects:
        body += _answer(found)
        sections = _sections(found, many, hub)
        for key, (_, lines) in sections.items():
            body += [f'<section id="{key}">', *lines, "</section>"]
    return "\n".join(
        [*_head(title), *_navigation(sections), "<main>", *body, "</main>", *_foot(found)]
    )


def _head(title: str) -> list[str]:
    style, script = css_colors() + _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{html(title)}</title><style>{style}</style></head>\n<body>{_PATTERN}",
    ]


def _navigation(sections: Mapping[str, tuple[str, list[str]]]) -> list[str]:
    if not sections:
        return []
    links = "".join(f'<li><a href="#{key}">{html(t)}</a></li>' for key, (t, _) in sections.items())
    find = (
        '<form class="tools" hidden><label><span class="hidden">Find</span> <input type="search" '
        'id="find" autocomplete="off" spellcheck="false" placeholder="find a subject"></label>'
        "</form>"
    )
    return [f'<nav aria-label="Page"><ul>{links}</ul>{find}</nav>']


def _foot(found: Aggregates) -> list[str]:
    weight = f" {_WEIGHT}" if found.total.downloads else ""
    said = (
        f"{of_all(found).capitalize()}. Lacking: no license, or an ambiguous one, of what was "
        f"examined.{weight} Only what is declared was read; this is no legal advice."
    )
    return [
        f"<footer><p>{html(said)}</p></footer>",
        f"<script>{_asset('page.js')}</script>",
        "</body></html>\n",
    ]


_WEIGHT = (
    "By downloads: what part of a group's downloads is of subjects that lack. Of downloads: the "
    "group's part of all."
)


def _sections(found: Aggregates, many: str, hub: str) -> dict[str, tuple[str, list[str]]]:
    """What stands below the answer, by its anchor, with its name; what is empty is left out."""
    total = found.total
    hosts = {s.name: f"{hub}/{s.name}" for s in found.authors if is_repo_id(f"{s.name}/x")}
    made = {
        "licenses": ("Licenses", _parts("Licenses", found.licenses, total, many, "explicit")),
        "restrictions": (
            "Restrictions",
            _parts("Restrictions", found.restrictions, total, many, "other"),
        ),
        "subjects": ("Subjects", _subjects(found, many, hub)),
        "authors": ("Authors", _groups("Authors", found.authors, many, total.downloads, hosts)),
        "years": ("Years", _years(found.years, many, total.downloads)),
        "categories": (
            "Categories",
            _groups("Categories", found.categories, many, total.downloads),
        ),
        "unexamined": ("Not examined", _unexamined(found, many, hub)),
    }
    if [s.name for s in found.personal_data] != ["unknown"]:
        title = "Documentation of personal data"
        made["personal"] = (
            "Personal data",
            _parts(title, found.personal_data, total, many, "other", own_scale=False),
        )
    return {key: part for key, part in made.items() if part[1]}


def _answer(found: Aggregates) -> list[str]:
    total = found.total
    figure = percent(total.lacking, total.read) if total.read else "Not known"
    bounds = interval(found)
    sentences = [headline(found), *([bounds] if bounds else []), *further(found)]
    lines = [f'<p class="figure">{html(figure)}</p>']
    lines += [f"<p>{html(f'{s[:1].upper()}{s[1:]}')}.</p>" for s in sentences]
    if found.metadata_only:
        lines.append(f'<p class="quiet">{html(METADATA_ONLY)}</p>')
    shapes, left = [], 0.0
    states = sorted(found.states, key=lambda s: _WORST_FIRST.index(s.name))
    for state in states:
        wide = 1000 * state.subjects / total.subjects
        shapes.append(
            f'<rect class="{html(state.name)}" x="{left:.2f}" width="{wide:.2f}" height="40"/>'
        )
        left += wide
    said = ", ".join(f"{s.name} {percent(s.subjects, total.subjects)}" for s in states)
    legend = "".join(
        f'<li><span class="dot b-{html(s.name)}"></span>{html(s.name)} '
        f'<b>{html(percent(s.subjects, total.subjects))}</b> <span class="quiet">'
        f"{s.subjects:,}</span></li>"
        for s in states
    )
    return [
        '<section class="answer" aria-label="Answer">',
        *lines,
        f'<svg class="whole" viewBox="0 0 1000 40" preserveAspectRatio="none" role="img" '
        f'aria-label="{html(said)}">{"".join(shapes)}</svg>',
        f'<ul class="legend">{legend}</ul></section>',
    ]


def _subjects(found: Aggregates, many: str, hub: str) -> list[str]:
    if not found.subjects:
        return []
    counted = any(one.downloads is not None for one in found.subjects)
    dated = any(one.year is not None for one in found.subjects)
    rows = []
    for one in found.subjects:
        state = html(one.state)
        cells = f'<td class="why">{html(one.reason)}</td>'
        if counted:
            cells += _number("" if one.downloads is None else f"{one.downloads:,}")
        if dated:
            cells += _number("" if one.year is None else str(one.year))
        rows.append(
            f'<tr data-state="{state}"><th scope="row">{_linked(one.id, found.kind, hub)}</th>'
            f'<td><span class="badge b-{state}">{state}</span></td>'
            f"<td>{html(_license(one))}</td>{cells}</tr>"
        )
    left = found.total.subjects - len(found.subjects)
    boxes = "".join(
        f'<label><input type="checkbox" name="state" value="{html(s.name)}" checked> '
        f"{html(s.name)}</label> "
        for s in found.states
    )
    more = f" {left:,} more are not listed here: --format csv has all." if left else ""
    heads = [found.kind.capitalize(), "State", "License", "Why"]
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    numbers = (("Downloads", counted), ("Changed", dated))
    head += "".join(f'<th scope="col" class="n">{text}</th>' for text, known in numbers if known)
    return [
        f"<h2>Subjects</h2><p>What lacks first, then what was not examined or disagrees.{more}</p>",
        f'<form class="legend" hidden>{boxes}<output id="shown" aria-live="polite"></output>'
        "</form>",
        f'<div class="wide" role="region" aria-label="Subjects" tabindex="0"><table class="sorted" '
        f'id="subjects-table"><caption class="hidden">The {html(many)}, each with its license'
        f"</caption><thead><tr>{head}</tr></thead><tbody>",
        *rows,
        "</tbody></table></div>",
    ]


def _license(one: SurveyedSubject) -> str:
    return one.license if one.license not in {"NONE", "NOASSERTION"} else "–"


def _linked(identity: str, kind: str, hub: str) -> str:
    folder = "datasets/" if kind == "dataset" else ""
    url = safe_url(f"{hub}/{folder}{identity}") if is_repo_id(identity) else None
    return f'<a href="{html(url)}">{html(identity)}</a>' if url else html(identity)


def _unexamined(found: Aggregates, many: str, hub: str) -> list[str]:
    """Those that were not examined by why, and the first few of them."""
    lines = _parts("Not examined", unread(found), found.total, many, "unresolved", own_scale=False)
    items = [
        f"<li>{_linked(one.id, found.kind, hub)}: {html(one.reason)}</li>"
        for one in found.unread_first
    ]
    more = found.total.unread - len(items)
    items += [f"<li>and {more:,} more</li>"] if more > 0 and items else []
    return [*lines, "<ul>", *items, "</ul>"] if items else lines


def _parts(
    title: str,
    parts: Sequence[GroupShare],
    total: GroupShare,
    many: str,
    css: str,
    *,
    own_scale: bool = True,
) -> list[str]:
    """Parts of the whole, with their part of the downloads where these are known.

    On their own scale the largest fills its bar: of many licenses each is a small part of all.
    """
    largest = max((p.subjects for p in parts), default=1) if own_scale else total.subjects
    rows = []
    for part in parts:
        cells = [
            _name(part.name),
            _number(f"{part.subjects:,}"),
            _number(percent(part.subjects, total.subjects)),
        ]
        if total.downloads:
            cells.append(_number(percent(part.downloads or 0, total.downloads)))
        rows.append([*cells, _bar(part.subjects, largest, css)])
    heads = ["Name", many, "share"] + (["of downloads"] if total.downloads else [])
    return _table(title, heads, rows, "next to the largest" if own_scale else "of all")


def _groups(
    title: str,
    groups: Sequence[GroupShare],
    many: str,
    downloads: int | None,
    addresses: Mapping[str, str] | None = None,
) -> list[str]:
    """Groups: how many subjects, and how many of these lack, also weighted by downloads."""
    rows = []
    for group in groups:
        url = safe_url((addresses or {}).get(group.name))
        cells = [
            _name(group.name, url),
            _number(f"{group.subjects:,}"),
            _number(percent(group.lacking, group.read)),
        ]
        if downloads:
            lost = percent(group.downloads_lacking or 0, group.downloads_read)
            cells += [_number(lost), _number(percent(group.downloads or 0, downloads))]
        rows.append([*cells, _bar(group.lacking, group.read, "lacks")])
    heads = ["Name", many, "lacking"] + (["by downloads", "of downloads"] if downloads else [])
    return _table(title, heads, rows, "lacking, of those examined")


def _years(years: Sequence[GroupShare], many: str, downloads: int | None) -> list[str]:
    """Columns by year of the last change, the lacking part at the bottom, then the numbers."""
    if not years:
        return []
    most = max(year.subjects for year in years)
    # of many years only some have their label: it would not fit
    every = -(-len(years) // _MOST_LABELS)
    columns = []
    for i, year in enumerate(years):
        labelled = (len(years) - 1 - i) % every == 0
        columns.append(
            f"<div><span>{html(_short(year.subjects)) if labelled else '&nbsp;'}</span>"
            f"{_column(year, most)}"
            f"<span>{html(year.name) if labelled else '&nbsp;'}</span></div>"
        )
    said = f"{many} by year of the last change, at most {most:,}"
    legend = (
        '<ul class="legend"><li><span class="dot b-none"></span>lacking an explicit license</li>'
        '<li><span class="dot b-explicit"></span>not lacking</li>'
        '<li><span class="dot b-unresolved"></span>not examined</li>'
        f'<li class="quiet">Numbers over the columns: {html(many)}</li></ul>'
    )
    heading, *numbers = _groups("Years of the last change", years, many, downloads)
    return [
        heading,
        f'<div class="years" role="img" aria-label="{html(said)}">{"".join(columns)}</div>',
        legend,
        *numbers,
    ]


def _column(year: GroupShare, most: int) -> str:
    """One column of 100 units for the largest year: lacking, not lacking, not examined, up."""
    top, shapes = 100.0, []
    parts = (
        ("lacks", year.lacking),
        ("explicit", year.read - year.lacking),
        ("unresolved", year.unread),
    )
    for css, count in parts:
        height = 100 * count / most
        top -= height
        shapes.append(f'<rect class="{css}" width="10" y="{top:.2f}" height="{height:.2f}"/>')
    words = f"{year.name}: {year.subjects:,}, {percent(year.lacking, year.read)} lacking"
    return (
        '<svg viewBox="0 0 10 100" preserveAspectRatio="none">'
        f"<title>{html(words)}</title>{''.join(shapes)}</svg>"
    )


def _short(count: int) -> str:
    """A count in at most four characters: 950, 1.2k, 36k, 4.1M."""
    value, unit = float(count), ""
    for larger in ("k", "M", "G"):
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    return f"{value:.1f}{unit}" if unit and value < 9.95 else f"{value:.0f}{unit}"


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], bars: str) -> list[str]:
    """A heading and a table; ``bars`` says what the bars at its right are of."""
    if not rows:
        return []
    head = "".join(
        f'<th scope="col" class="n">{html(h)}</th>' if i else f'<th scope="col">{html(h)}</th>'
        for i, h in enumerate(heads)
    )
    lines = "".join(f"<tr>{''.join(row)}</tr>\n" for row in rows)
    return [
        f"<h2>{html(title)}</h2>",
        f'<div class="wide" role="region" aria-label="{html(title)}" tabindex="0">'
        f'<table class="sorted"><thead><tr>{head}<th scope="col" class="bar quiet">{html(bars)}'
        f"</th></tr></thead><tbody>\n{lines}</tbody></table></div>",
    ]


def _name(text: str, url: str | None = None) -> str:
    shown = f'<a href="{html(url)}">{html(text)}</a>' if url else html(text)
    return f'<th scope="row">{shown}</th>'


def _number(text: str) -> str:
    return f'<td class="n">{html(text)}</td>'


def _bar(part: int, whole: int, css: str) -> str:
    share = 100 * part / whole if whole else 0.0
    return (
        '<td class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="100" height="10"/>'
        f'<rect class="{css}" width="{share:.2f}" height="10"/></svg></td>'
    )


@cache
def _asset(name: str) -> str:
    return (files("provenance.surveying") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"

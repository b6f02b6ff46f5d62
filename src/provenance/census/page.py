"""A census as one HTML page: tables with bars as inline SVG, no script, nothing loaded. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from provenance.census.aggregate import Aggregates, Share
from provenance.census.words import METADATA_ONLY, further, interval, percent
from provenance.escape import html

_STYLE = """
:root { --ink: #1d2430; --faint: #5c6673; --paper: #fff; --line: #d9dee5; --track: #eef1f5;
  --explicit: #2b7a4b; --lacks: #b3382c; --ambiguous: #c77d12; --conflicting: #7a4bb0;
  --unresolved: #6b7480; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ebf0; --faint: #9aa5b3; --paper: #14181e;
  --line: #303844; --track: #222932; --explicit: #58b37d; --lacks: #e0705f; --ambiguous: #e0a64c;
  --conflicting: #ad85da; --unresolved: #97a1ad; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.figure { font-size: 2.6rem; font-weight: 650; line-height: 1.1; margin: 1rem 0 0; }
.faint { color: var(--faint); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--faint); font-size: .85rem; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } td.n { white-space: nowrap; }
td.name { overflow-wrap: anywhere; min-width: 5rem; } td.bar { width: 34%; }
svg { display: block; width: 100%; height: 14px; }
.years { display: flex; align-items: end; gap: 2px; border-bottom: 1px solid var(--line); }
.years div { flex: 1; min-width: 0; text-align: center; font-size: .7rem; white-space: nowrap; }
.years svg { height: 150px; border-bottom: 1px solid var(--faint); }
.key svg { display: inline-block; width: .8em; height: .8em; margin-left: .4em; }
li { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
@media (max-width: 40rem) { td.bar { display: none; }
  th, td { font-size: .8rem; padding-right: .3rem; }
  td.name { min-width: 4rem; } }
rect.track { fill: var(--track); }
.explicit { fill: var(--explicit); } .none, .lacks { fill: var(--lacks); }
.ambiguous { fill: var(--ambiguous); } .conflicting { fill: var(--conflicting); }
.unresolved { fill: var(--unresolved); } .other { fill: var(--faint); }
"""

_MOST_LABELS = 12
"""Years with a label: more would run into each other on a narrow screen."""


def page(found: Aggregates, source: str, as_of: str) -> str:
    """The whole page; every outside string is escaped."""
    total = found.total
    many = f"{found.kind}s"
    body = [
        f"<h1>Census of {html(source)}</h1>",
        f'<p class="faint">{total.subjects:,} {many}; as of {html(as_of)}</p>',
    ]
    if total.subjects:
        body += _figures(found, many)
        body += _states(found, many)
        body += _parts("Licenses", found.licenses, total, many, "explicit")
        body += _parts("Restrictions", found.restrictions, total, many, "other")
        body += _years(found.years, many, total.downloads)
        body += _groups("Authors", found.authors, many, total.downloads)
        body += _groups("Categories", found.categories, many, total.downloads)
        if [s.name for s in found.personal_data] != ["unknown"]:
            title = "Documentation of personal data"
            body += _parts(title, found.personal_data, total, many, "other")
        body += _parts("Not read", found.unread, total, many, "unresolved")
        body += _first(found)
    body.append(
        '<p class="faint">Lacking: no license, or an ambiguous one, of what was read. '
        f"{_WEIGHT if total.downloads else ''}"
        "Only what is declared was read; this is no legal advice.</p>"
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>License census of {html(source)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


_WEIGHT = (
    "By downloads: what part of a group's downloads is of subjects that lack. Of downloads: the "
    "group's part of all. "
)


def _first(found: Aggregates) -> list[str]:
    """The first few that could not be read, each with why."""
    items = [f"<li>{html(one.id)}: {html(one.reason)}</li>" for one in found.unread_first]
    more = found.total.unread - len(items)
    items += [f"<li>and {more:,} more</li>"] if more else []
    return ["<ul>", *items, "</ul>"] if items else []


def _figures(found: Aggregates, many: str) -> list[str]:
    total = found.total
    read = f" of {total.read:,} read" if total.unread else ""
    lines = [f"<p>none of the {many} could be read: what lacks a license is not known.</p>"]
    if total.read:
        lines = [
            f'<p class="figure">{html(percent(total.lacking, total.read))}</p>',
            f"<p>of the {many} lack an explicit license ({total.lacking:,}{read}).</p>",
        ]
    bounds = interval(found)
    sentences = ([bounds] if bounds else []) + further(found)
    lines += [f"<p>{html(sentence)}.</p>" for sentence in sentences]
    if found.metadata_only:
        lines.append(f'<p class="faint">{html(METADATA_ONLY)}</p>')
    return lines


def _states(found: Aggregates, many: str) -> list[str]:
    css = {state.name: state.name for state in found.states}
    return _parts("License states", found.states, found.total, many, css)


def _parts(
    title: str, parts: Sequence[Share], total: Share, many: str, css: str | Mapping[str, str]
) -> list[str]:
    """Parts of the whole, with their part of the downloads where these are known."""
    rows = []
    for part in parts:
        cells = [
            _name(part.name),
            _number(f"{part.subjects:,}"),
            _number(percent(part.subjects, total.subjects)),
        ]
        if total.downloads:
            cells.append(_number(percent(part.downloads or 0, total.downloads)))
        fill = css if isinstance(css, str) else css[part.name]
        rows.append([*cells, _bar(part.subjects, total.subjects, fill)])
    heads = ["", many, "share"] + (["of downloads"] if total.downloads else []) + [""]
    return _table(title, heads, rows)


def _groups(title: str, groups: Sequence[Share], many: str, downloads: int | None) -> list[str]:
    """Groups: how many subjects, and how many of these lack, also weighted by downloads."""
    rows = []
    for group in groups:
        cells = [
            _name(group.name),
            _number(f"{group.subjects:,}"),
            _number(percent(group.lacking, group.read)),
        ]
        if downloads:
            lost = percent(group.downloads_lacking or 0, group.downloads_read)
            cells += [_number(lost), _number(percent(group.downloads or 0, downloads))]
        rows.append([*cells, _bar(group.lacking, group.read, "lacks")])
    heads = ["", many, "lacking"] + (["by downloads", "of downloads"] if downloads else []) + [""]
    return _table(title, heads, rows)


def _years(years: Sequence[Share], many: str, downloads: int | None) -> list[str]:
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
        '<p class="faint key"><svg viewBox="0 0 10 10"><rect class="lacks" width="10" height="10"/>'
        '</svg> lacking an explicit license <svg viewBox="0 0 10 10">'
        '<rect class="explicit" width="10" height="10"/></svg> not lacking '
        '<svg viewBox="0 0 10 10"><rect class="unresolved" width="10" height="10"/></svg> not '
        "read. Numbers over the columns: "
        f"{html(many)}.</p>"
    )
    numbers = _groups("", years, many, downloads)[1:]
    return [
        "<h2>Years of the last change</h2>",
        f'<div class="years" role="img" aria-label="{html(said)}">{"".join(columns)}</div>',
        legend,
        *numbers,
    ]


def _column(year: Share, most: int) -> str:
    """One column of 100 units for the largest year: lacking, not lacking, not read, bottom up."""
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


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return []
    head = "".join(
        f'<th class="n">{html(h)}</th>' if 0 < i < len(heads) - 1 else f"<th>{html(h)}</th>"
        for i, h in enumerate(heads)
    )
    lines = "".join(f"<tr>{''.join(row)}</tr>\n" for row in rows)
    return [
        f"<h2>{html(title)}</h2>",
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>\n{lines}'
        "</tbody></table></div>",
    ]


def _name(text: str) -> str:
    return f'<td class="name">{html(text)}</td>'


def _number(text: str) -> str:
    return f'<td class="n">{html(text)}</td>'


def _bar(part: int, whole: int, css: str) -> str:
    share = 100 * part / whole if whole else 0.0
    return (
        '<td class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="100" height="10"/>'
        f'<rect class="{css}" width="{share:.2f}" height="10"/></svg></td>'
    )

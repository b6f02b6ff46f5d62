"""A census as one HTML page: tables with bars as inline SVG, no script, nothing loaded. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.census.aggregate import Aggregates, Share
from provenance.render.escape import html

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
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.name { overflow-wrap: anywhere; } td.bar { width: 34%; }
svg { display: block; width: 100%; height: 14px; }
svg.years { height: 160px; } rect.track { fill: var(--track); }
.explicit { fill: var(--explicit); } .none, .lacks { fill: var(--lacks); }
.ambiguous { fill: var(--ambiguous); } .conflicting { fill: var(--conflicting); }
.unresolved { fill: var(--unresolved); } .other { fill: var(--faint); }
"""


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
        body += _parts("Licenses", found.licenses, total.subjects, many, "explicit")
        body += _parts("Restrictions", found.restrictions, total.subjects, many, "other")
        body += _years(found.years)
        body += _groups("Authors", found.authors, many)
        body += _groups("Categories", found.categories, many)
        if [s.name for s in found.personal_data] != ["unknown"]:
            title = "Documentation of personal data"
            body += _parts(title, found.personal_data, total.subjects, many, "other")
        body += _parts("Not read", found.unread, total.subjects, many, "unresolved")
    body.append(
        '<p class="faint">Lacking: none, ambiguous or unresolved. Only what is declared was read; '
        "this is no legal advice.</p>"
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


def _figures(found: Aggregates, many: str) -> list[str]:
    total = found.total
    lines = [
        f'<p class="figure">{_percent(total.lacking, total.subjects)}</p>',
        f"<p>of the {many} lack an explicit license ({total.lacking:,}).</p>",
    ]
    if total.downloads:
        share = _percent(total.downloads_lacking or 0, total.downloads)
        lines.append(
            f"<p>{share} of {total.downloads:,} downloads are of {many} that lack one.</p>"
        )
    if found.undeclared is not None:
        share = _percent(found.undeclared, total.subjects)
        lines.append(f"<p>{share} of the models name no training data ({found.undeclared:,}).</p>")
    if found.mean_lacking is not None:
        lines.append(
            f"<p>{100 * found.mean_lacking:.1f} % of the named training data lacks a license "
            "(mean over the models that name any).</p>"
        )
    return lines


def _states(found: Aggregates, many: str) -> list[str]:
    total = found.total
    rows = []
    for state in found.states:
        cells = [
            _name(state.name),
            _number(f"{state.subjects:,}"),
            _number(_percent(state.subjects, total.subjects)),
        ]
        if total.downloads:
            cells.append(_number(_percent(state.downloads or 0, total.downloads)))
        rows.append([*cells, _bar(state.subjects, total.subjects, state.name)])
    heads = ["License state", many, "share"] + (["of downloads"] if total.downloads else []) + [""]
    return _table("License states", heads, rows)


def _parts(title: str, parts: Sequence[Share], whole: int, many: str, css: str) -> list[str]:
    rows = [
        [
            _name(part.name),
            _number(f"{part.subjects:,}"),
            _number(_percent(part.subjects, whole)),
            _bar(part.subjects, whole, css),
        ]
        for part in parts
    ]
    return _table(title, ["", many, "share", ""], rows)


def _groups(title: str, groups: Sequence[Share], many: str) -> list[str]:
    rows = [
        [
            _name(group.name),
            _number(f"{group.subjects:,}"),
            _number(_percent(group.lacking, group.subjects)),
            _bar(group.lacking, group.subjects, "lacks"),
        ]
        for group in groups
    ]
    return _table(title, ["", many, "lacking", ""], rows)


def _years(years: Sequence[Share]) -> list[str]:
    """Columns: subjects by year of the last change, the lacking part at the bottom."""
    if not years:
        return []
    most = max(year.subjects for year in years)
    step = 600 / len(years)
    shapes, labels = [], []
    for i, year in enumerate(years):
        whole, low = 150 * year.subjects / most, 150 * year.lacking / most
        words = f"{year.name}: {year.subjects:,}, {_percent(year.lacking, year.subjects)} lacking"
        labels.append(words)
        at = f'x="{i * step + 4:.1f}" width="{step - 8:.1f}"'
        shapes.append(
            f"<g><title>{html(words)}</title>"
            f'<rect class="explicit" {at} y="{150 - whole:.1f}" height="{whole - low:.1f}"/>'
            f'<rect class="lacks" {at} y="{150 - low:.1f}" height="{low:.1f}"/></g>'
        )
    drawing = (
        f'<svg class="years" viewBox="0 0 600 150" preserveAspectRatio="none" role="img" '
        f'aria-label="{html("; ".join(labels))}">{"".join(shapes)}</svg>'
    )
    span = f"{html(years[0].name)} to {html(years[-1].name)}"
    caption = f'<p class="faint">{span}; red: lacking an explicit license.</p>'
    return ["<h2>Years of the last change</h2>", drawing, caption]


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
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{lines}</tbody></table>",
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


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"

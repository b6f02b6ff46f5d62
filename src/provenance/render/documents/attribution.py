"""What licenses oblige an adopter to carry: names, links, notices; as Markdown and plain text.

It covers the model, the models it was made from, the training sets and what those were made from.
What no notice can be written for is listed too, with the reason, so that a notice is never taken
for complete. The citations that cards give follow, whatever the license: who gives one asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from provenance.escape import (
    markdown,
    markdown_block,
    markdown_code,
    terminal,
    terminal_lines,
)
from provenance.render import sentences
from provenance.render.documents.citations import bibtex_of, given
from provenance.render.documents.notices import Notice, Notices, notices
from provenance.report.report import Report

_SUMMED_UP = (
    "What the licenses ask for is summed up in a few words; the license texts decide. The names of "
    "authors are those that the citations on the cards give; who else holds rights is not known "
    "here: look for copyright lines in each repository."
)
_NOTHING_ASKED = "These ask for nothing to be carried"
_NOTHING = "Nothing here asks for a notice."
_NOTHING_WRITTEN = "No notice could be written; that does not mean that none is due."
_OPEN = "No notice can be written for"
_CITATIONS = "Citations that the cards give"


def _groups(found: Notices) -> Iterable[tuple[str, tuple[Notice, ...]]]:
    """The notices under their titles; groups with none are left out."""
    groups = (
        (f"The {found.kind}", found.subject),
        ("Models it was made from", found.bases),
        ("Training data", found.sets),
        ("What the training data was made from", found.sources),
    )
    return (group for group in groups if group[1])


def render_markdown(report: Report) -> str:
    """The notice as Markdown, for a model card."""
    found = notices(report)
    lines = [
        f"# Attribution for {markdown_code(report.subject.id)}",
        "",
        f"As of {markdown(report.as_of)}. {_SUMMED_UP}",
        "",
    ]
    for title, group in _groups(found):
        lines += [f"## {title}", "", *(_markdown_line(notice) for notice in group), ""]
    if found.free:
        free = (f"{markdown(n.name)} ({markdown(n.license)})" for n in found.free)
        lines += [f"{_NOTHING_ASKED}: {', '.join(free)}.", ""]
    if found.nothing:
        lines += [_NOTHING_WRITTEN if found.open else _NOTHING, ""]
    if found.open:
        lines += [f"## {_OPEN}", ""]
        lines += [f"- {markdown(one.name)}: {markdown(one.why)}" for one in found.open]
        lines.append("")
    citations = bibtex_of(report, given(report))
    if citations:
        lines += [f"## {_CITATIONS}", "", markdown_block(citations, "bibtex"), ""]
    return "\n".join([*lines, f"<sub>{markdown(sentences.footer(report))}</sub>", ""])


def _markdown_line(notice: Notice) -> str:
    name = f"[{markdown(notice.name)}]({notice.url})" if notice.url else markdown(notice.name)
    terms = markdown(notice.license)
    linked = [(symbol, url) for symbol, url in notice.texts if url]
    if len(linked) == 1 and linked[0][0] == notice.license:
        terms = f"[{terms}]({linked[0][1]})"
    elif linked:
        texts = ", ".join(f"[{markdown(symbol)}]({url})" for symbol, url in linked)
        terms = f"{terms} (texts: {texts})"
    by = f" by {markdown(notice.authors)}" if notice.authors else ""
    duties = f": {markdown('; '.join(notice.duties))}" if notice.duties else ""
    cite = f"; cite {', '.join(map(markdown_code, notice.cite))}" if notice.cite else ""
    return f"- {name}{by}, {terms}{duties}{cite}"


def render_text(report: Report) -> str:
    """The notice as plain text, for a NOTICE file."""
    found = notices(report)
    lines = [terminal(f"Attribution for {report.subject.id}, as of {report.as_of}"), ""]
    lines += [_SUMMED_UP, ""]
    for title, group in _groups(found):
        lines += [f"{title}:", ""]
        for notice in group:
            lines += [terminal(line) for line in _text_lines(notice)]
        lines.append("")
    if found.free:
        lines.append(f"{_NOTHING_ASKED}:")
        lines += [terminal(f"  {n.name}, {n.license}") for n in found.free]
        lines.append("")
    if found.nothing:
        lines += [_NOTHING_WRITTEN if found.open else _NOTHING, ""]
    if found.open:
        lines.append(f"{_OPEN}:")
        lines += [terminal(f"  {one.name}: {one.why}") for one in found.open]
        lines.append("")
    citations = bibtex_of(report, given(report))
    if citations:
        lines += [f"{_CITATIONS}:", "", terminal_lines(citations), ""]
    return "\n".join([*lines, sentences.footer(report), ""])


def _text_lines(notice: Notice) -> list[str]:
    lines = [f"{notice.name}, {notice.license}"]
    if notice.authors:
        lines.append(f"  by {notice.authors}")
    lines += [f"  {url}" for url in (notice.url, *(url for _, url in notice.texts)) if url]
    lines += [f"  {duty}" for duty in notice.duties]
    return lines + [f"  cite {key}" for key in notice.cite]

"""What the licenses of the training data oblige an adopter to carry: names, links, notices.

A notice is written for every set whose concluded license asks for attribution; what cannot be
written because a license is missing or unclear is listed too, so that the notice is not taken
for complete. The citations that cards give follow, whatever the license: who gives one asks for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.license import LicenseState, Restriction
from provenance.render import links, words
from provenance.render.citations import Given, bibtex_of, given
from provenance.render.escape import (
    markdown,
    markdown_block,
    markdown_code,
    terminal,
    terminal_lines,
)
from provenance.render.page import Page
from provenance.report import Report
from provenance.training import TrainingSet

_DUTY = {
    Restriction.ATTRIBUTION: "name the source and keep its notices",
    Restriction.SHARE_ALIKE: "license adaptations alike",
    Restriction.NO_DERIVATIVES: "share no adaptations",
    Restriction.NON_COMMERCIAL: "no commercial use",
    Restriction.RESEARCH_ONLY: "research use only",
    Restriction.USE_RESTRICTIONS: "pass on the list of forbidden uses",
    Restriction.MODEL_OUTPUT_TERMS: "terms reach what the model makes",
    Restriction.REGISTRATION: "obtained on registration",
    Restriction.ALL_RIGHTS_RESERVED: "all rights are reserved",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of an attribution notice; texts are as read, not escaped."""

    name: str
    url: str | None
    license: str
    license_url: str | None
    duties: tuple[str, ...]
    cite: tuple[str, ...] = ()
    """Keys of the citations that its card gives."""


def notices(report: Report) -> tuple[list[Notice], list[TrainingSet]]:
    """A notice for every set that asks for one, and the sets for which none can be written."""
    written, open_sets = [], []
    citations = given(report)
    for item in report.training_sets:
        if item.license.state is LicenseState.EXPLICIT:
            if item.license.restrictions:
                written.append(_notice(report, item, citations))
        else:
            open_sets.append(item)
    return written, open_sets


def _of_the_data(report: Report) -> tuple[Given, ...]:
    """What cards of training sets give to be cited; the subject's own entry is none of theirs."""
    asked = {citation for item in report.training_sets for citation in item.citations}
    return tuple(one for one in given(report) if not asked.isdisjoint(one.places))


def _notice(report: Report, item: TrainingSet, citations: tuple[Given, ...]) -> Notice:
    concluded = item.license.concluded
    known = re.fullmatch(r"[A-Za-z0-9.+-]+", concluded) and not concluded.startswith("LicenseRef-")
    return Notice(
        item.name if item.id is None else item.id,
        links.dataset_url(report, item.id),
        concluded,
        f"https://spdx.org/licenses/{concluded}.html" if known else None,
        tuple(_DUTY[r] for r in item.license.restrictions),
        tuple(one.key for one in citations if any(c in one.places for c in item.citations)),
    )


def render_markdown(report: Report, page: Page) -> str:
    """The notice as Markdown, for a model card."""
    written, missing = notices(report)
    lines = [
        f"# Training data of {markdown_code(report.subject.id)}",
        "",
        f"As of {markdown(report.as_of)}. "
        "What the licenses ask for is summed up in a few words; the license texts decide.",
        "",
    ]
    for notice in written:
        name = f"[{markdown(notice.name)}]({notice.url})" if notice.url else markdown(notice.name)
        terms = markdown(notice.license)
        terms = f"[{terms}]({notice.license_url})" if notice.license_url else terms
        duties = f": {markdown('; '.join(notice.duties))}" if notice.duties else ""
        cite = f"; cite {', '.join(map(markdown_code, notice.cite))}" if notice.cite else ""
        lines.append(f"- {name}, {terms}{duties}{cite}")
    if not written:
        lines.append("No set with an explicit license asks for a notice.")
    if missing:
        lines += ["", "## No notice can be written for", ""]
        lines += [f"- {markdown(words.label(s))}: license {s.license.state.value}" for s in missing]
    citations = bibtex_of(report, _of_the_data(report))
    if citations:
        lines += [
            "",
            "## Citations that the cards of the data give",
            "",
            markdown_block(citations, "bibtex"),
        ]
    return "\n".join([*lines, "", f"<sub>{markdown(words.footer(report))}</sub>", ""])


def render_text(report: Report, page: Page) -> str:
    """The notice as plain text, for a NOTICE file."""
    written, missing = notices(report)
    lines = [terminal(f"Training data of {report.subject.id}, as of {report.as_of}"), ""]
    for notice in written:
        lines.append(terminal(f"{notice.name}, {notice.license}"))
        lines += [f"  {terminal(url)}" for url in (notice.url, notice.license_url) if url]
        lines += [f"  {terminal(duty)}" for duty in notice.duties]
        lines += [f"  cite {terminal(key)}" for key in notice.cite]
    if not written:
        lines.append("No set with an explicit license asks for a notice.")
    if missing:
        lines += ["", "No notice can be written for:"]
        lines += [terminal(f"  {words.label(s)}: license {s.license.state.value}") for s in missing]
    citations = bibtex_of(report, _of_the_data(report))
    if citations:
        lines += ["", "Citations that the cards of the data give:", "", terminal_lines(citations)]
    return "\n".join([*lines, "", words.footer(report), ""])

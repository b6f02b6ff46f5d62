"""What the licenses of the training data oblige an adopter to carry: names, links, notices.

A notice is written for every set whose concluded license asks for attribution; what cannot be
written because a license is missing or unclear is listed too, so that the notice is not taken
for complete.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.license import LicenseState, Restriction
from provenance.render import links, words
from provenance.render.escape import markdown, markdown_code, terminal
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


def notices(report: Report) -> tuple[list[Notice], list[TrainingSet]]:
    """A notice for every set that asks for one, and the sets for which none can be written."""
    written, open_sets = [], []
    for item in report.training_sets:
        if item.license.state is LicenseState.EXPLICIT:
            if item.license.restrictions:
                written.append(_notice(report, item))
        else:
            open_sets.append(item)
    return written, open_sets


def _notice(report: Report, item: TrainingSet) -> Notice:
    concluded = item.license.concluded
    known = re.fullmatch(r"[A-Za-z0-9.+-]+", concluded) and not concluded.startswith("LicenseRef-")
    return Notice(
        item.name if item.id is None else item.id,
        links.dataset_url(report, item.id),
        concluded,
        f"https://spdx.org/licenses/{concluded}.html" if known else None,
        tuple(_DUTY[r] for r in item.license.restrictions),
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
        lines.append(f"- {name}, {terms}{duties}")
    if not written:
        lines.append("No set with an explicit license asks for a notice.")
    if missing:
        lines += ["", "## No notice can be written for", ""]
        lines += [f"- {markdown(words.label(s))}: license {s.license.state.value}" for s in missing]
    return "\n".join([*lines, "", f"<sub>{markdown(words.footer(report))}</sub>", ""])


def render_text(report: Report, page: Page) -> str:
    """The notice as plain text, for a NOTICE file."""
    written, missing = notices(report)
    lines = [terminal(f"Training data of {report.subject.id}, as of {report.as_of}"), ""]
    for notice in written:
        lines.append(terminal(f"{notice.name}, {notice.license}"))
        lines += [f"  {terminal(url)}" for url in (notice.url, notice.license_url) if url]
        lines += [f"  {terminal(duty)}" for duty in notice.duties]
    if not written:
        lines.append("No set with an explicit license asks for a notice.")
    if missing:
        lines += ["", "No notice can be written for:"]
        lines += [terminal(f"  {words.label(s)}: license {s.license.state.value}") for s in missing]
    return "\n".join([*lines, "", words.footer(report), ""])


_BIBTEX_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}


def render_bibtex(report: Report, page: Page) -> str:
    """An ``@misc`` entry for every training set on the Hub: id, address, revision, license.

    A report holds no author names; where a card asks for a citation of its own, that one is due.
    """
    entries, used = [], set()
    for item in report.training_sets:
        if item.id is None:
            continue
        key = re.sub(r"[^A-Za-z0-9]+", "-", item.id).strip("-").lower() or "set"
        while key in used:
            key += "x"
        used.add(key)
        fields = {"title": _tex(item.id)}
        url = links.dataset_url(report, item.id)
        if url:
            fields["howpublished"] = rf"\url{{{url}}}"
        version = f"revision {item.revision}, " if item.revision else ""
        fields["note"] = _tex(f"{version}license {item.license.concluded}, as of {report.as_of}")
        body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        entries.append(f"@misc{{{key},\n{body}}}\n")
    return "\n".join(entries) or "% no training set has a place on the Hub\n"


def _tex(text: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(char, char) for char in terminal(text))

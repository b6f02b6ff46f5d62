"""Citations: the BibTeX entries that cards give, and one made for every set whose card gives none.

A comment above each entry says which it is and where it was read.
"""

from __future__ import annotations

import re

from provenance.escape import (
    bibtex_comment,
    bibtex_field,
    bibtex_key,
    bibtex_kind,
    bibtex_text,
)
from provenance.frozen import frozen
from provenance.render import links, origin_words, set_words
from provenance.report.evidence import Evidence
from provenance.report.report import Report
from provenance.report.training import Citation, TrainingSet
from provenance.vocabulary.statuses import Status


@frozen
class Given:
    """One citation of a document; texts are as read, but for the key."""

    key: str
    """Unique in the document whatever the case of letters, and safe to write."""
    citation: Citation
    places: tuple[Citation, ...]
    """Every citation that this one stands for, itself first."""


def given(report: Report) -> tuple[Given, ...]:
    """The citations that cards give: the subject's own first, then the sets' in their order.

    Entries of one key and title are one; the first is written. Other entries of the same key get
    ``-2``, ``-3`` … at the end of it.
    """
    same: dict[tuple[str, str], list[Citation]] = {}
    for citation in (*report.citations, *(c for s in report.training_sets for c in s.citations)):
        same.setdefault(_identity(citation), []).append(citation)
    used: set[str] = set()
    due = []
    for places in same.values():
        first = places[0]
        key = bibtex_key(first.key) or _made_key(first.evidence.repo.partition("/")[2])
        due.append(Given(_unique(key, used), first, tuple(dict.fromkeys(places))))
    return tuple(due)


def _identity(citation: Citation) -> tuple[str, str]:
    """Key and title without case, braces, TeX commands and punctuation."""
    title = next((f.value for f in citation.fields if f.name == "title"), None)
    if title is None:
        title = " ".join(f.value for f in citation.fields)
    return _letters(citation.key), _letters(re.sub(r"\\[A-Za-z]+", "", title))


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _made_key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower() or "set"


def _unique(key: str, used: set[str]) -> str:
    candidate, number = key, 1
    while candidate.lower() in used:
        number += 1
        candidate = f"{key}-{number}"
    used.add(candidate.lower())
    return candidate


def bibtex_of(report: Report, citations: tuple[Given, ...]) -> str:
    """The entries as BibTeX, each under the places it was read at; empty when there are none."""
    return "\n\n".join(_given_entry(report, citation) for citation in citations)


def render(report: Report) -> str:
    """What cards give to be cited, then an ``@misc`` entry for every other set on the Hub.

    A made entry holds id, address, revision and license; a report knows no authors of its own. One
    whose id is a guess says so and has no address.
    """
    if report.subject.status is not Status.FOUND:
        unread = f"{report.subject.id} was not read: what there is to cite is not known"
        return bibtex_comment(unread) + "\n"
    if report.subject.kind == "corpus":
        return bibtex_comment("a scan reads records and no cards: nothing to cite is known") + "\n"
    citations = given(report)
    used = {citation.key.lower() for citation in citations}
    entries = [bibtex_of(report, citations)] if citations else []
    entries += [
        _made_entry(report, item, used)
        for item in report.training_sets
        if item.id is not None and not item.citations
    ]
    none = "no training set has a place on the Hub, and no card gives anything to be cited"
    if report.undeclared:
        nothing = origin_words.nothing_named(report)
        none = f"{nothing[:1].lower()}{nothing[1:]}, and gives nothing to be cited"
    line = origin_words.digest_line(report)
    head = bibtex_comment(line) + "\n\n" if line is not None else ""
    return head + ("\n\n".join(entries) or bibtex_comment(none)) + "\n"


def _given_entry(report: Report, due: Given) -> str:
    marks = {s.key: set_words.identity_mark(s) for s in report.training_sets}
    read_at = dict.fromkeys(
        _place(report, place.evidence) + _set_mark(marks.get(place.evidence.repo))
        for place in due.places
    )
    fields = dict(bibtex_field(f.name, f.value) for f in due.citation.fields)
    return "\n".join(
        [
            *(bibtex_comment(f"given by {place}") for place in read_at),
            f"@{bibtex_kind(due.citation.kind)}{{{due.key},",
            *(f"  {name} = {value}," for name, value in fields.items()),
            "}",
        ]
    )


def _set_mark(mark: str | None) -> str:
    """What to say of a card that the subject does not name by its id."""
    return f", a card that the subject does not name ({mark})" if mark else ""


def _place(report: Report, evidence: Evidence) -> str:
    line = f":{evidence.line}" if evidence.line is not None else ""
    url = links.evidence_url(report, evidence)
    return f"{evidence.repo}:{evidence.path}{line}" + (f" {url}" if url else "")


def _made_entry(report: Report, item: TrainingSet, used: set[str]) -> str:
    key = _unique(_made_key(item.id or item.name), used)
    url = None if item.guess else links.dataset_url(report, item.id)
    version = f"revision {item.revision}, " if item.revision else ""
    note = bibtex_text(f"{version}license {item.license.concluded}, as of {report.as_of}")
    read = item.resolved and not report.source.digest
    why = "its card as read gives no whole BibTeX entry" if read else "no card was read"
    mark = set_words.identity_mark(item)
    guess = f"; {mark}" if mark else ""
    lines = [
        bibtex_comment(f"made from the report: {why}{guess}"),
        f"@misc{{{key},",
        f"  title = {{{bibtex_text(item.id or item.name)}}},",
        rf"  howpublished = {{\url{{{url}}}}}," if url else "",
        f"  note = {{{note}}},",
        "}",
    ]
    return "\n".join(line for line in lines if line)

"""A draft of the public summary of training content: EU AI Act, Art. 53(1)(d).

The outline follows the sections of the AI Office's template of 24 July 2025 (Explanatory Notice
and Template for the Public Summary of Training Content); the words are this project's own. What a
report does not hold is left blank, and every blank says so: only the provider can fill it.
"""

from __future__ import annotations

from dataclasses import replace

from provenance.errors import UsageError
from provenance.escape import markdown, markdown_code
from provenance.render import links, sentences
from provenance.render.documents import template_facts
from provenance.render.documents.art53_general import general, is_size, model_link, who_names
from provenance.render.documents.blanks import asked, blank, bullets
from provenance.report import shares
from provenance.report.license import LicenseState
from provenance.report.lineage import EdgeKind, NodeKind
from provenance.report.report import Report
from provenance.report.training import Signal, TrainingSet
from provenance.vocabulary.keys import NAMED
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.statuses import Status

_LARGE = 0.03
"""Template, section 2.1: a public dataset is large above 3 % of the public data of its modality."""
_NO_MODEL = frozenset({"dataset", "corpus"})


def render(report: Report) -> str:
    """The draft as Markdown.

    Raises:
        UsageError: the subject is no model; the law asks the summary of models.

    """
    if report.subject.kind in _NO_MODEL:
        raise UsageError(
            f"--format art53 is about models: {report.subject.id} is a {report.subject.kind}; "
            "audit the model that was trained on it"
        )
    unread = sentences.unread(report)
    read = unread is None
    filled = (
        f"Filled in from {sentences.filled_from(report)}, read from "
        f"{markdown(sentences.source_words(report))}, as of {markdown(report.as_of)}."
        if unread is None
        else f"The card of the model was not read ({markdown(unread)}): nothing is filled "
        "in, and nothing follows from that."
    )
    parts = [
        f"# Public summary of training content (draft): {markdown_code(report.subject.id)}",
        f"{filled} {blank('marks what only the provider can say')} This is a draft, not a "
        "statement by the provider, and no legal advice.",
        _whether_due(report),
        f"Version of this summary, date of its last update, link to earlier ones: {blank()}",
        *general(report, read=read),
        *_sources(report, read=read),
        *_processing(report),
        f"<sub>{markdown(sentences.footer(report))}</sub>",
    ]
    return "\n\n".join(parts) + "\n"


def _is_public(item: TrainingSet) -> bool:
    """Whether the set has a page that could be read, and is certain to be that one."""
    return item.resolved and item.id is not None and not item.guess


def _whether_due(report: Report) -> str:
    """That this draft decides nothing about whether, and from when, the summary is owed.

    Dates of Regulation (EU) 2024/1689 Art. 113(b) and 111(3), read on 2026-11-30 at
    https://aiexponent.com/docs/license-compliance-checker, no official text.
    """
    return (
        f"Whether {markdown_code(report.subject.id)} is a general-purpose model, who its provider "
        "is, and whether it is on the Union market is not decided here. The duty applies since 2 "
        "August 2025; for models placed on the market before, by 2 August 2027 (Art. 113 and "
        f"111(3), from a secondary source). {blank('whether and from when it applies')}"
    )


def _sources(report: Report, *, read: bool) -> list[str]:
    own = sentences.own_sets(report) if read else []
    open_ = [s for s in own if not _is_public(s)]
    parts = ["## 2 Sources of data", "### 2.1 Publicly available datasets"]
    parts += [
        asked("Were such datasets used?"),
        *_public(report, [s for s in own if _is_public(s)]),
    ]
    if read and not own:
        parts.append(f"{sentences.nothing_named(report)}, which does not mean that there was none.")
    parts += _private()
    crawl = "names of the crawlers, their purposes and behaviour (reservations of rights, paywalls "
    parts += [
        "### 2.3 Data crawled and scraped from online sources",
        asked(
            "Did the provider use crawlers, or have them used?",
            crawl + "and captchas), period from month to month, kinds of content and of sites, "
            "modalities",
        ),
        "Domain names with most of the content, the first 10 % of them (small and medium "
        f"enterprises: the first 5 %, or 1,000): {blank()}",
        *_domains(own),
        *_said(own, "crawl", "crawler", "crawl-period", "crawl-domains"),
        "### 2.4 Data of users",
        asked("Were interactions with the model used?", "a description and the modalities"),
        asked(
            "Were interactions with the provider's other services or products used?",
            "which, a description and the modalities",
        ),
        *_said(own, "user-conversations"),
        "### 2.5 Synthetic data",
        asked(
            "Was data made by AI models, by the provider or for it, used?",
            "the models that made it with links to their summaries, and the modalities",
        ),
        *_said(own, "synthetic", "generator"),
        "### 2.6 Other sources",
        asked("Was data from other sources used?", "a description"),
    ]
    if open_:
        where = "by the facts" if report.subject.digested else "on the card"
        parts += [
            f"### Named {where}, section for the provider to choose",
            "Whether these are public could not be established. "
            f"{blank('the section from 2.1 to 2.6 that each belongs to')}",
            bullets(_line(report, s) for s in open_),
        ]
    return parts + (_inherited(report) if read else [])


def _domains(own: list[TrainingSet]) -> list[str]:
    """Domains that cards name, each with its line; which of them gave most no card says."""
    found = template_facts.domains(own)
    if not found:
        return []
    return [
        "Domains that cards of the named sets name where they tell of crawling, in the order of "
        "the alphabet; how much came from each is not found:",
        bullets(
            f"{markdown_code(one.name)}: {markdown(one.set_name)}, "
            f"{markdown_code(sentences.place(one.evidence))}"
            for one in found
        ),
    ]


def _public(report: Report, public: list[TrainingSet]) -> list[str]:
    """Section 2.1: the large ones by name, where anything is known of how large they are."""
    if not public:
        return [f"Names and links of large ones; a description of the others: {blank()}"]
    measure = sentences.headline(report)
    known: dict[TrainingSet, float] = {}
    if measure is not None and is_size(measure):
        known = {s: w for s in public if (w := shares.weight_of(s, measure)) is not None}
    total = sum(known.values())
    large = [s for s in public if total and known.get(s, 0.0) / total > _LARGE]
    read = "that facts say more of" if report.source.digest else "whose own card was read"
    parts = [f"Modalities: {blank()}", f"Those that {who_names(report)} and {read}:"]
    if measure is None or not known:
        parts[-1] += (
            " which of them are large is not known. "
            f"{blank('which exceed 3 % of the public data of their modality')}"
        )
    else:
        unit = markdown(shares.measure_name(measure))
        parts.append(
            f"Large, with more than 3 % of the {unit} of the sets in this section, known for "
            f"{len(known)} of {len(public)}. The template asks for 3 % of the public data of each "
            f"modality. {blank('the same by modality')}"
        )
        parts.append(bullets(_line(report, s) for s in large) if large else "None.")
        parts.append("Others, and sets of unknown size:")
    rest = [s for s in public if s not in large]
    parts.append(bullets(_line(report, s) for s in rest) if rest else "None.")
    return parts


def _private() -> list[str]:
    return [
        "### 2.2 Private datasets obtained from third parties",
        "#### 2.2.1 Licensed by rightsholders or their representatives",
        asked("Were commercial licenses agreed with them?", "the modalities"),
        "#### 2.2.2 Obtained from other third parties",
        asked(
            "Were such datasets used?",
            "the names of those that are publicly known, a description of the others, and the "
            "modalities",
        ),
    ]


def _said(sets: list[TrainingSet], *topics: str) -> list[str]:
    """What cards of the sets say of a topic, quoted: of how the sets were made, by whoever did."""
    found: dict[str, None] = {}
    for item in sets:
        for signal in item.personal_data.signals:
            if signal.topic in topics:
                found[_quote(item, signal)] = None
    if not found:
        return []
    heading = "What cards of the named sets say, of their makers and not of the provider:"
    return [heading, bullets(found)]


_SURE = {
    "documented": "",
    "indicated": ", not in so many words",
    "denied": ", denied",
    "undecided": ", left open",
}


def _quote(item: TrainingSet, signal: Signal) -> str:
    sure = _SURE[signal.status]
    detail = f" ({signal.detail})" if signal.detail else ""
    topic = markdown(f"{signal.topic.replace('-', ' ')}{detail}{sure}")
    place = markdown_code(sentences.place(signal.evidence))
    return f"{_name(item)}: {topic}: “{markdown(signal.evidence.excerpt)}” {place}"


def _inherited(report: Report) -> list[str]:
    """What comes through base models, and which of them are not known."""
    through = sentences.inherited_sets(report)
    parts = []
    if through:
        parts += [
            "### Data that comes through base models",
            bullets(
                f"{_line(report, s)}; through {model_link(report, f'models/{s.via[-1]}')}"
                for s in through
            ),
        ]
    unknown = [
        n.key
        for n in report.lineage.nodes
        if n.kind is NodeKind.MODEL
        and n.key != report.lineage.root
        and (n.undeclared or n.status is not Status.FOUND)
    ]
    unknown += [
        e.target
        for e in report.lineage.edges
        if e.kind is EdgeKind.FINETUNED_FROM and e.target.startswith(NAMED)
    ]
    if unknown:
        names = ", ".join(model_link(report, key) for key in dict.fromkeys(unknown))
        parts.append(f"Base models whose training data is not known: {names}.")
    return parts


def _name(item: TrainingSet) -> str:
    if item.guess and item.id is not None and item.id != item.name:
        return f"{markdown(item.name)} (perhaps {markdown_code(item.id)}: a guess)"
    if item.guess:
        return markdown(sentences.label(item)) + " (which one is a guess)"
    return markdown(sentences.named(item))


def _line(report: Report, item: TrainingSet) -> str:
    url = links.dataset_url(report, item.id) if _is_public(item) else None
    mark = sentences.identity_mark(item)
    name = f"[{markdown(sentences.label(item))}]({url})" if url else _name(item)
    name += f" ({markdown(mark)})" if url and mark else ""
    sizes = tuple(m for m in item.weight.measures if not sentences.NO_SIZE.search(m.unit))
    weights = sentences.weight_words(replace(item, weight=replace(item.weight, measures=sizes)))
    size = f": {markdown('; '.join(weights))}" if weights else ": size not known"
    gated = Restriction.REGISTRATION in item.license.restrictions
    gate = "; obtained on registration" if gated else ""
    return f"{name}{size}; {_license(item)}{gate}{_privacy(item)}"


def _license(item: TrainingSet) -> str:
    said = markdown_code(sentences.says(item.license))
    state = item.license.state
    if state is LicenseState.EXPLICIT:
        return f"license {said}"
    if state is LicenseState.NONE:
        return "no license is given"
    if state is LicenseState.UNRESOLVED:
        why = item.unresolved_reason or item.license.reason
        return f"license not known: {markdown(why)}"
    if state is LicenseState.CONFLICTING:
        return f"its license statements disagree: {said}"
    return f"no specific license is named: {said}" if said else "no specific license is named"


_PERSONAL = {
    "contains": "its card says that it holds personal data",
    "none": "its card says that it holds no personal data",
    "anonymised": "its card says that it was anonymised",
}


def _privacy(item: TrainingSet) -> str:
    said = _PERSONAL.get(item.personal_data.statement or "")
    return f"; {said}" if said else ""


def _processing(report: Report) -> list[str]:
    own = sentences.own_sets(report) if report.subject.status is Status.FOUND else []
    return [
        "## 3 Processing of data",
        "### 3.1 Reservations of rights from the text and data mining exception",
        asked(
            "Has the provider signed the Code of Practice for general-purpose AI with its "
            "commitments on such reservations?"
        ),
        "Measures before and during collection, opt-out protocols honoured, policy on copyright: "
        f"{blank()}",
        *_said(own, "tdm-reservation"),
        "### 3.2 Removal of illegal content",
        f"Measures against illegal content in the data: {blank()}",
        "### 3.3 Other information",
        blank("optional"),
    ]

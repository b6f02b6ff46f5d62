"""A draft of the public summary of training content: EU AI Act, Art. 53(1)(d).

The outline follows the sections of the Commission's template of 24 July 2025 (Explanatory notice
and template for the public summary of training content); the words are this project's own. What a
card does not say is left blank, and every blank says so: only the provider can fill it.
"""

from __future__ import annotations

from provenance.lineage import EdgeKind, NodeKind
from provenance.render import links, words
from provenance.render.escape import markdown, markdown_code
from provenance.render.page import Page
from provenance.report import Report
from provenance.training import TrainingSet

_LARGE = 0.03
"""Template, section 2.1: a public dataset is large from 3 % of the public data of its modality."""


def render(report: Report, page: Page) -> str:
    """The draft as Markdown."""
    public = [s for s in words.own_sets(report) if s.resolved and s.id]
    other = [s for s in words.own_sets(report) if not (s.resolved and s.id)]
    parts = [
        f"# Public summary of training content (draft): {markdown_code(report.subject.id)}",
        "Pre-filled from what is declared on the Hub, "
        f"as of {markdown(report.as_of)}. {_blank('marks what only the provider can say')} "
        "This is a draft, not a statement by the provider and no legal advice.",
        *_general(report),
        *_sources(report, public, other),
        *_processing(),
        f"<sub>{markdown(words.footer(report))}</sub>",
    ]
    return "\n\n".join(parts) + "\n"


def _blank(what: str) -> str:
    return f"**[blank: {markdown(what)}]**"


def _general(report: Report) -> list[str]:
    owner = report.subject.id.partition("/")[0] if "/" in report.subject.id else None
    revision = report.subject.revision or "unknown"
    published = f", published on the Hub by {markdown_code(owner)}" if owner else ""
    bases = [
        e.target
        for e in report.lineage.edges
        if e.source == report.lineage.root and e.kind is EdgeKind.FINETUNED_FROM
    ]
    made = ", ".join(markdown_code(b) for b in bases) or "none is declared"
    return [
        "## 1 General information",
        f"**1.1 Provider.** {_blank('name and contact of the provider, and of its representative')}"
        f"{' The model is' + published[1:] + '.' if published else ''}",
        f"**1.2 Model.** {markdown_code(report.subject.id)}, revision {markdown_code(revision)}. "
        f"Models it is built on: {made}. {_blank('date of placing on the market')}",
        f"**1.3 Training data as a whole.** {_size(report)} "
        f"{_blank('modalities, size by modality, latest date of acquisition, languages')}",
    ]


def _size(report: Report) -> str:
    if report.undeclared:
        return "The card names no training data."
    totals = {
        f"{words.count(c.total)} {c.unit}": None
        for c in report.coverage
        if c.total > 0 and c.reading.value == "direct"
    }
    return f"Declared: {markdown('; '.join(totals) or 'no size')}."


def _sources(report: Report, public: list[TrainingSet], other: list[TrainingSet]) -> list[str]:
    measure = words.headline(report)
    large = [s for s in public if (words.share_of(s, measure) or 0) > _LARGE]
    small = [s for s in public if s not in large]
    through = [s for s in report.training_sets if s.via]
    parts = ["## 2 Sources of data", "**2.1 Publicly available datasets**"]
    if not public:
        parts.append(f"None could be identified. {_blank('public datasets used')}")
    if large:
        basis = f" of the {words.measure_name(measure)}" if measure else ""
        parts.append(
            f"Large (more than 3 %{markdown(basis)}; the template asks for 3 % of the public data "
            "of each modality, which is the provider's to compute):"
        )
        parts.append("\n".join(_line(report, s) for s in large))
    if small:
        parts += ["Others, and sets of unknown size:", "\n".join(_line(report, s) for s in small)]
    parts.append("**2.2 Data from third parties that is not public**")
    parts.append(
        f"{_blank('licensed data, and other private data')} "
        + ("Named on the card, but whether it is public could not be established:" if other else "")
    )
    if other:
        parts.append("\n".join(_line(report, s) for s in other))
    parts += [
        f"**2.3 Crawled and scraped data.** {_blank('crawlers, periods, main domains')}",
        f"**2.4 Data of users.** {_blank('services and kinds of data')}",
        f"**2.5 Synthetic data.** {_blank('models used to make data')}",
        f"**2.6 Other sources.** {_blank('anything else')}",
    ]
    if through:
        names = ", ".join(sorted({markdown_code(v) for s in through for v in s.via[-1:]}))
        parts.append(f"Data that comes through base models ({names}):")
        parts.append("\n".join(_line(report, s) for s in through))
    unknown = [
        n.key
        for n in report.lineage.nodes
        if n.kind is NodeKind.MODEL
        and n.key != report.lineage.root
        and (n.undeclared or n.status != "found")
    ]
    if unknown:
        names = ", ".join(markdown_code(key) for key in unknown)
        parts.append(f"Base models whose training data is not known: {names}.")
    return parts


def _line(report: Report, item: TrainingSet) -> str:
    url = links.dataset_url(report, item.id)
    name = markdown(words.label(item))
    linked = f"[{name}]({url})" if url else name
    share = words.share_of(item, words.headline(report))
    size = f", {markdown(words.percent(share))} of the headline measure" if share else ""
    said = markdown_code(words.says(item.license)) or "none stated"
    personal = item.personal_data
    privacy = f"; personal data: {markdown(personal.statement)}" if personal.statement else ""
    reason = f" ({markdown(item.unresolved_reason)})" if item.unresolved_reason else ""
    return f"- {linked}{size}; license {item.license.state.value}: {said}{privacy}{reason}"


def _processing() -> list[str]:
    return [
        "## 3 Processing",
        "**3.1 Reservations of rights (text and data mining).** "
        + _blank("measures taken before and during training, and opt-out protocols honoured"),
        f"**3.2 Removal of illegal content.** {_blank('measures taken')}",
        f"**3.3 Other information.** {_blank('optional')}",
    ]

"""A draft of the public summary of training content: EU AI Act, Art. 53(1)(d).

The outline follows the sections of the AI Office's template of 24 July 2025 (Explanatory Notice
and Template for the Public Summary of Training Content); the words are this project's own and
stand in ``templates/art53.md.j2``. What a report does not hold is left blank, and every blank says
so: only the provider can fill it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from provenance.errors import UsageError
from provenance.escape import markdown, markdown_code
from provenance.frozen import frozen
from provenance.render import links, origin_words, sentences, set_words
from provenance.render.documents import template_facts
from provenance.render.documents.art53_general import bases, is_size, model_link, sizes, who_names
from provenance.render.documents.blanks import marked
from provenance.render.documents.templating import written
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


@frozen
class PublicSets:
    """Section 2.1: the large ones by name, where anything is known of how large they are."""

    number: int
    known: int | None
    """Of how many a size is known; ``None``: no measure of size is."""
    unit: str
    large: tuple[Markup, ...]
    rest: tuple[Markup, ...]


@frozen
class SummaryFacts:
    """What a report holds for the summary; empty where nothing was read. Lines are Markdown."""

    account: str | None
    """The Hub account that the repository stands under."""
    who_names: str
    bases: Markup
    sizes: tuple[Markup, ...]
    own_sets: tuple[TrainingSet, ...]
    public: PublicSets | None
    nothing: bool
    """Whether a card was read that names no set."""
    domains: tuple[Markup, ...]
    not_public: tuple[Markup, ...]
    inherited: tuple[Markup, ...]
    unknown_bases: tuple[Markup, ...]

    def quotes_on(self, *topics: str) -> tuple[Markup, ...]:
        """What cards of the sets say of topics, quoted, each once."""
        signals = ((item, s) for item in self.own_sets for s in item.personal_data.signals)
        quotes = (_quote(item, signal) for item, signal in signals if signal.topic in topics)
        return tuple(dict.fromkeys(quotes))


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
    return written("art53.md", report=report, unread=unread, facts=_facts(report, unread is None))


def _facts(report: Report, read: bool) -> SummaryFacts:
    subject = report.subject
    owner, has_owner, _ = subject.id.partition("/")
    own_sets = tuple(sentences.own_sets(report)) if read else ()
    return SummaryFacts(
        account=owner if read and has_owner and not subject.local else None,
        who_names=who_names(report),
        bases=bases(report, read=read),
        sizes=sizes(report) if read else (),
        own_sets=own_sets,
        public=_public(report, [s for s in own_sets if _is_public(s)]),
        nothing=read and not own_sets,
        domains=tuple(_domains(own_sets)),
        not_public=tuple(_line(report, s) for s in own_sets if not _is_public(s)),
        inherited=tuple(_inherited(report)) if read else (),
        unknown_bases=_unknown_bases(report) if read else (),
    )


def _is_public(item: TrainingSet) -> bool:
    """Whether the set has a page that could be read, and is certain to be that one."""
    return item.resolved and item.id is not None and not item.guess


def _domains(own_sets: Sequence[TrainingSet]) -> Iterator[Markup]:
    """Domains that cards name, each with its line; which of them gave most no card says."""
    for domain in template_facts.domains(own_sets):
        place = markdown_code(origin_words.place(domain.evidence))
        yield marked(f"{markdown_code(domain.name)}: {markdown(domain.set_name)}, {place}")


def _public(report: Report, public: list[TrainingSet]) -> PublicSets | None:
    if not public:
        return None
    measure = sentences.headline(report)
    known: dict[TrainingSet, float] = {}
    if measure is not None and is_size(measure):
        known = {s: w for s in public if (w := shares.weight_of(s, measure)) is not None}
    total = sum(known.values())
    large = [s for s in public if total and known.get(s, 0.0) / total > _LARGE]
    sized = measure is not None and bool(known)
    return PublicSets(
        number=len(public),
        known=len(known) if sized else None,
        unit=shares.measure_name(measure) if measure is not None and sized else "",
        large=tuple(_line(report, s) for s in large) if sized else (),
        rest=tuple(_line(report, s) for s in public if s not in large),
    )


_SURE = {
    "documented": "",
    "indicated": ", not in so many words",
    "denied": ", denied",
    "undecided": ", left open",
}


def _quote(item: TrainingSet, signal: Signal) -> Markup:
    sure = _SURE[signal.status]
    detail = f" ({signal.detail})" if signal.detail else ""
    topic = markdown(f"{signal.topic.replace('-', ' ')}{detail}{sure}")
    place = markdown_code(origin_words.place(signal.evidence))
    quoted = markdown(signal.evidence.excerpt)
    return marked(f"{_name(item)}: {topic}: “{quoted}” {place}")


def _inherited(report: Report) -> Iterator[Markup]:
    """What comes through base models."""
    for item in sentences.inherited_sets(report):
        through = model_link(report, f"models/{item.via[-1]}")
        yield marked(f"{_line(report, item)}; through {through}")


def _unknown_bases(report: Report) -> tuple[Markup, ...]:
    """Base models whose training data is not known, each once."""
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
    return tuple(marked(model_link(report, key)) for key in dict.fromkeys(unknown))


def _name(item: TrainingSet) -> str:
    if item.guess and item.id is not None and item.id != item.name:
        return f"{markdown(item.name)} (perhaps {markdown_code(item.id)}: a guess)"
    if item.guess:
        return markdown(set_words.label(item)) + " (which one is a guess)"
    return markdown(set_words.named(item))


def _line(report: Report, item: TrainingSet) -> Markup:
    url = links.dataset_url(report, item.id) if _is_public(item) else None
    mark = set_words.identity_mark(item)
    name = f"[{markdown(set_words.label(item))}]({url})" if url else _name(item)
    name += f" ({markdown(mark)})" if url and mark else ""
    sizes = tuple(m for m in item.weight.measures if not set_words.NO_SIZE.search(m.unit))
    weights = set_words.weight_words(replace(item, weight=replace(item.weight, measures=sizes)))
    size = f": {markdown('; '.join(weights))}" if weights else ": size not known"
    gated = Restriction.REGISTRATION in item.license.restrictions
    gate = "; obtained on registration" if gated else ""
    return marked(f"{name}{size}; {_license(item)}{gate}{_privacy(item)}")


def _license(item: TrainingSet) -> str:
    license_ = markdown_code(set_words.license_words(item.license))
    state = item.license.state
    if state is LicenseState.EXPLICIT:
        return f"license {license_}"
    if state is LicenseState.NONE:
        return "no license is given"
    if state is LicenseState.UNRESOLVED:
        why = item.unresolved_reason or item.license.reason
        return f"license not known: {markdown(why)}"
    if state is LicenseState.CONFLICTING:
        return f"its license statements disagree: {license_}"
    return (
        f"no specific license is named: {license_}" if license_ else "no specific license is named"
    )


_PERSONAL = {
    "contains": "its card says that it holds personal data",
    "none": "its card says that it holds no personal data",
    "anonymised": "its card says that it was anonymised",
}


def _privacy(item: TrainingSet) -> str:
    words = _PERSONAL.get(item.personal_data.statement or "")
    return f"; {words}" if words else ""

"""What a report holds for section 1 of the draft: base models and sizes of the data as a whole."""

from __future__ import annotations

from markupsafe import Markup

from provenance import amounts
from provenance.escape import markdown, markdown_code
from provenance.render import links, origin_words, sentences, set_words
from provenance.render.documents.blanks import blank, marked
from provenance.render.documents.template_facts import size_bands
from provenance.report import shares
from provenance.report.coverage import Coverage, MeasureKind, Reading
from provenance.report.license import LicenseState
from provenance.report.lineage import EdgeKind, Node
from provenance.report.report import Report
from provenance.vocabulary.keys import key_name
from provenance.vocabulary.statuses import Status


def bases(report: Report, *, read: bool) -> Markup:
    """Models that the subject is built on, each with its license and where that is stated."""
    if not read:
        return marked(blank())
    edges = [
        e
        for e in report.lineage.edges
        if e.source == report.lineage.root and e.kind is EdgeKind.FINETUNED_FROM
    ]
    lines = []
    for edge in edges:
        node = _node(report, edge.target)
        name = model_link(report, edge.target)
        unread = node is not None and node.status is not Status.FOUND
        why = markdown(node.why) if node and unread else ""
        lines.append(
            f"{name} (its card was not read: {why})" if unread else f"{name}{_terms(node)}"
        )
    none = blank() if report.subject.digested else "the card names none."
    named = "; ".join(lines) if lines else none
    return marked(f"{named} {blank('links to their summaries')}" if lines else named)


def _terms(node: Node | None) -> str:
    """The license of a base model and where it is stated."""
    if node is None:
        return ""
    places = dict.fromkeys(origin_words.place(s.evidence) for s in node.license.statements[:1])
    at = f", {markdown_code(next(iter(places)))}" if places else ""
    license_ = set_words.license_words(node.license)
    if node.license.state is LicenseState.UNRESOLVED:
        known = f"license not known: {markdown(node.license.reason)}"
    else:
        known = f"license {markdown_code(license_)}" if license_ else "no license is given"
    return f" ({known}{at})"


def _node(report: Report, key: str) -> Node | None:
    return next((n for n in report.lineage.nodes if n.key == key), None)


def model_link(report: Report, key: str) -> str:
    """A model by its key, linked where it has a page."""
    name = markdown_code(key_name(key))
    url = links.repository_url(report, key)
    return f"[{name}]({url})" if url else name


def sizes(report: Report) -> tuple[Markup, ...]:
    """What is known of sizes, and the bands that it leads to."""
    return tuple(marked(line) for line in (*_sizes(report), *_bands(report)))


def _sizes(report: Report) -> list[str]:
    """What is known of the size, never as a total of all data where a set is missing from it."""
    own_sets = sentences.own_sets(report)
    if not own_sets:
        return [f"{origin_words.nothing_named(report)}: its size is not known."]
    lines = [f"Sets that {who_names(report)}: {len(own_sets)}"]
    for measure in report.coverage:
        if measure.reading is not Reading.DIRECT or not is_size(measure) or measure.total <= 0:
            continue
        known = sum(shares.weight_of(s, measure) is not None for s in own_sets)
        of = f"known for {known} of {amounts.plural(len(own_sets), 'set')}"
        if measure.unattributed:
            of += f", and {amounts.count(measure.unattributed)} that are given to no set"
        basis = f"; {measure.basis}" if measure.basis else ""
        lines.append(markdown(f"{amounts.count(measure.total)} {measure.unit}, {of}{basis}"))
    return lines if len(lines) > 1 else [f"{lines[0]}; their sizes are not known"]


def _bands(report: Report) -> list[str]:
    """The band of each modality that what is stated leads to, and never a guess at the rest."""
    own_sets = sentences.own_sets(report)
    if not own_sets:
        return []
    lines, missing = [], []
    for size in size_bands(report, own_sets):
        if size.amount is None:
            missing.append(f"{size.modality} ({size.unit})")
            continue
        stated = f"{amounts.count(size.amount)} {size.unit} are stated for {size.known} of "
        stated += f"{amounts.plural(len(own_sets), 'set')}"
        basis = f", {size.basis}" if size.basis else ""
        if size.band is None:
            lines.append(
                markdown(f"{stated}{basis}; whether of audio or of video, and the band of it: ")
                + blank()
            )
            continue
        least = "" if size.settled else ", or a higher one: what the other sets have is not found"
        lines.append(
            markdown(f"{size.modality}, as far as stated: “{size.band}”{least} ({stated}{basis}) ")
            + blank("the provider's own figure, of all data after pre-processing")
        )
    shown = list(dict.fromkeys(lines))
    if missing:
        shown.append(f"Not found, so that no band follows: {', '.join(missing)}")
    return shown


def who_names(report: Report) -> str:
    """What the sets are named by, as the start of a clause."""
    return "the facts name" if report.subject.digested else "the card names"


def is_size(measure: Coverage) -> bool:
    """Whether a measure is one of size: neither a count of sets nor a weight of sampling."""
    counted = measure.measure is MeasureKind.DATASETS
    return not counted and not set_words.NO_SIZE.search(measure.unit)

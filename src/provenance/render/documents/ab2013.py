"""California Civil Code section 3111(a): what cards show of each item, and what they cannot.

Four answers: present, with the sets and places that show it; not found, where a card that was read
should show it and does not; not examined, where no card was read; not observable, where only the
developer's own record can say it. Nothing is inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from provenance.escape import markdown, markdown_code
from provenance.frozen import frozen
from provenance.render import origin_words, sentences, set_words
from provenance.render.documents.blanks import marked
from provenance.render.documents.templating import written
from provenance.report.license import LicenseState, Standing
from provenance.report.report import Report
from provenance.report.training import Signal, TrainingSet
from provenance.vocabulary.topics import AFFIRMED, Topic

_NOT_FOUND = "not found"
_SOURCES = (
    Topic.SOURCE_TYPE, Topic.FOUND, Topic.CRAWL, Topic.SYNTHETIC, Topic.USER_CONVERSATIONS,
)  # fmt: skip
Shown = tuple[str | None, str]
"""What one set shows of an item, or ``None`` for nothing, and where."""


@frozen
class _Item:
    """One item of the section."""

    number: int
    what: str
    shown: Callable[[TrainingSet], Shown] | None
    """``None``: not observable."""
    of_record: str = ""
    """What the developer's own record has to add."""


@frozen
class _Answer:
    """What is known of one item."""

    number: int
    what: str
    of_record: str
    state: str | None
    """``None``: not observable."""
    present: tuple[tuple[Markup, str, str], ...] = ()
    """Sets that show it: which, what, and where."""
    missing: tuple[tuple[Markup, str], ...] = ()
    """The others, and why."""
    unseen: int = 0
    """Of how many of these no card was read."""


def render(report: Report) -> str:
    """The checklist as Markdown, an item a heading; its words are ``templates/ab2013.md.j2``."""
    sets = report.training_sets
    nothing = ""
    if not sets:
        nothing = (
            "No training set is named" if report.undeclared else origin_words.nothing_named(report)
        )
    return written(
        "ab2013.md",
        report=report,
        sets=len(sets),
        nothing=nothing,
        missing=_NOT_FOUND if report.undeclared else sentences.NOT_EXAMINED,
        items=[_answer(item, report) for item in _ITEMS],
    )


def _answer(item: _Item, report: Report) -> _Answer:
    if item.shown is None:
        return _Answer(item.number, item.what, item.of_record, None)
    told = [(training_set, *item.shown(training_set)) for training_set in report.training_sets]
    present = tuple((_name(item), text, place) for item, text, place in told if text is not None)
    missing = tuple((_name(item), _missing(report, item)) for item, text, _ in told if text is None)
    unseen = sum(why == sentences.NOT_EXAMINED for _, why in missing)
    state = _state(report, bool(present), len(missing), unseen)
    return _Answer(item.number, item.what, item.of_record, state, present, missing, unseen)


def _state(report: Report, present: bool, missing: int, unseen: int) -> str:
    """The answer for all sets: what was not examined is never told as not found."""
    if present:
        return "Present in part" if missing else "Present"
    if missing:
        return _NOT_FOUND.capitalize() if unseen < missing else sentences.NOT_EXAMINED.capitalize()
    return _NOT_FOUND.capitalize() if report.undeclared else sentences.NOT_EXAMINED.capitalize()


def _missing(report: Report, item: TrainingSet) -> str:
    """Why a set shows nothing: a digest holds facts on licenses, and no card to look in."""
    unseen = report.source.digest or item.license.standing is Standing.NOT_EXAMINED
    return sentences.NOT_EXAMINED if unseen else _NOT_FOUND


def _name(item: TrainingSet) -> Markup:
    mark = set_words.identity_mark(item)
    certainty = f" ({markdown(mark)})" if mark else ""
    return marked(f"{markdown_code(set_words.label(item))}{certainty}")


def _affirmed(item: TrainingSet, *topics: Topic) -> Iterator[Signal]:
    wanted = {topic.value for topic in topics}
    return (s for s in item.personal_data.signals if s.topic in wanted and s.status in AFFIRMED)


def _by_signal(*topics: Topic) -> Callable[[TrainingSet], Shown]:
    def shown(item: TrainingSet) -> Shown:
        signal = next(_affirmed(item, *topics), None)
        if signal is None:
            return None, ""
        detail = f" ({signal.detail})" if signal.detail else ""
        place = f" {markdown_code(origin_words.place(signal.evidence))}"
        return f"{signal.topic.replace('-', ' ')}{detail}", place

    return shown


def _source(item: TrainingSet) -> Shown:
    owner, has_owner, _ = (item.id or "").partition("/")
    if not has_owner:
        return None, ""
    where = f" {markdown_code(origin_words.place(item.evidence[0]))}" if item.evidence else ""
    return f"on the Hub under the name {owner}", where


def _size(item: TrainingSet) -> Shown:
    weight = item.weight
    for amount, unit in (
        (weight.rows, "rows"), (weight.tokens, "tokens"), (weight.bytes, "bytes"),
        (weight.published, weight.unit or "published"),
    ):  # fmt: skip
        if amount is not None and not set_words.NO_SIZE.search(unit):
            return f"{amount:,.0f} {unit}", ""
    return _by_signal(Topic.SIZE)(item)


def _license(item: TrainingSet) -> Shown:
    if item.license.state is not LicenseState.EXPLICIT:
        return None, ""
    return f"under {item.license.concluded}", ""


def _personal(item: TrainingSet) -> Shown:
    data = item.personal_data
    if data.documented != "stated":
        return None, ""
    place = f" {markdown_code(origin_words.place(data.evidence[0]))}" if data.evidence else ""
    return _STATED.get(data.statement or "", "documented"), place


_STATED = {
    "contains": "holds personal data",
    "none": "says it holds none",
    "anonymised": "says it is anonymised",
}


_ITEMS = (
    _Item(1, "Sources or owners of the sets", _source),
    _Item(2, "How the sets further the intended purpose", None, "Only the developer can say."),
    _Item(3, "Number of data points, in ranges", _size),
    _Item(4, "Types of data points", _by_signal(*_SOURCES), "Labels: the developer's own record."),
    _Item(5, "Protected by copyright, trademark or patent, or in the public domain", _license,
          "A license is shown, not whether something is protected."),
    _Item(6, "Purchased or licensed by the developer", None, "Only the developer's own record."),
    _Item(7, "Personal information", _personal, "As documented, not as found in the data."),
    _Item(8, "Aggregate consumer information", None, "Only the developer's own record."),
    _Item(9, "Cleaning, processing or other modification by the developer", None,
          "Only the developer can say; cards tell of their publishers' own."),
    _Item(10, "Period of collection", _by_signal(Topic.CRAWL_PERIOD), "For crawls, as cards say."),
    _Item(11, "Dates of first use", None, "Only the developer's own record."),
    _Item(12, "Synthetic data", _by_signal(Topic.SYNTHETIC, Topic.GENERATOR),
          "Not found means that no card that was read says so."),
)  # fmt: skip

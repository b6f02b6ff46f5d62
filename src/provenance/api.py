"""The Python face: what the commands do, as functions that return nouns."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, overload

from provenance.auditing.audit import audit_refs
from provenance.auditing.walk import Bounds
from provenance.errors import UsageError
from provenance.hub.open import open_hub, open_source, open_subjects
from provenance.policy import Policy, load_policy
from provenance.refs import RepoKind, RepoRef
from provenance.report.report import Report, Reports

if TYPE_CHECKING:
    import datasets

    from provenance.hub.interface import CardSource
    from provenance.hub.objects import CardLike
    from provenance.report.checked import CheckResult
    from provenance.scanning.layout import DataFile
    from provenance.surveying.taking import Census

    Data: TypeAlias = datasets.Dataset | datasets.DatasetDict
    Subject: TypeAlias = str | CardLike | Data


@overload
def audit(
    subject: list[str] | list[Subject] | tuple[Subject, ...],
    *,
    snapshot: str | PathLike[str] | None = None,
    policy: Policy | str | None = None,
    as_of: datetime.date | None = None,
    bounds: Bounds | None = None,
) -> Reports: ...


@overload
def audit(
    subject: Subject,
    *,
    snapshot: str | PathLike[str] | None = None,
    policy: Policy | str | None = None,
    as_of: datetime.date | None = None,
    bounds: Bounds | None = None,
) -> Report: ...


def audit(
    subject: Subject | list[str] | list[Subject] | tuple[Subject, ...],
    *,
    snapshot: str | PathLike[str] | None = None,
    policy: Policy | str | None = None,
    as_of: datetime.date | None = None,
    bounds: Bounds | None = None,
) -> Report | Reports:
    """Audit one model or dataset, or several.

    Args:
        subject: ``owner/name``, ``datasets/owner/name``, ``hf://…``, a Hub URL (each with
            ``@revision``), or a local folder holding a README.md; a ``ModelCard`` or
            ``DatasetCard`` of ``huggingface_hub``; a ``datasets.Dataset`` or ``DatasetDict``
            loaded from the Hub, which stands for the repository at the commit that it was loaded
            from; or a list of these.
        snapshot: folder or zip to read cards from, or ``"bundled"``; ``None``: the live Hub.
        policy: a :class:`~provenance.policy.Policy`, a file or a built-in name; ``None``: the
            ``provenance.yaml`` found upward from the working directory, else the default.
        as_of: date the report speaks for; ``None``: today in UTC.
        bounds: limits of the walk; ``None``: those of :class:`~provenance.auditing.walk.Bounds`.

    Returns:
        The report, or those of all subjects in the order given (a subject named twice has one).
        A subject that cannot be read has one too: see ``report.subject.status``.

    Raises:
        UsageError: the subject or the snapshot is not usable.
        PolicyError: the policy is invalid.
        SourceError: the source could not be opened.

    """
    several = isinstance(subject, list | tuple)
    subjects: list[Subject] = [*subject] if isinstance(subject, list | tuple) else [subject]
    with ExitStack() as stack:
        refs, source = _opened(subjects, _place(snapshot), stack)
        reports = audit_refs(
            refs, source, _policy(policy), as_of=_date(as_of), bounds=bounds or Bounds()
        )
    return Reports(reports) if several else reports[0]


def _opened(
    subjects: Sequence[Subject], snapshot: str | None, stack: ExitStack
) -> tuple[list[RepoRef], CardSource]:
    """The subjects and their source; a card that is open in the program stands in a folder."""
    from provenance.hub.local import WithFolders
    from provenance.hub.objects import CardLike, card_folder, origin_of_data

    named, cards = [], []
    for subject in subjects:
        if isinstance(subject, str):
            named.append(subject)
        elif isinstance(subject, CardLike):
            cards.append(subject)
        else:
            named.append(str(origin_of_data(subject)))
    if not cards:
        return open_subjects(named, snapshot)
    if len(subjects) > 1:
        raise UsageError("a card that is no folder is audited alone: give one card at a time")
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="provenance-card-")))
    ref = card_folder(cards[0], folder)
    return [ref], WithFolders(open_source(snapshot), {ref: folder})


def check(
    folder: str | PathLike[str] = ".",
    *,
    snapshot: str | PathLike[str] | None = None,
    policy: str | None = None,
    locked: bool = False,
    diff_base: str | None = None,
    as_of: datetime.date | None = None,
) -> CheckResult:
    """Check the models and datasets that a repository references, as ``provenance check`` does.

    Args:
        folder: a git repository or a folder in it.
        snapshot: as for :func:`audit`.
        policy: a file or a built-in name; ``None``: the repository's own, else the default.
        locked: judge by ``provenance.lock`` alone.
        diff_base: a revision; only what is new since the merge base counts.
        as_of: date the result speaks for; ``None``: today in UTC.

    Raises:
        UsageError: the folder, the lock, the baseline or the base is not usable.
        PolicyError: the policy is invalid.

    """
    from provenance.checking.check import check_repository
    from provenance.checking.references.rules_files import load_rules
    from provenance.checking.run import Request
    from provenance.checking.settings import read_settings

    place = Path(folder)
    settings = read_settings(place)
    request = Request(
        folder=place,
        policy=load_policy(policy, place),
        rules=load_rules(place / settings.rules if settings.rules else None),
        open_source=lambda: open_source(_place(snapshot)),
        as_of=_date(as_of),
        waived_on=_date(None),
        policy_name=policy,
        settings=settings,
        locked=locked,
        diff_base=diff_base,
    )
    return check_repository(request)


def scan(
    *sources: str | PathLike[str] | Data,
    policy: Policy | str | None = None,
    license_column: str | None = None,
    text_column: str | None = None,
    token_column: str | None = None,
    as_of: datetime.date | None = None,
) -> Report:
    """Count the licenses of data files record by record, as ``provenance scan`` does.

    Args:
        sources: files, folders, patterns, URLs, or names of Hub datasets; or a
            ``datasets.Dataset`` or ``DatasetDict`` as it is now (filtered, mapped), of which a
            copy is written to the temporary folder.
        policy: as for :func:`audit`.
        license_column: path of the column, ``metadata.license``; ``None``: found by its name.
        text_column: path of the column whose bytes are counted; ``None``: found by its name.
        token_column: path of the column that counts tokens; ``None``: found by its name.
        as_of: date the report speaks for; ``None``: today in UTC.

    Raises:
        UsageError: a source is not usable, or the extra ``scan`` is not installed.
        PolicyError: the policy is invalid.
        SourceError: a source could not be read.

    """
    from provenance.scanning.duckdb_engine import DuckDBEngine
    from provenance.scanning.notes import column_notes, listing_notes
    from provenance.scanning.objects import named, title_of, written
    from provenance.scanning.remote import held_as_hub
    from provenance.scanning.report import corpus_report
    from provenance.scanning.scan import scan_files
    from provenance.scanning.sources import list_sources
    from provenance.scanning.state import Question
    from provenance.scanning.subject import corpus_facts

    places = [fspath(s) for s in sources if isinstance(s, str | PathLike)]
    held = [s for s in sources if not isinstance(s, str | PathLike)]
    names = [*places, *(title_of(data) for data in held)]
    engine = DuckDBEngine(None, None)
    with ExitStack() as stack:
        stack.callback(engine.close)
        stack.enter_context(held_as_hub(places))
        listing = list_sources(places, open_hub)
        copies: dict[DataFile, DataFile] = {}
        if held:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="provenance-data-"))
            copies = written(held, Path(folder))
        question = Question(license_column, text_column, token_column, None)
        counts = named(scan_files([*listing.files, *copies], question, engine, None), copies)
    notes = (*column_notes(counts), *listing_notes(listing))
    title = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    facts = corpus_facts(title, counts, _date(as_of), notes)
    return corpus_report(facts, _policy(policy), ", ".join(names))


def census(
    source: str | PathLike[str] | None = None,
    *,
    kind: str = "dataset",
    snapshot: str | PathLike[str] | None = None,
    author: str | None = None,
    search: str | None = None,
    tags: Sequence[str] = (),
    as_of: datetime.date | None = None,
    jobs: int | None = 1,
) -> Census:
    """Put many subjects into one table, as ``provenance census`` does.

    Args:
        source: a snapshot (folder, zip or ``"bundled"``) or a text file with one id a line;
            ``None``: what ``author``, ``search`` and ``tags`` list.
        kind: ``"dataset"`` or ``"model"``.
        snapshot: as for :func:`audit`.
        author: what this user or organisation has.
        search: words in ids.
        tags: what has all of these tags on the live Hub.
        as_of: date the census speaks for; ``None``: today in UTC.
        jobs: processes over a snapshot, requests at a time over the Hub; ``None``: one a core.
            More than one process needs a script that has ``if __name__ == "__main__"``.

    Raises:
        UsageError: the source is not usable, or the extra ``scan`` is not installed.
        SourceError: the Hub gave no listing.

    """
    from provenance.hub.listing import ListingFilter
    from provenance.surveying.taking import take

    if kind not in {"dataset", "model"}:
        raise UsageError(f"kind {kind!r} is neither 'dataset' nor 'model'")
    wanted = ListingFilter(author, search, tuple(tags))
    place = None if source is None else fspath(source)
    return take(place, RepoKind(kind), wanted, _place(snapshot), _date(as_of), jobs)


def _place(snapshot: str | PathLike[str] | None) -> str | None:
    return None if snapshot is None else fspath(snapshot)


def _policy(policy: Policy | str | None) -> Policy:
    return policy if isinstance(policy, Policy) else load_policy(policy, Path.cwd())


def _date(as_of: datetime.date | None) -> datetime.date:
    return as_of or datetime.datetime.now(datetime.UTC).date()

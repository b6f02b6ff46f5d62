"""The report: everything one audit found, in the shape that ``--format json`` prints.

The field names and their order are the JSON contract (``schema_version`` "2").
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import UsageError, missing_extra
from provenance.frozen import frozen
from provenance.report.coverage import Coverage
from provenance.report.finding import Finding, Verdict
from provenance.report.license import LicenseConclusion, Standing
from provenance.report.lineage import Lineage
from provenance.report.records import RecordCounts
from provenance.report.shares import share_of
from provenance.report.training import Citation, EvaluationSet, PossibleSet, TrainingSet
from provenance.vocabulary.statuses import Status

if TYPE_CHECKING:
    import pandas

SCHEMA_VERSION = "2"


@frozen
class Tool:
    """The program that made the report."""

    name: str
    version: str


@frozen
class SubjectInfo:
    """What was audited."""

    kind: str
    """``model``, ``dataset``, or ``corpus`` for data files that were scanned."""
    id: str
    revision: str | None
    status: Status
    local: bool = False
    """Read from a local folder: nothing on the Hub need have its id."""
    digested: bool = False
    """Known by facts of a digest; its card was not read."""


@frozen
class PolicyInfo:
    """Which policy was applied."""

    name: str
    sha256: str
    max_lacking: float | None = None
    """The most of the headline's measure that may lack an explicit license, 0–1; ``None``: the
    policy sets no such limit."""


@frozen
class Source:
    """Where cards came from."""

    name: str
    """The endpoint's URL, or the snapshot's name."""
    date: datetime.date | None
    """ISO date of a snapshot's contents; ``None`` for the live Hub."""
    digest: bool = False
    """It gives facts digested on ``date``, not the publishers' cards."""


@frozen
class Note:
    """Something the reader should know that is no finding: what was not examined, and why."""

    message: str
    subject: str | None
    """Node key, if the note is about one thing."""


@frozen
class Stats:
    """What the audit cost. Over a snapshot there are no requests and no time is printed.

    Subjects that are audited together share repositories: the first report has the cost of all.
    """

    requests: int
    cached: int
    elapsed_s: float | None


_SHOWS = "provenance.render.notebook"
"""What shows a report that asks for it: named and not imported, since nouns know no renderer."""


def _shown(how: str, *what: object) -> str:
    return str(getattr(import_module(_SHOWS), how)(*what))


class TrainingSets(tuple[TrainingSet, ...]):
    """A report's training sets: a tuple that is short in print, and a table in a notebook."""

    __slots__ = ()

    def __repr__(self) -> str:
        return _shown("sets_line", self)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return _shown("sets_table", self)


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """One subject's audit."""

    schema_version: str
    tool: Tool
    as_of: datetime.date
    """ISO date the audit speaks for; the only clock in it."""
    source: Source
    subject: SubjectInfo
    policy: PolicyInfo
    verdict: Verdict
    undeclared: bool
    """The subject names no training data at all."""
    license: LicenseConclusion
    coverage: tuple[Coverage, ...]
    training_sets: tuple[TrainingSet, ...]
    evaluation_sets: tuple[EvaluationSet, ...]
    lineage: Lineage
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]
    stats: Stats
    citations: tuple[Citation, ...] = ()
    """What the subject's own card gives to be cited, in the order written."""
    records: RecordCounts | None = None
    """What a scan counted by source and by value; ``None`` for an audit."""
    possible_sets: tuple[PossibleSet, ...] = ()
    """Sets that the card may name as training data, surest first; in no measure."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "training_sets", TrainingSets(self.training_sets))

    @property
    def fraction(self) -> float | None:
        """The headline's share that lacks an explicit license, 0–1; ``None``: nothing is known."""
        return next((c.fraction for c in self.coverage if c.headline), None)

    @property
    def interval(self) -> tuple[float, float]:
        """The headline's bounds, 0–1; ``(0.0, 1.0)`` if nothing is known."""
        return next(((c.low, c.high) for c in self.coverage if c.headline), (0.0, 1.0))

    def render(self, form: str = "text", *, width: int = 100) -> str:
        """The report in any format that the command line has (``markdown``, ``cyclonedx`` …).

        Raises:
            UsageError: no such format.

        """
        return _shown("render_one", self, form, width)

    def to_json(self) -> str:
        """The JSON report; :func:`provenance.report.serialize.from_json` reads it back."""
        return self.render("json")

    def to_html(self, path: str | PathLike[str] | None = None) -> str:
        """The page; written to ``path`` (UTF-8) if one is given.

        Raises:
            OSError: the file cannot be written.

        """
        page = self.render("html")
        if path is not None:
            Path(path).write_text(page, encoding="utf-8")
        return page

    def __repr__(self) -> str:
        return _shown("line", self)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return _shown("card", self)

    def to_pandas(self) -> pandas.DataFrame:
        """One row a training set, own sets first; columns named as in the JSON report.

        ``share`` is the set's part of the headline's measure, 0-1; ``lacks`` whether it is known to
        lack, which is missing where it was not examined; ``cause`` why it was not, or could not be
        found. ``declared_in`` and ``via`` are joined by ``", "``; unknown weights are missing.

        Raises:
            UsageError: pandas is not installed (the extra ``pandas``).

        """
        try:
            import pandas
        except ImportError:
            raise UsageError(missing_extra("pandas is not installed", "pandas")) from None
        headline = next((c for c in self.coverage if c.headline), None)
        rows = [
            {
                "name": item.name,
                "share": share_of(item, headline),
                "lacks": None if standing is Standing.NOT_EXAMINED else item.license.lacks,
                "id": item.id,
                "revision": item.revision,
                "role": item.role.value,
                "declared_in": ", ".join(place.value for place in item.declared_in),
                "via": ", ".join(item.via),
                "state": item.license.state.value,
                "declared": ", ".join(item.license.declared),
                "concluded": item.license.concluded,
                "restrictions": ", ".join(item.license.restrictions),
                "reason": item.license.reason,
                "cause": item.license.cause.value if item.license.cause else None,
                "lacking": item.license.lacks,
                "not_examined": standing is Standing.NOT_EXAMINED,
                "inherited_lacking": item.inherited_lacking,
                "inherited_not_examined": item.inherited is Standing.NOT_EXAMINED,
                "published": item.weight.published,
                "unit": item.weight.unit,
                "tokens": item.weight.tokens,
                "rows": item.weight.rows,
                "bytes": item.weight.bytes,
                "confidence": item.confidence,
            }
            for item in self.training_sets
            for standing in [item.license.standing]
        ]
        frame = pandas.DataFrame.from_records(rows, columns=_COLUMNS)
        return frame.astype({"lacks": "boolean", "share": "Float64"})


class Reports(tuple[Report, ...]):
    """Reports of several subjects, in the order given: a tuple that a notebook shows as a table."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(map(repr, self)) or "<no reports>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return _shown("table", self)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows of :meth:`Report.to_pandas` of all, with the subject's path in ``subject``.

        Raises:
            UsageError: pandas is not installed (the extra ``pandas``).

        """
        frames = [
            report.to_pandas().assign(subject=f"{report.subject.kind}s/{report.subject.id}")
            for report in self
        ]
        import pandas

        return pandas.concat(frames, ignore_index=True) if frames else pandas.DataFrame()


_COLUMNS = (
    "name", "share", "lacks", "id", "revision", "role", "declared_in", "via", "state", "declared",
    "concluded", "restrictions", "reason", "cause", "lacking", "not_examined", "inherited_lacking",
    "inherited_not_examined", "published", "unit", "tokens", "rows", "bytes", "confidence",
)  # fmt: skip

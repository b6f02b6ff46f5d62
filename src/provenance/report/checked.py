"""What ``provenance check`` finds in a repository: references, and findings at their lines."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

from provenance.frozen import frozen
from provenance.report.finding import Finding, Severity, Verdict
from provenance.report.report import PolicyInfo, Source, Tool
from provenance.vocabulary.statuses import Status

CHECK_SCHEMA_VERSION = "1"


class ReferenceKind(StrEnum):
    """What is referenced."""

    MODEL = "model"
    DATASET = "dataset"
    API = "api"
    """A model behind an API of another service: nothing of it can be looked up."""


class Registry(StrEnum):
    """Where the name is looked up by the code that uses it."""

    HUB = "hub"
    TFDS = "tensorflow_datasets"
    TORCHVISION = "torchvision"


class UsedFor(StrEnum):
    """What the reference is used for, as far as the line says."""

    TRAINING = "training"
    EVALUATION = "evaluation"
    INFERENCE = "inference"
    UNKNOWN = "unknown"


class RoleBasis(StrEnum):
    """What told the role."""

    NONE = ""
    CALL = "call"
    """The call itself: its function, its split."""
    KEY = "key"
    """The name of the key, flag or option."""
    TRAINER = "trainer"
    """The rest of the file: it calls a trainer, or has the keys of one or of an evaluation."""
    SCRIPT = "script"
    """The name of the file or program."""
    DEFAULT = "default"
    """Nothing says otherwise: data that is loaded trains, a model that is loaded infers."""


class Confidence(StrEnum):
    """How the id was established."""

    CERTAIN = "certain"
    """A literal at a loader that is known."""
    RESOLVED = "resolved"
    """Through a constant, a default or an import of the repository's own."""
    LIKELY = "likely"
    """By the name of a key or flag."""


@frozen
class Reference:
    """One place that names a model or dataset."""

    file: str
    """Path within the repository, with ``/``."""
    line: int
    """1-based; in a notebook, the line of the file's JSON text."""
    column: int
    """1-based, in characters."""
    kind: ReferenceKind
    id: str
    """Hub id, or the name that another ``place`` knows it by."""
    revision: str | None
    role: UsedFor
    confidence: Confidence
    how: str
    """What was recognised: ``datasets.load_dataset``, ``--model_name_or_path`` …"""
    place: Registry = Registry.HUB
    role_by: RoleBasis = RoleBasis.NONE

    @property
    def order(self) -> tuple[str, int, int, str, str, str]:
        """Sorts by place, then by what is referenced."""
        return (self.file, self.line, self.column, self.key, self.how, self.role)

    @property
    def key(self) -> str:
        """``models/owner/name@rev`` and the like: equal for references to one thing."""
        at = f"@{self.revision}" if self.revision else ""
        if self.place is Registry.HUB:
            return f"{self.kind.value}s/{self.id}{at}"
        return f"{self.place.value}:{self.id}{at}"


@dataclass(frozen=True, slots=True, order=True)
class ScanNote:
    """A loader was seen, but what it loads is known at run time only, or is no repository."""

    file: str
    line: int
    column: int
    how: str
    message: str


@dataclass(frozen=True, slots=True, order=True)
class FileProblem:
    """A file that could not be searched."""

    file: str
    line: int | None
    message: str


@dataclass(frozen=True, slots=True, order=True)
class InlineIgnore:
    """A comment ``provenance: ignore[CODE] reason``."""

    file: str
    line: int
    """The line it speaks of: its own, or the next one when it stands alone."""
    at: int
    """The line it is written on."""
    codes: tuple[str, ...]
    reason: str


class Suppression(StrEnum):
    """Why a finding does not count."""

    NO = ""
    IGNORED = "ignored"
    """By a comment on every line it is about."""
    BASELINE = "baseline"
    BEFORE = "before"
    """It was there at the merge base."""
    WAIVED = "waived"
    """By an exception of the policy."""


class Loosened(StrEnum):
    """What a change can loosen about the gate; the words of ``allow_changes``."""

    POLICY = "policy"
    EXCEPTIONS = "exceptions"
    """Exceptions and clarifications of the policy."""
    IGNORES = "ignores"
    EXCLUDES = "excludes"
    RULES = "rules"
    BASELINE = "baseline"
    LOCK = "lock"
    PATHS = "paths"
    """References where nothing is searched: test paths, ignored files."""
    WORKFLOWS = "workflows"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True, order=True)
class Loosening:
    """One way in which a change would let more through than its base does."""

    kind: Loosened
    file: str
    line: int
    what: str
    fingerprint: str
    """Of the kind and the words: what an approvals file lists."""
    allowed: str = ""
    """Why it may: the base's settings or its approvals; empty when it may not."""


@frozen
class CheckFinding:
    """A finding, and the places in the repository that it is about."""

    finding: Finding
    target: str
    """Key of the reference it is about, or a file's path."""
    references: tuple[Reference, ...]
    """Where it is referenced, in order; empty when ``file`` says where."""
    file: str
    line: int
    column: int
    fingerprint: str
    """Stable over moves within and between files."""
    suppressed: Suppression = Suppression.NO
    reason: str = ""
    """The reason given by whoever suppressed it."""

    @property
    def counts(self) -> bool:
        """Whether it bears on the verdict."""
        return self.suppressed is Suppression.NO


@frozen
class RuleInfo:
    """What a format says of a rule."""

    code: str
    title: str
    description: str
    help: str
    severity: Severity


@frozen
class SetCounts:
    """Declared data referenced by a repository: distinct sets, and how many lack a license."""

    sets: int
    lacking: int
    undeclared: int
    """Models that name no training data, or could not be read."""
    not_examined: int = 0
    """Sets that this run could not see; not in ``lacking``."""
    unread: int = 0
    """Of ``undeclared``, models whose repository could not be read: nothing is known of them."""

    @property
    def fraction(self) -> float | None:
        """``lacking / sets``; ``None`` when no set is known."""
        return self.lacking / self.sets if self.sets else None


@frozen
class Target:
    """One referenced repository and what was concluded on it."""

    key: str
    kind: ReferenceKind
    id: str
    revision: str | None
    status: Status
    verdict: Verdict
    license_state: str
    concluded: str
    references: int
    audited: bool
    """False for data used for evaluation only: listed, never counted."""


@frozen
class Comparison:
    """Against the merge base."""

    base: str
    """Commit id of the merge base."""
    before: SetCounts
    after: SetCounts
    new: int
    gone: int
    policy_changed: bool
    judged_by: str = ""
    """Name of the policy that held for what is new."""
    added: tuple[str, ...] = ()
    """Keys of the declared sets that only the change has."""
    added_lacking: tuple[str, ...] = ()
    """Those of them that lack an explicit license."""
    added_not_examined: tuple[str, ...] = ()
    """Those of them that could not be examined: none of them is known to be licensed."""
    removed: tuple[str, ...] = ()
    """Keys of the declared sets that only the base has."""
    gone_targets: tuple[str, ...] = ()
    """What the findings that are gone were about."""


@frozen
class ScanCounts:
    """What was searched."""

    files: int
    python: int
    notebooks: int
    shell: int
    configs: int
    cards: int
    excluded: int
    others: int = 0
    """Other languages, templates, and lists that are only looked at for ids."""


@frozen
class CheckResult:
    """Everything one check found; the field names are the JSON contract."""

    schema_version: str
    tool: Tool
    as_of: datetime.date
    source: Source
    policy: PolicyInfo
    verdict: Verdict
    counts: ScanCounts
    share: SetCounts
    targets: tuple[Target, ...]
    references: tuple[Reference, ...]
    findings: tuple[CheckFinding, ...]
    notes: tuple[ScanNote, ...]
    problems: tuple[FileProblem, ...]
    comparison: Comparison | None = None
    locked: bool = False
    loosened: tuple[Loosening, ...] = ()
    """What the change would loosen; empty without a base to compare with."""
    nothing_to_check: bool = False
    """Whether nothing is referenced and nothing is to say: ``pass`` of this is no answer."""
    rules: tuple[RuleInfo, ...] = field(default=())

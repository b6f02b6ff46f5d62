"""From a string at a known place to a reference, a note or nothing: one rule for all finders."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from provenance.checking.references.addresses import Named, hub_address
from provenance.checking.references.names import (
    BARE,
    Unnamed,
    hub_prefix,
    is_api,
    is_bare_name,
    is_known,
    is_plain_id,
    name_of,
)
from provenance.checking.references.rules import Rules
from provenance.frozen import frozen
from provenance.report.checked import (
    Confidence,
    FileProblem,
    InlineIgnore,
    Reference,
    ReferenceKind,
    Registry,
    RoleBasis,
    ScanNote,
    UsedFor,
)

_UNPINNED = frozenset({"main", "", "null", "None", "none", "~", "head", "HEAD", "latest"})
"""Revisions that say no more than none at all."""


@frozen
class Site:
    """A place that loads something, before it is known what."""

    file: str
    line: int
    column: int
    """1-based, in characters."""
    kind: ReferenceKind
    how: str
    role: UsedFor = UsedFor.UNKNOWN
    revision: str | None = None
    place: Registry = Registry.HUB
    slash: bool = False
    prefixed: bool = False
    role_by: RoleBasis = RoleBasis.NONE
    owner: str | None = None
    """Who a name without an owner belongs to."""
    outside: str | None = None
    """What the string is when it names nothing of the Hub."""
    service: bool = False
    """A name without an owner is a model behind an API."""
    remote: bool = False
    """An ``owner/name`` is one too: a service that hosts models of many is asked for it."""


@frozen
class Pending:
    """A name of another file of the project that a site loads."""

    site: Site
    module: str
    attribute: str


@frozen
class Wrapper:
    """A function or class of the project that hands a parameter on to a loader."""

    file: str
    modules: tuple[str, ...]
    """Names that an import can know its module by: each ending of the dotted one."""
    function: str
    parameter: str
    position: int | None
    site: Site


PYTHON = "-.py"
"""The name of a program that Python is given without a file."""


JSON = "-.json"
"""The name of JSON that is written out as a value."""


@frozen
class Inner:
    """A file or program that is written out inside another file."""

    name: str
    """What it is written to, or :data:`PYTHON`."""
    text: str
    line: int
    """The line of the outer file that it starts on."""
    last: int = 0
    """The last line of the outer file that it can be on; 0: as many as it has."""


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """A file of the repository that a command runs, or reads variables from."""

    file: str
    """The file with the command."""
    names: tuple[str, ...]
    """Words that may name it, as they are written; the first that is a file here does."""
    program: str
    """What reads it: ``python`` or ``shell``."""
    sourced: bool = False
    """Its variables are known afterwards where the command stands."""


@dataclass(frozen=True, slots=True, order=True)
class Unsaid:
    """A string that looks like an id, where no loader, key, flag or name says that it is one."""

    file: str
    line: int
    column: int
    text: str


@dataclass(slots=True)
class Gathered:
    """What one file gave. Plain data: it travels between processes."""

    references: list[Reference] = field(default_factory=list)
    notes: list[ScanNote] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    wrappers: list[Wrapper] = field(default_factory=list)
    inner: list[Inner] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    ignores: list[InlineIgnore] = field(default_factory=list)
    unsaid: list[Unsaid] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def add(self, result: Reference | ScanNote | None) -> None:
        """Keep a result of :func:`weigh`."""
        if isinstance(result, Reference):
            self.references.append(result)
        elif isinstance(result, ScanNote):
            self.notes.append(result)

    def extend(self, other: Gathered) -> None:
        """Add everything another part found."""
        self.references += other.references
        self.notes += other.notes
        self.pending += other.pending
        self.wrappers += other.wrappers
        self.inner += other.inner
        self.problems += other.problems
        self.ignores += other.ignores
        self.unsaid += other.unsaid
        self.runs += other.runs

    def at(self, path: str) -> Gathered:
        """The same of a file that has another name than it was read under."""
        return Gathered(
            [replace(r, file=path) for r in self.references],
            [replace(n, file=path) for n in self.notes],
            [replace(p, site=replace(p.site, file=path)) for p in self.pending],
            [],
            self.inner,
            [replace(p, file=path) for p in self.problems],
            [replace(i, file=path) for i in self.ignores],
            [replace(u, file=path) for u in self.unsaid],
            [replace(r, file=path) for r in self.runs],
        )

    def until(self, last: int) -> Gathered:
        """The same with no place after line ``last``; as it is where that is not positive."""
        if last < 1:
            return self
        return replace(
            self,
            references=[replace(r, line=min(r.line, last)) for r in self.references],
            notes=[replace(n, line=min(n.line, last)) for n in self.notes],
            unsaid=[replace(u, line=min(u.line, last)) for u in self.unsaid],
        )


_OF_THE_HUB = "huggingface:"
"""What names of the Hub begin with that tensorflow_datasets is given."""


def weigh(
    site: Site,
    text: str,
    rules: Rules,
    *,
    confidence: Confidence,
    at: tuple[str, int, int] | None = None,
) -> Reference | ScanNote | None:
    """What the string ``text`` at ``site`` is.

    Args:
        site: where it is used.
        text: the string.
        rules: which names are paths, builders and placeholders.
        confidence: how the string came there.
        at: file, line and column of the literal, when it stands elsewhere.

    """
    file, line, column = at or (site.file, site.line, site.column)
    at = (file, line, column)
    if site.place is Registry.TFDS and text.startswith(_OF_THE_HUB):
        # ``huggingface:owner__name/config``, as tfds writes names of the Hub
        text = text.removeprefix(_OF_THE_HUB).partition("/")[0].replace("__", "/", 1)
        site = replace(site, place=Registry.HUB)
    if site.place is not Registry.HUB:
        return _of_another_place(site, text, confidence, at)
    if site.kind is ReferenceKind.DATASET and text in rules.builders:
        return None
    served = (site.service and is_bare_name(text, rules)) or (
        site.remote and hub_address(text) is None and is_plain_id(text, rules)
    )
    if site.kind is ReferenceKind.MODEL and (served or is_api(text, rules)):
        return Reference(
            file, line, column, ReferenceKind.API, text, None, site.role, confidence, site.how,
            role_by=site.role_by,
        )  # fmt: skip
    if site.prefixed and not text.startswith(("hf-hub:", "hf_hub:", "hf://")):
        return None
    named = _named(site, text, rules)
    if isinstance(named, Unnamed):
        if not text.strip():
            return None
        return ScanNote(file, line, column, site.how, f"{text[:80]!r} is {named.why}")
    kind = site.kind if named.kind is None else ReferenceKind(named.kind.value)
    revision = named.revision or site.revision
    if revision in _UNPINNED:
        revision = None
    return Reference(
        file, line, column, kind, named.id, revision, site.role, confidence, site.how,
        role_by=site.role_by,
    )  # fmt: skip


def _named(site: Site, text: str, rules: Rules) -> Named | Unnamed:
    if site.outside and hub_address(text) is None and hub_prefix(text) is None:
        return Unnamed(site.outside)
    named = name_of(text, rules)
    if isinstance(named, Unnamed) or "/" in named.id:
        return named
    owner = None if site.kind is ReferenceKind.DATASET else rules.owner_of(named.id)
    if owner:
        return Named(f"{owner}/{named.id}", named.revision, named.kind)
    if site.slash:
        return Unnamed(BARE)
    if site.owner and not is_known(named.id, site.kind, rules):
        return Named(f"{site.owner}/{named.id}", named.revision, named.kind)
    if site.kind is ReferenceKind.MODEL and not named.id.islower():
        return Unnamed(BARE)  # models without an owner were named in small letters
    return named


def _of_another_place(
    site: Site, text: str, confidence: Confidence, at: tuple[str, int, int]
) -> Reference | ScanNote:
    """A name that another library than the Hub's knows."""
    name = text.partition("/")[0].partition(":")[0]
    if not name.replace("_", "").replace("-", "").isalnum():
        return ScanNote(*at, site.how, "no name of a data set")
    return Reference(
        *at, site.kind, name, None, site.role, confidence, site.how, site.place, site.role_by
    )

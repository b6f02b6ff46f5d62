"""From counts to facts: a corpus is a subject like any other, its license groups its sets. Pure.

Each set of the report is what one source holds under one conclusion; null, empty, placeholder
and unrecognised values are sets of their own, so that each can be seen and weighed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from provenance.report.evidence import Evidence, excerpt
from provenance.report.facts import Facts
from provenance.report.license import (
    NOASSERTION,
    NONE,
    Cause,
    LicenseConclusion,
    LicenseState,
    Standing,
)
from provenance.report.lineage import Lineage, Node, NodeKind
from provenance.report.report import Note, SubjectInfo
from provenance.report.training import PersonalData, Role, TrainingSet, Weight
from provenance.scanning.layout import FileCount, Group
from provenance.scanning.measure import Basis, corpus_coverage
from provenance.scanning.tally import record_counts
from provenance.scanning.values import ValueKind, conclude_value, outlines
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.statuses import Status

CORPUS = "corpus"
_EXAMPLES = 5
"""Distinct values shown as the statements of one group."""
_NAMED_FILES = 50
"""Unreadable files that are sets of their own; further ones are counted together."""
_MOST_LICENSES = 20
"""Most licenses joined into the corpus's own expression."""
_UNKNOWN = PersonalData("unknown", None)


@dataclass(slots=True)
class _Amount:
    rows: float = 0.0
    bytes: float | None = 0.0
    tokens: float | None = 0.0

    def add(self, group: Group | _Amount, factor: float = 1.0) -> None:
        self.rows += group.rows * factor
        self.bytes = _plus(self.bytes, group.bytes, factor)
        self.tokens = _plus(self.tokens, group.tokens, factor)


@dataclass(slots=True)
class _Value:
    """One distinct value: by source, where it was first seen and how much there is."""

    where: dict[str, Evidence] = field(default_factory=dict)
    amounts: dict[str, _Amount] = field(default_factory=dict)

    @property
    def first(self) -> Evidence:
        """Where it was first seen of all."""
        return next(iter(self.where.values()))


@dataclass(slots=True)
class _Entry:
    """What one source holds under one conclusion."""

    source: str
    kind: ValueKind
    amount: _Amount = field(default_factory=_Amount)
    values: list[tuple[float, str | None, Evidence]] = field(default_factory=list)
    """Rows, value and place of the most frequent ones."""
    distinct: int = 0
    conclusions: tuple[LicenseConclusion, ...] = ()
    """Of ``values``, once all are known."""

    def keep(self, rows: float, value: str | None, where: Evidence) -> None:
        """Count a value, and keep it if it is one of the most frequent ones."""
        self.distinct += 1
        if len(self.values) == _EXAMPLES:
            least, _, last = self.values[-1]
            if (-rows, where.excerpt) >= (-least, last.excerpt):
                return
        self.values.append((rows, value, where))
        self.values.sort(key=lambda v: (-v[0], v[2].excerpt))
        del self.values[_EXAMPLES:]

    def conclude(self, values: Mapping[str | None, _Value]) -> None:
        """Read the kept values again, now with what they say and where it is said."""
        conclusions = []
        for _, value, where in self.values:
            _, conclusion = conclude_value(value, values[value].first)
            placed = tuple(replace(s, evidence=where) for s in conclusion.statements)
            conclusions.append(replace(conclusion, statements=placed))
        self.conclusions = tuple(conclusions)


def corpus_facts(
    name: str, counts: Sequence[FileCount], as_of: datetime.date, notes: Sequence[Note] = ()
) -> Facts:
    """Everything established about a corpus.

    Args:
        name: what the corpus is called in the report.
        counts: one for each file, in the order of the files.
        as_of: the day the report speaks for.
        notes: what else the reader should know.

    """
    key = f"{CORPUS}/{name.lstrip('/')}"
    values = _values(counts, key)
    entries: dict[tuple[str, ValueKind, str, str], _Entry] = {}
    ordered = sorted(values, key=lambda v: (v is not None, v or ""))
    meanings = dict(zip(ordered, outlines(ordered), strict=True))
    for value, meaning in meanings.items():
        seen = values[value]
        for source, amount in seen.amounts.items():
            group = (source, meaning.kind, meaning.state.value, meaning.terms)
            entry = entries.get(group)
            if entry is None:
                entry = entries[group] = _Entry(source, meaning.kind)
            entry.amount.add(amount)
            entry.keep(amount.rows, value, seen.where[source])
    for entry in entries.values():
        entry.conclude(values)
    readable = [c for c in counts if c.error is None]
    estimated = _estimated(readable)
    short = _short({entry.source for entry in entries.values()})
    sets = [_set(e, short[e.source], estimated) for e in _ordered(entries.values())]
    sets += _unread(counts, key)
    lacking = {value: meaning.lacks for value, meaning in meanings.items()}
    basis = Basis(len(readable), estimated, _sampled(counts))
    return Facts(
        as_of=as_of,
        subject=SubjectInfo(CORPUS, name, None, Status.FOUND),
        undeclared=False,
        license=(own_license := _own_license(sets)),
        coverage=corpus_coverage(sets, counts, lacking, basis),
        training_sets=tuple(sets),
        evaluation_sets=(),
        lineage=Lineage(
            key,
            (Node(key, NodeKind.DATASET, name, None, Status.FOUND, None, own_license),),
            (),
        ),
        notes=(*_notes(counts, basis), *notes),
        records=record_counts(counts, meanings, estimated),
    )


def _estimated(readable: Sequence[FileCount]) -> bool:
    """Whether some record has no count of its tokens, so that bytes must stand for them."""
    held = [count for count in readable if count.groups]
    return not held or any(
        c.columns.tokens is None or any(g.uncounted for g in c.groups) for c in held
    )


def _plus(number: float | None, other: float | None, factor: float) -> float | None:
    return None if number is None or other is None else number + other * factor


def _values(counts: Sequence[FileCount], key: str) -> dict[str | None, _Value]:
    values: dict[str | None, _Value] = {}
    for count in counts:
        seen = count.unreadable_rows + sum(group.rows for group in count.groups)
        factor = count.population / seen if seen else 1.0
        column = count.columns.license
        pointer = None if column is None else "/" + "/".join(column.path.steps)
        for group in count.groups:
            known, source = values.setdefault(group.value, _Value()), count.file.source
            if source not in known.where:
                quoted = excerpt(group.value or "")
                where = Evidence(key, None, count.file.path, None, pointer, quoted)
                known.where[source] = where
            known.amounts.setdefault(source, _Amount()).add(group, factor)
    return values


def _ordered(entries: Iterable[_Entry]) -> list[_Entry]:
    return sorted(entries, key=lambda e: (e.source, -e.amount.rows, e.kind.value, _label(e)))


def _label(entry: _Entry) -> str:
    """A license, or why there is none: what the group is called."""
    conclusion = entry.conclusions[0]
    if entry.kind is not ValueKind.NAMED:
        plural = "s" if entry.kind is ValueKind.UNRECOGNISED and entry.distinct > 1 else ""
        return f"{entry.kind.value}{plural}"
    if conclusion.state is LicenseState.EXPLICIT:
        return conclusion.concluded
    names = ", ".join(conclusion.declared) or conclusion.state.value
    return f"{conclusion.state.value}: {names}"


def _short(sources: set[str]) -> dict[str, str]:
    """What tells each source from the others: nothing when there is one, else its own folders."""
    if len(sources) < 2:
        return dict.fromkeys(sources, "")
    parts = {source: source.split("/") for source in sources}
    shared = 0
    for level in zip(*parts.values(), strict=False):
        if len(set(level)) > 1:
            break
        shared += 1
    return {source: "/".join(steps[shared:]) or steps[-1] for source, steps in parts.items()}


def _set(entry: _Entry, source: str, estimated: bool) -> TrainingSet:
    label = _label(entry)
    first = entry.conclusions[0]
    terms: set[Restriction] = {r for c in entry.conclusions for r in c.restrictions}
    conclusion = LicenseConclusion(
        state=first.state,
        declared=first.declared,
        concluded=first.concluded,
        reason=_reason(entry, first),
        restrictions=tuple(sorted(terms, key=lambda r: r.value)),
        statements=tuple(s for c in entry.conclusions for s in c.statements)[:_EXAMPLES],
    )
    size = entry.amount.bytes
    tokens = (None if size is None else size / 4) if estimated else entry.amount.tokens
    evidence = tuple(where for _, _, where in entry.values)
    weight = Weight(rows=entry.amount.rows, bytes=size, tokens=tokens, sources=evidence[:1])
    name = f"{source}: {label}" if source else label
    return _training_set(name, conclusion, weight, evidence, None)


def _reason(entry: _Entry, conclusion: LicenseConclusion) -> str:
    if entry.kind is not ValueKind.NAMED and entry.kind is not ValueKind.UNRECOGNISED:
        return conclusion.reason
    if entry.distinct == 1:
        return f"the records say {entry.values[0][2].excerpt}"
    shown = ", ".join(where.excerpt for _, _, where in entry.values[:2])
    return f"{entry.distinct:,} distinct values, most often {shown}"


def _training_set(
    name: str,
    conclusion: LicenseConclusion,
    weight: Weight,
    evidence: tuple[Evidence, ...],
    unread: str | None,
) -> TrainingSet:
    return TrainingSet(
        name=name,
        id=None,
        revision=None,
        role=Role.TRAINING,
        declared_in=(),
        via=(),
        weight=weight,
        evidence=evidence,
        resolved=unread is None,
        unresolved_reason=unread,
        guess=False,
        license=conclusion,
        inherited_lacking=conclusion.lacks,
        personal_data=_UNKNOWN,
        inherited_not_examined=conclusion.standing is Standing.NOT_EXAMINED,
    )


def _unread(counts: Sequence[FileCount], key: str) -> list[TrainingSet]:
    """Sets for what could not be read: lines of a known number, files of unknown content."""
    sets = []
    for count in counts:
        if count.unreadable_rows:
            reason = (
                "1 line is no JSON object in UTF-8"
                if count.unreadable_rows == 1
                else f"{count.unreadable_rows:,} lines are no JSON objects in UTF-8"
            )
            seen = count.unreadable_rows + sum(g.rows for g in count.groups)
            weight = Weight(rows=count.unreadable_rows * count.population / seen)
            sets.append(_unresolved(f"unreadable lines of {count.file.path}", reason, weight, key))
    failed = [count for count in counts if count.error is not None]
    for count in failed[:_NAMED_FILES]:
        reason = f"cannot be read: {count.error}"
        sets.append(_unresolved(count.file.path, reason, Weight(), key, count.file.path))
    rest = len(failed) - _NAMED_FILES
    if rest > 0:
        sets.append(
            _unresolved(f"{rest:,} more files", "they cannot be read either", Weight(), key)
        )
    return sets


def _unresolved(
    name: str, reason: str, weight: Weight, key: str, path: str | None = None
) -> TrainingSet:
    conclusion = LicenseConclusion(
        LicenseState.UNRESOLVED, (), NOASSERTION, reason, (), (), cause=Cause.UNREADABLE
    )
    where = () if path is None else (Evidence(key, None, path, None, None, excerpt(reason)),)
    return _training_set(name, conclusion, weight, where, reason)


def _own_license(sets: Sequence[TrainingSet]) -> LicenseConclusion:
    """The corpus's own license: explicit only when every record's is."""
    states = {s.license.state for s in sets}
    held = [s.license for s in sets if s.license.standing is Standing.NOT_LACKING]
    symbols = sorted({license_.concluded for license_ in held})
    terms = sorted({r for s in sets for r in s.license.restrictions}, key=lambda r: r.value)
    if states == {LicenseState.EXPLICIT} and len(symbols) <= _MOST_LICENSES:
        joined = symbols[0] if len(symbols) == 1 else " AND ".join(map(_bracketed, symbols))
        state, concluded = LicenseState.EXPLICIT, joined
        reason = "every record names its license"
    elif states == {LicenseState.EXPLICIT}:
        state, concluded = LicenseState.EXPLICIT, "LicenseRef-record-level"
        reason = f"every record names its license; {len(symbols)} expressions"
    elif states <= {LicenseState.NONE}:
        state, concluded, reason = LicenseState.NONE, NONE, "no record names a license"
    else:
        state, concluded = LicenseState.AMBIGUOUS, NOASSERTION
        reason = "licenses are stated record by record, and some records name none"
    return LicenseConclusion(state, (), concluded, reason, tuple(terms), ())


def _bracketed(expression: str) -> str:
    return f"({expression})" if " OR " in expression else expression


def _sampled(counts: Sequence[FileCount]) -> bool:
    return any(c.population > c.unreadable_rows + sum(g.rows for g in c.groups) for c in counts)


def _notes(counts: Sequence[FileCount], basis: Basis) -> list[Note]:
    notes = []
    columns = sorted({str(c.columns.license.path) for c in counts if c.columns.license})
    texts = sorted({str(c.columns.text.path) for c in counts if c.columns.text})
    tokens = sorted({str(c.columns.tokens.path) for c in counts if c.columns.tokens})
    read = f"{basis.files:,} of {len(counts):,} files read"
    read += f"; license column: {', '.join(columns) or 'none found'}"
    read += f"; text column: {', '.join(texts) or 'none found'}"
    read += f"; token column: {', '.join(tokens)}" if tokens and not basis.estimated else ""
    notes.append(Note(read, None))
    if tokens:
        notes += _uncounted(counts, ", ".join(tokens))
    if basis.sampled:
        taken = sum(g.rows for c in counts for g in c.groups)
        whole = sum(c.population for c in counts)
        notes.append(
            Note(
                f"an estimate: {taken:,} of {whole:,} records were read, "
                "in every file in proportion to its size; intervals are 95 %",
                None,
            )
        )
    failed = sum(c.error is not None for c in counts)
    if failed:
        words = (
            "file could not be read; nothing of it"
            if failed == 1
            else ("files could not be read; nothing of them")
        )
        notes.append(Note(f"{failed:,} {words} is counted", None))
    return notes


def _uncounted(counts: Sequence[FileCount], column: str) -> list[Note]:
    """Why a token column that is there was not used, where it was not."""
    held = [count for count in counts if count.groups]
    absent = sum(g.rows for c in held if c.columns.tokens is None for g in c.groups)
    empty = sum(g.uncounted for c in held for g in c.groups)
    if not absent + empty:
        return []
    whole = sum(g.rows for c in held for g in c.groups)
    words = f"{absent + empty:,} of {whole:,} records read have no count in it"
    return [Note(f"token column {column} not used: {words}; tokens are estimated", None)]

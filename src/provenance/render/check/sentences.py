"""What every page of a check says of it, as plain text; nothing is escaped here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from provenance.amounts import percent, plural, verb
from provenance.escape import safe_url
from provenance.report.causes import Fault, causes
from provenance.report.checked import (
    CheckResult,
    Comparison,
    Loosening,
    ScanNote,
    SetCounts,
    Suppression,
)
from provenance.report.evidence import Evidence
from provenance.report.finding import Severity, Verdict
from provenance.vocabulary.keys import PUBLIC_HUB

_NAMED = 4
"""Things named in one sentence."""
_NOT_IN_LOCK = "LCK003"
_DECIDING = 3
"""Causes named in the sentence on what decides."""
_HELD = {
    Suppression.BEFORE: "there before",
    Suppression.BASELINE: "in the baseline",
    Suppression.IGNORED: "ignored on their line",
    Suppression.WAIVED: "waived by the policy",
}


def headline(result: CheckResult) -> str:
    """What a reviewer has to know first: the data that a change adds, or all that is there.

    Of what the lock does not hold, a run that looks nothing up knows no more than that.
    """
    new = sorted({f.target for f in result.findings if f.finding.code == _NOT_IN_LOCK and f.counts})
    unlocked = f"{plural(len(new), 'reference')} not in the lock ({_listed(tuple(new))})"
    if result.comparison is not None:
        sentence, nothing = added_sentence(result.comparison), not result.comparison.added
        if new and nothing:
            return f"this change adds {unlocked}"
    else:
        sentence, nothing = share_sentence(result.share), not result.share.sets
        if new and nothing and not result.share.undeclared:
            return f"there {verb(len(new), 'is', 'are')} {unlocked}"
    return f"{sentence}; {unlocked}" if new else sentence


def share_sentence(share: SetCounts) -> str:
    """How much of the declared data behind the references lacks an explicit license."""
    if not share.sets and not share.undeclared:
        return "no training data is referenced"
    if not share.sets:
        known = "is known" if share.unread else "is declared"
        return f"no training data {known}: {_undeclared(share)}"
    text = (
        f"{share.lacking:,} of {plural(share.sets, 'data set')} "
        f"{verb(share.lacking, 'lacks', 'lack')} an explicit license "
        f"({_at_least(share)})"
    )
    if share.not_examined:
        most = percent((share.lacking + share.not_examined) / share.sets)
        text += f", {share.not_examined:,} could not be examined (so up to {most})"
    if share.undeclared:
        text += f"; {_undeclared(share)}"
    return text


def _undeclared(share: SetCounts) -> str:
    silent = share.undeclared - share.unread
    parts = []
    if silent:
        parts.append(f"{plural(silent, 'model names', 'models name')} no training data")
    if share.unread:
        parts.append(f"{plural(share.unread, 'model')} could not be read")
    return ", ".join(parts)


def _at_least(share: SetCounts) -> str:
    return f"{'at least ' if share.not_examined and share.lacking else ''}{percent(share.fraction)}"


def added_sentence(comparison: Comparison) -> str:
    """What data the change brings in and takes away, and how much of it is known to lack."""
    added, lacking = comparison.added, comparison.added_lacking
    unseen = comparison.added_not_examined
    if not added:
        text = "this change adds no training data"
    else:
        text = f"this change adds {plural(len(added), 'data set')}"
        parts = []
        if lacking:
            lack = plural(len(lacking), "lacks", "lack")
            parts.append(f"{lack} an explicit license ({_listed(lacking)})")
        if unseen:
            parts.append(f"{len(unseen):,} could not be examined ({_listed(unseen)})")
        text += f": {', '.join(parts) or 'none is known to lack a license'}"
    if comparison.removed:
        text += f"; it takes {plural(len(comparison.removed), 'data set')} away"
    return text


def before_and_after(comparison: Comparison) -> str:
    """How much was known to lack before and is now, and the findings that came and went."""
    text = f"known to lack an explicit license: {_known(comparison.after)}"
    text += f", before {_known(comparison.before)}"
    text += f"; {plural(comparison.new, 'new finding')}, {comparison.gone:,} gone"
    if comparison.gone_targets:
        text += f" ({_listed(comparison.gone_targets)})"
    text += f" since {comparison.base[:12]}"
    if comparison.policy_changed:
        text += f"; the policy changed too, what is new was judged by {comparison.judged_by}"
    return text


def _known(share: SetCounts) -> str:
    if not share.sets:
        return "no data declared"
    low = percent(share.fraction)
    inside = low
    if share.not_examined:
        most = percent((share.lacking + share.not_examined) / share.sets)
        inside = f"{low} to {most}, {share.not_examined:,} not examined"
    return f"{share.lacking:,} of {plural(share.sets, 'data set')} ({inside})"


def decides(result: CheckResult) -> str:
    """What the verdict rests on, in one sentence; empty for a pass."""
    if result.verdict is Verdict.PASS:
        return ""
    wanted = Severity.ERROR if result.verdict is Verdict.FAIL else Severity.INCOMPLETE
    every = causes(f for f in result.findings if f.counts)
    grave = [c for c in every if c.severity is wanted]
    grave = grave or [c for c in every if c.severity is Severity.WARNING]
    titles = {rule.code: rule.title for rule in result.rules}
    parts = [
        f"{_at_fault(c)} ({_lower(titles.get(c.codes[0], c.codes[0]))})" for c in grave[:_DECIDING]
    ]
    more = f" and {len(grave) - _DECIDING} more" if len(grave) > _DECIDING else ""
    verb = "fails" if result.verdict is Verdict.FAIL else "is incomplete"
    return f"it {verb} because of {', '.join(parts)}{more}"


def _at_fault(cause: Fault) -> str:
    """The thing; where a finding is about several sets behind it, its data and not itself."""
    return f"data of {cause.key}" if cause.findings[0].finding.subjects else cause.key


def _lower(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def held_sentence(result: CheckResult) -> str:
    """What was already accepted, by how."""
    held = Counter(f.suppressed for f in result.findings if not f.counts)
    parts = [f"{held[kind]:,} {words}" for kind, words in _HELD.items() if held[kind]]
    return f"accepted already: {', '.join(parts)}" if parts else ""


def loosened_sentence(loosened: Iterable[Loosening]) -> str:
    """How many ways the change would loosen the gate, and whether they hold."""
    every = list(loosened)
    refused = sum(not loosening.allowed for loosening in every)
    text = f"this change loosens the gate in {plural(len(every), 'way')}"
    return (
        f"{text}, {refused:,} of them not allowed by its base and not applied"
        if refused
        else (f"{text}, all allowed by its base")
    )


def evidence_line(cause: Fault) -> str:
    """The first place that says what is wrong, with its words and a link to them at their commit.

    Places of the most severe finding, where it has any: what others rest on may be another matter.
    """
    for seen in cause.findings[0].finding.evidence or cause.evidence:
        page = _page_of(seen)
        if page:
            words = f"“{seen.excerpt}” " if seen.excerpt else ""
            beside = seen.path and seen.source is None and seen.path not in page
            place = f"{seen.place} " if beside else ""
            return f"seen: {words}{place}{page}"
    return ""


def _page_of(seen: Evidence) -> str:
    """Where one can look it up: the line on the Hub, or what a digest's fact was read in."""
    folder, _, name = seen.repo.partition("/")
    if seen.source is not None:
        return (safe_url(seen.source.url) if seen.source.url else None) or seen.source.title
    if seen.repo == "catalog":
        return safe_url(seen.path) or seen.path or ""
    if folder not in {"datasets", "models"} or "/" not in name:
        return ""
    page = f"{PUBLIC_HUB}/{name}" if folder == "models" else f"{PUBLIC_HUB}/datasets/{name}"
    if seen.path and seen.revision and seen.revision.isalnum():
        source = "?code=true" if seen.path.lower().endswith(".md") else ""
        line = f"{source}#L{seen.line}" if seen.line else ""
        page += f"/blob/{seen.revision}/{seen.path}{line}"
    return page


def _listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def unresolved_sentence(notes: tuple[ScanNote, ...], most: int) -> str | None:
    """How many places load what is not resolved, on how many lines, and the first of them.

    ``None`` where there is none.
    """
    lines = sorted({(note.file, note.line) for note in notes})
    if not lines:
        return None
    by_file: dict[str, list[str]] = {}
    for file, line in lines[:most]:
        by_file.setdefault(file, []).append(str(line))
    shown = "; ".join(f"{file}:{', '.join(numbers)}" for file, numbers in by_file.items())
    more = f" and {len(lines) - most:,} more" if len(lines) > most else ""
    return (
        f"{plural(len(lines), 'line')} with a loader whose argument is known at run time only, or "
        f"is no repository: {shown}{more}"
    )

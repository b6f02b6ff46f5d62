"""What every page of a check says of it, as plain text; nothing is escaped here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from provenance.render.sentences import plural
from provenance.report.causes import Cause, causes
from provenance.report.checked import CheckResult, Comparison, Loosening, Share, Suppression
from provenance.report.finding import Severity, Verdict
from provenance.report.shares import percent

_NAMED = 4
"""Things named in one sentence."""
_HELD = {
    Suppression.BEFORE: "there before",
    Suppression.BASELINE: "in the baseline",
    Suppression.IGNORED: "ignored on their line",
    Suppression.WAIVED: "waived by the policy",
}
_HUB = "https://huggingface.co"


def share_sentence(share: Share) -> str:
    """How much of the declared data behind the references lacks an explicit license."""
    if not share.sets and not share.undeclared:
        return "no training data is referenced"
    text = (
        f"{_at_least(share)} of the declared data lacks an explicit license "
        f"({share.lacking:,} of {plural(share.sets, 'set')})"
    )
    if share.not_examined:
        text += (
            f"; {percent(share.not_examined / share.sets)} could not be examined "
            f"({share.not_examined:,}), so {percent(share.fraction)} to "
            f"{percent((share.lacking + share.not_examined) / share.sets)}"
        )
    if share.undeclared:
        text += f"; {plural(share.undeclared, 'model')} named none or could not be read"
    return text


def _at_least(share: Share) -> str:
    return f"{'at least ' if share.not_examined and share.lacking else ''}{percent(share.fraction)}"


def added_sentence(comparison: Comparison) -> str:
    """What the change brings in and takes away: sets, and findings."""
    added, lacking = comparison.added, comparison.added_lacking
    text = f"this change adds {plural(len(added), 'set')} of declared data"
    if added:
        text += f", {len(lacking):,} without an explicit license"
        if lacking:
            text += f" ({_listed(lacking)})"
    if comparison.removed:
        text += f", takes {plural(len(comparison.removed), 'set')} away"
    text += (
        f": {plural(comparison.new, 'new finding')}, {comparison.gone:,} gone since "
        f"{comparison.base[:12]}"
    )
    if comparison.gone_targets:
        text += f" ({_listed(comparison.gone_targets)})"
    if comparison.policy_changed:
        text += f"; the policy changed too, what is new was judged by {comparison.judged_by}"
    return text


def decides(result: CheckResult) -> str:
    """What the verdict rests on, in one sentence; empty for a pass."""
    if result.verdict is Verdict.PASS:
        return ""
    wanted = Severity.ERROR if result.verdict is Verdict.FAIL else Severity.INCOMPLETE
    grave = [f for f in result.findings if f.counts and f.finding.severity is wanted]
    grave = grave or [
        f for f in result.findings if f.counts and f.finding.severity is Severity.WARNING
    ]
    codes = Counter(f.finding.code for f in grave)
    rules = ", ".join(f"{code} ({number})" for code, number in sorted(codes.items()))
    number = plural(len(causes(grave)), "thing")
    verb = "fails" if result.verdict is Verdict.FAIL else "is incomplete"
    return f"it {verb} because of {number}: {rules}"


def held_sentence(result: CheckResult) -> str:
    """What was already accepted, by how."""
    held = Counter(f.suppressed for f in result.findings if not f.counts)
    parts = [f"{held[kind]:,} {words}" for kind, words in _HELD.items() if held[kind]]
    return f"accepted already: {', '.join(parts)}" if parts else ""


def loosened_sentence(loosened: Iterable[Loosening]) -> str:
    """How many ways the change would loosen the gate, and whether they hold."""
    every = list(loosened)
    refused = sum(not one.allowed for one in every)
    text = f"this change loosens the gate in {plural(len(every), 'way')}"
    return (
        f"{text}, {refused:,} of them not allowed by its base and not applied"
        if refused
        else (f"{text}, all allowed by its base")
    )


def evidence_line(cause: Cause) -> str:
    """The first place where it was read, with its words and a link to them at their commit."""
    for seen in cause.evidence:
        folder, _, name = seen.repo.partition("/")
        if folder not in {"datasets", "models"} or "/" not in name:
            continue
        page = f"{_HUB}/{name}" if folder == "models" else f"{_HUB}/datasets/{name}"
        if seen.path and seen.revision and seen.revision.isalnum():
            line = f"#L{seen.line}" if seen.line else ""
            page += f"/blob/{seen.revision}/{seen.path}{line}"
        words = f"“{seen.excerpt}” " if seen.excerpt else ""
        place = f"{seen.path}{f':{seen.line}' if seen.line else ''} " if seen.path else ""
        return f"seen: {words}{place}{page}"
    return ""


def _listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more

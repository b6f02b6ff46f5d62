"""What decides a verdict, and what would change it. Plain texts; nothing is escaped here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from provenance import amounts
from provenance.frozen import frozen
from provenance.render import sentences, set_words
from provenance.report import shares
from provenance.report.evidence import Evidence
from provenance.report.finding import Finding, Severity, Verdict
from provenance.report.license import (
    Cause,
    LicenseConclusion,
    LicenseState,
    Scope,
    Standing,
    statement_behind,
)
from provenance.report.lineage import EdgeKind, Node
from provenance.report.report import Report
from provenance.report.training import TrainingSet
from provenance.vocabulary.statuses import Status

_MOST_STEPS = 3
_DECIDES = {Verdict.FAIL: Severity.ERROR, Verdict.INCOMPLETE: Severity.INCOMPLETE}
_CAUSE = {
    LicenseState.NONE: "no license given",
    LicenseState.AMBIGUOUS: "no specific terms",
    LicenseState.CONFLICTING: "statements disagree",
    LicenseState.EXPLICIT: "",
    Cause.NOT_LOCATABLE: "named only in words",
    Cause.OUTSIDE_SOURCES: "not examined: outside the Hub",
    Cause.NOT_FOUND_OR_PRIVATE: "not examined: not found or private",
    Cause.GATED: "not examined: gated",
    Cause.WITHDRAWN: "not examined: withdrawn",
    Cause.UNREACHABLE: "not examined: unreachable",
    Cause.UNREADABLE: "not examined: cannot be parsed",
    Cause.NOT_IN_SNAPSHOT: "not examined: not in the snapshot",
    Cause.NOT_IN_DIGEST: "not examined: no fact in the digest",
    Cause.OVER_BOUND: "not examined: over a bound",
}


@frozen
class VerdictReason:
    """One thing behind the verdict, in words."""

    share: float | None
    """Of the headline's measure, 0–1; ``None``: not known, or not of a set."""
    what: str
    """The set's label, or what a finding says."""
    why: str
    """Its cause in a few words; empty where ``what`` says it."""
    key: str
    """Node key of the set; the code of a finding."""
    evidence: Evidence | None
    """Where it was read."""


@frozen
class Step:
    """Something to do, and what the verdict would be when it and those before it are done."""

    text: str
    codes: tuple[str, ...]
    then: Verdict
    left: int
    """Findings that would still bar a pass."""
    examines: bool
    """It lets something be seen: what is seen then may be new, and the verdict another."""


def deciding_sets(report: Report) -> list[TrainingSet]:
    """The sets behind the verdict, the heaviest first; for a pass there are none.

    Those that a deciding finding names. One that names the subject alone (a limit on coverage)
    stands for the sets that are known to lack or, where nothing fails, that were not examined.
    """
    deciding = deciding_findings(report)
    keys = {k for f in deciding for k in (f.subject, *f.subjects)}
    counted = None
    if report.lineage.root in keys:
        fails = report.verdict is Verdict.FAIL
        counted = Standing.LACKING if fails else Standing.NOT_EXAMINED
    own_sets = sentences.own_sets(report)
    sets = [s for s in own_sets if s.key in keys or s.license.standing is counted]
    measure = sentences.headline(report)
    return sorted(sets, key=lambda s: -(shares.share_of(s, measure) or 0.0))


def deciding_own(report: Report) -> str | None:
    """What decides it in the model's own license, in words; ``None`` where nothing does.

    A dataset's own license is that of a set, which stands among the sets.
    """
    if report.subject.kind == "dataset":
        return None
    root, name = report.lineage.root, f"the model {report.subject.id} "
    for finding in deciding_findings(report):
        about = finding.subjects or (finding.subject,)
        if finding.code.startswith("LIC") and root in about:
            return finding.message.removeprefix(f"the license of {name}").removeprefix(name)
    return None


def refused_keys(report: Report) -> frozenset[str]:
    """Node keys of all that an active error names: the policy refuses it."""
    errors = (f for f in active_findings(report) if f.severity is Severity.ERROR)
    return frozenset(key for f in errors for key in (f.subject, *f.subjects) if key)


def cause_words(conclusion: LicenseConclusion) -> str:
    """Why a license is not explicit, in a few words; empty where it is."""
    if conclusion.cause is not None:
        return _CAUSE[conclusion.cause]
    if conclusion.state is LicenseState.NONE:
        named = {s.scope for s in conclusion.statements if s.expression is not None}
        return next(
            (words for scope, words in _NOT_OF_IT if scope in named), _CAUSE[conclusion.state]
        )
    return _CAUSE.get(conclusion.state, "")


_NOT_OF_IT = (
    (Scope.CODE, "only its code has a license"),
    (Scope.UPSTREAM, "only its sources have a license"),
)
"""What is said of a thing that gives no license for itself, by what its statements are of."""


def broken_rules(report: Report) -> dict[str, list[str]]:
    """Codes of the deciding findings that name a thing, by its node key, each once."""
    codes: dict[str, list[str]] = {}
    for finding in deciding_findings(report):
        for key in {finding.subject, *finding.subjects}:
            known = codes.setdefault(key, [])
            if finding.code not in known:
                known.append(finding.code)
    return codes


def why_decides(item: TrainingSet, broken: Mapping[str, Sequence[str]]) -> str:
    """Why a set decides: the cause of its state; of an explicit license, what it breaks."""
    cause, named = cause_words(item.license), broken.get(item.key, ())
    if item.license.state is LicenseState.CONFLICTING and item.license.reason:
        first = [_BREAKS[code] for code in named if code in _BREAKS]
        return f"{', '.join([*first, cause])}: {item.license.reason}"
    if cause:
        return cause
    license_ = set_words.license_words(item.license)
    broken_by = ", ".join(dict.fromkeys(_BREAKS.get(code, code) for code in named))
    return f"{broken_by}: {license_}" if broken_by else license_


def read_at(item: TrainingSet) -> Evidence | None:
    """Where its license, else its name, was read."""
    behind = statement_behind(item.license)
    read = item.evidence if behind is None else (behind.evidence,)
    return read[0] if read else None


def reasons(report: Report) -> list[VerdictReason]:
    """What decides the verdict: the model's own license, sets, else what the findings say."""
    measure = sentences.headline(report)
    own_reason = deciding_own(report)
    every = []
    if own_reason is not None:
        behind = statement_behind(report.license)
        read = None if behind is None else behind.evidence
        every.append(VerdictReason(None, "its own license", own_reason, report.lineage.root, read))
    broken = broken_rules(report)
    every += [
        VerdictReason(
            shares.share_of(item, measure),
            set_words.named(item),
            why_decides(item, broken),
            item.key,
            read_at(item),
        )
        for item in deciding_sets(report)
    ]
    return every or [
        VerdictReason(None, f.message, "", f.code, f.evidence[0] if f.evidence else None)
        for f in deciding_findings(report)
    ]


_BECAUSE = {
    "LIC001": "a license is denied",
    "LIC011": "a term blocks the intended use",
    "COV003": "no training data is named",
    "COV001": "too much lacks an explicit license",
    "COV005": "too much was not examined",
    "LIC016": "too much is under some licenses",
    "LIN004": "it could not be read",
    "COV006": "the card itself was not read",
    "LIC002": "a license needs review",
    "LIC003": "no license is stated",
    "LIC004": "a license names no terms",
    "LIC006": "license statements disagree",
    "LIC018": "a license was not read to its end",
    "LIC013": "not everything was examined",
    "COV002": "a limit cannot be decided",
    "LIN001": "a base model was not examined",
    "LIN002": "a base model names no data",
}
"""What the rules that decide most verdicts say, in a few words; the weightiest first."""
_BREAKS = {
    "LIC001": "denied",
    "LIC002": "needs review",
    "LIC011": "its terms block the use",
    "LIC016": "too much of it",
    "LIC018": "not read to its end",
}
"""What is wrong with a set whose license is explicit, by the rule it breaks."""
_IN_WORDS = "training data is named only in words"
_MOST_BECAUSE = 2


def because(report: Report) -> str:
    """Why the verdict is what it is, in a few words; empty for a pass."""
    codes = {f.code for f in deciding_findings(report)}
    told = _BECAUSE if report.undeclared else {**_BECAUSE, "COV003": _IN_WORDS}
    phrases = [words for code, words in told.items() if code in codes]
    return ", ".join(phrases[:_MOST_BECAUSE]) or ", ".join(sorted(codes)[:_MOST_BECAUSE])


def base_models(report: Report) -> list[tuple[str, str]]:
    """Models that the subject was made from, each with why it was not examined, in words."""
    nodes = {node.key: node for node in report.lineage.nodes}
    targets = dict.fromkeys(
        edge.target
        for edge in report.lineage.edges
        if edge.source == report.lineage.root and edge.kind is EdgeKind.FINETUNED_FROM
    )
    bases = [nodes[key] for key in targets if key in nodes]
    return [(n.id, _why_unseen(n)) for n in bases]


def _why_unseen(node: Node) -> str:
    if node.status is Status.NAMED:
        return "not examined: named without a Hub id"
    return "" if node.status is Status.FOUND else cause_words(node.license)


def own_license(report: Report) -> str:
    """The subject's own license in words; where none is sure, why and what was found."""
    conclusion = report.license
    license_ = set_words.license_words(conclusion)
    if conclusion.state is LicenseState.EXPLICIT:
        return license_
    what, _, inner = (cause_words(conclusion) or conclusion.state.value).partition(": ")
    inside = inner or license_
    return f"{what} ({inside})" if inside else what


_MOST_BASES = 3


def made_from(report: Report) -> str | None:
    """Its base models in a line, why is said once of several; ``None`` where none is named."""
    named = base_models(report)
    if not named:
        return None
    more = f" and {len(named) - _MOST_BASES} more" if len(named) > _MOST_BASES else ""
    whys = {why for _, why in named}
    listed = ", ".join(
        f"{name} ({why})" if why and len(whys) > 1 else name for name, why in named[:_MOST_BASES]
    )
    why = f" ({whys.pop()})" if len(whys) == 1 and all(whys) else ""
    return f"made from: {listed}{more}{why}"


def active_findings(report: Report) -> list[Finding]:
    """Findings that nobody accepted."""
    return [f for f in report.findings if f.waiver is None]


def deciding_findings(report: Report) -> list[Finding]:
    """Active findings of the severity that makes the verdict; none for a pass."""
    severity = _DECIDES.get(report.verdict)
    return [f for f in active_findings(report) if f.severity is severity]


def steps_to_pass(report: Report) -> list[Step]:
    """What would change the verdict, the most severe first, each with the verdict that it leads to.

    Findings of one remedy, or of a part of one, are one step. Its verdict supposes that those
    before it are done and that nothing new is found. Of a subject that was not read no measure can
    be mended: it has to be read first.
    """
    barring = [
        f for f in active_findings(report) if f.severity in {Severity.ERROR, Severity.INCOMPLETE}
    ]
    if sentences.unread(report) is not None:
        barring = [f for f in barring if not f.code.startswith("COV")] or barring
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(barring, key=lambda f: f.severity.rank):
        text = finding.help or finding.message
        shown = islice(groups, _MOST_STEPS)  # what no step shows may stand apart
        known = next((t for t in shown if text in t), None)
        groups.setdefault(known or text, []).append(finding)
    left = Counter(f.severity for f in barring)
    steps: list[Step] = []
    for text, findings in list(groups.items())[:_MOST_STEPS]:
        left -= Counter(f.severity for f in findings)
        codes = tuple(dict.fromkeys(f.code for f in findings))
        examines = any(f.severity is Severity.INCOMPLETE for f in findings)
        steps.append(Step(text, codes, _verdict(left), left.total(), examines))
    return steps


def after(step: Step, report: Report) -> str:
    """The verdict once a step and those before it are done, in words."""
    if step.then is report.verdict:
        return f"still {step.then.value}, {amounts.plural(step.left, 'finding')} left"
    if step.examines and step.then is Verdict.PASS:
        return "pass, if nothing new is found"
    return step.then.value


def _verdict(left: Mapping[Severity, int]) -> Verdict:
    """The verdict with so many findings of each severity left."""
    if left.get(Severity.ERROR):
        return Verdict.FAIL
    return Verdict.INCOMPLETE if left.get(Severity.INCOMPLETE) else Verdict.PASS

"""What changed between two reports: sets, licenses, coverage, findings."""

from __future__ import annotations

from dataclasses import dataclass, fields

import msgspec

from provenance.coverage import Coverage
from provenance.finding import Finding
from provenance.render import words
from provenance.render.escape import markdown, terminal
from provenance.report import Report
from provenance.serialize import dump_json
from provenance.training import TrainingSet


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is not what it was."""

    what: str
    """``verdict``, ``policy``, ``revision`` …, or a measure or a set and the value that changed."""
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding in short."""

    code: str
    severity: str
    subject: str
    message: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that changed, empty where nothing did."""

    old: str
    """``kind id@revision`` of the old report."""
    new: str
    report: tuple[Change, ...]
    """Verdict, policy, revision, source, date, the subject's own license."""
    coverage: tuple[Change, ...]
    sets_added: tuple[str, ...]
    sets_removed: tuple[str, ...]
    sets_changed: tuple[Change, ...]
    findings_new: tuple[FindingLine, ...]
    findings_gone: tuple[FindingLine, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing changed but perhaps the date."""
        return not any(
            getattr(self, f.name) for f in fields(self) if f.name not in {"old", "new", "report"}
        ) and all(change.what in {"as of"} for change in self.report)


def compare(old: Report, new: Report) -> Difference:
    """What changed from ``old`` to ``new``; findings are matched by fingerprint, sets by id."""
    before, after = _sets(old), _sets(new)
    known = {f.fingerprint for f in old.findings}
    still = {f.fingerprint for f in new.findings}
    return Difference(
        old=_name(old),
        new=_name(new),
        report=_changes("", _facts(old), _facts(new)),
        coverage=_changes("", _coverage(old), _coverage(new)),
        sets_added=tuple(_described(after[key]) for key in after if key not in before),
        sets_removed=tuple(_described(before[key]) for key in before if key not in after),
        sets_changed=tuple(
            change
            for key in after
            if key in before
            for change in _changes(
                f"{words.label(after[key])}: ", _set_facts(before[key]), _set_facts(after[key])
            )
        ),
        findings_new=tuple(_line(f) for f in new.findings if f.fingerprint not in known),
        findings_gone=tuple(_line(f) for f in old.findings if f.fingerprint not in still),
    )


def _name(report: Report) -> str:
    revision = f"@{report.subject.revision[:12]}" if report.subject.revision else ""
    return f"{report.subject.kind} {report.subject.id}{revision}"


def _facts(report: Report) -> dict[str, str]:
    return {
        "subject": f"{report.subject.kind} {report.subject.id}",
        "revision": report.subject.revision or "unknown",
        "verdict": report.verdict.value,
        "undeclared": "yes" if report.undeclared else "no",
        "own license": f"{report.license.concluded} ({report.license.state.value})",
        "policy": f"{report.policy.name} {report.policy.sha256[:12]}",
        "source": words.source_words(report),
        "as of": report.as_of,
    }


def _coverage(report: Report) -> dict[str, str]:
    return {_measure(c): words.interval(c) for c in report.coverage}


def _measure(coverage: Coverage) -> str:
    basis = f" ({coverage.basis})" if coverage.measure.value == "published" else ""
    return f"{words.measure_name(coverage)}, {coverage.reading.value}{basis}"


def _sets(report: Report) -> dict[str, TrainingSet]:
    return {(s.id or f"named:{s.name}").lower(): s for s in report.training_sets}


def _described(item: TrainingSet) -> str:
    said = words.says(item.license)
    return f"{words.label(item)}: {item.license.state.value}{f', {said}' if said else ''}"


def _set_facts(item: TrainingSet) -> dict[str, str]:
    return {
        "state": item.license.state.value,
        "license": words.says(item.license) or "none stated",
        "revision": item.revision or "unknown",
        "weight": "; ".join(words.weight_words(item)) or "unknown",
        "declared in": ", ".join(words.declared_in(item)),
        "through": " → ".join(item.via) or "the subject itself",
    }


def _changes(prefix: str, old: dict[str, str], new: dict[str, str]) -> tuple[Change, ...]:
    keys = dict.fromkeys([*new, *old])
    pairs = ((key, old.get(key, "–"), new.get(key, "–")) for key in keys)
    return tuple(Change(f"{prefix}{key}", a, b) for key, a, b in pairs if a != b)


def _line(finding: Finding) -> FindingLine:
    return FindingLine(
        finding.code, finding.severity.value, finding.subject, finding.message, finding.fingerprint
    )


def difference_json(difference: Difference) -> str:
    """The difference as JSON: the fields of :class:`Difference`."""
    return dump_json(msgspec.to_builtins(difference))


def difference_text(difference: Difference) -> str:
    """The difference for a person at a terminal."""
    lines = [f"old  {difference.old}", f"new  {difference.new}"]
    for title, entries in _sections(difference):
        lines += ["", f"{title} ({len(entries)})", *(f"  {entry}" for entry in entries)]
    if difference.empty:
        lines += ["", "Nothing changed."]
    return "\n".join(terminal(line) for line in lines) + "\n"


def difference_markdown(difference: Difference) -> str:
    """The difference for a pull request."""
    lines = [f"**{markdown(difference.old)}** → **{markdown(difference.new)}**"]
    for title, entries in _sections(difference):
        lines += ["", f"### {title} ({len(entries)})", ""]
        lines += [f"- {markdown(entry)}" for entry in entries]
    if difference.empty:
        lines += ["", "Nothing changed."]
    return "\n".join(lines) + "\n"


def _sections(difference: Difference) -> list[tuple[str, list[str]]]:
    """Titles and lines of what is not empty."""
    everything = [
        ("Report", _arrows(difference.report)),
        ("Lacking an explicit license", _arrows(difference.coverage)),
        ("Training sets added", list(difference.sets_added)),
        ("Training sets removed", list(difference.sets_removed)),
        ("Training sets changed", _arrows(difference.sets_changed)),
        ("Findings that are new", [_said(f) for f in difference.findings_new]),
        ("Findings that are gone", [_said(f) for f in difference.findings_gone]),
    ]
    return [(title, entries) for title, entries in everything if entries]


def _arrows(changes: tuple[Change, ...]) -> list[str]:
    return [f"{c.what}: {c.old} → {c.new}" for c in changes]


def _said(finding: FindingLine) -> str:
    return f"{finding.severity} {finding.code}: {finding.message}"

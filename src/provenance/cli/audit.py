"""``provenance audit SUBJECT…``: arguments in, report out, exit code."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from provenance.cli.completing import complete_policy, complete_subject
from provenance.cli.exits import Exit, combine, exit_for
from provenance.cli.options import (
    as_of_option,
    bounds_options,
    color_option,
    croissant_option,
    exit_zero_option,
    fail_on_option,
    output_option,
    parse_date,
    say_error,
    source_option,
)
from provenance.cli.progress import counting_repositories, quiet_option, verbose_option
from provenance.cli.report import read_text
from provenance.cli.writing import chosen_format, format_option, write_rendered
from provenance.errors import UsageError
from provenance.render import REPORT_FORMATS
from provenance.report.facts import EarlierLicense
from provenance.report.finding import Severity
from provenance.report.report import Report
from provenance.vocabulary.statuses import Status

NOTHING = frozenset(
    {Status.NOT_FOUND, Status.NOT_IN_SNAPSHOT, Status.NOT_IN_DIGEST, Status.REVISION_NOT_FOUND}
)
"""Statuses of a subject that leave nothing to audit; others leave the audit incomplete."""


@click.command()
@click.argument(
    "subjects", nargs=-1, required=True, metavar="SUBJECT...", shell_complete=complete_subject
)
@source_option
@croissant_option
@click.option(
    "--policy",
    "policy_name",
    metavar="NAME|FILE",
    shell_complete=complete_policy,
    help="Policy to judge by: a file or a built-in name. "
    "Default: provenance.yaml found upward from here, else builtin:default.",
)
@format_option(REPORT_FORMATS)
@output_option
@click.option("--all", "show_all", is_flag=True, help="text: list every set and waived finding.")
@fail_on_option
@click.option("--no-exceptions", is_flag=True, help="Let the policy's exceptions waive nothing.")
@click.option("--show-suppressed", is_flag=True, help="text, markdown: list waived findings.")
@click.option(
    "--earlier",
    type=click.Path(path_type=Path),
    metavar="REPORT.json",
    help="A saved JSON report: find what was relicensed since.",
)
@exit_zero_option
@as_of_option
@quiet_option
@verbose_option
@color_option
@bounds_options
def audit(
    subjects: tuple[str, ...],
    snapshot: str | None,
    croissant: bool,
    policy_name: str | None,
    format_name: str | None,
    output: Path | None,
    show_all: bool,
    fail_on: str,
    no_exceptions: bool,
    show_suppressed: bool,
    earlier: Path | None,
    exit_zero: bool,
    as_of: str | None,
    jobs: int,
    max_depth: int,
    max_repositories: int,
) -> int:
    """Audit models or datasets: what they were made from, and whether it may be used.

    SUBJECT is owner/name, datasets/owner/name, hf://…, a Hub URL (each with @revision), or a
    local folder holding a README.md; - reads subjects from standard input, one a line.
    """
    from provenance.auditing.audit import EvaluationOptions, audit_refs
    from provenance.auditing.walk import Bounds
    from provenance.hub.open import open_subjects
    from provenance.policy import load_policy
    from provenance.policy.accepting import ended

    subjects = _named(subjects)
    form = chosen_format(REPORT_FORMATS, format_name, output)
    REPORT_FORMATS.check_number(form, len(set(subjects)))
    policy = load_policy(policy_name, Path.cwd())
    refs, source = open_subjects(subjects, snapshot, croissant=croissant)
    bounds = Bounds(max_depth, max_repositories, jobs)
    options = EvaluationOptions(Severity(fail_on), not no_exceptions)
    day, today = parse_date(as_of), parse_date(None)
    run = partial(
        audit_refs, refs, source, policy, as_of=day, bounds=bounds, earlier=_earlier(earlier)
    )
    with counting_repositories() as progress:
        reports = run(judging=options, progress=progress)
    codes = [_code(r) for r in reports]
    over = ended(policy, day, today)
    if over:
        now = [_code(r) for r in run(judging=replace(options, waived_on=today))]
        if combine(now + codes) is not combine(codes):
            say_error(_ended_line(over, day))
        codes += now
    for report in reports:
        if report.subject.status is not Status.FOUND:
            say_error(unread_line(report) + meant(report, snapshot))
    read = all(report.subject.status is Status.FOUND for report in reports)
    if read or len(reports) > 1 or form.name == "json":
        write_rendered(form, reports, output, show_all=show_all, show_suppressed=show_suppressed)
    code = combine(codes)
    return Exit.OK if exit_zero and code in {Exit.VIOLATED, Exit.INCOMPLETE} else code


def _ended_line(over: tuple[str, ...], day: datetime.date) -> str:
    """Why the exit code is not that of the report."""
    more = f" and {len(over) - 1} more" if len(over) > 1 else ""
    return (
        f"{over[0]}{more} held on {day} and no longer does: the report speaks for that day,"
        " the exit code for today"
    )


def _earlier(saved: Path | None) -> tuple[EarlierLicense, ...]:
    """Licenses that a saved report concluded, by node.

    Raises:
        UsageError: the file cannot be read or holds no report.

    """
    if saved is None:
        return ()
    from provenance.cli.report import errors_of
    from provenance.report.serialize import reports_from_json

    try:
        text = saved.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{saved} cannot be read: --earlier takes a saved JSON report") from None
    with errors_of(str(saved)):
        reports = reports_from_json(text)
    return tuple(
        EarlierLicense(node.key, node.concluded, f"the report of {report.as_of}")
        for report in reports
        for node in report.lineage.nodes
    )


def _named(subjects: tuple[str, ...]) -> tuple[str, ...]:
    """The subjects, with ``-`` replaced by the lines of standard input.

    Raises:
        UsageError: standard input names none, or is not UTF-8.

    """
    if "-" not in subjects:
        return subjects
    lines = [line.strip() for line in read_text("-").splitlines()]
    given = [line for line in lines if line and not line.startswith("#")]
    if not given:
        raise UsageError("standard input names no subject: give one a line")
    return tuple(s for subject in subjects for s in (given if subject == "-" else [subject]))


def meant(report: Report, snapshot: str | None) -> str:
    """What may have been meant by a subject that is not there, as the end of a line; else nothing.

    Of a snapshot: what it holds. Of the Hub: what the shipped snapshot holds, which the Hub had.
    """
    if report.subject.status not in NOTHING:
        return ""
    from provenance.hub.near import near_paths
    from provenance.hub.snapshot import open_snapshot
    from provenance.meant import did_you_mean
    from provenance.refs import RepoKind, RepoRef

    asked = RepoRef(RepoKind(report.subject.kind), report.subject.id)
    source = open_snapshot(snapshot or "bundled")
    if snapshot is not None and asked.id in source.ids(asked.kind):
        return ""  # it is there at another revision: the name is right
    return did_you_mean(near_paths(source, asked))


def _code(report: Report) -> Exit:
    if report.subject.status is Status.FOUND:
        return exit_for(report.verdict)
    return Exit.NOTHING if report.subject.status in NOTHING else Exit.INCOMPLETE


def unread_line(report: Report) -> str:
    """One line on a subject that could not be read."""
    root = next(n for n in report.lineage.nodes if n.key == report.lineage.root)
    return f"{root.key}: {root.why}"

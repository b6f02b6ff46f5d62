"""``provenance snapshot SUBJECT… -o DIR``: save what an audit reads, to audit again offline."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli.audit import NOTHING, meant, unread_line
from provenance.cli.completing import complete_subject
from provenance.cli.exits import Exit
from provenance.cli.options import (
    announce,
    bounds_options,
    croissant_option,
    parse_date,
    source_option,
    write_out,
)
from provenance.cli.progress import counting_repositories, quiet_option, verbose_option
from provenance.errors import UsageError
from provenance.vocabulary.statuses import Status

_LIST = "list"


@click.command()
@click.argument(
    "subjects", nargs=-1, required=True, metavar="SUBJECT...|list", shell_complete=complete_subject
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder to write; new, empty or a snapshot already.",
)
@source_option
@croissant_option
@quiet_option
@verbose_option
@bounds_options
def snapshot(
    subjects: tuple[str, ...],
    output: Path | None,
    snapshot: str | None,
    croissant: bool,
    jobs: int,
    max_depth: int,
    max_repositories: int,
) -> int:
    """Save every answer that auditing SUBJECT needs, absences included.

    `provenance audit SUBJECT --snapshot DIR` then reads the same bytes without a network.
    `provenance snapshot list` names what the shipped snapshot holds, or that of --snapshot.
    """
    if subjects == (_LIST,):
        return _say_held(snapshot or "bundled", output)
    if output is None:
        raise UsageError("snapshot needs -o DIR: the folder to write")
    from provenance.auditing.audit import audit_refs
    from provenance.auditing.walk import Bounds
    from provenance.hub.open import open_subjects
    from provenance.hub.recorder import Recorder
    from provenance.policy import load_policy

    refs, source = open_subjects(subjects, snapshot, croissant=croissant)
    recorder = Recorder(source)
    today = parse_date(None)
    policy = load_policy("default", Path.cwd())
    bounds = Bounds(max_depth, max_repositories, jobs)
    with counting_repositories() as progress:
        reports = audit_refs(refs, recorder, policy, as_of=today, bounds=bounds, progress=progress)
    for report in reports:
        if report.subject.status in NOTHING:
            announce(unread_line(report) + meant(report, snapshot))
    unreached = sorted(
        f"{node.key}: {node.why}"
        for report in reports
        for node in report.lineage.nodes
        if node.status is Status.UNREACHABLE
    )
    for line in unreached:
        announce(f"could not be saved: {line}")
    recorder.write(output, date=source.date or today)
    announce(f"saved to {output}; audit it with --snapshot {output}")
    return Exit.INCOMPLETE if unreached else Exit.OK


def _say_held(place: str, output: Path | None) -> int:
    """Print what a snapshot holds, a subject a line, as ``audit -`` reads them."""
    from provenance.escape import log_lines
    from provenance.hub.snapshot import open_snapshot
    from provenance.refs import RepoKind

    held = open_snapshot(place)
    paths = sorted(f"{kind.folder}/{each}" for kind in RepoKind for each in held.ids(kind))
    write_out(log_lines("".join(f"{path}\n" for path in paths)), output)
    if not paths:
        announce(f"{place} holds no subject")
    return Exit.OK if paths else Exit.NOTHING

"""``provenance snapshot SUBJECT… -o DIR``: save what an audit reads, to audit again offline."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli.exits import Exit
from provenance.cli.options import (
    announce,
    bounds_options,
    croissant_option,
    parse_date,
    source_option,
)
from provenance.cli.progress import counting_repositories, quiet_option


@click.command()
@click.argument("subjects", nargs=-1, required=True, metavar="SUBJECT...")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder to write; new, empty or a snapshot already.",
)
@source_option
@croissant_option
@quiet_option
@bounds_options
def snapshot(
    subjects: tuple[str, ...],
    output: Path,
    snapshot: str | None,
    croissant: bool,
    jobs: int,
    max_depth: int,
    max_repositories: int,
) -> int:
    """Save every answer that auditing SUBJECT needs, absences included.

    `provenance audit SUBJECT --snapshot DIR` then reads the same bytes without a network.
    """
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
    unreached = sorted(
        f"{node.key}: {node.detail or node.status}"
        for report in reports
        for node in report.lineage.nodes
        if node.status == "unreachable"
    )
    for line in unreached:
        announce(f"could not be saved: {line}")
    recorder.write(output, date=source.date or today.isoformat())
    announce(f"saved to {output}; audit it with --snapshot {output}")
    return Exit.INCOMPLETE if unreached else Exit.OK

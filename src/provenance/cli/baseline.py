"""``provenance baseline write|prune``: accept old debt so that only new debt fails."""

from __future__ import annotations

import click

from provenance.cli.check_options import (
    RepositoryOptions,
    make_request,
    repository_options,
    tell_projects,
)
from provenance.cli.exits import Exit
from provenance.cli.options import announce, bounds_options
from provenance.cli.progress import counting_repositories, quiet_option, verbose_option


@click.group()
def baseline() -> None:
    """Accept the findings there are, as hashes, so that only new ones fail."""


@baseline.command()
@repository_options
@click.option("--locked", is_flag=True, help="Judge by provenance.lock alone; no network is used.")
@quiet_option
@verbose_option
@bounds_options
def write(asked: RepositoryOptions, locked: bool) -> int:
    """Write provenance.baseline.json with every finding there is."""
    return _write(asked, locked=locked, prune=False)


@baseline.command()
@repository_options
@click.option("--locked", is_flag=True, help="Judge by provenance.lock alone; no network is used.")
@quiet_option
@bounds_options
def prune(asked: RepositoryOptions, locked: bool) -> int:
    """Drop from provenance.baseline.json what is no longer found; nothing is added."""
    return _write(asked, locked=locked, prune=True)


def _write(asked: RepositoryOptions, *, locked: bool, prune: bool) -> int:
    from provenance.amounts import plural
    from provenance.checking.baseline import (
        BASELINE_NAME,
        baseline_of,
        pruned,
        read_baseline,
        write_baseline,
    )
    from provenance.checking.check import check_folder, unaccepted
    from provenance.checking.run import MAX_GATE_BYTES
    from provenance.cli.writing import write_inside
    from provenance.confine import read_inside, repository_root
    from provenance.errors import UsageError

    path = asked.folder / BASELINE_NAME
    if prune and not path.is_file():
        raise UsageError(f"there is no {BASELINE_NAME} in {asked.folder}")
    with counting_repositories() as progress:
        request = make_request(asked, progress, locked=locked)
        findings = unaccepted(check_folder(request)).findings
    if prune:
        try:
            data = read_inside(path, MAX_GATE_BYTES, repository_root(path))
        except OSError as error:
            raise UsageError(f"{BASELINE_NAME} cannot be read: {error.strerror}") from None
        kept = pruned(read_baseline(data), findings)
    else:
        kept = baseline_of(findings)
    write_inside(write_baseline(kept), path)
    announce(f"{BASELINE_NAME}: {plural(len(set(kept.findings)), 'finding')}")
    tell_projects(request.settings.projects, "baseline write")
    return Exit.OK

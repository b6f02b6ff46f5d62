"""``provenance lock``: write what was concluded on everything a repository references."""

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


@click.command()
@repository_options
@quiet_option
@verbose_option
@bounds_options
def lock(asked: RepositoryOptions) -> int:
    """Write provenance.lock: revision, license and findings of everything referenced."""
    from provenance.amounts import plural
    from provenance.checking.check import lock_repository
    from provenance.checking.lock import LOCK_NAME, write_lock
    from provenance.cli.writing import write_inside

    with counting_repositories() as progress:
        request = make_request(asked, progress)
        made = lock_repository(request)
    write_inside(write_lock(made), asked.folder / LOCK_NAME)
    number = plural(len(made.repository), "repository", "repositories")
    announce(f"{asked.folder / LOCK_NAME}: {number}")
    tell_projects(request.settings.projects, "lock")
    return Exit.OK

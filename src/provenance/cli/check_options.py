"""Options that ``check``, ``lock`` and ``baseline`` share."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.completing import complete_policy
from provenance.cli.options import announce, as_of_option, parse_date, source_option
from provenance.frozen import frozen

if TYPE_CHECKING:
    from provenance.auditing.walk import Bounds, WalkProgress
    from provenance.checking.run import Request


@frozen
class RepositoryOptions:
    """What every command on a repository is told: a field an option, as :mod:`click` parsed it."""

    folder: Path
    snapshot: str | None
    policy_name: str | None
    rules: Path | None
    no_default_excludes: bool
    exclude: tuple[str, ...]
    untracked: bool
    as_of: str | None
    jobs: int
    max_depth: int
    max_repositories: int

    @property
    def bounds(self) -> Bounds:
        """Limits of the walk."""
        from provenance.auditing.walk import Bounds

        return Bounds(self.max_depth, self.max_repositories, self.jobs)


def repository_options(command: Callable[..., object]) -> Callable[..., object]:
    """The repository, the policy, the source and what to search.

    ``command`` is given them as one value before its own options, and with them the limits of the
    walk, which it has to offer (:func:`provenance.cli.options.bounds_options`).
    """

    @wraps(command)
    def wrapped(**given: Any) -> object:
        asked = {field.name: given.pop(field.name) for field in fields(RepositoryOptions)}
        return command(RepositoryOptions(**asked), **given)

    for option in (
        as_of_option,
        click.option(
            "--untracked", is_flag=True, help="Search files too that git does not track."
        ),
        click.option(
            "--exclude", multiple=True, metavar="GLOB", help="Leave these paths out too."
        ),
        click.option(
            "--no-default-excludes",
            is_flag=True,
            help="Search tests, vendored and generated paths too.",
        ),
        click.option(
            "--rules", type=click.Path(path_type=Path), metavar="FILE",
            help="Further rules for libraries (JSON).",
        ),
        click.option(
            "--policy", "policy_name", metavar="NAME|FILE",
            shell_complete=complete_policy,
            help="Policy to judge by. Default: provenance.yaml of the repository, else "
            "builtin:default.",
        ),
        source_option,
        click.argument(
            "folder", type=click.Path(path_type=Path), default=Path(), metavar="[FOLDER]"
        ),
    ):  # fmt: skip
        wrapped = option(wrapped)
    return wrapped


def make_request(
    asked: RepositoryOptions,
    progress: WalkProgress | None,
    *,
    locked: bool = False,
    diff_base: str | None = None,
    allow_unreadable: bool = False,
    fail_on: str = "error",
) -> Request:
    """What the command line asks for.

    Raises:
        UsageError: a setting, a rules file or the date is not usable.
        PolicyError: the policy is invalid.

    """
    from provenance.checking.ci_target import target_in
    from provenance.checking.references.rules_files import load_rules
    from provenance.checking.run import Request
    from provenance.checking.settings import read_settings
    from provenance.hub.open import open_source
    from provenance.policy import load_policy
    from provenance.report.finding import Severity

    if asked.snapshot not in {None, "bundled"} and not Path(asked.snapshot).exists():
        open_source(asked.snapshot)  # it says what is wrong, also where nothing is looked up
    settings = read_settings(asked.folder)
    configured = asked.folder / settings.rules if settings.rules else None
    return Request(
        folder=asked.folder,
        policy=load_policy(asked.policy_name, asked.folder),
        rules=load_rules(asked.rules or configured),
        open_source=lambda: open_source(asked.snapshot),
        as_of=parse_date(asked.as_of),
        waived_on=parse_date(None),
        policy_name=asked.policy_name,
        settings=settings,
        more_excludes=asked.exclude,
        no_default_excludes=asked.no_default_excludes,
        rules_file=asked.rules,
        everything=asked.untracked,
        allow_unreadable=allow_unreadable,
        fail_on=Severity(fail_on),
        locked=locked,
        cards=None if asked.snapshot in {None, "bundled"} else Path(asked.snapshot),
        at_hand=asked.snapshot not in {None, "bundled"},
        diff_base=diff_base,
        ci_target=target_in(os.environ),
        bounds=asked.bounds,
        progress=progress,
    )


def tell_projects(projects: tuple[str, ...], command: str) -> None:
    """Say that the projects of a repository have a file of their own, and how it is written."""
    if projects:
        announce(f"each project has a file of its own: provenance {command} {projects[0]}")

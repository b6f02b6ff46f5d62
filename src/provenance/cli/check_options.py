"""Options that ``check``, ``lock`` and ``baseline`` share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from provenance.cli.completing import complete_policy
from provenance.cli.options import as_of_option, parse_date, source_option

if TYPE_CHECKING:
    from provenance.auditing.walk import Bounds, WalkProgress
    from provenance.checking.run import Request

_Command = TypeVar("_Command", bound=Callable[..., object])


def repository_options(command: _Command) -> _Command:
    """The repository, the policy, the source and what to search."""
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
        command = option(command)
    return command


def bounds_of(options: Mapping[str, object]) -> Bounds:
    """Limits of the walk, as given."""
    from provenance.auditing.walk import Bounds

    depth, most, jobs = (options[k] for k in ("max_depth", "max_repositories", "jobs"))
    if isinstance(depth, int) and isinstance(most, int) and isinstance(jobs, int):
        return Bounds(depth, most, jobs)
    raise TypeError("bounds are whole numbers")


def make_request(
    folder: Path,
    options: Mapping[str, object],
    bounds: Bounds,
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
    from provenance.checking.references.rules import load_rules
    from provenance.checking.run import Request
    from provenance.checking.settings import read_settings
    from provenance.hub.open import open_source
    from provenance.policy import load_policy
    from provenance.report.finding import Severity

    settings = read_settings(folder)
    snapshot, as_of, name = (options.get(k) for k in ("snapshot", "as_of", "policy_name"))
    policy_name = name if isinstance(name, str) else None
    place = snapshot if isinstance(snapshot, str) else None
    given = options.get("rules")
    own = folder / settings.rules if settings.rules else None
    more = options.get("exclude")
    added = tuple(str(e) for e in more) if isinstance(more, tuple) else ()
    return Request(
        folder=folder,
        policy=load_policy(policy_name, folder),
        rules=load_rules(given if isinstance(given, Path) else own),
        open_source=lambda: open_source(place),
        as_of=parse_date(as_of if isinstance(as_of, str) else None),
        waived_on=parse_date(None),
        policy_name=policy_name,
        settings=settings,
        more_excludes=added,
        no_default_excludes=bool(options.get("no_default_excludes")),
        rules_file=given if isinstance(given, Path) else None,
        everything=bool(options.get("untracked")),
        allow_unreadable=allow_unreadable,
        fail_on=Severity(fail_on),
        locked=locked,
        at_hand=place not in {None, "bundled"},
        diff_base=diff_base,
        bounds=bounds,
        progress=progress,
    )

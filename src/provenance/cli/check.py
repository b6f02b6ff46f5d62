"""``provenance check``: what a repository references, and whether that is allowed."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli.check_options import (
    RepositoryOptions,
    make_request,
    repository_options,
)
from provenance.cli.exits import Exit, exit_for
from provenance.cli.options import (
    announce,
    bounds_options,
    color_option,
    exit_zero_option,
    fail_on_option,
    output_option,
)
from provenance.cli.progress import counting_repositories, quiet_option, verbose_option
from provenance.cli.writing import chosen_format, format_option, write_rendered
from provenance.render.check.formats import CHECK_FORMATS

_FILES = tuple(name for name in CHECK_FORMATS if name != "text")
_MORE_FILES = f"{__name__}.files"
"""Where click keeps, by format, the files that are written too."""


def _file_options(command: click.decorators.FC) -> click.decorators.FC:
    """``--sarif-output FILE`` and its like: formats written besides the one on stdout."""
    for name in reversed(_FILES):
        command = click.option(
            f"--{name}-output",
            type=click.Path(path_type=Path),
            metavar="FILE",
            expose_value=False,
            callback=_remember_file,
            help=f"Also write {name} to FILE.",
        )(command)
    return command


def _remember_file(context: click.Context, option: click.Parameter, file: Path | None) -> None:
    if file is not None:
        name = (option.name or "").removesuffix("_output")
        context.meta.setdefault(_MORE_FILES, {})[name] = file


@click.command()
@repository_options
@click.option("--locked", is_flag=True, help="Judge by provenance.lock alone; no network is used.")
@click.option("--diff-base", metavar="REF", help="Fail only on what is new since the merge base.")
@click.option("--allow-unreadable", is_flag=True, help="Files that cannot be searched may pass.")
@format_option(
    CHECK_FORMATS,
    "text (the default), concise, json, sarif, github, gitlab, junit or markdown; "
    "by the name of -o where that says it.",
)
@output_option
@_file_options
@click.option("--all", "show_all", is_flag=True, help="text: list notes and suppressed findings.")
@fail_on_option
@exit_zero_option
@quiet_option
@verbose_option
@color_option
@bounds_options
def check(
    asked: RepositoryOptions,
    format_name: str | None,
    output: Path | None,
    show_all: bool,
    exit_zero: bool,
    fail_on: str,
    locked: bool,
    diff_base: str | None,
    allow_unreadable: bool,
) -> int:
    """Check the models and datasets that a repository references.

    FOLDER is the repository; default: here.
    """
    from provenance.checking.check import check_repository
    from provenance.checking.references.files import is_empty

    form = chosen_format(CHECK_FORMATS, format_name, output)
    with counting_repositories() as progress:
        request = make_request(
            asked,
            progress,
            locked=locked,
            diff_base=diff_base,
            allow_unreadable=allow_unreadable,
            fail_on=fail_on,
        )
        result = check_repository(request)
    more: dict[str, Path] = click.get_current_context().meta.get(_MORE_FILES, {})
    for name, place in more.items():
        write_rendered(CHECK_FORMATS[name], [result], place, show_all=show_all)
    write_rendered(form, [result], output, show_all=show_all)
    for problem in result.problems:
        announce(f"{problem.file}: {problem.message}")
    if result.nothing_to_check and is_empty(asked.folder):
        announce(f"{asked.folder} holds no file and is no git repository: nothing to check")
        return Exit.NOTHING
    code = exit_for(result.verdict)
    return Exit.OK if exit_zero and code in {Exit.VIOLATED, Exit.INCOMPLETE} else code

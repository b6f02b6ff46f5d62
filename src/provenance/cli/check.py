"""``provenance check``: what a repository references, and whether that is allowed."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli.check_options import (
    RepositoryOptions,
    make_request,
    repository_options,
)
from provenance.cli.completing import complete_format
from provenance.cli.exits import Exit, exit_for
from provenance.cli.options import (
    announce,
    bounds_options,
    color_option,
    output_option,
    terminal_width,
    use_color,
    write_out,
)
from provenance.cli.progress import counting_repositories, quiet_option, verbose_option
from provenance.cli.writing import by_ending

_FILES = ("concise", "json", "sarif", "github", "gitlab", "junit", "markdown")
_MORE_FILES = f"{__name__}.files"
"""Where click keeps, by format, the files that are written too."""

_BY_SUFFIX = {
    ".sarif": "sarif", ".json": "json", ".xml": "junit", ".md": "markdown", ".txt": "text",
}  # fmt: skip


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


def _format_of(output: Path | None) -> str:
    """The format that a file's name asks for.

    Raises:
        UsageError: its ending stands for none.

    """
    if output is not None and output.name.startswith("gl-code-quality"):
        return "gitlab"
    return by_ending(None, output, _BY_SUFFIX)


@click.command()
@repository_options
@click.option("--locked", is_flag=True, help="Judge by provenance.lock alone; no network is used.")
@click.option("--diff-base", metavar="REF", help="Fail only on what is new since the merge base.")
@click.option("--allow-unreadable", is_flag=True, help="Files that cannot be searched may pass.")
@click.option(
    "-f",
    "--format",
    "format_name",
    metavar="FORMAT",
    shell_complete=complete_format(("text", *_FILES)),
    help="text (the default), concise, json, sarif, github, gitlab, junit or markdown; "
    "by the name of -o where that says it.",
)
@output_option
@_file_options
@click.option("--all", "show_all", is_flag=True, help="text: list notes and suppressed findings.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="The least severity that fails.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever the verdict (errors still fail).")
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
    from provenance.render.check.formats import CHECK_FORMATS, render_check
    from provenance.render.page import Page

    format_name = format_name or _format_of(output)
    if format_name not in CHECK_FORMATS:
        render_check_names = ", ".join(CHECK_FORMATS)
        raise click.BadParameter(f"--format {format_name!r} is not one of {render_check_names}")
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
    page = Page(terminal_width(), use_color(output), show_all)
    more: dict[str, Path] = click.get_current_context().meta.get(_MORE_FILES, {})
    for name, place in more.items():
        write_out(render_check(name, result, page), place)
    write_out(render_check(format_name, result, page), output)
    for problem in result.problems:
        announce(f"{problem.file}: {problem.message}")
    code = exit_for(result.verdict)
    return Exit.OK if exit_zero and code in {Exit.VIOLATED, Exit.INCOMPLETE} else code

"""The command line: arguments in, exit code out. Nothing is decided here.

Commands are imported when they are run, so that ``provenance --help`` starts fast.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from contextlib import suppress
from types import FrameType

import click

from provenance import __version__
from provenance.cli.exits import Exit
from provenance.errors import PolicyError, SourceError, UsageError
from provenance.hub.pace import INTERRUPTED

_COMMANDS: dict[str, tuple[str, str]] = {
    # name: (module:object, one line of help)
    "audit": ("provenance.cli.audit:audit", "Audit what models or datasets were made from."),
    "report": ("provenance.cli.report:report", "Render a saved JSON report in any format."),
    "diff": ("provenance.cli.diff:diff", "Show what changed between two saved reports."),
    "check": ("provenance.cli.check:check", "Check what a repository references."),
    "lock": ("provenance.cli.lock:lock", "Record what a repository references, to check offline."),
    "baseline": ("provenance.cli.baseline:baseline", "Accept old findings of a repository."),
    "snapshot": ("provenance.cli.snapshot:snapshot", "Save what an audit reads, to run offline."),
    "census": ("provenance.cli.census:census", "Put many subjects into one table."),
    "scan": ("provenance.cli.scan:scan", "Scan data files for licenses, record by record."),
    "policy": ("provenance.cli.policy:policy", "Check, show and test a policy file."),
    "init": ("provenance.cli.policy:init", "Write a commented policy file to start from."),
    "version": ("provenance.cli.version:version", "Say which version this is."),
    "completion": ("provenance.cli.completion:completion", "Complete commands in a shell."),
    "explain": ("provenance.cli.explain:explain", "Explain a rule by its code."),
}


class _LazyGroup(click.Group):
    """Lists commands from the table above and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}:{name} is not a command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from provenance.meant import nearest

            near = nearest(args[0], _COMMANDS)
            hint = f"Did you mean {near[0]}?" if near else f"Commands: {', '.join(_COMMANDS)}."
            ctx.fail(f"No such command {args[0]!r}. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(
    cls=_LazyGroup,
    context_settings={
        "auto_envvar_prefix": "PROVENANCE",
        "help_option_names": ["-h", "--help"],
    },
)
@click.version_option(__version__, "-V", "--version", prog_name="provenance")
@click.pass_context
def cli(context: click.Context) -> None:
    """Of the data a model says it was trained on, show what has no explicit license.

    Exit codes: 0 satisfied, 1 policy violated, 2 usage or policy-file error, 3 incomplete,
    4 nothing to audit, 70 internal error, 130 interrupted.
    """
    from pathlib import Path

    from provenance.cli.defaults import default_map

    context.default_map = default_map(Path.cwd())


_SELDOM = 20_000
"""Objects made between two looks for garbage (Python's own: 700): most of what a start makes stays,
and to look at it again and again was a twentieth of the start."""


def main() -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(_SELDOM)
    _fill_closed_streams()
    signal.signal(signal.SIGINT, _interrupt)
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _unwritten(error)
    sys.exit(code)


def _fill_closed_streams() -> None:
    """Put something in the place of streams that the caller closed.

    Else the first file or connection that is opened gets their number, and what is printed goes
    into it. What is written to a closed stdout fails, as it should; stderr is nobody's loss.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR if number == 2 else os.O_RDONLY)  # takes that number
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End every wait for the network first: the threads that wait are waited for."""
    INTERRUPTED.set()
    signal.default_int_handler(number, frame)


def run(args: list[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        result = cli.main(args=args, prog_name="provenance", standalone_mode=False)
    except click.ClickException as error:
        return _say_usage(error)
    except click.Abort as abort:
        if isinstance(abort.__cause__, KeyboardInterrupt):
            _say("interrupted", Exit.INTERRUPTED)
        return Exit.INTERRUPTED
    except (UsageError, PolicyError) as error:
        return _say(str(error), Exit.USAGE)
    except SourceError as error:
        return _say(str(error), Exit.INCOMPLETE)
    except BrokenPipeError:
        _drop_stdout()
        return Exit.OK
    except KeyboardInterrupt:
        return _say("interrupted", Exit.INTERRUPTED)
    except OSError as error:
        return _unwritten(error)
    except Exception:  # noqa: BLE001  the one place a traceback may reach a user
        import traceback

        from provenance.escape import terminal_lines

        print(terminal_lines(traceback.format_exc()).rstrip("\n"), file=sys.stderr)
        return _say(
            "internal error: please report the lines above at the project's issue tracker",
            Exit.INTERNAL,
        )
    return result if isinstance(result, int) else Exit.OK


def _say_usage(error: click.ClickException) -> int:
    """What click says of a command line, which may hold anything, as every other error is said."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return Exit.USAGE
    context = error.ctx if isinstance(error, click.UsageError) else None
    message = " ".join(error.format_message().split()).rstrip(".")
    path = f" ({context.command_path} --help)" if context is not None else ""
    return _say(f"{message[:1].lower()}{message[1:]}{path}", Exit.USAGE)


def _unwritten(error: OSError) -> int:
    """A disk that is full or failing, or a stream that cannot be written."""
    if error.filename is None:
        _drop_stdout()
        return _say(f"the output cannot be written: {error.strerror}", Exit.USAGE)
    return _say(f"{error.filename}: {error.strerror}", Exit.USAGE)


def _drop_stdout() -> None:
    from provenance.cli.options import drop_stdout

    drop_stdout()


def _say(message: str, code: Exit) -> int:
    from provenance.escape import terminal_lines

    with suppress(OSError):  # nobody reads it; the exit code still holds
        print(f"provenance: error: {terminal_lines(message)}", file=sys.stderr)
    return code

"""How far a long command is: a bar on stderr where that is a terminal, and nothing else."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from rich.progress import Progress

Show = Callable[[float, float, str], None]
"""Called with what is done, with all there is to do, and with words on it."""

_QUIET = "provenance.quiet"


def quiet_option(command: Callable[..., object]) -> Callable[..., object]:
    """``-q``: neither progress nor notices on stderr; errors and the report stay."""
    return click.option(
        "-q",
        "--quiet",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="Neither progress nor notices on stderr; errors and the report stay.",
    )(command)


def verbose_option(command: Callable[..., object]) -> Callable[..., object]:
    """``-v``: what is asked and read, a line each on stderr."""
    return click.option(
        "-v",
        "--verbose",
        is_flag=True,
        expose_value=False,
        callback=_speak,
        help="Say on stderr what is asked of a Hub and what is read.",
    )(command)


class _Lines(logging.StreamHandler[TextIO]):
    """Lines on stderr that passed the terminal's boundary."""

    def format(self, record: logging.LogRecord) -> str:
        from provenance.escape import terminal

        return f"provenance: {terminal(record.getMessage())}"


def _speak(_context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    log = logging.getLogger("provenance")
    for handler in [h for h in log.handlers if isinstance(h, _Lines)]:
        log.removeHandler(handler)
    log.setLevel(logging.INFO if value else logging.WARNING)
    if value:
        log.addHandler(_Lines(sys.stderr))
    log.propagate = not value


def _remember(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    context.meta[_QUIET] = value


def is_quiet() -> bool:
    """Whether the command that runs was given ``-q``."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(_QUIET))


@contextmanager
def progress_bar() -> Iterator[Show | None]:
    """A bar with its words on stderr; ``None`` where it cannot be drawn, or under ``-q``.

    It is drawn on terminals whose cursor can be moved: not with ``TERM=dumb``.

    The library that draws it is imported with the first thing to show: a short run costs nothing.
    """
    if is_quiet() or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    with _Bar() as bar:
        yield bar.show


class _Bar:
    """A bar that starts when there is something to show, and is gone when it ends."""

    def __init__(self) -> None:
        self._progress: Progress | None = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def show(self, done: float, known: float, words: str) -> None:
        """Draw ``done`` of ``known`` with ``words`` beside it."""
        from rich.markup import escape

        if self._progress is None:
            self._progress = _started()
        (task,) = self._progress.task_ids
        self._progress.update(task, completed=done, total=max(known, 1), description=escape(words))


def _started() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    progress = Progress(
        BarColumn(bar_width=24),
        TextColumn("{task.description}"),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        console=Console(stderr=True),
        transient=True,
    )
    progress.add_task("", total=None)
    progress.start()
    return progress


@contextmanager
def counting_repositories() -> Iterator[Callable[[int, int], None] | None]:
    """A bar that counts repositories, as a walk reports them; else ``None``."""
    with progress_bar() as show:
        if show is None:
            yield None
            return
        started = time.monotonic()

        def count(done: int, known: int) -> None:
            rate = done / max(time.monotonic() - started, 1e-6)
            show(done, known, f"examined {done:,} of {known:,} repositories, {rate:,.0f} a second")

        yield count

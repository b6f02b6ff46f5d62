"""Reports to a file or to stdout: which format, and writing it. Shared by audit and report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.cli.options import terminal_width, use_color, write_bytes, write_out
from provenance.confine import repository_root
from provenance.errors import UsageError
from provenance.render import FORMATS, Page, check_format, check_several, render_reports

if TYPE_CHECKING:
    from provenance.report.report import Report

FRAMES = ("parquet", "parquet-findings")
"""Formats that are binary and need the extra ``pandas``; the others are text."""

_NAMES = {
    "notice": "notice-text",
    "notice.txt": "notice-text",
    "notice.md": "notice",
}
_ENDINGS = {
    ".cdx.json": "cyclonedx",
    ".spdx.json": "spdx",
    ".spdx3.json": "spdx",
    ".jsonld": "spdx",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".jsonl": "json",
    ".csv": "csv",
    ".parquet": "parquet",
    ".bib": "bibtex",
    ".patch": "card-patch",
    ".diff": "card-patch",
    ".txt": "text",
    ".log": "text",
}
"""Longer endings before those that they end in."""


def chosen_format(given: str | None, output: Path | None) -> str:
    """The format asked for: by name, else by the output file's name, else ``text``.

    Raises:
        UsageError: no such format; the file's ending stands for none; or the format is binary and
            no file is named.

    """
    name = given or _by_name(output)
    if name not in FRAMES:
        check_format(name, FRAMES)
    elif output is None:
        raise UsageError(f"--format {name} is binary: name a file with -o")
    return name


def _by_name(output: Path | None) -> str:
    if output is None:
        return "text"
    name = output.name.lower()
    if name in _NAMES:
        return _NAMES[name]
    for ending, format_name in _ENDINGS.items():
        if name.endswith(ending):
            return format_name
    if not output.suffix:
        return "text"
    raise UsageError(
        f"{output}: no format is written to a file ending in {output.suffix}: say which with "
        f"--format, or end the name in {', '.join(_ENDINGS)}"
    )


def by_ending(given: str | None, output: Path | None, endings: Mapping[str, str]) -> str:
    """The format asked for: by name, else by the output file's ending, else ``text``.

    Raises:
        UsageError: the file's ending stands for none of ``endings``.

    """
    if given is not None or output is None or not output.suffix:
        return given or "text"
    known = endings.get(output.suffix.lower())
    if known is None:
        raise UsageError(
            f"{output}: no format is written to a file ending in {output.suffix}: say which with "
            f"--format, or end the name in {', '.join(endings)}"
        )
    return known


def check_number(name: str, number: int) -> None:
    """Refuse several subjects in a format that holds one.

    Raises:
        UsageError: the format holds one report only.

    """
    if name not in FRAMES:
        check_several(name, number)


def write_inside(text: str, path: Path) -> None:
    """Write a file of the repository that is checked; no link of it leads the text elsewhere.

    Raises:
        UsageError: it leads out of the repository, or cannot be written.

    """
    root = repository_root(path)
    try:
        outside = not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links
        outside = True
    if outside:
        raise UsageError(f"{path} leads out of the repository: nothing was written there")
    write_out(text, path)


def write_reports(
    name: str,
    reports: Sequence[Report],
    output: Path | None,
    *,
    show_all: bool = False,
    show_suppressed: bool = False,
) -> None:
    """Render the reports in a format of :func:`chosen_format` and write them.

    Raises:
        UsageError: the format holds one report only, a library is missing, or the file cannot be
            written.

    """
    if name in FRAMES and output is not None:
        write_bytes(_parquet(name, reports), output)
        return
    page = Page(terminal_width(), use_color(output), show_all, show_suppressed)
    write_out(render_reports(name, reports, page), output)


def _parquet(name: str, reports: Sequence[Report]) -> bytes:
    from provenance.render.frames import findings_frame, parquet, training_sets_frame

    return parquet((training_sets_frame if name == "parquet" else findings_frame)(*reports))


__all__ = [
    "FORMATS", "FRAMES", "by_ending", "check_number", "chosen_format", "write_inside",
    "write_reports",
]  # fmt: skip

"""Formats of a check, by name. Every one is a pure function of the result and the page."""

from __future__ import annotations

import json
from collections.abc import Callable

import msgspec

from provenance.errors import UsageError
from provenance.escape import log_lines
from provenance.render.check import concise, github, gitlab, junit, sarif
from provenance.render.check import markdown as check_markdown
from provenance.render.check import text as check_text
from provenance.render.page import Page
from provenance.report.checked import CheckResult

CHECK_FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown")
_PLAIN: dict[str, Callable[[CheckResult], str]] = {
    "concise": concise.render,
    "sarif": sarif.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "junit": junit.render,
    "markdown": check_markdown.render,
}


def render_check(name: str, result: CheckResult, page: Page) -> str:
    """The result in one format.

    Raises:
        UsageError: no such format.

    """
    text = _rendered(name, result, page)
    # GitHub's format is commands: each of its messages is made safe for itself
    return text if name == "github" else log_lines(text)


def _rendered(name: str, result: CheckResult, page: Page) -> str:
    if name == "text":
        return check_text.render(result, page)
    if name == "json":
        # ASCII only: nothing in it can reorder or hide text
        return json.dumps(msgspec.to_builtins(result), indent=2, ensure_ascii=True) + "\n"
    if name not in _PLAIN:
        raise UsageError(f"--format {name!r} is not one of {', '.join(CHECK_FORMATS)}")
    return _PLAIN[name](result)

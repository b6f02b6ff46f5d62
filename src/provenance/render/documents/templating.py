"""Documents as templates: their words stand in ``templates/``, code prepares what goes in.

One blank line parts what a template writes, however many it left where it wrote nothing.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from provenance import lazy_re as re
from provenance.escape import markdown, markdown_block, markdown_code, terminal, terminal_lines
from provenance.render.documents.blanks import asked, blank, marked
from provenance.render.environment import environment

_GAPS = re.compile(r"\n{3,}")
_KEPT = "\ue000"
"""Stands for a line end within a block, whose gaps are its own. Escaped text does not hold it."""


def written(template: str, **facts: Any) -> str:
    """A document. What it places is made safe for where it goes, but for :class:`Markup`.

    A template ``….md.j2`` is Markdown, ``….txt.j2`` plain text as on a terminal.
    """
    text = _environment(template.partition(".")[2]).get_template(f"{template}.j2").render(**facts)
    return _GAPS.sub("\n\n", text).strip("\n").replace(_KEPT, "\n") + "\n"


def _in_markdown(value: object) -> object:
    return value if isinstance(value, Markup) else marked(markdown(str(value)))


def _in_text(value: object) -> object:
    return value if isinstance(value, Markup) else marked(terminal(str(value)))


@cache
def _environment(kind: str) -> Environment:
    made = environment(_in_markdown if kind == "md" else _in_text)
    made.globals.update(blank=_blank, asked=_asked)
    made.filters.update(ours=marked, code=_code, lines=_lines, block=_block)
    return made


def _blank(what: str = "") -> Markup:
    return marked(blank(what))


def _asked(question: str, what: str = "") -> Markup:
    return marked(asked(question, what))


def _code(text: str) -> Markup:
    return marked(markdown_code(text))


def _lines(text: str) -> Markup:
    """Lines of outside text, for plain text."""
    return marked(terminal_lines(text).replace("\n", _KEPT))


def _block(text: str, language: str) -> Markup:
    return marked(markdown_block(text, language).replace("\n", _KEPT))

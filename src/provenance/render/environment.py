"""How the templates of reports are set up: page, Markdown and plain documents alike."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment

from provenance import amounts, templating
from provenance.render import origin_words, sentences, set_words


def environment(boundary: Callable[[object], object]) -> Environment:
    """Templates in which every value that is placed goes through ``boundary``.

    The sentences of reports are at hand in all of them.
    """
    made = templating.environment("provenance.render", boundary)
    made.globals.update(
        words=sentences, amounts=amounts, set_words=set_words, origin_words=origin_words
    )
    return made

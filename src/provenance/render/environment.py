"""The one way a template of this package is set up: page, Markdown and plain documents alike."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined

from provenance import amounts
from provenance.render import origin_words, sentences, set_words


def environment(boundary: Callable[[object], object]) -> Environment:
    """Templates in which every value that is placed goes through ``boundary``.

    A name that nobody gave is an error. The sentences of reports are at hand in all of them.
    """
    made = Environment(
        loader=PackageLoader("provenance.render"),
        autoescape=True,
        finalize=boundary,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        words=sentences, amounts=amounts, set_words=set_words, origin_words=origin_words
    )
    return made

"""The one way a template of this package is set up, and what every page places in one."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from provenance.escape import html


def environment(package: str, boundary: Callable[[object], object]) -> Environment:
    """Templates of ``package`` in which every value that is placed goes through ``boundary``.

    A name that nobody gave is an error.
    """
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        finalize=boundary,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def placed_in_html(value: object) -> Markup:
    """What a page does with every value it places: the one boundary for HTML."""
    return value if isinstance(value, Markup) else drawn(html(str(value)))


def drawn(markup: str) -> Markup:
    """Markup made by this package, every outside string in it escaped already."""
    return Markup(markup)  # noqa: S704


@cache
def asset(package: str, name: str) -> str:
    """A style sheet or script that lies beside the templates of ``package``."""
    return (files(package) / "templates" / name).read_text(encoding="utf-8")


def content_hash(text: str) -> str:
    """How a Content-Security-Policy names a style or script that it allows."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"

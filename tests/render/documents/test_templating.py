"""Documents as templates: what is placed is made safe, gaps are one line, blocks keep theirs."""

from __future__ import annotations

from importlib.resources import files

import pytest
from jinja2 import UndefinedError
from tests.render import factory

from provenance.render import FORMATS, Page
from provenance.render.documents.templating import _environment, written

TEMPLATES = [
    path.name
    for path in (files("provenance.render") / "templates").iterdir()
    if path.name.endswith((".md.j2", ".txt.j2"))
]


def test_what_a_template_places_passes_the_boundary_of_its_kind() -> None:
    text = "[a](javascript:x) <b> \u202e"
    for kind, shown in (("md", "\\[a\\]"), ("txt", "[a](javascript:x) <b> \\u202e")):
        made = _environment(kind).from_string("{{ text }}").render(text=text)
        assert made.startswith(shown)
        assert "\u202e" not in made


def test_a_block_keeps_its_gaps() -> None:
    made = _environment("txt").from_string("{{ text|lines }}").render(text="a\n\n\n\nb")
    assert "\n" not in made
    notice = FORMATS["notice-text"](factory.report(), Page())
    assert "\n\n\n" not in notice.partition("Citations")[0]
    assert "\ue000" not in notice


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_refuses_what_was_not_prepared(name: str) -> None:
    with pytest.raises(UndefinedError):
        written(name.removesuffix(".j2"))

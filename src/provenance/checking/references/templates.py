"""Templates of code and configurations (Jinja, Helm): what is filled in is marked as unknown."""

from __future__ import annotations

import re

SUFFIXES = (".j2", ".jinja", ".jinja2", ".tpl", ".tmpl", ".template", ".mustache", ".erb")
"""Endings after which a file's name is that of the file that it makes."""
UNKNOWN = "<template>"
"""Stands for what a template fills in."""
_FILLED = re.compile(r"\{\{(?:[^{}]|\}(?!\})|\{(?!\{)){0,400}\}\}")
_BLOCK = re.compile(r"\{%(?:[^%]|%(?!\})){0,600}%\}|\{#(?:[^#]|#(?!\})){0,4000}#\}")
_ONLY = re.compile(r"[ \t]*\{\{-? ?(?:range|end|if|else|with|define|include|template|toYaml|/\*)")
"""A line of a Helm chart that makes no value of its own."""
_DEFAULT = re.compile(r"""\bdefault ?\(? ?["']([^"'\n]{1,200})["']""")


def made_by(path: str) -> str | None:
    """The name of the file that a template makes; ``None``: it is no template by its name."""
    for suffix in SUFFIXES:
        if path.endswith(suffix) and path.rpartition("/")[2] != suffix:
            return path.removesuffix(suffix)
    return None


def is_template(text: str) -> bool:
    """Whether a text has what a template fills in."""
    return "{{" in text or "{%" in text


def filled(text: str) -> str:
    """The text with blocks blanked, and what is filled in as its default or as unknown.

    Lines stay where they are.
    """
    if not is_template(text):
        return text
    text = _BLOCK.sub(lambda m: re.sub(r"[^\n]", "", m[0]), text)
    lines = (
        "" if _ONLY.match(line) and line.rstrip().endswith("}}") else line
        for line in text.split("\n")
    )
    return _FILLED.sub(_value, "\n".join(lines))


def unfilled(text: str) -> str:
    """The text with everything that is filled in marked as unknown."""
    return _FILLED.sub(UNKNOWN, text) if "{{" in text else text


def _value(match: re.Match[str]) -> str:
    default = _DEFAULT.search(match[0])
    return (default[1] if default else UNKNOWN) + "\n" * match[0].count("\n")

"""Words of others in SQL: names of columns, and texts."""

from __future__ import annotations


def sql_name(text: str) -> str:
    """A name, quoted."""
    return '"' + text.replace('"', '""') + '"'


def sql_text(text: str) -> str:
    """A text, quoted."""
    return "'" + text.replace("'", "''") + "'"

"""A text that is written once, with holes that are filled when it is known how much fits."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from provenance.templating import drawn

_MARK = "\ue001"
"""Parts a hole from the text around it. Escaped text does not hold it."""


def hole(name: str) -> Markup:
    """A place in a text that is filled later."""
    return drawn(f"{_MARK}{name}{_MARK}")


def size(text: str) -> int:
    """Bytes of a text as it is written."""
    return len(text.encode("utf-8"))


class OpenText:
    """What was written around the holes, and where these are."""

    def __init__(self, text: str) -> None:
        """``text`` as a template with :func:`hole` wrote it."""
        pieces = text.split(_MARK)
        self._around, self._names = pieces[::2], pieces[1::2]
        self.size = sum(map(size, self._around))
        """Bytes without what the holes are filled with."""

    def filled(self, fills: Mapping[str, str]) -> str:
        """The text; a hole that nothing is for stays empty."""
        inside = [fills.get(name, "") for name in self._names]
        return "".join(a + b for a, b in zip(self._around, [*inside, ""], strict=True))

"""What runs the gate, or installs it, as lines and values of configurations say it. Pure."""

from __future__ import annotations

import re

_RUNS = re.compile(
    r"(?<![\w-])provenance(?:[-_.]audit)?(?:\.exe)?(?:[:@][\w.:-]{1,100})?"
    r"(?:[\s\"'},\\]{1,60})(?:-[\w=./-]{1,60}\s{1,20}){0,5}(?:audit|baseline|check|lock|scan)\b"
)
"""A command of this program, also as a list of words or with its path in a variable."""
_NAMED = re.compile(
    r"(?i:provenance[-_.]audit)|(?<![\w-])provenance-(?:check-locked|check|lock)\b|"
    r"bin/provenance(?![\w/-])|provenance\.gitlab-ci\.ya?ml|"
    r"uses:\s{0,20}[\"']?[\w.-]{1,100}/provenance(?:[@/\"'\s]|\Z)"
)
"""The package, a hook's id, an installed program, the template and the action of this project."""
_USES = re.compile(r"[\w.-]{1,100}/provenance(?:[@/]|\Z)")


def runs(text: str) -> bool:
    """Whether a text runs or installs this program; the word alone says nothing of it."""
    return _RUNS.search(text) is not None or _NAMED.search(text) is not None


def uses(text: str) -> bool:
    """Whether a value of ``uses`` is the action of this project."""
    return _USES.match(text) is not None


def called(text: str, callers: re.Pattern[str] | None) -> bool:
    """Whether a text runs the gate, by itself or by a script or target that does."""
    return runs(text) or (callers is not None and callers.search(text) is not None)

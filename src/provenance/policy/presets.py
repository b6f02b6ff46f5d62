"""Where the shipped policies are: one place for every way of installing.

Beside their text, ``read_presets.json`` holds what reading it gives: a start needs no YAML.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from provenance.errors import PolicyError
from provenance.policy.document import Json, PolicyDocument, Position


def preset_text(name: str) -> str:
    """The text of the preset ``name``.

    Raises:
        PolicyError: this installation holds no presets.
        FileNotFoundError: there is no preset of that name.

    """
    return (_folder() / f"{name}.yaml").read_text("utf-8")


def preset_document(name: str, shown: str) -> PolicyDocument:
    """The preset ``name``, read; its lines are left out, as nothing in it is refused."""
    data, marks, key_marks = _read_presets()[name]
    return PolicyDocument(shown, data, (), _marks(marks), _marks(key_marks))


_Marks = dict[str, tuple[int, int]]


@cache
def _read_presets() -> dict[str, tuple[dict[str, Json], _Marks, _Marks]]:
    text = (resources.files(__package__) / "read_presets.json").read_text("utf-8")
    read: dict[str, tuple[dict[str, Json], _Marks, _Marks]] = json.loads(text)
    return read


def _marks(read: _Marks) -> dict[str, Position]:
    return {pointer: Position(line, column) for pointer, (line, column) in read.items()}


def shipped_schema() -> str:
    """The JSON Schema of a policy file: the bytes that every installation ships.

    Raises:
        PolicyError: this installation holds no presets.

    """
    return (_folder() / "schema.json").read_text("utf-8")


@cache
def preset_names() -> tuple[str, ...]:
    """Names of the policies that are shipped, sorted.

    Raises:
        PolicyError: this installation holds no presets.

    """
    names = (f.name for f in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def _folder() -> Traversable:
    """The folder of presets.

    A wheel carries ``policies/`` inside the package; an editable install reads the checkout's own,
    two folders above ``src/provenance``.
    """
    package = resources.files("provenance")
    packaged = package / "policies"
    if packaged.is_dir():
        return packaged
    if isinstance(package, Path) and package.parent.name == "src":
        checkout = package.parent.parent / "policies"
        if checkout.is_dir():
            return checkout
    raise PolicyError(f"{package} holds no policies: install provenance-audit again")

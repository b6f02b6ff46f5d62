"""Layers of policy files merged into one, each value remembering the file and line that set it.

The order is fixed: the files named by ``extends`` from left to right, each with what it extends
first, then the file itself. Mappings merge key by key, single values and ``use`` are replaced,
``exceptions`` and ``clarifications`` add up, later ``profiles`` are tried first, thresholds are
replaced by measure, reading and limit, and a license named in a later layer leaves the list in
which an earlier layer put it. ``tests`` speak for the file that states them and are not inherited.
"""

from __future__ import annotations

from collections.abc import Callable

from provenance.frozen import frozen
from provenance.pointers import escaped
from provenance.policy.document import Json, PolicyDocument
from provenance.policy.model import ValueOrigin
from provenance.policy.rules import all_rules

_LISTS = ("allow", "review", "deny")
_ADDING = frozenset({"exceptions", "clarifications", "rules"})
_BEFORE = frozenset({"profiles"})
"""Lists whose later layers come first: the first that fits holds."""
_LISTED = frozenset({"use", "models", "rules", "findings", "absent", *_LISTS})
"""Keys whose single value stands for a list of one."""
_OWN = frozenset({"extends", "tests", "version", "description"})


@frozen
class Sourced:
    """A single value and where it was set."""

    value: bool | int | float | str | None
    origin: ValueOrigin


PolicyTree = Sourced | list["PolicyTree"] | dict[str, "PolicyTree"]
"""Plain data whose leaves know where they were set."""


def sourced(document: PolicyDocument) -> dict[str, PolicyTree]:
    """A document's data as a tree, keys without a value left out.

    ``severity``, which speaks of rules by code, becomes the settings that it stands for.
    """
    tree = _by_setting(_mapping(document.data, "", document))
    profiles = tree.get("profiles")
    if isinstance(profiles, list):
        tree["profiles"] = [_by_setting(p) if isinstance(p, dict) else p for p in profiles]
    return tree


def _by_setting(tree: dict[str, PolicyTree]) -> dict[str, PolicyTree]:
    levels = tree.pop("severity", None)
    levels_by_code: dict[str, PolicyTree] = {}
    for code, level in levels.items() if isinstance(levels, dict) else ():
        rule = all_rules().get(code)
        if rule is None:
            levels_by_code[code] = level
            continue
        section = tree.setdefault(rule.section.value, {})
        if isinstance(section, dict):
            section[rule.name] = level
    if levels_by_code:
        tree["severity"] = levels_by_code
    return tree


def _mapping(
    data: dict[str, Json], pointer: str, document: PolicyDocument
) -> dict[str, PolicyTree]:
    entries = {
        key: _sourced(value, f"{pointer}/{escaped(key)}", document)
        for key, value in data.items()
        if value is not None
    }
    return {key: as_list(tree) if key in _LISTED else tree for key, tree in entries.items()}


def _sourced(value: Json, pointer: str, document: PolicyDocument) -> PolicyTree:
    if isinstance(value, dict):
        return _mapping(value, pointer, document)
    if isinstance(value, list):
        return [_sourced(v, f"{pointer}/{i}", document) for i, v in enumerate(value)]
    mark = document.marks.get(pointer)
    return Sourced(value, ValueOrigin(document.file, mark.line if mark else 1))


def as_list(tree: PolicyTree | None) -> list[PolicyTree]:
    """A list; one value alone counts as a list of one."""
    if tree is None:
        return []
    return tree if isinstance(tree, list) else [tree]


def merge(base: dict[str, PolicyTree], top: dict[str, PolicyTree]) -> dict[str, PolicyTree]:
    """``top`` laid over ``base``, which holds what ``top`` extends."""
    replaced = {key: value for key, value in top.items() if key in _OWN}
    merged: dict[str, PolicyTree] = {k: v for k, v in base.items() if k not in _OWN}
    for key, value in top.items():
        if key in _OWN:
            continue
        if key in _ADDING:
            merged[key] = [*as_list(merged.get(key)), *as_list(value)]
        elif key in _BEFORE:
            merged[key] = [*as_list(value), *as_list(merged.get(key))]
        else:
            merged[key] = _over(merged.get(key), value)
    return {**merged, **replaced}


def _over(base: PolicyTree | None, top: PolicyTree) -> PolicyTree:
    if not isinstance(base, dict) or not isinstance(top, dict):
        return top
    merged = dict(base)
    _move_terms(merged, top)
    for key, value in top.items():
        if key in _LISTS:
            merged[key] = [*as_list(merged.get(key)), *as_list(value)]
        elif key == "thresholds":
            merged[key] = _thresholds(as_list(base.get(key)), as_list(value))
        elif key == "shares":
            merged[key] = _replaced(as_list(base.get(key)), as_list(value), _share)
        else:
            merged[key] = _over(base.get(key), value)
    return merged


def _move_terms(merged: dict[str, PolicyTree], top: dict[str, PolicyTree]) -> None:
    """Take the licenses that ``top`` lists out of the lists they stand in."""
    named = {plain_text(v) for key in _LISTS for v in as_list(top.get(key))}
    for key in _LISTS:
        if key in merged:
            merged[key] = [v for v in as_list(merged[key]) if plain_text(v) not in named]


def _replaced(
    base: list[PolicyTree], top: list[PolicyTree], about: Callable[[PolicyTree], tuple[str, ...]]
) -> list[PolicyTree]:
    """``base`` without what ``top`` says anew, then ``top``."""
    replaced = {about(item) for item in top}
    return [*(item for item in base if about(item) not in replaced), *top]


def _thresholds(base: list[PolicyTree], top: list[PolicyTree]) -> list[PolicyTree]:
    """Those of ``top`` replace those of the same measure and reading, limit by limit."""
    before = {_measure(item): item for item in base}
    whole = [_with_limits(item, before.get(_measure(item))) for item in top]
    return _replaced(base, whole, _measure)


_LIMITS = (("max_fraction_lacking", "bound"), ("max_fraction_not_examined",))
"""Keys of a threshold that belong together."""


def _with_limits(item: PolicyTree, before: PolicyTree | None) -> PolicyTree:
    """A threshold with the limits of the one it replaces that it does not set itself."""
    if not isinstance(item, dict) or not isinstance(before, dict):
        return item
    unset = [key for keys in _LIMITS if keys[0] not in item for key in keys if key in before]
    return {**item, **{key: before[key] for key in unset if key not in item}}


def _share(item: PolicyTree) -> tuple[str, ...]:
    if not isinstance(item, dict):
        return ()
    measure = item.get("measure")
    names = sorted(plain_text(name) for name in as_list(item.get("licenses")))
    return (str(measure.value) if isinstance(measure, Sourced) else "headline", *names)


def _measure(item: PolicyTree) -> tuple[str, ...]:
    if not isinstance(item, dict):
        return ("", "")
    measure, reading = item.get("measure"), item.get("reading")
    return (
        str(measure.value) if isinstance(measure, Sourced) else "headline",
        str(reading.value) if isinstance(reading, Sourced) else "direct",
    )


def plain_text(tree: PolicyTree) -> str:
    """A single value as text; nothing for a collection."""
    return str(tree.value) if isinstance(tree, Sourced) else ""


def unsourced(tree: PolicyTree) -> Json:
    """The tree's plain data."""
    if isinstance(tree, Sourced):
        return tree.value
    if isinstance(tree, list):
        return [unsourced(item) for item in tree]
    return plain_mapping(tree)


def plain_mapping(tree: dict[str, PolicyTree]) -> dict[str, Json]:
    """A mapping's plain data."""
    return {key: unsourced(value) for key, value in tree.items()}


def origins(tree: PolicyTree, pointer: str = "") -> dict[str, ValueOrigin]:
    """Origin by JSON Pointer; a collection's is that of the first value in it."""
    if isinstance(tree, Sourced):
        return {pointer: tree.origin}
    origins_by_pointer: dict[str, ValueOrigin] = {}
    pairs = enumerate(tree) if isinstance(tree, list) else tree.items()
    for key, value in pairs:
        origins_by_pointer.update(origins(value, f"{pointer}/{escaped(str(key))}"))
    if origins_by_pointer and pointer:
        origins_by_pointer[pointer] = next(iter(origins_by_pointer.values()))
    return origins_by_pointer

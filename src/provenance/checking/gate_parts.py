"""The part of a CI file in YAML that decides how the gate runs: its job and what that inherits.

Other jobs, hooks and later steps may change; where it cannot be told, the whole file counts. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from provenance.cards.yaml_tree import (
    Scalar,
    YamlMapping,
    YamlNode,
    YamlRefusedError,
    YamlSequence,
    parse,
    scalars,
)
from provenance.checking.gate_words import called, uses
from provenance.frozen import frozen

_SIBLINGS = frozenset(
    {"jobs", "hooks", "repos", "stages", "pipelines", "pull-requests", "branches", "tags", "custom",
     "parallel", "services", "tasks"}
)  # fmt: skip
"""Keys whose entries run apart from each other."""
_STEPS = frozenset({"step", "parallel", "stage"})
"""Steps of Bitbucket that run apart, each an entry of a list."""
_SAYS_NOTHING = frozenset({"name", "run-name", "displayName", "permissions", "description"})
"""Keys beside the gate that change neither what it runs nor what comes of it."""
_OF_ALL = frozenset(
    {"default", "variables", "include", "workflow", "image", "services", "before_script",
     "after_script", "cache", "spec"}
)  # fmt: skip
"""Keys of a file of GitLab that are no jobs."""
_ORDER = frozenset({"needs", "dependencies", "stage"})
"""Keys that name other jobs, of which only the order is taken."""
_RELEASE = re.compile(r"@v?\d+(?:\.\d+){0,3}\Z")
_DOCUMENTS = re.compile(r"(?m)^---(?:\s|$)")

Part = str | list["Part"] | dict[str, "Part"]
"""What is compared: text, lists and tables, without lines and comments."""


def yaml_part(path: str, text: str, callers: re.Pattern[str] | None = None) -> Part | None:
    """What of a file decides how the gate runs; ``None``: not to be told, the whole file does.

    Args:
        path: from the top of the repository.
        text: the file.
        callers: what else runs the gate, as :func:`provenance.checking.gate_words.called` reads.

    """
    if len(_DOCUMENTS.findall(text)) > 1:
        return None
    try:
        root = parse(text)
    except YamlRefusedError:
        return None
    if not isinstance(root, YamlMapping):
        return None
    reading = _Reading(callers)
    if not reading.holds(root):
        return None
    if path.endswith(("gitlab-ci.yml", "gitlab-ci.yaml")):
        return reading.gitlab(root)
    return reading.part(root, "")


def gitlab_part(text: str, callers: re.Pattern[str] | None, named: Collection[str]) -> Part | None:
    """What a file that GitLab includes says of the gate's jobs and of all jobs; ``None``: no table.

    Args:
        text: the file.
        callers: what else runs the gate.
        named: names that the gate's jobs have, extend or refer to in other files.

    """
    try:
        root = parse(text)
    except YamlRefusedError:
        return None
    if root is None:
        return {}
    return _Reading(callers).gitlab(root, named) if isinstance(root, YamlMapping) else None


def names_in(part: Part | None) -> Iterator[str]:
    """Keys and texts of a part: what it may have from another file."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for item in part:
            yield from names_in(item)
    elif part is not None:
        for name, value in part.items():
            yield name
            yield from names_in(value)


@frozen
class _Reading:
    """Reads one file; nodes are at most 64 deep."""

    callers: re.Pattern[str] | None

    def holds(self, node: YamlNode, key: str = "") -> bool:
        """Whether something in a node runs the gate."""
        if isinstance(node, Scalar):
            return called(node.text, self.callers) or (key == "uses" and uses(node.text))
        if isinstance(node, YamlSequence):
            words = " ".join(item.text for item in node.items if isinstance(item, Scalar))
            return called(words, self.callers) or any(self.holds(item) for item in node.items)
        return any(self.holds(value, name.text) for name, value in node.entries)

    def part(self, node: YamlNode, under: str) -> Part:
        """What of a node is compared; ``under``: the key that it stands at."""
        if isinstance(node, Scalar):
            return _RELEASE.sub("", node.text) if under == "uses" else node.text
        if isinstance(node, YamlSequence):
            return [self.part(item, "") for item in self._items(node, under)]
        held = self.holds(node)
        apart = held and under in _SIBLINGS
        chosen: dict[str, Part] = {}
        for name, value in node.entries:
            if held and name.text in _SAYS_NOTHING and not self.holds(value):
                continue
            if not apart or self.holds(value):
                count = held and name.text == "needs"  # the jobs themselves: see `_needed`
                chosen[name.text] = (
                    str(len(list(scalars(value)))) if count else self.part(value, name.text)
                )
        if apart and under == "jobs":
            needed = sorted(self._needed(node).values(), key=str)
            return {**chosen, "needed": needed} if needed else chosen
        return chosen

    def _items(self, node: YamlSequence, under: str) -> list[YamlNode]:
        held = [item for item in node.items if self.holds(item)]
        if not held:
            return list(node.items)
        if under in _SIBLINGS:
            return held
        if under == "steps":
            return list(node.items[: node.items.index(held[-1]) + 1])
        return [i for i in node.items if not _is_a_step(i) or self.holds(i)]

    def _needed(self, jobs: YamlMapping) -> dict[str, Part]:
        """When jobs run that the gate's wait for: all of them where it takes their outputs."""
        known = {name.text: value for name, value in jobs.entries}
        waiting = [value for value in known.values() if self.holds(value)]
        whole = any("needs." in text for job in waiting for text in _texts(job))
        needed: dict[str, Part] = {}
        while waiting:
            job = waiting.pop()
            names = scalars(job.get("needs")) if isinstance(job, YamlMapping) else iter(())
            for name in names:
                other = known.get(name.text)
                if name.text in needed or other is None or self.holds(other):
                    continue
                when = (
                    [other.get(key) for key in ("if", "needs")]
                    if isinstance(other, YamlMapping)
                    else []
                )
                needed[name.text] = (
                    self.part(other, "") if whole else [self.part(w, "") for w in when if w]
                )
                waiting.append(other)
        return needed

    def gitlab(self, root: YamlMapping, named: Collection[str] = ()) -> Part:
        """The gate's jobs, what they extend or refer to, and what holds for all jobs."""
        known = {name.text: value for name, value in root.entries}
        chosen = {k for k, v in known.items() if self.holds(v) or k in _OF_ALL or k in named}
        waiting = sorted(chosen)
        while waiting:
            for text in _texts(known[waiting.pop()]):
                if text in known and text not in chosen:
                    chosen.add(text)
                    waiting.append(text)
        return {key: self.part(known[key], key) for key in sorted(chosen)}


def _is_a_step(node: YamlNode) -> bool:
    return isinstance(node, YamlMapping) and {n.text for n, _ in node.entries} <= _STEPS


def _texts(node: YamlNode) -> Iterator[str]:
    """Every text of a node, but for those that only say what runs before it."""
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, YamlSequence):
        for item in node.items:
            yield from _texts(item)
    else:
        for name, value in node.entries:
            if name.text not in _ORDER:
                yield from _texts(value)

"""References in YAML, TOML and JSON configurations of trainers, by the names of their keys.

Known: axolotl, LLaMA-Factory, TRL, torchtune, Lightning, Hydra (``_target_``) and DVC (``cmd``).
"""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from provenance.cards.yaml_tree import (
    Mapping,
    Scalar,
    Sequence,
    YamlNode,
    YamlRefusedError,
    parse,
    scalars,
)
from provenance.checking.references.rules import Rules
from provenance.checking.references.shell import find_in_shell
from provenance.checking.references.sites import Found, Site, weigh
from provenance.report.checked import (
    Confidence,
    FileProblem,
    Reference,
    ReferenceKind,
    ScanNote,
    Use,
)

_TARGETS = ("_target_", "_component_", "class_path")
_DOCUMENT = re.compile(r"(?m)^---(?:[ \t].*)?$")
_NEAR = 20_000
"""How far ahead a value is looked for, in characters; a value written in another way (with
escapes) keeps the place of the one before it."""
_COMMIT = re.compile(r"[0-9a-f]{7,40}")


def find_in_config(data: bytes, path: str, rules: Rules) -> Found:
    """References in a configuration file; a file without any key of interest is not parsed."""
    if _trigger(rules).search(data) is None:
        return Found()
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    found = Found()
    try:
        trees = _trees(text, path)
    except YamlRefusedError as error:
        message = f"not a readable configuration: {error}"
        return Found(problems=[FileProblem(path, error.line, message)])
    for tree in trees:
        _Walk(path, rules, found).node(tree, ())
    return found


@cache
def _trigger_of(words: tuple[str, ...]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(re.escape(w.encode()) for w in sorted(words, key=len)))


def _trigger(rules: Rules) -> re.Pattern[bytes]:
    keys = {*rules.config_keys.model, *rules.config_keys.dataset, *rules.flags.model}
    keys |= {*rules.flags.dataset, *rules.config_items.model.under, "hf://", "download"}
    keys |= {*rules.config_items.dataset.under, *_TARGETS}
    return _trigger_of(tuple(sorted(keys)))


def _trees(text: str, path: str) -> list[YamlNode]:
    """The documents of a file.

    Raises:
        YamlRefusedError: it is not of the format that its name says.

    """
    if path.endswith(".json"):
        return [_from_json(text)]
    if path.endswith(".toml"):
        try:
            return [_Locator(text).tree(tomllib.loads(text), "")]
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise YamlRefusedError(str(error), None) from None
    starts = [0, *(match.end() for match in _DOCUMENT.finditer(text))]
    ends = [*(match.start() for match in _DOCUMENT.finditer(text)), len(text)]
    nodes = []
    for start, end in zip(starts, ends, strict=True):
        node = parse(text[start:end], text.count("\n", 0, start) + 1)
        if node is not None:
            nodes.append(node)
    return nodes


def _from_json(text: str) -> YamlNode:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if re.search(r"(?m)^\s*//|,\s*[}\]]", text):  # JSON with comments: settings of editors
            value = {}
        else:
            raise YamlRefusedError(str(error), None) from None
    return _Locator(text).tree(value, "")


class _Locator:
    """A parsed JSON or TOML value as a tree; lines are found by searching the text in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def tree(self, value: object, pointer: str) -> YamlNode:
        if isinstance(value, dict):
            entries = []
            for key, item in value.items():
                name = self._scalar(str(key), pointer)
                entries.append((name, self.tree(item, f"{pointer}/{key}")))
            return Mapping(tuple(entries), 1, pointer)
        if isinstance(value, list):
            return Sequence(tuple(self.tree(item, pointer) for item in value), 1, pointer)
        if isinstance(value, str):
            return self._scalar(value, pointer)
        return Scalar(str(value), 1, pointer, plain=True)

    def _scalar(self, text: str, pointer: str) -> Scalar:
        first = text.split("\n", 1)[0][:80]
        written = json.dumps(first, ensure_ascii=False)[1:-1]
        at = self._text.find(written, self._at, self._at + _NEAR)
        if at < 0:
            at = self._at
        self._at = at
        line = bisect_right(self._starts, at)
        return Scalar(text, line, pointer, plain=False, column=at - self._starts[line - 1])


@dataclass(slots=True)
class _Walk:
    path: str
    rules: Rules
    found: Found

    def node(self, node: YamlNode, parents: tuple[str, ...]) -> None:
        if isinstance(node, Sequence):
            for item in node.items:
                self.node(item, parents)
            return
        if not isinstance(node, Mapping):
            return
        self._target(node)
        for key, value in node.entries:
            name = key.text.rpartition(".")[2]
            kind = self._kind(name, parents)
            if name in self.rules.scripts:
                self._commands(value)
            elif kind is not None:
                self._values(value, kind, name, parents, node)
            if not isinstance(value, Scalar):
                self.node(value, (*parents, name))

    def _kind(self, name: str, parents: tuple[str, ...]) -> ReferenceKind | None:
        items = self.rules.config_items
        if parents and name in items.dataset.keys and parents[-1] in items.dataset.under:
            return ReferenceKind.DATASET
        if parents and name in items.model.keys and parents[-1] in items.model.under:
            return ReferenceKind.MODEL
        if name in self.rules.config_keys.model:
            return ReferenceKind.MODEL
        if name in self.rules.config_keys.dataset:
            return ReferenceKind.DATASET
        return None

    def _values(
        self,
        value: YamlNode,
        kind: ReferenceKind,
        name: str,
        parents: tuple[str, ...],
        around: Mapping,
    ) -> None:
        if isinstance(value, Mapping):
            if kind is ReferenceKind.DATASET and name.endswith("mixer"):
                for key, _ in value.entries:  # TRL-style mixtures: {id: share}
                    self._add(key, kind, name, parents, None)
            return
        revision = around.get("revision")
        pinned = revision.text if isinstance(revision, Scalar) else None
        for scalar in (value,) if isinstance(value, Scalar) else value.items:
            if isinstance(scalar, Scalar):
                self._add(scalar, kind, name, parents, pinned)

    def _add(
        self,
        scalar: Scalar,
        kind: ReferenceKind,
        name: str,
        parents: tuple[str, ...],
        revision: str | None,
    ) -> None:
        role = self._role(name, parents, kind)
        if revision is not None and not _COMMIT.fullmatch(revision) and revision == "main":
            revision = None
        how = ".".join([*parents, name])[-80:]
        column = scalar.column + 1 + (not scalar.plain and scalar.column > 0)
        site = Site(
            self.path, scalar.line, column,
            kind, how, role, revision, slash=name not in self.rules.bare_keys,
        )  # fmt: skip
        for text in scalar.text.split(","):
            result = weigh(site, text.strip(), self.rules, confidence=Confidence.LIKELY)
            if isinstance(result, Reference):
                self.found.add(result)

    def _role(self, name: str, parents: tuple[str, ...], kind: ReferenceKind) -> Use:
        words = {w for part in (*parents[-2:], name) for w in re.split(r"[_\-.]", part.lower())}
        if words & set(self.rules.evaluation_words):
            return Use.EVALUATION if kind is ReferenceKind.DATASET else Use.UNKNOWN
        if "train" in words or "training" in words or name in {"base_model", "dataset_mixer"}:
            return Use.TRAINING
        return Use.UNKNOWN

    def _target(self, node: Mapping) -> None:
        """``_target_: package.function`` with its arguments beside it (Hydra, torchtune)."""
        for key in _TARGETS:
            target = node.get(key)
            if not isinstance(target, Scalar):
                continue
            arguments = node.get("init_args")
            given = arguments if isinstance(arguments, Mapping) else node
            for rule in self.rules.calls_named(target.text):
                value = given.get(rule.keyword)
                if not isinstance(value, Scalar) or rule.kind == "by_repo_type":
                    continue
                column = value.column + 1
                site = Site(
                    self.path, value.line, column, ReferenceKind(rule.kind), rule.name, rule.role,
                    place=rule.place, slash=rule.slash, prefixed=rule.prefixed,
                )  # fmt: skip
                result = weigh(site, value.text, self.rules, confidence=Confidence.CERTAIN)
                if not isinstance(result, ScanNote):
                    self.found.add(result)

    def _commands(self, value: YamlNode) -> None:
        for scalar in scalars(value):
            first = scalar.line + (0 if scalar.plain or "\n" not in scalar.text else 1)
            self.found.extend(find_in_shell(scalar.text, self.path, self.rules, first))

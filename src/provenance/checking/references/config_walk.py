"""A walk over the tree of a configuration: what each key holds, by its name and those above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from provenance.cards.yaml_tree import Scalar, YamlMapping, YamlNode, YamlSequence, scalars
from provenance.checking.references.config_keys import (
    INNER,
    OF_EITHER,
    is_beside_parts,
    is_of_datasets,
    kind_of_key,
    telling_keys,
)
from provenance.checking.references.config_trees import PASSED_OVER, PASSED_OVER_LIST
from provenance.checking.references.config_values import OTHER_KEYS, ConfigValues, Held
from provenance.checking.references.names import (
    is_a_known_model,
    is_id,
    is_plain_id,
    is_written_as_a_model,
    kind_of_name,
)
from provenance.checking.references.rules import Rules
from provenance.checking.references.services import Served, said_beside
from provenance.checking.references.shell import find_in_command, find_in_shell
from provenance.checking.references.shell_text import Token
from provenance.checking.references.sites import JSON, PYTHON, Inner, Site, weigh
from provenance.report.checked import Confidence, ReferenceKind, ScanNote

TARGETS = ("_target_", "_component_", "class_path")
VALUES = frozenset({"value", "values", "default", "choices", "choice", "options"})
"""Keys of a mapping that stands for its value, as in sweeps and schemas."""
_PROGRAM = re.compile(r"\s--[a-z]|\b(?:huggingface-cli|hf|vllm|ollama|lms) \w")
"""What a value has that is a command."""
_PLACES = INNER | {"repository", "hf_repo_name", "from", "checkpoint_repo"}
"""Keys that say where something is, and not what."""
_MODEL_IN = re.compile(r'"(?:model|dataset)\w{0,30}"\s{0,9}:')
"""JSON in a string that names a model or data."""
_TARGET_KEYS = frozenset(TARGETS)
_OF_A_TASK = ("dataset_path", "include", "task")
"""Keys beside ``dataset_name`` where it is the name of a configuration."""
_WHOLE = ("path", "repo_id", "hf_id", "hf_path", "dataset_path")
"""Keys beside ``name`` where it is the name of a part of that set."""


@cache
def _scripts(rules: Rules) -> frozenset[str]:
    return frozenset(rules.scripts)


@cache
def _telling(rules: Rules) -> frozenset[str]:
    """The runs of letters of all keys that are known to say something."""
    known = {
        *telling_keys(rules),
        *rules.scripts,
        *OTHER_KEYS,
        *_PLACES,
        *VALUES,
        *TARGETS,
        "shell",
    }
    return frozenset(run for key in known for run in _runs(key))


@lru_cache(maxsize=16_384)
def says_nothing(key: str, rules: Rules) -> bool:
    """Whether nothing is known of a key, and no word in it: as good as any other such key.

    What stands under it, or below it, is what would stand under another.
    """
    if "." in key or "revision" in key:
        return False
    runs = _runs(key)
    return bool(runs) and _telling(rules).isdisjoint(runs)


def _runs(key: str) -> list[str]:
    """The runs of letters of a key: parts of its words, whatever splits these."""
    return _LETTERS.findall(_CAMEL.sub("_", key).lower())


_LETTERS = re.compile("[a-z]+")
_CAMEL = re.compile("(?<=[a-z0-9])(?=[A-Z])")


@dataclass(slots=True)
class ConfigWalk:
    """One walk."""

    rules: Rules
    values: ConfigValues
    kinds: dict[tuple[str | None, tuple[str, ...]], ReferenceKind | None] = field(
        default_factory=dict
    )
    """Answers on the keys met so far; under ``None`` on every key that says nothing."""

    def wants(self, name: str, parents: tuple[str, ...]) -> bool:
        """Whether what stands under a key, below others, may be more than an address or setting."""
        if "revision" in name or not _scripts(self.rules).isdisjoint((*parents, name)):
            return True
        if self._kind(name, parents) is not None:
            return True
        return name in VALUES and bool(parents) and self.wants(parents[-1], parents[:-1])

    def node(
        self, node: YamlNode, parents: tuple[str, ...], above: Served = Served.UNKNOWN
    ) -> None:
        """All that stands below some keys; ``above``: who answers for models, by keys around."""
        if isinstance(node, YamlSequence):
            for item in node.items:
                if isinstance(item, Scalar):
                    self.values.address(item)
                    self.values.setting(item)
                    self.values.unsaid(item, parents[-1] if parents else "")
                else:
                    self.node(item, parents, above)
            return
        if not isinstance(node, YamlMapping):
            return
        keys = [key.text for key, _ in node.entries]
        if not _TARGET_KEYS.isdisjoint(keys):
            self._target(node)
        if "value" in keys:
            self._pair(node)
        if "shell" in keys:
            self._program(node)
        served = said_beside((k.text, v.text) for k, v in node.entries if isinstance(v, Scalar))
        passed_over = (PASSED_OVER, PASSED_OVER_LIST)
        loud = [(key.text, v) for key, v in node.entries if not any(v is p for p in passed_over)]
        for key, value in loud:
            *before, name = key.split(".") if "/" not in key else [key]
            self._entry(name, value, (*parents, *before), node, served or above)
            if not isinstance(value, Scalar) and not _is_composed(name, value):
                self.node(value, (*parents, *before, name), served)

    def _entry(
        self,
        name: str,
        value: YamlNode,
        parents: tuple[str, ...],
        around: YamlMapping,
        served: Served,
    ) -> None:
        if name in self.rules.scripts:
            self._commands(value)
            return
        kind = self._kind_beside(name, parents, around)
        if kind is not None:
            part = name == "name" and any(around.get(key) for key in _WHOLE)
            held = Held(name, parents, kind, _revision(around, name), served, part)
            self._held(value, held)
        elif isinstance(value, Scalar) and name in _PLACES and self._tells(value.text):
            revision = _revision(around, name)
            self.values.add(value, Held(name, parents, ReferenceKind.MODEL, revision, served))
        elif isinstance(value, Scalar):
            self._other_text(name, value)

    def _kind_beside(
        self, name: str, parents: tuple[str, ...], around: YamlMapping
    ) -> ReferenceKind | None:
        """What an id under a key is of, by what stands beside it too."""
        if name == "dataset_name" and any(around.get(key) for key in _OF_A_TASK):
            return None  # the name of a configuration, in evaluation harnesses
        if is_beside_parts(name, (key.text for key, _ in around.entries)):
            return ReferenceKind.DATASET
        if name in OF_EITHER and not parents and is_of_datasets(self.values.path):
            return ReferenceKind.DATASET
        return self._kind(name, parents)

    def _other_text(self, name: str, value: Scalar) -> None:
        """A text under a key that holds no id: it may have an address, a program or JSON in it."""
        text = value.text
        if "/" in text:
            self.values.address(value)
            self.values.unsaid(value, name)
        if _has_a_program(text):
            self._commands(value)
        if _has_json(text):
            self.values.gathered.inner.append(Inner(JSON, text, value.line))

    def may_tell(self, text: str, name: str) -> bool:
        """Whether a text may say something under a key that is not wanted."""
        if "/" in text and self.values.may_tell(text, name):
            return True
        if name in _PLACES and ("/" in text or "-" in text) and self._tells(text):
            return True
        return _has_a_program(text) or _has_json(text)

    def may_tell_in_list(self, text: str, name: str) -> bool:
        """Whether a text may say something in a list under a key that is not wanted."""
        if "=" in text and self.names(text.partition("=")[0]):
            return True
        return "/" in text and self.values.may_tell(text, name)

    def names(self, name: str) -> bool:
        """Whether the name of a setting says that an id is its value."""
        return kind_of_name(name, self.rules) is not None

    def _kind(self, name: str, parents: tuple[str, ...]) -> ReferenceKind | None:
        """What an id under a key is of: configurations repeat their keys."""
        asked = (None if says_nothing(name, self.rules) else name, parents)
        if asked not in self.kinds:
            self.kinds[asked] = kind_of_key(name, parents, self.rules)
        return self.kinds[asked]

    def _held(self, value: YamlNode, held: Held) -> None:
        """What stands under a key that holds ids: one, a list, or a table."""
        if isinstance(value, YamlMapping):
            unpinned = Held(held.name, held.parents, held.kind)
            for key, _ in value.entries:  # mixtures and registries: {id: share}
                if is_plain_id(key.text, self.rules):
                    self.values.add(key, unpinned)
            for key, inner in value.entries:
                if key.text in VALUES and not isinstance(inner, YamlMapping):
                    self._held(inner, held)
            return
        for item in (value,) if isinstance(value, Scalar) else value.items:
            pair = item.items[:1] if isinstance(item, YamlSequence) else (item,)  # [id, share]
            for scalar in pair:
                if isinstance(scalar, Scalar):
                    self.values.add(scalar, held)

    def _tells(self, text: str) -> bool:
        """Whether an id tells by itself that it is a model's."""
        return is_written_as_a_model(text, self.rules) or is_a_known_model(text, self.rules)

    def _pair(self, node: YamlMapping) -> None:
        """``{name: MODEL_ID, value: owner/name}``, as Kubernetes writes an environment."""
        name, value = node.get("name") or node.get("key"), node.get("value")
        if isinstance(name, Scalar) and isinstance(value, Scalar):
            kind = kind_of_name(name.text, self.rules)
            if kind is not None and is_id(value.text, kind, self.rules):
                self.values.add(value, Held(name.text, (), kind))

    def _program(self, node: YamlMapping) -> None:
        """``shell: python`` with ``run: …`` beside it, as workflows write a program."""
        shell, run = node.get("shell"), node.get("run")
        if isinstance(shell, Scalar) and isinstance(run, Scalar) and "python" in shell.text:
            first = run.line + (0 if run.plain or "\n" not in run.text else 1)
            self.values.gathered.inner.append(Inner(PYTHON, run.text, first))

    def _target(self, node: YamlMapping) -> None:
        """``_target_: package.function`` with its arguments beside it (Hydra, torchtune)."""
        for key in TARGETS:
            target = node.get(key)
            if not isinstance(target, Scalar):
                continue
            arguments = node.get("init_args")
            given = arguments if isinstance(arguments, YamlMapping) else node
            for rule in self.rules.calls_named(target.text):
                value = given.get(rule.keyword)
                if not isinstance(value, Scalar) or rule.kind == "by_repo_type":
                    continue
                column = value.column + 1
                site = Site(
                    self.values.path, value.line, column, ReferenceKind(rule.kind), rule.name,
                    rule.role, place=rule.place, slash=rule.slash, prefixed=rule.prefixed,
                    service=rule.service, remote=rule.remote,
                )  # fmt: skip
                result = weigh(site, value.text, self.rules, confidence=Confidence.CERTAIN)
                if not isinstance(result, ScanNote):
                    self.values.gathered.add(result)

    def _commands(self, value: YamlNode) -> None:
        gathered, path = self.values.gathered, self.values.path
        if isinstance(value, YamlSequence) and _is_split(value):
            tokens = [Token(s.text, s.line, s.column + 1) for s in scalars(value)]
            gathered.extend(find_in_command(tokens, path, self.rules))
            return
        on_one_line = path.endswith((".json", ".jsonc"))  # there a line break is two characters
        for scalar in scalars(value):
            first = scalar.line + (0 if scalar.plain or "\n" not in scalar.text else 1)
            part = find_in_shell(scalar.text, path, self.rules, first)
            gathered.extend(part.until(scalar.line) if on_one_line else part)


def _has_a_program(text: str) -> bool:
    return (" " in text or "\n" in text) and _PROGRAM.search(text) is not None


def _has_json(text: str) -> bool:
    return text.startswith("{") and '"' in text and _MODEL_IN.search(text) is not None


def _is_composed(name: str, value: YamlNode) -> bool:
    """Hydra's list of files that a configuration is composed of."""
    return name == "defaults" and isinstance(value, YamlSequence)


def _is_split(value: YamlSequence) -> bool:
    """Whether a list is one command in words: none of them is a command of its own."""
    words = [s.text for s in value.items if isinstance(s, Scalar)]
    flags = any(w.startswith("-") for w in words)
    return flags and len(words) == len(value.items) and all(" " not in w.strip() for w in words)


def _revision(around: YamlMapping, name: str) -> str | None:
    """The commit beside an id, under ``revision`` or a key of its own (``model_revision``)."""
    stem = name.partition("_")[0]
    for key in ("revision", f"{name}_revision", f"{stem}_revision"):
        value = around.get(key)
        if isinstance(value, Scalar) and value.text:
            return value.text
    return None

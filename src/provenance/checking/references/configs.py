"""References in YAML, TOML and JSON configurations, by the names of their keys.

Known: axolotl, LLaMA-Factory, TRL, torchtune, Lightning, Hydra (``_target_``), DVC (``cmd``),
sweeps, and whatever runs commands: workflows of CI, compose files, Kubernetes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from provenance.cards.yaml_tree import (
    Mapping,
    Scalar,
    Sequence,
    YamlNode,
    YamlRefusedError,
    scalars,
)
from provenance.checking.references.config_trees import trees
from provenance.checking.references.names import (
    BARE,
    RUN_TIME,
    hub_address,
    is_bare_name,
    is_id,
    is_known,
    kind_of_name,
)
from provenance.checking.references.roles import role_of_words, words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.shell import find_in_command, find_in_shell
from provenance.checking.references.shell_text import Token
from provenance.checking.references.sites import JSON, PYTHON, Found, Inner, Site, weigh
from provenance.lazy_classes import dataclass
from provenance.report.checked import (
    Confidence,
    FileProblem,
    Reference,
    ReferenceKind,
    RoleBasis,
    ScanNote,
    Use,
)

_TARGETS = ("_target_", "_component_", "class_path")
_COMMIT = re.compile(r"[0-9a-f]{7,40}")
_VALUES = frozenset({"value", "values", "default", "choices", "choice", "options"})
"""Keys of a mapping that stands for its value, as in sweeps and schemas."""
_INNER = frozenset(
    {"path", "name", "id", "repo_id", "name_or_path", "repo", "pretrained", "model_id"}
)
"""Keys that hold an id where the key above says of what."""
_MODEL_IN = re.compile(r'"(?:model|dataset)\w{0,30}"\s{0,9}:')
"""JSON in a string that names a model or data."""
_OF_A_TASK = ("dataset_path", "include", "task")
"""Keys beside ``dataset_name`` where it is the name of a configuration."""
_OF_DATA = frozenset(
    {"data", "dataset", "datasets", "train", "val", "valid", "validation", "test", "corpus"}
)
"""Words of the keys above ``hf_name`` and its like that make it one of data."""
_RUN_TIME = re.compile(r"\$\{|\{\{|<\w+>")
_TRAINS = re.compile(
    rb"(?m)^[ \t\"']*(?:learning_rate|lr|num_train_epochs|num_epochs|max_steps|optimizer|"
    rb"per_device_train_batch_size|micro_batch_size|gradient_accumulation_steps|train_batch_size|"
    rb"warmup_(?:steps|ratio)|finetuning_type|rl)[\"']?\s*[:=]"
)
"""Keys of a configuration that trains."""
_EVALUATES = re.compile(
    rb"(?m)^[ \t\"']*(?:metric_list|doc_to_text|doc_to_target|output_type|generate_until|"
    rb"test_split|num_fewshot|fewshot_split|process_results)[\"']?\s*[:=]"
)
"""Keys of a task of an evaluation harness."""


def find_in_config(data: bytes, path: str, rules: Rules) -> Found:
    """References in a configuration file; a file without any key of interest is not parsed."""
    if _trigger(rules).search(data) is None:
        return Found()
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    found = Found()
    walk = _Walk(path, rules, found, _usual(data))
    try:
        parsed = trees(text, path, walk.wants)
    except YamlRefusedError as error:
        message = f"not a readable configuration: {error}"
        return Found(problems=[FileProblem(path, error.line, message)])
    for tree in parsed:
        walk.node(tree, ())
    return found


def _usual(data: bytes) -> Use:
    if _TRAINS.search(data):
        return Use.TRAINING
    return Use.EVALUATION if _EVALUATES.search(data) else Use.UNKNOWN


@cache
def _trigger_of(words: tuple[str, ...]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(re.escape(w.encode()) for w in sorted(words, key=len)))


def _trigger(rules: Rules) -> re.Pattern[bytes]:
    keys = {*rules.config_keys.model, *rules.config_keys.dataset, *rules.flags.model}
    keys |= {*rules.flags.dataset, *rules.config_items.model.under, "hf://", "download"}
    keys |= {*rules.config_items.dataset.under, *_TARGETS, "huggingface.co/"}
    keys |= {*rules.name_words.model, *rules.name_words.dataset, "MODEL", "DATASET"}
    return _trigger_of(tuple(sorted(keys)))


@cache
def _scripts(rules: Rules) -> frozenset[str]:
    return frozenset(rules.scripts)


@dataclass(slots=True)
class _Walk:
    path: str
    rules: Rules
    found: Found
    usual: Use
    """What the keys of the whole file say of its use."""

    def wants(self, name: str, parents: tuple[str, ...]) -> bool:
        """Whether what stands under a key, below others, may be more than an address or setting."""
        if "revision" in name or not _scripts(self.rules).isdisjoint((*parents, name)):
            return True
        if self._kind(name, parents) is not None:
            return True
        return name in _VALUES and bool(parents) and self.wants(parents[-1], parents[:-1])

    def node(self, node: YamlNode, parents: tuple[str, ...]) -> None:
        if isinstance(node, Sequence):
            for item in node.items:
                if isinstance(item, Scalar):
                    self._address(item)
                    self._setting(item)
                else:
                    self.node(item, parents)
            return
        if not isinstance(node, Mapping):
            return
        self._target(node)
        self._pair(node)
        self._program(node)
        for key, value in node.entries:
            self._entry(key.text.rpartition(".")[2], value, parents, node)

    def _entry(self, name: str, value: YamlNode, parents: tuple[str, ...], around: Mapping) -> None:
        kind = self._kind(name, parents)
        if name == "dataset_name" and any(around.get(key) for key in _OF_A_TASK):
            kind = None  # the name of a configuration, in evaluation harnesses
        if name in self.rules.scripts:
            self._commands(value)
        elif kind is not None:
            self._values(value, kind, name, parents, around)
        elif isinstance(value, Scalar):
            self._address(value)
            if value.text.startswith("{") and '"' in value.text and _MODEL_IN.search(value.text):
                self.found.inner.append(Inner(JSON, value.text, value.line))
        composed = name == "defaults" and isinstance(value, Sequence)  # Hydra: names of files
        if not isinstance(value, Scalar) and not composed:
            self.node(value, (*parents, name))

    def _kind(self, name: str, parents: tuple[str, ...]) -> ReferenceKind | None:
        items = self.rules.config_items
        above = parents[-1] if parents else ""
        if name in items.dataset.keys and above in items.dataset.under:
            return ReferenceKind.DATASET
        if name in items.model.keys and above in items.model.under:
            return ReferenceKind.MODEL
        if name in self.rules.config_keys.model:
            return ReferenceKind.MODEL
        if name in self.rules.config_keys.dataset:
            return ReferenceKind.DATASET
        if name.startswith("hf_") and kind_of_name(name, self.rules) is not None:
            of_data = {w for p in parents[-2:] for w in words_of(p)} & _OF_DATA
            return ReferenceKind.DATASET if of_data else kind_of_name(name, self.rules)
        if name in _INNER and above:
            near = [part for part in (above, *parents[-2:-1]) if part != "data"]
            kinds = (kind_of_name(part, self.rules) for part in near)
            return next((kind for kind in kinds if kind is not None), None)
        return kind_of_name(name, self.rules)

    def _exact(self, name: str) -> bool:
        keys = self.rules.config_keys
        return name in keys.model or name in keys.dataset

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
            for key, inner in value.entries:
                if key.text in _VALUES and not isinstance(inner, Mapping):
                    self._values(inner, kind, name, parents, around)
            return
        pinned = _revision(around, name)
        for one in (value,) if isinstance(value, Scalar) else value.items:
            pair = one.items[:1] if isinstance(one, Sequence) else (one,)  # [id, share]
            for scalar in pair:
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
        role, by = self._role(name, parents, kind)
        how = ".".join([*parents, name])[-80:]
        column = scalar.column + 1 + (not scalar.plain and scalar.column > 0)
        site = Site(
            self.path, scalar.line, column,
            kind, how, role, revision, slash=name not in self.rules.bare_keys, role_by=by,
        )  # fmt: skip
        if _RUN_TIME.search(scalar.text):
            if self._exact(name) and "\n" not in scalar.text:
                self.found.notes.append(ScanNote(site.file, site.line, site.column, how, RUN_TIME))
            return
        exact = self._exact(name) or name in self.rules.bare_keys or bool(parents)
        for text in re.split(r"[,+]", scalar.text):
            part = text.strip()
            if part.startswith("{") and '"' in part:
                self.found.inner.append(Inner(JSON, scalar.text, scalar.line))
                return
            if not exact and not is_id(part, kind, self.rules):
                continue
            known = is_known(part, kind, self.rules) and self._exact(name)
            place = replace(site, slash=False) if known else site
            result = weigh(place, part, self.rules, confidence=Confidence.LIKELY)
            if isinstance(result, Reference):
                self.found.add(result)
            elif self._exact(name) and is_bare_name(part, self.rules):
                self.found.notes.append(ScanNote(site.file, site.line, site.column, how, BARE))

    def _role(
        self, name: str, parents: tuple[str, ...], kind: ReferenceKind
    ) -> tuple[Use, RoleBasis]:
        words = {w for part in (*parents[-2:], name) for w in words_of(part)}
        role = role_of_words(words, kind)
        if role is not Use.UNKNOWN:
            return role, RoleBasis.KEY
        if name in {"base_model", "dataset_mixer"}:
            return Use.TRAINING, RoleBasis.KEY
        if self.usual is Use.EVALUATION:
            usual = Use.EVALUATION if kind is ReferenceKind.DATASET else Use.INFERENCE
            return usual, RoleBasis.TRAINER
        by = RoleBasis.NONE if self.usual is Use.UNKNOWN else RoleBasis.TRAINER
        return self.usual, by

    def _address(self, scalar: Scalar) -> None:
        """``hf://`` paths and addresses of Hub files, under whatever key."""
        text = scalar.text.strip()
        is_file = "/resolve/" in text or "/raw/" in text
        if not (text.startswith("hf://") or (is_file and "huggingface.co/" in text)):
            return
        address = hub_address(text)
        if address is None or any(mark in text for mark in "{}<>$"):
            return
        kind = ReferenceKind(address.kind.value) if address.kind else ReferenceKind.MODEL
        how = "hf://" if text.startswith("hf://") else "address of a Hub file"
        role = Use.EVALUATION if self.usual is Use.EVALUATION else Use.UNKNOWN
        by = RoleBasis.TRAINER if role is Use.EVALUATION else RoleBasis.NONE
        column = scalar.column + 1 + (not scalar.plain and scalar.column > 0)
        site = Site(self.path, scalar.line, column, kind, how, role, role_by=by)
        self.found.add(weigh(site, text, self.rules, confidence=Confidence.CERTAIN))

    def _setting(self, scalar: Scalar) -> None:
        """``- MODEL_ID=owner/name``, as compose files write an environment."""
        name, equals, value = scalar.text.partition("=")
        kind = kind_of_name(name, self.rules) if equals else None
        if kind is not None and is_id(value, kind, self.rules):
            site = Site(self.path, scalar.line, scalar.column + 1, kind, name)
            result = weigh(site, value, self.rules, confidence=Confidence.LIKELY)
            if isinstance(result, Reference):
                self.found.add(result)

    def _pair(self, node: Mapping) -> None:
        """``{name: MODEL_ID, value: owner/name}``, as Kubernetes writes an environment."""
        name, value = node.get("name") or node.get("key"), node.get("value")
        if isinstance(name, Scalar) and isinstance(value, Scalar):
            kind = kind_of_name(name.text, self.rules)
            if kind is not None and is_id(value.text, kind, self.rules):
                self._add(value, kind, name.text, (), None)

    def _program(self, node: Mapping) -> None:
        """``shell: python`` with ``run: …`` beside it, as workflows write a program."""
        shell, run = node.get("shell"), node.get("run")
        if isinstance(shell, Scalar) and isinstance(run, Scalar) and "python" in shell.text:
            first = run.line + (0 if run.plain or "\n" not in run.text else 1)
            self.found.inner.append(Inner(PYTHON, run.text, first))

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
        if isinstance(value, Sequence) and _is_split(value):
            tokens = [Token(s.text, s.line, s.column + 1) for s in scalars(value)]
            self.found.extend(find_in_command(tokens, self.path, self.rules))
            return
        for scalar in scalars(value):
            first = scalar.line + (0 if scalar.plain or "\n" not in scalar.text else 1)
            self.found.extend(find_in_shell(scalar.text, self.path, self.rules, first))


def _is_split(value: Sequence) -> bool:
    """Whether a list is one command in words: none of them is a command of its own."""
    words = [s.text for s in value.items if isinstance(s, Scalar)]
    flags = any(w.startswith("-") for w in words)
    return flags and len(words) == len(value.items) and all(" " not in w.strip() for w in words)


def _revision(around: Mapping, name: str) -> str | None:
    """The commit beside an id, under ``revision`` or a key of its own (``model_revision``)."""
    stem = name.partition("_")[0]
    for key in ("revision", f"{name}_revision", f"{stem}_revision"):
        value = around.get(key)
        if isinstance(value, Scalar) and value.text:
            return value.text
    return None

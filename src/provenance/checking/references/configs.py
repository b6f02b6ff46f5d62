"""References in YAML, TOML and JSON configurations, by the names of their keys.

Known: axolotl, LLaMA-Factory, TRL, torchtune, Lightning, Hydra (``_target_``), DVC (``cmd``),
sweeps, and whatever runs commands: workflows of CI, compose files, Kubernetes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from provenance.cards.yaml_tree import (
    Mapping,
    Scalar,
    Sequence,
    YamlNode,
    YamlRefusedError,
    scalars,
)
from provenance.checking.references.config_keys import INNER, OF_EITHER, is_exact, kind_of_key
from provenance.checking.references.config_trees import trees
from provenance.checking.references.names import (
    BARE,
    RUN_TIME,
    addresses_in,
    hub_address,
    is_bare_name,
    is_id,
    is_known,
    is_plain_id,
    is_written_as_a_model,
    kind_of_name,
    listed,
)
from provenance.checking.references.roles import role_of_words, words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.shell import find_in_command, find_in_shell
from provenance.checking.references.shell_text import Token
from provenance.checking.references.sites import JSON, PYTHON, Found, Inner, Site, Unsaid, weigh
from provenance.checking.references.templates import filled, is_template
from provenance.checking.references.unsaid import looks_like_an_id, unsaid_in
from provenance.report.checked import (
    Confidence,
    FileProblem,
    Reference,
    ReferenceKind,
    RoleBasis,
    ScanNote,
    UsedFor,
)

_TARGETS = ("_target_", "_component_", "class_path")
_COMMIT = re.compile(r"[0-9a-f]{7,40}")
_VALUES = frozenset({"value", "values", "default", "choices", "choice", "options"})
"""Keys of a mapping that stands for its value, as in sweeps and schemas."""
_PROGRAM = re.compile(r"\s--[a-z]|\b(?:huggingface-cli|hf|vllm|ollama|lms) \w")
"""What a value has that is a command."""
_OTHER_KEYS = frozenset(
    {"uses", "image", "repo", "repository", "project", "homepage", "defaults", "repositories",
     "platform", "platforms", "timezone", "content-type", "$ref", "ref", "branch", "runs-on"}
)  # fmt: skip
"""Keys whose values are written like ids and are none."""
_PLACES = INNER | {"repository", "hf_repo_name", "from", "checkpoint_repo"}
"""Keys that say where something is, and not what."""
_AN_ID = re.compile(rb"[\w.-]{1,96}/[\w.-]{0,40}[A-Z0-9-]")
_MODEL_IN = re.compile(r'"(?:model|dataset)\w{0,30}"\s{0,9}:')
"""JSON in a string that names a model or data."""
_TARGET_KEYS = frozenset(_TARGETS)
_OF_A_TASK = ("dataset_path", "include", "task")
"""Keys beside ``dataset_name`` where it is the name of a configuration."""
_DEFAULT = re.compile(r"\$\{(?:oc\.(?:env|select):[\w.]{1,80},|\w{1,80}:?-)([^${}]{1,200})\}")
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
    if _trigger(rules).search(data) is None and _AN_ID.search(data) is None:
        return Found()
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    found = Found()
    walk = _Walk(path, rules, found, _usual(data))
    try:
        parsed = trees(text, path, walk.wants)
    except YamlRefusedError as error:
        if is_template(text) and (plain := filled(text)) != text:
            return _of_template(plain, path, rules)
        message = f"not a readable configuration: {error}"
        return Found(problems=[FileProblem(path, error.line, message)])
    for tree in parsed:
        walk.node(tree, ())
    return found


def _of_template(text: str, path: str, rules: Rules) -> Found:
    """A configuration that a template makes (a chart of Helm), without what is filled in."""
    found = find_in_config(text.encode(), path, rules)
    if found.problems:
        note = ScanNote(path, 1, 1, "template", "a template that cannot be read as what it makes")
        return Found(notes=[note], unsaid=list(unsaid_in(text, path, rules)))
    return found


def _usual(data: bytes) -> UsedFor:
    if _TRAINS.search(data):
        return UsedFor.TRAINING
    return UsedFor.EVALUATION if _EVALUATES.search(data) else UsedFor.UNKNOWN


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
    usual: UsedFor
    """What the keys of the whole file say of its use."""
    kinds: dict[tuple[str, tuple[str, ...]], ReferenceKind | None] = field(default_factory=dict)
    """Answers on the keys met so far."""

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
                    self._unsaid(item, parents[-1] if parents else "")
                else:
                    self.node(item, parents)
            return
        if not isinstance(node, Mapping):
            return
        keys = [key.text for key, _ in node.entries]
        if not _TARGET_KEYS.isdisjoint(keys):
            self._target(node)
        if "value" in keys:
            self._pair(node)
        if "shell" in keys:
            self._program(node)
        for key, (_, value) in zip(keys, node.entries, strict=True):
            *above, name = key.split(".") if "/" not in key else [key]
            self._entry(name, value, (*parents, *above), node)

    def _entry(self, name: str, value: YamlNode, parents: tuple[str, ...], around: Mapping) -> None:
        kind = self._kind(name, parents)
        if name == "dataset_name" and any(around.get(key) for key in _OF_A_TASK):
            kind = None  # the name of a configuration, in evaluation harnesses
        if name in self.rules.scripts:
            self._commands(value)
        elif kind is not None:
            self._values(value, kind, name, parents, around)
        elif isinstance(value, Scalar) and name in _PLACES and self._tells(value):
            self._add(value, ReferenceKind.MODEL, name, parents, _revision(around, name))
        elif isinstance(value, Scalar):
            self._address(value)
            self._unsaid(value, name)
            if _PROGRAM.search(value.text) is not None:
                self._commands(value)
            if value.text.startswith("{") and '"' in value.text and _MODEL_IN.search(value.text):
                self.found.inner.append(Inner(JSON, value.text, value.line))
        composed = name == "defaults" and isinstance(value, Sequence)  # Hydra: names of files
        if not isinstance(value, Scalar) and not composed:
            self.node(value, (*parents, name))

    def _kind(self, name: str, parents: tuple[str, ...]) -> ReferenceKind | None:
        """What an id under a key is of: configurations repeat their keys."""
        asked = (name, parents)
        if asked not in self.kinds:
            self.kinds[asked] = kind_of_key(name, parents, self.rules)
        return self.kinds[asked]

    def _exact(self, name: str) -> bool:
        return is_exact(name, self.rules)

    def _values(
        self,
        value: YamlNode,
        kind: ReferenceKind,
        name: str,
        parents: tuple[str, ...],
        around: Mapping,
    ) -> None:
        if isinstance(value, Mapping):
            for key, _ in value.entries:  # mixtures and registries: {id: share}
                if is_plain_id(key.text, self.rules):
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
        if name in OF_EITHER and self._is_of_data(scalar.text):
            kind = ReferenceKind.DATASET
        role, by = self._role(name, parents, kind)
        how = ".".join([*parents, name])[-80:]
        column = scalar.column + 1 + (not scalar.plain and scalar.column > 0)
        site = Site(
            self.path, scalar.line, column,
            kind, how, role, revision, slash=name not in self.rules.bare_keys, role_by=by,
        )  # fmt: skip
        text = _with_defaults(scalar.text)
        if _RUN_TIME.search(text):
            if "\n" not in text:
                self.found.notes.append(ScanNote(site.file, site.line, site.column, how, RUN_TIME))
            return
        if text.startswith("{") and '"' in text:
            self.found.inner.append(Inner(JSON, text, scalar.line))
            return
        exact = self._exact(name) or name in self.rules.bare_keys or name in INNER
        for part in listed(text):
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
    ) -> tuple[UsedFor, RoleBasis]:
        words = {w for part in (*parents[-2:], name) for w in words_of(part)}
        role = role_of_words(words, kind)
        file = role_of_words(set(words_of(self.path.rpartition("/")[2].partition(".")[0])), kind)
        if file is UsedFor.EVALUATION and role not in {
            UsedFor.TRAINING,
            UsedFor.EVALUATION,
        }:
            return file, RoleBasis.SCRIPT
        if role is not UsedFor.UNKNOWN:
            return role, RoleBasis.KEY
        if name in {"base_model", "dataset_mixer"}:
            return UsedFor.TRAINING, RoleBasis.KEY
        if self.usual is UsedFor.EVALUATION:
            usual = UsedFor.EVALUATION if kind is ReferenceKind.DATASET else UsedFor.INFERENCE
            return usual, RoleBasis.TRAINER
        by = RoleBasis.NONE if self.usual is UsedFor.UNKNOWN else RoleBasis.TRAINER
        return self.usual, by

    def _is_of_data(self, text: str) -> bool:
        """Whether the name of the file says that it is about data, and the id of no model."""
        words = words_of(self.path.rpartition("/")[2].partition(".")[0])
        return not is_written_as_a_model(text, self.rules) and not {
            "dataset", "datasets", "data", "corpora", "corpus"
        }.isdisjoint(words)  # fmt: skip

    def _tells(self, value: Scalar) -> bool:
        """Whether an id tells by itself that it is a model's."""
        return is_written_as_a_model(value.text, self.rules)

    def _address(self, scalar: Scalar) -> None:
        """``hf://`` paths and addresses of Hub files, under whatever key."""
        for text in addresses_in(scalar.text):
            self._one_address(scalar, text)

    def _one_address(self, scalar: Scalar, text: str) -> None:
        address = hub_address(text)
        if address is None:
            return
        kind = ReferenceKind(address.kind.value) if address.kind else ReferenceKind.MODEL
        how = "hf://" if text.startswith("hf://") else "address of a Hub file"
        role = UsedFor.EVALUATION if self.usual is UsedFor.EVALUATION else UsedFor.UNKNOWN
        by = RoleBasis.TRAINER if role is UsedFor.EVALUATION else RoleBasis.NONE
        column = scalar.column + 1 + (not scalar.plain and scalar.column > 0)
        site = Site(self.path, scalar.line, column, kind, how, role, role_by=by)
        self.found.add(weigh(site, text, self.rules, confidence=Confidence.CERTAIN))

    def _unsaid(self, scalar: Scalar, name: str) -> None:
        """A value that looks like an id under a key that says nothing of it."""
        if name not in _OTHER_KEYS and looks_like_an_id(scalar.text, self.rules):
            self.found.unsaid.append(Unsaid(self.path, scalar.line, scalar.column + 1, scalar.text))

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


def _with_defaults(text: str) -> str:
    """``${oc.env:NAME,default}`` and ``${NAME:-default}`` as their default."""
    return _DEFAULT.sub(lambda m: m[1].strip().strip("'\""), text)


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

"""References in YAML, TOML and JSON configurations, by the names of their keys.

Known: axolotl, LLaMA-Factory, TRL, torchtune, Lightning, Hydra (``_target_``), DVC (``cmd``),
sweeps, and whatever runs commands: workflows of CI, compose files, Kubernetes.
"""

from __future__ import annotations

import re
from functools import cache, partial

from provenance.cards.yaml_tree import YamlRefusedError
from provenance.checking.references.addresses import speaks_of_the_hub
from provenance.checking.references.config_loud import LoudParts
from provenance.checking.references.config_trees import trees
from provenance.checking.references.config_values import ConfigValues
from provenance.checking.references.config_walk import TARGETS, ConfigWalk
from provenance.checking.references.rules import Rules
from provenance.checking.references.sites import Gathered
from provenance.checking.references.templates import filled, is_template
from provenance.checking.references.unsaid import unsaid_in
from provenance.report.checked import FileProblem, ScanNote, UsedFor

_AN_ID = re.compile(rb"[\w.-]{1,96}/[\w.-]{0,40}[A-Z0-9-]")
_TRAINS = re.compile(
    rb"(?m)^[ \t\"']*(?:learning_rate|lr|num_train_epochs|num_epochs|max_steps|optimizer|"
    rb"per_device_train_batch_size|micro_batch_size|gradient_accumulation_steps|train_batch_size|"
    rb"warmup_(?:steps|ratio)|finetuning_type|rl)[\"']?\s*[:=]"
)
"""Keys of a configuration that trains."""
_RUNS = re.compile(rb"\b(?:python[\d.]{0,5}|torchrun|(?:ba)?sh|source)[ \t]")
"""What runs a file of any name."""
_EVALUATES = re.compile(
    rb"(?m)^[ \t\"']*(?:metric_list|doc_to_text|doc_to_target|output_type|generate_until|"
    rb"test_split|num_fewshot|fewshot_split|process_results)[\"']?\s*[:=]"
)
"""Keys of a task of an evaluation harness."""


def find_in_config(data: bytes, path: str, rules: Rules) -> Gathered:
    """References in a configuration file; a file without any key of interest is not parsed."""
    told = _trigger(rules).search(data) or _AN_ID.search(data) or speaks_of_the_hub(data)
    if not told and not (path.endswith((".yaml", ".yml")) and _RUNS.search(data)):
        return Gathered()
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    gathered = Gathered()
    walk = ConfigWalk(rules, ConfigValues(path, rules, gathered, cache(partial(_usual, data))))
    try:
        parsed = trees(text, path, walk.wants, LoudParts(walk).of)
    except YamlRefusedError as error:
        if is_template(text) and (plain := filled(text)) != text:
            return _of_template(plain, path, rules)
        message = f"not a readable configuration: {error}"
        return Gathered(problems=[FileProblem(path, error.line, message)])
    for tree in parsed:
        walk.node(tree, ())
    return gathered


def _of_template(text: str, path: str, rules: Rules) -> Gathered:
    """A configuration that a template makes (a chart of Helm), without what is filled in."""
    gathered = find_in_config(text.encode(), path, rules)
    if gathered.problems:
        note = ScanNote(path, 1, 1, "template", "a template that cannot be read as what it makes")
        return Gathered(notes=[note], unsaid=list(unsaid_in(text, path, rules)))
    return gathered


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
    keys |= {*rules.config_items.dataset.under, *TARGETS, "huggingface.co"}
    keys |= {*rules.name_words.model, *rules.name_words.dataset, "MODEL", "DATASET"}
    return _trigger_of(tuple(sorted(keys)))

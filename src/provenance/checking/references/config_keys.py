"""What a key of a configuration holds, by its name and the keys above it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.checking.references.names import OF_A_SET_OR_WHAT, kind_of_name
from provenance.checking.references.roles import words_of
from provenance.checking.references.rules import Rules
from provenance.report.checked import ReferenceKind

INNER = frozenset(
    {"path", "name", "id", "repo_id", "name_or_path", "repo", "pretrained", "model_id", "uri",
     "source", "hub_id", "hub", "identifier", "url", "hf"}
)  # fmt: skip
"""Keys that hold an id where a key above says of what."""
OF_EITHER = frozenset(
    {
        "repo_id",
        "hf_repo",
        "hf_repo_id",
        "hf_path",
        "hf_id",
        "name_or_path",
        "hf_hub_url",
        "hf_name",
        "hub_id",
        "hub_repo",
        "repo",
    }
)
"""Exact keys that hold a repository of either kind: of a model where nothing says of data."""
_PARTS = frozenset({"split", "splits", "subset", "subsets"})
"""Words of keys that say which part of a set is meant: models have none."""


def is_beside_parts(name: str, beside: Iterable[str]) -> bool:
    """Whether a key that holds a repository of either kind stands beside parts of a set."""
    return name in OF_EITHER and any(not _PARTS.isdisjoint(words_of(key)) for key in beside)


def is_of_datasets(path: str) -> bool:
    """Whether a file lies in a folder of datasets (``configs/datasets/``), or is called so."""
    folder, _, name = path.rpartition("/")
    near = {*words_of(folder.rpartition("/")[2]), *words_of(name.partition(".")[0])}
    return not near.isdisjoint(_DATASETS) and near.isdisjoint({"model", "models"})


_DATASETS = frozenset({"dataset", "datasets", "corpora", "corpus"})
_HOLDERS = frozenset(
    {"sources", "source", "items", "list", "entries", "components", "parts", "sets", "mix",
     "mixture", "files", "configs", "subsets", "domains", "kwargs", "args", "init_args", "params",
     "parameters", "config", "cfg", "huggingface", "hf", "train", "training", "validation", "val",
     "valid", "test", "eval", "evaluation", "dev", "calibration", "train_ds", "validation_ds",
     "test_ds", "sft", "dpo", "rl", "pretrain", "pretraining", "stage", "splits", "split"}
)  # fmt: skip
"""Keys between the key that says of what and the one that holds the id."""
_USES = frozenset(
    {"train", "training", "eval", "evaluation", "valid", "validation", "val", "test", "dev",
     "calibration", "calib", "sft", "dpo", "pretrain", "pretraining", "heldout"}
)  # fmt: skip
"""Keys below data that say what it is used for."""
_MANY = frozenset({"datasets", "corpora", "sources", "mixture", "mix", "mixer", "models", "sets"})
"""Last words of keys below which every key names one of many."""
_OF_DATA = frozenset(
    {"data", "dataset", "datasets", "train", "val", "valid", "validation", "test", "corpus"}
)
"""Words of the keys above ``hf_name`` and its like that make it one of data."""
_TRAINERS = frozenset(
    {"trainer", "train", "training", "experiment", "run", "config", "cfg", "job", "sft", "dpo",
     "params", "args", "parameters", "finetune", "finetuning", "stage", "model"}
)  # fmt: skip
"""Keys above ``data`` below which it is data of models; at the top it always is."""
_NOT_ONE = frozenset(
    {"type", "template", "format", "split", "image", "prompt_template", "chat_template", "task",
     "column_mapping", "license", "homepage", "description", "author", "tags", "language"}
)  # fmt: skip
"""Keys that say something of a set, not which one it is."""


def kind_of_key(name: str, parents: tuple[str, ...], rules: Rules) -> ReferenceKind | None:
    """What stands under ``name``, below ``parents``; ``None``: nothing that names a repository."""
    items = rules.config_items
    above = parents[-1] if parents else ""
    if name in items.dataset.keys and above in items.dataset.under:
        return ReferenceKind.DATASET
    if name in items.model.keys and above in items.model.under:
        return ReferenceKind.MODEL
    if name.startswith("hf_") and kind_of_name(name, rules) is not None:
        of_data = {w for p in parents[-2:] for w in words_of(p)} & _OF_DATA
        if of_data:
            return ReferenceKind.DATASET
    if is_exact(name, rules):
        if name in OF_EITHER and above and _held(parents, rules) is ReferenceKind.DATASET:
            return ReferenceKind.DATASET
        is_model = name in rules.config_keys.model
        return ReferenceKind.MODEL if is_model else ReferenceKind.DATASET
    if name in INNER and above:
        return _held(parents, rules)
    if above and words_of(name)[:1] == words_of(name) and set(words_of(name)) <= _USES:
        held = _held(parents, rules)
        return held if held is ReferenceKind.DATASET else None
    kind = kind_of_name(name, rules)
    return kind if kind is not None or not above else _one_of_many(name, parents, rules)


def _one_of_many(name: str, parents: tuple[str, ...], rules: Rules) -> ReferenceKind | None:
    """What stands under a key of its own below one that holds many (``corpora: {web: …}``)."""
    above = parents[-1]
    if name == "type" and above == "tokenizer":
        return ReferenceKind.MODEL
    many = words_of(above)[-1:] and words_of(above)[-1] in _MANY
    if name in _NOT_ONE or not (many or above in _USES):
        return None
    held = _held(parents, rules)
    return held if many or held is ReferenceKind.DATASET else None


_BENCHMARKS = frozenset({"benchmark", "benchmarks"})
"""Keys that say of an id below them that it is one of the data of an evaluation."""


def is_exact(name: str, rules: Rules) -> bool:
    """Whether the whole name is one that frameworks are known to use."""
    return name in rules.config_keys.model or name in rules.config_keys.dataset


def _held(parents: tuple[str, ...], rules: Rules) -> ReferenceKind | None:
    """What the nearest key above says, keys that only hold others left out."""
    left = 2
    for index in range(len(parents) - 1, max(len(parents) - 6, -1), -1):
        part = parents[index]
        trained = part == "data" and (not index or parents[index - 1] in _TRAINERS)
        kind = kind_of_name(part, rules) if part != "data" else None
        kind = ReferenceKind.DATASET if part in _BENCHMARKS else kind
        kind = ReferenceKind.DATASET if trained else kind
        if kind is not None:
            return kind
        left -= part not in _HOLDERS and not part.isdigit()
        if not left:
            return None
    return None


def telling_keys(rules: Rules) -> Iterator[str]:
    """Every key and word of a key that :func:`kind_of_key` knows, as a name or above one."""
    items = rules.config_items
    for known in (items.dataset.keys, items.dataset.under, items.model.keys, items.model.under):
        yield from known
    for names in (rules.config_keys, rules.name_words):
        yield from (*names.model, *names.dataset)
    yield from (*rules.name_tails, *OF_A_SET_OR_WHAT, "hf", "repo", "id", "type", "tokenizer")
    for listed in (INNER, OF_EITHER, _PARTS, _HOLDERS, _USES, _MANY, _OF_DATA, _TRAINERS, _NOT_ONE):
        yield from listed
    yield from _BENCHMARKS

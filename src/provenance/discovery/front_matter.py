"""Training sets, evaluation sets and base models that the front matter declares.

Keys (https://huggingface.co/docs/hub/model-cards): ``datasets``, ``base_model``,
``base_model_relation``, ``model-index``; seen in real cards besides: ``dataset``,
``pretrain-datasets``, ``train-eval-index``.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.cards.yaml_tree import Scalar, YamlMapping, YamlNode, YamlSequence, scalars
from provenance.discovery.nameless import EMPTY_WORDS, is_path, names_no_model, path_tail
from provenance.refs import RepoKind, is_repo_id, parse_hub_url
from provenance.report.training import BaseModelMention, DeclaredIn, Discovery, Mention, Role

_TRAINING_KEYS = {
    "datasets": Role.TRAINING,
    "dataset": Role.TRAINING,
    "pretrain-datasets": Role.PRETRAINING,
    "pretrain_datasets": Role.PRETRAINING,
    "source_datasets": Role.TRAINING,
    "train_datasets": Role.TRAINING,
    "training_datasets": Role.TRAINING,
}
_UNPUBLISHED = frozenset(
    ["custom", "private", "synthetic", "internal", "proprietary", "in-house", "self-collected"]
)
"""Values that say there is data and that it is nowhere to be found: one set without an id."""
_QUANTIZED = re.compile(
    r"(?i)(?:^|[-_.])(?:gguf|ggml|gptq|awq|exl2|int[48]|fp8|bnb|mlx)(?:$|[-_.])"
)
_RELATIONS = frozenset({"adapter", "merge", "quantized", "finetune"})
_ADAPTER_LIBRARIES = frozenset({"peft", "adapter-transformers"})


def front_matter_discovery(card: Card) -> Discovery:
    """What the front matter says about training data and base models."""
    mentions = [
        mention
        for key, role in _TRAINING_KEYS.items()
        for value in _values(card.front.get(key))
        if (mention := _training_mention(card, value, role)) is not None
    ]
    mentions.extend(evaluation_mentions(card))
    bases = list(_base_models(card))
    return Discovery(
        mentions=tuple(mentions),
        base_models=tuple(b for b in bases if names_no_model(b.name) is None),
        nameless_bases=tuple(b for b in bases if names_no_model(b.name) is not None),
    )


_NAMING_KEYS = ("name", "id", "path", "dataset", "repo_id", "type")


def _values(node: YamlNode | None) -> Iterator[Scalar]:
    """Values of a key that should hold a string or a list of strings.

    Of an object that describes one set (``{name: …, split: train}``) only the name; numbers and
    booleans name nothing.
    """
    match node:
        case Scalar():
            if not node.is_null and not (node.plain and _NO_NAME.fullmatch(node.text)):
                yield node
        case YamlSequence(items=items):
            for item in items:
                yield from _values(item)
        case YamlMapping():
            named = next((v for k in _NAMING_KEYS if (v := node.get(k)) is not None), None)
            if named is not None:
                yield from _values(named)
            else:
                for _, value in node.entries:
                    yield from _values(value)
        case None:
            return


_NO_NAME = re.compile(r"(?i)true|false|yes|no|[-+]?[\d_.]+")


def _training_mention(card: Card, value: Scalar, role: Role) -> Mention | None:
    text = " ".join(value.text.split())
    if text.lower() in EMPTY_WORDS - _UNPUBLISHED:
        return None
    dataset_id, url = (None, None) if text.lower() in _UNPUBLISHED else identify(text)
    return Mention(
        name=text if url is None else (dataset_id or text),
        id=dataset_id,
        url=url,
        declared_in=DeclaredIn.FRONT_MATTER,
        role=role,
        evidence=card.quote_node(value),
    )


def identify(text: str) -> tuple[str | None, str | None]:
    """Hub dataset id and URL that ``text`` is, each ``None`` when it is not one.

    Free text ("Wikipedia (Hindi)") is neither: the set is named in words.
    """
    if text.startswith(("http://", "https://")):
        ref = parse_hub_url(text)
        return (ref.id if ref is not None and ref.kind is RepoKind.DATASET else None), text
    plain = text.removeprefix("hf://").removeprefix("datasets/").partition("@")[0]
    return (plain, None) if is_repo_id(plain) else (None, None)


def evaluation_mentions(card: Card) -> Iterator[Mention]:
    """Sets under ``model-index[].results[].dataset``: results reported on them, no training."""
    for model in _items(card.get("model-index")):
        for result in _items(_field(model, "results")):
            dataset = _field(result, "dataset")
            kind, name = _text(_field(dataset, "type")), _text(_field(dataset, "name"))
            node = _field(dataset, "type") or _field(dataset, "name")
            if not isinstance(node, Scalar) or not (kind or name):
                continue
            yield Mention(
                name=name or kind,
                id=kind if is_repo_id(kind) else None,
                url=None,
                declared_in=DeclaredIn.FRONT_MATTER,
                role=Role.EVALUATION,
                evidence=card.quote_node(node),
            )


def _base_models(card: Card) -> Iterator[BaseModelMention]:
    values = [v for v in _values(card.get("base_model", "base_models")) if v.text.strip()]
    if not any(is_repo_id(v.text.strip()) or "://" in v.text for v in values):
        values += [v for v in scalars(card.get("tags")) if v.text.startswith("base_model:")]
    relation = _text(card.get("base_model_relation")).lower()
    for value in values:
        text = " ".join(value.text.split())
        if text.startswith("base_model:"):
            text = text.rpartition(":")[2]
        ref = parse_hub_url(text) if "://" in text else None
        plain = ref.id if ref is not None else text.removeprefix("models/").partition("@")[0]
        if is_path(text) and names_no_model(text) is None:
            text = path_tail(text)
        yield BaseModelMention(
            name=text,
            id=plain if is_repo_id(plain) else None,
            relation=relation if relation in _RELATIONS else _inferred_relation(card, len(values)),
            declared_in=DeclaredIn.FRONT_MATTER,
            evidence=card.quote_node(value),
        )


def _inferred_relation(card: Card, bases: int) -> str:
    """The Hub's own inference where ``base_model_relation`` is absent, but for one thing.

    The Hub takes several bases for a merge; that is said only where the card says merge.
    Source: https://huggingface.co/docs/hub/model-cards, "Specifying a base model".
    """
    library = _text(card.get("library_name")).lower()
    tags = {tag.text.lower() for tag in scalars(card.get("tags"))}
    if library in _ADAPTER_LIBRARIES or tags & _ADAPTER_LIBRARIES or "lora" in tags:
        return "adapter"
    if "merge" in tags or "mergekit" in tags or (bases > 1 and _says_merge(card)):
        return "merge"
    if _QUANTIZED.search(card.repo.rpartition("/")[2]) or "gguf" in tags:
        return "quantized"
    return "unknown" if bases > 1 else "finetune"


_MERGE = re.compile(r"\bmerg(?:e[ds]?|ing|ekit)\b", re.IGNORECASE)


def _says_merge(card: Card) -> bool:
    """Whether the name or the text speaks of merging."""
    return any(_MERGE.search(text) for text in (card.repo.rpartition("/")[2], card.body))


def _items(node: YamlNode | None) -> tuple[YamlNode, ...]:
    match node:
        case YamlSequence(items=items):
            return items
        case YamlMapping():
            return (node,)
        case _:
            return ()


def _field(node: YamlNode | None, key: str) -> YamlNode | None:
    return node.get(key) if isinstance(node, YamlMapping) else None


def _text(node: YamlNode | None) -> str:
    return " ".join(node.text.split()) if isinstance(node, Scalar) and not node.is_null else ""

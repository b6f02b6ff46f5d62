"""What a dataset's card states of the dataset itself: its sources and its sizes. Pure."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.cards.yaml_tree import Scalar, YamlMapping, YamlNode, YamlSequence, scalars
from provenance.discovery.front_matter import identify
from provenance.frozen import frozen
from provenance.report.evidence import Evidence


@frozen
class SourceDataset:
    """Something a dataset says it derives from."""

    name: str
    id: str | None
    evidence: Evidence


@frozen
class Sizes:
    """Sizes of a dataset as its card or the Hub states them; ``None``: not stated."""

    rows: float | None = None
    bytes: float | None = None
    sources: tuple[Evidence, ...] = ()


MAX_PLACES = 8
"""Most places that are quoted for a dataset's sizes."""
_NOT_A_SOURCE = frozenset({"original", "extended", "unknown", "none", "n/a", "other", ""})


def sources_of(card: Card) -> tuple[SourceDataset, ...]:
    """What ``source_datasets`` names: ids, ``extended|squad``, names of things off the Hub.

    ``original`` and ``extended`` alone name nothing. ``extended|other-…`` is a name, no id.
    """
    sources: dict[str, SourceDataset] = {}
    for value in scalars(card.get("source_datasets")):
        text = " ".join(value.text.split()).removeprefix("extended|")
        if value.is_null or text.lower() in _NOT_A_SOURCE:
            continue
        name = text.removeprefix("other-")
        dataset_id = None if name != text else identify(text)[0]
        sources.setdefault(name.lower(), SourceDataset(name, dataset_id, card.quote_node(value)))
    return tuple(sources.values())


_COUNT = re.compile(r"\d{1,18}")


def sizes_of(card: Card) -> Sizes:
    """Rows and bytes of ``dataset_info``, summed over configurations.

    Rows are those of the training splits where there are any, else of all splits.
    Source of the block: https://huggingface.co/docs/datasets/dataset_card (``dataset_info``).
    """
    node = card.get("dataset_info")
    infos = node.items if isinstance(node, YamlSequence) else (node,) if node is not None else ()
    rows: list[float] = []
    sizes: list[float] = []
    sources: list[Evidence] = []
    for info in infos:
        if not isinstance(info, YamlMapping):
            continue
        count, where = _rows_of(info)
        if count is not None and where is not None:
            rows.append(count)
            sources.append(card.quote_node(where))
        size = info.get("dataset_size")
        number = _number(size)
        if number is not None and size is not None:
            sizes.append(number)
            sources.append(card.quote_node(size))
    return Sizes(
        rows=sum(rows) if rows else None,
        bytes=sum(sizes) if sizes else None,
        sources=tuple(sources[:MAX_PLACES]),
    )


def _rows_of(info: YamlMapping) -> tuple[float | None, YamlNode | None]:
    splits = info.get("splits")
    if not isinstance(splits, YamlSequence):
        return None, None
    counted: list[tuple[str, float, YamlNode]] = []
    for split in splits.items:
        if not isinstance(split, YamlMapping):
            continue
        node = split.get("num_examples")
        number = _number(node)
        name = split.get("name")
        if number is not None and node is not None:
            counted.append((name.text if isinstance(name, Scalar) else "", number, node))
    train = [entry for entry in counted if "train" in entry[0].lower()] or counted
    if not train:
        return None, None
    return sum(entry[1] for entry in train), train[0][2]


def _number(node: YamlNode | None) -> float | None:
    if isinstance(node, Scalar) and _COUNT.fullmatch(node.text.replace("_", "")):
        return float(node.text.replace("_", ""))
    return None

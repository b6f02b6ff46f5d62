"""Cells of a table: their plain words, and what they name."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.discovery.described import descriptions
from provenance.discovery.document import MARKS, Passage
from provenance.discovery.labels import LabelTopic
from provenance.discovery.prose_items import NamedSet
from provenance.discovery.prose_words import has_proper
from provenance.refs import RepoKind, parse_hub_url

SCORE = re.compile(
    r"(?i)\bf1\b|accur|\bacc\b|\bem\b|\bwer\b|\bcer\b|bleu|rouge|score|precision|recall|loss|"
    r"perplex|\bmap\b|ndcg|mrr|spearman|pearson|params?\b|paramet|speed|steps|batch|metric"
    r"|shot|average|\bavg\b|baseline|task$"
)
MODELS = re.compile(
    r"(?i)^(?:pre-?trained )?models?(?: names?| ids?| variants?)?$|^variants?$|^模型$|^checkpoints?$"
)
MARK = re.compile(f"[{MARKS}]")
DATA = (LabelTopic.TRAINING_DATA, LabelTopic.DATA)


def plain(cell: Passage) -> str:
    """The words of a cell, marks written out."""
    return cell.words(cell.text)


def linked_set(name: str, url: str | None, around: str) -> NamedSet:
    """A set as a cell names it; what only describes data is marked as such."""
    ref = parse_hub_url(url) if url else None
    dataset_id = ref.id if ref is not None and ref.kind is RepoKind.DATASET else None
    told = len(name.split()) > 2 and url is None and any(True for _ in descriptions(f"{name} "))
    return NamedSet(name, url, dataset_id, has_proper(name) or not told, told, around)

"""Cells of a table: their plain words, and what they name."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.discovery.codes import are_codes, is_code
from provenance.discovery.described import descriptions
from provenance.discovery.document import MARKS, Passage
from provenance.discovery.labels import LabelTopic
from provenance.discovery.prose_items import NamedSet
from provenance.discovery.prose_words import has_proper, is_no_set
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


def listed_names(cell: Passage) -> list[NamedSet]:
    """Names of a cell that lists them, most of its parts being names: ``KOR, BZH-P, arvor_2``.

    Empty for a cell that names one thing, links, or tells of data in words.
    """
    label = plain(cell)
    parts = [p.strip() for p in _BETWEEN.split(label)]
    if MARK.search(cell.text) and any(cell.mark(m).url for m in MARK.findall(cell.text)):
        return []
    words = [_SIZES.sub("", p).strip() for p in parts]
    words = [w for w in words if w]
    if len(words) < _FEWEST or any(len(w.split()) > _LONGEST_NAME for w in words):
        return []
    coded = are_codes(w for w in words if " " not in w)
    named = [
        w for w in words if (coded and is_code(w)) or (has_proper(w) and not is_no_set(w, True))
    ]
    if 3 * len(named) < 2 * len(words):
        return []
    return [NamedSet(w, None, None, True, False, w, coded=coded and is_code(w)) for w in named]


_BETWEEN = re.compile(r"[,;、，](?![^()]{0,200}\))\s{0,3}|\s\+\s")
_SIZES = re.compile(r"\([^()]{0,120}\)|(?<=\S)\s[~≈]?\d[\d.,]{0,12}\s?(?:%|[kKMBT]\b|h\b|hours?\b)")
_FEWEST = 2
_LONGEST_NAME = 4
"""Words of a name in a list; what is longer is told in words."""


def linked_set(name: str, url: str | None, around: str) -> NamedSet:
    """A set as a cell names it; what only describes data is marked as such."""
    ref = parse_hub_url(url) if url else None
    dataset_id = ref.id if ref is not None and ref.kind is RepoKind.DATASET else None
    told = len(name.split()) > 2 and url is None and any(True for _ in descriptions(f"{name} "))
    return NamedSet(name, url, dataset_id, has_proper(name) or not told, told, around)

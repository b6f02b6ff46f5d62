"""Links to Hub datasets that stand where the body speaks of training."""

from __future__ import annotations

import re

from provenance.cards import Card
from provenance.discovery.markdown import body_lines, links
from provenance.refs import RepoKind, parse_hub_url
from provenance.report.training import DeclaredIn, Discovery, Mention, Role

_TRAINING_HEADING = re.compile(
    r"(?i)\b(?:pre-?)?train\w*\b.{0,20}\b(?:data|corp|set|mix)|^\W*(?:data ?sets?|corpora|corpus)\b"
)
_TRAINING_WORDS = re.compile(
    r"(?i)\b(?:pre-?)?trained\b|\bfine-?\s?tuned\b|\btraining data|\btraining set"
)
_EVALUATION_WORDS = re.compile(
    r"(?i)\beval|\bbenchmark|\btest(?:ed)? (?:on|set|split)|\bscore|\bleaderboard|\bresults?\b"
)


_NOT_A_NAME = re.compile(r"(?i)://|\bcard\b|^(?:here|link|this|data ?sets?|(?:the )?hub)$")


def link_discovery(card: Card) -> Discovery:
    """One mention for each line that links a Hub dataset in a sentence or section on training.

    Links in table rows are the tables' business; links near words of evaluation are not claimed.
    """
    if "/datasets/" not in card.body:
        return Discovery(())
    mentions = []
    for number, line, heading in body_lines(card.lines, card.body_start):
        if "/datasets/" not in line or line.lstrip().startswith("|"):
            continue
        training = _TRAINING_WORDS.search(line) or _TRAINING_HEADING.search(heading)
        if not training or _EVALUATION_WORDS.search(line) or _EVALUATION_WORDS.search(heading):
            continue
        for link in links(line):
            ref = parse_hub_url(link.url)
            if ref is not None and ref.kind is RepoKind.DATASET:
                mentions.append(_mention(card, number, link.text, ref.id, link.url))
    return Discovery(tuple(mentions))


def _mention(card: Card, line: int, words: str, dataset_id: str, url: str) -> Mention:
    text = card.lines[line - 1]
    return Mention(
        name=words if words and not _NOT_A_NAME.search(words) else dataset_id,
        id=dataset_id,
        url=url,
        declared_in=DeclaredIn.LINK,
        role=Role.FINETUNING if re.search(r"(?i)fine-?\s?tun", text) else Role.TRAINING,
        evidence=card.quote(line, words),
    )

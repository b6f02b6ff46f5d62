"""What part of a card speaks of this model's training: headings, lists, siblings' sections."""

from __future__ import annotations

import re

from provenance.cards import Card
from provenance.discovery.prose_lexicon import MACHINE, METHOD, any_of
from provenance.discovery.prose_sentences import role_of
from provenance.discovery.prose_text import CodeBlock, Form, Passage
from provenance.refs import RepoKind, parse_hub_url
from provenance.report.training import Role

_TRAINING_SECTION = re.compile(
    r"(?i)\b(?:pre-?\s?|fine-?\s?)?(?:train\w*|tuning|tuned)\b.{0,25}"
    r"\b(?:data\w*|datsets?|corp\w+|sets?|sources?)\b"
    r"|\b(?:data\w*|corp\w+)\b.{0,12}\b(?:for|used)\b.{0,12}train"
    r"|^\W*(?:the )?(?:details of (?:the )?)?(?:[\w.-]{2,20} )?(?:data-?\s?sets?|corpus|corpora)"
    r"(?: (?:details|description|used|information))?\W*$"
    r"|downstream task.{0,60}\bdata-?set|^\W*data(?: sources?)?\W*$|训练数据|訓練データ|学習データ"
)
_EVALUATION_SECTION = re.compile(
    r"(?i)\b(?:"
    + any_of(
        r"""eval\w* test(?:ing|set)? results? benchmarks? performance scores? metrics leaderboard
        downstream\s(?:tasks|results) limitations? bias\w* citation usage how\sto intended
        acknowledge?ments? references? license contact authors?"""
    )
    + r")\b"
)
_EVALUATION_WORD = re.compile(r"(?i)\beval|\btest")
_TRAINING_HEADING = re.compile(r"(?i)^\W*(?:model )?(?:pre-?|fine-?\s?)?(?:train|tun)ing\b")
_LIST_FOLLOWS = re.compile(
    r"(?i)\b(?:data\w*|datsets?|corp(?:us|ora)|sources?|list of (?:tasks|data\w*)"
    r"|trained (?:on|with|using)|collections?)\b[^.]{0,80}[:,]\s*$|trained on\W*$"
    r"|\bfollowing\b.{0,40}\bdata-?sets?\b"
)
_TRAINED = re.compile(r"(?i)train|tun(?:ed|ing)")
_NOT_TRAINED = re.compile(r"(?i)\bevaluat|\btested\b|\btask(?!s we trained)")
_LABELS = re.compile(
    r"(?i)\b(?:labels?|tags?|class(?:es)?|categories|columns?|fields?|features|format|parameters"
    r"|params|metrics|splits?)\b[^.]{0,40}:\s*$|^labels covered"
)
_LOADED = re.compile(r"(?:from_pretrained\(|model ?= ?|tokenizer ?= ?)[\"']([\w.-]+/[\w.-]+)")


def section_role(passage: Passage) -> Role | None:
    """Role of sets listed here, by the nearest heading; ``None`` outside training sections."""
    for heading in reversed(passage.headings[-2:]):
        if _TRAINING_SECTION.search(heading) and not _EVALUATION_WORD.search(heading):
            return role_of(heading)
        if _EVALUATION_SECTION.search(heading):
            return None
    return None


def on_training(passage: Passage) -> bool:
    """Whether the nearest heading speaks of training, if not of its data."""
    return bool(passage.headings) and _TRAINING_HEADING.match(passage.headings[-1]) is not None


def list_role(passage: Passage, section: Role | None) -> Role | None:
    """Role of the items of a list this passage opens; ``None`` when it opens none of sets."""
    last = passage.text.rstrip()[-160:]
    if passage.form is Form.HEADING or not _LIST_FOLLOWS.search(last):
        return None
    if not (_TRAINED.search(passage.text) or section) or _NOT_TRAINED.search(last):
        return None
    if METHOD.search(last[-60:]) or MACHINE.search(last[-60:]):
        return None
    return section if section and section is not Role.TRAINING else role_of(passage.text)


def opens_other_list(passage: Passage) -> bool:
    """Whether it opens a list of something other than sets: labels, columns, metrics."""
    return _LABELS.search(passage.text.rstrip()[-80:]) is not None


def sibling_sections(card: Card, blocks: tuple[CodeBlock, ...]) -> frozenset[tuple[str, ...]]:
    """Sections whose code loads another model of the same owner and never this one."""
    own = card.repo.partition("/")[2].lower()
    owner, slash, name = own.partition("/")
    found = set()
    for block in blocks:
        loaded = {
            m.lower() for x in block.lines if owner in x.lower() for m in _LOADED.findall(x[:2000])
        }
        other = {m for m in loaded if slash and m.startswith(f"{owner}/") and m != own}
        related = {m for m in other if name.startswith(m.partition("/")[2]) or m.startswith(own)}
        if related and own not in loaded and len(block.headings) > 1:
            found.add(block.headings)
    return frozenset(found)


def names_sibling(card: Card, passage: Passage) -> bool:
    """Whether a list item starts with the name of another model of the same owner."""
    own = card.repo.partition("/")[2].lower()
    owner, slash, name = own.partition("/")
    first = next((m for m in passage.marks[:1] if m.code or m.url), None)
    if not slash:
        return False
    ref = parse_hub_url(first.url) if first is not None and first.url else None
    if ref is not None and ref.kind is RepoKind.MODEL:
        return ref.id.lower().startswith(f"{owner}/") and ref.id.lower() != own
    lead = (passage.words(passage.text).split() or [""])[0].strip("*_:()").lower()
    return lead.startswith(name) and lead != name

"""Parts of a card that speak of another model of the same owner."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.document import MARKS, CodeBlock, Form, Passage
from provenance.discovery.labels import LabelTopic, section_topic
from provenance.names import normalize
from provenance.refs import RepoKind, parse_hub_url

_OPENS = re.compile(rf"[\s*_:({{\[]{{0,6}}[{MARKS}]")
_LOADED = re.compile(r"(?:from_pretrained\(|model ?= ?|tokenizer ?= ?)[\"']([\w.-]+/[\w.-]+)")


def sibling_sections(card: Card, blocks: tuple[CodeBlock, ...]) -> frozenset[tuple[str, ...]]:
    """Sections whose code loads another model of the same owner and never this one."""
    this_model = card.repo.partition("/")[2].lower()
    owner, slash, name = this_model.partition("/")
    sections = set()
    for block in blocks:
        loaded = {m.lower() for x in block.lines if owner in x.lower() for m in _LOADED.findall(x)}
        other = {m for m in loaded if slash and m.startswith(f"{owner}/") and m != this_model}
        related = {
            m for m in other if name.startswith(m.partition("/")[2]) or m.startswith(this_model)
        }
        if related and this_model not in loaded and len(block.headings) > 1:
            sections.add(block.headings)
    return frozenset(sections)


def headed_by_a_sibling(card: Card, headings: tuple[str, ...]) -> bool:
    """Whether a heading below the title names another model of this family: ``## finch-medium``.

    A heading within a part on data names a set, whatever it is called.
    """
    this = card.repo.partition("/")[2]
    owner, slash, name = this.rpartition("/")
    for depth, heading in enumerate(headings[1:], 1):
        match = _HEADED.match(heading)
        first = match[1] if match is not None else ""
        if not first or section_topic(headings[:depth])[0] in _ON_DATA:
            continue
        other, written = normalize(first.rpartition("/")[2]), normalize(name)
        if slash and "/" in first and first.partition("/")[0].lower() == owner.lower():
            return other != written
        longer = other.startswith(written) and other != written and len(written) >= _SHORTEST
        if longer and not _SET_WORD.search(heading):
            return True
    return False


_HEADED = re.compile(r"\W{0,4}([A-Za-z][\w./-]{2,90}[-_./\d][\w./-]{0,90})")
_SHORTEST = 4
_ON_DATA = (LabelTopic.TRAINING_DATA, LabelTopic.DATA)
_SET_WORD = re.compile(r"(?i)\bdata|corp(?:us|ora)|\bsets?\b|bench|eval|result")


def line_names_sibling(card: Card, passage: Passage, line: int, bases: frozenset[str]) -> bool:
    """Whether a line opens with a link to another model of the same owner.

    The only such line of a passage tells of this one if it links a base.
    """
    match = _LINKED_LINE.match(card.lines[line - 1])
    ref = parse_hub_url(match[1]) if match is not None else None
    this = card.repo.partition("/")[2].lower()
    if ref is None or ref.kind is not RepoKind.MODEL or "/" not in this:
        return False
    bases = bases if _linked_lines(passage) == 1 else frozenset()
    other = ref.id.lower() not in {this, *bases}
    return other and ref.id.lower().startswith(f"{this.partition('/')[0]}/")


_LINKED_LINE = re.compile(r"\s{0,8}\W{0,4}\[[^\]\[]{1,120}\]\((https?://[^\s()]{8,300})\)")


def _linked_lines(passage: Passage) -> int:
    return sum(_LINKED_LINE.match(line) is not None for line in passage.raw.split("\n"))


def _tells_of_another(passage: Passage, name: str) -> bool:
    """Whether an item's label is a model's name and its value says on what that one was trained."""
    if passage.form is not Form.ITEM or passage.label is None:
        return False
    label, at = passage.label
    other = _MODEL_LABEL.fullmatch(label) is not None and normalize(label) not in normalize(name)
    return (
        other
        and normalize(name) not in normalize(label)
        and _TRAINED.match(passage.text[at:]) is not None
    )


_MODEL_LABEL = re.compile(r"(?=[\w.]{0,40}[-_])[A-Za-z][\w.-]{2,60}")
_TRAINED = re.compile(
    r"(?i)\W{0,3}(?:(?:is|was|a|the|version|model)\s){0,4}(?:pre-?|fine-?\s?)?(?:trained|tuned)\b"
)


def names_sibling(card: Card, passage: Passage, bases: frozenset[str]) -> bool:
    """Whether a list item starts with the name of another model of the same owner.

    One of the ``bases`` is none: "[finch] fine-tuned on" tells of the model made from it.
    """
    this_model = card.repo.partition("/")[2].lower()
    owner, slash, name = this_model.partition("/")
    opens = _OPENS.match(passage.text) is not None
    first = next((m for m in passage.marks[:1] if opens and (m.code or m.url)), None)
    if not slash or (passage.form is Form.TEXT and _linked_lines(passage) > 1):
        return False  # a line each: see line_names_sibling
    ref = parse_hub_url(first.url) if first is not None and first.url else None
    if ref is not None and ref.kind is RepoKind.MODEL:
        return ref.id.lower().startswith(f"{owner}/") and ref.id.lower() not in {this_model, *bases}
    if _tells_of_another(passage, name):
        return True
    lead = (passage.words(passage.text).split() or [""])[0].strip("*_:()").lower()
    return lead.startswith(name) and lead != name

"""Training sets, evaluation sets and base models that a card's sentences name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from provenance.cards import Card
from provenance.discovery.base_models import base_models_in
from provenance.discovery.prose_identity import (
    Found,
    Identifier,
    front_matter_tags,
    settle,
    tail_of,
)
from provenance.discovery.prose_lexicon import holds_any
from provenance.discovery.prose_names import Named, names_in
from provenance.discovery.prose_sections import (
    list_role,
    names_sibling,
    on_training,
    opens_other_list,
    section_role,
    sibling_sections,
)
from provenance.discovery.prose_sentences import (
    LONGEST_PHRASE,
    Phrase,
    evaluation_phrases,
    role_of,
    section_phrases,
    training_phrases,
)
from provenance.discovery.prose_text import MARKS, Form, Passage, read_body
from provenance.discovery.quantities import parse_quantity
from provenance.names import core, normalize
from provenance.report.training import (
    Amount,
    BaseModelMention,
    DeclaredIn,
    Discovery,
    Measure,
    Mention,
    Role,
)

_WORTH_READING = (
    "train", "tun", "corp", "data", "initiali", "distil", "korpus", "daten", "entren", "entraîn",
    "addestr", "trein", "model_name", "base model", "parent model", "evaluat", "训练", "訓練",
    "学習", "based on", "encoder", "copied", "original model", "language model",
)  # fmt: skip
"""Words without which a body says nothing of training, evaluation or a base model."""
_WORTH = (
    "train", "trein", "tuned", "tuning", "data", "corpus", "corpora", "adapted", "distil",
    "entraîn", "entrain", "following", "训练", "訓練", "学習",
)  # fmt: skip
"""Words without which a passage outside training sections names no training set."""
_EVALUATES = ("evaluat", "test", "validat", "benchmark", "eval ")
_KEY = re.compile(
    r"(?i)^\W*(?P<key>(?:pre-?\s?|fine-?\s?tuning\s?)?train(?:ing|ed)?"
    r"\s(?:data\w*|data ?sets?|corp(?:us|ora)|set)(?: used)?"
    r"|pre-?training (?:data\w*|corp(?:us|ora))|fine-?tuning (?:data\w*|corp(?:us|ora))"
    r"|(?:data-?\s?sets?|corpus|corpora)(?: used| id| name)?|trained on|fine-?tuned on|训练数据"
    r"|datos de entrenamiento|trainingsdaten|données d'entraînement)\s*[:：=]\s*(?P<value>.+)"
)
_EVALUATION_KEY = re.compile(
    r"(?i)^\W*(?:eval\w*|test(?:ing)?|validation)\s(?:data\w*|data ?sets?|set|corpus)"
    r"\s*[:：]\s*(?P<value>.+)"
)
_VALUE_END = re.compile(r"\.\s|\s[-–]\s")
_LONE_LINK = re.compile(rf"\W{{0,4}}[{MARKS}]\W{{0,4}}")
_FOR_MODELS = re.compile(r"\W{0,3}For (?:the|our) ([A-Z\d][\w-]{1,20}) (?:[\w-]+ )?models?\b")
_ITEM_HEAD = re.compile(
    r"\s+(?:[-–—]{1,2}|=>?|→)\s+|:\s|\bis (?:a|an|the)\b|\bwhich\b|\bwith (?=[\d~])|\.\s"
)
_NOT_AN_ITEM = re.compile(r"(?i)fine-?tune on|script|\bmodel\b")
_SIZE = re.compile(
    r"(?i)[~≈]?\s?(?<![\w.])(?P<number>\d[\d.,]{0,15}\s?(?:[kmgt]i?b\b|[kmb]\b|bn\b|thousand\b"
    r"|million\b|billion\b|trillion\b)?)\s{0,2}(?:(?:[a-z-]{2,12} ){0,2}(?P<unit>tokens|words"
    r"|sentences|pairs|documents|examples|samples|articles|books|tweets|reviews|questions|images"
    r"|hours|characters|lines|papers|abstracts|files|dialogues)\b)?"
)
_SET_START = re.compile(
    rf"^\W{{0,3}}(?:The )?(?P<head>[{MARKS}]|[A-Z][\w.-]{{2,30}}(?:\s[A-Z\d][\w.-]{{1,30}}){{0,3}})"
)
_SAYS_WHAT = re.compile(
    r"(?i)[\s\w()]{0,30}\b(?:is|are|contains?|combines?|consists?|compris\w+|includes?|dataset"
    r"|corpus)\b"
)
_ARTICLE = re.compile(r"(?i)^(?:the|original)\s+")
_INITIALS = 3
"""Fewest capitals of a name whose initials are looked for as its abbreviation."""


def prose_discovery(card: Card, known: Callable[[str], str | None]) -> Discovery:
    """Mentions in the body's sentences, lists and ``Key: value`` lines; never in tables.

    ``known`` gives the Hub dataset id of a name or alias, or ``None``; an id is otherwise only
    taken from a link or from the card's own front matter. A set that is merely described ("news
    articles crawled from the web") is a mention only if the card names no other in a sentence.
    """
    if not holds_any(card.body.lower(), _WORTH_READING):
        return Discovery(())
    passages, blocks = read_body(card)
    bases = base_models_in(card, passages, blocks)
    reader = _Reader(card, _names_of(bases) - _own_names(card), sibling_sections(card, blocks))
    kept = settle(list(_Walk(reader).all(passages)), bool(front_matter_tags(card)))
    trained = {core(f.mention.name) for f in kept}
    evaluation = [f for f in _evaluation(card, passages) if f.proper]
    found = [*kept, *(f for f in evaluation if core(f.mention.name) not in trained)]
    found.extend([short for f in kept for short in _abbreviated(card, f)])
    identifier = Identifier(card, known, found)
    return Discovery(mentions=tuple(identifier.identify(f) for f in found), base_models=bases)


def _names_of(bases: tuple[BaseModelMention, ...]) -> frozenset[str]:
    names = {normalize(b.name) for b in bases}
    return frozenset(names | {normalize(tail_of(b.id)) for b in bases if b.id})


@dataclass(frozen=True, slots=True)
class _Reader:
    """The card being read and what in it speaks of other models."""

    card: Card
    bases: frozenset[str]
    """Normalized names of its base models: what they were trained on is not its own."""
    siblings: frozenset[tuple[str, ...]]
    """Sections (their headings) that show how to load another model of the same card."""

    def is_base(self, subject: str) -> bool:
        """Whether a sentence's subject is a base model ("GPT-J was trained on …")."""
        words = _ARTICLE.sub("", subject[-60:]).split()
        return bool(self.bases) and any(
            normalize(" ".join(words[: n + 1])) in self.bases for n in range(len(words[:4]))
        )


def _abbreviated(card: Card, found: Found) -> Iterator[Found]:
    """The abbreviation of a linked name of three words or more that a table of the card uses."""
    capitals = [w[0] for w in found.mention.name.split() if w[0].isupper()]
    if len(capitals) < _INITIALS or not found.mention.url:
        return
    letters = "".join(capitals)
    cell = re.compile(rf"^\s{{0,3}}\|?\s*{letters}\s*\|")
    line = next((n for n, text in enumerate(card.lines, 1) if cell.match(text[:80])), None)
    if line is not None:
        evidence = card.quote(line, letters)
        yield replace(found, mention=replace(found.mention, name=letters, evidence=evidence))


def _own_names(card: Card) -> set[str]:
    return {normalize(card.repo.rpartition("/")[2]), normalize(card.repo.partition("/")[2])}


@dataclass(slots=True)
class _Walk:
    """Goes down a card's passages, minding the section and the list it is in."""

    reader: _Reader
    section: Role | None = None
    """Role of sets named here without a verb; ``None`` outside sections on training data."""
    listing: Role | None = None
    """Role of the items of the list that the last text opened."""
    bare_items: bool = False
    """Whether a list stands right below the heading of such a section."""
    headings: tuple[str, ...] | None = None

    def all(self, passages: tuple[Passage, ...]) -> Iterator[Found]:
        """What the passages name as training sets."""
        for passage in passages:
            if passage.headings in self.reader.siblings:
                continue
            if passage.headings != self.headings:
                self.section, self.headings = section_role(passage), passage.headings
            if self.section or self.listing or holds_any(passage.lower, _WORTH):
                yield from self._passage(passage)
            else:
                self.bare_items = False

    def _passage(self, passage: Passage) -> Iterator[Found]:
        listed, is_item = self.listing, passage.form is Form.ITEM
        if not is_item:
            self.listing, self.bare_items = list_role(passage, self.section), False
        elif passage.first:
            self.bare_items = True
        if opens_other_list(passage):
            self.listing, self.bare_items = None, False
        elif not is_item and listed and _LONE_LINK.fullmatch(passage.text):
            yield from _item(self.reader.card, passage, listed, True)
        elif is_item and names_sibling(self.reader.card, passage):
            return
        else:
            items = list(self._items(passage)) if is_item else []
            yield from items or _sentences(self.reader, passage, self.section)

    def _items(self, passage: Passage) -> Iterator[Found]:
        said = self.section if self.section is not Role.TRAINING else None
        role = said or self.listing or self.section
        if role is not None:
            opened = self.bare_items or self.listing is not None
            yield from _item(self.reader.card, passage, role, opened)


def _item(card: Card, passage: Passage, role: Role, opened: bool) -> Iterator[Found]:
    """The set a list item names: its first link, or its words up to a dash, colon or verb.

    ``opened``: the list was introduced as one of data; else the item needs a link, a size or a
    word such as corpus.
    """
    keyed = _KEY.match(passage.text)
    text = (keyed["value"] if keyed else passage.text)[:LONGEST_PHRASE]
    offset = keyed.start("value") if keyed else 0
    cut = _ITEM_HEAD.search(text, 3)
    head = text[: cut.start()] if cut else text
    sized = _sizes(text) != []
    named = [n for n in names_in(passage, head) if n.proper or sized or opened][:1]
    named = [
        replace(n, proper=True) for n in named if opened or sized or n.url or n.says_set or keyed
    ]
    for one in named:
        if not _NOT_AN_ITEM.search(passage.words(head)):
            yield _found(card, passage, offset, one, role, passage.words(text))


def _sentences(reader: _Reader, passage: Passage, section: Role | None) -> Iterator[Found]:
    """Sets named in a passage's sentences, or after ``Training data:``."""
    card = reader.card
    if keyed := _KEY.match(passage.text):
        value = _VALUE_END.split(keyed["value"][:LONGEST_PHRASE])[0]
        for named in names_in(passage, value):
            yield _found(card, passage, keyed.start("value"), named, role_of(keyed["key"]), value)
        return
    if _EVALUATION_KEY.match(passage.text):
        return
    for start, sentence in passage.sentences:
        for phrase in _phrases(passage, sentence, section, start == 0):
            if _is_of_another(reader, passage, sentence, phrase):
                continue
            role = section if phrase.role is Role.TRAINING and section else phrase.role
            for named in names_in(passage, phrase.text):
                linked = named.id or (phrase.about_data and named.url)
                if named.says_set or linked or not phrase.needs_set_word:
                    yield _found(card, passage, start + phrase.start, named, role, phrase.text)


def _phrases(passage: Passage, sentence: str, section: Role | None, opens: bool) -> list[Phrase]:
    """Phrases of a sentence that may name sets, given the section it stands in."""
    phrases = [p for p in training_phrases(sentence) if section is not None or not p.needs_section]
    if passage.form is Form.HEADING:
        return phrases
    if section is not None or on_training(passage):
        role = section or Role.TRAINING
        phrases.extend(replace(p, role=role) for p in section_phrases(sentence))
    if section is not None and opens and passage.first and not phrases:
        phrases.extend(_opening(sentence, section))
    return phrases


def _is_of_another(reader: _Reader, passage: Passage, sentence: str, phrase: Phrase) -> bool:
    """Whether a phrase tells what another model or a tokenizer was trained on."""
    if phrase.other_subject and not _own(reader.card, sentence):
        return True
    sized = _FOR_MODELS.match(sentence)
    if sized and sized[1].lower() not in reader.card.repo.lower():
        return True
    return reader.is_base(passage.words(phrase.subject))


def _own(card: Card, sentence: str) -> bool:
    """Whether a sentence on a tokenizer stands in a tokenizer's own card."""
    name = card.repo.rpartition("/")[2].lower()
    return "tokenizer" in name and "tokenizer" in sentence.lower()


def _opening(sentence: str, section: Role) -> Iterator[Phrase]:
    """A section on a dataset that opens with its name: "X contains …", or a link alone."""
    head = _SET_START.match(sentence)
    if head is None:
        return
    rest = sentence[head.end() :]
    alone = not rest.strip(" .")
    says = _SAYS_WHAT.match(rest)
    linked = len(head["head"]) == 1
    if alone or (says and linked):
        yield Phrase(head.start("head"), head["head"], section)


def _found(
    card: Card, passage: Passage, offset: int, named: Named, role: Role, around: str
) -> Found:
    line = _line_of(card, passage, offset, named)
    mention = Mention(
        name=named.name,
        id=named.id,
        url=named.url,
        declared_in=DeclaredIn.PROSE,
        role=role,
        evidence=card.quote(line, named.name.split("(")[0].strip()),
        amounts=_amounts(card, passage, line, named),
    )
    where = (passage.line, offset)
    return Found(mention, named.proper, passage.form is Form.HEADING, named.alias, where)


def _line_of(card: Card, passage: Passage, offset: int, named: Named) -> int:
    """The line the name stands on, looked for from where its phrase starts."""
    first = passage.line_at(min(offset, len(passage.text)))
    last = passage.last_line
    lead = (named.name.split() or [""])[0]
    for line in range(first, last + 1):
        if named.name in card.lines[line - 1]:
            return line
    return next((n for n in range(first, last + 1) if lead in card.lines[n - 1]), first)


def _amounts(card: Card, passage: Passage, line: int, named: Named) -> tuple[Amount, ...]:
    """A size said of the set itself, in the same phrase: "70 GB of", "(1.2M pairs)"."""
    for unit, value in _sizes(named.around)[:1]:
        measure = Measure(unit, f"{card.path} text from line {passage.line}")
        return (Amount(measure, value, row=f"{card.path}:{line}:{named.name}"),)
    return ()


def _sizes(text: str) -> list[tuple[str, float]]:
    """Sizes with a unit, as ``(unit, value)``."""
    found = []
    for match in _SIZE.finditer(text):
        quantity = parse_quantity(match["number"])
        unit = (match["unit"] or "").lower()
        if quantity is not None and (unit or quantity.unit == "bytes"):
            found.append((quantity.unit or unit, quantity.value))
    return found


def _evaluation(card: Card, passages: tuple[Passage, ...]) -> Iterator[Found]:
    for passage in passages:
        if not holds_any(passage.lower, _EVALUATES):
            continue
        if keyed := _EVALUATION_KEY.match(passage.text):
            for named in names_in(passage, keyed["value"][:LONGEST_PHRASE].replace(" - ", ", ")):
                yield _found(card, passage, keyed.start("value"), named, Role.EVALUATION, "")
            continue
        for start, sentence in passage.sentences:
            for phrase in evaluation_phrases(sentence):
                for named in names_in(passage, phrase.text):
                    yield _found(card, passage, start + phrase.start, named, Role.EVALUATION, "")

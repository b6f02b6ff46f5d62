"""Training sets, evaluation sets and base models that a card's sentences name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from provenance.cards import Card
from provenance.cards.yaml_tree import scalars
from provenance.discovery.base_models import base_models_in
from provenance.names import core, normalize
from provenance.discovery.prose_lexicon import KINDS, MACHINE, METHOD, holds_any
from provenance.discovery.prose_names import Named, names_in
from provenance.discovery.prose_sentences import (
    Phrase,
    evaluation_phrases,
    role_of,
    section_phrases,
    training_phrases,
)
from provenance.discovery.prose_text import MARKS, CodeBlock, Form, Passage, read_body
from provenance.discovery.quantities import parse_quantity
from provenance.refs import RepoKind, is_repo_id, parse_hub_url
from provenance.training import Amount, DeclaredIn, Discovery, Measure, Mention, Role

_WORTH_READING = re.compile(
    r"(?i)train|tun(?:ed|ing)|corp(?:us|ora)|data|initiali|distil|korpus|daten|entren|entraîn"
    r"|addestr|trein|model_name|base model|parent model|evaluat|训练|訓練|学習|обуч"
)
_WORTH = (
    "train", "trein", "tuned", "tuning", "data", "corpus", "corpora", "adapted", "distil",
    "entraîn", "entrain", "following", "训练", "訓練", "学習",
)  # fmt: skip
"""Words without which a passage outside training sections names no training set."""
_EVALUATES = ("evaluat", "test", "validat", "benchmark", "eval ")
_TRAINING_SECTION = re.compile(
    r"(?i)\b(?:pre-?\s?|fine-?\s?)?(?:train\w*|tuning|tuned)\b.{0,25}\b(?:data\w*|datsets?|corp\w+|sets?|sources?)\b"
    r"|\b(?:data\w*|corp\w+)\b.{0,12}\b(?:for|used)\b.{0,12}train"
    r"|^\W*(?:the )?(?:details of (?:the )?)?(?:[\w.-]{2,20} )?(?:data-?\s?sets?|corpus|corpora)(?: (?:details|description|used|information))?\W*$"
    r"|downstream task.{0,60}\bdata-?set|^\W*data(?: sources?)?\W*$|训练数据|訓練データ|学習データ"
)
_EVALUATION_SECTION = re.compile(
    r"(?i)\b(?:eval\w*|test(?:ing|set)?|results?|benchmarks?|performance|scores?|downstream (?:tasks|results)|metrics|leaderboard"
    r"|limitations?|bias\w*|citation|usage|how to|intended|acknowledge?ments?|references?|license|contact|authors?)\b"
)
_TRAINING_HEADING = re.compile(r"(?i)^\W*(?:model )?(?:pre-?|fine-?\s?)?(?:train|tun)ing\b")
_KEY = re.compile(
    r"(?i)^\W*(?P<key>(?:pre-?\s?|fine-?\s?tuning\s?)?train(?:ing|ed)?\s(?:data\w*|data ?sets?|corp(?:us|ora)|set)(?: used)?"
    r"|pre-?training (?:data\w*|corp(?:us|ora))|fine-?tuning (?:data\w*|corp(?:us|ora))|(?:data-?\s?sets?|corpus|corpora)(?: used| id| name)?"
    r"|trained on|fine-?tuned on|训练数据|datos de entrenamiento|trainingsdaten|données d'entraînement)\s*[:：=]\s*(?P<value>.+)"
)
_EVALUATION_KEY = re.compile(
    r"(?i)^\W*(?:eval\w*|test(?:ing)?|validation)\s(?:data\w*|data ?sets?|set|corpus)\s*[:：]\s*(?P<value>.+)"
)
_LIST_FOLLOWS = re.compile(
    r"(?i)\b(?:data\w*|datsets?|corp(?:us|ora)|sources?|list of (?:tasks|data\w*)|trained (?:on|with|using)|collections?)\b[^.]{0,80}[:,]\s*$|trained on\W*$|\bfollowing\b.{0,40}\bdata-?sets?\b"
)
_LONE_LINK = re.compile(rf"\W{{0,4}}[{MARKS}]\W{{0,4}}")
_FOR_MODELS = re.compile(r"\W{0,3}For (?:the|our) ([A-Z\d][\w-]{1,20}) (?:[\w-]+ )?models?\b")
_LOADED = re.compile(r"(?:from_pretrained\(|model ?= ?|tokenizer ?= ?)[\"']([\w.-]+/[\w.-]+)")
_LABELS = re.compile(
    r"(?i)\b(?:labels?|tags?|class(?:es)?|categories|columns?|fields?|features|format|parameters"
    r"|params|metrics|splits?)\b[^.]{0,40}:\s*$|^labels covered"
)
"""A line that opens a list of something other than sets."""
_ITEM_HEAD = re.compile(
    r"\s+(?:[-–—]{1,2}|=>?|→)\s+|:\s|\bis (?:a|an|the)\b|\bwhich\b|\bwith (?=[\d~])|\.\s"
)
_SIZE = re.compile(
    r"(?i)[~≈]?\s?(?<![\w.])(?P<number>\d[\d.,]{0,15}\s?(?:[kmgt]i?b\b|[kmb]\b|bn\b|thousand\b|million\b|billion\b|trillion\b)?)"
    r"\s{0,2}(?:(?:[a-z-]{2,12} ){0,2}(?P<unit>tokens|words|sentences|pairs|documents|examples|samples|articles|books|tweets"
    r"|reviews|questions|images|hours|characters|lines|papers|abstracts|files|dialogues)\b)?"
)
_SET_START = re.compile(
    rf"^\W{{0,3}}(?P<head>[{MARKS}]|[A-Z][\w.-]{{2,30}}(?:\s[A-Z\d][\w.-]{{1,30}}){{0,3}})"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention with what decides whether it is kept."""

    mention: Mention
    proper: bool
    from_heading: bool
    alias: str
    phrase: tuple[int, int]
    """Where the phrase it was read from starts: line of the passage and offset."""


def prose_discovery(card: Card, known: Callable[[str], str | None]) -> Discovery:
    """Mentions in the body's sentences, lists and ``Key: value`` lines; never in tables.

    ``known`` gives the Hub dataset id of a name or alias, or ``None``; an id is otherwise only
    taken from a link or from the card's own front matter. A set that is merely described ("news
    articles crawled from the web") is a mention only if the card names no other in a sentence.
    """
    if not _WORTH_READING.search(card.body):
        return Discovery(())
    passages, blocks = read_body(card)
    bases = base_models_in(card, passages, blocks)
    other_names = {normalize(b.name) for b in bases} | {
        normalize(_tail(b.id)) for b in bases if b.id
    }
    reader = _Reader(
        card, frozenset(other_names - _own_names(card)), _sibling_sections(card, blocks)
    )
    found = list(_training(reader, passages))
    evaluation = [f for f in _evaluation(card, passages) if f.proper]
    kept = _settle(found, bool(_tags(card)))
    trained = {core(f.mention.name) for f in kept}
    mentions = [*kept, *(f for f in evaluation if core(f.mention.name) not in trained)]
    mentions = [m for f in mentions for m in (f, *_abbreviated(card, f))]
    names = frozenset(normalize(f.mention.name) for f in mentions)
    return Discovery(
        mentions=tuple(
            _identify(card, f, known, names - {normalize(f.mention.name)}) for f in mentions
        ),
        base_models=bases,
    )


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
        words = re.sub(r"(?i)^(?:the|original)\s+", "", subject).split()
        return any(normalize(" ".join(words[: n + 1])) in self.bases for n in range(len(words[:4])))


def _abbreviated(card: Card, found: _Found) -> Iterator[_Found]:
    """The abbreviation of a linked name of three words or more that a table of the card uses."""
    capitals = [w[0] for w in found.mention.name.split() if w[0].isupper()]
    if len(capitals) < 3 or not found.mention.url:
        return
    letters = "".join(capitals)
    cell = re.compile(rf"^\s{{0,3}}\|?\s*{letters}\s*\|")
    line = next((n for n, text in enumerate(card.lines, 1) if cell.match(text[:80])), None)
    if line is not None:
        evidence = card.quote(line, letters)
        yield replace(found, mention=replace(found.mention, name=letters, evidence=evidence))


def _own_names(card: Card) -> set[str]:
    return {normalize(card.repo.rpartition("/")[2]), normalize(card.repo.partition("/")[2])}


def _sibling_sections(card: Card, blocks: tuple[CodeBlock, ...]) -> frozenset[tuple[str, ...]]:
    """Sections whose code loads another model of the same owner and never this one."""
    own = card.repo.partition("/")[2].lower()
    owner, slash, name = own.partition("/")
    found = set()
    for block in blocks:
        loaded = {m.lower() for line in block.lines for m in _LOADED.findall(line[:2000])}
        other = {m for m in loaded if slash and m.startswith(f"{owner}/") and m != own}
        related = {m for m in other if name.startswith(m.partition("/")[2]) or m.startswith(own)}
        if related and own not in loaded and len(block.headings) > 1:
            found.add(block.headings)
    return frozenset(found)


def _names_sibling(card: Card, passage: Passage) -> bool:
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


def _training(reader: _Reader, passages: tuple[Passage, ...]) -> Iterator[_Found]:
    listing, plain_items = Role.EVALUATION, False
    section, headings = None, None
    for passage in passages:
        if passage.headings in reader.siblings:
            continue
        if passage.headings != headings:
            section, headings = _section_role(passage), passage.headings
        if section is None and listing is Role.EVALUATION and not holds_any(passage.lower, _WORTH):
            plain_items = False
            continue
        listed = listing
        if passage.form is not Form.ITEM:
            listing, plain_items = _list_role(passage, section), False
            if listed is not Role.EVALUATION and _LONE_LINK.fullmatch(passage.text):
                yield from _item(reader.card, passage, listed, True)
                continue
        elif passage.first:
            plain_items = True
        if _LABELS.search(passage.text.rstrip()[-80:]):
            listing, plain_items = Role.EVALUATION, False
            continue
        if passage.form is Form.ITEM and _names_sibling(reader.card, passage):
            continue
        if passage.form is Form.ITEM and (section or listing is not Role.EVALUATION):
            role = listing if section in {None, Role.TRAINING} else section
            role = section if section and role is Role.EVALUATION else role
            opened = plain_items or listing is not Role.EVALUATION
            items = list(_item(reader.card, passage, role or Role.TRAINING, opened))
            if items:
                yield from items
                continue
        yield from _sentences(reader, passage, section)


def _section_role(passage: Passage) -> Role | None:
    """Role of sets listed here, by the nearest heading; ``None`` outside training sections."""
    for heading in reversed(passage.headings[-2:]):
        if _TRAINING_SECTION.search(heading) and not re.search(r"(?i)\beval|\btest", heading):
            return role_of(heading)
        if _EVALUATION_SECTION.search(heading):
            return None
    return None


def _list_role(passage: Passage, section: Role | None) -> Role:
    """Role of the items of a list this passage opens; evaluation when it opens none."""
    last = passage.text.rstrip()[-160:]
    if passage.form is Form.HEADING or not _LIST_FOLLOWS.search(last):
        return Role.EVALUATION
    trained = re.search(r"(?i)train|tun(?:ed|ing)", passage.text) or section
    if not trained or re.search(r"(?i)\bevaluat|\btested\b|\btask(?!s we trained)", last):
        return Role.EVALUATION
    if METHOD.search(last[-60:]) or MACHINE.search(last[-60:]):
        return Role.EVALUATION
    return section if section and section is not Role.TRAINING else role_of(passage.text)


def _item(card: Card, passage: Passage, role: Role, opened: bool) -> Iterator[_Found]:
    """The set a list item names: its first link, or its words up to a dash, colon or verb.

    ``opened``: the list was introduced as one of data; else the item needs a link, a size or a
    word such as corpus.
    """
    keyed = _KEY.match(passage.text)
    text = keyed["value"] if keyed else passage.text
    offset = keyed.start("value") if keyed else 0
    cut = _ITEM_HEAD.search(text, 3)
    head = text[: cut.start()] if cut else text
    sized = bool(cut and _SIZE.search(text[cut.start() :]) or _SIZE.search(head))
    named = [n for n in names_in(passage, head) if n.proper or sized][:1]
    named = [
        replace(n, proper=True) for n in named if opened or sized or n.url or n.says_set or keyed
    ]
    for one in named:
        if not re.search(r"(?i)fine-?tune on|script|\bmodel\b", passage.words(head)):
            yield _found(card, passage, offset, one, role, passage.words(text))


def _sentences(reader: _Reader, passage: Passage, section: Role | None) -> Iterator[_Found]:
    card = reader.card
    if keyed := _KEY.match(passage.text):
        value = re.split(r"\.\s|\s[-–]\s", keyed["value"])[0]
        for named in names_in(passage, value):
            yield _found(card, passage, keyed.start("value"), named, role_of(keyed["key"]), value)
        return
    if _EVALUATION_KEY.match(passage.text):
        return
    heading = passage.form is Form.HEADING
    for start, sentence in passage.sentences:
        phrases: list[Phrase] = list(training_phrases(sentence))
        if not heading and (section is not None or _on_training(passage)):
            role = section or Role.TRAINING
            phrases.extend(replace(p, role=role) for p in section_phrases(sentence))
        if section is not None and not heading:
            if start == 0 and passage.first and not phrases:
                phrases.extend(_opening(sentence, section))
        for phrase in phrases:
            if phrase.other_subject and not _own(card, sentence):
                continue
            sized = _FOR_MODELS.match(sentence)
            if sized and sized[1].lower() not in card.repo.lower():
                continue
            if phrase.needs_section and section is None:
                continue
            if reader.is_base(passage.words(phrase.subject)):
                continue
            role = section if phrase.role is Role.TRAINING and section else phrase.role
            for named in names_in(passage, phrase.text):
                if phrase.needs_set_word and not (
                    named.says_set or named.id or (phrase.about_data and named.url)
                ):
                    continue
                yield _found(card, passage, start + phrase.start, named, role, phrase.text)


def _on_training(passage: Passage) -> bool:
    """Whether the nearest heading speaks of training, if not of its data."""
    return bool(passage.headings) and _TRAINING_HEADING.match(passage.headings[-1]) is not None


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
    says = re.match(
        r"(?i)[\s\w()]{0,30}\b(?:is|are|contains?|combines?|consists?|compris\w+|includes?|dataset|corpus)\b",
        rest,
    )
    linked = re.match(rf"[{MARKS}]", head["head"]) is not None
    if alone or (says and linked):
        yield Phrase(head.start("head"), head["head"], section)


def _found(
    card: Card, passage: Passage, offset: int, named: Named, role: Role, around: str
) -> _Found:
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
    return _Found(mention, named.proper, passage.form is Form.HEADING, named.alias, where)


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
    for match in _SIZE.finditer(named.around):
        quantity = parse_quantity(match["number"])
        unit = (match["unit"] or "").lower()
        if quantity is None or not (unit or quantity.unit == "bytes"):
            continue
        measure = Measure(quantity.unit or unit, f"{card.path} text from line {passage.line}")
        return (Amount(measure, quantity.value, row=f"{card.path}:{line}:{named.name}"),)
    return ()


def _evaluation(card: Card, passages: tuple[Passage, ...]) -> Iterator[_Found]:
    for passage in passages:
        if not holds_any(passage.lower, _EVALUATES):
            continue
        if keyed := _EVALUATION_KEY.match(passage.text):
            for named in names_in(passage, keyed["value"].replace(" - ", ", ")):
                yield _found(card, passage, keyed.start("value"), named, Role.EVALUATION, "")
            continue
        for start, sentence in passage.sentences:
            for phrase in evaluation_phrases(sentence):
                for named in names_in(passage, phrase.text):
                    yield _found(card, passage, start + phrase.start, named, Role.EVALUATION, "")


def _settle(found: list[_Found], tagged: bool) -> list[_Found]:
    """Drop what only repeats: titles when the text names sets, descriptions, shorter names.

    ``tagged``: the front matter names sets, so a mere description adds none.
    """
    body = [f for f in found if not f.from_heading]
    kept = body if any(f.proper for f in body) else found
    if tagged or any(f.proper for f in kept):
        listed = {f.phrase for f in kept if f.proper}
        kept = [f for f in kept if f.proper or f.phrase in listed]
    else:
        kept = sorted(kept, key=lambda f: -len(f.mention.name))[:1]
    return list(_longest_names(kept))


def _longest_names(found: list[_Found]) -> Iterator[_Found]:
    """A name whose words all stand in one longer name is that name (MIMIC, MIMIC III)."""
    pages = {f.mention.name: f.mention.url for f in found if f.mention.url}
    words = {f.mention.name: _name_words(f.mention.name) for f in found}
    for one in found:
        mine = words[one.mention.name]
        longer = {
            name
            for name, theirs in words.items()
            if mine < theirs
            and core(name) != core(one.mention.name)
            and not (one.mention.url and pages.get(name, one.mention.url) != one.mention.url)
        }
        proper = {f.mention.name for f in found if f.proper}
        longer &= proper
        if one.proper and len({core(n) for n in longer}) == 1:
            yield replace(one, mention=replace(one.mention, name=sorted(longer)[0]))
        elif one.proper and len(longer) > 1 and one.mention.id is None:
            continue
        else:
            yield one


def _name_words(name: str) -> frozenset[str]:
    bare = re.sub(r"\([^()]*\)", " ", name.lower())
    return frozenset(w for w in re.findall(r"[^\W_]+(?:\.\d+)?", bare))


def _identify(
    card: Card, found: _Found, known: Callable[[str], str | None], others: frozenset[str]
) -> Mention:
    """Give a mention the id that a link, the card's own tags or the catalogue give it.

    ``others`` are the normalized names of the other mentions: a tag that one of them names
    exactly is not claimed for a name that only holds the tag's words.
    """
    mention = found.mention
    if mention.id is not None or not found.proper:
        return mention
    literal = _literal_id(mention.name)
    if literal is not None:
        return replace(mention, id=literal)
    names = [name for name in (mention.name, found.alias) if name]
    tag = _tag_named(card, names, known)
    loose = None if tag else _tag_holding(card, mention.name)
    if tag is None and loose is not None and normalize(_tail(loose)) not in others:
        tag = loose
    if tag is not None:
        guess = tag == loose
        return (
            replace(mention, id=tag, guess=guess) if is_repo_id(tag) else replace(mention, name=tag)
        )
    dataset_id = next((found_id for n in names if (found_id := known(n))), None)
    return mention if dataset_id is None else replace(mention, id=dataset_id)


def _tags(card: Card) -> list[str]:
    """Entries of the card's own ``datasets:``."""
    return [v.text.strip() for v in scalars(card.get("datasets", "dataset")) if v.text.strip()]


def _tail(entry: str) -> str:
    return entry.rpartition("/")[2] if is_repo_id(entry) else entry


def _tag_named(card: Card, names: list[str], known: Callable[[str], str | None]) -> str | None:
    """The tag that one of ``names`` is, letter for letter or through the catalogue."""
    wanted = {normalize(n) for n in names}
    ids = {found for n in names if (found := known(n))}
    tags = _tags(card)
    exact = next((t for t in tags if normalize(_tail(t)) in wanted), None)
    return exact or next((t for t in tags if known(t) in ids), None)


def _tag_holding(card: Card, name: str) -> str | None:
    """The only tag whose words all stand in ``name``, or all of whose words ``name`` has."""
    mine = _words(name)
    held = [
        tag
        for tag in _tags(card)
        if mine and (theirs := _words(_tail(tag))) and (theirs <= mine or mine <= theirs)
    ]
    return held[0] if len(held) == 1 else None


def _literal_id(name: str) -> str | None:
    """``owner/name`` written as such."""
    plain = name.removeprefix("datasets/")
    if plain.startswith("data/"):
        return None
    if plain.count("/") == 1 and is_repo_id(plain) and re.search(r"[-_\d]", plain):
        return plain if plain.isascii() and " " not in plain else None
    return None


def _words(name: str) -> frozenset[str]:
    text = re.sub(r"(?<=[a-z])v(?=\d)", " ", name.lower())
    return frozenset(_significant(re.findall(r"[^\W\d_]+|\d+", text)))


def _significant(words: Iterable[str]) -> Iterator[str]:
    return (w for w in words if len(w) > 1 and w not in KINDS and w not in _FILLERS)


_FILLERS = frozenset("the of and dataset data corpus corpora set for in on from".split())

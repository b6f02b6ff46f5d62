"""Places of a card that may name data, each with what is known of it in plain words.

A reader finds a place and says what it saw (``label:training data``, ``verb:trained on``); what a
name looks like is added here. Nothing is decided: :mod:`provenance.discovery.score` does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.cards.yaml_tree import scalars
from provenance.discovery.document import Document, Form, Passage
from provenance.discovery.front_matter import evaluation_mentions
from provenance.discovery.labels import LabelTopic, section_topic, topic_of
from provenance.discovery.name_looks import is_common, is_title, link_of, opens_sentence, spelling
from provenance.discovery.prose_items import NamedSet
from provenance.discovery.prose_lexicon import MACHINE, METHOD, MODEL_WORD
from provenance.discovery.prose_things import kinds_of
from provenance.discovery.prose_words import has_proper
from provenance.discovery.quantities import sizes_in
from provenance.discovery.siblings import (
    headed_by_a_sibling,
    line_names_sibling,
    names_sibling,
    sibling_sections,
)
from provenance.frozen import frozen
from provenance.names import normalize
from provenance.refs import RepoKind, is_repo_id, parse_hub_url
from provenance.report.training import Amount, BaseModelMention, DeclaredIn, Measure, Mention, Role

_SENTENCE = re.compile(r"(?i)\b(?:is|are|was|were|the|that|which|we|you|your|this|has|have|can)\b")
_CLAUSE = re.compile(
    r"(?i)\b(?:when|where|while|whose|using|including|via|although|because|covers?|contains?|includes?|involv\w+|"
    r"allows?|helps?|makes?|enabl\w+|represents?|impedes?|requires?|achieves?)\b"
)
_SET_NOUN = re.compile(
    r"(?i)data-?\s?sets?\b|[ck]orpus\b|[ck]orpora\b|treebank|数据集|數據集|语料|語料|データセット|コーパス|데이터셋|말뭉치|코퍼스|датасет|корпус"
)
_CORPUS = re.compile(r"(?i)\W{0,4}\w[\w.-]{0,60} (?:data-?\s?set|corpus)\W{0,4}")
"""A name and what says that it is a set's, and nothing else."""
_DATE = re.compile(
    r"(?i)\(?\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"(?: \d{1,2},?)? \d{4}\)?"
)
_MATERIAL = re.compile(
    r"(?i)\b(?:data\w*|corp(?:us|ora)|texts?|images?|pairs|speech|audio|recordings?|samples|examples|tokens"
    r"|podcasts?|reviews|conversations?|dialogues?|prompts|instructions?|documents?|articles|books|code"
    r"|frames|videos?|sequences|molecules|proteins?|genomes?|tweets|posts|questions|captions|pages|hours"
    r"|transcripts|translations?|sentences|games|logs|records|reports|papers|abstracts|web|crawl\w*)\b"
    r"|数据|語料|语料|データ|데이터|данн|daten|donn[ée]es|datos|dados"
)
_MODEL_WORDS = re.compile(
    r"(?i)\bmodels?\b|\bnetworks?\b|\bencoders?\b|\bdecoders?\b|\bcheckpoints?\b"
)
_ENDS_VERBAL = re.compile(r"[a-z-]+(?:ed|ing|ly|able|ive|al|ous)")
_PUBLIC = re.compile(
    r"(?i)public|synthetic|generated|human|annotated|curated|collected|scraped|crawled|internal|proprietary|private"
    r"|licensed|online|web\b|internet|open-?source"
)
_TOOL = re.compile(
    r"(?i)\b(?:framework|library|libraries|toolkit|toolbox|package|codebase|code base|software|platform|trainer|engine|cluster|supercomputer|recipe|script)s?\b"
)
"""Words for what training is done with, beside a name."""
_VERSIONED = re.compile(r"[-_.]v?\d")
_LABELLED = frozenset(["label: training data", "sentence label: training data"])
_SECTIONS = frozenset(
    [
        "section: use",
        "section: evaluation",
        "outer section: use",
        "outer section: evaluation",
        "section: about data",
    ]
)
"""Topics of sections that say nothing of what a label of its own calls training data."""
_LONG_FAMILY = 5
_LIMIT_NAME = 7


@frozen
class Candidate:
    """A place that may name a set."""

    mention: Mention
    proper: bool
    """Whether a name names it; else the card only describes it."""
    alias: str | None
    """An abbreviation given beside the name."""
    phrase: tuple[int, int]
    """Where the phrase it was read from starts: line of the passage and offset."""
    sentence: tuple[int, int]
    """Where its sentence starts: line of the passage and offset."""
    features: frozenset[str]
    group: str | None = None
    """The column or list it stands in."""
    headings: tuple[str, ...] = ()
    """The headings it stands under, outermost first."""
    series: str | None = None
    """The list or column whose other entries are other sets."""


@dataclass(frozen=True)
class CardReading:
    """The card being read and what readers ask of it again and again."""

    card: Card
    document: Document
    known: Callable[[str], str | None]
    """Hub dataset id of a name or alias the catalogue knows, or ``None``."""
    base_mentions: tuple[BaseModelMention, ...]
    """The models that the body says it was made from."""
    bases: frozenset[str]
    """Their normalized names."""

    @cached_property
    def _asked(self) -> dict[str, bool]:
        return {}

    def is_known(self, name: str) -> bool:
        """Whether the catalogue knows ``name`` as a set."""
        known = self._asked.get(name)
        if known is None:
            known = self._asked[name] = self.known(name) is not None
        return known

    @cached_property
    def own(self) -> frozenset[str]:
        """Normalized names of this model: id, name, name without its last parts."""
        path = self.card.repo.partition("/")[2]
        name = path.rpartition("/")[2]
        family = _VERSIONED.split(name)[0]
        kept = {family} if len(family) >= _LONG_FAMILY else set()
        return frozenset(normalize(n) for n in {path, name, *kept})

    @cached_property
    def own_words(self) -> frozenset[str]:
        """Normalized words of this model's name: a model of another name is another."""
        name = self.card.repo.rpartition("/")[2]
        return frozenset(n for w in re.split(r"[-_.]", name) if (n := normalize(w))) | self.own

    @cached_property
    def line_of_models(self) -> str | None:
        """First part of this model's name, if it is a word and no set's name."""
        first = self.card.repo.rpartition("/")[2].partition("-")[0]
        plain = len(first) >= _LONG_FAMILY and not self.is_known(first)
        return normalize(first) if plain and normalize(first) not in self.tag_names else None

    @cached_property
    def tags(self) -> list[str]:
        """Entries of the card's own ``datasets:``."""
        return front_matter_tags(self.card)

    @cached_property
    def tag_names(self) -> frozenset[str]:
        """Normalized names of the tags, without owners."""
        return frozenset(normalize(tail_of(t)) for t in self.tags)

    @cached_property
    def made_from(self) -> frozenset[str]:
        """Ids of the bases that the body names, in lower case: no siblings to speak of."""
        return frozenset(base.id.lower() for base in self.base_mentions if base.id)

    @cached_property
    def siblings(self) -> frozenset[tuple[str, ...]]:
        """Sections (their headings) that show how to load another model of the same card."""
        return sibling_sections(self.card, self.document.blocks)

    @cached_property
    def measured(self) -> frozenset[str]:
        """Normalized headers and row heads of tables of results."""
        names: set[str] = set()
        for table in self.document.tables:
            header = [c.words(c.text) for c in table.header]
            if section_topic(table.headings)[0] is LabelTopic.EVALUATION or any(
                topic_of(h) is LabelTopic.EVALUATION for h in header
            ):
                names.update(header)
                names.update(row[0].words(row[0].text) for row in table.rows if row)
        return frozenset(n for name in names if len(n := normalize(name)) > 2)

    def candidate(
        self,
        passage: Passage,
        offset: int,
        named: NamedSet,
        role: Role,
        where: DeclaredIn,
        seen: Iterable[str],
        phrase: int | None = None,
    ) -> Candidate:
        """A candidate for what ``named`` names in ``passage``, at ``offset`` or after it.

        ``phrase`` is where the phrase that holds it starts, if that is not ``offset``.
        """
        line = _line_of(self.card, passage, offset, named)
        mention = Mention(
            name=named.name,
            id=named.id,
            url=named.url,
            declared_in=where,
            role=role,
            evidence=self.card.quote(line, named.name.split("(")[0].strip()),
            amounts=_amounts(self.card, passage, line, named),
        )
        features = {*seen, *self.context(passage), *self._name(named)}
        if passage.form is Form.TEXT and line_names_sibling(
            self.card, passage, line, self.made_from
        ):
            features.add("doubt: of a sibling")
        if (
            named.proper
            and not (named.id or named.url)
            and opens_sentence(passage, offset, named.name)
        ):
            features.add("name: capital of a sentence")
        if not _LABELLED.isdisjoint(features):
            features = {f for f in features if f not in _SECTIONS} | {"section: labelled"}
        sentence = passage.sentence_at(offset) if passage.form is not Form.CELL else 0
        return Candidate(
            mention,
            named.proper,
            named.alias,
            (passage.line, offset if phrase is None else phrase),
            (passage.line, sentence),
            together(features) if named.proper else frozenset(features),
            headings=passage.headings,
        )

    def context(self, passage: Passage) -> Iterator[str]:
        """The section and the kind of passage."""
        topic, nearest = section_topic(passage.headings)
        yield f"section: {topic.value if passage.headings else 'none'}"
        if not nearest:
            yield f"outer section: {topic.value}"
        title = passage.form is Form.HEADING and not passage.headings
        yield "form: title" if title else f"form: {passage.form.value}"
        if self._of_a_base(passage.headings):
            yield "section: of a base"
        if self._of_a_sibling(passage.headings) or names_sibling(
            self.card, passage, self.made_from
        ):
            yield "doubt: of a sibling"
        if self.tags:
            yield "card: has datasets key"

    def _of_a_sibling(self, headings: tuple[str, ...]) -> bool:
        """Whether a section tells of another model of this family."""
        known = self._sibling_sections.get(headings)
        if known is None:
            known = headings in self.siblings or headed_by_a_sibling(self.card, headings)
            self._sibling_sections[headings] = known
        return known

    @cached_property
    def _sibling_sections(self) -> dict[tuple[str, ...], bool]:
        return {}

    def _of_a_base(self, headings: tuple[str, ...]) -> bool:
        """Whether the nearest headings name a model that this one was made from."""
        of_a_base = self._base_sections.get(headings)
        if of_a_base is None:
            keys = [b for b in self.bases if len(b) >= _LONG_FAMILY and b not in self.own]
            of_a_base = any(b in normalize(h) for h in headings[1:][-2:] for b in keys)
            self._base_sections[headings] = of_a_base
        return of_a_base

    @cached_property
    def _base_sections(self) -> dict[tuple[str, ...], bool]:
        return {}

    @cached_property
    def indexed(self) -> frozenset[str]:
        """Normalized names of the sets that ``model-index`` gives results on."""
        results = evaluation_mentions(self.card)
        return frozenset(
            n
            for m in results
            for part in (m.name, m.id or "")
            if len(n := normalize(tail_of(part))) > 2
        )

    def _is_family(self, name: str) -> bool:
        """Whether some word of ``name`` is this model's line ("used to train the Finch series")."""
        line = self.line_of_models
        return line is not None and any(
            normalize(w.partition("-")[0]) == line for w in name.split()[:_LIMIT_NAME]
        )

    def _is_base_family(self, key: str, named: NamedSet) -> bool:
        """Whether a name is how a base model's name begins ("Nest" of "Nest2-Small")."""
        known = named.says_set or hub_dataset(named.url) or self.is_known(named.name)
        return (
            len(key) >= _LONG_FAMILY
            and not known
            and key not in self.tag_names
            and any(b.startswith(key) for b in self.front_bases)
        )

    @cached_property
    def front_bases(self) -> frozenset[str]:
        """Normalized names of the front matter's base models, without owners."""
        entries = [v.text.strip() for v in scalars(self.card.get("base_model", "base_models"))]
        return frozenset(normalize(tail_of(e)) for e in entries if e)

    def _name(self, named: NamedSet) -> Iterator[str]:
        """What the name looks like, and what the card and the catalogue know of it."""
        name, words = named.name, named.name.split()
        key = normalize(tail_of(named.id or name))
        yield from link_of(named)
        yield spelling(named)
        seen = {
            "name: known set": self.is_known(name),
            "name: in datasets key": key in self.tag_names,
            "name: has results": key in self.measured,
            "name: own": key in self.own
            and named.id is None
            and not _CORPUS.fullmatch(named.around),
            "name: own family": named.id is None and self._is_family(name),
            "name: base model": key in self.bases or self._is_base_family(key, named),
            "name: says data": named.says_set,
            "name: says dataset": _SET_NOUN.search(named.around),
            "name: model family": MODEL_WORD.search(name) and not self.is_known(name),
            "name: method word": named.id is None and METHOD.search(name),
            "name: of a tool": _TOOL.search(named.around) and not (named.id or named.says_set),
            "name: machine word": MACHINE.search(name),
            "name: date": _DATE.search(name) and not has_proper(_DATE.sub(" ", name)),
            "name: says model": _MODEL_WORDS.search(name),
            "description: of data": not named.proper and _MATERIAL.search(name),
            "description: of no data": not named.proper and not _MATERIAL.search(name),
            "description: says origin": not named.proper and _PUBLIC.search(name),
            "name: long": len(words) > _LIMIT_NAME,
            "name: sentence words": _SENTENCE.search(name),
            "name: clause words": _CLAUSE.search(name),
            "name: verbal word": len(words) == 1 and _ENDS_VERBAL.fullmatch(name),
            "name: with size": sizes_in(named.around),
            "name: common words": named.proper and not (named.id or named.url) and is_common(name),
            "name: title": named.proper and not METHOD.search(name) and is_title(name),
            "name: in model index": key in self.indexed,
        }
        yield from (feature for feature, holds in seen.items() if holds)
        if named.id is None and named.proper:
            yield from kinds_of(name)


_PLACES = ("label:", "row:", "list ", "column:", "heading", "link:", "verb: ", "called")
_LOOKS = (
    "name: odd letters", "name: one word", "name: description", "name: known set",
    "name: says dataset", "name: link", "name: dataset", "section:",
)  # fmt: skip


def together(features: Iterable[str]) -> frozenset[str]:
    """``features``, and what a place and a name's look or section say together."""
    all_ = sorted(features)
    looks = [f for f in all_ if f.startswith(_LOOKS)]
    pairs = {f"{a} & {b}" for a in all_ if a.startswith(_PLACES) for b in looks}
    return frozenset(pairs.union(all_))


def front_matter_tags(card: Card) -> list[str]:
    """Entries of the card's own ``datasets:``."""
    return [v.text.strip() for v in scalars(card.get("datasets", "dataset")) if v.text.strip()]


def tail_of(entry: str) -> str:
    """The name without its owner."""
    return entry.rpartition("/")[2] if is_repo_id(entry) else entry


def _line_of(card: Card, passage: Passage, offset: int, named: NamedSet) -> int:
    """The line the name stands on, looked for from where its phrase starts."""
    first = passage.line_at(min(offset, len(passage.text)))
    last = passage.last_line
    lead = (named.name.split() or [""])[0]
    for line in range(first, last + 1):
        if named.name in card.lines[line - 1]:
            return line
    return next((n for n in range(first, last + 1) if lead in card.lines[n - 1]), first)


def _amounts(card: Card, passage: Passage, line: int, named: NamedSet) -> tuple[Amount, ...]:
    """A size said of the set itself, in the same phrase: "70 GB of", "(1.2M pairs)"."""
    if passage.form is Form.CELL:
        return ()
    for unit, value in sizes_in(named.around)[:1]:
        measure = Measure(unit, f"{card.path} text from line {passage.line}")
        return (Amount(measure, value, row=f"{card.path}:{line}:{named.name}"),)
    return ()


def hub_dataset(url: str | None) -> str | None:
    """Hub dataset id that an address is of, or ``None``."""
    ref = parse_hub_url(url) if url else None
    return ref.id if ref is not None and ref.kind is RepoKind.DATASET else None

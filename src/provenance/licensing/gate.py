"""What a card asks a reader to agree to before it gives access: prompt, fields, headings.

Keys of https://huggingface.co/docs/hub/datasets-gated. A gate that only asks for a name or an
address says nothing of the license; one that asks to agree not to sell does.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.cards.yaml_tree import Scalar, YamlMapping, YamlNode, YamlSequence, scalars
from provenance.frozen import frozen
from provenance.licensing.as_read import as_read
from provenance.licensing.limits import limits_in
from provenance.licensing.meanings import named, terms
from provenance.licensing.names import MAX_TEXT
from provenance.licensing.outright import outright_in
from provenance.licensing.sentence import names_in, sentences, without_names
from provenance.licensing.unread import Surroundings, condition_in
from provenance.licensing.who import is_research, who_may
from provenance.licensing.wording import reservation_in
from provenance.report.evidence import Evidence
from provenance.report.license import LicenseStatement, Meaning, Origin, Scope
from provenance.vocabulary.restrictions import Restriction

PREFIX = "extra_gated_"
MAX_STATEMENTS = 50
"""Most statements kept of one gate."""


@frozen
class Gate:
    """What a gate asks for."""

    statements: tuple[LicenseStatement, ...]
    truncated: bool
    """Whether a bound stopped the reading."""


def read_gate(card: Card) -> Gate:
    """Licenses and terms that a gate asks to agree to, each once, in the order written."""
    by_meaning: dict[tuple[object, ...], LicenseStatement] = {}
    cut = False
    for key, node in card.front.entries:
        if not key.text.startswith(PREFIX):
            continue
        for written, where in _texts(node):
            text = as_read(written)
            cut |= any(len(sentence) > MAX_TEXT for _, sentence in sentences(text))
            for statement in _licenses_named(card, text, where):
                same = (statement.expression, statement.restrictions)
                by_meaning.setdefault(same, statement)
        for where in _choices(node):
            told = _state(
                card, where, where.text, Meaning.RESTRICTS, None, (Restriction.RESEARCH_ONLY,)
            )
            by_meaning.setdefault((None, told.restrictions), told)
    kept = tuple(by_meaning.values())
    return Gate(kept[:MAX_STATEMENTS], cut or len(kept) > MAX_STATEMENTS)


def _texts(node: YamlNode) -> Iterator[tuple[str, YamlNode]]:
    """Texts below a key; the names of a form's fields are what one agrees to."""
    match node:
        case Scalar():
            yield node.text, node
        case YamlSequence(items=items):
            for item in items:
                yield from _texts(item)
        case YamlMapping(entries=entries):
            for key, value in entries:
                yield key.text, key
                yield from _texts(value)


def _licenses_named(card: Card, text: str, where: YamlNode) -> Iterator[LicenseStatement]:
    for _, sentence in sentences(text):
        names = names_in(sentence, licensing=True)
        for name in names:
            meant = named(name.symbol)
            words = sentence[name.at :]
            yield _state(card, where, words, meant.meaning, name.symbol, terms(name.symbol))
        limits = limits_in(without_names(sentence), licensing=True, named=bool(names))
        if limits is None and (who := who_may(sentence)) is not None:
            at, term = who
            yield _state(card, where, sentence[at:], Meaning.RESTRICTS, None, (term,))
        promise = _FOR_RESEARCH.search(sentence)
        if promise is not None and not _WIDER.search(sentence):
            words = sentence[promise.start(1) :]
            yield _state(card, where, words, Meaning.RESTRICTS, None, (Restriction.RESEARCH_ONLY,))
        for start, _, closed in limits.pieces(_NEAR) if limits is not None else ():
            strong = tuple(r for r in closed if r not in _WEAK)
            if strong:
                yield _state(card, where, sentence[start:], Meaning.RESTRICTS, None, strong)
        if limits is None and who_may(sentence) is None and asked_in(sentence):
            yield _state(card, where, sentence, Meaning.UNREAD, None, ())
        reserved = reservation_in(sentence)
        if reserved is not None and reserved.everything:
            whole = (Restriction.ALL_RIGHTS_RESERVED,)
            words = sentence[reserved.at :]
            yield _state(card, where, words, Meaning.RESERVES, None, whole)


def _choices(node: YamlNode) -> Iterator[Scalar]:
    """The first option of each field that lets one choose among kinds of research only."""
    if isinstance(node, YamlSequence):
        for item in node.items:
            yield from _choices(item)
    if not isinstance(node, YamlMapping):
        return
    options = node.get("options")
    texts = [option for option in scalars(options) if option.text.strip()]
    if texts and all(is_research(option.text) for option in texts):
        yield texts[0]
    for _, value in node.entries:
        yield from _choices(value)


_FOR_RESEARCH = re.compile(
    r"\b(?:agree|promise|undertake|commit)\b[^.;]{0,40}?\b(use\s(?:it|them|(?:the|this|these)\s(?:\w+\s)?\w+)\sfor\s(?:\w+\s)?"
    r"(?:research|academic|scholarly|scientific|teaching|study)\b)",
    re.IGNORECASE,
)
"""Who agrees to use it for research agrees to nothing else."""
_WIDER = re.compile(
    r"commerc|\bany\b|\bproduct|\bindustr|\bbusiness|\bother\spurposes", re.IGNORECASE
)
_NEAR = 40
"""Terms further apart than this, in characters, stand on lines of their own."""
_WEAK = frozenset({Restriction.REGISTRATION})
"""What every gate asks for."""


def _state(
    card: Card,
    where: YamlNode,
    sentence: str,
    meaning: Meaning,
    expression: str | None,
    restrictions: tuple[Restriction, ...],
) -> LicenseStatement:
    return LicenseStatement(
        raw=" ".join(sentence.split())[:300],
        meaning=meaning,
        expression=expression,
        restrictions=restrictions,
        scope=Scope.DATA,
        origin=Origin.GATE,
        evidence=_quoted(card, where, sentence),
    )


_LONGEST_TEXT = 400
"""Most lines of a gate's text searched for the words that are quoted."""
_WORDS = 3
"""As many of a statement's first words are looked for on one line."""


def _quoted(card: Card, where: YamlNode, text: str) -> Evidence:
    """The line of a block of text that the words begin on, else the line of its key."""
    words = text.split()
    for number in range(where.line, min(where.line + _LONGEST_TEXT, card.body_start)):
        line = " ".join(card.lines[number - 1].split())
        for count in range(min(_WORDS, len(words)), 0, -1):
            start = " ".join(words[:count])
            whole = count == min(_WORDS, len(words))
            if (start in line if whole else line.endswith(start)) and len(start) > 3:
                return card.quote(number, start, where.pointer)
    return card.quote_node(where)


_I = re.IGNORECASE


def asked_in(text: str) -> bool:
    """Whether a gate's sentence sets a condition; that one has to ask is what a gate is for."""
    if _OF_GATE.search(text):
        return False
    oneself = _ONESELF.match(text) is not None and not _PROMISED.search(text)
    plain = without_names(text)
    told = condition_in(plain, Surroundings.TERMS) or outright_in(plain)
    return oneself or told is not None


_ONESELF = re.compile(r"\W*(?:I|my|we\s(?:are|represent|work|belong))\s\w+(?:\s[^\s]+){2,}", _I)
_PROMISED = re.compile(
    r"\b(?:agree|accept|understand|acknowledge|have\sread|read\sthe|cit(?:e|ing)|credit|attribut|cop(?:y|ies)\sof\s(?:the|this)\slicen|consent|share\smy|be\scontacted|receive|updates?|newsletter|harm|identify|privacy|terms|licen[sc]e|responsib|plan\sto|want\sto|intend|will\suse|found|heard|am\sinterested)\b",
    _I,
)
"""What anyone may promise, or tells of a plan; what one says one is limits who may take it."""


_OF_GATE = re.compile(
    r"\b(?:request|share|provide|enter|fill|submit|review\w*|process\w*|approv\w+)\b[^.]{0,60}\b(?:access|contact|information|email|name|form|request|hours?|days?|below|affiliation)\b"
    r"|\b(?:access|requests?)\b[^.]{0,40}\b(?:review|approv|grant|process|automatic)\w*[^.]{0,40}\b(?:hours?|days?|manually|\bwe\s(?:may|will|can)\s(?:\w+\s)?(?:e?-?mail|contact|notify|inform)\b|\b(?:review\w*|determine|verify)\b[^.]{0,60}\b(?:requests?|affiliation|subscriptions?|identity)\b|automatically|soon|maintainers?|authors|team)\b|automatically",
    _I,
)

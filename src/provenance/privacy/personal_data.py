"""What a dataset card documents about personal data: documentation, not content.

The Hub's dataset card template has a section "Personal and Sensitive Information"
(https://huggingface.co/docs/datasets/dataset_card); other cards say it under other headings or in
one sentence. English first; what is read is never more than documented or indicated.
"""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.knowledge import alternatives_by, read_table, read_words
from provenance.privacy.prose import ProseBody, ProseSection, is_placeholder, read_body
from provenance.privacy.signals import read_signals
from provenance.report.evidence import Evidence
from provenance.report.training import PersonalData, Signal
from provenance.vocabulary.topics import AFFIRMED, Topic

_HEADINGS = read_words("privacy", "headings")
"""Words of a heading over what is said of personal data, in the languages cards are written in."""
_WORDS = alternatives_by("privacy", "personal_data", "what")
_SUBJECT = "(?:" + _WORDS["subject"] + ")"
_NONE = re.compile(
    rf"\b(?:no|not|without|never|free of|n't|none of)\b[^.;]{{0,60}}{_SUBJECT}"
    r"|^[^\w\n]*(?:n/?a|none|no|not applicable|nothing|not relevant|no\w{0,20} known)[^\w\n]*$"
    rf"|{_SUBJECT}[^.;]{{0,30}}\b(?:is|are|was|were) (?:not|never) (?:present|included|contained"
    r"|collected|available)",
    re.MULTILINE,
)
_ANONYMISED = re.compile(_WORDS["anonymised"])
_NOT_ANONYMISED = re.compile(
    r"\b(?:no|not|n't|without)\b[^.]{0,40}(?:anonymi|pseudonymi|de-?ident)"
)
_HELD = "(?:" + _WORDS["held"] + ")"
_IDENTIFIES = (
    r"\b(?:can|could|may|might)\b[^.;]{0,30}\bidentif(?:y|ies) (?:the |individual |any )?(?:users?"
    r"|people|persons?|individuals?|authors?|speakers?|students?|patients?)\b|(?:users?|people"
    r"|persons?|individuals|authors|speakers|students|patients)"
    r" (?:can|could|may|might) be (?:re-?)?identified"
)
_CONTAINS = re.compile(
    r"\b(?:contain|includ|reveal|hold|compris|mention|record|has\b|have\b|provid|may\b|might\b"
    rf"|could\b|can\b|possib|potential|there (?:is|are))[^.;]{{0,90}}?{_HELD}"
    rf"|{_HELD}[^.;]{{0,40}}\b(?:(?:is|are) (?:included|present|contained)|(?:can|may|might) occur)"
    rf"|{_IDENTIFIES}"
)
_NO = re.compile(r"\b(?:" + _WORDS["denies"] + r")\b|n't\b")
_CLAUSES = re.compile(r"[.;!?]\s|\n\s*\n|\bbut\b|\bhowever\b|\balthough\b|\bexcept\b")
_RESERVED = re.compile(
    r"\b(?:but|however|although|though|except)\b[^.;]{0,60}"
    r"\b(?:may|might|could|can|possib\w{0,20}|potential\w{0,20})\b(?! not\b|not\b)"
)
"""What takes a part of a "none" back without naming it."""
_SENTENCE = re.compile(
    rf"(?:contain|includ|have|has|hold|collect|remov|filter|anonymi)\w{{0,20}}[^.]{{0,60}}{_SUBJECT}"
    rf"|{_SUBJECT}[^.]{{0,60}}(?:contain|includ|remov|anonymi|filter|collect|present)\w{{0,20}}"
    rf"|{_IDENTIFIES}"
)
_MOST_TRIES = 10
_CATEGORY = {
    category: re.compile(pattern)
    for category, pattern in read_table("privacy", "categories", "category", "pattern")
}


def read_personal_data(card: Card) -> PersonalData:
    """What a dataset card documents about personal data, with the lines it says so on."""
    if not card.lines:
        return PersonalData("unknown", None)
    body = read_body(card)
    return _documentation(card, body, read_signals(card, body))


def documented(card: Card) -> str:
    """:attr:`PersonalData.documented` alone, for many cards: only the signals that it needs."""
    if not card.lines:
        return "unknown"
    body = read_body(card)
    return _documentation(card, body, read_signals(card, body, Topic.ANONYMISED)).documented


def _documentation(card: Card, body: ProseBody, signals: tuple[Signal, ...]) -> PersonalData:
    section = body.section(*_HEADINGS)
    if section is not None:
        return _from_section(card, body, section, signals)
    sentence = _sentence(body)
    if sentence is None:
        anonymised = next(iter(_affirmed(signals, Topic.ANONYMISED)), None)
        if anonymised is not None:
            return PersonalData("stated", "anonymised", (), (anonymised.evidence,), signals)
        return PersonalData("absent", None, signals=signals)
    line, text = sentence
    return _stated(text, (card.quote(line),), signals)


def _from_section(
    card: Card, body: ProseBody, section: ProseSection, signals: tuple[Signal, ...]
) -> PersonalData:
    heading = card.quote(section.line)
    if is_placeholder(section.text):
        return PersonalData("placeholder", None, evidence=(heading,), signals=signals)
    lines = enumerate(section.text.split("\n"), section.first)
    telling = [
        (number, line)
        for number, line in lines
        if line.strip() and not line.startswith("#") and not is_placeholder(line)
    ]
    text = "\n".join(line for _, line in telling)
    evidence = (heading, *(card.quote(number) for number, _ in telling[:4]))
    return _stated(text, evidence, signals)


def _stated(text: str, evidence: tuple[Evidence, ...], signals: tuple[Signal, ...]) -> PersonalData:
    statement = _statement(text)
    named = () if statement == "none" else _categories(text)
    return PersonalData("stated", statement, named, evidence, signals)


def _statement(text: str) -> str | None:
    """``none``, ``anonymised`` or ``contains``, in lower-cased text; ``None``: it does not say."""
    if _ANONYMISED.search(text) and not _NOT_ANONYMISED.search(text):
        return "anonymised"
    clauses = [" ".join(clause.split()) for clause in _CLAUSES.split(text)]
    if any(_CONTAINS.search(clause) and not _NO.search(clause) for clause in clauses):
        return "contains"
    return "none" if _NONE.search(text) and not _RESERVED.search(text) else None


def _categories(text: str) -> tuple[str, ...]:
    return tuple(sorted(name for name, pattern in _CATEGORY.items() if pattern.search(text)))


def _sentence(body: ProseBody) -> tuple[int, str] | None:
    """A sentence outside any section of its own that speaks of personal data in the set."""
    for keyword in ("personal", "pii", "sensitive", "identif"):
        at = body.text.find(keyword) if body.may_hold(keyword) else -1
        for _ in range(_MOST_TRIES):
            if at < 0:
                break
            text = body.line_around(at)
            if not text.startswith("#") and _SENTENCE.search(text):
                return body.line_at(at), text
            at = body.text.find(keyword, at + len(keyword))
    return None


def signals_of(data: PersonalData, topic: Topic) -> tuple[Signal, ...]:
    """The signals that affirm one topic."""
    return _affirmed(data.signals, topic)


def _affirmed(signals: tuple[Signal, ...], topic: Topic) -> tuple[Signal, ...]:
    return tuple(s for s in signals if s.topic == topic.value and s.status in AFFIRMED)

"""Sentences: what a verb of training governs, what is called a dataset, what the catalogue knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from provenance import lazy_re as re
from provenance.discovery.candidates import Candidate, CardReading
from provenance.discovery.document import MARKS, Form, Passage
from provenance.discovery.labels import LabelTopic, role_of, section_topic, topic_of
from provenance.discovery.prose_acts import MAY_TELL
from provenance.discovery.prose_items import PARENTHESES, NamedSet
from provenance.discovery.prose_lexicon import IMPERATIVE, MODEL_WORD, holds_any
from provenance.discovery.prose_names import names_in
from provenance.discovery.prose_phrases import Phrase
from provenance.discovery.prose_sentences import governing, training_phrases
from provenance.discovery.prose_statements import evaluation_phrases, section_phrases
from provenance.discovery.readers.lists import is_remark
from provenance.names import normalize
from provenance.report.training import DeclaredIn

_WORTH = (
    "train", "trein", "aligned", "tuned", "tuning", "data", "corpus", "corpora", "adapted", "distil",
    "entraîn", "entrain", "addestr", "feinab", "feinget", "entren", "ajustad", "affin", "a punto", "following", "训练", "訓練", "学習", "微调", "数据", "语料", "データ",
    "学습", "학습", "데이터", "обуч", "данн", "daten", "korpus", "datos", "dados", "eval", "test", *MAY_TELL,
)  # fmt: skip
"""Words without which a passage names no set."""
_TRAINS = re.compile(
    r"(?i)\bpre-?train\w*|\bfine-?\s?tun\w*|\btrain\w*|\btuned\b|\baligned\b|\bentren|\bentra[iî]n|\btrein|trainiert"
    r"|feinget|feinabg|mess[oa] a punto|\baffin[ée]|\bajustad|\baddestr|\bträn|\btræn|\btren[eoit]|getraind|wytren|eğit|ince ayar|dilatih"
    r"|训练|訓練|微调|学習|ファインチューニング|학습|훈련|파인튜닝|обуч|дообуч"
)
TRAINING_WORDS = (
    "train", "tun", "aligned", "entren", "entraî", "entrai", "trein", "训练", "訓練", "微调", "学習", "ファインチューニング", "학습",
    "훈련", "파인튜닝", "feinget", "feinab", "a punto", "обуч", "affin", "ajustad", "addestr", "trän", "træn", "tren", "eğit", "ince ayar", "dilatih",
)  # fmt: skip
"""What a word of training holds, so that most sentences need no pattern."""
_TESTS = re.compile(
    r"(?i)\beval|\bbenchmark|\btest(?:ed|ing)?\b|\bscores?\b|leaderboard|state-of-the-art|\bresults?\b|performance|\bcompar|outperform"
    r"|评测|评估|評価|평가|оцен"
)
_MAYBE = re.compile(
    r"(?i)\b(?:can|could|may|might|should|would|will|plan|future|if|example|recommend|please|you|as (?:little|few) as)\b"
)
_NOT = re.compile(r"(?i)\b(?:not|never|none|without|neither|nor|unlike)\b|n't\b|不|未|ない|않")
_OTHERS = re.compile(
    r"(?i)\b(?:original|teacher|base model|previous|earlier|predecessor|tokenizer|classifier|reward model|vocabulary|inspired by|similar to|first (?:pre-?)?trained|originally|same as)\b|原始"
)
_CALLED = re.compile(
    rf"(?<![\w.+/{MARKS}-])(?P<name>(?:[A-Z0-9{MARKS}][\w.+/{MARKS}-]{{0,60}}|[a-z][a-z0-9]{{0,30}}[\d_-][\w-]{{0,60}})"
    rf"(?: (?:[A-Z0-9({MARKS}][\w.+/){MARKS}-]{{0,60}}|of|the|for)){{0,6}})"
    r"\s(?:(?!after|and|for|from|with|of|on)[a-z-]{3,14} ){0,2}(?:data-?\s?sets?|corpus|corpora|datasets|treebank)\b"
)
_LITERAL = re.compile(
    r"(?<![\w./:@-])(?=[\w.-]{1,40}/[\w.-]{0,60}[_-])[A-Za-z0-9][\w.-]{1,39}/[\w.-]{2,95}[\w]",
    re.ASCII,
)
"""A Hub id written as such, with a mark that words do not have."""
_STYLE = re.compile(r"(?i)formats?|styles?|schema|templates?|taxonomy|benchmarks?|models?|tokens?")
_COMPARED = re.compile(
    r"(?i)(?:\binspired by|\bsimilar to|\breminiscent of|\bsuch as|\be\.g\.,?|\blike|\bcompared (?:to|with)|\bunlike|\bthan)\s\W{0,2}(?:the )?$"
)
_FORMAT = re.compile(r"(?i)formats?|styles?|schema|templates?")
_MARK = re.compile(f"[{MARKS}]")
_TOKEN = re.compile(r"[A-Za-z0-9][\w.+-]*")
_ODD = re.compile(r"[A-Z\d]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_POINTS = re.compile(
    r"^(?:次の|以下|下記|この|その|これら|上記|这|这些|以上|上述|다음|이 |위)"
)
"""A description that points at what is named before or after it."""
_ARTICLE = re.compile(r"(?i)^(?:the|original)\s+")
_DATA = (LabelTopic.TRAINING_DATA, LabelTopic.DATA)
_SENTENCE = re.compile(
    r"(?i)\b(?:is|are|was|were|that|which|we|you|this|has|have|can|contains?|holds?|includes?|provides?|covers?)\b"
)
_LONG = 6
"""Most words of a name in a sentence without a known verb."""
_SHORT = 200
"""Longest sentence without a known verb whose names count as candidates."""
_WORDS = 4
"""Longest name looked up in the catalogue, in words."""


def read(reading: CardReading) -> Iterator[Candidate]:
    """Every name that a sentence's words make a candidate."""
    for passage in reading.document.passages:
        if passage.form is Form.ITEM and is_remark(passage):
            continue
        section, _ = section_topic(passage.headings)
        if not (holds_any(passage.lower, _WORTH) or (section in _DATA and _is_bare(passage))):
            continue
        labelled = passage.label
        label = topic_of(labelled[0]) if labelled is not None else None
        of_card = set()
        if label is not None and label is not LabelTopic.OTHER:
            of_card.add(f"sentence label: {label.value}")
        if not passage.headings and passage.first:
            of_card.add("sentence: first of card")
        for start, sentence in passage.sentences:
            yield from _governed(reading, passage, start, sentence, of_card)
            if trains(sentence) or (section in _DATA and not _TESTS.search(sentence)):
                yield from _called(reading, passage, start, sentence, of_card)


def _is_bare(passage: Passage) -> bool:
    """Whether it is a short line of text and nothing else: what its heading announces."""
    return passage.form is Form.TEXT and passage.label is None and len(passage.raw) < _BARE


_BARE = 120


@lru_cache(maxsize=512)
def trains(sentence: str) -> bool:
    """Whether some word of the sentence speaks of training."""
    return holds_any(sentence.lower(), TRAINING_WORDS) and _TRAINS.search(sentence) is not None


@lru_cache(maxsize=512)
def observations(sentence: str) -> frozenset[str]:
    """What else the sentence says."""
    holds_by_name = {
        "sentence: training word": trains(sentence),
        "sentence: evaluation word": _TESTS.search(sentence),
        "sentence: may or you": _MAYBE.search(sentence),
        "sentence: negation": _NOT.search(sentence),
        "sentence: other model": _OTHERS.search(sentence),
        "sentence: instruction": IMPERATIVE.match(sentence.lstrip()),
    }
    return frozenset(word for word, holds in holds_by_name.items() if holds)


def _governed(
    reading: CardReading, passage: Passage, start: int, sentence: str, of_card: set[str]
) -> Iterator[Candidate]:
    """Names in what a verb governs."""
    phrases: list[Phrase] = [*training_phrases(sentence), *section_phrases(sentence)]
    phrases += evaluation_phrases(sentence)
    if _WIDE.search(sentence) and trains(sentence):
        for start_of, clause in _clauses(sentence):
            seen_wide = frozenset({"verb: wide script"})
            phrases.append(Phrase(start_of, clause, role_of(sentence), seen_wide))
    in_data = bool(passage.headings) and section_topic(passage.headings)[0] in _DATA
    told_as_item = passage.form is Form.ITEM and passage.label is not None
    if not phrases and in_data and len(sentence) < _SHORT and not told_as_item:
        phrases.append(
            Phrase(0, sentence, role_of(passage.headings[-1]), frozenset({"verb: none"}))
        )
    for phrase in phrases:
        seen = of_card | phrase.seen | set(_subject(reading, passage, phrase))
        seen |= _observed(sentence, phrase)
        if "tokenizer" in sentence.lower() and "tokenizer" in reading.card.repo.lower():
            seen -= {"doubt: other subject", "sentence: other model"}
        for named in names_in(passage, phrase.text):
            if not _may_be_data(named, seen):
                continue
            told = seen | ({"object: the name alone"} if _alone(passage, phrase, named) else set())
            if "verb: wide script" in seen and _is_wide_object(passage, phrase.text, named):
                told |= {"verb: wide governed"}
            yield reading.candidate(
                passage, start + phrase.start, named, phrase.role, DeclaredIn.PROSE, told
            )


def _observed(sentence: str, phrase: Phrase) -> frozenset[str]:
    """What the sentence says; of tests and of other models only what it says up to the phrase."""
    to_train = "verb: used to train" in phrase.seen  # what was trained stands behind it
    so_far = sentence if to_train else sentence[: phrase.start + len(phrase.text)]
    later = {
        "sentence: evaluation word": _TESTS.search(so_far),
        "sentence: other model": _OTHERS.search(so_far),
    }
    return observations(sentence) - {word for word, holds in later.items() if not holds}


def _alone(passage: Passage, phrase: Phrase, named: NamedSet) -> bool:
    """Whether the phrase holds the name and nothing else: "trained on Finch", not "on Finch servers"."""
    words = _FILLING.sub(" ", PARENTHESES.sub(" ", passage.words(phrase.text[:_SHORT])))
    name = _FILLING.sub(" ", PARENTHESES.sub(" ", named.name))
    return normalize(words) == normalize(name)


_FILLING = re.compile(
    r"(?i)\b(?:the|a|an|our|data-?\s?sets?|corpus|corpora|data|den|dem|der|la|le|el|o)\b"
)


def _is_wide_object(passage: Passage, clause: str, named: NamedSet) -> bool:
    """Whether words beside a name in a clause of a wide script say that training was done on it."""
    words = passage.words(clause)
    at = words.find(named.name)
    return at >= 0 and is_wide_object(words, at, at + len(named.name))


def is_wide_object(clause: str, start: int, end: int) -> bool:
    """Whether what stands at ``start`` in a clause of a wide script is what was trained on."""
    if not trains(clause):
        return False
    told = _WIDE_AFTER.search(clause[end : end + _WIDE_NEAR])
    means = _WIDE_BEFORE.search(clause[max(0, start - _WIDE_NEAR) : start])
    return told is not None or (means is not None and not _WIDE_MEANS.match(clause[end:][:12]))


_WIDE_NEAR = 100
_WIDE_BEFORE = re.compile(
    r"(?:使用|利用|采用|採用|数据(?:集)?(?:为|是|包括|来自)|(?:训练|訓練|微调)(?:数据|集|语料)?(?:为|是|自)|[在用以]|通过)(?:了|的)?[^，。；]{0,80}$"
)
_WIDE_MEANS = re.compile(r"\s?(?:模型|框架|平台|工具|芯片|显卡|GPU|方法|策略)")
_WIDE_AFTER = re.compile(
    r"(?:进行|進行|来|上|を(?:用い|使|利用|もと)|で|による|로|를|을|에).{0,24}?(?:训练|訓練|微调|精调|学習|ファイン|파인|학습|훈련|미세)"
)


def _may_be_data(named: NamedSet, seen: set[str]) -> bool:
    """Whether it is a name, or a description that the reader of descriptions does not give."""
    if "verb: none" in seen and (_SENTENCE.search(named.name) or len(named.name.split()) > _LONG):
        return False
    if named.proper or "(" in named.name:
        return True
    return _WIDE.search(named.name) is not None and not _WIDE_POINTS.search(named.name)


def _clauses(sentence: str) -> Iterator[tuple[int, str]]:
    """Clauses of a sentence in a wide script, with where they start, but for those on evaluation."""
    at = 0
    for end in (*(m.end() for m in _WIDE_STOP.finditer(sentence)), len(sentence)):
        clause = sentence[at:end]
        if clause.strip() and (trains(clause) or not _TESTS.search(clause)):
            yield at, clause
        at = end


_WIDE_STOP = re.compile(r"[，,；;。](?!\d)|(?<=[しりて])、|(?<=고),?\s")


def _subject(reading: CardReading, passage: Passage, phrase: Phrase) -> Iterator[str]:
    """Whether a base model is the subject ("GPT-J was trained on …")."""
    words = _ARTICLE.sub("", passage.words(phrase.subject)[-60:]).split()
    if any(normalize(" ".join(words[: n + 1])) in reading.bases for n in range(min(4, len(words)))):
        yield "doubt: base model is subject"
    subject = passage.words(phrase.subject[-60:])
    family = MODEL_WORD.search(subject)
    if family and not any(word.startswith(normalize(family[0])) for word in reading.own_words):
        yield "doubt: named model is subject"


def _called(
    reading: CardReading, passage: Passage, start: int, sentence: str, of_card: set[str]
) -> Iterator[Candidate]:
    """Names with "dataset" or "corpus" behind them, and names that the catalogue knows."""
    role = role_of(sentence)
    around = of_card | observations(sentence)
    for match in _CALLED.finditer(sentence):
        if match["name"].endswith((" the", " of", " for")):
            continue  # "Unzip the dataset"
        for named in names_in(passage, match[0])[:1]:
            if named.proper:
                yield reading.candidate(
                    passage,
                    start + match.start(),
                    named,
                    role,
                    DeclaredIn.PROSE,
                    around | {"called: dataset"} | _doubts(sentence, match.start()),
                )
    for match in _LITERAL.finditer(sentence):
        named = NamedSet(match[0], None, None, True, False, match[0])
        seen = around | {"called: id"} | governing(sentence, match.start())
        yield reading.candidate(passage, start + match.start(), named, role, DeclaredIn.PROSE, seen)
    for at, name in _known_names(reading, passage, sentence):
        named = NamedSet(name, None, None, True, False, name)
        seen = around | {"called: known name"} | governing(sentence, at)
        if _COMPARED.search(sentence[max(0, at - 40) : at]):
            seen.add("called: compared")
        if "sentence: evaluation word" in around:
            seen.add("called: where results are told")
        yield reading.candidate(passage, start + at, named, role, DeclaredIn.PROSE, seen)


def _doubts(sentence: str, at: int) -> set[str]:
    """Doubts of the verb that governs the word at ``at``."""
    return {seen for seen in governing(sentence, at) if seen.startswith("doubt:")}


def _known_names(
    reading: CardReading, passage: Passage, sentence: str
) -> Iterator[tuple[int, str]]:
    """Runs of words that the catalogue knows as a set."""
    tokens = [(m.start(), m[0]) for m in _TOKEN.finditer(_MARK.sub(" ", sentence))]
    odd = [_ODD.search(t) is not None for _, t in tokens]
    at = 0
    while at < len(tokens):
        for size in range(min(_WORDS, len(tokens) - at) if odd[at] else 0, 0, -1):
            words = " ".join(t for _, t in tokens[at : at + size]).strip(".")
            then = tokens[at + size][1] if at + size < len(tokens) else ""
            if len(words) <= 2 or words not in sentence or not reading.is_known(words):
                continue
            last = tokens[at + size + 1][1] if at + size + 1 < len(tokens) else ""
            if not _STYLE.fullmatch(then) and not _FORMAT.fullmatch(last.strip(".")):
                yield tokens[at][0], words
            at += size - 1
            break
        at += 1

"""Descriptions told by their place: what a verb of training governs, whatever its noun.

:mod:`.described` grows a phrase around a word for material. Nouns are without end, though: "38 of my
own paintings", "product titles scraped from shops", "letters that volunteers copied". What a verb of
training governs is data where a number counts it, a participle tells who made it, or somebody owns it.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.discovery.described import Description, trimmed
from provenance.discovery.described_words import COLLECTIVE, EMPTY, JOINS, MATERIAL, UNITS
from provenance.discovery.document import MARKS
from provenance.discovery.prose_lexicon import (
    DETERMINERS,
    MACHINE,
    METHOD,
    MODEL_WORD,
)
from provenance.discovery.prose_phrases import Phrase
from provenance.discovery.prose_words import STRAY, has_proper
from provenance.knowledge import alternatives_by, read_words

_NUMBER = r"(?:[~≈><+]\s?)?\d[\d.,]{0,12}(?:\s\d{3}){0,3}\s?(?:[kKMB]\b|bn\b|(?:thousand|million|billion|mil|mille|millones|milhões|milioni|Tausend|Millionen|Mio\.?|tys\.|тысяч\w{0,2}|тыс\.?|миллион\w{0,3}|млн\.?)\b)?\+?"
_COUNTED = re.compile(
    rf"(?P<number>{_NUMBER})\s(?:(?:of|de|von|d')\s?)?(?P<noun>(?:[^\W\d_][\w'’/-]*[ ,]{{1,2}}){{0,8}}[^\W\d_][\w'’/-]*)"
)
_NOT_COUNTED = frozenset(read_words("discovery", "not_counted"))
_MADE = alternatives_by("discovery", "verbs", "what")["made"]
_MADE_BY = re.compile(
    rf"\b(?:{_MADE})\s(?:by|from|in|at|with|on|through|via|using|between|over|during|for)\s[^,;:.(){MARKS}]{{2,60}}"
)
_THAT = re.compile(
    r"\s(?:that|which)\s(?P<who>(?:[\w'’-]+\s){1,5}?)(?P<did>wrote|made|recorded|transcribed|collected|generated|labell?ed|annotated|sent|posted|measured"
    r"|drew|took|gathered|created|produced|painted|photographed|translated|copied|typed|submitted|published|captured|composed|curated)\b(?P<rest>[^,;:.()]{0,40})"
)
_OWNED = re.compile(rf"\b(?:my|our|the author's)(?:\sown)?\s[^,;:.(){MARKS}]{{3,60}}")
_CUT = re.compile(r"(?i)\s(?:for|to|at|with|using|until|per|in order|und|and|et|y|e|with)\s.*$")
_CLAUSE = re.compile(
    rf",\s|;\s|\s[-–—]\s|[{MARKS}]|\s(?:and|plus|und|et|y|e|и|as well as|along with)\s|[.)(](?:\s|$)"
)
_FEWEST = 10


def objects(
    sentence: str, phrases: tuple[Phrase, ...] | list[Phrase], taken: list[tuple[int, int]]
) -> Iterator[Description]:
    """Descriptions in what ``phrases`` govern, outside of the places ``taken``."""
    done = list(taken)
    for phrase in phrases:
        if phrase.role == "evaluation":
            continue
        for described in (
            *_counted(phrase),
            *_made(phrase),
            *_owned(phrase),
            *_done(sentence, phrase),
        ):
            end = described.start + len(described.text)
            if any(start < end and described.start < stop for start, stop in done) or not _is_data(
                described.text
            ):
                continue
            done.append((described.start, end))
            yield described


def _counted(phrase: Phrase) -> Iterator[Description]:
    """What a number counts: "3.000 sentencias", "38 of my own paintings"."""
    for match in _COUNTED.finditer(phrase.text):
        if match.start() and phrase.text[match.start() - 1] not in " (":
            continue
        if _SIZE_OF.search(phrase.text[: match.start()][-40:]):
            continue
        noun = _CLAUSE.split(match["noun"])[0]
        digits = re.sub(r"\D", "", match["number"])
        plain = re.fullmatch(r"\W*\d[\d.,\s]*\+?", match["number"]) is not None
        words = [w.lower() for w in noun.split()]
        if (plain and int(digits or 0) < _FEWEST) or _NOT_COUNTED.intersection(words[:3]):
            continue
        text = trimmed(f"{phrase.text[match.start() : match.start('noun')]}{_CUT.sub('', noun)}")
        yield Description(
            phrase.start + match.start(),
            text,
            frozenset({"description: counted", "description: amount"}),
        )


def _made(phrase: Phrase) -> Iterator[Description]:
    """What a participle says the making of: "titles scraped from shops"."""
    match = _MADE_BY.search(phrase.text)
    start = match.start() if match is not None else 0
    first = _small_words_before(phrase.text, start)
    if match is not None and first < start:
        text = _CLAUSE.split(match[0])[0]
        text = trimmed(f"{phrase.text[first:start]}{text}")
        seen = frozenset({"description: made", "description: origin"})
        yield Description(phrase.start + first, text, seen)


def _owned(phrase: Phrase) -> Iterator[Description]:
    """What is somebody's own: "minutes of our own company"."""
    match = _OWNED.search(phrase.text)
    if match is not None:
        first = _small_words_before(phrase.text, match.start())
        text = f"{phrase.text[first : match.start()]}{_CLAUSE.split(match[0])[0]}"
        text = trimmed(text)
        seen = frozenset({"description: owned", "description: own origin"})
        yield Description(phrase.start + first, text, seen)


_MOST_SMALL = 7


def _small_words_before(text: str, end: int) -> int:
    """Where the words in small letters start that lead up to ``end`` without a stop."""
    first = end
    for word in reversed(text[max(0, end - _LONGEST) : end].split()[-_MOST_SMALL:]):
        if not word[0].islower() or word[-1] in ".;:)":
            break
        first = text.rindex(word, 0, first)
    return first


def _done(sentence: str, phrase: Phrase) -> Iterator[Description]:
    """What a clause says the making of ("letters that volunteers copied"): the phrase ends before the clause that says who made it."""
    end = phrase.start + len(phrase.text)
    match = _THAT.match(sentence[end:][:120])
    if match is None:
        return
    last = max((m.end() for m in _CLAUSE.finditer(phrase.text)), default=0)
    noun = phrase.text[last:]
    if noun.strip() and len(noun.split()) <= _LONG:
        text = f"{noun}{match[0]}".strip(STRAY)
        yield Description(
            phrase.start + last, text, frozenset({"description: made", "description: origin"})
        )


_SIZE_OF = re.compile(
    r"(?i)\b(?:length|size|window|vocabulary|vocab|dimension|resolution|rate|limit|maximum|context)\s(?:of |is |= ?)?(?:up to )?$"
)
"""What a number behind it counts is no data: "a sequence length of 512 subwords"."""
_LONG = 8


def _is_data(text: str) -> bool:
    """Whether the words may be data: no machine, method or model, and more than general words."""
    words = [w.strip(STRAY).lower() for w in text.split()]
    general = EMPTY | DETERMINERS | UNITS | COLLECTIVE | JOINS
    plain = [w for w in words if w and w not in general and not w[0].isdigit()]
    if (
        not plain
        or len(text) > _LONGEST
        or MACHINE.search(text)
        or METHOD.search(text)
        or MODEL_WORD.search(plain[0])
    ):
        return False
    head = next((w for w in text.split() if w[0].isalpha()), "")
    return (
        not has_proper(head) or _GERMAN.search(text) is not None or not MATERIAL.isdisjoint(plain)
    ) and plain[0] not in _NO_DATA


_GERMAN = re.compile(
    r"^\W?\d[\d.]{0,12}\s(?:Tausend\s|Millionen\s|Mio\.?\s)?[A-ZÄÖÜ][a-zäöüß]{3,30}\s(?:unsere[rs]|der|des|aus|von|vom|zu|zum|zur|über|deutscher?)\s"
)
"""A number, a noun, and a word only German has behind it: every noun has a capital there."""
_LONGEST = 160
_NO_DATA = frozenset(read_words("discovery", "no_data"))
_WIDE_AMOUNT = re.compile(
    r"(?:约|約|超过|超過|近|共)?\s?\d[\d,.]{0,12}\s?(?:万|萬|億|亿|千|百万|만|억|[kKMB])?\s?(?:多|余)?\s?(?:条(?!の)|條|件|个|個|篇|小时|小時|時間|시간|건|개|문장|对|對|対|組|组|文|句|张|張|枚|本|部|页|頁|首|轮)"
    r"(?:の|的|의)?\s?(?P<what>[^，。；、,;()（）《》「」]{2,40})"
)
_WIDE_CUT = re.compile(
    r"(?:を|で(?!ー)|に(?:よる|より|対)|から|进行|進行|等|以及|和(?!歌)|与|与|及|上的?微|과\s|와\s|을(?:\s|$)|를(?:\s|$)|(?:으)?로(?:\s|$)|에(?:서)?\s|[A-Za-z{MARKS}])".replace(
        "{MARKS}", MARKS
    )
)


def wide_amounts(sentence: str) -> Iterator[Description]:
    """Counted data in Chinese, Japanese and Korean: "60 万条问诊对话", "200万件の検索ログ"."""
    for match in _WIDE_AMOUNT.finditer(sentence):
        what = _WIDE_CUT.split(match["what"], maxsplit=1)[0].strip()
        if len(what) > 1:
            text = sentence[match.start() : match.start("what")] + what
            yield Description(
                match.start(),
                text.strip(),
                frozenset({"description: counted", "description: amount", "description: wide"}),
            )

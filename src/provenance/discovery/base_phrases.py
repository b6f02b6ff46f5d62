"""Ways to say in a sentence what a model was made from, in the order of its words.

A way is a word for what was done ("quantized", "adapter", "initialisiert") and what joins it to
the model ("from", "for", "mit"). Between them stand at most a few plain words, none of which
turns the sentence to something else: where a copy is kept, data, a teacher. In Chinese, Japanese
and Korean the words stand around the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.discovery.bounds import most
from provenance.discovery.document import MARKS
from provenance.discovery.prose_lexicon import holds_any
from provenance.frozen import frozen
from provenance.knowledge import alternatives_by

_MOST = 24
_PHRASE = 160
"""Characters after the words in which the model is named."""

_WORDS = alternatives_by("discovery", "base_ways", "way")

_TURNS = (
    r"(?!(?:is|are|was|were|be|available|can|here|found|hosted|at|by|using|see|data\w{0,8}|corpus|corpora|outputs?"
    r"|generated|generations|samples?|examples?|pairs|responses?|knowledge|teacher|logits|texts?|images?|audio"
    r"|speech|scratch|code|scripts?|tokeni[sz]er|results?|paper|licen\w{0,8}|details|information|instructions?)\b)"
)
_FILL = rf"(?:\s{_TURNS}[\w()/+.,-]{{1,20}})"
_ARTICLE = (
    r"(?:(?:the|a|an|original|pre-?trained|base|models?|checkpoint|weights|of|der|die|das|dem|des|den|vom|von"
    r"|modells?|basis|le|la|les|du|de|modèle|el|los|del|modelo|do|da|no|il|lo|i|dello|della|dal|modello|модел\w{1,3}"
    r"|весов|весами|gewichten?|poids|pesos|pesi|gewichtete)\s{1,3}|l['’]|[«„「『\"'(])"
)
_OF_WORDS = re.compile(r"(?i)\b(?:" + _WORDS["of"] + ")")
_OF = re.compile(rf"(?i)\A{_FILL}{{0,4}}?\s(?:of|from|for)\s{_ARTICLE}{{0,4}}")
_FROM_WORDS = re.compile(r"(?i)\b(?:" + _WORDS["from"] + ")")
_FROM = re.compile(rf"(?i)\A(?:{_FILL}|\s[{MARKS}]){{0,5}}?\s(?:from|off)\s{_ARTICLE}{{0,4}}")
_ACT_WORDS = re.compile(r"(?i)\b(?:" + _WORDS["act"] + ")")
_ACT = re.compile(
    rf"(?i)\A\s(?:from |on top of |upon |on |of |with |in |(?:the|this) new (?:model|merge) with )?{_ARTICLE}{{0,4}}"
)
_TOP_WORDS = re.compile(r"(?i)\b(?:" + _WORDS["top"] + ")")
_TOP = re.compile(rf"(?i)\A{_FILL}{{0,3}}?\s(?:up)?on top of\s{_ARTICLE}{{0,4}}")
_EUROPE_WORDS = re.compile(r"(?i)\b(?:" + _WORDS["europe"] + r")(?!\w)")
"""German, French, Spanish, Portuguese, Italian."""
_EUROPE = re.compile(
    r"(?i)\A\s(?:(?:à|a) partir(?:e)? )?(?:(?:auf|von|vom|des|der|mit|sur|de|du|avec|depuis|en|em|no|na|del|do|da|con|com|desde"
    rf"|sobre|su|sul|di|dello|dal)\s|d['’]){_ARTICLE}{{0,4}}"
)
_ROLE_WORDS = re.compile(r"(?i)\b(?:" + _WORDS["role"] + ")")
"""A base's role, told before it is named."""
_ROLE = re.compile(rf"(?i)\A(?:\s(?:das|die|der|le|la|el|o|il|модель|on|with))?\s{_ARTICLE}{{0,4}}")
_RUSSIAN_WORDS = re.compile(r"(?i)\b(?:" + _WORDS["russian"] + ")")
_RUSSIAN = re.compile(
    rf"(?i)\A\s(?:(?:из|от|на (?:основе|базе)|на)\s)?{_ARTICLE}{{0,4}}(?-i:[a-z]{{3,12}}\s(?=[a-z]{{0,3}}[A-Z]))?"
)
"""An owner in small letters may stand before the name ("acmeai ruNest")."""
_WAYS = (
    (_OF_WORDS, _OF, (" of", " from", " for")),
    (_FROM_WORDS, _FROM, (" from", " off")),
    (_ACT_WORDS, _ACT, ("ing", "tune", "quanti", "prune", "conver", "ext", "adapt", "train", "align", "compress", "continu",
                        "builds", "upgrade", "began", "begin", "start", "appl", "merged", "added", "blended")),
    (_TOP_WORDS, _TOP, ("on top of",)),
    (_EUROPE_WORDS, _EUROPE, (" auf ", " von ", " vom ", " des ", " der ", " mit ", " sur ", " de ", " du ", " avec ", " depuis ",
                              " en ", " em ", " no ", " na ", " del ", " do ", " da ", " con ", " com ", " desde ", " sobre ",
                              " su ", " sul ", " di ", " dello ", " dal ", " d'", " d’")),
    (_ROLE_WORDS, _ROLE, ("als ", "comme ", "como ", "come ", "mod", "качестве", "основу", "as ")),
    (_RUSSIAN_WORDS, _RUSSIAN, ("на ", "обуч", "иниц", "верс", "вари", "квант", "конв", "дораб", "адапт", "тюн", "постро", "основ", "получ")),
)  # fmt: skip
"""Words, what joins them, and, in small letters, what a sentence holds that has both."""
_EAST_NAME = re.compile(
    rf"[{MARKS}]|[A-Za-z][\w./+-]{{2,60}}(?: (?:v?\d[\w.]{{0,8}}|[A-Z][A-Za-z\d.+-]{{1,20}})){{0,3}}",
    re.ASCII,
)
_EAST_SURE_BEFORE = re.compile(
    "(?:" + _WORDS["east sure before"] + r")(?:了|开源的|官方的?)?(?:、|，)?\s?[「『“\"]?$"
)
_EAST_BEFORE = re.compile(
    "(?:" + _WORDS["east before"] + r")(?:了|开源的|官方的?|預訓練的?|预训练的?)?\s?[「『“\"]?$"
)
_EAST_AFTER = re.compile(
    r"[」』”\"]?\s?(?:基座|基础|預訓練|预训练)?(?:大?模型)?(?:权重|權重)?\s?(?:"
    + _WORDS["east after"]
    + ")"
)
_EAST_SURE_AFTER = re.compile(
    r"[」』”\"]?\s?(?:という)?(?:モデル|모델)?\s?(?:" + _WORDS["east sure after"] + ")"
)
_EAST_NOT = re.compile(r"\s?(?:模型)?(?:" + _WORDS["east not"] + ")")
_EAST_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@frozen
class ToldBase:
    """Where a sentence may name the model that another was made from."""

    start: int
    """Offset in the sentence at which the words start."""
    at: int
    """Offset at which the name may start."""
    phrase: str
    """The text from there."""


def ways(sentence: str) -> Iterator[ToldBase]:
    """Every place of ``sentence`` that may name a base after words for it."""
    lower = sentence.lower()
    for words, joins, needed in _WAYS:
        if not holds_any(lower, needed):
            continue
        for match in most(words.finditer(sentence), _MOST, "a sentence on a base"):
            joined = joins.match(sentence[match.end() : match.end() + _PHRASE])
            if joined is not None:
                at = match.end() + joined.end()
                yield ToldBase(match.start(), at, sentence[at : at + _PHRASE])


def in_the_east(sentence: str) -> Iterator[ToldBase]:
    """Names that Chinese, Japanese or Korean words call a base."""
    if not _EAST_LETTER.search(sentence):
        return
    for match in most(_EAST_NAME.finditer(sentence), 4 * _MOST, "a sentence on a base"):
        before, after = (
            sentence[max(0, match.start() - 14) : match.start()],
            sentence[match.end() :][:40],
        )
        if _EAST_NOT.match(after):
            continue
        sure = _EAST_SURE_BEFORE.search(before) or _EAST_SURE_AFTER.match(after)
        if sure or (_EAST_BEFORE.search(before) and _EAST_AFTER.match(after)):
            yield ToldBase(match.start(), match.start(), match[0])

"""Whether words name a set: a proper name rather than a description, a method or a machine."""

from __future__ import annotations

from functools import lru_cache

from provenance import lazy_re as re
from provenance.discovery.prose_lexicon import (
    GENERIC,
    KINDS,
    KNOWN_NAMES,
    LANGUAGES,
    LOWER_NAMES,
    MACHINE,
    METHOD,
    MODEL_WORD,
    NOT_A_NAME,
    OPENERS,
    SET_WORD,
    TASK,
)

STRAY = " \t.,;:!?-–—*_\"'“”‘’«»()[]{}=/|~<>#\u200b\u200c\ufeff"
"""Characters that never start or end a name."""
_QUANTITY = re.compile(r"[~≈<>]?\d[\d.,–-]*(?:[kmgt]i?b?|bn?|[kmg]?hz|px|bit|fps)?")
_FILE = re.compile(
    r"(?i)\.(?:csv|tsv|jsonl?|txt|py|sh|md|ipynb|html?|ya?ml|toml|pdf|bin|pth?|ckpt|safetensors|gguf|onnx)$"
)
_CODE = re.compile(
    r"[<>{}]|^\w{1,30}=\S|^(?:label|id)2(?:label|id)$|^\w+_\w+\s?[:=]|^[0-9a-f]{12,64}$|^(?:0x[0-9a-f]+|--?[a-z][\w-]+)$"
    r"|[A-Za-z](?:Tokenizer|Trainer|Loss|Optimizer|Scheduler|Processor|Pipeline|Config|Callback|Extractor|Collator)"
    r"(?:Fast|V\d)?$"
)
"""Markup, ``key: value``, a checksum, a flag, a class of a library."""
_MEASURE = re.compile(
    r"[a-z]{2,3}[-_](?:[A-Z]{2}|[a-z]{2}|\d{3})|[kKM]?[hH]z\b.*|(?:kbps|fps|dpi)\b.*"
    r"|(?i:wer|cer|mer|per|f1|bleu|chrf\+*|comet|rouge(?:-?[12l])?|ndcg(?:@\d+)?|mrr|map|recall|precision|accuracy|auc"
    r"|auroc|iou|miou|psnr|ssim|fid|pesq|stoi|mos|perplexity|ppl|meteor|spearman|pearson|mse|rmse|mae|loss|rtf)"
)
"""A locale, a rate, a metric."""
_LICENSE = re.compile(
    r"(?i)(?:cc[-\s]?(?:by|0|zero)[\w.\s-]{0,24}|mit|apache[-\s]?(?:v?2(?:\.0)?)?|[al]?gpl[\w.\s-]{0,12}|bsd[\w.\s-]{0,12}"
    r"|odc[-\s]?by|odbl|(?:open|creativeml )\w*rail[\w-]{0,6}|mpl[-\s\d.]{0,5}|public domain|unlicense|isc)(?: licen[sc]e)?"
)
_SIZED_MODEL = re.compile(r"(?i)-(?:base|large|small|tiny|xl)\b")
_LONGEST_NAME = 160
"""Characters; what is longer is a sentence. Links have a reader of their own."""
_TOKEN = re.compile(r"[^\s()/,\[\]]+")
_SPACED = re.compile(r"[^\s/()]+")
_LETTER = re.compile(r"[^\W\d]")
_LETTERS_DIGIT = re.compile(r"[^\W\d_]{2}[-_.]?\d")
_UNDERSCORED = re.compile(r"[a-z\d]{2,30}(?:_[a-z\d]{2,30}){1,5}")
_OF_A_YEAR = re.compile(r"\b[A-Z][a-z]{3,} (?:19|20)\d\d\b")
"""A kind of material with its year ("News 2018")."""
_LOCALE = re.compile(r"\b[a-z]{2,3}[-_](?:[A-Z]{2}|[a-z]{2}|\d{3})\b")
_OPENS = re.compile(r"(?:For|With|In|On|From|To|By|As|When|If|While|Using|Per)\s")
_PREFIXED = re.compile(r"(?i)(?:pre|post|mid|top|non|age|under|over)-\d+")
_JOINTS = re.compile(r"[-_]")
_ONLY_SIZE = re.compile(r"(?i)[\d.,–-]+\s?[kmgt]?i?b?")
_ENDS_IN_METHOD = re.compile(
    r"(?i)\b(?:techniques?|methods?|scripts?|papers?|systems?|formats?|styles?|schemas?|templates?)$"
)
_ENDS_IN_MODEL = re.compile(r"(?i)\s(?:models?|checkpoints?|weights|loras?)$")
_ENDS_IN_PEOPLE = re.compile(
    r"(?i)\w\s(?:group|team|labs?|laborator(?:y|ies)|universit(?:y|ies)|institutes?|foundation|consortium|department|inc\.?|ltd\.?|gmbh)$"
)
_DONE_BY = re.compile(
    r"(?:maintain|creat|provid|develop|releas|publish|curat|host|made|writt|corrig|mentain)\w*\s(?:by|from|for|via|with)\b"
    r"|(?:[a-z]{3,14}ed|found|built|known|seen|run|done)\s(?:by|via|using|through|as|for)\b"
    r"|(?:used|obtain|designed|intended|meant|needed|required)\s(?:to|in|both|the|for)?\b"
)
_SHAPED = re.compile(r"[A-Z]-[a-z]+|[1-4][dD]|P[oO]S")
"""``X-ray``, ``T-shirt``, ``3D``, ``PoS``: capitals and digits that make no name."""


@lru_cache(maxsize=4096)
def has_proper(text: str) -> bool:
    """Whether some word is a proper name: a capital or a digit inside, and no language."""
    for word in _TOKEN.findall(text):
        if _proper_word(word.strip("\"'.:;*_-")):
            return True
    return KNOWN_NAMES.search(text) is not None or _OF_A_YEAR.search(text) is not None


@lru_cache(maxsize=4096)
def _proper_word(word: str) -> bool:
    low = word.lower().removesuffix("'s").removesuffix("’s")
    if _QUANTITY.fullmatch(low):
        return False
    if (
        _PREFIXED.fullmatch(word)
        or _SHAPED.fullmatch(word)
        or len(word) < 2
        or low in LANGUAGES
        or low in GENERIC
        or low in KINDS
        or not _LETTER.search(word)
    ):
        return False
    if word[0].isupper() or any(c.isupper() for c in word[1:]):
        return not (word[0].isupper() and low in OPENERS)
    return (
        bool(_LETTERS_DIGIT.search(word) or _UNDERSCORED.fullmatch(word))
        or not LOWER_NAMES.isdisjoint(_JOINTS.split(low))
        or (not word.isascii() and word.upper() == word.lower())
    )


@lru_cache(maxsize=4096)
def is_informative(name: str) -> bool:
    """Whether any word says more than that there is data in some language."""
    words = [w.lower().strip(STRAY) for w in _SPACED.findall(name)]
    return any(
        len(w) > 1 and w not in GENERIC and w not in LANGUAGES and not w.isdigit() for w in words
    )


@lru_cache(maxsize=4096)
def is_no_set(name: str, says_set: bool) -> bool:
    """Whether a phrase names a machine, a method, a task or a model rather than data."""
    if name.count("(") != name.count(")") or NOT_A_NAME.match(name) or _is_written_otherwise(name):
        return True
    if MACHINE.search(name) or (METHOD.search(name) and not says_set):
        return True
    if MODEL_WORD.search(name) and (not says_set or _SIZED_MODEL.search(name)):
        return True
    if _ENDS_IN_PEOPLE.search(name) and not SET_WORD.search(name):
        return True
    if _ENDS_IN_METHOD.search(name) or (_ENDS_IN_MODEL.search(name) and not SET_WORD.search(name)):
        return True
    if "et al" in name or _DONE_BY.match(name) or _OPENS.match(name):
        return True
    task = TASK.search(name)
    return task is not None and (not says_set or task.start() == 0)


def _is_written_otherwise(name: str) -> bool:
    """Whether it has the form of a size, a file, code, a measure, a license or a locale."""
    if not 1 < len(name) <= _LONGEST_NAME or not _LETTER.search(name):
        return True
    if _ONLY_SIZE.fullmatch(name) or _FILE.search(name) or _CODE.search(name):
        return True
    if _MEASURE.fullmatch(name) or _LICENSE.fullmatch(name):
        return True
    return _LOCALE.search(name) is not None and not has_proper(_LOCALE.sub(" ", name))

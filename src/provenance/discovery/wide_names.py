"""Names of sets in Chinese, Japanese and Korean text.

Links, Latin words, what stands in quotes, and words with "corpus" or "dataset" behind them
(``百鸟语料库``, ``鳥類コーパス``, ``새소리 말뭉치``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance import lazy_re as re
from provenance.discovery.document import MARKS, Passage
from provenance.discovery.name_words import tidy
from provenance.discovery.prose_items import NamedSet, named_in
from provenance.knowledge import read_words

_LONGEST_DESCRIPTION = 160
_WIDE_SET = re.compile(r"数据|數據|语料|語料|データ|コーパス|데이터|말뭉치")
_WIDE_STOP = re.compile(r"[，。；;、（(]")
_WIDE_NAME = re.compile(
    rf"[「『《“](?P<quoted>[^」』》”]{{2,40}})[」』》”]|[{MARKS}]"
    r"|(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_.+/-]+(?:[ ][A-Za-z0-9][A-Za-z0-9_.+/-]*){0,4}"
)
_WIDE_NO_SET = re.compile(
    r"\W{0,3}(?:\([^()]{0,40}\))?\W{0,4}(?:系统|框架|方法|模型|管道|蒸馏|技术|工具|について|などの|を除|以外|モデル|システム|手法|모델|을 기반|를 기반|기반)"
)
"""Behind a name: it is a system, a method or a model."""
_CALLED = re.compile(
    r"(?P<name>[\u30a0-\u30ff\u3400-\u9fff]{2,20}|[\uac00-\ud7af]{2,12}\s?)"
    r"(?P<kind>语料库|語料庫|语料集|数据集|數據集|コーパス|データセット|말뭉치|코퍼스)"
)
"""A name with what says that it is a set's; Japanese ones end at hiragana."""
_LEADS_UP = re.compile(
    r"(?:[在于於用以为為对對与與及和从從将將把是过過的作]|基于|使用|利用|采用|来自|包括|包含|通过|以及|名为)"
)
"""Words before a Chinese name that are no part of it."""
_GENERAL_WORDS = frozenset(read_words("discovery", "wide_general"))
"""Words that say of what kind a set is, and do not name it."""


def wide_names(passage: Passage, phrase: str) -> list[NamedSet]:
    """Names in Chinese, Japanese or Korean text: links, Latin words, what stands in quotes.

    Without any, the phrase up to its first stop describes the data.
    """
    sets = []
    says = bool(_WIDE_SET.search(phrase))
    for match in _WIDE_NAME.finditer(phrase):
        if _WIDE_NO_SET.match(phrase[match.end() :][:24]):
            continue
        part = match["quoted"] or match[0]
        named = named_in(passage, part)
        if match["quoted"] and (named is None or not named.proper):
            named = NamedSet(part.strip(), None, None, True, says, part)
        if named is not None and named.proper:
            sets.append(replace(named, says_set=named.says_set or says))
    if not any(mark.url for mark in passage.marks):  # else links name them, and words do again
        sets += _called(phrase, [n.name for n in sets])
    if sets or not says:
        return sets
    words = tidy(passage.words(_WIDE_STOP.split(phrase)[0]))
    return (
        [NamedSet(words, None, None, False, True, words)]
        if 1 < len(words) < _LONGEST_DESCRIPTION
        else []
    )


def _called(phrase: str, known: list[str]) -> Iterator[NamedSet]:
    """Names with "corpus" or "dataset" behind them that are more than words for a kind."""
    for match in _CALLED.finditer(phrase):
        leads = [m.end() for m in _LEADS_UP.finditer(match["name"]) if m.end() < len(match["name"])]
        name = match["name"][max(leads, default=0) :].strip()
        if len(name) < _SHORTEST or _is_general(name) or any(name in k for k in known):
            continue
        whole = f"{match['name'][match['name'].index(name) :]}{match['kind']}"
        yield NamedSet(whole, None, None, True, True, whole)


_SHORTEST = 2
_LONGEST_WORD = 4


def _is_general(name: str) -> bool:
    """Whether ``name`` is made of words for a kind alone, the longest first."""
    at = 0
    while at < len(name):
        sizes = range(min(_LONGEST_WORD, len(name) - at), 0, -1)
        size = next((n for n in sizes if name[at : at + n] in _GENERAL_WORDS), 0)
        if not size and not name[at].isspace() and not name[at].isdigit():
            return False
        at += size or 1
    return True

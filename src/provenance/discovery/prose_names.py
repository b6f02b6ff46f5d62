"""Names of sets in a phrase: what stands after "trained on", in a list item, after a colon."""

from __future__ import annotations

from dataclasses import replace

from provenance import lazy_re as re
from provenance.discovery.document import MARKS, Passage
from provenance.discovery.name_words import (
    ARTICLE,
    GLUE,
    tidy,
    without_size,
    without_sizes,
)
from provenance.discovery.prose_items import PARENTHESES, PRIVATE, NamedSet, named_in
from provenance.discovery.prose_lexicon import (
    KNOWN_NAMES,
    LOWER_NAMES,
    SET_WORD,
)
from provenance.discovery.prose_words import STRAY, has_proper, is_informative
from provenance.discovery.wide_names import wide_names

_SEPARATOR = re.compile(
    r"\s{0,3}(?:,\s{0,3}(?:and|as well as|plus|or|und|et|y|e)\s{1,3}|[,;]\s{1,3}|,(?=[A-Z][a-z])"
    r"|\s(?:and|or|as well as|plus|along with|together with|und|et|y)\s{1,3}(?:on\s{1,3})?(?=\S)"
    r"|\s(?:\+|&)\s)\s{0,3}"
)
_COUNTED_IN_PLACES = re.compile(
    r"\d[\d,.]{0,12}\+? (?:[a-z]{2,20} ){0,3}(?:patients|subjects|participants|donors|volunteers|children"
    r"|adults|men|women|people|speakers|animals|mice|rats|monkeys|cats|dogs|hospitals|sites|centers|centres"
    r"|clinics|schools|villages|cities|countries|states|regions|farms|fields|plots)"
    r" (?:in|at|from|of|across) [A-Z]"
)
"""Whom or what is counted, and where: "40 patients in Bern, Basel and Zug" are no three sets."""
_FROM_THE = re.compile(r"(?i)^(?:from|of|in|with|on|using)\s+")
_OPENER = re.compile(
    r"(?i)\s(?:compris\w{1,3}(?: of)?|consisting of|composed of|made (?:up )?of|including|such as"
    r"|namely|mainly from|collected from)[\s:]{1,3}|:\s{1,3}"
)
_EXAMPLES = re.compile(r"(?i)^\s+(?:including|such as|namely)\b")
_APPOSITION = re.compile(r"(?:[Aa]n?\s[a-z\s-]+|all\b.*|each\b.*|but\b.*|not\b.*)$")
_ACRONYM_AFTER = re.compile(r"([\w ,&/-]{5,120}?)\s\(([A-Z][\w&.-]{1,14})\)")
_LONGEST_DESCRIPTION = 160
"""Characters; what is longer is told in clauses, which the reader of descriptions reads."""
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SIZED_OR_FREE = re.compile(
    r"(?i)(?:^|,\s?)\s{0,2}(?:[~≈]?\d[\d.,]{0,15}\s?[a-z]{1,12}|cc[- ]by[\w .-]*|cc0|mit|apache[\w .-]*|public domain|licen\w+[^,]*)(?=,|$)"
)
"""A size or a license among what stands in parentheses: that tells of the name before it."""
_CITED = re.compile(r"\bet\.? al\b|\b(?:19|20)\d\d[a-z]?(?:$|[;,)])")
"""In parentheses: who wrote of it, and when."""
_BRACKETS = re.compile(r"\s?\[[^\]\[]{2,120}(?:19|20)\d\d[a-z]?\]")
_DEEPEST = 2
"""Lists within lists that are opened."""
_WRITTEN_AS_SET = re.compile(r"[a-z][A-Z]|[^\W\d_]{2}[-_]?\d|[A-Z]-[A-Z]|[A-Z]{2}|_|/")
_EXPANDS = re.compile(
    r"(?i)^\s*(?:i\.e\.?|e\.g\.?|namely|such as|including|like|mainly|e\.g\.,|:)[,:\s]*"
)


_COUNTS_SETS = re.compile(
    r"(?i)\b(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|several|many|multiple|various"
    r"|different|following) (?:[\w-]{1,20} ){0,3}(?:data-?\s?sets|corpora|sources|collections)\s{0,3}$"
)
"""Before a list: it counts what the list names ("pairs from 4 NLI datasets: …")."""
_OPENS_NOTHING = re.compile(r"(?i)\s(?:namely|including|such as)[\s:-]{0,9}$")
"""A word that opens a list, where the list stands behind a dash or on lines of its own."""


_LEFT_OUT = re.compile(
    r"(?i)(?:^|(?<=[,;(]))\s{0,3}(?:but )?(?:no|none of|excluding|except(?: for)?|leaving out)\s"
    r"[^,;()]{2,120}"
)
"""An item that says what is not among the data, with what "or" joins to it."""


_POINTER = re.compile(r"(?i)\((?:see|cf|more|details|described)\b[^()]{0,300}\)")
"""Where more is to be read."""
_TOLD_BY = re.compile(
    r"(?i)\s(?:(?:was|were|is|are|first) ){0,2}(?:presented|introduced|proposed|published|described|authored|written)"
    r"\s(?:in|by|at)\s.*"
)
"""Who wrote of it, and where."""


def names_in(passage: Passage, phrase: str, depth: int = 0) -> list[NamedSet]:
    """Sets named in ``phrase``, part of ``passage.text``; generic items of a list make one.

    ``various sources (books, news and the Swedish Wikipedia)`` gives ``Swedish Wikipedia`` and
    the whole phrase, which describes the rest.
    """
    if _WIDE.search(phrase):
        return wide_names(passage, phrase)
    phrase = _bare_address_after_colon(passage, _BRACKETS.sub("", phrase))
    phrase = _LEFT_OUT.sub(" ", _OPENS_NOTHING.sub("", _POINTER.sub(" ", phrase)))
    phrase = _TOLD_BY.sub("", phrase)
    head, after = _list_after_opener(phrase) if depth < _DEEPEST else (phrase, "")
    if after and not (
        _EXAMPLES.search(phrase[len(head) :][:12]) and has_proper(passage.words(head))
    ):
        inner = names_in(passage, after, depth + 1)
        if any(n.proper for n in inner):
            says = bool(SET_WORD.search(head))
            named = () if _COUNTS_SETS.search(head) else names_in(passage, head, depth + 1)
            before = [n for n in named if n.proper]
            return before + [
                replace(n, says_set=n.says_set or says) for n in inner if n.proper or not before
            ]
        if not has_proper(passage.words(head)):
            return _described(passage, phrase, inner)
        phrase = head
    elif after:
        phrase = head
    if _COUNTED_IN_PLACES.match(phrase):
        return _described(passage, phrase, [])
    phrase, lists = _open_parentheses(passage, _keep_spelled_out(phrase))
    says = bool(SET_WORD.search(phrase))
    items = [n for part in _split(phrase) if (n := named_in(passage, part))]
    inner = [
        replace(n, says_set=n.says_set or says)
        for part in lists
        for p in _split(part)
        if (n := named_in(passage, p))
    ]
    proper = [n for n in (*items, *inner) if n.proper]
    plain = [n for n in (inner or items) if not n.proper]
    if not plain or (proper and re.search(r"\s(?:or|either)\s", f" {phrase}")):
        return proper
    if len(_split(phrase)) == 1 and not inner:
        return proper + plain
    whole = f"{phrase} ({', '.join(n.name for n in plain)})" if lists else phrase
    if len(proper) > (len(plain) if lists else 0):
        whole = ", ".join(n.name for n in plain)
    return proper + _described(passage, whole, plain)


def _bare_address_after_colon(passage: Passage, phrase: str) -> str:
    """Make one name of "the X dataset: https://…", which is no list."""
    return re.sub(
        rf":\s+(?=[{MARKS}]\W*$)",
        lambda m: " " if "://" in passage.mark(phrase[m.end()]).text else m[0],
        phrase,
    )


def _described(passage: Passage, phrase: str, items: list[NamedSet]) -> list[NamedSet]:
    """One set that is only described, by the whole phrase."""
    words = passage.words(phrase)
    name = ARTICLE.sub("", tidy(PARENTHESES.sub(without_sizes, words)))
    name = tidy(ARTICLE.sub("", tidy(_FROM_THE.sub("", without_size(name)))))
    if not is_informative(name) or len(name) > _LONGEST_DESCRIPTION:
        return []
    says = any(n.says_set for n in items) or bool(SET_WORD.search(words))
    return [NamedSet(name, None, None, False, says, words)]


def _list_after_opener(phrase: str) -> tuple[str, str]:
    """What stands before and after "comprising", "including", a colon …; after is empty if none."""
    opener = _OPENER.search(phrase)
    if opener is None or "(" in phrase[: opener.start()]:
        return phrase, ""
    return phrase[: opener.start()], phrase[opener.end() :]


def _keep_spelled_out(phrase: str) -> str:
    """Protect "Natural Language and Vision (NLaV)" from being cut at its conjunction."""
    if "(" not in phrase:
        return phrase
    for match in _ACRONYM_AFTER.finditer(phrase):
        initials = [c.lower() for c in match[2] if c.isupper()]
        words = match[1].split()
        capitals = [w[0].lower() for w in words if w[0].isupper()]
        if len(initials) > 1 and capitals[-2:] and capitals[-1] == initials[-1]:
            start = max(0, len(words) - 2 * len(initials) - 1)
            kept = words[start:]
            while kept and not kept[0][0].isupper():
                kept = kept[1:]
            spelled = " ".join(kept)
            phrase = phrase.replace(spelled, spelled.replace(" ", GLUE).replace(",", ""), 1)
    return phrase


def _open_parentheses(passage: Passage, phrase: str) -> tuple[str, list[str]]:
    """``phrase`` without parentheses that hold a list of sets, and those lists."""
    lists: list[str] = []

    def opened(match: re.Match[str]) -> str:
        inner = match[1]
        if _CITED.search(inner):
            return match[0]
        opener = _EXPANDS.match(inner)
        many = len(PRIVATE.findall(inner)) > 1 or inner.count(",") > 1
        before = match.string[: match.start()].rstrip()
        linked = PRIVATE.fullmatch(before[-1:]) and passage.mark(before[-1]).url
        if linked and not opener and not PRIVATE.search(inner):
            return match[0]
        generic = not PRIVATE.search(before[-1:]) and not has_proper(before.rpartition(",")[2])
        if not opener and not generic and not _holds_sets(inner):
            return match[0]
        if not opener and not generic and _SIZED_OR_FREE.search(inner):
            return match[0]
        if (opener or many) and (generic or inner.count(",") > 1):
            lists.append(inner[opener.end() :] if opener else inner)
            return " "
        return match[0]

    return PARENTHESES.sub(opened, phrase), lists


def _holds_sets(inner: str) -> bool:
    """Whether most of what stands in the parentheses behind a name is written as sets' names are.

    Else it tells of the set: its regions, dialects, languages, authors.
    """
    items = [item for item in _INNER_COMMA.split(inner) if item.strip()]
    named = [i for i in items if PRIVATE.search(i) or _WRITTEN_AS_SET.search(i) or _is_known(i)]
    return 2 * len(named) >= len(items)


_INNER_COMMA = re.compile(r",|;|\sand\s|\s\+\s")


def _is_known(item: str) -> bool:
    """Whether card writers know a name as a set's even in lower case ("Wikipedia")."""
    words = [w.strip(STRAY).lower() for w in item.split()]
    return KNOWN_NAMES.search(item) is not None or not LOWER_NAMES.isdisjoint(words)


def _split(phrase: str) -> list[str]:
    """``phrase`` at its commas and conjunctions, outside parentheses, without appositions."""
    parts, start, depth, last = [], 0, 0, 0
    for match in _SEPARATOR.finditer(phrase):
        between = phrase[last : match.start()]
        depth = max(0, depth + between.count("(") - between.count(")"))
        last = match.start()
        if depth:
            continue
        parts.append(phrase[start : match.start()])
        start = match.end()
    parts.append(phrase[start:])
    return [p for i, p in enumerate(parts) if p.strip() and not (i and _APPOSITION.match(p))]

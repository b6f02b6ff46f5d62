"""Names of sets in a phrase: what stands after "trained on", in a list item, after a colon."""

from __future__ import annotations

from dataclasses import dataclass, replace

from provenance import lazy_re as re
from provenance.discovery.document import MARKS, Mark, Passage
from provenance.discovery.name_words import (
    ARTICLE,
    GLUE,
    bare_name,
    tidy,
    without_size,
    without_sizes,
)
from provenance.discovery.prose_lexicon import (
    LANGUAGES,
    NOT_DATA_HOST,
    PAPER_HOST,
    SET_WORD,
)
from provenance.discovery.prose_words import STRAY, has_proper, is_informative, is_no_set
from provenance.refs import RepoKind, parse_hub_url

_PRIVATE = re.compile(f"[{MARKS}]")
_SEPARATOR = re.compile(
    r"\s{0,3}(?:,\s{0,3}(?:and|as well as|plus|or|und|et|y|e)\s{1,3}|[,;]\s{1,3}"
    r"|\s(?:and|or|as well as|plus|along with|together with|und|et|y)\s{1,3}(?:on\s{1,3})?(?=\S)"
    r"|\s(?:\+|&)\s)\s{0,3}"
)
_PARENTHESES = re.compile(r"\(([^()]{0,600})\)")
_FROM_THE = re.compile(r"(?i)^(?:from|of|in|with|on|using)\s+")
_OPENER = re.compile(
    r"(?i)\s(?:compris\w{1,3}(?: of)?|consisting of|composed of|made (?:up )?of|including|such as"
    r"|namely|mainly from|collected from)[\s:]{1,3}|:\s{1,3}"
)
_EXAMPLES = re.compile(r"(?i)^\s+(?:including|such as|namely)\b")
_APPOSITION = re.compile(r"(?:[Aa]n?\s[a-z\s-]+|all\b.*|each\b.*|but\b.*|not\b.*)$")
_ACRONYM_AFTER = re.compile(r"([\w ,&/-]{5,120}?)\s\(([A-Z][\w&.-]{1,14})\)")
_OWNED = re.compile(r"[A-Za-z0-9][\w.-]{2,95}/(?=[\w.-]{0,95}[_-])[\w.-]{1,95}")
_ONE_WORD = re.compile(r"[A-Z][a-z]+")
_NUMBERED = re.compile(r"[A-Z][^\d]{0,20}\d")
_LONGEST_DESCRIPTION = 160
"""Characters; what is longer is told in clauses, which the reader of descriptions reads."""
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
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
_MODEL = re.compile(
    rf"(?i)[{MARKS}]\s?(?:base |language )?(?:model|checkpoint|weights|tokenizer|library|framework|repo(?:sitory)?|script)s?\b"
)
_SIZED_OR_FREE = re.compile(
    r"(?i)(?:^|,\s?)\s{0,2}(?:[~≈]?\d[\d.,]{0,15}\s?[a-z]{1,12}|cc[- ]by[\w .-]*|cc0|mit|apache[\w .-]*|public domain|licen\w+[^,]*)(?=,|$)"
)
"""A size or a license among what stands in parentheses: that tells of the name before it."""
_PART_AFTER = re.compile(
    rf"[{MARKS}]\s(?:sub-?sets?|splits?|config\w*|partitions?|portions?|tables?|columns?|fields?)\b"
)
_CITED = re.compile(r"\bet\.? al\b|\b(?:19|20)\d\d[a-z]?(?:$|[;,)])")
"""In parentheses: who wrote of it, and when."""
_BRACKETS = re.compile(r"\s?\[[^\]\[]{2,120}(?:19|20)\d\d[a-z]?\]")
_DEEPEST = 2
"""Lists within lists that are opened."""
_QUALIFIED = re.compile(r"\s(?:of|from|on|for|из|covering|containing|called|named)\s+(?:the\s+)?")
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&.-]{1,14}$")
_GENERIC_LINK = re.compile(
    r"(?i)^(?:the |this |our |that )?(?:here|link|this|paper|data-?\s?sets?|corpus|corpora|data"
    r"|repo"
    r"(?:sitory)?|website|page|source|download|challenge|kaggle|github|original|provided"
    r"|shared task"
    r"|training data|training set|these|github repo)$"
)
_EXPANDS = re.compile(
    r"(?i)^\s*(?:i\.e\.?|e\.g\.?|namely|such as|including|like|mainly|e\.g\.,|:)[,:\s]*"
)


@dataclass(frozen=True, slots=True)
class NamedSet:
    """One set named in a phrase."""

    name: str
    url: str | None
    id: str | None
    """Hub dataset id written there as a link or literally."""
    proper: bool
    """Whether a proper name or link names it; else the phrase only describes the data."""
    says_set: bool
    """Whether the phrase itself says dataset, corpus, data …"""
    around: str
    """The words it was read from, with sizes, marks written out."""
    alias: str = ""
    """An abbreviation given beside the name."""


def names_in(passage: Passage, phrase: str, depth: int = 0) -> list[NamedSet]:
    """Sets named in ``phrase``, part of ``passage.text``; generic items of a list make one.

    ``various sources (books, news and the Swedish Wikipedia)`` gives ``Swedish Wikipedia`` and
    the whole phrase, which describes the rest.
    """
    if _WIDE.search(phrase):
        return _wide_names(passage, phrase)
    phrase = _bare_address_after_colon(passage, _BRACKETS.sub("", phrase))
    head, after = _list_after_opener(phrase) if depth < _DEEPEST else (phrase, "")
    if after and not (
        _EXAMPLES.search(phrase[len(head) :][:12]) and has_proper(passage.words(head))
    ):
        inner = names_in(passage, after, depth + 1)
        if any(n.proper for n in inner):
            says = bool(SET_WORD.search(head))
            before = [n for n in names_in(passage, head, depth + 1) if n.proper]
            return before + [
                replace(n, says_set=n.says_set or says) for n in inner if n.proper or not before
            ]
        if not has_proper(passage.words(head)):
            return _described(passage, phrase, inner)
        phrase = head
    elif after:
        phrase = head
    phrase, lists = _open_parentheses(passage, _keep_spelled_out(phrase))
    says = bool(SET_WORD.search(phrase))
    items = [n for part in _split(phrase) if (n := _named(passage, part))]
    inner = [
        replace(n, says_set=n.says_set or says)
        for part in lists
        for p in _split(part)
        if (n := _named(passage, p))
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


def _wide_names(passage: Passage, phrase: str) -> list[NamedSet]:
    """Names in Chinese, Japanese or Korean text: links, Latin words, what stands in quotes.

    Without any, the phrase up to its first stop describes the data.
    """
    found = []
    says = bool(_WIDE_SET.search(phrase))
    for match in _WIDE_NAME.finditer(phrase):
        if _WIDE_NO_SET.match(phrase[match.end() :][:24]):
            continue
        part = match["quoted"] or match[0]
        named = _named(passage, part)
        if match["quoted"] and (named is None or not named.proper):
            named = NamedSet(part.strip(), None, None, True, says, part)
        if named is not None and named.proper:
            found.append(replace(named, says_set=named.says_set or says))
    if found or not says:
        return found
    words = tidy(passage.words(_WIDE_STOP.split(phrase)[0]))
    return (
        [NamedSet(words, None, None, False, True, words)]
        if 1 < len(words) < _LONGEST_DESCRIPTION
        else []
    )


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
    name = ARTICLE.sub("", tidy(_PARENTHESES.sub(without_sizes, words)))
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
        many = len(_PRIVATE.findall(inner)) > 1 or inner.count(",") > 1
        before = match.string[: match.start()].rstrip()
        linked = _PRIVATE.fullmatch(before[-1:]) and passage.mark(before[-1]).url
        if linked and not opener and not _PRIVATE.search(inner):
            return match[0]
        generic = not _PRIVATE.search(before[-1:]) and not has_proper(before.rpartition(",")[2])
        if not opener and not generic and _SIZED_OR_FREE.search(inner):
            return match[0]
        if (opener or many) and (generic or inner.count(",") > 1):
            lists.append(inner[opener.end() :] if opener else inner)
            return " "
        return match[0]

    return _PARENTHESES.sub(opened, phrase), lists


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


def _named(passage: Passage, part: str) -> NamedSet | None:
    """The set that one item of a phrase names, if it names one."""
    alias = ""
    for match in _PARENTHESES.finditer(passage.words(part)):
        inside = match[1].strip()
        if _ACRONYM.fullmatch(inside) and inside.lower() not in LANGUAGES:
            alias = inside
    bare = _PARENTHESES.sub(" ", part)
    inside = _name_inside(passage, part, bare)
    if inside:
        bare, alias = inside, ""
    around = passage.words(part)
    says_set = bool(SET_WORD.search(around))
    marks = [passage.mark(m) for m in _PRIVATE.findall(bare)] or [
        passage.mark(m) for m in _PRIVATE.findall(part)
    ]
    if _MODEL.search(bare):
        return None
    for mark in marks:
        named = _from_mark(passage, mark, bare, around, says_set, alias)
        if named is not None:
            return named
    named = _from_words(passage, bare, around, says_set, alias, _first_url(marks))
    plain = named is None or not named.proper or _ONE_WORD.fullmatch(named.name)
    if plain and _NUMBERED.search(alias) and says_set:
        return NamedSet(alias, _first_url(marks), None, True, says_set, around)
    return named


def _name_inside(passage: Passage, part: str, bare: str) -> str:
    """The name in parentheses behind words for its kind: "news (OwlPost)"; empty if none.

    Initials of those words, a citation and a size are no name.
    """
    outside = without_size(passage.words(bare).strip())
    found = _PARENTHESES.findall(part)
    if len(found) != 1 or has_proper(outside) or not _KIND_ONLY.fullmatch(outside.strip()):
        return ""
    words = passage.words(found[0])
    capitals = [c.lower() for c in words if c.isupper()]
    initials = [w[0].lower() for w in outside.split()]
    named = has_proper(words) and not _NO_NAME_INSIDE.search(words)
    return found[0] if named and capitals[:2] != initials[:2] else ""


_KIND_ONLY = re.compile(r"(?:[^\W\d_][\w-]{1,20}\s?){1,4}")
_NO_NAME_INSIDE = re.compile(
    r"(?i)\b(?:et al|19\d\d|20\d\d)\b|\be\.g|\bi\.e|^\d|[,;=]|\b(?:is|are|was|see|only|from|with|by|in)\b"
)


def _first_url(marks: list[Mark]) -> str | None:
    """Address a plain name is linked by ("the dataset, see [here](…)")."""
    return next(
        (m.url for m in marks if m.url and not NOT_DATA_HOST.search(m.url) and _is_data_url(m.url)),
        None,
    )


def _is_data_url(url: str) -> bool:
    ref = parse_hub_url(url)
    return ref is None or ref.kind is RepoKind.DATASET


def _from_mark(
    passage: Passage, mark: Mark, bare: str, around: str, says_set: bool, alias: str
) -> NamedSet | None:
    url = mark.url
    if url is not None and (NOT_DATA_HOST.search(url) or not _is_data_url(url)):
        return None
    text = mark.text
    if mark.code and (not _code_name(text) or _is_part(passage, bare)):
        return None
    ref = parse_hub_url(url) if url else None
    dataset_id = ref.id if ref is not None and ref.kind is RepoKind.DATASET else None
    if _GENERIC_LINK.match(text) or ("://" in text and bare.strip(STRAY) != bare[-1:]):
        words = _from_words(passage, bare, around, says_set, alias, url)
        if words is not None and words.proper:
            return words
        if dataset_id is None and (url is None or PAPER_HOST.search(url)):
            return None
        name = dataset_id or url or text
        return NamedSet(name, url, dataset_id, True, says_set, around)
    name = (dataset_id or text) if "://" in text else bare_name(text)
    if not name or (dataset_id is None and is_no_set(name, says_set or _own_page(name, url))):
        return None
    linked = url is not None and not PAPER_HOST.search(url) and " " in name
    if not (linked or "://" in name or is_informative(name) or (says_set and not mark.code)):
        return None
    return NamedSet(name, url, dataset_id, True, says_set, around, alias)


def _is_part(passage: Passage, bare: str) -> bool:
    """Whether code beside a name is a part of it: "OwlCrawl `dedup_nl`", "the `nl` subset"."""
    outside = _PRIVATE.sub(" ", bare)
    return _PART_AFTER.search(bare) is not None or has_proper(outside)


def _own_page(name: str, url: str | None) -> bool:
    """Whether a proper name is linked to something other than a paper."""
    return url is not None and not PAPER_HOST.search(url) and has_proper(name)


def _code_name(text: str) -> bool:
    return (
        len(text) <= 60
        and re.search(r"[^\W\d_]{2}", text) is not None
        and not re.search(r"[=(){}<>$;\\]|^-|^\.{0,2}/\w|--", text)
    )


def _shown(mark: Mark) -> str:
    """A mark's words as part of a name; none for addresses, options and models."""
    if "://" in mark.text or _GENERIC_LINK.match(mark.text):
        return ""
    if (mark.code and not _code_name(mark.text)) or (mark.url and not _is_data_url(mark.url)):
        return ""
    return mark.text


def _from_words(
    passage: Passage, bare: str, around: str, says_set: bool, alias: str, url: str | None
) -> NamedSet | None:
    text = _PRIVATE.sub(lambda m: f" {_shown(passage.mark(m[0]))} ", bare)
    pieces = _QUALIFIED.split(f" {text} ")
    name = bare_name(text)
    for piece in reversed(pieces):
        candidate = bare_name(piece)
        if (
            len(pieces) > 1
            and candidate
            and has_proper(candidate)
            and not is_no_set(candidate, bool(SET_WORD.search(piece)))
        ):
            name = candidate
            break
    if not name or is_no_set(name, says_set):
        return None
    proper = has_proper(name) or _OWNED.fullmatch(name.partition(" ")[0]) is not None
    if not proper and not is_informative(name):
        return None
    return NamedSet(name, url, None, proper, says_set, around, alias)

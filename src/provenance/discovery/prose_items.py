"""One item of a phrase as the name of a set: a link, a code span or words."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.discovery.document import MARKS, Mark, Passage
from provenance.discovery.name_words import (
    bare_name,
    without_size,
)
from provenance.discovery.prose_lexicon import (
    LANGUAGES,
    NOT_DATA_HOST,
    PAPER_HOST,
    SET_WORD,
)
from provenance.discovery.prose_words import STRAY, has_proper, is_informative, is_no_set
from provenance.frozen import frozen
from provenance.refs import RepoKind, parse_hub_url

PRIVATE = re.compile(f"[{MARKS}]")
PARENTHESES = re.compile(r"\(([^()]{0,600})\)")
_OWNED = re.compile(r"[A-Za-z0-9][\w.-]{2,95}/(?=[\w.-]{0,95}[_-])[\w.-]{1,95}")
_ONE_WORD = re.compile(r"[A-Z][a-z]+")
_NUMBERED = re.compile(r"[A-Z][^\d]{0,20}\d")
_MODEL = re.compile(
    rf"(?i)[{MARKS}]\s?(?:base |language )?"
    r"(?:model|checkpoint|weights|tokenizer|library|framework|repo(?:sitory)?|script)s?\b"
)
_PART_AFTER = re.compile(
    rf"[{MARKS}]\s(?:sub-?sets?|splits?|config\w*|partitions?|portions?|tables?|columns?|fields?)\b"
)
_QUALIFIED = re.compile(r"\s(?:of|from|on|for|из|covering|containing|called|named)\s+(?:the\s+)?")
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&.-]{1,14}$")
_GENERIC_LINK = re.compile(
    r"(?i)^(?:(?:the|this|our|that|training|project|code|model|full|official) )*"
    r"(?:here|link|this|paper|data-?\s?sets?|corpus|corpora|data"
    r"|repo"
    r"(?:sitory)?|website|page|source|download|challenge|kaggle|github|original|provided"
    r"|shared task"
    r"|training data|training set|these|github repo)$"
)


@frozen
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
    alias: str | None = None
    """An abbreviation given beside the name."""
    coded: bool = False
    """Whether it is a word of code in a list of such words."""


_LANGUAGES = re.compile(r"(?i)\b(?:languages|dialects)\W{0,3}$")
"""What data is in, however many or of where ("11 African languages")."""


def named_in(passage: Passage, part: str) -> NamedSet | None:
    """The set that one item of a phrase names, if it names one."""
    part = part.partition("→")[0] or part  # what it was turned into follows
    alias = None
    for match in PARENTHESES.finditer(passage.words(part)):
        inside = match[1].strip()
        if _ACRONYM.fullmatch(inside) and inside.lower() not in LANGUAGES:
            alias = inside
    bare = PARENTHESES.sub(" ", part)
    if LANGUAGES.issuperset(bare.lower().split()):
        return None  # "Frisian (FRY)": what stands in brackets is the language's code
    inside = _name_inside(passage, part, bare)
    if inside is not None:
        bare, alias = inside, None
    around = passage.words(part)
    says_set = bool(SET_WORD.search(around))
    marks = [passage.mark(m) for m in PRIVATE.findall(bare)] or [
        passage.mark(m) for m in PRIVATE.findall(part)
    ]
    if _MODEL.search(bare) or (not marks and _LANGUAGES.search(bare)):
        return None
    for mark in marks:
        named = _from_mark(passage, mark, bare, around, says_set, alias)
        if named is not None:
            return named
    named = _from_words(passage, bare, around, says_set, alias, _first_url(marks))
    plain = named is None or not named.proper or _ONE_WORD.fullmatch(named.name)
    if plain and alias is not None and _NUMBERED.search(alias) and says_set:
        return NamedSet(alias, _first_url(marks), None, True, says_set, around)
    return named


def _name_inside(passage: Passage, part: str, bare: str) -> str | None:
    """The name in parentheses behind words for its kind: "news (OwlPost)".

    Initials of those words, a citation and a size are no name.
    """
    outside = without_size(passage.words(bare).strip())
    brackets = PARENTHESES.findall(part)
    if len(brackets) != 1 or has_proper(outside) or not _KIND_ONLY.fullmatch(outside.strip()):
        return None
    words = passage.words(brackets[0])
    capitals = [c.lower() for c in words if c.isupper()]
    initials = [w[0].lower() for w in outside.split()]
    named = has_proper(words) and not _NO_NAME_INSIDE.search(words)
    return brackets[0] if named and capitals[:2] != initials[:2] else None


_KIND_ONLY = re.compile(r"(?:[^\W\d_][\w-]{1,20}\s?){1,4}")
_NO_NAME_INSIDE = re.compile(
    r"(?i)\b(?:et al|19\d\d|20\d\d)\b|\be\.g|\bi\.e|^\d|[,;=]"
    r"|\b(?:is|are|was|see|only|from|with|by|in)\b"
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
    passage: Passage, mark: Mark, bare: str, around: str, says_set: bool, alias: str | None
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
    outside = PRIVATE.sub(" ", bare)
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


def _without_provider(text: str) -> str:
    """``text`` up to the "from" of who provides a set that was named: "OWL corpus from ACME"."""
    match = _PROVIDED.match(f" {text}")
    return match["set"] if match is not None and has_proper(bare_name(match["set"])) else text


_PROVIDED = re.compile(
    r"(?P<set>.{2,80}?\b(?:data-?\s?set|corpus|treebank))\s(?:from|by)\s(?:the\s)?[A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*){0,3}\s*$"
)


def _from_words(
    passage: Passage, bare: str, around: str, says_set: bool, alias: str | None, url: str | None
) -> NamedSet | None:
    text = PRIVATE.sub(lambda m: f" {_shown(passage.mark(m[0]))} ", bare)
    text = _without_provider(text)
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

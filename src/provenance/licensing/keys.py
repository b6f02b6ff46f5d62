"""Front-matter keys beside the license tag that speak of licenses and use.

"usage_restrictions", "terms", "copyright", "commercial_use: false", a license of one of the
``configs``, a license in a mapping that a merge (``<<``) takes over. The Hub shows none of them;
what they say narrows what the tag says. A YAML comment is no key, and is not read.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.cards.yaml_tree import Scalar, YamlMapping, YamlNode, YamlSequence
from provenance.licensing.alone import alone
from provenance.licensing.as_read import as_read
from provenance.licensing.gate import PREFIX
from provenance.licensing.limits import limits_in
from provenance.licensing.meanings import terms, union
from provenance.licensing.narrowing import STRONG
from provenance.licensing.sentence import sentences, without_names
from provenance.licensing.tags import DETAIL_KEYS, KEYS
from provenance.licensing.unread import Surroundings, condition_in, says_something
from provenance.licensing.value_words import CLOSED
from provenance.licensing.values import read_value
from provenance.licensing.who import is_research
from provenance.licensing.wording import (
    reservation_in,
    speaks_of_nothing_else,
    speaks_of_this,
)
from provenance.report.license import LicenseStatement, Meaning, Origin, Scope
from provenance.vocabulary.restrictions import Restriction

_OTHER_THINGS = frozenset(
    {
        *("model-index", "widget", "features", "train-eval-index", "datasets", "base_model"),
        *("source_datasets", "sources", "tags", "citation", "co2_eq_emissions", "metrics"),
        *("training_data", "related_datasets", "models", "language_details"),
    }
)
"""Keys below which other things are described, or columns."""
_OF_USE = re.compile(
    r"(?:^|_)(?:usage|uses?|terms?|conditions?|restrictions?|restricted|rights|copyright|access|permissions?|permitted"
    r"|prohibited|allowed|limitations?|commercial|redistribution|policy|disclaimer|notice|legal|licen[sc]e|licen[sc]ing)(?:_|$)"
)
_OF_TERMS = re.compile(r"(?:^|_)(?:terms?|conditions?|permitted|allowed|licen[sc]e|rights)(?:_|$)")
_OF_LIMITS = re.compile(r"(?:^|_)(?:restrictions?|conditions?|prohibited)(?:_|$)")
"""Keys under which nothing stands but conditions."""
_OF_ACCESS = re.compile(r"(?:^|_)(?:access|availability|visibility)(?:_|$)")
_KEPT = re.compile(
    r"\W*(?:controlled|restricted|closed|private|internal|embargo\w*|registered|limited|(?:on|by|upon)[\s_-]request)(?:[\s_-](?:access|use))?\W*",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"(?:^|_)(?:description|summary|notes?|abstract|about|comments?)(?:_|$)")
_NO = re.compile(
    r"\W*(?:false|no|off|0|never|none|not[\s_-](?:allowed|permitted)|prohibited|forbidden|denied)\W*",
    re.IGNORECASE,
)
_YES = re.compile(r"\W*(?:true|yes|on|1|required)\W*", re.IGNORECASE)
_WHEN_NO: tuple[tuple[re.Pattern[str], Restriction], ...] = (
    (re.compile(r"(?<!non_)(?<!non)(?<!no_)commercial"), Restriction.NON_COMMERCIAL),
    (re.compile(r"(?:ai|ml|llm|model)_training|train_models"), Restriction.NO_TRAINING),
    (re.compile(r"derivatives?"), Restriction.NO_DERIVATIVES),
    (re.compile(r"redistribut"), Restriction.USE_RESTRICTIONS),
)
_WHEN_YES: tuple[tuple[re.Pattern[str], Restriction], ...] = (
    (re.compile(r"non_?commercial|no_commercial"), Restriction.NON_COMMERCIAL),
    (re.compile(r"(?:research|academic)(?:_use)?_only"), Restriction.RESEARCH_ONLY),
    (
        re.compile(r"(?:internal)(?:_use)?_only|confidential|proprietary"),
        Restriction.USE_RESTRICTIONS,
    ),
    (re.compile(r"all_rights_reserved"), Restriction.ALL_RIGHTS_RESERVED),
)


def key_statements(card: Card) -> tuple[LicenseStatement, ...]:
    """What keys beside the tag say, each thing once, in the order written."""
    by_meaning: dict[tuple[object, ...], LicenseStatement] = {}
    for key, node in card.front.entries:
        name = _folded(key.text)
        if name in DETAIL_KEYS and isinstance(node, Scalar) and _unread(node.text):
            by_meaning[(name,)] = _state(card, node, Meaning.UNREAD, None, ())
        if key.text.startswith(PREFIX) or name in {*KEYS, *DETAIL_KEYS, "license_link"}:
            continue
        for statement in _below(card, (key,), node, inner=False):
            same = (statement.expression, statement.restrictions, statement.part)
            by_meaning.setdefault(same, statement)
    return tuple(by_meaning.values())


def _folded(key: str) -> str:
    return re.sub(r"[\s-]+", "_", key.strip().lower())


def _below(
    card: Card, path: tuple[Scalar, ...], node: YamlNode, inner: bool
) -> Iterator[LicenseStatement]:
    """Statements of a key's value; ``inner``: below another key."""
    if path[-1].text in _OTHER_THINGS:
        return
    match node:
        case Scalar():
            if not node.is_null:
                yield from _value(card, path, node, inner)
        case YamlSequence(items=items):
            first = next((item for item in items if isinstance(item, Scalar)), None)
            if first is not None and _all_research(path, items):
                yield _state(card, first, Meaning.RESTRICTS, None, (Restriction.RESEARCH_ONLY,))
            for item in items:
                yield from _below(card, path, item, inner)
        case YamlMapping(entries=entries):
            named = _name_of(node)
            for key, value in entries:
                above = (*path[:-1], named) if named is not None else path
                yield from _below(card, (*above, key), value, inner=True)


_ALLOWED = re.compile(r"(?:^|_)(?:allowed|permitted)(?:_|$)")


def _all_research(path: tuple[Scalar, ...], items: tuple[YamlNode, ...]) -> bool:
    """Whether a list of allowed uses holds kinds of research only."""
    texts = [item.text for item in items if isinstance(item, Scalar)]
    allowed = _ALLOWED.search("_".join(_folded(key.text) for key in path)) is not None
    return allowed and len(texts) == len(items) and all(map(is_research, texts))


def _name_of(node: YamlMapping) -> Scalar | None:
    """The name of what a mapping describes: a configuration, a split."""
    for key in ("config_name", "name", "split"):
        value = node.get(key)
        if isinstance(value, Scalar):
            return value
    return None


def _value(
    card: Card, path: tuple[Scalar, ...], node: Scalar, inner: bool
) -> Iterator[LicenseStatement]:
    name = _folded(path[-1].text)
    if inner and name in KEYS:
        if path[0].text == "dataset_info" or card.repo.startswith("models/"):
            return
        meant = read_value(node.text)
        merged = path[-2].text == "<<"
        if meant.meaning is not Meaning.PLACEHOLDER and not (merged and card.get(*KEYS)):
            limits = union([meant.restrictions, terms(meant.expression)])
            part = None if merged else path[-2].text[:120]
            yield _state(card, node, meant.meaning, meant.expression, limits, part)
        return
    whole = "_".join(_folded(key.text) for key in path)
    closing = _OF_LIMITS.search(whole) is not None and says_something(as_read(node.text))
    closing |= _OF_ACCESS.search(whole) is not None and _KEPT.fullmatch(node.text) is not None
    unread = closing or (_OF_USE.search(whole) is not None and _unread(node.text))
    if unread and not _terms_of(whole, name, node.text):
        yield _state(card, node, Meaning.UNREAD, None, ())
    for term in _terms_of(whole, name, node.text):
        reserved = term is Restriction.ALL_RIGHTS_RESERVED
        yield _state(card, node, Meaning.RESERVES if reserved else Meaning.RESTRICTS, None, (term,))


def _unread(written: str) -> bool:
    """Whether a value sets a condition that no rule understands."""
    return any(
        condition_in(without_names(sentence), Surroundings.TERMS)
        for _, sentence in sentences(as_read(written))
    )


def _terms_of(path: str, name: str, written: str) -> tuple[Restriction, ...]:
    """Terms of a value under a key."""
    text = as_read(written)
    if _NO.fullmatch(text):
        return tuple(term for pattern, term in _WHEN_NO if pattern.search(path))
    if _YES.fullmatch(text):
        return tuple(term for pattern, term in _WHEN_YES if pattern.search(path))
    restrictions: set[Restriction] = set()
    if _OF_USE.search(path):
        restrictions.update(alone(text))
        closed = CLOSED.get(text.strip().lower()) if _OF_TERMS.search(path) else None
        restrictions.update(() if closed is None else (closed,))
        for _, sentence in sentences(text):
            limits = limits_in(without_names(sentence), licensing=True)
            restrictions.update(limits.restrictions if limits is not None else ())
            reserved = reservation_in(sentence)
            if reserved is not None and reserved.everything:
                restrictions.add(Restriction.ALL_RIGHTS_RESERVED)
    elif _OF_ALL.search(name):
        for _, sentence in sentences(text):
            limits = limits_in(without_names(sentence))
            of_this_set = speaks_of_this(sentence) or speaks_of_nothing_else(sentence)
            restrictions.update(STRONG & set(limits.restrictions) if limits and of_this_set else ())
    return tuple(sorted(restrictions - {Restriction.REGISTRATION}, key=lambda r: r.value))


def _state(
    card: Card,
    node: Scalar,
    meaning: Meaning,
    expression: str | None,
    restrictions: tuple[Restriction, ...],
    part: str | None = None,
) -> LicenseStatement:
    return LicenseStatement(
        raw=" ".join(node.text.split())[:300],
        meaning=meaning,
        expression=expression,
        restrictions=restrictions,
        scope=Scope.DATA if part is None else Scope.PART,
        origin=Origin.TAG,
        evidence=card.quote_node(node),
        part=part,
    )

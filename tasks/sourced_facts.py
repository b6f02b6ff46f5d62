"""Reading the sourced facts: what may be shown, and what a stated license says.

Facts whose confidence is ``recalled``, or whose source is "general knowledge", are never used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from provenance.licensing import symbols_in
from provenance.refs import is_repo_id, parse_hub_url
from provenance.vocabulary.identifiers import PUBLIC_DOMAIN, restrictions_of, spdx_ids

ROOT = Path(__file__).resolve().parents[1]
OVERLAY = ROOT / "tasks" / "catalog_overlay.yaml"

Facts = dict[str, object]

_EXPRESSION = re.compile(r"[A-Za-z0-9.+\-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+\-]+)*")
_NOTHING = re.compile(
    r"(?i)none\b|unknown\b|unspecified\b|unclear\b",
)
_LIMITED = re.compile(
    r"(?i)\((?:code|scripts|metadata|packaging|prompts|annotations)\b|\bcollection only\b"
    r"|reads the code licence|records disagree|temporary"
)
_PUBLIC_DOMAIN = re.compile(r"(?i)public domain(?: \(US government\))?")
_CARD_FILE = re.compile(r"hub-20\d\d/datasets/(.+?)(?:/README)?\.md")


@dataclass(frozen=True)
class Reading:
    """What one fact on a set's license says."""

    words: str
    """As recorded, spelled as in the rest of this package."""
    expression: str | None
    """SPDX expression or ``LicenseRef-…`` that licenses the data."""
    nothing: bool
    """Whether the fact is that no license is stated."""
    source: str
    date: str | None

    @property
    def restrictions(self) -> list[str]:
        """Restrictions of the licenses named, sorted."""
        symbols = symbols_in(self.expression) if self.expression else ()
        return sorted({r.value for symbol in symbols for r in restrictions_of(symbol)})


def read(path: Path) -> Facts:
    """One YAML file of facts."""
    return cast(Facts, yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))


def overlay() -> Facts:
    """Our own additions to the facts, each with its source."""
    return read(OVERLAY)


def listed(value: object) -> list[Facts]:
    """A list of mappings; a single mapping is a list of one; nothing is none."""
    if isinstance(value, dict):
        return [value]
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def strings(value: object) -> list[str]:
    """A list of texts; a single text is a list of one; nothing is none."""
    if value is None:
        return []
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


def verified(fact: object) -> bool:
    """Whether the fact was read or computed somewhere, not remembered."""
    return (
        isinstance(fact, dict)
        and fact.get("confidence") in {"read", "computed"}
        and fact.get("source") != "general knowledge"
    )


def values(fact: object) -> list[str]:
    """The values of a verified fact that holds one or a list."""
    return strings(fact.get("value")) if isinstance(fact, dict) and verified(fact) else []


def sources(*facts: object) -> list[str]:
    """Where verified facts were read, with the date, each once."""
    found: dict[str, None] = {}
    for fact in facts:
        for one in listed(fact):
            if verified(one) and one.get("source"):
                date = f" ({one['as_of']})" if one.get("as_of") else ""
                found[f"{one['source']}{date}"] = None
    return list(found)


def american(text: str) -> str:
    """Text in one line, with ``license`` spelled as in SPDX and on the Hub."""
    folded = " ".join(text.split())
    return re.sub(r"([Ll])icence", r"\1icense", folded).replace("laundered", "washed")


def with_tags(facts: list[Facts], added: Facts) -> list[Facts]:
    """The facts with the tags of the overlay where theirs are only remembered or not known."""
    tags = cast(dict[str, Facts], added["tags"])
    found = []
    for fact in facts:
        tag = tags.get(str(fact["dataset_id"]))
        if tag is not None and not verified(fact.get("hub_license")):
            tag = {**tag, "confidence": "read", "as_of": added["as_of"]}
            fact = {**fact, "hub_license": tag}  # noqa: PLW2901 - the same fact, completed
        found.append(fact)
    return found


def hub_id(fact: Facts, added: Facts) -> str | None:
    """The set's id on the Hub; the overlay gives it where the facts annotate theirs."""
    ids = cast(dict[str, str | None], added["hub_ids"])
    value = ids.get(str(fact["dataset_id"]), fact.get("hf_id"))
    return value if isinstance(value, str) and is_repo_id(value) else None


def tagged_id(fact: Facts, dataset_id: str | None, added: Facts) -> str | None:
    """The repository whose tag was read: the set's own, or a copy that the facts list with it.

    A tag read in a card of an id without owner belongs to the set's present id when only the
    owner was added, or when the overlay says so.
    """
    tag = fact.get("hub_license")
    if not isinstance(tag, dict) or not verified(tag):
        return None
    ids = [i for i in (dataset_id, *strings(fact.get("aliases"))) if i and is_repo_id(i)]
    match = _CARD_FILE.search(str(tag["source"]))
    if match is not None:
        stem = match[1].lower()
        if dataset_id is not None and dataset_id.rpartition("/")[2].lower() == stem:
            return dataset_id
        found = next((i for i in ids if i.replace("/", "_").lower() == stem), None)
        renamed = cast(dict[str, str], added["renamed"])
        return renamed.get(found, found) if found is not None else None
    ref = parse_hub_url(str(tag["source"]))
    if ref is not None:
        return next((i for i in ids if i.lower() == ref.id.lower()), None)
    return dataset_id


def licenses(fact: Facts) -> list[Reading]:
    """What is recorded of the set's license apart from its tag, verified facts only."""
    return [_reading(one) for one in listed(fact.get("creator_license")) if verified(one)]


def _reading(fact: Facts) -> Reading:
    words = american(str(fact["value"]))
    note = american(str(fact.get("note", "")))
    expression = _expression(words)
    if _LIMITED.search(f"{words} {note}".replace("license", "licence")):
        expression = None
    if note:
        words = f"{words} ({note})" if "recalled" not in note else words
    date = fact.get("as_of")
    return Reading(
        words=words,
        expression=expression,
        nothing=_NOTHING.match(words) is not None,
        source=str(fact["source"]),
        date=str(date) if date is not None else None,
    )


def _expression(words: str) -> str | None:
    """The expression that the words are, or begin with before a remark in parentheses."""
    bare = re.sub(r" per article$|;.*$|\s*\([^()]*\)", "", words).strip()
    bare = re.sub(r" \+ OpenAI(?: terms)?$", " AND LicenseRef-OpenAI-Terms", bare)
    if _PUBLIC_DOMAIN.fullmatch(words):
        return PUBLIC_DOMAIN
    if _EXPRESSION.fullmatch(bare) and all(_known(symbol) for symbol in symbols_in(bare)):
        return bare
    return None


def _known(symbol: str) -> bool:
    return symbol.lower() in spdx_ids() or symbol.startswith("LicenseRef-")


def unique(items: Iterable[str]) -> list[str]:
    """Items in order, each once."""
    return list(dict.fromkeys(items))

"""Whether a string is a Hub id, a path, a placeholder or nothing of the kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from provenance.checking.references.rules import Rules
from provenance.refs import RepoKind, is_repo_id, parse_hub_url
from provenance.report.checked import ReferenceKind

_TEMPLATE = re.compile(r"[{}<>$%*?\s\\|]")
_VERSION = re.compile(r"[0-9.,]+")
_HUB_PREFIX = re.compile(r"(?i)hf[-_]hub:")


@dataclass(frozen=True, slots=True)
class Named:
    """A Hub repository that a string names."""

    id: str
    revision: str | None = None
    kind: RepoKind | None = None
    """Where the string itself says so (``hf://datasets/…``)."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Why a string names no Hub repository."""

    why: str


LOCAL = Unnamed("a local path")
PLACEHOLDER = Unnamed("a placeholder")
NOT_AN_ID = Unnamed("no Hub id")


def name_of(text: str, rules: Rules) -> Named | Unnamed:
    """What a loader's argument names."""
    address = hub_address(text)
    if address is not None:
        return address
    plain = _HUB_PREFIX.sub("", text, count=1)
    if "://" in plain:
        return Unnamed("an address outside the Hub")
    if plain.startswith((".", "/", "~")) or plain.endswith("/") or "\\" in plain:
        return LOCAL
    if _TEMPLATE.search(plain):
        return PLACEHOLDER if "/" in plain and " " not in plain else NOT_AN_ID
    if plain.count("/") > 1:
        return LOCAL
    identifier, _, revision = plain.partition("@")
    if not is_repo_id(identifier):
        return NOT_AN_ID
    return _plausible(identifier, revision or None, rules)


def _plausible(identifier: str, revision: str | None, rules: Rules) -> Named | Unnamed:
    owner, slash, name = identifier.lower().rpartition("/")
    if slash and owner in rules.placeholder_heads:
        return PLACEHOLDER
    if name in rules.placeholder_names or (not slash and name in rules.bare_words):
        return PLACEHOLDER
    if slash and owner in rules.local_heads:
        return LOCAL
    if name.endswith(rules.file_suffixes):
        return LOCAL
    if _VERSION.fullmatch(name) and not slash:
        return NOT_AN_ID
    lowered = identifier.lower()
    if rules.elsewhere.fullmatch(lowered) or rules.apis.fullmatch(lowered):
        return Unnamed("a model of another service")
    return Named(identifier, revision)


_WORD = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_STRICT = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*(?:@[\w.-]+)?")


@lru_cache(maxsize=8192)
def kind_of_name(name: str, rules: Rules) -> ReferenceKind | None:
    """What a key, flag, field or variable holds, by how its name ends (``teacher_checkpoint``)."""
    words = [w for w in _WORD.split(_CAMEL.sub("_", name).lower()) if w]
    if not words or not set(words).isdisjoint(rules.name_stops):
        return None
    while len(words) > 1 and words[-1] in rules.name_tails:
        words.pop()
    if words[-1] in rules.name_words.model:
        return ReferenceKind.MODEL
    return ReferenceKind.DATASET if words[-1] in rules.name_words.dataset else None


def is_plain_id(text: str, rules: Rules) -> bool:
    """Whether a string is ``owner/name`` and nothing else that is written so, whoever holds it."""
    if _STRICT.fullmatch(text) is None:
        return False
    named = name_of(text, rules)
    return isinstance(named, Named) and any(c.isalpha() for c in named.id.partition("/")[2])


def hub_address(text: str) -> Named | None:
    """The repository in an ``hf://`` path or a Hub URL of a file, else ``None``."""
    if len(text) > 1000 or any(char.isspace() for char in text):
        return None
    if text.startswith("hf://"):
        return _hf_path(text.removeprefix("hf://"))
    if text.startswith(("https://", "http://")):
        ref = parse_hub_url(text)
        return None if ref is None else Named(ref.id, ref.revision, ref.kind)
    return None


def _hf_path(path: str) -> Named | None:
    """``datasets/owner/name@rev/file``, as HfFileSystem of huggingface_hub reads it."""
    parts = path.split("/")
    kind = RepoKind.MODEL
    if parts[0] in {"datasets", "models"}:
        kind = RepoKind(parts.pop(0)[:-1])
    elif parts[0] in {"spaces", "buckets"}:
        return None
    parts = parts[:2]
    joined, _, revision = "/".join(parts).partition("@")
    return Named(joined, revision or None, kind) if is_repo_id(joined) else None

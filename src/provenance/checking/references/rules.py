"""What the libraries call things: loaders, keys and flags, read from data that a user can extend.

The shipped data is ``data/references.json``; a user's file of the same shape adds to its lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from fnmatch import translate
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec

from provenance.confine import read_inside
from provenance.errors import UsageError
from provenance.report.checked import ReferenceKind, Registry, UsedFor

RULES_VERSION = 1
_QUOTED_ID = re.compile(rb"""["'][\w.-]{1,96}/[\w.-]{1,96}["']""")
_COMMANDS = re.compile(rb"--(?:model|dataset|pretrain|hf|base|tokenizer|prompt)|.#!/", re.DOTALL)
"""What a file with commands or scripts in its strings holds."""
_LIKE_AN_ID = re.compile(
    rb"""["'][A-Za-z][\w.-]{0,95}/(?=[\w.-]{0,95}["'])(?:[a-z_.]{0,95}[A-Z0-9-])"""
)
"""A string that looks like an id, whatever stands before it."""
_ENTRY = re.compile(rb"""\w["']?: {0,4}\\?["']?[A-Za-z][\w.-]{1,60}/[\w.-]""")
"""A key of a configuration in a string, with what may be an id."""
_MOST_ANSWERS = 50_000
_BEFORE = 300
"""How far before an id its name is looked for, in bytes."""
_API = (
    b"gpt-", b"claude-", b"gemini-", b"text-embedding-", b"deepseek-", b"deepseek/", b"grok-",
    b"command-", b"mistral-", b"sonar-", b"voyage-", b"qwen-", b"-bison", b"openai:", b"anthropic:",
    b"anthropic.claude", b"amazon.nova", b"amazon.titan", b"meta.llama", b"cohere.embed",
)  # fmt: skip
"""What a file with a model behind an API holds."""


@dataclass(frozen=True, slots=True)
class CallRule:
    """One argument of one loader."""

    name: str
    """``package.function``; ``*`` matches within a segment, a leading ``*.`` any owner. Modules
    between the package and the function do not matter."""
    kind: Literal["model", "dataset", "by_repo_type"]
    keyword: str
    position: int | None = None
    split: int | None = None
    """Position of the ``split`` argument, which tells training from evaluation."""
    role: UsedFor = UsedFor.UNKNOWN
    place: Registry = Registry.HUB
    slash: bool = False
    """Only ``owner/name`` is a Hub id here; a bare name means something else."""
    prefixed: bool = False
    """Only ``hf-hub:`` and ``hf_hub:`` names are on the Hub here."""
    owner: str = ""
    """Who a name without an owner belongs to, by the library's own rule."""
    imports: str = ""
    """Only in files that import this package."""
    outside: str = ""
    """What a name is here that is no address of the Hub: it is said in a note."""
    service: bool = False
    """A client of an API: a name without an owner is one of its models."""
    remote: bool = False
    """A client of a service that hosts models of many: an ``owner/name`` is one of them too."""
    within: str | None = None
    """A function of the project, found to be a loader: the file that its own calls are in, empty
    for calls from other files."""


@dataclass(frozen=True, slots=True)
class ClassRule:
    """A module whose classes are datasets."""

    module: str
    place: Registry
    kind: Literal["model", "dataset"] = "dataset"
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Names of keys, flags or arguments that hold an id."""

    model: tuple[str, ...] = ()
    dataset: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """Keys that hold an id inside certain mappings (``datasets: [{path: …}]``)."""

    under: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRules:
    """:class:`Items` by kind."""

    model: Items = Items()
    dataset: Items = Items()


@dataclass(frozen=True, eq=False)
class Rules:
    """All rules. Field names are the keys of the data file."""

    version: int = RULES_VERSION
    calls: tuple[CallRule, ...] = ()
    classes: tuple[ClassRule, ...] = ()
    distinct: tuple[str, ...] = ()
    """Loaders whose name says enough, wherever it was imported from."""
    trainers: tuple[str, ...] = ()
    arguments: Names = Names()
    config_keys: Names = Names()
    bare_keys: tuple[str, ...] = ()
    """Keys of configurations whose value is an id even without an owner."""
    config_items: ItemRules = field(default_factory=ItemRules)
    flags: Names = Names()
    evaluation_words: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    builders: tuple[str, ...] = ()
    local_heads: tuple[str, ...] = ()
    placeholder_heads: tuple[str, ...] = ()
    placeholder_names: tuple[str, ...] = ()
    bare_words: tuple[str, ...] = ()
    """Words that are no id when they stand alone."""
    file_suffixes: tuple[str, ...] = ()
    name_words: Names = Names()
    """Last words of names that hold an id, whatever stands before them."""
    name_tails: tuple[str, ...] = ()
    """Words at the end of a name that say nothing of its kind (``_name_or_path``)."""
    name_stops: tuple[str, ...] = ()
    """Words of names that hold where something goes to, not where it comes from."""
    known_ids: Names = Names()
    """Ids without an owner that are no local names, as shell patterns."""
    owned_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names that a library knows without their owner, by that owner, as shell patterns."""
    api_models: tuple[str, ...] = ()
    """Models behind an API, as shell patterns."""
    not_on_hub: tuple[str, ...] = ()
    """Ids of other services (``openai/gpt-4o``), as shell patterns."""

    @cached_property
    def calls_by_tail(self) -> dict[str, tuple[tuple[CallRule, re.Pattern[str]], ...]]:
        """Rules by the last segment of their name; those where it has a ``*`` by their package."""
        found: dict[str, list[tuple[CallRule, re.Pattern[str]]]] = {}
        for rule in self.calls:
            package, _, rest = rule.name.partition(".")
            tail = rest.rpartition(".")[2]
            key = f"{package}." if "*" in tail else tail
            found.setdefault(key, []).append((rule, _pattern(rule.name)))
        return {tail: tuple(rules) for tail, rules in found.items()}

    @cached_property
    def _triggers(self) -> tuple[tuple[bytes, tuple[bytes, ...]], ...]:
        """The last word of each loader, with the packages it comes from (none: from any)."""
        found: dict[bytes, set[bytes]] = {}
        for rule in self.calls:
            package, _, rest = rule.name.partition(".")
            word = _longest(rest.rpartition(".")[2]) if "*" not in rest else _longest(package)
            word = word or _longest(rest)
            found.setdefault(word.encode(), set()).add(
                rule.imports.encode() or package.replace("*", "").encode()
            )
        for module in self.classes:
            package = module.module.partition(".")[0]
            found.setdefault(package.encode(), set()).add(package.encode())
        return tuple((word, () if b"" in p else tuple(p)) for word, p in sorted(found.items()))

    @cached_property
    def _declared(self) -> re.Pattern[bytes]:
        """An option, field or table entry that names what it holds."""
        names = b"|".join(n.encode() for n in (*self.arguments.model, *self.arguments.dataset))
        return re.compile(
            rb"""["'-](?:%b)["']|^ +(?:%b) *:|["']revision["'] *:|\b(?:%b) ?= ?["']"""
            % (names, names, names),
            re.M,
        )

    @cached_property
    def _stems(self) -> tuple[bytes, ...]:
        """Beginnings of what :attr:`_declared` looks for: one search for each is cheap."""
        return _shortest((*self.arguments.model, *self.arguments.dataset, "revision"))

    @cached_property
    def _known_stems(self) -> tuple[bytes, ...]:
        """Beginnings of the names of models that need no owner."""
        names = (*self.known_ids.model, *(n for owned in self.owned_names.values() for n in owned))
        heads = {re.split(r"[*?[]", name)[0] for name in names}
        return _shortest(h for h in heads if len(h) >= _A_STEM)

    @cached_property
    def _names(self) -> re.Pattern[bytes]:
        """How names end that hold an id, and what takes one where nothing is given."""
        words = (*self.name_words.model, *self.name_words.dataset)
        return re.compile(rb"(?i)%b|hf_| or | else " % b"|".join(w.encode() for w in words))

    def _names_an_id(self, data: bytes) -> bool:
        """Whether an ``owner/name`` in quotes has such a name before it on its line."""
        for match in _QUOTED_ID.finditer(data):
            start = max(data.rfind(b"\n", 0, match.start()), match.start() - _BEFORE)
            if self._names.search(data, max(start, 0), match.start()) is not None:
                return True
        return False

    def known(self, kind: ReferenceKind) -> re.Pattern[str]:
        """Matches the ids without owner of :attr:`known_ids`."""
        return self._known_models if kind is ReferenceKind.MODEL else self._known_datasets

    @cached_property
    def _known_models(self) -> re.Pattern[str]:
        return re.compile("|".join(translate(p) for p in self.known_ids.model) or r"(?!)")

    @cached_property
    def _known_datasets(self) -> re.Pattern[str]:
        return re.compile("|".join(translate(p) for p in self.known_ids.dataset) or r"(?!)")

    def owner_of(self, name: str) -> str:
        """Who a name without an owner belongs to by a library's own rule; empty: nobody."""
        return next((o for o, names in self._owned if names.fullmatch(name)), "")

    @cached_property
    def _owned(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple(
            (owner, re.compile("|".join(_within_a_name(p) for p in patterns)))
            for owner, patterns in self.owned_names.items()
        )

    @cached_property
    def apis(self) -> re.Pattern[str]:
        """Matches the ids of :attr:`api_models`."""
        return re.compile("|".join(_within_a_name(p) for p in self.api_models) or r"(?!)")

    @cached_property
    def _by_package(self) -> tuple[tuple[tuple[bytes, ...], tuple[bytes, ...]], ...]:
        """Packages with the last words of their loaders."""
        found: dict[tuple[bytes, ...], list[bytes]] = {}
        for word, packages in self._triggers:
            found.setdefault(packages, []).append(word)
        return tuple((packages, tuple(words)) for packages, words in found.items())

    def triggered(self, data: bytes, path: str) -> bool:
        """Whether a Python file can hold a reference at all: a look at its bytes."""
        if b"hf://" in data or b"huggingface.co" in data:
            return True
        if any(part in data for part in (*_API, *self._known_stems)) or self._names_an_id(data):
            return True
        if (
            _ENTRY.search(data) is not None
            or _COMMANDS.search(data) is not None
            or _LIKE_AN_ID.search(data) is not None
        ):
            return True
        where = path.encode("utf-8", "surrogateescape")
        for packages, words in self._by_package:
            if (not packages or any(p in data or p in where for p in packages)) and any(
                word in data for word in words
            ):
                return True
        stems = self._stems
        return any(s in data for s in stems) and self._declared.search(data) is not None

    def only(self, calls: tuple[CallRule, ...]) -> Rules:
        """The same with nothing to look for but some calls."""
        return replace(self, calls=calls, classes=(), arguments=Names(), name_words=Names())

    @cached_property
    def elsewhere(self) -> re.Pattern[str]:
        """Matches the ids of :attr:`not_on_hub`."""
        return re.compile("|".join(translate(p) for p in self.not_on_hub) or r"(?!)")

    @cached_property
    def _answers(self) -> dict[str, list[CallRule]]:
        """Rules for the names that were asked for: code repeats them."""
        return {}

    def calls_named(self, qualified: str) -> list[CallRule]:
        """Rules for a call of this dotted name; ``?.``: of what was bound is not known."""
        known = self._answers
        if qualified not in known:
            if len(known) > _MOST_ANSWERS:
                known.clear()
            known[qualified] = self._calls_named(qualified)
        return known[qualified]

    def _calls_named(self, qualified: str) -> list[CallRule]:
        if qualified.startswith("?."):
            rest = qualified[2:]
            if rest in self.distinct:
                return [rule for rule, _ in self.calls_by_tail.get(rest, ())]
            return self.calls_named(rest) or self._matching(qualified)
        return self._matching(qualified)

    def _matching(self, qualified: str) -> list[CallRule]:
        tail = qualified.rpartition(".")[2]
        known, head = self.calls_by_tail, qualified.partition(".")[0]
        candidates = (*known.get(tail, ()), *known.get(f"{head}.", ()), *known.get("*.", ()))
        return [rule for rule, pattern in candidates if pattern.fullmatch(qualified)]


def _longest(pattern: str) -> str:
    return max(pattern.replace("*", " ").replace(".", " ").split(), key=len, default="")


_A_STEM = 4
"""Characters of the beginning of a name that little else begins with."""


def _shortest(words: Iterable[str]) -> tuple[bytes, ...]:
    """The words that hold no other of them."""
    kept = sorted(set(words))
    return tuple(w.encode() for w in kept if not any(o in w and o != w for o in kept))


def _within_a_name(pattern: str) -> str:
    """A shell pattern whose ``*`` goes over no slash where the pattern has none."""
    made = translate(pattern)
    return made if "/" in pattern else made.replace(".*", "[^/]*")


def _pattern(name: str) -> re.Pattern[str]:
    package, _, rest = name.partition(".")
    tail = translate(rest).removesuffix(r"\Z").removesuffix(r"\z")
    if package == "*":
        return re.compile(rf"(?:.*\.)?{tail}")
    return re.compile(rf"{re.escape(package)}\.(?:[\w.]+\.)?{tail}")


_MAX_RULES_BYTES = 5_000_000


def load_rules(extra: Path | None = None) -> Rules:
    """The shipped rules, with those of a user's file added.

    Raises:
        UsageError: the user's file is unreadable or not of the right shape.

    """
    if extra is None:
        return _shipped()
    try:
        data = read_inside(extra, _MAX_RULES_BYTES)
    except OSError as error:
        raise UsageError(f"--rules {extra}: {error.strerror}") from None
    return _joined(_shipped(), added_rules(data, str(extra)))


def rules_with(data: bytes | None, shown: str) -> Rules:
    """The shipped rules, with those of a user's file added; ``None``: the shipped ones.

    Raises:
        UsageError: the file is not of the right shape.

    """
    return _shipped() if data is None else _joined(_shipped(), added_rules(data, shown))


def added_rules(data: bytes, shown: str) -> Rules:
    """What a user's file adds, alone.

    Raises:
        UsageError: the file is not of the right shape.

    """
    try:
        added = msgspec.json.decode(data, type=Rules)
    except msgspec.MsgspecError as error:
        raise UsageError(f"--rules {shown}: {error}") from None
    if added.version != RULES_VERSION:
        raise UsageError(f"--rules {shown}: version {added.version} is not {RULES_VERSION}")
    return added


@cache
def _shipped() -> Rules:
    data = files("provenance.checking.references") / "references.json"
    return msgspec.json.decode(data.read_bytes(), type=Rules)


def _joined(first: Rules, second: Rules) -> Rules:
    changed: dict[str, object] = {}
    for item in fields(Rules):
        a, b = getattr(first, item.name), getattr(second, item.name)
        if isinstance(a, tuple):
            changed[item.name] = (*a, *b)
        elif isinstance(a, dict):
            changed[item.name] = {key: (*a.get(key, ()), *b.get(key, ())) for key in {**a, **b}}
        elif isinstance(a, Names):
            changed[item.name] = Names((*a.model, *b.model), (*a.dataset, *b.dataset))
    changed["config_items"] = ItemRules(
        _items(first.config_items.model, second.config_items.model),
        _items(first.config_items.dataset, second.config_items.dataset),
    )
    return replace(first, **changed)  # type: ignore[arg-type]  # each field keeps its own type


def _items(first: Items, second: Items) -> Items:
    return Items((*first.under, *second.under), (*first.keys, *second.keys))

"""What the libraries call things: loaders, keys and flags, as data that a user can extend.

``rules_files.py`` reads them; ``first_look.py`` says whether a file can hold any of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fnmatch import translate
from functools import cached_property
from typing import Literal

from provenance.frozen import frozen
from provenance.report.checked import ReferenceKind, Registry, UsedFor

RULES_VERSION = 1
_MOST_ANSWERS = 50_000


@frozen
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
    owner: str | None = None
    """Who a name without an owner belongs to, by the library's own rule."""
    imports: str | None = None
    """Only in files that import this package."""
    outside: str | None = None
    """What a name is here that is no address of the Hub: it is said in a note."""
    service: bool = False
    """A client of an API: a name without an owner is one of its models."""
    remote: bool = False
    """A client of a service that hosts models of many: an ``owner/name`` is one of them too."""
    of_project: bool = False
    """A function of the project, found to be a loader."""
    within: str | None = None
    """The file that its calls are in; ``None``: of one of the project, calls from other files."""


@frozen
class ClassRule:
    """A module whose classes are datasets."""

    module: str
    place: Registry
    kind: Literal["model", "dataset"] = "dataset"
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)  # a default below, which linters know to be frozen by this
class Names:
    """Names of keys, flags or arguments that hold an id."""

    model: tuple[str, ...] = ()
    dataset: tuple[str, ...] = ()


@frozen
class Items:
    """Keys that hold an id inside certain mappings (``datasets: [{path: …}]``)."""

    under: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@frozen
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
    known_owners: tuple[str, ...] = ()
    """Owners on the Hub, in small letters, whose names stand for nothing else before a slash."""
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
        by_tail: dict[str, list[tuple[CallRule, re.Pattern[str]]]] = {}
        for rule in self.calls:
            package, _, rest = rule.name.partition(".")
            tail = rest.rpartition(".")[2]
            key = f"{package}." if "*" in tail else tail
            by_tail.setdefault(key, []).append((rule, _pattern(rule.name)))
        return {tail: tuple(rules) for tail, rules in by_tail.items()}

    def known(self, kind: ReferenceKind) -> re.Pattern[str]:
        """Matches the ids without owner of :attr:`known_ids`."""
        return self._known_models if kind is ReferenceKind.MODEL else self._known_datasets

    @cached_property
    def bare_names(self) -> re.Pattern[str]:
        """Matches any name without an owner that is known, by itself or by a library."""
        owned = (_within_a_name(p) for names in self.owned_names.values() for p in names)
        known = (translate(p) for p in (*self.known_ids.model, *self.known_ids.dataset))
        return re.compile("|".join((*known, *owned)) or r"(?!)")

    @cached_property
    def _known_models(self) -> re.Pattern[str]:
        return re.compile("|".join(translate(p) for p in self.known_ids.model) or r"(?!)")

    @cached_property
    def _known_datasets(self) -> re.Pattern[str]:
        return re.compile("|".join(translate(p) for p in self.known_ids.dataset) or r"(?!)")

    def owner_of(self, name: str) -> str | None:
        """Who a name without an owner belongs to by a library's own rule; ``None``: nobody."""
        return next((o for o, names in self._owned if names.fullmatch(name)), None)

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

    def only(self, calls: tuple[CallRule, ...]) -> Rules:
        """The same with nothing to look for but some calls."""
        return replace(self, calls=calls, classes=(), arguments=Names(), name_words=Names())

    @cached_property
    def class_modules(self) -> tuple[str, ...]:
        """How a name of one of :attr:`classes` begins."""
        return tuple(f"{rule.module}." for rule in self.classes)

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
        named = qualified.removeprefix("?.")
        if qualified[qualified.rfind(".") + 1 :] not in self.calls_by_tail:
            heads = (f"{named.partition('.')[0]}.", "*.", "?.")
            if not any(head in self.calls_by_tail for head in heads):
                return []
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

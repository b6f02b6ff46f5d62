"""What a value of a configuration is, under a key of which it is known what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from provenance.cards.yaml_tree import Scalar
from provenance.checking.references.addresses import addresses_in, hub_address
from provenance.checking.references.config_keys import INNER, OF_EITHER, is_exact
from provenance.checking.references.config_trees import Located
from provenance.checking.references.names import (
    BARE,
    RUN_TIME,
    is_bare_name,
    is_id,
    is_known,
    is_written_as_a_model,
    kind_of_name,
    listed,
)
from provenance.checking.references.outside import NOT_OF_THE_HUB, is_outside
from provenance.checking.references.roles import role_of_words, words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.services import Served, names_a_served_model
from provenance.checking.references.sites import JSON, Gathered, Inner, Site, Unsaid, weigh
from provenance.checking.references.unsaid import looks_like_an_id
from provenance.frozen import frozen
from provenance.report.checked import (
    Confidence,
    Reference,
    ReferenceKind,
    RoleBasis,
    ScanNote,
    UsedFor,
)

OTHER_KEYS = frozenset(
    {"uses", "image", "repo", "repository", "project", "homepage", "defaults", "repositories",
     "platform", "platforms", "timezone", "content-type", "$ref", "ref", "branch", "runs-on"}
)  # fmt: skip
"""Keys whose values are written like ids and are none."""
_DEFAULT = re.compile(r"\$\{(?:oc\.(?:env|select):[\w.]{1,80},|\w{1,80}:?-)([^${}]{1,200})\}")
_RUN_TIME = re.compile(r"\$\{|\{\{|<\w+>")
_OF_SETS = frozenset({"dataset", "datasets", "corpus", "corpora"})
"""Words of keys below which a name that everybody knows is the set of that name."""


@frozen
class Held:
    """A key with those above it, and what is known of what stands under it."""

    name: str
    parents: tuple[str, ...]
    kind: ReferenceKind
    revision: str | None = None
    served: Served = Served.UNKNOWN
    part: bool = False
    """The name of a part of a set that the key beside it names."""


@dataclass(slots=True)
class ConfigValues:
    """Weighs the values of one configuration."""

    path: str
    rules: Rules
    gathered: Gathered
    usually: Callable[[], UsedFor]
    """What the keys of the whole file say of its use; asked where something is found."""

    def add(self, scalar: Scalar, held: Held) -> None:
        """What stands under a key that holds ids: references, notes, or nothing."""
        kind, name = held.kind, held.name
        if name in OF_EITHER and self._is_of_data(scalar.text):
            kind = ReferenceKind.DATASET
        site = self._site(scalar, held, kind)
        text = with_defaults(scalar.text)
        if _RUN_TIME.search(text):
            if "\n" not in text:
                self._note(site, RUN_TIME)
            return
        if text.startswith("{") and '"' in text:
            self.gathered.inner.append(Inner(JSON, text, scalar.line))
            return
        for part in listed(text):
            self._part(part, site, held)

    def _part(self, text: str, site: Site, held: Held) -> None:
        exact = self.is_exact(held.name)
        known = not held.part and is_known(text, site.kind, self.rules) and self._speaks(held, site)
        if not (
            exact
            or held.name in self.rules.bare_keys
            or held.name in INNER
            or site.service
            or is_id(text, site.kind, self.rules)
        ):
            return
        place = replace(site, slash=False) if known else site
        result = weigh(place, text, self.rules, confidence=Confidence.LIKELY)
        if isinstance(result, Reference):
            self.gathered.add(result)
        elif exact and is_bare_name(text, self.rules):
            self._note(site, BARE)

    def _speaks(self, held: Held, site: Site) -> bool:
        """Whether a key says so much that a name that everybody knows is no local one."""
        if site.kind is ReferenceKind.MODEL or held.name in INNER or self.is_exact(held.name):
            return True
        return not _OF_SETS.isdisjoint(words_of(held.name))

    def _site(self, scalar: Scalar, held: Held, kind: ReferenceKind) -> Site:
        role, by = self._role(held.name, held.parents, kind)
        how = ".".join([*held.parents, held.name])[-80:]
        model = kind is ReferenceKind.MODEL and names_a_served_model(held.name, held.parents)
        return Site(
            self.path, scalar.line, _column(scalar), kind, how, role, held.revision,
            slash=held.name not in self.rules.bare_keys, role_by=by,
            service=model and held.served >= Served.BY_MAKER,
            remote=model and held.served is Served.BY_HOST,
        )  # fmt: skip

    def _note(self, site: Site, message: str) -> None:
        self.gathered.notes.append(ScanNote(site.file, site.line, site.column, site.how, message))

    def _role(
        self, name: str, parents: tuple[str, ...], kind: ReferenceKind
    ) -> tuple[UsedFor, RoleBasis]:
        words = {w for part in (*parents[-2:], name) for w in words_of(part)}
        role = role_of_words(words, kind)
        file = role_of_words(set(words_of(self.path.rpartition("/")[2].partition(".")[0])), kind)
        if (
            file is UsedFor.EVALUATION
            and self.usually() is not UsedFor.TRAINING
            and role
            not in {
                UsedFor.TRAINING,
                UsedFor.EVALUATION,
            }
        ):
            return file, RoleBasis.SCRIPT
        if role is not UsedFor.UNKNOWN:
            return role, RoleBasis.KEY
        if name in {"base_model", "dataset_mixer"}:
            return UsedFor.TRAINING, RoleBasis.KEY
        usual = self.usually()
        by = RoleBasis.NONE if usual is UsedFor.UNKNOWN else RoleBasis.TRAINER
        return usual, by

    def is_exact(self, name: str) -> bool:
        """Whether the whole key is one that frameworks are known to use."""
        return is_exact(name, self.rules)

    def _is_of_data(self, text: str) -> bool:
        """Whether the name of the file says that it is about data, and the id of no model."""
        words = words_of(self.path.rpartition("/")[2].partition(".")[0])
        return not is_written_as_a_model(text, self.rules) and not {
            "dataset", "datasets", "data", "corpora", "corpus"
        }.isdisjoint(words)  # fmt: skip

    def address(self, scalar: Scalar) -> None:
        """``hf://`` paths and addresses of Hub files, under whatever key."""
        if is_outside(scalar.text):
            note = ScanNote(self.path, scalar.line, _column(scalar), "address", NOT_OF_THE_HUB)
            self.gathered.notes.append(note)
        for text in addresses_in(scalar.text):
            address = hub_address(text)
            if address is None:
                continue
            kind = ReferenceKind(address.kind.value) if address.kind else ReferenceKind.MODEL
            how = "hf://" if text.startswith("hf://") else "address of a Hub file"
            role = UsedFor.EVALUATION if self.usually() is UsedFor.EVALUATION else UsedFor.UNKNOWN
            by = RoleBasis.TRAINER if role is UsedFor.EVALUATION else RoleBasis.NONE
            site = Site(self.path, scalar.line, _column(scalar), kind, how, role, role_by=by)
            self.gathered.add(weigh(site, text, self.rules, confidence=Confidence.CERTAIN))

    def unsaid(self, scalar: Scalar, name: str) -> None:
        """A value that looks like an id under a key that says nothing of it."""
        if self._is_unsaid(scalar.text, name):
            self.gathered.unsaid.append(
                Unsaid(self.path, scalar.line, _column(scalar), scalar.text)
            )

    def _is_unsaid(self, text: str, name: str) -> bool:
        return name not in OTHER_KEYS and looks_like_an_id(text, self.rules)

    def may_tell(self, text: str, name: str) -> bool:
        """Whether :meth:`address` or :meth:`unsaid` may find something in a text."""
        return self._is_unsaid(text, name) or bool(addresses_in(text)) or is_outside(text)

    def setting(self, scalar: Scalar) -> None:
        """``- MODEL_ID=owner/name``, as compose files write an environment."""
        name, equals, value = scalar.text.partition("=")
        kind = kind_of_name(name, self.rules) if equals else None
        if kind is not None and is_id(value, kind, self.rules):
            site = Site(self.path, scalar.line, _column(scalar), kind, name)
            result = weigh(site, value, self.rules, confidence=Confidence.LIKELY)
            if isinstance(result, Reference):
                self.gathered.add(result)


def with_defaults(text: str) -> str:
    """``${oc.env:NAME,default}`` and ``${NAME:-default}`` as their default."""
    return _DEFAULT.sub(lambda m: m[1].strip().strip("'\""), text)


def _column(scalar: Scalar) -> int:
    """Where the text of a value begins, behind its quote."""
    if isinstance(scalar, Located):
        return scalar.column + 1
    return scalar.column + 1 + (not scalar.plain and scalar.column > 0)

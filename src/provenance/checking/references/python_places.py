"""Strings of a Python file as references, by where they stand and what is said around them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from provenance.checking.references.addresses import addresses_in, hub_address
from provenance.checking.references.known import is_told
from provenance.checking.references.names import kind_of_name
from provenance.checking.references.python_bindings import FileNames
from provenance.checking.references.python_calls import tail
from provenance.checking.references.python_context import told_by_context
from provenance.checking.references.python_hints import hinted_ids
from provenance.checking.references.python_ids import NamedId
from provenance.checking.references.python_joined import pieces
from provenance.checking.references.python_names import named_ids
from provenance.checking.references.python_possible import Runtime, Text
from provenance.checking.references.python_telling import telling
from provenance.checking.references.python_text import characters
from provenance.checking.references.python_values import Resolver
from provenance.checking.references.roles import role_of_words, words_of
from provenance.checking.references.rules import CallRule, Rules
from provenance.checking.references.services import Served, names_a_served_model, spoken_to
from provenance.checking.references.sites import Gathered, Site, Unsaid, weigh
from provenance.checking.references.unsaid import looks_like_an_id
from provenance.report.checked import (
    Confidence,
    Reference,
    ReferenceKind,
    RoleBasis,
    ScanNote,
    UsedFor,
)

_LOADING = frozenset(
    {"transformers", "vllm", "huggingface_hub", "datasets", "sentence_transformers", "peft", "trl",
     "diffusers", "unsloth", "mlx_lm", "sglang", "llama_cpp", "ctransformers", "litgpt"}
)  # fmt: skip
"""Packages that load models of the Hub."""
_ASKING = frozenset({"together", "groq", "fireworks", "replicate", "cerebras", "deepinfra"})
"""Clients of services that host models of many."""


def _asks(named_id: NamedId) -> bool:
    """Whether a name holds the model that a service is asked for."""
    return named_id.kind is ReferenceKind.MODEL and names_a_served_model(named_id.name)


_MADE = (ast.JoinedStr, ast.BinOp)
_OWNED = re.compile(r"[A-Za-z0-9][\w.-]{1,95}/(?:[\w.-]{0,95}[A-Za-z][\w.-]{0,95})?$")
"""The first piece of an id: its owner and perhaps a part of its name."""


def _is_text(node: ast.expr) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@dataclass(slots=True)
class Places:
    """The places of one file."""

    tree: ast.Module
    names: FileNames
    lines: list[str]
    path: str
    rules: Rules
    service: Served | None = None
    """Which service the file speaks to; ``None``: nobody asked yet."""

    def site(self, node: ast.expr, rule: CallRule, how: str) -> Site:
        """Where a loader is given something; ``how`` says by what."""
        kind = ReferenceKind.MODEL if rule.kind == "model" else ReferenceKind.DATASET
        column = characters(self.lines, node.lineno, node.col_offset)
        return Site(
            self.path, node.lineno, column, kind, how, rule.role, None, rule.place,
            rule.slash, rule.prefixed, owner=rule.owner, outside=rule.outside,
            service=rule.service,
            remote=rule.remote or (rule.service and self.spoken() is Served.BY_HOST),
        )  # fmt: skip

    def spoken(self) -> Served:
        """Which service the file speaks to, where it loads nothing of the Hub's itself."""
        if self.service is None:
            loads = not self.names.packages.isdisjoint(_LOADING)
            asks = not self.names.packages.isdisjoint(_ASKING)
            served = Served.BY_HOST if asks else spoken_to("\n".join(self.lines))
            if served is Served.BY_HOST and not asks:
                served = spoken_to(self._without_remarks())
            self.service = Served.UNKNOWN if loads else served
        return self.service

    def _without_remarks(self) -> str:
        """The file without strings that are statements: what they name is not asked."""
        lines = list(self.lines)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                last = node.end_lineno or node.lineno
                lines[node.lineno - 1 : last] = [""] * (last + 1 - node.lineno)
        return "\n".join(lines)

    def of_class(self, call: ast.Call, qualified: str, gathered: Gathered) -> None:
        """``torchvision.datasets.CIFAR10(…)``: the class itself names the set."""
        if not qualified.startswith(self.rules.class_modules):
            return
        for rule in self.rules.classes:
            name = qualified.rpartition(".")[2]
            if (
                qualified.startswith(f"{rule.module}.")
                and name[:1].isupper()
                and name not in rule.excluded
            ):
                node = call.func
                column = characters(self.lines, node.lineno, node.col_offset)
                role = UsedFor.UNKNOWN
                train = next((k.value for k in call.keywords if k.arg == "train"), None)
                if isinstance(train, ast.Constant) and isinstance(train.value, bool):
                    role = UsedFor.TRAINING if train.value else UsedFor.EVALUATION
                site = Site(
                    self.path, node.lineno, column, ReferenceKind(rule.kind), f"{rule.module}.*",
                    role, place=rule.place,
                )  # fmt: skip
                gathered.add(weigh(site, name, self.rules, confidence=Confidence.CERTAIN))

    def addresses(self, gathered: Gathered) -> None:
        """``hf://`` paths and addresses of Hub files, whatever reads them."""
        plain = ((n, text) for n in self.names.literals for text in addresses_in(str(n.value)))
        for node, text in (*plain, *self._cloned(), *self.names.addresses):
            address = hub_address(text)
            if address is None:
                continue
            kind = ReferenceKind(address.kind.value) if address.kind else ReferenceKind.MODEL
            how = "hf://" if text.startswith("hf://") else "address of a Hub file"
            column = characters(self.lines, node.lineno, node.col_offset)
            site = Site(self.path, node.lineno, column, kind, how)
            gathered.add(weigh(site, text, self.rules, confidence=Confidence.CERTAIN))

    def _cloned(self) -> Iterator[tuple[ast.expr, str]]:
        """``Repo.clone_from("https://huggingface.co/owner/name")`` of GitPython."""
        for call, _ in self.names.calls if "clone_from" in self.names.tails else ():
            given = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "url")]
            if tail(call.func) == "clone_from" and given and isinstance(given[0], ast.Constant):
                yield given[0], str(given[0].value)

    def unsaid(self, gathered: Gathered) -> None:
        """Strings that look like ids: by what stands around them, else said in a note."""
        known = {(r.line, r.column) for r in gathered.references}
        for named_id in told_by_context(self.tree, self.names, self.rules):
            column = characters(self.lines, named_id.literal.lineno, named_id.literal.col_offset)
            if (named_id.literal.lineno, column) not in known:
                self._likely(named_id, gathered)
        for node in self.names.quoted:
            if looks_like_an_id(str(node.value), self.rules):
                column = characters(self.lines, node.lineno, node.col_offset)
                gathered.unsaid.append(Unsaid(self.path, node.lineno, column, str(node.value)))

    def by_name(self, gathered: Gathered) -> None:
        """Literals whose variable, default, keyword or key says what they are."""
        told = telling(self.names, self.rules)
        if not told.texts and not told.any:
            return
        known = {(r.line, r.column) for r in gathered.references}
        for named_id in (
            *named_ids(self.names, self.rules, told),
            *hinted_ids(self.names, self.rules),
        ):
            node = named_id.literal
            place = node.lineno, characters(self.lines, node.lineno, node.col_offset)
            if place not in known:
                self._likely(named_id, gathered)
                known |= {place} if named_id.text == node.value else set()

    def put_together(self, resolver: Resolver, gathered: Gathered) -> None:
        """Ids that are put together under a name that says what they are, as notes.

        A loader that is given one has it as a reference; the others are names of what is written
        as often as of what is read (``f"owner/{base}-tuned"``).
        """
        known = {r.line for r in gathered.references} | {n.line for n in gathered.notes}
        for name, value, scope in self.names.assigned:
            if not isinstance(value, _MADE) or value.lineno in known:
                continue
            kind = kind_of_name(name, self.rules)
            if kind is None:
                continue
            values = resolver.values(value, scope)
            texts = [v.value for v in values if isinstance(v, Text)]
            told = next((text for text in texts if is_told(text, kind, self.rules)), None)
            owned = any(_OWNED.match(str(p.value)) for p in pieces(value) or () if _is_text(p))
            if told is not None:
                why = f"{told} is put together here, to be read or to be written"
            elif owned and not texts:
                why = next(v.why for v in values if isinstance(v, Runtime))
            else:
                continue
            column = characters(self.lines, value.lineno, value.col_offset)
            gathered.notes.append(ScanNote(self.path, value.lineno, column, name, why))

    def _likely(self, named_id: NamedId, gathered: Gathered) -> None:
        """A reference, by a name."""
        node = named_id.literal
        column = characters(self.lines, node.lineno, node.col_offset)
        role = role_of_words(set(words_of(named_id.name)), named_id.kind)
        how = f"{named_id.kind.value} in {named_id.name}"
        by = RoleBasis.NONE if role is UsedFor.UNKNOWN else RoleBasis.KEY
        if (
            role is UsedFor.UNKNOWN
            and named_id.evaluates
            and named_id.kind is ReferenceKind.DATASET
        ):
            role, by = UsedFor.EVALUATION, RoleBasis.TRAINER
        served = max(named_id.served, self.spoken() if _asks(named_id) else Served.UNKNOWN)
        site = Site(
            self.path, node.lineno, column, named_id.kind, how, role, named_id.revision, role_by=by,
            service=named_id.served >= Served.BY_MAKER,
            remote=served is Served.BY_HOST and named_id.served is not Served.NOBODY,
        )  # fmt: skip
        result = weigh(site, named_id.text, self.rules, confidence=Confidence.LIKELY)
        if isinstance(result, Reference):
            gathered.add(result)

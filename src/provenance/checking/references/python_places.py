"""Strings of a Python file as references, by where they stand and what is said around them."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from provenance.checking.references.names import addresses_in, hub_address
from provenance.checking.references.python_bindings import FileNames
from provenance.checking.references.python_context import told_by_context
from provenance.checking.references.python_hints import hinted_ids
from provenance.checking.references.python_ids import NamedId
from provenance.checking.references.python_names import named_ids
from provenance.checking.references.python_telling import telling
from provenance.checking.references.python_text import characters
from provenance.checking.references.roles import role_of_words, words_of
from provenance.checking.references.rules import CallRule, Rules
from provenance.checking.references.services import Served, names_a_served_model, spoken_to
from provenance.checking.references.sites import Found, Site, Unsaid, weigh
from provenance.checking.references.unsaid import looks_like_an_id
from provenance.report.checked import (
    Confidence,
    Reference,
    ReferenceKind,
    RoleBasis,
    UsedFor,
)

_LOADING = frozenset(
    {"transformers", "vllm", "huggingface_hub", "datasets", "sentence_transformers", "peft", "trl",
     "diffusers", "unsloth", "mlx_lm", "sglang", "llama_cpp", "ctransformers", "litgpt"}
)  # fmt: skip
"""Packages that load models of the Hub."""
_ASKING = frozenset({"together", "groq", "fireworks", "replicate", "cerebras", "deepinfra"})
"""Clients of services that host models of many."""


def _asks(one: NamedId) -> bool:
    """Whether a name holds the model that a service is asked for."""
    return one.kind is ReferenceKind.MODEL and names_a_served_model(one.name)


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
            said = Served.BY_HOST if asks else spoken_to("\n".join(self.lines))
            if said is Served.BY_HOST and not asks:
                said = spoken_to(self._without_remarks())
            self.service = Served.UNKNOWN if loads else said
        return self.service

    def _without_remarks(self) -> str:
        """The file without strings that are statements: what they name is not asked."""
        lines = list(self.lines)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                last = node.end_lineno or node.lineno
                lines[node.lineno - 1 : last] = [""] * (last + 1 - node.lineno)
        return "\n".join(lines)

    def of_class(self, call: ast.Call, qualified: str, found: Found) -> None:
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
                found.add(weigh(site, name, self.rules, confidence=Confidence.CERTAIN))

    def addresses(self, found: Found) -> None:
        """``hf://`` paths and addresses of Hub files, whatever reads them."""
        plain = ((n, text) for n in self.names.literals for text in addresses_in(str(n.value)))
        for node, text in (*plain, *self.names.addresses):
            address = hub_address(text)
            if address is None:
                continue
            kind = ReferenceKind(address.kind.value) if address.kind else ReferenceKind.MODEL
            how = "hf://" if text.startswith("hf://") else "address of a Hub file"
            column = characters(self.lines, node.lineno, node.col_offset)
            site = Site(self.path, node.lineno, column, kind, how)
            found.add(weigh(site, text, self.rules, confidence=Confidence.CERTAIN))

    def unsaid(self, found: Found) -> None:
        """Strings that look like ids: by what stands around them, else said in a note."""
        known = {(r.line, r.column) for r in found.references}
        for one in told_by_context(self.tree, self.names, self.rules):
            column = characters(self.lines, one.literal.lineno, one.literal.col_offset)
            if (one.literal.lineno, column) not in known:
                self._likely(one, found)
        for node in self.names.quoted:
            if looks_like_an_id(str(node.value), self.rules):
                column = characters(self.lines, node.lineno, node.col_offset)
                found.unsaid.append(Unsaid(self.path, node.lineno, column, str(node.value)))

    def by_name(self, found: Found) -> None:
        """Literals whose variable, default, keyword or key says what they are."""
        told = telling(self.names, self.rules)
        if not told.texts and not told.any:
            return
        known = {(r.line, r.column) for r in found.references}
        for one in (*named_ids(self.names, self.rules, told), *hinted_ids(self.names, self.rules)):
            node = one.literal
            place = node.lineno, characters(self.lines, node.lineno, node.col_offset)
            if place not in known:
                self._likely(one, found)
                known |= {place} if one.text == node.value else set()

    def _likely(self, one: NamedId, found: Found) -> None:
        """A reference, by a name."""
        node = one.literal
        column = characters(self.lines, node.lineno, node.col_offset)
        role = role_of_words(set(words_of(one.name)), one.kind)
        how = f"{one.kind.value} in {one.name}"
        by = RoleBasis.NONE if role is UsedFor.UNKNOWN else RoleBasis.KEY
        if role is UsedFor.UNKNOWN and one.evaluates and one.kind is ReferenceKind.DATASET:
            role, by = UsedFor.EVALUATION, RoleBasis.TRAINER
        served = max(one.served, self.spoken() if _asks(one) else Served.UNKNOWN)
        site = Site(
            self.path, node.lineno, column, one.kind, how, role, one.revision, role_by=by,
            service=one.served >= Served.BY_MAKER,
            remote=served is Served.BY_HOST and one.served is not Served.NOBODY,
        )  # fmt: skip
        result = weigh(site, one.text, self.rules, confidence=Confidence.LIKELY)
        if isinstance(result, Reference):
            found.add(result)

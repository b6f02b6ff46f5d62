"""References in Python, by syntax tree."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace

from provenance.checking.references.names import hub_address
from provenance.checking.references.python_scopes import (
    Defined,
    FileNames,
    Imported,
    Scope,
    collect,
)
from provenance.checking.references.python_values import Elsewhere, Resolver, Runtime, Text, Value
from provenance.checking.references.rules import CallRule, Rules
from provenance.checking.references.sites import Found, Pending, Site, weigh
from provenance.report.checked import Confidence, FileProblem, ReferenceKind, ScanNote, Use

_COMMIT = re.compile(r"[0-9a-f]{40}")
_EVALUATION = re.compile(r"(?i)\b(?:test|valid|validation|val|dev|eval)")


def parse_python(data: bytes) -> ast.Module | str:
    """The syntax tree, or why there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(data)
    except SyntaxError as error:
        return f"not Python: {error.msg}" + (f" (line {error.lineno})" if error.lineno else "")
    except ValueError as error:
        return f"not Python: {error}"
    except (RecursionError, MemoryError):
        return "not Python: nested too deeply to parse"


def module_of(path: str) -> tuple[str, str]:
    """Dotted module and package of a file; a leading ``src/`` and ``lib/`` are no packages."""
    parts = path.removesuffix(".py").split("/")
    if parts[0] in {"src", "lib"} and len(parts) > 1:
        parts = parts[1:]
    if parts[-1] == "__init__":
        name = ".".join(parts[:-1])
        return name, name
    return ".".join(parts), ".".join(parts[:-1])


def find_in_python(data: bytes, path: str, rules: Rules) -> Found:
    """References, notes and names to look up elsewhere, of one file."""
    tree = parse_python(data)
    if isinstance(tree, str):
        return Found(problems=[FileProblem(path, None, tree)])
    if not rules.triggered(data, path):
        return Found()
    return find_in_tree(tree, data.decode("utf-8", "replace").split("\n"), path, rules)


def find_in_tree(tree: ast.Module, lines: list[str], path: str, rules: Rules) -> Found:
    """The same of a tree; ``lines`` are its source, for columns."""
    return _Finder(collect(tree, module_of(path)[1]), lines, path, rules).run()


def module_resolver(data: bytes, path: str) -> Resolver | None:
    """What names of a file of the project stand for; ``None`` when it is not Python."""
    tree = parse_python(data)
    return None if isinstance(tree, str) else Resolver(collect(tree, module_of(path)[1]))


def module_texts(resolver: Resolver, path: str, attribute: str) -> list[Value]:
    """Values of a module-level name of a file, seen from another one."""
    return [
        replace(value, file=path, direct=False) if isinstance(value, Text) else value
        for value in resolver.module_values(attribute)
    ]


def characters(lines: list[str], line: int, column: int) -> int:
    """1-based column in characters of a 0-based column in UTF-8 bytes."""
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return len(text.encode()[:column].decode("utf-8", "ignore")) + 1


@dataclass(slots=True)
class _Finder:
    names: FileNames
    lines: list[str]
    path: str
    rules: Rules

    def run(self) -> Found:
        found = Found()
        resolver = Resolver(self.names)
        trains = self._trains()
        for call, scope in self.names.calls:
            qualified = self._qualified(call.func, scope)
            if qualified is None:
                continue
            matched = self.rules.calls_named(qualified)
            for rule, argument in _arguments(call, matched):
                self._call(call, scope, rule, argument, resolver, trains, found)
            self._class(call, qualified, found)
        self._addresses(found)
        self._tables(found)
        self._declared_arguments(resolver, found, trains)
        return found

    def _trains(self) -> bool:
        """Whether the file trains: it calls a trainer."""
        return any(
            _tail(call.func) in self.rules.trainers or _tail(call.func).endswith("Trainer")
            for call, _ in self.names.calls
        )

    def _qualified(self, node: ast.expr, scope: Scope) -> str | None:
        """Dotted name of a callee with its imports followed; ``None`` when it has none."""
        tails: list[str] = []
        while isinstance(node, ast.Attribute):
            tails.append(node.attr)
            node = node.value
        rest = tails[::-1]
        if not isinstance(node, ast.Name):
            return ".".join(["?", *rest]) if rest else None
        for place in scope.chain():
            bindings = place.names.get(node.id)
            if bindings is None:
                continue
            imported = [b for b in bindings if isinstance(b, Imported)]
            if imported:
                one = imported[-1]
                base = one.module if one.attribute is None else f"{one.module}.{one.attribute}"
                return ".".join([base, *rest])
            own = any(isinstance(b, Defined) for b in bindings)
            return ".".join(["<own>" if own else "?", node.id, *rest])
        for module in self.names.star_imports:
            qualified = ".".join([module, node.id, *rest])
            if self.rules.calls_named(qualified):
                return qualified
        return ".".join(["?", node.id, *rest])

    def _call(
        self,
        call: ast.Call,
        scope: Scope,
        rule: CallRule,
        argument: ast.expr,
        resolver: Resolver,
        trains: bool,
        found: Found,
    ) -> None:
        keywords = {k.arg: k.value for k in call.keywords if k.arg}
        site = self._site(argument, rule, rule.name.removeprefix("*."))
        if rule.kind == "by_repo_type":
            kind = _repo_kind(keywords.get("repo_type"), resolver, scope)
            if kind is None:
                return
            site = replace(site, kind=kind)
        revision = _only_text(keywords.get("revision"), resolver, scope)
        role = rule.role
        if rule.kind == "dataset":
            role = _role_of_split(self._split(call, rule, keywords), resolver, scope, role)
        elif role is Use.UNKNOWN and trains:
            role = Use.TRAINING
        site = replace(site, revision=revision, role=role)
        self._values(site, resolver.values(argument, scope), found)

    def _split(
        self, call: ast.Call, rule: CallRule, keywords: dict[str, ast.expr]
    ) -> ast.expr | None:
        if "split" in keywords:
            return keywords["split"]
        if rule.split is not None and len(call.args) > rule.split:
            return call.args[rule.split]
        return None

    def _site(self, node: ast.expr, rule: CallRule, how: str) -> Site:
        kind = ReferenceKind.MODEL if rule.kind == "model" else ReferenceKind.DATASET
        column = characters(self.lines, node.lineno, node.col_offset)
        return Site(
            self.path, node.lineno, column, kind, how, rule.role, None, rule.place,
            rule.slash, rule.prefixed,
        )  # fmt: skip

    def _values(self, site: Site, values: list[Value], found: Found) -> None:
        why: list[str] = []
        for value in values:
            if isinstance(value, Text):
                confidence = Confidence.CERTAIN if value.direct else Confidence.RESOLVED
                at = (self.path, value.line, characters(self.lines, value.line, value.column))
                found.add(weigh(site, value.value, self.rules, confidence=confidence, at=at))
            elif isinstance(value, Elsewhere):
                found.pending.append(Pending(site, value.module, value.attribute))
            elif isinstance(value, Runtime):
                why.append(value.why)
        if why and not any(isinstance(v, Text) for v in values):
            found.notes.append(ScanNote(site.file, site.line, site.column, site.how, why[0]))

    def _class(self, call: ast.Call, qualified: str, found: Found) -> None:
        """``torchvision.datasets.CIFAR10(…)``: the class itself names the set."""
        module, _, name = qualified.rpartition(".")
        for rule in self.rules.classes:
            if (
                (module == rule.module or module.startswith(f"{rule.module}."))
                and name[:1].isupper()
                and name not in rule.excluded
            ):
                node = call.func
                column = characters(self.lines, node.lineno, node.col_offset)
                role = Use.UNKNOWN
                train = next((k.value for k in call.keywords if k.arg == "train"), None)
                if isinstance(train, ast.Constant) and isinstance(train.value, bool):
                    role = Use.TRAINING if train.value else Use.EVALUATION
                site = Site(
                    self.path, node.lineno, column, ReferenceKind(rule.kind), f"{rule.module}.*",
                    role, place=rule.place,
                )  # fmt: skip
                found.add(weigh(site, name, self.rules, confidence=Confidence.CERTAIN))

    def _tables(self, found: Found) -> None:
        """``{"path": id, "revision": commit}``: arguments of ``load_dataset`` kept in a table."""
        for table in self.names.tables:
            values = {
                k.value: v
                for k, v in zip(table.keys, table.values, strict=True)
                if isinstance(k, ast.Constant) and isinstance(v, ast.Constant)
            }
            path, revision = values.get("path"), values.get("revision")
            if path is None or revision is None or not isinstance(path.value, str):
                continue
            pinned = revision.value
            if not isinstance(pinned, str) or not _COMMIT.fullmatch(pinned):
                continue
            column = characters(self.lines, path.lineno, path.col_offset)
            how = "a table with path and revision"
            site = Site(self.path, path.lineno, column, ReferenceKind.DATASET, how, revision=pinned)
            found.add(weigh(site, path.value, self.rules, confidence=Confidence.LIKELY))

    def _addresses(self, found: Found) -> None:
        """``hf://`` paths and addresses of Hub files, whatever reads them."""
        for node in self.names.literals:
            text = str(node.value)
            is_file = any(f"/{part}/" in text for part in ("resolve", "raw"))
            if not text.startswith("hf://") and not is_file:
                continue
            address = hub_address(text)
            if address is None or any(mark in text for mark in "{}<>"):
                continue
            kind = ReferenceKind(address.kind.value) if address.kind else ReferenceKind.MODEL
            how = "hf://" if text.startswith("hf://") else "address of a Hub file"
            column = characters(self.lines, node.lineno, node.col_offset)
            site = Site(self.path, node.lineno, column, kind, how)
            found.add(weigh(site, text, self.rules, confidence=Confidence.CERTAIN))

    def _declared_arguments(self, resolver: Resolver, found: Found, trains: bool) -> None:
        """Defaults of options and fields whose name says what they hold."""
        kinds = (
            (ReferenceKind.MODEL, self.rules.arguments.model),
            (ReferenceKind.DATASET, self.rules.arguments.dataset),
        )
        for kind, names in kinds:
            for name in names:
                declared = (*self.names.arguments.get(name, ()), *self.names.fields.get(name, ()))
                for node, scope in declared:
                    role = Use.TRAINING if trains and kind is ReferenceKind.MODEL else Use.UNKNOWN
                    role = Use.EVALUATION if name.startswith("eval") else role
                    line = getattr(node, "lineno", 1)
                    site = Site(self.path, line, 1, kind, f"default of {name}", role, slash=True)
                    for value in resolver.values(node, scope):
                        if isinstance(value, Text):
                            column = characters(self.lines, value.line, value.column)
                            result = weigh(
                                site, value.value, self.rules, confidence=Confidence.LIKELY,
                                at=(self.path, value.line, column),
                            )  # fmt: skip
                            if not isinstance(result, ScanNote):
                                found.add(result)


def _arguments(call: ast.Call, matched: list[CallRule]) -> Iterator[tuple[CallRule, ast.expr]]:
    """The argument of each rule that the call gives; the first rule to claim one has it."""
    keywords = {k.arg: k.value for k in call.keywords if k.arg}
    taken: set[int] = set()
    specific = sorted(matched, key=lambda rule: rule.name.startswith("*"))
    for rule in specific:
        if rule.name.startswith("*") and any(not r.name.startswith("*") for r in specific):
            continue
        argument = keywords.get(rule.keyword)
        position = rule.position
        if argument is None and position is not None and len(call.args) > position:
            before = call.args[: position + 1]
            if not any(isinstance(a, ast.Starred) for a in before):
                argument = call.args[position]
        if argument is not None and id(argument) not in taken:
            taken.add(id(argument))
            yield rule, argument


def _tail(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _only_text(node: ast.expr | None, resolver: Resolver, scope: Scope) -> str | None:
    if node is None:
        return None
    values = resolver.values(node, scope)
    if len(values) == 1 and isinstance(values[0], Text):
        return values[0].value
    return None


def _repo_kind(node: ast.expr | None, resolver: Resolver, scope: Scope) -> ReferenceKind | None:
    if node is None or (isinstance(node, ast.Constant) and node.value is None):
        return ReferenceKind.MODEL
    text = _only_text(node, resolver, scope)
    return ReferenceKind(text) if text in set(ReferenceKind) else None


def _role_of_split(node: ast.expr | None, resolver: Resolver, scope: Scope, otherwise: Use) -> Use:
    """Training where any part of the split is; evaluation where all say so."""
    if node is None:
        return otherwise
    texts = [v.value for v in resolver.values(node, scope) if isinstance(v, Text)]
    if any("train" in text.lower() for text in texts):
        return Use.TRAINING
    if texts and all(_EVALUATION.search(text) for text in texts):
        return Use.EVALUATION
    return otherwise

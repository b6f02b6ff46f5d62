"""References in Python, by syntax tree."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from provenance.checking.references.first_look import may_refer
from provenance.checking.references.python_bindings import FileNames, NameScope
from provenance.checking.references.python_callees import Callees
from provenance.checking.references.python_calls import (
    MOST_CALLS,
    arguments,
    expanded,
    is_likely,
    only_text,
    repo_kind,
    role_of_split,
    tail,
)
from provenance.checking.references.python_commands import find_in_commands
from provenance.checking.references.python_handed import (
    HANDED_ON,
    calls_others,
    chosen,
    handed,
    later,
)
from provenance.checking.references.python_parsing import (
    NotPythonError,
    is_python,
    parse_python,
    parsed_in_part,
)
from provenance.checking.references.python_paths import paths_and_addresses
from provenance.checking.references.python_places import Places
from provenance.checking.references.python_possible import Elsewhere, Runtime, Text, Value
from provenance.checking.references.python_roles import (
    around,
    fed_to_training,
    trains,
    with_roles_in_file,
)
from provenance.checking.references.python_scopes import collect
from provenance.checking.references.python_text import as_python_reads, characters
from provenance.checking.references.python_unknown import (
    from_environment,
    given_at_run_time,
    may_be_given,
)
from provenance.checking.references.python_values import TOO_MANY, Resolver
from provenance.checking.references.rules import CallRule, Rules
from provenance.checking.references.sites import Gathered, Pending, Site, Wrapper, weigh
from provenance.report.checked import (
    Confidence,
    FileProblem,
    ReferenceKind,
    ScanNote,
    UsedFor,
)


def module_of(path: str) -> tuple[str, str]:
    """Dotted module and package of a file; a leading ``src/`` and ``lib/`` are no packages."""
    parts = path.removesuffix(".py").split("/")
    if parts[0] in {"src", "lib"} and len(parts) > 1:
        parts = parts[1:]
    if parts[-1] == "__init__":
        name = ".".join(parts[:-1])
        return name, name
    return ".".join(parts), ".".join(parts[:-1])


def find_in_python(data: bytes, path: str, rules: Rules) -> Gathered:
    """References, notes and names to look up elsewhere, of one file."""
    wanted = may_refer(as_python_reads(data), path, rules)
    if not wanted and is_python(data):
        return Gathered()
    lines = data.decode("utf-8", "replace").split("\n")
    try:
        tree = parse_python(data)
    except NotPythonError as error:
        rest = parsed_in_part(lines) if wanted else None
        gathered = find_in_tree(rest, lines, path, rules) if rest is not None else Gathered()
        gathered.problems.append(FileProblem(path, None, str(error)))
        return gathered
    if not wanted:
        return Gathered()
    return find_in_tree(tree, lines, path, rules)


def find_in_tree(tree: ast.Module, lines: list[str], path: str, rules: Rules) -> Gathered:
    """The same of a tree; ``lines`` are its source, for columns."""
    names = collect(tree, module_of(path)[1])
    places = Places(tree, names, lines, path, rules)
    return _Finder(tree, names, lines, path, rules, places, Callees(names, rules)).run()


def module_resolver(data: bytes, path: str) -> Resolver | None:
    """What names of a file of the project stand for; ``None`` when it is not Python."""
    try:
        tree = parse_python(data)
    except NotPythonError:
        return None
    return Resolver(collect(tree, module_of(path)[1]))


def module_texts(resolver: Resolver, path: str, attribute: str) -> list[Value]:
    """Values of a module-level name of a file, seen from another one."""
    return [
        replace(value, file=path, direct=False) if isinstance(value, Text) else value
        for value in resolver.module_values(attribute)
    ]


def _names_it_otherwise(call: ast.Call, matched: list[CallRule]) -> bool:
    """Whether a ``from_pretrained`` of an unknown library is given keywords of its own only."""
    if call.args or not call.keywords or any(arguments(call, matched)):
        return False
    return any(rule.name == "*.from_pretrained" for rule in matched)


def _takes_its_own(call: ast.Call, matched: list[CallRule]) -> bool:
    """Whether a pipeline is given no model, so that the library takes one of its own."""
    if all(rule.name != "transformers.pipeline" for rule in matched):
        return False
    return not any(rule.keyword == "model" for rule, _ in arguments(call, matched))


SPACE = "a repository of another kind (a Space): neither data nor a model, and not looked up"


@dataclass(slots=True)
class _Finder:
    tree: ast.Module
    names: FileNames
    lines: list[str]
    path: str
    rules: Rules
    places: Places
    callees: Callees

    def run(self) -> Gathered:
        gathered = Gathered()
        resolver = Resolver(self.names)
        does_train = trains(self.names, self.rules)
        for call, scope in self.names.calls:
            self._loader(call, scope, resolver, does_train, gathered)
        for name, node in from_environment(self.names, self.rules):
            column = characters(self.lines, node.lineno, node.col_offset)
            site = Site(self.path, node.lineno, column, ReferenceKind.MODEL, name)
            self._note(site, "it is read from the environment", gathered)
        self.places.addresses(gathered)
        if self.rules.name_words.model:  # not where calls of the project's own are followed only
            self.places.by_name(gathered)
            self.places.unsaid(gathered)
            self.places.put_together(resolver, gathered)
            gathered.extend(
                paths_and_addresses(self.names, resolver, self.lines, self.path, self.rules)
            )
        gathered.extend(find_in_commands(self.names, self.path, self.rules, resolver))
        if gathered.references:
            places = around(self.tree, self.names)
            fed = fed_to_training(self.tree, self.names)
            gathered.references = list(
                with_roles_in_file(
                    gathered.references, self.path, places, fed, does_train=does_train
                )
            )
        return gathered

    def _loader(
        self,
        call: ast.Call,
        scope: NameScope,
        resolver: Resolver,
        does_train: bool,
        gathered: Gathered,
    ) -> None:
        """A call, if it is one of a loader, or makes one."""
        handed_on = later(call) if calls_others(call) else ()
        for made in (*handed_on, *chosen(call, scope)):
            self._made_later(made, scope, resolver, does_train, gathered)
        qualified = self.callees.qualified(call.func, scope)
        if qualified is None:
            return
        if tail(call.func) == "partial" and call.args:
            qualified = self.callees.qualified(call.args[0], scope) or qualified
            call = ast.copy_location(ast.Call(call.args[0], call.args[1:], call.keywords), call)
        call, qualified = self._deferred(call, qualified, scope)
        matched = self._rules_of(qualified)
        if matched and self.callees.has_its_own(qualified):
            matched = [r for r in matched if not r.name.startswith("*")]
        if matched:
            self._matched(call, scope, matched, resolver, does_train, gathered)
        elif may_be_given(call) and not qualified.startswith("<own>"):
            self._unknown(call, scope, resolver, gathered)
        if not matched:
            self._handed(call, scope, gathered)
        self.places.of_class(call, qualified, gathered)

    def _rules_of(self, qualified: str) -> list[CallRule]:
        """Rules for a call of this name, in this file."""
        return [
            r
            for r in self.rules.calls_named(qualified)
            if self._applies(r, qualified) and (not r.imports or r.imports in self.names.packages)
        ]

    def _made_later(
        self,
        call: ast.Call,
        scope: NameScope,
        resolver: Resolver,
        does_train: bool,
        gathered: Gathered,
    ) -> None:
        """A call that another makes of a function that it is given."""
        qualified = self.callees.qualified(call.func, scope)
        if qualified is None or (tail(call.func) not in self.rules.distinct and "?" in qualified):
            return
        matched = self._rules_of(qualified)
        if matched:
            self._matched(call, scope, matched, resolver, does_train, gathered)

    def _handed(self, call: ast.Call, scope: NameScope, gathered: Gathered) -> None:
        """A loader that is given to what may call it: with what is not known."""
        for given in handed(call):
            name = tail(given)
            if name not in self.rules.calls_by_tail or not name[:1].islower():
                continue
            if any(True for _ in later(call)):
                return
            qualified = self.callees.qualified(given, scope) or "?"
            if qualified.startswith(("?", "<own>")) or not self._rules_of(qualified):
                continue
            column = characters(self.lines, given.lineno, given.col_offset)
            site = Site(self.path, given.lineno, column, ReferenceKind.MODEL, name)
            self._note(site, HANDED_ON.format(tail(call.func) or "a function"), gathered)

    def _applies(self, rule: CallRule, qualified: str) -> bool:
        """Whether a rule of one file of the project is of this file's calls."""
        if rule.within is not None:
            return rule.within == self.path
        return not rule.of_project or not qualified.startswith("<own>")

    def _matched(
        self,
        call: ast.Call,
        scope: NameScope,
        matched: list[CallRule],
        resolver: Resolver,
        does_train: bool,
        gathered: Gathered,
    ) -> None:
        """A call of a loader."""
        calls = expanded(call, resolver, scope)
        claimed = False
        for given in calls[:MOST_CALLS]:
            for rule, argument in arguments(given, matched):
                claimed = True
                self._call(given, scope, rule, argument, resolver, does_train, gathered)
        given = calls[0]
        if len(calls) > MOST_CALLS:
            site = self.places.site(call, matched[0], matched[0].name.removeprefix("*."))
            self._note(site, TOO_MANY, gathered)
        if not claimed and any(k.arg is None for k in call.keywords):
            for rule in matched[:1]:
                site = self.places.site(call, rule, rule.name.removeprefix("*."))
                self._note(site, "its arguments are given at run time", gathered)
        elif _names_it_otherwise(given, matched):
            site = self.places.site(call, matched[0], "from_pretrained")
            self._note(site, "what it loads is given under a name that is not known", gathered)
        elif call.args and _takes_its_own(given, matched):
            site = self.places.site(call, matched[0], "transformers.pipeline")
            self._note(site, "it names no model: the library takes one of its own", gathered)

    def _deferred(self, call: ast.Call, qualified: str, scope: NameScope) -> tuple[ast.Call, str]:
        """``dict(type=load_dataset, path="owner/name")``: a call that a framework makes later."""
        if qualified != "?.dict":
            return call, qualified
        types = [k.value for k in call.keywords if k.arg == "type"]
        if not types or not isinstance(types[0], ast.Name | ast.Attribute):
            return call, qualified
        kept = [k for k in call.keywords if k.arg != "type"]
        later = ast.copy_location(ast.Call(types[0], call.args, kept), call)
        return later, self.callees.qualified(types[0], scope) or qualified

    def _unknown(
        self, call: ast.Call, scope: NameScope, resolver: Resolver, gathered: Gathered
    ) -> None:
        """A call that is not known, with a keyword that only ids are given under."""
        for name, value in given_at_run_time(call, scope, self.rules):
            values = resolver.values(value, scope)
            why = [v.why for v in values if isinstance(v, Runtime)]
            if why and not any(isinstance(v, Text | Elsewhere) for v in values):
                column = characters(self.lines, value.lineno, value.col_offset)
                site = Site(self.path, value.lineno, column, ReferenceKind.MODEL, str(name))
                self._note(site, why[0], gathered)

    def _note(self, site: Site, message: str, gathered: Gathered) -> None:
        gathered.notes.append(ScanNote(site.file, site.line, site.column, site.how, message))

    def _call(
        self,
        call: ast.Call,
        scope: NameScope,
        rule: CallRule,
        argument: ast.expr,
        resolver: Resolver,
        does_train: bool,
        gathered: Gathered,
    ) -> None:
        keywords = {k.arg: k.value for k in call.keywords if k.arg}
        how = tail(call.func) if rule.of_project else rule.name.removeprefix("*.")
        site = self.places.site(argument, rule, how)
        if rule.kind == "by_repo_type":
            given = keywords.get("repo_type")
            kind = repo_kind(given, resolver, scope)
            if kind is None:
                if only_text(given, resolver, scope) is None:
                    place = self.places.site(call, rule, how)
                    self._note(place, "its kind of repository is known at run time only", gathered)
                else:
                    self._note(self.places.site(argument, rule, how), SPACE, gathered)
                return
            site = replace(site, kind=kind)
        revision = only_text(
            keywords.get("revision") or keywords.get("model_revision"), resolver, scope
        )
        role = rule.role
        if rule.kind == "dataset":
            role = role_of_split(self._split(call, rule, keywords), resolver, scope, role)
        elif does_train and not rule.of_project and role is not UsedFor.TRAINING:
            role = UsedFor.TRAINING if role is UsedFor.UNKNOWN else role
        site = replace(site, revision=revision, role=role)
        values = resolver.values(argument, scope)
        if rule.of_project:
            values = [v for v in values if not isinstance(v, Text) or is_likely(v.value, site)]
        line = call.func.end_lineno or call.lineno
        place = replace(self.places.site(call, rule, how), line=line)
        self._values(site, values, (place.line, place.column), gathered)

    def _split(
        self, call: ast.Call, rule: CallRule, keywords: dict[str, ast.expr]
    ) -> ast.expr | None:
        if "split" in keywords:
            return keywords["split"]
        if rule.split is not None and len(call.args) > rule.split:
            return call.args[rule.split]
        return None

    def _values(
        self, site: Site, values: list[Value], called: tuple[int, int], gathered: Gathered
    ) -> None:
        """What an argument can be; what is not known of it is said where the call begins."""
        why: list[str] = []
        for value in values:
            if isinstance(value, Text) and value.value in self.names.local:
                why.append("the file saves under this name or chooses by it")
            elif isinstance(value, Text):
                confidence = Confidence.CERTAIN if value.direct else Confidence.RESOLVED
                at = (self.path, value.line, characters(self.lines, value.line, value.column))
                gathered.add(weigh(site, value.value, self.rules, confidence=confidence, at=at))
            elif isinstance(value, Elsewhere):
                gathered.pending.append(Pending(site, value.module, value.attribute))
            elif isinstance(value, Runtime):
                why.append(value.why)
                self._handed_on(site, value, gathered)
        blank = [v for v in values if isinstance(v, Text) and not v.value.strip()]
        if blank:
            why.append("its default is empty")
        known = (v.value for v in values if isinstance(v, Text))
        unknown = not any(text.strip() and text not in self.names.local for text in known)
        beside = any(isinstance(v, Runtime) and v.beside for v in values)
        if why and (unknown or beside):
            gathered.notes.append(ScanNote(site.file, *called, site.how, why[0]))

    def _handed_on(self, site: Site, value: Runtime, gathered: Gathered) -> None:
        """A parameter that a loader gets: calls of its function are loaders too."""
        handed = value.parameter
        if handed is None:
            return
        parts = module_of(self.path)[0].split(".")
        modules = tuple(".".join(parts[i:]) for i in range(len(parts)))
        gathered.wrappers.append(
            Wrapper(self.path, modules, handed.function, handed.name, handed.position, site)
        )

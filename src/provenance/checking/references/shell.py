"""References in shell scripts, Makefiles, Dockerfiles and commands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from provenance.checking.references.config_keys import kind_of_key
from provenance.checking.references.names import (
    is_api,
    is_plain_id,
    kind_of_name,
    listed,
    may_hold_a_model,
)
from provenance.checking.references.rules import Rules
from provenance.checking.references.services import Served, said_beside, spoken_to
from provenance.checking.references.shell_flags import (
    ARGS,
    COMMAND,
    GGUF,
    PAIRS,
    REPOSITORY,
    STRICT,
)
from provenance.checking.references.shell_pins import pin_of
from provenance.checking.references.shell_programs import taken, unsaid_words
from provenance.checking.references.shell_runs import runs_of
from provenance.checking.references.shell_text import (
    VARIABLE,
    Token,
    arrays,
    bare,
    commands,
    from_powershell,
    functions,
    pairs,
    programs,
    split,
    texts,
)
from provenance.checking.references.shell_values import CommandValues, GivenValue
from provenance.checking.references.sites import Gathered
from provenance.report.checked import ReferenceKind

_KEY = re.compile(r"[+~]*([A-Za-z_][\w.]*)=(.*)", re.DOTALL)
_QUOTED = 2
"""How deep commands inside quotes are read."""
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{0,12})?|\.\d{1,12}")
_UPLOADS = frozenset({"upload", "upload-large-folder", "push"})
"""Subcommands that are given where something goes to."""
_HANDS_ON = re.compile(
    r"(?m)^[ \t]{0,80}(?:\.|source|eval|envsubst)[ \t]|\bset[ \t]+-\w{0,9}a|\ballexport\b|\$\{!|<<"
)
"""What lets all variables of a script be used where no command names them."""
_SENT_ON = re.compile(r"(?m)^[^\n]{0,400}(?:\b(?:export|declare|typeset)\b|[|>])[^\n]{0,400}$")
"""Lines that give a variable to other programs, or to a file."""
_SHOWS = frozenset({"echo", "printf", "[", "[[", "test"})
"""Commands that only show or test a variable."""
_EXPORTS = frozenset({"export", "declare", "readonly", "typeset"})
"""Commands whose words are names of variables: a program that is started may read them."""
_PROGRAMS = ("python", "python3", ".py", ".sh", "torchrun", "accelerate", "deepspeed")
"""Ends of the names of programs that may do anything, whatever their arguments are called."""
_SHORT = 3
"""Characters of a flag that says nothing by how it ends."""


def find_in_shell(
    text: str, path: str, rules: Rules, first_line: int = 1, *, sourced: bool = False
) -> Gathered:
    """References in commands.

    Args:
        text: the commands.
        path: the file they stand in.
        rules: what to look for.
        first_line: the file's line that the text starts on.
        sourced: another file reads the variables, whatever this one does with them.

    """
    gathered = Gathered()
    if path.endswith(".ps1"):
        text = from_powershell(text)
    code, inner = programs(text)
    gathered.inner += (replace(program, line=first_line + program.line - 1) for program in inner)
    reader = _Reader(rules, CommandValues(path, rules, gathered), spoken_to(text), text=text)
    reader.sourced = sourced
    reader.used.update(_variables(program.text for program in inner))
    values = reader.values
    code, quoted = texts(code, first_line)
    for name, held in (*arrays(code, first_line), *quoted):
        values.variables.keep(name, held)
    values.functions = functions(code, first_line)
    for tokens in commands(code, first_line):
        reader.assign(tokens)
        reader.command(tokens)
    reader.calls()
    reader.by_name()
    reader.pairs(text, first_line)
    for token in values.variables.cut:
        values.note(token, "variable", "more than 200 values: the others are not followed")
    return gathered


def find_in_command(tokens: list[Token], path: str, rules: Rules) -> Gathered:
    """References in one command that is already split, as in ``args: [--model, owner/name]``."""
    gathered = Gathered()
    _Reader(rules, CommandValues(path, rules, gathered)).command(tokens)
    return gathered


@dataclass(slots=True)
class _Reader:
    """Takes commands apart: which word is the value of what."""

    rules: Rules
    values: CommandValues
    spoken: Served = Served.UNKNOWN
    """Which service the script speaks to."""
    called: list[list[Token]] = field(default_factory=list)
    """Commands outside every function."""
    uploaded: set[str] = field(default_factory=set)
    """Variables that an upload is given: where something goes to."""
    used: set[str] = field(default_factory=set)
    """Variables that another command is given, but one that only shows them."""
    sourced: bool = False
    """Another file reads the variables."""
    text: str = ""
    """The whole script, to see what else a variable may be for."""

    def handed_on(self, name: str) -> bool:
        """Whether programs that the script starts or files that it reads may know a variable."""
        if self.sourced or _HANDS_ON.search(self.text) is not None:
            return True
        named = re.compile(rf"\b{re.escape(name)}\b")
        lines = (m[0] for m in _SENT_ON.finditer(self.text))
        return any(named.search(line) for line in lines)

    def assign(self, tokens: list[Token]) -> None:
        """Remember what a command sets; say what an image is built with."""
        self.values.variables.assign(tokens)
        if tokens[0].text == "ARG" and len(tokens) > 1:
            self._build_argument(tokens[1])

    def calls(self) -> None:
        """What the script gives its own functions where they hand it on to a flag."""
        names = {name for name, _ in self.values.taken}
        for tokens in self.called:
            if tokens[0].text not in names:
                continue
            for position, token in enumerate(tokens[1:], 1):
                given = self.values.taken.get((tokens[0].text, position))
                if given is not None:
                    self.values.value(token, replace(given, strict=False, exact=False))

    def pairs(self, text: str, first_line: int) -> None:
        """JSON that a command sends (``curl -d '{"model": …}'``)."""
        known = {(r.line, r.id) for r in self.values.gathered.references}
        for name, token in pairs(text, first_line):
            kind = kind_of_name(name, self.rules)
            if kind is not None and (token.line, token.text) not in known:
                self.values.sent(name, token, kind, self.spoken)

    def _build_argument(self, token: Token) -> None:
        """``ARG MODEL_NAME``: whoever builds the image gives it."""
        name, _, value = token.text.partition("=")
        if not bare(value) and kind_of_name(name, self.rules) is not None:
            self.values.note(token, f"ARG {name}")

    def by_name(self) -> None:
        """Ids in variables, arrays and loops that a name says something of, and no flag took."""
        variables = self.values.variables
        known = {r.id for r in self.values.gathered.references}
        for name, token in variables.named():
            if name in self.uploaded and name not in self.used and not self.handed_on(name):
                continue
            kind = kind_of_name(name, self.rules)
            if kind is None and not may_hold_a_model(name, self.rules):
                continue
            for word in split(token):
                text = variables.expanded(bare(word.text))
                if kind is None:
                    if text not in known:
                        self.values.by_its_words(word, text, name, ())
                    continue
                given = GivenValue(kind, name, served=self.spoken)
                self.values.named(word, text, given, known)

    def command(self, tokens: list[Token], depth: int = 0) -> None:
        """One logical line, and the commands that its words quote."""
        texts = tuple(bare(t.text) for t in tokens)
        if tokens[0].line not in self.values.functions:
            self.called.append(tokens)
        self._quoted(tokens, texts, depth)
        self.values.gathered.runs += runs_of(texts, self.values.path)
        self._uses(texts)
        exact, keys = _flags_and_keys(self.rules)
        served = _said_in(texts) or self.spoken
        for index, token in enumerate(tokens):
            flag, equals, given = token.text.partition("=")
            if not flag.startswith("-"):
                self._setting(token, index, keys, texts)
                continue
            value = tokens[index + 1] if index + 1 < len(tokens) else None
            if equals:
                value = Token(given, token.line, token.column + len(flag) + 1)
            if flag in PAIRS:
                self._pairs(tokens[index + 1 :], flag, texts)
            elif flag == "--export" and value is not None:
                self.values.variables.exported(value)
            elif value is not None and self._flag(flag, value, exact, texts, served) and not equals:
                self._further(tokens[index + 2 :], flag, exact, texts, served)
        for argument in taken(tokens, texts, self.values.path, self.rules):
            self.values.argument(argument, texts)
        if not depth:
            self.values.gathered.unsaid += unsaid_words(tokens, texts, self.values.path, self.rules)

    def _uses(self, texts: tuple[str, ...]) -> None:
        """Tell variables of uploads from others."""
        if texts[0] in _EXPORTS:
            self.used.update(texts[1:])
        if texts[0] not in _SHOWS:
            (self.uploaded if _uploads(texts) else self.used).update(_variables(texts))

    def _quoted(self, tokens: list[Token], texts: tuple[str, ...], depth: int) -> None:
        for token, text in zip(tokens, texts, strict=True):
            if depth < _QUOTED and text != token.text and COMMAND.search(text):
                for quoted in commands(text.replace('\\"', '"'), token.line):
                    self.assign(quoted)
                    self.command(quoted, depth + 1)

    def _setting(
        self, token: Token, index: int, keys: dict[str, ReferenceKind], texts: tuple[str, ...]
    ) -> None:
        """``key=value`` without a dash, as Hydra and evaluation harnesses take it; an address."""
        match = _KEY.fullmatch(token.text)
        key = match[1].rpartition(".")[2] if match else ""
        if match and index > 0 and key in keys:
            value = Token(match[2], token.line, token.column + match.start(2))
            pin = pin_of(key, texts)
            given = GivenValue(keys[key], key, texts, key in STRICT, exact=True, revision=pin)
            self.values.value(value, given)
        elif ARGS.search(token.text):
            self.values.model_args(token, texts)
        elif match and index > 0 and (kind := self._path_kind(match[1])) is not None:
            value = Token(match[2], token.line, token.column + match.start(2))
            self.values.value(value, GivenValue(kind, match[1], texts))
        else:
            self.values.address(token)

    def _path_kind(self, dotted: str) -> ReferenceKind | None:
        """``actor_rollout_ref.model.path=``: what a configuration of these keys holds."""
        *above, last = dotted.split(".")
        if not above:
            return kind_of_name(last, self.rules)
        return kind_of_key(last, tuple(above), self.rules)

    def _flag(
        self,
        flag: str,
        value: Token,
        exact: dict[str, ReferenceKind],
        texts: tuple[str, ...],
        served: Served,
    ) -> bool:
        """The value of a flag, by its whole name or by how it ends; whether it is one of ours."""
        if flag in GGUF:
            self.values.gguf(value, flag, texts)
            return False
        kind = exact.get(flag)
        name = flag.lstrip("-").replace("-", "_")
        if kind is None and len(flag) > _SHORT:
            kind = self._path_kind(name)
        if kind is None and self.values.letter(flag, value, texts):
            return False
        if kind is None and REPOSITORY.search(name) and may_hold_a_model(name, self.rules):
            self.values.by_its_words(value, bare(value.text), flag, texts)
        if kind is not None:
            if "modelscope" in texts:
                message = f"{bare(value.text)[:80]!r} is of ModelScope, not the Hub"
                self.values.note(value, flag, message)
                return False
            strict = flag in exact and name in STRICT
            pin = pin_of(flag, texts)
            given = GivenValue(kind, flag, texts, strict, flag in exact, served, pin)
            self.values.value(value, given)
        return kind is not None

    def _further(
        self,
        tokens: list[Token],
        flag: str,
        exact: dict[str, ReferenceKind],
        texts: tuple[str, ...],
        served: Served,
    ) -> None:
        """``--dataset owner/one owner/two`` and ``--mixer owner/one 1.0 owner/two 0.5``."""
        for token in tokens:
            text = listed(bare(token.text))[0]
            if is_plain_id(text, self.rules) or is_api(text, self.rules):
                self._flag(flag, token, exact, texts, served)
            elif _NUMBER.fullmatch(text) is None and "#" not in bare(token.text):
                return

    def _pairs(self, tokens: list[Token], flag: str, texts: tuple[str, ...]) -> None:
        """``--lora-modules name=owner/name other=…``."""
        for token in tokens:
            _, equals, value = bare(token.text).partition("=")
            if token.text.startswith("-") or not equals:
                return
            place = Token(value, token.line, token.column + token.text.find(value))
            self.values.value(place, GivenValue(ReferenceKind.MODEL, flag, texts))


@cache
def _flags_and_keys(
    rules: Rules,
) -> tuple[dict[str, ReferenceKind], dict[str, ReferenceKind]]:
    """What each known flag holds, and each key that is written as one without its dashes."""
    exact = dict.fromkeys(rules.flags.model, ReferenceKind.MODEL)
    exact |= dict.fromkeys(rules.flags.dataset, ReferenceKind.DATASET)
    return exact, {flag.lstrip("-"): kind for flag, kind in exact.items() if "_" in flag}


def _variables(texts: Iterable[str]) -> set[str]:
    """The variables that texts use."""
    return {m[1] or m[3] or m[4] for text in texts for m in VARIABLE.finditer(text)}


def _uploads(texts: tuple[str, ...]) -> bool:
    """Whether a command is one of a program that puts something somewhere."""
    at = next((i for i, text in enumerate(texts) if text in _UPLOADS), None)
    if at is None and {"repo", "create"} <= set(texts):
        at = texts.index("create")
    return at is not None and not any(text.endswith(_PROGRAMS) for text in texts[:at])


def _said_in(texts: tuple[str, ...]) -> Served:
    """What flags of a command say of who answers for its models."""
    flags = ((t, v) for t, v in pairwise(texts) if t.startswith("--"))
    return said_beside((flag.partition("=")[0], flag.partition("=")[2] or v) for flag, v in flags)

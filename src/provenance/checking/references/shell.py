"""References in shell scripts, Makefiles, Dockerfiles and commands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from provenance.checking.references.config_keys import kind_of_key
from provenance.checking.references.names import (
    BARE,
    RUN_TIME,
    hub_address,
    ids_between_colons,
    is_api,
    is_bare_name,
    is_id,
    is_plain_id,
    is_written_as_a_model,
    kind_of_name,
    listed,
    may_hold_a_model,
)
from provenance.checking.references.roles import role_of_command, role_of_words, words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.shell_flags import (
    ARGS,
    COMMAND,
    GGUF,
    NO_ROLE,
    PAIRS,
    REPOSITORY,
    STRICT,
)
from provenance.checking.references.shell_programs import (
    OLLAMA,
    kind_of_letter,
    taken,
    unsaid_words,
)
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
from provenance.checking.references.shell_variables import Variables
from provenance.checking.references.sites import JSON, Found, Inner, Site, weigh
from provenance.report.checked import (
    Confidence,
    Reference,
    ReferenceKind,
    RoleBasis,
    ScanNote,
    UsedFor,
)

_KEY = re.compile(r"[+~]*([A-Za-z_][\w.]*)=(.*)", re.DOTALL)
_QUOTED = 2
"""How deep commands inside quotes are read."""
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{0,12})?|\.\d{1,12}")
_ARGUMENT = re.compile(r"\$\{?([1-9])\}?")
"""An argument of a function."""
_SHORT = 3
"""Characters of a flag that says nothing by how it ends."""


def find_in_shell(text: str, path: str, rules: Rules, first_line: int = 1) -> Found:
    """References in commands; ``first_line`` is the file's line that the text starts on."""
    found = Found()
    if path.endswith(".ps1"):
        text = from_powershell(text)
    code, inner = programs(text)
    found.inner += (replace(one, line=first_line + one.line - 1) for one in inner)
    reader = _Reader(path, rules, found)
    code, quoted = texts(code, first_line)
    for name, values in (*arrays(code, first_line), *quoted):
        reader.variables.keep(name, values)
    reader.functions = functions(code, first_line)
    for tokens in commands(code, first_line):
        reader.assign(tokens)
        reader.command(tokens)
    reader.calls()
    reader.by_name()
    reader.pairs(text, first_line)
    return found


def find_in_command(tokens: list[Token], path: str, rules: Rules) -> Found:
    """References in one command that is already split, as in ``args: [--model, owner/name]``."""
    found = Found()
    _Reader(path, rules, found).command(tokens)
    return found


@dataclass(slots=True)
class _Reader:
    path: str
    rules: Rules
    found: Found
    variables: Variables = field(default_factory=Variables)
    functions: dict[int, str] = field(default_factory=dict)
    """The script's own function that each line is in."""
    taken: dict[tuple[str, int], tuple[ReferenceKind, str, list[str]]] = field(default_factory=dict)
    """Arguments of the script's own functions that a flag takes: kind, flag, command."""
    called: list[list[Token]] = field(default_factory=list)
    """Commands outside every function."""

    def assign(self, tokens: list[Token]) -> None:
        """Remember what a command sets; say what an image is built with."""
        self.variables.assign(tokens)
        if tokens[0].text == "ARG" and len(tokens) > 1:
            self._build_argument(tokens[1])

    def calls(self) -> None:
        """What the script gives its own functions where they hand it on to a flag."""
        names = {name for name, _ in self.taken}
        for tokens in self.called:
            if tokens[0].text not in names:
                continue
            for position, token in enumerate(tokens[1:], 1):
                taken_as = self.taken.get((tokens[0].text, position))
                if taken_as is not None:
                    kind, how, texts = taken_as
                    self._value(token, kind, how, texts, strict=False, exact=False)

    def pairs(self, text: str, first_line: int) -> None:
        """JSON that a command sends (``curl -d '{"model": …}'``)."""
        known = {(r.line, r.id) for r in self.found.references}
        for name, token in pairs(text, first_line):
            kind = kind_of_name(name, self.rules)
            if kind is None or (token.line, token.text) in known:
                continue
            if is_id(token.text, kind, self.rules):
                self._add(token, token.text, kind, name, [], Confidence.LIKELY)

    def _build_argument(self, token: Token) -> None:
        """``ARG MODEL_NAME``: whoever builds the image gives it."""
        name, _, value = token.text.partition("=")
        if not bare(value) and kind_of_name(name, self.rules) is not None:
            self._note(token, f"ARG {name}")

    def by_name(self) -> None:
        """Ids in variables, arrays and loops that a name says something of, and no flag took."""
        known = {r.id for r in self.found.references}
        for name, token in self.variables.named():
            kind = kind_of_name(name, self.rules)
            if kind is None and not may_hold_a_model(name, self.rules):
                continue
            for word in split(token):
                text = self.variables.expanded(bare(word.text))
                if kind is None:
                    if text not in known:
                        self._by_its_words(word, text, name, [])
                    continue
                for one in ids_between_colons(text, self.rules):
                    if one not in known:
                        self._add(word, one, kind, name, [], Confidence.LIKELY)

    def command(self, tokens: list[Token], depth: int = 0) -> None:
        """One logical line, and the commands that its words quote."""
        texts = [bare(t.text) for t in tokens]
        if tokens[0].line not in self.functions:
            self.called.append(tokens)
        self._quoted(tokens, texts, depth)
        flags = self.rules.flags
        exact = dict.fromkeys(flags.model, ReferenceKind.MODEL)
        exact |= dict.fromkeys(flags.dataset, ReferenceKind.DATASET)
        keys = {flag.lstrip("-"): kind for flag, kind in exact.items() if "_" in flag}
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
                self.variables.exported(value)
            elif value is not None and self._flag(flag, value, exact, texts) and not equals:
                self._further(tokens[index + 2 :], flag, exact, texts)
        self._taken(tokens, texts)
        if not depth:
            self.found.unsaid += unsaid_words(tokens, texts, self.path, self.rules)

    def _quoted(self, tokens: list[Token], texts: list[str], depth: int) -> None:
        for token, text in zip(tokens, texts, strict=True):
            if depth < _QUOTED and text != token.text and COMMAND.search(text):
                for quoted in commands(text.replace('\\"', '"'), token.line):
                    self.assign(quoted)
                    self.command(quoted, depth + 1)

    def _setting(
        self, token: Token, index: int, keys: dict[str, ReferenceKind], texts: list[str]
    ) -> None:
        """``key=value`` without a dash, as Hydra and evaluation harnesses take it; an address."""
        match = _KEY.fullmatch(token.text)
        key = match[1].rpartition(".")[2] if match else ""
        if match and index > 0 and key in keys:
            value = Token(match[2], token.line, token.column + match.start(2))
            self._value(value, keys[key], key, texts, strict=key in STRICT, exact=True)
        elif ARGS.search(token.text):
            self._model_args(token, texts)
        elif match and index > 0 and (kind := self._path_kind(match[1])) is not None:
            value = Token(match[2], token.line, token.column + match.start(2))
            self._value(value, kind, match[1], texts, strict=False, exact=False)
        else:
            self._address(token)

    def _path_kind(self, dotted: str) -> ReferenceKind | None:
        """``actor_rollout_ref.model.path=``: what a configuration of these keys holds."""
        *above, last = dotted.split(".")
        if not above:
            return kind_of_name(last, self.rules)
        return kind_of_key(last, tuple(above), self.rules)

    def _flag(
        self, flag: str, value: Token, exact: dict[str, ReferenceKind], texts: list[str]
    ) -> bool:
        """The value of a flag, by its whole name or by how it ends; whether it is one of ours."""
        if flag in GGUF:
            text = bare(value.text).partition(":")[0]
            if is_plain_id(text, self.rules):
                self._add(value, text, ReferenceKind.MODEL, flag, texts, Confidence.CERTAIN)
            return False
        kind = exact.get(flag)
        name = flag.lstrip("-").replace("-", "_")
        if kind is None and len(flag) > _SHORT:
            kind = self._path_kind(name)
        if kind is None and self._letter(flag, value, texts):
            return False
        if kind is None and REPOSITORY.search(name) and may_hold_a_model(name, self.rules):
            self._by_its_words(value, bare(value.text), flag, texts)
        if kind is not None:
            if "modelscope" in texts:
                self._note(value, flag, f"{bare(value.text)[:80]!r} is of ModelScope, not the Hub")
                return False
            strict = flag in exact and name in STRICT
            self._value(value, kind, flag, texts, strict=strict, exact=flag in exact)
        return kind is not None

    def _letter(self, flag: str, value: Token, texts: list[str]) -> bool:
        """The value of a short flag; whether it is an id."""
        for token in self.variables.elements(bare(value.text)) or [value]:
            text = self.variables.expanded(bare(token.text))
            kind = kind_of_letter(flag, text, texts, self.rules)
            if kind is None:
                return False
            self._add(token, text, kind, flag, texts, Confidence.LIKELY)
        return True

    def _by_its_words(self, token: Token, text: str, how: str, texts: list[str]) -> None:
        """An id that tells by itself that it is a model's, under a name that says nothing."""
        known = any(r.id == text and r.line == token.line for r in self.found.references)
        if not known and is_written_as_a_model(text, self.rules):
            self._add(token, text, ReferenceKind.MODEL, how, texts, Confidence.LIKELY)

    def _further(
        self,
        tokens: list[Token],
        flag: str,
        exact: dict[str, ReferenceKind],
        texts: list[str],
    ) -> None:
        """``--dataset owner/one owner/two`` and ``--mixer owner/one 1.0 owner/two 0.5``."""
        for token in tokens:
            text = listed(bare(token.text))[0]
            if is_plain_id(text, self.rules) or is_api(text, self.rules):
                self._flag(flag, token, exact, texts)
            elif _NUMBER.fullmatch(text) is None and "#" not in bare(token.text):
                return

    def _pairs(self, tokens: list[Token], flag: str, texts: list[str]) -> None:
        """``--lora-modules name=owner/name other=…``."""
        for token in tokens:
            _, equals, given = bare(token.text).partition("=")
            if token.text.startswith("-") or not equals:
                return
            place = Token(given, token.line, token.column + token.text.find(given))
            self._value(place, ReferenceKind.MODEL, flag, texts, strict=False, exact=False)

    def _value(
        self,
        value: Token,
        kind: ReferenceKind,
        how: str,
        texts: list[str],
        *,
        strict: bool,
        exact: bool,
    ) -> None:
        """What a flag or key gives; ``exact``: it is known by its whole name."""
        raw = bare(value.text)
        if raw.startswith("-"):
            return
        if raw.startswith("{") and '"' in raw:
            self.found.inner.append(Inner(JSON, raw.replace('\\"', '"'), value.line))
            return
        confidence = Confidence.RESOLVED if "$" in value.text else Confidence.LIKELY
        for token in self.variables.elements(raw) or [value]:
            text = self.variables.expanded(bare(token.text))
            for part in listed(text):
                if (
                    VARIABLE.search(part)
                    or part.startswith("$")
                    or (not part and "$" in value.text)
                ):
                    self._handed_on(part, value.line, (kind, how, texts))
                    self._note(value, how)
                elif part and (
                    is_id(part, kind, self.rules)
                    or (strict and kind is ReferenceKind.MODEL and "_" not in part)
                ):
                    self._add(token, part, kind, how, texts, confidence)
                elif named := ids_between_colons(part, self.rules):
                    self._add(token, named[0], kind, how, texts, confidence)
                elif exact and "--model_args" not in texts and is_bare_name(part, self.rules):
                    self._note(token, how, BARE)

    def _handed_on(
        self, text: str, line: int, taken_as: tuple[ReferenceKind, str, list[str]]
    ) -> None:
        """``--dataset $2`` inside a function: its second argument is a reference."""
        match = _ARGUMENT.fullmatch(text)
        if match is not None and line in self.functions:
            self.taken.setdefault((self.functions[line], int(match[1])), taken_as)

    def _note(self, token: Token, how: str, message: str = RUN_TIME) -> None:
        self.found.notes.append(ScanNote(self.path, token.line, token.column, how, message))

    def _add(
        self,
        token: Token,
        text: str,
        kind: ReferenceKind,
        how: str,
        texts: list[str],
        confidence: Confidence,
    ) -> None:
        role, by = role_of_words(set(words_of(how)) - NO_ROLE, kind), RoleBasis.KEY
        if role is UsedFor.TRAINING and role_of_command(texts, kind) is UsedFor.INFERENCE:
            role = UsedFor.UNKNOWN
        if role is UsedFor.UNKNOWN:
            role, by = role_of_command(texts, kind), RoleBasis.SCRIPT
        if role is UsedFor.UNKNOWN:
            by = RoleBasis.NONE
        site = Site(self.path, token.line, token.column, kind, how, role, role_by=by)
        result = weigh(site, text, self.rules, confidence=confidence)
        if isinstance(result, Reference):
            self.found.add(result)

    def _model_args(self, token: Token, texts: list[str]) -> None:
        """``--model_args pretrained=owner/name,dtype=auto`` of lm-evaluation-harness."""
        for part in bare(token.text).split(","):
            key, _, value = part.partition("=")
            if key.strip() in {"pretrained", "peft", "tokenizer", "model_name", "model", "delta"}:
                column = token.column + max(token.text.find(value), 0)
                place = Token(value, token.line, column)
                model = ReferenceKind.MODEL
                self._value(place, model, f"{key}=", texts, strict=False, exact=True)

    def _address(self, token: Token) -> None:
        text = bare(token.text)
        if not text.startswith(("hf://", "https://huggingface.co/", "https://hf.co/")):
            return
        address = hub_address(text)
        if address is None or address.kind is None or "$" in text:
            return
        how = "hf://" if text.startswith("hf://") else "Hub address"
        kind = ReferenceKind(address.kind.value)
        site = Site(self.path, token.line, token.column, kind, how)
        self.found.add(weigh(site, text, self.rules, confidence=Confidence.CERTAIN))

    def _taken(self, tokens: list[Token], texts: list[str]) -> None:
        """What programs take without a flag."""
        for one in taken(tokens, texts, self.path, self.rules):
            if not one.sure:
                self._add(one.token, bare(one.token.text), one.kind, one.how, texts,
                          Confidence.LIKELY)  # fmt: skip
                continue
            for token in self.variables.elements(bare(one.token.text)) or [one.token]:
                self._take(token, one.kind, one.how, texts)

    def _take(self, token: Token, kind: ReferenceKind, how: str, texts: list[str]) -> None:
        text = self.variables.expanded(bare(token.text))
        if VARIABLE.search(text) or text.startswith("$"):
            self._note(token, how)
            return
        role = role_of_command(texts, kind)
        by = RoleBasis.SCRIPT if role is not UsedFor.UNKNOWN else RoleBasis.NONE
        outside = OLLAMA if how.startswith("ollama") else ""
        site = Site(
            self.path, token.line, token.column, kind, how, role, role_by=by, outside=outside
        )
        self.found.add(weigh(site, text, self.rules, confidence=Confidence.CERTAIN))

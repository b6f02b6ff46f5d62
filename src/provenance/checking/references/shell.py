"""References in shell scripts, Makefiles, Dockerfiles and commands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from provenance.checking.references.names import hub_address, is_plain_id, kind_of_name
from provenance.checking.references.python import find_in_python
from provenance.checking.references.roles import role_of_command, role_of_words, words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.shell_text import (
    VARIABLE,
    Token,
    arrays,
    assignment,
    bare,
    commands,
    expanded,
    programs,
)
from provenance.checking.references.sites import Found, Site, weigh
from provenance.report.checked import (
    Confidence,
    Reference,
    ReferenceKind,
    RoleBasis,
    ScanNote,
    Use,
)

_DOWNLOADERS = (
    ("huggingface-cli", "download"), ("hf", "download"), ("vllm", "serve"), ("ollama", "run"),
    ("ollama", "pull"), ("litgpt", "download"), ("litgpt", "finetune"), ("litgpt", "chat"),
    ("litgpt", "generate"), ("lms", "get"), ("sglang", "serve"),
)  # fmt: skip
"""Programs whose subcommand takes an id as its argument."""
_SWITCHES = frozenset(
    {"--quiet", "--resume-download", "--force-download", "--dry-run", "--no-force-download", "-q"}
)
"""Flags of downloads that take no value."""
_PYTHON = re.compile(r"(?:.*/)?(?:python[\d.]*|torchrun|accelerate|deepspeed|ipython|uv|srun)")
_KEY = re.compile(r"[+~]*([A-Za-z_][\w.]*)=(.*)", re.DOTALL)
_STRICT = frozenset(
    {"model_name_or_path", "pretrained_model_name_or_path", "dataset_name", "base_model"}
)
"""Flags that take a name without an owner too."""
_GGUF = frozenset({"-hf", "-hfr", "--hf-repo", "-hfd", "--hf-repo-draft"})
"""llama.cpp: ``owner/name:quantization``."""


def find_in_shell(text: str, path: str, rules: Rules, first_line: int = 1) -> Found:
    """References in commands; ``first_line`` is the file's line that the text starts on."""
    found = Found()
    code, inner = programs(text)
    for source, line in inner:
        part = find_in_python(source.encode(), path, rules)
        shifted = first_line + line - 2
        found.references += (_moved(r, shifted) for r in part.references)
        found.notes += (_moved_note(n, shifted) for n in part.notes)
    reader = _Reader(path, rules, found)
    for name, values in arrays(code, first_line):
        reader.lists.setdefault(name, []).extend(values)
    for tokens in commands(code, first_line):
        reader.assign(tokens)
        reader.command(tokens)
    reader.by_name()
    return found


def find_in_command(tokens: list[Token], path: str, rules: Rules) -> Found:
    """References in one command that is already split, as in ``args: [--model, owner/name]``."""
    found = Found()
    _Reader(path, rules, found).command(tokens)
    return found


def _moved(reference: Reference, lines: int) -> Reference:
    return replace(reference, line=reference.line + lines)


def _moved_note(note: ScanNote, lines: int) -> ScanNote:
    return replace(note, line=note.line + lines)


@dataclass(slots=True)
class _Reader:
    path: str
    rules: Rules
    found: Found
    variables: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[Token]] = field(default_factory=dict)
    """Elements of arrays and of ``for`` loops."""
    set_at: list[tuple[str, Token]] = field(default_factory=list)
    """Variables that are set to a plain id, and where."""

    def assign(self, tokens: list[Token]) -> None:
        """Remember what a command sets."""
        for token in tokens:
            given = assignment(token.text)
            if given is None:
                continue
            name, value = given
            self.variables[name] = expanded(bare(value), self.variables)
            column = token.column + token.text.find(value)
            self.set_at.append((name, Token(value, token.line, column)))
        if len(tokens) > 3 and tokens[0].text == "for" and tokens[2].text == "in":
            values = [t for t in tokens[3:] if t.text not in {"do", "done"}]
            self.lists.setdefault(tokens[1].text, []).extend(values)
        if len(tokens) == 3 and tokens[0].text == "ENV":
            self.set_at.append((tokens[1].text, tokens[2]))

    def by_name(self) -> None:
        """Ids in variables, arrays and loops that a name says something of, and no flag took."""
        known = {r.id for r in self.found.references}
        named = [
            *self.set_at,
            *((name, t) for name, values in self.lists.items() for t in values),
        ]
        for name, token in named:
            kind = kind_of_name(name, self.rules)
            text = expanded(bare(token.text), self.variables)
            if kind is None or text in known or not is_plain_id(text, self.rules):
                continue
            self._add(token, text, kind, name, [], Confidence.LIKELY)

    def command(self, tokens: list[Token]) -> None:
        """One logical line."""
        texts = [bare(t.text) for t in tokens]
        flags = self.rules.flags
        exact = dict.fromkeys(flags.model, ReferenceKind.MODEL)
        exact |= dict.fromkeys(flags.dataset, ReferenceKind.DATASET)
        keys = {flag.lstrip("-"): kind for flag, kind in exact.items() if "_" in flag}
        for index, token in enumerate(tokens):
            flag, equals, given = token.text.partition("=")
            if flag.startswith("-"):
                value = tokens[index + 1] if index + 1 < len(tokens) else None
                if equals:
                    value = Token(given, token.line, token.column + len(flag) + 1)
                if value is not None:
                    self._flag(flag, value, exact, texts)
                continue
            match = _KEY.fullmatch(token.text)
            key = match[1].rpartition(".")[2] if match else ""
            if match and index > 0 and key in keys:
                value = Token(match[2], token.line, token.column + match.start(2))
                self._value(value, keys[key], key, texts, strict=key in _STRICT, exact=True)
            elif "pretrained=" in token.text:
                self._model_args(token, texts)
            elif match and index > 0 and (kind := self._path_kind(match[1])) is not None:
                value = Token(match[2], token.line, token.column + match.start(2))
                self._value(value, kind, match[1], texts, strict=False, exact=False)
            else:
                self._address(token)
        self._downloads(tokens, texts)
        self._positional(tokens, texts)

    def _path_kind(self, dotted: str) -> ReferenceKind | None:
        """``actor_rollout_ref.model.path=``: by the last part, else by the one before it."""
        head, _, last = dotted.rpartition(".")
        kind = kind_of_name(last, self.rules)
        if kind is None and head and last in {"path", "name", "id", "repo_id", "name_or_path"}:
            kind = kind_of_name(head.rpartition(".")[2], self.rules)
        return kind

    def _flag(
        self, flag: str, value: Token, exact: dict[str, ReferenceKind], texts: list[str]
    ) -> None:
        if flag in _GGUF:
            text = bare(value.text).partition(":")[0]
            if is_plain_id(text, self.rules):
                self._add(value, text, ReferenceKind.MODEL, flag, texts, Confidence.CERTAIN)
            return
        kind = exact.get(flag)
        name = flag.lstrip("-").replace("-", "_")
        if kind is None and flag.startswith("--"):
            kind = self._path_kind(name)
        if kind is not None:
            strict = flag in exact and name in _STRICT
            self._value(value, kind, flag, texts, strict=strict, exact=flag in exact)

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
        raw = bare(value.text)
        if raw.startswith("-"):
            return
        elements = self._elements(raw)
        if elements:
            for token in elements:
                text = expanded(bare(token.text), self.variables)
                if is_plain_id(text, self.rules):
                    self._add(token, text, kind, how, texts, Confidence.RESOLVED)
            return
        text = expanded(raw, self.variables)
        confidence = Confidence.RESOLVED if "$" in value.text else Confidence.LIKELY
        for part in re.split(r"[,+]", text):
            if VARIABLE.search(part) or part.startswith("$"):
                if exact:
                    self._note(value, how)
            elif part and ((strict and "_" not in part) or self._is_id(part, kind)):
                self._add(value, part, kind, how, texts, confidence)

    def _is_id(self, text: str, kind: ReferenceKind) -> bool:
        api = kind is ReferenceKind.MODEL and self.rules.apis.fullmatch(text.lower()) is not None
        return api or is_plain_id(text, self.rules) or hub_address(text) is not None

    def _elements(self, text: str) -> list[Token]:
        """What ``${NAME[…]}`` or a loop's variable can be."""
        match = re.fullmatch(r"\$\{?(\w+)(?:\[[^\]]*\])?\}?", text)
        return self.lists.get(match[1], []) if match else []

    def _note(self, token: Token, how: str) -> None:
        message = "it is known at run time only"
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
        role, by = role_of_words(set(words_of(how)), kind), RoleBasis.KEY
        if role is Use.UNKNOWN:
            role, by = role_of_command(texts, kind), RoleBasis.SCRIPT
        if role is Use.UNKNOWN:
            by = RoleBasis.NONE
        site = Site(self.path, token.line, token.column, kind, how, role, role_by=by)
        result = weigh(site, text, self.rules, confidence=confidence)
        if isinstance(result, Reference):
            self.found.add(result)

    def _model_args(self, token: Token, texts: list[str]) -> None:
        """``--model_args pretrained=owner/name,dtype=auto`` of lm-evaluation-harness."""
        for part in bare(token.text).split(","):
            key, _, value = part.partition("=")
            if key in {"pretrained", "peft", "tokenizer"}:
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

    def _downloads(self, tokens: list[Token], texts: list[str]) -> None:
        for program, command in _DOWNLOADERS:
            for index, (first, second) in enumerate(pairwise(texts)):
                if first.rpartition("/")[2] != program or second != command:
                    continue
                rest = texts[index + 2 :]
                dataset = "--repo-type=dataset" in rest or ("--repo-type", "dataset") in pairwise(
                    rest
                )
                kind = ReferenceKind.DATASET if dataset else ReferenceKind.MODEL
                token = _first_argument(tokens[index + 2 :])
                if token is not None:
                    self._download(token, kind, f"{program} {command}", texts)

    def _download(self, token: Token, kind: ReferenceKind, how: str, texts: list[str]) -> None:
        text = expanded(bare(token.text), self.variables)
        if how.startswith("ollama"):
            host, _, text = text.partition("/")
            if host not in {"hf.co", "huggingface.co"}:
                return
            text = text.partition(":")[0]
        if VARIABLE.search(text):
            self._note(token, how)
            return
        role = role_of_command(texts, kind)
        by = RoleBasis.SCRIPT if role is not Use.UNKNOWN else RoleBasis.NONE
        site = Site(self.path, token.line, token.column, kind, how, role, role_by=by)
        self.found.add(weigh(site, text, self.rules, confidence=Confidence.CERTAIN))

    def _positional(self, tokens: list[Token], texts: list[str]) -> None:
        """``python train.py owner/name``."""
        start = next((i for i, t in enumerate(texts) if _PYTHON.fullmatch(t)), None)
        if start is None or "-c" in texts:
            return
        script = False
        for index in range(start + 1, len(texts)):
            text, before = texts[index], texts[index - 1]
            if text.endswith(".py") or before == "-m":
                script = True
            elif script and not before.startswith("-") and is_plain_id(text, self.rules):
                words = set(words_of(" ".join(texts[:index])))
                kind = ReferenceKind.DATASET if words & {"dataset", "data"} else ReferenceKind.MODEL
                self._add(tokens[index], text, kind, "argument", texts, Confidence.LIKELY)


def _first_argument(tokens: list[Token]) -> Token | None:
    """The first token that is neither a flag nor the value of one."""
    skip = False
    for token in tokens:
        if skip:
            skip = False
        elif token.text.startswith("-"):
            skip = "=" not in token.text and token.text not in _SWITCHES
        else:
            return token
    return None

"""References in shell scripts, Makefiles and commands: flags, ``key=value`` and downloads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from provenance.checking.references.names import hub_address
from provenance.checking.references.rules import Rules
from provenance.checking.references.sites import Found, Site, weigh
from provenance.report.checked import Confidence, Reference, ReferenceKind, Use

_TOKEN = re.compile(r"""(?:\$\([^)]*\)|[^\s"'#;|&()]|"(?:[^"\\]|\\.)*"|'[^']*'|(?<=\S)#)+""")
_ASSIGN = re.compile(
    r"(?:export\s+|readonly\s+|local\s+)?([A-Za-z_]\w*)\s*[:?]?=\s*(.*)", re.DOTALL
)
_SPACED = re.compile(r"^([A-Za-z_]\w*) *[:?+]?= *(?=\S)")
"""An assignment as make writes it."""
_VARIABLE = re.compile(r"\$(?:\{([A-Za-z_]\w*)(?::?-([^}]*))?\}|\(([A-Za-z_]\w*)\)|([A-Za-z_]\w*))")
_DOWNLOADERS = (("huggingface-cli", "download"), ("hf", "download"), ("vllm", "serve"))
_KEY = re.compile(r"[+~]*([A-Za-z_][\w.]*)=(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    line: int
    column: int


def find_in_shell(text: str, path: str, rules: Rules, first_line: int = 1) -> Found:
    """References in commands; ``first_line`` is the file's line that the text starts on."""
    found = Found()
    variables: dict[str, str] = {}
    for tokens in _commands(text, first_line):
        for token in tokens:
            match = _ASSIGN.fullmatch(token.text)
            if match is not None and not token.text.startswith("-"):
                variables[match[1]] = _expanded(_bare(match[2]), variables)
        _command(tokens, variables, path, rules, found)
    return found


def _commands(text: str, first_line: int) -> Iterator[list[_Token]]:
    """Logical lines as tokens with the places they stand at; comments left out."""
    tokens: list[_Token] = []
    for number, line in enumerate(text.split("\n"), first_line):
        code = line.rstrip()
        continued = code.endswith("\\")
        code = _SPACED.sub(r"\1=", code.removesuffix("\\"))
        if not code.lstrip().startswith("#"):
            for match in _TOKEN.finditer(re.sub(r"(?<=\s)#.*", "", code)):
                tokens.append(_Token(match[0], number, match.start() + 1))
        if not continued:
            if tokens:
                yield tokens
            tokens = []
    if tokens:
        yield tokens


def _command(
    tokens: list[_Token], variables: dict[str, str], path: str, rules: Rules, found: Found
) -> None:
    kinds = dict.fromkeys(rules.flags.model, ReferenceKind.MODEL)
    kinds |= dict.fromkeys(rules.flags.dataset, ReferenceKind.DATASET)
    keys = {flag.lstrip("-"): kind for flag, kind in kinds.items() if "_" in flag}
    for index, token in enumerate(tokens):
        flag, equals, given = token.text.partition("=")
        if flag in kinds:
            value = token if equals else (tokens[index + 1] if index + 1 < len(tokens) else None)
            if value is None:
                continue
            if equals:
                value = _Token(given, token.line, token.column + len(flag) + 1)
            _flag(value, kinds[flag], flag, variables, path, rules, found)
            continue
        match = _KEY.fullmatch(token.text)
        if match is not None and match[1].rpartition(".")[2] in keys and index > 0:
            key = match[1].rpartition(".")[2]
            value = _Token(match[2], token.line, token.column + match.start(2))
            _flag(value, keys[key], f"{key}=", variables, path, rules, found)
        elif token.text.strip("\"'").startswith("pretrained=") or ",pretrained=" in token.text:
            _model_args(token, variables, path, rules, found)
        else:
            _address(token, path, rules, found)
    _downloads(tokens, variables, path, rules, found)


def _flag(
    value: _Token,
    kind: ReferenceKind,
    how: str,
    variables: dict[str, str],
    path: str,
    rules: Rules,
    found: Found,
) -> None:
    words = {*re.split(r"[-_=]", how)}
    role = Use.EVALUATION if words & set(rules.evaluation_words) else Use.UNKNOWN
    if kind is ReferenceKind.DATASET and "train" in words:
        role = Use.TRAINING
    strict = how.strip("-=").replace("-", "_") in {
        "model_name_or_path", "pretrained_model_name_or_path", "dataset_name", "base_model",
    }  # fmt: skip
    site = Site(path, value.line, value.column, kind, how, role, slash=not strict)
    text = _expanded(_bare(value.text), variables)
    for part in text.split(","):
        if not part or part.startswith("-") or _VARIABLE.search(part):
            continue
        confidence = Confidence.RESOLVED if "$" in value.text else Confidence.LIKELY
        result = weigh(site, part, rules, confidence=confidence)
        if isinstance(result, Reference):
            found.add(result)


def _model_args(
    token: _Token, variables: dict[str, str], path: str, rules: Rules, found: Found
) -> None:
    """``--model_args pretrained=owner/name,dtype=auto`` of lm-evaluation-harness."""
    for part in _bare(token.text).split(","):
        key, _, value = part.partition("=")
        if key in {"pretrained", "peft", "tokenizer"}:
            column = token.column + max(token.text.find(value), 0)
            _flag(
                _Token(value, token.line, column), ReferenceKind.MODEL, f"{key}=", variables,
                path, rules, found,
            )  # fmt: skip


def _address(token: _Token, path: str, rules: Rules, found: Found) -> None:
    text = _bare(token.text)
    if not text.startswith(("hf://", "https://huggingface.co/", "https://hf.co/")):
        return
    address = hub_address(text)
    if address is None or address.kind is None or "$" in text:
        return
    how = "hf://" if text.startswith("hf://") else "Hub address"
    site = Site(path, token.line, token.column, ReferenceKind(address.kind.value), how)
    found.add(weigh(site, text, rules, confidence=Confidence.CERTAIN))


def _downloads(
    tokens: list[_Token], variables: dict[str, str], path: str, rules: Rules, found: Found
) -> None:
    texts = [_bare(token.text) for token in tokens]
    for program, command in _DOWNLOADERS:
        for index in range(len(texts) - 2):
            if texts[index].rpartition("/")[2] != program or texts[index + 1] != command:
                continue
            kind = ReferenceKind.MODEL
            rest = texts[index + 2 :]
            if "--repo-type=dataset" in rest or _follows(rest, "--repo-type", "dataset"):
                kind = ReferenceKind.DATASET
            token = tokens[index + 2]
            text = _expanded(_bare(token.text), variables)
            if not text.startswith("-") and not _VARIABLE.search(text):
                site = Site(path, token.line, token.column, kind, f"{program} {command}")
                found.add(weigh(site, text, rules, confidence=Confidence.CERTAIN))


def _follows(texts: list[str], flag: str, value: str) -> bool:
    return any(a == flag and b == value for a, b in pairwise(texts))


def _bare(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text


def _expanded(text: str, variables: dict[str, str]) -> str:
    """``$NAME`` replaced where the script sets it; ``${NAME:-default}`` by its default."""

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[3] or match[4]
        return variables.get(name, match[2] if match[2] is not None else match[0])

    return _VARIABLE.sub(value, text)

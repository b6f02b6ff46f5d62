"""References in model and dataset cards that a repository holds."""

from __future__ import annotations

import re
from dataclasses import replace
from textwrap import dedent

from provenance.cards import read_card
from provenance.checking.references.configs import find_in_config
from provenance.checking.references.python import find_in_python
from provenance.checking.references.rules import Rules
from provenance.checking.references.shell import find_in_shell
from provenance.checking.references.sites import Found, Site, weigh
from provenance.checking.references.unsaid import unsaid_in
from provenance.discovery.front_matter import front_matter_discovery
from provenance.report.checked import Confidence, FileProblem, ReferenceKind, ScanNote, Use
from provenance.report.training import Role

_FENCE = re.compile(
    r"[ \t]*(```+|~~~+)[ \t]*(?:(?:bash|sh|shell|zsh|console|shell-session|terminal)\b|$)"
)
_ANY_FENCE = re.compile(r"[ \t]*(```+|~~~+)")
_COMMAND = re.compile(
    r"(?m)^[ \t]*(?:\$ )?(?:[A-Z_]{1,40}=\S{1,200} ){0,5}"
    r"(?:python[\d.]{0,5}|torchrun|accelerate|deepspeed|huggingface-cli|hf|vllm|ollama|lm_eval|"
    r"trl|axolotl|llamafactory-cli|bash|export|uv|llama-\w+) |^[ \t]*[a-z][\w-]{1,40} --[a-z]"
)
"""A line that makes a fence without a language one of a shell."""
_PYTHON = frozenset({"python", "py", "python3", "ipython", "pycon", "pytorch"})
_CONFIGS = frozenset({"yaml", "yml", "json", "toml", "jsonc"})
_CODE = re.compile(
    r"(?m)^(?:>>> )?(?:from [\w.]{1,80} import |import \w|\w{1,60} ?= ?\S|\w{1,60}\()"
)
"""What tells a program in a fence without a language."""
_PROMPT = re.compile(r"(?:>>>|\.\.\.) ?")
_CARD_KEYS = (b"datasets:", b"base_model:", b"model-index:", b"dataset:", b"base_models:")


def find_in_card(data: bytes, path: str, rules: Rules) -> Found:
    """Training sets and base models of the front matter, and commands in fences."""
    found = _fences(data, path, rules)
    found.extend(_front_matter(data, path, rules))
    return found


def _fences(data: bytes, path: str, rules: Rules) -> Found:
    """Commands in fenced blocks of a shell."""
    found = Found()
    if b"```" not in data and b"~~~" not in data:
        return found
    mark, body, shell, tagged, language = "", list[str](), False, False, ""
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        if not mark:
            match = _ANY_FENCE.match(line)
            mark, body = (match[1] if match else ""), []
            language = line.strip().strip("`~{").strip().partition(" ")[0].rstrip("}").lower()
            tagged = bool(language)
            shell = _FENCE.match(line) is not None
        elif line.strip() == mark:
            text = "\n".join(body)
            first = number - len(body)
            if shell and (tagged or _COMMAND.search(text)):
                found.extend(find_in_shell(text, path, rules, first))
            elif "/" in text or "load" in text:
                _example(text, language, (path, first), rules, found)
            mark = ""
        else:
            body.append(re.sub(r"^([ \t]*)\$ ", r"\1  ", line))
    return found


def _example(text: str, language: str, at: tuple[str, int], rules: Rules, found: Found) -> None:
    """A program that a page shows; what a configuration in it names is said in a note."""
    path, first = at
    found.unsaid += unsaid_in(text, path, rules, first)
    if language in _PYTHON or (not language and _CODE.search(text)):
        part = find_in_python(without_prompts(text).encode(), path, rules)
        if part.problems:
            return
        down = first - 1
        found.references += (
            replace(r, line=r.line + down, confidence=Confidence.LIKELY) for r in part.references
        )
        found.notes += (replace(n, line=n.line + down) for n in part.notes)
    elif language in _CONFIGS:
        part = find_in_config(dedent(text).encode(), f"x.{language}", rules)
        for one in part.references:
            message = f"{one.id} stands in an example in the text of this page"
            line = one.line + first - 1
            found.notes.append(ScanNote(path, line, one.column, one.how, message))


def without_prompts(text: str) -> str:
    """Python as a session shows it, without prompts and what was printed; lines stay."""
    lines = dedent(text).split("\n")
    if any(line.startswith(">>>") for line in lines):
        lines = [_PROMPT.sub("", ln) if _PROMPT.match(ln) else "" for ln in lines]
    return "\n".join("" if line.lstrip().startswith(("!", "%", "$ ")) else line for line in lines)


def _front_matter(data: bytes, path: str, rules: Rules) -> Found:
    head = data.lstrip(b"\xef\xbb\xbf \r\n\t")
    if not head.startswith((b"---", b"<!--")) or not any(key in data for key in _CARD_KEYS):
        return Found()
    card = read_card(data, path, None, path)
    found = Found()
    for problem in card.problems:
        if problem.front_matter:
            found.problems.append(FileProblem(path, problem.line, problem.message))
    discovery = front_matter_discovery(card)
    for mention in discovery.mentions:
        if mention.id is None:
            continue
        role = Use.EVALUATION if mention.role is Role.EVALUATION else Use.TRAINING
        line = mention.evidence.line or 1
        column = _column(card.lines, line, mention.id)
        site = Site(path, line, column, ReferenceKind.DATASET, "card: datasets", role)
        found.add(weigh(site, mention.id, rules, confidence=Confidence.CERTAIN))
    for base in discovery.base_models:
        if base.id is None:
            continue
        line = base.evidence.line or 1
        column = _column(card.lines, line, base.id)
        site = Site(path, line, column, ReferenceKind.MODEL, "card: base_model", Use.TRAINING)
        found.add(weigh(site, base.id, rules, confidence=Confidence.CERTAIN))
    return found


def _column(lines: tuple[str, ...], line: int, text: str) -> int:
    return (lines[line - 1].find(text) if 0 < line <= len(lines) else 0) + 1 or 1

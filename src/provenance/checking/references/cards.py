"""References in model and dataset cards that a repository holds."""

from __future__ import annotations

import re
from dataclasses import replace
from textwrap import dedent

from provenance.cards import read_card
from provenance.checking.references.configs import find_in_config
from provenance.checking.references.foreign import find_in_foreign
from provenance.checking.references.python import find_in_python
from provenance.checking.references.roles import role_of_words, words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.shell import find_in_shell
from provenance.checking.references.sites import Gathered, Site, weigh
from provenance.checking.references.templates import unfilled
from provenance.checking.references.unsaid import unsaid_in
from provenance.discovery.front_matter import front_matter_discovery
from provenance.report.checked import (
    Confidence,
    FileProblem,
    ReferenceKind,
    RoleBasis,
    UsedFor,
)
from provenance.report.training import Role

_FENCE = re.compile(r"[ \t]*(```+|~~~+)[ \t]*\{?\.?([\w+-]*)\}?[ \t]{0,9}([\w+-]*)")
_COMMENT = re.compile(r" {0,3}<!--")
_DIRECTIVES = frozenset({"code-block", "code", "sourcecode"})
"""Words of a fence that are followed by its language."""
_SHELLS = frozenset(
    {"", "bash", "sh", "shell", "zsh", "console", "shell-session", "shellsession", "terminal",
     "shellscript", "cmd", "powershell", "fish", "text", "txt", "none"}
)  # fmt: skip
"""Languages of fences with commands; without one the lines must look like commands."""
_UNTAGGED = frozenset({"", "text", "txt", "none"})
_COMMAND = re.compile(
    r"(?m)^[ \t]*(?:[$>%] )?(?:[A-Z_]{1,40}=\S{1,200} ){0,5}"
    r"(?:(?:python[\d.]{0,5}|torchrun|accelerate|deepspeed|huggingface-cli|hf|vllm|ollama|lm_eval|"
    r"trl|axolotl|llamafactory-cli|bash|export|uv|llama-\w+) |"
    r"[a-z][\w./-]{1,60}(?: [\w./:@-]{1,100}){0,4} (?:--?[A-Za-z]|\\$)|\$ \w)"
)
"""A line that makes a fence without a language one of a shell."""
_PYTHON = frozenset(
    {"python", "py", "python3", "ipython", "ipython3", "pycon", "pytorch", "testcode", "testsetup",
     "doctest", "code-cell"}
)  # fmt: skip
_CONFIGS = frozenset({"yaml", "yml", "json", "toml", "jsonc"})
_CODE = re.compile(
    r"(?m)^(?:>>> )?(?:from [\w.]{1,80} import |import \w|\w{1,60} ?= ?\S|\w{1,60}\()"
)
"""What tells a program in a fence without a language."""
_HOLDING = ("/", "load", "model", "data", "pretrained", "Model", "pipeline", "Transformer")
"""Without any of these an example holds no reference."""
_PROMPT = re.compile(r"(?:>>>|\.\.\.) ?")
_SHELL_PROMPT = re.compile(r"([ \t]*)((?:\([\w.-]{1,40}\) ?)?(?:[\w@:~.-]{1,60})?[$%>] )(?=\w)")
_CARD_KEYS = (b"datasets:", b"base_model:", b"model-index:", b"dataset:", b"base_models:")


def find_in_card(data: bytes, path: str, rules: Rules) -> Gathered:
    """Training sets and base models of the front matter, and commands in fences."""
    gathered = _fences(data, path, rules)
    gathered.extend(_front_matter(data, path, rules))
    return gathered


def _fences(data: bytes, path: str, rules: Rules) -> Gathered:
    """Commands in fenced blocks of a shell."""
    gathered = Gathered()
    if b"```" not in data and b"~~~" not in data:
        return gathered
    mark, body, language = "", list[str](), ""
    hidden, heading = False, ""
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        if not mark:
            hidden = _is_hidden(line, hidden)
        match = None if mark or hidden else _FENCE.match(line)
        if match is not None:
            mark, body, language = match[1], [], match[2].lower()
            language = match[3].lower() if language in _DIRECTIVES else language
        elif mark and _closes(line, mark):
            inside = Gathered()
            _fence("\n".join(body), language, (path, number - len(body)), rules, inside)
            gathered.extend(_below(heading, inside))
            mark = ""
        elif mark:
            body.append(line)
        elif not hidden and (title := _HEADING.match(line)) is not None:
            heading = title[1]
    if mark:  # one that nothing ends goes on to the end of the page
        inside = Gathered()
        _fence("\n".join(body), language, (path, number + 1 - len(body)), rules, inside)
        gathered.extend(_below(heading, inside))
    return gathered


_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(\S.{0,200})")
_UNTOLD = frozenset({RoleBasis.NONE, RoleBasis.DEFAULT})


def _below(heading: str, gathered: Gathered) -> Gathered:
    """References of an example with what the heading above says of their use, where it does."""
    words = set(words_of(heading))
    for index, reference in enumerate(gathered.references):
        kind = ReferenceKind.MODEL if reference.kind is ReferenceKind.API else reference.kind
        role = role_of_words(words, kind)
        if reference.role_by in _UNTOLD and role is not UsedFor.UNKNOWN:
            gathered.references[index] = replace(reference, role=role, role_by=RoleBasis.SCRIPT)
    return gathered


def _is_hidden(line: str, before: bool) -> bool:
    """Whether a comment of the page is open behind a line that is in no fence.

    As in CommonMark, one that hides fences begins a line; within a line it is words.
    """
    return (before or _COMMENT.match(line) is not None) and "-->" not in line


def _closes(line: str, mark: str) -> bool:
    """Whether a line ends a fence: it is the mark that began it, or a longer one."""
    plain = line.strip()
    return plain.startswith(mark) and not plain.strip(mark[0])


def _fence(text: str, language: str, at: tuple[str, int], rules: Rules, gathered: Gathered) -> None:
    """What stands in one fence, from the line of the page that it begins on."""
    path, first = at
    if language in _SHELLS and (language not in _UNTAGGED or _COMMAND.search(text)):
        plain = "\n".join(_unprompted(line) for line in text.split("\n"))
        gathered.extend(find_in_shell(plain, path, rules, first))
    elif any(word in text for word in _HOLDING):
        _example(text, language, at, rules, gathered)


def _unprompted(line: str) -> str:
    """A command without the prompt before it; columns stay."""
    match = _SHELL_PROMPT.match(line)
    return line if match is None else " " * match.end() + line[match.end() :]


def _example(
    text: str, language: str, at: tuple[str, int], rules: Rules, gathered: Gathered
) -> None:
    """A program or configuration that a page shows."""
    path, first = at
    if language in {"diff", "patch"}:  # what is taken out and what is put in
        text, language = _both_sides(text), ""
    if language in _CONFIGS:
        part = find_in_config(dedent(text).encode(), f"{path}.{language}", rules)
    elif language in _PYTHON or (not language and _CODE.search(text)):
        plain = unfilled(without_prompts(text))
        part = find_in_python(plain.encode(), path, rules)
        if part.problems:  # what a page leaves out, it marks in ways of its own
            part = find_in_foreign(plain.encode(), f"{path}.r", rules)
            if _COMMAND.search(text) is not None:  # commands under another name, or above code
                of_example = {(r.line, r.key) for r in part.references}
                commands = find_in_shell(dedent(text), path, rules)
                kept = [r for r in commands.references if (r.line, r.key) not in of_example]
                part.extend(replace(commands, references=kept))
    else:
        gathered.unsaid += unsaid_in(text, path, rules, first)
        return
    if part.problems:
        gathered.unsaid += unsaid_in(text, path, rules, first)
        return
    down = first - 1
    gathered.references += (
        replace(r, file=path, line=r.line + down, confidence=Confidence.LIKELY)
        for r in part.references
    )
    gathered.notes += (replace(n, file=path, line=n.line + down) for n in part.notes)
    gathered.unsaid += (replace(u, file=path, line=u.line + down) for u in part.unsaid)
    gathered.inner += (replace(i, line=i.line + down) for i in part.inner)
    gathered.runs += (replace(r, file=path) for r in part.runs)


def _both_sides(text: str) -> str:
    """A difference without its marks; one with a mark or blank before every line loses these."""
    lines = text.split("\n")
    marked = all(line[:1] in {"", " ", "+", "-", "@"} for line in lines)
    return "\n".join(line[1:] if marked or line[:1] in {"+", "-"} else line for line in lines)


def without_prompts(text: str) -> str:
    """Python as a session shows it, without prompts and what was printed; lines stay."""
    lines = dedent(text).split("\n")
    if any(line.startswith(">>>") for line in lines):
        lines = [_PROMPT.sub("", ln) if _PROMPT.match(ln) else "" for ln in lines]
    return "\n".join("" if line.lstrip().startswith(("!", "%", "$ ")) else line for line in lines)


def _front_matter(data: bytes, path: str, rules: Rules) -> Gathered:
    head = data.lstrip(b"\xef\xbb\xbf \r\n\t")
    if not head.startswith((b"---", b"<!--")) or not any(key in data for key in _CARD_KEYS):
        return Gathered()
    card = read_card(data, path, None, path)
    gathered = Gathered()
    for problem in card.problems:
        if problem.front_matter:
            gathered.problems.append(FileProblem(path, problem.line, problem.message))
    discovery = front_matter_discovery(card)
    for mention in discovery.mentions:
        if mention.id is None:
            continue
        role = UsedFor.EVALUATION if mention.role is Role.EVALUATION else UsedFor.TRAINING
        line = mention.evidence.line or 1
        column = _column(card.lines, line, mention.id)
        site = Site(path, line, column, ReferenceKind.DATASET, "card: datasets", role)
        gathered.add(weigh(site, mention.id, rules, confidence=Confidence.CERTAIN))
    for base in discovery.base_models:
        if base.id is None:
            continue
        line = base.evidence.line or 1
        column = _column(card.lines, line, base.id)
        site = Site(path, line, column, ReferenceKind.MODEL, "card: base_model", UsedFor.TRAINING)
        gathered.add(weigh(site, base.id, rules, confidence=Confidence.CERTAIN))
    return gathered


def _column(lines: tuple[str, ...], line: int, text: str) -> int:
    return (lines[line - 1].find(text) if 0 < line <= len(lines) else 0) + 1 or 1

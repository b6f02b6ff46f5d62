"""Shell text: tokens with their places, assignments, arrays, programs inside. Nothing is run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"""(?:\$\([^)]*\)|[^\s"'#;|&()]|"(?:[^"\\]|\\.)*"|'[^']*'|(?<=\S)#)+""")
_ASSIGN = re.compile(
    r"(?:export\s+|readonly\s+|local\s+)?([A-Za-z_]\w*)\s*[:?]?=\s*(.*)", re.DOTALL
)
_SPACED = re.compile(r"^([A-Za-z_]\w*) *[:?+]?= *(?=\S)")
"""An assignment as make writes it."""
VARIABLE = re.compile(
    r"\$(?:\{([A-Za-z_]\w*|\d+)(?:(?::?[-=])([^}]*))?\}|\(([A-Za-z_]\w*)\)|([A-Za-z_]\w*|\d))"
)
_ARRAY = re.compile(r"(?m)^[ \t]*(?:declare -a |local -a |local |readonly )?(\w+)\+?=\(([^()]*)\)")
_HEREDOC = re.compile(r"\bpython[\d.]*\b[^\n]{0,200}<<-?\s{0,9}['\"]?(\w+)")
_INLINE = re.compile(r"""\bpython[\d.]*[ \t]{1,9}-c[ \t]{1,9}(["'])""")
_PROGRAMS = 1_000
"""Most programs read in one file."""
_EXEC = re.compile(r"^\s*(?:CMD|ENTRYPOINT|RUN)\s+(\[.*\])\s*$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a command, as it is written."""

    text: str
    line: int
    column: int
    """1-based, in characters."""


def programs(text: str) -> tuple[str, list[tuple[str, int]]]:
    """The text with Python programs blanked, and these with the lines they start on."""
    if "python" not in text:
        return text, []
    lines, inner = _heredocs(text.split("\n"))
    text = "\n".join(lines)
    pieces: list[str] = []
    done = 0
    while (match := _INLINE.search(text, done)) is not None:
        end = _closing(text, match.end(), match[1])
        if end < 0:
            break
        body = text[match.end() : end]
        plain = body.lstrip("\n")
        start = text.count("\n", 0, match.end()) + 1 + len(body) - len(plain)
        inner.append((plain.replace('\\"', '"') if match[1] == '"' else plain, start))
        pieces += [text[done : match.end()], re.sub(r"[^\n]", " ", body)]
        done = end
        if len(inner) >= _PROGRAMS:
            break
    return "".join([*pieces, text[done:]]), inner


def _closing(text: str, start: int, quote: str) -> int:
    """Where a quote ends; a backslash before a double one does not end it."""
    end = text.find(quote, start)
    while quote == '"' and end > 0 and text[end - 1] == "\\":
        end = text.find(quote, end + 1)
    return end


def _heredocs(lines: list[str]) -> tuple[list[str], list[tuple[str, int]]]:
    """Lines with the programs of heredocs blanked; one without an end goes to the last line."""
    kept: list[str] = []
    inner: list[tuple[str, int]] = []
    body: list[str] = []
    end = ""
    for number, line in enumerate(lines, 1):
        if end:
            if line.strip() == end:
                inner.append(("\n".join(body), number - len(body)))
                body, end = [], ""
            else:
                body.append(line)
            kept.append("")
            continue
        kept.append(line)
        match = None if line.lstrip().startswith("#") else _HEREDOC.search(line)
        end = match[1] if match else ""
    if body:
        inner.append(("\n".join(body), len(lines) - len(body) + 1))
    return kept, inner


def arrays(text: str, first_line: int) -> Iterator[tuple[str, list[Token]]]:
    """Arrays that are written out, with the places of their elements."""
    for match in _ARRAY.finditer(text):
        body = re.sub(r"(?m)(?<!\S)#.*", lambda m: " " * len(m[0]), match[2])
        tokens = []
        for one in _TOKEN.finditer(body):
            at = match.start(2) + one.start()
            line = first_line + text.count("\n", 0, at)
            tokens.append(Token(one[0], line, at - text.rfind("\n", 0, at)))
        yield match[1], tokens


def commands(text: str, first_line: int) -> Iterator[list[Token]]:
    """Logical lines as tokens with the places they stand at; comments left out."""
    tokens: list[Token] = []
    for number, line in enumerate(text.split("\n"), first_line):
        exec_form = _EXEC.match(line)
        if exec_form is not None and not tokens:
            words = _json_words(exec_form[1])
            if words:
                yield [Token(w, number, line.find(w) + 1) for w in words]
                continue
        code = line.rstrip()
        continued = code.endswith("\\")
        code = _SPACED.sub(r"\1=", code.removesuffix("\\"))
        if not code.lstrip().startswith("#"):
            for match in _TOKEN.finditer(re.sub(r"(?<=\s)#.*", "", code)):
                tokens.append(Token(match[0], number, match.start() + 1))
        if not continued:
            if tokens:
                yield tokens
            tokens = []
    if tokens:
        yield tokens


def _json_words(text: str) -> list[str]:
    try:
        words = json.loads(text)
    except ValueError:
        return []
    return [w for w in words if isinstance(w, str)] if isinstance(words, list) else []


def assignment(text: str) -> tuple[str, str] | None:
    """Name and value that a word sets."""
    match = None if text.startswith("-") else _ASSIGN.fullmatch(text)
    return None if match is None else (match[1], match[2])


def bare(text: str) -> str:
    """A word without the quotes around it."""
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text


def expanded(text: str, variables: dict[str, str]) -> str:
    """``$NAME`` replaced where the script sets it; ``${NAME:-default}`` by its default."""

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[3] or match[4]
        return variables.get(name, match[2] if match[2] is not None else match[0])

    return VARIABLE.sub(value, text)

"""Shell text: tokens with their places, assignments, arrays, programs inside. Nothing is run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from provenance.checking.references.sites import PYTHON, Inner
from provenance.frozen import frozen

_TOKEN = re.compile(r"""(?:\$\([^)]*\)|[^\s"'#;|&()]|"(?:[^"\\]|\\.)*"|'[^']*'|(?<=\S)#)+""")
_ASSIGN = re.compile(
    r"(?:export\s+|readonly\s+|local\s+)?([A-Za-z_]\w*)(\[[^\]\s]*\])?\s*[:?+]?=\s*(.*)", re.DOTALL
)
_SPACED = re.compile(r"^([A-Za-z_]\w*) *[:?+]?= *(?=\S)")
"""An assignment as make writes it."""
VARIABLE = re.compile(
    r"\$(?:\{([A-Za-z_]\w*|\d+)(?:(?::?[-=])([^}]*))?\}|\(([A-Za-z_]\w*)\)|([A-Za-z_]\w*|\d))"
)
_ARRAY = re.compile(
    r"(?m)^[ \t]*(?:(?:declare|local|typeset|readonly|export)(?: -\w{1,4}){0,3} )?"
    r"(\w+)\+?=\(([^()]*)\)"
)
_ENTRY = re.compile(r"\[[^\]\s]{1,80}\]=")
_PAIR = re.compile(r'"([A-Za-z_]\w{0,60})"[ \t]{0,9}:[ \t]{0,9}"([^"\s]{1,200})"')
_HEREDOC = re.compile(r"<<-?[ \t]{0,9}['\"]?(\w+)")
_INTO = re.compile(r"(?:>|\btee\b(?: -a)?)[ \t]{0,9}[\"']?([\w./~${}-]{1,200}\.\w{1,10})")
"""The file that a heredoc is written to."""
_RUNS_PYTHON = re.compile(r"\bpython[\d.]*\b")
_INLINE = re.compile(r"""\bpython[\d.]*[ \t]{1,9}-c[ \t]{1,9}(["'])""")
_PROGRAMS = 1_000
"""Most programs read in one file."""
_EXEC = re.compile(r"\s{0,20}(?:CMD|ENTRYPOINT|RUN)\s{1,9}(?=\[)")
_MOST_LINES = 100
"""Lines of a command in exec form."""


@frozen
class Token:
    """A word of a command, as it is written."""

    text: str
    line: int
    column: int
    """1-based, in characters."""


def programs(text: str) -> tuple[str, list[Inner]]:
    """The text with the files and Python programs in it blanked, and these."""
    if "python" not in text and "<<" not in text:
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
        program = plain.replace('\\"', '"') if match[1] == '"' else plain
        inner.append(Inner(PYTHON, program, start))
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


def _heredocs(lines: list[str]) -> tuple[list[str], list[Inner]]:
    """Lines with the files of heredocs blanked; one without an end goes to the last line."""
    kept: list[str] = []
    inner: list[Inner] = []
    body: list[str] = []
    end: str | None = None
    name = ""
    for number, line in enumerate(lines, 1):
        if end is not None:
            if line.strip() == end:
                inner.append(Inner(name, "\n".join(body), number - len(body)))
                body, end = [], None
            else:
                body.append(line)
            kept.append("")
            continue
        kept.append(line)
        match = None if line.lstrip().startswith("#") else _HEREDOC.search(line)
        into = _written_to(line) if match else None
        if match is not None and into is not None:
            name, end = into, match[1]
    if body:
        inner.append(Inner(name, "\n".join(body), len(lines) - len(body) + 1))
    return kept, inner


def _written_to(line: str) -> str | None:
    """What a heredoc's text is; ``None``: it is read as commands like the rest."""
    into = _INTO.search(line)
    if into is not None:
        return into[1]
    return PYTHON if _RUNS_PYTHON.search(line) else None


def arrays(text: str, first_line: int) -> Iterator[tuple[str, list[Token]]]:
    """Arrays that are written out, with the places of their elements."""
    for match in _ARRAY.finditer(text):
        body = re.sub(r"(?m)(?<!\S)#.*", lambda m: " " * len(m[0]), match[2])
        tokens = []
        for word in _TOKEN.finditer(body):
            at = match.start(2) + word.start()
            line = first_line + text.count("\n", 0, at)
            key = _ENTRY.match(word[0])
            cut = key.end() if key else 0
            tokens.append(
                Token(word[0][cut:].rstrip(","), line, at - text.rfind("\n", 0, at) + cut)
            )
        yield match[1], tokens


def pairs(text: str, first_line: int) -> Iterator[tuple[str, Token]]:
    """Keys and strings of JSON that a command is given, over however many lines."""
    plain = text.replace('\\"', ' "') if '\\"' in text else text
    for match in _PAIR.finditer(plain):
        at = match.start(2)
        line = first_line + plain.count("\n", 0, at)
        yield match[1], Token(match[2], line, at - plain.rfind("\n", 0, at))


def texts(text: str, first_line: int) -> tuple[str, list[tuple[str, list[Token]]]]:
    """Variables whose value is quoted over several lines, as lists of its words; and the rest."""
    arrays_found: list[tuple[str, list[Token]]] = []
    if '="\n' not in text and "='\n" not in text:
        return text, arrays_found
    kept: list[str] = []
    name = quote = ""
    words: list[Token] = []
    for number, line in enumerate(text.split("\n"), first_line):
        plain = not quote
        opened = _OPENED.match(line) if plain else None
        if not plain:
            body, end, _ = line.partition(quote)
            words += (Token(m[0], number, m.start() + 1) for m in re.finditer(r"\S+", body))
            if end:
                arrays_found.append((name, words))
                quote = ""
        elif opened is not None:
            name, quote, words = opened[1], opened[2], []
        kept.append(line if plain and not quote else "")
    return "\n".join(kept), arrays_found


_OPENED = re.compile(r"""[ \t]*(?:export |local |readonly )?([A-Za-z_]\w*)=(["'])$""")


_POWER = re.compile(r"(?m)^([ \t]{0,40})\$(?:env:)?([A-Za-z_]\w{0,80})[ \t]{0,20}=[ \t]{0,20}")
_POWER_USE = re.compile(r"\$env:(\w{1,80})")


def from_powershell(text: str) -> str:
    """PowerShell's assignments, variables and line ends as a shell writes them."""
    text = _POWER.sub(r"\1\2=", text.replace("`\n", "\\\n"))
    return _POWER_USE.sub(r"$\1", text)


def functions(text: str, first_line: int) -> dict[int, str]:
    """The function that each line is in, by line; a function ends at a lone ``}``."""
    names: dict[int, str] = {}
    name = ""
    for number, line in enumerate(text.split("\n"), first_line):
        match = _FUNCTION.match(line)
        name = match[1] if match else name
        if name:
            names[number] = name
        if line.strip() == "}":
            name = ""
    return names


_FUNCTION = re.compile(r"[ \t]{0,20}(?:function[ \t]{1,9})?([A-Za-z_][\w-]{0,80})[ \t]{0,9}\(\)")


def commands(text: str, first_line: int) -> Iterator[list[Token]]:
    """Logical lines as tokens with the places they stand at; comments left out."""
    tokens: list[Token] = []
    lines = text.split("\n")
    done = 0
    for index, line in enumerate(lines):
        if index < done:
            continue
        number = first_line + index
        exec_form = None if tokens else _EXEC.match(line)
        if exec_form is not None:
            end = _last_line(lines, index) + 1
            words = _exec_words(lines[index:end], exec_form.end(), number)
            if words:
                yield words
                done = end
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


def _last_line(lines: list[str], start: int) -> int:
    """Where the line that starts at ``start`` ends, a backslash at its end going on."""
    end = start
    while lines[end].rstrip().endswith("\\") and end + 1 < min(len(lines), start + _MOST_LINES):
        end += 1
    return end


def _exec_words(lines: list[str], start: int, first_line: int) -> list[Token]:
    """The words of ``["program", "flag"]``, which goes on over ``lines``; none where it is none."""
    plain = [line.rstrip().removesuffix("\\") for line in lines]
    words = _json_words(" ".join([plain[0][start:], *plain[1:]]))
    tokens: list[Token] = []
    line, at = 0, start
    for number, word in enumerate(words):
        place = _place(lines, f'"{word}"', line, at)
        if place is None:  # written with an escape: where the rest stands is not looked for
            return [*tokens, *(Token(rest, first_line + line, 1) for rest in words[number:])]
        line, at = place
        tokens.append(Token(word, first_line + line, at + 2))
        at += len(word) + 2
    return tokens


def _place(lines: list[str], text: str, line: int, at: int) -> tuple[int, int] | None:
    """The first place of ``text`` from a place on."""
    for number in range(line, len(lines)):
        column = lines[number].find(text, at if number == line else 0)
        if column >= 0:
            return number, column
    return None


def _json_words(text: str) -> list[str]:
    try:
        words = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [w for w in words if isinstance(w, str)] if isinstance(words, list) else []


def assignment(text: str) -> tuple[str, str, bool] | None:
    """Name and value that a word sets, and whether that is one entry of an array."""
    match = None if text.startswith("-") else _ASSIGN.fullmatch(text)
    return None if match is None else (match[1], match[3], match[2] is not None)


def defaults(text: str) -> Iterator[tuple[str, str, int]]:
    """``${NAME:-default}`` in a word: name, default, and where the default starts."""
    for match in VARIABLE.finditer(text):
        if match[2]:
            quoted = match[2][0] in "\"'"
            yield match[1], bare(match[2]), match.start(2) + quoted


def bare(text: str) -> str:
    """A word without the quotes around it."""
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text


def split(token: Token) -> Iterator[Token]:
    """The words of a quoted list: ``"a/b c/d"``; a word without blanks as it is."""
    text = bare(token.text)
    if text == token.text or not text.strip() or " " not in text.strip():
        yield token
        return
    for match in re.finditer(r"[^\s,]+", text):
        yield Token(match[0], token.line, token.column + 1 + match.start())


def expanded(text: str, variables: dict[str, str]) -> str:
    """``$NAME`` replaced where the script sets it; ``${NAME:-default}`` by its default."""

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[3] or match[4]
        return variables.get(name, bare(match[2]) if match[2] is not None else match[0])

    return VARIABLE.sub(value, text)

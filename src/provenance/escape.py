r"""The boundary: every outside string passes one of these functions before it is written.

Each function takes raw text and makes it safe for one destination. None is meant to be applied
twice, and none is undone by a later one. What cannot be shown is made visible as an escape
(``\u202e``), never dropped: a reader must see that something was there.
"""

from __future__ import annotations

import html as _html
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from provenance import lazy_re as re

UNSEEN = (
    (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x600, 0x605), (0x61C, 0x61C),
    (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891), (0x8E2, 0x8E2), (0x115F, 0x1160),
    (0x17B4, 0x17B5), (0x180E, 0x180E), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F),
    (0x2800, 0x2800), (0x3164, 0x3164), (0xD800, 0xF8FF), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB), (0xFFFE, 0xFFFF), (0x110BD, 0x110BD), (0x110CD, 0x110CD),
    (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0x10FFFF),
)  # fmt: skip
"""Code points without a look of their own, first and last of each run: controls, format characters
(bidi, zero-width, tags), surrogates, private use, line separators (Cc, Cf, Cs, Co, Zl and Zp of
Unicode 16), what is ignorable by default, and letters that show nothing (Hangul fillers, blank
Braille). Fixed here, so that every Python and every SQL engine hides the same."""
_SURROGATES = 0xD800


def unseen(runs: Iterable[tuple[int, int]] = UNSEEN) -> str:
    """A class of Python's ``re`` for :data:`UNSEEN`, or for some of its runs."""
    return "[" + "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in runs) + "]"


def unseen_sql() -> str:
    """The same class for engines with RE2, such as DuckDB, whose texts hold no surrogates."""
    runs = ((0xE000, last) if first == _SURROGATES else (first, last) for first, last in UNSEEN)
    return "[" + "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in runs) + "]"


_UNSEEN = re.compile(unseen())


def terminal(text: str) -> str:
    r"""One line for a terminal or log: nothing in it moves the cursor, colours or reorders text.

    Line breaks and tabs are shown as ``\n`` and ``\t`` like every other control character.
    """
    if not (text.isascii() and text.isprintable()):
        text = _UNSEEN.sub(lambda unseen: _visible(unseen[0]), text)
    return log_lines(text)


_LOG_COMMAND = re.compile(r"(?m)^([^\S\n]{0,1000}):(?=:)|#(?=#(?:[A-Za-z]{1,20})?\[)")


def log_lines(text: str) -> str:
    r"""Whole output for a log of CI: no line of it is a command to what runs the job.

    A line that starts with ``::``, also after spaces, is a command to GitHub's runner, and so is
    ``##[`` anywhere; to Azure's ``##vso[`` is, to TeamCity ``##teamcity[``. The first character is
    shown as an escape that JSON reads back as the same character. Rule:
    ``ActionCommand.TryParseV2`` and ``TryParse`` of https://github.com/actions/runner.
    """
    if "::" not in text and "##" not in text:
        return text
    return _LOG_COMMAND.sub(lambda m: "\\u0023" if m[1] is None else f"{m[1]}\\u003a", text)


def terminal_lines(text: str) -> str:
    """Several lines for a terminal: like :func:`terminal`, with line feeds kept."""
    return "\n".join(terminal(line) for line in text.split("\n"))


def _visible(char: str) -> str:
    """An unseen character as the escape that programmers know it by."""
    if char == "\n":
        return "\\n"
    if char == "\r":
        return "\\r"
    if char == "\t":
        return "\\t"
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


_MARKDOWN_SPECIAL = re.compile(r"[\\`*_{}\[\]|~$!]")
_MARKDOWN_START = re.compile(r"^(\s*)(?:([-+=#])|(\d+)([.)])(?=\s|$))")
_AUTOLINK = re.compile(r"(?i)(?<=[a-z])(?=://)|(?<=www)(?=\.)")
_REFERENCE = re.compile(r"@(?=\w)|#(?=\d)")
_CODE_PLAIN = re.compile(r"[\w ./:@+=#%,;()-]+")


def markdown(text: str) -> str:
    """Inline text for Markdown (CommonMark and GitHub's), also inside a table cell.

    No markup, HTML, link, bare-address link, ``@mention`` or ``#1`` reference is left in it; an
    empty comment divides the last three, the only thing that GitHub honours there.
    """
    shown = " ".join(terminal(line) for line in text.split("\n"))
    escaped = _MARKDOWN_SPECIAL.sub(r"\\\g<0>", shown)
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _AUTOLINK.sub("<!-- -->", escaped)
    escaped = _REFERENCE.sub(r"\g<0><!-- -->", escaped)
    return _MARKDOWN_START.sub(
        lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", escaped
    )


def markdown_code(text: str) -> str:
    """Inline code for Markdown, also inside a table cell."""
    shown = " ".join(terminal(line) for line in text.split("\n"))
    if not shown.strip():
        return ""
    if _CODE_PLAIN.fullmatch(shown) and shown == shown.strip():
        return f"`{shown}`"
    return f"<code>{markdown(text)}</code>"


def markdown_block(text: str, language: str = "text") -> str:
    """A fenced code block for Markdown; its fence is longer than any run of backticks inside."""
    shown = terminal_lines(text)
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def html(text: str) -> str:
    """Text for HTML or XML content and quoted attributes.

    The characters that :func:`terminal` shows are shown here too: bidi controls reorder a page as
    they do a terminal, and XML 1.0 has no way to write most controls.
    """
    return _html.escape("\n".join(terminal(line) for line in text.split("\n")), quote=True)


_FORMULA_START = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|[\t\r]")


def csv_cell(text: str) -> str:
    """A spreadsheet cell that no program takes for a formula.

    Rule: OWASP "CSV Injection": a cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a
    carriage return (or the full-width forms) gets a leading apostrophe. Quoting of separators is
    the CSV writer's work.
    """
    shown = " ".join(terminal(line) for line in text.split("\n"))
    return f"'{shown}" if _FORMULA_START.match(text) or _FORMULA_START.match(shown) else shown


def sarif_text(text: str) -> str:
    """Text for a SARIF ``message.text``: no embedded link (SARIF 2.1.0, 3.11.6)."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", terminal_lines(text))


def github_message(text: str) -> str:
    """The message of a GitHub workflow command; cannot start another command.

    Rule: ``@actions/core`` ``escapeData``: ``%``, CR and LF are percent-encoded.
    """
    escaped = terminal_lines(text).replace("%", "%25")
    return escaped.replace("\r", "%0D").replace("\n", "%0A")


def github_property(text: str) -> str:
    """A property value of a GitHub workflow command (``@actions/core`` ``escapeProperty``)."""
    return github_message(text).replace(":", "%3A").replace(",", "%2C")


_URL_SAFE = "!#$%&*+,/:;=?@~-._"


@lru_cache(maxsize=4096)
def safe_url(url: str | None) -> str | None:
    """The address if it may become a link: http or https with a host, and nothing odd; else None.

    What is returned needs no further care inside quotes or Markdown's round brackets: quotes,
    brackets, spaces and non-ASCII characters are percent-encoded, a non-ASCII host is in its
    ``xn--`` form. Addresses that carry a user name are refused: they are made to mislead.
    """
    if not url or len(url) > 2000 or terminal(url) != url or url != url.strip():
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    host = _ascii_host(host)
    if host is None or re.fullmatch(r"[A-Za-z0-9_.:-]+", host) is None:
        return None
    netloc = f"[{host}]" if ":" in host else host
    netloc = netloc if port is None else f"{netloc}:{port}"
    rest = (quote(part, safe=_URL_SAFE) for part in (parts.path, parts.query, parts.fragment))
    path, query, fragment = rest
    return urlunsplit(SplitResult(parts.scheme.lower(), netloc, path, query, fragment))


def _ascii_host(host: str) -> str | None:
    """A host in its ``xn--`` form; ``None``: a label is empty or too long (RFC 1035, 2.3.4).

    One in ASCII stays as it is. The codec says the same of it, at the price of its tables.
    """
    if host.isascii():
        *labels, last = host.split(".")
        return host if all(0 < len(label) < 64 for label in labels) and len(last) < 64 else None
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return None


_TEX_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}
_TEX_COMMANDS = (
    # accents and letters of LaTeX's text encodings
    "u v H t c d b k r i j o O l L ss aa AA ae AE oe OE dh DH dj DJ ng NG th TH "
    # fonts, signs and dashes
    "it bf em sc tt rm sl emph textit textbf textsc texttt textrm textsf textsl textup mbox "
    "textsuperscript textsubscript textendash textemdash textbackslash textquoteright "
    "textquoteleft textunderscore textasciitilde textasciicircum textregistered texttrademark "
    "textcopyright dots ldots slash newblock noopsort relax LaTeX TeX S P copyright pounds "
    # mathematics in titles
    "ensuremath mathrm mathbf mathit mathcal mathbb sim times cdot rightarrow to infty pm le ge "
    "leq geq approx alpha beta gamma delta epsilon lambda mu pi sigma tau phi chi psi omega"
)
_TEX_LETTERS = frozenset(_TEX_COMMANDS.split())
"""Commands that print something and do nothing else."""
_TEX_TOKEN = re.compile(
    r"(?P<url>\\url\s{0,3}\{\s{0,3}(?:https?://|www\.)(?:[^{}\\^\s]|\\[_#%&~])*\s{0,3}\})"
    r"|(?P<carets>\\?\^{2,})|\\(?P<letters>[A-Za-z]+)|\\(?P<sign>[ -?\[-`{-~])|(?P<one>[\\%&#])"
)
_WEB = re.compile(r"(?:\\url)?[{ ]*+(?:(?:https?|ftp)://|[^:]*$)", re.IGNORECASE)
_DIRECTIVE = frozenset({"string", "preamble", "comment"})
_VERBATIM = frozenset({"url", "doi", "eprint"})
_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)


def bibtex_text(text: str) -> str:
    """Plain text for the value of a BibTeX field: TeX prints it and runs nothing of it.

    No unmatched brace stands in it, not even behind a backslash: BibTeX counts those too.
    """
    return "".join(_TEX_SPECIAL.get(char, char) for char in terminal(text))


def bibtex_comment(text: str) -> str:
    """A line between BibTeX entries. An ``@`` would open an entry even there; it is shown."""
    return f"% {terminal(text)}".replace("@", "\\x40")


def bibtex_key(text: str) -> str:
    """A citation key of letters, digits and ``_:./+-``; empty when nothing is left of it."""
    return re.sub(r"[^\w:./+-]+", "-", terminal(text)).strip("-")


def bibtex_kind(text: str) -> str:
    """A type of entry; ``misc`` for what is none, or is a directive to BibTeX."""
    known = re.fullmatch(r"[a-z]{1,30}", text) and text not in _DIRECTIVE
    return text if known else "misc"


def bibtex_field(name: str, value: str) -> tuple[str, str]:
    r"""Name and ``{value}`` of an entry's field, where the value is TeX that somebody else wrote.

    TeX is a programming language that reads files and starts programs, so that only commands known
    to print something are kept (accents, fonts, signs, ``\url`` of the web); any other is shown:
    ``\textbackslash{}input``. The same goes for ``^^``, by which TeX spells any character, and
    for braces that do not match. A ``url`` of another kind than the web's gets a name that no
    style prints.
    """
    shown_name = re.sub(r"[^a-z0-9_:.+/-]+", "-", name.lower()).strip("-") or "field"
    if shown_name == "month" and _MONTH.fullmatch(value):
        return shown_name, value.lower()
    if shown_name == "url" and not _WEB.match(value):
        shown_name = "unsafe-url"
    plain = " ".join(value.split())
    tex = _tex(plain, verbatim=shown_name in _VERBATIM) if _balanced(plain) else bibtex_text(plain)
    return shown_name, f"{{{tex}}}"


def _tex(value: str, *, verbatim: bool) -> str:
    def token(match: re.Match[str]) -> str:
        text = match[0]
        if match["letters"] is not None:
            return text if match["letters"] in _TEX_LETTERS else bibtex_text(text)
        if match["carets"] is not None:
            return bibtex_text(text)
        if text in {r"\{", r"\}"}:
            return bibtex_text(text[1])
        if text == r"\\":  # some readers take the brace after it for an escaped one
            return r"\\ " if value[match.end() : match.end() + 1] in {"", "{", "}"} else text
        if match["one"] is None or (verbatim and text != "\\"):
            return text
        return bibtex_text(text)

    return _UNSEEN.sub(lambda unseen: bibtex_text(unseen[0]), _TEX_TOKEN.sub(token, value))


def _balanced(text: str) -> bool:
    """Whether braces match with and without those behind a backslash: readers differ in that."""
    depths = [0, 0]
    for brace in re.findall(r"\\\\|\\?[{}]", text):
        if brace == r"\\":
            continue
        step = 1 if brace.endswith("{") else -1
        depths = [depths[0] + step, depths[1] + (step if len(brace) == 1 else 0)]
        if min(depths) < 0:
            return False
    return depths == [0, 0]

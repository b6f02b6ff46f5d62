"""References in languages without a syntax tree here: by their string literals and what holds them.

JavaScript, TypeScript, R, Rust, Go, Java, Julia, Terraform and their like write a string in quotes,
and before it the name of the key, variable or function that it goes to. Nothing more is read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from provenance.checking.references.addresses import addresses_in, hub_address
from provenance.checking.references.names import (
    RUN_TIME,
    hub_prefix,
    is_id,
    is_plain_id,
    kind_of_name,
)
from provenance.checking.references.roles import role_of_words, words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.shell import find_in_shell
from provenance.checking.references.sites import Gathered, Site, weigh
from provenance.checking.references.unsaid import unsaid_in
from provenance.frozen import frozen
from provenance.report.checked import Confidence, ReferenceKind, RoleBasis, ScanNote, UsedFor

_SLASHES = frozenset(
    {"js", "mjs", "cjs", "jsx", "ts", "tsx", "mts", "cts", "vue", "svelte", "astro", "rs", "go",
     "java", "kt", "kts", "scala", "swift", "cs", "c", "cc", "cpp", "cxx", "h", "hpp", "cu", "m",
     "mm", "dart", "php", "groovy", "gradle", "zig", "jsonnet", "libsonnet", "proto", "nf", "json5",
     "hocon", "conf", "config", "sbt"}
)  # fmt: skip
_HASHES = frozenset(
    {"r", "rmd", "qmd", "jl", "rb", "tf", "tfvars", "hcl", "nix", "ex", "exs", "pl", "nomad", "cue",
     "star", "bzl", "bazel", "cmake", "nu", "gin", "wdl", "pbtxt", "textproto"}
)  # fmt: skip
_DASHES = frozenset({"lua", "sql", "hs"})
SUFFIXES = (_SLASHES - {"hocon", "conf"}) | _HASHES | _DASHES | {"xml"}
"""Endings of the files that this finder reads, in lower case."""
_CHARACTERS = frozenset(
    {"rs", "go", "java", "kt", "kts", "scala", "swift", "cs", "c", "cc", "cpp", "cxx", "h", "hpp",
     "cu", "zig", "hs"}
)  # fmt: skip
"""Languages whose single quotes hold one character."""
_PYTHONS = frozenset({"pyx", "pxd", "pxi", "smk", "ipy", "sage", "xsh", "snakefile"})
"""Languages that Python became, with its strings over several lines."""
_DOUBLE = r'"(?:[^"\\\n]|\\.)*"'
_TRIPLE = r'"""(?:[^"]|"(?!""))*"""'
_SINGLE = r"'(?:[^'\\\n]|\\.)*'"
_ONE = r"'(?:[^'\\\n]|\\.)'"
_BACK = r"`(?:[^`\\]|\\.)*`"
_SPAN = 400
"""How far before a string its holder is looked for, in characters."""
_CLIMBS = 4
"""How many brackets a string may stand in, below the name that says what it is."""
_OPEN, _CLOSE = "([{", ")]}"
_KEY = re.compile(
    r"""(?:^|[^\w$.'"-])["']?([A-Za-z_$][\w$.-]{0,80})["']?[ \t]{0,20}(?:=>|:=|<-|=|:)\s{0,40}&?$"""
)
"""A key or variable right before what it is set to."""
_TYPED = re.compile(
    r"(?:^|[\s(,{;])([A-Za-z_$][\w$]{0,80}) ?\??: ?[\w<>\[\]|&'.? ]{1,60}=(?![=>])[^=;{]{0,200}$"
)
"""``name: Type = …``, up to the string."""
_ASSIGNED = re.compile(
    r"(?:^|[\s(,{;])([A-Za-z_$][\w$.]{0,80}) ?(?:(?<![=!<>])=(?![=>])|:=|<-)[^=;{]{0,200}"
    r"(?:\?\?|\|\||\bor\b|\?|:)\s{0,40}$"
)
"""``name = other ?? …``, up to the string."""
_CALLEE = re.compile(r"(?<![\w$.:!])([A-Za-z_$][\w$.:!]{0,120})(?:<[^<>()]{0,80}>)? ?$")
_THROUGH = frozenset(
    {"unwrap_or", "unwrap_or_else", "or", "getenv", "String", "to_string", "from", "get", "env",
     "default", "orElse", "getOrDefault", "coalesce", "c", "list", "vec", "listOf", "arrayOf", "of",
     "Some", "some", "optional", "string", "toset", "tolist", "asList", "new", "paste", "format"}
)  # fmt: skip
"""Functions that give what they are given."""
_PLAIN = frozenset(
    {"path", "name", "id", "repo", "repo_id", "repoId", "repoid", "default", "value"}
)
"""Keys that hold an id where the key above says of what."""
_CALLS = {"Repo": ReferenceKind.MODEL, "pipeline": ReferenceKind.MODEL,
          "from_pretrained": ReferenceKind.MODEL, "snapshot_download": ReferenceKind.MODEL,
          "hf_hub_download": ReferenceKind.MODEL, "hfHubDownload": ReferenceKind.MODEL,
          "with_revision": ReferenceKind.MODEL, "openai": ReferenceKind.MODEL,
          "anthropic": ReferenceKind.MODEL, "textEmbed": ReferenceKind.MODEL,
          "load_dataset": ReferenceKind.DATASET, "loadDataset": ReferenceKind.DATASET}  # fmt: skip
"""Functions whose name alone does not say what they take."""
_LOADS = re.compile(
    r"\b(from_pretrained|load_dataset|snapshot_download|hf_hub_download)\(\s{0,40}(?=[\w$])"
)
"""A loader that is given a name, not a string."""
_ELEMENT = re.compile(r"<([\w.:-]{1,80})(\s[^<>]{0,600})?/?>([^<>\n]{3,200}(?=</))?")
_ATTRIBUTE = re.compile(r"""\b([\w.:-]{1,60})=["']([^"'<>]{0,200})["']""")
_IMPORTS = re.compile(
    r"^[ \t]{0,40}(?:import|export\b[^=]{0,200}\bfrom|from|use|require|library|package|using)\b"
    r"|^[ \t]{0,40}#include\b"
)
_REQUIRES = re.compile(r"\b(?:require|import|library|source) ?\(\s{0,20}$")
_FLAG = re.compile(r"""["'](--?[A-Za-z][\w-]{0,60})["'] ?,\s{0,40}$""")
_JULIA = re.compile(r'\bhgf"([\w.-]+/[\w.-]+)(?::\w+)?"')
_PROGRAM = re.compile(r"\s--[a-z]|\b(?:download|serve) \w")


@frozen
class _Literal:
    text: str
    start: int
    """Where its quote opens."""
    end: int


def find_in_foreign(data: bytes, path: str, rules: Rules) -> Gathered:
    """References and notes of a file whose language has quoted strings."""
    gathered = Gathered()
    if b"/" not in data and b"gpt-" not in data and b"claude-" not in data:
        return gathered
    text = data.decode("utf-8", "replace")
    suffix = path.rpartition(".")[2].lower()
    _Reader(path, rules, gathered, text, suffix).run()
    gathered.unsaid += unsaid_in(text, path, rules)
    return gathered


@dataclass(slots=True)
class _Reader:
    path: str
    rules: Rules
    gathered: Gathered
    text: str
    suffix: str
    plain: str = ""
    """The text with comments blanked."""
    literals: list[_Literal] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def run(self) -> None:
        self._split()
        self.starts = [0, *(m.end() for m in re.finditer("\n", self.text))]
        for literal in self.literals:
            self._literal(literal)
        for match in _LOADS.finditer(self.plain):
            line, column = self._place(match.start())
            self.gathered.notes.append(ScanNote(self.path, line, column, match[1], RUN_TIME))
        for match in _ELEMENT.finditer(self.plain) if self.suffix == "xml" else ():
            self._element(match)
        if self.suffix == "jl":
            for match in _JULIA.finditer(self.plain):
                self._add(match[1], ReferenceKind.MODEL, "hgf", match.start(1))

    def _split(self) -> None:
        """Comments blanked, and the string literals."""
        pattern = _tokens(self.suffix)
        pieces: list[str] = []
        done = 0
        for match in pattern.finditer(self.text):
            if match["comment"] is None:
                quote = 3 if match[0][:3] == '"""' and len(match[0]) > 5 else 1
                text = match[0][quote:-quote]
                self.literals.append(_Literal(text, match.start(), match.end()))
                continue
            pieces += [self.text[done : match.start()], re.sub(r"[^\n]", " ", match[0])]
            done = match.end()
        self.plain = "".join([*pieces, self.text[done:]])

    def _literal(self, literal: _Literal) -> None:
        text = literal.text
        if _PROGRAM.search(text) is not None and " " in text.strip():
            line, _ = self._place(literal.start)
            self.gathered.extend(find_in_shell(text, self.path, self.rules, line))
            return
        for address in addresses_in(text):
            self._address(address, literal.start + 1 + text.find(address))
        if not any(is_id(text, kind, self.rules) for kind in _KINDS) or "://" in text:
            return
        before = self.plain[max(0, literal.start - _SPAN) : literal.start]
        line_start = before[before.rfind("\n") + 1 :]
        if _IMPORTS.match(line_start) or _REQUIRES.search(before):
            return
        held = self._holder(before)
        if held is None:
            return
        kind, how = held
        if is_id(text, kind, self.rules):
            self._add(text, kind, how, literal.start + 1)

    def _element(self, match: re.Match[str]) -> None:
        """``<model>owner/name</model>`` and ``<model name="owner/name"/>``."""
        attributes = {m[1]: m[2] for m in _ATTRIBUTE.finditer(match[2] or "")}
        names = [match[1], *(attributes.get(a, "") for a in ("name", "key", "id"))]
        held = [(attributes[a], match.start()) for a in _PLAIN if a in attributes]
        if match[3]:
            held.append((match[3].strip(), match.start(3)))
        for name in names:
            kind = kind_of_name(name, self.rules) if name and "/" not in name else None
            if kind is None or kind not in _KINDS:
                continue
            for text, at in held:
                if is_id(text, kind, self.rules):
                    self._add(text, kind, name, at)

    def _holder(self, before: str) -> tuple[ReferenceKind, str] | None:
        """What a string is, by the key, variable or function that it goes to."""
        flag = _FLAG.search(before)
        if flag is not None:
            kind = kind_of_name(flag[1].lstrip("-").replace("-", "_"), self.rules)
            return None if kind is None else (kind, flag[1])
        for _ in range(_CLIMBS):
            segment, opener, outer = _enclosing(before)
            named = self._named(segment)
            if named is not None:
                kind, name = named
                return None if kind is None or kind not in _KINDS else (kind, name)
            if opener == "(":
                called = _CALLEE.search(outer)
                if called is None:
                    before = outer
                    continue
                name = re.split(r"[.:$!]+", called[1].rstrip("!"))[-1]
                kind = _CALLS.get(name) or kind_of_name(name, self.rules)
                if kind is not None:
                    return kind, name
                if name not in _THROUGH:
                    owner = re.split(r"[.:$]+", called[1])[0]
                    return (_CALLS[owner], owner) if owner in _CALLS else None
                before = outer[: called.start()]
            elif opener in {"[", "{"}:
                before = outer
            else:
                return None
        return None

    def _named(self, segment: str) -> tuple[ReferenceKind | None, str] | None:
        """The kind that the name before a string gives; ``None``: no name is there."""
        match = _TYPED.search(segment) or _ASSIGNED.search(segment) or _KEY.search(segment)
        if match is None:
            return None
        *owners, name = [part for part in re.split(r"[.$]", match[1]) if part] or [match[1]]
        if name in _PLAIN:
            kind = kind_of_name(owners[-1], self.rules) if owners else None
            return None if kind is None else (kind, match[1])
        return kind_of_name(name, self.rules), name

    def _address(self, text: str, at: int) -> None:
        address = hub_address(text)
        if address is None:
            return
        kind = ReferenceKind(address.kind.value) if address.kind else ReferenceKind.MODEL
        line, column = self._place(at)
        how = "hf://" if text.startswith("hf://") else "address of a Hub file"
        site = Site(self.path, line, column, kind, how)
        self.gathered.add(weigh(site, text, self.rules, confidence=Confidence.CERTAIN))

    def _add(self, text: str, kind: ReferenceKind, how: str, at: int) -> None:
        line, column = self._place(at)
        role = role_of_words(set(words_of(how)), kind)
        by = RoleBasis.NONE if role is UsedFor.UNKNOWN else RoleBasis.KEY
        site = Site(self.path, line, column, kind, how, role, role_by=by)
        plain = hub_prefix(text) or text
        shown = plain if is_plain_id(plain, self.rules) else text
        self.gathered.add(weigh(site, shown, self.rules, confidence=Confidence.LIKELY))

    def _place(self, at: int) -> tuple[int, int]:
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1


_KINDS = (ReferenceKind.MODEL, ReferenceKind.DATASET)


def _tokens(suffix: str) -> re.Pattern[str]:
    """Strings and comments of a language."""
    strings = [_TRIPLE] if suffix in _PYTHONS else []
    strings += [_DOUBLE, _ONE if suffix in _CHARACTERS else _SINGLE]
    if suffix in _SLASHES:
        strings.append(_BACK)
        comment = r"//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?"
    elif suffix == "xml":
        comment = r"<!--(?:[^-]|-(?!->)){0,9000}-->"
    elif suffix in _DASHES:
        comment = r"--[^\n]*"
    else:
        comment = r"(?<![\w$&])\#[^\n]*"
    return re.compile(f"(?P<comment>{comment})|{'|'.join(strings)}")


def _enclosing(before: str) -> tuple[str, str, str]:
    """What stands before a string since the last comma or bracket around it.

    Returns:
        That text; the bracket around it, empty where there is none near; and what is before it.

    """
    depth = 0
    cut = -1
    for index in range(len(before) - 1, -1, -1):
        char = before[index]
        if char in _CLOSE:
            depth += 1
        elif char in _OPEN:
            if not depth:
                start = cut if cut >= 0 else index
                return before[start + 1 :], char, before[:index]
            depth -= 1
        elif char in ",;" and not depth and cut < 0:
            cut = index
            if char == ";":
                break
        elif char == "\n" and not depth and cut < 0 and _ends_here(before, index):
            cut = index
    return before[cut + 1 :], "", ""


def _ends_here(before: str, index: int) -> bool:
    """Whether a statement ends at a line break: nothing before or after it goes on."""
    head = before[:index].rstrip()
    return bool(head) and head[-1] not in "=:(,[{?|&+<"

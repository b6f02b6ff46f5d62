"""What the variables, arrays and loops of a script can be. Nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from provenance.checking.references.shell_text import (
    VARIABLE,
    Token,
    assignment,
    bare,
    defaults,
    expanded,
    split,
)

_MOST = 200
"""Most values followed for one variable."""
_EXPORTED = re.compile(r"(\w{1,80})=([^,]{1,300})")
_NAME = re.compile(r"[A-Za-z_]\w{0,80}")
_USE = re.compile(r"\$[{(]?(\w+)(?:\[[^\]]*\])?[})]?")


@dataclass(slots=True)
class Variables:
    """What a script has set so far."""

    last: dict[str, str] = field(default_factory=dict)
    written: dict[str, list[Token]] = field(default_factory=dict)
    """What each variable is set to, where it is a string without variables."""
    lists: dict[str, list[Token]] = field(default_factory=dict)
    """Elements of arrays and of ``for`` loops."""
    cut: list[Token] = field(default_factory=list)
    """The first value of each variable that was one too many."""
    set_at: list[tuple[str, Token]] = field(default_factory=list)
    """Variables that are set to a plain id, and where."""

    def keep(self, name: str, values: Iterable[Token]) -> None:
        """Add elements of an array."""
        self._keep(self.lists.setdefault(name, []), list(values))

    def assign(self, tokens: list[Token]) -> None:
        """Remember what a command sets."""
        for token in tokens:
            given = assignment(token.text)
            if given is None:
                continue
            name, value, is_entry = given
            place = Token(value, token.line, token.column + token.text.rfind(value))
            if is_entry:
                self.keep(name, [place])
                continue
            places = self.elements(bare(value)) or [place]
            if places != [place] or VARIABLE.search(value) is None:
                self._keep(self.written.setdefault(name, []), places)
            self.last[name] = self.expanded(bare(value))
            self.set_at.append((name, place))
        if len(tokens) > 3 and tokens[0].text == "for" and tokens[2].text == "in":
            for token in tokens[3:]:
                if token.text not in {"do", "done"}:
                    self.keep(tokens[1].text, self.elements(bare(token.text)) or [token])
        if len(tokens) == 3 and tokens[0].text == "ENV":
            self.set_at.append((tokens[1].text, tokens[2]))
        if tokens[0].text in {"set", "setenv"}:
            self._set([t for t in tokens[1:] if not t.text.startswith("-")])
        self._defaults(tokens)

    def _set(self, words: list[Token]) -> None:
        """``set -x NAME value`` of fish, ``setenv NAME value`` of csh."""
        if len(words) < 2 or _NAME.fullmatch(words[0].text) is None:
            return
        name, values = words[0].text, words[1:]
        self.last[name] = self.expanded(bare(values[0].text))
        self._keep(self.written.setdefault(name, []), values)
        self.set_at += ((name, value) for value in values)

    def _defaults(self, tokens: list[Token]) -> None:
        """``${NAME:-default}`` wherever it stands."""
        for token in tokens:
            for name, value, at in defaults(token.text):
                place = Token(value, token.line, token.column + at)
                self._keep(self.written.setdefault(name, []), [place])
                self.last.setdefault(name, value)
                self.set_at.append((name, place))

    def exported(self, value: Token) -> None:
        """``--export=ALL,MODEL=owner/name`` of Slurm."""
        for match in _EXPORTED.finditer(value.text):
            place = Token(match[2], value.line, value.column + match.start(2))
            self.last[match[1]] = self.expanded(bare(match[2]))
            self.set_at.append((match[1], place))

    def named(self) -> list[tuple[str, Token]]:
        """Every word that a variable, array or loop can be, by its name."""
        held = ((name, t) for name, values in self.lists.items() for t in values)
        return [*self.set_at, *held]

    def elements(self, text: str) -> list[Token]:
        """What ``${NAME[…]}`` or a loop's variable can be."""
        match = _USE.fullmatch(text)
        if match is None:
            return []
        tokens = self.lists.get(match[1]) or self.written.get(match[1], [])
        return [word for token in tokens for word in split(token)]

    def _keep(self, held: list[Token], more: list[Token]) -> None:
        """Add values that are not there: ``A=$A`` must not double what A can be."""
        if len(held) <= _MOST:
            new = [token for token in dict.fromkeys(more) if token not in held]
            self.cut += new[_MOST - len(held) :][:1]
            held += new[: _MOST + 1 - len(held)]

    def expanded(self, text: str) -> str:
        """``$NAME`` replaced where the script sets it."""
        return expanded(text, self.last)

"""A first look at the bytes of a Python file: whether it can refer to anything at all.

Most files of a repository refer to nothing, and reading one as a program takes many times longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from provenance.checking.references.rules import Rules

_QUOTED_ID = re.compile(rb"""["'][\w.-]{1,96}/[\w.-]{1,96}["']""")
_COMMANDS = re.compile(rb"--(?:model|dataset|pretrain|hf|base|tokenizer|prompt)|.#!/", re.DOTALL)
"""What a file with commands or scripts in its strings holds."""
_LIKE_AN_ID = re.compile(
    rb"""["'][A-Za-z][\w.-]{0,95}/(?=[\w.-]{0,95}["'])(?:[a-z_.]{0,95}[A-Z0-9-])"""
)
"""A string that looks like an id, whatever stands before it."""
_ENTRY = re.compile(rb"""\w["']?: {0,4}\\?["']?[A-Za-z][\w.-]{1,60}/[\w.-]""")
"""A key of a configuration in a string, with what may be an id."""
_BEFORE = 300
"""How far before an id its name is looked for, in bytes."""
_API = (
    b"gpt-", b"claude-", b"gemini-", b"text-embedding-", b"deepseek-", b"deepseek/", b"grok-",
    b"command-", b"mistral-", b"sonar-", b"voyage-", b"qwen-", b"-bison", b"openai:", b"anthropic:",
    b"anthropic.claude", b"amazon.nova", b"amazon.titan", b"meta.llama", b"cohere.embed",
)  # fmt: skip
"""What a file with a model behind an API holds."""
_A_STEM = 4
"""Characters of the beginning of a name that little else begins with."""


@lru_cache(maxsize=8)
def first_look(rules: Rules) -> FirstLook:
    """The look for some rules, made once."""
    return FirstLook(rules)


@dataclass(frozen=True, eq=False)
class FirstLook:
    """What the bytes of a file hold that some rule may read a reference from."""

    rules: Rules

    @cached_property
    def _triggers(self) -> tuple[tuple[bytes, tuple[bytes, ...]], ...]:
        """The last word of each loader, with the packages it comes from (none: from any)."""
        found: dict[bytes, set[bytes]] = {}
        for rule in self.rules.calls:
            package, _, rest = rule.name.partition(".")
            word = _longest(rest.rpartition(".")[2]) if "*" not in rest else _longest(package)
            word = word or _longest(rest)
            found.setdefault(word.encode(), set()).add(
                rule.imports.encode() or package.replace("*", "").encode()
            )
        for module in self.rules.classes:
            package = module.module.partition(".")[0]
            found.setdefault(package.encode(), set()).add(package.encode())
        return tuple((word, () if b"" in p else tuple(p)) for word, p in sorted(found.items()))

    @cached_property
    def _declared(self) -> re.Pattern[bytes]:
        """An option, field or table entry that names what it holds."""
        names = b"|".join(
            n.encode() for n in (*self.rules.arguments.model, *self.rules.arguments.dataset)
        )
        return re.compile(
            rb"""["'-](?:%b)["']|^ +(?:%b) *:|["']revision["'] *:|\b(?:%b) ?= ?["']"""
            % (names, names, names),
            re.M,
        )

    @cached_property
    def _stems(self) -> tuple[bytes, ...]:
        """Beginnings of what :attr:`_declared` looks for: one search for each is cheap."""
        return _shortest((*self.rules.arguments.model, *self.rules.arguments.dataset, "revision"))

    @cached_property
    def _known_stems(self) -> tuple[bytes, ...]:
        """Beginnings of the names of models that need no owner."""
        names = (
            *self.rules.known_ids.model,
            *(n for owned in self.rules.owned_names.values() for n in owned),
        )
        heads = {re.split(r"[*?[]", name)[0] for name in names}
        return _shortest(h for h in heads if len(h) >= _A_STEM)

    @cached_property
    def _names(self) -> re.Pattern[bytes]:
        """How names end that hold an id, and what takes one where nothing is given."""
        words = (*self.rules.name_words.model, *self.rules.name_words.dataset)
        return re.compile(rb"(?i)%b|hf_| or | else " % b"|".join(w.encode() for w in words))

    def _names_an_id(self, data: bytes) -> bool:
        """Whether an ``owner/name`` in quotes has such a name before it on its line."""
        for match in _QUOTED_ID.finditer(data):
            start = max(data.rfind(b"\n", 0, match.start()), match.start() - _BEFORE)
            if self._names.search(data, max(start, 0), match.start()) is not None:
                return True
        return False

    @cached_property
    def _by_package(self) -> tuple[tuple[tuple[bytes, ...], tuple[bytes, ...]], ...]:
        """Packages with the last words of their loaders."""
        found: dict[tuple[bytes, ...], list[bytes]] = {}
        for word, packages in self._triggers:
            found.setdefault(packages, []).append(word)
        return tuple((packages, tuple(words)) for packages, words in found.items())

    def may_refer(self, data: bytes, path: str) -> bool:
        """Whether a file of Python can hold a reference at all."""
        if b"hf://" in data or b"huggingface.co" in data:
            return True
        if any(part in data for part in (*_API, *self._known_stems)) or self._names_an_id(data):
            return True
        if (
            _ENTRY.search(data) is not None
            or _COMMANDS.search(data) is not None
            or _LIKE_AN_ID.search(data) is not None
        ):
            return True
        where = path.encode("utf-8", "surrogateescape")
        for packages, words in self._by_package:
            if (not packages or any(p in data or p in where for p in packages)) and any(
                word in data for word in words
            ):
                return True
        stems = self._stems
        return any(s in data for s in stems) and self._declared.search(data) is not None


def _longest(pattern: str) -> str:
    return max(pattern.replace("*", " ").replace(".", " ").split(), key=len, default="")


def _shortest(words: Iterable[str]) -> tuple[bytes, ...]:
    """The words that hold no other of them."""
    kept = sorted(set(words))
    return tuple(w.encode() for w in kept if not any(o in w and o != w for o in kept))

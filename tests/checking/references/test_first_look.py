"""Looking less closely at a Python file changes no answer: each short way beside the long one."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

import provenance
from provenance.checking.references.first_look import (
    _API,
    Slashed,
    WordsSeen,
    _declared,
    _known_stems,
    _loaders,
    _names_an_id,
    may_refer,
    slashed,
)
from provenance.checking.references.python import find_in_python, module_of
from provenance.checking.references.python_names import named_ids
from provenance.checking.references.python_parsing import is_python, parse_python
from provenance.checking.references.python_scopes import collect
from provenance.checking.references.python_telling import Telling, telling
from provenance.checking.references.rules_files import load_rules, rules_with

RULES = load_rules()
SOURCES = Path(provenance.__file__).parent
FIXTURES = Path(__file__).parent / "fixtures"
QUOTED_ID = re.compile(rb"""["'][\w.-]{1,96}/[\w.-]{1,96}["']""")


NAMES = (*RULES.arguments.model, *RULES.arguments.dataset)
WORDS = b"|".join(w.encode() for w in (*RULES.name_words.model, *RULES.name_words.dataset))
HOLDS = re.compile(rb"(?i)%b|hf_| or | else " % WORDS)
PATTERNS = (
    rb"hf://|huggingface\.co",
    rb"(?i)(?:://(?:[^\s/@]{0,300}@)?(?:www\.)?|git@)(?:huggingface\.co|hf\.co|hf-mirror\.com)",
    rb"subprocess|runpy|os\.system|exec\(",
    rb"--(?:model|dataset|pretrain|hf|base|tokenizer|prompt)|(?s:.)#!/",
    rb"""\w["']?: {0,4}\\?["']?[A-Za-z][\w.-]{1,60}/[\w.-]""",
    rb"""["'][A-Za-z][\w.-]{0,95}/(?=[\w.-]{0,95}["'])(?:[a-z_.]{0,95}[A-Z0-9-])""",
)
PARTS = (*_API, *_known_stems(RULES))
LOADERS = _loaders(RULES)
DECLARED = _declared(NAMES)


def one_after_another(data: bytes, path: str) -> bool:
    """The same question, each word and pattern looked for in the whole file."""
    if any(re.search(pattern, data) for pattern in PATTERNS):
        return True
    if any(part in data for part in PARTS):
        return True
    for match in QUOTED_ID.finditer(data):
        start = max(data.rfind(b"\n", 0, match.start()), match.start() - 300, 0)
        if HOLDS.search(data, start, match.start()):
            return True
    where = path.encode()
    for one in LOADERS:
        here = not one.packages or any(p in data or p in where for p in one.packages)
        if here and one.word in data:
            return True
    stems = (*NAMES, "revision")
    return any(s.encode() in data for s in stems) and DECLARED.search(data) is not None


def programs() -> Iterator[tuple[str, bytes]]:
    """Some Python of this project, and that of the fixtures."""
    for path in sorted(SOURCES.glob("*/*.py"))[::6]:
        yield path.relative_to(SOURCES).as_posix(), path.read_bytes()
    for path in sorted(FIXTURES.glob("*.txt")):
        for number, part in enumerate(re.split(r"(?m)^=== .*\n", path.read_text("utf-8"))):
            plain = re.sub(r"«[^«»]*?:?([^«»:|]*)(?:\|[^«»]*)?»", r"\1", part)
            yield f"{path.stem}{number}.py", plain.encode()


def drawn() -> Iterator[tuple[str, bytes]]:
    """Files of words that tell, or nearly do, thrown together."""
    generator = random.Random(19)  # noqa: S311  a draw
    words = [
        *(one.word for one in LOADERS), *(p for one in LOADERS for p in one.packages), *PARTS,
        *(n.encode() for n in RULES.arguments.model), b"revision",
        b'"', b"'", b"/", b"a/b", b"a/B", b": ", b"--", b"#!/", b"model", b" or ", b"x", b".",
        b"\\", b"'a/b'", b'"a/b"', b"k: a/b", b"=", b"\xc3\xa9", b"-", b"_", b"hf:", b"//", b"\n",
    ]  # fmt: skip
    for number in range(1_000):
        parts = generator.choices(words, k=generator.randint(1, 5))
        between = generator.choice([b"", b" ", b"\n", b"a"])
        yield f"{number}.py", b" " + between.join(parts)


@pytest.mark.parametrize("files", [programs, drawn])
def test_a_file_is_asked_the_same_word_by_word(files: object) -> None:
    assert callable(files)
    answers = [
        (path, may_refer(data, path, RULES), one_after_another(data, path))
        for path, data in files()
    ]
    assert [path for path, short, long in answers if short is not long] == []
    assert {short for _, short, _ in answers} == {True, False}


def test_a_package_may_be_named_by_the_path_alone() -> None:
    data = b"def f():\n    return SentenceTransformer(x)\n"
    assert not may_refer(data, "a.py", RULES)
    assert may_refer(data, "sentence_transformers/a.py", RULES)


def test_words_are_known_again_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = WordsSeen((b"load", b"set"))
    for _ in range(2):
        assert seen.of(b"reload(my_set) x load") == {b"load", b"set"}
        assert seen.of(b"lo ad s-et") == set()
    monkeypatch.setattr("provenance.checking.references.first_look._MOST_WORDS", 3)
    for _ in range(3):
        assert seen.of(b"reload(a) b c d") == {b"load"}
    assert seen.of(b"x" * 200 + b"load") == {b"load"}


def test_every_string_with_a_slash_is_found() -> None:
    generator = random.Random(7)  # noqa: S311  a draw
    alphabet = [b'"', b"'", b"/", b"a", b"B-", b".", b" ", b"a" * 95, b"\xc3"]
    for _ in range(1_000):
        data = b"".join(generator.choices(alphabet, k=generator.randint(1, 12)))
        found = [data[one.start : one.end] for one in slashed(data)]
        assert found == [
            m[1] for m in re.finditer(rb"""(?=(["'][\w.-]{1,96}/[\w.-]{1,96}["']))""", data)
        ]
    assert list(slashed(b"'a/b'")) == [Slashed(0, 5, b"a", b"b")]


class Counting:
    """A pattern that finds nothing and counts the bytes it is asked to search."""

    def __init__(self) -> None:
        self.searched = 0

    def search(self, data: bytes, start: int, end: int) -> None:
        self.searched += len(data[start:end])


def test_a_long_line_is_searched_once() -> None:
    line, names = b'"a/b" ' * 5_000, Counting()
    assert not may_refer(line, "a.py", RULES)
    assert not _names_an_id(line, cast("re.Pattern[bytes]", names), longest=5)
    assert names.searched < 3 * len(line), "it was 300 bytes for each string"
    for between in (0, 1, 20, 280, 299, 300, 301):
        line = b'model = f("c/d", ' + b"." * between + b'"a/b")'
        assert may_refer(line, "a.py", RULES)
        named = b"base" + b" " * between + b'"a/b"'
        assert may_refer(named, "a.py", RULES) is (between <= 296), between
        assert not may_refer(b"base\n" + b'"a/b" ' * 99, "a.py", RULES)


def test_a_word_of_a_user_is_no_pattern() -> None:
    data = b'{"version": 1, "name_words": {"model": ["net("]}, "arguments": {"dataset": ["(?"]}}'
    rules = rules_with(data, "rules.json")
    assert may_refer(b'mynet( = "a/b"', "a.py", rules)
    assert not may_refer(b'mynet = "a/b"', "a.py", rules)


def test_what_has_no_tree_is_no_python() -> None:
    for path, data in programs():
        if is_python(data):
            assert isinstance(parse_python(data), ast.Module), path


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (b"x = (", "not Python: '(' was never closed (line 1)"),
        (b"nonlocal x\n", None),
        (b"def f(a, a): ...\n", None),
        (b"x = 1\nfrom __future__ import annotations\n", None),
        (b"# coding: nothing\n", "not Python: unknown encoding: nothing"),
        (b"x = " + b"+".join([b"a"] * 20_000), "not Python: nested too deeply to parse"),
    ],
)
def test_a_file_that_holds_nothing_is_still_parsed(code: bytes, problem: str | None) -> None:
    assert not may_refer(code, "a.py", RULES)
    said = [p.message for p in find_in_python(code, "a.py", RULES).problems]
    assert said == ([] if problem is None else [problem])


class Everything(Telling):
    """Leaves nothing out."""

    def may_hold(self, value: ast.expr) -> bool:
        return True


def test_strings_that_tell_nothing_give_no_id() -> None:
    everything = Everything(frozenset(), any=True)
    given = 0
    for path, data in programs():
        if not is_python(data):
            continue
        tree = parse_python(data)
        names = collect(tree, module_of(path)[1])
        told = telling(names, RULES)
        long = list(named_ids(names, RULES, everything))
        assert list(named_ids(names, RULES, told)) == long, path
        assert not long or told.texts or told.any, path
        given += len(long)
    assert given > 50

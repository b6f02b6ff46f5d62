"""A lazy pattern is the pattern: it only comes to be later."""

from __future__ import annotations

import random
import re
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.attack import growth

from provenance import lazy_re
from provenance.lazy_re import Lazy

PATTERN, FLAGS = r"(?P<one>a+)(b)?", re.IGNORECASE


@given(st.text(alphabet="abAB -", max_size=30))
def test_it_finds_what_the_pattern_finds(text: str) -> None:
    eager, lazy = re.compile(PATTERN, FLAGS), lazy_re.compile(PATTERN, FLAGS)
    spans = [[m.span() for m in p.finditer(text)] for p in (eager, lazy)]
    assert spans[0] == spans[1]
    assert eager.sub("x", text) == lazy.sub("x", text)
    assert eager.split(text) == lazy.split(text)
    assert bool(eager.fullmatch(text)) == bool(lazy.fullmatch(text))


def test_it_says_what_the_pattern_says() -> None:
    lazy = lazy_re.compile(PATTERN, FLAGS)
    eager = re.compile(PATTERN, FLAGS)
    assert (lazy.pattern, lazy.flags, lazy.groups) == (eager.pattern, eager.flags, eager.groups)
    assert dict(lazy.groupindex) == dict(eager.groupindex)


def test_it_is_compiled_once_and_at_the_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    whole = re.compile

    def counted(pattern: str, flags: int = 0) -> re.Pattern[str]:
        done.append(pattern)
        return whole(pattern, flags)

    monkeypatch.setattr("provenance.lazy_re.re.compile", counted)
    lazy = lazy_re.compile(PATTERN)
    assert isinstance(cast("object", lazy), Lazy)
    assert done == []
    for _ in range(3):
        assert lazy.search("a") is not None
        assert lazy.sub("", "a") == ""
    assert done == [PATTERN]


def test_a_broken_one_is_said_at_the_first_use() -> None:
    lazy = lazy_re.compile("(")
    with pytest.raises(re.error):
        lazy.search("")


WORDS = (
    r"(?i)\b(?:trained|fine-?tuned|pre-?trained|distilled|initiali[sz]ed|merged|quanti[sz]ed|stil)"
    r"\s(?P<On>on|with|from)\b"
)


@given(
    st.lists(
        st.sampled_from(
            ["TRAINED on", "fıne-tuned with", "Diſtilled From", "x", "İ", "STİL on", "stıl on"]
        ),
        max_size=4,
    )
)
def test_one_that_is_used_often_finds_what_it_found_at_first(words: list[str]) -> None:
    eager, lazy = re.compile(WORDS), lazy_re.compile(WORDS)
    text = " ".join(words)
    wanted = [m.span() for m in eager.finditer(text)]
    for _ in range(lazy_re._USES + 2):
        hit, first = lazy.search(text), eager.search(text)
        assert (hit and hit.span()) == (first and first.span())
        assert [m.span() for m in lazy.finditer(text)] == wanted


def test_one_that_heeds_case_somewhere_stays_as_it_is() -> None:
    lazy = lazy_re.compile(WORDS + r"(?-i:\sX)")
    for _ in range(lazy_re._USES + 2):
        assert lazy.search("TRAINED ON X") is not None
        assert lazy.search("trained on x") is None


HOSTILE = "ıſİKµμςσßẞﬅ×÷ÿŸÀàÉéΰ"


def _long(pattern: str) -> str:
    return rf"(?i){pattern}|{'x' * lazy_re._LONG}"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"[A-Za-zÀ-ÿ]", "ß"),
        (r"[A-Za-zÀ-ÿ]", "×"),
        (r"[A-Za-z\u00c0-\u00ff]", "É"),
        (r"[\u00c0-\u00ff]+!", "ß!"),
        ("μm", "µm"),
        ("σας", "ΣΑΣ"),
        ("ς", "σ"),
        (r"[A-z]", "_"),
        (r"\x41", "a"),
        (r"stra(?:ß)e", "STRAẞE"),
        ("K", "K"),
    ],
)
def test_letters_that_share_a_capital_are_not_lost(pattern: str, text: str) -> None:
    eager, lazy = re.compile(_long(pattern)), lazy_re.compile(_long(pattern))
    wanted = eager.search(text)
    for _ in range(lazy_re._USES + 2):
        hit = lazy.search(text)
        assert (hit and hit.span()) == (wanted and wanted.span())


def test_every_pattern_of_the_program_finds_in_lower_case_what_it_finds() -> None:
    """Words of the pattern itself, with letters that have another case put in."""
    draw = random.Random(16)  # noqa: S311  the same texts each time
    swapped = {"s": "ſ", "i": "ıİ", "k": "K", "m": "µ", "a": "Àà", "e": "Éé", "ss": "ß"}
    tried = 0
    for name, whole in growth.patterns().items():
        if not isinstance(whole.pattern, str):
            continue
        folded = lazy_re._folded(whole.pattern, whole.flags & ~re.UNICODE)
        if folded is None:
            continue
        tried += 1
        lower = re.compile(*folded).search
        words = re.findall(r"[^\W_]{2,}", re.sub(r"\\.", " ", whole.pattern)) or ["x"]
        for _ in range(12):
            chosen = " ".join(draw.choice(words) for _ in range(draw.randint(1, 4)))
            text = "".join(
                draw.choice(swapped.get(c.lower(), c)) if draw.random() < 0.2 else c
                for c in draw.choice((chosen, chosen.upper(), chosen.title()))
            )
            text += draw.choice(("", *HOSTILE))
            if lazy_re._none(text, lower, ()):
                assert whole.search(text) is None, (name, text)
    assert tried > 50

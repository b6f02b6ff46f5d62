"""A sieve may let too much through and never too little: what is read is the same without it."""

from __future__ import annotations

import importlib
import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from provenance.licensing import limits, links, names, values
from provenance.licensing.limits import limits_in
from provenance.licensing.links import read_license_link
from provenance.licensing.names import mentions
from provenance.licensing.sieve import Sieve, Sifted, alternatives, digest
from provenance.licensing.values import read_value
from provenance.report.evidence import Evidence
from provenance.scanning.values import conclude_value, outline

code: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")
SIEVES = {
    "names": names._SIEVE,
    "values": values._SIEVE,
    "limits": limits._IN_WORDS.sieve,
    "grants": limits._GRANTS.sieve,
    "links": links._LINKS.sieve,
}
FOLDED = {"i": "ı", "s": "ſ", "k": "\u212a"}
"""Letters that are another in either case, of which ``str.lower`` knows the last alone."""
SPACES = " \t\n\u00a0\u2003\u3000"
CHARS = "az-.09 _/"
WORDS = (
    "MIT", "mit-license", "GPL", "gpl-3.0", "CC", "cc-by", "BY-NC", "4.0", "Apache", "license",
    "Lizenz", "licencia", "not", "no", "only", "research", "commercial", "use", "for", "the",
    "permission", "of", "archive", "with", "without", "and", "or", "oder", "y", "(code)", "data:",
    "unknown", "other-", "http://x.org/terms", "https://creativecommons.org/licenses/by/4.0/",
    "https://www.apache.org/licenses/LICENSE-2.0", "不得", "商业", "研究", "のみ", "公有领域",
    "[MIT](https://opensource.org/licenses/MIT)", "**CC0**", "LicenseRef-mine", "“as is”", "1999",
    "ſee", "commercıal", "kommerziell", "forschung", "nur", "ΕΡΕΥΝΑΣ", "μόνο", "научных", "целей",
)  # fmt: skip


def readings(text: str) -> tuple[object, ...]:
    return (
        read_value.__wrapped__(text),
        mentions.__wrapped__(text),
        read_license_link(text),
        *(limits_in(text, *how) for how in ((False, False), (True, False), (True, True))),
    )


def forget() -> None:
    for kept in (read_value, mentions, values._names):
        kept.cache_clear()


def sifted_and_not(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Texts that are read otherwise with every pattern let through."""
    forget()
    sifted = [readings(text) for text in texts]
    forget()
    with monkeypatch.context() as patch:
        patch.setattr(Sieve, "may", lambda self, text: self._all)
        for text, found in zip(texts, sifted, strict=True):
            if readings(text) != found:
                yield text
    forget()


def test_every_value_of_the_corpora_is_read_as_without_sieves(
    corpus_values: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(sifted_and_not(corpus_values, monkeypatch)) == []


def test_made_up_values_are_read_as_without_sieves(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)  # noqa: S311
    joints = (" ", " ", " ", ", ", "/", "-", "_", ". ")
    texts = [
        "".join(chance.choice(WORDS) + chance.choice(joints) for _ in range(chance.randint(1, 9)))
        for _ in range(1_500)
    ]
    assert list(sifted_and_not(texts, monkeypatch)) == []


def test_every_value_of_the_corpora_comes_to_what_is_concluded(corpus_values: list[str]) -> None:
    where = Evidence("corpus/x", None, "a.parquet", None, "/license", "")
    for value in map(json.dumps, [*corpus_values, corpus_values[:2], [], None, 3]):
        kind, conclusion = conclude_value(value, where)
        found = outline(value)
        assert (found.kind, found.state, found.concluded, found.lacks) == (
            kind, conclusion.state, conclusion.concluded, conclusion.lacks
        ), value  # fmt: skip


@pytest.mark.parametrize("name", SIEVES)
def test_what_a_pattern_matches_is_let_through(name: str) -> None:
    chance = random.Random(7)  # noqa: S311
    sieve, matched = SIEVES[name], 0
    for number, pattern in enumerate(sieve.patterns):
        compiled = re.compile(pattern, re.IGNORECASE)
        tree = parser.parse(pattern)
        for _ in range(25):
            text = f"x {written(tree, chance)} x"
            if compiled.search(text):
                matched += 1
                assert number in sieve.may(text), (pattern, text)
    assert matched > 8 * len(sieve.patterns)


def written(tree: Any, chance: random.Random) -> str:
    """One text that the tree may match, any of its branches and cases."""
    text = ""
    for op, value in tree:
        if op is code.LITERAL:
            text += cased(chr(value), chance)
        elif op is code.IN:
            text += chance.choice(members(value))
        elif op in {code.NOT_LITERAL, code.ANY}:
            text += "a"
        elif op in {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}:
            low, high, inner = value
            times = chance.randint(low, min(high, low + 2))
            text += "".join(written(inner, chance) for _ in range(times))
        elif op is code.SUBPATTERN:
            text += written(value[3], chance)
        elif op is code.ATOMIC_GROUP:
            text += written(value, chance)
        elif op is code.BRANCH:
            text += written(chance.choice(value[1]), chance)
        elif op is code.ASSERT and value[0] > 0 and chance.random() < 0.5:
            text += written(value[1], chance)
    return text


def members(items: Any) -> list[str]:
    found: list[str] = []
    for op, value in items:
        if op is code.LITERAL:
            found.append(chr(value))
        elif op is code.RANGE:
            found += [chr(value[0]), chr(value[1])]
        elif op is code.CATEGORY:
            found += SPACES if value is code.CATEGORY_SPACE else CHARS
        elif op is code.NEGATE:
            return [*CHARS]
    return found


def cased(letter: str, chance: random.Random) -> str:
    odds = chance.random()
    if odds < 0.02:
        return FOLDED.get(letter, letter)
    return letter.upper() if odds < 0.3 and len(letter.upper()) == 1 else letter


def test_most_texts_pass_no_pattern() -> None:
    for text in ("see the reading room", "Photographer 12", "© 2010 Jane Doe, all rights reserved"):
        assert names._SIEVE.may(text) == ()
        assert limits._IN_WORDS.sieve.may(text) == ()


def test_a_pattern_of_no_known_need_is_always_let_through() -> None:
    assert Sieve(["nobody wrote this down"]).may("anything at all") == (0,)


def test_the_leftmost_match_counts_and_at_one_place_the_first_alternative() -> None:
    sifted = Sifted(["c+|ab|abc", r"[|]x|(?:y|z)"])
    assert sifted.spans("xx abcc") == {0: (3, 5)}
    assert sifted.spans("|x") == {1: (0, 2)}
    assert alternatives(r"a\|b|[|(]c|(?:d|e)f") == [r"a\|b", "[|(]c", "(?:d|e)f"]


def test_needs_are_derived_from_the_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.tasks.test_build import ROOT

    monkeypatch.syspath_prepend(str(ROOT / "tasks"))
    import build_needs

    first, second, *_ = build_needs.needs(r"(?:not|never)\s(?:for\s)?commer(?:ci|ic)al")
    assert (first, second) == (["commerci", "commeric"], ["never", "not"])
    assert build_needs.needs(r"a?b\w+") == []
    shipped = json.loads(build_needs.TABLE.read_text("utf-8"))
    assert shipped == json.loads(build_needs.table()), "run tasks/build_needs.py"
    assert len(shipped) > 0.95 * len({digest(p) for s in SIEVES.values() for p in s.patterns})

"""License expressions: what is one, and what is read of it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.vocabulary import expressions
from provenance.vocabulary.expressions import (
    MAX_EXPRESSION,
    Compound,
    Leaf,
    parse_expression,
    symbols_in,
)
from provenance.vocabulary.identifiers import spdx_ids


def test_expressions_keep_their_operators() -> None:
    assert parse_expression("mit") == Leaf("MIT")
    assert parse_expression("MIT AND (Apache-2.0 OR foo)") == Compound(
        "AND", (Leaf("MIT"), Compound("OR", (Leaf("Apache-2.0"), Leaf("foo"))))
    )
    text = "GPL-2.0-only WITH Classpath-exception-2.0"
    assert parse_expression(text) == Leaf(text)
    assert symbols_in("MIT OR (MIT AND ISC)") == ("MIT", "ISC")
    assert symbols_in("no expression") == ("no expression",)


@pytest.mark.parametrize("operator", ["AND", "OR", "and", "Or"])
def test_plain_ids_are_read_as_the_parser_reads_them(
    operator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [*spdx_ids().values(), "gpl-2.0", "MIT", "MIT"]
    texts = [f" {operator} ".join(ids[at : at + 1 + at % 4]) for at in range(0, len(ids), 9)]
    texts += [f"MIT {operator} ISC AND 0BSD", f"MIT {operator}  ISC", f"MIT {operator} ISC "]
    plain = [parse_expression(text) for text in texts]
    parse_expression.cache_clear()
    monkeypatch.setattr(expressions, "_plain", lambda _: None)
    assert plain == [parse_expression(text) for text in texts]


@pytest.mark.parametrize(
    "text",
    ["", " ", "()", "(AND 41", "MIT AND", "a b c", "and", "MIT/ISC", "(" * 99 + "MIT" + ")" * 99,
     "MIT OR " * MAX_EXPRESSION + "MIT"],
)  # fmt: skip
def test_what_is_no_expression(text: str) -> None:
    assert parse_expression(text) is None


@given(st.text(alphabet="()ANDORWITHmit-.+ \n\t0", max_size=60) | st.text(max_size=60))
def test_parsing_never_raises(text: str) -> None:
    parsed = parse_expression(text)
    assert parsed is None or symbols_in(text)


_THREADS_IN_TURN = """
import sys, threading, time
from provenance.vocabulary.expressions import parse_expression
sys.setswitchinterval(1e-6)
failed = []
def parse(number):
    time.sleep(number * 0.004)
    try:
        for again in range(40):
            parse_expression(f"(MIT OR x-{number}-{again}) AND Apache-2.0 WITH y")
    except Exception as error:
        failed.append(repr(error))
threads = [threading.Thread(target=parse, args=(number,)) for number in range(40)]
for thread in threads: thread.start()
for thread in threads: thread.join()
sys.exit(failed[0] if failed else 0)
"""


def test_threads_that_parse_while_the_first_begins() -> None:
    done = subprocess.run(  # a process that parsed nothing yet
        [sys.executable, "-c", _THREADS_IN_TURN], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

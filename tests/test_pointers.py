from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.pointers import escaped, unescaped


def test_examples_of_rfc_6901() -> None:
    assert escaped("a/b") == "a~1b"
    assert escaped("m~n") == "m~0n"
    assert unescaped("~01") == "~1"


@given(st.text())
def test_a_key_comes_back_and_is_one_part(key: str) -> None:
    assert unescaped(escaped(key)) == key
    assert "/" not in escaped(key)

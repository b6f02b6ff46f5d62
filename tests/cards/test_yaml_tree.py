from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from provenance.cards.yaml_tree import (
    MAX_DEPTH,
    Scalar,
    YamlMapping,
    YamlNode,
    YamlRefusedError,
    YamlSequence,
    parse,
    scalars,
)


def mapping(text: str) -> YamlMapping:
    node = parse(text)
    assert isinstance(node, YamlMapping)
    return node


def test_keeps_words_lines_and_pointers() -> None:
    node = mapping("license: no\ndatasets:\n- squad\n- 'a/b~c': 1\n")
    tag = node.get("license")
    assert isinstance(tag, Scalar)
    assert (tag.text, tag.line, tag.pointer, tag.plain) == ("no", 1, "/license", True)
    values = list(scalars(node.get("datasets")))
    assert [(v.text, v.line, v.pointer) for v in values] == [
        ("squad", 3, "/datasets/0"),
        ("1", 4, "/datasets/1/a~1b~0c"),
    ]


def test_the_last_of_a_repeated_key_counts() -> None:
    node = mapping("license: mit\nlicense: gpl\n")
    value, key = node.get("license"), node.key("license")
    assert isinstance(value, Scalar)
    assert value.text == "gpl"
    assert key is not None
    assert key.line == 2


@pytest.mark.parametrize("text", ["a:", "a: ~", "a: null", "a: NULL"])
def test_null_is_null_and_a_quoted_one_is_not(text: str) -> None:
    node = mapping(text).get("a")
    assert isinstance(node, Scalar)
    assert node.is_null
    quoted = mapping("a: 'null'").get("a")
    assert isinstance(quoted, Scalar)
    assert not quoted.is_null


def test_aliases_are_followed_and_no_tag_is_acted_on() -> None:
    node = mapping("x: &a [1, 2]\ny: *a\nz: !!python/object/apply:os.system ['true']\n<<: *a\n")
    assert [s.text for s in scalars(node.get("y"))] == ["1", "2"]
    assert [s.text for s in scalars(node.get("z"))] == ["true"]
    assert node.get("<<") is not None


def test_complex_keys_are_dropped() -> None:
    node = mapping("? [a, b]\n: c\nd: e\n")
    assert [k.text for k, _ in node.entries] == ["d"]


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("[" * 60_000, "nested deeper than 64", 1),
        ("é:\n" + " [\n" * 60_000, "nested deeper than 64", 65),
        ("- " * 60_000, "nested deeper than 64", 1),
        ("".join(" " * i + f"k{i}:\n" for i in range(1_500)), "nested deeper than 64", 65),
        ("a: &x\n  b: *x\n", "contains itself", 2),
        ("a: *nobody\n", "not defined", 1),
        ("a: [1\nb: 2\n", "flow sequence|expected", 2),
        ("a: 'x\n", "quoted scalar|end of stream", None),
        ("\x01", "control characters|not allowed", None),
    ],
)
def test_refuses_with_a_line(text: str, words: str, line: int | None) -> None:
    with pytest.raises(YamlRefusedError, match=words) as caught:
        parse(text)
    if line is not None:
        assert caught.value.line == line


def test_bombs_are_refused() -> None:
    laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)
    )
    merges = "a0: &a0 {k: v}\n" + "".join(
        f"a{i}: &a{i} {{<<: [{','.join([f'*a{i - 1}'] * 9)}]}}\n" for i in range(1, 12)
    )
    for bomb in (laughs, merges):
        with pytest.raises(YamlRefusedError, match="aliases stand for"):
            parse(bomb)


def test_size_and_number_are_bounded() -> None:
    with pytest.raises(YamlRefusedError, match="larger than"):
        parse("a" * 2_000_001)
    with pytest.raises(YamlRefusedError, match="elements"):
        parse("[" + "1," * 400_001 + "]")


def test_empty_documents_are_nothing_and_only_the_first_counts() -> None:
    assert parse("") is None
    assert parse("# only a comment\n") is None
    first = parse("a: 1\n---\nb: 2\n")
    assert isinstance(first, YamlMapping)
    assert first.get("b") is None


def test_deepest_allowed_nesting_is_read() -> None:
    assert isinstance(parse("[" * MAX_DEPTH + "]" * MAX_DEPTH), YamlSequence)


_WORDS = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=8)
_TREES = st.recursive(
    _WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=20,
)


def words_of(node: YamlNode | None) -> object:
    match node:
        case Scalar(text=text):
            return text
        case YamlSequence(items=items):
            return [words_of(item) for item in items]
        case YamlMapping(entries=entries):
            return {key.text: words_of(value) for key, value in entries}
    return None


@given(_TREES)
def test_agrees_with_the_library_on_every_tree(tree: object) -> None:
    text = yaml.safe_dump(tree, default_style='"')
    assert words_of(parse(text)) == tree


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse(text)
    except YamlRefusedError as error:
        assert "\n" not in str(error)


def test_what_aliases_stand_for_is_bounded() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 20))]
    with pytest.raises(YamlRefusedError, match="aliases stand for"):
        mapping("\n".join(lines) + "\n")

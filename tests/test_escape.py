"""The one boundary: hostile text in, harmless text out."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import escape
from provenance.report.serialize import dump_json

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
anything = st.text(st.characters(codec=None), max_size=80)


@given(anything)
def test_terminal_text_is_one_line_without_unseen_characters(text: str) -> None:
    shown = escape.terminal(text)
    assert all(unicodedata.category(c) not in _HIDDEN for c in shown)


def test_one_class_of_unseen_characters_in_python_json_and_sql() -> None:
    import duckdb

    texts = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
    python = set(re.findall(escape.unseen(), "".join(texts)))
    assert python >= {text for text in texts if unicodedata.category(text) in _HIDDEN}
    assert python >= set("\xad\u061c\u3164\U000e0041\ufffe")
    found = duckdb.execute(
        "SELECT c FROM (SELECT chr(i::INT) AS c FROM range(1114112) AS r(i)"
        " WHERE i NOT BETWEEN 55296 AND 57343) WHERE regexp_full_match(c, $1)",
        [escape.unseen_sql()],
    ).fetchall()
    assert {text for (text,) in found} == python
    assert (python - {"\n"}).isdisjoint(dump_json({"x": "".join(sorted(python))}))


def test_terminal_shows_what_it_neutralises() -> None:
    assert escape.terminal("\x1b[31mred\x9b1m") == "\\x1b[31mred\\x9b1m"
    assert escape.terminal("a\u202eb\u200bc\ufeff") == "a\\u202eb\\u200bc\\ufeff"
    assert escape.terminal("one\ntwo\r\tthree") == "one\\ntwo\\r\\tthree"
    assert escape.terminal("tag\U000e0041") == "tag\\U000e0041"
    assert escape.terminal("café 漢字 🙂") == "café 漢字 🙂"


def test_terminal_lines_keeps_line_feeds_only() -> None:
    assert escape.terminal_lines("a\x07\nb\r") == "a\\x07\nb\\r"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a|b", "a\\|b"),
        ("`x`", "\\`x\\`"),
        ("<script>", "&lt;script&gt;"),
        ("[a](javascript:b)", "\\[a\\](javascript:b)"),
        ("https://evil.example", "https<!-- -->://evil.example"),
        ("www.evil.example", "www<!-- -->.evil.example"),
        ("ping @someone", "ping @<!-- -->someone"),
        ("see org/repo#12", "see org/repo#<!-- -->12"),
        ("- item", "\\- item"),
        ("# head", "\\# head"),
        ("1. item", "1\\. item"),
        ("two\nlines", "two lines"),
        ("&lt;", "&amp;lt;"),
    ],
)
def test_markdown(raw: str, expected: str) -> None:
    assert escape.markdown(raw) == expected


@given(anything)
def test_markdown_is_one_line_and_opens_no_tag(text: str) -> None:
    shown = escape.markdown(text)
    assert "\n" not in shown
    assert "<" not in shown.replace("<!-- -->", "")
    assert re.search(r"(?<!\\)(?:\\\\)*[|`]", shown) is None


def test_markdown_code_uses_backticks_where_it_can() -> None:
    assert escape.markdown_code("org/name") == "`org/name`"
    assert escape.markdown_code("a|b`c") == "<code>a\\|b\\`c</code>"
    assert escape.markdown_code(" ") == ""


def test_markdown_block_cannot_be_left() -> None:
    block = escape.markdown_block("```\nescaped?\n````")
    assert block.splitlines()[0] == "`````text"
    assert block.splitlines()[-1] == "`````"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.text += "".join(value or "" for _, value in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(anything)
def test_html_opens_no_tag_and_leaves_no_attribute(text: str) -> None:
    parser = _Tags()
    parser.feed(f'<p title="{escape.html(text)}">{escape.html(text)}</p>')
    parser.close()
    shown = escape.terminal_lines(text)
    assert parser.seen == ["p"]
    assert parser.text == shown + shown


@pytest.mark.parametrize(
    "raw", ["=cmd()", "+1", "-1", "@x", " =x", "\t=x", "\rx", "＝x", "\n=x", "|x", "%x"]
)
def test_csv_cell_is_no_formula(raw: str) -> None:
    assert escape.csv_cell(raw).startswith("'")


@given(anything)
def test_csv_cell_round_trips_through_a_reader(text: str) -> None:
    cell = escape.csv_cell(text)
    out = io.StringIO()
    csv.writer(out).writerow([cell, "x"])
    assert next(csv.reader(io.StringIO(out.getvalue()))) == [cell, "x"]
    assert not cell.startswith(("=", "+", "-", "@"))


def test_csv_cell_leaves_plain_text() -> None:
    assert escape.csv_cell("CC-BY-4.0 a=b") == "CC-BY-4.0 a=b"


def test_sarif_text_makes_no_link() -> None:
    assert escape.sarif_text("[a](0)\\") == "\\[a\\](0)\\\\"


@given(anything)
def test_a_workflow_command_stays_one_line(text: str) -> None:
    assert "\n" not in escape.github_message(text)
    assert not set(escape.github_property(text)) & set(":,\n\r")


@pytest.mark.parametrize(
    "raw",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//host/x",
        "/path",
        "https://",
        "https://user@host.example/",
        "https://ho st/",
        " https://host.example/",
        "https://host.example/\n",
        "https://host.example:port/",
        "https://[::1/",
        "https://a\u202eb.example/",
        'https://h"ost/',
        "https://" + "a" * 3000,
        "https://" + "ü" * 70 + ".example/",
        "",
        None,
    ],
)
def test_unsafe_urls_are_refused(raw: str | None) -> None:
    assert escape.safe_url(raw) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://host.example/a?b=c#d", "https://host.example/a?b=c#d"),
        ("HTTP://Host.example/x(y)", "http://host.example/x%28y%29"),
        ('https://host.example/"><b>', "https://host.example/%22%3E%3Cb%3E"),
        ("https://münchen.example/é", "https://xn--mnchen-3ya.example/%C3%A9"),
        ("https://[::1]:8080/x", "https://[::1]:8080/x"),
    ],
)
def test_safe_urls(raw: str, expected: str) -> None:
    assert escape.safe_url(raw) == expected


@given(st.lists(st.sampled_from(["a", "a-b", "", "x" * 63, "x" * 64, ":", "xn--a"]), max_size=5))
def test_a_host_in_ascii_is_what_the_codec_says_of_it(labels: list[str]) -> None:
    host = ".".join(labels)
    try:
        expected: str | None = host.encode("idna").decode("ascii")
    except UnicodeError:
        expected = None
    assert escape._ascii_host(host) == expected


@given(anything)
def test_a_safe_url_can_stand_in_quotes_and_brackets(text: str) -> None:
    url = escape.safe_url("https://host.example/" + text)
    assert url is None or not set(url) & set("\"'<>() \\`\n[]|")

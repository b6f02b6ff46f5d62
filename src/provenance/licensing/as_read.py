"""Text as a person reads it: without what a page does not show, and marks inside of a word."""

from __future__ import annotations

import html

from provenance import lazy_re as re

_HIDDEN = (
    *(0xAD, 0x034F, 0x061C, 0x180E, 0xFEFF),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
)
"""Characters that take no room: soft hyphens, zero-width spaces and joiners, directions."""
_SHOWN = str.maketrans(
    dict.fromkeys(_HIDDEN)
    | {0xFF01 + n: chr(0x21 + n) for n in (12, *range(32, 58), *range(64, 90))}
)
"""And full-width Latin letters and hyphens by the plain ones."""
_ALIKE = str.maketrans(
    "аеорсухіјѕԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοАВЕКМНОРСТУХІЈЅ", "aeopcyxijsdqwhABEZHIKMNOPTYXoABEKMHOPCTYXIJS"
)
"""Cyrillic and Greek letters that look like Latin ones."""
_MIXED = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,40}(?![^\W\d_])")
_LATIN, _OTHER = re.compile("[a-zA-Z]"), re.compile("[\u0370-\u04ff\u0500-\u052f]")
_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|shy|nbsp|hyphen|dash|ndash|mdash|zwnj|zwj);"
)
_ALT = re.compile(
    r"<img\b[^<>]{0,300}?\balt=[\"']([^\"'<>\n]{2,200})[\"'][^<>]{0,600}>", re.IGNORECASE
)
"""What a page shows where it cannot show a picture."""
_APART = re.compile(
    r"\bnon(?:</?\w{1,6}>|[*_\\ \u2010-\u2015\u2212-]){1,12}(?=commer)", re.IGNORECASE
)
"""What stands between the two words of "non-commercial": emphasis, any kind of dash."""


def as_read(text: str) -> str:
    r"""``text`` with as many lines, as it looks: "Non&#8209;com\u00admercial" is "Non-commercial".

    A word of Latin letters with a Cyrillic or Greek one that looks the same among them is read as
    all Latin; words of one script stay.
    """
    if "alt=" in text:
        text = _ALT.sub(r"\1 \g<0>", text)
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    if not text.isascii():
        text = text.translate(_SHOWN)
        if _OTHER.search(text) and _LATIN.search(text):
            text = _MIXED.sub(_of_one_script, text)
    return _APART.sub("non-", text)


def _character(entity: re.Match[str]) -> str:
    return " ".join(html.unescape(entity[0]).splitlines())


def _of_one_script(word: re.Match[str]) -> str:
    both = _LATIN.search(word[0]) and _OTHER.search(word[0])
    return word[0].translate(_ALIKE) if both else word[0]

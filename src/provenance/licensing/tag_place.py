"""Where a card's license tag stands, or would stand: for suggesting a change to its publisher."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.cards.card import Card, read_card
from provenance.cards.yaml_tree import (
    Scalar,
    YamlMapping,
    YamlNode,
    YamlRefusedError,
    parse,
    scalars,
)
from provenance.licensing.tags import KEYS
from provenance.report.license import LicenseConclusion, Meaning, Origin, TagPlace

_BESIDE = ("license_name", "license_link", "license_details")
_MAX_LINES = 12
_MAX_WIDTH = 200
_TRIAL = "license: other"
_PLAIN = re.compile(r"[\x20-\x7e]*")


def tag_place(card: Card, data: bytes | None, conclusion: LicenseConclusion) -> TagPlace | None:
    """The place of the tag in the card whose bytes are ``data``.

    ``None`` when nothing is to be suggested: the card was not read, its tag says something, or no
    other place names a license. A place without a ``problem`` has been tried: with another tag
    there, the card reads as having that license and otherwise as before.
    """
    tags = [s for s in conclusion.statements if s.origin is Origin.TAG]
    named = [s for s in conclusion.statements if s.meaning is Meaning.NAMES]
    if data is None or not named or any(s.meaning is not Meaning.PLACEHOLDER for s in tags):
        return None
    line, count = _extent(card)
    lines = card.lines[line - 1 : line - 1 + count]
    return TagPlace(
        line,
        lines if _writable(lines) else (),
        bool(card.opening),
        (_problem(card, data, lines) or _untrue(card, line, count)),
    )


def _extent(card: Card) -> tuple[int, int]:
    """First line of the tag and how many it has; none before the line that a tag goes before."""
    key = next((k for name in KEYS if (k := card.front.key(name)) is not None), None)
    if key is None:
        return (1 if card.opening is None else card.opening + 1), 0
    after = [k.line for k, _ in card.front.entries if k.line > key.line]
    end = min([*after, card.body_start - 1])
    while end > key.line + 1 and not card.lines[end - 2].split("#")[0].strip():
        end -= 1
    return key.line, end - key.line


def _writable(lines: tuple[str, ...]) -> bool:
    return len(lines) <= _MAX_LINES and all(
        len(line) <= _MAX_WIDTH and _PLAIN.fullmatch(line) for line in lines
    )


def _problem(card: Card, data: bytes, lines: tuple[str, ...]) -> str | None:
    """What keeps a place from being certain, as far as it can be seen without trying."""
    if card.unread_front_matter is not None:
        return card.unread_front_matter
    beside = next((key for key in _BESIDE if card.front.key(key) is not None), None)
    if beside is not None:
        return f"{beside} stands beside the tag"
    if len([k for k, _ in card.front.entries if k.text in KEYS]) > 1:
        return "the tag is there twice"
    if isinstance(card.get(*KEYS), YamlMapping):
        return "the tag speaks of parts"
    if b"\r" in data.replace(b"\r\n", b""):
        return "its lines end in different ways"
    if b"\r" in data and lines:
        return "its lines end in CR LF, which a patch cannot show"
    if card.opening is None and data.startswith(b"\xef\xbb\xbf"):
        return "the card starts with a byte-order mark"
    if card.opening is None and _bare_yaml(card):
        return "the card starts with YAML that no --- encloses: put --- above and below it"
    return None if _writable(lines) else "the tag holds characters that a patch cannot show"


def _bare_yaml(card: Card) -> bool:
    """Whether the card starts like front matter without its fences."""
    start = next((i for i, text in enumerate(card.lines) if text.strip()), 0)
    head = []
    for text in card.lines[start:]:
        if not text.strip() or text.startswith(("#", "---")):
            break
        head.append(text)
    try:
        node = parse("\n".join(head))
    except YamlRefusedError:
        return False
    return isinstance(node, YamlMapping) and len(node.entries) > 1


def _untrue(card: Card, line: int, count: int) -> str | None:
    """Try the place; what went wrong, or ``None``."""
    new = [_TRIAL] if card.opening is not None else ["---", _TRIAL, "---"]
    changed = [*card.lines[: line - 1], *new, *card.lines[line - 1 + count :]]
    tried = read_card("\n".join(changed).encode("utf-8", "replace"), card.repo)
    node = tried.get(*KEYS)
    if not isinstance(node, Scalar) or node.text != "other" or _others(tried) != _others(card):
        return "its front matter is laid out in a way that a line cannot be put into"
    return None


def _others(card: Card) -> list[tuple[str, list[str]]]:
    return [(k.text, _texts(v)) for k, v in card.front.entries if k.text not in KEYS]


def _texts(node: YamlNode) -> list[str]:
    return [value.text for value in scalars(node)]

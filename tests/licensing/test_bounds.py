"""What a bound leaves unread is said: every bound of the rooms that read licenses is in a table."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.licensing.cases import card

import provenance
from provenance.cards import card as cards
from provenance.cards import yaml_tree
from provenance.licensing import (
    bibtex,
    body,
    conclude_card,
    croissant,
    files,
    gate,
    license_files,
    passages,
    read_croissant,
    read_license_file,
    tags,
    values,
)
from provenance.licensing.card import MAX_FILES
from provenance.licensing.links import MAX_URL
from provenance.licensing.names import MAX_TEXT
from provenance.licensing.sections import MAX_SECTIONS
from provenance.licensing.sentence import names_in
from provenance.report.license import LicenseConclusion
from provenance.vocabulary import expressions
from provenance.vocabulary.identifiers import spdx_ids

ROOMS = ("cards", "licensing", "hub", "policy", "vocabulary", "discovery")
NOTICE = "The songs of the northern birds are under CC BY 4.0.\n"
BIRDS = "# Birds\n\nA corpus of birds.\n"


def on(front: str = "license: mit", text: str = "") -> LicenseConclusion:
    return conclude_card(card(f"---\n{front}\n---\n{BIRDS}{text}"))


def with_file(text: str) -> LicenseConclusion:
    subject = card(f"---\nlicense: mit\n---\n{BIRDS}")
    read = read_license_file(text.encode(), subject.repo, None, "LICENSE")
    return conclude_card(subject, read.statements, ("LICENSE",), truncated=read.truncated)


def with_description(license_: str, nested: int = 1) -> LicenseConclusion:
    subject = card(f"---\nlicense: mit\n---\n{BIRDS}")
    start = '{"conformsTo": "http://mlcommons.org/croissant/1.0", "license": '
    data = f'{start}{json.dumps(license_)}, "x": {"[" * nested}{"]" * nested}}}'
    read = read_croissant(data.encode(), subject.repo, None, "croissant.json")
    return conclude_card(subject, read.statements, (), truncated=read.truncated)


def with_files(count: int) -> LicenseConclusion:
    subject = card(f"---\nlicense: mit\n---\n{BIRDS}")
    names = tuple(f"LICENSE-{n}" for n in range(count))
    _, cut = license_files(subject, conclude_card(subject), names)
    return conclude_card(subject, (), names, truncated=cut)


def sections(count: int) -> str:
    return "".join(f"## Part {n}\n\nlicense\n\n" for n in range(count))


def sentences(count: int) -> str:
    return "\n\n".join(f"The songs are under the Bird{n} Data License." for n in range(count))


def fields(count: int) -> str:
    """A gate that asks to agree to as many licenses, each in a field of its own."""
    known = {n[0].symbol: i for i in spdx_ids().values() if (n := names_in(i, licensing=True))}
    ids = list(known.values())[:count]
    assert len(ids) == count
    asked = "\n".join(f"  I agree to {i}: text" for i in ids)
    return f"license: mit\nextra_gated_fields:\n{asked}"


READ: dict[str, tuple[Callable[[], LicenseConclusion], Callable[[], LicenseConclusion]]] = {
    # name of the bound: a card at the bound, a card past it
    "cards.card.MAX_CARD_BYTES": (
        lambda: on(text="x " * 1_000),
        lambda: on(text="x " * (cards.MAX_CARD_BYTES // 2)),
    ),
    "cards.card.MAX_BODY_CHARS": (
        lambda: on(text="x\n" * 1_000),
        lambda: on(text="x\n" * cards.MAX_BODY_CHARS),
    ),
    "cards.yaml_tree.MAX_BYTES": (
        lambda: on("license: mit"),
        lambda: on(f"license: mit\nx: {'y' * yaml_tree.MAX_BYTES}"),
    ),
    "cards.yaml_tree.MAX_DEPTH": (
        lambda: on("license: mit\nx: [[1]]"),
        lambda: on(
            f"license: mit\nx: {'[' * (yaml_tree.MAX_DEPTH + 1)}{']' * (yaml_tree.MAX_DEPTH + 1)}"
        ),
    ),
    "cards.yaml_tree.MAX_EVENTS": (
        lambda: on("license: mit\nx: [1, 2]"),
        lambda: on(f"license: mit\nx: [{'1,' * yaml_tree.MAX_EVENTS}]"),
    ),
    "cards.yaml_tree.MAX_ALIASED": (
        lambda: on("a: &a [1]\nb: *a\nlicense: mit"),
        lambda: on(f"a: &a [{'1,' * 200}]\nb: [{'*a,' * yaml_tree.MAX_ALIASED}]\nlicense: mit"),
    ),
    "licensing.passages.MAX_PASSAGES": (
        lambda: on(text="## License\n\nMIT\n"),
        lambda: on(text="## License\n\n" + "MIT\n\n" * (passages.MAX_PASSAGES + 1)),
    ),
    "licensing.sections.MAX_SECTIONS": (
        lambda: on(text=sections(3)),
        lambda: on(text=sections(MAX_SECTIONS + 1)),
    ),
    "licensing.passages.MAX_PASSAGE": (
        lambda: on(text="## License\n\nMIT. " + "x " * 1_000),
        lambda: on(text="## License\n\nMIT. " + "x " * passages.MAX_PASSAGE),
    ),
    "licensing.sections.MAX_HEADING": (
        lambda: on(text="## On the license\n\nMIT\n"),
        lambda: on(text=f"## On the license {'of birds ' * 10}\n\nMIT\n"),
    ),
    "licensing.body.MAX_STATEMENTS": (
        lambda: on(text="## License\n\n" + sentences(3)),
        lambda: on(text="## License\n\n" + sentences(body.MAX_STATEMENTS + 1)),
    ),
    "licensing.bibtex.MAX_ENTRIES": (
        lambda: on(text="@misc{owls, title = {Owls}}\n" * bibtex.MAX_ENTRIES),
        lambda: on(text="@misc{owls, title = {Owls}}\n" * (bibtex.MAX_ENTRIES + 1)),
    ),
    "licensing.gate.MAX_STATEMENTS": (
        lambda: on(fields(3)),
        lambda: on(fields(gate.MAX_STATEMENTS + 1)),
    ),
    "licensing.names.MAX_TEXT": (
        lambda: on("license: mit\nextra_gated_prompt: I agree"),
        lambda: on(f"license: mit\nextra_gated_prompt: I agree {'and sing ' * MAX_TEXT}"),
    ),
    "licensing.values.MAX_VALUE": (
        lambda: with_description("mit"),
        lambda: with_description("mit " * values.MAX_VALUE),
    ),
    "licensing.tags.LONGEST_DETAIL": (
        lambda: on("license: mit\nlicense_name: mit"),
        lambda: on(f"license: mit\nlicense_name: mit {'license ' * tags.LONGEST_DETAIL}"),
    ),
    "licensing.links.MAX_URL": (
        lambda: on("license: mit\nlicense_link: https://birds.example/"),
        lambda: on(f"license: mit\nlicense_link: https://birds.example/{'x' * MAX_URL}"),
    ),
    "licensing.card.MAX_FILES": (
        lambda: with_files(MAX_FILES),
        lambda: with_files(MAX_FILES + 1),
    ),
    "licensing.files.MAX_FILE_CHARACTERS": (
        lambda: with_file("MIT License\n"),
        lambda: with_file("MIT License\n" + "x\n" * files.MAX_FILE_CHARACTERS),
    ),
    "licensing.files.MAX_LICENSE_BYTES": (
        lambda: with_file("MIT License\n"),
        lambda: with_file("MIT License\n" + "ü" * files.MAX_LICENSE_BYTES),
    ),
    "licensing.files.LONGEST_NOTICE": (
        lambda: with_file("The songs of the northern birds are under CC BY 4.0.\n"),
        lambda: with_file(
            "The songs of the northern birds are under CC BY 4.0.\n"
            + "Sing.\n" * files.LONGEST_NOTICE
        ),
    ),
    "licensing.croissant.MAX_CROISSANT_BYTES": (
        lambda: with_description("mit", nested=3),
        lambda: with_description("x" * croissant.MAX_CROISSANT_BYTES),
    ),
    "vocabulary.expressions.MAX_EXPRESSION": (
        lambda: on(text="## License\n\n" + sentences(3)),
        lambda: on("license: other", "## License\n\n" + sentences(190)),
    ),
    "vocabulary.expressions.MAX_NESTING": (
        lambda: on("license: (MIT)"),
        lambda: on(f"license: {'(' * 33}MIT{')' * 33}"),
    ),
}
ERRORS = {
    "policy.pinned.MAX_BYTES": "PolicyError",
    "policy.own_rules.MAX_LENGTH": "PolicyError",
    "policy.places._MAX_BYTES": "PolicyError",
    "policy.loading._MAX_EVIDENCE": "PolicyError",
    "policy.loading._MAX_DEPTH": "PolicyError",
    "hub.snapshot.MAX_FILE_BYTES": "SourceError: not examined",
    "hub.snapshot.MAX_INFO_BYTES": "SourceError: not examined",
    "hub.tree.MAX_ENTRIES": "UsageError",
    "hub.resolving._MAX_HOPS": "SourceError: not examined",
}
"""Bounds past which nothing is concluded."""
NOT_OF_LICENSES = {
    "cards.citation.MAX_ENTRY_CHARS": "citations",
    "cards.citation.MAX_ENTRIES": "citations",
    "cards.citation.MAX_OPENINGS": "citations",
    "cards.citation.MAX_FIELDS": "citations",
    "cards.citation.MAX_PIECES": "citations",
    "cards.citation._MAX_BEFORE": "citations",
    "hub.tree._MAX_DEPTH": "folders below which no license file is read: those stand higher",
    "hub.tree._MAX_PATH": "a path that is none",
    "hub.near._MOST": "suggestions of ids",
    "hub.answers._MESSAGE_LIMIT": "words of an error",
    "hub.cache._MAX_NAME": "names of kept files",
    "hub.cache._MAX_HEAD": "kept answers, asked for again",
    "hub.info.MAX_SIZE": "sizes",
    "vocabulary.identifiers.MAX_REFERENCE": "a longer name gets a digest of all of it",
    "licensing.sections.MAX_TITLE_WORDS": "what a heading of the first level is",
    "licensing.passages.MAX_TITLE": "a longer line is read",
    "licensing.passages.MAX_SHORT": "a longer paragraph is read where its words ask for it",
    "licensing.list_heads.MAX_HEAD": "longer words over a list are a paragraph, and read as one",
    "licensing.unread.LONGEST_NOTE": "a longer quotation is read like any other passage",
    "hub.recorder._MAX_MANIFEST": "a longer manifest is no snapshot's: nothing is deleted by it",
    "licensing.unread._LONGEST_VALUE": "a longer text is a sentence, and read as one",
    "licensing.labels.MAX_LABEL": "longer words in bold are a sentence, and read as one",
    "licensing.list_heads.MAX_LIST": "only whether a list of permissions holds a wider one",
    "licensing.list_heads.MAX_ITEMS": "only whether a list of permissions holds a wider one",
    "licensing.per_record.MAX_FEATURES": "which column holds the licenses is not said",
    "licensing.card.MAX_FOLDERS": "a file deeper down is not known as a license file",
    "licensing.alone._LONGEST": "a longer text is no two or three words",
    "licensing.use_rows._LONGEST_LABEL": "a longer cell is no label",
    "licensing.scopes._LONGEST_PART": "a longer name is no part's, and its license the whole's",
    "licensing.files._LONGEST_NAMES": "a longer line is taken for terms",
    "licensing.tag_place._MAX_LINES": "suggestions of tags",
    "licensing.tag_place._MAX_WIDTH": "suggestions of tags",
    "licensing.gate._LONGEST_TEXT": "which line is quoted",
}


def bounds() -> set[str]:
    """Every constant of these rooms that is named as a bound."""
    root = Path(provenance.__file__).parent
    found = set()
    for room in ROOMS:
        for path in (root / room).rglob("*.py"):
            module = ".".join(path.relative_to(root).with_suffix("").parts)
            for node in ast.parse(path.read_text("utf-8")).body:
                names = [t.id for t in getattr(node, "targets", []) if isinstance(t, ast.Name)]
                numeric = isinstance(
                    getattr(node, "value", None), ast.Constant | ast.BinOp | ast.Name
                )
                found |= {
                    f"{module}.{name}"
                    for name in names
                    if numeric and re.match(r"_?(?:MAX|MOST|LONGEST)(?:_|$)|\w+_LIMIT$", name)
                }
    return found


def test_every_bound_is_known() -> None:
    """Bounds of discovery are on training data: they are in its own tests."""
    known = READ.keys() | ERRORS.keys() | NOT_OF_LICENSES.keys()
    ours = {name for name in bounds() if not name.startswith("discovery.")}
    assert ours - known == set()
    assert known - ours == set()


@pytest.mark.parametrize("name", READ)
def test_what_a_bound_leaves_unread_is_said(name: str) -> None:
    within, past = READ[name]
    assert not within().truncated
    assert past().truncated


def test_more_than_a_bound_is_no_pass_of_an_expression() -> None:
    found = on("license: other", "## License\n\n" + sentences(190))
    assert len(found.concluded) > expressions.MAX_EXPRESSION or found.state.value != "explicit"

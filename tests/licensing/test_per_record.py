"""Records that state their license, and a license in a set's own BibTeX entry."""

from __future__ import annotations

import pytest
from tests.licensing.cases import card

from provenance.licensing import conclude_card
from provenance.licensing.per_record import stated_by_records
from provenance.policy.rules.remedies import remedies_for, remedy_for
from provenance.report.license import LicenseState


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Each image has its own license, see the column `license`.", True),
        ("Every document keeps its original license.", True),
        ("The license of each file is recorded in the manifest.", True),
        ("License information is given per record.", True),
        ("We use a per-document license field.", True),
        ("The comments and answers come with license information.", True),
        ("Licenses vary by article.", True),
        ("Each example is a sentence with its translation.", False),
        ("We kept only files with a permissive license.", False),
        ("Each repository has a license file at its top.", False),
        ("Each clip states no license.", False),
    ],
)
def test_which_sentences_say_so(text: str, said: bool) -> None:
    assert stated_by_records(text) is said


SAMPLE = '## Example\n\n```json\n{"id": 1,\n "metadata": {"site": "a", "license": "CC0"}}\n```\n'


@pytest.mark.parametrize(
    ("front", "text", "column"),
    [
        ("", "Each post has its own license (`rights_license`).", "rights_license"),
        ("", f"Each post has its own license.\n\n{SAMPLE}", "metadata.license"),
        (
            "dataset_info:\n  features:\n  - name: text\n  - name: text_license",
            "Each post has its own license.",
            "text_license",
        ),
    ],
)
def test_the_conclusion_points_to_the_column(front: str, text: str, column: str) -> None:
    head = f"---\n{front}\n---\n" if front else ""
    found = conclude_card(card(f"{head}# Owls\n\n{text}\n"))
    assert found.state is LicenseState.AMBIGUOUS
    assert f"each record ({column}) has a license of its own" in found.reason
    assert remedy_for(found).endswith(f"provenance scan --license-column {column}.")
    assert [part.name for part in found.parts] == [f"each record ({column})"]


def test_without_a_column_nothing_is_pointed_to() -> None:
    found = conclude_card(card("# Owls\n\nEach post has its own license.\n"))
    assert found.state is LicenseState.AMBIGUOUS
    assert "scan" not in remedy_for(found)
    assert remedies_for([]) == ""


def test_one_open_license_for_all_and_one_for_each_record_conflict() -> None:
    text = "# Owls\n\n## License\n\nEach photo has its own license.\n"
    found = conclude_card(card(f"---\nlicense: cc-by-4.0\n---\n{text}"))
    assert found.state is LicenseState.CONFLICTING
    assert found.reason.endswith("says that each record has its own")
    for front in ("license: [mit, cc-by-4.0]", "license: cc-by-nc-4.0"):
        assert conclude_card(card(f"---\n{front}\n---\n{text}")).state is LicenseState.EXPLICIT


ENTRY = "@misc{%s,\n  title = {%s},\n  year = {2024},\n  note = {%s}\n}"


@pytest.mark.parametrize(
    ("entry", "concluded"),
    [
        (ENTRY % ("birds2024", "Birds: a dataset", "ODC-By, version 2"), "ODC-By-1.0"),
        (ENTRY % ("acme", "Birds", "License: CC BY-NC 4.0"), "CC-BY-NC-4.0"),
        (ENTRY % ("owls", "The Owl Corpus", "CC BY-NC 4.0"), "NONE"),
        (ENTRY.replace("note", "copyright") % ("birds", "Birds", "CC BY-NC 4.0"), "NONE"),
        (ENTRY.replace("misc", "article") % ("birds", "Birds", "CC BY-NC 4.0"), "NONE"),
        (ENTRY % ("birds", "Birds", "Submitted"), "NONE"),
    ],
)
def test_the_note_of_the_set_s_own_entry_names_its_license(entry: str, concluded: str) -> None:
    text = f"# Birds\n\n## Citation\n\n```\n{entry}\n```\n"
    assert conclude_card(card(text)).concluded == concluded


def test_a_note_that_is_stricter_than_the_tag_conflicts() -> None:
    entry = ENTRY % ("birds", "Birds", "CC BY-NC 4.0")
    found = conclude_card(card(f"---\nlicense: mit\n---\n# Birds\n\n{entry}\n"))
    assert found.state is LicenseState.CONFLICTING

"""Words are read as they look on a page, and wherever a license is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.licensing.cases import card

from provenance.licensing import conclude_card, read_license_file
from provenance.licensing.as_read import as_read
from provenance.report.license import LicenseState
from provenance.vocabulary.restrictions import Restriction

CLOSED = {Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY}


def closed(front: str, body: str = "") -> bool:
    """Whether a card's conclusion holds a term that closes it, or is no open license."""
    found = conclude_card(card(f"---\n{front}\n---\n# Owls\n\nSounds of owls.\n\n{body}\n"))
    return bool(CLOSED & set(found.restrictions)) and found.concluded not in {"MIT", "CC-BY-4.0"}


@pytest.mark.parametrize(
    "words",
    [
        "non&shy;commercial use only",
        "non&#45;commercial use only",
        "non&#8209;commercial use only",
        "<b>non</b>-<b>commercial</b> use only",
        r"**Non**\-**commercial** use only",
        "Non\u200b-\u200bcommercial use only",
        "non\u00ad-com\u00admercial use only",
        "N\u043en-c\u043emmercial use only",
        "NON\u2014COMMERCIAL USE ONLY",
        "non_commercial use only",
        "\uff4e\uff4f\uff4e-\uff43\uff4f\uff4d\uff4d\uff45\uff52\uff43\uff49\uff41\uff4c use only",
        "non\u2010\ncommercial use only",
    ],
)
def test_a_term_that_is_written_in_another_way(words: str) -> None:
    assert closed("license: mit", f"## License\n\n{words}")
    gate = words.replace("\n", "\n  ")
    assert closed(f"license: mit\nextra_gated_prompt: |\n  {gate}")


def test_license_files_in_another_coding_are_read() -> None:
    said = read_license_file(
        "Non-commercial use only.\n".encode("utf-16"), "datasets/a/b", None, "L"
    ).statements
    assert any(Restriction.NON_COMMERCIAL in s.restrictions for s in said)


@given(st.text(max_size=60))
def test_lines_stay(text: str) -> None:
    assert as_read(text).count("\n") == text.count("\n")
    assert as_read(as_read(text)).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "text", ["non-commercial", "Лицензия MIT", "数据集：学术", "Straße, naïve"]
)
def test_plain_text_stays(text: str) -> None:
    assert as_read(text) == text


@pytest.mark.parametrize(
    "words",
    [
        "MIT for academia.",
        "Free for academia, paid for companies.",
        "CC BY 4.0 with additional restrictions: no use by for-profit entities.",
        "CC BY 4.0. For-profit organizations must obtain a separate license.",
        "Licensed under CC BY 4.0 for universities; industry users must pay a fee.",
        "Permissions:\n\n- [x] research\n- [ ] commercial use",
        "| Use | Allowed |\n|---|---|\n| Research | yes |\n| Commercial use | no |",
        "Commercial use: ❌",
        "Commercial use: no",
        "Prohibited: commercial exploitation",
    ],
)
def test_who_may_not_use_it(words: str) -> None:
    assert closed("license: cc-by-4.0", f"## License\n\n{words}")


@pytest.mark.parametrize(
    "words",
    [
        "Free for academia and industry.",
        "Commercial use: no restrictions.",
        "Commercial use: yes",
        "| Use | Allowed |\n|---|---|\n| Commercial use | yes |",
        "Companies may use it too.",
        "It is useful for universities.",
        "It may be used for any commercial and non\u2010\ncommercial purpose allowed by the law.",
        "Free for any non-\ncommercial or commercial use.",
    ],
)
def test_what_closes_nothing(words: str) -> None:
    assert not closed("license: cc-by-4.0", f"## License\n\n{words}")


@pytest.mark.parametrize(
    "body",
    [
        "License\n-------\n\nNon-commercial.",
        "License\n=======\nNo use by for-profit companies.",
        "<h2>License</h2>\n<p>Research only.</p>",
        "<table><tr><th>License</th><td>CC BY-NC 4.0</td></tr></table>",
        "<table>\n<tr>\n<th>License</th>\n<td>\nCC BY-NC 4.0\n</td>\n</tr>\n</table>",
    ],
)
def test_headings_and_tables_of_other_kinds(body: str) -> None:
    assert closed("license: cc-by-4.0", body)


@pytest.mark.parametrize(
    "front",
    [
        "License: cc-by-nc-4.0",
        "data_license: cc-by-nc-4.0",
        "license_type: non-commercial",
        "tags:\n- license:cc-by-nc-4.0",
        "tags:\n- owls\n- non-commercial",
        "dataset_info:\n  license: cc-by-nc-4.0",
        "dataset_info:\n- config_name: a\n  license: cc-by-nc-4.0",
    ],
)
def test_other_keys_that_hold_a_license(front: str) -> None:
    assert closed(f"license: mit\n{front}")


@pytest.mark.parametrize(
    "words",
    [
        "This dataset is no longer released under the MIT license.",
        "We have not been able to release this dataset under CC BY 4.0.",
        "The MIT license does not apply to this dataset.",
        "License: formerly CC BY 4.0, now withdrawn.",
        "Until 2023 this dataset was released under CC0.",
        "This dataset will be released under CC BY 4.0 after the embargo ends.",
        "CC BY 4.0 is under consideration.",
    ],
)
def test_a_license_that_is_not_given_now(words: str) -> None:
    found = conclude_card(card(f"# Owls\n\n## License\n\n{words}\n"))
    assert found.state is not LicenseState.EXPLICIT


def test_a_license_of_before_beside_the_one_of_now() -> None:
    text = "Formerly CC BY-NC 4.0. This dataset is released under CC BY 4.0."
    assert conclude_card(card(f"# Owls\n\n## License\n\n{text}\n")).concluded == "CC-BY-4.0"


@pytest.mark.parametrize("word", ["Non-commercial", "- NC", "Research", "**Academic**"])
def test_one_word_that_closes(word: str) -> None:
    assert closed("license: cc-by-4.0", f"## License\n\n{word}")


@pytest.mark.parametrize("word", ["Proprietary", "Confidential", "Private"])
def test_one_word_that_reserves(word: str) -> None:
    found = conclude_card(card(f"---\nlicense: mit\n---\n# Owls\n\n## License\n\n{word}\n"))
    assert found.concluded != "MIT"


@pytest.mark.parametrize(
    "words",
    [
        "Ticari kullanım yasaktır.",
        "Kaupallinen käyttö kielletty.",
        "Csak nem kereskedelmi célra.",
        "Pouze pro nekomerční použití.",
        "Doar pentru uz necomercial.",
        "Лише для некомерційного використання.",
        "Hanya untuk penggunaan non-komersial.",
        "Μόνο για μη εμπορική χρήση.",
        "לשימוש לא מסחרי בלבד",
        "ห้ามใช้เชิงพาณิชย์",
        "فقط برای استفاده غیر\u200cتجاری",
        "केवल अनुसंधान के लिए",
        "Yalnızca akademik araştırma için.",
        "Vain tutkimuskäyttöön.",
        "Csak kutatási célra.",
        "Pouze pro výzkumné účely.",
        "Hanya untuk penelitian.",
        "Μόνο για έρευνα.",
    ],
)
def test_languages_of_smaller_numbers(words: str) -> None:
    assert closed("license: mit", f"## License\n\n{words}")


@pytest.mark.parametrize(
    "words",
    ["TDM reserved.", "We opt out of TDM under Article 4.", "Do not feed this to LLMs."],
)
def test_other_words_against_training(words: str) -> None:
    found = conclude_card(card(f"---\nlicense: mit\n---\n# Owls\n\n## License\n\n{words}\n"))
    assert Restriction.NO_TRAINING in found.restrictions

"""No conclusion is more open than the strictest statement it was drawn from.

Cards are put together from places (tag, body, license file, gate, Croissant description, part)
whose strictest term is known by construction; whatever the combination, that term is held by the
conclusion, or the statements conflict, or nothing specific is concluded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.licensing.cases import card

from provenance.licensing import conclude_card, read_croissant, read_license_file
from provenance.report.license import LicenseConclusion, LicenseState, LicenseStatement
from provenance.vocabulary.expressions import symbols_in
from provenance.vocabulary.identifiers import restrictions_of
from provenance.vocabulary.restrictions import Restriction

NC, RO = Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY
USE = Restriction.USE_RESTRICTIONS
NT, MO, ARR = (
    Restriction.NO_TRAINING,
    Restriction.MODEL_OUTPUT_TERMS,
    Restriction.ALL_RIGHTS_RESERVED,
)


OUT = Restriction.REGISTRATION
"""Stands here for what leaves a part without terms, which no restriction names."""


@dataclass(frozen=True)
class Said:
    """Text for one place, and the term it closes use with, if any."""

    text: str
    term: Restriction | None = None


TAGS = (
    Said(""),
    Said("license: mit"),
    Said("license: apache-2.0"),
    Said("license: cc-by-4.0"),
    Said("license: [mit, cc-by-4.0]"),
    Said("license: cc0-1.0"),
    Said("license: cc-by-nc-4.0", NC),
    Said("license: [mit, cc-by-nc-4.0]", NC),
    Said("license: mit\nlicenses: cc-by-nc-4.0", NC),
    Said("license: {train: mit, test: cc-by-nc-4.0}", NC),
    Said("license: MIT AND CC-BY-NC-4.0", NC),
    Said("license: MIT OR Apache-2.0"),
    Said("license: other\nlicense_name: cc-by-nc-4.0", NC),
    Said("license: mit\nlicense_name: mit-non-commercial", NC),
    Said("license: [mit, other]\nlicense_name: Owl Research Only License", RO),
    Said("license: other\nlicense_link: https://creativecommons.org/licenses/by-nc/4.0/", NC),
    Said("license: modified-mit"),
    Said("license: mit\nusage_restrictions: no commercial use", NC),
    Said("license: mit\ncommercial_use: false", NC),
    Said("license: cc-by-4.0\nterms: For academic research only", RO),
    Said("license: cc-by-4.0\nusage:\n  commercial: no", NC),
    Said("license: mit\nconfigs:\n- config_name: owls\n  license: cc-by-nc-4.0", NC),
    Said("base: &b\n  license: cc-by-nc-4.0\n<<: *b", NC),
    Said("license: cc-by-4.0\naccess: internal use only", USE),
)
SENTENCES = (
    Said(""),
    Said("Birds sing in the morning."),
    Said("This dataset is released under the MIT License."),
    Said("The dataset is licensed under CC BY 4.0."),
    Said("The dataset is for non-commercial use only.", NC),
    Said("Commercial use is prohibited.", NC),
    Said("You may not use this data for commercial purposes.", NC),
    Said("This dataset may be used for research purposes only.", RO),
    Said("For academic research only.", RO),
    Said("All rights reserved.", ARR),
    Said("You may not use this dataset to train machine learning models.", NT),
    Said("The data must not be used to develop competing models.", MO),
    Said("Please exclude this dataset from training data.", NT),
    Said("This dataset may not be used commercially.", NC),
    Said("You may also not use this data for commercial purposes.", NC),
    Said("This dataset must not also be made available for commercial use.", NC),
    Said("> **Note:** This dataset is for non-commercial purposes only.", NC),
    Said("- Commercial use of this dataset: not allowed.", NC),
    Said("Die Daten dürfen nicht kommerziell genutzt werden.", NC),
    Said("Usage commercial interdit.", NC),
    Said("Uso comercial prohibido.", NC),
    Said("本数据集仅供学术研究使用。", RO),
    Said("本データセットの商用利用は禁止です。", NC),
    Said("이 데이터는 연구 목적으로만 사용할 수 있습니다.", RO),
    Said("Данные предназначены только для научных исследований.", RO),
    Said("You may not use this data without our written permission.", USE),
    Said("Please ask before any use of this dataset.", USE),
    Said("The dataset is licensed under CC BY 4.0; any other use is forbidden.", USE),
    Said("This dataset is for internal use only.", USE),
    Said("You may not:\n\n- use this dataset commercially\n- sing", NC),
    Said("Not permitted:\n- commercial use\n- singing", NC),
    Said("**Permitted uses**\n\n- academic research\n- teaching", RO),
    Said("Users of this dataset must not\n\n1. train models on it", NT),
    Said("| Use | Allowed |\n|---|---|\n| Research | yes |\n| Commercial use | no |", NC),
    Said("<details>\n<summary>Terms</summary>\n\nNo commercial use.\n\n</details>", NC),
    Said('<img src="nc.png" alt="For non-commercial use only">', NC),
    Said("**Can I use it in a product?** No, sorry.", NC),
    Said("For commercial licensing contact owls@example.org.", NC),
    Said("Academic use only.", RO),
    Said("The license does not apply to the audio.", OUT),
    Said("The license of this dataset applies to the annotations only.", OUT),
    Said("This dataset is under CC BY 4.0, with the exception of the maps.", OUT),
)
HEADINGS = ("## License", "## Limitations", "## Intended Use", "## Terms of Use")
FILES = (
    Said(""),
    Said("Creative Commons Attribution-NonCommercial 4.0 International\n", NC),
    Said("The data may be used for research purposes only.\n", RO),
    Said("Owl Data License\n\nCommercial use is prohibited.\n", NC),
    Said("# License\n\nYou may not use the songs for commercial purposes.\n", NC),
    Said("The songs are licensed under CC BY-NC-SA 4.0.\nThe code is MIT.\n", NC),
    Said("MIT License\n\nThe songs may not be used for commercial purposes.\n", NC),
    Said("CC BY 4.0\n"),
    Said("Internal use only.\n", USE),
    Said("You need our permission before you use the songs.\n", USE),
    Said("Terms\n\nYou may not:\n\n- sing\n- use the songs for commercial purposes\n", NC),
    Said("The songs may not be used for\ncommercial purposes of any kind.\n", NC),
)
NAMES = (
    *("LICENSE", "DATA_LICENSE", "LICENSE.txt", "LICENSE-DATA"),
    *("data/LICENSE", "LICENSES/owls.txt", "audio/COPYRIGHT"),
)
GATES = (
    Said(""),
    Said("I agree to use this data for non-commercial research only", NC),
    Said("I will not train models on this dataset", NT),
    Said("Please tell us your name"),
    Said("1. I sing.\n2. I use the data solely for academic research.", RO),
    Said("The data is under CC BY-NC 4.0.", NC),
    Said("I am a student or academic", RO),
    Said("I do not work for a company", NC),
    Said("I will ask before I publish anything", USE),
    Said("I live in the European Union", USE),
)
PARTS = (
    Said(""),
    Said("| Subset | License |\n|---|---|\n| Owls | CC BY 4.0 |\n| Larks | CC BY-NC 4.0 |\n", NC),
    Said("- Owls: CC BY 4.0\n- Larks: CC BY-NC-SA 4.0\n", NC),
    Said("The owls are CC BY 4.0, the larks are CC BY-NC 4.0.\n", NC),
    Said("- Owls: CC BY 4.0\n- Larks: for non-commercial use only\n", NC),
    Said(
        "| Subset | Files | License |\n|---|---|---|\n| Owls | all | CC BY 4.0 |\n"
        "| Larks | audio not included | CC BY-NC 4.0 |\n",
        NC,
    ),
    Said("| License | Subset |\n|---|---|\n| CC BY 4.0 | Owls |\n| CC BY-NC 4.0 | Larks |\n", NC),
)
CROISSANTS = (
    Said(""),
    Said("https://creativecommons.org/licenses/by-nc/4.0/", NC),
    Said("https://creativecommons.org/licenses/by/4.0/"),
    Said("CC BY-NC 4.0", NC),
    Said("Owl license, non-commercial use only", NC),
)
_COVERED = {NC: {NC, RO}, RO: {NC, RO}, USE: {USE, NC, RO}, OUT: {NC, RO}}


def holds(conclusion: LicenseConclusion, term: Restriction) -> bool:
    """Whether a conclusion leaves no use that ``term`` closes."""
    if conclusion.state is not LicenseState.EXPLICIT:
        return True
    said = {r for s in symbols_in(conclusion.concluded) for r in restrictions_of(s)}
    return bool(_COVERED.get(term, {term}) & (said | set(conclusion.restrictions)))


@settings(max_examples=400)
@given(
    st.sampled_from(TAGS),
    st.sampled_from(SENTENCES),
    st.sampled_from(HEADINGS),
    st.sampled_from(FILES),
    st.sampled_from(NAMES),
    st.sampled_from(GATES),
    st.sampled_from(PARTS),
    st.sampled_from(CROISSANTS),
)
def test_the_strictest_term_is_never_lost(
    tag: Said,
    sentence: Said,
    heading: str,
    file: Said,
    name: str,
    gate: Said,
    part: Said,
    croissant: Said,
) -> None:
    front = "\n".join(
        (tag.text, f"extra_gated_prompt: {json.dumps(gate.text)}" if gate.text else "")
    )
    body = f"# Birds\n\nA corpus of birds.\n\n{heading}\n\n{sentence.text}\n"
    if part.text:
        body += f"\n## Licensing Information\n\n{part.text}"
    subject = card(f"---\n{front}\n---\n{body}")
    extra: list[LicenseStatement] = []
    if croissant.text:
        text = json.dumps(
            {"conformsTo": "http://mlcommons.org/croissant/1.0", "license": croissant.text}
        )
        extra += read_croissant(text.encode(), subject.repo, None, "croissant.json").statements
    if file.text:
        extra += read_license_file(file.text.encode(), subject.repo, None, name).statements
    conclusion = conclude_card(subject, extra, ("README.md", name))
    for said in (tag, sentence, file, gate, part, croissant):
        if said.term is not None:
            assert holds(conclusion, said.term), (said, conclusion.concluded, conclusion.reason)


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("said", [s for s in SENTENCES if s.term is not None], ids=str)
def test_every_clause_contradicts_an_open_tag(heading: str, said: Said) -> None:
    text = f"---\nlicense: mit\n---\n# Birds\n\nA corpus of birds.\n\n{heading}\n\n{said.text}\n"
    assert conclude_card(card(text)).state is LicenseState.CONFLICTING


@pytest.mark.parametrize("said", [g for g in GATES if g.term is not None])
@pytest.mark.parametrize("key", ["extra_gated_prompt: {}", "extra_gated_fields:\n  {}: checkbox"])
def test_what_a_gate_asks_for_contradicts_an_open_tag(key: str, said: Said) -> None:
    subject = card(f"---\nlicense: mit\n{key.format(json.dumps(said.text))}\n---\n# Birds\n")
    assert conclude_card(subject).state is LicenseState.CONFLICTING


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("said", [f for f in FILES if f.term is not None])
def test_a_file_beside_the_card_contradicts_an_open_tag(name: str, said: Said) -> None:
    subject = card("---\nlicense: mit\n---\n# Birds\n")
    extra = read_license_file(said.text.encode(), subject.repo, None, name).statements
    assert conclude_card(subject, extra, (name,)).state is LicenseState.CONFLICTING


@pytest.mark.parametrize("said", [p for p in PARTS if p.text])
def test_parts_are_told_apart_and_the_whole_is_all_of_them(said: Said) -> None:
    body = f"# Birds\n\n## Licensing Information\n\n{said.text}"
    alone = conclude_card(card(body))
    assert [p.name.split()[-1].lower() for p in alone.parts] == ["owls", "larks"]
    assert alone.concluded == " AND ".join(p.concluded for p in alone.parts)
    tagged = conclude_card(card(f"---\nlicense: cc-by-4.0\n---\n{body}"))
    assert tagged.state is LicenseState.CONFLICTING


@pytest.mark.parametrize(
    ("sentence", "state", "concluded"),
    [
        ("Scripts are Apache 2.0 (see LICENSE); the recordings: see the museum.", "none", "NONE"),
        ("Code: [MIT](LICENSE)", "none", "NONE"),
        ("The lists are MIT, the dictionary is GPL-3.0.", "explicit", "MIT AND GPL-3.0-only"),
        ("CC BY 4.0 for data; Apache-2.0 for code", "explicit", "CC-BY-4.0"),
        ("The code is under MIT, the dataset is under CC BY 4.0.", "explicit", "CC-BY-4.0"),
        ("Licensed under a modified MIT license.", "ambiguous", "NOASSERTION"),
        ("Dual-licensed under MIT or Apache 2.0.", "explicit", "MIT OR Apache-2.0"),
        ("See Heap's license.", "ambiguous", "NOASSERTION"),
        ("The original recordings are kept elsewhere.", "none", "NONE"),
        ("CC BY 4.0, meant for study and teaching.", "explicit", "CC-BY-4.0"),
        (
            "CC BY 4.0, for research purposes only.",
            "explicit",
            "CC-BY-4.0 AND LicenseRef-stated-research-only",
        ),
    ],
)
def test_what_a_sentence_is_about(sentence: str, state: str, concluded: str) -> None:
    found = conclude_card(card(f"# Birds\n\n## License\n\n{sentence}\n"))
    assert (found.state.value, found.concluded) == (state, concluded)


def test_a_long_passage_is_said_to_be_cut() -> None:
    long = "The owls sing. " * 400 + "They are for research only."
    found = conclude_card(card(f"---\nlicense: mit\n---\n## License\n\n{long}\n"))
    assert found.truncated
    assert not conclude_card(card("---\nlicense: mit\n---\n## License\n\nMIT\n")).truncated

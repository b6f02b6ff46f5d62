"""Terms that the field uses and SPDX does not list, by name and by address."""

from __future__ import annotations

from pathlib import Path

import pytest
from yaml import safe_load

from provenance.licensing.links import read_license_link
from provenance.licensing.meanings import terms
from provenance.licensing.names import mentions
from provenance.licensing.values import read_value
from provenance.vocabulary.identifiers import groups_of
from provenance.vocabulary.restrictions import Restriction


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("IODL 2.0", "LicenseRef-IODL-2.0"),
        ("KOGL Type 4", "LicenseRef-KOGL-4"),
        ("공공누리 제4유형", "LicenseRef-KOGL-4"),
        ("公共データ利用規約（第1.0版）", "LicenseRef-Japan-PDL-1.0"),
        ("政府標準利用規約（第2.0版）", "LicenseRef-Japan-Government-Standard-ToU-2.0"),
        ("GODL-India", "LicenseRef-GODL-India"),
        ("Datenlizenz Deutschland Zero 2.0", "DL-DE-ZERO-2.0"),
        ("Datenlizenz Deutschland Namensnennung 2.0", "DL-DE-BY-2.0"),
        ("Waqf General Public License 2.0", "LicenseRef-Waqf-2.0"),
        ("nvidia-open-model-license", "LicenseRef-NVIDIA-Open-Model"),
        ("Qwen Research License", "LicenseRef-Qwen-Research"),
        ("TCIA Data Usage Policy", "LicenseRef-TCIA"),
        ("木兰宽松许可证，第2版", "MulanPSL-2.0"),
        ("OpenMDW 1.0", "OpenMDW-1.0"),
        ("Waymo Open Dataset License", "LicenseRef-Waymo-Open"),
        ("Project Gutenberg License", "LicenseRef-Project-Gutenberg"),
        ("Reddit terms", "LicenseRef-Reddit-Terms"),
        ("Taiwan Open Government Data License", "OGDL-Taiwan-1.0"),
        ("OpenMDW License", "OpenMDW-1.0"),
        ("Waymo Dataset License Agreement for Non-Commercial Use", "LicenseRef-Waymo-Open"),
        ("MS-NC-NoReD", "LicenseRef-META-SHARE-NC"),
        ("MS-C-NoReD", "LicenseRef-META-SHARE"),
        ("MSR-LA", "LicenseRef-MSR-LA"),
        ("Microsoft Research License Terms", "LicenseRef-MSR-LA"),
        ("Microsoft Research Data License Agreement", "LicenseRef-MSR-Data-License"),
        ("dl-de/by-2-0", "DL-DE-BY-2.0"),
        ("Korea Open Government License Type 3", "LicenseRef-KOGL-3"),
        ("Public Data License (Version 1.0)", "LicenseRef-Japan-PDL-1.0"),
        ("Taiwan OGDL 1.0", "OGDL-Taiwan-1.0"),
        ("政府資料開放授權條款-第1版", "OGDL-Taiwan-1.0"),
        ("SODL 1.0", "LicenseRef-Singapore-ODL-1.0"),
        ("Real Decreto 1495/2011, de 24 de octubre", "LicenseRef-Spain-RD-1495-2011"),
        ("Qwen License Agreement", "LicenseRef-Qwen"),
        ("TII Falcon License 2.0", "LicenseRef-Falcon-LLM"),
        ("TCIA Restricted License", "LicenseRef-TCIA"),
        ("Human 3.6M license agreement", "LicenseRef-Human3.6M"),
        ("Matterport EULA", "LicenseRef-Matterport3D"),
        ("Apple ARKitScenes license", "LicenseRef-Apple-ARKitScenes"),
        ("National Institute of Korean Language License", "LicenseRef-NIKL"),
        ("AI-Hub 이용약관", "LicenseRef-AI-Hub"),
        ("YouTube ToS", "LicenseRef-YouTube-Terms"),
        ("X Terms of Service", "LicenseRef-Twitter-Terms"),
        ("木蘭寬鬆許可證第2版", "MulanPSL-2.0"),
        ("木兰宽松许可证第二版", "MulanPSL-2.0"),
        ("木兰公共许可证 第2版", "LicenseRef-MulanPubL-2.0"),
    ],
)
def test_names(name: str, symbol: str) -> None:
    assert read_value(name).expression == symbol
    assert [m.symbol for m in mentions(f"The songs are under the {name}.")] == [symbol]
    assert groups_of(symbol) or symbol == "LicenseRef-Waqf-2.0"  # its terms fit no group


def test_links_and_terms() -> None:
    symbol = read_license_link("https://www.kogl.or.kr/info/licenseType4.do")
    assert symbol == "LicenseRef-KOGL-4"
    assert Restriction.NON_COMMERCIAL in terms(symbol)
    assert read_license_link("https://rightsstatements.org/vocab/InC/1.0/") == (
        "LicenseRef-RightsStatements-InC"
    )


@pytest.mark.parametrize(
    ("link", "symbol"),
    [
        ("https://www.data.gov.in/government-open-data-license-india", "LicenseRef-GODL-India"),
        ("https://www.boe.es/buscar/act.php?id=BOE-A-2011-17560", "LicenseRef-Spain-RD-1495-2011"),
        ("https://llama.com/llama3_1/license/", "LicenseRef-scancode-llama-3.1-license-2024"),
        ("https://www.llama.com/llama4/license", "LicenseRef-scancode-llama-4-license-2025"),
        ("http://license.coscl.org.cn/MulanPSL2", "MulanPSL-2.0"),
        ("https://www.govdata.de/dl-de/zero-2-0", "DL-DE-ZERO-2.0"),
        ("https://data.gov.tw/license", "OGDL-Taiwan-1.0"),
        ("https://go.microsoft.com/fwlink/?LinkID=206977", "LicenseRef-MSR-LA"),
    ],
)
def test_addresses(link: str, symbol: str) -> None:
    assert read_license_link(link) == symbol


ROOT = Path(__file__).resolve().parents[2]
CURATED = safe_load((ROOT / "tasks" / "licenses_curated.yaml").read_text("utf-8"))["references"]


@pytest.mark.parametrize(
    ("symbol", "example", "near_miss"),
    [
        (symbol, fact["example"], fact["near_miss"])
        for symbol, fact in CURATED.items()
        if "aliases" in fact
    ],
)
def test_a_curated_name_and_one_like_it(symbol: str, example: str, near_miss: str) -> None:
    assert [mention.symbol for mention in mentions(example)] == [symbol]
    assert symbol not in {mention.symbol for mention in mentions(near_miss)}

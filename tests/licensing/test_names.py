from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.timing import growth

from provenance.licensing.creative_commons import read_link, read_name
from provenance.licensing.links import read_license_link, urls
from provenance.licensing.names import mentions, more_specific, with_version

PD = "LicenseRef-scancode-public-domain"


def named(text: str) -> list[str]:
    return [m.symbol for m in mentions(text)]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("CC BY-NC-SA 4.0", "CC-BY-NC-SA-4.0"),
        ("cc-by-4", "CC-BY-4.0"),
        ("cc-by-2-0", "CC-BY-2.0"),
        ("CCBY4.0", "CC-BY-4.0"),
        ("CC 4.0 Non-Commercial", "CC-BY-NC-4.0"),
        ("Creative Commons Attribution-ShareAlike 4.0 International License", "CC-BY-SA-4.0"),
        ("Creative Commons license (CC BY 4.0)", "CC-BY-4.0"),
        ("Creative Commons Attribution (CC BY-SA 4.0)", "CC-BY-SA-4.0"),
        ("CC BY-SA, version 3.0", "CC-BY-SA-3.0"),
        ("Attribution-NonCommercial 4.0 International", "CC-BY-NC-4.0"),
        ("Creative Commons Attribution 2.5 South Africa", "CC-BY-2.5"),
        ("CC BY-NC", "CC-BY-NC"),
        ("a Creative Commons license", "CC"),
        ("Creative Commons by the authors", "CC"),
        ("CC BY. By the way", "CC-BY"),
        ("CC0", "CC0-1.0"),
        ("Public Domain (CC-0)", "CC0-1.0"),
        ("Creative Commons 1.0 Universal", "CC0-1.0"),
        ("Creative Commons Public Domain Mark", PD),
        ("CC BY-NC-SA-ND 4.0", "CC-BY-NC-ND-4.0"),
        ("CC BY 9.9", "CC-BY"),
        ("クリエイティブ・コモンズ 表示 – 改変禁止", "CC-BY-ND"),
        ("知识共享 署名-非商业性使用 4.0", "CC-BY-NC-4.0"),
        ("Creative Commons Namensnennung - Nicht kommerziell 3.0", "CC-BY-NC-3.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("apache 2", "Apache-2.0"),
        ("the Apache License", "Apache"),
        ("the MIT License", "MIT"),
        ("licensed under MIT.", "MIT"),
        ("MIT-0", "MIT-0"),
        ("GPLv3", "GPL-3.0-only"),
        ("GNU General Public License v3.0 or later", "GPL-3.0-or-later"),
        ("GNU AGPLv3+", "AGPL-3.0-or-later"),
        ("GPL", "GPL"),
        ("LGPL 2.1", "LGPL-2.1-only"),
        ("3-clause BSD", "BSD-3-Clause"),
        ("a BSD-style license", "BSD"),
        ("Open Data Commons Attribution License v1.0", "ODC-By-1.0"),
        ("ODbL", "ODbL-1.0"),
        ("Computational Use of Data Agreement (C-UDA)", "C-UDA-1.0"),
        ("CDLA-Permissive-2.0", "CDLA-Permissive-2.0"),
        ("Open Government Licence v3.0", "OGL-UK-3.0"),
        ("Norwegian Licence for Open Government Data (NLOD) 2.0", "NLOD-2.0"),
        ("Academic Free License v1.2", "AFL-1.2"),
        ("CreativeML OpenRAIL-M", "LicenseRef-CreativeML-OpenRAIL-M"),
        ("an OpenRAIL license", "OpenRAIL"),
        ("Llama 3.1 Community License", "LicenseRef-scancode-llama-3.1-license-2024"),
        ("LDC User Agreement for Non-Members", "LicenseRef-LDC-User-Agreement"),
        ("in the public domain", PD),
    ],
)
def test_one_license_is_named(text: str, symbol: str) -> None:
    assert named(text) == [symbol]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("CC0, CC BY, CC BY-SA, CC BY-ND", ["CC0-1.0", "CC-BY", "CC-BY-SA", "CC-BY-ND"]),
        ("CC BY 4.0 and CC BY-SA 3.0", ["CC-BY-4.0", "CC-BY-SA-3.0"]),
        ("Apache 2.0/MIT license", ["Apache-2.0", "MIT"]),
        ("students of MIT", []),
        ("Apache Spark 3.0", []),
        ("the success of 2019", []),
        ("according to the accord", []),
    ],
)
def test_many_or_none(text: str, symbols: list[str]) -> None:
    assert named(text) == symbols


@given(st.text(alphabet="cCbByY-ns a4.0()/mitMITgplGPLv3,", max_size=80) | st.text(max_size=80))
def test_mentions_stand_in_order_within_the_text(text: str) -> None:
    at = 0
    for mention in mentions(text):
        assert at <= mention.start < mention.end <= len(text)
        at = mention.end


def test_a_name_needs_a_beginning() -> None:
    assert read_name("birds", 0) is None


def test_unknown_versions_stay_families() -> None:
    assert with_version("GPL", "9") == "GPL"
    assert with_version("Llama", "7") == "Llama"
    assert with_version("GPL", None) == "GPL"


def test_more_specific() -> None:
    assert more_specific("CC", "CC-BY-4.0") == "CC-BY-4.0"
    assert more_specific("CC-BY-4.0", "CC-BY") == "CC-BY-4.0"
    assert more_specific("CC-BY", "CC-BY-SA") is None
    assert more_specific("CC-BY", "CC-BY-SA", restated=True) == "CC-BY-SA"
    assert more_specific("MIT", "Apache-2.0") is None


@pytest.mark.parametrize(
    ("url", "symbol"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/legalcode", "CC-BY-SA-4.0"),
        ("http://creativecommons.org/licenses/by/2.5/za/", "CC-BY-2.5"),
        ("http://creativecommons.org/licenses/by-nc", "CC-BY-NC"),
        ("https://i.creativecommons.org/l/by-nc-sa/3.0/88x31.png", "CC-BY-NC-SA-3.0"),
        ("https://licensebuttons.net/p/zero/1.0/88x31.png", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"),
        ("https://creativecommons.org/share-your-work/public-domain/cc0/", "CC0-1.0"),
        ("https://creativecommons.org/licenses/publicdomain/", PD),
        ("https://creativecommons.org/", None),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://opensource.org/license/apache-2-0/", "Apache-2.0"),
        ("https://spdx.org/licenses/GPL-2.0.html", "GPL-2.0-only"),
        ("https://choosealicense.com/licenses/bsd-3-clause/", "BSD-3-Clause"),
        ("https://opensource.org/licenses/nonsense", None),
        ("https://www.gnu.org/licenses/gpl-3.0.en.html", "GPL-3.0-only"),
        ("https://www.gnu.org/copyleft/fdl.html", "GFDL"),
        ("https://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
        ("https://opendatacommons.org/licenses/odbl/1-0/", "ODbL-1.0"),
        ("https://cdla.dev/permissive-2-0/", "CDLA-Permissive-2.0"),
        ("https://data.norge.no/nlod/en/2.0/", "NLOD-2.0"),
        ("https://img.shields.io/badge/License-CC%20BY--NC%204.0-lightgrey.svg", "CC-BY-NC-4.0"),
        ("https://img.shields.io/badge/license-MIT-blue.svg", "MIT"),
        ("https://img.shields.io/badge/license-custom-blue.svg", None),
        (
            "https://huggingface.co/spaces/CompVis/stable-diffusion-license",
            "LicenseRef-CreativeML-OpenRAIL-M",
        ),
        ("https://example.org/terms", None),
    ],
)  # fmt: skip
def test_links(url: str, symbol: str | None) -> None:
    assert read_license_link(url) == symbol


def test_read_link_knows_only_creative_commons() -> None:
    assert read_link("https://example.org/by/4.0") is None


def test_urls_end_before_punctuation() -> None:
    text = "See (https://a.example/x). And [that](https://b.example/y)!"
    assert [url for _, url in urls(text)] == ["https://a.example/x", "https://b.example/y"]


@pytest.mark.parametrize(
    "piece",
    [
        "cc ",
        "cc-by-",
        "creative commons ",
        "by-nc-",
        "gnu ",
        "apache ",
        "open rail ",
        "license-",
        "(",
    ],
)
def test_names_are_found_in_linear_time(piece: str) -> None:
    def read(times: int) -> None:
        mentions(piece * times)
        read_license_link("https://creativecommons.org/" + piece * times)

    growth(lambda: read(30_000), lambda: read(60_000), most=3, floor=0.02)

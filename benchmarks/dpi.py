"""Hub, GitHub and Papers with Code against licenses audited by people.

``python benchmarks/dpi.py [CORPUS]`` reads ``dpi.jsonl`` (records of the Data Provenance
Initiative) with this project's identifiers and groups, and prints on records and on distinct
datasets: how often each place gives no license, and whether the Hub's license is more permissive
than the audited one, equal or stricter. Every license name that does not normalise is listed.

Terms are compared by what they close: research only, non-commercial, or neither. Of several audited
licenses the strictest counts.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from provenance.licensing import groups_of, read_value, symbols_in
from provenance.report.license import Meaning

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("license_on_hub", "license_on_github", "license_on_paperswithcode")
_SAYS_NOTHING = frozenset({"", "unspecified", "none", "unknown", "no license"})
_TERMS_IN_WORDS = {"research purposes only": 0, "non commercial": 1}
"""Custom names of the file that say what they close."""
_LEVELS = ("research only", "non-commercial", "neither")


@dataclass(frozen=True)
class Record:
    """One record: what each place says, and what people found."""

    dataset: str
    places: dict[str, str]
    audited: tuple[str, ...]


def read(path: Path) -> list[Record]:
    """Every record of the file."""
    records = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        audited = tuple(str(a["license"]) for a in entry.get("license_audited") or [])
        key = str(entry.get("hub_url") or entry.get("name") or entry["uid"]).lower().rstrip("/")
        dataset = key.partition("/viewer/")[0].partition("/tree/")[0]
        records.append(Record(dataset, {p: str(entry.get(p) or "") for p in PLACES}, audited))
    return records


def normalised(name: str) -> str | None:
    """Expression that a name stands for; ``None`` for none, and for custom names."""
    meant = read_value(name)
    if name.strip().lower() in _SAYS_NOTHING or meant.meaning is Meaning.PLACEHOLDER:
        return None
    return meant.expression


def custom(name: str) -> bool:
    """Whether a name is of no license that this project knows."""
    if name.strip().lower() in _SAYS_NOTHING:
        return False
    meant = read_value(name)
    if meant.meaning is Meaning.PLACEHOLDER:
        return False
    return meant.expression is None or not any(groups_of(s) for s in symbols_in(meant.expression))


def level(name: str) -> int | None:
    """Index into ``_LEVELS``; ``None`` when the name says nothing or nothing known."""
    for words, closed in _TERMS_IN_WORDS.items():
        if words in name.lower():
            return closed
    expression = normalised(name)
    if expression is None or custom(name):
        return None
    groups = {g for symbol in symbols_in(expression) for g in groups_of(symbol)}
    if "research-only" in groups:
        return 0
    return 1 if "non-commercial" in groups else 2


def silent(name: str) -> bool:
    """Whether a place gives no license."""
    return normalised(name) is None and not custom(name)


def compare(records: Iterable[Record]) -> None:
    """Print omissions and the comparison of the Hub with what was audited."""
    chosen = list(records)
    for place in PLACES:
        missing = sum(silent(r.places[place]) for r in chosen)
        print(f"  no license {place.removeprefix('license_'):22} {missing / len(chosen):6.1%}")
    unspecified = sum(all(silent(a) for a in r.audited) for r in chosen)
    print(f"  no license found by people        {unspecified / len(chosen):6.1%}")
    outcome: Counter[str] = Counter()
    for record in chosen:
        found = [x for a in record.audited if (x := level(a)) is not None]
        hub = level(record.places["license_on_hub"])
        if hub is None or not found:
            outcome["not comparable"] += 1
        else:
            difference = hub - min(found)
            outcome[
                "more permissive" if difference > 0 else "stricter" if difference else "equal"
            ] += 1
    compared = len(chosen) - outcome["not comparable"]
    print(f"  Hub against audited, {compared} comparable of {len(chosen)}:")
    for name in ("more permissive", "equal", "stricter"):
        print(f"    {name:16} {outcome[name] / max(compared, 1):6.1%}")


def main() -> None:
    """Print everything."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "corpus"
    records = read(corpus / "dpi.jsonl")
    print(f"records: {len(records)}")
    compare(records)
    distinct = {record.dataset: record for record in reversed(records)}
    print(f"distinct datasets: {len(distinct)}")
    compare(distinct.values())
    names = {n for r in records for n in (*r.places.values(), *r.audited)}
    own = sorted(n for n in names if custom(n))
    print(f"license names: {len(names)}, of which custom: {len(own)}")
    for name in own:
        print(f"  {name}")


if __name__ == "__main__":
    main()

"""Score `provenance check` against labelled references of public source distributions.

python benchmarks/references.py FOLDER SET [-v]

``SET``: seen, unseen, unseen_2026_11_29, unseen_2026_11_30, unseen_2026_12,
unseen_2026_12_b, unseen_2027_01, unseen_2027_03 or unseen_2027_04.

``FOLDER`` holds the unpacked distributions, one a project, named as in ``references/*.tsv``. Only
labelled files are scored. A hit is the same id, of the same kind, in the same file within one line.
A dynamic place counts as said when a note, or a reference it could be resolved to, is within one
line. Roles are scored over hits whose label says one.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from provenance.checking.references.files import DEFAULT_EXCLUDES, CheckedFolder, tracked_files
from provenance.checking.references.rules_files import load_rules
from provenance.checking.references.search import DiskReader, scan_files
from provenance.report.checked import Reference, ScanNote

LABELS = Path(__file__).parent / "references"


@dataclass
class Tally:
    """Counts over all projects."""

    labelled: int = 0
    hits: int = 0
    wrong: int = 0
    roles: int = 0
    roles_right: int = 0
    dynamic: int = 0
    noted: int = 0
    said: list[str] = field(default_factory=list)


def labels(name: str) -> dict[str, dict[str, list[tuple[int, str, str, str]]]]:
    """Line, kind, id and role by project and file."""
    found: dict[str, dict[str, list[tuple[int, str, str, str]]]] = defaultdict(dict)
    with (LABELS / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            entry = (int(row["line"]), row["kind"], row["id"], row["role"])
            found[row["project"]].setdefault(row["file"], []).append(entry)
    return found


def score(
    tally: Tally,
    where: str,
    wanted: list[tuple[int, str, str, str]],
    references: list[Reference],
    notes: list[ScanNote],
) -> None:
    """Compare what was found in one file with its labels."""
    left = list(references)
    lines = [r.line for r in references] + [n.line for n in notes]
    for line, kind, identifier, role in wanted:
        if kind == "none":
            continue
        if kind == "dynamic":
            tally.dynamic += 1
            hit = any(abs(n - line) <= 1 for n in lines)
            tally.noted += hit
            if not hit:
                tally.said.append(f"silent  {where}:{line}")
            continue
        tally.labelled += 1
        same = [
            r
            for r in references
            if r.id == identifier and r.kind.value == kind and abs(r.line - line) <= 1
        ]
        if not same:
            tally.said.append(f"missed  {where}:{line} {identifier}")
            continue
        tally.hits += 1
        left = [r for r in left if r not in same]
        if role != "unknown":
            tally.roles += 1
            right = any(r.role.value == role for r in same)
            tally.roles_right += right
            if not right:
                tally.said.append(f"role    {where}:{line} {identifier} {same[0].role} not {role}")
    tally.wrong += len(left)
    tally.said += [f"wrong   {where}:{r.line} {r.key} {r.how}" for r in left]


def main(folder: Path, name: str, verbose: bool) -> None:
    """Score all projects of one set of labels."""
    tally = Tally()
    rules = load_rules()
    for project, files in sorted(labels(name).items()):
        root = folder / project
        paths = tracked_files(CheckedFolder(root, git=False), everything=True)
        found = scan_files(paths, DiskReader(root), rules, DEFAULT_EXCLUDES)
        for file, wanted in sorted(files.items()):
            references = [r for r in found.references if r.file == file]
            notes = [n for n in found.notes if n.file == file]
            score(tally, f"{project}/{file}", wanted, references, notes)
    for line in tally.said if verbose else ():
        print(line)
    t = tally
    precision = t.hits / max(t.hits + t.wrong, 1)
    print(
        f"{name}: recall {t.hits}/{t.labelled} {t.hits / t.labelled:.1%}, precision "
        f"{t.hits}/{t.hits + t.wrong} {precision:.1%}, role {t.roles_right}/{t.roles} "
        f"{t.roles_right / max(t.roles, 1):.1%}, dynamic noted {t.noted}/{t.dynamic} "
        f"{t.noted / max(t.dynamic, 1):.1%}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], "-v" in sys.argv)

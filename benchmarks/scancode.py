"""ScanCode's license detection beside this project's reading of card bodies.

``SCANCODE_PYTHON=… python benchmarks/scancode.py [CORPUS]``: the interpreter of an environment
with ``scancode-toolkit-mini`` and ``pluggy<1.7`` (531 MB; no dependency). Each of the 177 labelled
dataset cards' bodies is given to ScanCode; "explicit" and the license families that it finds are
held against the labels, as in ``benchmarks/reading_licenses.py``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from provenance.cards import read_card
from provenance.licensing import conclude_card
from provenance.report.license import Meaning, Origin
from provenance.vocabulary.identifiers import family_of

ROOT = Path(__file__).resolve().parents[1]
DETECT = """
import json, sys, time
from licensedcode.cache import get_index
from licensedcode.detection import detect_licenses
get_index()
out, started = {}, time.perf_counter()
for path in sys.argv[1:]:
    found = detect_licenses(location=path)
    out[path] = sorted({str(d.license_expression_spdx) for d in found if d.license_expression_spdx})
json.dump({"found": out, "seconds": time.perf_counter() - started}, sys.stdout)
"""


def families(symbols: set[str]) -> set[str]:
    """Families of SPDX ids, without ScanCode's own references."""
    return {family_of(s) for s in symbols if s and not s.startswith("LicenseRef-scancode")}


def main() -> None:
    """Print both readings against the labels."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "corpus"
    labels = [
        json.loads(line)
        for line in (corpus / "labels" / "dataset_licenses.jsonl").read_text().splitlines()
    ]
    ours, bodies, started = {}, {}, time.perf_counter()
    for label in labels:
        path = corpus / label["snapshot"] / "datasets" / label["dataset"] / "README.md"
        card = read_card(path.read_bytes(), "datasets/x")
        named = [s for s in conclude_card(card).statements if s.origin is Origin.BODY]
        bodies[str(path)] = card.body
        ours[str(path)] = {
            s.expression for s in named if s.meaning in {Meaning.NAMES, Meaning.FAMILY}
        }
    own_seconds = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, (path, body) in enumerate(bodies.items()):
            file = Path(folder) / f"{number}.md"
            file.write_text(body, encoding="utf-8")
            files[str(file)] = path
        python = os.environ["SCANCODE_PYTHON"]
        done = subprocess.run(
            [python, "-c", DETECT, *files], check=True, capture_output=True, text=True
        )
    answer = json.loads(done.stdout)
    theirs = {
        files[file]: {s for e in found for s in e.replace("(", " ").replace(")", " ").split()
                      if s not in {"AND", "OR", "WITH"}}
        for file, found in answer["found"].items()
    }  # fmt: skip
    for name, read in (("this project", ours), ("ScanCode", theirs)):
        right = explicit = 0
        for label, path in zip(labels, bodies, strict=True):
            wanted = {s for s in label["stated"] if s not in {"custom", "public-domain"}}
            right += families(wanted) == families({s or "" for s in read[path]})
            explicit += bool(label["stated"]) == bool(read[path])
        print(f"{name:13} families named in the body {right / len(labels):6.1%}, "
              f"something stated or not {explicit / len(labels):6.1%}")  # fmt: skip
    print(f"seconds for {len(labels)} bodies: {own_seconds:.1f} and {answer['seconds']:.1f}")


if __name__ == "__main__":
    main()

"""Measure what is read in real cards against labels. Usage: python benchmarks/reading.py CORPUS.

CORPUS holds snapshots and ``labels/`` as ``../shared/corpus`` does. Prints a table for licenses and
one for training sets; see ``reading-notes.md`` for what stands behind the numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import reading_licenses
import reading_training

from provenance.catalog import load_catalog


def main() -> int:
    """Print the tables."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    corpus = Path(sys.argv[1])
    print("\n".join(reading_licenses.report(corpus)))
    print()
    print("\n".join(reading_training.measure(corpus, load_catalog())))
    return 0


if __name__ == "__main__":
    sys.exit(main())

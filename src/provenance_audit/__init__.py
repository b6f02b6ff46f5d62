"""The start of the console scripts: refuses an environment where the package is not itself.

Another distribution, ``provenance``, installs an import package of the same name. Whichever of the
two is installed last overwrites the other's ``provenance/__init__.py``, and what runs then is
neither. This package has a name of its own so that it can still say so.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

_USAGE = 2


def main() -> None:
    """Run the command line and exit with its code; 2 when another distribution is in the way."""
    other = clashing_package(Path(__file__).resolve().parents[1])
    if other is not None:
        print(
            f"provenance: error: {other} is of another distribution with the import name "
            "`provenance`: install provenance-audit in an environment of its own "
            "(pipx install provenance-audit)",
            file=sys.stderr,
        )
        sys.exit(_USAGE)
    from provenance.cli import main as run

    run()


def clashing_package(home: Path) -> Path | None:
    """What shows that another distribution owns the name ``provenance``, if anything does.

    Args:
        home: the folder that this package is installed in.

    """
    spec = find_spec("provenance")
    for place in (spec and spec.submodule_search_locations) or ():
        if Path(place).resolve() != home / "provenance":
            return Path(place)
    return next(iter(sorted(home.glob("provenance-*.*-info"))), None)

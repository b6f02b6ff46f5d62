"""A list of parts, each with its license, below a tag that names one of them or says "mixed"."""

from __future__ import annotations

from collections.abc import Sequence

from provenance import lazy_re as re
from provenance.licensing.disagreement import Concluded
from provenance.licensing.saying import NAMING, agrees, is_detail, is_of_records, place, symbols_of
from provenance.report.license import (
    NOASSERTION,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)

_SUM = re.compile(
    r"(?:^|[\W_])(?:mixed|mix|multi(?:ple)?|various|several|composite|combined|combination|hybrid|split"
    r"|per[-_ ](?:part|file|source|subset|component|item|folder|split|record))(?:$|[\W_])",
    re.IGNORECASE,
)
"""Words in a ``license_name`` that stand for a list of licenses."""
_FEWEST = 2
"""Fewest parts of a list."""


def sums_up(statements: Sequence[LicenseStatement]) -> tuple[LicenseStatement, ...]:
    """Names of the front matter that only say that the parts have different licenses.

    ``license_name: owls-mixed`` above "- Songs: CC BY 4.0" and "- Lists: MIT" is no third license.
    Where no parts are listed it stays a name of terms.
    """
    details = [s for s in statements if is_detail(s) and not symbols_named(s)]
    sums = tuple(s for s in details if _SUM.search(s.raw))
    return sums if sums and len(_listed(statements)) >= _FEWEST else ()


def symbols_named(s: LicenseStatement) -> tuple[str, ...]:
    """Licenses that a statement names; a name of its own terms is none."""
    return symbols_of(s) if s.meaning in NAMING else ()


def _listed(statements: Sequence[LicenseStatement]) -> set[str]:
    """Names of the parts that the card gives a license, folded."""
    return {
        s.part.casefold()
        for s in statements
        if s.scope is Scope.PART and s.part and s.origin is Origin.BODY and s.meaning in NAMING
    }


def open_part(considered: Sequence[LicenseStatement]) -> Concluded | None:
    """A part of a list that is summed up, whose license is not named: the whole is undecided."""
    told = _listed(considered)
    for s in considered:
        if s.scope is not Scope.PART or not s.part or is_of_records(s):
            continue
        unsaid = s.expression is None and s.meaning is not Meaning.RESTRICTS
        if unsaid and s.part.casefold() not in told:
            reason = f"{place(s)} names no license for {s.part}"
            return (LicenseState.AMBIGUOUS, NOASSERTION, reason)
    return None


def parts_beside(
    named: Sequence[LicenseStatement], considered: Sequence[LicenseStatement]
) -> list[LicenseStatement]:
    """The parts of a list, where the tag names a license of one of them and not of the whole.

    - Tag Apache-2.0, body "- Proofs: Apache-2.0" and "- Prose: CC BY 4.0": both hold.
    - Tag MIT, body "Released under MIT" besides: the tag is the whole's license.
    """
    body = [s for s in considered if s.origin is Origin.BODY and s.meaning in NAMING]
    parts = [s for s in body if s.scope is Scope.PART and s.part]
    tagged = {x for s in named if s.origin is Origin.TAG for x in symbols_of(s)}
    if len(tagged) != 1 or len(_listed(parts)) < _FEWEST or len(parts) < len(body):
        return []
    of_one = any(agrees(x, y) for x in tagged for s in parts for y in symbols_of(s))
    return parts if of_one else []

"""Exit codes: the same in every format and command."""

from __future__ import annotations

from enum import IntEnum

from provenance.report.finding import Verdict


class Exit(IntEnum):
    """What the process tells its caller."""

    OK = 0
    VIOLATED = 1
    USAGE = 2
    INCOMPLETE = 3
    NOTHING = 4
    INTERNAL = 70
    INTERRUPTED = 130


_OF_VERDICT = {
    Verdict.PASS: Exit.OK,
    Verdict.FAIL: Exit.VIOLATED,
    Verdict.INCOMPLETE: Exit.INCOMPLETE,
}
_PRECEDENCE = (Exit.USAGE, Exit.VIOLATED, Exit.INCOMPLETE, Exit.NOTHING)


def exit_for(verdict: Verdict) -> Exit:
    """The exit code of one verdict."""
    return _OF_VERDICT[verdict]


def combine(codes: list[Exit]) -> Exit:
    """The exit code of several subjects together: 2 before 1 before 3 before 4 before 0."""
    return next((code for code in _PRECEDENCE if code in codes), Exit.OK)

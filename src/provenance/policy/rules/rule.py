"""What a rule is: one code, declared once, with its words, its basis and its check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from provenance.frozen import frozen
from provenance.policy.model import Policy
from provenance.report.evidence import Evidence
from provenance.report.facts import Facts
from provenance.report.finding import Severity


class RuleSection(StrEnum):
    """The key of the policy file under which a rule's severity is set."""

    LICENSES = "licenses"
    COVERAGE = "coverage"
    LINEAGE = "lineage"
    PRIVACY = "privacy"
    TRANSPARENCY = "transparency"
    SETTINGS = "settings"


class On(StrEnum):
    """What kind of thing a rule can fire on."""

    ANY = "any"
    SETS = "sets"
    MODELS = "models"


class Wildcard(StrEnum):
    """How much of a subject an exception of the rule may leave open with ``*``."""

    ANY = "any"
    OWNER = "owner"
    """All of one owner's things at most: the rule is about what is not stated."""
    NONE = "none"
    """Nothing: the rule is about the unknown, or about all the data at once."""


@frozen(kw_only=True)
class Hit:
    """A rule fired on one thing. Hits of one rule with the same ``key`` make one finding."""

    subject: str
    """Node key of the thing."""
    name: str
    """How a reader knows it."""
    message: str
    """The whole sentence when the thing stands alone."""
    together: str | None = None
    """What is said of several at once, between their number and their names; ``None``: it can be
    said of one thing only."""
    evidence: tuple[Evidence, ...] = ()
    key: str = ""
    weight: float = 0.0
    """Larger is named first among several."""
    notice: str | None = None
    """Words that the finding's help carries, one for each hit."""
    remedy: str | None = None
    """The remedy that fits this cause; ``None``: the rule's."""


Check = Callable[[Facts, Policy], Iterator[Hit]]


@frozen
class Rule:
    """One rule, declared once; ``provenance explain`` and ``docs/rules/`` are made from it.

    What a rule finds is a documentation risk, never a legal finding.
    """

    code: str
    """Stable, unique and never reused."""
    name: str
    """Key in the policy file, under ``section``."""
    section: RuleSection
    title: str
    description: str
    severity: Severity | None
    """Where no policy says otherwise; ``None``: off."""
    basis: str
    """Article, recital, standard or guidance it comes from."""
    looks_at: str
    remedy: str
    check: Check
    floor: Severity | None = None
    """``incomplete`` where a policy may not say less: unknown is never a pass."""
    on: On = On.ANY
    wildcard: Wildcard = Wildcard.ANY

    @property
    def setting(self) -> str:
        """How the policy file names it: ``privacy.special_categories``."""
        return f"{self.section.value}.{self.name}"


def declare(
    code: str,
    name: str,
    section: RuleSection,
    severity: Severity | None,
    *,
    title: str,
    description: str,
    basis: str,
    looks_at: str,
    remedy: str,
    floor: Severity | None = None,
    on: On = On.ANY,
    wildcard: Wildcard | None = None,
) -> Callable[[Check], Rule]:
    """Declare a rule above its check: the decorated function becomes the rule.

    An exception of a rule with a floor may leave nothing of its subject open.
    """
    least = Wildcard.ANY if floor is None else Wildcard.NONE

    def make(check: Check) -> Rule:
        return Rule(
            code, name, section, title, description, severity, basis, looks_at, remedy, check,
            floor, on, wildcard or least,
        )  # fmt: skip

    return make

"""The lineage rule on models that a repository uses through an API (LIN007)."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.policy.model import Policy
from provenance.policy.rules.rule import Hit, On, RuleSection, declare
from provenance.report.facts import Facts
from provenance.report.finding import Severity

API = "api"
"""The kind of a subject of which nothing but the name is known."""


@declare(
    "LIN007",
    "api_model",
    RuleSection.LINEAGE,
    Severity.WARNING,
    on=On.MODELS,
    title="Model behind an API",
    description="A repository uses a model of a service. Its weights, card, license and training "
    "data cannot be looked up, and the service's terms often limit what may be done with its "
    "output.",
    basis="Unknown is never a pass; a service's terms may bar training other models on output.",
    looks_at="References of the kind `api` that `provenance check` finds (`gpt-4o`, `claude-…`).",
    remedy="Read the service's terms for the use that is made of its output, then accept it: an "
    "exception of LIN007 for `apis/NAME` in the policy, an ignore comment, or the baseline.",
)
def _api_model(facts: Facts, policy: Policy) -> Iterator[Hit]:
    if facts.subject.kind == API:
        name = facts.subject.id
        yield Hit(
            subject=facts.lineage.root,
            name=name,
            message=f"{name} is a model behind an API: nothing of it can be looked up",
            together="models behind an API cannot be looked up",
        )

"""Policies: what an organisation decided about training data, held against facts."""

from provenance.policy.clarifications import Clarifications, evidence_sha256
from provenance.policy.evaluation import Evaluation, evaluate, judge
from provenance.policy.loading import load_policy
from provenance.policy.model import Policy

__all__ = [
    "Clarifications",
    "Evaluation",
    "Policy",
    "evaluate",
    "evidence_sha256",
    "judge",
    "load_policy",
]

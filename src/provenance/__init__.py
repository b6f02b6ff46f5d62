"""Audit what a model says it was trained on: which data has no explicit license.

The public face. Everything here is stable; what is not here may change.

>>> from provenance import audit
>>> report = audit("sentence-transformers/all-MiniLM-L6-v2", snapshot="bundled")
>>> report.verdict.value
'fail'

Names are imported when they are first used: importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.api import audit, census, check, scan
    from provenance.errors import (
        PolicyError,
        ProvenanceError,
        SourceError,
        UsageError,
    )
    from provenance.policy import Policy, load_policy
    from provenance.report.report import Report, Reports

__version__ = "0.1.0"
"""The release; ``pyproject.toml`` takes it from here."""

__all__ = [
    "Policy",
    "PolicyError",
    "ProvenanceError",
    "Report",
    "Reports",
    "SourceError",
    "UsageError",
    "__version__",
    "audit",
    "census",
    "check",
    "load_policy",
    "scan",
]

_HOME = {
    "Policy": "provenance.policy",
    "PolicyError": "provenance.errors",
    "ProvenanceError": "provenance.errors",
    "Report": "provenance.report.report",
    "Reports": "provenance.report.report",
    "SourceError": "provenance.errors",
    "UsageError": "provenance.errors",
    "audit": "provenance.api",
    "census": "provenance.api",
    "check": "provenance.api",
    "load_policy": "provenance.policy",
    "scan": "provenance.api",
}


def __getattr__(name: str) -> object:
    """Import a public name from where it lives (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'provenance' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """Name what is public, imported or not."""
    return sorted(__all__)

"""Mixtures published elsewhere than in the card (a paper, a code repository), as mentions."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.evidence import Evidence, excerpt
from provenance.training import Amount, DeclaredIn, Discovery, Measure, Mention, MixtureTotal, Role

CATALOG = "catalog"

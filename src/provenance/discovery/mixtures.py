"""Mixtures published elsewhere than in the card (a paper, a code repository), as mentions."""

from __future__ import annotations

CATALOG = "catalog"

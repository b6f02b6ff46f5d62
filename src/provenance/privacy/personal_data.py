"""What a dataset card documents about personal data."""

from __future__ import annotations

from provenance.cards.card import Card
from provenance.training import PersonalData


def read_personal_data(card: Card) -> PersonalData:
    """What a dataset card documents about personal data."""
    documented = "unknown" if not card.lines else "absent"
    return PersonalData(documented, None)

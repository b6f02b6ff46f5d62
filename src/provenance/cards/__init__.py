"""README bytes to cards. Pure: no file, no network, no clock."""

from provenance.cards.card import Card, CardProblem, read_card

__all__ = ["Card", "CardProblem", "read_card"]

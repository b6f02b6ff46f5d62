"""Words that a phrase describing data is made of, and words at which it ends.

Beside English: French, German, Spanish, Portuguese, Italian and Russian.
"""

from __future__ import annotations

from provenance.discovery.prose_lexicon import DETERMINERS, KINDS, words_of
from provenance.knowledge import read_words

COMPOUNDS = read_words("discovery", "compounds")
"""Ends of German words for material."""
NO_MATERIAL = frozenset(read_words("discovery", "no_material"))
"""Kinds that are no material by themselves."""
MATERIAL = (KINDS - NO_MATERIAL) | frozenset(read_words("discovery", "material"))
"""Words for what models are trained on."""
COLLECTIVE = frozenset(read_words("discovery", "collective"))
"""Words for much of something, before what it is of."""
STOP_LEFT = DETERMINERS | frozenset(read_words("discovery", "stops_left"))
"""Words at which a phrase starts, read backwards from its material."""
STOP_RIGHT = frozenset(read_words("discovery", "stops_right"))
"""Words at which it ends."""
JOINS = frozenset(read_words("discovery", "phrase_joins"))
"""Words by which it goes on."""
AND = words_of("and & or plus und et y")
EMPTY = frozenset(read_words("discovery", "empty"))
"""Words that say nothing of what the data is."""
ACTIVITIES = frozenset(read_words("discovery", "activities"))
"""What is done to data, or what data has: before one of these, a word for material is no data."""
DATA = frozenset(read_words("discovery", "data_nouns"))
UNITS = frozenset(read_words("discovery", "units"))
"""What data is counted in: a number of these says how much there is, not what."""

"""Words by which a card documents something: cues by what they are about, then by language."""

from provenance.privacy.cues.cue import Cue
from provenance.privacy.cues.duties import DUTIES
from provenance.privacy.cues.languages import LANGUAGES
from provenance.privacy.cues.origin import ORIGIN
from provenance.privacy.cues.people import PEOPLE

CUES: tuple[Cue, ...] = (*DUTIES, *PEOPLE, *LANGUAGES, *ORIGIN)
"""Every cue; those that need another topic stand behind it."""

__all__ = ["CUES", "Cue"]

"""How a line of a card is heard as documenting something.

A cue has keywords, all lower case, that are looked for first because that is cheap, and a pattern
that the line around a keyword must match. Patterns are held against lower-cased lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from re import Pattern

from provenance import lazy_re as re
from provenance.privacy.polarity import Polarity, is_asked, polarity_of
from provenance.vocabulary.topics import INDICATED, Topic


@dataclass(frozen=True, slots=True)
class Cue:
    """How one topic is recognised in a line of text."""

    topic: Topic
    detail: str
    status: str
    keywords: tuple[str, ...]
    pattern: Pattern[str]
    affirmative: bool = True
    """Whether what stands around the words can take their meaning away."""

    def find(self, line: str) -> tuple[str, Polarity] | None:
        """The words in a lower-cased line that mention it and what they say, or ``None``.

        A mention that affirms goes before one that denies, and that before one left open.
        """
        found: tuple[str, Polarity] | None = None
        for match in self.pattern.finditer(line):
            if self.affirmative:
                says = polarity_of(
                    line,
                    match.start(),
                    match.end(),
                    task=self.topic is Topic.ANONYMISED,
                    people=self.topic in _OF_PEOPLE,
                )
            else:
                says = Polarity.UNDECIDED if is_asked(line, match.end()) else Polarity.AFFIRMED
            if says is Polarity.AFFIRMED:
                return match[0], says
            if found is None or says is Polarity.DENIED:
                found = match[0], says
        return found


_OF_PEOPLE = frozenset(
    {
        Topic.SPECIAL_CATEGORY,
        Topic.CRIMINAL,
        Topic.CHILDREN,
        Topic.PEOPLE_MEDIA,
        Topic.USER_CONVERSATIONS,
    }
)


def cue(
    topic: Topic,
    keywords: str,
    patterns: tuple[str, ...],
    detail: str = "",
    status: str = INDICATED,
    *,
    affirmative: bool = True,
) -> Cue:
    """A cue of keywords joined by ``|`` and of patterns of which one must match.

    A word in ``<>`` in a pattern stands for one of the lists below.
    """
    words = tuple(word.strip() for word in keywords.split("|"))
    pattern = "|".join(patterns)
    for name, words_of in _LISTS.items():
        pattern = pattern.replace(f"<{name}>", words_of)
    return Cue(topic, detail, status, words, re.compile(_bounded(pattern)), affirmative)


def _bounded(pattern: str) -> str:
    """Words and numbers of at most 40 characters: an endless one is read again from each letter."""
    for repeat, bounds in (("+", "{1,40}"), ("*", "{0,40}")):
        for kind in (r"\w", r"\d"):
            pattern = pattern.replace(kind + repeat, kind + bounds)
    return pattern


_LISTS = {
    "people": (
        r"(?:users?|people|persons?|participants?|patients?|speakers?|authors?|subjects?"
        r"|individuals?|customers?|respondents?|citizens?|students?|contributors?|annotators?)"
    ),
    "model": (
        r"(?:chat-?gpt|gpt|llama|claude|davinci|codex|alpaca|bard|mi[sx]tral|gemini|qwen|deepseek"
        r"|palm|bloom|opt-|blip|midjourney|dall|stable[- ]diffusion|language models?|llms?|\bai\b"
        r"|a model|generative|neural|google translate|deepl|tts|text-to-speech)"
    ),
    "generator": (
        r"(?:chat-?gpt|\bgpt-?\w{0,4}|\bllama\b|\bclaude|\bcodex|\balpaca\b|\bmi[sx]tral|\bgemini\b"
        r"|\bqwen|\bdeepseek|\bblip\b|\bmidjourney|\bdall-?e|stable[- ]diffusion|\bllms?\b"
        r"|language models?|\bdoc2query|\bvicuna)"
    ),
    "gathered": (
        r"(?<!\bbe )(?:collect(?:ed|ing)?|gather(?:ed|ing)?|retriev(?:ed|ing)|taken|sourced|obtained"
        r"|extract(?:ed|ing)|compil(?:ed|ing)|mined|harvest(?:ed|ing)?|pulled|fetched|downloaded"
        r"|acqui(?:red|sition))"
    ),
    "country": (
        r"(?:united states|u\.s\.?a?\b|usa\b|india\b|china\b|kenya|philippines|brazil|mexico"
        r"|canada|australia|japan|korea|russia|nigeria|south africa|turkey|vietnam|indonesia"
        r"|pakistan|bangladesh|venezuela|colombia|uganda|singapore|israel|egypt)"
    ),
}
"""Countries are those outside the EEA that annotators and servers are most named from."""

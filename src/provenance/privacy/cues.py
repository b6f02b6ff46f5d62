"""Words by which a card documents something: what each cue is about, and how a line is heard.

A cue has keywords, all lower case, that are looked for first because that is cheap, and patterns of
which one must match the line around a keyword. Patterns are held against lower-cased lines. Both
are tables: ``data/cues.tsv`` says what a cue is about, and ``data/cues_*.tsv`` give its patterns.
"""

from __future__ import annotations

from re import Pattern

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.knowledge import read_rows, read_table
from provenance.privacy.polarity import Polarity, is_asked, polarity_of
from provenance.vocabulary.topics import Topic

PATTERNS = ("cues_duties", "cues_people", "cues_languages", "cues_origin")
"""Tables of patterns: what was done for people, whose data it is, both in other languages than
English, and where data comes from. Those languages are the ones that cards of the Hub are written
in: German, French, Spanish, Portuguese, Italian, Dutch, Russian, Chinese, Japanese and Korean."""


@frozen
class Cue:
    """How one topic is recognised in a line of text."""

    topic: Topic
    detail: str
    status: str
    keywords: tuple[str, ...]
    pattern: Pattern[str]
    hears_negation: bool
    """Whether what stands around the words can take their meaning away."""

    def find(self, line: str) -> tuple[str, Polarity] | None:
        """The words in a lower-cased line that mention it and what they say, or ``None``.

        A mention that affirms goes before one that denies, and that before one left open.
        """
        mention: tuple[str, Polarity] | None = None
        for match in self.pattern.finditer(line):
            if self.hears_negation:
                polarity = polarity_of(
                    line,
                    match.start(),
                    match.end(),
                    task=self.topic is Topic.ANONYMISED,
                    people=self.topic in _OF_PEOPLE,
                )
            else:
                polarity = Polarity.UNDECIDED if is_asked(line, match.end()) else Polarity.AFFIRMED
            if polarity is Polarity.AFFIRMED:
                return match[0], polarity
            if mention is None or polarity is Polarity.DENIED:
                mention = match[0], polarity
        return mention


_OF_PEOPLE = frozenset(
    {
        Topic.SPECIAL_CATEGORY,
        Topic.CRIMINAL,
        Topic.CHILDREN,
        Topic.PEOPLE_MEDIA,
        Topic.USER_CONVERSATIONS,
    }
)

_LISTS = read_table("privacy", "cue_lists", "list", "pattern")
"""Words that several patterns share. Countries are those outside the EEA that annotators and
servers are most named from."""


def pattern_of(written: str) -> str:
    """A pattern of the tables as :mod:`re` takes it: a name in ``<>`` stands for a list of words.

    Words and numbers are of at most 40 characters: an endless one is read again from each letter.
    """
    for name, words in _LISTS:
        written = written.replace(f"<{name}>", words)
    for repeat, bounds in (("+", "{1,40}"), ("*", "{0,40}")):
        for kind in (r"\w", r"\d"):
            written = written.replace(kind + repeat, kind + bounds)
    return written


COLUMNS = ("cue", "topic", "detail", "status", "negation", "keywords")
"""Of ``data/cues.tsv``: a cue is named in the tables of patterns by its first column."""


def _read_cues() -> tuple[Cue, ...]:
    patterns: dict[str, list[str]] = {}
    for table in PATTERNS:
        for name, pattern in read_table("privacy", table, "cue", "pattern"):
            patterns.setdefault(name, []).append(pattern)
    return tuple(
        Cue(
            Topic(topic),
            detail,
            status,
            tuple(keywords.split("|")),
            re.compile(pattern_of("|".join(patterns[name]))),
            negation == "heard",
        )
        for name, topic, detail, status, negation, keywords in read_rows(
            "privacy", "cues", *COLUMNS
        )
    )


CUES = _read_cues()
"""Every cue; those that need another topic stand behind it."""

"""Models whose terms restrict training on what they make: a table with its sources.

Read on 2026-11-29 as stored pages; where only a page about the terms could be read, the entry says
so. Later releases under other terms are left out on purpose: Llama 3.1 and later ask for a name,
open-weight GPT models are under Apache-2.0.
"""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.knowledge import read_table


@frozen
class OutputTerms:
    """Terms of one family of models on the use of what they make."""

    family: str
    terms: str
    """The document, by name."""
    since: str
    """Date that the terms are known to hold from, as text: of some only the year is known."""
    source: str
    """Where they were read."""
    verified: bool
    """Whether the words themselves were read, and not only a page about them."""
    pattern: re.Pattern[str]
    """How a lower-cased line names the family."""


OUTPUT_TERMS = tuple(
    OutputTerms(family, terms, since, source, read == "words", re.compile(pattern))
    for family, terms, since, source, read, pattern in read_table(
        "vocabulary", "output_terms", "family", "terms", "since", "source", "read", "pattern"
    )
)
"""``data/output_terms.tsv``; the first family that a line names is the one."""


def output_terms(line: str) -> OutputTerms | None:
    """The first family that a lower-cased line names, if its terms restrict training."""
    return next((terms for terms in OUTPUT_TERMS if terms.pattern.search(line)), None)

"""Models whose terms restrict training on what they make: a table with its sources.

Read on 2026-11-29 as stored pages; where only a page about the terms could be read, the entry says
so. Later releases under other terms are left out on purpose: Llama 3.1 and later ask for a name,
open-weight GPT models are under Apache-2.0.
"""

from __future__ import annotations

from dataclasses import dataclass

from provenance import lazy_re as re


@dataclass(frozen=True, slots=True)
class OutputTerms:
    """Terms of one family of models on the use of what they make."""

    family: str
    terms: str
    """The document, by name."""
    since: str
    """ISO date or year that the terms are known to hold from."""
    source: str
    """Where they were read."""
    verified: bool
    """Whether the words themselves were read, and not only a page about them."""
    pattern: re.Pattern[str]
    """How a lower-cased line names the family."""


OUTPUT_TERMS = (
    OutputTerms(
        "GPT",
        "OpenAI Terms of Use, restrictions on output",
        "2023-03-14",
        "https://ospo.co/blog/be-careful-with-openais-terms-of-use/",
        verified=True,
        pattern=re.compile(
            r"\bchat-?gpt\b|\bgpt[- ]?(?:3(?:\.5)?|4\w*|5)\b|text-davinci|\bdavinci-00\d"
            r"|\bopenai api\b"
        ),
    ),
    OutputTerms(
        "Claude",
        "Anthropic Commercial Terms of Service, use restrictions",
        "2023",
        "https://hcy.dannield.com/item?id=44763110",
        verified=False,
        pattern=re.compile(r"\bclaude\b"),
    ),
    OutputTerms(
        "Gemini",
        "Gemini API Additional Terms of Service, use restrictions",
        "2023",
        "https://ai.google.dev/gemini-api/terms",
        verified=False,
        pattern=re.compile(r"\bgemini\b"),
    ),
    OutputTerms(
        "Llama 2 and 3",
        "Llama 2 and Llama 3 Community License, section 1(b)",
        "2023-07-18",
        "https://conductatlas.com/platform/meta/llama-community-license-agreement/"
        "prohibition-on-training-competing-models/",
        verified=True,
        pattern=re.compile(r"\b(?:meta-)?llama[- ]?(?:2|3(?!\.[1-9]))(?![.\d])"),
    ),
)


def output_terms(line: str) -> OutputTerms | None:
    """The first family that a lower-cased line names, if its terms restrict training."""
    return next((terms for terms in OUTPUT_TERMS if terms.pattern.search(line)), None)

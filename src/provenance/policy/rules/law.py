"""Which rules rest on law, as of when, and where the text was read.

A rule whose source could not be read says so: its words are from memory of the law and to be
checked before anybody relies on them.
"""

from __future__ import annotations

from provenance.lazy_classes import dataclass

READ_ON = "2026-11-29"
"""ISO date that the sources below were read on: excerpts of stored copies, none official."""

ARTICLE_14 = "https://gdprhub.eu/index.php?title=Article_14_GDPR"
EDPB_28_2024 = (
    "https://globalregulatoryinsights.com/art/opinion-28-2024-on-certain-data-protection-aspects-"
    "related-to-the-processing-of-personal-data-in-the-context-of-ai-models"
)
TEMPLATE = "https://project-babel.com/documents/eu_training_content_public_summary_template_2025"
RECITAL_107 = "https://www.mishcon.com/eu-uk-ai-navigator/recital/no-107"
ARTICLE_53 = "https://euai.app/article/53"
RECITAL_109 = "https://mmoww.net/ai/laws/eu-ai-act-fine-tuning-gpai-obligations/"
ARTICLE_10 = "https://gdprlearninghub.com/article-10-gdpr/"
GUIDELINES = "https://docs.modulos.ai/frameworks/eu-ai-act/commission-guidance/gpai-models"
SECTION_3111 = (
    "https://casetext.com/statute/california-codes/california-civil-code/division-3-obligations/"
    "part-4-obligations-arising-from-particular-transactions/title-15-internet-neutrality/"
    "chapter-2-mechanics-liens/article-2-who-is-entitled-to-lien/section-3111-repealed"
)

_SUMMARY = (TEMPLATE, RECITAL_107)
_READ: dict[str, tuple[str, ...]] = {
    "GDPR003": (EDPB_28_2024,),
    "GDPR005": (ARTICLE_10,),
    "GDPR007": (ARTICLE_14,),
    "GDPR013": (ARTICLE_14,),
    "GDPR017": (ARTICLE_14,),
    **dict.fromkeys(("AIA001", "AIA003", "AIA004", "AIA006", "AIA007"), _SUMMARY),
    "AIA002": (ARTICLE_53, TEMPLATE, RECITAL_109),
    **dict.fromkeys(("COV003", "LIN002"), (ARTICLE_53,)),
    "LIN001": (RECITAL_109,),
    "AIA008": (*_SUMMARY, GUIDELINES),
    "AIA009": (GUIDELINES,),
}
_UNREAD = frozenset(
    {
        "AIA005", "GDPR001", "GDPR002", "GDPR004", "GDPR006", "GDPR008", "GDPR009", "GDPR010",
        "GDPR011", "GDPR012", "GDPR014", "GDPR015", "GDPR016", "LIC003",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Law:
    """How far the law behind a rule was checked."""

    as_of: str | None
    """ISO date; ``None``: unverified."""
    sources: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """When and in what the law was read, or that it is unverified."""
        if self.as_of is None:
            return "law unverified: its source could not be read"
        return f"law as of {self.as_of}, in secondary sources and not the official text"


def law_of(code: str) -> Law | None:
    """The law behind a rule; ``None``: it rests on none."""
    if code in _READ:
        return Law(READ_ON, _READ[code])
    return Law(None) if code in _UNREAD else None

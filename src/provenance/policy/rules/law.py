"""Which rules rest on law, as of when, and where the text was read.

A rule whose source could not be read says so: its words are from memory of the law and to be
checked before anybody relies on them.
"""

from __future__ import annotations

import datetime

from provenance.frozen import frozen

READ_ON, READ_LATER = datetime.date(2026, 11, 29), datetime.date(2026, 11, 30)
"""Dates that the sources below were read on: excerpts of stored copies, none official."""

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
ARTICLE_4 = "https://gdprhub.eu/index.php?oldid=19148&title=Article_4_GDPR"
ARTICLE_4_14 = "https://gdprhub.eu/index.php?title=Article_4_GDPR&diff=20033&oldid=20032"
ARTICLE_5_1 = "https://freelancedpo.com/?p=144"
ARTICLE_5_2 = "https://www.gla.ac.uk/myglasgow/dpfoioffice/gdpr/principles/"
ARTICLE_6 = "https://moodle.gdprism.eu/mod/page/view.php?id=262"
ARTICLE_9 = "https://gdprhub.eu/index.php?title=Article_9_GDPR&oldid=22076"
ARTICLE_17 = "https://gdprhub.eu/Article%2017%20GDPR"
ARTICLE_21 = "https://gdprhub.eu/index.php?oldid=32851&title=Article_21_GDPR"
ARTICLE_44 = "https://gdprhub.eu/index.php?title=Article_44_GDPR"
RECITAL_38 = "https://gdpr-text.com/es/read/recital-38/?col=2&lang1=sv&lang2=en&lang3=de"
ARTICLE_53_1 = "https://aiexponent.com/docs/license-compliance-checker"
MINING = "https://base.garant.ru/73164300/1b93c134b90c6071b4dc3f495464b753"
"""Directive (EU) 2019/790 Art. 4, in Russian."""
MINING_FOR_RESEARCH = "https://stakeholders.recreating.eu/user/g-dore/topics"
"""Art. 3 and 4 of the same, described."""

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
_READ_LATER: dict[str, tuple[tuple[str, ...], str]] = {
    "AIA005": ((ARTICLE_53_1, MINING), "section 3.1 of the template"),
    "GDPR001": ((ARTICLE_5_2, ARTICLE_14), "Art. 13"),
    "GDPR002": ((ARTICLE_5_2,), ""),
    "GDPR004": ((ARTICLE_9, ARTICLE_4_14), "Art. 9(2)(e) and (j)"),
    "GDPR006": ((ARTICLE_4,), "recital 30"),
    "GDPR008": ((ARTICLE_17, ARTICLE_21), "Art. 12(2)"),
    "GDPR009": ((ARTICLE_4,), "Art. 25(1), 32(1)(a) and 89(1), recital 26"),
    "GDPR010": ((ARTICLE_6, ARTICLE_9, ARTICLE_4_14), "Art. 7, Art. 9(2)(e) and (j)"),
    "GDPR011": ((RECITAL_38, ARTICLE_6), ""),
    "GDPR012": ((ARTICLE_44,), "Art. 45 to 49"),
    "GDPR015": ((ARTICLE_17,), "Art. 19"),
    "GDPR016": ((ARTICLE_5_1,), ""),
    "LIC003": ((MINING, MINING_FOR_RESEARCH), "Berne Convention Art. 9"),
}
"""Sources read on :data:`READ_LATER`, and what else the rule names and could not be read."""
_UNREAD = frozenset({"GDPR014"})


@frozen
class Law:
    """How far the law behind a rule was checked."""

    as_of: datetime.date | None
    """``None``: unverified."""
    sources: tuple[str, ...] = ()
    unread: str | None = None
    """What the rule names beside and could not be read."""

    @property
    def words(self) -> str:
        """When and in what the law was read, or that it is unverified."""
        if self.as_of is None:
            return "law unverified: its source could not be read"
        rest = f"; not read: {self.unread}" if self.unread else ""
        return f"law as of {self.as_of}, in secondary sources and not the official text{rest}"


def law_of(code: str) -> Law | None:
    """The law behind a rule; ``None``: it rests on none."""
    if code in _READ:
        return Law(READ_ON, _READ[code])
    if code in _READ_LATER:
        return Law(READ_LATER, *_READ_LATER[code])
    return Law(None) if code in _UNREAD else None

"""What a card may document that privacy and transparency rules look at.

Each topic is a word of its own; the ``detail`` of a signal narrows it.
"""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """One thing that a card may document or let one suppose."""

    LAWFUL_BASIS = "lawful-basis"
    CONSENT = "consent"
    NO_CONSENT = "no-consent"
    SPECIAL_CATEGORY = "special-category"
    """GDPR Art. 9(1); the detail is the category."""
    CRIMINAL = "criminal"
    """GDPR Art. 10."""
    IDENTIFYING_COLUMN = "identifying-column"
    """A column of ``dataset_info``; the detail is what it identifies by."""
    FOUND = "found"
    """``language_creators: found``: text of people who did not write it for the set."""
    CRAWL = "crawl"
    CRAWLER = "crawler"
    CRAWL_PERIOD = "crawl-period"
    CRAWL_DOMAINS = "crawl-domains"
    TDM_RESERVATION = "tdm-reservation"
    """How machine-readable reservations of rights are treated (Directive (EU) 2019/790 Art. 4)."""
    REMOVAL_ROUTE = "removal-route"
    CONTACT = "contact"
    ANONYMISED = "anonymised"
    PEOPLE_MEDIA = "people-media"
    """People's voices, faces or bodies; the detail is ``audio``, ``image`` or ``video``."""
    CHILDREN = "children"
    TRANSFER = "transfer"
    """Sent to a third country (GDPR chapter V)."""
    USER_CONVERSATIONS = "user-conversations"
    GATE_TERMS = "gate-terms"
    WITHDRAWN = "withdrawn"
    RETENTION = "retention"
    CONTROLLER = "controller"
    SYNTHETIC = "synthetic"
    GENERATOR = "generator"
    SOURCE_TYPE = "source-type"
    """``public``, ``private``, ``scraped``, ``user``, ``synthetic`` or ``other``: the kinds of the
    Commission's template for the public summary of training content (July 2025)."""
    SIZE = "size"
    MODALITY = "modality"
    """Of a model: whether its task ``generates`` language, images or video, or is ``other``."""
    COMPUTE = "training-compute"
    """FLOP of a model's training; the detail is the number."""
    SUMMARY = "training-summary"
    """A public summary of training content (Regulation (EU) 2024/1689 Art. 53(1)(d))."""
    COPYRIGHT_POLICY = "copyright-policy"
    """Regulation (EU) 2024/1689 Art. 53(1)(c)."""


DOCUMENTED = "documented"
INDICATED = "indicated"
DENIED = "denied"
"""The card mentions it and says that it is not so ("was consent obtained? No")."""
UNDECIDED = "undecided"
"""The card mentions it and says neither ("anonymisation is planned")."""
AFFIRMED = frozenset({DOCUMENTED, INDICATED})
"""Statuses of a signal on which a rule may rely."""

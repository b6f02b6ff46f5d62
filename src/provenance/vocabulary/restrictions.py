"""Terms that narrow the use of data, as licenses and their texts state them."""

from __future__ import annotations

from enum import StrEnum


class Restriction(StrEnum):
    """A term that narrows use. Values are stable: they appear in JSON and in policies."""

    NON_COMMERCIAL = "non-commercial"
    RESEARCH_ONLY = "research-only"
    NO_DERIVATIVES = "no-derivatives"
    SHARE_ALIKE = "share-alike"
    ATTRIBUTION = "attribution"
    USE_RESTRICTIONS = "use-restrictions"
    MODEL_OUTPUT_TERMS = "model-output-terms"
    REGISTRATION = "registration"
    ALL_RIGHTS_RESERVED = "all-rights-reserved"
    DATABASE_ONLY = "database-only"
    """Rights in the database, none in its individual contents (ODC-By 1.0 section 2.4)."""
    NO_TRAINING = "no-training"
    """No model may be trained on it, or none but its publisher's."""

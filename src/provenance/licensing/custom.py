"""Terms with a proper name of their own and no SPDX id: "Acme User Agreement", "DUA"."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.knowledge import read_words
from provenance.vocabulary.identifiers import reference
from provenance.vocabulary.restrictions import Restriction

TERMS = re.compile(
    r"\b((?:[A-Z][\w.’'-]{0,40}\s(?:(?:&|and|of|the|for)\s){0,2}){0,6}(?:[Dd]ata\s|[Uu]ser\s|[Uu]se\s|[Cc]ommer(?:ci|ic)al\s|[Aa]cademic\s|[Rr]esearch\s"
    r"|[Ll]icen[sc]e\s)?(?:[Ll]icen[sc]e(?:\s[Aa]greement)?|[Aa]greements?|Terms(?:\s(?:of|and)\s\w+)?"
    r"|Conditions\sof\sUse|DUA)(?:\s(?:v(?:ersion)?\.?\s?)?\d(?:\.\d)?)?)(?![\w-])"
)
"""A proper name of terms: "Microsoft Research Data License Agreement", "Conditions of Use"."""

_NO_NAME = frozenset(read_words("licensing", "no_names"))
"""Words that name nothing before "license" or "agreement"."""


def is_proper_name(name: str) -> bool:
    """Whether the words before "license" or "agreement" name it.

    "BNC Licence" and "academic license" do; "This Agreement" and "Additionally the license" do not.
    "Data Use Agreement" is a kind of agreement that people know by that name.
    """
    if name.lower() in {"usage and license", "usage and licence"}:
        return False  # the start of "Usage and License Notices"
    words = [word.strip(".,:;'’").lower() for word in name.split()]
    if (
        "data use agreement" in name.lower()
        or "dua" in words
        or "conditions of use" in name.lower()
    ):
        return True
    return any(word not in _NO_NAME for word in words)


def custom_terms(name: str) -> tuple[str, tuple[Restriction, ...]]:
    """Symbol and restrictions of terms that have a name of their own and no SPDX id.

    "Academic license" says in its name that it is for research; a misspelt "Commerical License" is
    ``LicenseRef-Commercial``.
    """
    lowered = name.lower()
    if re.search(r"^(?:\w+\s)?commer(?:ci|ic)al\slicen[sc]e", lowered) and "non" not in lowered:
        return "LicenseRef-Commercial", ()
    restrictions = []
    if re.search(r"non[-\s]?commercial", lowered):
        restrictions.append(Restriction.NON_COMMERCIAL)
    if re.search(r"academic|research\s(?:use|only)", lowered):
        restrictions.append(Restriction.RESEARCH_ONLY)
    if re.search(r"user?\sagreement", lowered):
        restrictions.append(Restriction.REGISTRATION)
    return reference(name), tuple(sorted(restrictions, key=lambda r: r.value))

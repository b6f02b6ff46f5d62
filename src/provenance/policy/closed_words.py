"""Texts that a condition of one's own holds against a value which can never be them.

``"non-comercial" in set.restrictions`` is sound CEL and never true: the words of a restriction are
a closed list. A rule that can never fire, or always does, looks like one that finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.licensing import group_names
from provenance.meant import did_you_mean, nearest
from provenance.report.license import LicenseState
from provenance.report.training import DeclaredIn, Role
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.topics import Topic

_STATES = frozenset(state.value for state in LicenseState)
_TERMS = frozenset(term.value for term in Restriction)
CLOSED: dict[str, frozenset[str]] = {
    "set.role": frozenset({role.value for role in Role} - {Role.EVALUATION.value}),
    "set.license_state": _STATES,
    "set.restrictions": _TERMS,
    "set.groups": frozenset(group_names()),
    "set.declared_in": frozenset(place.value for place in DeclaredIn),
    "set.personal_data": frozenset({"stated", "placeholder", "absent", "unknown"}),
    "set.statement": frozenset({"contains", "none", "anonymised", ""}),
    "set.signals": frozenset(topic.value for topic in Topic),
    "subject.kind": frozenset({"model", "dataset", "corpus"}),
    "subject.license_state": _STATES,
    "subject.restrictions": _TERMS,
}
"""Variables of a condition whose words are a closed list."""
_TEXT = r"\"([^\"\\]{0,200})\"|'([^'\\]{0,200})'"
_NAME = "|".join(sorted((re.escape(name) for name in CLOSED), key=len, reverse=True))
_FORMS = (
    re.compile(rf"(?:{_TEXT})\s{{0,20}}(?:in|==|!=)\s{{0,20}}({_NAME})\b"),
    re.compile(rf"\b({_NAME})\s{{0,20}}(?:==|!=)\s{{0,20}}(?:{_TEXT})"),
)
_LISTED = re.compile(rf"\b({_NAME})\s{{0,20}}in\s{{0,20}}\[([^\]]{{0,400}})\]")
_EACH = re.compile(_TEXT)


def impossible_words(when: str) -> str | None:
    """What is wrong with the first text that its variable can never hold; ``None``: nothing."""
    for name, text in _held_against(when):
        known = CLOSED[name]
        if text not in known:
            hint = did_you_mean(map(repr, nearest(text, sorted(known))))
            listed = ", ".join(sorted(word for word in known if word))
            return f"{text!r} is never in {name}{hint} (there is {listed})"
    return None


def _held_against(when: str) -> Iterator[tuple[str, str]]:
    """Names of variables and the texts that they are held against, as written."""
    for match in _FORMS[0].finditer(when):
        yield match[3], match[1] if match[1] is not None else match[2]
    for match in _FORMS[1].finditer(when):
        yield match[1], match[2] if match[2] is not None else match[3]
    for match in _LISTED.finditer(when):
        for text in _EACH.finditer(match[2]):
            yield match[1], text[1] if text[1] is not None else text[2]

"""How the words around a name change it: two names joined by "or", a license that was modified."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.licensing.meanings import ReadValue
from provenance.licensing.sentence import Name
from provenance.report.license import Meaning
from provenance.vocabulary.identifiers import is_family, reference

_EITHER = re.compile(r"[^,;.\n]{0,60}?\s(?:or|oder|ou|OR)\s[^,;.\n]{0,30}")
_NOT_EITHER = re.compile(r"\b(?:and|later|newer|any|neither|nor)\b", re.IGNORECASE)


def alternatives(text: str, names: list[Name]) -> list[Name]:
    """Names joined by "or" as one expression: "dual-licensed under MIT or Apache 2.0"."""
    kept: list[Name] = []
    for name in names:
        last = kept[-1] if kept else None
        between = text[last.at : name.at] if last is not None else ""
        joined = _EITHER.fullmatch(between) is not None and not _NOT_EITHER.search(between)
        if last is not None and joined and not (is_family(last.symbol) or is_family(name.symbol)):
            kept[-1] = Name(last.at, f"{last.symbol} OR {name.symbol}")
            continue
        kept.append(name)
    return kept


_MODIFIES = re.compile(
    r"(?:\bmodified|\bcustomi[sz]ed|\bamended|\bextended|\brestricted|\baltered|\badapted|\bvariant\sof|\bversion\sof|\bbased\son|\bsimilar\sto"
    r"|\binspired\sby|\bderived\sfrom|\bmodification\sof)\s(?:(?:an?|the)\s)?[*_`\[\"(]*$",
    re.IGNORECASE,
)
_MODIFIED_AFTER = re.compile(
    r"[^.;\n]{0,30}?[\s-](?:(?:style|like)\b|with\s(?:the\sfollowing\s|some\s|additional\s|added\s|extra\s|use\s|further\s)*(?:modif|amend|restrict|condition|exception|commons\sclause|clause|term|change|limitation)"
    r"|plus\s(?:the\s)?commons\sclause|\(modified\)|non-?ai\b)",
    re.IGNORECASE,
)


def qualified(text: str, name: Name) -> ReadValue | None:
    """A name that words beside it make another license: "a modified MIT license"."""
    before, after = text[: name.at], text[name.at :]
    if _MODIFIES.search(before) is None and _MODIFIED_AFTER.match(after) is None:
        return None
    return ReadValue(Meaning.MODIFIED, reference(f"modified-{name.symbol}"))

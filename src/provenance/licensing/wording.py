"""What words about use mean: restrictions, grants, reservations, placeholders, and their scope."""

from __future__ import annotations

import re

from provenance.license import Restriction

_I = re.IGNORECASE

_BOTH = re.compile(
    r"commercial(?:ly)?\s?(?:,|and|or|/|&|as well as)+\s?(?:for\s)?non[-\s]?commercial"
    r"|non[-\s]?commercial(?:ly)?\s?(?:,|and|or|/|&|as well as)+\s?(?:for\s)?commercial"
    r"|(?:even|including|also)\s(?:for\s)?commercial|free\sfor\scommercial"
    r"|commercial\suse\s(?:is\s)?(?:allowed|permitted|ok)|may\s(?:be\s)?used?\scommercially",
    _I,
)
_NON_COMMERCIAL = re.compile(
    r"non[-‐‑\s]?commercial|not?\s(?:be\sused\s)?(?:for\s)?(?:any\s)?commercial(?!ly\savail)"
    r"|(?:not|never|no)\s(?:\w+\s){0,6}(?:for\s)?(?:any\s)?commercial\s(?:use|purpose|gain|exploit)"
    r"|commercial\suse\s(?:is|are)\s(?:not|strictly|prohibited|forbidden)"
    r"|commercial\s(?:use|usage|purposes?)\s(?:\w+\s){0,4}(?:prohibited|forbidden|not\sallowed)"
    r"|(?:prohibit|forbid)\w*\s(?:\w+\s){0,4}commercial"
    r"|nicht[-\s]?kommerziell|no\scomercial|fins\sno\scomercials|não[-\s]?comercia"
    r"|non\scommercia(?:le|li|ux)|некоммерческ|非商业|非商業|非営利|商用利用(?:不可|禁止)|비상업"
    r"|禁止商用|不得(?:用于)?商业",
    _I,
)
_RESEARCH = r"(?:academic|research|scientific|educational?|scholarly|teaching|non-?profit|evaluation|personal)"
_RESEARCH_ONLY = re.compile(
    rf"(?:only|solely|exclusively|strictly|restricted|limited|intended)\s(?:\w+\s){{0,4}}?"
    rf"(?:for|to)\s(?:the\spurposes?\sof\s)?(?:the\s|use\sin\s|non[-\s]?commercial\s|\w+,\s|and\s|or\s)*"
    rf"{_RESEARCH}(?!ers)(?:\W+(?:and|or|&)?\W?{_RESEARCH})*"
    rf"|{_RESEARCH}(?:\W{{0,3}}(?:and|or|&|/)?\W{{0,2}}\w+){{0,3}}\s(?:purposes?|use|usage)\s?only"
    rf"|{_RESEARCH}[-\s]only\b|(?:only|solely)\s(?:be\s)?(?:used?|allowed|available)\s(?:\w+\s){{0,3}}"
    rf"(?:for|in)\s(?:\w+\s){{0,2}}{_RESEARCH}"
    rf"|for\spurposes\sof\s{_RESEARCH}\sresearch"
    r"|только\s(?:для|в)\s(?:\w+\s)?(?:научн|исследоват)|仅(?:供|限|用于)(?:学术|科研|研究)"
    r"|研究(?:目的|用途)(?:のみ|に限|로만)|연구\s?(?:목적|용)(?:으로만|으로\s?만)",
    _I,
)
_NO_DERIVATIVES = re.compile(
    r"no[-\s]derivative|(?:not|never)\s(?:be\s)?(?:modif|alter|adapt)\w+\s(?:the|this|or)|改変禁止",
    _I,
)
_REGISTRATION = re.compile(
    r"(?:agreement|form|licen[sc]e)\s(?:must|needs?\sto|has\sto|should)\sbe\s(?:signed|filled|completed)"
    r"|sign(?:ing|ed)?\s(?:a|an|the|this)\s(?:\w+\s){0,4}(?:agreement|dua\b|licen[sc]e)"
    r"|requires?\s(?:an?\s)?(?:\w+\s){0,2}(?:registration|agreement|signature|membership)"
    r"|(?:upon|after|by|on)\s(?:request|registration|application)\b"
    r"|requests?\s(?:access|permission)\s(?:to|from|by)|members?\sonly",
    _I,
)
_REDISTRIBUTION = re.compile(
    r"(?:not|never|no)\s(?:be\s)?(?:\w+\s){0,3}?(?:re-?)?(?:distribut|publish|shar|resell|sold)\w*"
    r"|redistribution\s(?:is\s)?(?:not|prohibited|forbidden)",
    _I,
)


def restrictions_in(text: str) -> tuple[Restriction, ...]:
    """Restrictions of use that ``text`` (a sentence or a line) says in words, sorted by value.

    "For commercial or non-commercial purposes" restricts nothing; "for research purposes only"
    and "not for commercial use" do.
    """
    found: set[Restriction] = set()
    if _NON_COMMERCIAL.search(text) and not _BOTH.search(text):
        found.add(Restriction.NON_COMMERCIAL)
    if _RESEARCH_ONLY.search(text):
        found.add(Restriction.RESEARCH_ONLY)
    if _NO_DERIVATIVES.search(text):
        found.add(Restriction.NO_DERIVATIVES)
    if _REGISTRATION.search(text):
        found.add(Restriction.REGISTRATION)
    if _REDISTRIBUTION.search(text):
        found.add(Restriction.USE_RESTRICTIONS)
    return tuple(sorted(found, key=lambda r: r.value))

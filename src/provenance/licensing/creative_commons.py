"""Creative Commons licenses as people write them: ``CC BY-NC-SA 4.0``, in words, in links.

The name is read token by token from where "CC" or "Creative Commons" (or the elements alone)
begins, so the cost is one pass whatever stands there.
"""

from __future__ import annotations

import itertools

from provenance import lazy_re as re
from provenance.vocabulary.identifiers import PUBLIC_DOMAIN, spdx_ids

_SKIP = r"\s*+(?:[-_–—‐‑/()\[\]*`:,\"“”'’+.「」『』【】]\s*+){0,4}+"
_ELEMENT = re.compile(
    _SKIP
    + r"""(?:
  (?P<NC>no[nt][-‐‑\s]?commercial(?:ly)?(?:[-‐‑\s]uses?)?(?:[-‐‑\s]only)?|nc(?![a-z])|no[-\s]?comercial
     |nicht[-\s]?kommerziell(?:e\snutzung)?|pas\sd['’]utilisation\scommerciale|non\scommerciale
     |nietcommercieel|非営利|非商业性使用|非商業性|비영리)
 |(?P<SA>share[-‐‑\s]*a?like|sa(?![a-z])|compartir\s?igual|compartilha\s?igual
     |partage\sdans\sles\smêmes\sconditions|weitergabe\sunter\sgleichen\sbedingungen
     |condividi\sallo\sstesso\smodo|gelijkdelen|継承|相同方式共享|동일조건변경허락)
 |(?P<ND>no[-‐‑\s]?deriv(?:ative|ate|s)*(?:[-\s]works?)?|nd(?![a-z])|keine[-\s]bearbeitung(?:en)?
     |sin\s?(?:obra\s?)?derivadas?|sem\s?derivações|pas\sde\smodification|改変禁止|禁止演绎|변경금지)
 |(?P<BY>attributions?|by(?=[-‐‑_\s/)\]*`.,:\d]|$)|reconocimiento|atribución|atribuição|attribuzione
     |namensnennung|naamsvermelding|paternité|表示|署名|저작자표시)
 |(?P<ZERO>zero|0(?![\d.]*\d)|0(?=[-\s]*1\.0))
 |(?P<MARK>public[-\s]domain(?:[-\s](?:mark|dedication))?|pdm?(?![a-z]))
 |(?P<VERSION>(?:v(?:ersion|er)?\.?\s*)?(?:[1-4]\.[0-9]|[1-4]-[05](?!\d)|[1-4]))(?![\d.]*\d)
 |(?P<UNIVERSAL>universal)
 |(?P<FILLER>legal\scode|licen[cs]e[ds]?(?![a-z])|licencia|licença|lizenz|licenza|international(?:e|es|al)?
     |intl\.?|unported|generic|internacional|internazionale|commons|creative\s?commons
     |cc(?![a-z])|cc(?=by)|クリエイティブ・コモンズ|知识共享|크리에이티브\s커먼즈|ライセンス|许可协议|國際|国际|国際|라이선스)
)""",
    re.IGNORECASE | re.VERBOSE,
)
_AMBIGUOUS_BY = re.compile(r"\sby\s+(?!sa\b|nc\b|nd\b|v?\d|licen)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.,:]\s+$")


def read_name(text: str, start: int) -> tuple[str, int] | None:
    """Symbol and end of the Creative Commons name that begins at ``start``.

    The text at ``start`` is "CC", "Creative Commons" or an element such as "Attribution-". Returns
    a family (``CC-BY-SA``, ``CC``) when no version is given.
    """
    at = start
    seen: dict[str, str] = {}
    for count in itertools.count():
        match = _ELEMENT.match(text, at)
        if match is None or _stops(text, at, match, seen, count):
            break
        kind = match.lastgroup or "FILLER"
        seen.setdefault(kind, match[kind])
        at = match.end()
    if not seen:
        return None
    return symbol_of(frozenset(seen), seen.get("VERSION")), at


def _stops(text: str, at: int, match: re.Match[str], seen: dict[str, str], count: int) -> bool:
    """Whether the next token belongs to something else."""
    kind = match.lastgroup or "FILLER"
    gap = text[at : match.start(kind)]
    if "\n\n" in gap or (count and _SENTENCE_END.search(gap) and kind not in {"VERSION"}):
        return True
    if kind == "VERSION":
        return "VERSION" in seen or ("," in gap and not match[kind].lower().startswith("v"))
    if kind == "BY":
        return match[kind] == "by" and _AMBIGUOUS_BY.match(text, match.start(kind) - 1) is not None
    if kind == "FILLER" and match[kind].lower().startswith(("cc", "creative")):
        return count > 0
    return kind in seen and kind != "FILLER"


def symbol_of(elements: frozenset[str], version: str | None) -> str:
    """Symbol for Creative Commons elements (``BY``, ``NC``, ``SA``, ``ND``, ``ZERO``, ``MARK``).

    "1.0 Universal" is the title of no other license than CC0.

    Every license of version 2.0 and later asks for attribution, so ``NC`` alone means ``BY-NC``
    (https://creativecommons.org/2004/05/25/announcingandexplainingournew20licenses/).
    """
    if "ZERO" in elements:
        return "CC0-1.0"
    parts = [e for e in ("NC", "SA", "ND") if e in elements]
    if not parts and "BY" not in elements and "UNIVERSAL" in elements:
        return "CC0-1.0"
    if not parts and "BY" not in elements:
        return PUBLIC_DOMAIN if "MARK" in elements else "CC"
    if "ND" in parts and "SA" in parts:
        parts.remove("SA")
    family = "-".join(["CC", "BY", *parts])
    if version is None:
        return family
    digits = re.sub(r"^\D+", "", version).replace("-", ".")
    full = f"{family}-{digits if '.' in digits else digits + '.0'}"
    return spdx_ids().get(full.lower(), family)


_DEED = re.compile(
    r"creativecommons\.org/(?:licen[sc]es/(by(?:-nc)?(?:-sa|-nd)?|nc-sa|sa|nc)(?![a-z])"
    r"(?:/(\d\.\d))?|publicdomain/(zero|mark)|licen[sc]es/(zero|publicdomain)|(?:share-your-work/)?(?:public-domain/)?(cc0))",
    re.IGNORECASE,
)


def read_link(url: str) -> str | None:
    """Symbol for a link to a Creative Commons deed, legal code or button; ``None`` if it is none.

    ``https://creativecommons.org/licenses/by/2.5/za/`` (a national port without an SPDX id of its
    own) reads as CC-BY-2.5. A button (``licensebuttons.net/l/by-sa/4.0``) reads as its deed.
    """
    match = _DEED.search(url) or _BUTTON.search(url)
    if match is None:
        return None
    elements, version = match[1], match[2]
    if elements is None:
        special = next((g for g in match.groups()[2:] if g), "").lower()
        return "CC0-1.0" if special in {"zero", "cc0"} else _marked(special)
    return symbol_of(frozenset(elements.upper().split("-")), version)


def _marked(special: str) -> str:
    return "CC-PDM-1.0" if special == "mark" else PUBLIC_DOMAIN


_BUTTON = re.compile(
    r"(?:licensebuttons\.net|i\.creativecommons\.org)/[lp]/(by(?:-nc)?(?:-sa|-nd)?|nc-sa|sa)"
    r"(?:/(\d\.\d))?|(?:licensebuttons\.net|i\.creativecommons\.org)/[lp]/(zero|mark)",
    re.IGNORECASE,
)

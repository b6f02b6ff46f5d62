"""Numbers with units, as cards write them: ``726,484,430``, ``87.7 K``, ``23.43 GB of text``."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.frozen import frozen

_SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12}
_WORD_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_BYTES = {
    "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12,
    "kib": 2.0**10, "mib": 2.0**20, "gib": 2.0**30, "tib": 2.0**40,
}  # fmt: skip
_QUANTITY = re.compile(
    r"(?<![\w.,^])(?<!\d[-–])[~≈>]?\s{0,2}"
    r"(\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:[, \u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?![.,^–-]?\d|[eE]\d)\s{0,2}"
    r"(%|percent\b|[KMGT]i?B\b|bytes\b|thousand\b|million\b|billion\b|trillion\b|[KMBT]\b|bn\b)?",
    re.IGNORECASE,
)

LARGEST = 1e18
"""More than anything published counts, in any unit; a larger number is no count."""
_MOST_DIGITS = 40

_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""``300.000``: three hundred or three hundred thousand, depending on who wrote it."""


@frozen
class Quantity:
    """A number and what its suffix says: ``bytes``, ``percent`` or nothing."""

    value: float
    unit: str | None


def parse_quantity(text: str) -> Quantity | None:
    """The first number in ``text`` with its scale applied; ``None`` when it cannot be told.

    Ranges, powers and ``300.000`` cannot: an unknown weight is an interval, a wrong one a lie.

    ``GB`` is 10⁹ bytes and ``GiB`` 2³⁰ (IEC 80000-13).
    """
    match = _QUANTITY.search(text)
    if match is None:
        return None
    digits = match[1].replace(".", "") if match[1].count(".") > 1 else match[1]
    suffix = (match[2] or "").lower()
    if not suffix and _AMBIGUOUS.fullmatch(digits):
        return None
    if len(digits) > _MOST_DIGITS:
        return None
    number = float(re.sub(r"[, \u202f]", "", digits))
    if suffix in {"%", "percent"}:
        quantity = Quantity(number, "percent")
    elif suffix == "bytes":
        quantity = Quantity(number, "bytes")
    elif suffix in _BYTES:
        quantity = Quantity(number * _BYTES[suffix], "bytes")
    else:
        quantity = Quantity(number * (_WORD_SCALES.get(suffix) or _SCALES.get(suffix, 1.0)), None)
    return quantity if quantity.value <= LARGEST else None


_SIZE = re.compile(
    r"(?i)[~≈]?\s?(?<![\w.])(?P<number>\d[\d.,]{0,15}\s?(?:[kmgt]i?b\b|[kmb]\b|bn\b|thousand\b"
    r"|million\b|billion\b|trillion\b)?)\s{0,2}(?:(?:[a-z-]{2,12} ){0,2}(?P<unit>tokens|words"
    r"|sentences|pairs|documents|examples|samples|articles|books|tweets|reviews|questions|images"
    r"|hours|characters|lines|papers|abstracts|files|dialogues)\b)?"
)


def sizes_in(text: str) -> list[tuple[str, float]]:
    """Sizes with a unit, as ``(unit, value)``."""
    sizes = []
    for match in _SIZE.finditer(text):
        quantity = parse_quantity(match["number"])
        unit = (match["unit"] or "").lower()
        if quantity is not None and (unit or quantity.unit == "bytes"):
            sizes.append((quantity.unit or unit, quantity.value))
    return sizes

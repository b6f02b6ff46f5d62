"""The Hub API's answer for one repository, as far as an audit reads it.

Source of the fields: ``/api/{models,datasets}/<id>`` as ``huggingface_hub``'s ``ModelInfo`` and
``DatasetInfo`` read it.
"""

from __future__ import annotations

import msgspec


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
    main_size: int | None = None
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
        msgspec.DecodeError: not JSON, or a field has another type.

    """
    return msgspec.json.decode(data, type=RepoInfo)

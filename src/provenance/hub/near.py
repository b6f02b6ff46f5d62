"""Which repositories of a snapshot somebody may have meant who named one that it does not hold."""

from __future__ import annotations

from provenance.hub.digest import Digest
from provenance.hub.snapshot import Snapshot
from provenance.meant import nearest
from provenance.refs import RepoKind, RepoRef

_MOST = 3


def near_paths(snapshot: Snapshot | Digest, ref: RepoRef) -> tuple[str, ...]:
    """Paths (``datasets/rajpurkar/squad``) like the one asked for, likeliest first; three at most.

    The same name under another owner or as the other kind comes before a name that looks alike.

    Raises:
        SourceError: a folder of the snapshot cannot be listed.

    """
    own_name = ref.id.rpartition("/")[2].lower()
    held = [f"{kind.folder}/{i}" for kind in RepoKind for i in snapshot.ids(kind)]
    of_name: dict[str, list[str]] = {}
    for path in held:
        of_name.setdefault(path.rpartition("/")[2].lower(), []).append(path)
    near = nearest(own_name, of_name, _MOST, alike=0.75)
    paths = [path for name in dict.fromkeys([own_name, *near]) for path in of_name.get(name, ())]
    return tuple(path for path in paths if path != ref.path)[:_MOST]

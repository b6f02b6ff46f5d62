"""Keys of the nodes of a lineage: how a report, a finding and an exception name one thing."""

from __future__ import annotations

MODELS = "models/"
DATASETS = "datasets/"
NAMED = "named:"
"""Before the words of what has no id."""
PUBLIC_HUB = "https://huggingface.co"
"""Where a key is looked up when nothing says on which Hub."""


def model_key(repo_id: str) -> str:
    """``models/owner/name``."""
    return f"{MODELS}{repo_id}"


def dataset_key(repo_id: str) -> str:
    """``datasets/owner/name``."""
    return f"{DATASETS}{repo_id}"


def set_key(repo_id: str | None, name: str) -> str:
    """Of a training set: that of its repository, or ``named:words`` where it has no id."""
    return f"{NAMED}{name}" if repo_id is None else dataset_key(repo_id)


def key_name(key: str) -> str:
    """The id, or the words, that a key is for."""
    for prefix in (MODELS, DATASETS, NAMED):
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    return key

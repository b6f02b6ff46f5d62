"""A local Hub for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.hub.live import LiveHub
from provenance.hub.pace import RequestLimits

from .server import LocalHub, running_hub

CARD = b"---\nlicense: mit\n---\n# A card\n"
FAST = RequestLimits(connect=2, read=0.4, answer=1.0, attempts=3, backoff=0.01, wait=3.0)

"""Limits that a test of slow answers reaches soon."""
PATIENT = RequestLimits(connect=30, read=30, answer=60, attempts=3, backoff=0.01, wait=60)
"""For tests of what is asked and kept: a busy machine is no slow Hub."""


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with running_hub() as running:
        yield running


@pytest.fixture
def live(hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveHub:
    """A client without token and with an empty cache."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_IMPLICIT_TOKEN", True)
    return LiveHub(hub.url, limits=FAST, cache=tmp_path / "hf", offline=False)

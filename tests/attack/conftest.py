"""A hostile Hub for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hub.server import LocalHub, running_hub

from provenance.hub.live import LiveHub
from provenance.hub.pace import RequestLimits

IMPATIENT = RequestLimits(connect=2, read=0.5, answer=0.8, attempts=2, backoff=0.01, wait=2.0)


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with running_hub() as running:
        yield running


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "hf"


@pytest.fixture
def live(hub: LocalHub, cache: Path) -> LiveHub:
    """A client without token and with an empty cache."""
    return LiveHub(hub.url, "", limits=IMPATIENT, cache=cache, offline=False)

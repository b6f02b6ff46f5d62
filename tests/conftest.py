"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# a slow machine is no failing property: deadlines would make results depend on the load
settings.register_profile(
    "steady", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs real cards or is hostile: a tracer takes two thirds of its time."""
    hostile = Path(__file__).parent / "attack"
    for item in items:
        real = isinstance(item, pytest.Function) and "shared" in item.fixturenames
        if real or item.path.is_relative_to(hostile):
            item.add_marker("untraced")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real cards and labels beside the checkout."""
    default = Path(__file__).resolve().parents[1].parent / "shared"
    path = Path(os.environ.get("PROVENANCE_SHARED", default))
    if not path.is_dir():
        pytest.skip("../shared is absent: real cards and labels are not part of the repository")
    return path

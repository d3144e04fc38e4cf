"""The phone contract runs on the simulated phone and on the real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.phone.world import RealWorld, SimulatedWorld, World


@pytest.fixture
def real(tmp_path: Path) -> Iterator[RealWorld]:
    """The engine with baresip as its peer."""
    world = RealWorld(tmp_path)
    yield world
    world.close()


@pytest.fixture(params=["simulated", "real"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """Both worlds, one after the other."""
    if request.param == "real":
        yield request.getfixturevalue("real")
        return
    simulated = SimulatedWorld()
    yield simulated
    simulated.close()

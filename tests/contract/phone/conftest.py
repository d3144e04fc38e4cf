"""The phone contract runs on the simulated phone and on the real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from receptionist.model.office import Line
from tests.contract.phone.engine_process import EngineProcess
from tests.contract.phone.speaking import Opened, SpeakingOffice
from tests.contract.phone.world import RealWorld, SimulatedWorld, World, trunk
from tests.doubles.sip.raw import RawPhone


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


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EngineProcess]:
    """An engine that is silent."""
    with EngineProcess(tmp_path) as engine:
        yield engine


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Opens offices that speak, with settings of the engine."""
    offices: list[SpeakingOffice] = []

    def office(**settings: object) -> SpeakingOffice:
        offices.append(SpeakingOffice(tmp_path, **settings))
        return offices[-1]

    yield office
    for one in offices:
        one.desk.phone.stop()


@pytest.fixture
def raw() -> Iterator[RawPhone]:
    with RawPhone() as peer:
        yield peer


@pytest.fixture
def line(engine: EngineProcess) -> Line:
    return engine.register(trunk("127.0.0.1"))

"""Whether a voice drops out while the console is kept busy, beside baresip under the same load.

The console has the call itself: its window burns Python and paints all the time, on its main
thread. For baresip the same console stands beside it, as busy, without a call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.benchmarks.figures import Figure, Target
from tests.benchmarks.office import dialled, move_in
from tests.benchmarks.processes import Console
from tests.benchmarks.registrar import Registrar
from tests.benchmarks.rig import Rig, sentences
from tests.benchmarks.test_voice import TEXTS, WAYS, side, spoken, their_call
from tests.doubles.sip.baresip import Baresip

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

CLIENTS = 20
_DEVICES = """\
microphone = "near_mouth_mic"
headset = "near_ear"
ringing = "near_ear"
"""


@pytest.fixture
def rig() -> Iterator[Rig]:
    with Rig() as one:
        yield one


@pytest.fixture
def desk(rig: Rig, registrar: Registrar, display: str, data_directory: Path) -> Iterator[Console]:
    """A console with the near headset."""
    move_in(data_directory, registrar.place, CLIENTS)
    with (data_directory / "settings.toml").open("a", encoding="utf-8") as settings:
        settings.write(_DEVICES)
    environment = {**rig.pulse.environment, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    with Console(data_directory, environment) as one:
        yield one


@contextmanager
def busy(desk: Console) -> Iterator[None]:
    """Its window has no rest."""
    desk.say("busy")
    desk.wait("busy")
    yield
    desk.say("rest")
    desk.wait("rest")


@contextmanager
def its_call(rig: Rig, desk: Console, port: int, home: Path) -> Iterator[None]:
    """The console talks with the far baresip."""
    with Baresip(home / "far", devices=side(rig, "far")) as far:
        far.dial(f"sip:{dialled(1)}@127.0.0.1:{port}")
        desk.wait("ringing")
        desk.say("answer")
        far.wait("CALL_ESTABLISHED")
        yield
        far.hang_up()


def test_no_dropout_while_the_console_is_busy(
    rig: Rig, desk: Console, tmp_path: Path, record: Callable[[Figure], None]
) -> None:
    speech = sentences(tmp_path, TEXTS)
    port = desk.up()["port"]
    with their_call(rig, tmp_path / "theirs"), busy(desk):
        theirs = spoken(rig, speech)
    with its_call(rig, desk, port, tmp_path / "ours"), busy(desk):
        ours = spoken(rig, speech)
    for way in WAYS:
        record(
            Figure(
                name=f"voice missing, window busy, {way}",
                unit="ms",
                ours=[one.missing_ms for one in ours[way]],
                reference=[one.missing_ms for one in theirs[way]],
                beside="baresip",
                target=Target(p95=0),
            )
        )
        record(
            Figure(
                name=f"mouth to ear, window busy, {way}",
                unit="ms",
                ours=[one.delay_ms for one in ours[way]],
                reference=[one.delay_ms for one in theirs[way]],
                beside="baresip",
            )
        )

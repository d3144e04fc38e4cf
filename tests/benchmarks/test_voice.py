"""Mouth to ear against baresip: the same devices, the same other side, one after the other.

PESQ (ITU-T P.862) is told where the package `pesq` is installed: it has no wheel, so that the lock
cannot name it. The likeness of what was said and heard is told everywhere.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest

from receptionist.events import EngineChanged, EngineState, PhoneAnswered, PhoneIncoming
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import EngineSettings
from tests.benchmarks.figures import Figure, Target
from tests.benchmarks.rig import Passage, Rig, passage, sentences
from tests.contract.phone.world import DIALLED, Desk, trunk
from tests.doubles.pulse import RATE
from tests.doubles.sip.baresip import Baresip, Speaks

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

TEXTS = (
    "Guten Tag, Praxis Doktor Muster, Sie sprechen mit dem Sekretariat.",
    "Der Termin am Donnerstag um zehn Uhr ist noch frei.",
    "Ich verbinde Sie gerne weiter, einen kleinen Augenblick bitte.",
    "Wir rufen Sie heute Nachmittag zurück, vielen Dank für Ihren Anruf.",
)
ROUNDS = 2
SETTLE_S = 3.0
WAYS = {"out": ("near_mouth", "far_ear"), "in": ("far_mouth", "near_ear")}

Passages = dict[str, list[Passage]]


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    with Rig() as one:
        yield one


def side(rig: Rig, name: str) -> Speaks:
    server = rig.pulse.environment["PULSE_SERVER"]
    return Speaks(server, f"{name}_mouth_mic", f"{name}_ear")


@contextmanager
def our_call(rig: Rig, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Our engine talks with the far baresip."""
    monkeypatch.setenv("PULSE_SERVER", rig.pulse.environment["PULSE_SERVER"])
    settings = EngineSettings(
        bind="127.0.0.1", microphone="near_mouth_mic", headset="near_ear", ringing="near_ear"
    )
    desk = Desk(lambda pump: Supervisor(pump.post, settings))
    phone = desk.phone
    assert isinstance(phone, Supervisor)
    try:
        with Baresip(home / "far", devices=side(rig, "far")) as far:
            desk.wait(EngineChanged, state=EngineState.READY)
            desk.takes(trunk(far.address))
            far.dial(f"sip:{DIALLED}@127.0.0.1:{phone.sip_port}")
            call_id = desk.wait(PhoneIncoming).call_id
            phone.answer(call_id)
            desk.wait(PhoneAnswered, call_id=call_id)
            yield
    finally:
        phone.stop()


@contextmanager
def their_call(rig: Rig, home: Path) -> Iterator[None]:
    """Baresip in our place."""
    with (
        Baresip(home / "far", devices=side(rig, "far")) as far,
        Baresip(home / "near", devices=side(rig, "near")) as near,
    ):
        far.dial(f"sip:peer@{near.address}")
        near.wait("CALL_INCOMING")
        near.accept()
        far.wait("CALL_ESTABLISHED")
        yield


def spoken(rig: Rig, speech: list[bytes]) -> Passages:
    """Every sentence each way."""
    time.sleep(SETTLE_S)
    found: Passages = {way: [] for way in WAYS}
    for _round in range(ROUNDS):
        for sentence in speech:
            for way, (mouth, ear) in WAYS.items():
                heard = rig.say(sentence, mouth)
                found[way].append(passage(heard[mouth], heard[ear]))
    return found


def score(one: Passage) -> float:
    """Wide-band PESQ of what was heard."""
    return float(importlib.import_module("pesq").pesq(RATE, one.said, one.heard, "wb"))


def test_mouth_to_ear(
    rig: Rig,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record: Callable[[Figure], None],
) -> None:
    speech = sentences(tmp_path, TEXTS)
    with their_call(rig, tmp_path / "theirs"):
        theirs = spoken(rig, speech)
    with our_call(rig, tmp_path / "ours", monkeypatch):
        ours = spoken(rig, speech)
    for way in WAYS:
        for figure in figures(way, ours[way], theirs[way]):
            record(figure)


def figures(way: str, ours: list[Passage], theirs: list[Passage]) -> Iterator[Figure]:
    """Delay, likeness, and how much worse by PESQ our median is."""
    yield Figure(
        name=f"mouth to ear, {way}",
        unit="ms",
        ours=[one.delay_ms for one in ours],
        reference=[one.delay_ms for one in theirs],
        beside="baresip",
        target=Target(ratio=1.2),
    )
    yield Figure(
        name=f"likeness, {way}",
        unit="%",
        ours=[100 * one.likeness for one in ours],
        reference=[100 * one.likeness for one in theirs],
        beside="baresip",
    )
    if importlib.util.find_spec("pesq") is not None:
        mine, best = ([score(one) for one in passages] for passages in (ours, theirs))
        yield Figure(name=f"PESQ, {way}", unit="MOS", ours=mine, reference=best, beside="baresip")
        worse = max(0.0, median(best) - median(mine))
        yield Figure(
            name=f"PESQ lost to baresip, {way}", unit="MOS", ours=[worse], target=Target(p95=0.1)
        )

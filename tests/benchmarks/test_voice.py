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
    has_pesq = importlib.util.find_spec("pesq") is not None
    for way in WAYS:
        delays = [[one.delay_ms for one in passages[way]] for passages in (ours, theirs)]
        record(
            Figure(
                name=f"mouth to ear, {way}",
                unit="ms",
                ours=delays[0],
                reference=delays[1],
                beside="baresip",
                target=Target(ratio=1.2),
            )
        )
        alike = [[100 * one.likeness for one in passages[way]] for passages in (ours, theirs)]
        record(
            Figure(
                name=f"likeness, {way}",
                unit="%",
                ours=alike[0],
                reference=alike[1],
                beside="baresip",
            )
        )
        if has_pesq:
            quality = [[score(one) for one in passages[way]] for passages in (ours, theirs)]
            record(
                Figure(
                    name=f"PESQ, {way}",
                    unit="MOS",
                    ours=quality[0],
                    reference=quality[1],
                    beside="baresip",
                    target=Target(ratio=1.0),
                )
            )
            print(way, "PESQ", median(quality[0]), median(quality[1]))

"""The demonstration a window shows: calls come in by themselves and can be talked to."""

from __future__ import annotations

from pathlib import Path

import pytest

from receptionist.demo import Demo, rhythm
from receptionist.events import CallChanged, CallIncoming, DeskEvent
from receptionist.model.call import CallState
from receptionist.threads import MainLoop

CEILING_S = 90.0


class Answering:
    """Answers whoever calls, until two are spoken to. Main thread."""

    def __init__(self, demo: Demo, loop: MainLoop) -> None:
        self._demo = demo
        self._loop = loop
        self.seen: list[DeskEvent] = []
        self.errors: list[Exception] = []
        demo.desk.subscribe(self._heard)
        demo.start(lambda: None, self._failed)
        loop.later(CEILING_S, loop.stop)

    def _heard(self, event: DeskEvent) -> None:
        self.seen.append(event)
        if isinstance(event, CallIncoming):
            self._demo.desk.switchboard.answer(event.call.id)
        active = {
            one.call.id
            for one in self.seen
            if isinstance(one, CallChanged) and one.call.state is CallState.ACTIVE
        }
        if len(active) == 2:
            self._loop.stop()

    def _failed(self, error: Exception) -> None:
        self.errors.append(error)
        self._loop.stop()


def test_people_call_are_answered_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of them, the second a little after the first was answered."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(rhythm, "FIRST_AFTER_S", 0.2)
    monkeypatch.setattr(rhythm, "NEXT_AFTER_S", 0.5)
    loop = MainLoop()
    demo = Demo(loop.post, loop.later)
    data = demo.claim.data
    try:
        answering = Answering(demo, loop)
        loop.run()
        assert data.is_dir()
    finally:
        demo.stop()
    assert answering.errors == []
    rang = [event for event in answering.seen if isinstance(event, CallIncoming)]
    assert [event.client.key for event in rang if event.client] == ["zahnarzt", "haustechnik"]
    assert [event.call.caller.name for event in rang] == ["Erika Muster", "Otto Beispiel"]
    assert not data.exists()

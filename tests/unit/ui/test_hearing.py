"""Messages and recordings: heard in the headset, stopped, saved and deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt

from receptionist import events
from receptionist.desk.voices import Voices
from receptionist.errors import BadInput
from receptionist.model.call import CallState
from receptionist.model.voice import Voice, VoiceKind
from tests.doubles.desk import HEATING
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from tests.unit.ui.test_voices import left
from ui.models.player import Player
from ui.verbs.hearing import HearingVerbs

Done = Callable[..., object]


class Ears:
    """What is heard in the headset, and what was asked of the desk meanwhile."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.heard: list[bytes] = []
        self.opening: list[tuple[UUID, Done, Done]] = []
        self.exported: list[tuple[UUID, Path]] = []
        self.deleted: list[UUID] = []
        verbs = desk.window._verbs
        (self.verbs,) = (one for one in verbs if isinstance(one, HearingVerbs))
        monkeypatch.setattr(Player, "play", lambda _player, wav, _name: self.heard.append(wav))
        monkeypatch.setattr(Player, "stop", lambda _player: self.heard.clear())
        monkeypatch.setattr(Voices, "hear", lambda _voices, *asked: self.opening.append(asked))
        monkeypatch.setattr(Voices, "export", lambda _voices, *asked: self._export(*asked))
        monkeypatch.setattr(Voices, "delete", lambda _voices, *asked: self._delete(*asked))

    def opens(self) -> None:
        """What was asked for last is opened."""
        self.opening[-1][1](b"RIFF")

    def fails(self) -> None:
        """It cannot be opened."""
        self.opening[-1][2](BadInput("Its file is no longer there."))

    def _export(self, voice_id: UUID, file: Path, then: Done, _failed: Done) -> None:
        self.exported.append((voice_id, file))
        then()

    def _delete(self, voice_id: UUID, then: Done, _failed: Done) -> None:
        self.deleted.append(voice_id)
        then()


@pytest.fixture
def ears(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Ears:
    return Ears(desk, monkeypatch)


def recorded(desk: Desk) -> Voice:
    """A call that is over, is shown, and was recorded, as the desk tells it."""
    call_id = desk.talks(HEATING)
    assert isinstance(call_id, UUID)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    now = desk.reception.clock.now()
    recording = Voice(
        id=uuid4(),
        kind=VoiceKind.RECORDING,
        call_id=call_id,
        client_id=desk.reception.client("haustechnik").id,
        file="x.sealed",
        at=now,
        expires=now + timedelta(days=30),
        seconds=134,
    )
    desk.until(lambda: desk.window.shown is not None and desk.window.shown.call.ended)
    desk.window._heard(events.RecordingKept(recording=recording))
    desk.until(desk.window.panels.verbs.voices.isVisible)
    return recording


def key(desk: Desk, *, save: bool = False) -> None:
    """The key that listens, or that saves."""
    desk.key(Qt.Key.Key_F7, CTRL | SHIFT if save else CTRL)


def delete(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Delete, CTRL | SHIFT)


def said(desk: Desk) -> str:
    """The status line."""
    return desk.window.panels.bottom.words


def test_a_recording_stands_at_its_call_and_is_heard_and_stopped(desk: Desk, ears: Ears) -> None:
    recording = recorded(desk)
    journal = desk.window.panels.journal
    (line,) = desk.window.panels.verbs.voices.lines
    assert line.words == "Recording of 02:14 · kept until 23 Dec"
    desk.until(lambda: any("recording of 02:14" in one.detail for one in journal.entries))
    key(desk)
    assert ears.opening[-1][0] == recording.id
    assert line.listen_button.text() == "Stop"
    ears.opens()
    assert ears.heard == [b"RIFF"]
    key(desk)
    assert ears.heard == []
    assert line.listen_button.text() == "Listen"


def test_what_was_stopped_before_it_was_opened_is_not_played(desk: Desk, ears: Ears) -> None:
    recorded(desk)
    key(desk)
    key(desk)
    ears.opens()
    assert ears.heard == []
    assert desk.window.panels.verbs.voices.lines[0].listen_button.text() == "Listen"


def test_the_sound_is_over_by_itself_or_says_why_it_is_not_heard(desk: Desk, ears: Ears) -> None:
    recorded(desk)
    (line,) = desk.window.panels.verbs.voices.lines
    key(desk)
    ears.opens()
    ears.verbs._player.ended.emit("")
    assert line.listen_button.text() == "Listen"
    assert desk.window.panels.notice.words == ""
    key(desk)
    ears.fails()
    assert desk.window.panels.notice.words == "Its file is no longer there."
    assert line.listen_button.text() == "Listen"


def test_nothing_is_heard_beside_a_call(desk: Desk, ears: Ears) -> None:
    message = left(desk)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_Space)
    ears.opens()
    assert ears.heard == [b"RIFF"]
    call_id = desk.talks(HEATING)
    assert isinstance(call_id, UUID)
    assert ears.heard == []
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_Space)
    assert len(ears.opening) == 1
    assert said(desk).startswith("Somebody is on the phone: hold the call first, with F5")
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.HELD)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_Space)
    assert [one[0] for one in ears.opening] == [message.id, message.id]


def test_it_is_deleted_when_that_was_said_twice(desk: Desk, ears: Ears) -> None:
    recording = recorded(desk)
    (line,) = desk.window.panels.verbs.voices.lines
    delete(desk)
    assert ears.deleted == []
    assert said(desk) == ("Delete the recording for good? Ctrl+Shift+Del once more does it.")
    assert line.delete_button.text() == "Delete for good"
    delete(desk)
    assert ears.deleted == [recording.id]
    assert said(desk) == "It is deleted."
    desk.window._heard(events.VoiceDeleted(voice=recording))
    desk.until(lambda: not desk.window.panels.verbs.voices.isVisible())
    details = [one.detail for one in desk.window.panels.journal.entries]
    assert not any("recording" in one for one in details)


def test_it_is_saved_where_one_wants_it(
    desk: Desk, ears: Ears, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kind: str, then: Done) -> None:
        names.append(name)
        then(tmp_path / name)

    monkeypatch.setattr("ui.verbs.hearing.choose_file", choose)
    recording = recorded(desk)
    key(desk, save=True)
    (name,) = names
    assert name == "Muster Heizung & Sanitär recording 2026-11-23-0942.wav"
    assert ears.exported == [(recording.id, tmp_path / name)]
    assert desk.window.panels.notice.words == f"Saved: {name}"


def test_the_row_that_has_the_keyboard_counts(desk: Desk, ears: Ears) -> None:
    message, recording = left(desk), recorded(desk)
    desk.key(Qt.Key.Key_J, CTRL)
    journal = desk.window.panels.journal
    assert journal.voice is not None
    assert journal.voice.id == message.id
    key(desk)
    assert ears.opening[-1][0] == message.id
    key(desk)
    desk.window.panels.calls.resting_place.setFocus()
    key(desk)
    assert ears.opening[-1][0] == recording.id


def test_there_may_be_nothing_to_hear(desk: Desk, ears: Ears) -> None:
    key(desk)
    assert said(desk).startswith("There is no message and no recording here.")
    assert ears.opening == []


def test_whom_a_message_is_of_stays_attention_until_it_was_heard(desk: Desk) -> None:
    message = left(desk)
    journal = desk.window.panels.journal
    assert journal.entries[1].tone == "attention"
    heard = replace(message, heard=desk.reception.clock.now())
    desk.window._heard(events.MessageHeard(message=heard))
    desk.until(lambda: journal.entries[1].tone == "quiet")

"""Recording after a consent, and callers' messages in the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

import pytest
from PySide6.QtCore import Qt

from receptionist import events
from receptionist.credentials import MemoryCredentials
from receptionist.model.voice import Voice, VoiceKind
from receptionist.model.worklist import WorkItem, WorkKind
from receptionist.reasons import Reason
from tests.doubles.desk import HEATING
from tests.unit.ui.conftest import SHIFT, Desk


def allow(desk: Desk) -> None:
    """Let calls of the heating firm be recorded."""
    heating = desk.reception.client("haustechnik")
    directory = desk.reception.desk.directory.current
    clients = tuple(
        replace(one, records=True) if one.id == heating.id else one for one in directory.clients
    )
    desk.reception.desk._use(replace(directory, clients=clients))


def menu_words(desk: Desk) -> str:
    return " ".join(action.text() for action in desk.window.panels.verbs.menu.actions())


def test_without_leave_there_is_no_way_to_record(desk: Desk) -> None:
    desk.talks(HEATING)
    assert "Record" not in menu_words(desk)
    desk.key(Qt.Key.Key_F4, SHIFT)
    assert "are not recorded" in desk.window.panels.verbs.failed.words
    assert not desk.window.panels.verbs.consent.isVisible()


def test_the_consent_comes_first_and_the_recording_is_said_and_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemoryCredentials, "persistent", True)
    allow(desk)
    call_id = desk.talks(HEATING)
    assert isinstance(call_id, UUID)
    recording = desk.reception.phone.service.recording
    verbs = desk.window.panels.verbs
    assert "Record the call" in menu_words(desk)
    desk.key(Qt.Key.Key_F4, SHIFT)
    assert verbs.consent.isVisible()
    desk.type("Erika Muster")
    desk.key(Qt.Key.Key_Return)
    assert recording == {}
    verbs.consent.heard.setFocus()
    desk.key(Qt.Key.Key_Space)
    verbs.consent.record_button.click()
    desk.until(lambda: call_id in recording)
    desk.until(lambda: verbs.recording.words == "This call is being recorded.")
    consent = desk.reception.desk.recordings.consent_of(call_id)
    assert consent is not None
    assert consent.who == "Erika Muster"
    assert "Sind Sie einverstanden?" in consent.wording, "in the language of his greeting"
    assert "being recorded" in desk.window.panels.calls.card(call_id).accessibleName()
    desk.key(Qt.Key.Key_F4, SHIFT)
    assert recording == {}


def test_leaving_the_question_records_nothing(desk: Desk) -> None:
    allow(desk)
    desk.talks(HEATING)
    desk.key(Qt.Key.Key_F4, SHIFT)
    desk.key(Qt.Key.Key_Escape)
    assert not desk.window.panels.verbs.consent.isVisible()
    assert desk.reception.phone.service.recording == {}


def left(desk: Desk) -> Voice:
    """A caller left a message, as the desk tells it."""
    now = desk.reception.clock.now()
    call_id = uuid4()
    heating = desk.reception.client("haustechnik")
    message = Voice(
        id=uuid5(call_id, "message"),
        kind=VoiceKind.MESSAGE,
        call_id=call_id,
        client_id=heating.id,
        file="x.sealed",
        at=now,
        expires=now + timedelta(days=30),
        seconds=42,
    )
    back = WorkItem(
        id=uuid4(),
        client_id=heating.id,
        number="+4917139200177",
        name="Erika Muster",
        reason=Reason.MESSAGE_LEFT,
        created=now,
        due=now,
        kind=WorkKind.MISSED,
        call_id=call_id,
    )
    desk.reception.desk.work.take(back, new=True)
    desk.window._heard(events.MessageLeft(message=message, item=back))
    desk.until(lambda: len(desk.window.panels.journal.entries) > 1)
    return message


def test_a_message_is_played_from_its_row(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[UUID] = []
    monkeypatch.setattr(desk.reception.desk.voices, "hear", lambda one, *_rest: asked.append(one))
    message = left(desk)
    journal = desk.window.panels.journal
    assert "message of 00:42, new" in journal.entries[1].detail
    desk.key(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert journal.play_button.isVisible()
    desk.key(Qt.Key.Key_Space)
    assert asked == [message.id]
    heard = replace(message, heard=desk.reception.clock.now())
    desk.window._heard(events.MessageHeard(message=heard))
    desk.until(lambda: "listened to" in journal.entries[1].detail)


def test_a_message_that_cannot_be_opened_is_said(desk: Desk) -> None:
    left(desk)
    desk.key(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    desk.key(Qt.Key.Key_Space)
    desk.until(lambda: desk.window.panels.notice.words)

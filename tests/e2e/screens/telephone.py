"""States of the telephone: who waits and why, conferences, recordings, messages, ways out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from PySide6.QtCore import Qt

from receptionist import events
from receptionist.model.call import Call, CallState
from receptionist.model.quality import Quality
from receptionist.model.route import Route
from receptionist.model.unattended import StepKind
from receptionist.model.voice import Voice, VoiceKind
from receptionist.model.worklist import WorkItem, WorkKind
from receptionist.reasons import Reason
from tests.doubles.desk import DENTIST, HEATING, LAWYERS

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day, Shot

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_OWNER = "+4917139200155"
_GOOD = Quality(codec="G722", encrypted=True, jitter_ms=4, round_trip_ms=38, mos_tenths=42)
_BAD = replace(_GOOD, mos_tenths=24, loss_permille=55, encrypted=False)


def on_the_telephone(day: Day) -> Iterator[Shot]:
    """Everything that can happen to calls beside answering them."""
    _set_prices(day)
    yield from _ringing(day)
    first = _talks(day, HEATING, "+4917139200177")
    yield from _sounding(day, first)
    yield from _parking(day, first)
    yield from _conference(day)
    yield from _recording(day)
    yield from _again(day)


def _set_prices(day: Day) -> None:
    """A price for calls, and leave to record at one client; as if the office had said so."""
    desk = day.reception.desk
    directory = desk.directory.current
    route = Route(prefix="+49171", line_id=directory.lines[0].id, cents=Decimal("2.9"))
    clients = tuple(
        replace(one, records=True) if one.key == "kanzlei" or one.dialled == (LAWYERS,) else one
        for one in directory.clients
    )
    office = replace(directory.office, routes=(route,))
    desk._use(replace(directory, office=office, clients=clients))


def _talks(day: Day, dialled: str, caller: str, name: str = "") -> UUID:
    call_id = day.reception.rings(dialled, caller, name)
    day._until(lambda: day.reception.call(call_id).state is CallState.RINGING)
    day._key(Qt.Key.Key_F2)
    day._until(lambda: day.reception.call(call_id).state is CallState.ACTIVE)
    return call_id


def _ringing(day: Day) -> Iterator[Shot]:
    call_id = day.reception.rings(DENTIST, "+493023125077", "Max Beispiel")
    _tell(day, replace(day.reception.call(call_id), step=StepKind.QUEUE, place=2))
    yield day._shot("queued")
    day._key(Qt.Key.Key_F2, _CTRL | _SHIFT)
    yield "refusals", day.window.panels.verbs.refusals
    day.window.panels.verbs.refusals.close()
    day._key(Qt.Key.Key_F2, _CTRL)
    day._type("0171 3920015")
    results = day.window.panels.top.search.results
    day._until(lambda: any(one.number for one in results.offers))
    yield day._shot("send-on")
    day._key(Qt.Key.Key_Escape)
    day._key(Qt.Key.Key_F2, _SHIFT)
    day._until(lambda: day.reception.call(call_id).ended)
    day._key(Qt.Key.Key_Escape)


def _tell(day: Day, call: Call) -> None:
    client = day.reception.desk.directory.client(call.client_id)
    greeting = day.reception.desk.directory.greeting(client)
    day.window._heard(events.CallChanged(call=call, client=client, greeting=greeting))
    day.settle()


def _sounding(day: Day, call_id: UUID) -> Iterator[Shot]:
    day.window._heard(events.CallQuality(call_id=call_id, last=_GOOD, worst=_BAD))
    day._key(Qt.Key.Key_I, _CTRL)
    yield day._shot("sound-details")
    day.window._heard(events.CallQuality(call_id=call_id, last=_BAD, worst=_BAD))
    day.settle()
    yield day._shot("sound-breaks-up")
    day._key(Qt.Key.Key_I, _CTRL)
    day._key(Qt.Key.Key_M, _CTRL | _SHIFT)
    yield "more", day.window.panels.verbs.menu
    day.window.panels.verbs.menu.close()


def _parking(day: Day, call_id: UUID) -> Iterator[Shot]:
    day._key(Qt.Key.Key_F5, _SHIFT)
    day._type("Herr Muster, kommt in fünf Minuten")
    yield day._shot("park-note")
    day._key(Qt.Key.Key_Return)
    day._until(lambda: day.reception.call(call_id).parked)
    day._pass(130)
    held = day.reception.call(call_id)
    client = day.reception.desk.directory.client(held.client_id)
    day.window._heard(events.HoldReminder(call=held, client=client, seconds=130))
    day.settle()
    yield day._shot("parked-too-long")


def _conference(day: Day) -> Iterator[Shot]:
    caller = _talks(day, LAWYERS, "+493023125055", "Lea Beispiel")
    day._key(Qt.Key.Key_F6)
    day._type("0171 39200155")
    results = day.window.panels.top.search.results
    day._until(lambda: any(one.number for one in results.offers))
    yield day._shot("price")
    day._key(Qt.Key.Key_Return)
    day._until(lambda: day.window.shown is not None and day.window.shown.call.consults_for)
    assert day.window.shown is not None
    asked = day.window.shown.call.id
    day.reception.phone.outside.answers(asked)
    day._until(lambda: day.reception.call(asked).state is CallState.ACTIVE)
    day._key(Qt.Key.Key_F6, _CTRL)
    day._until(lambda: day.reception.desk.conference.members)
    day._pass(8)
    yield day._shot("conference")
    yield from _leaving(day)
    day._key(Qt.Key.Key_F9)
    day._until(lambda: day.reception.call(asked).ended)
    day.window._opener.give_way()
    day._key(Qt.Key.Key_Escape)
    day.window.panels.calls.wanted.emit(caller)
    day.settle()


def _leaving(day: Day) -> Iterator[Shot]:
    """The window is closed over calls, which can go on or not."""
    for lasting, name in ((False, "leaving"), (True, "leaving-calls-go-on")):
        day.window.panels.leaving.lasting = lasting
        day.window.close()
        yield day._shot(name)
        day._key(Qt.Key.Key_Escape)


def _recording(day: Day) -> Iterator[Shot]:
    assert day.window.shown is not None
    call_id = day.window.shown.call.id
    day._key(Qt.Key.Key_F4, _SHIFT)
    day._type("Lea Beispiel")
    yield day._shot("consent")
    day._key(Qt.Key.Key_Escape)
    recordings = day.reception.desk.recordings
    before = recordings.recording
    recordings.recording = lambda one: one == call_id  # type: ignore[method-assign]
    day.window._heard(events.RecordingChanged(call_id=call_id, on=True))
    day.settle()
    yield day._shot("recording")
    recordings.recording = before  # type: ignore[method-assign]
    day.window._heard(events.RecordingChanged(call_id=call_id, on=False))
    for call in day.reception.desk.switchboard.calls:
        day.reception.desk.switchboard.hang_up(call.id)
    day._until(lambda: not day.reception.desk.switchboard.calls)
    recording = _voice(day, VoiceKind.RECORDING, call_id, day.reception.client("kanzlei").id, 134)
    day.window._heard(events.RecordingKept(recording=recording))
    day.settle()
    yield day._shot("recording-kept")
    day._key(Qt.Key.Key_Escape)


def _again(day: Day) -> Iterator[Shot]:
    day._key(Qt.Key.Key_D, _CTRL | _SHIFT)
    day._until(lambda: day.window.panels.top.search.said)
    yield day._shot("redial")
    day._key(Qt.Key.Key_Escape)
    day._key(Qt.Key.Key_F8)
    yield day._shot("key-cannot-act")
    _leave_message(day)
    day._key(Qt.Key.Key_J, _CTRL)
    day._key(Qt.Key.Key_Up)
    yield day._shot("message-left")
    yield from _hearing(day)
    day._key(Qt.Key.Key_Escape)


def _hearing(day: Day) -> Iterator[Shot]:
    """A message that is listened to, and one that is to be deleted."""
    day.reception.desk.voices.hear = lambda *_asked: None  # type: ignore[method-assign]
    day._key(Qt.Key.Key_F7, _CTRL)
    yield day._shot("listening")
    day._key(Qt.Key.Key_F7, _CTRL)
    day._key(Qt.Key.Key_Delete, _CTRL | _SHIFT)
    yield day._shot("delete-asked")


def _leave_message(day: Day) -> None:
    now, client = day.reception.clock.now(), day.reception.client("haustechnik")
    call_id = uuid5(client.id, "left")
    message = _voice(day, VoiceKind.MESSAGE, call_id, client.id, 42)
    back = WorkItem(
        id=uuid5(call_id, "back"),
        client_id=client.id,
        number="+4917139200177",
        name="Erika Muster",
        reason=Reason.MESSAGE_LEFT,
        created=now - timedelta(days=1),
        due=now - timedelta(days=1),
        kind=WorkKind.MISSED,
        call_id=call_id,
    )
    day.reception.desk.work.take(back, new=True)
    day.window._heard(events.MessageLeft(message=message, item=back))
    day.settle()


def _voice(day: Day, kind: VoiceKind, call_id: UUID, client_id: UUID, seconds: int) -> Voice:
    now = day.reception.clock.now()
    return Voice(
        id=uuid5(call_id, kind.value),
        kind=kind,
        call_id=call_id,
        client_id=client_id,
        file="x.sealed",
        at=now,
        expires=now + timedelta(days=30),
        seconds=seconds,
    )

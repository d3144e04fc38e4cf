"""`demo --auto`: one call from INVITE to the appointment read back, without screen and sound."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from receptionist.clock import Clock, SystemClock
from receptionist.demo.callers import ERIKA, Person
from receptionist.demo.readback import ReadBack, read_back
from receptionist.demo.stage import Stage
from receptionist.errors import ReceptionistError
from receptionist.events import (
    AppointmentBooked,
    AppointmentConfirmed,
    BookingConflict,
    CalendarChanged,
    CalendarHealth,
    CallChanged,
    CallEnded,
    CallIncoming,
    DeskEvent,
    PushDelayed,
    StoreFailed,
)
from receptionist.i18n import _
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.call import Call, CallState
from receptionist.model.client import Client
from receptionist.model.period import Period
from receptionist.reasons import sentence
from receptionist.threads import Later, Post

LONGEST_S = 60.0
LISTENS_S = 2.5
"""How long the receptionist listens before she looks for a time."""

_ASKED = (CalendarHealth.GOOD, CalendarHealth.WAITING, CalendarHealth.STOPPED)


class Auto:
    """One call answered and booked. Main thread; `done(result)` is called once.

    `result` is what `demo --auto --json` prints, with `error` when it did not work. `pausing` is
    called when a pause before the booking begins.
    """

    def __init__(
        self,
        stage: Stage,
        post: Post,
        later: Later,
        done: Callable[[dict[str, Any]], object],
        *,
        clock: Clock | None = None,
        pause_s: float = 0.0,
        pausing: Callable[[], object] = lambda: None,
        kill_calendar: bool = False,
        person: Person = ERIKA,
    ) -> None:
        self._stage = stage
        self._desk = stage.desk
        self._post = post
        self._later = later
        self._done = done
        self._clock = clock or SystemClock()
        self._pause_s = pause_s
        self._pausing = pausing
        self._kill_calendar = kill_calendar
        self._person = person
        self._result: dict[str, Any] = {}
        self._call: Call | None = None
        self._client: Client | None = None
        self._answered = False
        self._listened = False
        self._looking = False
        self._appointment: Appointment | None = None
        self._finished = False

    @property
    def result(self) -> dict[str, Any]:
        """What has happened so far."""
        return dict(self._result)

    @property
    def pending(self) -> bool:
        """Whether an appointment was booked that is not known to be in the calendar."""
        settled = (AppointmentState.CONFIRMED, AppointmentState.CONFLICT)
        return self._appointment is not None and self._appointment.state not in settled

    def start(self) -> None:
        """Let the caller dial."""
        self._later(LONGEST_S + self._pause_s, self._too_late)
        self._desk.subscribe(self._heard)
        self._stage.callers.call(self._person, self._stage.port)

    def _heard(self, event: DeskEvent) -> None:
        if self._finished:
            return
        match event:
            case CallIncoming():
                self._rings(event)
            case CallChanged(call=call) if call.state is CallState.ACTIVE:
                self._talks(call)
            case CallEnded():
                self._fail(_("The call ended before the appointment was made."))
            case CalendarChanged():
                self._look_for_a_time()
            case StoreFailed(message=message):
                self._fail(message)
            case AppointmentBooked() | AppointmentConfirmed() | BookingConflict() | PushDelayed():
                self._moves(event)
            case _:
                pass

    def _rings(self, event: CallIncoming) -> None:
        if event.client is None:
            self._fail(_("The call came in for nobody."))
            return
        self._call, self._client = event.call, event.client
        self._result |= {
            "call_id": str(event.call.id),
            "dialled": event.call.dialled,
            "caller": event.call.caller.number,
            "caller_name": event.call.caller.name,
            "client": event.client.key,
            "greeting": event.greeting,
            "invite_at": _text(event.call.started),
        }
        self._desk.switchboard.answer(event.call.id)

    def _talks(self, call: Call) -> None:
        if self._answered or self._call is None or call.id != self._call.id:
            return
        self._answered = True
        self._result["answered_at"] = _text(call.since)
        self._later(LISTENS_S, self._has_listened)

    def _has_listened(self) -> None:
        self._listened = True
        self._look_for_a_time()

    def _look_for_a_time(self) -> None:
        """As soon as the caller was heard and the owner's calendar was asked, answer or not."""
        if self._finished or not self._listened or self._looking or self._client is None:
            return
        known = self._desk.calendars.health(self._client.id)
        if known is None or known.health not in _ASKED:
            return
        kind = self._client.kind(self._person.kind)
        if kind is None:
            self._fail(_("The sample office has no such appointment kind."))
            return
        self._looking = True
        self._desk.booking.slots(
            self._client.id, kind.id, count=1, then=partial(self._offers, kind.id)
        )

    def _offers(self, kind_id: UUID, slots: tuple[Period, ...]) -> None:
        if not slots:
            self._fail(_("Nothing is free in the next eight weeks."))
            return
        if self._kill_calendar:
            self._stage.server.kill()
        if self._pause_s:
            self._pausing()
        self._later(self._pause_s, partial(self._book, kind_id, slots[0]))

    def _book(self, kind_id: UUID, slot: Period) -> None:
        if self._finished or self._client is None or self._call is None:
            return
        try:
            self._desk.booking.book(
                client_id=self._client.id,
                kind_id=kind_id,
                start=slot.start,
                caller_name=self._call.caller.name,
                caller_number=self._call.caller.number,
                call_id=self._call.id,
            )
        except ReceptionistError as error:
            self._fail(str(error))

    def _moves(
        self, event: AppointmentBooked | AppointmentConfirmed | BookingConflict | PushDelayed
    ) -> None:
        appointment = event.appointment
        if self._call is None or appointment.call_id != self._call.id:
            return
        self._appointment = appointment
        self._result |= {
            "appointment_id": str(appointment.id),
            "uid": appointment.uid,
            "url": appointment.href,
            "summary": appointment.summary,
            "start": _text(appointment.start),
            "state": appointment.state.value,
        }
        if isinstance(event, AppointmentBooked):
            self._result["booked_at"] = _text(self._clock.now())
        elif isinstance(event, AppointmentConfirmed):
            self._result["confirmed_at"] = _text(appointment.confirmed or self._clock.now())
            threading.Thread(target=self._read_back, args=(appointment,), daemon=True).start()
        else:
            self._result["reason"] = appointment.reason.value
            self._desk.booking.waiting(partial(self._not_there, sentence(appointment.reason)))

    def _not_there(self, why: str, waiting: tuple[Appointment, ...]) -> None:
        self._result["waiting"] = len(waiting)
        self._fail(why)

    def _read_back(self, appointment: Appointment) -> None:
        """On a thread of its own, because it waits."""
        user = next(
            account.user
            for account in self._desk.directory.accounts
            for calendar in self._desk.directory.calendars
            if calendar.id == appointment.calendar_id and calendar.account_id == account.id
        )
        seen = read_back(appointment.href, user, self._stage.server.passwords[user])
        self._post(self._seen, appointment, seen)

    def _seen(self, appointment: Appointment, seen: ReadBack) -> None:
        same = (seen.uid, seen.summary, seen.start) == (
            appointment.uid,
            appointment.summary,
            appointment.start,
        )
        self._result["read_back"] = {
            "status": seen.status,
            "uid": seen.uid,
            "summary": seen.summary,
            "start": _text(seen.start) if seen.start else None,
            "same": same,
        }
        if same:
            self._finish()
        else:
            self._fail(_("The independent request did not find the appointment."))

    def _too_late(self) -> None:
        late = _("The demonstration did not finish in time.")
        if self.pending and not self._finished:
            self._desk.booking.waiting(partial(self._not_there, late))
        else:
            self._fail(late)

    def _fail(self, sentence_: str) -> None:
        if self._finished:
            return
        self._result["error"] = sentence_
        self._finish()

    def _finish(self) -> None:
        if not self._finished:
            self._finished = True
            if self._call is not None:
                self._desk.switchboard.hang_up(self._call.id)
            self._done(self._result)


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds")

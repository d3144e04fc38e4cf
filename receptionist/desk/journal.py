"""The journal: what was typed, what happened today, who is to be called back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.errors import NotFound, StaleRow
from receptionist.events import CallBackAdded, CallBackDone, DirectoryChanged, StoreFailed
from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.call import Call, CallBack
from receptionist.model.number import normalised
from receptionist.model.office import Directory
from receptionist.ports import Store
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

RETRY_AFTER_S = 5.0
_OWED = "call back"


class Journal:
    """Calls and call-backs as the store keeps them. Main thread."""

    def __init__(self, ground: Ground, calls: Calls) -> None:
        self._memory = ground.memory
        self._calls = calls
        self._directory = ground.directory
        self._listeners = ground.listeners
        self._clock = ground.clock
        self._later = ground.later

    def type(
        self,
        call_id: UUID,
        *,
        caller_name: str | None = None,
        caller_number: str | None = None,
        caller_email: str | None = None,
        caller_address: str | None = None,
        note: str | None = None,
    ) -> None:
        """Keep what was typed for a call, live or over. Saved within two seconds."""
        call = self._calls.get(call_id)
        if call is None:
            raise NotFound(_("This call is not at the desk."))
        texts: dict[str, Any] = {
            "caller_name": caller_name,
            "caller_number": caller_number,
            "caller_email": caller_email,
            "caller_address": caller_address,
            "note": note,
        }
        typed = replace(call, **{name: text for name, text in texts.items() if text is not None})
        if typed != call:
            self._calls.change(typed)

    def today(self, then: Callable[[tuple[Call, ...]], object]) -> None:
        """The calls since midnight at the office, newest first, to `then`."""
        self.since(self._midnight(), then)

    def since(
        self,
        start: datetime,
        then: Callable[[tuple[Call, ...]], object],
        client_id: UUID | None = None,
    ) -> None:
        """The calls since `start`, of one client or of all, newest first, to `then`."""
        self._memory.submit(
            lambda store: store.calls(start, client_id),
            then=lambda calls: then(self._calls.remember(calls)),
            failed=self._failed,
        )

    def call_backs(self, then: Callable[[tuple[CallBack, ...]], object]) -> None:
        """Everybody who is still to be called back, oldest first, to `then`."""
        self._memory.submit(lambda store: store.call_backs(), then=then, failed=self._failed)

    def finish_call_back(self, call_back_id: UUID) -> None:
        """The call-back is settled."""
        who, at = self._directory.receptionist.id, self._clock.now()
        self._memory.submit(
            lambda store: store.finish_call_back(call_back_id, who, at),
            then=lambda _: self._listeners.tell(CallBackDone(call_back_id=call_back_id)),
            failed=self._failed,
        )

    def call_back_for(self, call: Call, reason: Reason) -> None:
        """Put the other side of a lost or missed call on the list, if it left a number.

        Once a call, however often: the way here may begin anew after a crash.
        """
        call_back = self.owed(call, reason, self._clock.now())
        if call_back is not None:
            self._add(call_back)

    def not_owed(self, call_id: UUID) -> None:
        """Nobody called there: who was put on the list for that call is taken off it."""
        who, at = self._directory.receptionist.id, self._clock.now()
        call_back_id = uuid5(call_id, _OWED)

        def off(store: Store) -> bool:
            with suppress(NotFound, StaleRow):
                store.finish_call_back(call_back_id, who, at)
                return True
            return False

        def told(done: bool) -> None:
            if done:
                self._listeners.tell(CallBackDone(call_back_id=call_back_id))

        self._memory.submit(off, then=told, failed=self._failed)

    def owed(self, call: Call, reason: Reason, at: datetime) -> CallBack | None:
        """The call-back for a call, always the same one; None if it left no number. Any thread."""
        number = normalised(call.number, self._directory.office.region)
        if not number:
            return None
        return CallBack(
            id=uuid5(call.id, _OWED),
            client_id=call.client_id,
            number=number,
            name=call.caller_name or call.caller.name,
            reason=reason,
            created=at,
            call_id=call.id,
        )

    def call_back_about(self, appointment: Appointment, reason: Reason) -> None:
        """Put the caller of an appointment that went wrong on the list, once for each reason."""
        self._add(
            CallBack(
                id=uuid5(appointment.id, reason),
                client_id=appointment.client_id,
                number=appointment.caller_number,
                name=appointment.caller_name,
                reason=reason,
                created=self._clock.now(),
                call_id=appointment.call_id,
                appointment_id=appointment.id,
            )
        )

    def assign_number(self, number: str, client_id: UUID) -> None:
        """A dialled number belongs to this client from now on."""
        who, at = self._directory.receptionist.id, self._clock.now()

        def assign(store: Store) -> Directory:
            store.assign_number(number, client_id, who, at)
            return store.directory()

        self._memory.submit(assign, then=self._replaced, failed=self._failed)

    def _replaced(self, directory: Directory) -> None:
        self._directory.replace(directory)
        self._listeners.tell(DirectoryChanged())

    def _add(self, call_back: CallBack) -> None:
        """Write it until the store has it."""

        def added(new: bool) -> None:
            if new:
                self._listeners.tell(CallBackAdded(call_back=call_back))

        def failed(error: Exception) -> None:
            self._failed(error)
            self._later(RETRY_AFTER_S, lambda: self._add(call_back))

        self._memory.submit(lambda store: store.add_call_back(call_back), then=added, failed=failed)

    def _failed(self, error: Exception) -> None:
        log.error("the journal could not be read or written: %s", type(error).__name__)
        self._listeners.tell(StoreFailed(message=str(error)))

    def _midnight(self) -> datetime:
        zone = ZoneInfo(self._directory.office.zone)
        today = self._clock.now().astimezone(zone).date()
        return datetime.combine(today, time(), tzinfo=zone)

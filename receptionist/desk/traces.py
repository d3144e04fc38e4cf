"""SIP traces of calls, for the support of the provider."""

from __future__ import annotations

from uuid import UUID

from receptionist.desk.ground import Ground
from receptionist.desk.switchboard import Switchboard
from receptionist.events import PhoneTrace, TraceReady
from receptionist.ports import Phone


class Traces:
    """Asks the phone for the messages of a call. Main thread."""

    def __init__(self, ground: Ground, phone: Phone, switchboard: Switchboard) -> None:
        self._phone = phone
        self._board = switchboard
        self._listeners = ground.listeners
        switchboard.follow(PhoneTrace, self._heard)

    def ask(self, call_id: UUID) -> None:
        """Tell `TraceReady` with the messages of a call so far."""
        self._phone.service.trace(self._board.call(call_id).id)

    def _heard(self, event: PhoneTrace) -> None:
        self._listeners.tell(TraceReady(call_id=event.call_id, text=event.text))

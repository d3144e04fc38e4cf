"""Nobody is forgotten on hold: a reminder after a while, and again and again."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.events import CallChanged, CallEnded, CallIncoming, DeskEvent, HoldReminder
from receptionist.model.call import HOLD_REMINDER_S, Call, CallState


class HoldReminders:
    """Tells `HoldReminder` every `every_s` seconds of a hold; 0 for never. Main thread."""

    def __init__(self, ground: Ground, calls: Calls, every_s: int = HOLD_REMINDER_S) -> None:
        self.every_s = every_s
        self._calls = calls
        self._directory = ground.directory
        self._listeners = ground.listeners
        self._clock = ground.clock
        self._later = ground.later
        self._timers: dict[UUID, Callable[[], object]] = {}
        ground.listeners.add(self._on_event)

    def _on_event(self, event: DeskEvent) -> None:
        if isinstance(event, CallChanged | CallIncoming | CallEnded):
            self._follow(event.call)

    def _follow(self, call: Call) -> None:
        if call.state is CallState.HELD:
            if call.id not in self._timers:
                self._set(call.id)
        elif cancel := self._timers.pop(call.id, None):
            cancel()

    def _set(self, call_id: UUID) -> None:
        if self.every_s:
            self._timers[call_id] = self._later(self.every_s, lambda: self._due(call_id))

    def _due(self, call_id: UUID) -> None:
        del self._timers[call_id]
        call = self._calls.get(call_id)
        if call is None or call.state is not CallState.HELD:
            return
        self._set(call_id)
        waited = round((self._clock.now() - call.since).total_seconds())
        client = self._directory.remembered(call.client_id)
        self._listeners.tell(HoldReminder(call=call, client=client, seconds=waited))

"""How calls sound: what is measured goes to faces at once, and into the journal at the end."""

from __future__ import annotations

import logging
from dataclasses import replace

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.switchboard import Switchboard
from receptionist.events import CallEnded, CallQuality, DeskEvent, PhoneQuality
from receptionist.model.call import Call
from receptionist.model.quality import Quality

log = logging.getLogger(__name__)


class Qualities:
    """Keeps the last and the worst of each call. Main thread."""

    def __init__(self, ground: Ground, calls: Calls, switchboard: Switchboard) -> None:
        self._calls = calls
        self._memory = ground.memory
        self._listeners = ground.listeners
        ground.listeners.add(self._on_event)
        switchboard.follow(PhoneQuality, self._measured)

    def _measured(self, event: PhoneQuality) -> None:
        call = self._calls.get(event.call_id)
        if call is None:
            return
        last = Quality(
            codec=event.codec,
            encrypted=event.encrypted,
            loss_permille=event.loss_permille,
            jitter_ms=event.jitter_ms,
            round_trip_ms=event.round_trip_ms,
            mos_tenths=event.mos_tenths,
        )
        worst = call.worst.worst(last) if call.worst else last
        call = replace(call, quality=last, worst=worst)
        self._calls.measured(call)
        self._listeners.tell(CallQuality(call_id=call.id, last=last, worst=worst))
        if call.ended:
            self._write(call)

    def _on_event(self, event: DeskEvent) -> None:
        if isinstance(event, CallEnded):
            self._write(event.call)

    def _write(self, call: Call) -> None:
        last, worst = call.quality, call.worst
        if last is None or worst is None:
            return
        self._memory.submit(
            lambda store: store.voices.sounded(call.id, last, worst),
            failed=lambda error: log.warning("a quality is lost: %s", type(error).__name__),
        )

"""The start of a desk: calls that went on without one are taken over, the others are closed.

What the phone tells of calls waits until the journal has said what it knows of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from receptionist.desk.acknowledging import Acknowledging
from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.opening import Opening, refused_id
from receptionist.desk.owing import Owing
from receptionist.events import (
    JOURNALLED,
    CallIncoming,
    EngineChanged,
    LineChanged,
    PhoneAnswered,
    PhoneAttended,
    PhoneEnded,
    PhoneEvent,
    PhoneIncoming,
    PhoneJoined,
    PhoneLive,
    PhoneRefused,
    PhoneResumed,
)
from receptionist.model.call import UP, Call, CallState, Cause
from receptionist.model.worklist import WorkItem
from receptionist.ports import PhoneService
from receptionist.reasons import Reason

log = logging.getLogger(__name__)


class Adopting:
    """Stands between the phone and the switchboard, whose `heard` it is given. Main thread."""

    def __init__(
        self,
        ground: Ground,
        calls: Calls,
        owing: Owing,
        heard: Callable[[PhoneEvent], object],
        service: PhoneService,
    ) -> None:
        self._memory = ground.memory
        self._clock = ground.clock
        self._directory = ground.directory
        self._listeners = ground.listeners
        self._calls = calls
        self._owing = owing
        self._opening = Opening(ground)
        self._pass_on = heard
        self._acknowledging = Acknowledging(ground, calls, service)
        self._recovered = False
        self._waiting: list[PhoneEvent] | None = None
        self._adopted: set[UUID] = set()

    def heard(self, event: PhoneEvent) -> None:
        """Take in an event of the phone."""
        if self._waiting is not None and not isinstance(event, EngineChanged | LineChanged):
            self._waiting.append(event)
            return
        self._take_in(event)
        if self._waiting is None and isinstance(event, (*JOURNALLED, PhoneResumed)):
            self._acknowledging.due()

    def took_over(self, call_id: UUID) -> bool:
        """Whether a call was there before this desk."""
        return call_id in self._adopted

    def _take_in(self, event: PhoneEvent) -> None:
        if isinstance(event, PhoneResumed):
            self._resumed(event)
        else:
            self._pass_on(event)

    def _resumed(self, event: PhoneResumed) -> None:
        if self._recovered:
            self._adopt(event)
            return
        self._recovered = True
        self._waiting = []
        here, now = self._directory.workstation.id, self._clock.now()
        kept = {live.call_id for live in event.living} | _of_calls(event)

        def owed(call: Call) -> WorkItem | None:
            return self._owing.owed(call, Reason.CALL_LOST, now)

        def known(calls: tuple[Call, ...]) -> None:
            for before, call in zip(calls, self._calls.remember(calls), strict=True):
                if before.id not in kept:
                    self._closed(call, owed(before))
            self._go_on(event)

        def unknown(error: Exception) -> None:
            log.error("calls of the last run could not be read: %s", type(error).__name__)
            self._go_on(event)

        self._memory.submit(
            lambda store: store.close_open_calls(here, now, owed, kept),
            then=known,
            failed=unknown,
        )

    def _closed(self, call: Call, written: WorkItem | None) -> None:
        """Whom to call back may stand only in what was typed, which the store does not have yet."""
        if written is not None:
            self._owing.written(written)
        else:
            self._owing.call_back_for(call, Reason.CALL_LOST)

    def _go_on(self, event: PhoneResumed) -> None:
        """Only what was taken in can be written down: what waits comes first."""
        self._adopt(event)
        waiting, self._waiting = self._waiting or [], None
        for later in waiting:
            self._attempt(later)
        self._calls.bring_lost(lambda call: self._owing.call_back_for(call, Reason.CALL_LOST))
        self._acknowledging.due()

    def _adopt(self, event: PhoneResumed) -> None:
        """First what happened meanwhile, then how it is now."""
        alive = {live.call_id for live in event.living}
        for at, missed in event.missed:
            if not self._known(missed, alive):
                with self._calls.as_of(at):
                    self._attempt(missed)
        self._close(event, alive)
        for live in sorted(event.living, key=lambda one: one.beside is not None):
            self._take_over(live)
        for live in event.living:
            if live.joined is not None:
                joined = PhoneJoined(call_id=live.call_id, other_id=live.joined, joined=True)
                self._pass_on(joined)

    def _attempt(self, event: PhoneEvent) -> None:
        """One that cannot be taken in hinders no other."""
        try:
            self._take_in(event)
        except Exception:
            log.exception("the desk could not take %s", type(event).__name__)

    def _close(self, event: PhoneResumed, alive: set[UUID]) -> None:
        """Calls of which something was told, but not their end: they ended with their phone."""
        for call_id, at in _last_told(event).items():
            call = self._calls.get(call_id)
            if call is not None and not call.ended and call_id not in alive:
                with self._calls.as_of(at):
                    self._attempt(PhoneEnded(call_id=call_id, cause=Cause.ENGINE_DIED))

    def _known(self, missed: PhoneEvent, alive: set[UUID]) -> bool:
        """Whether the journal has it: a desk that died had written it, and could not say so.

        Who is called over another way lives: what ended was the way before.
        """
        call = self._calls.get(getattr(missed, "call_id", None))
        match missed:
            case PhoneIncoming():
                return call is not None
            case PhoneRefused():
                return self._calls.get(refused_id(missed)) is not None
            case PhoneAnswered() | PhoneAttended():
                return call is not None and (call.answered or call.ended)
            case PhoneEnded():
                return missed.call_id in alive
        return False

    def _take_over(self, live: PhoneLive) -> None:
        self._adopted.add(live.call_id)
        call = self._calls.get(live.call_id)
        if call is None:
            call, _client = self._opening.resumed(live, self._calls.get(live.beside))
            self._calls.add(call)
        if call.ended:
            log.error("a call goes on that the journal has closed")
            return
        call = self._as_it_is(call, live)
        if call.muted != live.muted:
            self._calls.change(replace(call, muted=live.muted))
        self._tell(self._calls.get(call.id) or call)
        if live.step is not None and live.step is not call.step:
            self._pass_on(PhoneAttended(call_id=live.call_id, step=live.step))

    def _as_it_is(self, call: Call, live: PhoneLive) -> Call:
        """Its state now; when it was held or taken back, nobody saw."""
        if live.answered_at is not None and call.state not in UP:
            with self._calls.as_of(max(live.answered_at, call.since)):
                call = self._calls.advance(call.id, CallState.ACTIVE) or call
        if call.state in UP:
            state = CallState.HELD if live.held else CallState.ACTIVE
            call = self._calls.advance(call.id, state) or call
        return call

    def _tell(self, call: Call) -> None:
        if call.state is not CallState.RINGING:
            self._calls.tell(call)
            return
        client = self._directory.remembered(call.client_id)
        greeting = self._directory.greeting(client, call)
        self._listeners.tell(CallIncoming(call=call, client=client, greeting=greeting))


def _of_calls(event: PhoneResumed) -> set[UUID]:
    refused = {refused_id(one) for _, one in event.missed if isinstance(one, PhoneRefused)}
    return refused | _last_told(event).keys()


def _last_told(event: PhoneResumed) -> dict[UUID, datetime]:
    """When the newest of what was missed of each call has happened; without those refused."""
    return {
        missed.call_id: at
        for at, missed in event.missed
        if isinstance(missed, JOURNALLED) and not isinstance(missed, PhoneRefused)
    }

"""How the receptionist is at the desk: ready, on a break, in wrap-up, and since when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.untilwritten import UntilWritten
from receptionist.events import AgentChanged, CallChanged, CallEnded, DeskEvent
from receptionist.model.agent import WRAP_UP_S, AgentPeriod, AgentState, BreakReason
from receptionist.model.call import ENGAGED
from receptionist.threads import assert_main


class Agent:
    """Ready, break and wrap-up of who sits here. Main thread.

    Whoever talks or dials is ready. When the last call that was answered is over, wrap-up begins
    and ends by itself after `wrap_up_s` seconds (0: none begins by itself). Nothing here keeps a
    call from ringing. Every period is written until the store has it.
    """

    def __init__(self, ground: Ground, calls: Calls, wrap_up_s: int = WRAP_UP_S) -> None:
        self.wrap_up_s = wrap_up_s
        self._ground = ground
        self._calls = calls
        self._newest: AgentChanged | None = None
        self._mark = 0.0
        self._announced = BreakReason.NONE
        self._working = self._spoken = False
        self._call: UUID | None = None
        """The last one that was answered and is over: what is wrapped up is about it."""
        self._written = UntilWritten(ground, "ready, break or wrap-up")
        self._stop_timer: Callable[[], object] = _nothing
        ground.listeners.add(self._heard)

    @property
    def newest(self) -> AgentChanged | None:
        """What was told last; None before the start."""
        return self._newest

    @property
    def period(self) -> AgentPeriod | None:
        """What lasts now; None before the start."""
        return self._newest.period if self._newest else None

    @property
    def until(self) -> datetime | None:
        """When wrap-up ends by itself, UTC."""
        return self._newest.until if self._newest else None

    @property
    def announced(self) -> BreakReason:
        """The break that begins when the call is over; `NONE` without one."""
        return self._announced

    def start(self) -> None:
        """End what a crash left open, and be ready."""
        assert_main()
        here, at = self._ground.directory.workstation.id, self._ground.clock.now()
        self._written.write("crash", lambda store: store.agents.close_open(here, at))
        self._begin(AgentState.READY)

    def close(self) -> None:
        """The desk closes: what lasts is over. Hands what is not written yet to the store."""
        self._end()
        self._newest = None
        self._written.try_again()

    # ---- what the receptionist wants

    def ready(self) -> None:
        """Be ready at once, and take an announced break back."""
        assert_main()
        if self._state is not AgentState.READY:
            self._begin(AgentState.READY)
        elif self._announced:
            self._announce(BreakReason.NONE)

    def take_break(self, reason: BreakReason) -> None:
        """Take a break; during a call announce it for afterwards, or take the same one back."""
        assert_main()
        if not reason:
            raise ValueError("a break has a reason")
        if self._working:
            self._announce(BreakReason.NONE if reason is self._announced else reason)
        elif self.period is None or self.period.reason is not reason:
            self._begin(AgentState.BREAK, reason)

    def wrap_up(self) -> None:
        """Begin wrap-up, or let its time begin anew. During a call nothing: it comes by itself."""
        assert_main()
        if self._working:
            return
        seconds = self.wrap_up_s or WRAP_UP_S
        if self.period is not None and self.period.state is AgentState.WRAP_UP:
            self._tell(self.period, self._end_by_itself(seconds))
        else:
            self._begin(AgentState.WRAP_UP, seconds=seconds)

    # ---- calls

    def _heard(self, event: DeskEvent) -> None:
        if self._newest is None or not isinstance(event, CallChanged | CallEnded):
            return
        if isinstance(event, CallEnded) and event.call.answered:
            self._call = event.call.consults_for or event.call.id
        mine = [call for call in self._calls.live if call.state in ENGAGED]
        if mine:
            self._working = True
            self._spoken = self._spoken or any(call.answered for call in mine)
            if self._state is not AgentState.READY:
                self._begin(AgentState.READY)
        elif self._working:
            spoken, self._working, self._spoken = self._spoken, False, False
            self._call_is_over(spoken)

    def _call_is_over(self, spoken: bool) -> None:
        if self._announced:
            self._begin(AgentState.BREAK, self._announced)
        elif spoken and self.wrap_up_s:
            self._begin(AgentState.WRAP_UP, seconds=self.wrap_up_s)

    # ---- periods

    @property
    def _state(self) -> AgentState | None:
        return self.period.state if self.period else None

    def _begin(
        self, state: AgentState, reason: BreakReason = BreakReason.NONE, seconds: int = 0
    ) -> None:
        self._end()
        self._announced = BreakReason.NONE
        self._mark = self._ground.clock.monotonic()
        period = AgentPeriod(
            id=uuid4(),
            receptionist_id=self._ground.directory.receptionist.id,
            workstation_id=self._ground.directory.workstation.id,
            state=state,
            reason=reason,
            started=self._ground.clock.now(),
            call_id=self._call if state is AgentState.WRAP_UP else None,
        )
        self._record(period)
        self._tell(period, self._end_by_itself(seconds) if seconds else None)

    def _end(self) -> None:
        self._stop_timer()
        self._stop_timer = _nothing
        if self.period is not None:
            clock = self._ground.clock
            lasted = round(clock.monotonic() - self._mark, 3)
            self._record(replace(self.period, ended=clock.now(), seconds=lasted))

    def _end_by_itself(self, seconds: int) -> datetime:
        self._stop_timer()
        self._stop_timer = self._ground.later(seconds, self.ready)
        return self._ground.clock.now() + timedelta(seconds=seconds)

    def _announce(self, reason: BreakReason) -> None:
        self._announced = reason
        if self.period is not None:
            self._tell(self.period, None)

    def _tell(self, period: AgentPeriod, until: datetime | None) -> None:
        self._newest = AgentChanged(period=period, until=until, announced=self._announced)
        self._ground.listeners.tell(self._newest)

    def _record(self, period: AgentPeriod) -> None:
        self._written.write(period.id, lambda store: store.agents.record(period))


def _nothing() -> None:
    """What there is to do when nothing waits."""

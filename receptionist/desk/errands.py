"""Errands: work for clients beside calls, and the one timer that runs at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from receptionist.desk.agent import Agent
from receptionist.desk.calls import Calls
from receptionist.desk.errandbook import ErrandBook
from receptionist.desk.errandwords import cut_off, noted, paused, waiting
from receptionist.desk.ground import Ground
from receptionist.desk.services import check_agreed
from receptionist.desk.stopwatch import SEEN_S, Stopwatch
from receptionist.errors import BadInput, NotFound
from receptionist.events import (
    AgentChanged,
    CallChanged,
    CallEnded,
    DeskEvent,
    ErrandWaits,
)
from receptionist.i18n import _
from receptionist.model.agent import AgentState
from receptionist.model.call import UP
from receptionist.model.checks import NOTES_LIMIT, text_fault
from receptionist.model.client import Client
from receptionist.model.errand import Errand, ErrandState, StretchEnd
from receptionist.model.service import IN_CALLS, Service, ServiceKind, offered
from receptionist.model.servicechecks import service_fault
from receptionist.threads import assert_main


class Errands:
    """The errands that are open, and the timer. Main thread.

    One runs at a time: beginning or resuming another pauses it. An answered call, a break and a
    wrap-up pause it by themselves; it goes on by hand, because no time may stand in the record, or
    on a bill, that nobody has said to be worked. What was typed is saved within two seconds, and a
    sign of life is written while the timer runs.
    """

    def __init__(self, ground: Ground, calls: Calls, agent: Agent) -> None:
        self._ground, self._calls, self._agent = ground, calls, agent
        self._book = ErrandBook(ground)
        self._watch = Stopwatch(ground.clock)
        self._running: UUID | None = None
        self._waits: UUID | None = None
        """What was paused by a call or a break, and is to be reminded of."""
        self._up: set[UUID] = set()
        self._beats = False
        ground.listeners.add(self._heard)

    # ---- asking

    @property
    def all(self) -> tuple[Errand, ...]:
        """Those that are open, of all clients, oldest first."""
        return self._book.all

    @property
    def running(self) -> Errand | None:
        """The one whose timer runs."""
        return self._book.find(self._running)

    def get(self, errand_id: UUID) -> Errand:
        """An open errand; `NotFound` when it is none."""
        return self._book.get(errand_id)

    def worked_s(self, errand_id: UUID) -> float:
        """Seconds of work until now."""
        errand = self.get(errand_id)
        if errand_id != self._running:
            return errand.worked_s
        return errand.worked_s - errand.stretches[-1].seconds + self._watch.seconds

    # ---- doing

    def begin(
        self,
        client_id: UUID,
        kind: ServiceKind,
        title: str = "",
        *,
        text: str = "",
        call_id: UUID | None = None,
    ) -> UUID:
        """Begin an errand for a client, perhaps out of a call of his; its id.

        While somebody is on the line it is only noted, to be resumed afterwards. `NotAgreed` when
        the client's list has no such service; `BadInput` when the wish is wrong otherwise.
        """
        assert_main()
        client = self._client(client_id)
        service = _service(client, kind, title)
        self._check_call(call_id, client)
        directory = self._ground.directory
        errand = Errand(
            id=uuid4(),
            client_id=client.id,
            kind=service.kind,
            title=service.title,
            receptionist_id=directory.receptionist.id,
            workstation_id=directory.workstation.id,
            created=self._ground.clock.now(),
            call_id=call_id,
            text=_checked(text, "text").strip(),
        )
        if self._on_the_line:
            self._waits = errand.id
            self._book.keep(errand, noted(errand))
        else:
            self._run(errand)
        return errand.id

    def pause(self) -> None:
        """Let the timer stand still; `BadInput` when none runs."""
        assert_main()
        if self._running is None:
            raise BadInput(_("No task is running."))
        self._stop(StretchEnd.PAUSED)

    def resume(self, errand_id: UUID) -> None:
        """Let the timer of an errand run; another one that runs is paused, wrap-up is over."""
        assert_main()
        errand = self.get(errand_id)
        _check_confirmed(errand)
        if self._on_the_line:
            raise BadInput(_("Somebody is on the line. Resume the task after the call."))
        if errand_id != self._running:
            self._run(errand)

    def finish(self, errand_id: UUID, result: str | None = None) -> None:
        """An errand is done, with what came of it; None leaves what was typed."""
        assert_main()
        _check_confirmed(self.get(errand_id))
        if result is not None:
            self.type(errand_id, result=result)
        if errand_id == self._running and not self._stop(StretchEnd.FINISHED, tell=False):
            _check_confirmed(self.get(errand_id))
        self._book.keep(replace(self.get(errand_id), finished=self._ground.clock.now()))

    def discard(self, errand_id: UUID) -> None:
        """It was begun by mistake: it is neither open nor in the record, its row stays."""
        assert_main()
        self.get(errand_id)
        if errand_id == self._running:
            self._stop(StretchEnd.PAUSED, tell=False)
        self._book.keep(replace(self.get(errand_id), removed=self._ground.clock.now()))

    def confirm(self, errand_id: UUID, seconds: float | None = None) -> None:
        """How long the stretch was that was cut off; None for as long as there were signs of life.

        It is paused then. `BadInput` for more than there was time until now.
        """
        assert_main()
        errand = self.get(errand_id)
        if errand.state is not ErrandState.INTERRUPTED:
            raise BadInput(_("There is nothing to confirm: this task was not interrupted."))
        cut = errand.stretches[-1]
        longest = (self._ground.clock.now() - cut.start).total_seconds()
        if seconds is not None and not 0 <= seconds <= max(longest, cut.seconds):
            raise BadInput(_("So much time has not passed since then."), key="seconds")
        worked = cut.seconds if seconds is None else round(float(seconds), 3)
        self._book.keep(errand.alive(cut.seen, worked, StretchEnd.CONFIRMED))

    def type(self, errand_id: UUID, *, text: str | None = None, result: str | None = None) -> None:
        """Keep what was typed: what is to be done, what came of it. Saved within two seconds."""
        assert_main()
        before = self.get(errand_id)
        errand = replace(
            before,
            text=before.text if text is None else _checked(text, "text"),
            result=before.result if result is None else _checked(result, "result"),
        )
        if errand != before:
            self._book.typed(errand)

    # ---- the life of the desk

    def open(
        self,
        then: Callable[[], object] = lambda: None,
        failed: Callable[[Exception], object] = lambda error: None,
    ) -> None:
        """Read what is open. What ran here when the program died was cut off, and says so."""
        assert_main()
        self._book.open({self._running} if self._running else (), then, failed)

    def close(self) -> None:
        """The desk closes: what runs is paused, and what was typed is handed to the store."""
        self._stop(StretchEnd.LEFT, tell=False)
        self._book.close()

    # ---- the timer

    def _run(self, errand: Errand) -> None:
        """Let the timer of one run, of which there is only one, and no wrap-up beside it."""
        self._waits = None
        self._stop(StretchEnd.OTHER)
        period = self._agent.period
        if period is not None and period.state is AgentState.WRAP_UP:
            self._agent.ready()
        self._watch.start()
        self._running = errand.id
        self._book.keep(errand.started(self._ground.clock.now()))
        if not self._beats:
            self._beats = True
            self._ground.later(SEEN_S, self._beat)

    def _stop(self, end: StretchEnd, *, tell: bool = True) -> bool:
        """Let the timer stand still; False where it was cut off before, and that is told."""
        errand = self.running
        if errand is None:
            return True
        self._running = None
        if self._watch.slept:
            errand = errand.cut()
            self._book.keep(errand, cut_off(errand, self._zone))
            return False
        errand = errand.alive(self._ground.clock.now(), self._watch.seconds, end)
        self._book.keep(errand, paused(errand, end), tell=tell)
        return True

    def _beat(self) -> None:
        """A sign of life, as long as something runs."""
        errand = self.running
        if errand is None:
            self._beats = False
            return
        if self._watch.slept:
            self._stop(StretchEnd.INTERRUPTED)
        else:
            self._watch.see()
            self._book.keep(
                errand.alive(self._ground.clock.now(), self._watch.seconds),
                tell=False,
            )
        self._ground.later(SEEN_S, self._beat)

    # ---- calls and breaks

    @property
    def _zone(self) -> str:
        return self._ground.directory.office.zone

    @property
    def _on_the_line(self) -> bool:
        return any(call.state in UP for call in self._calls.live)

    def _heard(self, event: DeskEvent) -> None:
        match event:
            case CallChanged(call=call):
                if call.state in UP and call.id not in self._up:
                    self._up.add(call.id)
                    self._give_way(StretchEnd.CALL)
            case CallEnded(call=call):
                self._up.discard(call.id)
                self._remind()
            case AgentChanged(period=period):
                if period.state is not AgentState.READY:
                    self._give_way(StretchEnd.BREAK)
                self._remind()

    def _give_way(self, end: StretchEnd) -> None:
        if self._running is not None:
            waits = self._running
            if self._stop(end):
                self._waits = waits

    def _remind(self) -> None:
        """Once the call, its wrap-up or the break is over."""
        period, errand = self._agent.period, self._book.find(self._waits)
        ready = period is not None and period.state is AgentState.READY
        if errand is not None and ready and not self._on_the_line:
            self._waits = None
            self._ground.listeners.tell(ErrandWaits(errand=errand, message=waiting(errand)))

    # ---- checks

    def _client(self, client_id: UUID) -> Client:
        client = self._ground.directory.client(client_id)
        if client is None:
            raise NotFound(_("This client does not exist any more."))
        return client

    def _check_call(self, call_id: UUID | None, client: Client) -> None:
        if call_id is None:
            return
        call = self._calls.get(call_id)
        if call is None:
            raise NotFound(_("This call is not at the desk."))
        if call.client_id != client.id:
            raise BadInput(_("This call is for another client."), key="call")


def _service(client: Client, kind: ServiceKind, title: str) -> Service:
    """The service as it is agreed; where no list is, as it was said."""
    if kind in IN_CALLS:
        message = _("Calls keep their time by themselves. Choose what is done beside them.")
        raise BadInput(message, key="kind")
    check_agreed(client, kind, title)
    same = [one for one in offered(client.services) if one.is_same(kind, title)]
    if not same and not title.strip():
        same = [one for one in offered(client.services) if one.kind is kind]
    if same:
        return same[0]
    said = Service(kind=kind, title=title.strip())
    if wrong := service_fault(said):
        raise BadInput(wrong, key="title")
    return said


def _check_confirmed(errand: Errand) -> None:
    if errand.state is ErrandState.INTERRUPTED:
        raise BadInput(_("Say first how long you worked on it before it was interrupted."))


def _checked(text: str, key: str) -> str:
    if wrong := text_fault(text, NOTES_LIMIT, lines=True):
        raise BadInput(wrong, key=key)
    return text

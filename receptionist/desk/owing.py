"""What is owed: whom to call after a call or about an appointment, and what an owner is to know."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import chain
from uuid import UUID, uuid4, uuid5

from receptionist.desk.calls import RETRY_AFTER_S, TYPED_AFTER_S, Calls
from receptionist.desk.ground import Ground
from receptionist.desk.services import check_agreed
from receptionist.desk.worklist import WorkList
from receptionist.errors import BadInput, NotFound, StaleRow
from receptionist.events import ActionChosen, CallChanged, CallEnded, DeskEvent, WorkAdded
from receptionist.i18n import _
from receptionist.model.appointment import TAKING_PLACE, Appointment
from receptionist.model.call import Call, Cause, Direction
from receptionist.model.number import normalised
from receptionist.model.script import ActionKind
from receptionist.model.service import ServiceKind
from receptionist.model.worklist import (
    Attempt,
    AttemptOutcome,
    Disposition,
    WorkItem,
    WorkKind,
    due_of,
    kind_for_appointment,
    kind_for_call,
    no_longer,
)
from receptionist.ports import Store
from receptionist.reasons import Reason

_OWED, _NOTE, _PROMISE = "call back", "note", "promise"
_OUTCOMES = {Cause.BUSY: AttemptOutcome.BUSY, Cause.FAILED: AttemptOutcome.FAILED}


class Owing:
    """Puts on the work list what follows from calls and appointments. Main thread.

    An item has an id that is made of what it is about, so the way here may begin anew after a
    crash. Whoever is called because of an item, and how that ended, is written to it by itself.
    """

    def __init__(self, ground: Ground, calls: Calls, work: WorkList) -> None:
        self._memory, self._directory = ground.memory, ground.directory
        self._listeners, self._clock = ground.listeners, ground.clock
        self._later = ground.later
        self._calls, self._work = calls, work
        self._late: set[UUID] = set()
        """Calls into which something is being typed that is not on the list yet."""
        self.about: Callable[[Call], str] = lambda call: ""
        """Why somebody called, in the words of the script."""
        ground.listeners.add(self._on_event)

    def call_back_for(self, call: Call, reason: Reason) -> None:
        """Put the other side of a lost or missed call on the list, if it left a number."""
        item = self.owed(call, reason, self._clock.now())
        if item is not None:
            self._work.add(item)

    def owed(self, call: Call, reason: Reason, at: datetime) -> WorkItem | None:
        """What is owed after a call, always the same; None if it left no number. Any thread."""
        item = self.owed_anyway(call, reason, at)
        return item if item.number else None

    def owed_anyway(self, call: Call, reason: Reason, at: datetime) -> WorkItem:
        """The same, also to who left no number: he may have said it. Any thread."""
        kind = kind_for_call(reason)
        return WorkItem(
            id=uuid5(call.id, _OWED),
            client_id=call.client_id,
            kind=kind,
            number=normalised(call.number, self._directory.office.region),
            name=_name(call),
            reason=reason,
            created=at,
            due=due_of(kind, at),
            call_id=call.id,
        )

    def written(self, item: WorkItem) -> None:
        """The store has put an item on the list beside something else."""
        self._work.added(item)

    def not_owed(self, call_id: UUID) -> None:
        """Nobody called there: what was owed for that call is void."""
        at, item_id = self._clock.now(), uuid5(call_id, _OWED)

        def off(store: Store) -> WorkItem | None:
            with suppress(NotFound, StaleRow):
                return store.work.dispose(item_id, Disposition.VOID, None, at, Reason.OWN_TEST)
            return None

        def told(item: WorkItem | None) -> None:
            if item is not None:
                self._work.take(item)

        self._memory.submit(off, then=told, failed=self._work.failed)

    def call_back_about(self, appointment: Appointment, reason: Reason) -> None:
        """Put the caller of an appointment that went wrong on the list, once for each reason."""
        kind, at = kind_for_appointment(reason), self._clock.now()
        typed = appointment.caller_number
        self._work.add(
            WorkItem(
                id=uuid5(appointment.id, reason),
                client_id=appointment.client_id,
                kind=kind,
                number=normalised(typed, self._directory.office.region) or typed,
                name=appointment.caller_name,
                reason=reason,
                created=at,
                due=due_of(kind, at),
                call_id=appointment.call_id,
                appointment_id=appointment.id,
            )
        )

    def not_owed_about(self, appointment: Appointment) -> None:
        """It, or a way to it, was brought in line with the owner's calendar: what is no longer so
        leaves."""
        main = appointment.part_of or appointment.id
        if not any(one.appointment_id == main for one in self._work.items):
            return
        at = self._clock.now()

        def told(items: tuple[WorkItem, ...]) -> None:
            for one in items:
                self._work.take(one)

        withdraw = partial(_withdraw, main, at)
        self._memory.submit(withdraw, then=told, failed=self._work.failed)

    def promise(self, call_id: UUID, due: datetime, text: str = "") -> None:
        """A call-back was promised in a call; once a call, the last time that was said counts."""
        call = self._calls.get(call_id)
        if call is None:
            raise NotFound(_("This call is not at the desk."))
        self._check_due(due)
        item_id = uuid5(call.id, _PROMISE)
        if any(one.id == item_id for one in self._work.items):
            self._work.dispose(item_id, Disposition.CALL_BACK, text, due)
            return
        self._promise(item_id, call.client_id, call.number, _name(call), due, text, call.id)

    def promise_by_hand(
        self, client_id: UUID | None, number: str, name: str, due: datetime, text: str = ""
    ) -> UUID:
        """A call-back was promised without a call at this desk; the id of the item."""
        self._check_due(due)
        item_id = uuid4()
        self._promise(item_id, client_id, number, name, due, text, None)
        return item_id

    def _promise(
        self,
        item_id: UUID,
        client_id: UUID | None,
        number: str,
        name: str,
        due: datetime,
        text: str,
        call_id: UUID | None,
    ) -> None:
        plain = normalised(number, self._directory.office.region)
        if not plain:
            raise BadInput(_("Write the number to call back."), key="number")
        client = self._directory.client(client_id)
        if client is not None:
            check_agreed(client, ServiceKind.CALL_BACKS)
        self._work.add(
            WorkItem(
                id=item_id,
                client_id=client_id,
                kind=WorkKind.PROMISED,
                number=plain,
                name=name.strip(),
                text=text.strip(),
                created=self._clock.now(),
                due=due,
                call_id=call_id,
            )
        )

    def _check_due(self, due: datetime) -> None:
        if due <= self._clock.now():
            raise BadInput(_("The follow-up must be in the future."), key="due")

    def _note(self, event: ActionChosen) -> None:
        """The owner is to know what was asked and noted; once a call."""
        call = self._calls.get(event.call_id)
        if call is None:
            return
        at = self._clock.now()
        self._work.add(
            WorkItem(
                id=uuid5(call.id, _NOTE),
                client_id=call.client_id,
                kind=WorkKind.NOTE,
                number=normalised(call.number, self._directory.office.region),
                name=_name(call),
                text="\n".join(part for part in (self.about(call), event.text) if part),
                created=at,
                due=due_of(WorkKind.NOTE, at),
                call_id=call.id,
            )
        )

    def _on_event(self, event: DeskEvent) -> None:
        if isinstance(event, ActionChosen) and event.action.do is ActionKind.NOTE:
            self._note(event)
        elif isinstance(event, CallEnded):
            self._tried(event.call)
        elif isinstance(event, CallChanged):
            self._typed(event.call)
        elif isinstance(event, WorkAdded):
            self._typed(self._calls.get(event.item.call_id))

    def _typed(self, call: Call | None) -> None:
        """What is typed into a call after something is owed for it counts, soon."""
        if call and call.id not in self._late and self._said_late(call):
            self._late.add(call.id)
            self._later(TYPED_AFTER_S, lambda: self._say(call.id))

    def _say(self, call_id: UUID) -> None:
        self._late.discard(call_id)
        call = self._calls.get(call_id)
        for item, number, name in self._said_late(call) if call else ():
            self._work.say(item.id, number, name, lambda error: self._not_said(call_id, error))

    def _not_said(self, call_id: UUID, error: Exception) -> None:
        self._work.failed(error)
        if not isinstance(error, NotFound) and call_id not in self._late:
            self._late.add(call_id)
            self._later(RETRY_AFTER_S, lambda: self._say(call_id))

    def _said_late(self, call: Call) -> list[tuple[WorkItem, str, str]]:
        """What is open out of a call and says another number or name than the call does now."""
        typed, name = normalised(call.number, self._directory.office.region), _name(call)
        return [
            (item, typed or item.number, name or item.name)
            for item in self._work.items
            if item.call_id == call.id
            and item.appointment_id is None
            and (item.number, item.name) != (typed or item.number, name or item.name)
        ]

    def _tried(self, call: Call) -> None:
        """Who was called, or has called and was spoken to, stands on the list, perhaps.

        A consultation is about somebody else, who waits; what came of a call is not about itself.
        """
        number = normalised(call.number, self._directory.office.region)
        outcome = _outcome(call)
        if outcome is None or call.consults_for is not None or not number:
            return
        for item in self._work.items:
            whose = item.client_id in (None, call.client_id) and item.call_id != call.id
            if item.owes_call and item.number == number and whose:
                attempt = Attempt(
                    id=uuid5(call.id, str(item.id)),
                    at=call.started,
                    who=call.receptionist_id or self._directory.receptionist.id,
                    outcome=outcome,
                    call_id=call.id,
                )
                self._work.tried(item.id, attempt)


def _withdraw(appointment_id: UUID, at: datetime, store: Store) -> tuple[WorkItem, ...]:
    """What is no longer so of an appointment as it stands now, with its travel. Store worker."""
    main = store.bookings.get(appointment_id)
    if main is None:
        return ()
    linked = store.bookings.linked(main.id)
    ways = [one for one in linked if one.part_of == main.id and one.state in TAKING_PLACE]
    overlaps = any(_is_overlapped(one, store) for one in (main, *ways))
    found = [
        store.work.withdraw(main.id, one, at) for one in no_longer(main.state, overlaps=overlaps)
    ]
    return tuple(chain.from_iterable(found))


def _is_overlapped(one: Appointment, store: Store) -> bool:
    """Where the owner has put it himself it is his decision what is there as well."""
    if one.reason in (Reason.OVERLAP_FOUND, Reason.OWNER_MOVED):
        return one.reason is Reason.OVERLAP_FOUND
    return store.bookings.owner_is_busy(one, one.period)


def _name(call: Call) -> str:
    """How the other side is called: as typed, else as signalled."""
    return (call.caller_name or call.caller.name).strip()


def _outcome(call: Call) -> AttemptOutcome | None:
    """What a call means for who is owed one; None where it means nothing."""
    if call.direction is Direction.INCOMING:
        return AttemptOutcome.CALLED if call.answered else None
    if call.answered:
        return AttemptOutcome.ANSWERED
    return _OUTCOMES.get(call.cause, AttemptOutcome.NO_ANSWER)

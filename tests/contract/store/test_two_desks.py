"""Two workstations on one database: what one begins, the other neither ends nor overwrites."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

import pytest

from receptionist.credentials import MemoryCredentials
from receptionist.desk.desk import Desk
from receptionist.errors import StaleRow
from receptionist.events import DeskEvent
from receptionist.model.agent import AgentState
from receptionist.model.call import Cause
from receptionist.model.errand import ErrandState, StretchEnd
from receptionist.model.letter import Letter, LetterKind, LetterState
from receptionist.model.office import Directory
from receptionist.model.service import ServiceKind
from receptionist.model.worklist import AttemptOutcome, Disposition
from receptionist.ports import Store
from receptionist.store import open_store
from tests.contract.store.sample import HORIZON, NOW
from tests.doubles.calendar import MemoryCalendars, MemoryServer
from tests.doubles.mail import MemoryMail
from tests.doubles.phone import SimulatedPhone
from tests.doubles.pump import ManualClock, Pump

T = TypeVar("T")
DIALLED, CALLER = "+4930231250", "+493023125017"


class Seat:
    """A desk at a workstation of its own. `dies` lets it go as a crash does: nothing is written."""

    def __init__(self, where: Path | str, clock: ManualClock, seat_id: UUID | None = None) -> None:
        self.id = seat_id or uuid4()
        self.clock, self.pump = clock, Pump(clock)
        self.phone = SimulatedPhone(self.pump.post, clock)
        self.events: list[DeskEvent] = []
        self.desk = Desk(
            phone=self.phone,
            calendars=MemoryCalendars(MemoryServer()),
            credentials=MemoryCredentials(),
            mail=MemoryMail(),
            open_store=lambda: open_store(where, self.id),
            post=self.pump.post,
            later=self.pump.later,
            clock=clock,
            chance=random.Random(1),
        )
        self.desk.subscribe(self.events.append)
        ready: list[bool] = []
        self.desk.start(lambda: ready.append(True), _fail)
        self.pump.until(lambda: ready)
        for _what_the_phone_says_and_what_follows in range(2):
            self.written()

    def written(self) -> None:
        """Until the store has taken everything that was handed to it, and said so."""
        self.told(self.desk.errands.open)

    def told(self, ask: Callable[[Callable[..., object], Callable[..., object]], object]) -> object:
        """What `ask` gets; an exception is raised."""
        answers: list[object] = []
        ask(lambda *values: answers.append(values[0] if values else None), answers.append)
        self.pump.until(lambda: answers)
        if isinstance(answers[0], Exception):
            raise answers[0]
        return answers[0]

    def answers(self) -> UUID:
        """Somebody rings here and is answered."""
        (line,) = self.desk.directory.lines[:1]
        self.phone.lines.setdefault(line.id, line)
        call_id = self.phone.outside.rings(DIALLED, CALLER)
        assert call_id is not None
        self.pump.until(lambda: self.call(call_id) is not None)
        self.desk.switchboard.answer(call_id)
        self.pump.until(lambda: self.call(call_id).answered)
        self.written()
        return call_id

    def call(self, call_id: UUID) -> object:
        return next((one for one in self.desk.switchboard.calls if one.id == call_id), None)


def _fail(error: Exception) -> None:
    raise error


@pytest.fixture
def seats(where: Path | str, store: Store, directory: Directory) -> Iterator[Callable[..., Seat]]:
    made: list[Seat] = []
    clock = ManualClock(NOW)

    def seat(seat_id: UUID | None = None) -> Seat:
        made.append(Seat(where, clock, seat_id))
        return made[-1]

    yield seat
    for one in made:
        one.desk.stop()


def test_each_workstation_is_its_own(seats: Callable[..., Seat], store: Store) -> None:
    here, there = seats(), seats()
    assert here.desk.directory.workstation.id == here.id
    assert there.desk.directory.workstation.id == there.id
    assert store.directory().clients == there.desk.directory.current.clients


def test_the_start_of_one_ends_nothing_of_the_other(
    seats: Callable[..., Seat], store: Store, directory: Directory
) -> None:
    here = seats()
    errand_id = here.desk.errands.begin(directory.clients[0].id, ServiceKind.RESEARCH)
    here.written()
    other_id = seats().desk.errands.get(errand_id).id
    (errand,) = store.services.open_errands()
    assert (errand.id, errand.state) == (other_id, ErrandState.RUNNING)
    call_id = here.answers()
    here.clock.move(60)
    seats()
    (call,) = store.calls(HORIZON.start)
    assert (call.id, call.ended, call.workstation_id) == (call_id, False, here.id)
    ready = [one for one in store.agents.since(NOW) if one.workstation_id == here.id]
    assert [(one.state, one.ended) for one in ready] == [(AgentState.READY, None)]


def test_what_one_left_open_ends_at_its_own_next_start(
    seats: Callable[..., Seat], store: Store, directory: Directory
) -> None:
    here = seats()
    call_id = here.answers()
    here.clock.move(60)
    assert not store.calls(HORIZON.start)[0].ended
    again = seats(here.id)
    again.pump.until(lambda: store.calls(HORIZON.start)[0].ended)
    (call,) = store.calls(HORIZON.start)
    assert (call.id, call.cause) == (call_id, Cause.ENGINE_DIED)
    (open_still,) = (one for one in store.agents.since(NOW) if one.ended is None)
    assert open_still.workstation_id == here.id
    assert [one.call_id for one in store.work.open()] == [call_id]


def test_a_timer_belongs_to_where_it_runs_and_not_to_where_the_task_was_begun(
    seats: Callable[..., Seat], store: Store, directory: Directory
) -> None:
    here = seats()
    errand_id = here.desk.errands.begin(directory.clients[0].id, ServiceKind.RESEARCH)
    here.desk.errands.pause()
    here.written()
    here.clock.move(60)
    there = seats()
    there.desk.errands.resume(errand_id)
    there.written()
    seats(here.id)
    (errand,) = store.services.open_errands()
    assert [one.end for one in errand.stretches] == [StretchEnd.PAUSED, StretchEnd.NONE]
    seats(there.id)
    (errand,) = store.services.open_errands()
    assert [one.end for one in errand.stretches] == [StretchEnd.PAUSED, StretchEnd.INTERRUPTED]


def test_what_both_write_into_a_task_is_all_there(
    seats: Callable[..., Seat], store: Store, directory: Directory
) -> None:
    here = seats()
    errand_id = here.desk.errands.begin(
        directory.clients[0].id, ServiceKind.RESEARCH, text="Zehn Baumärkte"
    )
    here.desk.errands.pause()
    here.written()
    there = seats()
    here.desk.errands.type(errand_id, result="Drei gefunden")
    here.pump.advance(2.0)
    here.written()
    there.desk.errands.type(errand_id, text="Zehn Baumärkte, auch im Umland", result="Obi fehlt")
    there.pump.advance(2.0)
    there.written()
    there.desk.errands.type(errand_id, result="Obi fehlt noch")
    there.pump.advance(2.0)
    there.written()
    here.desk.errands.resume(errand_id)
    here.written()
    (errand,) = store.services.open_errands()
    assert errand.text == "Zehn Baumärkte, auch im Umland"
    assert errand.result == "Drei gefunden\nObi fehlt noch"


def test_nothing_is_settled_twice_and_who_comes_late_is_told(
    seats: Callable[..., Seat], store: Store, directory: Directory
) -> None:
    here = seats()
    item_id = here.desk.owing.promise_by_hand(
        directory.clients[0].id, CALLER, "Max Beispiel", NOW + timedelta(hours=1)
    )
    here.written()
    here.pump.until(lambda: here.desk.work.items)
    there = seats()
    there.pump.until(lambda: there.desk.work.items)
    later, latest = NOW + timedelta(hours=2), NOW + timedelta(hours=3)
    work = here.desk.work
    here.told(lambda then, no: work.dispose(item_id, Disposition.CALL_BACK, "", later, then, no))
    late = there.desk.work
    with pytest.raises(StaleRow, match="Somebody else"):
        there.told(
            lambda then, no: late.dispose(item_id, Disposition.CALL_BACK, "", latest, then, no)
        )
    assert [one.due for one in store.work.open()] == [later]
    there.pump.until(lambda: [one.due for one in late.items] == [later])
    there.told(lambda then, no: late.dispose(item_id, Disposition.DONE, "Ruft an", None, then, no))
    with pytest.raises(StaleRow):
        here.told(lambda then, no: work.dispose(item_id, Disposition.DONE, "", None, then, no))
    assert store.work.open() == ()
    here.pump.until(lambda: not work.items)


def test_one_who_says_it_twice_at_once_is_not_in_his_own_way(
    seats: Callable[..., Seat], store: Store, directory: Directory
) -> None:
    here = seats()
    item_id = here.desk.owing.promise_by_hand(
        directory.clients[0].id, CALLER, "Max Beispiel", NOW + timedelta(hours=1)
    )
    here.written()
    here.pump.until(lambda: here.desk.work.items)
    work, told = here.desk.work, list[object]()
    for hours in (2, 3):
        due = NOW + timedelta(hours=hours)
        here.clock.move(1)
        work.dispose(item_id, Disposition.CALL_BACK, "", due, told.append, told.append)
    here.pump.until(lambda: len(told) == 2)
    assert [one.due for one in store.work.open()] == [NOW + timedelta(hours=3)]
    here.told(
        lambda then, no: work.attempt(item_id, AttemptOutcome.NO_ANSWER, "", then=then, failed=no)
    )
    here.told(lambda then, no: work.dispose(item_id, Disposition.DONE, "", None, then, no))
    assert store.work.open() == ()


def test_of_two_who_hand_over_a_letter_one_does(store: Store, directory: Directory) -> None:
    letter = Letter(
        id=uuid4(),
        client_id=directory.clients[0].id,
        appointment_id=uuid4(),
        kind=LetterKind.CONFIRMED,
        sequence=0,
        address="max@beispiel.example",
        created=NOW,
    )
    assert store.letters.begin(letter)
    assert [store.letters.take(letter) for _desk in range(2)] == [True, False]
    (taken,) = store.letters.of(letter.appointment_id)
    assert (taken.state, store.letters.due(NOW)) == (LetterState.UNKNOWN, ())

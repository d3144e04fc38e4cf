"""What is written down beside what was sent in: nothing is missing, nothing is there twice."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from receptionist.bootstrap import open_database
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.call import Call, CallState, Cause, Direction
from receptionist.model.period import Period
from receptionist.model.worklist import WorkItem, WorkKind
from receptionist.reasons import Reason
from tests.contract.booking.judge import judge, seen_by_owners
from tests.contract.calendars.conftest import Side
from tests.e2e.burst.plan import NEVER_THERE, OWNER, Fate, Planned
from tests.e2e.burst.world import Found, World

_EVER = Period(datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
_CAUSES = {
    Fate.MISSED: Cause.MISSED,
    Fate.CUT_OFF: Cause.CALLER_HUNG_UP,
    Fate.CONNECTED: Cause.TRANSFERRED,
}
"""How a call ends; by us where nothing stands here."""
_WORK = {
    Fate.MISSED: WorkKind.MISSED,
    Fate.BOOKED: None,
    Fate.CONNECTED: None,
}
"""What is left to do after a call; a note to the owner where nothing stands here."""


SAFE_AFTER_S = 2.0
"""What was typed longer ago than this is written down, whatever happens."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Something typed that the next desk does not know, and how old it was, in seconds."""

    call: str
    prompt: str
    typed: str
    age_s: float


def lost(
    before: Found, lines: Iterable[dict[str, Any]], killed_at: float, now: Found
) -> list[Lost]:
    """What had been typed in time when a desk was killed, and the next one did not find.

    `before` is what the one that was killed had found itself, and `lines` what it told since.
    """
    newest = {
        (call, prompt): Lost(call, prompt, typed, math.inf)
        for call, answers in before.items()
        for prompt, typed in answers.items()
    }
    for line in lines:
        if "typed" in line and line["at"] <= killed_at - SAFE_AFTER_S:
            key = line["call"], line["prompt"]
            newest[key] = Lost(*key, line["typed"], killed_at - line["at"])
    return [
        one
        for (call, prompt), one in newest.items()
        if not now.get(call, {}).get(prompt, "").startswith(one.typed)
    ]


class Books:
    """Everything that is written down of a day."""

    def __init__(self, world: World) -> None:
        store = open_database(world.data)
        try:
            self.calls = store.calls(datetime.fromtimestamp(0, UTC))
            self.work = store.work.open()
            self.closed = store.work.closed(datetime.fromtimestamp(0, UTC))
            self.booked = [
                one
                for client in world.directory.clients
                for one in store.appointments(client.id, _EVER)
            ]
        finally:
            store.close()
        self.incoming = [one for one in self.calls if one.direction is Direction.INCOMING]
        self.clients = {one.id: one.key for one in world.directory.clients}


def judge_day(world: World, side: Side, *, killed: bool = False) -> int:
    """The whole day; how many callers heard the busy tone, which may be where desks were `killed`.

    Nobody was there for five seconds then: they were told so, and are to be called back.
    """
    books = Books(world)
    turned_away = 0
    dialled = Counter(one.dialled for one in books.incoming)
    assert dialled == Counter(one.dialled for one in world.day.calls)
    for planned in world.day.calls:
        (call,) = (one for one in books.incoming if one.dialled == planned.dialled)
        if killed and call.step is not None and not call.answered:
            turned_away += 1
            planned = replace(planned, fate=Fate.MISSED, meant=planned.client)
        _judge_call(books, call, planned)
        if number := world.made_by[planned.dialled]:
            assert call.caller.number == number, call
        _judge_work(books, call, planned)
        _judge_booked(books, call, planned)
    _judge_consulted(books, world)
    ours = {one.id for one in books.incoming}
    assert {one.call_id for one in books.work} <= ours
    assert books.closed == ()
    assert {one.call_id for one in books.booked} <= ours
    _judge_calendars(books, world, side)
    return turned_away


def _judge_call(books: Books, call: Call, planned: Planned) -> None:
    fate = planned.fate
    assert books.clients.get(call.client_id) == planned.meant, (call, planned)  # type: ignore[arg-type]
    assert call.cause is _CAUSES.get(fate, Cause.WE_HUNG_UP), (call, planned)
    assert call.answered is (fate is not Fate.MISSED), call
    assert call.connected_to == (OWNER if fate is Fate.CONNECTED else ""), call
    if fate is Fate.MISSED:
        assert (call.answers, call.reason, call.caller_name) == ((), "", "")
        return
    assert call.reason == planned.reason
    assert {one.prompt: one.typed for one in call.answers} == dict(planned.typed), (call, planned)
    assert all(one.value for one in call.answers), call
    assert call.caller_name == planned.name


def _judge_work(books: Books, call: Call, planned: Planned) -> None:
    found = [one for one in books.work if one.call_id == call.id]
    wanted = {_WORK.get(planned.fate, WorkKind.NOTE)} - {None}
    if _gave_up(call):
        wanted.add(WorkKind.LOST)
    assert Counter(one.kind for one in found) == Counter(wanted), (found, planned)
    for one in found:
        _judge_item(books, one, call, planned)


def _gave_up(call: Call) -> bool:
    """He hung up while he was on hold: the next desk had spoken to another one first."""
    before = call.segments[-2].state if len(call.segments) > 1 else None
    return before is CallState.HELD and call.cause is Cause.CALLER_HUNG_UP


def _judge_item(books: Books, item: WorkItem, call: Call, planned: Planned) -> None:
    assert books.clients.get(item.client_id) == planned.meant, item  # type: ignore[arg-type]
    assert item.number == call.caller.number, item
    if item.kind is WorkKind.MISSED:
        assert item.reason == Reason.MISSED
    else:
        assert item.name == planned.name


def _judge_booked(books: Books, call: Call, planned: Planned) -> None:
    found = [one for one in books.booked if one.call_id == call.id]
    assert len(found) == (planned.fate is Fate.BOOKED), (found, planned)
    for one in found:
        assert one.state is AppointmentState.CONFIRMED, one
        assert one.start == planned.start, one
        assert books.clients[one.client_id] == planned.meant, one
        assert (one.caller_name, one.caller_number) == (planned.name, call.caller.number), one


def _judge_consulted(books: Books, world: World) -> None:
    """For whom somebody was called, and whom; nobody else was called."""
    asked = Counter(
        (one.consults_for, one.dialled)
        for one in books.calls
        if one.direction is Direction.OUTGOING
    )
    by_number = {one.dialled: one.id for one in books.incoming}
    numbers = {Fate.CONNECTED: OWNER, Fate.BUSY: NEVER_THERE}
    wanted = Counter(
        (by_number[one.dialled], numbers[one.fate])
        for one in world.day.calls
        if one.fate in numbers
    )
    assert asked == wanted


def _judge_calendars(books: Books, world: World, side: Side) -> None:
    """Owners see what was booked, each in his own calendar, and nothing else."""
    book: dict[str, Appointment] = {one.uid: one for one in books.booked}
    seen = seen_by_owners(side, world.directory)
    judge(book, seen)
    assert set(seen) == set(book)
    own = {one.id: one.href for one in world.directory.calendars}
    whose = {one.id: one.client_id for one in world.directory.calendars}
    for one in books.booked:
        assert one.calendar_id is not None
        assert one.href.startswith(own[one.calendar_id]), one
        assert whose[one.calendar_id] == one.client_id, one

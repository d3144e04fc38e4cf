"""Errands with their time, and the one record of what was handled for a client."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from sqlalchemy import Connection, select

from receptionist.errors import StoreError
from receptionist.model.agent import AgentPeriod, AgentState
from receptionist.model.appointment import AppointmentState
from receptionist.model.call import Call, CallState, Cause, Direction, Segment
from receptionist.model.editing import Part
from receptionist.model.errand import Errand, ErrandState, StretchEnd
from receptionist.model.handled import Handled, HandledKind
from receptionist.model.office import Directory
from receptionist.model.period import Period
from receptionist.model.service import ServiceKind
from receptionist.model.unattended import StepKind
from receptionist.model.voice import Voice, VoiceKind
from receptionist.model.worklist import Disposition, WorkItem, WorkKind
from receptionist.ports import Store
from receptionist.store import tables
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import NOW, WHO, appointment, call, ended, minutes

YEAR = Period(NOW - timedelta(days=1), NOW + timedelta(days=364))


def errand(directory: Directory, **more: Any) -> Errand:
    made = Errand(
        id=uuid4(),
        client_id=directory.clients[0].id,
        kind=ServiceKind.RESEARCH,
        title="Adressen",
        receptionist_id=directory.receptionist.id,
        workstation_id=directory.workstation.id,
        created=NOW,
        text="Zehn Baumärkte\nim Umkreis",
    )
    return replace(made, **more)


def kept(store: Store, one: Errand) -> Errand:
    store.services.record(one, WHO, NOW)
    return one


def worked(one: Errand, seconds: float, at: datetime = NOW) -> Errand:
    return one.started(at).alive(at + timedelta(seconds=seconds), seconds, StretchEnd.PAUSED)


def of(store: Store, directory: Directory, period: Period = YEAR) -> tuple[Handled, ...]:
    return store.services.handled(directory.clients[0].id, period)


# ---- errands


def test_an_errand_is_found_as_it_was_written(
    store: Store, directory: Directory, opens: Opens
) -> None:
    begun = kept(store, errand(directory))
    running = kept(store, begun.started(NOW))
    assert store.services.open_errands() == (running,)
    alive = kept(store, running.alive(NOW + minutes(1), 60.0))
    assert opens().services.open_errands() == (alive,)
    again = kept(store, worked(alive.alive(NOW + minutes(2), 119.5, StretchEnd.CALL), 30.25))
    assert opens().services.open_errands() == (again,)
    done = kept(store, replace(again, finished=NOW + minutes(9), result="12 gefunden"))
    assert store.services.open_errands() == ()
    assert opens().services.errands(done.client_id, YEAR) == (done,)
    assert store.services.errands(directory.clients[1].id, YEAR) == ()
    assert store.services.errands(done.client_id, Period(NOW, NOW + minutes(9))) == ()


def test_what_was_begun_by_mistake_is_nowhere_and_its_row_stays(
    store: Store, directory: Directory, sql: Connection
) -> None:
    one = kept(store, replace(worked(errand(directory), 60.0), removed=NOW))
    assert store.services.open_errands() == ()
    assert store.services.errands(one.client_id, YEAR) == ()
    assert of(store, directory) == ()
    assert sql.execute(select(tables.errand.c.id)).scalars().all() == [one.id]


def test_errands_of_a_client_who_is_gone_are_not_open(store: Store, directory: Directory) -> None:
    one = kept(store, errand(directory))
    other = kept(store, errand(directory, client_id=directory.clients[1].id))
    store.editing.remove(Part.CLIENT, one.client_id, WHO, NOW)
    assert store.services.open_errands() == (other,)


def test_what_runs_when_the_program_dies_ends_at_its_last_sign_of_life(
    store: Store, directory: Directory
) -> None:
    cut = kept(store, errand(directory).started(NOW).alive(NOW + minutes(3), 180.0))
    mine = kept(store, errand(directory, created=NOW + minutes(1)).started(NOW))
    paused = kept(store, worked(errand(directory, created=NOW + minutes(2)), 5.0))
    store.services.interrupt(directory.workstation.id, {mine.id}, NOW + minutes(60))
    found = store.services.open_errands()
    assert found == (cut.cut(), mine, paused)
    assert (found[0].state, found[0].worked_s) == (ErrandState.INTERRUPTED, 180.0)
    store.services.interrupt(uuid4(), (), NOW + minutes(60))
    assert store.services.open_errands() == found


def test_what_a_person_confirms_is_in_the_change_log(store: Store, directory: Directory) -> None:
    one = errand(directory).started(NOW).alive(NOW + minutes(3), 180.0)
    cut = kept(store, kept(store, one).cut())
    newest = cut.stretches[-1]
    said = kept(store, cut.alive(newest.seen, 240.0, StretchEnd.CONFIRMED))
    assert store.services.open_errands() == (said,)
    stretch = store.finding.changes(_stretch_id(said))
    assert [(one.column, one.old, one.new) for one in stretch] == [
        ("seconds", "180.0", "240.0"),
        ("end", "interrupted", "confirmed"),
    ]
    kept(store, said.alive(newest.seen, 999.0, StretchEnd.CONFIRMED))
    assert store.services.open_errands() == (said,)


def _stretch_id(one: Errand) -> UUID:
    return uuid5(one.id, "stretch 0")


def test_an_errand_follows_its_call_to_another_client(store: Store, directory: Directory) -> None:
    ringing = call(directory)
    store.record_call(ringing)
    one = kept(store, worked(errand(directory, call_id=ringing.id), 5.0))
    other = directory.clients[1].id
    store.change_call(ringing.id, ringing, replace(ringing, client_id=other), WHO, NOW)
    assert store.services.open_errands() == (replace(one, client_id=other),)
    kept(store, replace(one, finished=NOW))
    assert [found.id for found in store.services.errands(other, YEAR)] == [one.id]


def test_what_two_workstations_worked_is_all_there(
    store: Store, directory: Directory, opens: Opens
) -> None:
    one = kept(store, worked(errand(directory), 60.0))
    here = kept(store, one.started(NOW + minutes(5)))
    there = one.started(NOW + minutes(6)).alive(NOW + minutes(7), 60.0)
    opens().services.record(there, WHO, NOW)
    kept(store, here.alive(NOW + minutes(8), 180.0, StretchEnd.PAUSED))
    opens().services.record(there.alive(NOW + minutes(9), 180.0, StretchEnd.CALL), WHO, NOW)
    (found,) = store.services.open_errands()
    assert [stretch.seconds for stretch in found.stretches] == [60.0, 180.0, 180.0]
    assert found.worked_s == 420.0


def test_what_is_done_stays_done_whatever_another_workstation_has(
    store: Store, directory: Directory, opens: Opens
) -> None:
    running = kept(store, errand(directory).started(NOW))
    done = NOW + minutes(3)
    cut = running.alive(done, 180.0, StretchEnd.FINISHED)
    opens().services.record(replace(cut, finished=done), WHO, done)
    kept(store, running.alive(NOW + minutes(4), 240.0))
    assert store.services.open_errands() == ()
    assert [one.finished for one in store.services.errands(running.client_id, YEAR)] == [done]


@pytest.mark.parametrize("field", ["client_id", "receptionist_id", "workstation_id"])
def test_only_who_is_known_has_errands(
    store: Store, directory: Directory, field: str, sql: Connection
) -> None:
    with pytest.raises(StoreError):
        kept(store, errand(directory, **{field: uuid4()}))
    assert sql.execute(select(tables.errand)).all() == []


# ---- the record


def talked(store: Store, directory: Directory, **more: Any) -> Call:
    """A call that was answered, 60.25 s long."""
    one = ended(call(directory, **more), directory.receptionist.id)
    store.record_call(one)
    return one


def wrapped(store: Store, directory: Directory, call_id: UUID, seconds: float | None) -> None:
    period = AgentPeriod(
        id=uuid4(),
        receptionist_id=directory.receptionist.id,
        workstation_id=directory.workstation.id,
        state=AgentState.WRAP_UP,
        started=NOW,
        ended=NOW,
        seconds=seconds,
        call_id=call_id,
    )
    store.agents.record(period)
    assert period in store.agents.since(NOW - timedelta(days=1))


def test_calls_have_talk_and_wrap_up_time(store: Store, directory: Directory) -> None:
    one = talked(store, directory, reason="rezept", caller_name="Erika Muster", note="Bitte neu")
    for seconds in (30.0, 12.5, None):
        wrapped(store, directory, one.id, seconds)
    wrapped(store, directory, uuid4(), 99.0)
    (found,) = of(store, directory)
    assert found == Handled(
        id=one.id,
        kind=HandledKind.CALL,
        client_id=directory.clients[0].id,
        at=NOW,
        service=ServiceKind.CALLS,
        title="rezept",
        who="Erika Muster",
        number="+491713920011",
        result="Bitte neu",
        talk_s=60.25,
        wrap_s=42.5,
        call_id=one.id,
        receptionist_id=directory.receptionist.id,
    )
    assert found.seconds == 102.75
    assert store.services.handled(directory.clients[1].id, YEAR) == ()
    assert store.services.missed(directory.clients[0].id, YEAR) == ()


def test_calls_made_count_on_their_own_and_consultations_with_their_caller(
    store: Store, directory: Directory
) -> None:
    caller = talked(store, directory)
    talked(store, directory, direction=Direction.OUTGOING, consults_for=caller.id)
    made = talked(store, directory, direction=Direction.OUTGOING, dialled="+49302312509")
    kinds = {one.id: one.kind for one in of(store, directory)}
    assert kinds == {caller.id: HandledKind.CALL, made.id: HandledKind.CALL_MADE}


def test_a_call_that_lasts_is_not_handled_yet(store: Store, directory: Directory) -> None:
    one = call(directory)
    store.record_call(one.advanced(CallState.ACTIVE, NOW, 3.0))
    assert of(store, directory) == ()
    assert store.services.missed(one.client_id or uuid4(), YEAR) == ()


def test_appointments_count_once_with_their_travel_and_when_they_were_called_off(
    store: Store, directory: Directory
) -> None:
    booked = appointment(directory, call_id=uuid4())
    way = appointment(directory, start=booked.end, part_of=booked.id)
    gone = appointment(directory, start=booked.end + minutes(60))
    withdrawn = appointment(directory, start=booked.end + minutes(120))
    held = appointment(
        directory,
        start=booked.end + minutes(180),
        state=AppointmentState.HOLD,
        held_until=NOW + minutes(9),
    )
    for one in ((booked, way), (gone,), (withdrawn,), (held,)):
        store.bookings.book_all(one, WHO, NOW)
    store.settle(replace(withdrawn, state=AppointmentState.CONFLICT), WHO, NOW, dirty=False)
    cancelled = replace(gone, state=AppointmentState.CANCELLED)
    store.bookings.change(gone, cancelled, WHO, NOW)
    found = of(store, directory)
    assert {one.id for one in found} == {booked.id, gone.id}
    first = next(one for one in found if one.id == booked.id)
    assert (first.kind, first.title, first.seconds) == (HandledKind.APPOINTMENT, "Beratung", None)
    assert (first.call_id, first.who) == (booked.call_id, "Max Beispiel")


def item(directory: Directory, **more: Any) -> WorkItem:
    made = WorkItem(
        id=uuid4(),
        client_id=directory.clients[0].id,
        kind=WorkKind.MISSED,
        created=NOW,
        due=NOW,
        number="+491713920011",
        name="Max Beispiel",
    )
    return replace(made, **more)


def test_call_backs_count_when_somebody_of_the_office_settled_them(
    store: Store, directory: Directory
) -> None:
    mine, owners, waiting, note = (
        item(directory),
        item(directory, number="+491713920012"),
        item(directory, number="+491713920013"),
        item(directory, kind=WorkKind.NOTE, number=""),
    )
    for one in (mine, owners, waiting, note):
        store.work.add(one)
    later = NOW + minutes(5)
    store.work.dispose(mine.id, Disposition.DONE, WHO, later, result="Ruft an")
    store.work.dispose(owners.id, Disposition.NOTED, None, later)
    store.work.dispose(waiting.id, Disposition.CALL_BACK, WHO, later, "", later + minutes(9))
    store.work.dispose(note.id, Disposition.NOTED, WHO, later)
    (found,) = of(store, directory)
    assert (found.id, found.kind, found.at) == (mine.id, HandledKind.CALL_BACK, later)
    assert (found.result, found.receptionist_id, found.seconds) == ("Ruft an", WHO, None)


def test_errands_belong_where_they_were_finished_with_all_of_their_time(
    store: Store, directory: Directory
) -> None:
    two_days = NOW + timedelta(days=2)
    one = worked(worked(errand(directory), 60.0), 30.5, NOW + minutes(30))
    done = kept(store, replace(one, finished=two_days, result="Fertig"))
    kept(store, worked(errand(directory), 5.0))
    never = kept(store, errand(directory, finished=NOW, created=NOW - minutes(1)))
    found = {one.id: one for one in of(store, directory)}
    assert found.keys() == {done.id, never.id}
    assert found[done.id].seconds == 90.5
    assert (found[done.id].at, found[done.id].result) == (two_days, "Fertig")
    assert (found[done.id].title, found[done.id].who) == ("Adressen", done.text)
    assert (found[never.id].at, found[never.id].seconds) == (NOW, 0.0)
    for period in (Period(NOW, NOW + minutes(1)), Period(two_days, YEAR.end), YEAR):
        listed = store.services.errands(done.client_id, period)
        assert [one.id for one in of(store, directory, period)] == [one.id for one in listed]
    assert [one.id for one in of(store, directory, Period(NOW, two_days))] == [never.id]


def test_the_record_stands_in_the_order_of_time(store: Store, directory: Directory) -> None:
    later = NOW + minutes(10)
    kept(store, replace(worked(errand(directory), 60.0, later), finished=later))
    talked(store, directory)
    assert [one.kind for one in of(store, directory)] == [HandledKind.CALL, HandledKind.ERRAND]


# ---- who was missed


def lost(store: Store, directory: Directory, cause: Cause = Cause.MISSED, **more: Any) -> Call:
    one = call(directory, **more)
    end = Segment(state=CallState.ENDED, start=NOW + minutes(1), seconds=0.0, cause=cause)
    one = replace(one, segments=(replace(one.segments[0], seconds=60.0), end))
    store.record_call(one)
    return one


def test_who_was_missed_and_when_he_was_called_back(store: Store, directory: Directory) -> None:
    one, other = lost(store, directory), lost(store, directory, Cause.DECLINED)
    talked(store, directory)
    lost(store, directory, Cause.NO_ANSWER, direction=Direction.OUTGOING)
    owed = item(directory, call_id=one.id)
    store.work.add(owed)
    store.work.dispose(owed.id, Disposition.DONE, WHO, NOW + minutes(14))
    found = {m.call_id: m for m in store.services.missed(directory.clients[0].id, YEAR)}
    assert found.keys() == {one.id, other.id}
    assert (found[one.id].at, found[one.id].called_back) == (NOW, NOW + minutes(14))
    assert (found[one.id].number, found[one.id].name) == ("+491713920011", "Max Beispiel")
    assert (found[other.id].cause, found[other.id].called_back) == (Cause.DECLINED, None)
    assert store.services.missed(directory.clients[1].id, YEAR) == ()
    assert store.services.missed(directory.clients[0].id, Period(NOW + minutes(1), YEAR.end)) == ()


def test_who_left_a_message_was_missed_too(store: Store, directory: Directory) -> None:
    one, silent = lost(store, directory), lost(store, directory)
    message = Voice(
        id=uuid4(),
        kind=VoiceKind.MESSAGE,
        call_id=one.id,
        client_id=one.client_id,
        file="a.sealed",
        at=NOW,
        expires=NOW + timedelta(days=9),
    )
    store.voices.begin(message, None)
    found = {m.call_id: m.left_message for m in store.services.missed(_first(directory), YEAR)}
    assert found == {one.id: True, silent.id: False}


def test_our_own_test_calls_are_not_missed(store: Store, directory: Directory) -> None:
    one = lost(store, directory)
    owed = item(directory, call_id=one.id)
    store.work.add(owed)
    store.work.dispose(owed.id, Disposition.VOID, None, NOW)
    assert store.services.missed(_first(directory), YEAR) == ()


def test_whom_somebody_sent_on_was_handled_whom_the_phone_connected_was_missed(
    store: Store, directory: Directory
) -> None:
    number = "+491713920002"
    sent = lost(store, directory, Cause.TRANSFERRED, connected_to=number)
    ruled = lost(store, directory, Cause.TRANSFERRED, step=StepKind.FORWARD, connected_to=number)
    assert [one.id for one in of(store, directory)] == [sent.id]
    (missed,) = store.services.missed(_first(directory), YEAR)
    assert (missed.call_id, missed.connected_to) == (ruled.id, number)


def _first(directory: Directory) -> UUID:
    return directory.clients[0].id

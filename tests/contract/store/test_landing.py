"""What came of an attempt is written with all that follows from it, or not at all."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import Connection, select

from receptionist.errors import NotFound, SlotTaken
from receptionist.model.appointment import NEVER, Appointment, AppointmentState
from receptionist.model.busy import Busy, CalendarObject
from receptionist.model.client import OwnerCalendar, OwnerRule, OwnerWord
from receptionist.model.office import Directory
from receptionist.model.period import Period
from receptionist.ports import Store
from receptionist.reasons import Reason
from receptionist.store import tables
from tests.contract.store.by_hand import saved
from tests.contract.store.sample import (
    DAY,
    NOW,
    TEN,
    WHO,
    appointment,
    changes,
    event,
    firm,
    minutes,
)


def booked(store: Store, directory: Directory, **more: object) -> Appointment:
    one = appointment(directory, **more)
    store.bookings.book_all((one,), WHO, NOW)
    return one


def confirmed(one: Appointment, **more: object) -> Appointment:
    values = {
        "state": AppointmentState.CONFIRMED,
        "etag": '"7"',
        "told_start": one.start,
        "told_end": one.end,
        "told_summary": one.summary,
        "confirmed": NOW,
    }
    return replace(one, **(values | more))  # type: ignore[arg-type]


def travel(store: Store, directory: Directory, main: Appointment) -> tuple[Appointment, ...]:
    """Half an hour there and half an hour back."""
    ways = tuple(
        appointment(directory, start=start, end=start + minutes(30), part_of=main.id)
        for start in (main.start - minutes(30), main.end)
    )
    for way in ways:
        store.bookings.book_all((way,), WHO, NOW)
    return ways


def now_is(store: Store, one: Appointment) -> Appointment:
    found = store.bookings.get(one.id)
    assert found is not None
    return found


def waiting(store: Store) -> set[object]:
    return {one.id for one in store.outbox()}


def test_all_that_came_of_it_is_written(store: Store, directory: Directory) -> None:
    one = booked(store, directory)
    store.claim(uuid4(), NOW, NOW + minutes(2))
    outcome = confirmed(
        one, start=TEN + minutes(60), end=TEN + minutes(90), title="Anders", sequence=4
    )
    assert store.bookings.land(one, outcome, WHO, NOW)
    assert now_is(store, one) == outcome
    assert store.outbox() == ()
    booked(store, directory)
    with pytest.raises(SlotTaken):
        booked(store, directory, start=TEN + minutes(60))


@pytest.mark.parametrize(
    "meanwhile", [{"note": "zweiter Stock"}, {"sequence": 1}, {"start": TEN + minutes(5)}]
)
def test_nothing_is_written_over_what_is_wanted_meanwhile(
    store: Store, directory: Directory, meanwhile: dict[str, object]
) -> None:
    one = booked(store, directory)
    newer = store.bookings.change(one, replace(one, **meanwhile), WHO, NOW)  # type: ignore[arg-type]
    if newer == one:
        newer = store.bookings.change(one, replace(one, note="!"), WHO, NOW)
    assert not store.bookings.land(one, confirmed(one), WHO, NOW)
    assert now_is(store, one) == newer
    assert store.outbox() == (newer,)


def test_what_was_called_off_meanwhile_is_not_confirmed(store: Store, directory: Directory) -> None:
    one = booked(store, directory)
    store.bookings.change(one, replace(one, state=AppointmentState.CANCELLED), WHO, NOW)
    assert not store.bookings.land(one, confirmed(one), WHO, NOW)
    assert now_is(store, one).state is AppointmentState.CANCELLED


def test_what_does_not_exist_is_not_found(store: Store, directory: Directory) -> None:
    one = appointment(directory)
    with pytest.raises(NotFound):
        store.bookings.land(one, one, WHO, NOW)


def test_travel_moves_with_its_appointment(store: Store, directory: Directory) -> None:
    main = booked(store, directory)
    there, back = travel(store, directory, main)
    for way in (there, back):
        store.bookings.land(way, confirmed(way), WHO, NOW)
    moved = confirmed(main, start=TEN + minutes(20), end=TEN + minutes(60))
    assert store.bookings.land(main, moved, WHO, NOW)
    assert now_is(store, there).start == TEN - minutes(10)
    assert now_is(store, back).start == TEN + minutes(60), "it begins when the appointment ends"
    for way in (there, back):
        found = now_is(store, way)
        assert (found.state, found.sequence) == (AppointmentState.BOOKED, way.sequence + 1)
    assert waiting(store) == {there.id, back.id}
    with pytest.raises(SlotTaken):
        booked(store, directory, start=TEN + minutes(60))
    booked(store, directory, start=TEN - minutes(40))


@pytest.mark.parametrize("state", [AppointmentState.CONFLICT, AppointmentState.WITHDRAWN])
def test_travel_is_called_off_with_its_appointment(
    store: Store, directory: Directory, state: AppointmentState
) -> None:
    main = booked(store, directory)
    ways = travel(store, directory, main)
    assert store.bookings.land(main, replace(main, state=state), WHO, NOW)
    assert {now_is(store, way).state for way in ways} == {AppointmentState.CANCELLED}
    assert waiting(store) == {way.id for way in ways}
    booked(store, directory)


def test_travel_is_due_when_its_appointment_is_there(store: Store, directory: Directory) -> None:
    main = booked(store, directory)
    ways = travel(store, directory, main)
    claimant = uuid4()
    assert store.claim(claimant, NOW, NOW + minutes(2)) == (main,)
    store.bookings.land(main, confirmed(main), WHO, NOW)
    assert set(store.claim(claimant, NOW, NOW + minutes(2))) == set(ways)


def test_travel_stays_where_only_texts_changed(store: Store, directory: Directory) -> None:
    main = booked(store, directory)
    ways = travel(store, directory, main)
    done = tuple(confirmed(way) for way in ways)
    for way, landed in zip(ways, done, strict=True):
        store.bookings.land(way, landed, WHO, NOW)
    assert store.bookings.land(main, confirmed(main, title="Anders"), WHO, NOW)
    assert tuple(now_is(store, way) for way in ways) == done
    assert store.outbox() == ()


def test_the_owner_may_put_one_of_ours_over_another(store: Store, directory: Directory) -> None:
    first, second = booked(store, directory), booked(store, directory, start=TEN + minutes(60))
    onto = confirmed(first, start=second.start, end=second.end)
    assert store.bookings.land(first, onto, WHO, NOW)
    assert now_is(store, first) == onto
    away = replace(onto, start=TEN, end=TEN + minutes(30))
    assert store.bookings.land(onto, away, WHO, NOW)
    with pytest.raises(SlotTaken):
        booked(store, directory)


def test_every_column_of_it_is_logged(store: Store, directory: Directory, sql: Connection) -> None:
    one = booked(store, directory)
    store.bookings.land(one, confirmed(one, start=TEN + minutes(5)), WHO, NOW + minutes(1))
    log = tables.change_log
    query = select(log.c.column).where(log.c.row == one.id, log.c.at == NOW + minutes(1))
    assert {"start", "state", "told_start", "etag"} <= set(sql.execute(query).scalars())


def test_a_parked_cancellation_is_not_due(store: Store, directory: Directory) -> None:
    one = booked(store, directory)
    off = store.bookings.change(one, replace(one, state=AppointmentState.CANCELLED), WHO, NOW)
    store.settle(replace(off, next_attempt=NEVER), WHO, NOW, dirty=True)
    assert store.claim(uuid4(), NOW + minutes(1), NOW + minutes(3)) == ()


# ---- what is in the way -------------------------------------------------------------------------


def _read(store: Store, calendar: OwnerCalendar, *things: CalendarObject) -> None:
    store.apply_changes(calendar.id, changes(*things, full=True), NOW)


def _with(thing: CalendarObject, **more: object) -> CalendarObject:
    (one,) = thing.busy
    return replace(thing, busy=(replace(one, **more),))  # type: ignore[arg-type]


def test_where_objects_lie(store: Store, directory: Directory) -> None:
    ours, others = directory.calendars
    twin = replace(event(TEN, TEN + minutes(30), uid="a@owner.example"), href="https://c.example/x")
    _read(store, ours, event(TEN, TEN + minutes(30)), twin, event(TEN, TEN + minutes(30), "b"))
    found = store.bookings.whereabouts(ours.id, ["a@owner.example", "c@owner.example"])
    assert found == {"a@owner.example": {"https://c.example/a.ics": "a1", twin.href: "a1"}}
    assert store.bookings.whereabouts(others.id, ["a@owner.example"]) == {}


def test_what_does_not_block_is_kept_for_its_words(store: Store, directory: Directory) -> None:
    calendar = directory.calendars[0]
    free = event(TEN, TEN + minutes(30), blocks=False, categories="erreichbar,privat")
    _read(store, calendar, free, event(TEN + minutes(60), TEN + minutes(90), "b"))
    everything = store.bookings.owner_events(calendar.client_id, DAY)
    assert [(one.blocks, one.categories) for one in everything] == [
        (False, "erreichbar,privat"),
        (True, ""),
    ]
    assert {one.calendar_id for one in everything} == {calendar.id}


@pytest.mark.parametrize(
    ("event_of", "busy"),
    [
        ({}, True),
        ({"blocks": False}, False),
        ({"summary": "Sprechstunde"}, False),
        ({"summary": "Urlaub", "blocks": False}, True),
        ({"all_day": True}, True),
    ],
)
def test_the_owners_words_say_what_is_in_the_way(
    store: Store, directory: Directory, event_of: dict[str, object], busy: bool
) -> None:
    _read(store, directory.calendars[0], _with(event(TEN, TEN + minutes(30)), **event_of))
    one = appointment(directory)
    assert store.bookings.owner_is_busy(one, one.period) is busy
    assert not store.bookings.owner_is_busy(one, Period(TEN + minutes(30), TEN + minutes(60)))


def test_agreed_words_replace_the_usual_ones(store: Store, directory: Directory) -> None:
    client = directory.clients[0]
    agreed = replace(client, words=(OwnerWord(word="Pinsel", rule=OwnerRule.BOOKABLE),))
    saved(store, client, agreed, (directory.calendars[0],), (directory.calendars[0],))
    _read(store, directory.calendars[0], _with(event(TEN, TEN + minutes(30)), summary="Pinsel"))
    one = appointment(directory)
    assert not store.bookings.owner_is_busy(one, one.period)
    _read(store, directory.calendars[0], _with(event(TEN, TEN + minutes(30)), summary="Urlaub"))
    assert store.bookings.owner_is_busy(one, one.period)


def test_colleagues_do_not_keep_each_other_busy(store: Store, directory: Directory) -> None:
    shared = replace(directory.calendars[0], id=uuid4(), name="Alle")
    client = firm()
    own = [replace(shared, id=uuid4(), name=one.name, staff_id=one.id) for one in client.staff]
    saved(store, None, client, (shared, *own), ())
    office = store.directory()
    erika, max_ = (one.id for one in office.clients[-1].staff)
    of = {one.staff_id: one for one in office.calendars if one.client_id == office.clients[-1].id}
    _read(store, of[max_], event(TEN, TEN + minutes(30)))
    for staff_id, busy in ((erika, False), (None, False), (max_, True)):
        one = appointment(office, "firma", staff_id=staff_id)
        assert store.bookings.owner_is_busy(one, one.period) is busy
    _read(store, of[None], event(TEN, TEN + minutes(30), "b"))
    one = appointment(office, "firma", staff_id=erika)
    assert store.bookings.owner_is_busy(one, one.period), "the common calendar counts for all"


def test_an_appointment_and_its_travel_are_not_in_each_others_way(
    store: Store, directory: Directory
) -> None:
    main = booked(store, directory)
    there, back = travel(store, directory, main)
    stranger = appointment(directory)
    objects = (
        CalendarObject(
            href=one.href, etag="1", uid=one.uid, busy=(Busy(period=one.period, uid=one.uid),)
        )
        for one in (main, there, back)
    )
    _read(store, directory.calendars[0], *objects)
    whole = Period(there.start, back.end)
    for one in (main, there, back):
        assert not store.bookings.owner_is_busy(one, whole)
    assert store.bookings.owner_is_busy(stranger, whole)


@pytest.mark.parametrize("summary", ["Sprechstunde", "Urlaub"])
@pytest.mark.parametrize("blocks", [True, False])
def test_words_in_what_we_wrote_mean_nothing(
    store: Store, directory: Directory, summary: str, blocks: bool
) -> None:
    ours, other = booked(store, directory), appointment(directory)
    thing = event(TEN, TEN + minutes(30), uid=ours.uid, blocks=blocks)
    _read(store, directory.calendars[0], _with(thing, summary=summary))
    assert store.bookings.owner_is_busy(other, other.period) is blocks


def test_what_is_over_is_forgotten_and_not_read_again(store: Store, directory: Directory) -> None:
    calendar = directory.calendars[0]
    _read(store, calendar, event(TEN, TEN + minutes(30)), event(TEN, TEN + minutes(90), "b"))
    assert store.bookings.forget_before(TEN + minutes(30)) == 1
    (left,) = store.bookings.owner_events(calendar.client_id, DAY)
    assert left.uid == "b@owner.example"
    assert set(store.sync_state(calendar.id).etags.values()) == {"a1", "b1"}


def test_reasons_are_written(store: Store, directory: Directory) -> None:
    one = booked(store, directory)
    gone = replace(one, state=AppointmentState.WITHDRAWN, reason=Reason.OWNER_CANCELLED)
    assert store.bookings.land(one, gone, WHO, NOW)
    assert now_is(store, one) == gone

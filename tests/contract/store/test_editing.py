"""Changes by hand: field by field, parts taken out and brought back, what refuses to go."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from uuid import uuid4

import pytest
from sqlalchemy import Connection, select

from receptionist.errors import BadInput, StaleRow
from receptionist.model.busy import SyncState
from receptionist.model.client import (
    AppointmentKind,
    BookableHours,
    CalendarAccount,
    OwnerCalendar,
)
from receptionist.model.greeting import Greeting
from receptionist.model.office import Directory, Line
from receptionist.ports import Store
from receptionist.store import tables
from tests.contract.store.by_hand import calendars_of, read, saved
from tests.contract.store.sample import (
    DAY,
    NOW,
    WHO,
    appointment,
    changes,
    client,
)

# ---- field by field


def test_only_what_was_changed_is_written_and_logged(
    store: Store, directory: Directory, sql: Connection
) -> None:
    old = directory.lines[0]
    store.editing.save_line(old, replace(old, name="Amt 1"), WHO, NOW)
    found = store.editing.save_line(old, replace(old, proxy="proxy.example.org"), WHO, NOW)
    assert found.lines == (replace(old, name="Amt 1", proxy="proxy.example.org"),)
    log = tables.change_log
    query = select(log.c.column, log.c.old, log.c.new, log.c.who).where(
        log.c.row == old.id, log.c.column != ""
    )
    assert sql.execute(query.order_by(log.c.seq)).all() == [
        ("name", "Trunk", "Amt 1", WHO),
        ("proxy", "", "proxy.example.org", WHO),
    ]


def test_what_somebody_else_changed_is_not_overwritten(store: Store, directory: Directory) -> None:
    line, account, one = directory.lines[0], directory.accounts[0], directory.clients[0]
    store.editing.save_line(line, replace(line, name="A"), WHO, NOW)
    store.editing.save_account(account, replace(account, user="a"), WHO, NOW)
    store.editing.save_office(
        directory,
        replace(directory.office, name="A"),
        replace(directory.receptionist, name="A"),
        WHO,
        NOW,
    )
    saved(store, one, replace(one, notes="A"))
    before = store.directory()
    with pytest.raises(StaleRow):
        store.editing.save_line(line, replace(line, name="B"), WHO, NOW)
    with pytest.raises(StaleRow):
        store.editing.save_account(account, replace(account, user="b"), WHO, NOW)
    for changed in (
        (replace(directory.office, name="B"), directory.receptionist),
        (directory.office, replace(directory.receptionist, name="B")),
    ):
        with pytest.raises(StaleRow):
            store.editing.save_office(directory, *changed, WHO, NOW)
    with pytest.raises(StaleRow):
        saved(store, one, replace(one, name="Neu", notes="B"))
    assert store.directory() == before


def test_the_same_change_twice_is_one(store: Store, directory: Directory) -> None:
    line = directory.lines[0]
    first = store.editing.save_line(line, replace(line, name="A"), WHO, NOW)
    assert store.editing.save_line(line, replace(line, name="A"), WHO, NOW) == first


def test_a_new_part_comes_last(store: Store, directory: Directory) -> None:
    line = Line(id=uuid4(), key="zweite", name="Zweite", registrar="sip.example.net", user="2")
    account = CalendarAccount(id=uuid4(), key="neu", url="https://new.example/", user="neu")
    store.editing.save_line(None, line, WHO, NOW)
    found = store.editing.save_account(None, account, WHO, NOW)
    assert found.lines == (*directory.lines, line)
    assert found.accounts == (*directory.accounts, account)
    new = client("neu", "Neu", "+498999998001")
    calendar = OwnerCalendar(id=uuid4(), client_id=uuid4(), account_id=account.id, name="Termine")
    found = saved(store, None, new, (calendar,), ())
    assert found.clients == (*directory.clients, new)
    assert found.calendars == (*directory.calendars, replace(calendar, client_id=new.id))


# ---- what only one may have


def test_a_key_that_is_taken_names_who_has_it(store: Store, directory: Directory) -> None:
    line, account = directory.lines[0], directory.accounts[0]
    for save in (
        lambda: store.editing.save_line(None, replace(line, id=uuid4()), WHO, NOW),
        lambda: store.editing.save_account(None, replace(account, id=uuid4()), WHO, NOW),
        lambda: saved(store, None, client("muster", "Neu"), (), ()),
        lambda: saved(store, directory.clients[1], replace(directory.clients[1], key="muster")),
    ):
        with pytest.raises(BadInput) as caught:
            save()
        assert caught.value.key == "key"
    assert "Malerei Muster" in str(caught.value)
    assert store.directory() == directory


def test_a_number_that_is_taken_names_who_has_it(store: Store, directory: Directory) -> None:
    first, second = directory.clients
    with pytest.raises(BadInput) as caught:
        saved(store, second, replace(second, dialled=(*second.dialled, "+493023125002")))
    assert caught.value.key == "dialled"
    assert "“Malerei Muster”" in str(caught.value)
    assert "+49 30 23125002" in str(caught.value)
    assert store.directory() == directory
    freed = saved(store, first, replace(first, dialled=first.dialled[:1]))
    moved = saved(store, second, replace(second, dialled=("+493023125002", *second.dialled)))
    assert freed.clients[0].dialled == ("+493023125001",)
    assert moved.clients[1].dialled == ("+493023125002", "+492214710003")


def test_a_calendar_twice_is_refused(store: Store, directory: Directory) -> None:
    one = directory.clients[0]
    mine = calendars_of(directory, one.id)
    with pytest.raises(BadInput) as caught:
        saved(store, one, one, (*mine, replace(mine[0], id=uuid4())))
    assert caught.value.key == "calendars"
    assert "Termine" in str(caught.value)


# ---- sets


def test_numbers_keep_their_order_and_are_compared_as_one(
    store: Store, directory: Directory
) -> None:
    one = directory.clients[0]
    turned = replace(one, dialled=("+493023125002", "+493023125009", "+493023125001"))
    assert saved(store, one, turned).clients[0] == turned
    with pytest.raises(StaleRow):
        saved(store, one, replace(one, dialled=()))
    assert saved(store, one, replace(one, notes="Neu")).clients[0] == replace(turned, notes="Neu")


def test_kinds_and_hours_are_sets(store: Store, directory: Directory) -> None:
    one = directory.clients[0]
    short, long = one.kinds
    new = AppointmentKind(id=uuid4(), key="neu", name="Neu", minutes=15)
    hours = (BookableHours(weekday=4, start=time(8, 30), end=time(10)),)
    changed = replace(one, kinds=(replace(long, minutes=90), new), hours=hours)
    assert saved(store, one, changed).clients[0] == changed
    with pytest.raises(StaleRow):
        saved(store, one, replace(one, hours=()))
    with pytest.raises(StaleRow):
        saved(store, one, replace(one, kinds=(short,)))
    back = replace(changed, kinds=(*changed.kinds, replace(short, id=uuid4(), minutes=20)))
    found = saved(store, changed, back).clients[0].kinds
    assert found == (*changed.kinds, replace(short, minutes=20))
    assert store.directory().clients[0].kinds == found


def test_a_kind_taken_out_stays_what_was_booked(store: Store, directory: Directory) -> None:
    one = directory.clients[0]
    booked = appointment(directory)
    store.bookings.book_all((booked,), WHO, NOW)
    saved(store, one, replace(one, kinds=one.kinds[1:]))
    assert store.appointments(one.id, DAY) == (booked,)


def test_calendars_are_a_set(store: Store, directory: Directory) -> None:
    one = directory.clients[0]
    mine = calendars_of(directory, one.id)
    store.set_calendar_href(mine[0].id, "https://calendars.example.org/a/", NOW)
    second = replace(mine[0], id=uuid4(), name="Zweiter")
    found = saved(store, one, one, (second, mine[0]))
    known = calendars_of(found, one.id)
    assert [calendar.name for calendar in known] == ["Zweiter", "Termine"]
    assert known[1].href == "https://calendars.example.org/a/"
    with pytest.raises(StaleRow):
        saved(store, one, one, (), mine)
    assert calendars_of(store.directory(), one.id) == known
    assert calendars_of(saved(store, one, one, known[:1]), one.id) == known[:1]
    back = saved(store, one, one, (replace(mine[0], id=uuid4()), second))
    assert [calendar.id for calendar in calendars_of(back, one.id)] == [mine[0].id, second.id]
    other = directory.clients[1]
    assert calendars_of(back, other.id) == calendars_of(directory, other.id)


def test_calendars_may_take_over_names_of_each_other(store: Store, directory: Directory) -> None:
    one = directory.clients[0]
    first = replace(calendars_of(directory, one.id)[0], name="a")
    second = replace(first, id=uuid4(), name="b")
    two = calendars_of(saved(store, one, one, (first, second)), one.id)
    swapped = (replace(two[0], name="b"), replace(two[1], name="a"))
    found = calendars_of(saved(store, one, one, swapped), one.id)
    assert {(one.id, one.name) for one in found} == {(one.id, one.name) for one in two}
    passed_on = (replace(two[0], name="b"), replace(two[1], name="c"))
    found = calendars_of(saved(store, one, one, passed_on), one.id)
    assert [calendar.name for calendar in found] == ["b", "c"]
    assert found[0].id == two[1].id
    alone = calendars_of(saved(store, one, one, found[1:]), one.id)
    back = calendars_of(saved(store, one, one, (replace(alone[0], name="b"),)), one.id)
    assert back == (found[0],), "the name of one that was taken out"


@pytest.mark.parametrize("imported", [False, True])
def test_in_another_zone_everything_is_read_anew(
    store: Store, directory: Directory, imported: bool
) -> None:
    one = directory.clients[0]
    calendar = calendars_of(directory, one.id)[0]
    read(store, calendar, "https://calendars.example.org/a/")
    moved = replace(one, zone="Europe/London")
    if imported:
        store.save_directory(replace(store.directory(), clients=(moved,)), WHO, NOW)
    else:
        saved(store, one, moved, calendars_of(store.directory(), one.id))
    assert store.sync_state(calendar.id) == SyncState()
    assert store.bookings.owner_events(one.id, DAY) == ()
    with pytest.raises(StaleRow):
        store.apply_changes(calendar.id, replace(changes(), zone=one.zone), NOW)
    store.apply_changes(calendar.id, replace(changes(), zone=moved.zone), NOW)
    assert store.sync_state(calendar.id).checked == NOW


@pytest.mark.parametrize("field", ["name", "href", "account_id"])
def test_a_calendar_elsewhere_is_read_anew(store: Store, directory: Directory, field: str) -> None:
    one, other = directory.clients[0], CalendarAccount(id=uuid4(), key="b", url="u", user="b")
    store.editing.save_account(None, other, WHO, NOW)
    calendar = calendars_of(directory, one.id)[0]
    read(store, calendar, "https://calendars.example.org/a/")
    saved(store, one, one)
    assert store.sync_state(calendar.id).token == "t1"
    value = {"name": "Neu", "href": "https://calendars.example.org/b/", "account_id": other.id}
    moved = replace(calendar, **{field: value[field]})
    assert calendars_of(saved(store, one, one, (moved,)), one.id) == (moved,)
    assert store.sync_state(calendar.id) == SyncState()
    assert store.bookings.owner_events(one.id, DAY) == ()


@pytest.mark.parametrize("imported", [False, True])
def test_another_login_looks_for_its_calendars_anew(
    store: Store, directory: Directory, imported: bool
) -> None:
    account, calendar = directory.accounts[0], directory.calendars[0]

    def change(old: CalendarAccount, new: CalendarAccount) -> Directory:
        if not imported:
            return store.editing.save_account(old, new, WHO, NOW)
        return store.save_directory(
            replace(store.directory(), accounts=(new,), calendars=()), WHO, NOW
        )

    read(store, calendar, "https://calendars.example.org/a/")
    path = replace(account, url="https://calendars.example.org/dav/")
    assert change(account, path).calendars[0].href == "https://calendars.example.org/a/"
    assert store.sync_state(calendar.id).token == "t1"
    for new in (replace(path, user="neu"), replace(path, user="neu", url="https://new.example/")):
        read(store, calendar, "https://calendars.example.org/a/")
        found = change(store.directory().accounts[0], new)
        assert found.calendars[0].href == ""
        assert store.sync_state(calendar.id) == SyncState()
        assert store.bookings.owner_events(calendar.client_id, DAY) == ()


def test_the_office_and_who_works_there(store: Store, directory: Directory) -> None:
    changed = replace(directory.office, name="Neu", greeting=Greeting("Hallo.", "de"), region="AT")
    who = replace(directory.receptionist, name="Max Beispiel")
    found = store.editing.save_office(directory, changed, who, WHO, NOW)
    assert found == replace(directory, office=changed, receptionist=who)

"""Parts of the directory taken out by hand and brought back, and what refuses to go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from receptionist import officefile
from receptionist.desk.outbox import NEVER
from receptionist.errors import BadInput, NotFound, StaleRow
from receptionist.model.appointment import AppointmentState
from receptionist.model.client import (
    CalendarAccount,
)
from receptionist.model.editing import Dependents, Part
from receptionist.model.office import Directory
from receptionist.model.worklist import WorkItem, WorkKind
from receptionist.ports import Store
from tests.contract.store.by_hand import calendars_of, read, saved
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import (
    DAY,
    NOW,
    TEN,
    WHO,
    appointment,
    call,
    changes,
    firm,
    minutes,
    office,
)

# ---- taken out, and brought back


def test_a_client_taken_out_is_remembered_by_name_and_frees_his_numbers(
    store: Store, directory: Directory, opens: Opens
) -> None:
    one, other = directory.clients
    rang = call(directory)
    store.record_call(rang)
    read(store, calendars_of(directory, one.id)[0], "https://calendars.example.org/a/")
    found = store.editing.remove(Part.CLIENT, one.id, WHO, NOW)
    assert found.clients == (other,)
    assert found.calendars == calendars_of(directory, other.id)
    assert found.former == (replace(one, dialled=(), kinds=(), hours=()),)
    assert opens().directory() == found
    assert [kept.client_id for kept in store.calls(NOW)] == [one.id]
    assert store.bookings.owner_events(one.id, DAY) == ()
    assert "Malerei Muster" not in officefile.write(found)
    with pytest.raises(NotFound):
        store.assign_number("+493023125001", one.id, WHO, NOW)
    with pytest.raises(StaleRow):
        store.bookings.book_all((appointment(directory),), WHO, NOW)
    with pytest.raises(StaleRow):
        store.apply_changes(calendars_of(directory, one.id)[0].id, changes(), NOW)
    taken = saved(store, other, replace(other, dialled=(*other.dialled, "+493023125001")))
    assert taken.clients[0].dialled == ("+492214710003", "+493023125001")


@pytest.mark.parametrize("imported", [False, True])
def test_a_client_comes_back_by_his_key(store: Store, directory: Directory, imported: bool) -> None:
    one = directory.clients[0]
    store.editing.remove(Part.CLIENT, one.id, WHO, NOW)
    again = replace(
        one, id=uuid4(), name="Neu", kinds=tuple(replace(k, id=uuid4()) for k in one.kinds)
    )
    calendar = replace(directory.calendars[0], id=uuid4(), client_id=again.id)
    if imported:
        wanted = replace(directory, clients=(again,), calendars=(calendar,))
        found = store.save_directory(wanted, WHO, NOW)
    else:
        found = saved(store, None, again, (calendar,), ())
    assert found.clients[0] == replace(one, name="Neu")
    assert calendars_of(found, one.id) == calendars_of(directory, one.id)
    assert found.former == ()


def test_what_an_import_does_not_name_stays_out(store: Store, directory: Directory) -> None:
    one, other = directory.clients
    store.editing.remove(Part.CLIENT, one.id, WHO, NOW)
    saved(store, other, replace(other, kinds=other.kinds[:1]), ())
    store.editing.remove(Part.ACCOUNT, directory.accounts[0].id, WHO, NOW)
    store.editing.remove(Part.LINE, directory.lines[0].id, WHO, NOW)
    before = store.directory()
    assert (before.lines, before.accounts, before.calendars) == ((), (), ())
    assert store.save_directory(before, WHO, NOW) == before
    again = store.save_directory(replace(office(), clients=(), calendars=()), WHO, NOW)
    assert (again.lines, again.accounts) == (directory.lines, directory.accounts)
    assert again.clients == before.clients


@pytest.mark.parametrize("part", list(Part))
def test_what_is_out_cannot_be_taken_out_or_changed(
    store: Store, directory: Directory, part: Part
) -> None:
    line, one = directory.lines[0], directory.clients[0]
    account = CalendarAccount(id=uuid4(), key="b", url="https://b.example/", user="b")
    store.editing.save_account(None, account, WHO, NOW)
    ids = {
        Part.LINE: line.id,
        Part.CLIENT: one.id,
        Part.ACCOUNT: account.id,
        Part.CALENDAR: directory.calendars[0].id,
        Part.KIND: one.kinds[0].id,
        Part.STAFF: saved(store, None, firm()).clients[-1].staff[0].id,
    }
    store.editing.remove(part, ids[part], WHO, NOW)
    with pytest.raises(StaleRow):
        store.editing.remove(part, ids[part], WHO, NOW)
    with pytest.raises(StaleRow):
        store.editing.remove(part, uuid4(), WHO, NOW)
    saves = {
        Part.LINE: lambda: store.editing.save_line(line, replace(line, name="B"), WHO, NOW),
        Part.CLIENT: lambda: saved(store, one, replace(one, name="B")),
        Part.ACCOUNT: lambda: store.editing.save_account(
            account, replace(account, user="c"), WHO, NOW
        ),
    }
    if part in saves:
        with pytest.raises(StaleRow):
            saves[part]()


# ---- what depends on it


def test_who_waits_for_the_owner_keeps_client_and_calendar(
    store: Store, directory: Directory
) -> None:
    one, calendar = directory.clients[0], directory.calendars[0]
    waits = appointment(directory)
    store.bookings.book_all((waits,), WHO, NOW)
    before = store.directory()
    for part, part_id in ((Part.CLIENT, one.id), (Part.CALENDAR, calendar.id)):
        with pytest.raises(BadInput, match="1 appointment is not in the owner's calendar"):
            store.editing.remove(part, part_id, WHO, NOW)
    with pytest.raises(BadInput, match="1 appointment"):
        saved(store, one, one, ())
    with pytest.raises(BadInput, match="“Kanzlei Beispiel”, “Malerei Muster”"):
        store.editing.remove(Part.ACCOUNT, directory.accounts[0].id, WHO, NOW)
    assert store.directory() == before
    store.settle(waits, WHO, NOW, dirty=False)
    assert store.editing.remove(Part.CLIENT, one.id, WHO, NOW).clients == directory.clients[1:]


def test_what_is_over_does_not_keep_a_client_for_ever(store: Store, directory: Directory) -> None:
    store.bookings.book_all((appointment(directory),), WHO, NOW)
    later = TEN + timedelta(days=1)
    assert store.editing.dependents(Part.CLIENT, directory.clients[0].id, later).waiting == 0
    store.editing.remove(Part.CLIENT, directory.clients[0].id, WHO, later)


def test_what_is_parked_waits_for_a_person_and_not_for_the_calendar(
    store: Store, directory: Directory
) -> None:
    booked = appointment(directory)
    store.bookings.book_all((booked,), WHO, NOW)
    parked = replace(booked, state=AppointmentState.PARKED, next_attempt=NEVER)
    store.settle(parked, WHO, NOW, dirty=True)
    client_id = directory.clients[0].id
    found = store.editing.dependents(Part.CLIENT, client_id, NOW)
    assert (found.to_come, found.waiting) == (1, 0)
    store.editing.remove(Part.CLIENT, client_id, WHO, NOW)
    assert store.outbox() == (parked,)


def test_dependents_are_counted(store: Store, directory: Directory) -> None:
    one, calendar, account = directory.clients[0], directory.calendars[0], directory.accounts[0]
    rang = call(directory)
    store.record_call(rang)
    owed = WorkItem(
        id=uuid4(),
        client_id=one.id,
        kind=WorkKind.MISSED,
        number="+491713920011",
        reason="missed",
        created=NOW,
        due=NOW,
    )
    store.work.add(owed)
    confirmed = appointment(directory)
    store.bookings.book_all((confirmed,), WHO, NOW)
    store.settle(confirmed, WHO, NOW, dirty=False)
    store.bookings.book_all((appointment(directory, start=TEN + minutes(60)),), WHO, NOW)
    store.bookings.book_all((appointment(directory, "beispiel"),), WHO, NOW)
    found = {
        part: store.editing.dependents(part, part_id, NOW)
        for part, part_id in (
            (Part.CLIENT, one.id),
            (Part.LINE, directory.lines[0].id),
            (Part.ACCOUNT, account.id),
            (Part.CALENDAR, calendar.id),
            (Part.KIND, one.kinds[0].id),
        )
    }
    both, mine = ("Kanzlei Beispiel", "Malerei Muster"), ("Malerei Muster",)
    numbers = one.dialled
    assert found == {
        Part.CLIENT: Dependents(calls=1, call_backs=1, to_come=2, waiting=1, numbers=numbers),
        Part.LINE: Dependents(calls=1),
        Part.ACCOUNT: Dependents(to_come=3, waiting=2, clients=both),
        Part.CALENDAR: Dependents(to_come=2, waiting=1, clients=mine),
        Part.KIND: Dependents(to_come=2, waiting=1, clients=mine),
    }

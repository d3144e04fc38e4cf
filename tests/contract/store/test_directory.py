"""The directory: by key, column by column, nothing deleted, ids that stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from uuid import uuid4

import pytest
from sqlalchemy import Connection, func, select

from receptionist.errors import NotFound
from receptionist.model.busy import SyncState
from receptionist.model.client import BookableHours, CalendarAccount
from receptionist.model.greeting import Greeting
from receptionist.model.office import Directory
from receptionist.ports import Store
from receptionist.store import tables
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import (
    DAY,
    NOW,
    TEN,
    WHO,
    appointment,
    changes,
    client,
    event,
    minutes,
    office,
)


def entries(sql: Connection) -> int:
    return sql.execute(select(func.count()).select_from(tables.change_log)).scalar_one()


def test_a_new_store_holds_a_nameless_office(opens: Opens) -> None:
    found = opens().directory()
    assert (found.office.name, found.receptionist.name, found.workstation.name) == ("", "", "")
    assert found.office.greeting.text
    assert (found.lines, found.clients, found.accounts, found.calendars) == ((), (), (), ())
    assert opens().directory() == found


def test_what_is_saved_comes_back(opens: Opens) -> None:
    wanted, store = office(), opens()
    new = store.directory()
    saved = store.save_directory(wanted, WHO, NOW)
    assert saved == replace(
        wanted,
        office=replace(wanted.office, id=new.office.id),
        receptionist=replace(wanted.receptionist, id=new.receptionist.id),
        workstation=replace(wanted.workstation, id=new.workstation.id),
    )
    assert opens().directory() == saved


def test_saving_again_changes_nothing(store: Store, directory: Directory, sql: Connection) -> None:
    before = entries(sql)
    assert store.save_directory(directory, WHO, NOW) == directory
    assert entries(sql) == before


def test_the_same_keys_with_other_ids_keep_the_first_ids(
    store: Store, directory: Directory, sql: Connection
) -> None:
    store.bookings.book_all((appointment(directory),), WHO, NOW)
    before, again = entries(sql), office()
    assert again.clients[0].id != directory.clients[0].id
    assert store.save_directory(again, WHO, NOW) == directory
    assert entries(sql) == before


def test_values_are_updated_by_key_and_logged_by_column(
    store: Store, directory: Directory, sql: Connection
) -> None:
    before, again = entries(sql), office()
    changed = replace(again.clients[0], name="Malerei & Putz", greeting=Greeting("Hallo", "en"))
    line = replace(again.lines[0], proxy="proxy.example.org")
    saved = store.save_directory(
        replace(again, clients=(changed, again.clients[1]), lines=(line,)), WHO, NOW
    )
    was = directory.clients[0]
    assert saved.clients[0] == replace(was, name="Malerei & Putz", greeting=Greeting("Hallo", "en"))
    assert saved.lines[0] == replace(directory.lines[0], proxy="proxy.example.org")
    log = tables.change_log
    query = select(log.c.table, log.c.row, log.c.client_id, log.c.column, log.c.old, log.c.new)
    assert sql.execute(query.order_by(log.c.seq).offset(before)).all() == [
        ("line", line_id := directory.lines[0].id, None, "proxy", "", "proxy.example.org"),
        ("client", was.id, was.id, "name", "Malerei Muster", "Malerei & Putz"),
        ("client", was.id, was.id, "greeting_text", was.greeting.text, "Hallo"),
        ("client", was.id, was.id, "greeting_language", "de", "en"),
    ]
    assert line_id != line.id


def test_nothing_is_deleted(store: Store, directory: Directory) -> None:
    new = client("neu", "Neu", "+498999998001")
    saved = store.save_directory(
        replace(directory, lines=(), clients=(new,), accounts=(), calendars=()), WHO, NOW
    )
    assert saved == replace(directory, clients=(*directory.clients, new))
    short = replace(directory.clients[0], kinds=directory.clients[0].kinds[:1])
    saved = store.save_directory(replace(directory, clients=(short,)), WHO, NOW)
    assert set(saved.clients[0].kinds) == set(directory.clients[0].kinds)


def test_hours_are_replaced_as_a_set(store: Store, directory: Directory) -> None:
    hours = (BookableHours(weekday=4, start=time(8, 30), end=time(10)),)
    one = replace(directory.clients[0], hours=hours)
    saved = store.save_directory(replace(directory, clients=(one,)), WHO, NOW)
    assert saved.clients == (one, directory.clients[1])
    more = replace(one, hours=(*hours, *directory.clients[0].hours))
    assert store.save_directory(replace(directory, clients=(more,)), WHO, NOW).clients[0] == more


def test_a_number_that_an_import_does_not_name_stays(store: Store, directory: Directory) -> None:
    store.assign_number("+493023125077", directory.clients[0].id, WHO, NOW)
    one = replace(directory.clients[0], dialled=("+493023125009", "+493023125001"))
    saved = store.save_directory(replace(directory, clients=(one,)), WHO, NOW)
    numbers = ("+493023125009", "+493023125001", "+493023125002", "+493023125077")
    assert saved.clients == (replace(one, dialled=numbers), directory.clients[1])
    assert store.save_directory(saved, WHO, NOW) == saved


def test_a_number_moves_to_the_client_that_asks_for_it(store: Store, directory: Directory) -> None:
    second = replace(directory.clients[1], dialled=("+493023125001",))
    saved = store.save_directory(replace(directory, clients=(second,)), WHO, NOW)
    numbers = [one.dialled for one in saved.clients]
    assert numbers == [("+493023125002",), ("+493023125001", "+492214710003")]


def test_assigning_a_number_moves_it(store: Store, directory: Directory) -> None:
    first, second = directory.clients
    store.assign_number("+493023125002", second.id, WHO, NOW)
    store.assign_number("+493023125077", second.id, WHO, NOW)
    store.assign_number("+493023125077", second.id, WHO, NOW)
    numbers = {one.key: set(one.dialled) for one in store.directory().clients}
    assert numbers == {
        "muster": {"+493023125001"},
        "beispiel": {"+492214710003", "+493023125002", "+493023125077"},
    }
    with pytest.raises(NotFound):
        store.assign_number("+493023125001", uuid4(), WHO, NOW)
    assert first.id != second.id


def test_a_key_can_be_changed_by_its_id(store: Store, directory: Directory) -> None:
    one = replace(directory.clients[0], key="maler")
    saved = store.save_directory(replace(directory, clients=(one, directory.clients[1])), WHO, NOW)
    assert saved == replace(directory, clients=(one, directory.clients[1]))


def test_an_address_that_was_discovered_survives_an_import(
    store: Store, directory: Directory
) -> None:
    calendar = directory.calendars[0]
    store.set_calendar_href(calendar.id, "https://c.example/erika/", NOW)
    store.apply_changes(calendar.id, changes(event(TEN, TEN + minutes(5))), NOW)
    saved = store.save_directory(office(), WHO, NOW)
    assert saved.calendars[0] == replace(calendar, href="https://c.example/erika/")
    assert store.sync_state(calendar.id).token == "t1"


def test_another_calendar_or_address_forgets_what_was_read(
    store: Store, directory: Directory
) -> None:
    calendar = directory.calendars[0]
    account = CalendarAccount(id=uuid4(), key="new", url="https://new.example/", user="e")
    for step in ("name", "account", "href"):
        store.apply_changes(calendar.id, changes(event(TEN, TEN + minutes(5))), NOW)
        store.set_calendar_href(calendar.id, f"https://c.example/{step}/", NOW)
        assert store.sync_state(calendar.id) == SyncState()
        store.apply_changes(calendar.id, changes(event(TEN, TEN + minutes(5))), NOW)
        store.set_calendar_href(calendar.id, f"https://c.example/{step}/", NOW)
        assert store.sync_state(calendar.id).token == "t1"
        assert len(store.bookings.owner_events(calendar.client_id, DAY)) == 1
        now = store.directory().calendars[0]
        moved = {
            "name": replace(now, id=uuid4(), name="Praxis", href=""),
            "account": replace(now, id=uuid4(), account_id=account.id, href=""),
            "href": replace(now, id=uuid4(), href="https://c.example/given/"),
        }[step]
        wanted = replace(
            store.directory(),
            accounts=(*directory.accounts, account),
            calendars=(moved, directory.calendars[1]),
        )
        saved = store.save_directory(wanted, WHO, NOW)
        assert saved.calendars == (replace(moved, id=calendar.id), directory.calendars[1])
        assert store.sync_state(calendar.id) == SyncState()
        assert store.bookings.owner_events(calendar.client_id, DAY) == ()


def test_an_unknown_calendar_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.set_calendar_href(uuid4(), "https://c.example/", NOW)
    with pytest.raises(NotFound):
        store.apply_changes(uuid4(), changes(), NOW)
    assert store.sync_state(uuid4()) == SyncState()

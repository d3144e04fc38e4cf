"""The occurrence table: what a refresh brings, and whose it is."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from receptionist.errors import StaleRow
from receptionist.model.busy import Busy, SyncState
from receptionist.model.client import OwnerCalendar
from receptionist.model.office import Directory
from receptionist.model.period import Period
from receptionist.ports import Store
from tests.contract.store.sample import (
    DAY,
    HORIZON,
    NOW,
    TEN,
    WHO,
    appointment,
    call,
    changes,
    event,
    minutes,
)


def names(store: Store, directory: Directory, client: int = 0) -> list[str]:
    return [one.uid[0] for one in store.bookings.owner_events(directory.clients[client].id, DAY)]


def test_a_refresh_is_kept_with_its_state(store: Store, directory: Directory) -> None:
    calendar = directory.calendars[0]
    series = event(TEN, TEN + minutes(30), "a", readable=False, all_day=True)
    second = Busy(period=Period(TEN - minutes(90), TEN - minutes(60)), uid=series.uid)
    series = replace(series, busy=(*series.busy, second), readable=False)
    store.apply_changes(calendar.id, changes(series), NOW)
    assert store.sync_state(calendar.id) == SyncState(
        token="t1", ctag="c1", etags={series.href: "a1"}, horizon=HORIZON, checked=NOW
    )
    there = (replace(one, calendar_id=calendar.id) for one in (second, series.busy[0]))
    assert store.bookings.owner_events(calendar.client_id, DAY) == tuple(there)


def test_only_what_shares_an_instant_touches(store: Store, directory: Directory) -> None:
    store.apply_changes(directory.calendars[0].id, changes(event(TEN, TEN + minutes(30))), NOW)
    client_id = directory.clients[0].id
    assert store.bookings.owner_events(client_id, Period(TEN - minutes(30), TEN)) == ()
    assert (
        store.bookings.owner_events(client_id, Period(TEN + minutes(30), TEN + minutes(60))) == ()
    )
    assert (
        len(store.bookings.owner_events(client_id, Period(TEN + minutes(29), TEN + minutes(60))))
        == 1
    )


def test_changes_replace_remove_and_add(store: Store, directory: Directory) -> None:
    calendar = directory.calendars[0].id
    thing = {
        name: event(TEN + n * minutes(30), TEN + n * minutes(30) + minutes(30), name)
        for n, name in enumerate("abc")
    }
    store.apply_changes(calendar, changes(*thing.values()), NOW)
    assert names(store, directory) == ["a", "b", "c"]
    moved = replace(event(TEN + minutes(200), TEN + minutes(230), "a"), etag="a2")
    later = NOW + minutes(5)
    store.apply_changes(
        calendar,
        changes(
            moved,
            event(TEN, TEN + minutes(5), "d"),
            removed=(thing["b"].href,),
            token="t2",
            ctag="",
        ),
        later,
    )
    assert names(store, directory) == ["d", "c", "a"]
    state = store.sync_state(calendar)
    assert (state.token, state.ctag, state.checked) == ("t2", "", later)
    assert sorted(state.etags.values()) == ["a2", "c1", "d1"]


def test_a_full_refresh_is_all_there_is(store: Store, directory: Directory) -> None:
    calendar = directory.calendars[0].id
    many = [event(TEN, TEN + minutes(5), f"{n}") for n in range(1500)]
    store.apply_changes(calendar, changes(*many), NOW)
    gone = tuple(one.href for one in many[10:])
    store.apply_changes(calendar, changes(removed=gone), NOW)
    assert len(store.sync_state(calendar).etags) == 10
    store.apply_changes(calendar, changes(event(TEN, TEN + minutes(5), "x"), full=True), NOW)
    assert names(store, directory) == ["x"]
    store.apply_changes(calendar, changes(full=True), NOW)
    assert (names(store, directory), store.sync_state(calendar).etags) == ([], {})


def test_an_object_that_comes_twice_is_one(store: Store, directory: Directory) -> None:
    twice = (event(TEN, TEN + minutes(5)), event(TEN + minutes(30), TEN + minutes(35)))
    store.apply_changes(directory.calendars[0].id, changes(*twice), NOW)
    there = replace(twice[1].busy[0], calendar_id=directory.calendars[0].id)
    assert store.bookings.owner_events(directory.clients[0].id, DAY) == (there,)


def test_what_was_found_for_another_address_or_name_is_refused(
    store: Store, directory: Directory
) -> None:
    calendar = directory.calendars[0]
    busy = changes(event(TEN, TEN + minutes(5)))
    with pytest.raises(StaleRow):
        store.apply_changes(calendar.id, busy, NOW, "https://elsewhere.example/")
    store.apply_changes(calendar.id, busy, NOW, f"{calendar.href.rstrip('/')}/")
    for former in (replace(calendar, name="x"), replace(calendar, account_id=uuid4())):
        with pytest.raises(StaleRow):
            store.set_calendar_href(calendar.id, "https://elsewhere.example/", NOW, former)
    store.set_calendar_href(calendar.id, "https://calendar.example/new/", NOW, calendar)


def test_all_calendars_of_a_client_count(store: Store, directory: Directory) -> None:
    first = directory.calendars[0]
    private = replace(first, id=(other := directory.clients[0].kinds[0].id), name="Privat")
    saved = store.save_directory(
        replace(directory, calendars=(*directory.calendars, private)), WHO, NOW
    )
    assert isinstance(saved.calendars[2], OwnerCalendar)
    store.apply_changes(first.id, changes(event(TEN, TEN + minutes(5), "a")), NOW)
    store.apply_changes(other, changes(event(TEN, TEN + minutes(5), "b")), NOW)
    assert sorted(names(store, directory)) == ["a", "b"]
    store.apply_changes(other, changes(full=True), NOW)
    assert names(store, directory) == ["a"]


def test_a_client_never_sees_rows_of_another(store: Store, directory: Directory) -> None:
    ours, theirs = directory.clients
    for client, calendar in zip(directory.clients, directory.calendars, strict=True):
        busy = event(TEN + minutes(120), TEN + minutes(130), client.key[0])
        store.apply_changes(calendar.id, changes(busy), NOW)
        store.bookings.book_all((appointment(directory, client.key),), WHO, NOW)
        store.record_call(call(directory, client_id=client.id))
    store.record_call(call(directory, client_id=None))
    assert len(store.calls(NOW)) == 3
    for client, other in ((ours, theirs), (theirs, ours)):
        assert names(store, directory, directory.clients.index(client)) == [client.key[0]]
        assert {one.client_id for one in store.appointments(client.id, DAY)} == {client.id}
        assert {one.client_id for one in store.calls(NOW, client.id)} == {client.id}
        assert other.id not in {one.client_id for one in store.calls(NOW, client.id)}
    assert len(store.appointments(ours.id, HORIZON)) == 1

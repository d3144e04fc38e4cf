"""Call-backs as tasks, and what a collection is for: the same on every server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from receptionist.errors import (
    CalendarForbidden,
    CalendarGone,
    CalendarRefused,
    CalendarUnreachable,
    PreconditionFailed,
)
from receptionist.model.busy import SyncState
from receptionist.model.task import Task
from tests.doubles.calendar import whole
from tests.doubles.recording_proxy import CAPTIVE_PORTAL, Fault, RecordingProxy

from .conftest import HORIZON, STAMP, ZONE, Side


@pytest.fixture
def tasks(side: Side) -> Iterator[str]:
    """A task list of the owner's beside his calendar; its address."""
    yield from _list_of(side)


def _list_of(side: Side) -> Iterator[str]:
    href = f"{side.home}{uuid4()}/"
    side.owner.make_calendar(href, "Rückrufe", holds="VTODO")
    yield href
    side.owner.delete(href)


def task(**values: object) -> Task:
    defaults = {
        "uid": str(uuid4()),
        "summary": "Rückruf: Erika Muster",
        "text": "Telefon: +49 30 23125 000\nwegen Dienstag; dringend, bitte",
        "created": STAMP,
    }
    return Task(**(defaults | values))  # type: ignore[arg-type]


def test_a_task_is_written_found_and_done(side: Side, tasks: str) -> None:
    port, wanted = side.connect(), task()
    href = f"{tasks}{wanted.uid}.ics"
    etag = port.put_task(href, wanted, STAMP, "")
    (found,) = port.tasks(tasks)
    assert (found.href, found.etag, found.uid, found.done) == (href, etag, wanted.uid, False)
    text = side.owner.get(href).replace("\r\n ", "").replace("\n ", "")
    assert "SUMMARY:Rückruf: Erika Muster" in text
    assert "STATUS:NEEDS-ACTION" in text
    assert "wegen Dienstag\\; dringend\\, bitte" in text
    port.put_task(href, replace(wanted, done=True), STAMP, found.etag)
    (found,) = port.tasks(tasks)
    assert found.done
    text = side.owner.get(href)
    for line in ("STATUS:COMPLETED", "COMPLETED:20270104T080000Z", "PERCENT-COMPLETE:100"):
        assert line in text
    port.withdraw(href, found.etag)
    assert port.tasks(tasks) == ()


def test_a_task_is_taken_away_however_it_is_by_now(side: Side, tasks: str) -> None:
    port, wanted = side.connect(), task()
    href = f"{tasks}{wanted.uid}.ics"
    port.put_task(href, wanted, STAMP, "")
    side.owner.put(href, side.owner.get(href).replace("SUMMARY:", "SUMMARY:Wichtig! "))
    port.withdraw(href, "")
    assert port.tasks(tasks) == ()
    port.withdraw(href, "")


def test_what_the_owner_adds_to_a_task_stays_and_what_he_ticks_is_seen(
    side: Side, tasks: str
) -> None:
    port, wanted = side.connect(), task()
    href = f"{tasks}{wanted.uid}.ics"
    port.put_task(href, wanted, STAMP, "")
    his = "PRIORITY:1\r\nX-OWNER;X-P=1:a\\, b\r\nEND:VTODO"
    side.owner.put(href, side.owner.get(href).replace("END:VTODO", his))
    (found,) = port.tasks(tasks)
    port.put_task(href, replace(wanted, summary="Rückruf: Max"), STAMP, found.etag)
    text = side.owner.get(href)
    assert "PRIORITY:1" in text
    assert "X-OWNER;X-P=1:a\\, b" in text
    assert "SUMMARY:Rückruf: Max" in text
    side.owner.put(href, text.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    (found,) = port.tasks(tasks)
    assert found.done


def test_a_task_is_never_written_over_another(side: Side, tasks: str) -> None:
    port, wanted = side.connect(), task()
    href = f"{tasks}{wanted.uid}.ics"
    etag = port.put_task(href, wanted, STAMP, "")
    with pytest.raises(PreconditionFailed):
        port.put_task(href, wanted, STAMP, "")
    side.owner.put(href, side.owner.get(href).replace("END:VTODO", "PRIORITY:1\r\nEND:VTODO"))
    with pytest.raises(PreconditionFailed):
        port.put_task(href, replace(wanted, done=True), STAMP, etag)
    side.owner.delete(href)
    with pytest.raises(PreconditionFailed):
        port.put_task(href, wanted, STAMP, etag)


def test_tasks_do_not_keep_the_owner_busy(side: Side, tasks: str) -> None:
    port, wanted = side.connect(), task()
    port.put_task(f"{tasks}{wanted.uid}.ics", wanted, STAMP, "")
    found = whole(port.changes(tasks, SyncState(), HORIZON, ZONE))
    assert [busy for one in found.changed for busy in one.busy] == []


def test_a_task_list_is_told_from_a_calendar(side: Side, tasks: str) -> None:
    found = {one.href: one for one in side.connect().discover()}
    assert found[side.calendar].events
    assert (found[tasks].tasks, found[tasks].events) == (True, False)
    assert found[tasks].name == "Rückrufe"


def test_a_collection_is_probed_without_writing(side: Side, tasks: str) -> None:
    port = side.connect()
    events, todos = port.probe(side.calendar), port.probe(tasks)
    assert (events.writable, events.events) == (True, True)
    assert events.sync_collection is side.tokens
    assert (todos.tasks, todos.events) == (True, False)
    assert len(events.product) <= 60
    assert port.probe(side.read_only).writable is not side.tells_rights
    assert whole(port.changes(side.calendar, SyncState(), HORIZON, ZONE)).changed == ()


def test_a_collection_that_is_not_there_cannot_be_probed(side: Side) -> None:
    port = side.connect()
    with pytest.raises(CalendarGone):
        port.probe(f"{side.home}gibt-es-nicht/")
    with pytest.raises(CalendarGone):
        port.tasks(f"{side.home}gibt-es-nicht/")
    with pytest.raises(CalendarRefused):
        side.connect("wrong").probe(side.calendar)


def test_a_task_for_a_list_that_may_only_be_read(side: Side) -> None:
    wanted = task()
    with pytest.raises(CalendarForbidden):
        side.connect().put_task(f"{side.read_only}{wanted.uid}.ics", wanted, STAMP, "")


@pytest.mark.parametrize("method", ["REPORT", "PROPFIND"])
def test_a_portal_has_no_tasks(proxied: Side, proxy: RecordingProxy, method: str) -> None:
    portal = {"Content-Type": "text/html"}
    proxy.break_next(Fault(method=method, status=200, headers=portal, body=CAPTIVE_PORTAL, times=9))
    port = proxied.connect()
    with pytest.raises(CalendarUnreachable):
        port.tasks(proxied.calendar) if method == "REPORT" else port.probe(proxied.calendar)

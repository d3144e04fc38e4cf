"""An owner at work in his calendar on a real server, and a desk that moves and calls off there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from receptionist.calendars.vevent import fingerprint
from receptionist.events import (
    AppointmentCancelled,
    AppointmentConfirmed,
    ChangeRefused,
    DeskEvent,
    OwnerChanged,
)
from receptionist.model.appointment import Appointment
from receptionist.model.client import Client
from receptionist.model.worklist import WorkItem
from receptionist.reasons import Reason
from tests.contract.calendars.conftest import REAL, Side, text_of

from .office import move_in, starts
from .working_desk import WorkingDesk

T = TypeVar("T")
HOUR = timedelta(hours=1)
_UTC = "%Y%m%dT%H%M%SZ"


@pytest.fixture(params=REAL)
def side(request: pytest.FixtureRequest) -> Side:
    """Every server, every day: they differ in what they do to objects."""
    found: Side = request.getfixturevalue(request.param)
    return found


@dataclass
class Together:
    """The desk and the owner, and when it is: two free hours apart."""

    working: WorkingDesk
    side: Side
    events: list[DeskEvent] = field(default_factory=list)
    start: datetime = field(default_factory=lambda: starts()[0].astimezone(UTC))

    @property
    def painter(self) -> Client:
        return self.working.desk.directory.client_by_key("maler")

    def seen(self, kind: type[T]) -> list[T]:
        return [event for event in self.events if isinstance(event, kind)]

    def wait(self, kind: type, count: int = 1) -> None:
        self.working.run_until(lambda: len(self.seen(kind)) >= count)

    def booked(self) -> Appointment:
        self.working.desk.booking.book(
            client_id=self.painter.id,
            kind_id=self.painter.kinds[0].id,
            start=self.start,
            caller_name="Änne Größer; Söhne, \\ & Co",
            caller_number="+493023125000",
            note="Küche\nzweiter Stock",
        )
        self.wait(AppointmentConfirmed)
        return self.seen(AppointmentConfirmed)[0].appointment

    def looked(self) -> None:
        """The calendar is read once more, and what came of it is written."""
        desk = self.working.desk
        desk.calendars.refresh(self.painter.id, insist=True)
        self.working.run_until(lambda: not desk.calendars.reading)
        self.call_backs()

    def call_backs(self) -> list[Reason]:
        found: list[tuple[WorkItem, ...]] = []
        for _round in range(3):
            found.clear()
            self.working.desk.work.read(found.append)
            self.working.run_until(lambda: found)
        return [one.reason for one in found[0]]

    def edits(self, appointment: Appointment, change: Callable[[str], str]) -> None:
        """The owner changes the text of the object."""
        text = self.side.owner.get(appointment.href)
        assert text is not None
        self.side.owner.put(appointment.href, change(text))

    def moves(self, appointment: Appointment, by: timedelta) -> None:
        """The owner drags it to another time."""

        def change(text: str) -> str:
            head, event = text[: text.index("BEGIN:VEVENT")], text[text.index("BEGIN:VEVENT") :]
            for name, at in (("DTSTART", appointment.start), ("DTEND", appointment.end)):
                line = f"{name}:{(at + by).astimezone(UTC):{_UTC}}"
                event = re.sub(rf"^{name}[;:].*$", line, event, flags=re.M)
            return head + event

        self.edits(appointment, change)

    def there(self, appointment: Appointment) -> datetime | None:
        """When it begins by the server; None when there is nothing."""
        text = self.side.owner.get(appointment.href)
        found = fingerprint(text) if text else None
        return found.start if found else None


@pytest.fixture
def together(side: Side, tmp_path: Path) -> Iterator[Together]:
    events: list[DeskEvent] = []
    working = WorkingDesk(tmp_path, move_in(tmp_path, side), side.password, events.append)
    working.start()
    working.run_until(lambda: not working.desk.calendars.reading)
    yield Together(working, side, events)
    working.desk.stop()


def test_what_the_desk_moves_and_calls_off_is_so_on_the_server(together: Together) -> None:
    one = together.booked()
    together.looked()
    assert together.seen(OwnerChanged) == [], "what a server rewrites is no news"
    together.working.desk.changing.move(one, together.start + 2 * HOUR)
    together.wait(AppointmentConfirmed, 2)
    assert together.there(one) == together.start + 2 * HOUR
    moved = together.seen(AppointmentConfirmed)[1].appointment
    together.looked()
    together.working.desk.changing.cancel(moved)
    together.wait(AppointmentCancelled)
    assert together.there(one) is None
    together.looked()
    assert together.seen(OwnerChanged) == []
    assert together.call_backs() == []


def test_what_the_owner_does_is_news_once(together: Together) -> None:
    one = together.booked()
    together.moves(one, 2 * HOUR)
    together.looked()
    together.looked()
    (news,) = together.seen(OwnerChanged)
    assert (news.reason, news.appointment.start) == (Reason.OWNER_MOVED, together.start + 2 * HOUR)
    together.edits(one, lambda text: re.sub(r"^SUMMARY:.*$", "SUMMARY:Frau Gr", text, flags=re.M))
    together.looked()
    assert [one.reason for one in together.seen(OwnerChanged)][1:] == [Reason.OWNER_CHANGED]
    together.side.owner.delete(one.href)
    together.looked()
    together.looked()
    assert [one.reason for one in together.seen(OwnerChanged)][2:] == [Reason.OWNER_CANCELLED]
    assert set(together.call_backs()) == {Reason.OWNER_MOVED, Reason.OWNER_CANCELLED}


def test_both_at_once(together: Together) -> None:
    one = together.booked()
    together.edits(one, lambda text: text.replace("END:VEVENT", "LOCATION:Park 3\r\nEND:VEVENT"))
    together.working.desk.changing.move(one, together.start + 2 * HOUR)
    together.wait(AppointmentConfirmed, 2)
    merged = together.seen(AppointmentConfirmed)[1].appointment
    assert (merged.start, merged.location) == (together.start + 2 * HOUR, "Park 3")
    assert together.there(one) == together.start + 2 * HOUR
    busy = (f"DTSTART:{together.start:{_UTC}}", f"DTEND:{together.start + HOUR:{_UTC}}")
    calendar = one.href.rpartition("/")[0]
    together.side.owner.put(f"{calendar}/eigenes.ics", text_of(*busy, uid="eigenes"))
    together.working.desk.changing.move(merged, together.start)
    together.wait(ChangeRefused)
    assert together.there(one) == together.start + 2 * HOUR
    assert together.call_backs() == [Reason.OWNER_WAS_FIRST]

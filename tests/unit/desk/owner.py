"""What an owner does to our appointments on his phone, and what is seen of them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from receptionist.calendars.vevent import fingerprint
from receptionist.events import AppointmentConfirmed
from receptionist.model.appointment import Appointment
from receptionist.model.worklist import WorkItem
from receptionist.reasons import Reason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_booking import TUESDAY, refreshed, waiting


def confirmed(bench: Bench, start: datetime = TUESDAY, name: str = "Erika Muster") -> Appointment:
    """An appointment that stands in the owner's calendar."""
    known = len(bench.seen(AppointmentConfirmed))
    bench.book(start, name)
    bench.wait_for(AppointmentConfirmed, known + 1)
    return bench.seen(AppointmentConfirmed)[-1].appointment


def text_of(bench: Bench, appointment: Appointment) -> str:
    """The object as the server has it, unfolded."""
    text = bench.server.get(appointment.href)
    assert text is not None, "it stands in no calendar"
    return text.replace("\r\n ", "")


def value(text: str, name: str) -> str:
    """A property of the event, without its parameters."""
    event = text[text.index("BEGIN:VEVENT") :]
    found = re.search(rf"^{name}(?:;[^:\r\n]*)?:(.*?)\r?$", event, re.M)
    return found[1] if found else ""


def owner_edits(bench: Bench, appointment: Appointment, **values: str) -> None:
    """He writes other values of properties; "" takes one out."""
    text = text_of(bench, appointment)
    head, event = text[: text.index("BEGIN:VEVENT")], text[text.index("BEGIN:VEVENT") :]
    for name, new in values.items():
        event = re.sub(rf"^{name}[;:].*\r?\n", "", event, flags=re.M)
        line = f"{name}:{new}\r\n" if new else ""
        event = event.replace("END:VEVENT", f"{line}END:VEVENT", 1)
    bench.server.put(appointment.href, head + event)


def owner_moves(bench: Bench, appointment: Appointment, start: datetime) -> None:
    """He drags it to another time."""
    end = start + (appointment.end - appointment.start)
    owner_edits(
        bench, appointment, DTSTART=f"{start:%Y%m%dT%H%M%SZ}", DTEND=f"{end:%Y%m%dT%H%M%SZ}"
    )


def starts_at(bench: Bench, appointment: Appointment) -> datetime:
    """When it begins by the owner's calendar."""
    found = fingerprint(bench.server.objects[appointment.href].text)
    assert found is not None
    return found.start


def now_is(bench: Bench, appointment: Appointment) -> Appointment:
    """The appointment as the store has it."""
    found: list[Appointment | None] = []
    bench.desk._ground.memory.submit(
        lambda store: store.bookings.get(appointment.id), then=found.append
    )
    bench.pump.until(lambda: found)
    assert found[0] is not None
    return found[0]


def looked(bench: Bench) -> None:
    """The painter's calendar was read again, and what came of it was written."""
    refreshed(bench)
    bench.pump.until(lambda: not bench.desk.calendars.reading)
    settled(bench)


def settled(bench: Bench) -> None:
    """All that was handed to the store so far is done, and what followed from it."""
    for _round in range(3):
        waiting(bench)


def in_time(bench: Bench, kind: type, count: int = 1) -> None:
    """Time goes on until `count` events of this kind were told."""
    for _step in range(100):
        settled(bench)
        if len(bench.seen(kind)) >= count:
            return
        bench.pump.advance(1)
    bench.wait_for(kind, count)


def reasons(bench: Bench) -> list[Reason]:
    """Why somebody is to be called back."""
    found: list[tuple[WorkItem, ...]] = []
    bench.desk.work.read(found.append)
    bench.pump.until(lambda: found)
    return [one.reason for one in found[0]]


HOUR = timedelta(hours=1)

"""The calendar port on CalDAV: conditional writes, reading back, discovery, refresh."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from receptionist.calendars import ability, collection, discovery, letters, vevent
from receptionist.calendars.answers import Answer, absolute, confused, failure, multistatus
from receptionist.calendars.bodies import DAV, HERE, propfind
from receptionist.calendars.vevent import written, written_over
from receptionist.calendars.vtodo import task_over, written_task
from receptionist.calendars.wire import Limits, Wire
from receptionist.errors import CalendarGone, PreconditionFailed
from receptionist.model.appointment import Appointment, Stored
from receptionist.model.busy import CalendarChanges, CalendarFound, Capabilities, SyncState
from receptionist.model.client import CalendarAccount
from receptionist.model.period import Period
from receptionist.model.secret import Secret
from receptionist.model.task import StoredTask, Task

ANY = "*"

_TEXT = {"Content-Type": "text/calendar; charset=utf-8"}
_READ = {"Accept": "text/calendar", "Accept-Encoding": "identity"}
_NOTHING = (404, 410)
log = logging.getLogger(__name__)


class Servers:
    """Opens CalDAV accounts (port `Calendars`). Calendar workers only."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def connect(self, account: CalendarAccount, secret: Secret) -> Server:
        """A session; nothing is sent yet. `CalendarRefused` for an address that is not safe."""
        return Server(Wire(account, secret, self._limits))

    def export(self, appointments: Iterable[Appointment], stamp: datetime) -> bytes:
        return vevent.exported(appointments, stamp)

    def enclosed(
        self, appointment: Appointment, stamp: datetime, title: str, organizer: str = ""
    ) -> bytes:
        return letters.enclosed(appointment, stamp, title, organizer)


class Server:
    """One account (port `Calendar`). Calendar workers only; raises `CalendarError`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def discover(self) -> tuple[CalendarFound, ...]:
        return discovery.calendars(self._wire)

    def changes(
        self, calendar: str, known: SyncState, horizon: Period, zone: str
    ) -> Iterator[CalendarChanges]:
        return collection.refresh(self._wire, absolute(calendar, calendar), known, horizon, zone)

    def put_new(self, href: str, appointment: Appointment, stamp: datetime) -> str:
        return self._put(href, written(appointment, stamp), {"If-None-Match": ANY})

    def put_over(self, href: str, appointment: Appointment, stamp: datetime, etag: str) -> str:
        return self._put_over(href, etag, lambda text: written_over(text, appointment, stamp))

    def put_task(self, href: str, task: Task, stamp: datetime, etag: str) -> str:
        if not etag:
            return self._put(href, written_task(task, stamp), {"If-None-Match": ANY})
        return self._put_over(href, etag, lambda text: task_over(text, task, stamp))

    def tasks(self, calendar: str) -> tuple[StoredTask, ...]:
        return collection.tasks(self._wire, absolute(calendar, calendar))

    def probe(self, calendar: str) -> Capabilities:
        return ability.capabilities(self._wire, absolute(calendar, calendar))

    def get(self, href: str) -> Stored | None:
        answer = self._read(href)
        if answer is None:
            return None
        return vevent.stored(href, answer.etag, _text(answer))

    def withdraw(self, href: str, etag: str) -> None:
        if not etag:  # some servers take `If-Match: *` for a word, or the wrong way round
            stored = self._read(href)
            if stored is None:
                return
            etag = stored.etag
        answer = self._wire.send("DELETE", href, headers={"If-Match": etag or ANY})
        if answer.html and answer.status < 300:
            raise confused("DELETE: a page for people")
        if answer.status in _NOTHING or 200 <= answer.status < 300:
            return
        if answer.status == 412 and self._read(href) is None:
            return  # servers tell "gone" and "changed" apart only so
        raise failure(answer, "DELETE")

    def close(self) -> None:
        self._wire.close()

    def _read(self, href: str) -> Answer | None:
        """The object, or None; a page for people in its place is `CalendarUnreachable`."""
        answer = self._wire.send("GET", href, headers=_READ)
        if answer.status in _NOTHING:
            return None
        if answer.status != 200:
            raise failure(answer, "GET")
        if answer.html or b"BEGIN:VCALENDAR" not in answer.body.upper():
            raise confused("GET: not a calendar object")
        return answer

    def _put_over(self, href: str, etag: str, body: Callable[[str], bytes]) -> str:
        stored = self._read(href)
        if stored is None or (etag and stored.etag and stored.etag != etag):
            raise PreconditionFailed("PUT over an object that is not the known one")
        return self._put(href, body(_text(stored)), {"If-Match": etag or stored.etag or ANY})

    def _put(self, href: str, body: bytes, condition: dict[str, str]) -> str:
        answer = self._wire.send("PUT", href, body, _TEXT | condition)
        if answer.status == 409 and self._homeless(href):
            raise CalendarGone("PUT 409: no such collection")
        if answer.status not in (200, 201, 204):
            raise failure(answer, "PUT")
        if answer.html:
            raise confused("PUT: a page for people")
        return answer.etag

    def _homeless(self, href: str) -> bool:
        """Whether the collection itself is gone, which a PUT is told by 409 (RFC 4918 9.7.1)."""
        above = href.rpartition("/")[0] + "/"
        answer = self._wire.send("PROPFIND", above, propfind(f"{DAV}resourcetype"), HERE)
        if answer.status != 207:
            return answer.status in _NOTHING
        try:
            multistatus(answer)
        except CalendarGone:
            return True
        return False


def _text(answer: Answer) -> str:
    return answer.body.decode(errors="replace")

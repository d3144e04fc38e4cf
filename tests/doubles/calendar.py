"""Calendar accounts in memory: the twin of CalDAV, for tests of the desk. Any thread.

It keeps texts and ETags as a server would, and reads and writes them with the program's own pure
parts, so that what the desk sees is what a server would show it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from receptionist.calendars import letters
from receptionist.calendars.busy import read
from receptionist.calendars.vevent import exported, fingerprint, stored, written, written_over
from receptionist.calendars.vtodo import stored_task, task_over, written_task
from receptionist.errors import (
    CalendarError,
    CalendarForbidden,
    CalendarGone,
    CalendarRefused,
    ObjectRejected,
    PreconditionFailed,
)
from receptionist.model.appointment import Appointment, Stored
from receptionist.model.busy import CalendarChanges, CalendarFound, Capabilities, SyncState
from receptionist.model.client import CalendarAccount
from receptionist.model.period import Period
from receptionist.model.secret import Secret
from receptionist.model.task import StoredTask, Task

USER = "erika"
PASSWORD = "memory & 5 €"
PORTION = 100


@dataclass(frozen=True)
class _Object:
    etag: str
    text: str
    changed: int


class MemoryServer:
    """What several accounts share: collections, objects, a log, and faults to come."""

    def __init__(self, url: str = "https://calendar.example/", password: str = PASSWORD) -> None:
        self.url = url
        self.home = f"{url}{USER}/"
        self.password = password
        self.asked: list[str] = []
        self.lock = threading.RLock()
        self.names: dict[str, str] = {}
        self.read_only: set[str] = set()
        self.task_lists: set[str] = set()
        """Collections that take tasks, and no events."""
        self.objects: dict[str, _Object] = {}
        self.gone: dict[str, int] = {}
        self.moment = 1
        self.tokens: set[str] = set()
        self._faults: list[tuple[str, CalendarError, bool]] = []
        self._after: list[tuple[str, Callable[[], None]]] = []

    def fail_next(self, verb: str, error: CalendarError, *, acts: bool = False) -> None:
        """Let the next call of a port method fail; with `acts` it has its effect all the same."""
        self._faults.append((verb, error, acts))

    def after(self, verb: str, action: Callable[[], None]) -> None:
        """Run `action` once, when the next call of a port method has had its effect."""
        self._after.append((verb, action))

    def do(self, verb: str, effect: Callable[[], object]) -> object:
        """A port method: its fault, its effect, and what was asked to happen after it."""
        with self.lock:
            self.asked.append(verb)
            fault = next((one for one in self._faults if one[0] == verb), None)
            if fault is not None:
                self._faults.remove(fault)
                if fault[2]:
                    effect()
                raise fault[1]
            result = effect()
            due = [one for one in self._after if one[0] == verb]
            self._after = [one for one in self._after if one not in due]
        for _, action in due:
            action()
        return result

    # the owner, working with another program

    def make_calendar(self, href: str, name: str, holds: str = "VEVENT") -> None:
        """A new collection of events, or of tasks (`VTODO`)."""
        with self.lock:
            self.names[href] = name
            if holds == "VTODO":
                self.task_lists.add(href)

    def put(self, href: str, text: str) -> str:
        """Write an object whatever is there; its ETag."""
        with self.lock:
            self.moment += 1
            self.objects[href] = _Object(f'"{self.moment}"', text, self.moment)
            self.gone.pop(href, None)
            return self.objects[href].etag

    def get(self, href: str) -> str | None:
        """The text of an object."""
        with self.lock:
            return self.objects[href].text if href in self.objects else None

    def delete(self, href: str) -> None:
        """Delete an object or a collection with all that is in it."""
        with self.lock:
            self.moment += 1
            self.names.pop(href, None)
            self.task_lists.discard(href)
            for found in [one for one in self.objects if one.startswith(href)]:
                del self.objects[found]
                self.gone[found] = self.moment


class MemoryCalendars:
    """Port `Calendars` on a `MemoryServer`."""

    def __init__(self, server: MemoryServer) -> None:
        self._server = server

    def connect(self, account: CalendarAccount, secret: Secret) -> MemoryCalendar:
        return MemoryCalendar(self._server, secret)

    def export(self, appointments: Iterable[Appointment], stamp: datetime) -> bytes:
        return exported(appointments, stamp)

    def enclosed(
        self, appointment: Appointment, stamp: datetime, title: str, organizer: str = ""
    ) -> bytes:
        return letters.enclosed(appointment, stamp, title, organizer)


class MemoryCalendar:
    """Port `Calendar` on a `MemoryServer`."""

    def __init__(self, server: MemoryServer, secret: Secret) -> None:
        self._server = server
        self._secret = secret

    def discover(self) -> tuple[CalendarFound, ...]:
        def effect() -> tuple[CalendarFound, ...]:
            self._log_in()
            server = self._server
            return tuple(
                CalendarFound(
                    href=href,
                    name=name,
                    writable=href not in server.read_only,
                    events=href not in server.task_lists,
                    tasks=href in server.task_lists,
                )
                for href, name in sorted(server.names.items(), key=lambda pair: pair[1])
            )

        return self._server.do("discover", effect)  # type: ignore[return-value]

    def changes(
        self, calendar: str, known: SyncState, horizon: Period, zone: str
    ) -> Iterator[CalendarChanges]:
        def effect() -> CalendarChanges:
            self._log_in()
            self._there(calendar)
            return self._changes(calendar, known, horizon, zone)

        yield from portions(self._server.do("changes", effect))  # type: ignore[arg-type]

    def _changes(
        self, calendar: str, known: SyncState, horizon: Period, zone: str
    ) -> CalendarChanges:
        server, old = self._server, known.horizon
        inside = {k: v for k, v in server.objects.items() if k.startswith(calendar)}
        covered = old is not None and old.start <= horizon.start and horizon.end <= old.end
        full = not covered or not (known.token or known.ctag or known.etags)
        window = old if old is not None and not full else horizon
        removed: tuple[str, ...] = ()
        if full:
            changed = inside
        elif known.token in server.tokens:
            since = int(known.token)
            changed = {k: v for k, v in inside.items() if v.changed > since}
            removed = tuple(k for k, at in server.gone.items() if at > since)
        else:
            changed = {k: v for k, v in inside.items() if known.etags.get(k) != v.etag}
            removed = tuple(k for k in known.etags if k not in inside)
        server.tokens.add(str(server.moment))
        found = tuple(read(k, v.etag, v.text, window, zone) for k, v in changed.items())
        return CalendarChanges(
            changed=found,
            removed=removed,
            token=str(server.moment),
            full=full,
            there=frozenset(inside) if full else frozenset(),
            horizon=window,
        )

    def put_new(self, href: str, appointment: Appointment, stamp: datetime) -> str:
        def effect() -> str:
            self._may_write(href)
            if href in self._server.objects:
                raise PreconditionFailed("exists")
            self._no_twin(href, appointment.uid)
            return self._server.put(href, written(appointment, stamp).decode())

        return str(self._server.do("put_new", effect))

    def put_over(self, href: str, appointment: Appointment, stamp: datetime, etag: str) -> str:
        def effect() -> str:
            self._may_write(href)
            stored = self._server.objects.get(href)
            if stored is None or (etag and stored.etag != etag):
                raise PreconditionFailed("another one")
            text = written_over(stored.text, appointment, stamp).decode()
            return self._server.put(href, text)

        return str(self._server.do("put_over", effect))

    def get(self, href: str) -> Stored | None:
        def effect() -> Stored | None:
            self._log_in()
            found = self._server.objects.get(href)
            return None if found is None else stored(href, found.etag, found.text)

        return self._server.do("get", effect)  # type: ignore[return-value]

    def put_task(self, href: str, task: Task, stamp: datetime, etag: str) -> str:
        def effect() -> str:
            self._may_write(href)
            there = self._server.objects.get(href)
            if (there is None) if etag else (there is not None):
                raise PreconditionFailed("exists" if there else "gone")
            if there is None:
                return self._server.put(href, written_task(task, stamp).decode())
            if there.etag != etag:
                raise PreconditionFailed("another one")
            return self._server.put(href, task_over(there.text, task, stamp).decode())

        return str(self._server.do("put_task", effect))

    def tasks(self, calendar: str) -> tuple[StoredTask, ...]:
        def effect() -> tuple[StoredTask, ...]:
            self._log_in()
            self._there(calendar)
            inside = [(k, v) for k, v in self._server.objects.items() if k.startswith(calendar)]
            found = (stored_task(href, one.etag, one.text) for href, one in inside)
            return tuple(task for task in found if task is not None)

        return self._server.do("tasks", effect)  # type: ignore[return-value]

    def probe(self, calendar: str) -> Capabilities:
        def effect() -> Capabilities:
            self._log_in()
            self._there(calendar)
            takes_tasks = calendar in self._server.task_lists
            return Capabilities(
                writable=calendar not in self._server.read_only,
                events=not takes_tasks,
                tasks=takes_tasks,
                sync_collection=True,
                product="Memory",
            )

        return self._server.do("probe", effect)  # type: ignore[return-value]

    def withdraw(self, href: str, etag: str) -> None:
        def effect() -> None:
            self._log_in()
            stored = self._server.objects.get(href)
            if stored is not None and etag and stored.etag != etag:
                raise PreconditionFailed("changed")
            if stored is not None:
                self._server.delete(href)

        self._server.do("withdraw", effect)

    def close(self) -> None:
        """Nothing to end."""

    def _log_in(self) -> None:
        if self._secret.reveal() != self._server.password:
            raise CalendarRefused("401")

    def _there(self, calendar: str) -> None:
        if calendar not in self._server.names:
            raise CalendarGone("404")

    def _may_write(self, href: str) -> None:
        self._log_in()
        calendar = href.rpartition("/")[0] + "/"
        self._there(calendar)
        if calendar in self._server.read_only:
            raise CalendarForbidden("403")

    def _no_twin(self, href: str, uid: str) -> None:
        calendar = href.rpartition("/")[0] + "/"
        for other, there in self._server.objects.items():
            found = fingerprint(there.text) if other.startswith(calendar) else None
            if found is not None and found.uid == uid:
                raise ObjectRejected("409 no-uid-conflict")


def portions(changes: CalendarChanges) -> Iterator[CalendarChanges]:
    """What a server brings in several answers."""
    total = len(changes.changed)
    for first in range(0, max(total, 1), PORTION):
        found = changes.changed[first : first + PORTION]
        done = first + len(found)
        portion = CalendarChanges(changed=found, horizon=changes.horizon, last=False)
        if done == total:
            portion = replace(changes, changed=found)
        unreadable = sum(not one.readable for one in found)
        yield replace(portion, done=done, total=total, unreadable=unreadable)


def whole(found: Iterable[CalendarChanges]) -> CalendarChanges:
    """All portions of a refresh as one."""
    every = list(found)
    return replace(
        every[-1],
        changed=tuple(one for portion in every for one in portion.changed),
        unreadable=sum(portion.unreadable for portion in every),
    )


def stored_state(changes: CalendarChanges, known: SyncState | None = None) -> SyncState:
    """The copy of a calendar after `changes`, as a store would keep it."""
    etags: Mapping[str, str] = {} if changes.full or known is None else known.etags
    kept = {href: etag for href, etag in etags.items() if href not in changes.removed}
    kept |= {one.href: one.etag for one in changes.changed}
    state = known or SyncState()
    return replace(
        state, token=changes.token, ctag=changes.ctag, etags=kept, horizon=changes.horizon
    )

"""A whole desk on a real server and real SQLite, in a hurry, until it is killed."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from receptionist.calendars.server import Servers
from receptionist.clock import SystemClock
from receptionist.credentials import MemoryCredentials
from receptionist.desk.desk import Desk
from receptionist.errors import BadInput
from receptionist.events import DeskEvent
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.client import Client
from receptionist.model.office import Directory
from receptionist.model.period import Period
from receptionist.model.secret import Secret
from receptionist.model.worklist import WorkItem
from receptionist.store import open_store
from receptionist.threads import MainLoop
from tests.contract.booking.office import ADDRESS, starts
from tests.doubles.mail import MemoryMail
from tests.doubles.phone import SimulatedPhone

EVER = Period(datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
CEILING_S = 60.0
MOST_WAITING = 6
"""More is not begun while so many are on their way: a caller or two at each of the desks."""
STEPS_OF_A_LOOK = 3
"""What a reading brought is looked over, an overlap is told, its call-back is written."""
ACTS = ("book", "book", "series", "visit", "visit", "move", "move", "cancel", "restore", "hold")


class WorkingDesk:
    """The desk of one process. `heard` gets every event; `run_until` runs its main thread."""

    def __init__(
        self,
        data: Path,
        directory: Directory,
        password: str,
        heard: Callable[[DeskEvent], None],
    ) -> None:
        self.data = data
        self.loop = MainLoop()
        self.directory = directory
        clock, credentials = SystemClock(), MemoryCredentials()
        for account in directory.accounts:
            credentials.keep(account.id, Secret(password))
        self.desk = Desk(
            phone=SimulatedPhone(self.loop.post, clock),
            calendars=Servers(),
            credentials=credentials,
            mail=MemoryMail(),
            open_store=lambda: open_store(data / "receptionist.db"),
            post=self.loop.post,
            later=self.loop.later,
            clock=clock,
        )
        self.desk.subscribe(heard)

    def start(self) -> None:
        """As the program does it."""
        ready: list[bool] = []
        self.desk.start(lambda: ready.append(True), _fail)
        self.run_until(lambda: ready)

    def run_until(self, condition: Callable[[], object]) -> None:
        """Run the main thread until `condition()` holds."""
        deadline = time.monotonic() + CEILING_S

        def look() -> None:
            if condition() or time.monotonic() > deadline:
                self.loop.stop()
            else:
                self.loop.later(0.02, look)

        self.loop.post(look)
        self.loop.run()
        assert condition(), "it did not happen"

    def settle(self) -> tuple[dict[str, Appointment], tuple[WorkItem, ...]]:
        """Stop when nothing waits any more and every calendar was read once more.

        Gives our book by UID, and who is to be called back.
        """
        reader = open_store(self.data / "receptionist.db")
        try:
            self.run_until(lambda: not reader.outbox())
            for client in self.directory.clients:
                self.desk.calendars.refresh(client.id, insist=True)
            self.run_until(lambda: not self.desk.calendars.reading and not reader.outbox())
            for _step in range(STEPS_OF_A_LOOK):
                self._turn()
            book = [
                one
                for client in self.directory.clients
                for one in reader.appointments(client.id, EVER)
            ]
            return {one.uid: one for one in book}, reader.work.open()
        finally:
            reader.close()
            self.desk.stop()

    def _turn(self) -> None:
        """Until the database did what was asked of it so far, and the desk heard of that."""
        told: list[object] = []
        client = self.directory.clients[0]
        self.desk.booking.appointments(client.id, EVER, told.append)
        self.run_until(lambda: told)


class Hurry:
    """Books, moves, calls off, restores and holds at random, one after the other without end."""

    def __init__(self, working: WorkingDesk, seed: int) -> None:
        self._working = working
        self._desk = working.desk
        self._chance = random.Random(seed)
        self._starts = starts()

        self._reader = open_store(working.data / "receptionist.db")
        self._over = False

    def end(self) -> None:
        """What was begun goes on."""
        self._over = True

    def go_on(self) -> None:
        """Do something, and soon something else."""
        if self._over:
            return
        if len(self._reader.outbox()) < MOST_WAITING:
            self._act()
        self._working.loop.later(self._chance.uniform(0, 0.1), self.go_on)

    def _act(self) -> None:
        client = self._chance.choice(self._working.directory.clients)
        what = self._chance.choice(ACTS)
        if what in ("book", "series", "visit", "hold"):
            self._new(client, what)
        else:
            self._desk.booking.appointments(client.id, EVER, lambda book: self._old(book, what))

    def _new(self, client: Client, what: str) -> None:
        kind = client.kinds[-1 if what == "visit" else 0]
        staff_id = self._chance.choice([None, *(member.id for member in client.staff)])
        wish: dict[str, Any] = {
            "client_id": client.id,
            "kind_id": kind.id,
            "start": self._chance.choice(self._starts),
            "staff_id": staff_id,
            "caller_name": f"Anrufer {self._chance.randrange(1000)}",
            "location": ADDRESS if kind.at_caller else "",
        }
        if what == "hold":
            hold_id = self._desk.booking.hold(**wish)
            self._working.loop.later(0.05, lambda: self._book(wish, hold_id=hold_id))
        else:
            self._book(wish, times=3 if what == "series" else 1, every_days=1)

    def _book(self, wish: dict[str, Any], **more: Any) -> None:
        self._desk.booking.book(**wish, caller_number="+491713920011", note="laut", **more)

    def _old(self, book: tuple[Appointment, ...], what: str) -> None:
        off = what == "restore"
        wanted = [
            one
            for one in book
            if one.part_of is None
            and one.state is not AppointmentState.HOLD
            and (one.state is AppointmentState.CANCELLED) is off
        ]
        if not wanted:
            return
        one = self._chance.choice(wanted)
        with suppress(BadInput):
            if what == "move":
                self._desk.changing.move(one, self._chance.choice(self._starts))
            elif what == "cancel":
                self._desk.changing.cancel(one, series=self._chance.random() < 0.3)
            else:
                self._desk.changing.restore(one)


def hurry(data: Path, directory: Directory, password: str, seed: int, pipe: Pipe) -> None:
    """What the process does that is going to be killed: it tells every event through `pipe`."""
    working = WorkingDesk(data, directory, password, lambda event: _say(pipe, event))
    working.start()
    Hurry(working, seed).go_on()
    working.loop.run()


def _say(pipe: Pipe, event: DeskEvent) -> None:
    if hasattr(event, "appointment"):
        pipe.send(event)


def _fail(error: Exception) -> None:
    raise error

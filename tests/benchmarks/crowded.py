"""A real window on a real desk in its busiest minute: tells how long its event loop stood still.

Started as `python -m tests.benchmarks.crowded DATA CALLS [where]` with the owners' password on
standard input. The calendars are real; the phone is simulated, because an engine takes four calls
and here `CALLS` ring at once, while somebody types and a calendar is read for the first time. Tells
a JSON object on standard output.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

import ui.__main__ as face
from receptionist import bootstrap
from receptionist.clock import SystemClock
from receptionist.events import CalendarChanged, CalendarHealth, DeskEvent
from receptionist.model.call import Call, Caller, CallState, Cause, Direction, Segment
from receptionist.model.secret import Secret
from receptionist.threads import keep_for_good
from tests.benchmarks.heartbeat import Heartbeat
from tests.benchmarks.office import dialled
from tests.doubles import phone as simulated
from ui.console import show
from ui.post import QtLater, QtPost

TODAY = 2_000
SMALL, LARGE = "small", "large"
IDLE_MS, SETTLE_MS, TYPE_MS, CALL_MS, BURST_MS = 3_000, 2_000, 70, 300, 10_000
STALL_MS = 240_000


class Crowd(QObject):
    """The busiest minute: rest, then calls, typing and a first reading, then the figures."""

    def __init__(self, data: Path, calls: int, password: str, *, where: bool) -> None:
        super().__init__()
        simulated.MOST_CALLS = calls
        self._count, self._password = calls, Secret(password)
        self._chance = random.Random(1)
        self._ringing: list[UUID] = []
        self._idle: list[float] = []
        self._first: list[float] = []
        self._awaited: UUID | None = None
        self._clock = SystemClock()
        self._window = show(data)
        post = QtPost(self)
        self._phone = simulated.SimulatedPhone(post)
        self._desk = bootstrap.compose(
            data,
            post=post,
            later=QtLater(self),
            phone=self._phone,
            credentials=bootstrap.memory_credentials(),
        )
        self._desk.subscribe(self._heard)
        self._beat = Heartbeat(self, where=where)
        self._desk.start(self._ready, _fail)

    def _ready(self) -> None:
        self._window.open(self._desk)
        keep_for_good()
        (line,) = self._desk.directory.lines
        self._desk.passwords.keep(line.id, self._password)
        self._after(SETTLE_MS, self._rest)

    def _rest(self) -> None:
        self._beat.start()
        self._after(IDLE_MS, self._crowd)

    def _crowd(self) -> None:
        self._idle = self._stop_counting()
        self._burst()
        self._after(500, self._answer)
        self._after(SETTLE_MS, self._log_in)

    def _answer(self) -> None:
        self._desk.switchboard.answer(self._ringing.pop(0))
        self._window.panels.caller.go_note()

    def _log_in(self) -> None:
        """The first account: what it takes is imported, and small calendars are read."""
        self._beat.start()
        self._every(TYPE_MS, self._type)
        self._every(CALL_MS, self._come_and_go)
        self._every(BURST_MS, self._burst)
        self._after(STALL_MS, lambda: _fail(TimeoutError("the calendars were never read")))
        self._enter_password_of(SMALL)

    def _read(self) -> None:
        """The account with the calendar that is read for long."""
        self._first = self._stop_counting()
        self._beat.start()
        self._enter_password_of(LARGE)

    def _enter_password_of(self, key: str) -> None:
        self._awaited = next(one for one in self._desk.directory.accounts if one.key == key).id
        self._desk.passwords.keep(self._awaited, self._password)

    def _stop_counting(self) -> list[float]:
        self._beat.stop()
        return list(self._beat.gaps)

    def _type(self) -> None:
        field = self._window.panels.caller.note
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier, "m")
            QCoreApplication.postEvent(field, key)

    def _come_and_go(self) -> None:
        if self._ringing:
            self._phone.outside.hangs_up(self._ringing.pop(0))
        self._ring()

    def _burst(self) -> None:
        """Everybody who rings gives up, and as many others ring."""
        for call_id in self._ringing:
            self._phone.outside.hangs_up(call_id)
        self._ringing.clear()
        while self._ring():
            continue

    def _ring(self) -> bool:
        outside = self._phone.outside
        if len(self._phone.calls) == self._count:
            return False
        rung = outside.rings(dialled(self._chance.randrange(20)), "+492214710134", "Erika Muster")
        if rung is not None:
            self._ringing.append(rung)
        return rung is not None

    def _heard(self, event: DeskEvent) -> None:
        if not isinstance(event, CalendarChanged) or event.account_id != self._awaited:
            return
        desk = self._desk
        of_account = [one for one in desk.directory.calendars if one.account_id == self._awaited]
        healths = [desk.calendars.health(one.client_id) for one in of_account]
        if all(one is not None and one.health is CalendarHealth.GOOD for one in healths):
            self._awaited = None
            self._after(0, self._end if self._first else self._read)

    def _end(self) -> None:
        self._beat.stop()
        told = {
            "idle": self._idle,
            "first": self._first,
            "busy": self._beat.gaps,
            "worked": self._beat.worked,
            "collections": self._beat.collections,
            "longest": [asdict(stop) for stop in self._beat.longest()],
        }
        print(json.dumps(told), flush=True)
        self._window.leave()
        QApplication.exit()

    def close(self) -> None:
        self._desk.stop()

    def _after(self, milliseconds: int, do: Callable[[], object]) -> None:
        self._timer(milliseconds, do).setSingleShot(True)

    def _every(self, milliseconds: int, do: Callable[[], object]) -> None:
        self._timer(milliseconds, do)

    def _timer(self, milliseconds: int, do: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.timeout.connect(do)
        timer.start(milliseconds)
        return timer


def fill_journal(data: Path) -> None:
    """Calls of today, as many as a large office has."""
    store, now = bootstrap.open_database(data), SystemClock().now()
    directory = store.directory()
    for number in range(TODAY):
        client = directory.clients[number % len(directory.clients)]
        at = now - timedelta(seconds=number)
        store.record_call(
            Call(
                id=uuid4(),
                direction=Direction.INCOMING,
                line_id=directory.lines[0].id,
                dialled=dialled(number % 1000),
                caller=Caller(number="+492214710134", name="Erika Muster"),
                client_id=client.id,
                segments=(
                    Segment(state=CallState.RINGING, start=at, seconds=4.0),
                    Segment(state=CallState.ENDED, start=at, cause=Cause.CALLER_HUNG_UP),
                ),
            )
        )
    store.close()


def _fail(error: Exception) -> None:
    print(error, file=sys.stderr)
    QApplication.exit(1)


def main() -> int:
    data, calls = Path(sys.argv[1]), int(sys.argv[2])
    fill_journal(data)
    app = face.application("de", "light")
    crowd = Crowd(data, calls, sys.stdin.read(), where="where" in sys.argv)
    code = app.exec()
    crowd.close()
    return code


if __name__ == "__main__":
    sys.exit(main())

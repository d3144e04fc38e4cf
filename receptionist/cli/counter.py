"""Where a command stands: the desk, reached from a thread that may wait."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswer
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from receptionist.desk.desk import Desk
from receptionist.errors import NotFound, ReceptionistError, StoreError
from receptionist.events import DeskEvent, StoreFailed
from receptionist.i18n import _
from receptionist.model.client import AppointmentKind, Client
from receptionist.threads import Post, assert_not_main

T = TypeVar("T")

LONGEST_ANSWER_S = 120.0


class Heard:
    """The events of the desk since the listening began, in order. A command's thread."""

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[DeskEvent] = queue.SimpleQueue()

    def __call__(self, event: DeskEvent) -> None:
        self._events.put(event)

    def next(self, seconds: float) -> DeskEvent | None:
        """The next event, or None when none came for `seconds`."""
        try:
            return self._events.get(timeout=max(seconds, 0.0))
        except queue.Empty:
            return None

    def until(self, found: Callable[[DeskEvent], bool], seconds: float) -> bool:
        """Take events until `found` says yes; False when it did not within `seconds`."""
        deadline = time.monotonic() + seconds
        while (event := self.next(deadline - time.monotonic())) is not None:
            if found(event):
                return True
        return False


class Counter:
    """The desk as a command uses it. Any thread but the main one: every method waits.

    `running` says that phone, calendars and outbox are at work by themselves, because the desk
    belongs to a console or to `serve`; else a command starts what it needs.
    """

    def __init__(self, desk: Desk, post: Post, *, running: bool) -> None:
        self.desk = desk
        self.running = running
        self._post = post

    def do(self, function: Callable[[], T]) -> T:
        """Run `function` on the main thread and give back, or raise, what it does."""
        assert_not_main()
        answer: Future[T] = Future()

        def run() -> None:
            try:
                answer.set_result(function())
            except Exception as error:
                answer.set_exception(error)

        self._post(run)
        return _wait(answer)

    def ask(
        self, start: Callable[[Callable[[T], object], Callable[[Exception], object]], object]
    ) -> T:
        """Run `start(then, failed)` on the main thread and wait for either.

        A store that fails meanwhile is a failure too: some questions tell it by event alone.
        """
        answer: Future[T] = Future()

        def failed(error: Exception) -> None:
            if not answer.done():
                answer.set_exception(error)

        def then(value: T) -> None:
            if not answer.done():
                answer.set_result(value)

        def heard(event: DeskEvent) -> None:
            if isinstance(event, StoreFailed):
                failed(StoreError(event.message))

        off = self.do(lambda: self.desk.subscribe(heard))
        try:
            self.do(lambda: start(then, failed))
            return _wait(answer)
        finally:
            self.do(off)

    def wait(
        self,
        start: Callable[[Callable[[object], object], Callable[[Exception], object]], object],
    ) -> None:
        """As `ask`, where nobody needs the value."""
        self.ask(start)

    def complete(
        self, start: Callable[[Callable[[], object], Callable[[Exception], object]], object]
    ) -> None:
        """As `ask`, for what ends without a value."""

        def begin(then: Callable[[None], object], failed: Callable[[Exception], object]) -> object:
            return start(lambda: then(None), failed)

        self.ask(begin)

    @contextmanager
    def listening(self) -> Iterator[Heard]:
        """The events of the desk from now on."""
        heard = Heard()
        off = self.do(lambda: self.desk.subscribe(heard))
        try:
            yield heard
        finally:
            self.do(off)

    def start_outbox(self) -> None:
        """Push what waits, and again and again, as long as this command runs."""
        if not self.running:
            self.do(self.desk.outbox.start)

    def start_phone(self) -> None:
        """Bring up the engine and the lines, unless they are."""
        if not self.running:
            self.do(self.desk.start_phone)

    def client(self, key: str) -> Client:
        """The client with this key, or `NotFound` with the keys there are."""
        return self.desk.directory.client_by_key(key)

    def client_key(self, client_id: UUID | None) -> str:
        """The key of a client, also of one that was removed, "" for none."""
        client = self.desk.directory.remembered(client_id)
        return client.key if client else ""

    def kind(self, client: Client, key: str) -> AppointmentKind:
        """The appointment kind of a client, or `NotFound` with the keys there are."""
        kind = client.kind(key)
        if kind is None:
            known = ", ".join(kind.key for kind in client.kinds) or "–"
            raise NotFound(
                _("{client} has no appointment kind “{key}”. There are: {known}").format(
                    client=client.name, key=key, known=known
                )
            )
        return kind

    def staff(self, client: Client, key: str) -> UUID | None:
        """The id of a member of a client's staff, None without a key; `NotFound` as `kind`."""
        if not key:
            return None
        member = next((one for one in client.staff if one.key == key), None)
        if member is None:
            known = ", ".join(one.key for one in client.staff) or "–"
            raise NotFound(
                _("{client} has no “{key}” in the staff. There are: {known}").format(
                    client=client.name, key=key, known=known
                )
            )
        return member.id


def _wait(answer: Future[T]) -> T:
    try:
        return answer.result(LONGEST_ANSWER_S)
    except NoAnswer:
        raise ReceptionistError(_("The desk gave no answer. Please try again.")) from None

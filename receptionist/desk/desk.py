"""The desk: puts its parts together and is what faces talk to."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from uuid import UUID

from receptionist.clock import Clock
from receptionist.desk.booking import Booking
from receptionist.desk.calendars import OwnerCalendars
from receptionist.desk.calls import Calls
from receptionist.desk.directory import DirectoryBook
from receptionist.desk.ground import Ground
from receptionist.desk.health import Accounts
from receptionist.desk.journal import Journal
from receptionist.desk.listeners import Listeners
from receptionist.desk.memory import Memory
from receptionist.desk.outbox import Outbox
from receptionist.desk.passwords import Passwords
from receptionist.desk.push import Push
from receptionist.desk.refresh import Refresh
from receptionist.desk.switchboard import Switchboard
from receptionist.events import (
    CallBackAdded,
    CallIncoming,
    DeskEvent,
    DirectoryChanged,
    LineChanged,
    LineState,
)
from receptionist.model.call import Call, CallBack
from receptionist.model.office import Directory, Line
from receptionist.model.secret import Secret
from receptionist.ports import Calendars, Credentials, Phone, Store
from receptionist.reasons import Reason
from receptionist.threads import Lanes, Later, Post, assert_main

log = logging.getLogger(__name__)


class Desk:
    """Directory, switchboard, journal, booking, calendars and passwords of one workstation.

    Main thread. Nothing happens before `start`; after `stop` it is not used again.
    """

    def __init__(
        self,
        *,
        phone: Phone,
        calendars: Calendars,
        credentials: Credentials,
        open_store: Callable[[], Store],
        post: Post,
        later: Later,
        clock: Clock,
        chance: random.Random | None = None,
    ) -> None:
        self._phone = phone
        self._phone_started = False
        self.directory = DirectoryBook(clock)
        self.passwords = Passwords(credentials, post)
        memory, lanes = Memory(open_store, post), Lanes("calendar", post, threads=16)
        ground = Ground(memory, self.directory, Listeners(), lanes, clock, later)
        self._ground = ground
        accounts = Accounts(chance or random.Random())
        self._calls = Calls(ground)
        self.journal = Journal(ground, self._calls)
        self.switchboard = Switchboard(ground, phone, self._calls, self.journal)
        self._refresh = Refresh(ground, calendars, self.passwords)
        push = Push(ground, self._refresh)
        self.outbox = Outbox(ground, push, self._refresh, accounts, self.journal)
        self.calendars = OwnerCalendars(ground, self._refresh, accounts, self.journal)
        self.booking = Booking(ground, self._calls, self.outbox)
        self.outbox.on_answer(self.calendars.answered)
        self.passwords.on_kept(self._password_kept)
        self._ground.listeners.add(self._on_event)

    def subscribe(self, listener: Callable[[DeskEvent], None]) -> Callable[[], None]:
        """Call `listener` with every event on the main thread; the result takes it off again."""
        return self._ground.listeners.add(listener)

    def open(self, ready: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Open the store and read the directory, without phone or calendars."""
        assert_main()

        def use(directory: Directory) -> None:
            self._use(directory)
            ready()

        self._ground.memory.submit(lambda store: store.directory(), then=use, failed=failed)

    def start(self, ready: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Open the store, then bring up phone, calendars and outbox; `ready` once it is usable."""

        def go() -> None:
            self._recover()
            self.start_phone()
            self.start_calendars()
            ready()

        self.open(go, failed)

    def start_phone(self) -> None:
        """Bring the engine up and register every line."""
        self._phone.start(self.switchboard.heard)
        self._phone_started = True
        self._register(self.directory.lines)

    def start_calendars(self) -> None:
        """Refresh the calendars and push what waits, now and from now on."""
        self.calendars.start()
        self.outbox.start()

    def import_directory(
        self,
        directory: Directory,
        then: Callable[[], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Bring what an office file says into the store and use it."""
        who, at = self.directory.receptionist.id, self._ground.clock.now()

        def use(stored: Directory) -> None:
            known = self.directory.lines
            self._use(stored)
            if self._phone_started:
                self._register(tuple(line for line in stored.lines if line not in known))
            then()

        self._ground.memory.submit(
            lambda store: store.save_directory(directory, who, at), then=use, failed=failed
        )

    def stop(self) -> None:
        """Write what is typed, hang up, and end every worker."""
        assert_main()
        self.calendars.close()
        self.outbox.close()
        self._phone.stop()
        self.switchboard.close()
        self._ground.lanes.close()
        self._ground.memory.close()
        self.passwords.close()

    def _use(self, directory: Directory) -> None:
        self.directory.replace(directory)
        self._ground.listeners.tell(DirectoryChanged())

    def _recover(self) -> None:
        now = self._ground.clock.now()

        def owed(call: Call) -> CallBack | None:
            return self.journal.owed(call, Reason.CALL_LOST, now)

        def lost(calls: tuple[Call, ...]) -> None:
            for call_back in map(owed, self._calls.remember(calls)):
                if call_back is not None:
                    self._ground.listeners.tell(CallBackAdded(call_back=call_back))

        self._ground.memory.submit(
            lambda store: store.close_open_calls(now, owed), then=lost, failed=self._unrecovered
        )

    def _unrecovered(self, error: Exception) -> None:
        log.error("calls of the last run could not be closed: %s", type(error).__name__)

    def _register(self, lines: tuple[Line, ...]) -> None:
        for line in lines:
            if not line.register:
                self._phone.register(line, None)
        self.passwords.look_up([line.id for line in lines if line.register], self._register_with)

    def _register_with(self, line_id: UUID, secret: Secret | None) -> None:
        line = self.directory.line(line_id)
        if line is None:
            return
        if secret is None:
            self.switchboard.heard(
                LineChanged(
                    line_id=line_id, state=LineState.REFUSED, reason=Reason.PASSWORD_MISSING
                )
            )
        else:
            self._phone.register(line, secret)

    def _password_kept(self, secret_id: UUID, secret: Secret) -> None:
        if self.directory.line(secret_id) is not None:
            self._register_with(secret_id, secret)
        else:
            self._refresh.forget(secret_id)
            for calendar in self.directory.calendars:
                if calendar.account_id == secret_id:
                    self.calendars.refresh(calendar.client_id, insist=True)
            self.outbox.release(secret_id)

    def _on_event(self, event: DeskEvent) -> None:
        if isinstance(event, CallIncoming) and event.client is not None:
            self.calendars.refresh(event.client.id)

"""Looking up clients, callers and appointments, a caller's history, and what was corrected."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.model.appointment import Appointment
from receptionist.model.call import Call
from receptionist.model.client import Client
from receptionist.model.editing import Change
from receptionist.model.number import normalised
from receptionist.model.sought import sought
from receptionist.ports import Store
from receptionist.threads import assert_main

log = logging.getLogger(__name__)

_READ = 60
_CALLERS = 8
_APPOINTMENTS = 8
_HISTORY = 100

Failed = Callable[[Exception], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What answers to words: each caller's newest call, and appointments of the client at hand."""

    calls: tuple[Call, ...] = ()
    appointments: tuple[Appointment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What a client's caller called and booked before, the newest first."""

    calls: tuple[Call, ...] = ()
    appointments: tuple[Appointment, ...] = ()

    @property
    def name(self) -> str:
        """Under which name this caller is known; "" if nobody typed one."""
        named = [call.caller_name for call in self.calls]
        named += [appointment.caller_name for appointment in self.appointments]
        return next((name.strip() for name in named if name.strip()), "")


class Finding:
    """Searches. Main thread.

    While a client is at hand, nothing of another client's callers and appointments is found.
    """

    def __init__(self, ground: Ground, calls: Calls) -> None:
        self._memory, self._directory, self._calls = ground.memory, ground.directory, calls

    def clients(self, words: str) -> tuple[Client, ...]:
        """Clients by name, key, initials or dialled number; at once, by name."""
        wanted = sought(words, self._directory.office.region)
        if not wanted:
            return ()
        return tuple(
            client
            for client in self._directory.clients
            if wanted.found_in((client.name, client.key), client.dialled)
            or words.strip().casefold() == client.initials.casefold()
        )

    def search(
        self,
        words: str,
        client_id: UUID | None,
        then: Callable[[Found], object],
        failed: Failed | None = None,
    ) -> None:
        """Callers and appointments by words, to `then`.

        With a client at hand his alone; without one callers of the whole office, no appointments.
        """
        assert_main()
        self._calls.flush()

        def read(store: Store) -> Found:
            find = store.finding
            booked = find.appointments(words, client_id, _APPOINTMENTS) if client_id else ()
            return Found(calls=find.calls(words, client_id, _READ), appointments=booked)

        def found(read: Found) -> None:
            known = self._calls.remember(read.calls)
            ours = [call for call in known if client_id in (None, call.client_id)]
            then(Found(calls=self._callers(ours), appointments=read.appointments))

        self._memory.submit(read, then=found, failed=failed or _failed)

    def history(
        self,
        client_id: UUID,
        numbers: Iterable[str],
        then: Callable[[History], object],
        failed: Failed | None = None,
    ) -> None:
        """Calls and appointments of a client's caller, by his numbers as typed or signalled."""
        assert_main()
        self._calls.flush()
        region = self._directory.office.region
        wanted = dict.fromkeys(normalised(one, region) for one in numbers)

        def read(store: Store) -> History:
            find = store.finding
            calls = [c for one in wanted for c in find.calls_with(client_id, one, _HISTORY)]
            booked = [a for one in wanted for a in find.appointments_with(client_id, one, _HISTORY)]
            return _newest_first(calls, booked)

        def found(read: History) -> None:
            known = self._calls.remember(read.calls)
            ours = tuple(call for call in known if call.client_id == client_id)
            then(History(calls=ours, appointments=read.appointments))

        self._memory.submit(read, then=found, failed=failed or _failed)

    def changes(
        self,
        call_id: UUID,
        then: Callable[[tuple[Change, ...]], object],
        failed: Failed | None = None,
    ) -> None:
        """What was typed into a call and corrected, the oldest first, to `then`."""
        assert_main()
        self._calls.flush()
        self._memory.submit(
            lambda store: store.finding.changes(call_id), then=then, failed=failed or _failed
        )

    def _callers(self, calls: list[Call]) -> tuple[Call, ...]:
        """The newest call of each caller; who left no number is a caller each time."""
        region = self._directory.office.region
        newest: dict[object, Call] = {}
        for call in calls:
            number = normalised(call.number, region)
            newest.setdefault((call.client_id, number) if number else call.id, call)
        return tuple(newest.values())[:_CALLERS]


def _newest_first(calls: Iterable[Call], booked: Iterable[Appointment]) -> History:
    """Each once, though he may have told another of his numbers on the telephone."""
    every = {one.id: one for one in calls}.values()
    each = {one.id: one for one in booked}.values()
    return History(
        calls=tuple(sorted(every, key=lambda one: one.started, reverse=True)[:_HISTORY]),
        appointments=tuple(sorted(each, key=lambda one: one.start, reverse=True)[:_HISTORY]),
    )


def _failed(error: Exception) -> None:
    log.error("what was looked for could not be read: %s", type(error).__name__)

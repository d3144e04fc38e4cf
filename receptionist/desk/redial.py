"""Redial: the numbers that were called last, for a client or for the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from receptionist.desk.ground import Ground
from receptionist.desk.journal import Journal
from receptionist.desk.switchboard import Switchboard
from receptionist.errors import NotFound
from receptionist.i18n import _
from receptionist.model.call import Call, Direction

_DAYS = 90
_MOST = 10


@dataclass(frozen=True, slots=True)
class LastDialled:
    """A number that was called, who was thought to answer, and when."""

    number: str
    name: str
    at: datetime


class Redial:
    """The last numbers, each once. Main thread. Those of one client are never another's."""

    def __init__(self, ground: Ground, journal: Journal, switchboard: Switchboard) -> None:
        self._clock = ground.clock
        self._journal = journal
        self._board = switchboard

    def numbers(
        self, client_id: UUID | None, then: Callable[[tuple[LastDialled, ...]], object]
    ) -> None:
        """The last numbers called for a client (or for the office itself), newest first."""

        def found(calls: tuple[Call, ...]) -> None:
            last: dict[str, LastDialled] = {}
            for call in calls:
                if call.direction is Direction.OUTGOING and call.client_id == client_id:
                    name = call.caller_name or call.caller.name
                    last.setdefault(call.dialled, LastDialled(call.dialled, name, call.started))
            then(tuple(last.values())[:_MOST])

        self._journal.since(self._clock.now() - timedelta(days=_DAYS), found, client_id)

    def again(
        self,
        client_id: UUID | None,
        then: Callable[[UUID], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Call the last number again, in the same name; the call's id to `then`."""

        def found(last: tuple[LastDialled, ...]) -> None:
            try:
                if not last:
                    raise NotFound(_("Nobody has been called for this client lately."))
                newest = last[0]
                call_id = self._board.dial(newest.number, client_id=client_id, name=newest.name)
            except Exception as error:
                failed(error)
            else:
                then(call_id)

        self.numbers(client_id, found)

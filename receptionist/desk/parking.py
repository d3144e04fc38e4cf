"""Parked callers: out of the way with a short number and a note, until they are recalled."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.switchboard import Switchboard
from receptionist.desk.transfers import Transfers
from receptionist.errors import BadInput, NotFound
from receptionist.events import (
    CallChanged,
    CallEnded,
    CallFailed,
    CallParked,
    CallRecalled,
    DeskEvent,
)
from receptionist.i18n import _
from receptionist.model.call import UP, Call, CallState
from receptionist.threads import assert_main

_LONGEST_NOTE = 120


class Parking:
    """Parks and recalls. Main thread.

    That a call is parked stands in the call, so the journal knows it too. Whoever speaks to a
    parked caller again, in whatever way, has recalled him.
    """

    def __init__(
        self, ground: Ground, calls: Calls, switchboard: Switchboard, transfers: Transfers
    ) -> None:
        self._calls = calls
        self._board = switchboard
        self._transfers = transfers
        self._directory = ground.directory
        self._listeners = ground.listeners
        self._wanted: dict[UUID, str] = {}
        """Notes about callers who are to be parked as soon as they are on hold."""
        ground.listeners.add(self._on_event)

    @property
    def parked(self) -> tuple[Call, ...]:
        """The parked calls by their short numbers."""
        return tuple(sorted((one for one in self._calls.live if one.parked), key=_place))

    def park(self, call_id: UUID, note: str = "") -> None:
        """Park a call, held with music; `note` says for whom it waits."""
        assert_main()
        call = self._board.call(call_id)
        if call.state not in UP:
            raise BadInput(_("Answer the call first. Only then can it be parked."))
        if call.parked:
            raise BadInput(_("This call is parked already, as number {n}.").format(n=call.parked))
        if self._transfers.consultation(call_id) is not None:
            raise BadInput(_("First end the consultation, or connect the two."))
        if self._transfers.connecting(call_id):
            raise BadInput(_("They are being connected already."))
        note = " ".join(note.split())[:_LONGEST_NOTE]
        if call.state is CallState.HELD:
            self._put(call, note)
        else:
            self._wanted[call.id] = note
            self._board.hold(call.id)

    def recall(self, place: int) -> UUID:
        """Speak to a parked caller again; whoever is being spoken to is held. The call's id."""
        assert_main()
        call = next((one for one in self.parked if one.parked == place), None)
        if call is None:
            raise NotFound(_("Nobody is parked as number {n}.").format(n=place))
        self._board.resume(call.id)
        return call.id

    def _put(self, call: Call, note: str) -> None:
        taken = {one.parked for one in self.parked}
        place = next(n for n in range(1, len(taken) + 2) if n not in taken)
        call = replace(call, parked=place, parked_for=note)
        self._keep(call)
        client = self._directory.remembered(call.client_id)
        self._listeners.tell(CallParked(call=call, client=client))

    def _recalled(self, call: Call) -> None:
        note = call.parked_for
        call = replace(call, parked=0, parked_for="")
        self._keep(call)
        client = self._directory.remembered(call.client_id)
        self._listeners.tell(CallRecalled(call=call, client=client, parked_for=note))

    def _keep(self, call: Call) -> None:
        """Into the journal at once: who comes back after a crash must find him."""
        self._calls.change(call)
        self._calls.flush()

    def _on_event(self, event: DeskEvent) -> None:
        match event:
            case CallChanged(call=call) if call.state is CallState.HELD:
                note = self._wanted.pop(call.id, None)
                if note is not None:
                    self._put(call, note)
            case CallChanged(call=call) if call.parked and call.state is CallState.ACTIVE:
                self._recalled(call)
            case CallFailed(call_id=call_id) if call_id is not None:
                self._wanted.pop(call_id, None)
            case CallEnded(call=call):
                self._wanted.pop(call.id, None)


def _place(call: Call) -> int:
    return call.parked

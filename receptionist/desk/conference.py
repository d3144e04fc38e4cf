"""A conference of three: a caller, whom we have called for him, and we."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.switchboard import Switchboard
from receptionist.desk.transfers import Transfers
from receptionist.errors import BadInput
from receptionist.events import (
    CallChanged,
    CallEnded,
    ConferenceChanged,
    DeskEvent,
    PhoneCommandFailed,
    PhoneJoined,
)
from receptionist.i18n import _
from receptionist.model.call import CallState
from receptionist.ports import Phone
from receptionist.threads import assert_main


class Conference:
    """Who is in conference. Main thread.

    As with transfers, only a caller and the call that was made for him meet. When somebody else is
    spoken to, the conference is over and both wait on hold, hearing music and not each other.
    """

    def __init__(
        self,
        ground: Ground,
        phone: Phone,
        calls: Calls,
        switchboard: Switchboard,
        transfers: Transfers,
    ) -> None:
        self._phone = phone
        self._calls = calls
        self._board = switchboard
        self._transfers = transfers
        self._listeners = ground.listeners
        self._wanted: tuple[UUID, UUID] | None = None
        self._asked = False
        self._joined: tuple[UUID, UUID] | None = None
        self._parting = False
        self.recorded: Callable[[UUID], bool] = lambda call_id: False
        """Whether a call is being recorded: nobody may come in who has not agreed to it."""
        self._stays: UUID | None = None
        """Who is spoken to when the conference is parted."""
        switchboard.follow(PhoneJoined, self._heard)
        switchboard.follow(PhoneCommandFailed, self._failed)
        ground.listeners.add(self._on_event)

    @property
    def members(self) -> tuple[UUID, UUID] | None:
        """The caller and whom was called for him, while they and we hear each other."""
        return self._joined

    def join(self, call_id: UUID) -> None:
        """Bring a caller and the call that was made for him together; `call_id` is either."""
        assert_main()
        pair = self._transfers.consultation(call_id)
        if pair is None:
            message = _("Only a caller and the call that was made for him can be in conference.")
            raise BadInput(message)
        if self._joined or self._wanted:
            raise BadInput(_("There is a conference already."))
        if not pair.ready:
            raise BadInput(_("Nobody has answered yet. Begin when you have been answered."))
        if self.recorded(pair.caller.id) or self.recorded(pair.asked.id):
            raise BadInput(_("End the recording first: not everybody has agreed to it."))
        self._wanted, self._asked = (pair.caller.id, pair.asked.id), False
        self._board.focus.confer(*self._wanted)
        for call in (pair.caller, pair.asked):
            if call.state is CallState.HELD:
                self._board.resume(call.id)
        self._join_when_up()

    def part(self, call_id: UUID) -> None:
        """End the conference and go on with `call_id` alone; the other one is held."""
        assert_main()
        if self._joined is None or call_id not in self._joined:
            raise BadInput(_("There is no conference with this call."))
        self._stays = call_id
        self._part()

    def leave(self) -> None:
        """Go out of the conference: the two are connected with each other."""
        assert_main()
        if self._joined is None:
            raise BadInput(_("There is no conference."))
        self._transfers.connect(*self._joined)

    def _part(self) -> None:
        if self._joined is not None and not self._parting:
            self._parting = True
            self._phone.part(*self._joined)

    def _join_when_up(self) -> None:
        if self._wanted is None or self._asked:
            return
        calls = [self._calls.get(call_id) for call_id in self._wanted]
        if all(call is not None and call.state is CallState.ACTIVE for call in calls):
            self._asked = True
            self._phone.join(*self._wanted)

    def _heard(self, event: PhoneJoined) -> None:
        pair = {event.call_id, event.other_id}
        if event.joined and self._wanted and pair == set(self._wanted):
            self._begun(self._wanted)
        elif event.joined and self._joined is None:
            self._taken_over(pair)
        elif not event.joined and self._joined and pair == set(self._joined):
            self._over()

    def _begun(self, members: tuple[UUID, UUID]) -> None:
        self._joined, self._wanted = members, None
        self._tell(members, True)

    def _taken_over(self, members: set[UUID]) -> None:
        """It was there before this desk."""
        pair = self._transfers.consultation(next(iter(members)))
        if pair is not None and members == {pair.caller.id, pair.asked.id}:
            self._board.focus.confer(*members)
            self._begun((pair.caller.id, pair.asked.id))

    def _over(self) -> None:
        joined, self._joined = self._joined, None
        stays, self._stays, self._parting = self._stays, None, False
        self._board.focus.confer()
        if joined is not None:
            self._tell(joined, False)
        if stays is not None:
            self._board.focus.choose(stays)

    def _tell(self, pair: tuple[UUID, UUID], joined: bool) -> None:
        caller_id, asked_id = pair
        self._listeners.tell(
            ConferenceChanged(caller_id=caller_id, asked_id=asked_id, joined=joined)
        )

    def _failed(self, event: PhoneCommandFailed) -> None:
        """It did not come about: back to the consultation, the caller on hold."""
        if self._wanted and event.command in ("join", "resume") and event.call_id in self._wanted:
            _caller, asked = self._wanted
            self._wanted = None
            self._board.focus.confer()
            self._board.focus.choose(asked)
        elif event.command == "part" and self._joined and event.call_id in self._joined:
            self._parting, self._stays = False, None

    def _on_event(self, event: DeskEvent) -> None:
        match event:
            case CallChanged(call=call) if call.state is CallState.ACTIVE:
                self._join_when_up()
            case CallChanged(call=call) if call.state is CallState.HELD:
                if self._joined and call.id in self._joined:
                    self._part()
            case CallEnded(call=call):
                if self._wanted and call.id in self._wanted:
                    self._wanted = None
                    self._board.focus.confer()
                elif self._joined and call.id in self._joined:
                    self._stays = None
                    self._over()

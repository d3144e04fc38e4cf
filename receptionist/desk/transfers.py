"""Consultations and transfers: somebody is called for a caller who waits; then the two speak."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.numbers import target_of
from receptionist.desk.switchboard import Switchboard
from receptionist.errors import BadInput
from receptionist.events import (
    CallChanged,
    CallEnded,
    CallFailed,
    DeskEvent,
    LineState,
    PhoneCommandFailed,
    PhoneTransferFailed,
    PhoneTransferred,
)
from receptionist.i18n import N_, _
from receptionist.model.call import UP, Call, CallState
from receptionist.model.number import shown
from receptionist.ports import Phone
from receptionist.threads import assert_main

_BUSY = N_("{number} is busy. The caller is still here, on hold.")
_SILENT = N_("Nobody answers at {number}. The caller is still here, on hold.")
_NOBODY = N_("{number} cannot be reached. The caller is still here, on hold.")
_UNKNOWN = N_(
    "Nothing was heard about the connection with {number}. The caller is still here, on hold."
)
_REFUSED = N_(
    "The connection with {number} was refused ({status}). The caller is still here, on hold."
)
_WHY = {486: _BUSY, 600: _BUSY, 480: _SILENT, 487: _SILENT, 404: _NOBODY, 410: _NOBODY}
_WHY |= {484: _NOBODY, 604: _NOBODY, 408: _UNKNOWN}


@dataclass(frozen=True, slots=True)
class Consultation:
    """A caller who waits, and the call that is made for him.

    `ready` says that they can be connected, `connecting` that they are being connected.
    """

    caller: Call
    asked: Call
    connecting: bool = False

    @property
    def ready(self) -> bool:
        """Whether both are up."""
        return not self.connecting and self.caller.state in UP and self.asked.state in UP


class Transfers:
    """Who is called for whom, and who is being connected with whom. Main thread.

    A caller is only ever connected with the call that was made for him, never with another caller.
    """

    def __init__(
        self, ground: Ground, phone: Phone, calls: Calls, switchboard: Switchboard
    ) -> None:
        self._phone = phone
        self._calls = calls
        self._board = switchboard
        self._directory = ground.directory
        self._listeners = ground.listeners
        self._wanted: dict[UUID, str] = {}
        """Where callers are to go as soon as they are on hold."""
        self._under_way: dict[UUID, str] = {}
        """With which number callers are being connected."""
        switchboard.on_transfer(self._reported)
        ground.listeners.add(self._on_event)

    def consultation(self, call_id: UUID) -> Consultation | None:
        """The consultation to which a live call belongs, on either side."""
        live = {call.id: call for call in self._calls.live}
        for asked in live.values():
            caller = live.get(asked.consults_for) if asked.consults_for else None
            if caller is not None and call_id in (caller.id, asked.id):
                return Consultation(caller, asked, caller.id in self._under_way)
        return None

    def connecting(self, call_id: UUID) -> bool:
        """Whether a caller is on his way to somebody else."""
        return call_id in self._under_way or call_id in self._wanted

    def consult(self, call_id: UUID, number: str) -> UUID:
        """Call somebody for a caller, who is put on hold; the id of the new call."""
        assert_main()
        caller = self._caller(call_id)
        state = self._board.line_states.get(caller.line_id) if caller.line_id else None
        his = caller.line_id if state is not None and state.state is LineState.READY else None
        return self._board.dial(number, his, caller.client_id, consults_for=caller.id)

    def connect(self, call_id: UUID, other_id: UUID | None = None) -> None:
        """Connect a caller with whom was called for him; `call_id` is either of the two calls."""
        assert_main()
        pair = self.consultation(call_id)
        if pair is None or other_id not in (None, pair.caller.id, pair.asked.id):
            raise BadInput(
                _("Only a caller and the call that was made for him can be connected, not callers.")
            )
        if pair.connecting:
            raise BadInput(_("They are being connected already."))
        if not pair.ready:
            raise BadInput(_("Nobody has answered yet. Connect when you have been answered."))
        self._under_way[pair.caller.id] = pair.asked.dialled
        self._phone.transfer_to(pair.caller.id, pair.asked.id)
        self._board.tell_changed(pair.caller)

    def send(self, call_id: UUID, number: str) -> None:
        """Connect a caller with a number at once, without announcing him; he is held meanwhile."""
        assert_main()
        caller = self._caller(call_id)
        target = target_of(number, self._directory.office.region)
        if caller.state is CallState.HELD:
            self._refer(caller, target)
        else:
            self._wanted[caller.id] = target
            self._phone.hold(caller.id)

    def _caller(self, call_id: UUID) -> Call:
        """The call, if somebody can be called for it."""
        call = self._board.call(call_id)
        if call.ended:
            raise BadInput(_("This call is over."))
        if call.state not in UP:
            raise BadInput(_("Answer the call first. Only then can it be connected."))
        if self.consultation(call_id) is not None:
            raise BadInput(_("First end the consultation, or connect the two."))
        if self.connecting(call_id):
            raise BadInput(_("They are being connected already."))
        return call

    def _refer(self, caller: Call, target: str) -> None:
        self._under_way[caller.id] = target
        self._phone.transfer(caller.id, target)
        self._board.tell_changed(caller)

    # ---- what happens

    def _reported(self, event: PhoneTransferred | PhoneTransferFailed | PhoneCommandFailed) -> None:
        caller = self._calls.get(event.call_id) if event.call_id else None
        number = self._under_way.pop(event.call_id, "") if event.call_id else ""
        if caller is None or caller.ended:
            return
        if isinstance(event, PhoneTransferred):
            self._connected(caller, number)
            return
        if isinstance(event, PhoneTransferFailed):
            words = _(_WHY.get(event.status, _REFUSED))
            message = words.format(number=shown(number), status=event.status)
            self._listeners.tell(CallFailed(call_id=None, message=message))
        self._board.tell_changed(caller)

    def _connected(self, caller: Call, number: str) -> None:
        pair = self.consultation(caller.id)
        self._calls.change(replace(caller, connected_to=number))
        if pair is not None:
            self._calls.change(replace(pair.asked, connected_to=caller.number))

    def _on_event(self, event: DeskEvent) -> None:
        if isinstance(event, CallChanged) and event.call.state is CallState.HELD:
            target = self._wanted.pop(event.call.id, None)
            if target is not None:
                self._refer(event.call, target)
        elif isinstance(event, CallFailed) and event.call_id is not None:
            self._wanted.pop(event.call_id, None)
        elif isinstance(event, CallEnded):
            self._wanted.pop(event.call.id, None)
            self._under_way.pop(event.call.id, None)

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
    PhoneCommandFailed,
    PhoneTransferFailed,
    PhoneTransferred,
)
from receptionist.i18n import N_, _
from receptionist.model.call import UP, Call, CallState, Cause
from receptionist.model.number import shown
from receptionist.ports import Phone
from receptionist.threads import assert_main

_BUSY = N_("{number} is busy.")
_SILENT = N_("Nobody answers at {number}.")
_NOBODY = N_("{number} cannot be reached.")
_UNKNOWN = N_("Nothing was heard about the connection with {number}.")
_NOBODY_KNOWS = N_("The connection that was being made before the start came to nothing.")
_REFUSED = N_("{number} does not take the call.")
_PLAIN = N_("{number} does not encrypt the voice, which this line always wants.")
_FAILED = N_("The connection with {number} was refused ({status}).")
_WHY = {486: _BUSY, 600: _BUSY, 480: _SILENT, 487: _SILENT, 404: _NOBODY, 410: _NOBODY}
_WHY |= {484: _NOBODY, 604: _NOBODY, 408: _UNKNOWN}
_ENDED = {Cause.BUSY: _BUSY, Cause.NO_ANSWER: _SILENT, Cause.REFUSED: _REFUSED}
_ENDED |= {Cause.NOT_ENCRYPTED: _PLAIN}


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
        switchboard.follow(PhoneTransferred, self._taken)
        switchboard.follow(PhoneTransferFailed, self._refused)
        switchboard.follow(PhoneCommandFailed, self._not_asked)
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
        client_id = caller.client_id
        return self._board.dial(number, client_id=client_id, consults_for=caller.id)

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
        self._calls.tell(pair.caller)

    def send(self, call_id: UUID, number: str) -> None:
        """Connect a caller with a number at once, without announcing him; he is held meanwhile."""
        assert_main()
        caller = self._caller(call_id)
        target = target_of(number, self._directory.office.region)
        if caller.state is CallState.HELD:
            self._refer(caller, target)
        else:
            self._wanted[caller.id] = target
            self._board.hold(caller.id)

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
        self._calls.tell(caller)

    # ---- what happens

    def _taken(self, event: PhoneTransferred) -> None:
        number = self._number(event.call_id) or event.target
        caller = self._calls.get(event.call_id)
        if caller is not None and not caller.ended:
            self._connected(caller, number or caller.connected_to)

    def _refused(self, event: PhoneTransferFailed) -> None:
        number = self._number(event.call_id)
        caller = self._calls.get(event.call_id)
        if caller is not None and not caller.ended:
            words = _(_WHY.get(event.status, _FAILED)) if number else _(_NOBODY_KNOWS)
            self._return(caller, words.format(number=shown(number), status=event.status))

    def _number(self, call_id: UUID) -> str:
        """With which number a caller was being connected; a desk before this one may have asked."""
        number, pair = self._under_way.pop(call_id, ""), self.consultation(call_id)
        return number or (pair.asked.dialled if pair is not None else "")

    def _not_asked(self, event: PhoneCommandFailed) -> None:
        """The switchboard has said so already: nobody was sent away, and nobody comes back."""
        if event.command in ("transfer", "transfer_to") and event.call_id is not None:
            caller = self._calls.get(event.call_id)
            if self._under_way.pop(event.call_id, None) is not None and caller is not None:
                self._calls.tell(caller)

    def _return(self, caller: Call, why: str) -> None:
        """Say what went wrong, and speak to the caller again unless somebody else is spoken to.

        He may be on his way to being held still: then that is taken back.
        """
        free = not self._calls.past and self._board.focus.free_for(caller.id)
        where = _("You have the caller again.") if free else _("The caller is still here, on hold.")
        self._listeners.tell(CallFailed(call_id=None, message=f"{why} {where}"))
        self._calls.tell(caller)
        if free:
            self._board.resume(caller.id)

    def _consultation_over(self, asked: Call) -> None:
        """Nobody came to the telephone: back to who waits for him."""
        caller = self._calls.get(asked.consults_for) if asked.consults_for else None
        if caller is None or caller.state not in UP or caller.parked:
            return
        if not asked.answered and asked.cause not in (Cause.WE_HUNG_UP, Cause.ENGINE_DIED):
            words = _(_ENDED.get(asked.cause, _NOBODY))
            self._return(caller, words.format(number=shown(asked.dialled)))

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
            self._consultation_over(event.call)

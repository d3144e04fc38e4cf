"""What can be done with a call from the command line: on which calls, and when it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from receptionist.desk.desk import Desk
from receptionist.errors import BadInput
from receptionist.events import (
    ActionChosen,
    CallChanged,
    CallEnded,
    CallParked,
    ConferenceChanged,
    DeskEvent,
    TraceReady,
)
from receptionist.i18n import _
from receptionist.model.call import UP, Call, CallState
from receptionist.model.refusal import REFUSALS

Done = Callable[[DeskEvent, UUID], bool]
"""Whether an event says that a verb has done its work on a call."""


@dataclass(frozen=True, slots=True)
class Verb:
    """`do` asks the desk, given a call and the word that was typed behind the verb.

    `fits` says which calls can be meant; the id that `do` gives, if any, is the call to wait for.
    """

    do: Callable[[Desk, UUID, str], UUID | None]
    done: Done
    fits: Callable[[Call], bool]
    needs_word: bool = False


def _comes_into(state: CallState) -> Done:
    def done(event: DeskEvent, call_id: UUID) -> bool:
        changed = isinstance(event, CallChanged) and event.call.id == call_id
        return changed and isinstance(event, CallChanged) and event.call.state is state

    return done


def _ends(event: DeskEvent, call_id: UUID) -> bool:
    return isinstance(event, CallEnded) and event.call.id == call_id


def _is_parked(event: DeskEvent, call_id: UUID) -> bool:
    return isinstance(event, CallParked) and event.call.id == call_id


def _confers(joined: bool) -> Done:
    def done(event: DeskEvent, call_id: UUID) -> bool:
        return isinstance(event, ConferenceChanged) and event.joined is joined

    return done


def _traced(event: DeskEvent, call_id: UUID) -> bool:
    return isinstance(event, TraceReady) and event.call_id == call_id


def _at_once(event: DeskEvent, call_id: UUID) -> bool:
    return isinstance(event, CallChanged) and event.call.id == call_id


def _carried(event: DeskEvent, call_id: UUID) -> bool:
    return isinstance(event, ActionChosen) and event.call_id == call_id


def _note(desk: Desk, call_id: UUID, word: str) -> None:
    """`prompt=what was answered`, as the script of the call asks."""
    prompt, equals, typed = word.partition("=")
    if not equals:
        message = _("Write the key of the prompt and the answer, such as “name=Erika Muster”.")
        raise BadInput(message)
    desk.courses.type(call_id, prompt.strip(), typed.strip())


def _of(*states: CallState) -> Callable[[Call], bool]:
    return lambda call: call.state in states


def _held(call: Call) -> bool:
    return call.state is CallState.HELD and not call.parked


def _decline(desk: Desk, call_id: UUID, word: str) -> None:
    refusal = next((one for one in REFUSALS if one.key == (word or REFUSALS[0].key)), None)
    if refusal is None:
        known = ", ".join(one.key for one in REFUSALS)
        message = _("“{word}” is no reason to decline with. There are: {known}")
        raise BadInput(message.format(word=word, known=known))
    desk.switchboard.decline(call_id, refusal.status, refusal.reason)


_RINGING, _ACTIVE = _of(CallState.RINGING), _of(CallState.ACTIVE)
_UP, _LIVE = _of(*UP), _of(*(state for state in CallState if state is not CallState.ENDED))
_SPOKEN_TO, _ON_HOLD = _comes_into(CallState.ACTIVE), _comes_into(CallState.HELD)

VERBS: Mapping[str, Verb] = {
    "answer": Verb(lambda desk, call, _w: desk.switchboard.answer(call), _SPOKEN_TO, _RINGING),
    "decline": Verb(_decline, _ends, _RINGING),
    "redirect": Verb(
        lambda desk, call, word: desk.switchboard.redirect(call, word), _ends, _RINGING, True
    ),
    "hang-up": Verb(lambda desk, call, _w: desk.switchboard.hang_up(call), _ends, _LIVE),
    "hold": Verb(lambda desk, call, _w: desk.switchboard.hold(call), _ON_HOLD, _ACTIVE),
    "resume": Verb(lambda desk, call, _w: desk.switchboard.resume(call), _SPOKEN_TO, _held),
    "toggle": Verb(lambda desk, _c, _w: desk.switchboard.toggle(), _SPOKEN_TO, _held),
    "park": Verb(lambda desk, call, word: desk.parking.park(call, word), _is_parked, _UP),
    "consult": Verb(
        lambda desk, call, word: desk.transfers.consult(call, word), _at_once, _UP, True
    ),
    "send": Verb(lambda desk, call, word: desk.transfers.send(call, word), _ends, _UP, True),
    "connect": Verb(lambda desk, call, _w: desk.transfers.connect(call), _ends, _UP),
    "join": Verb(lambda desk, call, _w: desk.conference.join(call), _confers(True), _UP),
    "part": Verb(lambda desk, call, _w: desk.conference.part(call), _confers(False), _ACTIVE),
    "leave": Verb(lambda desk, _c, _w: desk.conference.leave(), _ends, _ACTIVE),
    "trace": Verb(lambda desk, call, _w: desk.traces.ask(call), _traced, _LIVE),
    "reason": Verb(lambda desk, call, word: desk.courses.choose(call, word), _at_once, _UP, True),
    "note": Verb(_note, _at_once, _UP, True),
    "carry-out": Verb(lambda desk, call, _w: desk.carriers.carry_out(call), _carried, _UP),
}
"""Verbs on one call. `toggle`, `join`, `connect` and `leave` find its partner by themselves."""

PAIRED = frozenset({"toggle", "connect", "join", "leave"})
"""Verbs for which any of the calls that fit will do."""

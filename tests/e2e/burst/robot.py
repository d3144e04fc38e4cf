"""Who answers on this day: looks at what is there and does the first thing that is lacking.

So she goes on after any interruption, also after one of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from receptionist.desk.desk import Desk
from receptionist.events import (
    AppointmentBooked,
    AppointmentConfirmed,
    CallChanged,
    CallEnded,
    CallFailed,
    CallIncoming,
    DeskEvent,
)
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.call import UP, Call, CallState, Direction
from receptionist.model.script import USUAL
from receptionist.model.worklist import WorkKind
from receptionist.threads import Later
from tests.e2e.burst.plan import Day, Fate, Planned

Say = Callable[..., None]
_TYPED = {Fate.NOTE, Fate.CUT_OFF, Fate.WRONG_CLIENT}
"""What was said is a note for the owner; nothing else is done."""


class Robot:
    """One receptionist, who serves one caller after the other. Main thread of the desk's process.

    `say` tells what she does, `word_s` is how long she types at a word.
    """

    def __init__(self, desk: Desk, day: Day, later: Later, say: Say, word_s: float) -> None:
        self._desk, self._day, self._later = desk, day, later
        self._say, self._word_s, self._is_patient = say, word_s, not word_s
        self._calls: dict[str, Call] = {}
        self._booked: dict[UUID, Appointment] = {}
        self._asked: set[tuple[UUID, str]] = set()
        self._typing: set[UUID] = set()
        self._done: set[str] = set()
        self._looks = False
        self._ids = {client.key: client.id for client in desk.directory.clients}
        self._deeds: dict[str, Callable[[Call, Planned], object]] = {
            "appointment": self._book,
            "connection": lambda call, _planned: desk.carriers.carry_out(call.id),
            "note": lambda call, _planned: desk.carriers.carry_out(call.id, USUAL),
            "end": lambda call, _planned: desk.switchboard.hang_up(call.id),
        }
        desk.subscribe(self._heard)

    def start(self, calls: tuple[Call, ...], booked: tuple[Appointment, ...]) -> None:
        """Take up what was begun before."""
        for call in (*calls, *self._desk.switchboard.calls):
            self._take(call)
        self._booked |= {one.call_id: one for one in booked if one.call_id}
        self._look()

    @property
    def is_done(self) -> bool:
        """Whether nothing is lacking in any call that came so far."""
        return not self._desk.switchboard.calls and not any(
            self._lacks(call, planned) for call, planned in self._planned()
        )

    # ---- what is there

    def _heard(self, event: DeskEvent) -> None:
        match event:
            case CallIncoming() | CallChanged() | CallEnded():
                self._take(event.call)
            case AppointmentBooked() | AppointmentConfirmed():
                if event.appointment.call_id is not None:
                    self._booked[event.appointment.call_id] = event.appointment
            case CallFailed():
                self._say(failed=event.message)
        if not self._looks:
            self._looks = True
            self._later(0.0, self._look)

    def _take(self, call: Call) -> None:
        if call.direction is Direction.INCOMING and self._day.call(call.dialled):
            self._calls[call.dialled] = call
            self._done.discard(call.dialled)

    def _planned(self) -> list[tuple[Call, Planned]]:
        """Calls that may lack something: a long day costs no more at its end."""
        open_ = [call for call in self._calls.values() if call.dialled not in self._done]
        found = [(call, self._day.call(call.dialled)) for call in open_]
        return [(call, planned) for call, planned in found if planned is not None]

    def _lacks(self, call: Call, planned: Planned) -> str:
        """What is to be done next for a call that was answered; "" when there is nothing."""
        if planned.fate is Fate.MISSED or not call.answered:
            return ""
        if planned.fate is Fate.WRONG_CLIENT and call.client_id != self._ids[planned.meant]:
            return self._lacks_before(call, planned)
        if call.reason != planned.reason:
            return "reason"
        if self._is_interrupted(call, planned):
            return "hearing"
        if any(self._typed(call, key) != text for key, text in planned.typed):
            return "words"
        return self._deed(call, planned)

    def _is_interrupted(self, call: Call, planned: Planned) -> bool:
        """In the middle of the last sentence the caller hangs up; then she writes it to its end."""
        prompt, text = planned.typed[-1]
        typed = self._typed(call, prompt)
        cut_off = planned.fate is Fate.CUT_OFF and not call.ended
        return cut_off and typed != text and is_in_the_middle(typed)

    def _lacks_before(self, call: Call, planned: Planned) -> str:
        """Something is typed already when it is noticed that the client is another."""
        if not call.reason:
            return "reason"
        return "words" if call.caller_name != planned.name else "client"

    def _deed(self, call: Call, planned: Planned) -> str:
        fate = planned.fate
        if fate is Fate.BOOKED and not self._is_booked(call):
            return "appointment"
        if fate in (Fate.CONNECTED, Fate.BUSY) and not call.ended:
            if (call.id, "connection") not in self._asked:
                return "connection"
            if self._desk.transfers.consultation(call.id) is not None or fate is Fate.CONNECTED:
                return "connecting"
            if call.state is CallState.HELD:
                return "waiting"
        if fate in _TYPED or (fate is Fate.BUSY):
            items = self._desk.work.items
            if not any(one.call_id == call.id and one.kind is WorkKind.NOTE for one in items):
                return "note"
        return "" if call.ended else "end"

    def _is_booked(self, call: Call) -> bool:
        """In the owner's calendar; with a desk that dies again and again, in our book."""
        booked = self._booked.get(call.id)
        if booked is None or not self._is_patient:
            return booked is not None
        return booked.state is AppointmentState.CONFIRMED

    def _typed(self, call: Call, prompt: str) -> str:
        course = self._desk.courses.course(call)
        answer = course.answer(prompt) if course else None
        return answer.typed if answer else ""

    # ---- what she does

    def _look(self) -> None:
        self._looks = False
        for call, planned in self._planned():
            lacks = self._lacks(call, planned)
            if lacks:
                self._do(lacks, call, planned)
            elif call.ended:
                self._done.add(call.dialled)
        self._answer()

    def _answer(self) -> None:
        """Who rings is answered when nobody is spoken to."""
        calls = self._planned()
        if any(call.state in UP for call, _planned in calls):
            return
        for call, planned in calls:
            if call.state is CallState.RINGING and planned.fate is not Fate.MISSED:
                if self._once(call, "answer"):
                    self._desk.switchboard.answer(call.id)
                return

    def _do(self, lacks: str, call: Call, planned: Planned) -> None:
        desk = self._desk
        match lacks:
            case "reason":
                desk.courses.choose(call.id, planned.reason)
            case "words":
                self._type(call, planned)
            case "client":
                desk.switchboard.assign(call.id, self._ids[planned.meant], keep_number=False)
            case "connecting":
                self._connect(call)
            case "connection" if call.state is not CallState.ACTIVE:
                pass
            case _ if lacks in self._deeds and self._once(call, lacks):
                self._deeds[lacks](call, planned)

    def _once(self, call: Call, what: str) -> bool:
        """Whether something was not asked for yet since this start."""
        fresh = (call.id, what) not in self._asked
        self._asked.add((call.id, what))
        return fresh

    def _book(self, call: Call, planned: Planned) -> None:
        if call.id in self._booked:
            return  # it stands in the book since before this start
        client = self._desk.directory.client(call.client_id)
        assert client is not None
        assert planned.start is not None
        self._desk.booking.book(
            client_id=client.id,
            kind_id=client.kinds[0].id,
            start=planned.start,
            caller_name=call.caller_name,
            caller_number=call.number,
            call_id=call.id,
        )

    def _connect(self, call: Call) -> None:
        pair = self._desk.transfers.consultation(call.id)
        if pair is not None and pair.ready and self._once(call, "connect"):
            self._desk.transfers.connect(call.id)

    def _type(self, call: Call, planned: Planned) -> None:
        """The next word, in the time it takes."""
        if call.id not in self._typing:
            self._typing.add(call.id)
            self._later(self._word_s, lambda: self._type_now(planned))

    def _type_now(self, planned: Planned) -> None:
        call = self._calls[planned.dialled]
        self._typing.discard(call.id)
        for prompt, text in planned.typed:
            before = self._typed(call, prompt)
            if before != text and self._lacks(call, planned) == "words":
                typed = _longer(before, text)
                self._desk.courses.type(call.id, prompt, typed)
                whose = {"call": str(call.id), "dialled": planned.dialled}
                self._say(**whose, prompt=prompt, typed=typed)
                return


def is_in_the_middle(typed: str) -> bool:
    """Whether enough of a sentence is typed to be interrupted."""
    return len(typed.split(" ")) >= 2


def _longer(before: str, text: str) -> str:
    """One word more."""
    words = text.split(" ")
    many = len(before.split(" ")) if before else 0
    return " ".join(words[: many + 1])

"""Whom nobody answers is looked after here: announcement, queue, forward, message, busy tone.

Pure: worker commands go out by `send`, what the desk is to hear by `tell`, and the clock is handed
in. `heard` gets every report of the workers and says which are none of the desk's business; `tick`
is called a few times a second.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

from receptionist.events import (
    PhoneAnswered,
    PhoneAttended,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneIncoming,
    PhoneJoined,
    PhoneMessage,
    PhoneTransferred,
)
from receptionist.model.dialled import user_part
from receptionist.model.number import normalised
from receptionist.model.unattended import Plans, Step, StepKind
from receptionist.phone import wire
from receptionist.phone.exchange.unanswered import Caller, moved_up

ANNOUNCEMENT, MUSIC, GREETING, BEEP, BUSY = "announcement", "music", "greeting", "beep", "busy"
"""The sounds that ship with the program."""

_LONGEST_SOUND_S = 300.0
_JOINED_S = 10.0
_BUSY_HERE = 486
_REMEMBERED = 64
_HANG_UP = Step(kind=StepKind.BUSY)


class Attendant:
    """Looks after callers by the plans of their clients. One thread."""

    def __init__(
        self,
        send: Callable[[wire.Command], None],
        tell: Callable[[wire.Report], None],
        monotonic: Callable[[], float],
        sound: Callable[[str], str],
        discard: Callable[[str], None] = lambda path: Path(path).unlink(missing_ok=True),
    ) -> None:
        """`sound` gives the path of a sound that ships; `discard` takes a file away."""
        self._send = send
        self._tell = tell
        self._monotonic = monotonic
        self._sound = sound
        self._discard = discard
        self._plans = Plans(plans=())
        self._absent = False
        self._callers: dict[UUID, Caller] = {}
        self._legs: dict[UUID, UUID] = {}
        self._past: deque[Caller] = deque(maxlen=_REMEMBERED)

    # ---- what the exchange says

    def owns(self, call_id: UUID) -> bool:
        """Whether this is a call of its own, of which the desk knows nothing."""
        return call_id in self._legs

    def step(self, call_id: UUID) -> StepKind | None:
        """What is being done for a caller."""
        caller = self._callers.get(call_id)
        return caller.kind if caller is not None else None

    def follow(self, plans: Plans) -> None:
        """What happens from now on, also to those for whom nothing has begun yet."""
        self._plans = plans
        self._replan()

    def desk_is(self, there: bool) -> None:
        """Whether there is a desk: the one plan counts, or the other."""
        if self._absent == there:
            self._absent = not there
            self._replan()

    def obeyed(self, command: wire.Command) -> None:
        """The desk answers: the caller is its own from now on. Before the command is passed on."""
        caller = self._callers.get(command.call_id) if isinstance(command, wire.Answer) else None
        if caller is None:
            return
        self._forget(caller)
        if caller.attended:
            self._ask(caller, wire.StopPlaying(call_id=caller.id))
            if caller.kind is StepKind.VOICEMAIL and caller.played is None:
                self._ask(caller, wire.StopRecording(call_id=caller.id))

    def tick(self) -> None:
        """Look at the clock."""
        now = self._monotonic()
        for caller in tuple(self._callers.values()):
            if caller.deadline is not None and now >= caller.deadline:
                self._late(caller)

    def heard(self, report: wire.Report) -> bool:
        """A report of a worker; whether it is for nobody but us."""
        match report:
            case PhoneIncoming():
                caller = Caller(report, self._monotonic())
                self._callers[report.call_id] = caller
                caller.follow(self._plans, self._absent)
            case PhoneMessage():
                return self._message(report)
            case PhoneEnded() | PhoneAnswered() if report.call_id in self._callers:
                self._forget(self._callers[report.call_id])
            case PhoneCommandFailed(call_id=UUID() as call_id):
                return self._failed(call_id, report.command)
            case wire.PhonePlayed():
                self._played(report.call_id)
                return True
            case PhoneAttended() if report.call_id in self._callers:
                self._attended(self._callers[report.call_id])
                return True
            case PhoneJoined() if report.other_id in self._legs:
                self._joined(report)
                return True
        return self._heard_of_leg(report)

    # ---- whose plan it is

    def _replan(self) -> None:
        for caller in self._callers.values():
            if caller.step is None and not caller.begun:
                caller.follow(self._plans, self._absent)

    # ---- one step after the other

    def _late(self, caller: Caller) -> None:
        if caller.kind is StepKind.BUSY:
            self._hang_up(caller)
        else:
            self._next(caller)

    def _next(self, caller: Caller) -> None:
        """The next step; who is attended and has no other hears the busy tone."""
        self._drop_leg(caller)
        caller.begun = True
        caller.played = caller.deadline = None
        caller.step, caller.steps = next(iter(caller.steps), None), caller.steps[1:]
        if caller.step is None and caller.attended:
            caller.step = _HANG_UP
        self._places()
        if caller.step is not None:
            self._begin(caller, caller.step)

    def _begin(self, caller: Caller, step: Step) -> None:
        match step.kind:
            case StepKind.QUEUE:
                caller.deadline = self._monotonic() + step.seconds
                self._attend(caller)
            case StepKind.FORWARD:
                self._forward(caller, step)
            case StepKind.VOICEMAIL if not (self._plans.key and self._plans.directory):
                self._next(caller)
            case StepKind.BUSY if not caller.attended:
                self._tell_step(caller)
                self._send(wire.Decline(call_id=caller.id, status=_BUSY_HERE))
            case _:
                self._attend(caller)

    def _attend(self, caller: Caller) -> None:
        """Have him answered without the headset, and then do it."""
        if caller.attended:
            self._tell_step(caller)
            self._act(caller)
        elif not caller.waits and caller.kind is not None:
            caller.waits = True
            self._ask(caller, wire.Attend(call_id=caller.id, step=caller.kind, place=caller.place))

    def _attended(self, caller: Caller) -> None:
        caller.asked.discard("attend")
        if not caller.attended:
            caller.attended = True
            self._tell_step(caller)
            self._act(caller)

    def _act(self, caller: Caller) -> None:
        """He hears us."""
        step = caller.step
        if step is None:
            return
        match step.kind:
            case StepKind.ANNOUNCEMENT:
                self._play(caller, step.sound or self._sound(ANNOUNCEMENT), self._next)
            case StepKind.QUEUE:
                self._loop(caller, step.sound)
            case StepKind.FORWARD:
                self._connect(caller)
            case StepKind.VOICEMAIL:
                self._play(caller, step.sound or self._sound(GREETING), self._beep)
            case StepKind.BUSY:
                self._play(caller, self._sound(BUSY), self._hang_up)

    def _play(self, caller: Caller, path: str, then: Callable[[Caller], None]) -> None:
        caller.played = lambda: then(caller)
        caller.deadline = self._monotonic() + _LONGEST_SOUND_S
        self._ask(caller, wire.Play(call_id=caller.id, path=path))

    def _loop(self, caller: Caller, music: str) -> None:
        music = music or self._sound(MUSIC)
        self._ask(caller, wire.Play(call_id=caller.id, path=music, loop=True))

    def _played(self, call_id: UUID) -> None:
        caller = self._callers.get(call_id)
        if caller is not None and caller.played is not None:
            caller.asked.discard("play")
            then, caller.played, caller.deadline = caller.played, None, None
            then()

    def _beep(self, caller: Caller) -> None:
        self._play(caller, self._sound(BEEP), self._record)

    def _record(self, caller: Caller) -> None:
        self._ask(caller, _recorded(caller, caller.step or _HANG_UP, self._plans))

    def _message(self, report: PhoneMessage) -> bool:
        """Less than a second is no message. Who has come to the end of his time is said goodbye."""
        caller = self._callers.get(report.call_id)
        for past in (*self._past, *self._callers.values()):
            if past.id == report.call_id:
                past.asked.discard("record")
        if caller is not None and caller.kind is StepKind.VOICEMAIL:
            caller.steps = ()
            self._next(caller)
        if report.seconds >= 1:
            return False
        self._discard(report.path)
        return True

    # ---- forwarding

    def _forward(self, caller: Caller, step: Step) -> None:
        caller.deadline = self._monotonic() + step.seconds
        caller.leg, caller.leg_up = uuid4(), False
        self._legs[caller.leg] = caller.id
        self._tell_step(caller)
        if caller.attended:
            self._loop(caller, "")
        self._send(_forwarded(caller, caller.leg, step.target, self._plans.region))

    def _connect(self, caller: Caller) -> None:
        if caller.leg is not None and caller.leg_up:
            self._ask(caller, wire.StopPlaying(call_id=caller.id))
            self._ask(caller, wire.Join(call_id=caller.id, other_id=caller.leg, headset=False))
            caller.deadline = self._monotonic() + _JOINED_S

    def _joined(self, report: PhoneJoined) -> None:
        """From now on they hear each other, and not before: until then we may have to go on."""
        caller = self._callers.get(report.call_id)
        if caller is not None and caller.step and report.joined and caller.leg == report.other_id:
            caller.asked.discard("join")
            caller.deadline = None
            self._tell(PhoneTransferred(call_id=caller.id, target=caller.step.target))

    def _heard_of_leg(self, report: wire.Report) -> bool:
        call_id = getattr(report, "call_id", None)
        if call_id not in self._legs:
            return False
        caller = self._callers.get(self._legs[call_id])
        if isinstance(report, PhoneEnded):
            del self._legs[call_id]
        if caller is None or caller.leg != call_id:
            return True
        if isinstance(report, PhoneAnswered):
            caller.leg_up, caller.deadline = True, None
            if caller.attended:
                self._connect(caller)
            else:
                self._attend(caller)
        elif isinstance(report, PhoneEnded):
            caller.leg = None
            if caller.leg_up:
                self._hang_up(caller)
            else:
                self._next(caller)
        return True

    def _drop_leg(self, caller: Caller) -> None:
        leg, caller.leg = caller.leg, None
        if leg is not None:
            self._send(wire.HangUp(call_id=leg))

    # ---- ends

    def _failed(self, call_id: UUID, command: str) -> bool:
        """A worker could not do what we asked: what comes next may still go."""
        caller = self._callers.get(self._legs.get(call_id, call_id))
        if caller is None:
            past = (one.asked for one in self._past if one.id == call_id)
            return call_id in self._legs or any(command in asked for asked in past)
        if command == "dial" and caller.leg == call_id and not caller.attended and caller.step:
            caller.leg = None
            self._ask(caller, wire.Redirect(call_id=caller.id, target=caller.step.target))
            return True
        if call_id in self._legs or command not in caller.asked:
            return call_id in self._legs
        caller.asked.discard(command)
        if caller.kind is StepKind.BUSY:
            self._hang_up(caller)
        elif command != "stop_playing":
            caller.waits = False
            self._next(caller)
        return True

    def _ask(self, caller: Caller, command: wire.Command) -> None:
        caller.asked.add(wire.command_name(command))
        self._send(command)

    def _hang_up(self, caller: Caller) -> None:
        self._forget(caller)
        self._send(wire.HangUp(call_id=caller.id))

    def _forget(self, caller: Caller) -> None:
        self._drop_leg(caller)
        if self._callers.pop(caller.id, None) is not None:
            if caller.step is not None:
                self._past.append(caller)
            self._places()

    def _places(self) -> None:
        for caller in moved_up(self._callers.values()):
            self._tell_step(caller)

    def _tell_step(self, caller: Caller) -> None:
        if caller.kind is not None:
            self._tell(PhoneAttended(call_id=caller.id, step=caller.kind, place=caller.place))


def _recorded(caller: Caller, step: Step, plans: Plans) -> wire.Record:
    """A message, into a file of its own."""
    path = Path(plans.directory) / f"{uuid4()}.voice"
    return wire.Record(
        call_id=caller.id, path=str(path), key=plans.key, message=True, seconds=step.seconds
    )


def _forwarded(caller: Caller, leg: UUID, target: str, region: str) -> wire.Dial:
    """The call to `target`, in the caller's name where he has one."""
    number = normalised(user_part(caller.incoming.caller_uri), region)
    return wire.Dial(
        call_id=leg,
        line_id=caller.incoming.line_id,
        target=target,
        shown_as=number if number.startswith("+") else caller.dialled,
        beside=caller.id,
        headset=False,
    )

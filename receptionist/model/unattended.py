"""What happens to a caller whom nobody answers: how long it rings, and what is done then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from receptionist.model.agent import AgentState
from receptionist.model.schedule import Weekly, most_specific

_USUAL_RING_S = 20


class StepKind(StrEnum):
    """What is done for him.

    An announcement is played once; in the queue he hears music and can still be answered; he is
    connected with another number; he leaves a message; he hears the busy tone.
    """

    ANNOUNCEMENT = "announcement"
    QUEUE = "queue"
    FORWARD = "forward"
    VOICEMAIL = "voicemail"
    BUSY = "busy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the things that are done, one after the other until one ends the call.

    `seconds` is the longest a queue, the ringing of a forward or a message may take. `sound` is
    the WAV file of an announcement, of the music, or of what is said before a message; empty for
    the one that ships with the program. `target` is the number of a forward.
    """

    kind: StepKind
    seconds: int = 60
    sound: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """It rings for `ring_s` seconds (0: not at all), then the steps; without any it rings on."""

    ring_s: int = 0
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPlan:
    """The plans of one client as they are just now.

    `numbers` are his dialled numbers (E.164). `present` holds while there is a desk, `absent`
    while there is none. `client_id` is nothing for numbers that belong to nobody, and for those of
    clients who have no plan of their own.
    """

    client_id: UUID | None
    numbers: tuple[str, ...]
    present: Plan
    absent: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """What happens to callers nobody answers, from now on and until it is said anew.

    Messages are left in `directory`, encrypted for `key` (as in `Record`); without a key nobody is
    asked for one. `region` is that of dialled numbers without a country code.
    """

    plans: tuple[CallPlan, ...]
    region: str = "DE"
    directory: str = ""
    key: str = ""


# ---- rules, of which plans are made ------------------------------------------------------------


class Occasion(StrEnum):
    """When a rule counts, beside its weekdays and times.

    Always; outside of the office's hours; on a public holiday; while whoever sits here is on a
    break, or in wrap-up; while the program does not run.
    """

    ALWAYS = "always"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    BREAK = "break"
    WRAP_UP = "wrap-up"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnattendedRule(Weekly):
    """It rings for `ring_s` seconds, then the steps; without any it rings on.

    `ring_s` 0 is a quiet time: nothing rings, and the steps begin at once.
    """

    occasion: Occasion = Occasion.ALWAYS
    ring_s: int = _USUAL_RING_S
    steps: tuple[Step, ...] = ()

    @property
    def plan(self) -> Plan:
        """What is done under this rule."""
        return Plan(ring_s=self.ring_s if self.steps else 0, steps=self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What is known of an instant: the client's clock, hours and holidays, and who sits here.

    `state` is nothing while the program does not run.
    """

    local: datetime
    closed: bool = False
    holiday: bool = False
    state: AgentState | None = AgentState.READY

    def is_one(self, occasion: Occasion) -> bool:
        """Whether it is such an occasion."""
        return {
            Occasion.ALWAYS: True,
            Occasion.CLOSED: self.closed,
            Occasion.HOLIDAY: self.holiday,
            Occasion.BREAK: self.state is AgentState.BREAK,
            Occasion.WRAP_UP: self.state is AgentState.WRAP_UP,
            Occasion.ABSENT: self.state is None,
        }[occasion]


_PASSING = {Occasion.HOLIDAY: 0, Occasion.BREAK: 1, Occasion.WRAP_UP: 1}
"""These come before everything that is so every week."""
_LASTING = {Occasion.CLOSED: 0, Occasion.ABSENT: 1}


def winner(rules: Iterable[UnattendedRule], moment: Moment) -> UnattendedRule | None:
    """The most specific of the rules that hold at a moment; None without any.

    A holiday or a break comes first; then whatever covers fewer minutes of the week; of equals
    `CLOSED` before `ABSENT` before `ALWAYS`; of equals still, the one that was written first.
    """
    holding = [one for one in rules if moment.is_one(one.occasion) and one.covers(moment.local)]
    return most_specific(holding, _specific)


def _specific(rule: UnattendedRule) -> tuple[int, int, int]:
    return _PASSING.get(rule.occasion, 2), rule.minutes, _LASTING.get(rule.occasion, 2)

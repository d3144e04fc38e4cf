"""What happens to a caller whom nobody answers: how long it rings, and what is done then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


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
    while there is none. `client_id` is nothing for numbers that belong to nobody.
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

"""The work list: what is still open for clients, and how each item may leave it. Pure.

Nothing leaves without a disposition: who said what came of it, and when. An item that is put off
stays open with another due time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model.appointment import AppointmentState
from receptionist.reasons import Reason


class WorkKind(StrEnum):
    """What an item is about."""

    MISSED = "missed"
    LOST = "lost"
    MESSAGE = "message"
    PROMISED = "promised"
    NOTE = "note"
    CONFLICT = "conflict"
    PUSH = "push"
    EXPIRING = "expiring"
    GAP = "gap"


OWES_CALL = frozenset(
    {
        WorkKind.MISSED,
        WorkKind.LOST,
        WorkKind.MESSAGE,
        WorkKind.PROMISED,
        WorkKind.CONFLICT,
        WorkKind.PUSH,
    }
)
"""Kinds of which somebody is to be called."""

OF_OWNER = OWES_CALL | {WorkKind.NOTE}
"""Kinds that stand in an owner's own task list too, where he has one."""

FOUND = frozenset({WorkKind.EXPIRING, WorkKind.GAP})
"""Kinds that are found again and again, until what they say is no longer so."""


class Disposition(StrEnum):
    """What came of an item. `VOID` is given by the program alone: it is no longer so.

    OK and KN close; RWA closes, or with a follow-up time keeps it open until then; RR (we call
    back) and a plain follow-up always keep it open, and need the time.
    """

    DONE = "ok"
    NOTED = "kn"
    CALLS_AGAIN = "rwa"
    CALL_BACK = "rr"
    FOLLOW_UP = "wv"
    VOID = "void"


KEEPS = frozenset({Disposition.CALL_BACK, Disposition.FOLLOW_UP})
"""They never close, and need a follow-up time."""
PUTS_OFF = KEEPS | {Disposition.CALLS_AGAIN}
"""They take a follow-up time."""


class AttemptOutcome(StrEnum):
    """What came of an attempt to reach somebody. A mailbox answers too.

    `CALLED` says that he has called himself meanwhile, and was spoken to.
    """

    NO_ANSWER = "no-answer"
    BUSY = "busy"
    FAILED = "failed"
    ANSWERED = "answered"
    MAILBOX = "mailbox"
    NOT_IN = "not-in"
    CALLED = "called"


REACHED = frozenset({AttemptOutcome.ANSWERED, AttemptOutcome.CALLED})
"""Somebody was spoken to, or a mailbox."""


class Urgency(StrEnum):
    """How an item stands to the clock of the office."""

    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Somebody tried: in a call, or as it was written by hand."""

    id: UUID
    at: datetime
    who: UUID | None
    outcome: AttemptOutcome
    text: str = ""
    call_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """Something open for a client; `client_id` is None for an unknown dialled number.

    `number` and `name` are who is to be called. `reason` is a word of `Reason`, `text` says more,
    in the words of whoever wrote it. What it is about lasts from `begins` to `ends`, None where
    that has no end; `about_id` is the on-call rota of a gap. It is open until `done`; the
    disposition of an open one is why it was put off, and `disposed_by` None is the owner himself,
    or with `VOID` the program; the `result` is then a word of `Reason`, else what was written.
    """

    id: UUID
    client_id: UUID | None
    kind: WorkKind
    created: datetime
    due: datetime
    number: str = ""
    name: str = ""
    reason: str = ""
    text: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    call_id: UUID | None = None
    appointment_id: UUID | None = None
    about_id: UUID | None = None
    disposition: Disposition | None = None
    result: str = ""
    disposed: datetime | None = None
    disposed_by: UUID | None = None
    done: datetime | None = None
    attempts: tuple[Attempt, ...] = ()

    @property
    def owes_call(self) -> bool:
        """Whether somebody is to be called."""
        return self.kind in OWES_CALL

    @property
    def touched(self) -> bool:
        """Whether somebody has said or tried something."""
        return self.disposition is not None or bool(self.attempts)

    @property
    def in_vain(self) -> tuple[Attempt, ...]:
        """The attempts in which nobody was reached."""
        return tuple(one for one in self.attempts if one.outcome not in REACHED)

    @property
    def tries(self) -> int:
        """How often somebody was not reached."""
        return len(self.in_vain)

    def urgency(self, now: datetime, zone: str) -> Urgency:
        """How it stands at `now` on the clock of `zone`."""
        if self.due <= now:
            return Urgency.OVERDUE
        clock = ZoneInfo(zone)
        same_day = self.due.astimezone(clock).date() == now.astimezone(clock).date()
        return Urgency.TODAY if same_day else Urgency.LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCounts:
    """How many items are open."""

    overdue: int = 0
    today: int = 0
    later: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.overdue + self.today + self.later


def counted(items: Iterable[WorkItem], now: datetime, zone: str) -> WorkCounts:
    """How many of `items` are overdue, due today, and later."""
    found = [one.urgency(now, zone) for one in items]
    return WorkCounts(**{one.value: found.count(one) for one in Urgency})


_UNANSWERED = frozenset({WorkKind.MISSED, WorkKind.LOST})


def alike(item: WorkItem, items: Iterable[WorkItem]) -> tuple[WorkItem, ...]:
    """What else is open with the same caller because nobody spoke to him: one call settles all."""
    if item.kind not in _UNANSWERED or not item.number:
        return ()
    return tuple(
        one
        for one in items
        if one.kind in _UNANSWERED
        and (one.client_id, one.number) == (item.client_id, item.number)
        and one.id != item.id
    )


# ---- when each kind is due

NOTE_WITHIN = timedelta(minutes=30)
"""A note reaches the owner while who took it still remembers the call."""
GAP_LEAD = timedelta(days=1)
"""So long before nobody is on call somebody has to be found: the last working day, mostly."""
EXPIRING_CLOCK = time(12)
"""On the last day of a warning the owner can still be asked in the afternoon."""


def due_of(kind: WorkKind, at: datetime) -> datetime:
    """When what came up at `at` is due: at once, but for a note.

    A promised call-back is due when it was promised, a gap `GAP_LEAD` before it begins, a warning
    that ends on its last day at `EXPIRING_CLOCK`.
    """
    return at + NOTE_WITHIN if kind is WorkKind.NOTE else at


_LOST = (
    Reason.CALL_LOST,
    Reason.ENGINE_DIED,
    Reason.GAVE_UP_ON_HOLD,
    Reason.VOICE_NOT_ENCRYPTED,
)
NOT_IN_CALENDAR = (
    Reason.NOT_TOLD_YET,
    Reason.CHANGE_NOT_TOLD_YET,
    Reason.TOO_LATE,
    Reason.PASSWORD_REFUSED,
    Reason.PASSWORD_MISSING,
    Reason.NO_CALENDAR,
    Reason.CALENDAR_FORBIDDEN,
    Reason.CALENDAR_GONE,
    Reason.CALENDAR_FULL,
    Reason.OBJECT_REJECTED,
    Reason.READ_BACK_DIFFERS,
)
"""An appointment stands in our book and not in the owner's calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoLonger:
    """What is no longer so of an appointment: items for these `reasons` leave, and `why`."""

    reasons: frozenset[Reason]
    why: Reason


def no_longer(state: AppointmentState, *, overlaps: bool) -> tuple[NoLonger, ...]:
    """What is no longer so of an appointment that has just been brought in line with the owner's
    calendar, where something of his `overlaps` it or not. What a caller has to be told stays,
    whatever happens."""
    found = []
    if state in (AppointmentState.CONFIRMED, AppointmentState.CANCELLED):
        waited = frozenset(NOT_IN_CALENDAR) - {Reason.TOO_LATE}
        found.append(NoLonger(reasons=waited, why=Reason.IN_CALENDAR_NOW))
    if state is AppointmentState.CONFIRMED and not overlaps:
        overlap = frozenset({Reason.OVERLAP_FOUND})
        found.append(NoLonger(reasons=overlap, why=Reason.OVERLAP_GONE))
    return tuple(found)


NO_LONGER = frozenset({Reason.IN_CALENDAR_NOW, Reason.OVERLAP_GONE})
"""Why an item is of no account any more that stays because somebody has to do with it."""
_NOT_FOUND = {WorkKind.GAP: Reason.ROTA_FILLED, WorkKind.EXPIRING: Reason.INSTRUCTION_CHANGED}


def why_not_found(kind: WorkKind, *, client_left: bool) -> Reason:
    """Why an item that was found once is found no more."""
    return Reason.CLIENT_LEFT if client_left else _NOT_FOUND.get(kind, Reason.NONE)


def kind_for_call(reason: str) -> WorkKind:
    """The kind of what is owed after a call."""
    if reason == Reason.MESSAGE_LEFT:
        return WorkKind.MESSAGE
    return WorkKind.LOST if reason in _LOST else WorkKind.MISSED


def kind_for_appointment(reason: str) -> WorkKind:
    """The kind of what is owed about an appointment."""
    return WorkKind.PUSH if reason in NOT_IN_CALENDAR else WorkKind.CONFLICT


# ---- how an item leaves, and how it is put off


def dispositions(kind: WorkKind) -> tuple[Disposition, ...]:
    """What a receptionist may say of an item of this kind, the usual one first.

    A promise to a caller is not kept by taking note of it; where nobody calls, nobody calls again.
    """
    if kind in FOUND:
        return (Disposition.DONE, Disposition.NOTED, Disposition.FOLLOW_UP)
    said = (
        Disposition.DONE,
        Disposition.NOTED,
        Disposition.CALLS_AGAIN,
        Disposition.CALL_BACK,
        Disposition.FOLLOW_UP,
    )
    return tuple(
        one for one in said if kind is not WorkKind.PROMISED or one is not Disposition.NOTED
    )


def disposed(
    item: WorkItem,
    disposition: Disposition,
    who: UUID | None,
    at: datetime,
    result: str = "",
    follow_up: datetime | None = None,
) -> WorkItem:
    """The item after somebody said what came of it; `who` is None for the owner, or the program.

    `BadInput` where that is not said of its kind, or the follow-up time is lacking, in the past, or
    means nothing.
    """
    if who is not None and disposition not in dispositions(item.kind):
        raise BadInput(_("This cannot be settled in that way."), key="disposition")
    if disposition in KEEPS and follow_up is None:
        raise BadInput(_("Say until when it waits."), key="follow_up")
    if follow_up is not None and disposition not in PUTS_OFF:
        raise BadInput(_("What is settled does not wait any more."), key="follow_up")
    if follow_up is not None and follow_up <= at:
        raise BadInput(_("The follow-up must be in the future."), key="follow_up")
    return replace(
        item,
        disposition=disposition,
        result=result.strip(),
        disposed=at,
        disposed_by=who,
        due=item.due if follow_up is None else follow_up,
        done=at if follow_up is None else None,
    )


def put_off_by_trying(item: WorkItem, who: UUID | None, at: datetime, until: datetime) -> WorkItem:
    """The item after somebody tried, and will try again then; its result stays."""
    said = Disposition.FOLLOW_UP if item.kind in FOUND else Disposition.CALL_BACK
    return disposed(item, said, who, at, item.result, until)


def reopened(item: WorkItem, due: datetime) -> WorkItem:
    """The item as it was before it left, due at `due`; its attempts stay."""
    return replace(
        item, disposition=None, result="", disposed=None, disposed_by=None, done=None, due=due
    )

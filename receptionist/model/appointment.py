"""An appointment, its states, and what must be the same when it is read back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from receptionist.model.period import Period
from receptionist.reasons import Reason

_NOT_ON_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class AppointmentState(StrEnum):
    """Booked in our book → confirmed in the owner's calendar, or in conflict, or delayed.

    `HOLD` keeps a slot while the caller thinks; `PARKED` waits for a person (it is not tried
    again by itself); `WITHDRAWN` was taken back.
    """

    HOLD = "hold"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    CONFLICT = "conflict"
    DELAYED = "delayed"
    PARKED = "parked"
    WITHDRAWN = "withdrawn"


OCCUPYING = (
    AppointmentState.HOLD,
    AppointmentState.BOOKED,
    AppointmentState.CONFIRMED,
    AppointmentState.DELAYED,
    AppointmentState.PARKED,
)
"""States in which an appointment keeps its time; two of them never overlap in a client's book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A booking in a client's name. Times are UTC; `zone` is the owner's. Buffers in minutes."""

    id: UUID
    client_id: UUID
    calendar_id: UUID
    kind_id: UUID
    kind_name: str
    start: datetime
    end: datetime
    zone: str
    caller_name: str
    caller_number: str = ""
    note: str = ""
    buffer_before: int = 0
    buffer_after: int = 0
    uid: str
    href: str
    etag: str = ""
    sequence: int = 0
    state: AppointmentState = AppointmentState.BOOKED
    reason: Reason = Reason.NONE
    attempts: int = 0
    next_attempt: datetime | None = None
    held_until: datetime | None = None
    created: datetime
    confirmed: datetime | None = None
    call_id: UUID | None = None
    receptionist_id: UUID | None = None

    @property
    def summary(self) -> str:
        """The title in the owner's calendar: one line, because servers change all else in it."""
        name = _NOT_ON_A_LINE.sub(" ", self.caller_name).strip()
        return f"{self.kind_name}: {name}" if name else self.kind_name

    @property
    def period(self) -> Period:
        """From start to end."""
        return Period(self.start, self.end)

    @property
    def blocked(self) -> Period:
        """The period with its buffers."""
        return self.period.widened(
            timedelta(minutes=self.buffer_before), timedelta(minutes=self.buffer_after)
        )

    @property
    def fingerprint(self) -> Fingerprint:
        """What must be read back after a push."""
        return Fingerprint(self.uid, self.start, self.end, self.summary, "CONFIRMED")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The semantic identity of a VEVENT: UID, start and end in UTC, summary, STATUS."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    status: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A VEVENT as the server gave it back; `fingerprint` is None when it cannot be read."""

    href: str
    etag: str
    fingerprint: Fingerprint | None

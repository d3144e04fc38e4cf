"""An appointment, its states, and what must be the same when it is read back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from receptionist.i18n import _
from receptionist.model.number import shown
from receptionist.model.period import Period
from receptionist.reasons import Reason

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NOT_ON_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When what is parked is tried again by itself."""


class AppointmentState(StrEnum):
    """Booked in our book → confirmed in the owner's calendar, or in conflict, or delayed.

    `HOLD` keeps a slot while the caller thinks; `PARKED` waits for a person (it is not tried
    again by itself); `WITHDRAWN` was taken back before the owner had it, or by him; `CANCELLED`
    was called off by us. What the owner's calendar does not say yet is dirty.
    """

    HOLD = "hold"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    CONFLICT = "conflict"
    DELAYED = "delayed"
    PARKED = "parked"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


OCCUPYING = (
    AppointmentState.HOLD,
    AppointmentState.BOOKED,
    AppointmentState.CONFIRMED,
    AppointmentState.DELAYED,
    AppointmentState.PARKED,
)
"""States in which an appointment keeps its time; two of them never overlap in a client's book."""

TAKING_PLACE = tuple(state for state in OCCUPYING if state is not AppointmentState.HOLD)
"""States of appointments that take place as far as we know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the owner's calendar said of an appointment when it was last confirmed; times UTC.

    It is the base of a merge: what differs from it there is the owner's change, what differs from
    it here is ours.
    """

    start: datetime
    end: datetime
    summary: str
    text: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A booking in a client's name. Times are UTC; `zone` is the owner's. Buffers in minutes.

    `title` and `text` are what stands in the owner's calendar where that is not what is usual;
    `part_of` is the appointment whose travel this is, `restores` the cancelled one in whose place
    it is, `series_id` what several appointments booked together have in common. `told_…`: `Told`.
    """

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
    staff_id: UUID | None = None
    caller_email: str = ""
    location: str = ""
    title: str = ""
    text: str = ""
    alarm_min: int = -1
    marks_cancellation: bool = False
    """Cancelled it stays in the owner's calendar, marked (`Cancellation.MARK`)."""
    part_of: UUID | None = None
    restores: UUID | None = None
    series_id: UUID | None = None
    told_start: datetime | None = None
    told_end: datetime | None = None
    told_summary: str = ""
    told_text: str = ""
    told_location: str = ""

    @property
    def book_id(self) -> UUID:
        """Whose time it takes: that of a member of the staff, else the client's."""
        return self.staff_id or self.client_id

    @property
    def told(self) -> Told | None:
        """What was last confirmed in the owner's calendar; None if nothing ever was."""
        if self.told_start is None or self.told_end is None:
            return None
        return Told(
            start=self.told_start,
            end=self.told_end,
            summary=self.told_summary,
            text=self.told_text,
            location=self.told_location,
        )

    @property
    def summary(self) -> str:
        """The title in the owner's calendar: one line, because servers change all else in it."""
        if self.title:
            return _NOT_ON_A_LINE.sub(" ", self.title).strip()
        name = _NOT_ON_A_LINE.sub(" ", self.caller_name).strip()
        return f"{self.kind_name}: {name}" if name else self.kind_name

    @property
    def description(self) -> str:
        """The text in the owner's calendar: his own words, else how to reach whom, and the note."""
        if self.text:
            return _cleaned(self.text)
        return "\n".join(line for line in self.lines if line)

    @property
    def lines(self) -> tuple[str, str]:
        """How to reach whom, and the note; "" where there is none."""
        number = shown(self.caller_number)
        telephone = _("Telephone: {number}").format(number=number) if number else ""
        return telephone, _cleaned(self.note)

    @property
    def place(self) -> str:
        """The location in the owner's calendar: one line."""
        return _NOT_ON_A_LINE.sub(" ", self.location).strip()

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
        cancelled = self.state is AppointmentState.CANCELLED
        status = "CANCELLED" if cancelled else "CONFIRMED"
        return Fingerprint(self.uid, self.start, self.end, self.summary, status)


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
    """A VEVENT as the server gave it back; `fingerprint` is None when it cannot be read.

    `text` is its DESCRIPTION; `recurs` says that it is a series by now.
    """

    href: str
    etag: str
    fingerprint: Fingerprint | None
    text: str = ""
    location: str = ""
    sequence: int = 0
    recurs: bool = False


def _cleaned(text: str) -> str:
    """A text of several lines without what no server takes."""
    return _UNPRINTABLE.sub("", "\n".join(text.splitlines()))

"""What the desk tells of appointments, and of letters about them."""

from __future__ import annotations

from dataclasses import dataclass

from receptionist.model.appointment import Appointment
from receptionist.model.letter import Letter
from receptionist.reasons import Reason

# ---- what the phone reports to the desk -------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentBooked:
    """In our book and safe; not yet in the owner's calendar."""

    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentConfirmed:
    """Read back from the owner's calendar, and nothing of his overlaps."""

    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingConflict:
    """The owner is busy then; nothing of ours is in his calendar. `reason` says why."""

    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentHeld:
    """A time is kept for a caller who thinks, until `held_until`; others see it as taken."""

    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentReleased:
    """A time that was kept is free again: given up, or (`HOLD_EXPIRED`) kept too long."""

    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentChanged:
    """Moved, changed or cancelled in our book and safe; the owner's calendar follows.

    In the calendar of another member of the staff it is another appointment than `before`.
    """

    appointment: Appointment
    before: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCancelled:
    """It is out of the owner's calendar, or marked as cancelled there."""

    appointment: Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRefused:
    """What was `wanted` of an appointment cannot be; `appointment` is how it stands (again).

    `reason` says why, and nothing in the owner's calendar is other than `appointment` says.
    """

    appointment: Appointment
    wanted: Appointment
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerChanged:
    """The owner moved, edited or deleted an appointment of ours in his calendar.

    `reason` is one of `OWNER_MOVED`, `OWNER_CHANGED`, `OWNER_CANCELLED`, `BOTH_CHANGED` and
    `MADE_A_SERIES`; `before` is how it stood in our book.
    """

    appointment: Appointment
    before: Appointment
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSent:
    """The mail server took a letter to a caller."""

    letter: Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDelayed:
    """A letter was not sent; `message` says why. While its state is `WAITING` it is tried again."""

    letter: Letter
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PushDelayed:
    """Not in the owner's calendar yet; kept, and tried again unless its state is `PARKED`."""

    appointment: Appointment

"""What was handled for a client: calls, appointments, call-backs and errands in one record. Pure.

Nothing is written for it: it is what calls, appointments, call-backs and errands say themselves,
so nothing of it can be lost, or stand there twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from receptionist.i18n import _
from receptionist.model.call import Cause
from receptionist.model.service import ServiceKind


class HandledKind(StrEnum):
    """What it was: a call that was answered, one that we made, and the three others."""

    CALL = "call"
    CALL_MADE = "call-made"
    APPOINTMENT = "appointment"
    CALL_BACK = "call-back"
    ERRAND = "task"


WITHOUT_TIME = (HandledKind.APPOINTMENT, HandledKind.CALL_BACK)
"""Their time is that of the calls in which they were handled, and is counted there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """One thing that was handled, and its time: of conversation, of wrap-up, of work.

    `at` is when a call came, and when everything else was done; it decides in which report it
    stands, so that no report that has gone out lacks anything afterwards. `title` is the call
    reason (its key), the appointment's kind or an own title of a service, `who` the other side or
    what was to be done, `result` what came of it.
    """

    id: UUID
    kind: HandledKind
    client_id: UUID
    at: datetime
    service: ServiceKind
    title: str = ""
    who: str = ""
    number: str = ""
    result: str = ""
    talk_s: float = 0.0
    wrap_s: float = 0.0
    worked_s: float = 0.0
    call_id: UUID | None = None
    receptionist_id: UUID | None = None

    @property
    def seconds(self) -> float | None:
        """All of its time; None for what has no time of its own."""
        if self.kind in WITHOUT_TIME:
            return None
        return self.talk_s + self.wrap_s + self.worked_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A caller whom nobody answered. `called_back` is when the call-back to him was settled.

    `left_message` says that he left one, `connected_to` with whom the phone connected him.
    """

    call_id: UUID
    client_id: UUID
    at: datetime
    number: str = ""
    name: str = ""
    cause: Cause = Cause.MISSED
    left_message: bool = False
    connected_to: str = ""
    called_back: datetime | None = None


def kind_name(kind: HandledKind) -> str:
    """What a kind is called, in the plural and in the language that is spoken."""
    return {
        HandledKind.CALL: _("Calls answered"),
        HandledKind.CALL_MADE: _("Calls made"),
        HandledKind.APPOINTMENT: _("Appointments booked"),
        HandledKind.CALL_BACK: _("Call-backs settled"),
        HandledKind.ERRAND: _("Tasks"),
    }[kind]

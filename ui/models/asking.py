"""Asking the desk for an appointment, once nothing is lacking."""

from __future__ import annotations

from enum import Enum, auto

from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.client import Client
from ui.models.bookings import Wish
from ui.models.stage import Seen


class Lacks(Enum):
    """What a booking lacks before it can be asked for."""

    NOTHING = auto()
    CLIENT = auto()
    TIME = auto()
    NAME = auto()
    ADDRESS = auto()


def lacks_address(wish: Wish | None, client: Client | None) -> bool:
    """Whether nobody can say how long the way to the caller takes."""
    if wish is None or wish.kind is None or client is None or wish.moving is not None:
        return False
    return wish.kind.at_caller and bool(client.travel_zones) and not wish.postcode


def lacking(wish: Wish, seen: Seen) -> Lacks:
    """What is lacking, and said to be."""
    call, kind = seen.call, wish.kind
    if wish.chosen is None:
        if lacks_address(wish, seen.client):
            wish.problem = address_words()
            return Lacks.ADDRESS
        wish.problem = _("First choose a free time, on the right.")
        return Lacks.TIME
    if not (call.caller_name or call.caller.name).strip():
        wish.problem = _("Type the caller's name first.")
        return Lacks.NAME
    if kind is not None and kind.at_caller and not call.caller_address.strip():
        wish.problem = address_words()
        return Lacks.ADDRESS
    return Lacks.NOTHING


def book(desk: Desk, wish: Wish, seen: Seen) -> None:
    """Ask for the chosen time, which may be kept already; events tell what comes of it."""
    if seen.client is None or wish.kind is None or wish.chosen is None:
        return
    call = seen.call
    wish.problem = ""
    try:
        asked = desk.booking.book(
            client_id=seen.client.id,
            kind_id=wish.kind.id,
            start=wish.chosen.start,
            caller_name=call.caller_name or call.caller.name,
            caller_number=call.number,
            note=call.note,
            call_id=call.id,
            staff_id=wish.chosen.staff_id,
            location=call.caller_address if wish.kind.at_caller else "",
            caller_email=call.caller_email,
            hold_id=wish.hold,
            times=wish.phrase.times,
            every_days=wish.phrase.every_days,
        )
    except ReceptionistError as error:
        wish.problem = str(error)
    else:
        wish.asked = None if asked in wish.outcomes else asked


def address_words() -> str:
    """What is needed before times at the caller's can be told."""
    return _("Type the caller's address with its postcode first: the way there takes time.")

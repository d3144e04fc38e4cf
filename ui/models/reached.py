"""How contacts are reached, as it is coloured and chosen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from receptionist.desk.contacts import Reached
from receptionist.i18n import _
from receptionist.model.client import Staff
from receptionist.model.presence import Reachability
from receptionist.model.reach import Reach
from ui.models.moments import start_words


def reach_tone(reach: Reach) -> str:
    """The tone of a state line."""
    return {
        Reachability.YES: "good",
        Reachability.URGENT: "attention",
        Reachability.NO: "attention",
        Reachability.UNKNOWN: "plain",
    }[reach.reachability]


def reached_words(found: Reached, zone: str, now: datetime) -> str:
    """How a contact is reached, for the office: also what he said, and until when that holds."""
    standing = found.contact.standing
    more = [found.reach.words]
    if standing is not None and standing.holds(now) and standing.until and not found.reach.again:
        more.append(_("until {when}").format(when=start_words(standing.until, zone)))
    words = ", ".join(filter(None, more))
    return f"{found.sentence} ({words})" if words else found.sentence


def calendar_choices(staff: Iterable[Staff], kept: str) -> list[tuple[object, str]]:
    """Whose calendar says when a contact is busy: nobody's, the owner's, or of one of the staff.

    The owner's has the value True, a member's his key; `kept` is among them also when he has left.
    """
    found: list[tuple[object, str]] = [
        ("", _("none: only what stands here counts")),
        (True, _("the owner's calendar")),
        *((one.key, one.name) for one in staff if one.key),
    ]
    if kept not in [value for value, _words in found]:
        found.append((kept, kept))
    return found

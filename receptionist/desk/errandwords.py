"""What happened to an errand by itself, in a sentence."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from receptionist.i18n import _, ngettext
from receptionist.model.checks import brief
from receptionist.model.errand import Errand, ErrandState, StretchEnd


def paused(errand: Errand, end: StretchEnd) -> str:
    """Why it was paused; "" where a person did it."""
    message = {
        StretchEnd.CALL: _("“{what}” is paused: somebody is on the line."),
        StretchEnd.BREAK: _("“{what}” is paused during break and wrap-up."),
        StretchEnd.OTHER: _("“{what}” is paused: another task has begun."),
    }.get(end, "")
    return message.format(what=brief(errand.service.name))


def noted(errand: Errand) -> str:
    """It was begun while somebody was on the line."""
    message = _("“{what}” is noted. Begin it when the call is over.")
    return message.format(what=brief(errand.service.name))


def waiting(errand: Errand) -> str:
    """What paused it is over."""
    return _("“{what}” is still paused. Resume it?").format(what=brief(errand.service.name))


def cut_off(errand: Errand, zone: str) -> str:
    """It ended with the program or the computer; "" where it did not."""
    if errand.state is not ErrandState.INTERRUPTED:
        return ""
    newest = errand.stretches[-1]
    minutes = round(newest.seconds / 60)
    message = ngettext(
        "“{what}” was interrupted at {time}, after {minutes} minute. Say how long it was.",
        "“{what}” was interrupted at {time}, after {minutes} minutes. Say how long it was.",
        minutes,
    )
    seen = newest.seen.astimezone(ZoneInfo(zone))
    return message.format(what=brief(errand.service.name), time=f"{seen:%H:%M}", minutes=minutes)

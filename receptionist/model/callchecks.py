"""What calls are handled by: numbers, sounds, prices, times of rules. As `checks`, for the rest."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal

from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.checks import brief
from receptionist.model.number import is_emergency, normalised
from receptionist.model.office import Line, Srtp
from receptionist.model.unattended import StepKind, UnattendedRule

SILENCE = "none"
"""In the place of a ring tone: nothing rings."""
RING_MAX_S = 180
STEP_MAX_S = 3600
KEEP_MAX_DAYS = 3650
STEPS_MAX = 8
CENTS_MAX = Decimal(100_000)

_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2}) *[-–] *([0-9]{1,2}):([0-9]{2})")
_SOUND = re.compile(r"[^/\\:*?\"<>|\x00-\x1f]{1,120}\.wav", re.IGNORECASE)
_PREFIX = re.compile(r"\+[1-9][0-9]{0,14}|[1-9][0-9]{1,9}|")
_CURRENCY = re.compile(r"[A-Z]{3}")


def sound_fault(name: str) -> str:
    """A sound goes by its file name alone."""
    if not name or _SOUND.fullmatch(name):
        return ""
    message = _("“{name}” is no sound. Write the name of a WAV file alone, such as “closed.wav”.")
    return message.format(name=brief(name))


def tone_fault(name: str) -> str:
    """A ring tone is a sound, or silence."""
    return "" if name == SILENCE else sound_fault(name)


def target_fault(raw: str, region: str) -> str:
    """Callers can be sent to any number but one that calls for help."""
    if wrong := checks.dialled_fault(raw, region):
        return wrong
    if is_emergency(normalised(raw, region), region):
        return _("Callers cannot be sent to an emergency number.")
    return ""


def shown_fault(raw: str, region: str) -> str:
    """A number that the called see has its country, so that they can call back."""
    if wrong := checks.dialled_fault(raw, region):
        return wrong
    if normalised(raw, region).startswith("+"):
        return ""
    return _("Write a number that can be called from everywhere, such as “+49 30 23125101”.")


def prefix_fault(prefix: str) -> str:
    """The beginning of numbers with their country, a special number, or "" for all."""
    if _PREFIX.fullmatch(prefix):
        return ""
    message = _(
        "“{text}” is no beginning of numbers. Write it with the country, such as “+4917”, or a"
        " special number such as “116117”; leave it out for all numbers."
    )
    return message.format(text=brief(prefix))


def currency_fault(currency: str) -> str:
    """A currency is three capital letters (ISO 4217)."""
    if _CURRENCY.fullmatch(currency):
        return ""
    message = _("“{text}” is no currency. Write three capital letters, for example “EUR”.")
    return message.format(text=brief(currency))


def cents_fault(cents: Decimal) -> str:
    """The price of a minute is not negative."""
    if cents.is_finite() and 0 <= cents <= CENTS_MAX:
        return ""
    return _("This must lie between {low} and {high}.").format(low=0, high=CENTS_MAX)


def span(text: str) -> tuple[time, time] | str:
    """Local start and end, over midnight too, or the sentence what is wrong."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        message = _("“{text}” is no period of a day. Write for example “22:00-06:00”.")
        return message.format(text=brief(text))
    try:
        start, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    except ValueError:
        message = _("“{text}” names a time that does not exist; a day ends at 23:59.")
        return message.format(text=brief(text))
    if start == end:
        message = _("“{text}” ends when it begins. Leave it out for the whole day.")
        return message.format(text=brief(text))
    return start, end


def rule_fault(rule: UnattendedRule) -> str:
    """The steps of a rule lead somewhere, and nothing comes after the last that can be done."""
    if len(rule.steps) > STEPS_MAX:
        return _("At most {count} steps can follow each other.").format(count=STEPS_MAX)
    if any(step.kind in (StepKind.BUSY, StepKind.VOICEMAIL) for step in rule.steps[:-1]):
        return _("Nothing can follow a message or the busy tone. Put it last.")
    if not rule.steps and not rule.ring_s:
        return _("Nothing rings and nothing is done: say what happens to the caller.")
    return ""


def srtp_fault(line: Line) -> str:
    """The key of an encrypted voice travels with the call, which is then encrypted as well."""
    if line.srtp is Srtp.OFF or line.transport == "tls":
        return ""
    return _("The voice is only encrypted where the way to the provider is: choose “tls”.")

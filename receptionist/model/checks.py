"""Values that need more than a type: each check gives "" or the sentence that says what is wrong.

They hold for the office file and for the editors alike. No check repeats a value that may hold a
password.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import time
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit
from zoneinfo import available_timezones

from receptionist.i18n import _
from receptionist.model.closing import is_place, places
from receptionist.model.greeting import (
    PLACEHOLDERS,
    Greeting,
    has_stray_brace,
    placeholders,
)
from receptionist.model.number import complete, is_region, normalised
from receptionist.model.plain import code_point, harmful, plain
from receptionist.model.steering import folded

NAME_LIMIT = 200
ADDRESS_LIMIT = 2000
GREETING_LIMIT = 1000
NOTES_LIMIT = 20_000
"""The most characters of a text."""
DAY_MIN = 24 * 60
NOTICE_MAX_MIN = 90 * DAY_MIN
HORIZON_MAX_DAYS = 365
DAILY_MAX = 200
ALARM_MAX_MIN = 28 * DAY_MIN
TRANSPORTS = ("udp", "tcp", "tls")

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_HOURS = re.compile(r"([0-9]{1,2}):([0-9]{2}) *[-–] *([0-9]{1,2}):([0-9]{2})")
_HOST = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?")
_CALLED = re.compile(r"\+[0-9]+|[0-9*#]{1,5}")
"""What begins like a number: with its country, or an internal one; a slip of the finger is none."""
_POSTCODE = re.compile(r"[0-9]{1,5}")
_SIP_USER = re.compile(r"[^\s@<>\"\\]*")


def brief(value: str) -> str:
    """A wrong value as it may stand in a message."""
    return plain(value, limit=60)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question that names the known word nearest to `word`, with a space before it, or ""."""
    names = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), list(names), n=1)
    return " " + _("Did you mean “{word}”?").format(word=names[near[0]]) if near else ""


def key_fault(key: str) -> str:
    """A key is short, of small letters, digits and hyphens."""
    if _KEY.fullmatch(key):
        return ""
    return _("Use small letters a-z, digits and hyphens, for example “praxis-muster”.")


def text_fault(value: str, limit: int, *, required: bool = False, lines: bool = False) -> str:
    """A text has no invisible characters, and only with `lines` several lines."""
    if required and not value.strip():
        return _("This may not be empty.")
    if len(value) > limit:
        message = _("This is too long: {length} characters, at most {limit}.")
        return message.format(length=len(value), limit=limit)
    return refused(bad[0]) if (bad := harmful(value, lines=lines)) else ""


def refused(character: str) -> str:
    """The sentence about a character that may not be kept."""
    message = _("The invisible character {code} is not allowed here. Delete it.")
    return message.format(code=code_point(character))


def range_fault(value: int, low: int, high: int) -> str:
    """A number lies from `low` to `high`."""
    if low <= value <= high:
        return ""
    return _("This must lie between {low} and {high}.").format(low=low, high=high)


def greeting_faults(said: Greeting) -> Iterator[str]:
    """Braces of a greeting hold placeholders, and none stands alone."""
    return placeholder_faults(said.text, PLACEHOLDERS)


def placeholder_faults(text: str, known: Sequence[str]) -> Iterator[str]:
    """Braces of a text hold placeholders that are `known`, and none stands alone."""
    allowed = ", ".join(f"{{{name}}}" for name in known)
    for name in placeholders(text):
        if name in known:
            continue
        message = _("“{name}” is no placeholder. Possible are: {allowed}.")
        shown = f"{{{brief(name)}}}"
        question = did_you_mean(name.strip(), known)
        yield message.format(name=shown, allowed=allowed) + question
    if has_stray_brace(text):
        message = _("A brace is left over. Placeholders are written so: {allowed}.")
        yield message.format(allowed=allowed)


def zone_fault(zone: str) -> str:
    """A time zone is an IANA name."""
    if zone in _zones():
        return ""
    message = _("“{zone}” is no time zone. Write a name such as “Europe/Berlin”.")
    return message.format(zone=brief(zone)) + did_you_mean(zone, _zones())


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def region_fault(region: str) -> str:
    """A region is a country as two capital letters."""
    if is_region(region):
        return ""
    message = _("“{region}” is no country. Write two capital letters, for example “DE”.")
    return message.format(region=brief(region))


def holidays_fault(place: str) -> str:
    """Where public holidays are kept: a country, or one of its parts behind a hyphen."""
    if is_place(place):
        return ""
    message = _(
        "The public holidays of “{place}” are not known. Write for example “DE-BY”, “AT” or"
        " “CH-ZH”, the country and its federal state or canton."
    )
    return message.format(place=brief(place)) + did_you_mean(place, places())


def postcode_fault(postcode: str) -> str:
    """The beginning of a postcode, or a whole one."""
    if _POSTCODE.fullmatch(postcode):
        return ""
    message = _("“{text}” is no beginning of a postcode. Write one to five digits, such as “80”.")
    return message.format(text=brief(postcode))


def word_fault(word: str) -> str:
    """A word agreed with an owner has letters or digits to be found by."""
    wrong = text_fault(word, NAME_LIMIT, required=True)
    return wrong or ("" if re.search(r"\w", folded(word)) else _("This may not be empty."))


def url_fault(url: str) -> str:
    """An address of a calendar server: https, or http on this machine, without a password."""
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return _("Write an address such as “https://calendar.example.org/dav/”.")
    if has_login(url):
        return _("Write the address without name and password, which have fields of their own.")
    if parts.query or parts.fragment:
        return _("Write the address without “?” and “#”.")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        return _("Use https:// so that nobody can listen in; http:// is for this machine only.")
    return ""


def has_login(url: str) -> bool:
    """Whether a user name or a password stands in an address."""
    parts = _split(url)
    return parts is not None and "@" in parts.netloc


def same_host(url: str, other: str) -> bool:
    """Whether two addresses name the same scheme, host and port."""
    one, two = _split(url), _split(other)
    return bool(one and two) and _origin(one) == _origin(two)


def _origin(parts: SplitResult | None) -> tuple[str, str, int] | None:
    if parts is None:
        return None
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return parts.scheme, parts.hostname or "", port


def _split(url: str) -> SplitResult | None:
    if re.search(r"\s", url):
        return None
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return None
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def host_fault(host: str) -> str:
    """A SIP host is a name or an address, with a port behind a colon if need be."""
    match = _HOST.fullmatch(host)
    if match and 0 < int(match["port"] or 1) < 65536:
        return ""
    message = _("“{host}” is no host. Write for example “sip.example.org” or “192.0.2.1:5060”.")
    return message.format(host=brief(host))


def sip_user_fault(user: str) -> str:
    """A SIP user name stands before the @."""
    if _SIP_USER.fullmatch(user):
        return ""
    return _("Write only the part before the “@”, without spaces and quotes.")


def dialled_fault(raw: str, region: str) -> str:
    """A dialled number, an extension or the user part of a SIP address."""
    number = normalised(raw, region)
    if not number:
        return _("Write a telephone number, for example “+49 30 23125101”.")
    if not _SIP_USER.fullmatch(number) or number.startswith(("sip:", "sips:", "tel:")):
        return _("Write the number alone, without “sip:”, “@” and quotes.")
    if number.startswith(("0", "+")) and not _CALLED.fullmatch(number):
        return _("“{number}” is not a telephone number.").format(number=brief(raw))
    if not complete(number):
        return _("“{number}” has too few or too many digits.").format(number=brief(raw))
    return ""


def hours(text: str) -> tuple[time, time] | str:
    """Local start and end from a text such as `08:00-12:30`, or the sentence what is wrong."""
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        message = _("“{text}” is no period of a day. Write for example “08:00-12:30”.")
        return message.format(text=brief(text))
    try:
        start, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    except ValueError:
        message = _("“{text}” names a time that does not exist; a day ends at 23:59.")
        return message.format(text=brief(text))
    if end <= start:
        message = _("“{text}” ends before it begins. Put the earlier time first.")
        return message.format(text=brief(text))
    return start, end

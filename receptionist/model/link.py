"""Links that name whom to call: `tel:` (RFC 3966), `sip:` (RFC 3261), `callto:`. Pure.

A link comes from a page or a letter that somebody else wrote: it is checked, and it never dials.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from receptionist.errors import BadInput
from receptionist.i18n import _

SCHEMES = ("tel", "sip", "sips", "callto")

_LONGEST = 512
_MOST_DIGITS = 20
_SEPARATORS = re.compile(r"[-.()\s\u00a0\u2010-\u2015\u2212]")
_NUMBER = re.compile(r"\+?[0-9]+")
_IDLE_ZERO = re.compile(r"(\+[0-9]{1,3}[\s-]*)\(0\)")
_CONTEXT = re.compile(r"\+[0-9]{1,8}")
_EXTENSION = re.compile(r"[0-9]{1,12}")
_USER = re.compile(r"[A-Za-z0-9._~-]{1,64}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,200}[A-Za-z0-9])?(:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Link:
    """Whom a link names: digits, perhaps after a plus, or `sip:user@host`.

    `extension` is what is to be dialled once the call is answered, "" for nothing.
    """

    number: str
    extension: str = ""


def is_link(text: str) -> bool:
    """Whether a word of a command line claims to be such a link."""
    return text.partition(":")[0].lower() in SCHEMES and ":" in text


def read(text: str) -> Link:
    """What a link names; raises `BadInput` with a sentence for who clicked it."""
    scheme, colon, rest = text.strip().partition(":")
    if not colon or scheme.lower() not in SCHEMES or len(text) > _LONGEST:
        raise _nothing()
    rest = rest.removeprefix("//")
    return _sip(rest) if scheme.lower() in ("sip", "sips") else _tel(rest)


def _tel(rest: str) -> Link:
    subscriber, *parameters = _decoded(rest.partition("?")[0]).split(";")
    number = _digits(subscriber)
    named = dict(_parameter(one) for one in parameters)
    context = _SEPARATORS.sub("", named.get("phone-context", ""))
    if _CONTEXT.fullmatch(context) and not number.startswith("+"):
        number = context + number
    return Link(number, _extension(named.get("ext", "")))


def _sip(rest: str) -> Link:
    """The user part if it is a number, else user and host; no password, no headers."""
    user, at, host = rest.partition("?")[0].rpartition("@")
    host = host.partition(";")[0]
    if not at:
        user, host = host, ""
    name, *parameters = _decoded(user.partition(":")[0]).split(";")
    if _looks_like_a_number(name):
        return Link(_digits(name), _extension(dict(map(_parameter, parameters)).get("ext", "")))
    if not (_USER.fullmatch(name) and _HOST.fullmatch(host)):
        raise _nothing()
    return Link(f"sip:{name}@{host}")


def _looks_like_a_number(name: str) -> bool:
    return bool(re.search("[0-9*#]", name)) and not re.search("[A-Za-z]", name)


def _decoded(text: str) -> str:
    """`text` without percent-encoding; broken UTF-8 and what nobody can see is refused."""
    try:
        plain = unquote_to_bytes(text).decode("utf-8")
    except UnicodeError:
        raise _nothing() from None
    if not all(character.isprintable() or character == "\u00a0" for character in plain):
        raise _nothing()
    return plain


def _digits(subscriber: str) -> str:
    number = _SEPARATORS.sub("", _IDLE_ZERO.sub(r"\1", subscriber, count=1))
    if re.search(r"[*#]", number):
        raise BadInput(
            _(
                "This link holds a code with * or # instead of a telephone number. Such codes can"
                " divert your line. If you want it, type it yourself."
            )
        )
    if not _NUMBER.fullmatch(number) or len(number) > _MOST_DIGITS:
        raise _nothing()
    return number


def _extension(text: str) -> str:
    digits = _SEPARATORS.sub("", text)
    return digits if _EXTENSION.fullmatch(digits) else ""


def _parameter(text: str) -> tuple[str, str]:
    name, _equals, value = text.partition("=")
    return name.strip().lower(), value


def _nothing() -> BadInput:
    return BadInput(_("This link does not name a telephone number."))

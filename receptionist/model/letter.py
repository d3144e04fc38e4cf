"""What a caller is told by e-mail of his appointment, and the server that sends it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from receptionist.i18n import _

ADDRESS_LIMIT = 254
"""The longest address that fits the path of RFC 5321 4.5.3.1.3."""

MAIL_SECRET = UUID("6d61696c-0000-4000-8000-000000000001")
"""Under which the credentials hold the password of the mail server."""

_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z][A-Za-z0-9-]{0,62}"
)


class MailSecurity(StrEnum):
    """How the way to the mail server is encrypted; `NONE` only to this very computer."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The server that sends (SMTP), and in whose name; `port` 0 is the usual one."""

    host: str
    sender: str
    port: int = 0
    security: MailSecurity = MailSecurity.TLS
    user: str = ""
    name: str = ""


class LetterKind(StrEnum):
    """What a letter says of an appointment."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"
    CANCELLED = "cancelled"


class LetterState(StrEnum):
    """`UNKNOWN`: the server took all of it and never answered; a second one is a person's choice.

    `REFUSED`: the server will never take it as it is.
    """

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter about one state (`sequence`) of an appointment. What it says is made from that."""

    id: UUID
    client_id: UUID
    appointment_id: UUID
    kind: LetterKind
    sequence: int
    address: str
    state: LetterState = LetterState.WAITING
    attempts: int = 0
    next_attempt: datetime | None = None
    created: datetime
    sent: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What stands in a letter. `calendar` is an iTIP object (RFC 5546) of the named `method`."""

    to: str
    subject: str
    text: str
    sender_name: str
    message_id: str
    calendar: bytes
    method: str


def address_fault(text: str) -> str:
    """What is wrong with an e-mail address; "" when nothing is, also when there is none."""
    if not text or (_ADDRESS.fullmatch(text) and len(text) <= ADDRESS_LIMIT):
        return "" if ".." not in text else _("Write one address such as “office@example.org”.")
    return _("Write one address such as “office@example.org”.")

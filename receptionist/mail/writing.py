"""A letter as an Internet message (RFC 5322) with its calendar object (RFC 6047). Pure."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from receptionist.model.letter import MailServer, Writing

_NOT_ON_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_NOT_IN_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def message(server: MailServer, writing: Writing, at: datetime) -> EmailMessage:
    """What is handed to the server; `at` is an aware datetime.

    Every value is one line before it becomes a header, so nothing of it can make another one.
    """
    letter = EmailMessage(policy=SMTP.clone(max_line_length=78))
    letter["From"] = Address(_line(writing.sender_name), addr_spec=server.sender)
    letter["To"] = Address(addr_spec=writing.to)
    letter["Subject"] = _line(writing.subject)
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = f"<{_line(writing.message_id)}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(_NOT_IN_TEXT.sub("", writing.text))
    letter.add_attachment(
        writing.calendar.decode().replace("\r\n", "\n"),
        subtype="calendar",
        filename="termin.ics",
        params={"method": writing.method, "name": "termin.ics"},
        cte="base64",
    )
    return letter


def _line(text: str) -> str:
    return _NOT_ON_A_LINE.sub(" ", text).strip()

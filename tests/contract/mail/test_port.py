"""What the desk relies on, of a real SMTP server and of the twin in memory alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from receptionist.errors import MailError
from receptionist.mail import Smtp
from receptionist.model.letter import MailSecurity, MailServer, Writing
from receptionist.model.secret import Secret
from receptionist.ports import Mail
from receptionist.reasons import Reason
from tests.doubles import mail as memory
from tests.doubles import mail_server as real
from tests.doubles.pump import ManualClock

REFUSED = "nobody@example.org"
WRITING = Writing(
    to="erika.muster@example.org",
    subject="Ihr Termin",
    text="Bis bald.\n",
    sender_name="Praxis Muster",
    message_id="1@example.com",
    calendar=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    method="PUBLISH",
)


@dataclass
class Side:
    """A way to send, the server it is for, the right password, and who got letters."""

    mail: Mail
    server: MailServer
    secret: Secret
    arrived: Callable[[], list[str]]


@pytest.fixture(params=["memory", "smtp"])
def side(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Side]:
    here = MailServer(
        host="127.0.0.1", sender="a@example.com", user="office", security=MailSecurity.NONE
    )
    if request.param == "memory":
        twin = memory.MemoryMail(REFUSED)
        secret = Secret(memory.PASSWORD)
        yield Side(twin, here, secret, lambda: [one.to for one in twin.letters])
        return
    with real.MailServer(tmp_path) as server:
        server.box.refuses = REFUSED
        place = replace(here, port=server.port, user=real.USER)
        smtp = Smtp(ManualClock(datetime(2027, 3, 1, 9, tzinfo=UTC)), 5.0)
        secret = Secret(real.PASSWORD)
        yield Side(smtp, place, secret, lambda: [str(one["To"]) for one in server.letters])


def test_a_letter_goes_to_whom_it_is_for(side: Side) -> None:
    side.mail.send(side.server, side.secret, WRITING)
    assert side.arrived() == [WRITING.to]


@pytest.mark.parametrize(
    ("secret", "reason"),
    [(Secret("wrong"), Reason.MAIL_PASSWORD_REFUSED), (None, Reason.MAIL_PASSWORD_MISSING)],
)
def test_without_the_password_nothing_is_sent(
    side: Side, secret: Secret | None, reason: Reason
) -> None:
    for attempt in (
        lambda: side.mail.send(side.server, secret, WRITING),
        lambda: side.mail.check(side.server, secret),
    ):
        with pytest.raises(MailError) as refused:
            attempt()
        assert refused.value.reason is reason
    assert side.arrived() == []


def test_who_is_not_known_there_gets_nothing(side: Side) -> None:
    with pytest.raises(MailError) as refused:
        side.mail.send(side.server, side.secret, replace(WRITING, to=REFUSED))
    assert refused.value.reason is Reason.MAIL_REFUSED
    assert side.arrived() == []

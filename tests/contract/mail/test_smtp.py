"""Letters on a real SMTP server: what arrives, what is refused, and what nobody can know."""

from __future__ import annotations

import logging
import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from receptionist.errors import MailError
from receptionist.mail import Smtp
from receptionist.model.letter import MailSecurity, MailServer, Writing
from receptionist.model.secret import Secret
from receptionist.reasons import Reason
from tests.doubles import mail_server as double
from tests.doubles.pump import ManualClock

SECRET = Secret(double.PASSWORD)
ICS = b"BEGIN:VCALENDAR\r\nSUMMARY:Ma\xc3\x9fe\r\nEND:VCALENDAR\r\n"
WRITING = Writing(
    to="erika.muster@example.org",
    subject="Ihr Termin bei Müller & Söhne",
    text="Guten Tag,\n.\nMittwoch, 10:30 – wir freuen uns.\n",
    sender_name="Müller & Söhne",
    message_id="1234@example.com",
    calendar=ICS,
    method="PUBLISH",
)


def smtp(server: double.MailServer | None = None, patience_s: float = 5.0) -> Smtp:
    clock = ManualClock(datetime(2027, 3, 1, 9, tzinfo=UTC))
    return Smtp(clock, patience_s, server.trust) if server else Smtp(clock, patience_s)


def place(server: double.MailServer, security: str = "none") -> MailServer:
    return MailServer(
        host="127.0.0.1",
        port=server.port,
        security=MailSecurity(security),
        user=double.USER,
        sender="buero@example.com",
    )


@pytest.mark.parametrize("security", list(MailSecurity))
def test_a_letter_arrives_as_it_was_written(tmp_path: Path, security: MailSecurity) -> None:
    with double.MailServer(tmp_path, security) as server:
        smtp(server).send(place(server, security), SECRET, WRITING)
        (letter,) = server.letters
    assert letter["To"] == "erika.muster@example.org"
    assert letter["From"].addresses[0].display_name == "Müller & Söhne"
    assert letter["From"].addresses[0].addr_spec == "buero@example.com"
    assert letter["Subject"] == WRITING.subject
    assert letter["Message-ID"] == "<1234@example.com>"
    text, calendar = letter.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == WRITING.text
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "PUBLISH"
    assert calendar.get_payload(decode=True) == ICS


def test_nothing_in_a_value_makes_a_header(tmp_path: Path) -> None:
    evil = replace(
        WRITING, subject="a\r\nBcc: all@example.org", sender_name='x"\r\nX-Evil: 1', text="\0hi\r"
    )
    with double.MailServer(tmp_path) as server:
        smtp().send(place(server), SECRET, evil)
        (letter,) = server.letters
    assert "Bcc" not in letter
    assert "X-Evil" not in letter
    assert letter["Subject"] == "a Bcc: all@example.org"


def test_an_address_with_a_line_end_is_refused_and_nothing_is_sent(tmp_path: Path) -> None:
    with double.MailServer(tmp_path) as server:
        with pytest.raises(MailError) as refused:
            smtp().send(place(server), SECRET, replace(WRITING, to="a@example.org\r\nRCPT TO:<b>"))
        assert server.letters == []
    assert refused.value.reason is Reason.MAIL_REFUSED


def test_the_password_is_checked_and_never_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with double.MailServer(tmp_path) as server:
        smtp().check(place(server), SECRET)
        for secret, reason in (
            (Secret("falsch"), Reason.MAIL_PASSWORD_REFUSED),
            (None, Reason.MAIL_PASSWORD_MISSING),
        ):
            with pytest.raises(MailError) as refused:
                smtp().check(place(server), secret)
            assert refused.value.reason is reason
            assert not refused.value.again
    assert double.PASSWORD not in caplog.text


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
def test_an_unknown_certificate_is_not_believed(tmp_path: Path, security: MailSecurity) -> None:
    with double.MailServer(tmp_path, security) as server:
        with pytest.raises(MailError) as refused:
            smtp().send(place(server, security), SECRET, WRITING)
        assert server.letters == []
    assert refused.value.reason is Reason.MAIL_NOT_ENCRYPTED


def test_a_server_without_starttls_gets_no_password(tmp_path: Path) -> None:
    with double.MailServer(tmp_path) as server, pytest.raises(MailError) as refused:
        smtp().send(place(server, "starttls"), SECRET, WRITING)
    assert refused.value.reason is Reason.MAIL_NOT_ENCRYPTED


def test_without_encryption_only_this_computer_is_asked() -> None:
    far = MailServer(host="192.0.2.1", sender="a@example.com", security=MailSecurity.NONE)
    with pytest.raises(MailError) as refused:
        smtp().send(far, None, WRITING)
    assert refused.value.reason is Reason.MAIL_NOT_ENCRYPTED


def test_what_the_server_will_never_take_is_told(tmp_path: Path) -> None:
    with double.MailServer(tmp_path) as server:
        server.box.refuses = WRITING.to
        with pytest.raises(MailError) as refused:
            smtp().send(place(server), SECRET, WRITING)
        assert refused.value.reason is Reason.MAIL_REFUSED
        server.box.refuses, server.box.status = "", "451 later"
        with pytest.raises(MailError) as later:
            smtp().send(place(server), SECRET, WRITING)
    assert later.value.again


def test_a_connection_that_breaks_after_the_letter_leaves_it_open(tmp_path: Path) -> None:
    with double.MailServer(tmp_path) as server:
        server.box.drops = True
        with pytest.raises(MailError) as broken:
            smtp().send(place(server), SECRET, WRITING)
        assert len(server.letters) == 1
    assert broken.value.reason is Reason.MAIL_UNKNOWN
    assert not broken.value.again


def test_a_server_that_says_nothing_or_is_not_there_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        here = MailServer(
            host="127.0.0.1", port=port, sender="a@example.com", security=MailSecurity.NONE
        )
        with pytest.raises(MailError) as hung:
            smtp(patience_s=0.3).send(here, None, WRITING)
        assert hung.value.again
    with pytest.raises(MailError) as gone:
        smtp().send(here, None, WRITING)
    assert gone.value.again

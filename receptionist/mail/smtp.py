"""Sending a letter over SMTP: encrypted, with certificate and name checked."""

from __future__ import annotations

import ipaddress
import logging
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from receptionist.clock import Clock
from receptionist.errors import MailError
from receptionist.mail.writing import message
from receptionist.model.letter import MailSecurity, MailServer, Writing
from receptionist.model.secret import Secret
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

PATIENCE_S = 20.0
_PORTS = {MailSecurity.TLS: 465, MailSecurity.STARTTLS: 587, MailSecurity.NONE: 25}


class Smtp:
    """The port `Mail`. Mail worker only; one connection for each letter, each step `patience_s`."""

    def __init__(
        self,
        clock: Clock,
        patience_s: float = PATIENCE_S,
        trust: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    ) -> None:
        self._clock, self._patience_s, self._trust = clock, patience_s, trust

    def send(self, server: MailServer, secret: Secret | None, writing: Writing) -> None:
        try:
            letter = message(server, writing, self._clock.now())
        except ValueError as error:
            raise _translated(error) from error
        with self._session(server, secret) as session:
            _hand_over(session, server.sender, writing.to, letter.as_bytes())

    def check(self, server: MailServer, secret: Secret | None) -> None:
        with self._session(server, secret):
            pass

    @contextmanager
    def _session(self, server: MailServer, secret: Secret | None) -> Iterator[smtplib.SMTP]:
        """A session that is logged in; it ends however it ends."""
        session: smtplib.SMTP | None = None
        try:
            session = self._connected(server)
            _log_in(session, server, secret)
            yield session
        except MailError:
            raise
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise _translated(error) from error
        finally:
            if session is not None:
                with suppress(OSError, smtplib.SMTPException):
                    session.quit()

    def _connected(self, server: MailServer) -> smtplib.SMTP:
        port = server.port or _PORTS[server.security]
        if server.security is MailSecurity.TLS:
            return smtplib.SMTP_SSL(
                server.host, port, timeout=self._patience_s, context=self._trust()
            )
        if server.security is MailSecurity.NONE and not _is_here(server.host):
            raise MailError(Reason.MAIL_NOT_ENCRYPTED)
        session = smtplib.SMTP(server.host, port, timeout=self._patience_s)
        if server.security is MailSecurity.STARTTLS:
            session.starttls(context=self._trust())
        return session


def _log_in(session: smtplib.SMTP, server: MailServer, secret: Secret | None) -> None:
    if not server.user:
        return
    if secret is None:
        raise MailError(Reason.MAIL_PASSWORD_MISSING)
    if (server.user + secret.reveal()).isascii():
        session.login(server.user, secret.reveal())
    else:
        _log_in_plainly(session, server.user, secret)


def _log_in_plainly(session: smtplib.SMTP, user: str, secret: Secret) -> None:
    """AUTH PLAIN in UTF-8 (RFC 4616 2), which smtplib's `login` cannot do."""
    session.ehlo_or_helo_if_needed()
    words = b64encode(f"\0{user}\0{secret.reveal()}".encode()).decode()
    status, answer = session.docmd("AUTH", f"PLAIN {words}")
    if status not in (235, 503):
        raise smtplib.SMTPAuthenticationError(status, answer)


def _hand_over(session: smtplib.SMTP, sender: str, to: str, content: bytes) -> None:
    """MAIL, RCPT, DATA one after the other: what fails after DATA may have been taken."""
    session.ehlo_or_helo_if_needed()
    _well(*session.mail(sender))
    _well(*session.rcpt(to))
    try:
        status, answer = session.data(content)
    except smtplib.SMTPResponseException:
        raise
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(Reason.MAIL_UNKNOWN) from error
    _well(status, answer)


def _well(status: int, answer: bytes) -> None:
    if not 200 <= status < 300:
        raise smtplib.SMTPResponseException(status, answer)


def _translated(error: Exception) -> MailError:
    log.warning("the mail server: %s", type(error).__name__)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return MailError(Reason.MAIL_PASSWORD_REFUSED)
    if isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError):
        return MailError(Reason.MAIL_NOT_ENCRYPTED)
    if isinstance(error, smtplib.SMTPResponseException) and 500 <= error.smtp_code < 600:
        return MailError(Reason.MAIL_REFUSED)
    if isinstance(error, socket.gaierror):
        return MailError(Reason.MAIL_NOT_FOUND)
    if isinstance(error, ValueError):
        return MailError(Reason.MAIL_REFUSED)
    return MailError(Reason.MAIL_UNREACHABLE)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

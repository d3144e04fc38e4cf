"""A real SMTP server on loopback that keeps what it is given, and can be told to misbehave."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "büro", "Straße & 5 €"


@dataclass
class _Box:
    """What arrived, and what goes wrong next: `refuses` an address, `drops` after DATA."""

    letters: list[bytes] = field(default_factory=list)
    refuses: str = ""
    status: str = ""
    drops: bool = False
    came: Event = field(default_factory=Event)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.status:
            return self.status
        self.letters.append(cast(bytes, envelope.original_content))
        self.came.set()
        if self.drops and server.transport is not None:
            server.transport.abort()
        return "250 taken"


class MailServer:
    """`security` as in `MailSecurity`; with a certificate for 127.0.0.1 unless it is `none`."""

    def __init__(self, folder: Path, security: str = "none") -> None:
        self.box = _Box()
        self.authority = folder / "authority.pem"
        context = _certified(folder) if security != "none" else None
        options: dict[str, Any] = {"authenticator": _known, "auth_require_tls": False}
        if security == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        inside = context if security == "tls" else None
        self._loop = asyncio.new_event_loop()
        listening = self._loop.create_server(
            lambda: SMTP(self.box, hostname="mail.example", loop=self._loop, **options),
            "127.0.0.1",
            ssl=inside,
        )
        self._server = self._loop.run_until_complete(listening)
        self._thread = Thread(target=self._loop.run_forever, name="mail server", daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def letters(self) -> list[EmailMessage]:
        """What arrived, oldest first."""
        return [
            cast(EmailMessage, message_from_bytes(one, policy=default)) for one in self.box.letters
        ]

    def trust(self) -> ssl.SSLContext:
        """A client's context that knows who certified this server."""
        return ssl.create_default_context(cafile=str(self.authority))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _stop(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


def _known(server: SMTP, session: Session, envelope: Envelope, how: str, given: Any) -> AuthResult:
    assert isinstance(given, LoginPassword)
    right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


def _certified(folder: Path) -> ssl.SSLContext:
    """A context with a certificate of this hour, which vouches for itself."""
    import ipaddress

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    place = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.IPv4Address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(place, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "authority.pem").write_bytes(public)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "server.pem").write_bytes(private + public)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem")
    return context

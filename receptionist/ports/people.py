"""The way to mailboxes, and where secrets lie."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from receptionist.model.letter import MailServer, Writing
from receptionist.model.secret import Secret


class Mail(Protocol):
    """The way to people's mailboxes. Mail worker only; raises `MailError`, within a time limit."""

    def send(self, server: MailServer, secret: Secret | None, writing: Writing) -> None:
        """Hand a letter over; `MAIL_UNKNOWN` when it may have been taken all the same."""

    def check(self, server: MailServer, secret: Secret | None) -> None:
        """Log in and out, to see whether that works."""


class Credentials(Protocol):
    """Secrets by UUID. Credentials worker only; raises `CredentialsError`, within a time limit."""

    @property
    def persistent(self) -> bool:
        """Whether a secret is still there after a restart; False means ask at every start."""

    def check(self) -> None:
        """Raise `CredentialsError` with the reason when secrets cannot be kept."""

    def secret(self, secret_id: UUID) -> Secret:
        """The secret; `SecretMissing` if there is none."""

    def keep(self, secret_id: UUID, secret: Secret) -> None: ...

    def forget(self, secret_id: UUID) -> None: ...

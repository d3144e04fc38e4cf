"""Passwords that end with the process: for the demo, and for who is asked at every start."""

from __future__ import annotations

from uuid import UUID

from receptionist.credentials.rules import check_secret, missing
from receptionist.model.secret import Secret


class MemoryCredentials:
    """The port `Credentials` without a keyring. Credentials worker."""

    def __init__(self) -> None:
        self._secrets: dict[UUID, Secret] = {}

    @property
    def persistent(self) -> bool:
        return False

    def check(self) -> None:
        """Memory is always there."""

    def secret(self, secret_id: UUID) -> Secret:
        try:
            return self._secrets[secret_id]
        except KeyError:
            raise missing() from None

    def keep(self, secret_id: UUID, secret: Secret) -> None:
        check_secret(secret)
        self._secrets[secret_id] = secret

    def forget(self, secret_id: UUID) -> None:
        self._secrets.pop(secret_id, None)

"""The keyring where there is one; where there is none, whoever has entered a password can work."""

from __future__ import annotations

import logging
from uuid import UUID

from receptionist.credentials.memory import MemoryCredentials
from receptionist.errors import CredentialsError, SecretMissing
from receptionist.model.secret import Secret
from receptionist.ports import Credentials

log = logging.getLogger(__name__)


class KeyringOrSession:
    """Keeps in the keyring, and what it refuses in memory until the program ends.

    `persistent` becomes False with the first secret the keyring did not take: it is asked for at
    every start. It is also False while the keyring does not answer, because it is locked or not
    there. `check` still tells why. Credentials worker; `persistent` may be read anywhere.
    """

    def __init__(self, keyring: Credentials) -> None:
        self._keyring = keyring
        self._session = MemoryCredentials()
        self._refused = self._silent = False

    @property
    def persistent(self) -> bool:
        return self._keyring.persistent and not (self._refused or self._silent)

    def check(self) -> None:
        self._keyring.check()

    def secret(self, secret_id: UUID) -> Secret:
        try:
            return self._session.secret(secret_id)
        except SecretMissing:
            return self._asked(secret_id)

    def keep(self, secret_id: UUID, secret: Secret) -> None:
        self._session.keep(secret_id, secret)
        try:
            self._keyring.keep(secret_id, secret)
        except CredentialsError as error:
            log.warning("the keyring keeps nothing (%s); asked again at every start", error)
            self._refused = True
        else:
            self._silent = False
            self._session.forget(secret_id)

    def _asked(self, secret_id: UUID) -> Secret:
        try:
            found = self._keyring.secret(secret_id)
        except CredentialsError as error:
            self._silent = not isinstance(error, SecretMissing)
            raise
        self._silent = False
        return found

    def forget(self, secret_id: UUID) -> None:
        self._session.forget(secret_id)
        self._keyring.forget(secret_id)

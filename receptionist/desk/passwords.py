"""Passwords of lines and calendar accounts: asked once, kept in the keyring where there is one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from receptionist.errors import CredentialsError, SecretMissing
from receptionist.i18n import _
from receptionist.model.secret import Secret
from receptionist.ports import Credentials
from receptionist.threads import Post, Worker

log = logging.getLogger(__name__)


class Passwords:
    """The way to the credentials, on a worker of their own because a keyring may block.

    `ask` is for calendar workers; everything else is for the main thread.
    """

    def __init__(self, credentials: Credentials, post: Post) -> None:
        self._credentials = credentials
        self._post = post
        self._worker = Worker("credentials", post)
        self._missing: set[UUID] = set()
        self._trouble = ""
        self._kept: Callable[[UUID, Secret], object] = lambda secret_id, secret: None

    @property
    def missing(self) -> frozenset[UUID]:
        """Lines and accounts that wait for a password."""
        return frozenset(self._missing)

    @property
    def persistent(self) -> bool:
        """Whether a password is still known after a restart."""
        return self._credentials.persistent

    @property
    def trouble(self) -> str:
        """Why the keyring could not be asked for a password, in a sentence; "" when it could."""
        return "" if self._credentials.persistent else self._trouble

    def check(self, then: Callable[[None], object], failed: Callable[[Exception], object]) -> None:
        """Whether passwords can be kept: `then`, or `failed` with the reason."""
        self._worker.submit(self._credentials.check, then=then, failed=failed)

    def on_kept(self, kept: Callable[[UUID, Secret], object]) -> None:
        """Call `kept` on the main thread whenever a password was entered."""
        self._kept = kept

    def look_up(
        self, secret_ids: Iterable[UUID], then: Callable[[UUID, Secret | None], object]
    ) -> None:
        """Call `then` once for each id, with None where there is no password."""
        for secret_id in secret_ids:
            self._worker.submit(
                self._credentials.secret,
                secret_id,
                then=partial(self._found, secret_id, then),
                failed=partial(self._not_found, secret_id, then),
            )

    def find_or_make(
        self,
        secret_id: UUID,
        make: Callable[[], Secret],
        then: Callable[[Secret], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """A secret that nobody enters, or a new one where there is none.

        `failed` gets a `CredentialsError` when it would not outlive the program. Nothing is made
        while nobody knows whether there is one.
        """

        def find() -> Secret:
            try:
                return self._credentials.secret(secret_id)
            except SecretMissing:
                made = make()
            self._credentials.keep(secret_id, made)
            if not self._credentials.persistent:
                self._credentials.forget(secret_id)
                self._credentials.check()
                raise CredentialsError(_("Without a keyring nothing can be recorded."))
            return made

        self._worker.submit(find, then=then, failed=failed)

    def keep(
        self,
        secret_id: UUID,
        secret: Secret,
        then: Callable[[], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Keep an entered password and use it from now on."""

        def kept(_: None) -> None:
            self._missing.discard(secret_id)
            self._kept(secret_id, secret)
            if then is not None:
                then()

        self._worker.submit(self._credentials.keep, secret_id, secret, then=kept, failed=failed)

    def forget(self, secret_id: UUID) -> None:
        """Its line or account is gone, and nobody needs the password any more."""
        self._missing.discard(secret_id)
        self._worker.submit(
            self._credentials.forget,
            secret_id,
            failed=lambda error: log.warning("a password stays: %s", type(error).__name__),
        )

    def ask(self, secret_id: UUID) -> Secret:
        """The password, on a calendar worker; raises `CredentialsError`."""
        return self._worker.ask(self._secret, secret_id)

    def close(self) -> None:
        """End the worker; a keyring that hangs does not hold up the end."""
        self._worker.close(timeout_s=1.0)

    def _secret(self, secret_id: UUID) -> Secret:
        """Credentials worker: so it is told before whatever is kept after it."""
        try:
            return self._credentials.secret(secret_id)
        except SecretMissing:
            self._post(self._missing.add, secret_id)
            raise
        except CredentialsError as error:
            self._post(self._in_trouble, str(error))
            raise

    def _found(
        self, secret_id: UUID, then: Callable[[UUID, Secret | None], object], secret: Secret
    ) -> None:
        self._missing.discard(secret_id)
        then(secret_id, secret)

    def _not_found(
        self, secret_id: UUID, then: Callable[[UUID, Secret | None], object], error: Exception
    ) -> None:
        log.warning("no password for %s: %s", secret_id, type(error).__name__)
        if not isinstance(error, SecretMissing):
            self._in_trouble(str(error))
        self._missing.add(secret_id)
        then(secret_id, None)

    def _in_trouble(self, why: str) -> None:
        self._trouble = why

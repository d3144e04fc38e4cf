"""The office's key pair: recording needs the public key alone, only the keyring has the other.

Both stand in one secret, `public private`. They are made when they are needed for the first time,
and only where they outlive the program: what nobody can open again is not recorded.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from receptionist.desk.passwords import Passwords
from receptionist.model.secret import SEAL_SECRET, Secret

log = logging.getLogger(__name__)


class Seals:
    """Finds or makes the keys. Main thread, but for `private`."""

    def __init__(self, passwords: Passwords) -> None:
        self._passwords = passwords
        self._public = ""
        self._trouble = ""
        self._asked = False
        self._changed: list[Callable[[], object]] = []

    @property
    def public(self) -> str:
        """The public key; "" while there is none."""
        return self._public

    @property
    def trouble(self) -> str:
        """Why there is no key, in a sentence; "" while there is one or none was needed."""
        return self._trouble

    def on_change(self, changed: Callable[[], object]) -> None:
        """Call `changed` when there is a key."""
        self._changed.append(changed)

    def need(self, then: Callable[[], object] | None = None) -> None:
        """A key is wanted; `then` is called when it is clear whether there is one."""
        if self._public or (self._asked and then is None):
            if then is not None:
                then()
            return
        self._asked = True

        def found(secret: Secret) -> None:
            self._public, self._trouble = secret.reveal().split(" ")[0], ""
            for changed in self._changed:
                changed()
            if then is not None:
                then()

        def failed(error: Exception) -> None:
            log.warning("there is no key for recordings: %s", type(error).__name__)
            self._trouble = str(error)
            if then is not None:
                then()

        self._passwords.find_or_make(SEAL_SECRET, _new_pair, found, failed)

    def ask_again(self) -> None:
        """Perhaps the keyring is unlocked meanwhile."""
        self._asked = False

    def private(self) -> str:
        """The private key, on a lane; raises `CredentialsError`."""
        return self._passwords.ask(SEAL_SECRET).reveal().split(" ")[1]


def _new_pair() -> Secret:
    from receptionist.sealing import new_keys  # imports a library that few starts need

    public, private = new_keys()
    return Secret(f"{public} {private}")

"""The keyring of the user's system: Secret Service, KWallet, Windows, macOS."""

from __future__ import annotations

import contextlib
import importlib
import logging
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from receptionist.credentials.limited import Limited
from receptionist.credentials.rules import check_secret, missing
from receptionist.errors import CredentialsError
from receptionist.i18n import _
from receptionist.model.secret import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")
log = logging.getLogger(__name__)

SERVICE = "receptionist"
LIMIT_S = 30.0
"""Long enough for a person to unlock the keyring in the dialog of the system."""

_TRUSTED = {
    "keyring.backends.SecretService": "Keyring",
    "keyring.backends.libsecret": "Keyring",
    "keyring.backends.kwallet": "DBusKeyring",
    "keyring.backends.Windows": "WinVaultKeyring",
    "keyring.backends.macOS": "Keyring",
}
_PROBE = UUID(int=0)


class KeyringCredentials:
    """The port `Credentials` on the user's keyring. Credentials worker.

    Only keyrings that encrypt are used; whatever else the library offers or is set up with (files,
    nothing at all) is refused. `find` gives the keyring to use, for tests.
    """

    def __init__(
        self, *, limit_s: float = LIMIT_S, find: Callable[[], KeyringBackend] | None = None
    ) -> None:
        self._limited = Limited(limit_s)
        self._find = find or find_keyring
        self._keyring: KeyringBackend | None = None

    @property
    def persistent(self) -> bool:
        return True

    def check(self) -> None:
        """Keep a random word, read it back and forget it."""
        word = secrets.token_hex(16)

        def probe(keyring: KeyringBackend) -> bool:
            keyring.set_password(SERVICE, str(_PROBE), word)
            same = keyring.get_password(SERVICE, str(_PROBE)) == word
            _forget(keyring, _PROBE)
            return same

        if not self._call(probe):
            raise CredentialsError(
                _("The keyring does not give back what was put in. Use another keyring.")
            )

    def secret(self, secret_id: UUID) -> Secret:
        found = self._call(lambda keyring: keyring.get_password(SERVICE, str(secret_id)))
        if found is None:
            raise missing()
        return Secret(found)

    def keep(self, secret_id: UUID, secret: Secret) -> None:
        check_secret(secret)
        self._call(lambda keyring: keyring.set_password(SERVICE, str(secret_id), secret.reveal()))

    def forget(self, secret_id: UUID) -> None:
        self._call(lambda keyring: _forget(keyring, secret_id))

    def _call(self, action: Callable[[KeyringBackend], T]) -> T:
        def act() -> T:
            if self._keyring is None:
                self._keyring = _trusted(self._find())
            return action(self._keyring)

        try:
            return self._limited.run(act)
        except CredentialsError:
            raise
        except TimeoutError:
            log.warning("the keyring did not answer in time")
            raise CredentialsError(
                _(
                    "The keyring does not answer. It may wait for its own password in a window of"
                    " the system: unlock it and try again."
                )
            ) from None
        except Exception as error:
            self._keyring = None
            log.warning("the keyring failed: %s", type(error).__name__)
            raise _translated(error) from None


def find_keyring() -> KeyringBackend:
    """The one set up for the library, else the best there is now. Slow, may block.

    Looks anew at each call: the library itself remembers a missing keyring for ever.
    """
    from keyring import core
    from keyring.backends import chainer

    chosen = core.load_env() or core.load_config()
    if chosen is not None and not isinstance(chosen, chainer.ChainerBackend):
        return chosen
    found = [one for one in map(_viable, _TRUSTED, _TRUSTED.values()) if one is not None]
    if not found:
        raise CredentialsError(no_keyring())
    return max(found, key=lambda one: float(type(one).priority))


def no_keyring() -> str:
    """What to do where there is no keyring."""
    return _(
        "No keyring is running, so passwords cannot be kept. Start the program in your desktop"
        " session, or install and unlock a keyring (GNOME Keyring, KWallet, KeePassXC). Until"
        " then passwords are asked for at every start."
    )


def _viable(module: str, name: str) -> KeyringBackend | None:
    with contextlib.suppress(Exception):
        backend = getattr(importlib.import_module(module), name)
        if backend.viable:
            one: KeyringBackend = backend()
            return one
    return None


def _trusted(keyring: KeyringBackend) -> KeyringBackend:
    if type(keyring).__module__ in _TRUSTED:
        return keyring
    message = _(
        "The keyring “{name}” would keep passwords in the open or not at all. Remove it from the"
        " set-up of the Python keyring (keyringrc.cfg or PYTHON_KEYRING_BACKEND)."
    )
    raise CredentialsError(message.format(name=type(keyring).__module__))


def _forget(keyring: KeyringBackend, secret_id: UUID) -> None:
    from keyring.errors import PasswordDeleteError

    try:
        keyring.delete_password(SERVICE, str(secret_id))
    except PasswordDeleteError:
        if keyring.get_password(SERVICE, str(secret_id)) is not None:
            raise


def _translated(error: Exception) -> CredentialsError:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

    if isinstance(error, KeyringLocked | InitError) or type(error).__name__ in (
        "LockedException",
        "PromptDismissedException",
    ):
        return CredentialsError(_("The keyring is locked. Unlock it and try again."))
    if isinstance(error, NoKeyringError):
        return CredentialsError(no_keyring())
    if isinstance(error, PasswordDeleteError):
        return CredentialsError(_("The keyring did not delete the password. Try again."))
    message = _(
        "The keyring failed ({what}). Check that it is running and unlocked, then try again."
    )
    return CredentialsError(message.format(what=type(error).__name__))

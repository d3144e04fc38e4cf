"""Keyrings of the library's kind that misbehave."""

from __future__ import annotations

import threading

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class PlainTextKeyring(KeyringBackend):
    """Works, and keeps everything in the open."""

    priority = 20

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class _Trusted(KeyringBackend):
    """Passes for a Secret Service, because only those are used."""

    priority = 0

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


class HangingKeyring(_Trusted):
    """Waits for a person who never comes; `released` lets every waiting call go on."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()
        self.calls = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.calls += 1
        self.released.wait()
        return "late"


class ForgetfulKeyring(_Trusted):
    """Takes everything and knows nothing."""


class FailingKeyring(_Trusted):
    """Raises `error` whatever it is asked."""

    def __init__(self, error: BaseException | None = None) -> None:
        super().__init__()
        self.error = error or KeyringLocked("locked")

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error


for _double in (HangingKeyring, ForgetfulKeyring, FailingKeyring):
    _double.__module__ = "keyring.backends.SecretService"

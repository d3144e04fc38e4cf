"""A password on its way from the keyring to the one place that needs it."""

from __future__ import annotations

from uuid import UUID

RELAY_SECRET = UUID("7475726e-0000-4000-8000-000000000001")
"""Under which the credentials hold the password of the TURN server."""

SEAL_SECRET = UUID("7365616c-0000-4000-8000-000000000001")
"""Under which they hold the key that opens messages and recordings."""


class Secret:
    """Holds a password and never shows it: `repr`, `str` and f-strings give `***`."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The password itself, for the adapter that logs in with it."""
        return self._value

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("a secret is never pickled")

"""A password on its way from the keyring to the one place that needs it."""

from __future__ import annotations


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

"""One declared setting: what it is called, what it means, and which values it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from receptionist.i18n import _
from receptionist.model.plain import harmful

_LONGEST = 200


def _nothing_wrong(value: str) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One declared setting; `label`, `help` and `group` are English sources for translation.

    `choices` closes the list of values, `low` and `high` bound a number, `check` gives "" or what
    is wrong with a value of the right type. `at_once` says that it needs no new start. `heading`
    stands before a box to tick, which has its label beside it.
    """

    key: str
    default: str | int | bool
    label: str
    help: str
    group: str
    heading: str = ""
    at_once: bool = False
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    check: Callable[[Any], str] = _nothing_wrong

    def fault(self, value: object) -> str:
        """The sentence that says what is wrong with `value`, or ""."""
        if isinstance(self.default, str):
            return self._text_fault(value)
        if isinstance(self.default, bool):
            return "" if isinstance(value, bool) else _("This must be true or false.")
        if isinstance(value, bool) or not isinstance(value, int):
            return _("This must be a whole number without quotes.")
        if not self.low <= value <= self.high:
            message = _("This must lie between {low} and {high}.")
            return message.format(low=self.low, high=self.high)
        return self.check(value)

    def _text_fault(self, value: object) -> str:
        if not isinstance(value, str):
            return _("This must be text in quotes.")
        if self.choices and value not in self.choices:
            return _("Choose one of: {choices}.").format(choices=", ".join(self.choices))
        if harmful(value) or len(value) > _LONGEST:
            return _("This is too long or holds invisible characters.")
        return self.check(value)

"""How each calendar account is: when it may be asked again, and what to tell about it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from receptionist.errors import (
    CalendarError,
    CalendarForbidden,
    CalendarFull,
    CalendarRefused,
    ObjectRejected,
)
from receptionist.events import CalendarHealth
from receptionist.reasons import Reason

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 900.0
STOPPED_PAUSE = timedelta(minutes=15)
LONGEST_ASKED_S = 3600.0
"""What a server may ask for by Retry-After: after an hour a person waits for an answer."""


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """`failures` in a row; nothing is asked before `again`."""

    health: CalendarHealth = CalendarHealth.UNKNOWN
    reason: Reason = Reason.NONE
    failures: int = 0
    again: datetime | None = None


class Accounts:
    """Back-off per account with full jitter. Main thread."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._accounts: dict[UUID, AccountHealth] = {}

    def of(self, account_id: UUID) -> AccountHealth:
        """How an account is."""
        return self._accounts.get(account_id, AccountHealth())

    def may_ask(self, account_id: UUID, now: datetime) -> bool:
        """Whether the account is neither stopped nor waiting.

        Farther away than any pause, `again` is from before the clock was set back.
        """
        account = self.of(account_id)
        if account.health is CalendarHealth.STOPPED:
            return False
        longest = now + timedelta(seconds=LONGEST_ASKED_S)
        return account.again is None or not now < account.again <= longest

    def good(self, account_id: UUID) -> AccountHealth:
        """The account answered."""
        return self._set(account_id, AccountHealth(CalendarHealth.GOOD))

    def failed(self, account_id: UUID, error: Exception, now: datetime) -> AccountHealth:
        """The account did not; what that means for the next time."""
        failures = self.of(account_id).failures + 1
        if isinstance(error, CalendarRefused):
            stopped = AccountHealth(CalendarHealth.STOPPED, error.reason, failures)
            return self._set(account_id, stopped)
        reason = error.reason if isinstance(error, CalendarError) else Reason.SERVER_CONFUSED
        pause = self.pause_s(error, failures)
        return self._set(
            account_id,
            AccountHealth(CalendarHealth.WAITING, reason, failures, now + timedelta(seconds=pause)),
        )

    def forgive(self, account_id: UUID) -> None:
        """Ask the account again at once: a password was entered, or a person wants it."""
        self._accounts.pop(account_id, None)

    def pause(self, error: Exception, attempts: int) -> timedelta:
        """How long what failed so often waits; a refused log-in waits for a person."""
        if isinstance(error, CalendarRefused):
            return STOPPED_PAUSE
        return timedelta(seconds=self.pause_s(error, attempts))

    def pause_s(self, error: Exception, attempts: int) -> float:
        """Seconds until the next attempt: 1 s·2ⁿ with full jitter to 15 min, or what it asks."""
        if isinstance(error, CalendarError) and error.retry_after_s is not None:
            return min(max(error.retry_after_s, 1.0), LONGEST_ASKED_S)
        ceiling = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(attempts, 20))
        return self._chance.uniform(FIRST_PAUSE_S / 2, ceiling)

    def _set(self, account_id: UUID, health: AccountHealth) -> AccountHealth:
        self._accounts[account_id] = health
        return health


def is_hopeless(error: Exception) -> bool:
    """Whether trying again by itself cannot help: a person must look at it."""
    return isinstance(error, ObjectRejected | CalendarFull | CalendarForbidden)

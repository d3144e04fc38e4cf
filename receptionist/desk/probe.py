"""Trying a calendar account out while it is being entered: does it work, and if not, why."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from receptionist.desk.ground import Ground
from receptionist.desk.passwords import Passwords
from receptionist.errors import AccountUnusable, CalendarError, CredentialsError
from receptionist.i18n import N_, _
from receptionist.model.busy import CalendarFound, Capabilities
from receptionist.model.client import CalendarAccount
from receptionist.model.secret import Secret
from receptionist.ports import Calendar, Calendars
from receptionist.reasons import Reason, sentence

log = logging.getLogger(__name__)

PROBE_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFound:
    """What an account has: its calendars, at least one, and what its server can do with them.

    `ability` is that of the first calendar that can be booked into; None if it would not say.
    """

    calendars: tuple[CalendarFound, ...]
    ability: Capabilities | None = None


_SENTENCES: dict[Reason, tuple[str, str]] = {
    Reason.SERVER_NOT_FOUND: (
        "url",
        N_(
            "There is no server of this name. Look for a slip in the address, and whether this"
            " computer is connected to the internet."
        ),
    ),
    Reason.NOTHING_LISTENS: (
        "url",
        N_("No calendar server runs at this address. Check its name and the number behind “:”."),
    ),
    Reason.NOT_ENCRYPTED: (
        "url",
        N_(
            "No safe connection is possible: the server has no valid certificate for this address."
            " Check the address, or ask who runs the server."
        ),
    ),
    Reason.SERVER_UNREACHABLE: (
        "url",
        N_("The server does not answer. Check the address, or try again in some minutes."),
    ),
    Reason.SERVER_BUSY: ("url", N_("The server is busy. Try again in some minutes.")),
    Reason.SERVER_CONFUSED: (
        "url",
        N_(
            "Something answers at this address, but it is no calendar server (CalDAV)."
            " Take the address that the provider names for CalDAV."
        ),
    ),
    Reason.CALENDAR_GONE: (
        "url",
        N_(
            "There are no calendars at this address. Check what stands behind the server's name:"
            " take the address that the provider names for CalDAV."
        ),
    ),
    Reason.PASSWORD_REFUSED: (
        "secret",
        N_(
            "The server refused the user name or password. Enter both again; some providers want"
            " a password of its own for programs."
        ),
    ),
    Reason.PASSWORD_MISSING: ("secret", N_("Enter the password.")),
    Reason.CALENDAR_FORBIDDEN: (
        "user",
        N_("This user may not see the calendars. Ask the owner to share them."),
    ),
    Reason.NO_CALENDAR: (
        "user",
        N_("The log-in works, but this user has no calendar. Ask the owner to create one."),
    ),
}


class Probe:
    """Logs in to accounts that may not be saved yet. Main thread; the asking is on workers."""

    def __init__(self, ground: Ground, calendars: Calendars, passwords: Passwords) -> None:
        self._lanes = ground.lanes
        self._later = ground.later
        self._calendars = calendars
        self._passwords = passwords

    def ask(
        self,
        account: CalendarAccount,
        secret: Secret | None,
        then: Callable[[AccountFound], object],
        failed: Callable[[Exception], object],
    ) -> Callable[[], None]:
        """See `Editing.probe`."""
        open_questions = [uuid4()]

        def answered(tell: Callable[[], object]) -> None:
            if open_questions:
                open_questions.clear()
                stop_waiting()
                tell()

        def cancel() -> None:
            open_questions.clear()
            stop_waiting()

        silent = unusable(Reason.SERVER_UNREACHABLE)
        stop_waiting = self._later(PROBE_S, lambda: answered(lambda: failed(silent)))
        self._lanes.submit(
            open_questions[0],
            self._found,
            account,
            secret,
            then=lambda found: answered(lambda: then(found)),
            failed=lambda error: answered(lambda: failed(error)),
        )
        return cancel

    def _found(self, account: CalendarAccount, secret: Secret | None) -> AccountFound:
        """The account's calendars; raises `AccountUnusable`. Calendar worker."""
        try:
            known = secret or self._passwords.ask(account.id)
        except CredentialsError as error:
            raise unusable(Reason.PASSWORD_MISSING) from error
        try:
            connection = self._calendars.connect(account, known)
            try:
                found = connection.discover()
                ability = _ability(connection, found)
            finally:
                connection.close()
        except CalendarError as error:
            log.info("a calendar account does not work: %s %s", error.reason, error.detail)
            raise unusable(error.reason) from error
        if not found:
            raise unusable(Reason.NO_CALENDAR)
        return AccountFound(calendars=found, ability=ability)


def _ability(connection: Calendar, found: tuple[CalendarFound, ...]) -> Capabilities | None:
    """What the server can do; who refuses to say is no worse a server. Calendar worker."""
    bookable = next((one for one in found if one.writable and one.events), None)
    try:
        return connection.probe(bookable.href) if bookable else None
    except CalendarError as error:
        log.info("a server does not say what it can do: %s %s", error.reason, error.detail)
        return None


def unusable(reason: Reason) -> AccountUnusable:
    """The error for who enters an account: nothing is tried again by itself here."""
    key, text = _SENTENCES.get(reason, ("url", ""))
    return AccountUnusable(_(text) if text else sentence(reason), reason=reason, key=key)

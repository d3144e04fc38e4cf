"""The exceptions of the program. Every message is a translated sentence that says what to do.

    ReceptionistError
    ├── BadInput                 a value from outside is wrong; names key and, if known, line
    │   ├── WrongFile            a file is wrong; `faults` names every wrong value in it
    │   └── NotAgreed            the office does not do this for the client
    ├── NotFound                 nothing has this key or id
    ├── DataDirectoryHeld        another process owns the data directory
    ├── StoreError               the database cannot be used
    │   ├── StaleRow             compare-and-set lost: somebody else changed the column first
    │   └── SlotTaken            the period is no longer free in our own book
    ├── CalendarError            talking to a CalDAV server failed; carries a Reason
    │   ├── CalendarUnreachable  no answer, a broken answer, 408/423/425/429/5xx: try again later
    │   ├── CalendarRefused      401: stop the whole account and ask for the password
    │   ├── CalendarForbidden    403: read-only or not ours
    │   ├── CalendarGone         404/405/410: rediscover once
    │   ├── PreconditionFailed   412: somebody was there first
    │   ├── ObjectRejected       400/409/413/415: our object is bad, never retry
    │   ├── CalendarFull         507: no room left
    │   └── AccountUnusable      an account does not work as it was entered; names the field
    ├── MailError                a letter could not be sent; carries a Reason
    ├── CredentialsError         the keyring cannot be used
    │   └── SecretMissing        the keyring holds no secret under this id
    ├── SealBroken               a sealed sound file was changed, or is not for this key
    └── PhoneError               the phone engine cannot do it
        ├── EngineDown           no engine to send the command to
        ├── BadFrame             what came over the wire is no message
        └── ProtocolMismatch     the engine speaks another version of the wire protocol

Foreign exceptions are translated into these at the border of the adapter that owns the library.
"""

from __future__ import annotations

from collections.abc import Sequence

from receptionist.i18n import _
from receptionist.reasons import Reason, sentence


class ReceptionistError(Exception):
    """Anything the program can explain to its user; `str()` is the sentence to show."""


class BadInput(ReceptionistError):
    """A value from outside is wrong. `key` is its dotted path, `line` its 1-based line if known."""

    def __init__(self, message: str, *, key: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.key = key
        self.line = line


class WrongFile(BadInput):
    """A file is wrong and changes nothing. `faults` names every wrong value, by line."""

    def __init__(self, faults: Sequence[BadInput]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__("\n".join(map(_located, self.faults)), key=first.key, line=first.line)


class NotAgreed(BadInput):
    """A service is not agreed with the client; the sentence says which are."""


def _located(fault: BadInput) -> str:
    if fault.line is None:
        return f"{fault.key}: {fault}" if fault.key else str(fault)
    line = _("Line {number}").format(number=fault.line)
    return f"{line}, {fault.key}: {fault}" if fault.key else f"{line}: {fault}"


class NotFound(ReceptionistError):
    """Nothing has this key or id."""


class DataDirectoryHeld(ReceptionistError):
    """Another process owns the data directory."""


class StoreError(ReceptionistError):
    """The database cannot be used."""


class StaleRow(StoreError):
    """Compare-and-set lost: somebody else changed the column first."""


class SlotTaken(StoreError):
    """The period is no longer free in our own book."""


class CalendarError(ReceptionistError):
    """Talking to a CalDAV server failed. `reason` is stored and shown, `detail` is for the log."""

    reason = Reason.SERVER_UNREACHABLE

    def __init__(
        self,
        detail: str = "",
        *,
        reason: Reason | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        self.reason = reason or self.reason
        self.detail = detail
        self.retry_after_s = retry_after_s
        super().__init__(sentence(self.reason))


class CalendarUnreachable(CalendarError):
    """No answer, a broken answer, or one of 408, 423, 425, 429, 5xx: try again later."""


class CalendarRefused(CalendarError):
    """401: stop the whole account and ask for the password."""

    reason = Reason.PASSWORD_REFUSED


class CalendarForbidden(CalendarError):
    """403: read-only or not ours."""

    reason = Reason.CALENDAR_FORBIDDEN


class CalendarGone(CalendarError):
    """404, 405 or 410: rediscover once."""

    reason = Reason.CALENDAR_GONE


class ReadingStopped(CalendarError):
    """Somebody did not want to wait any longer; what was read until then is kept."""

    reason = Reason.READING_STOPPED


class PreconditionFailed(CalendarError):
    """412: somebody was there first."""

    reason = Reason.OWNER_WAS_FIRST


class ObjectRejected(CalendarError):
    """400, 409, 413 or 415: our object is bad, never retry."""

    reason = Reason.OBJECT_REJECTED


class CalendarFull(CalendarError):
    """507: no room left."""

    reason = Reason.CALENDAR_FULL


class AccountUnusable(CalendarError):
    """An account does not work as it was entered; `key` names the field to look at."""

    def __init__(self, message: str, *, reason: Reason, key: str) -> None:
        super().__init__(reason=reason)
        self.args = (message,)
        self.key = key


class MailError(ReceptionistError):
    """A letter could not be sent. `again` says whether trying again by itself may help."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(sentence(reason))

    @property
    def again(self) -> bool:
        """Whether the server was only not there, or not ready."""
        return self.reason in (Reason.MAIL_UNREACHABLE, Reason.MAIL_NOT_FOUND)


class CredentialsError(ReceptionistError):
    """The keyring cannot be used."""


class SecretMissing(CredentialsError):
    """The keyring holds no secret under this id."""


class SealBroken(ReceptionistError):
    """A sealed sound file was changed, or is not for this key. `detail` is for the log."""

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(
            _("This recording cannot be opened: it was damaged, or belongs to another office.")
        )


class PhoneError(ReceptionistError):
    """The phone engine cannot do it."""


class EngineDown(PhoneError):
    """No engine to send the command to."""


class BadFrame(PhoneError):
    """What came over the wire is no message; says which field is wrong, for the log."""


class ProtocolMismatch(PhoneError):
    """The engine speaks another version of the wire protocol."""

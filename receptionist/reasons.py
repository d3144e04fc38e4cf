"""Why something did not happen, as a closed list that is stored, and its sentences for people."""

from __future__ import annotations

from enum import StrEnum

from receptionist.i18n import N_, _


class Reason(StrEnum):
    """The value is stored in the database and in `--json`; `sentence()` gives the words."""

    NONE = ""
    SERVER_UNREACHABLE = "server-unreachable"
    SERVER_NOT_FOUND = "server-not-found"
    NOTHING_LISTENS = "nothing-listens"
    NOT_ENCRYPTED = "not-encrypted"
    SERVER_BUSY = "server-busy"
    SERVER_CONFUSED = "server-confused"
    PASSWORD_REFUSED = "password-refused"
    PASSWORD_MISSING = "password-missing"
    NO_CALENDAR = "no-calendar"
    CALENDAR_FORBIDDEN = "calendar-forbidden"
    CALENDAR_GONE = "calendar-gone"
    CALENDAR_FULL = "calendar-full"
    OBJECT_REJECTED = "object-rejected"
    OWNER_WAS_FIRST = "owner-was-first"
    SLOT_TAKEN = "slot-taken"
    OVERLAP_FOUND = "overlap-found"
    NOT_TOLD_YET = "not-told-yet"
    CHANGE_NOT_TOLD_YET = "change-not-told-yet"
    TOO_LATE = "too-late"
    READ_BACK_DIFFERS = "read-back-differs"
    NEVER_READ = "never-read"
    READING_STOPPED = "reading-stopped"
    MAIL_NOT_SET = "mail-not-set"
    MAIL_UNREACHABLE = "mail-unreachable"
    MAIL_NOT_FOUND = "mail-not-found"
    MAIL_NOT_ENCRYPTED = "mail-not-encrypted"
    MAIL_PASSWORD_REFUSED = "mail-password-refused"
    MAIL_PASSWORD_MISSING = "mail-password-missing"
    MAIL_REFUSED = "mail-refused"
    MAIL_UNKNOWN = "mail-unknown"
    PLAIN_HTTP = "plain-http"
    OUTSIDE_HOURS = "outside-hours"
    TOO_SOON = "too-soon"
    TOO_FAR = "too-far"
    CLOSED = "closed"
    OWNER_AWAY = "owner-away"
    DAY_FULL = "day-full"
    NO_TIME_TO_TRAVEL = "no-time-to-travel"
    HOLD_EXPIRED = "hold-expired"
    OWNER_MOVED = "owner-moved"
    OWNER_CHANGED = "owner-changed"
    OWNER_CANCELLED = "owner-cancelled"
    BOTH_CHANGED = "both-changed"
    MADE_A_SERIES = "made-a-series"
    CHANGED_MEANWHILE = "changed-meanwhile"
    ENGINE_DIED = "engine-died"
    ENGINE_OLD = "engine-old"
    LINE_REFUSED = "line-refused"
    LINE_UNREACHABLE = "line-unreachable"
    LINE_NOT_FOUND = "line-not-found"
    LINE_NOT_ENCRYPTED = "line-not-encrypted"
    LINE_WRONG_NAME = "line-wrong-name"
    LINE_CERTIFICATE_UNKNOWN = "line-certificate-unknown"
    LINE_CERTIFICATE_EXPIRED = "line-certificate-expired"
    LINE_CERTIFICATE_REVOKED = "line-certificate-revoked"
    LINE_VOICE_NEEDS_TLS = "line-voice-needs-tls"
    CALL_LIMIT = "call-limit"
    MISSED = "missed"
    MESSAGE_LEFT = "message-left"
    GAVE_UP_ON_HOLD = "gave-up-on-hold"
    CALL_LOST = "call-lost"
    VOICE_NOT_ENCRYPTED = "voice-not-encrypted"
    STRANGER = "stranger"
    IN_CALENDAR_NOW = "in-calendar-now"
    OVERLAP_GONE = "overlap-gone"
    ROTA_FILLED = "rota-filled"
    INSTRUCTION_CHANGED = "instruction-changed"
    CLIENT_LEFT = "client-left"
    OWN_TEST = "own-test"


_SENTENCES: dict[Reason, str] = {
    Reason.NONE: "",
    Reason.SERVER_UNREACHABLE: N_(
        "The calendar server does not answer. It is tried again by itself."
    ),
    Reason.SERVER_NOT_FOUND: N_(
        "The calendar server is not found. Check the connection to the internet and the address of"
        " the calendar. It is tried again by itself."
    ),
    Reason.NOTHING_LISTENS: N_(
        "No calendar server runs at its address. Tell who runs it; it is tried again by itself."
    ),
    Reason.NOT_ENCRYPTED: N_(
        "The calendar server has no valid certificate, so nobody can be sure who answers."
        " Tell who runs it; it is tried again by itself."
    ),
    Reason.SERVER_BUSY: N_("The calendar server is busy. It is tried again by itself."),
    Reason.SERVER_CONFUSED: N_(
        "The calendar server gave an answer that makes no sense. It is tried again by itself;"
        " if it stays, check the address of the calendar."
    ),
    Reason.PASSWORD_REFUSED: N_(
        "The calendar server refused the user name or password. Enter the password again."
    ),
    Reason.PASSWORD_MISSING: N_("No password is known for this account. Enter it."),
    Reason.NO_CALENDAR: N_("This client has no calendar. Add one before booking."),
    Reason.CALENDAR_FORBIDDEN: N_(
        "The calendar may not be written. Ask the owner to share it with write permission."
    ),
    Reason.CALENDAR_GONE: N_(
        "The calendar is no longer at its address. Ask the owner which calendar to use."
    ),
    Reason.CALENDAR_FULL: N_("The owner's calendar has no room left. Tell the owner."),
    Reason.OBJECT_REJECTED: N_(
        "The calendar server does not accept this appointment."
        " Tell the owner the time by telephone."
    ),
    Reason.OWNER_WAS_FIRST: N_(
        "The owner is busy at this time. Choose another time with the caller."
    ),
    Reason.SLOT_TAKEN: N_("This time has just been taken. Choose another time with the caller."),
    Reason.OVERLAP_FOUND: N_(
        "The owner has put something at the time of a confirmed appointment. Ask him and call back."
    ),
    Reason.NOT_TOLD_YET: N_(
        "The appointment is soon and does not stand in the owner's calendar yet."
        " Tell the owner by telephone."
    ),
    Reason.CHANGE_NOT_TOLD_YET: N_(
        "The appointment is soon, and the owner's calendar does not show yet what was changed or"
        " called off. Tell the owner by telephone."
    ),
    Reason.TOO_LATE: N_(
        "The appointment was over before it reached the owner's calendar. Call the caller and the"
        " owner."
    ),
    Reason.READ_BACK_DIFFERS: N_(
        "The calendar does not show what was booked. It is looked at again by itself."
    ),
    Reason.NEVER_READ: N_(
        "The owner's calendar was never read to its end, so nobody knows when he is free."
    ),
    Reason.READING_STOPPED: N_(
        "Reading was stopped before it was complete. It goes on by itself within five minutes."
    ),
    Reason.OUTSIDE_HOURS: N_("This time is outside the client's bookable hours."),
    Reason.TOO_SOON: N_("This time is too soon for the client."),
    Reason.TOO_FAR: N_("This time is farther ahead than the client wants to plan."),
    Reason.CLOSED: N_("The client is closed on this day."),
    Reason.OWNER_AWAY: N_("The owner is away then."),
    Reason.DAY_FULL: N_("The client wants no more appointments on this day."),
    Reason.NO_TIME_TO_TRAVEL: N_("There is not enough time for the way to the caller and back."),
    Reason.HOLD_EXPIRED: N_("The time was kept long enough and is free for others again."),
    Reason.OWNER_MOVED: N_(
        "The owner has moved this appointment in his calendar. Make sure that the caller knows."
    ),
    Reason.OWNER_CHANGED: N_("The owner has changed this appointment in his calendar."),
    Reason.OWNER_CANCELLED: N_(
        "The owner has taken this appointment out of his calendar. Make sure that the caller knows."
    ),
    Reason.BOTH_CHANGED: N_(
        "The owner and the office have changed this appointment at once. What the owner wrote"
        " counts; agree with the caller."
    ),
    Reason.MADE_A_SERIES: N_(
        "The owner has made a series of this appointment. Change it together with him."
    ),
    Reason.MAIL_NOT_SET: N_("No mail server is set. Enter one in the settings, or copy the text."),
    Reason.MAIL_UNREACHABLE: N_("The mail server does not answer. It is tried again by itself."),
    Reason.MAIL_NOT_FOUND: N_(
        "The mail server is not found. Check its name in the settings and the connection to the"
        " internet. It is tried again by itself."
    ),
    Reason.MAIL_NOT_ENCRYPTED: N_(
        "The way to the mail server cannot be encrypted as it is set, so nothing was sent."
        " Check server, port and encryption in the settings."
    ),
    Reason.MAIL_PASSWORD_REFUSED: N_(
        "The mail server refused the user name or password. Enter the password again."
    ),
    Reason.MAIL_PASSWORD_MISSING: N_("The password of the mail server is not known. Enter it."),
    Reason.MAIL_REFUSED: N_(
        "The mail server does not take this letter. Check the caller's address and the sender's."
    ),
    Reason.MAIL_UNKNOWN: N_(
        "The connection broke off while the letter was handed over. It may have arrived: ask the"
        " caller before you send it again."
    ),
    Reason.CHANGED_MEANWHILE: N_(
        "This appointment has been changed meanwhile. Look at it again, and repeat what you wanted."
    ),
    Reason.PLAIN_HTTP: N_(
        "The address of the calendar begins with http://."
        " Use https:// so that nobody can listen in."
    ),
    Reason.ENGINE_DIED: N_(
        "The phone stopped and was started again. Please call back the callers that were lost."
    ),
    Reason.ENGINE_OLD: N_(
        "The phone from before the update still has calls."
        " New ones can be taken as soon as these are over."
    ),
    Reason.LINE_REFUSED: N_(
        "The provider refused the user name or password of the line. Enter the password again."
    ),
    Reason.LINE_UNREACHABLE: N_(
        "The provider of the line does not answer. It is tried again by itself."
    ),
    Reason.LINE_NOT_FOUND: N_(
        "The provider of the line is not found. Check the connection to the internet and the name"
        " of the registrar. It is tried again by itself."
    ),
    Reason.LINE_NOT_ENCRYPTED: N_(
        "The way to the provider of the line cannot be encrypted as it must be (TLS 1.3), so"
        " nothing was sent. Tell the provider; it is tried again by itself."
    ),
    Reason.LINE_WRONG_NAME: N_(
        "The certificate of the line's provider is for another name, so nothing was sent. Check"
        " the name of the registrar; if it is right, tell the provider."
    ),
    Reason.LINE_CERTIFICATE_UNKNOWN: N_(
        "Nobody this computer trusts vouches for the certificate of the line's provider, so"
        " nothing was sent. Tell the provider, or whoever looks after the computer."
    ),
    Reason.LINE_CERTIFICATE_EXPIRED: N_(
        "The certificate of the line's provider has expired, or the clock of this computer is"
        " wrong, so nothing was sent. Check the clock, or tell the provider."
    ),
    Reason.LINE_CERTIFICATE_REVOKED: N_(
        "The certificate of the line's provider has been revoked, so nothing was sent. Tell the"
        " provider."
    ),
    Reason.LINE_VOICE_NEEDS_TLS: N_(
        "The voice of this line is to be encrypted always, but its key would travel unencrypted,"
        " so the line is not used. Choose “tls” as its transport in the settings of the office."
    ),
    Reason.CALL_LIMIT: N_("All lines of the phone were busy. Please call back."),
    Reason.GAVE_UP_ON_HOLD: N_("The caller hung up while on hold. Please call back."),
    Reason.MISSED: N_("Nobody answered in time. Please call back."),
    Reason.MESSAGE_LEFT: N_("The caller left a message. Listen to it and call back."),
    Reason.CALL_LOST: N_("The phone stopped during this call. Please call back."),
    Reason.VOICE_NOT_ENCRYPTED: N_(
        "The other side did not encrypt the voice, as this line wants it always. Please call back."
    ),
    Reason.STRANGER: N_("A call from an unknown source was refused."),
    Reason.IN_CALENDAR_NOW: N_("The owner's calendar shows it now."),
    Reason.OVERLAP_GONE: N_("The owner is not busy at this time any more."),
    Reason.ROTA_FILLED: N_("Somebody is on call then, or the rota is another one."),
    Reason.INSTRUCTION_CHANGED: N_("The instruction was changed, or taken out of the script."),
    Reason.CLIENT_LEFT: N_("The client was taken out of the office."),
    Reason.OWN_TEST: N_("It was our own call, to see where a number leads."),
}


def known_reason(text: str) -> Reason:
    """The reason behind a stored value; `NONE` for one this program does not know."""
    try:
        return Reason(text)
    except ValueError:
        return Reason.NONE


def sentence(reason: Reason) -> str:
    """The reason in the words of the chosen language."""
    text = _SENTENCES[reason]
    return _(text) if text else ""

"""The script of a client who has none: what can be booked, and a note for the owner."""

from __future__ import annotations

from receptionist.i18n import _
from receptionist.model.client import AppointmentKind, Client
from receptionist.model.script.action import Action, ActionKind
from receptionist.model.script.said import Text
from receptionist.model.script.script import WITH_KEYS, CallReason, Script

NOTE = "note"


def implied(client: Client) -> Script:
    """A call reason for each appointment kind and one for a note, which always has a key.

    Where appointments are not agreed there is only the note.
    """
    language = client.greeting.language
    reasons = [_booking(kind, language) for kind in client.bookable]
    taken = {kind.key for kind in client.kinds}
    key = next(name for name in (NOTE, f"to-owner-{NOTE}", f"{NOTE}-1") if name not in taken)
    note = CallReason(key=key, title=_words(_("Message"), language), actions=(Action(),))
    reasons.insert(WITH_KEYS - 1, note)
    return Script(language=language, reasons=tuple(reasons))


def _booking(kind: AppointmentKind, language: str) -> CallReason:
    book = Action(do=ActionKind.BOOK, target=kind.key)
    return CallReason(key=kind.key, title=_words(kind.name, language), actions=(book,))


def _words(text: str, language: str) -> Text:
    return Text(((language, text),))

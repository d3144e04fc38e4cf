"""What an import of contacts would do, row by row, in words."""

from __future__ import annotations

from collections.abc import Iterator

from receptionist.i18n import _
from receptionist.model.contact import Contact
from receptionist.model.contactpreview import Outcome, Preview, Previewed
from receptionist.model.number import shown
from ui.models.words import one_line

OUTCOMES = (Outcome.UNREADABLE, Outcome.CHANGED, Outcome.NEW, Outcome.SAME)


def outcome_word(outcome: Outcome) -> str:
    """What becomes of an entry, in a word."""
    return {
        Outcome.NEW: _("new"),
        Outcome.CHANGED: _("changed"),
        Outcome.SAME: _("the same"),
        Outcome.UNREADABLE: _("not readable"),
    }[outcome]


def outcome_tone(outcome: Outcome) -> str:
    """How it is marked."""
    return {
        Outcome.NEW: "good",
        Outcome.CHANGED: "attention",
        Outcome.SAME: "quiet",
        Outcome.UNREADABLE: "danger",
    }[outcome]


def row_words(entry: Previewed) -> str:
    """What an entry brings: its fields, what differs from what is there, or why it is left."""
    if entry.reason:
        return entry.reason
    if entry.contact is None:
        return ""
    if entry.before is None:
        return " · ".join(filter(None, (_value(entry.contact, name) for name in _SHOWN)))
    if entry.outcome is Outcome.SAME:
        return _("stands here already")
    return " · ".join(_differences(entry.before, entry.contact, entry.fields))


def summary(preview: Preview) -> str:
    """How many entries come out how."""
    told = {
        Outcome.NEW: _("{count} new"),
        Outcome.CHANGED: _("{count} changed"),
        Outcome.SAME: _("{count} the same"),
        Outcome.UNREADABLE: _("{count} not readable"),
    }
    counted = {one: preview.count(one) for one in told}
    parts = [told[one].format(count=count) for one, count in counted.items() if count]
    return " · ".join(parts) or _("Nobody stands in this file.")


def taken_over(preview: Preview, ticked_off: int) -> str:
    """What was written, and what was not and why."""
    new, changed, same = map(preview.count, (Outcome.NEW, Outcome.CHANGED, Outcome.SAME))
    wrong = [one for one in preview.entries if one.outcome is Outcome.UNREADABLE]
    written = [
        _("{count} new").format(count=new) if new else "",
        _("{count} changed").format(count=changed) if changed else "",
    ]
    left = [
        _("{count} ticked off").format(count=ticked_off) if ticked_off else "",
        _("{count} the same").format(count=same) if same else "",
        *(
            _("Line {number}: {sentence}").format(number=one.line, sentence=one.reason.rstrip("."))
            for one in wrong[:_REASONS]
        ),
        _("{count} more not readable").format(count=len(wrong) - _REASONS)
        if len(wrong) > _REASONS
        else "",
    ]
    said = _("Saved: {what}.").format(what=", ".join(filter(None, written)))
    if not any(left):
        return said
    without = _("Left out: {what}.").format(what=" · ".join(filter(None, left)))
    return f"{said} {without}"


_REASONS = 3
"""So many faults are named one by one."""
_SHOWN = ("role", "numbers", "email", "note")


def _differences(before: Contact, after: Contact, fields: tuple[str, ...]) -> Iterator[str]:
    names = {
        "name": _("Name"),
        "role": _("Role"),
        "numbers": _("Numbers"),
        "email": _("E-mail"),
        "note": _("Note"),
    }
    for field in fields:
        old, new = _value(before, field) or "–", _value(after, field) or "–"
        yield f"{names[field]}: {old} → {new}"


def _value(contact: Contact, field: str) -> str:
    if field == "numbers":
        told = (f"{shown(one.number)} {one_line(one.label, 30)}" for one in contact.numbers)
        return ", ".join(one.strip() for one in told)
    return one_line(str(getattr(contact, field)), 80)

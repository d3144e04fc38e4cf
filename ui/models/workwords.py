"""Items of the work list in words: who, why, since when, how often tried, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.i18n import _, ngettext
from receptionist.model.number import shown
from receptionist.model.worklist import (
    REACHED,
    Attempt,
    Disposition,
    Urgency,
    WorkCounts,
    WorkItem,
    WorkKind,
)
from receptionist.model.workwords import kind_words, outcome_words
from receptionist.reasons import Reason, known_reason, sentence
from ui.models.followup import due_words, late_words
from ui.models.moments import compact_day, hours_words
from ui.models.words import one_line

LATE = timedelta(hours=1)
"""From then on it is said how late something is."""
_SHOWN = 3


def who_words(item: WorkItem) -> str:
    """Who is to be called, else what the item is about."""
    if not item.owes_call:
        return one_line(item.name) or one_line(item.text)
    return one_line(item.name) or shown(item.number) or _("number withheld")


def why_words(item: WorkItem) -> str:
    """Why something is on the list, in one or two words."""
    words = {
        Reason.MISSED: _("missed"),
        Reason.MESSAGE_LEFT: _("left a message"),
        Reason.CALL_LOST: _("lost"),
        Reason.ENGINE_DIED: _("lost"),
        Reason.CALL_LIMIT: _("all lines busy"),
        Reason.OWNER_WAS_FIRST: _("owner is busy then"),
        Reason.OVERLAP_FOUND: _("owner is busy then"),
        Reason.OWNER_MOVED: _("moved by the owner"),
        Reason.OWNER_CANCELLED: _("cancelled by the owner"),
        Reason.BOTH_CHANGED: _("changed by the owner too"),
        Reason.NOT_TOLD_YET: _("owner does not know yet"),
        Reason.CHANGE_NOT_TOLD_YET: _("owner does not know of the change yet"),
        Reason.TOO_LATE: _("never reached the owner"),
        Reason.IN_CALENDAR_NOW: _("owner knows by now"),
        Reason.OVERLAP_GONE: _("owner is free then after all"),
    }
    return next(
        (text for reason, text in words.items() if reason == item.reason), kind_words(item.kind)
    )


def span_words(item: WorkItem, zone: str) -> str:
    """From when until when that lasts which an item is about."""
    if item.begins is not None and item.ends is not None:
        return hours_words(item.begins, item.ends, zone)
    if item.ends is not None:
        return _("until {day}").format(day=compact_day(item.ends.astimezone(ZoneInfo(zone)).date()))
    return ""


def tries_words(item: WorkItem, zone: str, now: datetime) -> str:
    """How often somebody was tried in vain, and when last; and when he was spoken to."""
    tried, words = item.in_vain, ""
    if tried:
        last = due_words(max(one.at for one in tried), zone, now)
        words = ngettext("tried once, {time}", "tried {count} times, last {time}", len(tried))
        words = words.format(count=len(tried), time=last)
    spoken = max((one for one in item.attempts if one.outcome in REACHED), key=_at, default=None)
    reached = attempt_words(spoken, zone, now) if spoken is not None else ""
    return " · ".join(filter(None, (words, reached)))


def _at(attempt: Attempt) -> datetime:
    return attempt.at


def put_off_words(item: WorkItem) -> str:
    """What was said when it was put off."""
    return {
        Disposition.CALLS_AGAIN: _("calls again"),
        Disposition.CALL_BACK: _("to be called back"),
        Disposition.FOLLOW_UP: _("follow-up"),
    }.get(item.disposition or Disposition.DONE, "")


def about_words(item: WorkItem) -> str:
    """What can be opened of an item; "" where there is nothing."""
    if item.appointment_id is not None:
        return _("Appointment")
    if item.client_id is None:
        return ""
    return {WorkKind.EXPIRING: _("Script"), WorkKind.GAP: _("On-call rota")}.get(item.kind, "")


def is_late(item: WorkItem, now: datetime) -> bool:
    """Whether it has to be said how late something is."""
    return now - item.due >= LATE


def detail_words(item: WorkItem, zone: str, now: datetime, news: str = "") -> str:
    """Everything about an item in one line; `news` says more of why than it knows itself."""
    who, what = who_words(item), one_line(item.text, 80)
    parts = (
        who,
        put_off_words(item) or news or why_words(item),
        span_words(item, zone),
        what if what != who else "",
        one_line(item.result, 80),
        tries_words(item, zone, now),
        late_words(item.due, now) if is_late(item, now) else "",
    )
    return " · ".join(part for part in parts if part)


def tone(item: WorkItem, zone: str, now: datetime, *, heard: bool = False) -> str:
    """How urgent it is, as a colour beside the words; a message that was `heard` waits quietly."""
    if is_late(item, now):
        return "danger"
    return "attention" if not heard and item.urgency(now, zone) is Urgency.OVERDUE else "quiet"


def icon(item: WorkItem) -> str:
    """Its kind as a picture."""
    pictures = {
        WorkKind.CONFLICT: "calendar",
        WorkKind.PUSH: "calendar",
        WorkKind.PROMISED: "phone",
        WorkKind.NOTE: "menu",
        WorkKind.EXPIRING: "clock",
        WorkKind.GAP: "alert",
    }
    return pictures.get(item.kind, "missed")


def heading(counts: WorkCounts) -> str:
    """How much is open, above the list."""
    if counts.overdue:
        return _("Open: {count} · due: {due}").format(count=counts.total, due=counts.overdue)
    return _("Open: {count}").format(count=counts.total)


def count_words(counts: WorkCounts) -> str:
    """How much is open, for the edge of the window."""
    if not counts.total:
        return _("Nothing open")
    words = ngettext("{count} open", "{count} open", counts.total).format(count=counts.total)
    if counts.overdue:
        due = ngettext("{count} due", "{count} due", counts.overdue)
        words += ", " + due.format(count=counts.overdue)
    return words


def empty_words() -> str:
    """What will be there, where nothing is."""
    return _(
        "Nothing is open. Missed calls, promised call-backs, appointments that went wrong,"
        " gaps in the on-call rota and instructions that end appear here, what is due first"
        " at the top; below them the calls of today."
    )


def attempts_words(
    attempts: Iterable[Attempt], zone: str, now: datetime, who: Callable[[UUID | None], str]
) -> str:
    """The last attempts, one a line, the newest first: when, what came of it, and `who` tried."""
    lines = []
    for one in sorted(attempts, key=_at, reverse=True)[:_SHOWN]:
        words = ": ".join(filter(None, (attempt_words(one, zone, now), one_line(one.text, 80))))
        lines.append(" · ".join(filter(None, (words, one_line(who(one.who), 30)))))
    return "\n".join(lines)


def attempt_words(attempt: Attempt, zone: str, now: datetime) -> str:
    """When somebody was tried, and what came of it."""
    return f"{due_words(attempt.at, zone, now)} {outcome_words(attempt.outcome)}"


def result_words(item: WorkItem) -> str:
    """What was written when it left; of what left by itself, why."""
    if item.disposition is Disposition.VOID:
        return sentence(known_reason(item.result))
    return item.result


def disposition_word(disposition: Disposition) -> str:
    """A disposition as it is written on a button."""
    return {
        # TRANSLATORS: dispositions, as short as the trade says them: OK, KN, RWA, RR, WV
        Disposition.DONE: _("OK"),
        Disposition.NOTED: _("Noted"),
        Disposition.CALLS_AGAIN: _("Calls again"),
        Disposition.CALL_BACK: _("We call"),
        Disposition.FOLLOW_UP: _("Follow-up"),
        Disposition.VOID: _("Void"),
    }[disposition]


def disposition_words(disposition: Disposition) -> str:
    """What a disposition means."""
    return {
        Disposition.DONE: _("Done. Leaves the list."),
        Disposition.NOTED: _("Taken note of. Leaves the list."),
        Disposition.CALLS_AGAIN: _("Will call again. Leaves the list, or stays until then."),
        Disposition.CALL_BACK: _("We call back. Stays on the list until then."),
        Disposition.FOLLOW_UP: _("Taken up again later. Stays on the list."),
        Disposition.VOID: _("No longer so."),
    }[disposition]

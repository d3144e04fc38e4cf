"""What was settled lately, as rows: when, for whom, who it was, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.worklist import Disposition, WorkItem
from ui.models.followup import due_words
from ui.models.journal import Entry
from ui.models.moments import dated_words
from ui.models.words import client_words, one_line
from ui.models.workwords import disposition_word, icon, result_words, who_words, why_words

LATELY = timedelta(days=14)
"""So far back one looks at first."""
SHOWN = 120
"""So much of a result stands in its row; the whole of it below, while the row is chosen."""


def settled_rows(
    items: Sequence[WorkItem],
    client: Callable[[UUID | None], Client | None],
    who: Callable[[UUID | None], str],
    zone: str,
    now: datetime,
) -> list[Entry]:
    """A heading, and a row for each item that left, the newest first; `who` settled it."""
    since = dated_words(now - LATELY, zone, now)
    words = _("Settled since {date}: {count}").format(date=since, count=len(items))
    return [Entry(title=words, heading=True), *(_row(one, client, who, zone, now) for one in items)]


def _row(
    item: WorkItem,
    client: Callable[[UUID | None], Client | None],
    who: Callable[[UUID | None], str],
    zone: str,
    now: datetime,
) -> Entry:
    mine = client(item.client_id)
    parts = (
        who_words(item),
        why_words(item),
        _said(item, who),
        one_line(result_words(item), SHOWN),
    )
    return Entry(
        title=client_words(mine),
        time=due_words(item.done or item.due, zone, now),
        detail=" · ".join(part for part in parts if part),
        icon=icon(item),
        colour=mine.colour if mine else None,
        item=item,
    )


def _said(item: WorkItem, who: Callable[[UUID | None], str]) -> str:
    """What came of it, and by whom; what left by itself was nobody's."""
    said = disposition_word(item.disposition) if item.disposition else ""
    if item.disposition is Disposition.VOID:
        return said
    if item.disposed_by is None:
        return _("{disposition} by the owner").format(disposition=said)
    return " · ".join(filter(None, (said, one_line(who(item.disposed_by), 30))))


def item_of(
    call_id: UUID, number: str, client_id: UUID | None, items: Sequence[WorkItem]
) -> WorkItem | None:
    """The open item a call is about: that for which it was made, else what came of the call, else
    one of the same caller."""
    tests: tuple[Callable[[WorkItem], bool], ...] = (
        lambda one: any(attempt.call_id == call_id for attempt in one.attempts),
        lambda one: one.call_id == call_id,
        lambda one: bool(number) and one.number == number and one.client_id == client_id,
    )
    for test in tests:
        found = next(filter(test, items), None)
        if found is not None:
            return found
    return None

"""What is known of who calls: earlier calls with this client, appointments, and the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.desk.finding import History
from receptionist.i18n import _, ngettext
from receptionist.model.appointment import OCCUPYING, Appointment
from receptionist.model.call import Call, Direction
from receptionist.model.number import normalised
from ui.models.journal import Entry
from ui.models.moments import clock_words, dated_words
from ui.models.outcome import short_outcome
from ui.models.stage import Seen
from ui.models.words import caller_words, one_line, outcome_words, went_wrong
from ui.post import while_there

AFTER_PAINTING_MS = 30
TYPED_MS = 300
_Key = tuple[UUID, UUID | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry(Entry):
    """A row of the history; `name` is who it was, as it was typed."""

    name: str = ""
    appointment: Appointment | None = None


class CallerHistory(QObject):
    """The history of the shown call's caller. Main thread; `changed` when an answer came.

    It is asked for after the call is on the screen: the greeting never waits for it.
    """

    changed = Signal()

    def __init__(self, desk: Desk, clock: Clock) -> None:
        super().__init__()
        self._desk, self._clock = desk, clock
        self._seen: Seen | None = None
        self._key: _Key | None = None
        self._told: History | None = None
        self._failure = ""
        self._ticket = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)

    def show(self, seen: Seen | None) -> None:
        """Another call is shown, or its number or client changed."""
        self._seen = seen
        key = self._key_of(seen)
        if key == self._key:
            return
        another = key is None or self._key is None or key[0] != self._key[0]
        self._key, self._told, self._failure = key, None, ""
        self._ticket += 1
        if key is None or key[1] is None or not key[2]:
            self._soon.stop()
        else:
            self._soon.start(AFTER_PAINTING_MS if another else TYPED_MS)

    def again(self, client_id: UUID) -> None:
        """Something was booked for a client: ask once more if he is the one."""
        if self._key is not None and self._key[1] == client_id and self._key[2]:
            self._ticket += 1
            self._soon.start(AFTER_PAINTING_MS)

    @property
    def known(self) -> bool:
        """Whether there is anything to unfold."""
        return bool(self._calls or (self._told and self._told.appointments))

    @property
    def name(self) -> str:
        """The name under which the caller is known, "" if nobody typed or wrote one down."""
        told = self._told
        named = replace(told, calls=tuple(self._calls)).name if told else ""
        return one_line(named or self._written, 200)

    @property
    def words(self) -> str:
        """The history in one line, or why there is none."""
        seen, told = self._seen, self._told
        if seen is None or seen.client is None or self._key is None:
            return _("Once the client is known, earlier calls appear here.") if seen else ""
        if not self._key[2]:
            return _("The number is withheld: no history. Type a number to look it up.")
        if self._failure:
            return self._failure
        if told is None:
            return _("Looking up earlier calls …")
        count, last = self._call_words()
        parts = (count, *self._appointment_words(), last)
        return " · ".join(part for part in parts if part) or _(
            "First call from this number for this client."
        )

    @property
    def entries(self) -> Sequence[HistoryEntry]:
        """Calls and appointments, the newest first."""
        if self._told is None:
            return ()
        rows = [(call.started, self._call_entry(call)) for call in self._calls]
        rows += [(one.start, self._booked_entry(one)) for one in self._told.appointments]
        rows.sort(key=lambda row: row[0], reverse=True)
        return [entry for _at, entry in rows]

    @property
    def appointment(self) -> Appointment | None:
        """The one a caller most likely speaks of: his next, else his last."""
        told = self._told.appointments if self._told else ()
        now = self._clock.now()
        kept = sorted((one for one in told if one.state in OCCUPYING), key=_start)
        coming = [one for one in kept if one.end > now]
        return next(iter(coming[:1] or kept[-1:] or told[:1]), None)

    # ---- inside

    @property
    def _calls(self) -> list[Call]:
        """Earlier calls, without the shown one."""
        shown = self._key[0] if self._key else None
        return [call for call in (self._told.calls if self._told else ()) if call.id != shown]

    @property
    def _written(self) -> str:
        """The name that is written down for his number."""
        if self._key is None or self._key[1] is None or not self._key[2]:
            return ""
        card = self._desk.people.notebooks.caller(self._key[1], self._key[2][0])
        return card.name if card else ""

    def _key_of(self, seen: Seen | None) -> _Key | None:
        if seen is None:
            return None
        return seen.call.id, seen.client.id if seen.client else None, self._numbers_of(seen)

    def _numbers_of(self, seen: Seen) -> tuple[str, ...]:
        """His number, and those of the rows that are the same person."""
        number = normalised(seen.call.number, self._desk.directory.office.region)
        if not number or seen.client is None:
            return (number,) if number else ()
        card = self._desk.people.notebooks.caller(seen.client.id, number)
        return tuple(dict.fromkeys((number, *(card.numbers if card else ()))))

    def _ask(self) -> None:
        if self._key is not None and self._key[1] is not None:
            self._desk.finding.history(
                self._key[1],
                self._key[2],
                while_there(self, partial(self._answered, self._ticket)),
                while_there(self, partial(self._failed, self._ticket)),
            )

    def _answered(self, ticket: int, told: History) -> None:
        if ticket == self._ticket:
            self._told = told
            self.changed.emit()

    def _failed(self, ticket: int, error: Exception) -> None:
        if ticket == self._ticket:
            self._failure = str(error)
            self.changed.emit()

    def _call_words(self) -> tuple[str, str]:
        """How many earlier calls there were, and what the last one was about."""
        calls = self._calls
        if not calls:
            return "", ""
        count = ngettext("{count} earlier call", "{count} earlier calls", len(calls))
        last, when = calls[0], self._dated(calls[0].started)
        about = one_line(last.note)
        if about:
            words = _("last {date}: {note}").format(date=when, note=about)
        else:
            words = _("last {date}, {outcome}").format(date=when, outcome=outcome_words(last))
        return count.format(count=len(calls)), words

    def _appointment_words(self) -> list[str]:
        """The next appointment, else the last one."""
        one = self.appointment
        if one is None or one.state not in OCCUPYING:
            return []
        words = _("appointment {date}, {kind}")
        return [words.format(date=self._dated(one.start), kind=one_line(one.kind_name, 30))]

    def _call_entry(self, call: Call) -> HistoryEntry:
        wrong = went_wrong(call)
        incoming = call.direction is Direction.INCOMING
        note = one_line(call.note, 300)
        result = outcome_words(call) if call.ended else _("on the phone")
        return HistoryEntry(
            title=f"{clock_words(call.started, self._zone)} · {caller_words(call)}",
            time=self._dated(call.started),
            detail=f"{note} · {result}" if note else result,
            icon="missed" if wrong else ("incoming" if incoming else "outgoing"),
            tone="danger" if wrong else "quiet",
            colour=self._colour,
            call=call,
            name=call.caller_name.strip(),
        )

    def _booked_entry(self, one: Appointment) -> HistoryEntry:
        state, tone = short_outcome(replace(one, confirmed=None), self._zone)
        title = f"{clock_words(one.start, one.zone)} · {one_line(one.kind_name)}"
        return HistoryEntry(
            title=f"{title} · {one_line(one.caller_name)}" if one.caller_name else title,
            time=self._dated(one.start),
            detail=state,
            icon="calendar",
            tone=tone if tone in ("attention", "danger") else "quiet",
            colour=self._colour,
            name=one.caller_name.strip(),
            appointment=one,
        )

    @property
    def _colour(self) -> int | None:
        return self._seen.client.colour if self._seen and self._seen.client else None

    @property
    def _zone(self) -> str:
        return self._desk.directory.office.zone

    def _dated(self, instant: datetime) -> str:
        return dated_words(instant, self._zone, self._clock.now())


def _start(appointment: Appointment) -> datetime:
    return appointment.start

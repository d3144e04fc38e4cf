"""What stands in a week, as pieces with their words: events of the owner, appointments of ours."""

from __future__ import annotations

from uuid import UUID

from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.busy import Busy
from receptionist.model.client import Client
from receptionist.model.number import shown
from receptionist.model.week import Week
from ui.models.moments import clock_words
from ui.models.signs import Sign, sign_of
from ui.models.weekwords import appointment_words, busy_title, busy_words, place_words
from ui.models.words import one_line
from ui.widgets.weekshape import Banner, Mark, Piece

_NAME = 60


class Words:
    """Puts events and appointments of one week into pieces.

    Where it is one column there is room for everything that is known of an appointment.
    """

    def __init__(
        self, week: Week, client: Client, office_zone: str, call_id: UUID | None, columns: int
    ) -> None:
        self._week, self._client, self._office_zone = week, client, office_zone
        self._call_id, self._roomy = call_id, columns == 1

    def event(self, event: Busy, column: int, start: int, end: int) -> Piece:
        """Something the owner is busy with."""
        sign = sign_of(self._client, event)
        return Piece(
            column=column,
            start=start,
            end=end,
            lines=(busy_title(event),),
            spoken=_with(busy_words(event, self._week, blocks=True), sign),
            icon=sign.icon if sign else "",
        )

    def mark(self, event: Busy, column: int, start: int, end: int) -> Mark:
        """A time that means something in the owner's words."""
        sign = sign_of(self._client, event)
        assert sign is not None
        return Mark(
            column=column,
            start=start,
            end=end,
            text=busy_title(event),
            spoken=_with(busy_words(event, self._week, blocks=False), sign),
            tone=sign.tone,
        )

    def banner(self, event: Busy, touched: list[int], *, blocks: bool) -> Banner:
        """Something that lasts whole days."""
        return Banner(
            first=touched[0],
            last=touched[-1],
            text=busy_title(event),
            spoken=_with(
                busy_words(event, self._week, blocks=blocks), sign_of(self._client, event)
            ),
            blocks=blocks,
        )

    def appointment(
        self, one: Appointment, column: int, start: int, end: int, *, loose: bool
    ) -> Piece:
        """An appointment of ours, or the way to one; `loose` says whether it may be moved."""
        spoken = appointment_words(one, self._week, self._office_zone)
        if one.part_of is not None:
            return Piece(
                column=column,
                start=start,
                end=end,
                lines=(one_line(one.kind_name, _NAME),),
                spoken=spoken,
                tone="travel",
            )
        held = one.state is AppointmentState.HOLD
        words, tone, icon = place_words(one)
        if held and one.call_id is not None and one.call_id == self._call_id:
            tone = "accent"
        return Piece(
            column=column,
            start=start,
            end=end,
            lines=self._lines(one, words, tone),
            spoken=spoken,
            tone=tone,
            icon=icon,
            before=one.buffer_before,
            after=one.buffer_after,
            id=None if held else one.id,
            loose=loose and not held and one.state is not AppointmentState.CONFLICT,
        )

    def _lines(self, one: Appointment, state: str, tone: str) -> tuple[str, ...]:
        zone = self._week.zone
        name = one_line(one.caller_name, _NAME)
        if not self._roomy:
            rest = [name, state] if tone == "good" else [state, name]
            return clock_words(one.start, zone), *filter(None, rest)
        when = f"{clock_words(one.start, zone)}–{clock_words(one.end, zone)}"
        member = self._client.member(one.staff_id)
        who = " · ".join(filter(None, (name, shown(one.caller_number))))
        rest = [who, one_line(one.location, _NAME), one_line(one.note, _NAME)]
        rest.insert(len(rest) if tone == "good" else 0, state)
        what = " · ".join(filter(None, (one_line(one.kind_name), member.name if member else "")))
        return f"{when} {what}", *filter(None, rest)


def _with(words: str, sign: Sign | None) -> str:
    """Words, and what the owner means by his."""
    return f"{words} · {sign.words}" if sign else words

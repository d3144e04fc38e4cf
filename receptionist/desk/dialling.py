"""Calling out: over which lines, in whose name, and over the next one when a line fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from receptionist.desk.calls import Calls
from receptionist.desk.focus import Focus
from receptionist.desk.ground import Ground
from receptionist.desk.numbers import line_out, target_of
from receptionist.desk.opening import Opening
from receptionist.events import LineChanged, LineState, PhoneEnded, WayTaken
from receptionist.i18n import _
from receptionist.model.call import Call, Cause
from receptionist.model.number import is_emergency, shown
from receptionist.model.route import Way, Why
from receptionist.ports import Phone
from receptionist.threads import assert_main

log = logging.getLogger(__name__)

_NEVER_THE_LINE = (404, 410, 416, 484, 485, 604)
"""The number itself is wrong, on whatever line."""


Ways = Callable[[str, UUID | None], Sequence[Way]]
"""The ways to a number, called for a client or for the office; the best first."""


class Dialling:
    """Calls numbers. Main thread.

    A way that fails by itself gives place to the next; not so when the callee was busy, declined,
    or could be rung. The call stays the same one. `lines` are the newest states of the lines.
    """

    def __init__(
        self,
        ground: Ground,
        phone: Phone,
        calls: Calls,
        focus: Focus,
        lines: Mapping[UUID, LineChanged],
    ) -> None:
        self.ways_to: Ways = lambda number, client_id: ()
        self._phone = phone
        self._calls = calls
        self._focus = focus
        self._lines = lines
        self._directory = ground.directory
        self._listeners = ground.listeners
        self._opening = Opening(ground)
        self._left: dict[UUID, list[UUID]] = {}
        """The lines that are still to be tried for a call that has not rung yet."""

    def offer(
        self, number: str, client_id: UUID | None = None, consults_for: UUID | None = None
    ) -> tuple[str, Sequence[Way]]:
        """What would be dialled for a typed number, and the ways there as they would be tried.

        Where no line is ready there is one way all the same: over the line that is tried then.
        """
        target = target_of(number, self._directory.office.region)
        usual = self._line_of(consults_for)
        ways = () if target.startswith("sip:") else self.ways_to(target, client_id)
        if ways:
            return target, _in_order(ways, usual)
        line = line_out(self._directory.lines, self._lines, usual)
        return target, (Way(line_id=line.id, why=Why.UNKNOWN),)

    def shown_as(
        self, target: str, client_id: UUID | None, consults_for: UUID | None = None
    ) -> str:
        """The number in whose name is called: that of the client it is for, and no other's; ""
        for the line's own."""
        client = self._directory.client(client_id)
        if client is None or consults_for is not None:
            return ""
        if is_emergency(target, self._directory.office.region):
            return ""
        return client.shown_as if client.shown_as != target else ""

    def dial(
        self,
        number: str,
        line_id: UUID | None = None,
        client_id: UUID | None = None,
        consults_for: UUID | None = None,
        name: str = "",
    ) -> Call:
        """Call a number over a line, or the best way; the new call, which is spoken to."""
        assert_main()
        target, ways = self.offer(number, client_id, consults_for)
        if line_id:
            line = line_out(self._directory.lines, self._lines, line_id)
            ways = (Way(line_id=line.id, why=Why.UNKNOWN),)
        first, *others = [way.line_id for way in ways]
        call = self._opening.outgoing(first, target, name, client_id, consults_for)
        self._left[call.id] = others
        self._focus.choose(call.id)
        self._calls.add(call)
        self._calls.tell(call)
        self._call(call, first)
        return call

    def rang(self, call_id: UUID) -> None:
        """The call has got through: its way was good, whatever becomes of it."""
        self._left.pop(call_id, None)

    def has_more(self, call_id: UUID) -> bool:
        """Whether there is another way for a call that is being dialled."""
        return bool(self._left.get(call_id))

    def goes_on(self, event: PhoneEnded) -> bool:
        """Whether a call that has ended for the phone is being dialled over its next way."""
        left = self._left.pop(event.call_id, [])
        call = self._calls.get(event.call_id)
        if call is None or call.line_id is None or not left or not _line_failed(event):
            return False
        failed, following = call.line_id, left[0]
        self._left[call.id] = left[1:]
        log.info("a line failed with %s; the next one is taken", event.status)
        call = replace(call, line_id=following)
        self._calls.change(call)
        self._listeners.tell(
            WayTaken(call=call, failed_line_id=failed, message=self._words(call, failed))
        )
        self._call(call, following)
        return True

    def _line_of(self, caller_id: UUID | None) -> UUID | None:
        """The line of a caller, if it is ready: the best one where nobody has said any better."""
        caller = self._calls.get(caller_id) if caller_id else None
        state = self._lines.get(caller.line_id) if caller and caller.line_id else None
        return state.line_id if state is not None and state.state is LineState.READY else None

    def _call(self, call: Call, line_id: UUID) -> None:
        shown_as = self.shown_as(call.dialled, call.client_id, call.consults_for)
        self._phone.dial(
            call.id, line_id, call.dialled, shown_as=shown_as, beside=call.consults_for
        )

    def _words(self, call: Call, failed: UUID) -> str:
        words = _("{failed} does not work just now. {number} is being called over {line}.")
        return words.format(
            failed=self._line_name(failed),
            number=shown(call.dialled),
            line=self._line_name(call.line_id),
        )

    def _line_name(self, line_id: UUID | None) -> str:
        line = self._directory.line(line_id) if line_id else None
        return line.name if line else _("A line that was removed")


def _in_order(ways: Sequence[Way], usual: UUID | None) -> Sequence[Way]:
    """The ways; that over the usual line first if there is no rule for the number."""
    if any(way.route for way in ways):
        return ways
    return sorted(ways, key=lambda way: way.line_id != usual)


def _line_failed(event: PhoneEnded) -> bool:
    """Whether it was the line that failed, and neither the callee nor the number."""
    if event.cause is Cause.FAILED:
        return event.status not in _NEVER_THE_LINE
    refused_here = event.cause is Cause.REFUSED and event.status == 403
    return refused_here or (event.cause is Cause.NO_ANSWER and event.status == 408)

"""Calls that hear each other: a conference of three, or two without us. Loop thread only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from receptionist.errors import PhoneError
from receptionist.events import PhoneJoined
from receptionist.phone.engine.bridge import media_of, wire_up
from receptionist.phone.engine.leg import Leg


class Conference:
    """Pairs of calls that hear each other, as long as neither is on hold."""

    def __init__(self, report: Callable[[Any], None]) -> None:
        self._report = report
        self._pairs: list[tuple[Leg, Leg]] = []

    def partners(self, leg: Leg) -> tuple[Leg, ...]:
        """With whom a call is joined."""
        return tuple(b if a is leg else a for a, b in self._pairs if leg in (a, b))

    def join(self, leg: Leg, other: Leg) -> None:
        """Join two calls that are up."""
        if leg is other:
            raise PhoneError("a call cannot be joined with itself")
        if not (leg.confirmed and other.confirmed):
            raise PhoneError("only calls that are up can be joined")
        if other not in self.partners(leg):
            self._pairs.append((leg, other))
        self._tell(leg, other, True)

    def part(self, leg: Leg, other: Leg) -> None:
        """Part them again."""
        if other not in self.partners(leg):
            raise PhoneError("these calls are not joined")
        self._pairs = [pair for pair in self._pairs if not {leg, other} <= set(pair)]
        self._connect(leg, other, False)
        self._tell(leg, other, False)

    def wire(self, leg: Leg) -> None:
        """Connect a call with its partners, whenever its state or its media has changed."""
        for other in self.partners(leg):
            self._connect(leg, other, not leg.aside and not other.aside)

    def leave(self, leg: Leg) -> None:
        """A call is over: its partners are told, and hear it no more."""
        for other in self.partners(leg):
            self.part(leg, other)

    def _connect(self, leg: Leg, other: Leg, wanted: bool) -> None:
        one, two = media_of(leg), media_of(other)
        wire_up(one, two, wanted)
        wire_up(two, one, wanted)

    def _tell(self, leg: Leg, other: Leg, joined: bool) -> None:
        self._report(PhoneJoined(call_id=leg.call_id, other_id=other.call_id, joined=joined))

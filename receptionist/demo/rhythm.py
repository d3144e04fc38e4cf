"""The demonstration with a window: calls come in by themselves, at a humane rhythm."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from uuid import UUID

from receptionist.demo.callers import PEOPLE, Person
from receptionist.demo.stage import Stage
from receptionist.threads import Later

FIRST_AFTER_S = 3.0
NEXT_AFTER_S = 25.0
"""After a call was answered: time to talk, book and take a breath."""
AGAIN_AFTER_S = 12.0
"""After a call that ended without an answer."""
PATIENCE_S = 60.0
MOST = 2


class Rhythm:
    """Lets one person after the other call. Main thread.

    The next one calls a while after the last one was answered or gave up, never more than two at
    once; who is not answered gives up after a minute.
    """

    def __init__(self, stage: Stage, later: Later) -> None:
        self._stage = stage
        self._callers = stage.callers
        self._later = later
        self._people = cycle(PEOPLE)
        self._ringing: dict[UUID, Callable[[], None]] = {}
        self._next: Callable[[], None] = lambda: None
        self._stopped = False

    def start(self) -> None:
        """Begin: the stage is ready."""
        self._callers.answered = self._answered
        self._callers.ended = self._ended
        self._set(FIRST_AFTER_S)

    def stop(self) -> None:
        """Let nobody call any more."""
        self._stopped = True
        self._next()
        for give_up in self._ringing.values():
            give_up()

    def _set(self, seconds: float) -> None:
        self._next()
        if not self._stopped:
            self._next = self._later(seconds, self._dial)

    def _dial(self) -> None:
        if self._stopped:
            return
        if len(self._callers.calling) >= MOST:
            self._set(AGAIN_AFTER_S)
            return
        call_id = self._callers.call(next(self._people), self._stage.port)
        self._ringing[call_id] = self._later(PATIENCE_S, lambda: self._callers.hang_up(call_id))

    def _answered(self, call_id: UUID, person: Person) -> None:
        give_up = self._ringing.pop(call_id, None)
        if give_up is not None:
            give_up()
        self._set(NEXT_AFTER_S)

    def _ended(self, call_id: UUID, person: Person) -> None:
        give_up = self._ringing.pop(call_id, None)
        if give_up is not None:
            give_up()
            self._set(AGAIN_AFTER_S)

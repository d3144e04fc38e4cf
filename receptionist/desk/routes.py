"""The ways out: over which lines a number is best called, for a client or for the office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from receptionist.desk.ground import Ground
from receptionist.events import LineChanged, LineState
from receptionist.model.number import is_emergency, normalised
from receptionist.model.route import Way, ways


class Routes:
    """Knows the rules of the directory and which lines are ready. Main thread."""

    def __init__(self, ground: Ground, states: Callable[[], Mapping[UUID, LineChanged]]) -> None:
        self._directory = ground.directory
        self._states = states

    def ways_for(self, number: str, client_id: UUID | None = None) -> tuple[Way, ...]:
        """The lines that are ready, the best first, each with its price and why it stands there.

        Rules of the client come before those of the office. For a call for help there are none:
        the lines come in their order.
        """
        office, client = self._directory.office, self._directory.client(client_id)
        number = normalised(number, office.region)
        return ways(
            number,
            (*(client.routes if client else ()), *office.routes),
            self._ready(),
            emergency=is_emergency(number, office.region),
        )

    def _ready(self) -> list[UUID]:
        states = self._states()
        return [
            line.id
            for line in self._directory.lines
            if line.id in states and states[line.id].state is LineState.READY
        ]

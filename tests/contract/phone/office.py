"""An exchange with a trunk from this computer, and as many callers as a test wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from receptionist.events import PhoneAnswered, PhoneEnded, PhoneIncoming, PhoneRefused
from receptionist.model.call import Cause
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from tests.contract.phone.world import DIALLED, Desk, E, trunk
from tests.doubles.processes import children
from tests.doubles.sip.sipp import Sipp

PATIENCE_S = 100


@dataclass(frozen=True, slots=True)
class Pace:
    """How many callers begin a second, how many there are at once (0: no limit), and how long."""

    a_second: int = 10
    most: int = 0
    patience_s: int = PATIENCE_S


TEN_A_SECOND = Pace()


class Office(Desk):
    """A phone with a trunk from this computer."""

    def __init__(self, home: Path) -> None:
        self.home = home
        settings = EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL)
        super().__init__(lambda pump: Supervisor(pump.post, settings))
        assert isinstance(self.phone, Supervisor)
        self.supervisor = self.phone
        self.line = self.takes(trunk("127.0.0.1"))

    def until(self, condition: Callable[[], object]) -> None:
        """With the patience for ten workers that start at a time."""
        self._pump.until(condition, PATIENCE_S)

    def wait(self, kind: type[E], count: int = 1, **fields: object) -> E:
        """The same for an event."""
        self.until(lambda: len(self.all(kind, **fields)) >= count)
        return self.all(kind, **fields)[count - 1]

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.supervisor.sip_port}"

    @property
    def exchange(self) -> int:
        """Its process."""
        exchange = self.supervisor.engine_process
        assert exchange is not None
        return exchange

    @property
    def workers(self) -> list[int]:
        """Their processes, the oldest first."""
        return sorted(children(self.exchange))

    def sipp(
        self,
        scenario: str,
        port: int,
        calls: int = 1,
        *,
        pace: Pace = TEN_A_SECOND,
        **more: str,
    ) -> Sipp:
        """So many callers who play a scenario."""
        keys = {"to": f"<sip:{DIALLED}@example.org>", "uri": f"sip:{DIALLED}@{self.place}"}
        keys |= {"from": "<sip:+491713920001@example.org>", "more": "X-Nothing: 1", **more}
        options = ("-r", str(pace.a_second), "-l", str(pace.most or calls), "-d", "0")
        options += ("-timeout", f"{pace.patience_s}s")
        return Sipp(
            scenario, self.home, target=self.place, port=port, calls=calls, options=options, **keys
        )

    def answer(self, call_id: UUID) -> UUID:
        """Answer a call and wait until it is up."""
        self.phone.answer(call_id)
        self.wait(PhoneAnswered, call_id=call_id)
        return call_id

    def newest(self, begin: Callable[[], object]) -> UUID:
        """The call that rings when somebody begins it."""
        rang = len(self.all(PhoneIncoming))
        begin()
        return self.wait(PhoneIncoming, rang + 1).call_id

    def serve(self, many: int, after: Callable[[int], object] = lambda ended: None) -> None:
        """Answer so many calls and hang each of them up; `after` is told how many have ended."""
        done = ended = 0

        def news() -> bool:
            return len(self.events) > done

        while ended < many:
            self.until(news)
            new, done = self.events[done:], len(self.events)
            for event in new:
                if isinstance(event, PhoneIncoming):
                    self.phone.answer(event.call_id)
                elif isinstance(event, PhoneAnswered):
                    self.phone.hang_up(event.call_id)
                elif isinstance(event, PhoneEnded | PhoneRefused):
                    ended += 1
                    after(ended)
        assert len(self.all(PhoneEnded, cause=Cause.WE_HUNG_UP)) == many

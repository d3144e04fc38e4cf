"""The process of the desk: a whole one without a face, with a robot before it.

Arguments: the data directory, and in JSON what the day is made of. A line of its standard input
ends it: `settle` when everything is done. Each line of its output is a JSON object.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from receptionist.bootstrap import compose, memory_credentials, open_database
from receptionist.events import DeskEvent, LineChanged, LineState
from receptionist.model.appointment import Appointment
from receptionist.model.call import Call
from receptionist.model.period import Period
from receptionist.model.secret import Secret
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from receptionist.threads import MainLoop
from tests.e2e.burst.plan import Fate, day
from tests.e2e.burst.robot import Robot

_EVER = Period(datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
_LOOK_S = 0.05


class Process:
    """One run. Main thread."""

    def __init__(self, data: Path, wanted: dict[str, Any]) -> None:
        self._data, self._wanted = data, wanted
        self._day = day(
            wanted["seed"],
            wanted["calls"],
            wanted["clients"],
            [Fate(one) for one in wanted["fates"]],
        )
        self._loop = MainLoop()
        settings = EngineSettings(
            bind="127.0.0.1", audio=AudioMode.NULL, log_directory=str(data), linger_s=600
        )
        self._phone = Supervisor(self._loop.post, settings)
        credentials = memory_credentials()
        self._reader = open_database(data)
        for account in self._reader.directory().accounts:
            credentials.keep(account.id, Secret(wanted["password"]))
        self._desk = compose(
            data,
            post=self._loop.post,
            later=self._loop.later,
            credentials=credentials,
            phone=self._phone,
        )
        self._robot: Robot | None = None
        self._ready: set[object] = set()

    def run(self) -> None:
        """Until it is told to end."""
        self._desk.subscribe(self._heard)
        self._desk.start(self._started, _fail)
        threading.Thread(target=self._listen, daemon=True).start()
        self._loop.run()
        self._desk.stop()
        self._reader.close()

    def _started(self) -> None:
        desk, wanted = self._desk, self._wanted
        self._robot = Robot(desk, self._day, self._loop.later, say, wanted["word_s"])
        booked = tuple(
            one
            for client in desk.directory.clients
            for one in self._reader.appointments(client.id, _EVER)
        )
        desk.journal.today(lambda calls: self._begin(calls, booked))

    def _begin(self, calls: tuple[Call, ...], booked: tuple[Appointment, ...]) -> None:
        assert self._robot is not None
        say(started=True, found=self._found(calls))
        self._robot.start(calls, booked)

    def _found(self, calls: tuple[Call, ...]) -> dict[str, dict[str, str]]:
        """What was typed into each call before this start, before anything is typed anew.

        A call that no journal knows is taken over from the phone, perhaps later than this: what
        was typed into it lies ready for that.
        """
        jotted = self._desk.jotter.all.items()
        ready = {name.partition("/")[2]: one.texts["answers"] for name, one in jotted}
        found = {
            call_id: {one["prompt"]: one["typed"] for one in answers}
            for call_id, answers in ready.items()
        }
        for call in (*calls, *self._desk.switchboard.calls):
            found[str(call.id)] = {one.prompt: one.typed for one in call.answers}
        return found

    def _heard(self, event: DeskEvent) -> None:
        if isinstance(event, LineChanged) and event.state is LineState.READY:
            self._ready.add(event.line_id)
            if len(self._ready) == len(self._desk.directory.lines):
                say(ready=self._phone.sip_port)

    def _listen(self) -> None:
        if sys.stdin.readline().strip() == "settle":
            self._loop.post(self._settle)

    def _settle(self) -> None:
        robot = self._robot
        if robot is not None and robot.is_done and not self._reader.outbox():
            self._loop.stop()
        else:
            self._loop.later(_LOOK_S, self._settle)


def say(**what: object) -> None:
    """Tell it to whoever started this process."""
    print(json.dumps({"at": time.time(), **what}), flush=True)


def _fail(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    Process(Path(sys.argv[1]), json.loads(sys.argv[2])).run()

"""Desks with their journals, each in a process of its own, which can be killed at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from receptionist.bootstrap import compose, memory_credentials, open_database
from receptionist.events import CallIncoming, DeskEvent, LineChanged, LineState
from receptionist.model.call import Call
from receptionist.model.worklist import WorkItem
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from receptionist.phone.wire.rendezvous import find
from receptionist.threads import MainLoop
from tests.contract.phone.windows import ROOT, lives
from tests.contract.phone.world import trunk
from tests.doubles.sip.talker import CEILING_S

ANSWERED = "+493023125"
"""Who dials a number that begins so and ends in an even digit is answered."""


class Desks:
    """A data directory with an office, and its desks, one after the other."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, 0
        self._desk: subprocess.Popen[str] | None = None
        store = open_database(data)
        known = store.directory()
        office = replace(
            known,
            office=replace(known.office, name="Büro am Park"),
            lines=(trunk("127.0.0.1"),),
        )
        store.save_directory(office, known.receptionist.id, datetime.now(UTC))
        store.close()

    def start(self) -> None:
        """Another one, which takes calls when this returns."""
        self._desk = subprocess.Popen(
            [sys.executable, "-c", _DESK, str(self.data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._desk.stdout is not None
        told = self._desk.stdout.readline().split()
        assert told[:1] == ["ready"], "the desk ended before it was ready"
        self.port = int(told[1])

    def dies(self) -> None:
        """`kill -9`."""
        self._end(signal.SIGKILL)

    def settle(self) -> None:
        """Wait until the desk that is there has written all that none before it had, and close."""
        deadline = time.monotonic() + CEILING_S
        while list(self.data.glob("unheard*")):
            assert time.monotonic() < deadline, "what no desk wrote down is never written"
            time.sleep(0.05)
        assert self._desk is not None
        self._desk.communicate("stop\n", timeout=CEILING_S)

    def journal(self) -> tuple[tuple[Call, ...], tuple[WorkItem, ...]]:
        """What is written down of calls, and who is to be called back."""
        store = open_database(self.data)
        try:
            return store.calls(datetime.fromtimestamp(0, UTC)), store.work.open()
        finally:
            store.close()

    def close(self) -> None:
        """End what still runs."""
        self._end(signal.SIGKILL)
        place = find(str(self.data))
        if place is not None and lives(place.pid):
            os.kill(place.pid, signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._desk is not None:
            self._desk.send_signal(how)
            self._desk.wait()
            for pipe in (self._desk.stdin, self._desk.stdout):
                if pipe is not None and not pipe.closed:
                    pipe.close()


def desk(data: Path) -> None:
    """A desk without a face, in a process of its own: `_DESK` runs it."""
    loop = MainLoop()
    settings = EngineSettings(
        bind="127.0.0.1", audio=AudioMode.NULL, log_directory=str(data), linger_s=600
    )
    phone = Supervisor(loop.post, settings)
    one = compose(
        data, post=loop.post, later=loop.later, credentials=memory_credentials(), phone=phone
    )
    told: list[bool] = []

    def heard(event: DeskEvent) -> None:
        if isinstance(event, LineChanged) and event.state is LineState.READY and not told:
            told.append(True)
            print("ready", phone.sip_port, flush=True)
        elif isinstance(event, CallIncoming) and is_answered(event.call.dialled):
            one.switchboard.answer(event.call.id)

    def failed(error: Exception) -> None:
        raise error

    def listen() -> None:
        sys.stdin.readline()
        loop.stop()

    one.subscribe(heard)
    one.start(lambda: None, failed)
    threading.Thread(target=listen, daemon=True).start()
    loop.run()
    one.stop()


def is_answered(number: str) -> bool:
    """Whether a desk answers who dials this."""
    return number.startswith(ANSWERED) and int(number[-1]) % 2 == 0


_DESK = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from tests.contract.phone.whole_desks import desk
desk(Path(sys.argv[1]))
"""

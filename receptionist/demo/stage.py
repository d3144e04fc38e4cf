"""The demonstration put together: calendars, callers, and a desk on a directory of its own."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from receptionist import bootstrap
from receptionist.bootstrap import AudioMode, EngineSettings
from receptionist.clock import Clock, SystemClock
from receptionist.demo.callers import LOOPBACK, Callers
from receptionist.demo.office import at_home, fill, sample_office
from receptionist.demo.server import CalendarServer
from receptionist.errors import ReceptionistError
from receptionist.events import DeskEvent, LineChanged, LineState
from receptionist.i18n import _
from receptionist.model.secret import Secret
from receptionist.threads import Later, Post, assert_main

log = logging.getLogger(__name__)

START_S = 60.0
RECORDING = "heard.wav"


class Stage:
    """Calendar server, callers and desk. Main thread.

    The desk is there at once and usable when `start` says `ready`. Without a directory given, one
    is made for this run; `remove` removes it after `stop`, unless `keep` was called.
    """

    def __init__(
        self,
        post: Post,
        later: Later,
        *,
        data: Path | None = None,
        audio: AudioMode = AudioMode.DEVICES,
        clock: Clock | None = None,
    ) -> None:
        self._post = post
        self._later = later
        self._clock = clock or SystemClock()
        self._own = data is None
        self.data = data or Path(tempfile.mkdtemp(prefix="receptionist-demo-"))
        self.claim = bootstrap.claim(self.data, "demo")
        self._office = sample_office()
        users = [account.user for account in self._office.accounts]
        self.server = CalendarServer(self.data / "calendars", users)
        self.callers = Callers(post, later)
        self._phone = bootstrap.new_phone(post, self._settings(audio))
        self.desk = bootstrap.compose(
            self.data,
            post=post,
            later=later,
            clock=self._clock,
            credentials=bootstrap.memory_credentials(),
            phone=self._phone,
        )
        self._ready: Callable[[], object] = lambda: None
        self._failed: Callable[[Exception], object] = lambda error: None
        self._started = False
        self._stopped = False
        self._give_up: Callable[[], None] = lambda: None

    def _settings(self, audio: AudioMode) -> EngineSettings:
        return EngineSettings(
            bind=LOOPBACK,
            audio=audio,
            headset=str(self.recording) if audio is AudioMode.FILES else "",
            log_directory=str(self.data),
            linger_s=0,
        )

    @property
    def recording(self) -> Path:
        """What the desk's engine hears, with `AudioMode.FILES`."""
        return self.data / RECORDING

    @property
    def port(self) -> int:
        """Where the desk's phone takes calls, on loopback."""
        return self._phone.sip_port

    def start(self, ready: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Bring everything up: `ready` when a call can come in, else `failed`, once."""
        assert_main()
        self._ready, self._failed = ready, failed
        self._give_up = self._later(START_S, self._too_late)
        self.desk.subscribe(self._heard)
        threading.Thread(target=self._prepare, name="demo", daemon=True).start()

    def keep(self) -> None:
        """Do not remove the directory at the end."""
        self._own = False

    def stop(self) -> None:
        """End everything; what was kept stays until `remove`."""
        assert_main()
        self._stopped = True
        self._give_up()
        self.callers.stop()
        self.desk.stop()
        self.server.stop()
        self.claim.release()

    def remove(self) -> None:
        """Remove the directory of a stage that was stopped, unless it is to be kept."""
        if self._own:
            shutil.rmtree(self.data, ignore_errors=True)

    def _prepare(self) -> None:
        try:
            self.server.start()
            fill(self.server, self._office, self._clock.now())
        except (ReceptionistError, OSError) as error:
            self._post(self._fail, error)
        else:
            self._post(self._calendars_ready)

    def _calendars_ready(self) -> None:
        if self._stopped:
            self.server.stop()
        else:
            self.callers.start(self._callers_ready)

    def _callers_ready(self) -> None:
        self.desk.open(self._opened, self._fail)

    def _opened(self) -> None:
        office = at_home(self.desk.directory.current, self.server, self.callers.place)
        self.desk.import_directory(office, self._imported, self._fail)

    def _imported(self) -> None:
        passwords = self.server.passwords
        for account in self.desk.directory.accounts:
            if account.user in passwords:
                self.desk.passwords.keep(account.id, Secret(passwords[account.user]))
        self.desk.start(lambda: None, self._fail)

    def _heard(self, event: DeskEvent) -> None:
        ready = isinstance(event, LineChanged) and event.state is LineState.READY
        if ready and not self._started:
            self._started = True
            self._give_up()
            self._post(self._ready)

    def _too_late(self) -> None:
        self._fail(ReceptionistError(_("The demonstration did not get ready in time.")))

    def _fail(self, error: Exception) -> None:
        self._give_up()
        if not self._started and not self._stopped:
            self._started = True
            log.error("the demonstration does not start: %s", error)
            self._failed(error)

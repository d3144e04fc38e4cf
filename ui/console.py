"""One run of the window: on the user's office or on the demonstration's, from start to end."""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from receptionist.cli.signals import on_end
from receptionist.cli.wish import Wish
from receptionist.errors import DataDirectoryHeld, ReceptionistError
from ui.collecting import Collecting
from ui.models.keeping import Keeping
from ui.outside.autostart import autostart
from ui.outside.desktop import Desktop
from ui.outside.whisper import Voice, Whisper
from ui.post import AfterPainting, QtLater, QtPost
from ui.theme.sheet import follow
from ui.window import Window

if TYPE_CHECKING:
    from receptionist.cli.handover import Doorkeeper
    from receptionist.demo import Demo
    from receptionist.desk.desk import Desk
    from receptionist.model.sound import SoundDevices
    from receptionist.settings import Settings
    from receptionist.threads import Later, Post

HELD_S = 15.0
"""How long to wait for a data directory whose owner opens a window or ends soon, in seconds."""

_AGAIN_S = 0.2


def show(data: Path | None = None, hidden: bool = False, keeping: Keeping | None = None) -> Window:
    """The window, on the screen before there is a desk. It lives as long as the caller keeps it.

    It stands as the directory `data` remembers it. Else, where its own size leaves no room for a
    title bar, it fills the screen. `hidden` leaves it to the tray, or to the taskbar without one.
    """
    window = Window(data=data, keeping=keeping)
    room, size = window.screen().availableSize(), window.size()
    if hidden:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            window.showMinimized()
    elif window.stood or (size.width() < room.width() and size.height() < room.height()):
        window.show()
    else:
        window.showMaximized()
    return window


class Console:
    """One run of the window. Main thread.

    The window is painted first; only then comes what takes long to import. `wish` is what a person
    wanted who started it, `chosen` what is set; the demonstration keeps no settings.
    """

    def __init__(
        self, options: argparse.Namespace, data: Path, wish: Wish, chosen: Settings
    ) -> None:
        self._options, self._data, self._wish = options, data, wish
        self._root = QObject()
        Collecting(self._root)
        self._post = QtPost(self._root)
        self._later = QtLater(self._root)
        self._office: _Office | Demo | None = None
        self._door: Doorkeeper | None = None
        self._whisper: Whisper | None = None
        self._voice: Voice | None = None
        self._code = 0
        self._waits_until = time.monotonic() + HELD_S
        demo = options.mode == "demo"
        self._keeping = None if demo else Keeping(data, chosen, self._devices, autostart())
        place = None if demo and not options.data else data
        self._window = show(place, options.hidden, self._keeping)
        self._window.lasting = not demo
        self._desktop = Desktop(self._window, self._post, self._stays)
        if wish.link:
            self._window.call_link(wish.link)
        if self._keeping is not None and not options.palette:
            self._keeping.on_change(self._paint)

    def note(self, sentence: str) -> None:
        """Say something in the window, wherever it is."""
        self._window.note(sentence)

    def run(self) -> int:
        """Until the window is closed or the process is asked to end; the exit code."""
        on_end(self._end)
        # Python runs a signal's handler only when Qt gives it a turn.
        turn = QTimer(self._root)
        turn.timeout.connect(lambda: None)
        turn.start(200)
        AfterPainting(self._window, self._open)
        try:
            return QApplication.exec() or self._code
        finally:
            self._desktop.close()
            if self._whisper is not None:
                self._whisper.close()
            if self._voice is not None:
                self._voice.close()
            if self._door is not None:
                self._door.close()
            if isinstance(self._office, _Office) and self._window.left_calls:
                self._office.leave()
            elif self._office is not None:
                self._office.stop()

    def _devices(self, then: Callable[[SoundDevices], object]) -> None:
        def look() -> None:
            from receptionist.bootstrap import sound_devices

            self._post(then, sound_devices())

        threading.Thread(target=look, name="devices", daemon=True).start()

    def _paint(self, chosen: Settings) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        follow(app, None if chosen.palette == "auto" else chosen.palette)

    def _stays(self) -> bool:
        return self._keeping is not None and self._keeping.chosen.close_to_tray

    def _end(self) -> None:
        self._window.leave()
        QApplication.exit()

    def _open(self) -> None:
        from receptionist import log as logs

        try:
            if self._options.mode == "demo":
                self._office = _demo(self._post, self._later, self._options.data)
            else:
                self._office = _Office(self._data, self._post, self._later)
        except DataDirectoryHeld as error:
            self._held(error)
            return
        except ReceptionistError as error:
            self._failed(error)
            return
        logs.set_up(self._office.claim.data)
        self._office.start(self._ready, self._failed)

    def _held(self, error: DataDirectoryHeld) -> None:
        """Reach the window that another start opened a moment ago, or wait for who ends soon."""
        from receptionist.cli.second import has_window, reached

        late = time.monotonic() > self._waits_until
        if late or self._options.mode == "demo" or not has_window(self._data):
            self._failed(error)
            return

        def ask() -> None:
            self._post(self._asked, reached(self._data, self._wish))

        threading.Thread(target=ask, name="second", daemon=True).start()

    def _asked(self, reached: bool) -> None:
        if reached:
            self._end()
        else:
            self._later(_AGAIN_S, self._open)

    def _failed(self, error: Exception) -> None:
        self._code = 1
        self._window.say(str(error))

    def _ready(self) -> None:
        from receptionist.bootstrap import sound_player
        from receptionist.cli.door import COMMANDS
        from receptionist.cli.place import doorkeeper
        from receptionist.threads import keep_for_good

        office = self._office
        assert office is not None
        self._window.player = sound_player
        self._window.open(office.desk)
        keep_for_good()
        self._desktop.follow(office.desk)
        if self._keeping is not None:
            self._obey(self._keeping, office.desk)
        self._door = doorkeeper(office.claim, office.desk, self._post, COMMANDS, self._wished)

    def _obey(self, keeping: Keeping, desk: Desk) -> None:
        """Let the desk follow the settings, and the voice."""
        keeping.on_change(lambda now: setattr(desk.agent, "wrap_up_s", now.wrap_up_s))
        keeping.on_change(lambda now: setattr(desk.reminders, "every_s", now.hold_reminder_s))
        keeping.on_change(lambda now: desk.sound_check.use(now.sound))
        keeping.on_change(lambda now: setattr(desk.letters, "server", now.mail_server))

        def device() -> str:
            return keeping.chosen.ringing or keeping.chosen.headset

        voice = self._voice = Voice(device, self._root)

        def get_ready(now: Settings) -> None:
            if now.speak_client:
                voice.load()

        get_ready(keeping.chosen)
        keeping.on_change(get_ready)
        self._whisper = Whisper(desk, voice, lambda: keeping.chosen.speak_client)

    def _wished(self, wish: Wish) -> None:
        self._desktop.come_up(wish.token)
        if wish.link:
            self._window.call_link(wish.link)


class _Office:
    """The user's own office: claims the data directory. Main thread."""

    def __init__(self, data: Path, post: Post, later: Later) -> None:
        from receptionist import bootstrap

        self.claim = bootstrap.claim(data, bootstrap.CONSOLE)
        phone = bootstrap.new_phone(post, bootstrap.phone_settings(data))
        self.desk = bootstrap.compose(data, post=post, later=later, phone=phone)

    def start(self, ready: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        self.desk.start(ready, failed)

    def stop(self) -> None:
        self.desk.stop()
        self.claim.release()

    def leave(self) -> None:
        """End without hanging up."""
        self.desk.leave()
        self.claim.release()


def _demo(post: Post, later: Later, data: Path | None) -> Demo:
    from receptionist.demo import Demo

    return Demo(post, later, data.absolute() if data else None)

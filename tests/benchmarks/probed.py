"""The real console with probes: tells on standard output when what happened, obeys standard input.

Started as `python -m tests.benchmarks.probed DATA`. Tells JSON lists of a word, seconds of the
monotonic clock and a value; the words to obey are `busy`, `rest`, `answer` and `quit`. Only where
the password comes from is not the console's own: a keyring that knows every password.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import ui.__main__ as face
from receptionist import bootstrap
from receptionist.desk.desk import Desk
from receptionist.events import CallIncoming, DeskEvent, LineChanged, LineState
from receptionist.ports import Credentials
from ui import console

HEAVY = ("sqlalchemy", "alembic", "caldav", "icalendar", "recurring_ical_events", "keyring")
BURN_S = 0.05


def tell(word: str, value: Any = None, at: float | None = None) -> None:
    print(json.dumps([word, at or time.monotonic(), value]), flush=True)


class Probes:
    """What was put around the console's parts. Main thread but for `listen`."""

    def __init__(self) -> None:
        self._compose, self._new_phone, self._show = (
            bootstrap.compose,
            bootstrap.new_phone,
            console.show,
        )
        self._ringing: list[Any] = []
        self._busy: Any = None
        bootstrap.compose = self.compose
        bootstrap.new_phone = self.new_phone
        bootstrap.keyring_credentials = _knowing_credentials
        console.show = self.show
        console.Console._open = _after_painting(console.Console._open)

    def new_phone(self, post: Any, engine: Any) -> Any:
        self._post = post
        self._phone = self._new_phone(post, engine)
        return self._phone

    def compose(self, *values: Any, **named: Any) -> Desk:
        self._desk = self._compose(*values, **named)
        self._desk.subscribe(self._heard)
        return self._desk

    def show(self, *values: Any) -> Any:
        self._window = window = self._show(*values)
        self._place = window.open
        window.open = self.open
        threading.Thread(target=self.listen, daemon=True).start()
        return window

    def open(self, desk: Desk, *values: Any) -> None:
        from ui.post import AfterPainting

        self._place(desk, *values)
        AfterPainting(self._window, lambda: tell("opened"))
        self._watch()

    def listen(self) -> None:
        for line in sys.stdin:
            self._post(getattr(self, line.strip()))

    def busy(self) -> None:
        """Burn Python and paint on the main thread, again and again."""
        from PySide6.QtCore import QTimer

        def burn() -> None:
            until = time.monotonic() + BURN_S
            while time.monotonic() < until:
                sum(range(1000))
            self._window.repaint()

        self._busy = QTimer()
        self._busy.timeout.connect(burn)
        self._busy.start(0)
        tell("busy")

    def rest(self) -> None:
        self._busy.stop()
        tell("rest")

    def answer(self) -> None:
        self._desk.switchboard.answer(self._ringing.pop())

    def quit(self) -> None:
        self._window.leave()

    def _heard(self, event: DeskEvent) -> None:
        if isinstance(event, LineChanged) and event.state is LineState.READY:
            told = {"port": self._phone.sip_port, "engine": self._phone.engine_process}
            tell("registered", told)
        elif isinstance(event, CallIncoming):
            self._ringing = [event.call.id]
            tell("ringing", event.call.dialled)

    def _watch(self) -> None:
        """Tell whenever the greeting was painted."""
        from PySide6.QtCore import QEvent, QObject
        from PySide6.QtWidgets import QLabel

        from ui.panels.client import GreetingPanel

        class Watch(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
                if event.type() is not QEvent.Type.Paint:
                    return False
                watched.event(event)
                tell("greeting", watched.text())
                return True

        (panel,) = self._window.findChildren(GreetingPanel)
        labels = panel.findChildren(QLabel)
        (greeting,) = [one for one in labels if one.property("role") == "greeting"]
        self._watcher = Watch()
        greeting.installEventFilter(self._watcher)


def _after_painting(open_office: Callable[[Any], None]) -> Callable[[Any], None]:
    """Tell that the window was painted, and what was imported for it, before it goes on."""

    def inner(console: Any) -> None:
        tell("painted", [name for name in HEAVY if name in sys.modules])
        open_office(console)

    return inner


def _knowing_credentials() -> Credentials:
    from receptionist.credentials import KeyringCredentials, KeyringOrSession

    def find() -> Any:
        from tests.doubles.keyring_backends import ForgetfulKeyring

        class KnowingKeyring(ForgetfulKeyring):
            def get_password(self, service: str, username: str) -> str | None:
                return "known"

        KnowingKeyring.__module__ = ForgetfulKeyring.__module__
        return KnowingKeyring()

    return KeyringOrSession(KeyringCredentials(find=find))


if __name__ == "__main__":
    Probes()
    sys.exit(face.main(["--data", sys.argv[1]]))

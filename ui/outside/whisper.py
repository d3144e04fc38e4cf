"""Says for whom it rings, before anybody answers; without a voice the window alone shows it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, QThread, Signal, Slot

from receptionist import events
from receptionist.desk.desk import Desk
from receptionist.model.call import CallState
from ui.models.words import client_words
from ui.outside.speakers import headset

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

log = logging.getLogger(__name__)

_ITS_OWN_DEVICE = "speechd"
"""The engine whose service alone chooses where it is heard."""
_PATIENCE_MS = 1000

Speak = Callable[[str, str], object]
"""Says words in a language, a tag such as `de`."""


class _Speaker(QObject):
    """The engine, on the thread it lives on. Loading it can take seconds: it starts a service."""

    def __init__(self, device: Callable[[], str]) -> None:
        super().__init__()
        self._device = device
        self._engine: QTextToSpeech | None = None
        self._tried = False

    @Slot()
    def load(self) -> None:
        """Look for a voice, once."""
        if self._tried:
            return
        self._tried = True
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech

            names = [one for one in QTextToSpeech.availableEngines() if one != "mock"]
            if names:
                self._engine = QTextToSpeech(names[0], self._parameters(names[0]), self)
        except ImportError as error:
            log.info("there is no voice: %s", error)

    @Slot(str, str)
    def say(self, words: str, language: str) -> None:
        """Say something, in place of what is being said; nothing where there is no voice."""
        self.load()
        if self._engine is not None:
            self._engine.setLocale(QLocale(language))
            self._engine.say(words)

    def _parameters(self, engine: str) -> dict[str, Any]:
        """On which device, where that can be chosen."""
        if engine == _ITS_OWN_DEVICE:
            return {}
        wanted = headset(self._device()) if self._device() else None
        return {"audioDevice": wanted} if wanted is not None else {}


class Voice(QObject):
    """The computer's own voice, on the device of that name if the engine lets it be chosen.

    Main thread, which never waits where the engine can live on a thread of its own: on Linux, whose
    engine asks a service. Elsewhere engines are quick, and belong to the main thread.
    """

    _load = Signal()
    _say = Signal(str, str)

    def __init__(self, device: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._speaker = _Speaker(device)
        self._load.connect(self._speaker.load)
        self._say.connect(self._speaker.say)
        self._thread: QThread | None = None
        if sys.platform == "linux":
            self._thread = QThread(self)
            self._thread.finished.connect(self._speaker.deleteLater)
            self._speaker.moveToThread(self._thread)
            self._thread.start()

    def load(self) -> None:
        """Look for a voice now, so that it is there when it rings."""
        self._load.emit()

    def __call__(self, words: str, language: str) -> None:
        """Say something; returns at once."""
        self._say.emit(words, language)

    def close(self) -> None:
        """Say nothing more; an engine that hangs gets a second."""
        if self._thread is not None:
            self._thread.quit()
            if not self._thread.wait(_PATIENCE_MS):
                self._thread.terminate()
                self._thread.wait(_PATIENCE_MS)


class Whisper:
    """Main thread. `wanted` says whether it is to be said at all."""

    def __init__(self, desk: Desk, speak: Speak, wanted: Callable[[], bool]) -> None:
        self._desk, self._speak, self._wanted = desk, speak, wanted
        self._unsubscribe = desk.subscribe(self._heard)

    def close(self) -> None:
        """Say nothing any more."""
        self._unsubscribe()

    def _heard(self, event: events.DeskEvent) -> None:
        """Nobody is talked over who is on the phone."""
        if not isinstance(event, events.CallIncoming) or not self._wanted():
            return
        calls = self._desk.switchboard.calls
        if any(call.state is CallState.ACTIVE for call in calls):
            return
        named = event.client or self._desk.directory.office
        self._speak(client_words(event.client, event.call), named.greeting.language)

"""Says for whom it rings, before anybody answers; without a voice the window alone shows it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject

from receptionist import events
from receptionist.desk.desk import Desk
from receptionist.model.call import CallState
from ui.models.words import client_words

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

log = logging.getLogger(__name__)

Speak = Callable[[str, str], object]
"""Says words in a language, a tag such as `de`."""


class Voice(QObject):
    """The computer's own voice, on the device of that name if the engine lets it be chosen.

    Main thread; speaking happens elsewhere.
    """

    def __init__(self, device: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._device = device
        self._engine: QTextToSpeech | None = None
        self._tried = False

    def __call__(self, words: str, language: str) -> None:
        """Say something, in place of what is being said; nothing where there is no voice."""
        engine = self._found()
        if engine is not None:
            engine.setLocale(QLocale(language))
            engine.say(words)

    def _found(self) -> QTextToSpeech | None:
        """The engine; what loads slowly is looked for once, when it is wanted first."""
        if not self._tried:
            self._tried = True
            try:
                from PySide6.QtTextToSpeech import QTextToSpeech

                names = [one for one in QTextToSpeech.availableEngines() if one != "mock"]
                if names:
                    self._engine = QTextToSpeech(names[0], self._parameters(), self)
            except ImportError as error:
                log.info("there is no voice: %s", error)
        return self._engine

    def _parameters(self) -> dict[str, Any]:
        from PySide6.QtMultimedia import QMediaDevices

        named = self._device()
        outputs = QMediaDevices.audioOutputs()
        wanted = [one for one in outputs if named and one.description() == named]
        return {"audioDevice": wanted[0]} if wanted else {}


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

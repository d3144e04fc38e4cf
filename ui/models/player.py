"""Plays a sound that is in memory; nothing of it is ever written to a disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QObject, QUrl, Signal

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer


class Player(QObject):
    """One sound at a time. Main thread. `changed` says whether something is played now."""

    changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._player: QMediaPlayer | None = None
        self._sound = QBuffer(self)

    def play(self, wav: bytes) -> None:
        """Play a WAV file from its beginning, in place of any other."""
        player = self._made()
        player.stop()
        player.setSource(QUrl())
        self._sound.close()
        self._sound.setData(wav)
        self._sound.open(QIODevice.OpenModeFlag.ReadOnly)
        player.setSourceDevice(self._sound)
        player.play()

    def stop(self) -> None:
        """Play nothing, and forget what was played."""
        if self._player is not None:
            self._player.stop()
            self._player.setSource(QUrl())
        self._sound.close()
        self._sound.setData(b"")

    def _made(self) -> QMediaPlayer:
        """The player, which is seldom wanted and slow to load."""
        if self._player is None:
            from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer

            self._player = QMediaPlayer(self)
            self._player.setAudioOutput(QAudioOutput(self))
            playing = QMediaPlayer.PlaybackState.PlayingState
            self._player.playbackStateChanged.connect(
                lambda state: self.changed.emit(state == playing)
            )
            self._player.errorOccurred.connect(lambda *_error: self.changed.emit(False))
        return self._player

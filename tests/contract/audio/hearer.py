"""Hears a tone as the window hears messages: `hearer.py NAME`, then `stop` on standard input.

Writes `playing`, then `ended WHY`, a line each; `stopped` once it was stopped.
"""

from __future__ import annotations

import io
import math
import sys
import wave
from array import array

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication

from receptionist.bootstrap import sound_player
from ui.models.player import Player

RATE, PITCH, SECONDS = 8000, 440, 30


def tone() -> bytes:
    """A WAV file such as a message is."""
    steps = range(RATE * SECONDS)
    pcm = array("h", (round(9000 * math.sin(2 * math.pi * PITCH * n / RATE)) for n in steps))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(pcm.tobytes())
    return file.getvalue()


def tell(words: str) -> None:
    """One line for the test."""
    print(words, flush=True)


def main() -> int:
    """Until standard input ends."""
    app = QGuiApplication(sys.argv)
    player = Player(app, sound_player)

    def asked() -> None:
        if sys.stdin.readline().strip() != "stop":
            app.quit()
            return
        player.stop()
        tell("stopped")

    player.ended.connect(lambda why: tell(f"ended {why}"))
    turn = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    turn.activated.connect(asked)
    player.play(tone(), sys.argv[1])
    tell("playing")
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())

"""Plays a sound that is in memory into the headset; nothing of it is ever written to a disk.

A process of the phone's plays it, so it is heard on the device that calls use, and stops for good
when that process ends.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from receptionist.i18n import _

Programs = Callable[[str], tuple[tuple[str, ...], dict[str, str]]]
"""The program that plays into a device, and its environment, as `bootstrap.sound_player` says."""

_MISSING = 3


def no_program(_name: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Where nothing can be played."""
    return ("",), {}


class Player(QObject):
    """One sound at a time. Main thread, which never waits.

    `ended` is told when a sound is over by itself, with what went wrong, "" if nothing did; never
    after `stop`.
    """

    ended = Signal(str)

    def __init__(self, parent: QObject, programs: Programs) -> None:
        super().__init__(parent)
        self._programs = programs
        self._playing: QProcess | None = None
        self._name = ""

    def play(self, wav: bytes, name: str) -> None:
        """Play a WAV file from its beginning into the headset `name`, in place of any other."""
        self.stop()
        program, environment = self._programs(name)
        self._name, process = name, QProcess(self)
        variables = QProcessEnvironment()
        for key, value in environment.items():
            variables.insert(key, value)
        process.setProcessEnvironment(variables)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(lambda code, _status: self._over(process, code))
        process.errorOccurred.connect(lambda _error: self._over(process, -1))
        self._playing = process
        process.start(program[0], program[1:])
        process.write(len(wav).to_bytes(8, "big") + wav)

    def stop(self) -> None:
        """Play nothing, and forget what was played."""
        process, self._playing = self._playing, None
        if process is not None:
            process.finished.connect(process.deleteLater)
            process.kill()

    def _over(self, process: QProcess, code: int) -> None:
        if process is self._playing:
            self._playing = None
            process.deleteLater()
            self.ended.emit(self._why(code))

    def _why(self, code: int) -> str:
        if code == 0:
            return ""
        if code != _MISSING:
            return _("This sound cannot be played.")
        if not self._name:
            return _("There is no device for sound. Connect the headset.")
        words = _(
            "The headset “{name}” is not there. Connect it, or choose another in the settings."
        )
        return words.format(name=self._name)

"""The office's own sounds: WAV files in the data directory, beside those that ship.

Announcements, music on hold and ring tones are named by their file names alone.
"""

from __future__ import annotations

import filecmp
import shutil
import wave
from pathlib import Path
from uuid import UUID

from receptionist.desk.ground import Ground
from receptionist.desk.notebooks import Notebooks
from receptionist.errors import BadInput
from receptionist.events import CallIncoming, DeskEvent
from receptionist.files import file_name
from receptionist.i18n import _
from receptionist.model.call import Call
from receptionist.model.callchecks import SILENCE
from receptionist.model.client import Client
from receptionist.paths import private_directory, resources
from receptionist.ports import PhoneService

LARGEST = 50 * 1024 * 1024
"""Bytes: ten minutes of the best sound there is use for."""
_ENDING = ".wav"
_MOST_ALIKE = 100


class Sounds:
    """Finds and takes in WAV files, and lets calls ring with those of their clients. Main thread.

    Without `directory` there are only those that ship. Who is blocked by his number (`callers`)
    rings without a sound: he is seen and not heard.
    """

    def __init__(
        self,
        ground: Ground,
        service: PhoneService,
        directory: Path | None,
        callers: Notebooks | None = None,
    ) -> None:
        self._clients, self._callers = ground.directory, callers
        self._service = service
        self._directory = directory
        ground.listeners.add(self._on_event)

    def names(self) -> tuple[str, ...]:
        """The files that can be named, by name."""
        return tuple(
            sorted({one.name for place in self._places() for one in place.glob(f"*{_ENDING}")})
        )

    def path(self, name: str) -> str:
        """Where a named file lies, "" if it is nowhere; the office's own comes first."""
        if not name or Path(name).name != name:
            return ""
        found = (place / name for place in self._places())
        return next((str(one) for one in found if one.is_file()), "")

    def music_of(self, client_id: UUID | None) -> str:
        """Where the music lies that a client's callers hear on hold; "" for the one that ships."""
        client = self._clients.client(client_id)
        return self.path(client.hold_music) if client else ""

    def take(self, file: Path) -> str:
        """Copy a file in; the name by which it goes now. `BadInput` when it cannot be played."""
        if self._directory is None:
            raise BadInput(_("There is no place for sounds here."))
        try:
            _check(file)
            name = self._free_name(file, private_directory(self._directory))
        except OSError as error:
            message = _("“{name}” cannot be read: {why}.")
            raise BadInput(
                message.format(name=file.name, why=error.strerror or type(error).__name__)
            ) from None
        return name

    def _free_name(self, file: Path, directory: Path) -> str:
        """The name under which the sound lies there now: no other one is written over."""
        for number in range(1, _MOST_ALIKE):
            stem = file.stem if number == 1 else f"{file.stem} {number}"
            there = directory / file_name(stem, ending=_ENDING)
            if there.exists() and not filecmp.cmp(file, there, shallow=False):
                continue
            if not there.exists():
                shutil.copyfile(file, there)
            return there.name
        raise BadInput(_("There are too many sounds of this name.")) from None

    def _places(self) -> tuple[Path, ...]:
        shipped = resources("sounds")
        return (shipped,) if self._directory is None else (self._directory, shipped)

    def _on_event(self, event: DeskEvent) -> None:
        if isinstance(event, CallIncoming) and event.client:
            blocked = self._is_blocked(event.call, event.client)
            wanted = SILENCE if blocked else event.client.ring_tone
            tone = wanted if wanted == SILENCE else self.path(wanted)
            if tone:
                self._service.ring_tone(event.call.id, tone)

    def _is_blocked(self, call: Call, client: Client) -> bool:
        number = call.caller.number
        card = self._callers.caller(client.id, number) if self._callers and number else None
        return card is not None and card.blocked


def _check(file: Path) -> None:
    """Refuse what is no sound that the phone plays."""
    if file.stat().st_size > LARGEST:
        raise BadInput(_("“{name}” is too large for a sound.").format(name=file.name))
    try:
        with wave.open(str(file), "rb") as sound:
            fits = sound.getsampwidth() == 2 and sound.getnframes() > 0
    except (wave.Error, EOFError):
        fits = False
    if not fits:
        message = _("“{name}” is no WAV file with 16-bit sound (PCM). Save it as one.")
        raise BadInput(message.format(name=file.name))

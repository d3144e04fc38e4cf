"""Sound files in calls: announcements, and the music of those who are on hold. Loop thread only."""

from __future__ import annotations

import logging
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pjsua2 as pj

from receptionist.errors import PhoneError
from receptionist.paths import resources
from receptionist.phone.engine.bridge import media_of, wire_up
from receptionist.phone.engine.leg import Leg
from receptionist.phone.engine.stack import guarded
from receptionist.phone.wire import PhonePlayed

log = logging.getLogger(__name__)

_SHORTEST_S = 0.05
_RATES = range(8_000, 48_001)
_COOLS_S = 1.0
"""A player that is done is kept so long: the library may still be about to tell its end."""


class Player(pj.AudioMediaPlayer):  # type: ignore[misc]
    """A file on the bridge. Its callback only queues."""

    def __init__(self, path: str, call_id: UUID, loop: bool, happened: Callable[..., None]) -> None:
        super().__init__()
        self.call_id = call_id
        self._happened = None if loop else happened
        self.createPlayer(path, 0 if loop else pj.PJMEDIA_FILE_NO_LOOP)

    @guarded
    def onEof2(self) -> None:  # noqa: N802
        if self._happened is not None:
            self._happened("played", self)


class Sounds:
    """What is played into which call: one file at a time, before the music of a hold."""

    def __init__(self, report: Callable[[Any], None], happened: Callable[..., None]) -> None:
        self._report = report
        self._happened = happened
        self._played: dict[UUID, Player] = {}
        self._music: dict[UUID, Player | None] = {}
        self._done: list[tuple[float, Player]] = []

    def play(self, leg: Leg, path: str, loop: bool = False) -> None:
        """Play a file in place of any other; `PhoneError` when it cannot be played."""
        check(path)
        self.stop(leg)
        self._played[leg.call_id] = Player(path, leg.call_id, loop, self._happened)
        self.join(leg)

    def stop(self, leg: Leg) -> None:
        """Play nothing more, except the music of a hold."""
        self._drop(self._played.pop(leg.call_id, None), leg)
        self.join(leg)

    def join(self, leg: Leg) -> None:
        """Let a call hear what belongs to it, whenever its state or its media has changed."""
        if not leg.aside:
            self._drop(self._music.pop(leg.call_id, None), leg)
        elif leg.call_id not in self._music:
            self._begin_music(leg)
        media = media_of(leg)
        played = self._played.get(leg.call_id)
        wire_up(self._music.get(leg.call_id), media, played is None)
        wire_up(played, media, True)

    def played(self, player: Player) -> None:
        """A file has come to its end; one that was replaced meanwhile is of no interest."""
        if self._played.get(player.call_id) is player:
            del self._played[player.call_id]
            self._drop(player)
            self._report(PhonePlayed(call_id=player.call_id))

    def leave(self, leg: Leg) -> None:
        """Let go of what belongs to a call that is over."""
        self._drop(self._played.pop(leg.call_id, None), leg)
        self._drop(self._music.pop(leg.call_id, None), leg)

    def tick(self) -> None:
        """Once a turn: forget players that are surely done."""
        now = time.monotonic()
        while self._done and self._done[0][0] < now:
            self._done.pop(0)

    def close(self) -> None:
        """Forget all; the clock must stand."""
        self._played.clear()
        self._music.clear()
        self._done.clear()

    def _begin_music(self, leg: Leg) -> None:
        """That of the hold, else the usual one, else nothing."""
        self._music[leg.call_id] = None
        for path in filter(None, (leg.music, str(resources("sounds", "waiting", "music.wav")))):
            try:
                check(path)
                self._music[leg.call_id] = Player(path, leg.call_id, True, self._happened)
            except (PhoneError, pj.Error) as error:
                log.warning("no music on hold from %s: %s", Path(path).name, error)
            else:
                return

    def _drop(self, player: Player | None, leg: Leg | None = None) -> None:
        if player is not None:
            if leg is not None:
                wire_up(player, media_of(leg), False)
            self._done.append((time.monotonic() + _COOLS_S, player))


def check(path: str) -> None:
    """`PhoneError` unless this is a file that the bridge can play."""
    try:
        with wave.open(path, "rb") as sound:
            rate, frames = sound.getframerate(), sound.getnframes()
            shape = (sound.getsampwidth() == 2, sound.getnchannels() in (1, 2), rate in _RATES)
    except FileNotFoundError:
        raise PhoneError("there is no such sound file") from None
    except (OSError, EOFError, wave.Error, ValueError):
        raise PhoneError("this is no sound file that can be played") from None
    if not all(shape) or frames < _SHORTEST_S * rate:
        raise PhoneError("this is no sound file that can be played")

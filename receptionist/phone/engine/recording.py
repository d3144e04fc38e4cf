"""Recordings: what is said in a call goes sealed to the disk, by way of a thread of its own.

Plain sound is only ever in memory. The ports are made once and used again: one that is destroyed
while the library's clock asks it would take the process along.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pjsua2 as pj

from receptionist.errors import PhoneError, SealBroken
from receptionist.events import PhoneCommandFailed, PhoneMessage, PhoneRecorded
from receptionist.phone.engine.audio_port import frames
from receptionist.phone.engine.bridge import media_of, wire_up
from receptionist.phone.engine.leg import Leg
from receptionist.phone.engine.stack import CLOCK_HZ
from receptionist.phone.wire import Record
from receptionist.sealing import SealedWriter

log = logging.getLogger(__name__)

_FRAME_MS = 20
_FRAME_BYTES = CLOCK_HZ * _FRAME_MS // 1000 * 2
_SECOND = CLOCK_HZ * 2
_PATIENCE_S = 2.0


class RecordingPort(pj.AudioMediaPort):  # type: ignore[misc]
    """Passes on what it is sent, as long as somebody `take`s it.

    Its callback comes on the library's clock thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self.take: Callable[[bytes], None] | None = None
        self._frames = frames()
        form = pj.MediaFormatAudio()
        form.type = pj.PJMEDIA_TYPE_AUDIO
        form.id = pj.PJMEDIA_FORMAT_PCM
        form.clockRate = CLOCK_HZ
        form.channelCount = 1
        form.bitsPerSample = 16
        form.frameTimeUsec = _FRAME_MS * 1000
        form.avgBps = form.maxBps = CLOCK_HZ * 16
        self.createPort("recording", form)

    def onFrameReceived(self, frame: Any) -> None:  # noqa: N802 - pjsua2's name
        """20 ms of everybody who is recorded; an empty frame is their silence."""
        take = self.take
        if take is not None:
            take((self._frames.read(frame) if frame.size else b"") or bytes(_FRAME_BYTES))


class Recording:
    """One file. When it is complete, `outcome` has its seconds and what went wrong, if anything;
    `done` is called then, on its thread."""

    def __init__(
        self, wanted: Record, port: RecordingPort, done: Callable[[Recording], None]
    ) -> None:
        self.wanted = wanted
        self.port = port
        self.sources: dict[int, Any] = {}
        self.outcome: tuple[int, str] | None = None
        self._done = done
        self._bytes = 0
        self._most = wanted.seconds * _SECOND
        self._waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._writer = SealedWriter(Path(wanted.path), wanted.key, CLOCK_HZ)
        self._thread = threading.Thread(target=self._write, name="recording", daemon=True)
        self._thread.start()
        port.take = self._waiting.put

    def hear(self, sources: dict[int, Any]) -> None:
        """Record these, by their numbers on the bridge, and nobody else."""
        for number, source in self.sources.items():
            if number not in sources:
                wire_up(source, self.port, False)
        for source in sources.values():
            wire_up(source, self.port, True)
        self.sources = sources

    def stop(self) -> None:
        """Record no more; the thread completes the file. Any number of times."""
        self.port.take = None
        self.hear({})
        self._waiting.put(None)

    def wait(self) -> None:
        """Wait until the file is complete, for a while."""
        self._thread.join(_PATIENCE_S)

    def _write(self) -> None:
        trouble = ""
        try:
            while not self._full and (pcm := self._waiting.get()) is not None:
                self._writer.write(pcm)
                self._bytes += len(pcm)
            self._writer.close()
        except OSError as error:
            trouble = error.strerror or type(error).__name__
        self.port.take = None
        self.outcome = (round(self._bytes / _SECOND), trouble)
        self._done(self)

    @property
    def _full(self) -> bool:
        return 0 < self._most <= self._bytes


class Recordings:
    """What of which call is recorded. Loop thread only."""

    def __init__(self, report: Callable[[Any], None], happened: Callable[..., None]) -> None:
        self._report = report
        self._happened = happened
        self._going: dict[UUID, Recording] = {}
        self._ending: list[Recording] = []
        self._idle: list[RecordingPort] = []

    def begin(self, leg: Leg, wanted: Record) -> None:
        """Record a call from now on; `PhoneError` when that is not possible."""
        if leg.call_id in self._going:
            raise PhoneError("this call is being recorded already")
        port = self._idle.pop() if self._idle else RecordingPort()
        try:
            self._going[leg.call_id] = Recording(wanted, port, self._completed)
        except (OSError, SealBroken) as error:
            self._idle.append(port)
            reason = error.strerror if isinstance(error, OSError) else error.detail
            raise PhoneError(f"no recording: {reason}") from None

    def end(self, leg: Leg) -> None:
        """Complete the file; it is told when that is done."""
        recording = self._going.pop(leg.call_id, None)
        if recording is None:
            raise PhoneError("this call is not being recorded")
        self._ending.append(recording)
        recording.stop()

    def leave(self, leg: Leg) -> None:
        """A call is over: its recording is told before its end, so that both are known together."""
        recording = self._going.get(leg.call_id)
        if recording is not None:
            self.end(leg)
            recording.wait()
            self.completed(recording)

    def wire(self, leg: Leg, others: tuple[Any, ...]) -> None:
        """Let the file hear a call, and `others` on the bridge if both sides are recorded."""
        recording = self._going.get(leg.call_id)
        if recording is not None:
            wanted = (media_of(leg), *(() if recording.wanted.message else others))
            recording.hear({one.getPortId(): one for one in wanted if one is not None})

    def completed(self, recording: Recording) -> None:
        """A file is complete, or cannot be written any more. What was told is not told again."""
        wanted = recording.wanted
        if self._going.get(wanted.call_id) is recording:
            self._going.pop(wanted.call_id)
            recording.stop()
        elif recording in self._ending and recording.outcome is not None:
            self._ending.remove(recording)
        else:
            return
        seconds, trouble = recording.outcome or (0, "")
        self._idle.append(recording.port)
        if trouble:
            log.error("a recording could not be written: %s", trouble)
            failed = PhoneCommandFailed(call_id=wanted.call_id, command="record", detail=trouble)
            self._report(failed)
        kind = PhoneMessage if wanted.message else PhoneRecorded
        self._report(kind(call_id=wanted.call_id, path=wanted.path, seconds=seconds))

    def close(self) -> None:
        """Complete every file. The clock must stand."""
        for recording in (*self._going.values(), *self._ending):
            recording.stop()
            recording.wait()
        self._going.clear()
        self._ending.clear()
        self._idle.clear()

    def _completed(self, recording: Recording) -> None:
        self._happened("recorded", recording)

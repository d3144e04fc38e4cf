"""How long the event loop of a main thread stood still, and what the longest stops were about."""

from __future__ import annotations

import gc
import sys
import threading
import time
from dataclasses import dataclass
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 1
SAMPLE_S = 0.002
LONG_MS = 15.0


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of the loop in milliseconds; `own` of them the thread itself was at work.

    Of the rest, `others` of its own process were at work, for whom it may have waited, and else it
    waited for a processor or a disk. `at` is when it ended, in seconds of counting.
    """

    at: float
    ms: float
    own: float
    others: float
    where: tuple[str, ...]


class Heartbeat(QObject):
    """A timer of one millisecond. Main thread.

    `gaps` are the milliseconds between two beats, less the one that is meant, and `worked` as many
    of them as our process was at work; `collections` are those the garbage collector took. With
    `where` a thread of its own looks again and again what everybody is doing, which makes the stops
    somewhat longer.
    """

    def __init__(self, parent: QObject, *, where: bool = False) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        self.worked: list[float] = []
        self.stops: list[Stop] = []
        self.collections: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._began = self._last = self._own = self._all = self._collecting = 0.0
        self._look = where
        self._seen: list[str] = []
        self._on = False

    def start(self) -> None:
        """Count from now on."""
        for found in (self.gaps, self.worked, self.stops, self.collections, self._seen):
            found.clear()
        gc.callbacks.append(self._collected)
        self._on = True
        if self._look:
            threading.Thread(target=self._sample, daemon=True).start()
        self._note()
        self._began = self._last
        self._timer.start(BEAT_MS)

    def stop(self) -> None:
        """Count no more."""
        self._on = False
        self._timer.stop()
        gc.callbacks.remove(self._collected)

    def longest(self, count: int = 8) -> list[Stop]:
        """The longest stops."""
        return sorted(self.stops, key=lambda stop: stop.ms, reverse=True)[:count]

    def _beat(self) -> None:
        gap = max((time.monotonic() - self._last) * 1000 - BEAT_MS, 0.0)
        own = (time.thread_time() - self._own) * 1000
        everybody = (time.process_time() - self._all) * 1000
        self.gaps.append(gap)
        self.worked.append(min(gap, everybody))
        if gap > LONG_MS:
            self.stops.append(
                Stop(self._last - self._began, gap, own, everybody - own, tuple(self._seen))
            )
        self._seen.clear()
        self._note()

    def _note(self) -> None:
        self._last = time.monotonic()
        self._own, self._all = time.thread_time(), time.process_time()

    def _sample(self) -> None:
        me, main = threading.get_ident(), threading.main_thread().ident
        while self._on:
            time.sleep(SAMPLE_S)
            interval = sys.getswitchinterval()
            sys.setswitchinterval(1.0)  # frames must not go on while somebody looks at them
            frames = sys._current_frames()
            for thread, frame in frames.items():
                if thread != me:
                    name = "main" if thread == main else "worker"
                    self._seen.append(f"{name}: {_stack(frame)}")
            del frames
            sys.setswitchinterval(interval)

    def _collected(self, phase: str, _details: dict[str, int]) -> None:
        now = time.monotonic()
        if phase == "stop":
            self.collections.append((now - self._collecting) * 1000)
        self._collecting = now


def _stack(frame: FrameType | None, depth: int = 7) -> str:
    names = []
    while frame is not None and len(names) < depth:
        code = frame.f_code
        names.append(f"{code.co_filename.rpartition('/')[2]}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return " < ".join(names)

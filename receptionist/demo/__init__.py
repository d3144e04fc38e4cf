"""The demonstration: a sample office, its owners' calendars on a real Radicale, and callers.

Everything lies in a directory of its own and on loopback. The user's keyring and data are never
touched.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from receptionist.threads import Later, Post

if TYPE_CHECKING:
    from receptionist.bootstrap import Claim
    from receptionist.desk.desk import Desk


class Demo:
    """The demonstration for a window. Main thread.

    `desk` is there at once and is told to start by `start`, not by the window; `claim` is its data
    directory's. `ready` is called when the first call is on its way, `failed` if nothing works.
    """

    def __init__(self, post: Post, later: Later, data: Path | None = None) -> None:
        from receptionist.demo.rhythm import Rhythm
        from receptionist.demo.stage import Stage

        self._stage = Stage(post, later, data=data)
        self._rhythm = Rhythm(self._stage, later)

    @property
    def desk(self) -> Desk:
        """The desk of the sample office."""
        return self._stage.desk

    @property
    def claim(self) -> Claim:
        """The claim on the directory of this demonstration."""
        return self._stage.claim

    def start(self, ready: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Bring calendars, callers and desk up; calls begin three seconds later."""

        def go() -> None:
            self._rhythm.start()
            ready()

        self._stage.start(go, failed)

    def stop(self) -> None:
        """End everything, the desk too, and remove what was made for this run."""
        self._rhythm.stop()
        self._stage.stop()
        self._stage.remove()

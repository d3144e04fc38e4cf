"""A second start of the window: it reaches the window that runs instead of opening another."""

from __future__ import annotations

import queue
import sys
import threading
from pathlib import Path

from receptionist import bootstrap, i18n
from receptionist.cli import handover
from receptionist.cli.wish import RAISE, Wish

REACH_S = 5.0
"""How long a window that runs may take to answer, in seconds."""


def reached(data: Path, wish: Wish) -> bool:
    """Whether a window owns `data` and has taken the wish. Waits at most `REACH_S`; any thread."""
    owner = bootstrap.holder(data)
    if owner is None or owner.name != bootstrap.CONSOLE or not owner.address:
        return False
    _let_come_up(owner.pid)
    answers: queue.SimpleQueue[bool] = queue.SimpleQueue()
    values = (owner.address, data, wish, answers)
    # A process that hangs takes connections and never answers.
    threading.Thread(target=_ask, args=values, name="second", daemon=True).start()
    try:
        return answers.get(timeout=REACH_S)
    except queue.Empty:
        return False


def has_window(data: Path) -> bool:
    """Whether who owns `data` could have a window soon: not `serve`, which never has one."""
    owner = bootstrap.holder(data)
    return owner is None or owner.name != "serve"


def _ask(address: str, data: Path, wish: Wish, answers: queue.SimpleQueue[bool]) -> None:
    question = {
        "command": RAISE,
        "link": wish.link,
        "token": wish.token,
        "language": i18n.language(),
    }
    try:
        answers.put("payload" in handover.ask(address, data, question))
    except (handover.NobodyThere, handover.AnswerLost):
        answers.put(False)


if sys.platform == "win32":
    import ctypes

    def _let_come_up(process: int) -> None:
        """Windows lets only the program in front give others leave to come to the front."""
        ctypes.windll.user32.AllowSetForegroundWindow(process)

else:

    def _let_come_up(process: int) -> None:
        """The desktops of X11 and Wayland go by the wish's token."""

"""What the hands at the console do, and wait for on the screen before they go on.

The other telephone knows sooner than the window does: who presses the next key looks at the window.
"""

from __future__ import annotations

from tests.doubles.sip.baresip import Baresip
from tests.e2e.console.console import Console


def answer(console: Console, caller: Baresip) -> None:
    """Answer who rings, until he and the window know it."""
    console.press("F2")
    caller.wait("CALL_ESTABLISHED")
    talks(console)


def talks(console: Console) -> None:
    """Wait until the shown call can be hung up, held and asked about."""
    console.screen.until("Auflegen", "VerbBar")


def hang_up(console: Console, caller: Baresip) -> None:
    """Hang up on the shown call, until he and the window know it."""
    console.press("F9")
    caller.wait("CALL_CLOSED")
    console.screen.until("Sie haben aufgelegt", "GreetingPanel")


def times(console: Console) -> None:
    """Wait until there are times to choose from."""
    console.screen.until(" um ", "SlotsPanel")


def choose_kind(console: Console, number: int, name: str) -> None:
    """Choose a kind of appointment by its key, until its times are there; those before are gone."""
    console.press(f"alt+{number}")
    console.screen.until(f"{name},", "SlotsPanel")
    times(console)

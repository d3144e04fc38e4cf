"""What the door says: to standard error, so that standard output belongs to the program."""

from __future__ import annotations

import sys

SET_UP_FAILED = 69
"""The exit code when something the program needs is not there (EX_UNAVAILABLE)."""


class SetUpFailed(Exception):
    """Something that is needed is missing and cannot be set up; `str()` says what to do."""


def say(text: str) -> None:
    """Tell the person at the keyboard."""
    print(f"receptionist: {text}", file=sys.stderr, flush=True)

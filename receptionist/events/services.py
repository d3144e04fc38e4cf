"""What the desk tells of errands: work beside calls, and its timer."""

from __future__ import annotations

from dataclasses import dataclass

from receptionist.model.errand import Errand


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandChanged:
    """An errand is as it stands here now; finished or removed it is no longer open.

    `message` says in words what happened by itself (a call paused it, it was cut off), "" where a
    person did it.
    """

    errand: Errand
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandWaits:
    """The call or break that paused an errand is over; `message` says so. It goes on by hand."""

    errand: Errand
    message: str

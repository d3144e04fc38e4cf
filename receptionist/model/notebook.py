"""What the store keeps of people beside the directory, as it is read once for the memory."""

from __future__ import annotations

from dataclasses import dataclass

from receptionist.model.callers import CallerNotice, KnownCaller
from receptionist.model.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """Of all clients there are: what is known, who calls, what waits for callers."""

    knowledge: tuple[Knowledge, ...] = ()
    callers: tuple[KnownCaller, ...] = ()
    notices: tuple[CallerNotice, ...] = ()

"""What every part of the desk stands on."""

from __future__ import annotations

from dataclasses import dataclass

from receptionist.clock import Clock
from receptionist.desk.directory import DirectoryBook
from receptionist.desk.listeners import Listeners
from receptionist.desk.memory import Memory
from receptionist.threads import Lanes, Later, Post


@dataclass(frozen=True, slots=True)
class Ground:
    """Handed to each part when the desk is put together; none of it knows a part."""

    memory: Memory
    directory: DirectoryBook
    listeners: Listeners
    lanes: Lanes
    clock: Clock
    later: Later
    post: Post

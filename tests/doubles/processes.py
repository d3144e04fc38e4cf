"""Other processes, as the system lists them."""

from __future__ import annotations

from pathlib import Path


def children(process: int) -> list[int]:
    """The living children of a process."""
    tasks = Path(f"/proc/{process}/task")
    found = [(task / "children").read_text().split() for task in tasks.iterdir()]
    return [int(child) for some in found for child in some]


def alive(process: int) -> bool:
    """Whether a process does anything; one that nobody has buried yet does not."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"

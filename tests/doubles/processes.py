"""Other processes, as the system lists them."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a process takes: memory in kB (`private` is nobody else's), and open files."""

    pss: int
    private: int
    files: int


def footprint(process: int) -> Footprint:
    """What a process takes just now (proc(5), smaps_rollup)."""
    rows = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    found = {row.partition(":")[0]: int(row.split()[1]) for row in rows}
    return Footprint(
        found["Pss"],
        found["Private_Clean"] + found["Private_Dirty"],
        len(list(Path(f"/proc/{process}/fd").iterdir())),
    )

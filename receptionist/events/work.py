"""What the desk tells of the work list."""

from __future__ import annotations

from dataclasses import dataclass

from receptionist.model.worklist import WorkItem


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkAdded:
    """Something is open, or open again."""

    item: WorkItem


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkChanged:
    """An open item was put off, attempted, belongs to another client, or says something else."""

    item: WorkItem


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDone:
    """An item has left the list; its disposition says how, and who said it."""

    item: WorkItem

"""Part of the store: the work list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from receptionist.model.worklist import Attempt, Disposition, NoLonger, WorkItem, WorkKind


class WorkStore(Protocol):
    """The work list. Store worker only, one transaction a method.

    The client of an item follows its call. What left is kept, with who said what came of it.
    """

    def add(self, item: WorkItem) -> WorkItem | None:
        """Put an item on the list; None when it is on it. One that left is open again, as it is
        said now.

        Who is on it because nobody answered, and has left a message after all, is there for that.
        What else the owner is to know of a call is added to its note, and of promises the last
        one counts.
        """

    def bring(
        self, found: Sequence[WorkItem], kinds: Collection[WorkKind], at: datetime
    ) -> tuple[tuple[WorkItem, ...], tuple[WorkItem, ...], tuple[WorkItem, ...]]:
        """Bring the list up to date with all that was `found` of these kinds.

        What is new comes on it, and what was void and is so again; what somebody settled stays
        settled, and a gap that was cut the item it was (`model.gaps`). Open items that were not
        found leave as void, with why, but for those whose time is over: nobody has said anything
        about them. What came, what is another now, and what left.
        """

    def dispose(
        self,
        item_id: UUID,
        disposition: Disposition,
        who: UUID | None,
        at: datetime,
        result: str = "",
        follow_up: datetime | None = None,
        seen: WorkItem | None = None,
    ) -> WorkItem:
        """What came of an open item; how it stands now. `who` is None for the owner himself.

        `StaleRow` when somebody else was faster: it has left, or was put off since it was
        `seen`. `NotFound` when it never was there, `BadInput` as `model.worklist.disposed` says it.
        """

    def say(self, item_id: UUID, number: str, name: str, who: UUID, at: datetime) -> WorkItem:
        """Whom to call, as it was said after the item came up; how the item stands now."""

    def attempt(self, item_id: UUID, attempt: Attempt, until: datetime | None = None) -> WorkItem:
        """Add an attempt, once however often it is told; how the item stands now.

        With `until` an open item waits until then, as one who is called back.
        """

    def withdraw(self, appointment_id: UUID, over: NoLonger, at: datetime) -> tuple[WorkItem, ...]:
        """What is no longer so of an appointment leaves as void, with why; how it stands now.

        What somebody has put off or tried stays, and says so. Nothing is in the owner's calendar
        while the appointment or its travel is dirty.
        """

    def reopen(self, item_id: UUID, who: UUID, at: datetime) -> WorkItem:
        """It left by mistake: open again, due now."""

    def get(self, item_id: UUID) -> WorkItem | None: ...

    def open(self) -> tuple[WorkItem, ...]:
        """Everything open, by due time."""

    def closed(
        self, since: datetime, client_id: UUID | None = None, limit: int = 500
    ) -> tuple[WorkItem, ...]:
        """What left since then, of one client or of all, the newest first."""

"""Part of the store: errands, and what was handled for clients."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from receptionist.model.errand import Errand
from receptionist.model.handled import Handled, Missed
from receptionist.model.period import Period


class ServiceStore(Protocol):
    """Errands, and the record of what was handled. Store worker only, one transaction a method."""

    def record(self, errand: Errand, who: UUID, at: datetime, seen: Errand | None = None) -> None:
        """Insert an errand, or write what differs in one that is there, from what was `seen`.

        Of a text that another workstation has changed too, both stand there. Its client stays:
        he follows the call out of which it came, by `Store.change_call`."""

    def interrupt(self, workstation_id: UUID, kept: Collection[UUID], at: datetime) -> None:
        """End what runs at a workstation at its last sign of life, but for those `kept`."""

    def open_errands(self) -> tuple[Errand, ...]:
        """Those that are neither finished nor removed, of clients who are there, oldest first."""

    def errands(self, client_id: UUID, period: Period) -> tuple[Errand, ...]:
        """A client's errands that were finished in `period`, by time."""

    def handled(self, client_id: UUID, period: Period) -> tuple[Handled, ...]:
        """What was handled for a client in `period`, by time; calls and errands belong where they
        began. Calls that were made for a caller are part of his; times that were only held, and
        travel, are no appointments of their own."""

    def missed(self, client_id: UUID, period: Period) -> tuple[Missed, ...]:
        """Who called a client in `period` and was not answered, by time."""

"""What a client has as sets whose members have no keys: hours, exceptions, words, travel zones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Table

from receptionist.model.client import BookableHours, HoursException, OwnerWord, TravelZone
from receptionist.store import tables
from receptionist.store.ledger import Ledger
from receptionist.store.rows import Kept, Row, kept_as, value_of, values_of

Member = BookableHours | HoursException | OwnerWord | TravelZone

SETS: tuple[tuple[str, Table, type[Member]], ...] = (
    ("hours", tables.bookable_hours, BookableHours),
    ("exceptions", tables.hours_exception, HoursException),
    ("words", tables.owner_word, OwnerWord),
    ("travel_zones", tables.travel_zone, TravelZone),
)
"""Fields of a client, their tables, and what stands in them."""


def same(stored: Sequence[Row], kind: type[Member], seen: Sequence[Member]) -> bool:
    """Whether a set still is as it was seen."""
    return [value_of(kind, row) for row in stored] == list(seen)


def bring(
    ledger: Ledger,
    table: Table,
    stored: Sequence[Row],
    wanted: Sequence[Member],
    client_id: UUID,
    staff: Kept,
) -> None:
    """Replace the `stored` members of a client's set by those that are `wanted`."""
    for position, member in enumerate(wanted):
        values: dict[str, Any] = values_of(member, table)
        values |= {"client_id": client_id, "position": position}
        if "staff_id" in values:
            values["staff_id"] = kept_as(staff, values["staff_id"])
        if position < len(stored):
            ledger.update(table, stored[position], values)
        else:
            ledger.insert(table, {"id": uuid4()} | values)
    for row in stored[len(wanted) :]:
        ledger.remove(table, row)

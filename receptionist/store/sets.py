"""What the office or a client has as sets whose members have no keys: hours, rules, routes, …"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Table

from receptionist.model.client import BookableHours, HoursException, OwnerWord, TravelZone
from receptionist.model.office import OfficeHours
from receptionist.model.route import Route
from receptionist.model.service import Service
from receptionist.model.unattended import UnattendedRule
from receptionist.store import tables
from receptionist.store.ledger import Ledger
from receptionist.store.rows import Kept, Row, kept_as, value_of, values_of

Member = (
    BookableHours
    | HoursException
    | OwnerWord
    | TravelZone
    | OfficeHours
    | UnattendedRule
    | Route
    | Service
)
Sets = tuple[tuple[str, Table, type[Member]], ...]
"""Fields, their tables, and what stands in them."""

SETS: Sets = (
    ("hours", tables.bookable_hours, BookableHours),
    ("exceptions", tables.hours_exception, HoursException),
    ("words", tables.owner_word, OwnerWord),
    ("travel_zones", tables.travel_zone, TravelZone),
    ("rules", tables.unattended_rule, UnattendedRule),
    ("routes", tables.route, Route),
    ("services", tables.agreed_service, Service),
)
"""Those of a client."""

OFFICE_SETS: Sets = (
    ("hours", tables.office_hours, OfficeHours),
    ("rules", tables.unattended_rule, UnattendedRule),
    ("routes", tables.route, Route),
)
"""Those of the office: rows without a client."""

_REFERENCES = ("staff_id", "line_id")


def same(stored: Sequence[Row], kind: type[Member], seen: Sequence[Member]) -> bool:
    """Whether a set still is as it was seen."""
    return [value_of(kind, row) for row in stored] == list(seen)


def bring(
    ledger: Ledger,
    table: Table,
    stored: Sequence[Row],
    wanted: Sequence[Member],
    client_id: UUID | None,
    kept: Kept,
) -> None:
    """Replace the `stored` members of a set by those that are `wanted`.

    `kept` says which rows stand for the staff and the lines that they name.
    """
    for position, member in enumerate(wanted):
        values: dict[str, Any] = values_of(member, table) | {"position": position}
        if "client_id" in table.c:
            values["client_id"] = client_id
        for name in _REFERENCES:
            if name in values:
                values[name] = kept_as(kept, values[name])
        if position < len(stored):
            ledger.update(table, stored[position], values)
        else:
            ledger.insert(table, {"id": uuid4()} | values)
    for row in stored[len(wanted) :]:
        ledger.remove(table, row)

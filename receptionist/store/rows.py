"""Between the values of the model and the rows of the tables, by the names of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import Table

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    T = TypeVar("T", bound=DataclassInstance)
else:
    T = TypeVar("T")

Row = Mapping[Any, Any]
"""Column name to value, as `mappings()` of a result gives it."""

Kept = dict[UUID, UUID]
"""The id of an incoming value to the id of the row that stands for it; others mean themselves."""


def kept_as(kept: Kept, value_id: UUID | None) -> UUID | None:
    """The id of the row that stands for a value, if one was named."""
    return None if value_id is None else kept.get(value_id, value_id)


def values_of(value: DataclassInstance, table: Table) -> dict[str, Any]:
    """The fields of `value` that are columns of `table`."""
    return {f.name: getattr(value, f.name) for f in fields(value) if f.name in table.c}


def value_of(kind: type[T], row: Row, **more: Any) -> T:
    """A `kind` from the columns of `row` that are its fields, and `more` fields."""
    known = {f.name: row[f.name] for f in fields(kind) if f.name in row}
    return kind(**(known | more))

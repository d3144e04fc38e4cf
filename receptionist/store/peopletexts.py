"""Lists that belong to one contact or one rota, each in a column as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from receptionist.model.contact import ContactHours, ContactNumber, Standing, StandingReach
from receptionist.model.rota import NeededHours, OtherDays, Shift
from receptionist.store.columns import Written

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_READERS: Mapping[str, Callable[[Any], Any]] = {
    "contacts": tuple,
    "weekdays": tuple,
    "start": time.fromisoformat,
    "end": time.fromisoformat,
    "first": date.fromisoformat,
    "last": date.fromisoformat,
    "until": datetime.fromisoformat,
    "reach": StandingReach,
}
"""Fields that JSON does not know as they are, by name."""


def _told(value: DataclassInstance) -> dict[str, Any]:
    """A value without what is usual."""
    here = {one.name: (getattr(value, one.name), one.default) for one in fields(value)}
    return {name: found for name, (found, usual) in here.items() if found != usual}


def _plain(value: Any) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _read(kind: type[Any], found: Mapping[str, Any]) -> Any:
    return kind(**{name: _READERS.get(name, _same)(value) for name, value in found.items()})


def _same(value: Any) -> Any:
    return value


def _list_of(kind: type[Any]) -> Written:
    return Written(
        lambda values: _json([_told(one) for one in values]),
        lambda text: tuple(_read(kind, one) for one in json.loads(text)),
    )


NUMBERS = _list_of(ContactNumber)
CONTACT_HOURS = _list_of(ContactHours)
SHIFTS = _list_of(Shift)
OTHER_DAYS = _list_of(OtherDays)
NEEDED_HOURS = _list_of(NeededHours)
IDS = Written(
    lambda ids: _json([str(one) for one in ids]), lambda text: tuple(map(UUID, json.loads(text)))
)
KEYS = Written(lambda keys: _json(list(keys)), lambda text: tuple(json.loads(text)))
STANDING = Written(
    lambda value: _json(_told(value)), lambda text: _read(Standing, json.loads(text))
)

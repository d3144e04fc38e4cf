"""A client with people: two contacts, a rota, something that is known, and two callers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any
from uuid import UUID, uuid4

from receptionist.model.callers import KnownCaller
from receptionist.model.contact import Contact, ContactNumber
from receptionist.model.knowledge import Knowledge
from receptionist.model.rota import OnCallRota, Shift
from tests.doubles.desk import Reception
from ui.models.people import overview_id

CLIENT = "zahnarzt"
DOCTOR, DESK = "Dr. Erika Muster", "Anmeldung"


def moved_in(reception: Reception) -> UUID:
    """Store the people of the dentist; his id."""
    client_id = reception.client(CLIENT).id
    people = reception.desk.people
    for name, role, number in (
        (DOCTOR, "Inhaberin", "+491713920011"),
        (DESK, "Empfang", "+493023125012"),
    ):
        numbers = (ContactNumber(number=number, label="Mobil"),)
        contact = Contact(
            id=uuid4(), client_id=client_id, key="", name=name, role=role, numbers=numbers
        )
        asked(reception, people.contacts.save, None, contact)
    night = Shift(start=time(18), end=time(8), contacts=("dr-erika-muster",))
    day = Shift(weekdays=(0, 1, 2, 3, 4), start=time(8), end=time(18), contacts=("anmeldung",))
    rota = OnCallRota(
        id=uuid4(), client_id=client_id, key="", name="Notdienst", shifts=(day, night)
    )
    asked(reception, people.rotas.save, None, rota)
    known = Knowledge(
        id=uuid4(), client_id=client_id, title="Gibt es Parkplätze?", text="Im Hof.", words="Auto"
    )
    asked(reception, people.notebooks.save, None, known)
    for name, number in (("Max Beispiel", "+493023125044"), ("M. Beispiel", "+491713920055")):
        caller = KnownCaller(id=uuid4(), client_id=client_id, name=name, number=number)
        asked(reception, people.notebooks.save, None, caller)
    return client_id


def asked(reception: Reception, ask: Callable[..., object], *values: Any) -> Any:
    """What `ask` gives to `then`; what it gives to `failed` is raised."""
    found: list[Any] = []
    ask(*values, lambda *told: found.append(told[0] if told else None), found.append)
    reception.spin(lambda: found)
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]


def overview(reception: Reception) -> UUID:
    """The id of the dentist's overview."""
    return overview_id(reception.client(CLIENT).id)

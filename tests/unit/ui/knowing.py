"""What is known of the sample office's clients, for tests."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from receptionist.model.callers import CallerCard, KnownCaller
from receptionist.model.knowledge import Knowledge, KnowledgeKind
from tests.doubles.desk import Reception


def ask(reception: Reception, verb: Any, *values: Any) -> Any:
    """What a verb of the notebooks gives back, once it is stored."""
    told: list[Any] = []
    verb(*values, lambda *given: told.append(given[0] if given else None), _fail)
    reception.spin(lambda: told)
    return told[0]


def writes(reception: Reception, key: str, title: str, text: str, **more: Any) -> Knowledge:
    """Write down something about a client."""
    client = reception.client(key)
    entry = Knowledge(id=uuid4(), client_id=client.id, title=title, text=text, **more)
    found = ask(reception, reception.desk.people.notebooks.save, None, entry)
    assert isinstance(found, Knowledge)
    return found


def some_knowledge(reception: Reception) -> None:
    """Three things of one client, and one of another with the same words."""
    writes(
        reception,
        "haustechnik",
        "Wo kann ich parken?",
        "Im Hof hinter dem Lager. Die Einfahrt liegt in der Marktstraße 4, gleich nach der Ampel.",
        words="Parkplatz Auto",
    )
    writes(
        reception,
        "haustechnik",
        "Anfahrt mit der Bahn",
        "Linie 12 oder 15 bis Ebertplatz, dann fünf Minuten zu Fuß.",
        kind=KnowledgeKind.DIRECTIONS,
    )
    writes(
        reception,
        "haustechnik",
        "Frau Beispiel",
        "Rechnungen und Mahnungen, montags bis mittwochs.",
        kind=KnowledgeKind.PERSON,
        words="Buchhaltung Rechnung",
    )
    writes(reception, "kanzlei", "Wo parken Mandanten?", "In der Tiefgarage, geheim.")


def knows(reception: Reception, key: str, number: str = "", **more: Any) -> KnownCaller:
    """Know somebody who calls a client."""
    client = reception.client(key)
    row = KnownCaller(id=uuid4(), client_id=client.id, number=number, **more)
    found = ask(reception, reception.desk.people.notebooks.save, None, row)
    assert isinstance(found, KnownCaller)
    return found


def card(reception: Reception, key: str, number: str) -> CallerCard | None:
    """Who calls a client with this number, as it is stored."""
    return reception.desk.people.notebooks.caller(reception.client(key).id, number)


def _fail(error: Exception) -> None:
    raise error

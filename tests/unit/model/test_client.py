"""The client and the book that names everybody."""

from __future__ import annotations

from uuid import UUID

import pytest

from receptionist.model.client import COLOURS, AppointmentKind, Client
from receptionist.model.greeting import Greeting


def client(name: str, *kinds: AppointmentKind) -> Client:
    return Client(id=UUID(int=1), key="a", name=name, greeting=Greeting("Hallo"), kinds=kinds)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Praxis Muster", "PM"),
        ("Autohaus", "A"),
        ("& Söhne „Muster“", "S"),
        ("öko Bau GmbH", "ÖB"),
        ("  ", "?"),
        ("", "?"),
        ("&&&", "&"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert client(name).initials == initials


def test_a_kind_is_found_by_its_key() -> None:
    kind = AppointmentKind(id=UUID(int=2), key="first", name="Erstgespräch", minutes=30)
    assert client("A", kind).kind("first") is kind
    assert client("A", kind).kind("other") is None


def test_twelve_colours_with_twelve_names() -> None:
    assert len(set(COLOURS)) == 12

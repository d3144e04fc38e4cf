"""Agreed services: what is offered, what is refused and in which words."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from receptionist import i18n
from receptionist.model.client import AppointmentKind, Client
from receptionist.model.greeting import Greeting
from receptionist.model.script.implied import implied
from receptionist.model.service import (
    IN_CALLS,
    NAMES,
    USUAL,
    Service,
    ServiceKind,
    is_agreed,
    not_agreed,
    offered,
    timed,
)
from receptionist.model.servicechecks import service_faults

CALLS = Service(kind=ServiceKind.CALLS)
LETTERS = Service(kind=ServiceKind.DOCUMENTS, title="Arztbriefe schreiben")
RECIPES = Service(kind=ServiceKind.OWN, title="Rezepte vorbereiten")
AGREED = (CALLS, LETTERS, RECIPES)


def test_every_kind_has_a_name_in_both_languages() -> None:
    assert set(NAMES) == set(ServiceKind)
    names = {}
    for tag in ("en", "de"):
        with i18n.speaking(tag):
            names[tag] = [one.name for one in USUAL]
    assert len(set(names["en"])) == len(set(names["de"])) == len(ServiceKind) - 1
    assert names["de"][0] != names["en"][0]


def test_without_a_list_everything_is_offered() -> None:
    assert offered(()) == USUAL
    assert {one.kind for one in USUAL} == set(ServiceKind) - {ServiceKind.OWN}
    assert all(is_agreed((), kind, "irgendetwas") for kind in ServiceKind)
    assert {one.kind for one in timed(())} == set(ServiceKind) - {ServiceKind.OWN, *IN_CALLS}


@pytest.mark.parametrize(
    ("kind", "title", "agreed"),
    [
        (ServiceKind.CALLS, "", True),
        (ServiceKind.APPOINTMENTS, "", False),
        (ServiceKind.DOCUMENTS, "", True),
        (ServiceKind.DOCUMENTS, "ARZTBRIEFE  schreiben ", True),
        (ServiceKind.DOCUMENTS, "Gutachten", False),
        (ServiceKind.OWN, "rezepte vorbereiten", True),
        (ServiceKind.OWN, "", False),
        (ServiceKind.OWN, "Kaffee kochen", False),
    ],
)
def test_of_a_list_only_what_stands_there_is_agreed(
    kind: ServiceKind, title: str, agreed: bool
) -> None:
    assert is_agreed(AGREED, kind, title) is agreed


def test_a_list_is_offered_in_its_order() -> None:
    assert offered(AGREED) == AGREED
    assert timed(AGREED) == (LETTERS, RECIPES)


def test_the_refusal_says_what_is_agreed() -> None:
    wanted = Service(kind=ServiceKind.APPOINTMENTS)
    assert not_agreed("Praxis Muster", AGREED, wanted) == (
        "“Appointments” is not agreed with Praxis Muster."
        " Agreed are: Answering calls, Arztbriefe schreiben, Rezepte vorbereiten."
    )


def test_what_is_wrong_with_a_list() -> None:
    assert list(service_faults(AGREED)) == []
    assert list(service_faults((Service(kind=ServiceKind.OWN),))) == ["This may not be empty."]
    assert list(service_faults((Service(kind=ServiceKind.MAIL, title="  "),))) != []
    twice = (RECIPES, Service(kind=ServiceKind.OWN, title="REZEPTE vorbereiten"))
    assert len(list(service_faults(twice))) == 1
    assert list(service_faults((CALLS, Service(kind=ServiceKind.CALLS, title="Zentrale")))) == []
    assert "too long" in next(service_faults((Service(kind=ServiceKind.OWN, title="x" * 201),)))


def test_where_appointments_are_not_agreed_the_implied_script_books_none() -> None:
    visit = AppointmentKind(id=UUID(int=2), key="visit", name="Besichtigung", minutes=60)
    client = Client(
        id=UUID(int=1), key="painter", name="Maler", greeting=Greeting("Hallo"), kinds=(visit,)
    )
    assert [one.key for one in implied(client).reasons] == ["visit", "note"]
    without = replace(client, services=AGREED)
    assert [one.key for one in implied(without).reasons] == ["note"]

"""What is wrong with availability, staff, words and travel of a client, beside the field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from uuid import uuid4

import pytest

from receptionist.desk.faults import faults, with_keys
from receptionist.model.client import (
    AppointmentKind,
    BookableHours,
    Client,
    HoursException,
    OwnerRule,
    OwnerWord,
    Staff,
    TravelZone,
)
from receptionist.model.greeting import Greeting
from receptionist.model.office import Directory, Office, Receptionist, Workstation

EMPTY = Directory(
    office=Office(id=uuid4(), name="Büro Muster", greeting=Greeting("Guten Tag.", "de")),
    receptionist=Receptionist(id=uuid4(), name="Erika Muster"),
    workstation=Workstation(id=uuid4(), name=""),
)
ERIKA = Staff(id=uuid4(), key="erika", name="Erika Muster")
GOOD = Client(
    id=uuid4(),
    key="muster",
    name="Praxis Muster",
    greeting=Greeting("Guten Tag.", "de"),
    kinds=(AppointmentKind(id=uuid4(), key="a", name="Kurz", minutes=5, daily_limit=2),),
    hours=(
        BookableHours(weekday=0, start=time(9), end=time(12)),
        BookableHours(weekday=0, start=time(10), end=time(11), staff_id=ERIKA.id),
    ),
    staff=(ERIKA,),
    holidays="AT-9",
    exceptions=(HoursException(first=date(2027, 1, 1), last=date(2027, 1, 1)),),
    words=(OwnerWord(word="nicht stören", rule=OwnerRule.DO_NOT_DISTURB),),
    travel_zones=(TravelZone(postcode="80331", minutes=0),),
    title="{kind}: {caller}",
)
ONE_DAY = HoursException(first=date(2027, 1, 2), last=date(2027, 1, 2))


def test_what_is_good_has_none() -> None:
    assert faults(GOOD, EMPTY) == {}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("horizon_days", 366, "between 1 and 365"),
        ("daily_limit", -1, "between 0 and"),
        ("holidays", "Bayern", "“DE-BY”"),
        ("travel_min", 1441, "between 0 and"),
        ("alarm_min", -2, "between 0 and"),
        ("title", "{name}", "“{name}” is no placeholder"),
        ("title", "a\nb", "U+000A"),
        ("address", "a\nb", "U+000A"),
        ("kinds", (replace(GOOD.kinds[0], daily_limit=-1),), "Kurz: "),
        ("staff", (replace(ERIKA, name=" "),), "empty"),
        ("staff", (ERIKA, replace(ERIKA, key="b")), "“Erika Muster” stands here twice"),
        ("staff", (), "not of the staff any more"),
        ("hours", (GOOD.hours[1], GOOD.hours[1]), "overlaps"),
        ("exceptions", (replace(ONE_DAY, last=date(2027, 1, 1)),), "Exchange the two"),
        ("exceptions", (replace(ONE_DAY, start=time(9)),), "when these hours begin"),
        ("exceptions", (replace(ONE_DAY, start=time(9), end=time(8)),), "before it begins"),
        ("words", (OwnerWord(word="–", rule=OwnerRule.AWAY),), "empty"),
        ("words", (*GOOD.words, OwnerWord(word="Nicht Stören", rule=OwnerRule.AWAY)), "twice"),
        ("travel_zones", (TravelZone(postcode="D-8", minutes=1),), "one to five digits"),
        ("travel_zones", (TravelZone(postcode="8", minutes=-1),), "between 0 and"),
        ("travel_zones", 2 * GOOD.travel_zones, "“80331” stands here twice"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(field: str, value: object, sentence: str) -> None:
    found = faults(replace(GOOD, **{field: value}), EMPTY)  # type: ignore[arg-type]
    assert list(found) == ["hours" if value == () else field]
    assert sentence in next(iter(found.values()))


def test_kinds_and_staff_get_keys_of_their_own() -> None:
    names = ("Jörg Müller", "Jorg Mueller", "Max")
    staff = tuple(Staff(id=uuid4(), key="", name=name) for name in names)
    keyed = with_keys(replace(GOOD, staff=(*staff[:2], replace(staff[2], key="joerg-mueller"))))
    assert [member.key for member in keyed.staff] == [
        "joerg-mueller-2",
        "jorg-mueller",
        "joerg-mueller",
    ]
    assert keyed.kinds == GOOD.kinds

"""Weekdays, instants, chains and plans as people write and read them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from receptionist.model.contact import Contact
from receptionist.model.period import Period
from receptionist.model.rota import NeededHours, OnCallRota, Shift
from ui.models.chain import Names
from ui.models.dutyplan import gap_words, now_words, planned, span_words
from ui.models.standing import until_shown, until_typed
from ui.models.weekdays import weekday_words, weekdays

NOW = datetime(2026, 11, 23, 8, 42, tzinfo=UTC)
BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "days", "shown"),
    [
        ("Mo-Fr", (0, 1, 2, 3, 4), "Mo–Fr"),
        ("Mo bis Do und So", (0, 1, 2, 3, 6), "Mo–Th, Su"),
        ("Sat, Sunday", (5, 6), "Sa, Su"),
        ("Fr–Mo", (0, 4, 5, 6), "Mo, Fr–Su"),
        ("werktags", (0, 1, 2, 3, 4), "Mo–Fr"),
        ("dienstags", (1,), "Tu"),
        ("täglich", (), "every day"),
        ("", (), "every day"),
        ("Mo-So", (), "every day"),
    ],
)
def test_weekdays(text: str, days: tuple[int, ...], shown: str) -> None:
    assert weekdays(text) == days
    assert weekday_words(days) == shown
    assert weekdays(shown) == days


@pytest.mark.parametrize("text", ["Feiertag", "M", "Mo-", "12"])
def test_what_is_no_weekday_is_said(text: str) -> None:
    assert str(weekdays(text)).startswith("“")


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("15:00", "2026-11-23 15:00"),
        ("8:00", "2026-11-24 08:00"),
        ("morgen 10", "2026-11-24 10:00"),
        ("3.12.", "2026-12-03 09:00"),
        ("bis 3.12.", "2026-12-04 00:00"),
        ("bis Freitag", "2026-11-28 00:00"),
        ("bis Freitag 9 Uhr", "2026-11-27 09:00"),
        ("wieder ab 3.12. 8:00", "2026-12-03 08:00"),
        ("until 24 Dec", "2026-12-25 00:00"),
    ],
)
def test_until_when_somebody_is_away(text: str, local: str) -> None:
    found = until_typed(text, NOW, BERLIN)
    assert isinstance(found, datetime)
    shown = until_shown(found, BERLIN)
    assert until_typed(shown, NOW, BERLIN) == found
    assert f"{found.astimezone(ZoneInfo(BERLIN)):%Y-%m-%d %H:%M}" == local


@pytest.mark.parametrize("text", ["?", "bis", "quatsch", "1.1.2020"])
def test_what_is_no_instant_is_said(text: str) -> None:
    assert isinstance(until_typed(text, NOW, BERLIN), str)


def test_nothing_typed_holds_until_it_is_changed() -> None:
    assert until_typed(" ", NOW, BERLIN) is None
    assert until_shown(None, BERLIN) == ""


def _named(*names: str) -> Names:
    return Names(
        Contact(id=uuid4(), client_id=uuid4(), key=f"k{number}", name=name)
        for number, name in enumerate(names)
    )


def test_a_chain_is_read_by_names_their_beginnings_and_keys() -> None:
    names = _named("Dr. Erika Muster", "Muster, Max", "Zentrale")
    assert names.read("Zentrale → Dr. Erika Muster") == ("k2", "k0")
    assert names.read("zen, eri") == ("k2", "k0")
    assert names.read("Muster, Max > k2") == ("k1", "k2")
    assert names.read("") == ()
    assert names.shown(("k1", "weg")) == "Muster, Max → weg"
    assert names.read("Muster") == "“Muster” may be Dr. Erika Muster or Muster, Max."
    assert names.read("zen > zen") == "“Zentrale” stands here twice."
    assert str(names.read("Niemand")).startswith("There is no contact “Niemand”.")


def test_two_of_one_name_are_told_apart_by_their_keys() -> None:
    names = _named("Max Muster", "Max Muster")
    assert names.shown(("k0", "k1")) == "Max Muster (k0) → Max Muster (k1)"
    assert names.read("Max Muster (k1)") == ("k1",)


def _rota(*shifts: Shift, needed: tuple[NeededHours, ...] = ()) -> OnCallRota:
    return OnCallRota(
        id=uuid4(), client_id=uuid4(), key="r", name="Rota", shifts=shifts, needed=needed
    )


def test_a_day_whose_clock_changes_is_drawn_from_midnight_to_midnight() -> None:
    rota = _rota(Shift(start=time(8), end=time(20), contacts=("k0",)))
    before = datetime(2026, 10, 24, 12, tzinfo=UTC)
    days = planned(rota, BERLIN, before, _named("Zentrale"), 2)
    for day in days:
        assert [(one.start, one.end, one.gap) for one in day.pieces] == [
            (0, 480, True),
            (480, 1200, False),
            (1200, 1440, True),
        ]
    assert days[1].words == (
        "Sun 25 Oct: 00:00–08:00 nobody, 08:00–20:00 Zentrale, 20:00–24:00 nobody"
    )


def test_gaps_are_only_where_somebody_is_needed() -> None:
    needed = (NeededHours(weekdays=(5,), start=time(8), end=time(20)),)
    rota = _rota(Shift(weekdays=(0, 1, 2, 3, 4), contacts=("k0",)), needed=needed)
    assert gap_words(rota, BERLIN, NOW, 7) == ["Sat 28 Nov 08:00–20:00 nobody"]
    (saturday,) = (d for d in planned(rota, BERLIN, NOW, _named("A")) if d.day.day == 28)
    assert [one.who for one in saturday.pieces] == ["not needed", "nobody", "not needed"]
    assert now_words(rota, BERLIN, NOW, _named("A")) == "A – from Sat 28 Nov 00:00 on nobody"


def test_a_gap_over_several_days_names_both_ends() -> None:
    start, end = datetime(2026, 11, 27, 17, tzinfo=UTC), datetime(2026, 11, 29, 23, tzinfo=UTC)
    assert span_words(Period(start, end), BERLIN) == "Fri 27 Nov 18:00 – Sun 29 Nov 24:00"

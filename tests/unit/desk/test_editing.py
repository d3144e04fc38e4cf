"""Editing at a running desk: what is refused, and what follows a save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.errors import BadInput, SecretMissing, StaleRow
from receptionist.events import CalendarChanged, CalendarHealth, DirectoryChanged
from receptionist.model.client import (
    AppointmentKind,
    BookableHours,
    CalendarAccount,
    Client,
    OwnerCalendar,
)
from receptionist.model.editing import Dependents, Part
from receptionist.model.greeting import Greeting
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.store import open_store
from tests.doubles.calendar import PASSWORD, USER, MemoryCalendar
from tests.unit.desk.conftest import LAWYER_NUMBER, PAINTER_NUMBER, Bench
from tests.unit.desk.test_booking import TUESDAY

CEILING_S = 60.0


class Asked:
    """One question and its answer; `what` runs the main thread until it is there."""

    def __init__(self, bench: Bench, ask: Callable[..., object], *values: object) -> None:
        self._bench = bench
        self.answers: list[object] = []
        ask(*values, lambda *answer: self.answers.append(answer), self.answers.append)

    @property
    def what(self) -> object:
        self._bench.pump.until(lambda: self.answers)
        (answer,) = self.answers
        return answer[0] if isinstance(answer, tuple) and answer else answer


def ask(bench: Bench, verb: str, *values: object) -> object:
    return Asked(bench, getattr(bench.desk.editing, verb), *values).what


def calendar_of(bench: Bench, client: Client) -> OwnerCalendar:
    found = bench.desk.directory.calendar(client.id)
    assert found is not None
    return found


def new_client(**more: object) -> Client:
    made = Client(id=uuid4(), key="", name="Gärtnerei Müßig & Söhne", greeting=Greeting("Hallo."))
    return replace(made, **more)  # type: ignore[arg-type]


# ---- a save is there at once


def test_a_saved_client_is_answered_for_at_once(bench: Bench) -> None:
    bench.events.clear()
    kinds = tuple(AppointmentKind(id=uuid4(), key="", name="Beratung", minutes=m) for m in (30,))
    new = new_client(dialled=("+492214710003",), kinds=kinds)
    saved = ask(bench, "save_client", None, new, ())
    assert saved == replace(
        new, key="gaertnerei-muessig-soehne", kinds=(replace(kinds[0], key="beratung"),)
    )
    assert bench.seen(DirectoryChanged)
    rang = bench.rings("+492214710003")
    assert bench.desk.switchboard.call(rang).client_id == new.id
    store = open_store(bench.data / "receptionist.db")
    assert store.directory() == bench.directory
    store.close()


def test_the_office_and_who_works_there(bench: Bench) -> None:
    office = replace(bench.directory.office, name="Neu")
    who = replace(bench.directory.receptionist, name="Max Beispiel")
    assert ask(bench, "save_office", bench.directory, office, who) == bench.directory
    assert (bench.directory.office, bench.directory.receptionist) == (office, who)


def test_who_was_slower_is_told_and_sees_what_stands_there(bench: Bench) -> None:
    shown = bench.painter
    elsewhere = open_store(bench.data / "receptionist.db")
    elsewhere.editing.save_client(
        shown,
        replace(shown, notes="von Platz 2"),
        (calendar_of(bench, shown),),
        (calendar_of(bench, shown),),
        bench.directory.receptionist.id,
        bench.clock.now(),
    )
    elsewhere.close()
    mine = replace(shown, notes="von Platz 1")
    answer = ask(bench, "save_client", shown, mine, (calendar_of(bench, shown),))
    assert isinstance(answer, StaleRow)
    assert bench.painter.notes == "von Platz 2"


# ---- the phone follows


def test_a_new_line_is_registered_with_its_password(bench: Bench) -> None:
    line = Line(id=uuid4(), key="", name="Zweite", registrar="sip.example.net", user="2")
    asked = Asked(
        bench,
        lambda then, failed: bench.desk.editing.save_line(
            None, line, then, failed, Secret("geheim")
        ),
    )
    assert asked.what == replace(line, key="zweite")
    bench.pump.until(lambda: line.id in bench.phone.lines)
    assert line.id not in bench.desk.passwords.missing


def test_a_changed_line_is_registered_anew_and_calls_go_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered: list[tuple[str, bool]] = []
    register = bench.phone.register

    def watched(line: Line, secret: Secret | None, relay: Secret | None = None) -> None:
        registered.append((line.registrar, secret is not None))
        register(line, secret, relay)

    monkeypatch.setattr(bench.phone, "register", watched)
    rang = bench.rings()
    bench.desk.switchboard.answer(rang)
    line = bench.directory.lines[0]
    ask(bench, "save_line", line, replace(line, registrar="neu.example.org"))
    bench.pump.until(lambda: registered)
    assert registered == [("neu.example.org", True)]
    assert not bench.desk.switchboard.call(rang).ended
    ask(bench, "save_line", bench.directory.lines[0], bench.directory.lines[0])
    ask(bench, "dependents", Part.LINE, line.id)
    assert len(registered) == 1


def test_a_line_taken_out_is_unregistered_and_its_password_forgotten(bench: Bench) -> None:
    line = bench.directory.lines[0]
    assert ask(bench, "remove", Part.LINE, line.id) == ()
    assert line.id not in bench.phone.lines
    assert bench.desk.switchboard.line_states == {}
    forgotten(bench, line.id)


def forgotten(bench: Bench, secret_id: UUID) -> None:
    answers: list[Secret | None] = []
    bench.desk.passwords.look_up([secret_id], lambda _id, secret: answers.append(secret))
    bench.pump.until(lambda: answers)
    assert answers == [None]
    with pytest.raises(SecretMissing):
        bench.credentials.secret(secret_id)


# ---- the calendars follow


def health(bench: Bench, client: Client) -> CalendarHealth | None:
    found = bench.desk.calendars.health(client.id)
    return found.health if found else None


def test_an_account_with_another_password_is_asked_anew(bench: Bench) -> None:
    account = next(
        one
        for one in bench.directory.accounts
        if one.id == calendar_of(bench, bench.painter).account_id
    )
    bench.server.password = "neu"
    bench.desk.passwords.keep(account.id, Secret("falsch"))
    bench.pump.until(lambda: health(bench, bench.painter) is CalendarHealth.STOPPED)
    new = replace(account, user="neu")
    asked = Asked(
        bench,
        lambda then, failed: bench.desk.editing.save_account(
            account, new, then, failed, Secret("neu")
        ),
    )
    assert asked.what == new
    bench.pump.until(lambda: health(bench, bench.painter) is CalendarHealth.GOOD)


def test_a_client_gets_a_calendar_of_a_new_account(bench: Bench) -> None:
    account = CalendarAccount(id=uuid4(), key="", url=bench.server.url, user=USER)
    found = Asked(
        bench,
        lambda then, failed: bench.desk.editing.probe(account, Secret(PASSWORD), then, failed),
    ).what
    assert [one.name for one in found.calendars] == ["lawyer", "painter"]  # type: ignore[attr-defined]
    saved = Asked(
        bench,
        lambda then, failed: bench.desk.editing.save_account(
            None, account, then, failed, Secret(PASSWORD)
        ),
    ).what
    assert saved == replace(account, key=USER)
    calendar = OwnerCalendar(
        id=uuid4(), client_id=uuid4(), account_id=account.id, name="painter", href=""
    )
    client = ask(bench, "save_client", None, new_client(), (calendar,))
    assert isinstance(client, Client)
    bench.pump.until(lambda: health(bench, client) is CalendarHealth.GOOD)


def test_a_client_without_his_calendar_has_no_health(bench: Bench) -> None:
    ask(bench, "save_client", bench.painter, bench.painter, ())
    assert health(bench, bench.painter) is None
    bench.desk.calendars.refresh(bench.painter.id, insist=True)
    assert health(bench, bench.lawyer) is CalendarHealth.GOOD


def test_an_account_taken_out_loses_its_password(bench: Bench) -> None:
    account_id = calendar_of(bench, bench.painter).account_id
    refused = ask(bench, "remove", Part.ACCOUNT, account_id)
    assert "“Malerbetrieb Muster”" in str(refused)
    ask(bench, "save_client", bench.painter, bench.painter, ())
    assert ask(bench, "remove", Part.ACCOUNT, account_id) == ()
    assert bench.desk.directory.account(account_id) is None
    forgotten(bench, account_id)


def test_a_reading_that_began_with_the_old_password_does_not_stop_the_account(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go_on = Event(), Event()
    changes = MemoryCalendar.changes

    def slow(self: MemoryCalendar, *values: Any) -> Any:
        begun.set()
        assert may_go_on.wait(CEILING_S)
        return changes(self, *values)

    monkeypatch.setattr(MemoryCalendar, "changes", slow)
    account_id = calendar_of(bench, bench.painter).account_id
    bench.desk.calendars.refresh(bench.painter.id)
    bench.pump.until(begun.is_set)
    bench.server.password = "neu"
    kept: list[bool] = []
    bench.desk.passwords.keep(account_id, Secret("neu"), lambda: kept.append(True))
    bench.pump.until(lambda: kept)
    may_go_on.set()
    bench.pump.until(lambda: not bench.desk.calendars.reading)
    assert health(bench, bench.painter) is CalendarHealth.GOOD


# ---- taking a client out


def test_a_client_taken_out_is_no_longer_answered_for_but_remembered(bench: Bench) -> None:
    painter = bench.painter
    rang = bench.rings()
    assert isinstance(ask(bench, "remove", Part.CLIENT, painter.id), BadInput)
    assert isinstance(ask(bench, "remove", Part.LINE, bench.directory.lines[0].id), BadInput)
    bench.phone.outside.hangs_up(rang)
    bench.pump.until(lambda: bench.desk.switchboard.call(rang).ended)
    found = ask(bench, "dependents", Part.CLIENT, painter.id)
    assert found == Dependents(calls=1, call_backs=1, numbers=(PAINTER_NUMBER,))
    assert ask(bench, "remove", Part.CLIENT, painter.id) == ()
    assert bench.desk.directory.client(painter.id) is None
    remembered = bench.desk.directory.remembered(painter.id)
    assert remembered is not None
    assert remembered.name == painter.name
    again = bench.rings()
    assert bench.desk.switchboard.call(again).client_id is None
    lawyer = replace(bench.lawyer, dialled=(LAWYER_NUMBER, PAINTER_NUMBER))
    assert (
        ask(bench, "save_client", bench.lawyer, lawyer, (calendar_of(bench, bench.lawyer),))
        == lawyer
    )


def test_a_client_whose_appointment_waits_stays(bench: Bench) -> None:
    bench.server.password = "anders"
    bench.book(TUESDAY)
    bench.booked()
    answer = ask(bench, "remove", Part.CLIENT, bench.painter.id)
    assert isinstance(answer, BadInput)
    assert "1 appointment" in str(answer)


# ---- faults beside fields


def faults_of(bench: Bench, value: object) -> dict[str, str]:
    return dict(bench.desk.editing.faults(value))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "empty"),
        ("name", "a\u202eb", "U+202E"),
        ("greeting", Greeting("{clint}"), "{client}"),
        ("greeting", Greeting("", "de"), "empty"),
        ("greeting", Greeting("Hallo", "fr"), "de, en"),
        ("zone", "Berlin", "Europe/Berlin"),
        ("notes", "a" * 20_001, "too long"),
        ("minimum_notice_min", -1, "between"),
        ("dialled", (PAINTER_NUMBER,), "“Malerbetrieb Muster”"),
        ("dialled", ("+49 3",), "too few"),
        ("dialled", ("+492214710003", "+492214710003"), "twice"),
        ("kinds", (AppointmentKind(id=uuid4(), key="a", name="Kurz", minutes=0),), "Kurz: "),
        (
            "kinds",
            tuple(
                AppointmentKind(id=uuid4(), key=key, name="Kurz", minutes=5) for key in ("a", "b")
            ),
            "“Kurz” stands here twice",
        ),
        ("hours", (BookableHours(weekday=0, start=time(9), end=time(9)),), "before it begins"),
        (
            "hours",
            tuple(BookableHours(weekday=0, start=time(n), end=time(12)) for n in (9, 11)),
            "overlaps",
        ),
        ("key", "painter", "another entry"),
    ],
)
def test_faults_of_a_client(bench: Bench, field: str, value: object, sentence: str) -> None:
    wrong = new_client(**{field: value})
    found = faults_of(bench, wrong)
    assert list(found) == [field]
    assert sentence in found[field]
    answer = ask(bench, "save_client", None, wrong, ())
    assert isinstance(answer, BadInput)
    assert (str(answer), answer.key) == (found[field], field)


def test_what_is_good_has_no_faults(bench: Bench) -> None:
    directory = bench.directory
    values = (
        directory.office,
        directory.receptionist,
        *directory.lines,
        *directory.accounts,
        *directory.clients,
        *directory.calendars,
        *directory.clients[0].kinds,
        new_client(),
    )
    assert [faults_of(bench, value) for value in values] == [{}] * len(values)


def test_faults_of_the_others(bench: Bench) -> None:
    line, account = bench.directory.lines[0], bench.directory.accounts[0]
    calendar, office = bench.directory.calendars[0], bench.directory.office
    wrong = (
        (
            replace(line, registrar="sip:a", user="a@b", transport="x"),
            "registrar user transport",
        ),
        (replace(line, registrar="", user="", register=False), "registrar"),
        (replace(account, url="http://example.org/", user=""), "url user"),
        (replace(account, url="https://a:geheim@example.org/"), "url"),
        (replace(calendar, account_id=uuid4(), name="a\nb"), "account_id name"),
        (replace(calendar, href="https://other.example/a/"), "href"),
        (replace(office, name="", region="Berlin", zone="x"), "name region zone"),
        (replace(bench.directory.receptionist, name=""), "name"),
        (AppointmentKind(id=uuid4(), key="", name="", minutes=0, buffer_after=9999), ""),
    )
    for value, fields in wrong:
        found = faults_of(bench, value)
        assert list(found) == (fields.split() or ["name", "minutes", "buffer_after"]), value
        assert "geheim" not in "".join(found.values())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Praxis Dr. Öztürk", "praxis-dr-oeztuerk"),
        ("Café Élysée", "cafe-elysee"),
        ("Painter", "painter-2"),
        ("株式会社", "neu"),
        ("a" * 90, "a" * 48),
        (" – & – ", "neu"),
    ],
)
def test_a_key_is_made_of_a_name(bench: Bench, name: str, key: str) -> None:
    assert bench.desk.editing.found_new_key(name) == key


def test_kinds_of_one_name_get_keys_of_their_own(bench: Bench) -> None:
    kinds = tuple(
        AppointmentKind(id=uuid4(), key="", name=name, minutes=5) for name in ("Kür", "Kuer")
    )
    saved = ask(bench, "save_client", None, new_client(kinds=kinds), ())
    assert isinstance(saved, Client)
    assert [kind.key for kind in saved.kinds] == ["kuer", "kuer-2"]
    assert bench.seen(CalendarChanged)

"""Lines and calendars in words: what is down, why, and what helps."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from receptionist.errors import (
    CalendarError,
    CalendarForbidden,
    CalendarRefused,
    CalendarUnreachable,
    CredentialsError,
)
from receptionist.events import CalendarHealth, EngineChanged, EngineState
from receptionist.model.secret import Secret
from tests.doubles.desk import Reception
from ui.models.condition import (
    CalendarConditions,
    Condition,
    calendar_summary,
    keyring_conditions,
    phone_conditions,
    phone_summary,
    sound_conditions,
)


def one(tone: str, state: str = "so") -> Condition:
    return Condition(name="Line", state=state, tone=tone)


@pytest.mark.parametrize(
    ("tones", "words"),
    [
        ([], ("Phone: no line yet", "attention")),
        (["good"], ("Phone: 1 line ready", "good")),
        (["good", "good"], ("Phone: 2 lines ready", "good")),
        (["danger", "good"], ("Phone: 1 of 2 lines ready", "danger")),
        (["plain"], ("Phone: so", "plain")),
    ],
)
def test_the_phone_in_a_few_words(tones: list[str], words: tuple[str, str]) -> None:
    assert phone_summary([one(tone) for tone in tones]) == words


@pytest.mark.parametrize(
    ("tones", "words"),
    [
        ([], ("Calendars: none yet", "attention")),
        (["good", "good"], ("Calendars: up to date", "good")),
        (["plain", "good"], ("Calendars: being checked", "plain")),
        (["attention", "good"], ("Calendars: 1 of 2 down", "attention")),
        (["danger", "attention"], ("Calendars: 2 of 2 down", "danger")),
    ],
)
def test_the_calendars_in_a_few_words(tones: list[str], words: tuple[str, str]) -> None:
    assert calendar_summary([one(tone) for tone in tones]) == words


def test_a_lost_engine_hides_what_its_lines_were(reception: Reception) -> None:
    assert [c.tone for c in phone_conditions(reception.desk)] == ["good"]
    reception.phone.outside.kills_the_engine(for_good=True)
    reception.spin(lambda: reception.desk.switchboard.engine.state is EngineState.LOST)
    (lost,) = phone_conditions(reception.desk)
    assert lost.sentence == ("Phone: The phone has stopped. It is being started again by itself.")
    assert lost.secret_id is None


@pytest.mark.parametrize(
    ("error", "health", "words", "curable"),
    [
        (CalendarUnreachable(), CalendarHealth.WAITING, "does not answer", False),
        (CalendarRefused(), CalendarHealth.STOPPED, "Enter the password again.", True),
        (CalendarForbidden(), CalendarHealth.WAITING, "share it with write permission", False),
    ],
)
def test_a_calendar_that_is_down_says_why_and_what_helps(
    reception: Reception,
    error: CalendarError,
    health: CalendarHealth,
    words: str,
    curable: bool,
) -> None:
    garage = reception.client("werkstatt")
    reception.calendar_fails(garage, error)
    reception.spin(lambda: reception.desk.calendars.health(garage.id).health is health)
    conditions = CalendarConditions(reception.desk)
    worst = conditions.worst_first[0]
    assert worst == conditions.of_client(garage.id)
    assert worst.name == "Calendar Kfz-Werkstatt Musterhof"
    assert words in worst.cure
    assert worst.more == "Last checked at 09:42:05."
    assert (worst.secret_id is not None) is curable


def test_one_change_says_one_account_anew(reception: Reception) -> None:
    conditions = CalendarConditions(reception.desk)
    before = conditions.worst_first
    garage = reception.client("werkstatt")
    reception.calendar_fails(garage, CalendarUnreachable())
    change = reception.desk.calendars.health(garage.id)
    assert change is not None
    conditions.take_in(change)
    after = conditions.worst_first
    assert len(after) == len(before)
    assert len(set(after) - set(before)) == 1
    assert conditions.of_client(uuid4()) is None


def test_a_phone_without_a_microphone_is_not_well(reception: Reception) -> None:
    assert sound_conditions(reception.desk) == []
    reception.phone.tell(
        EngineChanged(state=EngineState.READY, audio="Microphone: none", silent=True)
    )
    reception.spin(lambda: reception.desk.switchboard.engine.silent)
    (sound,) = sound_conditions(reception.desk)
    assert (sound.tone, sound.state) == ("attention", "Microphone: none")
    assert "plug in a headset" in sound.sentence
    assert [one.tone for one in phone_conditions(reception.desk)] == ["good"]


def test_a_keyring_that_is_locked_says_so(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_secret_id: UUID) -> Secret:
        raise CredentialsError("The keyring is locked. Unlock it and try again.")

    assert keyring_conditions(reception.desk) == []
    reception.spin(lambda: not reception.desk.calendars.reading)
    monkeypatch.setattr(reception.credentials, "secret", locked)
    line = reception.desk.directory.lines[0]
    told: list[Secret | None] = []
    reception.desk.passwords.look_up([line.id], lambda _id, secret: told.append(secret))
    reception.spin(lambda: told)
    (keyring,) = keyring_conditions(reception.desk)
    assert keyring.sentence == "Keyring: The keyring is locked. Unlock it and try again."
    assert keyring.tone == "danger"
    reception.desk.passwords.keep(line.id, Secret("for today"))
    reception.spin(lambda: not reception.desk.passwords.missing)
    assert [one.tone for one in keyring_conditions(reception.desk)] == ["attention"]

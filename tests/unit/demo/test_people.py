"""The sample office and its callers fit together."""

from __future__ import annotations

import array
import wave
from datetime import UTC, datetime
from http.client import BadStatusLine, RemoteDisconnected
from pathlib import Path

import pytest

from receptionist.demo.callers import ERIKA, PEOPLE, Person
from receptionist.demo.hearing import speech_seconds
from receptionist.demo.office import fill, sample_office
from receptionist.demo.server import CalendarServer
from receptionist.errors import ReceptionistError
from receptionist.paths import resources


def test_six_trades_with_a_calendar_each() -> None:
    office = sample_office()
    assert len(office.clients) == 6
    assert {calendar.client_id for calendar in office.calendars} == {c.id for c in office.clients}


def test_somebody_calls_each_trade_somebody_is_forwarded_and_somebody_is_wrong() -> None:
    office = sample_office()
    known = {number: client for client in office.clients for number in client.dialled}
    called = {known[p.dials].key for p in PEOPLE if p.dials in known}
    assert called == {client.key for client in office.clients}
    assert [p for p in PEOPLE if p.dials not in known]
    forwarded = [p for p in PEOPLE if p.forwarded_by]
    assert forwarded
    assert all(known[p.forwarded_by] == known[p.dials] for p in forwarded)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.voice)
def test_everybody_has_a_voice_and_wants_something_there_is(person: Person) -> None:
    voice = resources("sounds", "callers", f"{person.voice}.wav")
    assert 20_000 < voice.stat().st_size < 200_000
    assert voice.read_bytes()[:4] == b"RIFF"
    if person.kind:
        (client,) = [c for c in sample_office().clients if person.dials in c.dialled]
        assert client.kind(person.kind)


def test_erika_is_the_one_who_calls_first() -> None:
    assert PEOPLE[0] is ERIKA


def test_speech_is_told_from_silence(tmp_path: Path) -> None:
    loud = array.array("h", [8000, -8000] * 4000)
    quiet = array.array("h", [3, -3] * 8000)
    path = tmp_path / "heard.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", ""))
        file.writeframes((quiet + loud).tobytes())
    assert speech_seconds(path) == pytest.approx(0.5, abs=0.03)
    assert speech_seconds(tmp_path / "none.wav") is None


@pytest.mark.parametrize("end", [RemoteDisconnected("gone"), BadStatusLine("")])
def test_a_calendar_server_that_ends_meanwhile_is_said_in_words(
    end: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = CalendarServer(tmp_path, ["erika"])

    def request(*_: str) -> int:
        raise end

    monkeypatch.setattr(server, "request", request)
    with pytest.raises(ReceptionistError, match="does not answer any more"):
        fill(server, sample_office(), datetime.now(UTC))

"""Callers who wait, and calls that are not taken: by keys alone, as the card and the middle say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist import events
from receptionist.model.call import CallState
from receptionist.model.quality import Quality
from receptionist.model.route import Route, Way, Why
from receptionist.model.unattended import StepKind
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from ui.models.sounding import badge, details
from ui.models.wayout import price_words, way_words

OWNER = "+492214710177"
GOOD = Quality(codec="G722", encrypted=True, jitter_ms=4, round_trip_ms=38, mos_tenths=42)


def card_words(desk: Desk, call_id: object) -> str:
    assert isinstance(call_id, UUID)
    return desk.window.panels.calls.card(call_id).accessibleName()


def park(desk: Desk, note: str = "Herr Muster ist gleich da") -> UUID:
    call_id = desk.talks(HEATING)
    assert isinstance(call_id, UUID)
    desk.key(Qt.Key.Key_F5, SHIFT)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.HELD)
    desk.type(note)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.call(call_id).parked)
    return call_id


def test_a_caller_is_parked_with_a_note_and_taken_back_with_the_same_key(desk: Desk) -> None:
    call_id = park(desk)
    desk.until(lambda: "parked as 1" in card_words(desk, call_id))
    assert "Waits for: Herr Muster ist gleich da" in card_words(desk, call_id)
    desk.key(Qt.Key.Key_F5, SHIFT)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.ACTIVE)
    desk.until(lambda: "parked" not in card_words(desk, call_id))


def test_leaving_the_note_parks_nobody(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    desk.key(Qt.Key.Key_F5, SHIFT)
    line = desk.window.panels.verbs.parking
    desk.until(lambda: line.has_keyboard)
    desk.key(Qt.Key.Key_Escape)
    assert not line.isVisible()
    assert not desk.reception.call(call_id).parked  # type: ignore[arg-type]


def test_who_hangs_up_is_not_to_be_parked_and_nothing_is_typed_elsewhere(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    desk.key(Qt.Key.Key_F5, SHIFT)
    line = desk.window.panels.verbs.parking
    desk.until(lambda: line.has_keyboard)
    desk.reception.phone.outside.hangs_up(call_id)  # type: ignore[arg-type]
    desk.until(lambda: not line.isVisible())
    assert desk.shown == call_id
    assert desk.window.panels.calls.resting_place.hasFocus()


def test_a_question_about_one_call_does_not_stay_when_another_is_shown(desk: Desk) -> None:
    desk.talks(HEATING)
    other = desk.reception.rings(LAWYERS)
    desk.key(Qt.Key.Key_F5, SHIFT)
    line = desk.window.panels.verbs.parking
    desk.until(lambda: line.has_keyboard)
    desk.key(Qt.Key.Key_F3)
    assert desk.shown == other
    assert not line.isVisible()
    assert desk.window.panels.calls.resting_place.hasFocus()


def test_toggling_shows_who_is_spoken_to(desk: Desk) -> None:
    first = desk.talks(HEATING)
    second = desk.talks(LAWYERS, "+493023125055")
    assert desk.shown == second
    desk.key(Qt.Key.Key_F3, SHIFT)
    desk.until(lambda: desk.reception.call(first).state is CallState.ACTIVE)  # type: ignore[arg-type]
    assert desk.shown == first
    desk.key(Qt.Key.Key_F3, SHIFT)
    desk.until(lambda: desk.reception.call(second).state is CallState.ACTIVE)  # type: ignore[arg-type]
    assert desk.shown == second


def test_a_conference_is_said_on_both_cards_and_ended_by_its_key(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    desk.key(Qt.Key.Key_F6)
    desk.type(OWNER)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.shown != call_id)
    asked = desk.shown
    desk.reception.phone.outside.answers(asked)  # type: ignore[arg-type]
    button = desk.window.panels.verbs.button("conference")
    desk.until(button.isVisible)
    desk.key(Qt.Key.Key_F6, CTRL)
    desk.until(lambda: "in conference" in card_words(desk, call_id))
    assert "in conference" in card_words(desk, asked)
    assert button.text() == "End conference"
    assert "hear each other" in desk.window.panels.verbs.pair.words
    desk.key(Qt.Key.Key_F6, CTRL)
    desk.until(lambda: "in conference" not in card_words(desk, call_id))


def test_a_ringing_call_is_sent_on_without_being_answered(desk: Desk) -> None:
    call_id = desk.reception.rings(HEATING)
    desk.until(lambda: desk.shown == call_id)
    desk.key(Qt.Key.Key_F2, CTRL)
    desk.type("0221 4710177")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.call(call_id).ended)
    assert not desk.reception.call(call_id).answered


def test_declining_offers_reasons(desk: Desk) -> None:
    call_id = desk.reception.rings(HEATING)
    desk.until(lambda: desk.shown == call_id)
    desk.key(Qt.Key.Key_F2, CTRL | SHIFT)
    menu = desk.window.panels.verbs.refusals
    assert menu.isVisible()
    assert len(menu.actions()) == 4
    menu.actions()[3].trigger()
    menu.close()
    desk.until(lambda: desk.reception.call(call_id).ended)


def test_the_last_numbers_of_a_client_are_offered_and_called_in_his_name(desk: Desk) -> None:
    heating = desk.reception.client("haustechnik")
    board = desk.reception.desk.switchboard
    mine = board.dial(OWNER, client_id=heating.id, name="Jens Nord")
    board.hang_up(mine)
    desk.until(lambda: desk.reception.call(mine).ended)
    desk.talks(HEATING)
    results = desk.window.panels.top.search.results
    desk.key(Qt.Key.Key_D, CTRL | SHIFT)
    desk.until(lambda: any(one.number == OWNER for one in results.offers))
    assert results.offers[0].title == "Jens Nord"
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.shown.call.dialled == OWNER)
    assert desk.window.shown.call.client_id == heating.id
    assert desk.window.shown.call.caller.name == "Jens Nord"


def test_who_waits_too_long_is_said_in_words(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    desk.key(Qt.Key.Key_F5)
    call = desk.reception.call(call_id)  # type: ignore[arg-type]
    desk.until(lambda: desk.reception.call(call.id).state is CallState.HELD)
    held = desk.reception.call(call.id)
    desk.window._heard(events.HoldReminder(call=held, client=None, seconds=121))
    desk.until(lambda: "has been waiting for 2 minutes" in card_words(desk, call_id))
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: "waiting" not in card_words(desk, call_id))


def test_what_the_phone_does_for_a_caller_is_said_and_he_can_still_be_answered(desk: Desk) -> None:
    call_id = desk.reception.rings(HEATING)
    call = desk.reception.call(call_id)
    queued = replace(call, step=StepKind.QUEUE, place=2)
    client = desk.reception.client("haustechnik")
    desk.window._heard(events.CallChanged(call=queued, client=client, greeting=""))
    desk.until(lambda: "in the queue, place 2" in card_words(desk, call_id))
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.ACTIVE)


def test_how_a_call_sounds_is_a_word_and_numbers_on_demand(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    assert isinstance(call_id, UUID)
    bad = replace(GOOD, mos_tenths=24, loss_permille=55, encrypted=False)
    desk.window._heard(events.CallQuality(call_id=call_id, last=GOOD, worst=bad))
    desk.until(lambda: "sound is good · encrypted" in card_words(desk, call_id))
    sound = desk.window.panels.verbs.sound
    assert sound.words == ""
    desk.key(Qt.Key.Key_I, CTRL)
    assert "G722" in sound.words
    assert "MOS 4.2" in sound.words
    assert "At its worst: MOS 2.4, lost 5.5 %" in sound.words
    desk.key(Qt.Key.Key_I, CTRL)
    assert sound.words == ""


def test_the_messages_of_a_call_are_saved(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_id = desk.talks(HEATING)
    assert isinstance(call_id, UUID)
    place = tmp_path / "sip.txt"
    monkeypatch.setattr("ui.verbs.listening.choose_file", lambda *values: values[-1](place))
    desk.key(Qt.Key.Key_T, CTRL | SHIFT)
    assert desk.reception.phone.service.traced == [call_id]
    desk.window._heard(events.TraceReady(call_id=call_id, text="INVITE sip:… SIP/2.0"))
    assert place.read_text() == "INVITE sip:… SIP/2.0"
    assert desk.window.panels.notice.words == "Saved: sip.txt"


def test_what_is_seldom_wanted_stands_in_a_menu_with_its_keys(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.key(Qt.Key.Key_M, CTRL | SHIFT)
    menu = desk.window.panels.verbs.menu
    assert menu.isVisible()
    words = [action.text() for action in menu.actions()]
    assert any("Park the call" in one and "Shift+F5" in one for one in words)
    menu.close()
    QApplication.processEvents()


def test_line_and_price_of_a_number_stand_below_it(desk: Desk) -> None:
    line = desk.reception.desk.directory.lines[0]
    route = Route(prefix="+49171", line_id=line.id, cents=Decimal("2.90"))
    way = Way(line_id=line.id, why=Why.PRICE, route=route)
    desk.reception.desk.switchboard.dialling.ways_to = lambda number, client_id: (way,)
    desk.key(Qt.Key.Key_D, CTRL)
    desk.type("0171 3920017")
    results = desk.window.panels.top.search.results
    desk.until(lambda: results.offers)
    assert results.offers[0].detail == "over Hauptanschluss · 2.9 ct a minute"


def test_prices_in_words() -> None:
    line_id = UUID(int=1)
    words = {why: price_words(Way(line_id=line_id, why=why)) for why in Why if why is not Why.PRICE}
    assert words[Why.ON_NET] == "free: the same network"
    assert words[Why.UNKNOWN] == "price not known"
    assert way_words((), lambda _one: None) == ""


def test_bad_sound_is_a_word_of_its_own() -> None:
    assert badge(replace(GOOD, mos_tenths=24)) == ("sound breaks up · encrypted", "danger")
    assert badge(replace(GOOD, mos_tenths=33))[1] == "attention"
    assert badge(Quality()) == ("sound not measured yet · not encrypted", "quiet")
    assert "At its worst" not in details(GOOD, GOOD)

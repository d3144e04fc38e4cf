"""In whose name and with which number one calls: said before, and so it goes out."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from receptionist.model.call import CallState
from receptionist.model.office import Identity
from tests.doubles.desk import HEATING, LAWYERS, UNKNOWN
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from ui.models.search import Offer

OURS = {"haustechnik": "+492214710134", "kanzlei": "+496990009210"}
NUMBER, DIALLED = "030 23125177", "+493023125177"
CALLER = "+4917139200177"
"""Who calls, if nobody says otherwise."""


def with_numbers(desk: Desk) -> None:
    """Two clients have a number to be shown, and the line shows it."""
    directory = desk.reception.desk.directory.current
    wanted = replace(
        directory,
        lines=tuple(replace(one, identity=Identity.ASSERTED) for one in directory.lines),
        clients=tuple(replace(one, shown_as=OURS.get(one.key, "")) for one in directory.clients),
    )
    failures: list[Exception] = []
    done: list[bool] = []
    desk.reception.desk.import_directory(wanted, lambda: done.append(True), failures.append)
    desk.until(lambda: done or failures)
    assert failures == []


def shown_as(desk: Desk) -> str:
    """The number with which the newest call went out."""
    *_others, newest = desk.reception.phone.outside.asked.values()
    return newest.shown_as


def said(desk: Desk) -> str:
    """What stands below the field once all is found."""
    desk.until(lambda: not desk.window._board.finder.waiting)
    return desk.window.panels.top.search.said.replace("\u00a0", " ")


def rows(desk: Desk) -> list[Offer]:
    return [one for one in desk.window.panels.top.search.results.offers if not one.heading]


def over(desk: Desk, dialled: str) -> UUID:
    """A call that was answered and is over; it is still shown."""
    call_id = desk.talks(dialled)
    assert isinstance(call_id, UUID)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    return call_id


def calls(desk: Desk, number: str = NUMBER) -> None:
    desk.key(Qt.Key.Key_D, CTRL)
    desk.type(number)
    desk.until(lambda: rows(desk))


def until_called(desk: Desk, count: int = 1) -> None:
    desk.until(lambda: len(desk.reception.phone.outside.asked) >= count)


def test_a_typed_number_is_called_in_the_name_of_the_client_at_hand(desk: Desk) -> None:
    with_numbers(desk)
    desk.talks(HEATING)
    calls(desk)
    assert said(desk) == (
        "You call in the name of Muster Heizung & Sanitär with the number +49 221 4710134."
    )
    assert "as +49 221 4710134 over Hauptanschluss" in rows(desk)[0].detail
    desk.key(Qt.Key.Key_Return)
    until_called(desk)
    assert shown_as(desk) == OURS["haustechnik"]
    assert desk.window.shown.client.key == "haustechnik"


@pytest.mark.soak
def test_so_it_is_when_his_call_is_over(desk: Desk) -> None:
    with_numbers(desk)
    over(desk, LAWYERS)
    calls(desk)
    assert "+49 69 90009210" in said(desk)
    desk.key(Qt.Key.Key_Return)
    until_called(desk)
    assert shown_as(desk) == OURS["kanzlei"]


def test_with_nobody_at_hand_the_office_calls(desk: Desk) -> None:
    with_numbers(desk)
    over(desk, LAWYERS)
    desk.window.panels.calls.resting_place.setFocus()
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.shown is None)
    calls(desk)
    assert said(desk) == ""
    desk.key(Qt.Key.Key_Return)
    until_called(desk)
    assert shown_as(desk) == ""


def test_a_call_that_comes_in_meanwhile_gives_nobody_its_name(desk: Desk) -> None:
    """One types a number, and it rings for somebody: that is not in his name."""
    with_numbers(desk)
    calls(desk)
    ringing = desk.reception.rings(LAWYERS)
    desk.until(lambda: desk.shown == ringing)
    assert said(desk) == ""
    desk.key(Qt.Key.Key_Return)
    until_called(desk)
    assert shown_as(desk) == ""


@pytest.mark.soak
def test_a_client_without_a_number_lends_none(desk: Desk) -> None:
    with_numbers(desk)
    over(desk, LAWYERS)
    desk.talks("+494066969320")
    calls(desk)
    assert said(desk).endswith("The line shows its own number.")
    desk.key(Qt.Key.Key_Return)
    until_called(desk)
    assert shown_as(desk) == ""


def test_a_line_that_shows_no_number_is_not_said_to(desk: Desk) -> None:
    with_numbers(desk)
    directory = desk.reception.desk.directory.current
    lines = tuple(replace(one, identity=Identity.NONE) for one in directory.lines)
    desk.reception.desk._use(replace(directory, lines=lines))
    desk.talks(HEATING)
    calls(desk)
    assert said(desk).endswith("The line shows its own number.")
    assert "4710134" not in rows(desk)[0].detail


def test_redial_says_and_keeps_the_name(desk: Desk) -> None:
    with_numbers(desk)
    desk.talks(HEATING)
    calls(desk)
    desk.key(Qt.Key.Key_Return)
    until_called(desk)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.window.shown is None or desk.window.shown.call.ended)
    desk.key(Qt.Key.Key_D, CTRL | SHIFT)
    desk.until(lambda: rows(desk))
    assert said(desk).startswith("Called last. You call in the name of Muster Heizung & Sanitär")
    assert "+49 221 4710134" in said(desk)
    desk.key(Qt.Key.Key_Return)
    until_called(desk, 2)
    assert shown_as(desk) == OURS["haustechnik"]


def test_the_list_of_one_client_is_gone_when_another_is_shown(desk: Desk) -> None:
    """Neither the last numbers of the one nor his name are there to be called from."""
    with_numbers(desk)
    heating = desk.talks(HEATING)
    calls(desk)
    desk.key(Qt.Key.Key_Return)
    until_called(desk)
    desk.key(Qt.Key.Key_F9)
    desk.window.panels.calls.wanted.emit(heating)
    desk.until(lambda: desk.shown == heating)
    other = desk.reception.rings(LAWYERS)
    desk.key(Qt.Key.Key_D, CTRL | SHIFT)
    desk.until(lambda: rows(desk))
    desk.key(Qt.Key.Key_F3)
    desk.until(lambda: desk.shown == other)
    assert "Muster Heizung" not in said(desk)
    assert not desk.window.panels.top.search.results.isVisible()


def test_who_was_to_be_asked_for_one_caller_is_not_asked_when_another_is_shown(
    desk: Desk,
) -> None:
    heating = desk.talks(HEATING)
    assert isinstance(heating, UUID)
    desk.key(Qt.Key.Key_F6)
    desk.until(lambda: desk.reception.call(heating).state is CallState.HELD)
    other = desk.reception.rings(LAWYERS)
    desk.type("0171")
    desk.key(Qt.Key.Key_F3)
    desk.until(lambda: desk.shown == other)
    search = desk.window.panels.top.search
    assert not search.results.isVisible()
    assert (search.field.text(), search.said) == ("", "")


def test_calling_back_from_an_earlier_call_is_in_its_clients_name(desk: Desk) -> None:
    with_numbers(desk)
    over(desk, LAWYERS)
    assert "as +49 69 90009210 over" in desk.window.panels.verbs.way.text()
    desk.key(Qt.Key.Key_B, CTRL | SHIFT)
    until_called(desk)
    assert shown_as(desk) == OURS["kanzlei"]


@pytest.mark.soak
def test_a_caller_found_by_searching_is_called_back_in_his_clients_name(desk: Desk) -> None:
    with_numbers(desk)
    call_id = over(desk, LAWYERS)
    desk.reception.desk.journal.type(call_id, caller_name="Lea Beispiel")
    desk.window.panels.calls.resting_place.setFocus()
    desk.key(Qt.Key.Key_Escape)
    over(desk, HEATING)
    desk.window.panels.calls.resting_place.setFocus()
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.shown is None)
    desk.key(Qt.Key.Key_K, CTRL)
    desk.type("lea")
    desk.until(lambda: rows(desk))
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.shown == call_id)
    desk.key(Qt.Key.Key_B, CTRL | SHIFT)
    until_called(desk)
    assert shown_as(desk) == OURS["kanzlei"]


def test_the_wrong_client_is_corrected_and_the_name_with_it(desk: Desk) -> None:
    with_numbers(desk)
    call_id = over(desk, UNKNOWN)
    calls(desk)
    assert said(desk) == ""
    desk.reception.desk.switchboard.assign(call_id, desk.reception.client("kanzlei").id, False)
    desk.until(lambda: desk.window._board.at_hand is not None)
    assert "+49 69 90009210" in said(desk)
    desk.key(Qt.Key.Key_Return)
    until_called(desk)
    assert shown_as(desk) == OURS["kanzlei"]

"""A call goes through the script of its client by keyboard alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from receptionist import events
from receptionist.model.call import Call, CallState
from receptionist.model.contact import Contact, Standing, StandingReach
from receptionist.model.script import CallField
from tests.doubles.desk import HEATING
from tests.unit.ui.conftest import ALT, CTRL, SHIFT, Desk
from tests.unit.ui.scripted import MASTER, SCRIPT, field, give_script
from ui.panels.middle import Middle

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def scripted(desk: Desk) -> Desk:
    """One client has a script."""
    give_script(desk.reception)
    return desk


def middle(desk: Desk) -> Middle:
    return desk.window.panels.middle


def talks(desk: Desk, dialled: str = HEATING) -> object:
    """A caller is spoken to, and the window shows it."""
    call_id = desk.talks(dialled)
    desk.until(lambda: desk.window.shown and desk.window.shown.call.state is CallState.ACTIVE)
    return call_id


def call(desk: Desk) -> Call:
    assert desk.window.shown is not None
    return desk.reception.call(desk.window.shown.call.id)


def reasons(desk: Desk) -> Sequence[tuple[str, bool]]:
    return [(one.text(), one.isChecked()) for one in middle(desk).reasons.buttons]


def asked(desk: Desk) -> list[str]:
    """The prompts in the script's own card that are to be seen."""
    rows = middle(desk).prompts._rows
    return [key for key, row in rows.items() if not row.isHidden()]


def failed(desk: Desk) -> str:
    """What stands above the verbs because it did not work."""
    return desk.window.panels.verbs.failed.words


def given(desk: Desk) -> dict[str, tuple[str, str]]:
    return {one.prompt: (one.typed, one.value) for one in call(desk).answers}


def test_warnings_that_hold_and_call_reasons_are_there_while_it_rings(scripted: Desk) -> None:
    scripted.reception.rings()
    scripted.until(lambda: scripted.window.shown)
    assert middle(scripted).script.warnings == "Name no prices."
    assert [text for text, _on in reasons(scripted)] == ["Emergency", "Maintenance", "Message"]
    assert "Erika Muster speaking." in middle(scripted).greeting
    assert not middle(scripted).prompts.isVisible()
    assert not middle(scripted).lead.isVisible()


def test_from_prompt_to_prompt_with_enter_and_what_is_asked_stands_in_one_place(
    scripted: Desk,
) -> None:
    desk, page = scripted, middle(scripted)
    talks(desk)
    desk.key(Qt.Key.Key_1, ALT)
    assert page.greeting == "“I am taking this down right away.”"
    assert page.prompts.instruction == "Instruction: Stay calm."
    caller = desk.window.panels.caller
    assert caller.current is CallField.NAME, "the keyboard was in what is asked first"
    assert page.hint == "“May I have your name?”"
    desk.type("Erika Muster")
    desk.key(ENTER)
    assert caller.current is CallField.PHONE
    assert page.hint == ""
    desk.key(ENTER)
    assert page.prompts.current == "what"
    assert page.hint == "“What has happened?”"
    desk.type("no h")
    desk.key(ENTER)
    assert page.prompts.current == "other"
    assert given(desk)["what"] == ("no h", "cold")


def test_branches_come_and_go_and_the_keyboard_stays(scripted: Desk) -> None:
    desk, page = scripted, middle(scripted)
    talks(desk)
    desk.key(Qt.Key.Key_1, ALT)
    page.prompts.go("what")
    assert asked(desk) == ["what", "other", "since"]
    desk.type("1")
    desk.until(lambda: asked(desk) == ["what", "tap", "other", "since"])
    assert page.prompts.current == "what"
    assert [one.isChecked() for one in field(desk, "what").choices] == [True, False]
    assert page.lead.button.text() == "Connect with Max Beispiel"
    assert page.lead.words == "Max Beispiel can be reached."
    desk.key(Qt.Key.Key_Backspace)
    desk.type("2")
    desk.until(lambda: asked(desk) == ["what", "other", "since"])
    assert page.prompts.current == "what"
    assert page.lead.button.text() == "Note for the owner – No heating"


def test_another_reason_replaces_the_first_and_no_answer_is_lost(scripted: Desk) -> None:
    desk = scripted
    talks(desk)
    desk.key(Qt.Key.Key_1, ALT)
    middle(desk).prompts.go("what")
    desk.type("wa")
    desk.key(Qt.Key.Key_2, ALT)
    assert reasons(desk) == [("Emergency", False), ("Maintenance", True), ("Message", False)]
    assert asked(desk) == ["system"]
    assert middle(desk).prompts.current == "system", "the field it was in is gone"
    desk.type("Gas")
    desk.key(Qt.Key.Key_2, ALT)
    assert desk.window.panels.bottom.words == "“Maintenance” is chosen already."
    assert call(desk).reason == "maintenance"
    desk.key(Qt.Key.Key_1, ALT)
    assert field(desk, "what").field.text() == "wa"
    assert field(desk, "tap").isVisible()
    assert given(desk)["what"] == ("wa", "water")
    assert given(desk)["system"] == ("Gas", "Gas")


def test_the_kind_a_reason_books_is_chosen_and_another_one_by_hand(scripted: Desk) -> None:
    desk = scripted
    talks(desk)
    wish = desk.window._board.planner.wish
    assert wish is not None
    desk.key(Qt.Key.Key_2, ALT)
    assert wish.kind is not None
    assert wish.kind.key == "wartung"
    desk.key(Qt.Key.Key_3, ALT | SHIFT)
    assert wish.kind.key == "aufmass"
    middle(desk).prompts.go("system")
    desk.type("Öl")
    assert wish.kind.key == "aufmass", "typing does not undo what was chosen by hand"
    desk.key(Qt.Key.Key_2, ALT)
    assert wish.kind.key == "wartung"


def test_a_scripted_call_is_booked_with_the_key_of_its_action(scripted: Desk) -> None:
    desk = scripted
    talks(desk)
    desk.type("Erika Muster")
    desk.key(Qt.Key.Key_2, ALT)
    assert middle(desk).lead.button.text() == "Book an appointment: Heizungswartung"
    desk.key(ENTER, ALT)
    desk.until(lambda: "choose a time" in middle(desk).lead.words)
    desk.until(lambda: desk.window.panels.slots.buttons[0].isVisible())
    desk.key(Qt.Key.Key_1, CTRL)
    desk.key(ENTER, ALT)
    desk.reception.seen(events.AppointmentConfirmed)
    (booked,) = desk.reception.appointments(desk.reception.client("haustechnik"))
    assert (booked.kind_name, booked.caller_name) == ("Heizungswartung", "Erika Muster")


def test_what_is_lacking_takes_the_keyboard_and_the_same_key_goes_on_without(
    scripted: Desk,
) -> None:
    desk, page = scripted, middle(scripted)
    talks(desk)
    desk.type("Erika Muster")
    desk.key(Qt.Key.Key_1, ALT)
    page.prompts.go("what")
    desk.type("1")
    desk.key(ENTER, ALT)
    assert failed(desk).startswith("Still to be asked: Main tap closed?.")
    assert page.prompts.current == "tap"
    assert not desk.reception.phone.outside.dialled
    desk.type("x")
    desk.until(lambda: not failed(desk))
    desk.key(ENTER, ALT)
    desk.until(lambda: desk.reception.phone.outside.dialled)
    (master,) = desk.reception.phone.outside.dialled
    assert desk.reception.call(master).dialled == MASTER


def test_enter_does_what_it_has_led_to(scripted: Desk) -> None:
    desk, page = scripted, middle(scripted)
    talks(desk)
    desk.type("Erika Muster")
    desk.key(Qt.Key.Key_2, ALT)
    page.prompts.go("system")
    desk.type("Gas")
    desk.key(ENTER)
    assert page.lead.button.hasFocus()
    held = QKeyEvent(QEvent.Type.KeyPress, ENTER, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(page.lead.button, held)
    assert page.lead.words == ""
    desk.key(ENTER)
    desk.until(lambda: "choose a time" in page.lead.words)


def test_what_is_wrong_is_said_below_the_field_once_it_is_left(scripted: Desk) -> None:
    desk, page = scripted, middle(scripted)
    talks(desk)
    desk.key(Qt.Key.Key_1, ALT)
    page.prompts.go("other")
    desk.type("12 34 Haus")
    assert field(desk, "other").fault == ""
    desk.key(ENTER)
    assert page.prompts.current == "since", "nobody is kept in a field"
    assert "telephone number" in field(desk, "other").fault
    desk.type("morgen")
    desk.until(lambda: field(desk, "since").beside)
    page.prompts.go("other")
    for _letter in "12 34 Haus":
        desk.key(Qt.Key.Key_Backspace)
    desk.type("0171 39200155")
    desk.until(lambda: field(desk, "other").beside)
    assert field(desk, "other").beside == "01 71  39 20 01 55"
    assert field(desk, "other").fault == ""


def test_an_answer_is_ticked_that_was_read_back_and_not_after_it_changed(scripted: Desk) -> None:
    desk, page = scripted, middle(scripted)
    talks(desk)
    desk.type("Erika Muster")
    desk.key(Qt.Key.Key_1, ALT)
    desk.key(ENTER, CTRL)
    caller = desk.window.panels.caller
    desk.until(lambda: caller.label(CallField.NAME) == "Name *  ✓")
    desk.type("mann")
    desk.until(lambda: caller.label(CallField.NAME) == "Name *")
    page.prompts.go("other")
    desk.key(ENTER, CTRL)
    assert desk.window.panels.bottom.words == "There is nothing yet that could be read back."
    desk.type("0171 39200155")
    desk.key(ENTER, CTRL)
    desk.until(lambda: field(desk, "other").ticked)
    desk.key(ENTER, CTRL)
    desk.until(lambda: not field(desk, "other").ticked)


def test_a_call_that_ends_says_what_was_not_asked_and_nothing_is_lost(scripted: Desk) -> None:
    desk, page = scripted, middle(scripted)
    call_id = talks(desk)
    desk.key(Qt.Key.Key_1, ALT)
    page.prompts.go("what")
    desk.type("1")
    desk.reception.phone.outside.hangs_up(call_id)
    desk.until(lambda: page.script.lacking)
    assert page.script.lacking == "Not known when the call ended: Name · Main tap closed?"
    assert page.script.warnings == ""
    assert page.prompts.current == "what", "whoever types goes on typing"
    page.prompts.go("tap")
    desk.type("ja")
    desk.until(lambda: given(desk)["tap"] == ("ja", ""))


def test_hanging_up_is_never_hindered(scripted: Desk) -> None:
    call_id = talks(scripted)
    scripted.key(Qt.Key.Key_1, ALT)
    scripted.key(Qt.Key.Key_F9)
    scripted.until(lambda: scripted.reception.call(call_id).ended)  # type: ignore[arg-type]


def test_what_changed_in_the_script_is_said_and_put_away(scripted: Desk) -> None:
    desk, page = scripted, middle(scripted)
    talks(desk)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: call(desk).ended)
    desk.key(ESC)
    desk.reception.clock.move(60)
    changed = SCRIPT.replace("Name no prices.", "Name no prices, not even rough ones.")
    give_script(desk.reception, changed)
    desk.reception.clock.move(60)
    desk.reception.rings()
    desk.until(lambda: page.script.news)
    assert page.script.news.startswith("New warning: ")
    desk.key(ESC)
    desk.until(lambda: not page.script.news)
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.window.shown and desk.window.shown.call.state is CallState.ACTIVE)
    assert page.script.news == ""


def test_what_changed_goes_by_itself_some_time_after_answering(scripted: Desk) -> None:
    desk, page = scripted, middle(scripted)
    talks(desk)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: call(desk).ended)
    desk.key(ESC)
    desk.reception.clock.move(60)
    give_script(desk.reception, SCRIPT.replace("Stay calm.", "Stay very calm."))
    desk.reception.clock.move(60)
    desk.reception.rings()
    desk.until(lambda: page.script.news)
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.window.shown and desk.window.shown.call.state is CallState.ACTIVE)
    assert page.script.news
    desk.reception.clock.move(31)
    desk.window.tick()
    assert page.script.news == ""


def test_a_choice_is_clicked_too_and_the_keyboard_stays(scripted: Desk) -> None:
    desk = scripted
    talks(desk)
    desk.key(Qt.Key.Key_1, ALT)
    QTest.mouseClick(field(desk, "what").choices[1], Qt.MouseButton.LeftButton)
    desk.until(lambda: given(desk).get("what") == ("No heating", "cold"))
    QTest.mouseClick(field(desk, "what").choices[1], Qt.MouseButton.LeftButton)
    assert field(desk, "what").choices[1].isChecked()
    assert desk.name.hasFocus()


def test_who_cannot_be_reached_is_said_before_he_is_called(scripted: Desk) -> None:
    desk, page = scripted, middle(scripted)
    contacts = desk.reception.desk.people.contacts
    (master,) = contacts.of(desk.reception.client("haustechnik").id)
    done: list[Contact] = []
    contacts.stand(master, Standing(reach=StandingReach.NO), done.append, _fail)
    desk.until(lambda: done)
    talks(desk)
    desk.key(Qt.Key.Key_1, ALT)
    page.prompts.go("what")
    desk.type("1")
    desk.until(lambda: "does not want to be disturbed" in page.lead.words)


def _fail(error: Exception) -> None:
    raise error


def test_a_client_without_a_script_has_his_kinds_on_the_same_keys_and_a_note(desk: Desk) -> None:
    talks(desk)
    booking = desk.window.panels.booking
    hints = [one.hint for one in booking.buttons]
    assert hints == ["Alt+1", "Alt+2", "Alt+3"]
    assert booking.note is not None
    assert (booking.note.text(), booking.note.hint) == ("Message", "Alt+4")
    desk.key(Qt.Key.Key_2, ALT)
    assert booking.buttons[1].isChecked()
    assert call(desk).reason == "wartung"
    assert desk.name.hasFocus()
    assert not middle(desk).lead.isVisible()
    desk.key(Qt.Key.Key_4, ALT)
    assert desk.note.hasFocus()
    assert booking.note.isChecked()
    assert middle(desk).lead.button.text() == "Note for the owner"
    desk.key(ENTER, ALT)
    desk.until(lambda: "not sent by itself" in middle(desk).lead.words)
    desk.key(Qt.Key.Key_9, ALT)
    assert "has no call reason number 9" in desk.window.panels.bottom.words


def test_what_is_asked_of_a_caller_is_read_by_a_screen_reader(scripted: Desk) -> None:
    talks(scripted)
    scripted.key(Qt.Key.Key_1, ALT)
    one = field(scripted, "what").field
    assert one.accessibleName() == "What has happened?"
    assert one.accessibleDescription() == "“What has happened?”, required"
    assert QApplication.focusWidget() is scripted.name

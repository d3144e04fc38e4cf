"""Two calls and two languages in one script: where the keyboard stands, and what is said."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import ALT, CTRL, SHIFT, Desk
from tests.unit.ui.scripted import SCRIPT, field, give_script
from tests.unit.ui.test_script_panel import ESC, middle, reasons, scripted, talks

__all__ = ["scripted"]

TWO = SCRIPT.replace('title = "Emergency"', 'title = { en = "Emergency", de = "Notfall" }').replace(
    'text = "{client}, {receptionist} speaking."',
    'text = { en = "{client}, {receptionist} speaking.", de = "{client}, hier {receptionist}." }',
)


def test_switching_calls_never_mixes_answers(scripted: Desk) -> None:
    desk, page = scripted, middle(scripted)
    first = talks(desk)
    desk.key(Qt.Key.Key_1, ALT)
    page.prompts.go("what")
    desk.type("1")
    second = talks(desk)
    assert desk.shown == second
    desk.key(Qt.Key.Key_1, ALT)
    assert field(desk, "what").field.text() == ""
    page.prompts.go("what")
    desk.type("2")
    desk.key(Qt.Key.Key_F3)
    assert desk.shown == first
    assert field(desk, "what").field.text() == "1"
    assert page.prompts.current == "what", "it comes back to where it was in this call"
    talks(desk, LAWYERS)
    assert not page.reasons.isVisible()
    assert not page.prompts.isVisible()
    calls = {one.id: {a.prompt: a.typed for a in one.answers} for one in desk.reception.journal()}
    assert [calls[one]["what"] for one in (first, second)] == ["1", "2"]


def test_the_cursor_comes_back_with_its_call_and_nobody_is_torn_from_the_search(
    scripted: Desk,
) -> None:
    desk, page = scripted, middle(scripted)
    first = talks(desk)
    desk.key(Qt.Key.Key_1, ALT)
    page.prompts.go("other")
    desk.type("0171 39200155")
    desk.key(Qt.Key.Key_Left)
    second = talks(desk)
    assert desk.name.hasFocus(), "who is answered is asked for his name"
    desk.note.setFocus()
    desk.type("Ein Satz")
    desk.key(Qt.Key.Key_Home)
    desk.key(Qt.Key.Key_F3)
    assert (desk.shown, page.prompts.current, page.prompts.caret) == (first, "other", 12)
    desk.key(Qt.Key.Key_F3)
    assert (desk.shown, desk.note.hasFocus()) == (second, True)
    assert desk.window.panels.caller.caret == 0
    desk.key(Qt.Key.Key_K, CTRL)
    search = QApplication.focusWidget()
    desk.key(Qt.Key.Key_F3)
    assert (desk.shown, QApplication.focusWidget()) == (first, search)


def test_tab_goes_through_what_is_typed_and_then_to_what_it_leads_to(scripted: Desk) -> None:
    desk, page, caller = scripted, middle(scripted), scripted.window.panels.caller
    talks(desk)
    desk.key(Qt.Key.Key_1, ALT)
    passed = []
    for _step in range(6):
        passed.append(caller.current or page.prompts.current)
        desk.key(Qt.Key.Key_Tab)
    assert passed == ["name", "phone", "note", "what", "other", "since"]
    assert page.lead.button.hasFocus()
    desk.key(Qt.Key.Key_Backtab)
    assert page.prompts.current == "since"


def test_the_callers_language_is_a_key_and_is_known_when_he_calls_again(desk: Desk) -> None:
    give_script(desk.reception, TWO)
    page = middle(desk)
    call_id = talks(desk)
    desk.type("Otto")
    assert (page.greets.tongue.text(), page.greets.tongue.isChecked()) == ("In German", False)
    desk.key(Qt.Key.Key_K, CTRL | SHIFT)
    desk.until(lambda: "hier Erika Muster." in page.greeting)
    assert (page.greets.tongue.text(), page.greets.tongue.isChecked()) == ("✓ In German", True)
    own = [text for text, _on in reasons(desk)]
    assert own == ["Emergency", "Maintenance", "Message"], "what is read here stays as it is"
    assert desk.name.hasFocus(), "who types goes on typing"
    books, client = desk.reception.desk.people.notebooks, desk.reception.client("haustechnik")
    desk.until(lambda: [one.language for one in books.cards(client.id)] == ["de"])
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)  # type: ignore[arg-type]
    assert not page.greets.tongue.isVisible()
    desk.key(Qt.Key.Key_K, CTRL | SHIFT)
    assert desk.window.panels.bottom.words == "This call is over."
    desk.key(ESC)
    desk.key(ESC)
    desk.reception.rings(HEATING, "+4917139200177")
    desk.until(lambda: "hier Erika Muster." in page.greeting)
    QTest.mouseClick(page.greets.tongue, Qt.MouseButton.LeftButton)
    desk.until(lambda: "Erika Muster speaking." in page.greeting)
    desk.until(lambda: [one.language for one in books.cards(client.id)] == ["en"])


def test_one_language_has_no_choice_and_its_key_says_so(scripted: Desk) -> None:
    talks(scripted)
    assert not middle(scripted).greets.tongue.isVisible()
    scripted.key(Qt.Key.Key_K, CTRL | SHIFT)
    assert "has one language only" in scripted.window.panels.bottom.words

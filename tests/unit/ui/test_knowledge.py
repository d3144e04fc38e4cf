"""What is known of the client is found while typing, read aloud, and never another client's."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from tests.doubles.desk import DENTIST, HEATING, LAWYERS, UNKNOWN
from tests.unit.ui.conftest import CTRL, Desk
from tests.unit.ui.knowing import some_knowledge, writes
from ui.panels.knowledge import KnowledgePanel


@pytest.fixture
def known(desk: Desk) -> KnowledgePanel:
    some_knowledge(desk.reception)
    panel = desk.window.panels.knowledge
    assert isinstance(panel, KnowledgePanel)
    return panel


def look_up(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F, CTRL)


def everything(desk: Desk) -> str:
    """Every text that stands in the window, seen or not."""
    return "\n".join(label.text() for label in desk.window.findChildren(QLabel))


def test_everything_of_the_client_is_there_at_once(desk: Desk, known: KnowledgePanel) -> None:
    desk.talks(HEATING)
    look_up(desk)
    assert known.rows == ["Anfahrt mit der Bahn", "Frau Beispiel", "Wo kann ich parken?"]
    assert known.answer.startswith("Linie 12")
    assert known.field.hasFocus()


def test_typing_narrows_and_arrows_choose_what_is_read_aloud(
    desk: Desk, known: KnowledgePanel
) -> None:
    desk.talks(HEATING)
    look_up(desk)
    desk.type("mittwoch")
    assert known.rows == ["Frau Beispiel"]
    assert known.answer.startswith("Rechnungen")
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("a")
    first = known.answer
    desk.key(Qt.Key.Key_Down)
    assert known.answer != first
    desk.key(Qt.Key.Key_Up)
    assert known.answer == first
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("Dachdecker")
    assert known.rows == []
    assert known.answer == ""
    assert "Nothing is written down about that" in known.words


def test_enter_goes_on_typing_while_the_answer_stays_and_esc_closes(
    desk: Desk, known: KnowledgePanel
) -> None:
    call_id = desk.talks(HEATING)
    desk.key(Qt.Key.Key_F7)
    desk.type("Kommt mit dem Auto")
    look_up(desk)
    desk.type("park")
    desk.key(Qt.Key.Key_Return)
    assert desk.note.hasFocus()
    assert known.isVisible()
    desk.type(", weiß Bescheid")
    assert desk.texts[1] == "Kommt mit dem Auto, weiß Bescheid"
    assert known.answer.startswith("Im Hof")
    desk.key(Qt.Key.Key_Escape)
    assert not known.isVisible()
    assert desk.note.hasFocus()
    assert desk.shown == call_id


def test_esc_in_the_field_brings_the_keyboard_back(desk: Desk, known: KnowledgePanel) -> None:
    desk.talks(HEATING)
    assert desk.name.hasFocus()
    look_up(desk)
    desk.type("park")
    desk.key(Qt.Key.Key_Escape)
    assert not known.isVisible()
    assert desk.name.hasFocus()
    assert desk.texts == ("", "")


def test_it_lies_over_the_right_column_alone(desk: Desk, known: KnowledgePanel) -> None:
    desk.talks(HEATING)
    before = desk.window.panels.middle.geometry()
    look_up(desk)
    panels = desk.window.panels
    assert panels.middle.geometry() == before
    aside = panels.aside.geometry()
    for panel in (panels.middle, panels.calls, panels.journal):
        place = panel.rect().translated(panel.mapTo(panels, panel.rect().topLeft()))
        assert not aside.intersects(place)
    desk.key(Qt.Key.Key_W, CTRL)
    desk.until(lambda: not panels.aside.isVisible())


def test_another_clients_knowledge_is_never_there(desk: Desk, known: KnowledgePanel) -> None:
    desk.talks(LAWYERS)
    look_up(desk)
    assert known.rows == ["Wo parken Mandanten?"]
    for typed in ("Hof", "Ebertplatz", "Beispiel"):
        desk.key(Qt.Key.Key_A, CTRL)
        desk.type(typed)
        assert known.rows == []
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("park")
    assert "Tiefgarage" in known.answer
    desk.talks(HEATING)
    assert not known.isVisible()
    look_up(desk)
    assert "Tiefgarage" not in everything(desk)
    desk.talks(DENTIST)
    look_up(desk)
    assert known.rows == []
    assert "Nothing is written down for this client yet." in known.words
    for text in ("Tiefgarage", "Ebertplatz", "parken"):
        assert text not in everything(desk)


def test_a_corrected_client_has_his_own(desk: Desk, known: KnowledgePanel) -> None:
    call_id = desk.talks(LAWYERS)
    desk.key(Qt.Key.Key_F7)
    look_up(desk)
    desk.reception.desk.switchboard.assign(call_id, desk.reception.client("haustechnik").id)
    desk.until(lambda: not known.isVisible())
    assert QApplication.focusWidget() is desk.window.panels.calls.resting_place
    look_up(desk)
    assert "Wo parken Mandanten?" not in known.rows
    assert "Tiefgarage" not in everything(desk)


def test_what_is_written_meanwhile_appears(desk: Desk, known: KnowledgePanel) -> None:
    desk.talks(HEATING)
    look_up(desk)
    desk.type("heizkörper")
    writes(desk.reception, "haustechnik", "Heizkörper entlüften", "Mit dem Vierkant.")
    desk.until(lambda: known.rows == ["Heizkörper entlüften"])
    assert known.field.text() == "heizkörper"
    assert known.field.hasFocus()


def test_without_a_client_it_says_why(desk: Desk, known: KnowledgePanel) -> None:
    look_up(desk)
    assert not known.isVisible()
    assert desk.window.panels.bottom.words == "First choose a client, with Ctrl+K."


def test_of_a_client_that_was_looked_up_it_is_there_too(desk: Desk, known: KnowledgePanel) -> None:
    desk.key(Qt.Key.Key_K, CTRL)
    desk.type("heiz")
    desk.key(Qt.Key.Key_Return)
    look_up(desk)
    assert len(known.rows) == 3
    desk.key(Qt.Key.Key_Escape)
    assert not known.isVisible()
    desk.key(Qt.Key.Key_Escape)
    look_up(desk)
    assert not known.isVisible()


def button(desk: Desk) -> str:
    return desk.window.panels.caller._knowledge.text()


def test_a_note_suggests_quietly_and_moves_nothing(desk: Desk, known: KnowledgePanel) -> None:
    desk.talks(HEATING)
    desk.key(Qt.Key.Key_F7)
    before = (desk.note.geometry(), desk.name.geometry())
    desk.type("Fragt nach einem Parkplatz")
    desk.until(lambda: "parken" in button(desk))
    assert button(desk) == "On this: Wo kann ich parken?"
    assert (desk.note.geometry(), desk.name.geometry()) == before
    assert desk.note.hasFocus()
    assert not known.isVisible()
    look_up(desk)
    assert known.rows[2] == "Wo kann ich parken?"
    assert known.answer.startswith("Im Hof"), "what was suggested is chosen"


def test_a_suggestion_ends_with_its_call(desk: Desk, known: KnowledgePanel) -> None:
    first = desk.talks(LAWYERS)
    desk.key(Qt.Key.Key_F7)
    desk.type("parken")
    desk.until(lambda: "Mandanten" in button(desk))
    desk.talks(HEATING)
    assert button(desk) == "Look up"
    desk.window.panels.calls.card(first).wanted.emit(first)
    desk.reception.desk.switchboard.assign(first, desk.reception.client("haustechnik").id)
    desk.until(lambda: desk.window.shown.client.key == "haustechnik")
    assert "Mandanten" not in button(desk)


def test_the_button_says_why_nothing_is_looked_up_yet(desk: Desk) -> None:
    desk.talks(UNKNOWN)
    desk.window.panels.caller.look_up.emit()
    assert "First choose the client of this call" in desk.window.panels.bottom.words

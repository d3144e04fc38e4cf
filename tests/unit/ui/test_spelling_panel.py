"""What stands in the field is spelled out beside the call while one goes on typing."""

from __future__ import annotations

from PySide6.QtCore import Qt

from receptionist.model.spelling import SpellingTable
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from ui.models.spellout import Said, after, spell_out
from ui.panels.spelling import SpellingPanel, _word_at


def panel_of(desk: Desk) -> SpellingPanel:
    return desk.window.panels.spelling


def spell(desk: Desk) -> None:
    desk.key(Qt.Key.Key_N, CTRL | SHIFT)


def test_the_name_is_spelled_out_and_the_keyboard_stays(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.type("Jörg")
    spell(desk)
    panel = panel_of(desk)
    assert panel.words == ["Jena", "Umlaut Offenbach", "Rostock", "Goslar"]
    assert desk.name.hasFocus()
    desk.type("s")
    assert panel.words[-1] == "Salzwedel"
    assert desk.texts[0] == "Jörgs"
    desk.key(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert desk.name.hasFocus()


def test_the_key_takes_the_next_table_which_is_kept(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.type("Ab")
    spell(desk)
    panel = panel_of(desk)
    assert panel.words == ["Aachen", "Berlin"]
    spell(desk)
    assert panel.words == ["Anton", "Berta"]
    spell(desk)
    assert panel.words == ["Alfa", "Bravo"]
    desk.key(Qt.Key.Key_Escape)
    spell(desk)
    assert panel.words == ["Alfa", "Bravo"]
    spell(desk)
    assert panel.words == ["Aachen", "Berlin"]


def test_numbers_are_said_in_pairs(desk: Desk) -> None:
    desk.talks(HEATING, "+492214710134")
    desk.window.panels.caller.number.setFocus()
    spell(desk)
    assert panel_of(desk).words == [
        "null zwo, zwo eins",
        "vier, sieben eins, null eins, drei vier",
    ]


def test_it_follows_the_keyboard_and_remembers_where_it_was_last(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.type("Ab")
    desk.key(Qt.Key.Key_F7)
    desk.type("Frau Ce")
    spell(desk)
    panel = panel_of(desk)
    assert panel.words == ["Chemnitz", "Essen"]
    desk.key(Qt.Key.Key_N, CTRL)
    assert panel.words == ["Aachen", "Berlin"]
    desk.key(Qt.Key.Key_F, CTRL)
    assert not panel.isVisible()
    spell(desk)
    assert desk.name.hasFocus(), "the keyboard is back where it was"
    assert panel.words == ["Aachen", "Berlin"], "the field beside the call does not count"


def test_what_is_marked_is_spelled_out_alone(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.type("Ab Ce")
    for _letter in range(2):
        desk.key(Qt.Key.Key_Left, SHIFT)
    spell(desk)
    assert panel_of(desk).words == ["Chemnitz", "Essen"]


def test_another_call_closes_it(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.type("Ab")
    spell(desk)
    desk.talks(LAWYERS)
    assert not panel_of(desk).isVisible()
    spell(desk)
    assert desk.window.panels.bottom.words == "Nothing is typed yet that could be spelled out."
    desk.type("Ce")
    spell(desk)
    assert panel_of(desk).words == ["Chemnitz", "Essen"]


def test_a_space_parts_words_and_signs_are_said() -> None:
    assert spell_out("a b@", SpellingTable.NATO, "DE") == [
        Said("a", "Alfa"),
        Said("", ""),
        Said("b", "Bravo"),
        Said("@", "at"),
    ]
    assert spell_out("  ", SpellingTable.NATO, "DE") == []
    assert [one.letters for one in spell_out("050 67", SpellingTable.NAMES, "DE")] != []


def test_every_table_comes_in_its_turn() -> None:
    turn = [SpellingTable.CITIES]
    for _more in range(3):
        turn.append(after(turn[-1]))
    assert turn[-1] is SpellingTable.CITIES
    assert set(turn) == set(SpellingTable)


def test_the_word_one_is_at() -> None:
    assert _word_at("Erika Muster, Köln", 3) == "Erika"
    assert _word_at("Erika Muster, Köln", 14) == "Muster"
    assert _word_at("Erika Muster\nKöln", 17) == "Köln"
    assert _word_at("", 0) == ""

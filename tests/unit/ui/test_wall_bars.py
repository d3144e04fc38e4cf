"""The wall between clients: what is asked about one in a bar is out of sight of the other."""

from __future__ import annotations

from PySide6.QtCore import Qt

from receptionist.model.service import ServiceKind
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, Desk
from tests.unit.ui.test_wall import ASKED, CALLER, WORD, known, seen

__all__ = ["known"]


def test_a_task_stands_aside_with_what_is_typed_of_it(known: Desk) -> None:
    """Whatever is asked meanwhile; it is on the desk, and of what was typed nothing is lost."""
    errands, bar = known.reception.desk.errands, known.window.panels.errands
    client = known.reception.client("haustechnik")
    errand = errands.begin(client.id, ServiceKind.RESEARCH)
    known.until(known.window.panels.top.errand.isVisible)
    known.key(Qt.Key.Key_F12, CTRL)
    known.type(f"{WORD} Angebote")
    call_id = known.talks(LAWYERS, CALLER)
    known.until(bar.isHidden)
    assert seen(known) == []
    assert not known.window.panels.top.errand.isVisible()
    assert known.name.hasFocus()
    assert f"errand/{errand}" in known.reception.desk.jotter.all
    for key in (Qt.Key.Key_F12, Qt.Key.Key_F11):
        known.key(key, CTRL)
        assert bar.isHidden()
        assert "Resume the task after the call." in known.window.panels.bottom.words
    known.key(Qt.Key.Key_F9)
    known.until(lambda: known.reception.call(call_id).ended)  # type: ignore[arg-type]
    known.until(lambda: not bar.isHidden())
    assert (bar.text.text(), bar.client_id) == (f"{WORD} Angebote", client.id)


def test_a_task_of_the_one_is_begun_while_that_of_the_other_stands_aside(known: Desk) -> None:
    errands, bar = known.reception.desk.errands, known.window.panels.errands
    jotter, client = known.reception.desk.jotter, known.reception.client("haustechnik")
    waits = errands.begin(client.id, ServiceKind.RESEARCH)
    known.key(Qt.Key.Key_F12, CTRL)
    known.type(f"{WORD} Angebote")
    call_id = known.talks(LAWYERS, CALLER)
    known.until(bar.isHidden)
    known.key(Qt.Key.Key_F10, CTRL)
    assert bar.client_id == known.reception.client("kanzlei").id
    assert not [one.text() for one in bar.choices if "Go on" in one.text()]
    known.key(Qt.Key.Key_1)
    known.type("Akte suchen")
    known.key(Qt.Key.Key_Return)
    assert bar.isHidden()
    assert len(errands.all) == 2
    known.key(Qt.Key.Key_F9)
    known.until(lambda: known.reception.call(call_id).ended)  # type: ignore[arg-type]
    known.until(lambda: known.window._board.spoken_for is None)
    bar.finish(errands.get(waits), client)
    assert bar.text.text() == f"{WORD} Angebote"
    known.key(Qt.Key.Key_Return)
    known.until(bar.isHidden)
    assert [one for one in jotter.all if one.startswith("errand/")] == []


def test_what_one_may_go_on_with_is_not_offered_to_another_client(known: Desk) -> None:
    """Also where it was offered before somebody was spoken to."""
    errands, bar = known.reception.desk.errands, known.window.panels.errands
    errands.begin(known.reception.client("haustechnik").id, ServiceKind.RESEARCH)
    errands.pause()
    known.key(Qt.Key.Key_F10, CTRL)
    assert ["Go on" in one.text() for one in bar.choices] == [True]
    known.talks(LAWYERS, CALLER)
    known.until(bar.isHidden)


def test_the_promise_to_one_stands_aside_while_another_is_spoken_to(known: Desk) -> None:
    first, bar = known.talks(HEATING, CALLER), known.window.panels.asking
    known.key(Qt.Key.Key_F9, CTRL)
    known.type("morgen 10")
    second = known.talks(LAWYERS, ASKED)
    known.until(bar.isHidden)
    assert known.name.hasFocus()
    assert seen(known) == []
    known.window.panels.calls.wanted.emit(first)
    known.until(lambda: not bar.isHidden())
    assert bar.text.text() == "morgen 10"
    known.window.panels.calls.wanted.emit(second)
    known.until(bar.isHidden)
    known.key(Qt.Key.Key_F9, CTRL)
    assert bar.text.text() == ""
    known.type("heute 16")
    known.window.panels.calls.wanted.emit(first)
    known.until(bar.isHidden)
    known.key(Qt.Key.Key_F9, CTRL)
    assert bar.text.text() == "morgen 10"


def test_a_task_that_is_begun_for_another_in_a_call_stays_in_sight(known: Desk) -> None:
    """Who chose him knows whom he writes of; whatever happens meanwhile takes nothing away."""
    bar, client = known.window.panels.errands, known.reception.client("haustechnik")
    call_id = known.talks(LAWYERS, CALLER)
    known.key(Qt.Key.Key_F10, CTRL)
    known.key(Qt.Key.Key_1)
    known.type("Angebote")
    bar._other.click()
    bar.search.chosen.emit(client.id)
    known.window.panels.show_board()
    assert (bar.isVisible(), bar.text.text(), bar.client_id) == (True, "Angebote", client.id)
    known.key(Qt.Key.Key_F9)
    known.until(lambda: known.reception.call(call_id).ended)  # type: ignore[arg-type]
    known.until(lambda: known.window._board.spoken_for is None)
    assert bar.isVisible()

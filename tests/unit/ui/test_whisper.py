"""The client's name is said when it rings, if that is wanted and nobody is on the phone."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.doubles.desk import HEATING, LAWYERS, Reception, let_go
from tests.unit.ui.conftest import Desk
from ui.outside.whisper import Voice, Whisper


def test_the_name_is_said_in_the_language_of_the_client(reception: Reception) -> None:
    said: list[tuple[str, str]] = []
    whisper = Whisper(reception.desk, lambda *words: said.append(words), lambda: True)
    reception.rings(HEATING)
    assert said == [("Muster Heizung & Sanitär", "de")]
    whisper.close()
    reception.rings(LAWYERS)
    assert len(said) == 1


def test_nothing_is_said_unless_it_is_wanted(reception: Reception) -> None:
    said: list[tuple[str, str]] = []
    Whisper(reception.desk, lambda *words: said.append(words), lambda: False)
    reception.rings(HEATING)
    assert said == []


def test_nobody_is_talked_over(desk: Desk) -> None:
    said: list[tuple[str, str]] = []
    Whisper(desk.reception.desk, lambda *words: said.append(words), lambda: True)
    desk.talks(HEATING)
    assert len(said) == 1
    desk.reception.rings(LAWYERS)
    assert len(said) == 1


def test_without_an_engine_nothing_happens(dressed: QApplication) -> None:
    parent = QObject()
    voice = Voice(lambda: "", parent)
    voice._tried = True
    voice("Kanzlei", "de")
    let_go(parent)

"""The client's name is said when it rings, if that is wanted and nobody is on the phone."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QLocale, QObject

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


class Engines:
    """Stands for the module of voices: says where it was loaded, and what it was told to say."""

    def __init__(self, *names: str) -> None:
        self.names, self.said = names, list[str]()
        self.threads: list[int] = []
        self.QTextToSpeech = self

    def availableEngines(self) -> list[str]:  # noqa: N802
        self.threads.append(threading.get_ident())
        return [*self.names, "mock"]

    def __call__(self, name: str, _parameters: object, _parent: object) -> Engines:
        assert name in self.names
        return self

    def setLocale(self, locale: QLocale) -> None:  # noqa: N802
        self.said.append(locale.name())

    def say(self, words: str) -> None:
        self.said.append(words)


@pytest.mark.parametrize("names", [("speechd",), ()])
def test_a_voice_is_looked_for_once_and_never_on_the_main_thread(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    engines = Engines(*names)
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", engines)
    parent = QObject()
    voice = Voice(lambda: "", parent)
    voice.load()
    desk.until(lambda: engines.threads)
    voice("Kanzlei", "de")
    if names:
        desk.until(lambda: engines.said == ["de_DE", "Kanzlei"])
    voice.close()
    assert len(engines.threads) == 1
    assert engines.threads != [threading.get_ident()] or sys.platform != "linux"
    let_go(parent)

"""Trying the sound in the settings: levels, tones, and what counts afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from receptionist import settings
from receptionist.events import PhoneLevels
from receptionist.model.sound import Sound, SoundDevices, Trial
from tests.doubles.desk import Reception, let_go
from ui.dialogs import sound as card_module
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.sound import SoundCard
from ui.models.keeping import Keeping
from ui.widgets.inputs import Choice, Line

DEVICES = SoundDevices(("Mic", "Other"), ("Ear", "Bell"))


@pytest.fixture
def dialog(dressed: QApplication, reception: Reception, tmp_path: Path) -> Iterator[SettingsDialog]:
    (tmp_path / settings.FILE).write_text('headset = "Ear"\n', "utf-8")
    chosen = settings.load(tmp_path)[0]
    keeping = Keeping(tmp_path, chosen, lambda then: then(DEVICES), None)
    keeping.on_change(lambda now: reception.desk.sound_check.use(now.sound))
    parent = QWidget()
    dialog = SettingsDialog(keeping, lambda sentence: None, parent, reception.desk)
    dialog.show()
    yield dialog
    let_go(parent)


@pytest.fixture
def card(dialog: SettingsDialog) -> SoundCard:
    assert dialog.sound is not None
    return dialog.sound


def used(reception: Reception) -> Sound | None:
    return reception.phone.service.wanted_sound


def levels(reception: Reception, microphone: int, times: int = 1) -> None:
    for _time in range(times):
        reception.desk.switchboard.heard(PhoneLevels(microphone=microphone, headset=7))


def test_one_speaks_and_sees_it(card: SoundCard, reception: Reception) -> None:
    QTest.keyClick(card.test, Qt.Key.Key_Space)
    assert reception.phone.service.listening
    assert used(reception) == Sound(headset="Ear")
    levels(reception, 60)
    assert [bar.value() for bar in card.bars.values()] == [60, 7]
    assert "Speak" in card.state.words
    levels(reception, 60, times=12)
    assert "works" in card.state.words
    levels(reception, 99)
    assert "Too loud" in card.state.words
    QTest.keyClick(card.test, Qt.Key.Key_Space)
    assert not reception.phone.service.listening
    levels(reception, 60)
    assert [bar.value() for bar in card.bars.values()] == [0, 0]


def test_silence_is_no_proof(card: SoundCard, reception: Reception) -> None:
    card.test.click()
    levels(reception, 12, times=30)
    assert "Speak" in card.state.words


@pytest.mark.parametrize(
    ("button", "trial"), [("headset", Trial.HEADSET), ("ringing", Trial.RINGING)]
)
def test_a_tone_is_played_and_ends_by_itself(
    dialog: SettingsDialog,
    card: SoundCard,
    reception: Reception,
    button: str,
    trial: Trial,
) -> None:
    getattr(card, button).click()
    assert reception.phone.service.trial is trial
    assert card.silence.isActive()
    assert card.silence.interval() == card_module.TONE_MS
    card.silence.timeout.emit()
    assert reception.phone.service.trial is Trial.NOWHERE
    assert reception.phone.service.listening, "the levels stay to be seen"


def test_another_choice_is_heard_at_once_and_forgotten_without_save(
    dialog: SettingsDialog, card: SoundCard, reception: Reception
) -> None:
    card.test.click()
    headset, gain = dialog.fields["headset"].editor, dialog.fields["headset_gain"].editor
    assert isinstance(headset, Choice)
    assert isinstance(gain, Line)
    headset.setCurrentIndex(headset.findText("Bell"))
    assert used(reception) == Sound(headset="Bell")
    gain.setText("much")
    gain.editingFinished.emit()
    assert used(reception) == Sound(headset="Bell"), "what is wrong is not used"
    gain.setText("150")
    gain.editingFinished.emit()
    assert used(reception) == Sound(headset="Bell", headset_gain=150)
    dialog.reject()
    assert used(reception) == Sound(headset="Ear")
    assert not reception.phone.service.listening


def test_what_is_saved_counts(
    dialog: SettingsDialog, card: SoundCard, reception: Reception
) -> None:
    card.test.click()
    headset = dialog.fields["headset"].editor
    assert isinstance(headset, Choice)
    headset.setCurrentIndex(headset.findText("Bell"))
    dialog.accept()
    assert used(reception) == Sound(headset="Bell")
    assert not reception.phone.service.listening


def test_a_dialog_that_gives_way_lets_the_devices_go(
    dialog: SettingsDialog, card: SoundCard, reception: Reception
) -> None:
    card.test.click()
    dialog.hide()
    assert not reception.phone.service.listening
    assert not card.test.isChecked()

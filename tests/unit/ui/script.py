"""The editor of a script in the hands of who sits before it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist.model.client import Client
from receptionist.model.script import ScriptVersion
from tests.doubles.desk import Reception
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from ui.dialogs.script.dialog import ScriptDialog
from ui.dialogs.script.writing import Writing

SMALL = """\
format = 1
language = "en"

[[greeting]]
text = "{client}, hello."

[[greeting]]
text = "{client}, we are closed."
[greeting.when]
hours = "18:00-07:00"

[[warning]]
text = "Never name prices."

[[reason]]
key = "burst"
title = "Burst pipe"
say = "I will see to it."
instruct = "Stay calm."

[[reason.prompt]]
key = "water"
label = "Is water running?"
kind = "choice"
required = true
choices = ["Yes", "No"]

[[reason.prompt]]
key = "tap"
label = "Is the main tap closed?"
when = { prompt = "water", is = "Yes" }

[[reason.action]]
do = "urgent"
text = "Burst pipe"
when = { prompt = "water", is = "Yes" }

[[reason]]
key = "message"
title = "Message"
"""


def save(reception: Reception, client: Client, text: str = SMALL, **more: bool) -> ScriptVersion:
    """A version as somebody kept it before."""
    kept: list[ScriptVersion] = []
    failed: list[Exception] = []
    versions = reception.desk.script_versions
    versions.save(client, text, "agreed", kept.append, failed.append, **more)
    reception.spin(lambda: kept or failed)
    assert not failed, failed
    return kept[0]


class Editor:
    """The editor of the client whose sheet is shown, opened with its key.

    It comes up with the form; with `text` the key leads to the text at once.
    """

    def __init__(self, desk: Desk, key: str = "haustechnik", *, text: bool = True) -> None:
        self.desk = desk
        self.client = desk.reception.client(key)
        self.come()
        if text and self.writing.middle.shows_form:
            desk.key(Qt.Key.Key_6, CTRL)

    def come(self) -> None:
        """Show the client, and open the editor with its key, as a window manager would."""
        desk = self.desk
        desk.window.activateWindow()
        desk.until(lambda: QApplication.activeWindow() is desk.window)
        if desk.window.shown is None:
            desk.window._board.look_up(self.client)
        desk.key(Qt.Key.Key_L, CTRL | SHIFT)
        desk.until(lambda: isinstance(QApplication.activeWindow(), ScriptDialog))
        dialog = QApplication.activeWindow()
        assert isinstance(dialog, ScriptDialog)
        self.dialog = dialog
        desk.until(lambda: "since" in self.dialog.state.words or not self.counting)

    @property
    def counting(self) -> str:
        """The text that counts."""
        counting = self.desk.reception.desk.scripts.counting(self.client.id)
        return counting.text if counting else ""

    @property
    def writing(self) -> Writing:
        return self.dialog.writing

    @property
    def text(self) -> str:
        return self.writing.text.text

    @property
    def said(self) -> str:
        """What became of the last thing that was asked."""
        return self.dialog.foot.state.words

    @property
    def faults(self) -> list[str]:
        return self.writing.faults.rows.words

    def press(self, digit: int) -> None:
        """Go to a pane with its key."""
        self.desk.key(Qt.Key(Qt.Key.Key_0 + digit), CTRL)

    def go(self, words: str) -> None:
        """Put the keyboard behind words of the text."""
        before, found, _after = self.text.partition(words)
        assert found, words
        self.writing.text.go(before.count("\n") + 1, words)
        self.desk.key(Qt.Key.Key_Right)

    def rest(self) -> None:
        """Wait until the hands have rested and everything was shown."""
        self.desk.until(lambda: not self.writing._soon.isActive())

    def save(self, why: str = "asked for") -> None:
        """Save with the key, and say why; wait until it counts."""
        self.desk.key(Qt.Key.Key_S, CTRL)
        self.desk.type(why)
        self.desk.key(Qt.Key.Key_Return)
        self.desk.until(lambda: self.said.startswith("Saved"))

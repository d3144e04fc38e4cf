"""One of the office's sounds, or another WAV file that is taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from receptionist.desk.sounds import Sounds
from receptionist.errors import BadInput
from receptionist.i18n import _
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.field import Fault
from ui.widgets.inputs import Choice
from ui.widgets.keybutton import KeyButton


class SoundChoice(QWidget):
    """Main thread. `extra` are values beside the files, such as silence, with their words."""

    changed = Signal()

    def __init__(
        self, sounds: Sounds, chosen: str, usual: str, extra: tuple[tuple[object, str], ...] = ()
    ) -> None:
        super().__init__()
        self._sounds = sounds
        self._offered: tuple[tuple[object, str], ...] = (("", usual), *extra)
        self.choice = Choice()
        self._put(chosen)
        self.add_button = KeyButton("…", kind="quiet", name=_("Take in a WAV file"))
        self.add_button.setToolTip(_("Take in a WAV file"))
        self.add_button.clicked.connect(self._ask)
        self._fault = Fault()
        line = row()
        line.addWidget(self.choice, 1)
        line.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self._fault)
        self.setFocusProxy(self.choice)
        self.choice.currentIndexChanged.connect(self.changed)

    @property
    def name(self) -> str:
        """The chosen file, or value; "" for the usual one."""
        return str(self.choice.value or "")

    def take(self, file: Path) -> None:
        """Copy a file to the office's sounds and choose it; say why it cannot be played."""
        try:
            name = self._sounds.take(file)
        except BadInput as error:
            self._fault.tell(str(error), self.choice)
            return
        self._fault.tell("", self.choice)
        self._put(name)
        self.changed.emit()

    def _put(self, chosen: str) -> None:
        named = dict.fromkeys((*self._sounds.names(), chosen))
        known = [value for value, _words in self._offered]
        files = [(name, name) for name in named if name and name not in known]
        self.choice.put([*self._offered, *files], chosen)

    def _ask(self) -> None:
        dialog = QFileDialog(self, _("Take in a WAV file"), "", _("Sound (*.wav)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.take(Path(chosen)))
        dialog.open()

"""A line of names: who is asked one after the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from receptionist.i18n import _
from ui.models.chain import ARROW, Names
from ui.widgets.inputs import Line
from ui.widgets.keybutton import literal

_SIGNS = (ARROW.strip(), ",", ">", ";")


class ChainLine(Line):
    """Names with arrows between them; commas and beginnings of names do as well. Main thread.

    Up and Down go through everybody in place of the last name; `offer` lists them for the mouse.
    """

    def __init__(self, chain: tuple[str, ...], names: Names, example: str = "") -> None:
        super().__init__(names.shown(chain), 400, example or _("who is asked first, who then"))
        self._names = names
        self.editingFinished.connect(self._left)

    @property
    def chain(self) -> tuple[str, ...]:
        """The keys of those who stand here; nobody while it cannot be read."""
        read = self._names.read(self.text())
        return read if isinstance(read, tuple) else ()

    @property
    def fault(self) -> str:
        """What is wrong."""
        read = self._names.read(self.text())
        return read if isinstance(read, str) else ""

    def offer(self) -> None:
        """A menu of everybody; who is chosen is asked last."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(lambda action: self.append(str(action.data())))
        for name in self._names.offered:
            menu.addAction(literal(name)).setData(name)
        menu.setEnabled(bool(self._names.offered))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def append(self, name: str) -> None:
        """Let somebody be asked last."""
        before = self.text().rstrip().rstrip("".join(_SIGNS)).rstrip()
        self.setText(f"{before}{ARROW}{name}" if before else name)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            begins = _begins(self.text())
            name = self._names.beside(self.text()[begins:], step)
            self.setText(self.text()[:begins] + name)
        else:
            super().keyPressEvent(event)

    def _left(self) -> None:
        """Show who was read by their whole names."""
        if not self.fault:
            self.setText(self._names.shown(self.chain))


def _begins(text: str) -> int:
    """Where the last name begins."""
    at = max(text.rfind(sign) for sign in _SIGNS) + 1
    return at + len(text[at:]) - len(text[at:].lstrip())

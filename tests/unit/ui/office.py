"""The office window in the hands of who sits before it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.unit.ui.conftest import CTRL, Desk
from ui.dialogs.office.dialog import OfficeDialog
from ui.dialogs.office.form import Form
from ui.models.office import Group


class Office:
    """The office window of a desk, opened with its key."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.come()

    def come(self) -> None:
        """Open the window with its key and give it the keyboard, as a window manager would."""
        self.desk.window.activateWindow()
        self.desk.until(lambda: QApplication.activeWindow() is self.desk.window)
        self.desk.key(Qt.Key.Key_E, CTRL)
        (self.dialog,) = self.desk.window.findChildren(OfficeDialog)
        self.desk.until(lambda: QApplication.activeWindow() is self.dialog)

    @property
    def form(self) -> Form:
        """The form that is shown."""
        form = self.dialog.editor.form
        assert form is not None
        return form

    @property
    def said(self) -> str:
        """What became of the last thing that was asked."""
        return self.dialog.editor.foot.state.words

    def fault(self, field: str) -> str:
        """What stands below a field."""
        return self.form.fields[field].fault

    def open(self, group: Group, name: str) -> Form:
        """Choose a row of the list."""
        shown = self.dialog.editor.form
        entries = self.dialog.editor.drafts.entries(shown.scope if shown else None)
        wanted = next(one for one in entries if one.group is group and name in one.name)
        self.dialog.editor.choose(wanted.id)
        return self.form

    def rows(self) -> list[str]:
        """The words of the list."""
        rows = self.dialog.list.rows
        return [rows.item(number).text() for number in range(rows.count())]

    def go(self, field: str) -> QWidget:
        """Put the keyboard into a field."""
        self.form.go(field)
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def write(self, field: str, text: str) -> None:
        """Write over what stands in a field, and go on."""
        widget = self.go(field)
        assert isinstance(widget, QLineEdit)
        widget.selectAll()
        self.desk.type(text)
        if not text:
            self.desk.key(Qt.Key.Key_Delete)
        self.desk.key(Qt.Key.Key_Tab)

    def save(self) -> None:
        """Save with the key, and wait until it is written."""
        self.desk.key(Qt.Key.Key_S, CTRL)
        self.desk.until(lambda: self.said.startswith("Saved"))

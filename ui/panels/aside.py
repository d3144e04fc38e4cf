"""What a person looks up beside a call: it lies over the right column and nowhere else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.theme.sheet import INSIDE


class Aside(QFrame):
    """One page at a time. Main thread. A key opens it, nothing else does.

    For whom and what to say stays in sight, and nothing moves. Where the keyboard came from it
    goes back to; `left` says that it came from nowhere that is still there, `closed` which page
    was closed, and `interrupted` before that which one gives way to something else.
    """

    left = Signal()
    closed = Signal(object)
    interrupted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "overlay")
        self.setProperty("overlay", True)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self._place: QWidget | None = None
        self._page: QWidget | None = None
        self._about: object = None
        self._came_from: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(INSIDE, INSIDE, INSIDE, INSIDE)
        self.hide()

    def lie_over(self, whole: QWidget, place: QWidget, *pages: QWidget) -> None:
        """Become a part of `whole`, above `place`, with these pages."""
        self._place = place
        self.setParent(whole)
        self.hide()
        for page in pages:
            page.hide()
            self._column.addWidget(page)
        for watched in (whole, place):
            watched.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._keyboard_moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._cover()
        return False

    @property
    def page(self) -> QWidget | None:
        """What is open, if anything is."""
        return self._page if not self.isHidden() else None

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is in it."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def open(self, page: QWidget, about: object, focus: QWidget | None = None) -> None:
        """Show a page `about` something, with the keyboard in `focus`, else where it is."""
        if not self.has_keyboard:
            self._came_from = QApplication.focusWidget()
        if self._page is not page:
            if focus is None:
                self.give_back()
            self._give_way()
        self._page, self._about = page, about
        page.show()
        self._cover()
        self.show()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def follow(self, about: object) -> None:
        """Something else is in view: what was looked up for the one before is not shown."""
        if self._page is not None and about != self._about:
            inside = self.has_keyboard
            self._give_way()
            if inside:
                self.left.emit()

    def give_back(self) -> bool:
        """Let the keyboard go back to where it was, if it is here; the page stays."""
        if not self.has_keyboard:
            return False
        before = self._came_from
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()
        return True

    def leave(self) -> bool:
        """Close it, if it is open; the keyboard goes back. Whether it was."""
        if self._page is None:
            return False
        self.give_back()
        self.close_down()
        return True

    def close_down(self) -> None:
        """Close it without moving the keyboard."""
        page, self._page, self._about = self._page, None, None
        self.hide()
        if page is not None:
            page.hide()
            self.closed.emit(page)

    def _give_way(self) -> None:
        """Nobody said that the page is done with."""
        if self._page is not None:
            self.interrupted.emit(self._page)
        self.close_down()

    def _cover(self) -> None:
        whole, place = self.parentWidget(), self._place
        if whole is not None and place is not None:
            corner = place.mapTo(whole, QPoint(0, 0))
            self.setGeometry(corner.x(), corner.y(), place.width(), place.height())

    def _keyboard_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Where the keyboard is has to be seen."""
        covered = now is not None and self._place is not None and self._place.isAncestorOf(now)
        if covered:
            self._give_way()

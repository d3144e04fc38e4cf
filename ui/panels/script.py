"""What never scrolls away of a client's script, and its call reasons with their keys."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.script import WITH_KEYS
from ui.actions import hint
from ui.models.course import ShownCourse
from ui.models.words import one_line
from ui.theme.sheet import GRID, INSIDE
from ui.widgets.card import Card, row
from ui.widgets.flow import Flow
from ui.widgets.icon import Icon
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear

_LONGEST_TITLE, _LONGEST_NEWS = 40, 76


class ScriptHead(QWidget):
    """Warnings that hold, what changed in the script, and after the call what was not asked. Main
    thread.

    `read` says that the news was read.
    """

    read = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._warnings = _Notice("danger", _("Warning"))
        since = _("Changed since you last answered")
        self._news = _Notice("plain", since, "clock", caption=since)
        self._open = _Notice("attention", _("Not known"))
        self._done = KeyButton(_("Read"), hint("put_away"), "quiet")
        self._done.clicked.connect(self.read)
        self._news.line.addWidget(self._done, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self._warnings)
        column.addWidget(self._news)
        column.addWidget(self._open)
        self.hide()

    @property
    def warnings(self) -> str:
        """The warnings, a line each."""
        return self._warnings.words

    @property
    def news(self) -> str:
        """What changed, a line each."""
        return self._news.words

    @property
    def lacking(self) -> str:
        """What was required and is not known, in a call that is over."""
        return self._open.words

    def show_course(self, course: ShownCourse | None) -> None:
        """Show what holds just now; nothing takes no room."""
        self._warnings.tell(course.warnings if course else ())
        news = course.news if course else ()
        self._news.tell([one_line(line, _LONGEST_NEWS) for line in news])
        self._news.setToolTip("\n".join(f"<p>{escape(line)}</p>" for line in news))
        labels = " · ".join(one.label for one in course.lacking) if course and course.over else ""
        words = _("Not known when the call ended: {labels}").format(labels=labels)
        self._open.tell([words] if labels else ())
        self.setVisible(bool(self.warnings or self.news or self.lacking))


class _Notice(Card):
    """Short lines on a tint, with an icon."""

    def __init__(self, tone: str, name: str, icon: str = "alert", caption: str = "") -> None:
        super().__init__(surface=tone)
        self._name = name
        self._words = Label(wrap=True)
        wear(self._words, tone="" if tone == "plain" else tone)
        self.column.setContentsMargins(3 * GRID, 6, 3 * GRID, 6)
        self.line = row()
        picture = Icon(icon, tone, 16)
        self.line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        if caption:
            words.addWidget(Label(caption, "label"))
        words.addWidget(self._words)
        self.line.addLayout(words, 1)
        self.column.addLayout(self.line)
        self.hide()

    @property
    def words(self) -> str:
        """What is shown, a line each."""
        return self._words.text()

    def tell(self, lines: Sequence[str]) -> None:
        """Show these lines; a screen reader says what is new."""
        text = "\n".join(lines)
        if text != self.words:
            self._words.setText(text)
            self.setAccessibleName(f"{self._name}: {text}" if text else self._name)
            if text:
                announce(self, self.accessibleName())
        self.setVisible(bool(text))


class ReasonsCard(Card):
    """The call reasons of a client with a script. Main thread; `chosen` carries an index.

    Once one is chosen they take less room, so that there is more for what is asked.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("Call reason"))
        self._shown: tuple[tuple[str, str], ...] | None = None
        self._buttons: list[KeyButton] = []
        self._flow = Flow(GRID)
        self.column.addLayout(self._flow)
        self._small = False
        self.hide()

    @property
    def buttons(self) -> Sequence[KeyButton]:
        """The call reasons, in the order of their keys."""
        return self._buttons

    def show_course(self, course: ShownCourse | None) -> None:
        """Show which there are and which is chosen."""
        scripted = course is not None and course.scripted
        reasons = course.reasons if course is not None and scripted else ()
        if reasons != self._shown:
            self._make(reasons)
        for button, (key, _title) in zip(self._buttons, reasons, strict=True):
            button.setChecked(course is not None and key == course.reason)
        self._shrink(course is not None and bool(course.reason))
        self.setVisible(scripted)

    def _shrink(self, small: bool) -> None:
        if small == self._small:
            return
        self._small = small
        for button in self._buttons:
            self._dress(button)
        margin = 2 * GRID if small else INSIDE
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.heading.setVisible(not small)
        self._flow.invalidate()

    def _make(self, reasons: tuple[tuple[str, str], ...]) -> None:
        self._shown = reasons
        self._flow.clear()
        self._buttons = []
        for index, (_key, title) in enumerate(reasons):
            key = hint("reason", index + 1) if index < WITH_KEYS else ""
            button = KeyButton(one_line(title, _LONGEST_TITLE), key)
            button.setCheckable(True)
            self._dress(button)
            button.clicked.connect(lambda _checked, i=index: self._pressed(i))
            self._flow.addWidget(button)
            self._buttons.append(button)
        self._flow.invalidate()

    def _dress(self, button: KeyButton) -> None:
        wear(button, kind="chip" if self._small else "")
        button.updateGeometry()

    def _pressed(self, index: int) -> None:
        """A click on the chosen one does not take it back."""
        self._buttons[index].setChecked(True)
        self.chosen.emit(index)

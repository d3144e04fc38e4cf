"""The kinds of appointments of a client as a small table; their order is that of their keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.checks import DAY_MIN
from receptionist.model.client import AppointmentKind
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.inputs import Line, Minutes, tab_through
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

_MINUTES_WIDTH = 78
_BUTTONS_WIDTH = 90


class _KindRow(QWidget):
    """One kind. Main thread; `moves` carries -1 or 1, `goes` says that it is to be removed."""

    changed = Signal()
    moves = Signal(object, int)
    goes = Signal(object)

    def __init__(self, kind: AppointmentKind) -> None:
        super().__init__()
        self._kind = kind
        self.name = Line(kind.name, 200, _("for example {name}").format(name=_("Consultation")))
        self.name.setAccessibleName(_("Name of the kind"))
        self._minutes = Minutes(kind.minutes, 1, DAY_MIN)
        self._before = Minutes(kind.buffer_before, 0, DAY_MIN)
        self._after = Minutes(kind.buffer_after, 0, DAY_MIN)
        line = row()
        line.addWidget(self.name, 1)
        named = {
            self._minutes: _("Length"),
            self._before: _("Free before"),
            self._after: _("Free after"),
        }
        for minutes, words in named.items():
            minutes.setAccessibleName(words)
            minutes.setFixedWidth(_MINUTES_WIDTH)
            minutes.valueChanged.connect(self.changed)
            line.addWidget(minutes)
        line.addLayout(self._verbs())
        self.setLayout(line)
        self.name.textChanged.connect(self.changed)

    @property
    def kind(self) -> AppointmentKind:
        """The kind as it stands here."""
        return replace(
            self._kind,
            name=self.name.text().strip(),
            minutes=self._minutes.value(),
            buffer_before=self._before.value(),
            buffer_after=self._after.value(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.moves.emit(self, step)
        else:
            super().keyPressEvent(event)

    def _verbs(self) -> QHBoxLayout:
        verbs = row(spacing=0)
        asked: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("↑", _("Move up"), lambda: self.moves.emit(self, -1)),
            ("↓", _("Move down"), lambda: self.moves.emit(self, 1)),
            ("×", _("Remove this kind"), lambda: self.goes.emit(self)),
        )
        for sign, words, do in asked:
            button = KeyButton(sign, kind="quiet", name=words)
            button.setToolTip(words)
            button.setFixedWidth(_BUTTONS_WIDTH // len(asked))
            button.clicked.connect(lambda _checked=False, do=do: do())
            verbs.addWidget(button)
        return verbs


class KindsEditor(QWidget):
    """Every kind, in the order of Alt+1 to 9. Main thread."""

    changed = Signal()

    def __init__(self, kinds: tuple[AppointmentKind, ...]) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.rows: list[_KindRow] = []
        self._heading = self._head()
        self._column = QVBoxLayout()
        self._column.setSpacing(GRID)
        self.add_button = KeyButton(_("Add a kind"), kind="quiet")
        self.add_button.clicked.connect(self.add)
        below = row()
        below.addWidget(self.add_button)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._heading)
        column.addLayout(self._column)
        column.addLayout(below)
        for kind in kinds:
            self._place(kind)
        self._follow()

    @property
    def kinds(self) -> tuple[AppointmentKind, ...]:
        """The kinds as they stand here."""
        return tuple(one.kind for one in self.rows)

    def add(self) -> None:
        """A new kind at the end, with the keyboard in its name."""
        self._place(AppointmentKind(id=uuid4(), key="", name="", minutes=30))
        self._settle()
        self.rows[-1].name.setFocus()

    def go(self) -> None:
        """Put the keyboard into the first name that is missing, else the first."""
        lacking = [one for one in self.rows if not one.kind.name]
        place = next(iter(lacking + self.rows), None)
        (place.name if place else self.add_button).setFocus()

    def _head(self) -> QWidget:
        heading = QWidget()
        line = row()
        line.addWidget(Label(_("Name"), "label"), 1)
        for words in (_("Length"), _("Free before"), _("Free after")):
            label = Label(words, "label")
            label.setMinimumWidth(_MINUTES_WIDTH)
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            line.addWidget(label)
        room = QWidget()
        room.setFixedWidth(_BUTTONS_WIDTH)
        line.addWidget(room)
        heading.setLayout(line)
        return heading

    def _place(self, kind: AppointmentKind) -> None:
        placed = _KindRow(kind)
        placed.changed.connect(self.changed)
        placed.moves.connect(self._move)
        placed.goes.connect(self._remove)
        self.rows.append(placed)
        self._column.addWidget(placed)

    def _move(self, one: _KindRow, step: int) -> None:
        at = self.rows.index(one)
        to = at + step
        if 0 <= to < len(self.rows):
            self.rows.insert(to, self.rows.pop(at))
            self._column.removeWidget(one)
            self._column.insertWidget(to, one)
            self._settle()

    def _remove(self, one: _KindRow) -> None:
        at = self.rows.index(one)
        self.rows.remove(one)
        near = self.rows[min(at, len(self.rows) - 1)].name if self.rows else self.add_button
        near.setFocus()
        one.hide()
        one.deleteLater()
        self._settle()

    def _order_tabs(self) -> None:
        """Tab goes through the rows as they stand, then to the button below them."""
        inside = (w for one in self.rows for w in one.findChildren(QWidget))
        chain = [w for w in inside if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        tab_through([*chain, self.add_button])

    def _settle(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        self._order_tabs()
        self._heading.setVisible(bool(self.rows))
        self.setFocusProxy(self.rows[0].name if self.rows else self.add_button)

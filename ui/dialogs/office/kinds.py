"""The kinds of appointments of a client as a small table; their order is that of their keys."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.checks import DAY_MIN
from receptionist.model.client import AppointmentKind
from ui.dialogs.office.rows import BUTTON_WIDTH, EditorRow, RowsEditor
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.inputs import Choice, Count, Line, Minutes
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

_MINUTES_WIDTH = 74
_GAP = 6
_LIMIT_WIDTH = 160
_BUTTONS = 4


class _KindRow(EditorRow):
    """One kind; below it, where it takes place and how often, unless that is as usual."""

    movable = True

    def __init__(self, kind: AppointmentKind) -> None:
        super().__init__()
        self._kind = kind
        self.name = Line(kind.name, 200, _("for example {name}").format(name=_("Consultation")))
        self.name.setAccessibleName(_("Name of the kind"))
        self._minutes = Minutes(kind.minutes, 1, DAY_MIN)
        self._before = Minutes(kind.buffer_before, 0, DAY_MIN)
        self._after = Minutes(kind.buffer_after, 0, DAY_MIN)
        self.place: Choice | None = None
        self.limit: Count | None = None
        line = row(spacing=_GAP)
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
        verbs = row(spacing=0)
        for button in self._verbs():
            verbs.addWidget(button)
        line.addLayout(verbs)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._column.addLayout(line)
        self.name.textChanged.connect(self.changed)
        self._more: QWidget | None = None
        if kind.at_caller or kind.daily_limit:
            self._more = self._second_line()

    @property
    def kind(self) -> AppointmentKind:
        """The kind as it stands here."""
        return replace(
            self._kind,
            name=self.name.text().strip(),
            minutes=self._minutes.value(),
            buffer_before=self._before.value(),
            buffer_after=self._after.value(),
            at_caller=bool(self.place.value) if self.place else self._kind.at_caller,
            daily_limit=self.limit.value() if self.limit else self._kind.daily_limit,
        )

    @property
    def first(self) -> QWidget:
        return self.name

    @property
    def lacking(self) -> bool:
        return not self.kind.name

    def unfold(self) -> None:
        """Show or hide the second line."""
        if self._more is None:
            self._more = self._second_line()
            self.grown.emit()
        elif self._more.isHidden():
            self._more.show()
        else:
            self._more.hide()
            self.name.setFocus()
            return
        if self.place is not None:
            self.place.setFocus()

    def _second_line(self) -> QWidget:
        self.place = Choice(_places(), self._kind.at_caller)
        self.place.setAccessibleName(_("Where it takes place"))
        self.place.currentIndexChanged.connect(self.changed)
        self.limit = Count(
            self._kind.daily_limit, _("any number a day"), _("at most {count} a day")
        )
        self.limit.setAccessibleName(_("How many a day"))
        self.limit.setMinimumWidth(_LIMIT_WIDTH)
        self.limit.valueChanged.connect(self.changed)
        below, line = QWidget(), row()
        line.setContentsMargins(4 * GRID, 0, _BUTTONS * BUTTON_WIDTH + 2 * GRID, 2 * GRID)
        line.addWidget(self.place, 1)
        line.addWidget(self.limit)
        below.setLayout(line)
        self._column.addWidget(below)
        return below

    def _verbs(self) -> list[KeyButton]:
        return [
            self.small_button("…", _("Place and number a day"), self.unfold),
            self.small_button("↑", _("Move up"), lambda: self.moves.emit(self, -1)),
            self.small_button("↓", _("Move down"), lambda: self.moves.emit(self, 1)),
            self.removal(_("Remove this kind")),
        ]


class KindsEditor(RowsEditor[_KindRow]):
    """Every kind, in the order of Alt+1 to 9. Main thread."""

    def __init__(self, kinds: tuple[AppointmentKind, ...]) -> None:
        super().__init__(_("Add a kind"), _head())
        self.start([_KindRow(kind) for kind in kinds])

    @property
    def kinds(self) -> tuple[AppointmentKind, ...]:
        """The kinds as they stand here."""
        return tuple(one.kind for one in self.rows)

    def new_row(self) -> _KindRow:
        return _KindRow(AppointmentKind(id=uuid4(), key="", name="", minutes=30))


def _places() -> list[tuple[object, str]]:
    return [
        (False, _("At the client's")),
        (True, _("At the caller's, with travel")),
    ]


def _head() -> QWidget:
    heading = QWidget()
    line = row(spacing=_GAP)
    line.addWidget(Label(_("Name"), "label"), 1)
    for words in (_("Length"), _("Free before"), _("Free after")):
        label = Label(words, "label")
        label.setMinimumWidth(_MINUTES_WIDTH)
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line.addWidget(label)
    room = QWidget()
    room.setFixedWidth(_BUTTONS * BUTTON_WIDTH)
    line.addWidget(room)
    heading.setLayout(line)
    return heading

"""One prompt of a script: its field, what was understood, what is wrong, and the read-back tick."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.script import PromptKind
from receptionist.model.script.answer import LONGEST
from ui.models.asked import Asked
from ui.models.words import one_line
from ui.theme.sheet import GRID
from ui.widgets.field import Fault
from ui.widgets.flow import Flow
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, wear

_LABEL_PX, _CHOICE_PX = 172, 92


class PromptRow(QWidget):
    """Main thread. `typed` carries what was typed, `onward` that the next prompt is wanted.

    What is wrong is said once the keyboard has left the field, or was sent on.
    """

    typed = Signal(str)
    onward = Signal()

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._judged = False
        self._asked = asked
        self._choices: dict[str, KeyButton] = {}
        self.field = _Line()
        self.field.setMaxLength(LONGEST)
        self.field.setAccessibleName(asked.label)
        self.field.textEdited.connect(self.typed)
        self.field.returnPressed.connect(self._go_on)
        self.field.left.connect(self.judge)
        self._label = Label(wrap=True)
        self._label.setBuddy(self.field)
        self._beside, self._tick = Label(role="strong"), Label(role="label")
        wear(self._tick, tone="good")
        self._fault = Fault()
        self._arrange(asked)

    def _arrange(self, asked: Asked) -> None:
        self._label.setFixedWidth(_LABEL_PX)
        self._label.setContentsMargins(0, 7, 2 * GRID, 0)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        line.addWidget(self.field, 1, Qt.AlignmentFlag.AlignTop)
        if asked.kind is PromptKind.CHOICE:
            self.field.setFixedWidth(_CHOICE_PX)
            line.addLayout(self._offer(asked), 1)
        line.addWidget(self._beside)
        line.addWidget(self._tick)
        beside = QVBoxLayout()
        beside.setSpacing(GRID)
        beside.addLayout(line)
        beside.addWidget(self._fault)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(beside, 1)

    def _offer(self, asked: Asked) -> Flow:
        """The choices with their numbers, for the eye and the mouse."""
        flow = Flow(GRID)
        for number, (key, label) in enumerate(asked.choices, 1):
            button = KeyButton(one_line(label, 60), str(number))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked, one=key: self._take(one))
            flow.addWidget(button)
            self._choices[key] = button
        return flow

    @property
    def fault(self) -> str:
        """What is wrong, as it is shown."""
        return self._fault.words if not self._fault.isHidden() else ""

    @property
    def beside(self) -> str:
        """What was understood, as it is shown."""
        return self._beside.text()

    @property
    def ticked(self) -> bool:
        """Whether it was read back."""
        return not self._tick.isHidden()

    @property
    def choices(self) -> tuple[KeyButton, ...]:
        """The choices, in their order."""
        return tuple(self._choices.values())

    def show_asked(self, asked: Asked) -> None:
        """Show the prompt with its answer; what stands in the field already is left alone."""
        self._asked = asked
        if self.field.text() != asked.typed:
            self.field.setText(asked.typed)
        self._label.setText(f"{asked.label} *" if asked.required else asked.label)
        wear(self._label, role="strong" if asked.lacks else "")
        self._beside.tell(asked.beside)
        self._tick.tell(_("✓ read back") if asked.verified else "")
        for key, button in self._choices.items():
            button.setChecked(key == asked.value)
        self.field.setAccessibleDescription(asked.aloud)
        self.setVisible(asked.now)
        self._show_fault()

    def go(self) -> None:
        """Take the keyboard; what stands here is not marked, so that typing adds to it."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.end(False)

    def judge(self) -> None:
        """From now on it is said what is wrong."""
        self._judged = True
        self._show_fault()

    def _show_fault(self) -> None:
        self._fault.tell(self._asked.fault if self._judged else "", self.field)

    def _go_on(self) -> None:
        self.judge()
        self.onward.emit()

    def _take(self, key: str) -> None:
        """A choice that is clicked is typed, and not taken back when it is clicked again."""
        for each, button in self._choices.items():
            button.setChecked(each == key)
        self.field.setText(dict(self._asked.choices)[key])
        self.typed.emit(self.field.text())


class _Line(QLineEdit):
    """Tells that the keyboard has left it for another widget of the window."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.left.emit()

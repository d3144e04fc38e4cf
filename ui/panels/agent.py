"""Ready, wrap-up or break: which it is, for how long, and the way to another."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from receptionist.events import AgentChanged
from receptionist.i18n import _
from receptionist.model.agent import AgentState, BreakReason
from ui.actions import hint
from ui.models.agent import REASONS, heading, instant_words, reason_words, state_word, timer
from ui.theme.sheet import GRID
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear

_BESIDE_PX = 86
_PAD_PX = 6
_HIGH_PX = 40
_KEYS = {AgentState.READY: "ready", AgentState.WRAP_UP: "wrap_up", AgentState.BREAK: "break"}
_TONES = {AgentState.READY: "good", AgentState.WRAP_UP: "plain", AgentState.BREAK: "attention"}


class Segment(KeyButton):
    """One state. It is filled when the desk says so, not when it is pressed."""

    def __init__(self, state: AgentState) -> None:
        super().__init__(state_word(state), kind="segment")
        self.setCheckable(True)
        self.setAccessibleDescription(hint(_KEYS[state]))
        self.setToolTip(hint(_KEYS[state]))
        wear(self, state=state.value)

    def nextCheckState(self) -> None:  # noqa: N802
        """A click alone changes nothing."""

    def fit(self) -> None:
        """Take the room the words need when they are filled, so that nothing beside it moves."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        self.setFixedWidth(QFontMetrics(bold).horizontalAdvance(self.text()) + 2 * _PAD_PX + 2)


class AgentPanel(QFrame):
    """Three states, the present one filled, and its timer. Main thread.

    `ready` and `wrap_up` want that state, `rest` carries the reason of a break that is wanted.
    """

    ready = Signal()
    wrap_up = Signal()
    rest = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._told: AgentChanged | None = None
        self._said = ""
        self._working = False
        self.setAccessibleName(_("Ready, wrap-up or break"))
        frame = QFrame()
        frame.setProperty("surface", "segments")
        segments = QHBoxLayout(frame)
        segments.setContentsMargins(2, 2, 2, 2)
        segments.setSpacing(2)
        self._segments = {state: Segment(state) for state in _KEYS}
        for segment in self._segments.values():
            segment.fit()
            segments.addWidget(segment)
        self._segments[AgentState.READY].clicked.connect(self.ready)
        self._segments[AgentState.WRAP_UP].clicked.connect(self.wrap_up)
        self._segments[AgentState.BREAK].clicked.connect(self.ask_reason)
        self.menu = QMenu(self)
        self.menu.setAccessibleName(_("What is the break for?"))
        for number, reason in enumerate(REASONS, 1):
            action = QAction(f"&{number}   {reason_words(reason)}", self.menu)
            action.triggered.connect(partial(self._chosen, reason))
            self.menu.addAction(action)
        self._timer = Label(role="timer")
        self._reason = Label(role="label", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(frame, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._beside())
        self.setFixedHeight(_HIGH_PX)

    def _beside(self) -> QWidget:
        beside = QWidget()
        beside.setFixedWidth(_BESIDE_PX)
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._timer)
        column.addWidget(self._reason)
        column.addStretch(1)
        return beside

    @property
    def words(self) -> tuple[str, str]:
        """Timer and what stands below it."""
        return self._timer.text(), self._reason.text()

    def segment(self, state: AgentState) -> Segment:
        """The button of a state."""
        return self._segments[state]

    def show_agent(
        self, told: AgentChanged | None, zone: str, now: datetime, *, working: bool
    ) -> None:
        """Show what the desk told; `working` is whether a call keeps wrap-up from beginning."""
        if told is None:
            return
        if working and not self._working:
            self.menu.close()
        self._told, self._working = told, working
        for state, segment in self._segments.items():
            segment.setChecked(state is told.period.state)
        self._segments[AgentState.WRAP_UP].setEnabled(not working)
        self._reason.tell(
            _("Break after the call") if told.announced else reason_words(told.period.reason)
        )
        tone = "attention" if told.announced else _TONES[told.period.state]
        wear(self._reason, tone=tone)
        self._timer.setVisible(not told.announced)
        self._timer.setAccessibleName(instant_words(told, zone))
        self.tick(now)
        self._announce(heading(told))

    def tick(self, now: datetime) -> None:
        """Let the timer go on."""
        if self._told is not None:
            self._timer.setText(timer(self._told, now))

    def ask_reason(self) -> None:
        """Let a person choose what a break is for, or take an announced break back."""
        if self._told is not None and self._told.announced:
            self.rest.emit(self._told.announced)
        elif self.menu.isVisible():
            self.menu.close()
        else:
            below = self._segments[AgentState.BREAK]
            self.menu.popup(below.mapToGlobal(QPoint(0, below.height() + GRID)))
            self.menu.setActiveAction(self.menu.actions()[0])

    def _chosen(self, reason: BreakReason, _checked: bool = False) -> None:
        self.rest.emit(reason)

    def _announce(self, words: str) -> None:
        if self._said and words != self._said:
            announce(self, words)
        self._said = words

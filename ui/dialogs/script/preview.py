"""A script as the receptionist will see it, tried out at any time and with any answers."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.number import shown
from receptionist.model.script import Script
from receptionist.model.script.script import WITH_KEYS
from ui.actions import native
from ui.dialogs.script.answers import Answers
from ui.models.scripttrial import Trial, Tried
from ui.theme.sheet import GRID
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Line
from ui.widgets.label import Label
from ui.widgets.rowlist import Row, RowList
from ui.widgets.scroll import Scroll
from ui.widgets.stateline import StateLine

_MOST_ROWS_PX = 330
_LABEL = 108


class Circumstances(QWidget):
    """When it rings, over which number or line, and what the caller speaks. Main thread."""

    changed = Signal()

    def __init__(self, trial: Trial, clock: Clock) -> None:
        super().__init__()
        self._trial, self._clock = trial, clock
        self.when = Line("", 80, _("now, or for example Saturday 19:30"))
        self.over = Choice(_ways(trial.desk, trial.client), ("", ""))
        self.language = Choice(_languages(), "")
        fields = (
            Field("when", _("It rings"), self.when),
            Field("over", _("Over"), self.over),
            Field("language", _("Caller speaks"), self.language),
        )
        self._when = fields[0]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for one in fields:
            one.narrow(_LABEL)
            column.addWidget(one)
        self.when.textChanged.connect(self._typed)
        for choice in (self.over, self.language):
            choice.currentIndexChanged.connect(self._typed)

    def _typed(self) -> None:
        trial = self._trial
        try:
            trial.at = trial.moment(self.when.text(), self._clock.now())
        except BadInput as error:
            self._when.tell_fault(str(error))
            return
        self._when.tell_fault("")
        chosen = self.over.value
        assert isinstance(chosen, tuple)
        trial.line, trial.dialled = chosen
        trial.language = str(self.language.value or "")
        self.changed.emit()


class Preview(QWidget):
    """What is shown of a script. Main thread. The last one that could be read stays."""

    def __init__(self, desk: Desk, client: Client, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.trial = Trial(desk, client)
        self._script: Script | None = None
        self.tried: Tried | None = None
        self.old = StateLine()
        self.circumstances = Circumstances(self.trial, clock)
        self.greeting = Label(role="head", wrap=True)
        self.warnings = Label(role="strong", wrap=True)
        self.reasons = RowList(_("Call reasons"))
        self.say, self.instruct = (
            Label(role="head", wrap=True),
            Label(role="instruction", wrap=True),
        )
        self.answers = Answers()
        self.leads = StateLine()
        self._scroll = Scroll(_("Preview"))
        self._place()
        self.circumstances.changed.connect(self._show)
        self.reasons.came.connect(self._choose)
        self.reasons.wanted.connect(lambda _number: self.answers.go())
        self.answers.typed.connect(self._answer)
        # What is typed is shown when the key is done with, so that no field goes under the hand.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show)

    def _place(self) -> None:
        column = self._scroll.column
        self._greeted, self._warned = Card(surface="said"), Card(surface="danger")
        self._said = Card(surface="said")
        for card, words in (
            (self._greeted, self.greeting),
            (self._warned, self.warnings),
            (self._said, self.say),
        ):
            card.column.setContentsMargins(12, 8, 12, 8)
            card.column.addWidget(words)
        for widget in (
            self.old,
            self.circumstances,
            self._greeted,
            self._warned,
            self.reasons,
            self._said,
            self.instruct,
            self.answers,
            self.leads,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll.setFocusPolicy(self._scroll.focusPolicy().NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def go(self) -> None:
        """Take the keyboard."""
        self.circumstances.when.setFocus()

    def follow(self, widget: QWidget) -> None:
        """The keyboard came to a widget inside: let it be seen."""
        self._scroll.ensureWidgetVisible(widget, 0, 48)

    def show_script(self, script: Script | None) -> None:
        """Show a script; None for a text that cannot be read, and the last one stays."""
        if script is not None:
            self._script = script
        late = script is None and self._script is not None
        self.old.tell(_("As it was before the fault.") if late else "", "attention")
        self._show()

    def begin_again(self) -> None:
        """Another script: its first call reason, and nothing is answered."""
        self.trial.reason = ""
        self.trial.answers.clear()

    def choose(self, key: str) -> None:
        """Show the call reason with this key, if there is one."""
        if key and key != self.trial.reason:
            self.trial.reason = key
            self._show()

    def _show(self) -> None:
        if self._script is None:
            return
        trial = self.trial
        trial.client = trial.desk.directory.client(trial.client.id) or trial.client
        tried = self.tried = trial.show(self._script, self._clock.now())
        self.greeting.setText(tried.greeting)
        self.warnings.setText("\n".join(tried.warnings))
        self._warned.setVisible(bool(tried.warnings))
        self._show_reasons(tried)
        self.say.setText(tried.say)
        self._said.setVisible(bool(tried.say))
        self.instruct.tell(tried.instruct)
        self.answers.show_asked(tried.asked)
        self._show_action(tried)

    def _show_reasons(self, tried: Tried) -> None:
        rows = [Row(_reason_words(n, title)) for n, (_key, title) in enumerate(tried.reasons, 1)]
        keys = [key for key, _title in tried.reasons]
        chosen = keys.index(tried.reason) if tried.reason else -1
        self.reasons.show_rows(rows, chosen)
        self.reasons.setFixedHeight(self.reasons.height_for(_MOST_ROWS_PX))
        self.reasons.setVisible(bool(rows))

    def _show_action(self, tried: Tried) -> None:
        if not tried.reason:
            self.leads.tell("")
        elif tried.lacking:
            words = _("Still to be asked: {what} – then: {action}")
            lacking = ", ".join(tried.lacking)
            self.leads.tell(words.format(what=lacking, action=tried.action), "attention")
        else:
            self.leads.tell(_("It leads to: {action}").format(action=tried.action), "good")

    def _choose(self, number: int) -> None:
        if self.tried is not None and 0 <= number < len(self.tried.reasons):
            self.choose(self.tried.reasons[number][0])

    def _answer(self, key: str, typed: str) -> None:
        self.trial.answers[key] = typed
        self._soon.start()


def _reason_words(number: int, title: str) -> str:
    return f"{native(f'Alt+{number}')}   {title}" if number <= WITH_KEYS else title


def _ways(desk: Desk, client: Client) -> list[tuple[object, str]]:
    """Numbers of the client and lines of the office, as `(line, number)`."""
    ways: list[tuple[object, str]] = [(("", ""), _("any of his numbers"))]
    ways += [(("", number), shown(number)) for number in client.dialled]
    ways += [
        ((one.key, ""), _("the line {line}").format(line=one.name or one.key))
        for one in desk.directory.lines
    ]
    return ways


def _languages() -> list[tuple[object, str]]:
    return [("", _("as usual")), ("de", _("German")), ("en", _("English"))]

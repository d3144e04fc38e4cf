"""The edges of the window: who we are and what is reachable at the top, reasons at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu

from receptionist.i18n import _, ngettext
from receptionist.model.worklist import WorkCounts
from ui.actions import Actions, hint
from ui.models.condition import Condition, calendar_summary, phone_summary
from ui.models.words import one_line, short_name
from ui.models.workwords import count_words
from ui.panels.agent import AgentPanel
from ui.panels.errands import ErrandPill
from ui.panels.progress import ProgressLine
from ui.panels.search import SearchPanel
from ui.theme.sheet import GRID
from ui.widgets.fitting import FittingLabel
from ui.widgets.icon import Icon, program_icon
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear


class TopBar(QFrame):
    """Name, menu, search and calling, state of lines and calendars. Main thread.

    `conditions` wants the details.
    """

    conditions = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setProperty("surface", "top")
        self.setAccessibleName(_("Menu, phone and calendars"))
        picture = Label()
        picture.setPixmap(program_icon().pixmap(24, 24))
        self._office = FittingLabel(role="brand")
        self._menu = KeyButton(_("Menu"))
        self.menu = QMenu(self._menu)
        actions.fill(self.menu)
        self._menu.setMenu(self.menu)
        self.agent, self.errand = AgentPanel(), ErrandPill()
        self.search = SearchPanel()
        self._phone = KeyButton("")
        self._calendars = KeyButton("")
        self._receptionist = FittingLabel(role="strong")
        self._line = layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(3 * GRID)
        for widget in (picture, self._office, self._menu, self.agent, self.errand):
            layout.addWidget(widget)
        layout.addWidget(self.search, 2)
        layout.addStretch(1)
        for pill in (self._phone, self._calendars):
            pill.clicked.connect(self.conditions)
            layout.addWidget(pill)
        layout.addWidget(self._receptionist)

    def event(self, event: QEvent) -> bool:
        """Names give way first, so that what is at work is said in words."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        names = (self._receptionist, self._office)
        cut = sum(max(0, name.sizeHint().width() - name.maximumWidth()) for name in names)
        spare = max(0, self.search.sizeHint().width() - self.search.minimumWidth())
        lacking = self._line.sizeHint().width() + cut - spare - self.width()
        for name in names:
            full, short = name.sizeHint().width(), name.minimumSizeHint().width()
            name.setMaximumWidth(short if lacking > 0 else full)
            lacking -= full - short

    @property
    def said(self) -> str:
        """Why the number cannot be called."""
        return self.search.said

    def go_dial(self) -> None:
        """Put the keyboard into the field of the number."""
        self.search.go()

    def prefill(self, number: str) -> None:
        """Put a number there without dialling it and without taking the keyboard."""
        self.search.prefill(number)

    def dialled(self) -> None:
        """The number is being called."""
        self.search.clear()

    def refuse(self, message: str) -> None:
        """Say why the number cannot be called; it stays to be mended."""
        self.search.refuse(message)

    def show_names(self, office: str, receptionist: str) -> None:
        """Show whose desk it is."""
        for label, name in (
            (self._office, one_line(office, 40) or _("Receptionist")),
            (self._receptionist, one_line(receptionist, 40)),
        ):
            label.say(name, short_name(name))

    def show_conditions(self, phone: Sequence[Condition], calendars: Sequence[Condition]) -> None:
        """Show the state of lines and calendars in a few words each."""
        for pill, (text, tone) in (
            (self._phone, phone_summary(phone)),
            (self._calendars, calendar_summary(calendars)),
        ):
            if pill.text() and pill.text() != text:
                announce(pill, text)
            pill.relabel(text)
            wear(pill, tone=tone)


class BottomBar(QFrame):
    """What is wrong, why, and what helps; else that all is well. Always there. Main thread.

    `cure` carries the condition whose button was pressed; `again` wants the calendars read now,
    `conditions` the details, `work` the work list.
    """

    work = Signal()
    cure = Signal(object)
    again = Signal()
    conditions = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "bottom")
        self.setAccessibleName(_("What needs attention"))
        self._worst: Condition | None = None
        self._icon = Icon(size=14)
        self._words = Label(role="label", wrap=True)
        self._button = KeyButton(_("Enter password"), hint("password"), "quiet")
        self._button.clicked.connect(lambda: self.cure.emit(self._worst))
        self._again = KeyButton(_("Read now"), hint("read_again"), "quiet")
        self._again.clicked.connect(self.again)
        self._more = KeyButton("", hint("conditions"), "quiet")
        self._more.clicked.connect(self.conditions)
        self.progress = ProgressLine()
        self._work = KeyButton("", hint("journal"), "quiet")
        self._work.clicked.connect(self.work)
        self._count = Label(role="label")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self._icon)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._again)
        layout.addWidget(self._more)
        layout.addWidget(self.progress)
        layout.addWidget(self._work)
        layout.addWidget(self._count)
        self.setMinimumHeight(36)

    def show_conditions(
        self, conditions: Sequence[Condition], audio: str, store_message: str, remark: str = ""
    ) -> None:
        """Show what the store says, else the worst that is wrong and how much more there is.

        A `remark`, why a key could do nothing, stands there instead as long as there is one.
        """
        told = store_message or remark
        if told and told != self._words.text():
            announce(self, told)
        wrong = [one for one in conditions if one.tone in ("danger", "attention")]
        self._worst = wrong[0] if wrong and wrong[0].secret_id else None
        tone = wrong[0].tone if wrong else "good"
        if store_message:
            text, tone = store_message, "danger"
        elif remark:
            text, tone = remark, "attention"
        elif not conditions:
            text = _("There is no line and no calendar yet. Set up your office first.")
            tone = "attention"
        elif wrong:
            text = wrong[0].sentence
        else:
            text = one_line(audio, 120) or _("Everything is working.")
        self._icon.show_picture("check" if tone == "good" else "alert", tone)
        self._words.setText(text)
        wear(self._words, tone="plain" if tone == "good" else tone)
        self._button.setVisible(self._worst is not None and not told)
        self._again.setVisible(bool(wrong and wrong[0].stopped) and not told)
        self._show_more(len(wrong) - 1)

    def _show_more(self, count: int) -> None:
        if count > 0:
            words = ngettext("{count} more problem", "{count} more problems", count)
            self._more.relabel(words.format(count=count))
        self._more.setVisible(count > 0)

    @property
    def words(self) -> str:
        """What is wrong, or that all is well."""
        return self._words.text()

    @property
    def open_words(self) -> str:
        """How much is open."""
        return self._work.text()

    def show_work(self, counts: WorkCounts) -> None:
        """Show how much is open, and how much of it is due."""
        self._work.relabel(count_words(counts))
        self._work.setAccessibleName(_("Work list: {words}").format(words=count_words(counts)))

    def show_count(self, calls: int) -> None:
        """Show how many calls there were today."""
        words = ngettext("{count} call today", "{count} calls today", calls)
        self._count.setText(words.format(count=calls))

"""Work beside calls: its timer at the top, and the bar in which it is begun and finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.errand import Errand
from receptionist.model.service import Service, timed
from ui.actions import hint
from ui.models.errandwords import (
    at_work,
    errand_words,
    not_agreed_words,
    pill_look,
    pill_words,
    state_words,
)
from ui.models.words import one_line
from ui.panels.askbar import ENTER, Bar
from ui.panels.clientsearch import ClientSearch
from ui.theme.sheet import worn
from ui.widgets.card import Badge, row
from ui.widgets.flow import Flow
from ui.widgets.icon import picture
from ui.widgets.inputs import Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce, wear

_LONGEST = 500
_DIGITS = 9
_ICON = 16


class ErrandPill(QWidget):
    """The errand at work and its timer, while there is one. Main thread.

    A click is its key: the timer stands still, or goes on. It shows less where there is no room.
    """

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._errand: Errand | None = None
        self._others = 0
        self._forms: tuple[str, ...] = ("",)
        self.button = KeyButton("")
        self.button.clicked.connect(self.clicked)
        layout = row(spacing=0)
        self.setLayout(layout)
        layout.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_errands(self, errands: Sequence[Errand], client: Client | None, now: datetime) -> None:
        """Show the one at work of those that are open; `client` is whose it is."""
        self._errand, self._others = at_work(errands), max(0, len(errands) - 1)
        if self._errand is not None:
            words = (errand_words(self._errand, client), state_words(self._errand))
            self.button.setToolTip(" · ".join(filter(None, (*words, hint("errand_pause")))))
        self.tick(now)
        self.setVisible(self._errand is not None)

    def tick(self, now: datetime) -> None:
        """Let the timer go on."""
        if self._errand is not None:
            self._forms = pill_words(self._errand, now, self._others)
            icon, tone = pill_look(self._errand)
            self.button.setIcon(picture(icon, getattr(worn(), tone), _ICON))
            wear(self.button, tone=tone)
            self._fit()
            self.updateGeometry()

    @property
    def words(self) -> str:
        """What is done, its timer, and how it stands."""
        return self._forms[0]

    def sizeHint(self) -> QSize:  # noqa: N802
        return self._size_for(self.words)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self._size_for(self._forms[-1])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fitting = (one for one in self._forms if self._size_for(one).width() <= self.width())
        self.button.relabel(next(fitting, self._forms[-1]))
        self.button.setAccessibleName(self.words)

    def _size_for(self, text: str) -> QSize:
        metrics, size = QFontMetrics(self.button.font()), self.button.sizeHint()
        width = metrics.horizontalAdvance(text) - metrics.horizontalAdvance(self.button.text())
        return QSize(size.width() + width + 2, size.height())


class ErrandBar(Bar):
    """Asks for whom and what, or for the result. It stands above the panels. Main thread.

    `begun` carries the client's id, the service and what is to be done; `resumed` an errand that
    goes on, `finished` an errand and its result, `confirmed` one that was cut off and how many
    minutes it was worked on before. `turned` tells that what is typed is for another client now.
    `client` finds a client by his id.
    """

    turned = Signal()
    confirmed = Signal(object, int)
    begun = Signal(object, object, str)
    resumed = Signal(object)
    finished = Signal(object, str)

    def __init__(self, client: Callable[[UUID | None], Client | None]) -> None:
        super().__init__()
        self._find = client
        self._client: Client | None = None
        self._service: Service | None = None
        self._errand: Errand | None = None
        self._waiting: tuple[Errand, ...] = ()
        self._confirming = False
        self._drafts: dict[str, str] = {}
        """What was typed and stood aside when something else was asked here."""
        self._buttons: list[KeyButton] = []
        self._badge, self._words = Badge(24), Label(role="strong", wrap=True)
        self.search = ClientSearch()
        self.search.setAccessibleName(_("For which client is the task?"))
        self.search.setPlaceholderText(_("Name of the client"))
        self.search.setMinimumWidth(260)
        self.search.chosen.connect(self._take_client)
        self._other = KeyButton(_("Another client"), kind="quiet")
        self._other.clicked.connect(self._ask_client)
        self._choices = Flow()
        self._lacking = Label(role="label", wrap=True)
        self.text = Line("", _LONGEST)
        self.done_button = KeyButton("", "⏎", "primary")
        self.done_button.clicked.connect(self._enter)
        self._lay_out()

    def _lay_out(self) -> None:
        head = row()
        head.addWidget(self._badge)
        head.addWidget(self._words, 1)
        head.addWidget(self.search, 2)
        head.addWidget(self._other)
        head.addWidget(self.leave_button)
        line = row()
        line.addWidget(self.text, 1)
        line.addWidget(self.done_button)
        self.column.addLayout(head)
        self.column.addLayout(self._choices)
        self.column.addWidget(self._lacking)
        self.column.addLayout(line)
        self.column.addWidget(self.state)

    @property
    def words(self) -> str:
        """What is asked, what is not agreed, and what is wrong."""
        labels = (self._words.text(), self._lacking.text(), self.state.words)
        return "\n".join(filter(None, labels))

    @property
    def choices(self) -> tuple[KeyButton, ...]:
        """The services, then the errands that wait."""
        return tuple(self._buttons)

    @property
    def about(self) -> str:
        """Which errand gets its result, or for whom one begins; "" where no text is asked for."""
        if self._errand is not None:
            return "" if self._confirming else str(self._errand.id)
        return f"new/{self._client.id}" if self._client is not None else ""

    @property
    def client_id(self) -> UUID | None:
        """For whom it is."""
        if self._errand is not None:
            return self._errand.client_id
        return self._client.id if self._client is not None else None

    def is_of_another(self, client_id: UUID) -> bool:
        """Whether anything of another client can be read here."""
        mine = (None, client_id)
        return self.client_id not in mine or any(one.client_id not in mine for one in self._waiting)

    def close_down(self) -> None:
        """Ask nothing, and forget what was typed."""
        self._drafts.pop(self.about, None)
        super().close_down()

    # ---- what is asked

    def begin(
        self, client: Client | None, clients: Sequence[Client], waiting: Sequence[Errand]
    ) -> None:
        """Ask what is begun, for `client` if one is at hand, or which of `waiting` goes on; what is
        typed about one that is being begun stays."""
        if self._errand is None and self._goes_on():
            return
        self._open()
        self._errand, self._waiting = None, tuple(waiting)
        self.search.offer(clients)
        self.done_button.relabel(_("Begin"))
        self.text.setPlaceholderText(_("What is it about? (may stay empty)"))
        self.text.setAccessibleName(_("What is it about?"))
        if client is None:
            self._ask_client()
        else:
            self._take(client)

    def finish(self, errand: Errand, client: Client | None) -> None:
        """Ask for the result of an errand; what is typed of it stays."""
        same = self._errand is not None and self._errand.id == errand.id and not self._confirming
        if same and self._goes_on():
            return
        self._about(errand, client, errand_words(errand, client))
        self._write(errand.result)
        self.text.setPlaceholderText(_("What came of it (may stay empty)"))
        self.text.setAccessibleName(_("What came of it"))
        self.done_button.relabel(_("Finish"))

    def confirm(self, errand: Errand, client: Client | None) -> None:
        """Ask how long an errand was worked on before it was cut off."""
        words = _("{errand}: cut off. For how many minutes was it worked on before?")
        self._about(errand, client, words.format(errand=errand_words(errand, client)))
        self._confirming = True
        self.text.setText(str(round(errand.stretches[-1].seconds / 60)))
        self.text.selectAll()
        self.text.setAccessibleName(_("Minutes"))
        self.done_button.relabel(_("Confirm"))

    def _about(self, errand: Errand, client: Client | None, words: str) -> None:
        self._open()
        self._errand, self._waiting = errand, ()
        self._show_client(client, words)
        self._offer((), ())
        self._lacking.tell("")
        self.search.hide()
        self._other.hide()
        for widget in (self.text, self.done_button):
            widget.show()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(self, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        focus, key = QApplication.focusWidget(), event.key()
        number = key - Qt.Key.Key_1
        if focus in self._buttons and 0 <= number < min(_DIGITS, len(self._buttons)):
            self._buttons[number].click()
        elif key in ENTER and isinstance(focus, KeyButton):
            focus.click()
        elif key in ENTER and focus is self.text:
            self._enter()
        else:
            super().keyPressEvent(event)

    # ---- step by step

    def _goes_on(self) -> bool:
        """Put the keyboard where something was typed; whether there is anything."""
        typed = self.text.isVisible() and bool(self.text.text().strip())
        if typed:
            self.come()
            self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return typed

    def _open(self) -> None:
        if self.isHidden():  # what was asked last would make the window higher for a moment
            self._offer((), ())
            self._lacking.tell("")
            for widget in (self.text, self.done_button, self.search, self._other):
                widget.hide()
        if self.is_aside and self.about and self.text.text().strip():
            self._drafts[self.about] = self.text.text()
        self.come()
        self._service, self._confirming = None, False
        self.text.clear()

    def _ask_client(self) -> None:
        self._client = None
        self._show_client(None, _("A task for which client?"))
        self._offer((), self._waiting)
        self._lacking.tell("")
        self._other.hide()
        for widget in (self.text, self.done_button):
            widget.hide()
        self.search.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(self, self._words.text())

    def _take_client(self, client_id: UUID) -> None:
        client = self._find(client_id)
        if client is not None:
            self._take(client)

    def _take(self, client: Client) -> None:
        self._client, self._service = client, None
        self._show_client(client, _("A task for {client}").format(client=one_line(client.name)))
        self._lacking.tell(not_agreed_words(client.services))
        services = timed(client.services)
        self._offer(services, self._waiting)
        none = _("No task beside calls is agreed with {client}.")
        words = "" if services else none.format(client=one_line(client.name))
        self.state.tell(words, "attention")
        self.search.hide()
        self._other.show()
        for widget in (self.text, self.done_button):
            widget.hide()
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._other.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(self, self._words.text())
        self.turned.emit()

    def _show_client(self, client: Client | None, words: str) -> None:
        self._badge.setVisible(client is not None)
        if client is not None:
            self._badge.show_client(client.initials, client.colour)
        self._words.setText(words)
        self.setAccessibleName(words)

    def _offer(self, services: Sequence[Service], waiting: Sequence[Errand]) -> None:
        self._choices.clear()
        self._buttons = []
        for service in services:
            self._add(one_line(service.name, 40), partial(self._choose, service))
        for errand in waiting:
            going_on = _("Go on: {errand}")
            words = errand_words(errand, self._find(errand.client_id))
            self._add(going_on.format(errand=words), partial(self._resume, errand), "quiet")

    def _add(self, words: str, do: Callable[[], object], kind: str = "") -> None:
        number = len(self._buttons) + 1
        button = KeyButton(words, str(number) if number <= _DIGITS else "", kind)
        button.setCheckable(not kind)
        button.clicked.connect(lambda _checked=False: do())
        self._buttons.append(button)
        self._choices.addWidget(button)

    def _choose(self, service: Service) -> None:
        self._service = service
        for button in self._buttons:
            button.setChecked(button.text().replace("&&", "&") == one_line(service.name, 40))
        for widget in (self.text, self.done_button):
            widget.show()
        if not self.text.text():
            self._write("")
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _write(self, text: str) -> None:
        """This, or what was typed before, which counts as typed once more."""
        draft = self._drafts.get(self.about, "")
        self.text.setText("" if draft else text)
        if draft:
            self.text.insert(draft)

    def _resume(self, errand: Errand) -> None:
        self.resumed.emit(errand)

    def _enter(self) -> None:
        if self._errand is not None and self._confirming:
            minutes = self.text.text().strip()
            if minutes.isdecimal():
                self.confirmed.emit(self._errand, int(minutes))
            else:
                self.refuse(_("Write the minutes as a number."))
        elif self._errand is not None:
            self.finished.emit(self._errand, self.text.text())
        elif self._client is not None and self._service is not None:
            self.begun.emit(self._client.id, self._service, self.text.text())

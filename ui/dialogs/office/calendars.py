"""Which calendars of which accounts belong to a client, and what each of them is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from receptionist.desk.desk import Desk
from receptionist.desk.probe import AccountFound
from receptionist.i18n import _
from receptionist.model.busy import CalendarFound
from receptionist.model.client import OwnerCalendar, Staff
from ui.models.office import Group, account_choices, calendars_found, new_words
from ui.models.words import one_line
from ui.post import while_there
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.inputs import Choice, tab_through
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine

_TASKS = "tasks"


class _Name(Choice):
    """A calendar by its name or address; those that were found can be chosen."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setEditText(text)
        line = self.lineEdit()
        if line is not None:
            line.setMaxLength(2000)
            line.setPlaceholderText(_("Calendar"))
            line.setAccessibleName(_("Calendar"))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(140, super().sizeHint().height())


class _CalendarRow(QWidget):
    """One calendar. Main thread."""

    changed = Signal()
    goes = Signal(object)

    def __init__(
        self, desk: Desk, calendar: OwnerCalendar | None, staff: tuple[Staff, ...]
    ) -> None:
        super().__init__()
        self._desk, self._calendar = desk, calendar
        self._found: dict[str, CalendarFound] = {}
        self._cancel: Callable[[], None] | None = None
        self._purposes = _purposes(staff)
        purpose = (_TASKS if calendar.tasks else calendar.staff_id) if calendar else None
        self.purpose = Choice(self._purposes, purpose)
        self.purpose.setAccessibleName(_("Whose calendar it is"))
        self._role = Label(role="label", wrap=True)
        account_id = calendar.account_id if calendar else None
        self._offered = _accounts(desk)
        self.account = Choice(self._offered, account_id)
        self.account.setAccessibleName(_("Calendar account"))
        self.name = _Name((calendar.name or calendar.href) if calendar else "")
        self.name.setAccessibleName(_("Calendar"))
        self._search = KeyButton(_("Find"), name=_("Find calendars"))
        self._search.clicked.connect(self._look)
        self._remove = KeyButton("×", kind="quiet", name=_("Remove this calendar"))
        self._remove.setToolTip(_("Remove"))
        self._remove.clicked.connect(lambda: self.goes.emit(self))
        self._outcome = StateLine()
        self._arrange()
        self.account.currentIndexChanged.connect(self._chosen)
        self.name.editTextChanged.connect(self._named)
        self.purpose.currentIndexChanged.connect(self._named)
        self._follow()

    def _arrange(self) -> None:
        line = row()
        line.addWidget(self.account, 2)
        line.addWidget(self.name, 1)
        line.addWidget(self._search)
        line.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        below = row()
        below.setContentsMargins(4 * GRID, 0, 0, 2 * GRID)
        below.addWidget(self.purpose, 2)
        below.addWidget(self._role, 3)
        self._second = QWidget()
        self._second.setLayout(below)
        column.addLayout(line)
        column.addWidget(self._second)
        column.addWidget(self._outcome)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab comes to, in this order."""
        return (self.account, self.name, self._search, self._remove, self.purpose)

    @property
    def outcome(self) -> str:
        """What looking for calendars came to."""
        return self._outcome.words

    @property
    def calendar(self) -> OwnerCalendar | None:
        """The calendar as it stands here; None without an account."""
        account_id, text = self.account.value, self.name.currentText().strip()
        if not isinstance(account_id, UUID):
            return None
        old = self._calendar or OwnerCalendar(id=uuid4(), client_id=uuid4(), account_id=account_id)
        self._calendar = self._calendar or old
        purpose = self.purpose.value
        staff_id = purpose if isinstance(purpose, UUID) else None
        old = replace(old, staff_id=staff_id, tasks=purpose == _TASKS)
        if old.account_id == account_id and text == (old.name or old.href):
            return old
        found = self._found.get(text)
        if found is not None:
            return replace(old, account_id=account_id, name=found.name, href=found.href)
        is_address = urlsplit(text).scheme in ("http", "https")
        return replace(
            old,
            account_id=account_id,
            name="" if is_address else text,
            href=text if is_address else "",
        )

    def show_place(self, role: str, alone: bool) -> None:
        """Say what the calendar is for; `alone` there is nothing to choose."""
        self._role.setText(role)
        self._second.setHidden(alone)
        self._remove.setHidden(alone)

    def show_staff(self, staff: tuple[Staff, ...]) -> None:
        """Offer the staff there is now."""
        offered = _purposes(staff)
        if offered != self._purposes:
            self._purposes = offered
            self.purpose.put(offered, self.purpose.value)

    def show_accounts(self) -> None:
        """Offer the accounts there are now."""
        offered = _accounts(self._desk)
        if offered != self._offered:
            self._offered = offered
            self.account.put(offered, self.account.value)
            self._follow()

    def close_down(self) -> None:
        """Stop looking."""
        if self._cancel is not None:
            self._cancel()
        self._cancel = None
        self._search.relabel(_("Find"))
        self._search.setAccessibleName(_("Find calendars"))

    def _chosen(self) -> None:
        self.close_down()
        self._found = {}
        self._outcome.tell("")
        self.name.put((), None)
        self.name.setEditText("")
        self._follow()
        self.changed.emit()
        if isinstance(self.account.value, UUID):
            self._look()

    def _named(self) -> None:
        self.changed.emit()

    def _follow(self) -> None:
        there = isinstance(self.account.value, UUID)
        self.name.setEnabled(there)
        self._search.setEnabled(there)

    def _look(self) -> None:
        if self._cancel is not None:
            self.close_down()
            self._outcome.tell("")
            return
        account_id = self.account.value
        account = self._desk.directory.account(account_id) if isinstance(account_id, UUID) else None
        if account is None:
            return
        self._outcome.tell(_("Asking the server …"), "plain")
        self._search.relabel(_("Stop"))
        self._cancel = self._desk.editing.probe(
            account, None, while_there(self, self._came), while_there(self, self._failed)
        )

    def _came(self, account: AccountFound) -> None:
        self.close_down()
        self._found = {one_line(one.name or one.href, 200): one for one in account.calendars}
        text = self.name.currentText()
        self.name.put([(name, name) for name in self._found], None)
        if not text:
            tasks = self.purpose.value == _TASKS
            fits = (n for n, one in self._found.items() if one.writable and _holds(one, tasks))
            text = next(fits, "")
        self.name.setEditText(text)
        self._outcome.tell(calendars_found(account.calendars), "good")
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.close_down()
        self._outcome.tell(str(error), "danger")


class CalendarsEditor(QWidget):
    """Main thread. `wants` asks for a new calendar account."""

    changed = Signal()
    wants = Signal(object)

    def __init__(
        self, desk: Desk, calendars: tuple[OwnerCalendar, ...], staff: tuple[Staff, ...]
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._desk = desk
        self._staff = staff
        self.rows: list[_CalendarRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(GRID)
        self._more = KeyButton(_("Add another calendar"), kind="quiet")
        self._more.clicked.connect(lambda: self._place(None))
        self._new = KeyButton(new_words(Group.ACCOUNTS), kind="quiet")
        self._new.clicked.connect(lambda: self.wants.emit(Group.ACCOUNTS))
        below = row()
        below.addWidget(self._more)
        below.addWidget(self._new)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(self._column)
        column.addLayout(below)
        for calendar in calendars or (None,):
            self._place(calendar)

    @property
    def calendars(self) -> tuple[OwnerCalendar, ...]:
        """Every calendar that has an account."""
        found = (one.calendar for one in self.rows)
        return tuple(calendar for calendar in found if calendar is not None)

    @property
    def named(self) -> Mapping[UUID, str]:
        """Whose calendar is which: its name by the id of the member of the staff."""
        mine = ((one.staff_id, one.name or one.href) for one in self.calendars if not one.tasks)
        return {staff_id: name or _("the only one") for staff_id, name in mine if staff_id}

    def show_staff(self, staff: tuple[Staff, ...]) -> None:
        """Somebody came, went or is called otherwise."""
        if staff != self._staff:
            self._staff = staff
            for one in self.rows:
                one.show_staff(staff)
            self._show_places()

    def show_accounts(self) -> None:
        """Accounts came or went."""
        for one in self.rows:
            one.show_accounts()

    def go(self) -> None:
        """Put the keyboard into the first account."""
        self.rows[0].account.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """No focus proxy: with one, Tab jumps over the buttons below."""
        self.go()

    def close_down(self) -> None:
        """Stop looking for calendars."""
        for one in self.rows:
            one.close_down()

    def _place(self, calendar: OwnerCalendar | None) -> None:
        placed = _CalendarRow(self._desk, calendar, self._staff)
        placed.changed.connect(self._settle)
        placed.goes.connect(self._remove)
        self.rows.append(placed)
        self._column.addWidget(placed)
        self._settle()

    def _remove(self, one: _CalendarRow) -> None:
        one.close_down()
        self.rows.remove(one)
        self.rows[0].account.setFocus()
        one.hide()
        one.deleteLater()
        self._settle()

    def _order_tabs(self) -> None:
        """Tab goes through the rows as they stand, then to the buttons below them."""
        chain = [widget for one in self.rows for widget in one.stops]
        tab_through([*chain, self._more, self._new])

    def _show_places(self) -> None:
        """The first calendar of somebody is booked into; further ones of the owner keep him busy
        too."""
        alone = len(self.rows) == 1 and not self._staff and self.rows[0].purpose.value is None
        seen: set[object] = set()
        for one in self.rows:
            purpose = one.purpose.value
            if purpose == _TASKS:
                role = _("Call-backs are written there; nothing is booked.")
            elif purpose in seen:
                role = _("Looked at: what stands there keeps him busy.")
            else:
                role = _("Booked into.")
            seen.add(purpose)
            one.show_place(role, alone)

    def _settle(self) -> None:
        self._show_places()
        self._order_tabs()
        self._more.setVisible(bool(self.calendars))
        self.changed.emit()


def _holds(found: CalendarFound, tasks: bool) -> bool:
    return found.tasks if tasks else found.events


def _purposes(staff: tuple[Staff, ...]) -> list[tuple[object, str]]:
    return [
        (None, _("The owner's")),
        *((one.id, one.name or _("somebody without name")) for one in staff),
        (_TASKS, _("His list of tasks")),
    ]


def _accounts(desk: Desk) -> list[tuple[object, str]]:
    return [(None, _("No calendar")), *account_choices(desk.directory)]

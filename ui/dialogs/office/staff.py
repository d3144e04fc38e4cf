"""Who of a client's staff has appointments of his own: names, and hours that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.client import BookableHours, Client, Staff
from ui.dialogs.office.hours import HoursEditor
from ui.dialogs.office.rows import EditorRow, RowsEditor
from ui.dialogs.office.section import Section
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Line
from ui.widgets.label import Label

_Hours = tuple[BookableHours, ...]


class _StaffRow(EditorRow):
    """One member of the staff; his own hours are shown where he has some."""

    movable = True

    def __init__(self, member: Staff, hours: _Hours) -> None:
        super().__init__()
        self._member, self._given = member, hours
        self.name = Line(member.name, 200, _("for example {name}").format(name="Erika Muster"))
        self.name.setAccessibleName(_("Name of the member of the staff"))
        own = any(one.staff_id == member.id for one in hours)
        self.whose = Choice(_whose(), own)
        self.whose.setAccessibleName(_("His hours"))
        self.hours: HoursEditor | None = None
        self._calendar = Label(role="label", wrap=True)
        line = row()
        line.addWidget(self.name, 1)
        line.addWidget(self.whose, 1)
        line.addWidget(self.small_button("↑", _("Move up"), lambda: self.moves.emit(self, -1)))
        line.addWidget(self.small_button("↓", _("Move down"), lambda: self.moves.emit(self, 1)))
        line.addWidget(self.removal(_("Remove this member of the staff")))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, GRID)
        self._column.setSpacing(GRID)
        self._column.addLayout(line)
        self._column.addWidget(self._calendar)
        self.name.textChanged.connect(self.changed)
        self.whose.currentIndexChanged.connect(self._chosen)
        self._follow()

    @property
    def member(self) -> Staff:
        """The member of the staff as he stands here."""
        return replace(self._member, name=self.name.text().strip())

    @property
    def own_hours(self) -> _Hours:
        """The hours of his own; none where the client's hold."""
        return self.hours.hours if self.hours is not None and self.whose.value else ()

    @property
    def raw(self) -> object:
        """What stands here."""
        return self.member, self.whose.value, self.hours.raw if self.hours else None

    @property
    def fault(self) -> str:
        """What is wrong."""
        if self.hours is None or not self.whose.value:
            return ""
        if any(self.hours.faults()):
            return _("Not every day can be read.")
        if not self.hours.hours:
            return _("Write at least one day with hours, or choose those of the client.")
        return ""

    @property
    def first(self) -> QWidget:
        return self.name

    @property
    def lacking(self) -> bool:
        return not self.member.name or bool(self.fault)

    def show_calendar(self, name: str) -> None:
        """Say into which calendar his appointments go."""
        words = _("Calendar: {name}").format(name=name)
        self._calendar.tell(words if name else _("No calendar yet: choose whose it is, above."))

    def _chosen(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        if self.whose.value and self.hours is None:
            mine = (
                self._given
                if any(o.staff_id == self._member.id for o in self._given)
                else (
                    tuple(
                        replace(o, staff_id=self._member.id) for o in self._given if not o.staff_id
                    )
                )
            )
            self.hours = HoursEditor(mine, self._member.id)
            self.hours.changed.connect(self.changed)
            self._column.addWidget(self.hours)
            self.grown.emit()
        if self.hours is not None:
            self.hours.setVisible(bool(self.whose.value))


class StaffEditor(RowsEditor[_StaffRow]):
    """Everybody with appointments of his own. Main thread."""

    def __init__(self, client: Client) -> None:
        super().__init__(_("Add somebody"))
        self._hours = client.hours
        self.start([_StaffRow(member, client.hours) for member in client.staff])

    @property
    def staff(self) -> tuple[Staff, ...]:
        """Everybody as he stands here."""
        return tuple(one.member for one in self.rows)

    @property
    def hours(self) -> _Hours:
        """The hours of those who have their own."""
        return tuple(hours for one in self.rows for hours in one.own_hours)

    @property
    def raw(self) -> object:
        """What stands in every row."""
        return tuple(one.raw for one in self.rows)

    @property
    def fault(self) -> str:
        """The first sentence about what is wrong."""
        return next((one.fault for one in self.rows if one.fault), "")

    def new_row(self) -> _StaffRow:
        return _StaffRow(Staff(id=uuid4(), key="", name=""), self._hours)

    def show_calendars(self, named: Mapping[UUID, str]) -> None:
        """Say of everybody into which calendar his appointments go."""
        for one in self.rows:
            one.show_calendar(named.get(one.member.id, ""))


class StaffSection(Section):
    """Main thread. `peopled` is told when somebody came, went or is called otherwise."""

    names = ("staff",)
    peopled = Signal()

    def __init__(self, old: Client) -> None:
        self._named: Mapping[UUID, str] = {}
        super().__init__(_("Staff with calendars of their own"), old)

    def make(self) -> Sequence[Field]:
        self._staff = StaffEditor(self.old)
        self._staff.changed.connect(self._changed)
        self._staff.show_calendars(self._named)
        return (
            Field(
                "staff",
                _("Who"),
                self._staff,
                _("Callers may choose somebody, or take whoever is free first."),
            ),
        )

    def put_into(self, client: Client) -> Client:
        everyone = tuple(one for one in client.hours if one.staff_id is None)
        return replace(client, staff=self._staff.staff, hours=everyone + self._staff.hours)

    def raw(self) -> object:
        return self._staff.raw

    def faults(self) -> Mapping[str, str]:
        return {"staff": self._staff.fault} if self._staff.fault else {}

    def go_into(self, field: str) -> bool:
        if field == "staff":
            self._staff.go()
        return field == "staff"

    def summary(self, client: Client) -> str:
        names = [one.name for one in client.staff if one.name]
        return ", ".join(names) or _("nobody: all appointments are the owner's")

    def show_calendars(self, named: Mapping[UUID, str]) -> None:
        """Which calendar belongs to whom."""
        self._named = named
        if self.fields:
            self._staff.show_calendars(named)

    def _changed(self) -> None:
        self._staff.show_calendars(self._named)
        self.changed.emit()
        self.peopled.emit()


def _whose() -> list[tuple[object, str]]:
    return [(False, _("The client's hours")), (True, _("Hours of his own"))]

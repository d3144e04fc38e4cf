"""What is agreed to be done for a client: everything, or a list in the order of its keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.service import FIRST, USUAL, Service, ServiceKind, lacking
from receptionist.model.servicechecks import service_fault
from ui.dialogs.office.rows import EditorRow, RowsEditor
from ui.dialogs.office.section import Section
from ui.models.words import one_line
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Line
from ui.widgets.label import Label

_LONGEST, _SHOWN, _GAP = 200, 60, 6
_KIND_PX = 220


class _ServiceRow(EditorRow):
    """One task: which, and what it is called here."""

    movable = True

    def __init__(self, service: Service) -> None:
        super().__init__()
        self.kind = Choice(_kinds(), service.kind)
        self.kind.setAccessibleName(_("Which task"))
        self.kind.setFixedWidth(_KIND_PX)
        self.title = Line(service.title, _LONGEST)
        line = row(spacing=_GAP)
        line.addWidget(self.kind)
        line.addWidget(self.title, 1)
        verbs = row(spacing=0)
        for sign, words, step in (("↑", _("Move up"), -1), ("↓", _("Move down"), 1)):
            verbs.addWidget(self._mover(sign, words, step))
        verbs.addWidget(self.removal(_("End the agreement")))
        line.addLayout(verbs)
        self.setLayout(line)
        self.kind.currentIndexChanged.connect(self._chosen)
        self.title.textChanged.connect(self.changed)
        self._explain()

    @property
    def service(self) -> Service:
        """The task as it stands here."""
        kind = self.kind.value
        found = kind if isinstance(kind, ServiceKind) else ServiceKind.OWN
        return Service(kind=found, title=self.title.text().strip())

    @property
    def first(self) -> QWidget:
        return self.kind

    @property
    def lacking(self) -> bool:
        return bool(service_fault(self.service))

    def _mover(self, sign: str, words: str, step: int) -> QWidget:
        return self.small_button(sign, words, lambda: self.moves.emit(self, step))

    def _chosen(self) -> None:
        self._explain()
        self.changed.emit()

    def _explain(self) -> None:
        """What it is called as long as nothing is typed."""
        kind, usual = self.service.kind, Service(kind=self.service.kind).name
        own = _("for example {name}").format(name=_("Prepare prescriptions"))
        self.title.setPlaceholderText(own if kind is ServiceKind.OWN else usual)
        self.title.setAccessibleName(_("What it is called here"))


class ServicesEditor(RowsEditor[_ServiceRow]):
    """Every task that is agreed. Main thread."""

    def __init__(self, services: tuple[Service, ...]) -> None:
        super().__init__(_("Agree on a task"), _head())
        self.start([_ServiceRow(one) for one in services])

    @property
    def services(self) -> tuple[Service, ...]:
        """The tasks as they stand here."""
        return tuple(one.service for one in self.rows)

    def new_row(self) -> _ServiceRow:
        """The first usual task that is not agreed yet."""
        left = lacking(self.services)
        return _ServiceRow(left[0] if left else Service(kind=ServiceKind.OWN))

    def go(self) -> None:
        before: list[Service] = []
        for one in self.rows:
            if service_fault(one.service, before):
                one.title.setFocus()
                return
            before.append(one.service)
        super().go()


class AgreedEditor(QWidget):
    """Everything, or a list, and what is not agreed then. Main thread."""

    def __init__(self, services: tuple[Service, ...]) -> None:
        super().__init__()
        self.all = Choice(_all(), not services)
        self.list = ServicesEditor(services or FIRST)
        self._others = Label(role="label", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (self.all, self.list, self._others):
            column.addWidget(widget)
        self.list.changed.connect(self._follow)
        self.all.currentIndexChanged.connect(self._follow)
        self._follow()

    @property
    def services(self) -> tuple[Service, ...]:
        """What is agreed; none where everything is."""
        return () if self.all.value else self.list.services

    @property
    def fault(self) -> str:
        """What is wrong beside the tasks themselves."""
        if self.all.value or self.list.services:
            return ""
        return _("Agree on at least one task, or choose that everything is done.")

    def go(self) -> None:
        """Put the keyboard where something is wrong, else where one begins."""
        if self.all.value or not self.list.rows:
            self.all.setFocus()
        else:
            self.list.go()

    def _follow(self) -> None:
        self.list.setVisible(not self.all.value)
        self._others.tell("" if self.all.value else _others(self.services))


class AgreedSection(Section):
    """Main thread."""

    names = ("services",)

    def __init__(self, old: Client) -> None:
        super().__init__(_("What is agreed"), old)

    def make(self) -> Sequence[Field]:
        self._editor = AgreedEditor(self.old.services)
        self._editor.list.changed.connect(self.changed)
        self._editor.all.currentIndexChanged.connect(self.changed)
        return (
            Field(
                "services",
                _("What we do"),
                self._editor.all,
                _("What is not agreed is not offered in calls, and the desk says so."),
                self._editor,
            ),
        )

    def put_into(self, client: Client) -> Client:
        return replace(client, services=self._editor.services)

    def raw(self) -> object:
        return bool(self._editor.all.value), self._editor.list.services

    def faults(self) -> Mapping[str, str]:
        return {"services": self._editor.fault} if self._editor.fault else {}

    def go_into(self, field: str) -> bool:
        if field in self.fields:
            self._editor.go()
        return field in self.fields

    def summary(self, client: Client) -> str:
        if not client.services:
            return _("everything: no list is agreed")
        return " · ".join(one_line(one.name, _SHOWN) for one in client.services)


def _head() -> QWidget:
    heading, line = QWidget(), row(spacing=_GAP)
    task = Label(_("Task"), "label")
    task.setFixedWidth(_KIND_PX)
    line.addWidget(task)
    line.addWidget(Label(_("What it is called here"), "label"), 1)
    heading.setLayout(line)
    return heading


def _others(services: Sequence[Service]) -> str:
    names = [one.name for one in lacking(services)]
    return _("Not agreed: {services}").format(services=", ".join(names)) if names else ""


def _kinds() -> list[tuple[object, str]]:
    own = Service(kind=ServiceKind.OWN)
    return [(one.kind, one.name) for one in (*USUAL, own)]


def _all() -> list[tuple[object, str]]:
    return [
        (True, _("Everything that is asked for")),
        (False, _("Only what stands here")),
    ]

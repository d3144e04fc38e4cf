"""How appointments stand in the owner's calendar, and what callers are told afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.i18n import N_, _, ngettext
from receptionist.model import title
from receptionist.model.client import NO_ALARM, Cancellation, Client
from ui.dialogs.office.section import Section
from ui.models.office import example_title
from ui.theme.sheet import GRID
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.inputs import Choice, Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

_PLACEHOLDERS = {
    "kind": N_("Kind of appointment"),
    "caller": N_("Name of the caller"),
    "number": N_("Number of the caller"),
    "note": N_("Note"),
}
_ALARMS = (NO_ALARM, 0, 10, 30, 60, 120, 1440)
_HOUR, _DAY = 60, 1440


class TitleEditor(QWidget):
    """A title with what may be put into it, and how it will look. Main thread."""

    changed = Signal()

    def __init__(self, client: Client, clock: Clock) -> None:
        super().__init__()
        self._client, self._clock = client, clock
        self.line = Line(client.title, 200, "{kind}: {caller}")
        self.line.setAccessibleName(_("Title"))
        self._example = Label(role="strong", wrap=True)
        preview = Card(surface="plain")
        preview.column.setSpacing(GRID)
        preview.column.addWidget(Label(_("This is how it will stand there"), "label"))
        preview.column.addWidget(self._example)
        buttons = QWidget()
        flow = Flow(GRID)
        buttons.setLayout(flow)
        for name in title.PLACEHOLDERS:
            words = _(_PLACEHOLDERS[name])
            button = KeyButton(f"{{{name}}} {words}", kind="quiet")
            button.setAccessibleName(_("Insert: {what}").format(what=words))
            button.clicked.connect(partial(self._insert, f"{{{name}}}"))
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (self.line, buttons, preview):
            column.addWidget(widget)
        self.line.textChanged.connect(self._typed)
        self._show()

    @property
    def text(self) -> str:
        """What stands here; "" for the usual title."""
        return self.line.text().strip()

    @property
    def example(self) -> str:
        """The title of a made-up appointment."""
        return self._example.text()

    def _insert(self, placeholder: str, _checked: bool = False) -> None:
        self.line.insert(placeholder)
        self.line.setFocus()

    def _typed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._example.setText(example_title(self._client, self.text, self._clock.now()))


class InscriptionSection(Section):
    """Main thread."""

    names = ("title", "address", "alarm_min", "cancellation", "tells_callers")

    def __init__(self, old: Client, clock: Clock) -> None:
        self._clock = clock
        super().__init__(_("How appointments are entered"), old)

    def make(self) -> Sequence[Field]:
        old = self.old
        self._title = TitleEditor(old, self._clock)
        example = _("for example {name}").format(name=_("12 Sample Street, Berlin"))
        self._address = Line(old.address, 300, example)
        self._alarm = Choice(_alarms(old.alarm_min), old.alarm_min)
        self._cancelled = Choice(_cancelled(), old.cancellation)
        self._tells = Choice(_tells(), old.tells_callers)
        self._title.changed.connect(self.changed)
        self._address.textChanged.connect(self.changed)
        for choice in (self._alarm, self._cancelled, self._tells):
            choice.currentIndexChanged.connect(self.changed)
        return (
            Field("title", _("Title"), self._title.line, shown=self._title),
            Field(
                "address",
                _("Address"),
                self._address,
                _("Where appointments are that are not at the caller's."),
            ),
            Field("alarm_min", _("Reminder"), self._alarm, _("On the owner's own devices.")),
            Field("cancellation", _("When cancelled"), self._cancelled),
            Field(
                "tells_callers",
                _("Confirmation"),
                self._tells,
                _("The mail server is set under “Settings”."),
            ),
        )

    def put_into(self, client: Client) -> Client:
        alarm, cancelled = self._alarm.value, self._cancelled.value
        assert isinstance(alarm, int)
        assert isinstance(cancelled, Cancellation)
        return replace(
            client,
            title=self._title.text,
            address=self._address.text().strip(),
            alarm_min=alarm,
            cancellation=cancelled,
            tells_callers=bool(self._tells.value),
        )

    def faults(self) -> Mapping[str, str]:
        found = next(title.faults(self._title.text), "")
        return {"title": found} if found else {}

    def summary(self, client: Client) -> str:
        example = example_title(client, client.title, self._clock.now())
        parts = [_("“{title}”").format(title=example)]
        if client.alarm_min != NO_ALARM:
            parts.append(_("reminder"))
        if client.cancellation is Cancellation.MARK:
            parts.append(_("cancelled ones stay, marked"))
        if client.tells_callers:
            parts.append(_("callers get a confirmation"))
        return " · ".join(parts)


def _alarms(chosen: int) -> list[tuple[object, str]]:
    return [(one, _alarm_words(one)) for one in sorted({chosen, *_ALARMS})]


def _alarm_words(minutes: int) -> str:
    if minutes == NO_ALARM:
        return _("None")
    if minutes == 0:
        return _("When it begins")
    if minutes % _DAY == 0:
        count = minutes // _DAY
        return ngettext("{count} day before", "{count} days before", count).format(count=count)
    if minutes % _HOUR == 0:
        count = minutes // _HOUR
        return ngettext("{count} hour before", "{count} hours before", count).format(count=count)
    words = ngettext("{count} minute before", "{count} minutes before", minutes)
    return words.format(count=minutes)


def _cancelled() -> list[tuple[object, str]]:
    return [
        (Cancellation.DELETE, _("Take it out of the owner's calendar")),
        (Cancellation.MARK, _("Leave it there, marked as cancelled")),
    ]


def _tells() -> list[tuple[object, str]]:
    return [
        (False, _("Callers get none")),
        (True, _("The office may send callers one")),
    ]

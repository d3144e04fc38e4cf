"""How a client forwards his number to us: the codes to dial, and a test call."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from receptionist import events
from receptionist.desk.codes import providers
from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.dialled import Called
from receptionist.model.forwarding import (
    CERTAINTIES,
    KINDS,
    ForwardingKind,
    ForwardingOutcome,
    ForwardingProvider,
    codes,
)
from receptionist.model.number import normalised, shown
from ui.dialogs.office.section import Section
from ui.models.words import one_line
from ui.theme.sheet import GRID
from ui.widgets.card import Card, row
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine

_GOOD = ForwardingOutcome.MATCHED


class ForwardingHelp(QWidget):
    """Codes of the chosen provider, and the outcome of a test call. Main thread."""

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__()
        self._desk, self._client = desk, client
        self._region = desk.directory.office.region
        self._known = {one.key: one for one in providers()}
        self.provider = Choice([(one.key, one.name) for one in self._known.values()])
        self.provider.setAccessibleName(_("Provider or router"))
        self.kind = Choice()
        self.kind.setAccessibleName(_("Which calls"))
        example = _("for example {number}").format(number="030 23125101")
        self.target = Line(shown(_first_number(desk, client)), 60, example)
        self.target.setAccessibleName(_("Our number, to which he forwards"))
        self._codes = Label(wrap=True)
        self._note = Label(role="label", wrap=True)
        named = [(one, shown(one)) for one in client.dialled]
        self.number = Choice(named or [("", _("no number yet"))])
        self.number.setAccessibleName(_("Number that is forwarded"))
        self.button = KeyButton(_("Test call"))
        self.outcome = StateLine()
        self._arrange()
        for choice in (self.provider, self.kind):
            choice.currentIndexChanged.connect(self._show)
        self.target.textChanged.connect(self._show)
        self.button.clicked.connect(self._test)
        self.unsubscribe = desk.subscribe(self._heard)
        self._show()

    def _arrange(self) -> None:
        choices = row()
        for widget, share in ((self.provider, 3), (self.kind, 3), (self.target, 2)):
            choices.addWidget(widget, share)
        told = Card(surface="plain")
        told.column.setSpacing(GRID)
        told.column.addWidget(self._codes)
        told.column.addWidget(self._note)
        testing = row()
        testing.addWidget(Label(_("Forwarded number"), "label"))
        testing.addWidget(self.number, 1)
        testing.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(choices)
        column.addWidget(told)
        column.addLayout(testing)
        column.addWidget(self.outcome)
        self.setFocusProxy(self.provider)

    @property
    def words(self) -> str:
        """The codes as they are shown."""
        return self._codes.text()

    def _show(self) -> None:
        provider = self._known[str(self.provider.value)]
        kind = self._offer_kinds(provider)
        self._note.tell(f"{_(CERTAINTIES[provider.certainty])} {provider.note}".strip())
        if kind is None:
            self._codes.setText(provider.name)
            return
        target = normalised(self.target.text(), self._region)
        try:
            told = codes(provider, kind, target, self._region)
        except ReceptionistError as error:
            self._codes.setText(str(error))
            return
        rows = (
            (_("Forward: {code}"), told.set),
            (_("Forward no longer: {code}"), told.clear),
            (_("Ask what is set: {code}"), told.query),
        )
        self._codes.setText("\n".join(text.format(code=code) for text, code in rows if code))

    def _offer_kinds(self, provider: ForwardingProvider) -> ForwardingKind | None:
        before = self.kind.value
        self.kind.put([(one, _(KINDS[one])) for one in provider.kinds], before)
        self.kind.setEnabled(bool(provider.kinds))
        chosen = self.kind.value
        return chosen if isinstance(chosen, ForwardingKind) else None

    def _test(self) -> None:
        number = str(self.number.value or "")
        try:
            self._desk.forwarding.test(self._client.id, number)
        except ReceptionistError as error:
            self.outcome.tell(str(error), "attention")
            return
        words = _("{number} is being called …").format(number=shown(number))
        self.outcome.tell(words, icon="phone")
        self.button.setEnabled(False)

    def _heard(self, event: events.DeskEvent) -> None:
        if not isValid(self):
            return
        if isinstance(event, events.ForwardingTested) and event.client_id == self._client.id:
            self.button.setEnabled(True)
            tone = "good" if event.outcome is _GOOD else "attention"
            parts = [event.message, _arrived(event.arrived) if event.arrived else ""]
            self.outcome.tell("\n".join(part for part in parts if part), tone)


class ForwardingSection(Section):
    """Main thread. Nothing in it is stored."""

    names = ("forwarding",)

    def __init__(self, old: Client, desk: Desk) -> None:
        self._desk = desk
        self.helping: ForwardingHelp | None = None
        super().__init__(_("Forwarding to us"), old)

    def make(self) -> Sequence[Field]:
        self.helping = ForwardingHelp(self._desk, self.old)
        return (
            Field(
                "forwarding",
                _("Codes and test"),
                self.helping.provider,
                _("The client dials the code on the telephone whose calls are to come here."),
                self.helping,
            ),
        )

    def put_into(self, client: Client) -> Client:
        return client

    def summary(self, client: Client) -> str:
        return _("the codes his provider takes, and a test call")

    def close_down(self) -> None:
        """The form is not shown again."""
        if self.helping is not None:
            self.helping.unsubscribe()


def _first_number(desk: Desk, client: Client) -> str:
    """A number at which the first line is reached, as far as it is known."""
    users = (normalised(line.user, desk.directory.office.region) for line in desk.directory.lines)
    numbers = (one for one in users if one.startswith("+"))
    return next(numbers, client.dialled[0] if client.dialled else "")


def _arrived(called: Called) -> str:
    """What stood in the call as it came here."""
    parts = [
        _("Dialled: {header}").format(header=one_line(called.request_uri)),
        _("To: {header}").format(header=one_line(called.to)) if called.to else "",
        *(
            _("Diverted by: {header}").format(header=one_line(one))
            for one in (*called.diversion, *called.history)
        ),
    ]
    return " · ".join(part for part in parts if part)

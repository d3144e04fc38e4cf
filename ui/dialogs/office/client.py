"""The form of a client: who he is, what is said and minded, what can be booked, and where.

What few clients need is folded away below, with a line that says what is set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.editing import Part
from receptionist.model.greeting import Greeting
from ui.dialogs.office.agreed import AgreedSection
from ui.dialogs.office.calendars import CalendarsEditor
from ui.dialogs.office.calling import CallingSection, RecordingSection
from ui.dialogs.office.form import Failed, Form, Saved
from ui.dialogs.office.forwarding import ForwardingSection
from ui.dialogs.office.greeting import GreetingEditor
from ui.dialogs.office.hours import HoursEditor
from ui.dialogs.office.inscription import InscriptionSection
from ui.dialogs.office.kinds import KindsEditor
from ui.dialogs.office.numbers import NumbersEditor
from ui.dialogs.office.ownerpage import OwnerPage
from ui.dialogs.office.ownerwords import WordsSection
from ui.dialogs.office.scriptcard import ScriptCard
from ui.dialogs.office.section import Section
from ui.dialogs.office.staff import StaffSection
from ui.dialogs.office.times import TimesSection
from ui.dialogs.office.travel import TravelSection
from ui.dialogs.office.unattended import UnattendedSection
from ui.dialogs.office.waycard import WayCard
from ui.models.office import Group, clients_with, colour_words, new_words, spoken
from ui.models.people import overview_id, people_summary
from ui.widgets.field import Field
from ui.widgets.inputs import Line, Lines
from ui.widgets.swatches import Swatches


class ClientForm(Form):
    """Main thread. `reports` carries the client whose report is wanted."""

    reports = Signal(object)
    group = Group.CLIENTS
    part = Part.CLIENT

    def __init__(self, desk: Desk, clock: Clock, client: Client, *, is_new: bool) -> None:
        super().__init__(desk, clock, client.id, is_new=is_new)
        self._old = client
        example = _("for example {name}").format(name="Zahnarztpraxis Dr. Muster")
        self._name = Line(client.name, example=example)
        self._colour = Swatches(colour_words(), client.colour)
        self._numbers = NumbersEditor(client.dialled, desk.directory.office.region)
        self._staff = StaffSection(client)
        self._forwarding = ForwardingSection(client, desk)
        self._times = TimesSection(client, clock)
        self._sections = self._folded(client)
        self._greeting = GreetingEditor(client.greeting, self._spoken)
        self._notes = Lines(client.notes, rows=4)
        self._kinds = KindsEditor(client.kinds)
        self._hours = HoursEditor(client.hours)
        mine = (one for one in desk.directory.calendars if one.client_id == client.id)
        self._calendars = CalendarsEditor(desk, tuple(mine), client.staff)
        self._calendars.wants.connect(self.wants)
        self._who()
        self._what()
        self._elsewhere()
        self._when()
        for section in self._sections:
            self.fold_in(section)
        self.page = OwnerPage(self._for_owner)
        self.column.addWidget(self.page)
        self._connect()
        self._show_colour()
        self._show_staff()
        self.finish()
        self.refresh()

    def _folded(self, client: Client) -> tuple[Section, ...]:
        """What few clients need, in the order in which it is shown."""
        sounds, region = self.desk.sounds, self.desk.directory.office.region
        return (
            AgreedSection(client),
            self._times,
            self._staff,
            WordsSection(client),
            TravelSection(client),
            InscriptionSection(client, self.clock),
            UnattendedSection(client, sounds, region),
            CallingSection(client, sounds, region),
            RecordingSection(client),
            self._forwarding,
        )

    def _who(self) -> None:
        self.card(
            _("Who it is"),
            Field("name", _("Name"), self._name),
            Field(
                "dialled",
                _("Dialled numbers"),
                self._numbers.line,
                _("What callers dial for this client, also mobile phones that are forwarded."),
                self._numbers,
            ),
            Field("colour", _("Colour"), self._colour),
        )

    def _what(self) -> None:
        self.card(
            _("What to say and mind"),
            Field("greeting", _("Greeting"), self._greeting.text, shown=self._greeting),
            Field(
                "notes",
                _("What to mind"),
                self._notes,
                _("It is shown in every call for this client."),
            ),
        )

    def _elsewhere(self) -> None:
        """What is edited in a window or list of its own."""
        self.script = ScriptCard(self.desk, self._old, is_new=self.is_new)
        self.people = WayCard(_("Contacts, on call, knowledge, callers …"))
        self.report = WayCard(_("Report …"))
        for card in (self.script, self.people, self.report):
            self.column.addWidget(card)
        self.ways += [self.people, self.report]
        self.people.button.clicked.connect(lambda: self.goes.emit(overview_id(self.id)))
        self.report.button.clicked.connect(lambda: self.reports.emit(self._old))

    def _when(self) -> None:
        self.card(
            _("Appointments"),
            Field("kinds", _("What can be booked"), self._kinds),
            Field(
                "hours",
                _("Bookable hours"),
                self._hours,
                _("Write for example “9-12, 14-18”. An empty day is closed."),
            ),
        )
        self.card(
            _("The owner's calendar"),
            Field(
                "calendars",
                _("Calendar"),
                self._calendars,
                _("Where an account has only one calendar, its name may be left empty."),
            ),
        )

    def _connect(self) -> None:
        self._name.textChanged.connect(self._renamed)
        self._notes.textChanged.connect(self.touched)
        for section in self._sections:
            section.changed.connect(self._renamed)
        self._staff.peopled.connect(self._show_staff)
        self._calendars.changed.connect(self._show_staff)
        self._colour.changed.connect(self._show_colour)
        for editor in (
            self._colour,
            self._numbers,
            self._greeting,
            self._kinds,
            self._hours,
            self._calendars,
        ):
            editor.changed.connect(self.touched)

    @property
    def title(self) -> str:
        return self._name.text().strip() or new_words(self.group)

    @property
    def colour(self) -> int:
        """The colour that is chosen."""
        return self._colour.colour

    def raw(self) -> object:
        typed = tuple(section.typed() for section in self._sections)
        return (
            self._client(),
            self._calendars.calendars,
            self._hours.raw,
            self._numbers.line.text(),
            typed,
        )

    def faults(self) -> Mapping[str, str]:
        found = dict(self.desk.editing.faults(self._client()))
        for calendar in self._calendars.calendars:
            for sentence in self.desk.editing.faults(calendar).values():
                found.setdefault("calendars", sentence)
        if self._numbers.fault:
            found["dialled"] = self._numbers.fault
        if any(self._hours.faults()):
            found["hours"] = _("Not every day can be read.")
        for section in self._sections:
            found |= section.wrong()
        return found

    def check(self) -> bool:
        self._hours.show_faults(True)
        return super().check()

    def go(self, field: str = "") -> None:
        going = {
            "hours": self._hours.go,
            "kinds": self._kinds.go,
            "calendars": self._calendars.go,
        }
        if field in going:
            going[field]()
        else:
            super().go(field)

    def save(self, then: Saved, failed: Failed) -> None:
        self.desk.editing.save_client(
            None if self.is_new else self._old,
            self._client(),
            self._calendars.calendars,
            lambda client: then(client.id),
            failed,
        )

    def refresh(self) -> None:
        self._calendars.show_accounts()
        known = people_summary(self.desk, self.id)
        self.people.summarise(known, ready=not self.is_new)
        counted = _("what came how often, when and how long, and who was missed")
        self.report.summarise(counted, ready=not self.is_new)

    def close_down(self) -> None:
        self._calendars.close_down()
        self._forwarding.close_down()

    def leave(self, widget: QWidget) -> None:
        if widget is self._numbers.line:
            self._numbers.take()
        super().leave(widget)

    def _client(self) -> Client:
        client = replace(
            self._old,
            name=self._name.text().strip(),
            greeting=self._greeting.greeting,
            colour=self._colour.colour,
            notes=self._notes.text,
            dialled=self._numbers.numbers,
            kinds=self._kinds.kinds,
            hours=self._hours.hours + tuple(one for one in self._old.hours if one.staff_id),
        )
        for section in self._sections:
            client = section.applied(client)
        return client

    def _for_owner(self) -> tuple[Client, bool]:
        return self._client(), any(one.tasks for one in self._calendars.calendars)

    def _spoken(self, greeting: Greeting) -> str:
        who = self.desk.directory.receptionist.name
        name, zone = self._name.text().strip(), self._times.applied(self._old).zone
        return spoken(greeting, name or new_words(self.group), who, zone, self.clock.now())

    def _show_staff(self) -> None:
        """Whose calendar is which: the one list says the names, the other the calendars."""
        self._calendars.show_staff(self._client().staff)
        self._staff.show_calendars(self._calendars.named)

    def touched(self) -> None:
        client = self._client()
        for section in self._sections:
            section.summarise(client)
        super().touched()

    def _renamed(self) -> None:
        self._greeting.preview()
        self.touched()

    def _show_colour(self) -> None:
        others = clients_with(self.desk.directory, self._colour.colour, self.id)
        words = _("This is also the colour of {clients}.").format(clients=others)
        self.fields["colour"].explain(words if others else "")

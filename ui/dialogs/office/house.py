"""The form of the office itself: its name, its own greeting, its country, and who works here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import available_timezones

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.client import BookableHours
from receptionist.model.greeting import Greeting
from receptionist.model.office import Office, OfficeHours, Receptionist
from ui.dialogs.office.form import Failed, Form, Saved
from ui.dialogs.office.greeting import GreetingEditor
from ui.dialogs.office.hours import HoursEditor
from ui.dialogs.office.routes import RoutesEditor
from ui.dialogs.office.unattended import RulesEditor, rules_field
from ui.models.office import Group, spoken
from ui.widgets.field import Field
from ui.widgets.inputs import Line, Suggested


class OfficeForm(Form):
    """Main thread."""

    group = Group.OFFICE

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._old = desk.directory.current
        office, receptionist = self._old.office, self._old.receptionist
        super().__init__(desk, clock, office.id, is_new=False)
        example = _("for example {name}")
        self._name = Line(office.name, example=example.format(name="Büroservice Muster"))
        self._who = Line(receptionist.name, example=example.format(name="Erika Muster"))
        self._region = Line(office.region, 2)
        self._zone = Suggested(office.zone, available_timezones)
        self._hours = HoursEditor(_bookable(office.hours))
        self._holidays = Line(office.holidays, 12, _("for example {name}").format(name="DE-BE"))
        self._rules = RulesEditor(office.rules, desk.sounds, office.region)
        self._routes = RoutesEditor(office.routes, self._old.lines)
        self._greeting = GreetingEditor(office.greeting, self._spoken, office=True)
        self._arrange()
        for editor in (self._hours, self._rules, self._routes):
            editor.changed.connect(self.touched)
        self._holidays.textChanged.connect(self.touched)
        for line in (self._name, self._who, self._region, self._zone):
            line.textChanged.connect(self._typed)
        self._greeting.changed.connect(self.touched)
        self.finish()

    def _arrange(self) -> None:
        self.card(
            _("Who you are"),
            Field("name", _("Name of the office"), self._name),
            Field(
                "receptionist",
                _("Your name"),
                self._who,
                _("It is said in greetings."),
            ),
        )
        self.card(
            _("When an unknown number was dialled"),
            Field("greeting", _("Greeting"), self._greeting.text, shown=self._greeting),
        )
        self.card(
            _("Where you are"),
            Field(
                "region",
                _("Country"),
                self._region,
                _("Two letters. Numbers without +49 and the like are read as those of it."),
            ),
            Field("zone", _("Time zone"), self._zone, _("New clients have this time zone, too.")),
        )

        self._arrange_unattended()

    def _arrange_unattended(self) -> None:
        self.card(
            _("When nobody answers"),
            Field(
                "hours",
                _("Office hours"),
                self._hours,
                _("Outside of them the office counts as closed. All empty: it is never closed."),
            ),
            Field("holidays", _("Public holidays of"), self._holidays),
            rules_field(self._rules, office=True),
        )
        self.card(
            _("What calls cost"),
            Field(
                "routes",
                _("Prices"),
                self._routes,
                _("The cheapest line that is ready is taken; if it fails, the next one."),
            ),
        )

    @property
    def title(self) -> str:
        return self._name.text().strip() or _("Your office")

    def raw(self) -> object:
        typed = self._hours.raw, self._rules.raw, self._routes.raw
        return self._office(), self._receptionist(), typed

    def faults(self) -> Mapping[str, str]:
        who = self.desk.editing.faults(self._receptionist())
        found = dict(self.desk.editing.faults(self._office()))
        if any(self._hours.faults()):
            found["hours"] = _("Not every day can be read.")
        for name, editor in (("rules", self._rules), ("routes", self._routes)):
            if editor.fault:
                found[name] = editor.fault
        return found | ({"receptionist": who["name"]} if "name" in who else {})

    def save(self, then: Saved, failed: Failed) -> None:
        self.desk.editing.save_office(
            self._old,
            self._office(),
            self._receptionist(),
            lambda directory: then(directory.office.id),
            failed,
        )

    def _office(self) -> Office:
        return replace(
            self._old.office,
            name=self._name.text().strip(),
            greeting=self._greeting.greeting,
            region=self._region.text().strip().upper(),
            zone=self._zone.text().strip(),
            hours=_office_hours(self._hours.hours),
            holidays=self._holidays.text().strip(),
            rules=self._rules.rules,
            routes=self._routes.routes,
        )

    def _receptionist(self) -> Receptionist:
        return replace(self._old.receptionist, name=self._who.text().strip())

    def _spoken(self, greeting: Greeting) -> str:
        name, who = self._name.text().strip(), self._who.text().strip()
        return spoken(greeting, name, who, self._zone.text().strip(), self.clock.now())

    def _typed(self) -> None:
        self._greeting.preview()
        self.touched()


def _bookable(hours: tuple[OfficeHours, ...]) -> tuple[BookableHours, ...]:
    return tuple(BookableHours(weekday=h.weekday, start=h.start, end=h.end) for h in hours)


def _office_hours(hours: tuple[BookableHours, ...]) -> tuple[OfficeHours, ...]:
    return tuple(OfficeHours(weekday=h.weekday, start=h.start, end=h.end) for h in hours)

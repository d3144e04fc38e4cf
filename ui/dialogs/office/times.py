"""When a client's appointments may lie beside his weekly hours: other days, limits, time zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import available_timezones

from receptionist.clock import Clock
from receptionist.i18n import _, ngettext
from receptionist.model.checks import NOTICE_MAX_MIN
from receptionist.model.client import Client
from ui.dialogs.office.exceptions import ExceptionsEditor
from ui.dialogs.office.section import Section
from ui.models.places import named, offered
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Count, Minutes, Suggested

_WEEKS = (1, 2, 3, 4, 6, 8, 12, 26, 52)
_WEEK = 7


class TimesSection(Section):
    """Main thread."""

    names = (
        "exceptions",
        "holidays",
        "minimum_notice_min",
        "horizon_days",
        "daily_limit",
        "zone",
    )

    def __init__(self, old: Client, clock: Clock) -> None:
        self._today: date = clock.now().date()
        super().__init__(_("Closed days and limits"), old)

    def make(self) -> Sequence[Field]:
        old = self.old
        self._exceptions = ExceptionsEditor(old.exceptions, self._today)
        self._holidays = Choice(offered(old.holidays), old.holidays)
        self._notice = Minutes(old.minimum_notice_min, 0, NOTICE_MAX_MIN)
        self._horizon = Choice(_horizons(old.horizon_days), old.horizon_days)
        self._limit = Count(old.daily_limit, _("any number"), _("at most {count}"))
        self._zone = Suggested(old.zone, available_timezones)
        self._connect()
        return (
            Field(
                "exceptions",
                _("Other days"),
                self._exceptions,
                _("For example “24.12. – 2.1.”. Without hours he is closed then."),
            ),
            Field(
                "holidays",
                _("Public holidays"),
                self._holidays,
                _("On them nothing is booked, unless hours for the day stand above."),
            ),
            Field(
                "minimum_notice_min",
                _("Not nearer than"),
                self._notice,
                _("So many minutes from now nothing is booked yet."),
            ),
            Field("horizon_days", _("How far ahead"), self._horizon),
            Field(
                "daily_limit",
                _("Appointments a day"),
                self._limit,
                _("Of all kinds together; with staff, of each of them."),
            ),
            Field("zone", _("Time zone"), self._zone),
        )

    def _connect(self) -> None:
        self._exceptions.changed.connect(self.changed)
        self._notice.valueChanged.connect(self.changed)
        self._limit.valueChanged.connect(self.changed)
        self._zone.textChanged.connect(self.changed)
        for choice in (self._holidays, self._horizon):
            choice.currentIndexChanged.connect(self.changed)

    def put_into(self, client: Client) -> Client:
        return replace(
            client,
            exceptions=self._exceptions.exceptions,
            holidays=str(self._holidays.value),
            minimum_notice_min=self._notice.value(),
            horizon_days=_number(self._horizon.value),
            daily_limit=self._limit.value(),
            zone=self._zone.text().strip(),
        )

    def raw(self) -> object:
        return self._exceptions.raw

    def faults(self) -> Mapping[str, str]:
        wrong = self._exceptions.is_wrong
        return {"exceptions": _("Not every day can be read.")} if wrong else {}

    def go_into(self, field: str) -> bool:
        if field == "exceptions":
            self._exceptions.go()
        return field == "exceptions"

    def summary(self, client: Client) -> str:
        parts = [_horizon_words(client.horizon_days)]
        if client.holidays:
            parts.append(_("holidays: {place}").format(place=named(client.holidays)))
        coming = [one for one in client.exceptions if one.last >= self._today - timedelta(days=1)]
        if coming:
            words = ngettext(
                "{count} other day or period", "{count} other days or periods", len(coming)
            )
            parts.append(words.format(count=len(coming)))
        if client.daily_limit:
            parts.append(_("at most {count} a day").format(count=client.daily_limit))
        if client.minimum_notice_min:
            words = _("not nearer than {minutes} min")
            parts.append(words.format(minutes=client.minimum_notice_min))
        return " · ".join(parts)


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


def _horizons(chosen: int) -> list[tuple[object, str]]:
    days = sorted({chosen, *(_WEEK * weeks for weeks in _WEEKS)})
    return [(one, _horizon_words(one)) for one in days]


def _horizon_words(days: int) -> str:
    if days % _WEEK:
        return ngettext("{count} day ahead", "{count} days ahead", days).format(count=days)
    weeks = days // _WEEK
    return ngettext("{count} week ahead", "{count} weeks ahead", weeks).format(count=weeks)

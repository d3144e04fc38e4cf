"""What a rota says as it stands in the form: who is on call now, the next two weeks, the gaps."""

from __future__ import annotations

from collections.abc import Sequence

from receptionist.clock import Clock
from receptionist.i18n import _, ngettext
from receptionist.model.contact import Contact
from receptionist.model.rota import OnCallRota
from ui.dialogs.office.people.dutyweeks import DutyWeeks
from ui.models.chain import Names
from ui.models.dutyplan import gap_words, now_words, planned
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine

_NAMED = 4


class DutyCard(Card):
    """Main thread."""

    def __init__(self, clock: Clock, zone: str) -> None:
        super().__init__(_("The next two weeks"))
        self._clock, self._zone = clock, zone
        self.now, self.gaps = Label(role="strong", wrap=True), StateLine()
        self.weeks = DutyWeeks()
        self.weeks.setAccessibleName(_("Who is on call on the next 14 days"))
        self.column.addWidget(self.now)
        self.column.addWidget(self.weeks)
        self.column.addWidget(self.gaps)

    def show_rota(self, rota: OnCallRota, contacts: Sequence[Contact]) -> None:
        """Show a rota as it would be from now on."""
        names, now = Names(contacts), self._clock.now()
        words = now_words(rota, self._zone, now, names)
        self.now.tell(_("Now: {words}").format(words=words))
        days = planned(rota, self._zone, now, names)
        self.weeks.show_days(days, [one.key for one in contacts])
        self._tell_gaps(gap_words(rota, self._zone, now))

    def _tell_gaps(self, found: Sequence[str]) -> None:
        if not found:
            self.gaps.tell(_("Somebody is on call whenever it is needed."), "good")
            return
        told = list(found[:_NAMED])
        more = len(found) - _NAMED
        if more > 0:
            told.append(ngettext("{count} more gap", "{count} more gaps", more).format(count=more))
        self.gaps.tell("\n".join(told), "danger")

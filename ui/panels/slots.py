"""The next free times of the chosen kind, large enough to read out."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from receptionist.clock import Clock
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.slot import Slot
from receptionist.model.spoken import spoken
from ui.actions import hint
from ui.models.bookings import OFFERED, Wish
from ui.models.condition import Condition
from ui.models.moments import clock_words
from ui.models.slotwords import slots_heading, why_none
from ui.models.stage import LookedUp, Seen
from ui.models.words import one_line
from ui.panels.when import WhenLine
from ui.theme.sheet import GRID
from ui.widgets.card import FlowingCard, row
from ui.widgets.flow import Flow
from ui.widgets.keybutton import KeyButton, SlotButton
from ui.widgets.label import Label


class SlotsPanel(FlowingCard):
    """Free times. Main thread; `slot` carries an index, `staff` whom to look for (None: whoever is
    free first), the others turn the page."""

    slot = Signal(int)
    staff = Signal(object)
    later = Signal()
    earlier = Signal()

    def __init__(self, clock: Clock, office_zone: str) -> None:
        super().__init__(_("Next free times"))
        self._clock, self._office_zone = clock, office_zone
        self._staff: tuple[UUID | None, ...] = ()
        self._named: object = None
        self._members: list[KeyButton] = []
        self.heading.setWordWrap(True)
        self.when = WhenLine()
        self._flow = Flow(GRID)
        self._state = Label("", "quiet", wrap=True)
        self._buttons = [SlotButton(hint("slot", n + 1)) for n in range(OFFERED)]
        self._earlier = KeyButton(_("Earlier"), hint("earlier"), "quiet")
        self._later = KeyButton(_("Later"), hint("later"), "quiet")
        times = QGridLayout()
        times.setSpacing(2 * GRID)
        for index, button in enumerate(self._buttons):
            button.clicked.connect(lambda _checked, i=index: self.slot.emit(i))
            times.addWidget(button, index // 2, index % 2)
        for column in range(2):
            times.setColumnStretch(column, 1)
        self._earlier.clicked.connect(self.earlier)
        self._later.clicked.connect(self.later)
        pages = row()
        pages.addWidget(self._earlier)
        pages.addStretch(1)
        pages.addWidget(self._later)
        self.column.addWidget(self.when)
        self._staff_key = Label(hint("staff"), "key")
        self._staff_key.hide()
        members = row()
        members.addLayout(self._flow, 1)
        members.addWidget(self._staff_key, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(members)
        self.column.addLayout(times)
        self.column.addWidget(self._state)
        self.column.addLayout(pages)
        self.column.addStretch(1)

    @property
    def buttons(self) -> Sequence[SlotButton]:
        """The times, in the order of their keys."""
        return self._buttons

    @property
    def members(self) -> Sequence[KeyButton]:
        """Whoever is free first, then each of the staff."""
        return self._members

    @property
    def state_words(self) -> str:
        """Why there are no times."""
        return self._state.text()

    def next_member(self) -> None:
        """Look for the times of the next one of the staff; after the last, of whoever is free."""
        chosen = [number for number, one in enumerate(self._members) if one.isChecked()]
        if self._staff:
            self.staff.emit(self._staff[(chosen[0] + 1 if chosen else 0) % len(self._staff)])

    def show_wish(
        self,
        seen: Seen | LookedUp | None,
        wish: Wish | None,
        condition: Condition | None,
        *,
        needs_address: bool = False,
    ) -> None:
        """Show the free times of a call; none while there is no calendar to book in."""
        client = seen.client if seen else None
        self.heading.setText(slots_heading(client, wish, self._office_zone))
        slots = wish.slots if wish else ()
        for index, button in enumerate(self._buttons):
            button.setVisible(index < len(slots))
            if index < len(slots) and client is not None:
                self._show_slot(button, slots[index], client, wish)
                button.setChecked(wish is not None and wish.chosen == slots[index])
        unbookable = client is not None and condition is None
        self._state.tell("" if unbookable else why_none(seen, wish, needs_address=needs_address))
        bookable = wish is not None and wish.kind is not None and not unbookable
        self.when.setVisible(bookable)
        if wish is not None:
            self.when.show_wish(wish)
        self._show_staff(client if bookable else None, wish)
        self._earlier.setVisible(bool(wish and wish.pages))
        self._later.setVisible(bool(slots))

    def _show_slot(self, button: SlotButton, slot: Slot, client: Client, wish: Wish | None) -> None:
        """With whom is written only where one cannot see it above."""
        member = client.member(slot.staff_id)
        name = one_line(member.name, 40) if member else ""
        said = spoken(
            slot.start,
            client.zone,
            self._clock.now(),
            client.greeting.language,
            staff=name,
            comes=slot.travel_min > 0,
        )
        clock = clock_words(slot.start, client.zone)
        plainly = any(letter.isdigit() for letter in said.clock)
        who = name if wish is None or wish.staff_id is None else ""
        button.show_slot(said.day, clock, said.whole, "" if plainly else said.clock, who)

    def _show_staff(self, client: Client | None, wish: Wish | None) -> None:
        staff = client.staff if client else ()
        if staff != self._named:
            self._named = staff
            self._staff = (None, *(one.id for one in staff)) if staff else ()
            self._flow.clear()
            names = [_("First free"), *(one_line(one.name, 30) for one in staff)]
            self._members = [KeyButton(name, kind="segment") for name in names if staff]
            for staff_id, button in zip(self._staff, self._members, strict=True):
                button.setCheckable(True)
                button.clicked.connect(lambda _checked, one=staff_id: self.staff.emit(one))
                self._flow.addWidget(button)
            self._staff_key.setVisible(bool(staff))
            self._flow.invalidate()
        for staff_id, button in zip(self._staff, self._members, strict=True):
            button.setChecked(wish is not None and wish.staff_id == staff_id)

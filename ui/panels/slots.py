"""The next free times of the chosen kind, large enough to read out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from receptionist.clock import Clock
from receptionist.i18n import _
from ui.actions import hint
from ui.models.bookings import OFFERED, Wish
from ui.models.condition import Condition
from ui.models.moments import clock_words, slot_words, weekday_and_date
from ui.models.stage import LookedUp, Seen
from ui.models.words import one_line
from ui.theme.sheet import GRID
from ui.widgets.card import Card, row
from ui.widgets.keybutton import KeyButton, SlotButton
from ui.widgets.label import Label


class SlotsPanel(Card):
    """Free times. Main thread; `slot` carries an index, the others turn the page."""

    slot = Signal(int)
    later = Signal()
    earlier = Signal()

    def __init__(self, clock: Clock, office_zone: str) -> None:
        super().__init__(_("Next free times"))
        self._clock, self._office_zone = clock, office_zone
        self.heading.setWordWrap(True)
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
        self.column.addLayout(times)
        self.column.addWidget(self._state)
        self.column.addLayout(pages)
        self.column.addStretch(1)

    @property
    def buttons(self) -> Sequence[SlotButton]:
        """The times, in the order of their keys."""
        return self._buttons

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As high as the text needs at this width, and not as a narrower one would."""
        size = super().minimumSizeHint()
        return QSize(size.width(), self.column.totalHeightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def show_wish(
        self, seen: Seen | LookedUp | None, wish: Wish | None, condition: Condition | None
    ) -> None:
        """Show the free times of a call; none while there is no calendar to book in."""
        self.heading.setText(self._heading_words(seen, wish))
        slots = wish.slots if wish else ()
        zone = seen.client.zone if seen and seen.client else self._office_zone
        for index, button in enumerate(self._buttons):
            button.setVisible(index < len(slots))
            if index < len(slots):
                start, now = slots[index].start, self._clock.now()
                day = weekday_and_date(start, zone, now)
                button.show_slot(
                    day[:1].upper() + day[1:],
                    clock_words(start, zone),
                    slot_words(start, zone, now),
                )
                button.setChecked(wish is not None and wish.chosen == slots[index])
        unbookable = seen is not None and seen.client is not None and condition is None
        self._state.tell("" if unbookable else _state_words(seen, wish))
        self._earlier.setVisible(bool(wish and wish.pages))
        self._later.setVisible(bool(slots))

    def _heading_words(self, seen: Seen | LookedUp | None, wish: Wish | None) -> str:
        if seen is None or seen.client is None or wish is None or wish.kind is None:
            return _("Next free times")
        parts = [
            _("Next free times"),
            _("{kind}, {minutes} min").format(
                kind=one_line(wish.kind.name), minutes=wish.kind.minutes
            ),
        ]
        if seen.client.zone != self._office_zone:
            parts.append(_("time in {zone}").format(zone=seen.client.zone))
        return " · ".join(parts)


def _state_words(seen: Seen | LookedUp | None, wish: Wish | None) -> str:
    if seen is None:
        return _("During a call, the client's free times appear here.")
    if seen.client is None or wish is None or wish.kind is None:
        return _("Free times appear here once client and kind of appointment are known.")
    if wish.looking and not wish.slots:
        return _("Looking for free times …")
    if not wish.read:
        return _(
            "The owner's calendar was never read to its end. Free times appear here once it was."
        )
    if not wish.slots:
        return _("No free time in the next eight weeks. Offer a call-back and write a note.")
    return ""

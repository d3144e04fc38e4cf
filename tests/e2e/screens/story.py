"""The states of the window, one after the other, as a day at the desk brings them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from receptionist import events
from receptionist.errors import CalendarRefused, CalendarUnreachable
from receptionist.model.call import CallState
from tests.doubles.desk import DENTIST, GARAGE, HEATING, LAWYERS, UNKNOWN, Reception, let_go
from tests.e2e.screens.agreeing import what_is_agreed
from tests.e2e.screens.appointments import lead
from tests.e2e.screens.asking import ask_the_owner
from tests.e2e.screens.closer import look_at_others, look_closer, owners_words
from tests.e2e.screens.knowing import know_the_caller
from tests.e2e.screens.office import begin, set_up
from tests.e2e.screens.outside import from_outside, keeping, open_menu
from tests.e2e.screens.owners import book_some, fill, look_around, read_for_long
from tests.e2e.screens.rest import Rest
from tests.e2e.screens.scripteditor import write_scripts
from tests.e2e.screens.scripts import through_a_script
from tests.e2e.screens.telephone import on_the_telephone
from tests.e2e.screens.wall import at_the_wall
from tests.e2e.screens.worklist import what_is_open
from ui.window import Window

_EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Owner//EN\r\nBEGIN:VEVENT\r\nUID:owner-1\r\n"
    "DTSTAMP:20261101T000000Z\r\nDTSTART:{start:%Y%m%dT%H%M%SZ}\r\n"
    "DTEND:{end:%Y%m%dT%H%M%SZ}\r\nSUMMARY:Baustelle\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
Shot = tuple[str, QWidget]
HANGS_S = 2.0


class Day:
    """One window on one desk, led through every state; `shots` yields name and widget."""

    def __init__(self, data: Path, width: int, height: int, *, empty: bool = False) -> None:
        self._rest = Rest(self._owners_of_timers)
        self._rest.begin()
        self.reception = Reception(data, empty)
        if not empty:
            fill(self.reception, "haustechnik")
            owners_words(self.reception, "zahnarzt")
            book_some(self.reception, "haustechnik")
        self.window = Window(self.reception.desk, self.reception.clock, keeping=keeping(data))
        self.window.resize(width, height)
        self.window.show()
        self._take_keyboard()

    def first_start(self) -> Iterator[Shot]:
        """A desk without an office."""
        yield self._shot("no-office")
        yield from begin(self)

    def shots(self) -> Iterator[Shot]:
        """Every state in its order."""
        for tell in (
            self._quiet,
            self._calls,
            self._booking,
            lambda: lead(self),
            lambda: ask_the_owner(self),
            self._after,
            self._looking,
            lambda: know_the_caller(self),
            lambda: look_at_others(self),
            lambda: at_the_wall(self),
            lambda: what_is_open(self),
            lambda: what_is_agreed(self),
            lambda: on_the_telephone(self),
            lambda: through_a_script(self),
            lambda: set_up(self),
            lambda: write_scripts(self),
            lambda: from_outside(self),
            self._trouble,
        ):
            yield from tell()

    def close(self) -> None:
        self.window.leave()
        let_go(self.window)
        self.reception.close()
        self._rest.end()

    def _owners_of_timers(self) -> tuple[QObject, ...]:
        return (self.window, self.reception.post, self.reception.timers)

    def _shot(self, name: str) -> Shot:
        for _turn in range(6):
            QApplication.processEvents()
        return name, self.window

    def _quiet(self) -> Iterator[Shot]:
        yield self._shot("empty")
        yield from read_for_long(self)
        yield from self._away()
        self._key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        self._type("Frau Muster")
        self._key(Qt.Key.Key_Return)
        self._until(lambda: self.window.panels.top.said)
        yield self._shot("number-refused")
        self._key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._type("030 23125177")
        self._key(Qt.Key.Key_Return)
        self._key(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        yield self._shot("dialling")
        self._key(Qt.Key.Key_F9)
        self._until(lambda: not self.reception.desk.switchboard.calls)
        self._key(Qt.Key.Key_Escape)

    def _away(self) -> Iterator[Shot]:
        self._key(Qt.Key.Key_F11)
        yield "break-reasons", self.window.panels.top.agent.menu
        self._key(Qt.Key.Key_3)
        self._pass(3725)
        yield self._shot("break")
        self._key(Qt.Key.Key_F12)
        self._pass(5)
        yield self._shot("wrap-up")
        self._key(Qt.Key.Key_F10)

    def _calls(self) -> Iterator[Shot]:
        reception, window = self.reception, self.window
        first = reception.rings(HEATING, "+4917139200177", "")
        self._pass(6)
        yield self._shot("ringing")
        self._key(Qt.Key.Key_F2)
        self._until(lambda: reception.call(first).state is CallState.ACTIVE)
        self._pass(74)
        self._type("Erika Muster")
        self._key(Qt.Key.Key_Tab)
        self._key(Qt.Key.Key_Tab)
        self._type("Wasser tropft unter der Spüle, Haupthahn ist zu. Lindenstr. 12, 2. Stock")
        yield self._shot("typing")
        self._key(Qt.Key.Key_F11)
        self._key(Qt.Key.Key_2)
        yield self._shot("break-announced")
        self._key(Qt.Key.Key_F11)
        second = reception.rings(LAWYERS, "", "")
        third = reception.rings(DENTIST, "+493023125177", "Max Beispiel")
        self._pass(4)
        assert window.shown is not None
        assert window.shown.call.id == first
        yield self._shot("two-ring-while-typing")
        self._key(Qt.Key.Key_F2)
        self._until(lambda: reception.call(second).state is CallState.ACTIVE)
        self._pass(9)
        yield self._shot("second-answered-first-held")
        self._key(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        yield self._shot("other-client")
        reception.phone.outside.hangs_up(third)
        self._until(lambda: reception.call(third).ended)
        self._key(Qt.Key.Key_F9)
        self._until(lambda: reception.call(second).ended)
        self._key(Qt.Key.Key_F3)
        self._key(Qt.Key.Key_F5)
        self._until(lambda: reception.call(first).state is CallState.ACTIVE)

    def _booking(self) -> Iterator[Shot]:
        reception = self.reception
        heating = reception.client("haustechnik")
        self._key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        yield self._shot("time-chosen")
        self._key(Qt.Key.Key_F8)
        reception.seen(events.AppointmentConfirmed)
        yield self._shot("confirmed")
        yield from look_around(self)
        yield from look_closer(self)
        self._key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        wish = self.window.panels.slots.buttons[1].accessibleName()
        assert wish
        now = reception.clock.now().replace(tzinfo=UTC)
        text = _EVENT.format(start=now, end=now + timedelta(days=2))
        reception.server.put(_home(reception, "haustechnik") + "owner.ics", text)
        self._key(Qt.Key.Key_F8)
        reception.seen(events.BookingConflict)
        yield self._shot("conflict")
        self._until(lambda: reception.good(heating))
        self._key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        for verb in ("changes", "put_new"):
            reception.server.fail_next(verb, CalendarUnreachable())
        self._key(Qt.Key.Key_F8)
        reception.seen(events.PushDelayed)
        yield self._shot("delayed")
        self._key(Qt.Key.Key_F9)
        self._until(lambda: self._ended())
        yield self._shot("ended")
        self._key(Qt.Key.Key_Escape)

    def _after(self) -> Iterator[Shot]:
        reception = self.reception
        unknown = reception.rings(UNKNOWN, "+498999998440", "")
        self._pass(3)
        self._key(Qt.Key.Key_F2)
        self._until(lambda: reception.call(unknown).state is CallState.ACTIVE)
        self._type("Familie Beispiel")
        yield self._shot("unknown-number")
        self._key(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        yield from self._dialog("tones")
        self._key(Qt.Key.Key_F9)
        self._until(lambda: reception.call(unknown).ended)
        self._key(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        yield self._shot("journal")
        self._key(Qt.Key.Key_Escape)
        self._key(Qt.Key.Key_F1)
        yield from self._dialog("keys")
        self._key(Qt.Key.Key_F1)
        self._type("F8")
        yield from self._dialog("keys-found")
        self._key(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
        yield from self._dialog("help")
        yield from open_menu(self)

    def _looking(self) -> Iterator[Shot]:
        """Search, a client's sheet, who called before, and a record that is corrected."""
        yield from self._searching()
        again = self.reception.rings(HEATING, "+4917139200177", "")
        self._key(Qt.Key.Key_F2)
        self._until(lambda: self.reception.call(again).state is CallState.ACTIVE)
        self._until(lambda: self.window.panels.caller.history.rows)
        yield self._shot("known-caller")
        self._key(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        yield self._shot("history")
        self._key(Qt.Key.Key_Return)
        self._key(Qt.Key.Key_F9)
        self._until(lambda: self.reception.call(again).ended)
        self._pass(240)
        self._key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._type("Erika Mustermann")
        self._until(lambda: self.window.panels.middle.corrections)
        yield self._shot("record")
        self._key(Qt.Key.Key_Escape)

    def _searching(self) -> Iterator[Shot]:
        results = self.window.panels.top.search.results
        for words, name in (
            ("muster", "search"),
            ("0171 392", "search-number"),
            ("Xaver Ohnename", "search-nothing"),
        ):
            self._key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
            self._type(words)
            self._until(lambda: results.said or any(one.call for one in results.offers))
            yield self._shot(name)
            self._key(Qt.Key.Key_Escape)
        self._key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        self._type("heiz")
        self._key(Qt.Key.Key_Return)
        self._until(lambda: self.window.panels.week.grid.isVisible())
        yield self._shot("client-sheet")
        self._key(Qt.Key.Key_Escape)

    def _trouble(self) -> Iterator[Shot]:
        reception = self.reception
        garage = reception.client("werkstatt")
        reception.server.fail_next("changes", CalendarRefused())
        call = reception.rings(GARAGE, "+494066969333", "Lea Muster")
        self._until(lambda: not reception.good(garage))
        yield self._shot("calendar-password-refused")
        self._key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        yield from self._dialog("password")
        line = reception.desk.directory.lines[0]
        reception.phone.refusing.add(line.id)
        reception.phone.register(line, None)
        self._until(lambda: "REFUSED" in str(reception.desk.switchboard.line_states).upper())
        yield self._shot("line-refused")
        self._key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        yield from self._dialog("conditions")
        reception.phone.outside.kills_the_engine(for_good=True)
        self._until(lambda: reception.call(call).ended)
        yield self._shot("phone-lost")

    # ---- hands and time

    def _dialog(self, name: str) -> Iterator[Shot]:
        self._shot(name)
        dialog = next(
            one for one in self.window.findChildren(QDialog) if one.isVisible() and one.isWindow()
        )
        yield name, dialog
        dialog.close()
        self._take_keyboard()

    def _take_keyboard(self) -> None:
        """What a window manager would do: there is none on this display."""
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window, 10_000)

    def _ended(self) -> bool:
        return self.window.shown is not None and self.window.shown.call.ended

    def _key(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        popup = QApplication.activePopupWidget()
        focus = popup or QApplication.focusWidget() or self.window
        QTest.keyClick(focus, key, modifier)
        self._shot("")

    def _type(self, text: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(focus, event)

    def _until(self, condition: Callable[[], object]) -> None:
        self.reception.spin(condition)
        self.settle()

    def _pass(self, seconds: float) -> None:
        self.reception.clock.move(seconds)
        self.settle()
        self.window.tick()

    def settle(self) -> None:
        """Let what is under way come in, and be shown; what hangs on purpose goes on hanging."""
        self._rest.begin_again()
        end = time.monotonic() + HANGS_S
        while not self._rest.reached and time.monotonic() < end:
            self.reception.turn()


def _home(reception: Reception, key: str) -> str:
    client = reception.client(key)
    calendar = reception.desk.directory.calendar(client.id)
    assert calendar is not None
    return calendar.href

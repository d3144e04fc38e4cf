"""States of what is agreed with a client: what is not offered in a call, and his report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist.model.call import CallState
from receptionist.model.service import Service, ServiceKind
from tests.doubles.desk import DENTIST
from ui.dialogs.report import ReportDialog

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day, Shot

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_THIS_MONTH, _TYPED = 1, 4


def what_is_agreed(day: Day) -> Iterator[Shot]:
    """A client who has only his calls answered, and the report of one for whom much was done."""
    yield from _refused(day)
    day.window._board.look_up(day.reception.client("haustechnik"))
    day._key(Qt.Key.Key_R, _CTRL | _SHIFT)
    (dialog,) = day.window.findChildren(ReportDialog)
    room = day.window.size()
    dialog.resize(min(900, room.width() - 40), min(720, room.height() - 40))
    dialog.activateWindow()
    day._until(lambda: QApplication.activeWindow() is dialog)
    dialog.span.setCurrentIndex(_THIS_MONTH)
    day._until(dialog.save_pdf.isEnabled)
    yield "report", dialog
    bar = dialog.text.verticalScrollBar()
    bar.setValue(bar.maximum())
    yield "report-end", dialog
    dialog.span.setCurrentIndex(_TYPED)
    day._type("31.11.")
    day._key(Qt.Key.Key_Return)
    yield "report-wrong", dialog
    dialog.close()
    day._take_keyboard()
    day.window._board.look_up(None)
    day.window.panels.show_board()


def _refused(day: Day) -> Iterator[Shot]:
    before = _agree(day, (Service(kind=ServiceKind.CALLS),))
    call_id = day.reception.rings(DENTIST, "+4917139200166", "Lea Muster")
    day._key(Qt.Key.Key_F2)
    day._until(lambda: day.reception.call(call_id).state is CallState.ACTIVE)
    day._key(Qt.Key.Key_F8)
    yield day._shot("not-agreed")
    day._key(Qt.Key.Key_F10, _CTRL)
    yield day._shot("task-not-agreed")
    day._key(Qt.Key.Key_Escape)
    day._key(Qt.Key.Key_F9)
    day._until(lambda: day.reception.call(call_id).ended)
    day._key(Qt.Key.Key_Escape)
    _agree(day, before)


def _agree(day: Day, services: tuple[Service, ...]) -> tuple[Service, ...]:
    """The dentist has agreed on this; what he had agreed on before."""
    desk, before = day.reception.desk, day.reception.client("zahnarzt").services
    clients = tuple(
        replace(one, services=services) if one.key == "zahnarzt" else one
        for one in desk.directory.clients
    )
    desk._use(replace(desk.directory.current, clients=clients))
    return before

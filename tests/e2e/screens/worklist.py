"""States of the work list and of tasks beside calls: what is due, what came of it, what is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist.model.call import CallState
from receptionist.model.service import Service, ServiceKind
from receptionist.model.worklist import (
    FOUND,
    Attempt,
    AttemptOutcome,
    Disposition,
    WorkItem,
    WorkKind,
)
from receptionist.reasons import Reason
from tests.doubles.desk import HEATING

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day, Shot

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def what_is_open(day: Day) -> Iterator[Shot]:
    """Everything that can be open, how it leaves, and what is done beside calls."""
    yield from _nothing_left(day)
    _fill(day)
    journal = day.window.panels.journal
    day._key(Qt.Key.Key_J, _CTRL)
    yield day._shot("work-list")
    journal.show_item(_id(day, "tried"))
    yield day._shot("work-tried")
    day._key(Qt.Key.Key_Delete)
    yield day._shot("work-asked")
    day._key(Qt.Key.Key_4)
    day._type("Mailbox besprochen")
    day._key(Qt.Key.Key_Return)
    day._type("morgen 10")
    yield day._shot("work-put-off")
    day._key(Qt.Key.Key_Return)
    day._until(lambda: journal.box.isHidden())
    journal.show_item(_id(day, "promised"))
    day._key(Qt.Key.Key_6)
    yield day._shot("work-tried-by-hand")
    day._key(Qt.Key.Key_Escape)
    _find(day)
    journal.show_item(_id(day, "gap"))
    yield day._shot("work-gap")
    journal.show_item(_id(day, "message"))
    day._key(Qt.Key.Key_1)
    day._type("Termin ausgemacht")
    day._key(Qt.Key.Key_Return)
    day._until(lambda: journal.box.isHidden())
    day._key(Qt.Key.Key_J, _CTRL | _SHIFT)
    day._until(day.window.panels.settled.isVisible)
    yield day._shot("work-settled")
    day._key(Qt.Key.Key_J, _CTRL)
    day._key(Qt.Key.Key_Escape)
    yield from _beside_calls(day)
    yield from _asked(day)
    _empty(day)


def _nothing_left(day: Day) -> Iterator[Shot]:
    """What left the list, where nothing has."""
    day._key(Qt.Key.Key_J, _CTRL | _SHIFT)
    day._until(day.window.panels.settled.isVisible)
    yield day._shot("work-nothing-left")
    day._key(Qt.Key.Key_J, _CTRL | _SHIFT)


def _asked(day: Day) -> Iterator[Shot]:
    """When a caller is promised a call."""
    call_id = day.reception.rings(HEATING, "+4917139200166", "Lea Muster")
    day._key(Qt.Key.Key_F2)
    day._until(lambda: day.reception.call(call_id).state is CallState.ACTIVE)
    day._key(Qt.Key.Key_F9, _CTRL)
    day._type("heute um 8")
    day._key(Qt.Key.Key_Return)
    yield day._shot("promise")
    day._key(Qt.Key.Key_Escape)
    day._key(Qt.Key.Key_F9)
    day._until(lambda: day.reception.call(call_id).ended)
    day._key(Qt.Key.Key_Escape)


def _beside_calls(day: Day) -> Iterator[Shot]:
    _agree(day)
    day._key(Qt.Key.Key_F10, _CTRL)
    day._type("Heiz")
    yield day._shot("task-client")
    day._key(Qt.Key.Key_Return)
    day._take_keyboard()
    yield day._shot("task-service")
    QApplication.processEvents()
    day._key(Qt.Key.Key_1)
    day._type("Preise von drei Lieferanten für Heizkörper vergleichen")
    day._key(Qt.Key.Key_Return)
    day._pass(50)
    yield day._shot("task-runs")
    day._key(Qt.Key.Key_F11, _CTRL)
    yield day._shot("task-paused")
    day._key(Qt.Key.Key_F11, _CTRL)
    day._pass(600)
    day._key(Qt.Key.Key_F11, _CTRL)
    day._key(Qt.Key.Key_F11, _CTRL)
    yield day._shot("task-cut-off")
    day._key(Qt.Key.Key_Return)
    day._key(Qt.Key.Key_F12, _CTRL)
    day._type("Angebote abgelegt, günstigster: Muster")
    yield day._shot("task-result")
    day._key(Qt.Key.Key_Return)
    day.window.panels.notice.clear()
    day.settle()


def _agree(day: Day) -> None:
    """The heating engineers have handed over some of their work, and the rest not."""
    kinds = (
        ServiceKind.CALLS,
        ServiceKind.APPOINTMENTS,
        ServiceKind.CALL_BACKS,
        ServiceKind.RESEARCH,
        ServiceKind.QUOTES,
    )
    services = (
        *(Service(kind=kind) for kind in reversed(kinds)),
        Service(kind=ServiceKind.ORDERS, title="Ersatzteile bestellen"),
    )
    desk = day.reception.desk
    clients = tuple(
        replace(one, services=services) if one.key == "haustechnik" else one
        for one in desk.directory.clients
    )
    desk._use(replace(desk.directory.current, clients=clients))


def _id(day: Day, name: str) -> UUID:
    return uuid5(day.reception.client("haustechnik").id, f"work {name}")


def _fill(day: Day) -> None:
    now = day.reception.clock.now()
    items = [item for item in _items(day, now) if item.kind not in FOUND]
    for item in items:
        day.reception.desk.work.add(item)
    wanted = {item.id for item in items}
    day._until(lambda: wanted <= {one.id for one in day.reception.desk.work.items})
    for minutes in (95, 30):
        attempt = Attempt(
            id=uuid5(_id(day, "tried"), str(minutes)),
            at=now - timedelta(minutes=minutes),
            who=None,
            outcome=AttemptOutcome.NO_ANSWER if minutes == 30 else AttemptOutcome.MAILBOX,
        )
        day.reception.desk.work.tried(_id(day, "tried"), attempt)
    day._until(lambda: len(day.reception.desk.work.get(_id(day, "tried")).attempts) == 2)


def _find(day: Day) -> None:
    """As if the desk had found them; the store has nothing that could contradict."""
    for item in _items(day, day.reception.clock.now()):
        if item.kind in FOUND:
            day.reception.desk.work.take(item, new=True)
    day.settle()


def _items(day: Day, now: datetime) -> list[WorkItem]:
    return [*_owed(day, now), *_found(day, now)]


def _item(day: Day, key: str, client: str, kind: WorkKind, due: timedelta) -> WorkItem:
    now = day.reception.clock.now()
    return WorkItem(
        id=_id(day, key),
        client_id=day.reception.client(client).id,
        kind=kind,
        created=min(now, now + due),
        due=now + due,
    )


def _owed(day: Day, now: datetime) -> list[WorkItem]:
    erika = _item(day, "tried", "haustechnik", WorkKind.MISSED, -timedelta(minutes=100))
    max_ = _item(day, "message", "zahnarzt", WorkKind.MESSAGE, -timedelta(minutes=8))
    lea = _item(day, "promised", "kanzlei", WorkKind.PROMISED, timedelta(hours=2))
    return [
        replace(erika, name="Erika Muster", number="+4917139200144", reason=Reason.MISSED),
        replace(max_, name="Max Beispiel", number="+493023125044", reason=Reason.MESSAGE_LEFT),
        replace(lea, name="Lea Muster", number="+493023125045", text="Fragen zum Vertrag"),
    ]


def _found(day: Day, now: datetime) -> list[WorkItem]:
    gap = _item(day, "gap", "zahnarzt", WorkKind.GAP, timedelta(hours=5))
    ends = _item(day, "expiring", "haustechnik", WorkKind.EXPIRING, timedelta(days=2))
    night = now + timedelta(days=1, hours=8)
    return [
        replace(gap, text="Notdienst", begins=night, ends=night + timedelta(hours=12)),
        replace(ends, text="Bis 25.11. keine Wartungen", ends=now + timedelta(days=2, hours=10)),
    ]


def _empty(day: Day) -> None:
    """What follows begins with a list as it was."""
    work, told = day.reception.desk.work, list[object]()
    ids = {item.id for item in _items(day, day.reception.clock.now()) if item.kind not in FOUND}
    for item in work.items:
        if item.id in ids:
            work.dispose(item.id, Disposition.DONE)
    day._until(lambda: not ids & {one.id for one in work.items})
    work.read(told.append)
    day._until(lambda: told)
    day.window._board._feed._items(work.items)
    day.settle()

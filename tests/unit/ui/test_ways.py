"""Line and price are said before a number is called, and they are those that are taken."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

from PySide6.QtCore import Qt

from receptionist.events import LineChanged, LineState
from receptionist.model.call import CallState
from receptionist.model.route import Route
from receptionist.model.worklist import WorkItem, WorkKind
from receptionist.reasons import Reason
from tests.doubles.desk import HEATING
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from ui.models.search import Offer

OWNER = "0171 39200155"
PRICE = "over Hauptanschluss · 2.9 ct a minute"
PROVIDER = "the caller's provider connects: price not known"


def with_price(desk: Desk) -> None:
    """The office says what calls to mobile phones cost."""
    directory = desk.reception.desk.directory.current
    route = Route(prefix="+49171", line_id=directory.lines[0].id, cents=Decimal("2.9"))
    office = replace(directory.office, routes=(route,))
    desk.reception.desk._use(replace(directory, office=office))


def with_second_line(desk: Desk) -> UUID:
    """The office has another line, which comes last and is ready."""
    directory = desk.reception.desk.directory.current
    second = replace(
        directory.lines[0], id=uuid4(), key="zweite", name="Zweitanschluss", register=False
    )
    wanted, failures = replace(directory, lines=(*directory.lines, second)), list[Exception]()
    desk.reception.desk.import_directory(wanted, lambda: None, failures.append)

    def ready() -> bool:
        state = desk.reception.desk.switchboard.line_states.get(second.id)
        return state is not None and state.state is LineState.READY

    desk.until(lambda: ready() or failures)
    assert failures == []
    return second.id


def rows(desk: Desk) -> list[Offer]:
    """The rows below the field."""
    return [one for one in desk.window.panels.top.search.results.offers if not one.heading]


def offered(desk: Desk, title: str) -> Offer:
    """The row of a typed number, once it is there."""
    desk.until(lambda: any(one.title.startswith(title) for one in rows(desk)))
    return next(one for one in rows(desk) if one.title.startswith(title))


def over(desk: Desk) -> str:
    """The line over which the newest call goes out."""
    (call,) = (one for one in desk.reception.desk.switchboard.calls if one.dialled.endswith("155"))
    line = desk.reception.desk.directory.line(call.line_id) if call.line_id else None
    return line.name if line else ""


def asked(
    desk: Desk, modifier: Qt.KeyboardModifier | None = None, line_id: UUID | None = None
) -> None:
    """A caller is to be connected with the owner, whose number is typed."""
    call_id = desk.reception.phone.outside.rings(HEATING, line_id=line_id)
    assert call_id is not None
    desk.until(lambda: desk.window.shown)
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.reception.call(call_id).answered)
    desk.key(Qt.Key.Key_F6, modifier)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.HELD)
    desk.type(OWNER)


def test_who_is_asked_is_called_over_the_line_that_was_shown(desk: Desk) -> None:
    asked(desk, line_id=with_second_line(desk))
    row = offered(desk, "Ask ")
    assert (row.detail, row.does) == ("over Zweitanschluss · price not known", "Ask")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.phone.outside.dialled)
    assert over(desk) == "Zweitanschluss"


def test_an_ordinary_call_takes_the_line_that_was_shown(desk: Desk) -> None:
    with_second_line(desk)
    desk.key(Qt.Key.Key_D, CTRL)
    desk.type(OWNER)
    assert offered(desk, "Call ").detail == "over Hauptanschluss · price not known"
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.phone.outside.dialled)
    assert over(desk) == "Hauptanschluss"


def test_a_rule_counts_for_who_is_asked_too(desk: Desk) -> None:
    with_price(desk)
    asked(desk)
    assert offered(desk, "Ask ").detail == PRICE


def test_no_price_of_ours_where_the_provider_connects(desk: Desk) -> None:
    with_price(desk)
    asked(desk, SHIFT)
    row = offered(desk, "Connect with ")
    assert (row.detail, row.does) == (PROVIDER, "Connect")


def test_nor_for_who_is_sent_on_while_he_rings(desk: Desk) -> None:
    with_price(desk)
    desk.reception.rings(HEATING)
    desk.key(Qt.Key.Key_F2, CTRL)
    desk.type(OWNER)
    assert offered(desk, "Send to ").detail == PROVIDER


def test_only_what_can_be_called_is_offered_where_a_number_is_wanted(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.key(Qt.Key.Key_F6)
    desk.type("Kanzlei")
    desk.until(lambda: not desk.window._board.finder.waiting)
    assert [one for one in rows(desk) if one.client is not None] == []
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_K, CTRL)
    desk.type("Kanzlei")
    desk.until(lambda: any(one.client is not None for one in rows(desk)))


def test_a_line_that_goes_down_is_not_promised(desk: Desk) -> None:
    with_price(desk)
    desk.key(Qt.Key.Key_D, CTRL)
    desk.type(OWNER)
    assert offered(desk, "Call ").detail == PRICE
    line = desk.reception.desk.directory.lines[0]
    down = LineChanged(line_id=line.id, state=LineState.UNREACHABLE)
    desk.reception.desk.switchboard.heard(down)
    desk.until(lambda: rows(desk)[0].detail == "no line is ready just now")


def test_the_last_numbers_have_their_price_and_come_back_when_nothing_is_typed(desk: Desk) -> None:
    with_price(desk)
    desk.key(Qt.Key.Key_D, CTRL)
    desk.type(OWNER)
    offered(desk, "Call ")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.phone.outside.dialled)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: not desk.reception.desk.switchboard.calls)
    desk.key(Qt.Key.Key_D, CTRL | SHIFT)
    desk.until(lambda: [one for one in rows(desk) if PRICE in one.detail])
    before = rows(desk)
    desk.type("9")
    desk.until(lambda: rows(desk) != before)
    desk.key(Qt.Key.Key_Backspace)
    desk.until(lambda: rows(desk) == before)


def test_who_is_called_back_over_which_line_is_said_in_both_places(desk: Desk) -> None:
    with_price(desk)
    heating = desk.reception.client("haustechnik")
    back = WorkItem(
        id=uuid4(),
        client_id=heating.id,
        number="+4917139200177",
        name="Erika Muster",
        reason=Reason.MISSED,
        created=desk.reception.clock.now(),
        due=desk.reception.clock.now(),
        kind=WorkKind.MISSED,
    )
    desk.reception.desk.work.take(back, new=True)
    journal = desk.window.panels.journal
    desk.until(lambda: len(journal.entries) > 1)
    desk.key(Qt.Key.Key_J, CTRL)
    assert journal.way == f"O{PRICE[1:]}"
    call_id = desk.talks(HEATING)
    assert isinstance(call_id, UUID)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    desk.until(lambda: desk.window.panels.verbs.way.text() == f"Call back: {PRICE}")

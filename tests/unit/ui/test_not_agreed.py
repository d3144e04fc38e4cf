"""What is not agreed with a client is offered nowhere in the window, and each place says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from receptionist.model.call import Call
from receptionist.model.client import Client
from receptionist.model.script import Action, ActionKind
from receptionist.model.service import Service, ServiceKind
from tests.doubles.desk import HEATING
from tests.unit.ui.conftest import ALT, CTRL, Desk
from tests.unit.ui.test_errands import agree, bar
from ui.models.bookings import Wish
from ui.models.lead import lead_of
from ui.models.slotwords import why_none
from ui.models.stage import LookedUp

CALLS = Service(kind=ServiceKind.CALLS)
APPOINTMENTS = "“Appointments” is not agreed with Muster Heizung & Sanitär."
AGREED = "Agreed are: Answering calls."


@pytest.fixture
def agreed(desk: Desk) -> Desk:
    """The heating engineers want their calls answered, and nothing else."""
    agree(desk, CALLS)
    return desk


def test_no_kind_and_no_time_is_offered_in_a_call_and_its_keys_say_why(agreed: Desk) -> None:
    agreed.talks(HEATING)
    panels, planner = agreed.window.panels, agreed.window._board.planner
    agreed.until(lambda: planner.wish is not None and planner.wish.looked)
    assert list(panels.booking.buttons) == []
    assert panels.booking._none.text() == f"{APPOINTMENTS} {AGREED}"
    assert panels.slots.state_words == f"{APPOINTMENTS} {AGREED}"
    assert planner.wish is not None
    assert (planner.wish.kind, planner.wish.slots) == (None, ())
    for key, modifiers in (
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_1, CTRL),
        (Qt.Key.Key_G, CTRL),
        (Qt.Key.Key_1, ALT | Qt.KeyboardModifier.ShiftModifier),
    ):
        agreed.window._board.remark = ""
        agreed.key(key, modifiers)
        assert APPOINTMENTS in panels.bottom.words, (key, panels.bottom.words)
    agreed.key(Qt.Key.Key_F9, CTRL)
    assert "“Call-backs” is not agreed" in panels.bottom.words
    assert not panels.asking.isVisible()


def test_what_a_script_leads_to_says_it_before_it_is_wanted(agreed: Desk) -> None:
    call_id = agreed.talks(HEATING)
    core = agreed.reception.desk
    call: Call = agreed.reception.call(call_id)  # type: ignore[arg-type]
    client = core.directory.client(call.client_id)
    assert isinstance(client, Client)
    for target in ("", client.kinds[0].key):
        lead = lead_of(core, call, client, Action(do=ActionKind.BOOK, target=target))
        assert lead is not None
        assert (lead.state, lead.tone) == (f"{APPOINTMENTS} {AGREED}", "attention")
    everything = replace(client, services=())
    lead = lead_of(core, call, everything, Action(do=ActionKind.BOOK))
    assert lead is not None
    assert lead.state == ""


def test_no_call_back_is_recommended_where_none_is_agreed(agreed: Desk) -> None:
    client = agreed.reception.client("haustechnik")
    seen = LookedUp(client=client)
    wish = Wish(client_id=client.id, kind=client.kinds[0])
    booked = replace(client, services=(CALLS, Service(kind=ServiceKind.APPOINTMENTS)))
    assert why_none(replace(seen, client=booked), wish).endswith(
        "days. Write a note for the owner."
    )
    everything = replace(client, services=())
    assert "Offer a call-back" in why_none(replace(seen, client=everything), wish)


def test_a_client_who_is_looked_up_says_it(agreed: Desk) -> None:
    agreed.window._board.look_up(agreed.reception.client("haustechnik"))
    agreed.window.panels.show_board()
    sheet = agreed.window.panels.middle.sheet
    assert APPOINTMENTS in sheet.words


def test_where_no_task_beside_calls_is_agreed_there_is_none_to_begin(agreed: Desk) -> None:
    agreed.talks(HEATING)
    agreed.key(Qt.Key.Key_F10, CTRL)
    assert bar(agreed).choices == ()
    assert "No task beside calls is agreed with Muster Heizung & Sanitär." in bar(agreed).words
    assert "Not agreed: Appointments" in bar(agreed).words

"""What scripts lead to is done: booking, notes, connecting, the urgent chain."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from receptionist.errors import BadInput
from receptionist.events import ActionChosen, CallEnded, CallFailed
from receptionist.model.call import Call, CallState
from receptionist.model.contact import Contact, ContactNumber, Standing, StandingReach
from receptionist.model.rota import OnCallRota, Shift
from receptionist.model.script import Action, ActionKind
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_scripts import refused, save, talks

FIRST, SECOND, OWNER = "+491713920001", "+491713920002", "+491713920003"

SCRIPT = """\
format = 1

[[greeting]]
text = "{client}, im Notfall hilft {on_call}."

[[reason]]
key = "termin"
title = "Termin"
[[reason.action]]
do = "book"
kind = "visit"

[[reason]]
key = "meister"
title = "Den Meister sprechen"
[[reason.action]]
do = "connect"
contact = "meister"

[[reason]]
key = "bereit"
title = "Bereitschaft"
[[reason.action]]
do = "on-call"
rota = "nacht"

[[reason]]
key = "notfall"
title = "Notfall"
[[reason.action]]
do = "urgent"
text = "Notfall von {caller}"

[[reason]]
key = "nachricht"
title = "Nachricht"
"""


def contact(bench: Bench, key: str, number: str, **more: object) -> Contact:
    numbers = (ContactNumber(number=number),) if number else ()
    made = Contact(
        id=uuid4(), client_id=bench.painter.id, key=key, name=key.title(), numbers=numbers
    )
    made = replace(made, **more)  # type: ignore[arg-type]
    done: list[Contact] = []
    bench.desk.people.contacts.save(None, made, done.append, bench.fail)
    bench.pump.until(lambda: done)
    return done[0]


@pytest.fixture
def staffed(bench: Bench) -> Bench:
    """Two on call, an owner who is asked in urgent cases, and a script that needs them."""
    contact(bench, "eins", FIRST)
    contact(bench, "zwei", SECOND)
    contact(bench, "meister", OWNER, urgent=True)
    rota = OnCallRota(
        id=uuid4(),
        client_id=bench.painter.id,
        key="nacht",
        name="Nacht",
        shifts=(Shift(contacts=("eins", "zwei")),),
    )
    done: list[object] = []
    bench.desk.people.rotas.save(None, rota, done.append, bench.fail)
    bench.pump.until(lambda: done)
    save(bench, SCRIPT)
    return bench


def asked(bench: Bench) -> list[Call]:
    """Who is being called for the caller."""
    return [one for one in bench.desk.switchboard.calls if one.consults_for is not None]


def carried(bench: Bench, reason: str) -> tuple[UUID, ActionChosen]:
    call_id = talks(bench)
    bench.desk.courses.choose(call_id, reason)
    bench.desk.carriers.carry_out(call_id)
    bench.wait_for(ActionChosen)
    return call_id, bench.seen(ActionChosen)[-1]


def test_booking_says_which_kind(staffed: Bench) -> None:
    call_id, chosen = carried(staffed, "termin")
    assert (chosen.call_id, chosen.target_id) == (call_id, staffed.painter.kinds[0].id)
    assert "Besichtigung" in chosen.message


def test_without_an_action_it_is_a_note(staffed: Bench) -> None:
    _call_id, chosen = carried(staffed, "nachricht")
    assert chosen.action.do is ActionKind.NOTE


def test_every_kind_of_action_has_a_carrier(staffed: Bench) -> None:
    assert set(staffed.desk.carriers._carriers) == set(ActionKind)


def test_a_contact_is_called_for_the_caller(staffed: Bench) -> None:
    call_id, chosen = carried(staffed, "meister")
    staffed.pump.until(lambda: asked(staffed))
    assert [(one.dialled, one.consults_for) for one in asked(staffed)] == [(OWNER, call_id)]
    assert chosen.target_id == asked(staffed)[0].id
    assert chosen.message == "Calling Meister; the caller waits."


def test_who_is_on_call_stands_in_the_greeting_and_is_called(staffed: Bench) -> None:
    said = staffed.desk.directory.greeting(staffed.painter)
    assert said == "Malerbetrieb Muster, im Notfall hilft Eins."
    carried(staffed, "bereit")
    staffed.pump.until(lambda: asked(staffed))
    assert asked(staffed)[0].dialled == FIRST


def away(bench: Bench, key: str) -> None:
    """Somebody has said that nobody is to be connected with him."""
    contacts, done = bench.desk.people.contacts, list[Contact]()
    one = contacts.get(bench.painter.id, key)
    contacts.stand(one, Standing(reach=StandingReach.NO), done.append, bench.fail)
    bench.pump.until(lambda: done)


def test_who_is_not_there_is_passed_over_or_told(staffed: Bench) -> None:
    call_id = talks(staffed)
    staffed.desk.courses.choose(call_id, "bereit")
    away(staffed, "eins")
    assert "Zwei" in staffed.desk.directory.greeting(staffed.painter)
    away(staffed, "zwei")
    with pytest.raises(BadInput):
        staffed.desk.carriers.carry_out(call_id)
    assert asked(staffed) == []


def test_in_an_urgent_case_all_are_called_until_one_answers(staffed: Bench) -> None:
    call_id, chosen = carried(staffed, "notfall")
    assert chosen.text == "Notfall von …"
    for number in (FIRST, SECOND):
        staffed.pump.until(lambda number=number: _rings(staffed, number))  # type: ignore[misc]
        staffed.phone.outside.fails(asked(staffed)[0].id, 486)
    staffed.pump.until(lambda: _rings(staffed, OWNER))
    owner = asked(staffed)[0]
    staffed.phone.outside.answers(owner.id)
    staffed.pump.until(lambda: staffed.desk.switchboard.call(owner.id).answered)
    staffed.phone.outside.hangs_up(owner.id)
    staffed.pump.until(lambda: staffed.desk.switchboard.call(owner.id).ended)
    staffed.pump.advance(1)
    assert asked(staffed) == []
    assert [one.call_id for one in staffed.seen(ActionChosen)] == [call_id] * 3


def _rings(bench: Bench, number: str) -> bool:
    return [one.dialled for one in asked(bench)] == [number]


def test_the_chain_ends_when_the_caller_hangs_up_or_we_do(staffed: Bench) -> None:
    call_id, _chosen = carried(staffed, "notfall")
    staffed.pump.until(lambda: _rings(staffed, FIRST))
    staffed.desk.switchboard.hang_up(asked(staffed)[0].id)
    staffed.pump.until(lambda: staffed.seen(CallEnded))
    staffed.pump.advance(1)
    assert asked(staffed) == []
    assert staffed.desk.switchboard.call(call_id).state is not CallState.ENDED


def test_the_chain_does_not_tear_us_from_another_caller(staffed: Bench) -> None:
    call_id, _chosen = carried(staffed, "notfall")
    staffed.pump.until(lambda: _rings(staffed, FIRST))
    (first,) = asked(staffed)
    other = talks(staffed)
    staffed.phone.outside.fails(first.id, 486)
    staffed.pump.until(lambda: call_id in [one.call_id for one in staffed.seen(CallFailed)])
    assert asked(staffed) == []
    assert staffed.desk.switchboard.call(other).state is CallState.ACTIVE


def test_the_chain_ends_where_the_caller_is_for_another_client(staffed: Bench) -> None:
    call_id, _chosen = carried(staffed, "notfall")
    staffed.pump.until(lambda: _rings(staffed, FIRST))
    staffed.desk.switchboard.assign(call_id, staffed.lawyer.id)
    staffed.phone.outside.fails(asked(staffed)[0].id, 486)
    staffed.pump.until(lambda: staffed.seen(CallEnded))
    staffed.pump.advance(1)
    assert asked(staffed) == []


def test_what_is_gone_is_told_and_nothing_is_called(bench: Bench) -> None:
    save(bench, 'format = 1\n[[reason]]\nkey = "a"\ntitle = "A"\n')
    call_id = talks(bench)
    carriers = bench.desk.carriers
    for action in (
        Action(do=ActionKind.BOOK, target="weg"),
        Action(do=ActionKind.CONNECT, target="weg"),
        Action(do=ActionKind.ON_CALL),
        Action(do=ActionKind.ON_CALL, target="weg"),
        Action(do=ActionKind.URGENT),
        Action(do=ActionKind.URGENT, target="weg"),
    ):
        with pytest.raises(BadInput):
            carriers.carry_out(call_id, action)
    assert asked(bench) == []
    assert bench.seen(ActionChosen) == []


def test_a_contact_in_the_script_cannot_be_removed(staffed: Bench) -> None:
    errors: list[Exception] = []
    one = staffed.desk.people.contacts.get(staffed.painter.id, "meister")
    staffed.desk.people.contacts.remove(one, lambda: None, errors.append)
    staffed.pump.until(lambda: errors)
    assert "the script" in str(errors[0])


def test_a_script_that_names_nobody_known_is_refused(staffed: Bench) -> None:
    assert "meistr" in str(refused(staffed, SCRIPT.replace('"meister"\n', '"meistr"\n')))
    wrong = SCRIPT.replace('rota = "nacht"', 'rota = "nachts"')
    assert "nachts" in str(refused(staffed, wrong))

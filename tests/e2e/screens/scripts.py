"""States of a call that goes through a client's script, from ringing until it is over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import Qt

from receptionist.model.call import CallState
from receptionist.model.contact import Contact, ContactNumber
from receptionist.model.rota import OnCallRota, Shift
from receptionist.paths import resources
from tests.doubles.desk import GARAGE

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day, Shot

_ALT, _CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_ENTER = Qt.Key.Key_Return
_CLIENT = "werkstatt"


def through_a_script(day: Day) -> Iterator[Shot]:
    """Ringing with news, an emergency with what is lacking, a booking, and a call that is over."""
    text = resources("templates", "scripts", "garage.toml").read_text(encoding="utf-8")
    _staff(day)
    _save(day, text)
    _hang_up(day, _talks(day))
    day._pass(120)
    _save(day, text.replace("Keine Ferndiagnose.", "Keine Ferndiagnose, auch nicht ungefähr."))
    day._pass(120)
    call_id = day.reception.rings(GARAGE, "+494066969333", "Lea Muster")
    day._until(lambda: day.window.panels.middle.script.news)
    yield day._shot("script-rings")
    yield from _spoken_to(day)
    day._key(Qt.Key.Key_F2)
    day._until(lambda: day.reception.call(call_id).state is CallState.ACTIVE)
    day._pass(40)
    day.window.tick()
    yield from _emergency(day)
    _hang_up(day, call_id, put_away=False)
    yield day._shot("script-over")
    day._key(Qt.Key.Key_Escape)
    day._key(Qt.Key.Key_Escape)
    yield from _booking(day)


def _spoken_to(day: Day) -> Iterator[Shot]:
    """The other language of the script, and the usual one again."""
    tongue = day.window.panels.middle.greets.tongue
    for other in (True, False):
        day._key(Qt.Key.Key_K, _CTRL | Qt.KeyboardModifier.ShiftModifier)
        day._until(lambda other=other: tongue.isChecked() is other)  # type: ignore[misc]
        if other:
            yield day._shot("script-other-language")


def _emergency(day: Day) -> Iterator[Shot]:
    prompts = day.window.panels.middle.prompts
    day._key(Qt.Key.Key_1, _ALT)
    day._type("Lea Muster")
    yield day._shot("script-reason")
    day._key(_ENTER)
    day._key(_ENTER, _CTRL)
    day._key(_ENTER)
    day._type("unf")
    day._until(lambda: not prompts.field("verletzt").isHidden())
    day._key(_ENTER)
    day._key(_ENTER, _ALT)
    yield day._shot("script-lacking")


def _booking(day: Day) -> Iterator[Shot]:
    call_id = _talks(day)
    day._key(Qt.Key.Key_2, _ALT)
    prompts = day.window.panels.middle.prompts
    prompts.go("wagen")
    day._type("Musterwagen, blau")
    day._key(_ENTER)
    day._type("achtzigtausend")
    day._key(_ENTER)
    day._until(lambda: prompts.field("stand").fault)
    day._until(lambda: day.window.panels.slots.buttons[0].isVisible())
    yield day._shot("script-fault")
    _hang_up(day, call_id)


def _talks(day: Day) -> UUID:
    call_id = day.reception.rings(GARAGE, "+494066969333", "Lea Muster")
    day._until(lambda: day.reception.call(call_id).state is CallState.RINGING)
    day._key(Qt.Key.Key_F2)
    day._until(lambda: day.reception.call(call_id).state is CallState.ACTIVE)
    day._pass(12)
    return call_id


def _hang_up(day: Day, call_id: UUID, *, put_away: bool = True) -> None:
    day._key(Qt.Key.Key_F9)
    day._until(lambda: day.reception.call(call_id).ended)
    if put_away:
        day._key(Qt.Key.Key_Escape)
        day._key(Qt.Key.Key_Escape)


def _save(day: Day, text: str) -> None:
    done: list[object] = []
    client = day.reception.client(_CLIENT)
    day.reception.desk.script_versions.save(client, text, "", done.append, _fail)
    day._until(lambda: done)


def _staff(day: Day) -> None:
    """Whoever is on call."""
    people, client = day.reception.desk.people, day.reception.client(_CLIENT)
    done: list[object] = []
    contact = Contact(
        id=uuid4(),
        client_id=client.id,
        key="meister",
        name="Max Beispiel",
        numbers=(ContactNumber(number="+4917139200155"),),
        urgent=True,
    )
    people.contacts.save(None, contact, done.append, _fail)
    day._until(lambda: done)
    rota = OnCallRota(
        id=uuid4(),
        client_id=client.id,
        key="panne",
        name="Pannendienst",
        shifts=(Shift(contacts=("meister",)),),
    )
    people.rotas.save(None, rota, done.append, _fail)
    day._until(lambda: len(done) > 1)


def _fail(error: Exception) -> None:
    raise error

"""With which number a call arrives at a real peer: that of its client, and never another's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from receptionist.errors import NotFound
from receptionist.events import CallIncoming
from receptionist.model.call import CallState
from receptionist.model.client import Client
from receptionist.model.office import Identity
from receptionist.model.route import Way, Why
from tests.contract.phone.test_desk import Reception
from tests.contract.phone.world import DIALLED, trunk
from tests.doubles.sip.raw import Message, RawPhone

OURS = {"a": "+493023125101", "b": "+493023125102"}
PEER = "+492214710177"
NAMED = ("P-Asserted-Identity", "P-Preferred-Identity", "From", "Remote-Party-ID", "Diversion")


class World:
    """A desk for two clients, at two providers; the first shows numbers in P-Asserted-Identity,
    the second in From."""

    def __init__(self, data: Path, first: RawPhone, second: RawPhone) -> None:
        self.first, self.second = first, second
        lines = (
            replace(trunk(first.place), key="first", identity=Identity.ASSERTED),
            replace(trunk(second.place), key="second", identity=Identity.FROM),
        )
        self.reception = Reception(data, *lines)
        desk, done = self.reception.desk, list[bool]()
        known = desk.directory.current
        clients = tuple(self._client(known.clients[0], key) for key in OURS)
        desk.import_directory(
            replace(known, clients=clients), lambda: done.append(True), self._failed
        )
        self.reception.pump.until(lambda: done)
        by_key = {line.key: line.id for line in desk.directory.lines}
        ways = tuple(Way(line_id=by_key[key], why=Why.UNKNOWN) for key in ("first", "second"))
        desk.switchboard.dialling.ways_to = lambda number, client_id: ways
        self.desk = desk

    def _client(self, like: Client, key: str) -> Client:
        """A client with a number of his own, which he is dialled by too."""
        theirs = like if key == "a" else replace(like, id=UUID(int=like.id.int ^ 1))
        dialled = (DIALLED if key == "b" else OURS[key],)
        return replace(theirs, key=key, name=key.upper(), dialled=dialled, shown_as=OURS[key])

    def id_of(self, key: str) -> UUID:
        return self.desk.directory.client_by_key(key).id

    def arrives(self, peer: RawPhone, count: int = 1) -> Message:
        """The INVITE of a call, as the provider sees it."""
        self.reception.pump.until(lambda: len(peer.seen("INVITE")) >= count)
        return peer.seen("INVITE")[count - 1]

    def calls(self, key: str | None, count: int) -> Message:
        """A call in the name of a client, or of the office; the number is busy."""
        client_id = self.id_of(key) if key else None
        call_id = self.desk.switchboard.dial(PEER, client_id=client_id)
        return self.refuses(call_id, count)

    def refuses(self, call_id: UUID, count: int) -> Message:
        """The called number is busy."""
        invite = self.arrives(self.first, count)
        self.first.take("486 Busy Here")
        self.reception.comes_into(call_id, CallState.ENDED)
        return invite

    def dials_again(self, key: str | None) -> UUID:
        """Redial for a client, or for the office."""
        told: list[UUID | Exception] = []
        client_id = self.id_of(key) if key else None
        self.desk.redial.again(client_id, told.append, told.append)
        self.reception.pump.until(lambda: told)
        if isinstance(told[0], Exception):
            raise told[0]
        return told[0]

    def _failed(self, error: Exception) -> None:
        raise error


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with ExitStack() as stack:
        first, second = (stack.enter_context(RawPhone()) for _number in range(2))
        one = World(tmp_path, first, second)
        stack.callback(one.desk.stop)
        yield one


def numbers(invite: Message) -> dict[str, str]:
    """Whose number stands where; looks at the whole message, not at known headers alone."""
    found = {name: key for name in NAMED for key in OURS if OURS[key] in invite.header(name)}
    hidden = [key for key in OURS if OURS[key] in invite and key not in found.values()]
    assert hidden == [], invite
    return found


def test_each_call_has_the_number_of_its_client_alone(world: World) -> None:
    assert numbers(world.calls("a", 1)) == {"P-Asserted-Identity": "a"}
    assert numbers(world.calls("b", 2)) == {"P-Asserted-Identity": "b"}
    assert numbers(world.calls(None, 3)) == {}
    assert numbers(world.calls("a", 4)) == {"P-Asserted-Identity": "a"}


def test_redial_keeps_the_number_and_never_dials_for_another(world: World) -> None:
    world.calls("a", 1)
    with pytest.raises(NotFound):
        world.dials_again("b")
    with pytest.raises(NotFound):
        world.dials_again(None)
    again = world.refuses(world.dials_again("a"), 2)
    assert numbers(again) == {"P-Asserted-Identity": "a"}
    assert again.start.startswith(f"INVITE sip:{PEER}@")


def test_over_the_next_line_it_is_the_same_client(world: World) -> None:
    call_id = world.desk.switchboard.dial(PEER, client_id=world.id_of("a"))
    world.arrives(world.first)
    world.first.take("503 Service Unavailable")
    assert numbers(world.arrives(world.second)) == {"From": "a"}
    world.second.take("486 Busy Here")
    world.reception.comes_into(call_id, CallState.ENDED)


def test_a_client_that_is_corrected_takes_his_number_along(world: World) -> None:
    """The call was begun in the wrong name; over the next line it is in the right one."""
    board = world.desk.switchboard
    call_id = board.dial(PEER, client_id=world.id_of("a"))
    world.arrives(world.first)
    board.assign(call_id, world.id_of("b"))
    world.first.take("503 Service Unavailable")
    assert numbers(world.arrives(world.second)) == {"From": "b"}
    world.second.take("486 Busy Here")
    world.reception.comes_into(call_id, CallState.ENDED)


def test_who_is_asked_for_a_caller_sees_no_clients_number(world: World) -> None:
    """Neither that of the caller's client nor any other: the office asks."""
    caller = world.first
    caller.invite(world.reception.phone.sip_port, user=DIALLED)
    world.reception.pump.until(lambda: world.reception.seen(CallIncoming))
    call = world.reception.seen(CallIncoming)[-1].call
    assert call.client_id == world.id_of("b")
    world.desk.switchboard.answer(call.id)
    caller.confirm()
    world.reception.comes_into(call.id, CallState.ACTIVE)
    asked = world.desk.transfers.consult(call.id, f"sip:owner@{world.second.place}")
    assert numbers(world.arrives(world.second)) == {}
    world.second.take("486 Busy Here")
    world.reception.comes_into(asked, CallState.ENDED)


def test_a_missed_caller_is_called_back_in_the_name_he_had_dialled(world: World) -> None:
    board, caller = world.desk.switchboard, world.first
    caller.invite(world.reception.phone.sip_port, user=DIALLED)
    world.reception.pump.until(lambda: world.reception.seen(CallIncoming))
    call = world.reception.seen(CallIncoming)[-1].call
    caller.request("CANCEL")
    caller.confirm("487")
    world.reception.comes_into(call.id, CallState.ENDED)
    world.reception.pump.until(lambda: world.desk.work.items)
    (owed,) = world.desk.work.items
    back = board.dial(owed.number, client_id=owed.client_id, name=owed.name)
    assert numbers(world.refuses(back, 1)) == {"P-Asserted-Identity": "b"}

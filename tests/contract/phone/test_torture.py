"""A call goes on, and the next one comes, while what is hard to read is sent to the exchange.

By UDP from the trunk's own address, over TCP, and over TLS from the provider a line is registered
at. What is sent is the torture set, and what chance makes of it and of the call's own messages.
"""

from __future__ import annotations

import itertools
import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from receptionist.events import PhoneAnswered, PhoneEnded, PhoneIncoming
from receptionist.model.call import Cause
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from tests.contract.phone.world import DIALLED, Desk, trunk
from tests.doubles.processes import children
from tests.doubles.sip.baresip import loudness, write_tone
from tests.doubles.sip.certificates import Authority, server_context
from tests.doubles.sip.provider import Provider
from tests.doubles.sip.talker import Talker
from tests.doubles.sip.torture import messages, mutated

SEED = 4475
MUTATIONS, MANY_MUTATIONS = 1000, 20_000
MUTATIONS_BY_TCP = 200
AT_ONCE = 25
WORKERS = 4
LOUD = 500
MOST, HEADER = 65_000, 44
PACKETS = 50
"""A second, in which the exchange may take calls again from whom it had enough of."""

CALLER = "491713920010"
CEILING_S = 20.0
IN_DIALOGS = ("INFO", "OPTIONS", "NOTIFY", "MESSAGE", "UPDATE", "PRACK", "SUBSCRIBE")


class Office:
    """A desk in a call; it declines whatever else rings."""

    def __init__(self, home: Path, authority: str = "") -> None:
        write_tone(home / "microphone.wav", 5.0)
        self._heard = home / "heard.wav"
        settings = EngineSettings(
            bind="127.0.0.1",
            audio=AudioMode.FILES,
            microphone=str(home / "microphone.wav"),
            headset=str(self._heard),
            workers=WORKERS,
            authorities=authority,
        )
        self.desk = Desk(lambda pump: Supervisor(pump.post, settings))
        assert isinstance(self.desk.phone, Supervisor)
        self.phone = self.desk.phone
        self.desk.takes(trunk("127.0.0.1"))
        self.caller = Talker()
        self._let_ring: set[UUID] = set()
        self.call_id = self.talks(self.caller)
        exchange = self.phone.engine_process
        assert exchange is not None
        self._exchange = exchange
        self._workers = set(children(exchange))

    def talks(self, caller: Talker) -> UUID:
        """Somebody calls and is answered; whoever else rings is declined."""
        rang = len(self._callers())
        caller.call(DIALLED, self.phone.sip_port)
        caller.wait_for("SIP/2.0 180")
        self.desk.until(lambda: len(self._callers()) > rang)
        call_id = self._callers()[-1].call_id
        self._let_ring.add(call_id)
        self.phone.answer(call_id)
        caller.talk()
        self.desk.wait(PhoneAnswered, call_id=call_id)
        return call_id

    def decline(self) -> None:
        """Decline whatever else rings by now."""
        for event in self.desk.all(PhoneIncoming):
            if event.call_id not in self._let_ring:
                self._let_ring.add(event.call_id)
                self.phone.decline(event.call_id)
        self._workers |= set(children(self._exchange))

    def declines_until(self, over: threading.Event) -> Callable[[], bool]:
        """Declines whatever else rings whenever it is asked, and whether it is over."""

        def asked() -> bool:
            self.decline()
            return over.is_set()

        return asked

    def goes_on(self) -> None:
        """Both hear each other, nobody else rings, nobody died, and the next one can call."""
        heard, known = len(self.caller.packets), len(self._levels())
        self.caller.until(lambda: len(self.caller.packets) >= heard + PACKETS)
        assert max(packet.loudness for packet in self.caller.packets[heard:]) > LOUD
        self.desk.until(lambda: max(self._levels()[known:], default=0) > LOUD)
        self.desk.until(self._all_is_quiet)
        assert not self.desk.all(PhoneEnded, cause=Cause.ENGINE_DIED)
        assert self.phone.engine_process == self._exchange, "the exchange lives"
        assert self._workers <= set(children(self._exchange)), "every worker lives"
        self.phone.hang_up(self.call_id)
        self.caller.wait_for("BYE")
        self.desk.wait(PhoneEnded, call_id=self.call_id, cause=Cause.WE_HUNG_UP)
        with Talker() as another:
            self.talks(another)

    def close(self) -> None:
        """Everything ends."""
        self.phone.stop()
        self.caller.close()

    def _levels(self) -> list[int]:
        """How loud the headset has been, each 100 ms of it."""
        begun = self._heard.exists() and self._heard.stat().st_size > HEADER
        return loudness(self._heard) if begun else []

    def _callers(self) -> list[PhoneIncoming]:
        """Who rang with the number of a `Talker`."""
        return [one for one in self.desk.all(PhoneIncoming) if CALLER in one.caller_uri]

    def _all_is_quiet(self) -> bool:
        self.decline()
        ended = {event.call_id for event in self.desk.all(PhoneEnded)}
        return all(one.call_id in ended | {self.call_id} for one in self.desk.all(PhoneIncoming))


class Peer:
    """Sends bytes to the exchange by UDP; `caught_up` waits until it has read them all."""

    def __init__(self, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.connect(("127.0.0.1", port))
        self._socket.settimeout(CEILING_S)

    def send(self, data: bytes) -> None:
        """One packet, as far as one holds it."""
        self._socket.send(data[:MOST])

    def caught_up(self) -> None:
        """Ask something that is answered, and wait for that."""
        asked = options(self._socket.getsockname()[1])
        self._socket.send(asked)
        call_id = asked.partition(b"Call-ID: ")[2].partition(b"\r\n")[0]
        answer = b""
        while call_id not in answer:
            answer = self._socket.recv(65_535)
        assert answer.startswith(b"SIP/2.0 200 ")

    def close(self) -> None:
        """No more."""
        self._socket.close()


def options(port: int) -> bytes:
    """An OPTIONS that any SIP server answers."""
    lines = [
        "OPTIONS sip:127.0.0.1 SIP/2.0",
        f"Via: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{uuid4().hex}",
        "From: <sip:peer@example.org>;tag=1",
        f"To: <sip:{DIALLED}@example.org>",
        f"Call-ID: {uuid4().hex}",
        "CSeq: 1 OPTIONS",
        "Max-Forwards: 70",
        "Content-Length: 0",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


def hard_to_read(office: Office, mutations: int) -> Iterator[bytes]:
    """The torture set, and mutations of it and of requests in the call itself."""
    yield from messages()
    chance = random.Random(SEED)
    sources = messages()
    for number in range(mutations):
        in_call = office.caller.written(chance.choice(IN_DIALOGS), number + 2)
        yield mutated(chance.choice([in_call, chance.choice(sources)]), chance)


def _by_udp(office: Office, mutations: int) -> None:
    peer = Peer(office.phone.sip_port)
    for number, message in enumerate(hard_to_read(office, mutations), 1):
        peer.send(message)
        if number % AT_ONCE == 0:
            peer.caught_up()
            office.decline()
    peer.caught_up()
    peer.close()
    office.goes_on()


def _by_tcp(office: Office, mutations: int) -> None:
    """Each over a connection of its own, in two pieces, which the exchange has read at its end."""
    chance = random.Random(SEED)
    for message in hard_to_read(office, mutations):
        with socket.create_connection(("127.0.0.1", office.phone.sip_port), CEILING_S) as flow:
            flow.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            at = chance.randrange(len(message) + 1)
            with suppress(OSError):  # it has seen enough
                flow.sendall(message[:at])
                flow.sendall(message[at:])
                flow.shutdown(socket.SHUT_WR)
                while flow.recv(65_535):
                    continue
        office.decline()
    office.goes_on()


def test_by_udp(office: Office) -> None:
    _by_udp(office, MUTATIONS)


@pytest.mark.soak
def test_much_more_by_udp(office: Office) -> None:
    _by_udp(office, MANY_MUTATIONS)


def test_by_tcp(office: Office) -> None:
    _by_tcp(office, MUTATIONS_BY_TCP)


@pytest.mark.soak
def test_much_more_by_tcp(office: Office) -> None:
    _by_tcp(office, MANY_MUTATIONS)


def _by_tls(home: Path, hard: Iterator[bytes]) -> None:
    """What a provider says to whom it has registered, each over a connection of its own."""
    authority = Authority(home, "good")
    file, _ = authority.server("localhost")
    provider = Provider(server_context(file), hard)
    office = Office(home, str(authority.file))
    try:
        registrar = f"localhost:{provider.port}"
        office.desk.takes(trunk(registrar, register=True, transport="tls"))
        provider.begin()
        office.desk.until(office.declines_until(provider.said))
        office.goes_on()
    finally:
        office.close()
        provider.close()


def test_by_tls(tmp_path: Path) -> None:
    _by_tls(tmp_path, iter(messages()[::8]))


@pytest.mark.soak
def test_much_more_by_tls(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    made = (mutated(chance.choice(messages()), chance) for _ in range(MUTATIONS))
    _by_tls(tmp_path, itertools.chain(messages(), made))

"""From where a line takes calls."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest

from receptionist.model.office import Line
from receptionist.phone.sip.sources import Sources, host_of


def line(registrar: str, proxy: str = "") -> Line:
    return Line(id=uuid4(), key="k", name="n", registrar=registrar, user="u", proxy=proxy)


@pytest.mark.parametrize(
    ("place", "host"),
    [
        ("sip.example.org", "sip.example.org"),
        (" SIP.example.org:5070 ", "sip.example.org"),
        ("192.0.2.1:5060", "192.0.2.1"),
        ("[2001:DB8::1]:5060", "2001:db8::1"),
        ("[::1]", "::1"),
        ("", ""),
    ],
)
def test_host_of(place: str, host: str) -> None:
    assert host_of(place) == host


def test_registrar_and_proxy_count_whatever_the_port() -> None:
    sources = Sources(line("192.0.2.1", "192.0.2.2:5070"))
    assert sources.allows("192.0.2.1:40000")
    assert sources.allows("192.0.2.2:1")
    assert not sources.allows("192.0.2.3:5060")
    assert not sources.allows("")


def test_one_address_has_many_spellings() -> None:
    assert Sources(line("[2001:db8:0::1]")).allows("[2001:DB8::1]:5060")


def test_what_answered_our_register_counts() -> None:
    sources = Sources(line("sip.example.invalid"))
    assert not sources.allows("192.0.2.7:5060")
    sources.add(("192.0.2.7:5060", ""))
    assert sources.allows("192.0.2.7:9")


def test_names_are_looked_up_elsewhere() -> None:
    found = threading.Event()
    seen: list[tuple[tuple[str, ...], str]] = []

    def take(addresses: tuple[str, ...]) -> None:
        seen.append((addresses, threading.current_thread().name))
        found.set()

    Sources(line("localhost")).resolve(take)
    assert found.wait(20)
    assert "127.0.0.1" in seen[0][0]
    assert seen[0][1] == "resolve"


def test_a_name_that_does_not_exist_gives_nothing() -> None:
    found = threading.Event()
    seen: list[tuple[str, ...]] = []
    Sources(line("nobody.invalid")).resolve(lambda a: (seen.append(a), found.set()))
    assert found.wait(60)
    assert seen == [()]

"""Passwords: every way to log in, and never a trace of one."""

from __future__ import annotations

import logging
from base64 import b64encode

import pytest

from receptionist.errors import CalendarRefused
from receptionist.model.busy import SyncState
from tests.doubles.calendar import whole
from tests.doubles.recording_proxy import Fault, RecordingProxy

from .conftest import HORIZON, STAMP, ZONE, Side

DIGEST = {"WWW-Authenticate": 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256'}


def test_no_trace_in_the_log(proxied: Side, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    port, appointment = proxied.connect(), proxied.appointment()
    port.discover()
    port.put_new(appointment.href, appointment, STAMP)
    whole(port.changes(proxied.calendar, SyncState(), HORIZON, ZONE))
    with pytest.raises(CalendarRefused) as caught:
        proxied.connect("a wrong one").discover()
    told = caplog.text + repr(caught.value) + caught.value.detail + repr(vars(port))
    coded = b64encode(f"{proxied.user}:{proxied.password}".encode()).decode()
    for trace in (proxied.password, coded, "a wrong one", appointment.caller_name):
        assert trace not in told


def test_a_server_that_wants_a_digest_gets_one(proxied: Side, proxy: RecordingProxy) -> None:
    proxy.break_next(Fault(method="GET", status=401, headers=DIGEST, times=2))
    with pytest.raises(CalendarRefused):  # the server behind the proxy takes Basic only
        proxied.connect().get(proxied.appointment().href)
    ways = [seen.headers.get("authorization", "").partition(" ")[0] for seen in proxy.of("GET")]
    assert ways[0] == "Basic"
    assert "Digest" in ways[1:]
    assert "Basic" not in ways[1:]


def test_a_refused_password_is_not_tried_again(proxied: Side, proxy: RecordingProxy) -> None:
    port = proxied.connect("wrong")
    with pytest.raises(CalendarRefused):
        port.get(proxied.appointment().href)
    assert len(proxy.seen) == 1


def test_a_password_in_the_address_is_not_used(proxied: Side, proxy: RecordingProxy) -> None:
    url = proxied.url.replace("://", "://somebody:else@")
    proxied.connect(url=url).discover()
    coded = b64encode(f"{proxied.user}:{proxied.password}".encode()).decode()
    assert {seen.headers["authorization"] for seen in proxy.seen} == {f"Basic {coded}"}

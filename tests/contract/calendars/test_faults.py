"""A real server behind a network that fails: what is raised, and what stands in the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import uuid4

import pytest

from receptionist.calendars.server import Servers
from receptionist.calendars.wire import Limits
from receptionist.errors import (
    CalendarError,
    CalendarForbidden,
    CalendarFull,
    CalendarGone,
    CalendarRefused,
    CalendarUnreachable,
    ObjectRejected,
    PreconditionFailed,
)
from receptionist.model.busy import SyncState
from receptionist.model.client import CalendarAccount
from receptionist.model.secret import Secret
from receptionist.reasons import Reason
from tests.doubles.calendar import stored_state, whole
from tests.doubles.recording_proxy import CAPTIVE_PORTAL, Fault, RecordingProxy

from .conftest import FAILING, HORIZON, STAMP, WITH_TOKENS, ZONE, Side, text_of, with_calendar

SILENCE = ("drop", "reset", "hang", "truncate")
PORTAL = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture(params=FAILING)
def real(request: pytest.FixtureRequest) -> Iterator[Side]:
    """Each real server, one of them every day."""
    yield from with_calendar(request.getfixturevalue(request.param))


def condition(name: str, space: str = "urn:ietf:params:xml:ns:caldav") -> bytes:
    """A body that says which precondition was not met."""
    return (
        f'<?xml version="1.0"?><error xmlns="DAV:"><x:{name} xmlns:x="{space}"/></error>'.encode()
    )


def test_writes_carry_their_conditions(proxied: Side, proxy: RecordingProxy) -> None:
    port, appointment = proxied.connect(), proxied.appointment()
    etag = port.put_new(appointment.href, appointment, STAMP)
    second = port.put_over(appointment.href, appointment, STAMP, etag)
    port.withdraw(appointment.href, second)
    new, over = proxy.of("PUT")
    (withdrawn,) = proxy.of("DELETE")
    assert new.headers["if-none-match"] == "*"
    assert "if-match" not in new.headers
    assert over.headers["if-match"] == etag
    assert "if-none-match" not in over.headers
    assert withdrawn.headers["if-match"] == second


def test_one_connection_serves_many_requests(proxied: Side, proxy: RecordingProxy) -> None:
    port, appointment = proxied.connect(), proxied.appointment()
    port.put_new(appointment.href, appointment, STAMP)
    port.get(appointment.href)
    whole(port.changes(proxied.calendar, SyncState(), HORIZON, ZONE))
    assert len({seen.port for seen in proxy.seen}) == 1


def test_a_connection_the_server_left_is_not_used(proxied: Side, proxy: RecordingProxy) -> None:
    port, appointment = proxied.connect(), proxied.appointment()
    proxy.break_next(Fault(method="GET", way="leave"))
    assert port.get(appointment.href) is None
    assert proxy.left.wait(30)
    assert port.put_new(appointment.href, appointment, STAMP)
    assert len(proxy.of("PUT")) == 1


@pytest.mark.parametrize("way", SILENCE)
def test_a_lost_answer_leaves_one_appointment(
    proxied: Side, proxy: RecordingProxy, way: str
) -> None:
    port, appointment = proxied.connect(impatient=way == "hang"), proxied.appointment()
    assert port.get(appointment.href) is None  # the connection is in use from here on
    body = b"x" * 100
    proxy.break_next(Fault(method="PUT", acts=True, way=way, status=201, body=body))
    with pytest.raises(CalendarUnreachable):
        port.put_new(appointment.href, appointment, STAMP)
    assert len(proxy.of("PUT")) == 1
    port = proxied.connect()
    stored = port.get(appointment.href)
    assert stored is not None
    assert stored.fingerprint == appointment.fingerprint
    with pytest.raises(PreconditionFailed):
        port.put_new(appointment.href, appointment, STAMP)
    found = whole(port.changes(proxied.calendar, SyncState(), HORIZON, ZONE))
    assert [one.uid for one in found.changed] == [appointment.uid]


@pytest.mark.parametrize("way", ["drop", "reset", "hang"])
def test_a_request_that_did_not_arrive_can_be_sent_again(
    proxied: Side, proxy: RecordingProxy, way: str
) -> None:
    port, appointment = proxied.connect(), proxied.appointment()
    proxy.break_next(Fault(method="PUT", way=way))
    broken = proxied.connect(impatient=way == "hang")
    with pytest.raises(CalendarUnreachable):
        broken.put_new(appointment.href, appointment, STAMP)
    assert port.get(appointment.href) is None
    assert port.put_new(appointment.href, appointment, STAMP)


STATUSES = [
    (301, CalendarGone, Reason.CALENDAR_GONE),
    (302, CalendarUnreachable, Reason.SERVER_CONFUSED),
    (307, CalendarUnreachable, Reason.SERVER_CONFUSED),
    (308, CalendarGone, Reason.CALENDAR_GONE),
    (400, ObjectRejected, Reason.OBJECT_REJECTED),
    (401, CalendarRefused, Reason.PASSWORD_REFUSED),
    (403, CalendarForbidden, Reason.CALENDAR_FORBIDDEN),
    (404, CalendarGone, Reason.CALENDAR_GONE),
    (405, CalendarGone, Reason.CALENDAR_GONE),
    (408, CalendarUnreachable, Reason.SERVER_BUSY),
    (409, ObjectRejected, Reason.OBJECT_REJECTED),
    (410, CalendarGone, Reason.CALENDAR_GONE),
    (412, PreconditionFailed, Reason.OWNER_WAS_FIRST),
    (413, ObjectRejected, Reason.OBJECT_REJECTED),
    (415, ObjectRejected, Reason.OBJECT_REJECTED),
    (418, CalendarUnreachable, Reason.SERVER_CONFUSED),
    (423, CalendarUnreachable, Reason.SERVER_BUSY),
    (425, CalendarUnreachable, Reason.SERVER_BUSY),
    (429, CalendarUnreachable, Reason.SERVER_BUSY),
    (500, CalendarUnreachable, Reason.SERVER_UNREACHABLE),
    (502, CalendarUnreachable, Reason.SERVER_UNREACHABLE),
    (503, CalendarUnreachable, Reason.SERVER_BUSY),
    (507, CalendarFull, Reason.CALENDAR_FULL),
]


@pytest.mark.parametrize(("status", "error", "reason"), STATUSES)
def test_every_status_has_its_meaning(
    proxied: Side, proxy: RecordingProxy, status: int, error: type[CalendarError], reason: Reason
) -> None:
    port, appointment = proxied.connect(), proxied.appointment()
    target = {"Location": proxied.calendar} if status < 400 else {}
    proxy.break_next(Fault(method="PUT", status=status, headers=target))
    with pytest.raises(error) as caught:
        port.put_new(appointment.href, appointment, STAMP)
    assert caught.value.reason is reason
    assert str(caught.value)
    assert len(proxy.of("PUT")) == 1
    proxy.heal()
    assert port.put_new(appointment.href, appointment, STAMP)


@pytest.mark.parametrize(
    ("status", "name", "error"),
    [
        (403, "need-privileges", CalendarForbidden),
        (403, "no-uid-conflict", ObjectRejected),
        (403, "valid-calendar-data", ObjectRejected),
        (403, "max-resource-size", ObjectRejected),
        (403, "quota-not-exceeded", CalendarFull),
        (409, "no-uid-conflict", ObjectRejected),
        (409, "quota-not-exceeded", CalendarFull),
    ],
)
def test_a_refusal_is_read(
    proxied: Side, proxy: RecordingProxy, status: int, name: str, error: type[CalendarError]
) -> None:
    port, appointment = proxied.connect(), proxied.appointment()
    proxy.break_next(Fault(method="PUT", status=status, body=condition(name)))
    with pytest.raises(error) as caught:
        port.put_new(appointment.href, appointment, STAMP)
    assert type(caught.value) is error


@pytest.mark.parametrize("status", [429, 503])
def test_the_server_says_when_to_come_back(
    proxied: Side, proxy: RecordingProxy, status: int
) -> None:
    port = proxied.connect()
    in_a_minute = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    for text, low, high in (("7", 7, 7), (in_a_minute, 30, 60), ("soon", None, None)):
        proxy.break_next(Fault(method="GET", status=status, headers={"Retry-After": text}))
        with pytest.raises(CalendarUnreachable) as caught:
            port.get(proxied.appointment().href)
        after = caught.value.retry_after_s
        assert (after is None) if low is None else (after is not None and low <= after <= high)


def test_a_portal_is_not_a_calendar(proxied: Side, proxy: RecordingProxy) -> None:
    port, appointment = proxied.connect(), proxied.appointment()
    portal = Fault(status=200, headers=PORTAL, body=CAPTIVE_PORTAL, times=9)
    proxy.break_next(portal)
    for call in (
        lambda: port.put_new(appointment.href, appointment, STAMP),
        lambda: port.get(appointment.href),
        lambda: port.withdraw(appointment.href, '"x"'),
        lambda: whole(port.changes(proxied.calendar, SyncState(), HORIZON, ZONE)),
        port.discover,
    ):
        with pytest.raises(CalendarUnreachable) as caught:
            call()
        assert caught.value.reason is Reason.SERVER_CONFUSED


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_write_never_follows_a_redirect(
    proxied: Side, proxy: RecordingProxy, method: str
) -> None:
    port, appointment = proxied.connect(), proxied.appointment()
    target = {"Location": f"{proxied.calendar}elsewhere.ics"}
    proxy.break_next(Fault(method=method, status=307, headers=target))
    write = {
        "PUT": lambda: port.put_new(appointment.href, appointment, STAMP),
        "DELETE": lambda: port.withdraw(appointment.href, '"x"'),
    }
    with pytest.raises(CalendarUnreachable):
        write[method]()
    assert [seen.path.rpartition("/")[2] for seen in proxy.of(method)] == [f"{appointment.uid}.ics"]


def test_a_server_that_calls_gone_a_failed_condition(proxied: Side, proxy: RecordingProxy) -> None:
    port, appointment = proxied.connect(), proxied.appointment()
    proxy.break_next(Fault(method="DELETE", status=412, times=2))
    port.withdraw(appointment.href, '"x"')
    port.put_new(appointment.href, appointment, STAMP)
    with pytest.raises(PreconditionFailed):
        port.withdraw(appointment.href, '"x"')


def test_an_etag_that_never_came(proxied: Side, proxy: RecordingProxy) -> None:
    port, appointment = proxied.connect(), proxied.appointment()
    proxy.break_next(Fault(method="PUT", acts=True, way="no-etag"))
    assert port.put_new(appointment.href, appointment, STAMP) == ""
    stored = port.get(appointment.href)
    assert stored is not None
    assert stored.etag
    port.withdraw(appointment.href, "")
    assert port.get(appointment.href) is None


def test_a_server_that_ignores_the_condition_is_found_out(
    proxied: Side, proxy: RecordingProxy
) -> None:
    port, appointment = proxied.connect(), proxied.appointment()
    theirs = text_of("DTSTART:20270701T100000Z", uid=appointment.uid)
    proxied.owner.put(appointment.href, theirs)
    before = port.get(appointment.href)
    proxy.break_next(Fault(method="PUT", acts=True, strip=("If-None-Match",)))
    port.put_new(appointment.href, appointment, STAMP)
    stored = port.get(appointment.href)
    assert before is not None
    assert stored is not None
    assert stored.fingerprint == appointment.fingerprint != before.fingerprint


def test_an_answer_without_an_end(proxied: Side, proxy: RecordingProxy) -> None:
    port = proxied.connect(impatient=True)
    proxy.break_next(Fault(method="GET", status=200, way="drip"))
    with pytest.raises(CalendarUnreachable):
        port.get(proxied.appointment().href)


def test_an_answer_without_measure(proxied: Side, proxy: RecordingProxy) -> None:
    account = CalendarAccount(id=uuid4(), key="a", url=proxied.url, user=proxied.user)
    port = Servers(Limits(size=10_000)).connect(account, Secret(proxied.password))
    proxied.opened.append(port)
    huge = text_of("DTSTART:20270701T100000Z", f"SUMMARY:{'x' * 20_000}", uid="u").encode()
    fault = Fault(method="GET", status=200, body=huge, times=2)
    proxy.break_next(fault)
    with pytest.raises(CalendarUnreachable):
        port.get(proxied.appointment().href)
    assert proxied.connect().get(proxied.appointment().href) is not None


@pytest.mark.parametrize("real", WITH_TOKENS, indirect=True)
@pytest.mark.parametrize(
    "fault",
    [
        Fault(method="REPORT", status=403, body=condition("valid-sync-token", "DAV:")),
        Fault(method="REPORT", status=409),
        Fault(method="REPORT", status=412),
        Fault(method="REPORT", status=501),
        Fault(
            method="REPORT",
            status=207,
            body=b'<multistatus xmlns="DAV:"><sync-token>http://new</sync-token></multistatus>',
        ),
        Fault(method="REPORT", status=207, body=b'<multistatus xmlns="DAV:"/>'),
    ],
)
def test_a_token_the_server_forgot(proxied: Side, proxy: RecordingProxy, fault: Fault) -> None:
    port = proxied.connect()
    removed = proxied.event("weg", "DTSTART:20270702T100000Z", "DURATION:PT1H")
    proxied.event("bleibt", "DTSTART:20270702T120000Z", "DURATION:PT1H")
    known = stored_state(whole(port.changes(proxied.calendar, SyncState(), HORIZON, ZONE)))
    proxied.owner.delete(removed)
    added = proxied.event("neu", "DTSTART:20270703T100000Z", "DURATION:PT1H")
    proxy.break_next(fault)
    found = whole(port.changes(proxied.calendar, known, HORIZON, ZONE))
    assert [one.href for one in found.changed] == [added]
    assert found.removed == (removed,)
    again = whole(port.changes(proxied.calendar, stored_state(found, known), HORIZON, ZONE))
    assert (again.changed, again.removed) == ((), ())


@pytest.mark.parametrize("real", WITH_TOKENS, indirect=True)
def test_a_token_the_server_forgot_without_a_word(proxied: Side, proxy: RecordingProxy) -> None:
    port = proxied.connect()
    removed = proxied.event("weg", "DTSTART:20270702T100000Z", "DURATION:PT1H")
    stays = proxied.event("bleibt", "DTSTART:20270702T120000Z", "DURATION:PT1H")
    known = stored_state(whole(port.changes(proxied.calendar, SyncState(), HORIZON, ZONE)))
    proxied.owner.delete(removed)
    everything = (
        f'<multistatus xmlns="DAV:"><response><href>{stays}</href><propstat><prop>'
        f"<getetag>{known.etags[stays]}</getetag></prop><status>HTTP/1.1 200 OK</status>"
        "</propstat></response><sync-token>http://new</sync-token></multistatus>"
    )
    proxy.break_next(Fault(method="REPORT", status=207, body=everything.encode()))
    found = whole(port.changes(proxied.calendar, known, HORIZON, ZONE))
    assert (found.changed, found.removed) == ((), (removed,))


def test_a_refresh_without_news_is_one_request(proxied: Side, proxy: RecordingProxy) -> None:
    port = proxied.connect()
    proxied.event("bleibt", "DTSTART:20270702T120000Z", "DURATION:PT1H")
    known = stored_state(whole(port.changes(proxied.calendar, SyncState(), HORIZON, ZONE)))
    before = len(proxy.seen)
    whole(port.changes(proxied.calendar, known, HORIZON, ZONE))
    asked = "REPORT" if proxied.tokens else "PROPFIND"
    assert [seen.method for seen in proxy.seen[before:]] == [asked]


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_trouble_is_not_mistaken_for_a_forgotten_token(
    proxied: Side, proxy: RecordingProxy, status: int
) -> None:
    port = proxied.connect()
    known = stored_state(whole(port.changes(proxied.calendar, SyncState(), HORIZON, ZONE)))
    proxy.break_next(Fault(status=status))
    with pytest.raises(CalendarRefused if status == 401 else CalendarUnreachable):
        whole(port.changes(proxied.calendar, known, HORIZON, ZONE))


@pytest.mark.parametrize("way", SILENCE)
def test_a_refresh_that_breaks_off_says_so(proxied: Side, proxy: RecordingProxy, way: str) -> None:
    port = proxied.connect()
    proxied.event("da", "DTSTART:20270702T120000Z", "DURATION:PT1H")
    proxy.break_next(Fault(method="REPORT", acts=True, way=way))
    broken = proxied.connect(impatient=way == "hang")
    with pytest.raises(CalendarUnreachable):
        whole(broken.changes(proxied.calendar, SyncState(), HORIZON, ZONE))
    assert len(whole(port.changes(proxied.calendar, SyncState(), HORIZON, ZONE)).changed) == 1


def test_no_server_at_all(free_port: Callable[[], int]) -> None:
    url = f"http://127.0.0.1:{free_port()}/"
    account = CalendarAccount(id=uuid4(), key="a", url=url, user="u")
    with pytest.raises(CalendarUnreachable):
        Servers().connect(account, Secret("x")).discover()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://calendar.example/", Reason.PLAIN_HTTP),
        ("http://127.0.0.1.example.org/", Reason.PLAIN_HTTP),
        ("ftp://calendar.example/", Reason.SERVER_CONFUSED),
        ("https://", Reason.SERVER_CONFUSED),
    ],
)
def test_unsafe_addresses_are_refused_before_anything_is_sent(url: str, reason: Reason) -> None:
    account = CalendarAccount(id=uuid4(), key="a", url=url, user="u")
    with pytest.raises(CalendarRefused) as caught:
        Servers().connect(account, Secret("x"))
    assert caught.value.reason is reason


def test_nothing_is_sent_to_another_host(proxied: Side, proxy: RecordingProxy) -> None:
    port = proxied.connect()
    with pytest.raises(CalendarGone):
        port.get("http://localhost:9/erika/x.ics")
    with pytest.raises(CalendarGone):
        port.get("ftp://127.0.0.1/x.ics")
    assert proxy.seen == []
